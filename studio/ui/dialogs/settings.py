"""Settings: few, each at once in force."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio.ui import theme
from studio.ui.bind import bind
from studio.ui.dialogs.frame import Frame
from studio.ui.menus import ActionSet
from studio.ui.widgets.rows import ChoiceRow, SwitchRow
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.studio import Studio

LABEL = 144
MEGABYTE = 1 << 20
SORTS = ("cuda", "xpu", "mps")


class SettingsDialog(Frame):
    """Language, theme, surround of the picture, motion, device of the models, memory, questions."""

    def __init__(
        self, studio: Studio, parent: QWidget | None = None, actions: ActionSet | None = None
    ) -> None:
        """``actions``: whose shortcuts can be changed from here."""
        super().__init__(QCoreApplication.translate("Settings", "Settings"), parent, width=460)
        self._studio = studio
        settings = studio.settings
        self._choice(
            "language",
            QCoreApplication.translate("Settings", "Language"),
            self._languages(),
            settings.language,
        )
        self._choice("theme", QCoreApplication.translate("Settings", "Theme"), self._themes(), settings.theme)
        title = QCoreApplication.translate("Settings", "Around the picture")
        self._choice("surround", title, self._surrounds(), settings.surround)
        title = QCoreApplication.translate("Settings", "Motion")
        self._choice("motion", title, self._motions(), settings.motion)
        device = QCoreApplication.translate("Settings", "Compute models on")
        self.device = self._choice("device", device, self._devices(), settings.device)
        for signal in (studio.device_changed, studio.settings_changed):
            bind(self, signal, self._show_devices)
        self._memory(
            "history_budget",
            QCoreApplication.translate("Settings", "Memory for undo"),
            settings.history_budget,
        )
        self._memory(
            "cache_budget", QCoreApplication.translate("Settings", "Memory for views"), settings.cache_budget
        )
        asked = QCoreApplication.translate("Settings", "Ask before rasterising a generated layer")
        self._switch("ask_before_rasterising", asked, settings.ask_before_rasterising)
        waits = QCoreApplication.translate("Settings", "Pause a training on battery")
        self._switch("pause_on_battery", waits, settings.pause_on_battery)
        if actions is not None:
            self.add_verb(
                QCoreApplication.translate("Settings", "Shortcuts…"), lambda: self._shortcuts(actions)
            )
        self.add_sentence(
            QCoreApplication.translate("Settings", "Everything is kept at once and stays on this computer.")
        )
        self.add_verb(QCoreApplication.translate("Dialog", "Close"), self.accept, main=True)

    def _shortcuts(self, actions: ActionSet) -> None:
        self.accept()
        actions.run("shortcuts")

    def _choice(self, field: str, title: str, choices: list[tuple[str, str]], value: str) -> ChoiceRow:
        row = ChoiceRow(title, choices, value, label_width=LABEL)
        row.chosen.connect(lambda key: self._studio.change_settings(**{field: key}))
        self.body.addWidget(row)
        return row

    def _switch(self, field: str, title: str, on: bool) -> None:
        row = SwitchRow(title, on)
        row.toggled.connect(lambda now: self._studio.change_settings(**{field: now}))
        self.body.addWidget(row)

    def _memory(self, field: str, title: str, value: int) -> None:
        slider = ValueSlider(
            title, 64, 4096, value / MEGABYTE, hard_high=65536, step=64, decimals=0, unit="MiB", curve=2.0,
            label_width=LABEL, value_width=80,
        )  # fmt: skip
        slider.released.connect(
            lambda number: self._studio.change_settings(**{field: round(number) * MEGABYTE})
        )
        self.body.addWidget(slider)

    def _languages(self) -> list[tuple[str, str]]:
        return [
            ("system", QCoreApplication.translate("Settings", "As the system")),
            ("en", "English"),
            ("zh_CN", "简体中文"),
        ]

    def _themes(self) -> list[tuple[str, str]]:
        return [
            ("system", QCoreApplication.translate("Settings", "As the system")),
            ("dark", QCoreApplication.translate("Settings", "Dark")),
            ("light", QCoreApplication.translate("Settings", "Light")),
            ("contrast", QCoreApplication.translate("Settings", "High contrast")),
        ]

    def _motions(self) -> list[tuple[str, str]]:
        return [
            ("system", QCoreApplication.translate("Settings", "As the system")),
            ("reduced", QCoreApplication.translate("Settings", "Nothing moves by itself")),
        ]

    def _surrounds(self) -> list[tuple[str, str]]:
        dark, light = theme.load("dark").tokens, theme.load("light").tokens
        return [
            ("", QCoreApplication.translate("Settings", "As the theme")),
            (dark.ink_dark, QCoreApplication.translate("Settings", "Black")),
            (dark.surround, QCoreApplication.translate("Settings", "Dark grey")),
            (dark.judge, QCoreApplication.translate("Settings", "Mid grey")),
            (light.surround, QCoreApplication.translate("Settings", "Light grey")),
        ]

    def _show_devices(self, *_: object) -> None:
        """Also after a device was refused: the one that is in use stands there again."""
        self.device.set_choices(self._devices(), self._studio.settings.device)

    def _devices(self) -> list[tuple[str, str]]:
        """Those the engine says are there, and the chosen one, marked where it is not; an engine that has not said anything yet
        leaves it unmarked."""
        devices, chosen = self._studio.devices, self._studio.settings.device
        names = ["auto", "cpu"]
        for sort in SORTS:
            cards = [name for name in devices.available if name.split(":")[0] == sort]
            names += [sort] if cards else []
            names += cards if len(cards) > 1 else []
        found = [(name, _device_words(name)) for name in names]
        if chosen not in names:
            words = _device_words(chosen)
            if devices.available and not devices.is_there(chosen):
                words = QCoreApplication.translate("Settings", "{device} · not there").format(device=words)
            found.append((chosen, words))
        return found


def _device_words(name: str) -> str:
    """``Graphics card (CUDA, ROCm)``; one of several is named, too."""
    words = {
        "auto": QCoreApplication.translate("Settings", "The fastest there is"),
        "cpu": QCoreApplication.translate("Settings", "Processor"),
        "cuda": QCoreApplication.translate("Settings", "Graphics card (CUDA, ROCm)"),
        "xpu": QCoreApplication.translate("Settings", "Graphics card (Intel)"),
        "mps": QCoreApplication.translate("Settings", "Graphics card (Apple)"),
    }
    sort, _, number = name.partition(":")
    said = words.get(sort, sort)
    return f"{said} · {name}" if number else said
