"""Sliders of a model's directions, bound live to what is explored."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from studio.messages.models import ModelEntry, Slider, is_found, is_own
from studio.ui.language import Retranslated, spoken
from studio.ui.panels.band_rows import BandRows
from studio.ui.panels.direction_pad import title_of
from studio.ui.panels.direction_strip import DirectionStrip
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace import interpolating
from studio.workspace.studio import Studio


def pinned(entry: ModelEntry) -> tuple[Slider, ...]:
    """The four sliders of the Generate panel: the card's own choice, else its first four."""
    card = entry.card
    named = {slider.name: slider for slider in card.sliders}
    chosen = [named[name] for name in card.pinned if name in named]
    return tuple((chosen or list(card.sliders))[:4])


class DirectionSliders(Retranslated, QWidget):
    """One signed slider for each direction, and Variety; a drag is live, its end one undo step.

    ``strips``: five pictures of a direction stand beside its slider while the pointer rests on it, and it has a menu.
    """

    def __init__(self, studio: Studio, parent: QWidget | None = None, *, strips: bool = False) -> None:
        super().__init__(parent)
        self._studio = studio
        self.strip = DirectionStrip(studio, self) if strips else None
        if self.strip is not None:
            self.strip.chosen.connect(self._go)
        self._shown: tuple[Slider, ...] | None = None
        self.sliders: dict[str, ValueSlider] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._directions = QVBoxLayout()
        self._directions.setSpacing(0)
        self._column.addLayout(self._directions)
        self.variety = ValueSlider("", 0.0, 1.0, 0.7, hard_high=1.5, step=0.01, signed=False)
        self.variety.value_changed.connect(studio.exploring.set_variety)
        self.variety.released.connect(lambda _value: studio.exploring.release())
        self._column.addWidget(self.variety)
        self.bands = BandRows(studio) if strips else None
        if self.bands is not None:
            self._column.addWidget(self.bands)
        self.retranslate()

    def show_directions(self, directions: Iterable[Slider]) -> None:
        """Shows these directions; rows are made again only when they are others."""
        directions = tuple(directions)
        if directions == self._shown:
            return
        self._shown = directions
        for slider in self.sliders.values():
            slider.hide()
            slider.deleteLater()
        self.sliders = {}
        before: QWidget | None = None
        for direction in directions:
            slider = self._slider(direction)
            self.sliders[direction.name] = slider
            self._directions.addWidget(slider)
            if before is not None:
                self.setTabOrder(before, slider)
            before = slider
        if before is not None:
            self.setTabOrder(before, self.variety)
        self.retranslate()

    def _slider(self, direction: Slider) -> ValueSlider:
        slider = ValueSlider(
            direction.name,
            *direction.ends,
            0.0,
            default=0.0,
            step=0.1,
            signed=True,
            parent=self,
        )
        name = direction.name
        slider.value_changed.connect(
            lambda value: self._studio.exploring.set_slider(name, direction.seen(value))
        )
        slider.released.connect(lambda _value: self._studio.exploring.release())
        if self.strip is not None:
            self.strip.offer(slider, direction)
            slider.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            slider.customContextMenuRequested.connect(lambda place: self._open_menu(name, place))
        return slider

    def menu_of(self, name: str) -> QMenu:
        """What can be done with one direction."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        exploring, directions = self._studio.exploring, self._studio.generating.directions
        moved, layer = bool(exploring.values.get(name)), self._studio.generating.target is not None
        translate = QCoreApplication.translate
        rows: tuple[tuple[str, str, bool, Callable[[], object]], ...] = (
            ("reset", translate("ExplorePanel", "Reset"), moved, lambda: self._go(name, 0.0)),
            ("type", translate("ExplorePanel", "Type a value"), True, self.sliders[name].type_value),
            ("start", translate("ExplorePanel", "Make this the start"), moved and layer, lambda: exploring.start_at(name)),
            ("animate", translate("ExplorePanel", "Animate…"), True, lambda: self._animate(name)),
            ("", "", True, lambda: None),
            ("rename", translate("ExplorePanel", "Rename…"), True, lambda: self._rename(name)),
            ("reverse", translate("ExplorePanel", "Reverse"), True, lambda: directions.reverse(name)),
            ("hide", translate("ExplorePanel", "Hide"), (is_found(name) or is_own(name)) and not moved, lambda: directions.hide(name)),
        )  # fmt: skip
        for item, words, enabled, act in rows:
            if not item:
                menu.addSeparator()
                continue
            action = menu.addAction(words)
            action.setObjectName(item)
            action.setEnabled(enabled)
            action.triggered.connect(lambda _checked=False, act=act: act())
        return menu

    def _open_menu(self, name: str, place: QPoint) -> None:
        if self.strip is not None:
            self.strip.leave()
        self.menu_of(name).popup(self.sliders[name].mapToGlobal(place))

    def _rename(self, name: str) -> None:
        from studio.ui.dialogs.direction_name import DirectionNameDialog

        direction = self._direction(name)
        if direction is not None:
            DirectionNameDialog(self._studio, direction, self.window()).open()

    def _animate(self, name: str) -> None:
        """A film of what the slider does, there and back."""
        from studio.ui.dialogs.film_file import ask_film

        direction, studio = self._direction(name), self._studio
        request = interpolating.along_slider(studio, name)
        if direction is None or request is None:
            return
        words = QCoreApplication.translate("ExplorePanel", "Film along “{name}”")
        picture = studio.current
        folder = Path(picture.path or picture.origin or ".").parent if picture is not None else Path(".")
        place = folder / f"{request.model} {name}"
        title = words.format(name=title_of(direction))
        ask_film(self.window(), title, place, lambda path: interpolating.write(studio, path, request))

    def _direction(self, name: str) -> Slider | None:
        return next((one for one in self._shown or () if one.name == name), None)

    def _go(self, name: str, amount: float) -> None:
        """A picture of the strip was pressed; ``amount`` as the artist sees it."""
        direction = self._direction(name)
        if direction is not None:
            self._studio.exploring.set_slider(name, direction.seen(amount))
            self._studio.exploring.release()

    def show_values(self) -> None:
        """Takes the values of the selected layer, or the panel's own."""
        exploring = self._studio.exploring
        values = exploring.values
        for direction in self._shown or ():
            self.sliders[direction.name].set_value(direction.seen(values.get(direction.name, 0.0)))
        self.variety.set_value(exploring.variety)
        if self.bands is not None:
            self.bands.refresh()

    def _cross_talk(self, direction: Slider, chinese: bool) -> str:
        """What else the direction changes, as far as that was measured."""
        if not direction.also:
            return ""
        if not direction.cross_talk:
            words = QCoreApplication.translate(
                "ExplorePanel", "Measured: every other slider changes by at most {most} of it"
            )
            return words.format(most=f"{max(direction.also.values()):.2f}")
        known = {one.name: (one.title_zh or one.title) if chinese else one.title for one in self._shown or ()}
        others = [f"{known.get(name, name)} {part:.2f}" for name, part in direction.cross_talk]
        words = QCoreApplication.translate("ExplorePanel", "Also changes: {others}")
        return words.format(others=("、" if chinese else ", ").join(others))

    def retranslate(self) -> None:
        chinese = spoken().startswith("zh")
        for direction in self._shown or ():
            title = (direction.title_zh or direction.title) if chinese else direction.title
            self.sliders[direction.name].set_title(title)
            tip = QCoreApplication.translate(
                "GeneratePanel", "{name}: drag, Shift slows, Ctrl takes whole steps, the name resets"
            )
            tip = "\n".join(filter(None, (tip.format(name=title), self._cross_talk(direction, chinese))))
            self.sliders[direction.name].setToolTip(tip)
            self.sliders[direction.name].set_marked(bool(direction.cross_talk))
        self.variety.set_title(QCoreApplication.translate("GeneratePanel", "Variety"))
        self.variety.setToolTip(
            QCoreApplication.translate(
                "GeneratePanel", "Variety (truncation ψ): 0 is typical, 1 is everything"
            )
        )
