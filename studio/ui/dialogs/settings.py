"""Settings: few, each at once in force."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from studio.ui import theme
from studio.ui.dialogs.frame import Frame
from studio.ui.menus import ActionSet
from studio.ui.widgets.rows import ChoiceRow, SwitchRow
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.studio import Studio

LABEL = 144
MEGABYTE = 1 << 20


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
        self._choice("device", device, self._devices(), settings.device)
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

    def _choice(self, field: str, title: str, choices: list[tuple[str, str]], value: str) -> None:
        row = ChoiceRow(title, choices, value, label_width=LABEL)
        row.chosen.connect(lambda key: self._studio.change_settings(**{field: key}))
        self.body.addWidget(row)

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

    def _devices(self) -> list[tuple[str, str]]:
        return [
            ("auto", QCoreApplication.translate("Settings", "The fastest there is")),
            ("cpu", QCoreApplication.translate("Settings", "Processor")),
            ("cuda", QCoreApplication.translate("Settings", "Graphics card (CUDA, ROCm)")),
            ("xpu", QCoreApplication.translate("Settings", "Graphics card (Intel)")),
            ("mps", QCoreApplication.translate("Settings", "Graphics card (Apple)")),
        ]
