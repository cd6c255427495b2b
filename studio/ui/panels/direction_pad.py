"""The pad of the Explore panel: two directions of the model under one hand."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint, QTimer
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from studio.messages.models import Slider
from studio.ui.bind import bind
from studio.ui.language import Retranslated, spoken
from studio.ui.panels.large_pad import LargePad
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.pad import AxisValue, Pad
from studio.workspace import interpolating
from studio.workspace.studio import Studio

FRAME_MILLISECONDS = 1000 // interpolating.RATE


class DirectionPad(Retranslated, QWidget):
    """A drag moves both directions, live; its end is one undo step. Beside it each axis by itself, and its direction; and a path that
    is recorded, gone again and made into a film."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._directions: tuple[Slider, ...] = ()
        self._chosen: tuple[Slider, ...] = ()
        self.pad = Pad()
        self.large = LargePad(self.pad)
        self.values = (AxisValue("", -3.0, 3.0, step=0.1), AxisValue("", -3.0, 3.0, step=0.1))
        self.choices = (IconButton("chevron-down", small=True), IconButton("chevron-down", small=True))
        self.record = IconButton("path", small=True, checkable=True)
        self.play, self.film = IconButton("play", small=True), IconButton("download", small=True)
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MILLISECONDS)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 4, 0, 4)
        line.setSpacing(8)
        line.addWidget(self.pad)
        column = QVBoxLayout()
        column.setSpacing(0)
        for index in (1, 0):
            row = QHBoxLayout()
            row.setSpacing(0)
            row.addWidget(self.values[index], 1)
            row.addWidget(self.choices[index])
            column.addLayout(row)
            if index:
                column.addStretch(1)
                column.addLayout(self._path_row())
                column.addStretch(1)
        line.addLayout(column, 1)
        self._connect()
        self.retranslate()

    def _path_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        for button in (self.record, self.play, self.film):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        exploring = self._studio.exploring
        path = exploring.path
        self.pad.released.connect(lambda _x, _y: path.end())
        self.record.clicked.connect(path.record)
        self.play.clicked.connect(lambda _checked=False: path.stop() if path.playing else path.play())
        self.film.clicked.connect(lambda _checked=False: self._ask_film())
        self._timer.timeout.connect(path.step)
        bind(self, path.changed, self._show_path)
        self.pad.value_changed.connect(self._moved)
        self.pad.released.connect(lambda _x, _y: exploring.release())
        self.pad.taken_back.connect(exploring.cancel)
        for index, (value, choice) in enumerate(zip(self.values, self.choices, strict=True)):
            value.value_changed.connect(lambda amount, index=index: self._moved_one(index, amount))
            value.released.connect(lambda _value: exploring.release())
            choice.clicked.connect(lambda _checked=False, index=index: self._open_menu(index))

    def _moved(self, x: float, y: float) -> None:
        if self._chosen:
            across, up = self._chosen
            amounts = across.seen(x), up.seen(y)
            self._studio.exploring.path.add(*amounts)
            self._studio.exploring.set_sliders(dict(zip((across.name, up.name), amounts, strict=True)))

    def _moved_one(self, index: int, amount: float) -> None:
        if self._chosen:
            one = self._chosen[index]
            self._studio.exploring.set_slider(one.name, one.seen(amount))

    # ── the path ─────────────────────────────────────────────────────────────────────────────────────────────────────
    def _show_path(self) -> None:
        path = self._studio.exploring.path
        if path.playing != self._timer.isActive():
            self._timer.start() if path.playing else self._timer.stop()
        there = bool(path.points)
        self.record.setChecked(path.recording)
        self.record.setEnabled(not path.playing)
        self.play.setEnabled(there and not path.recording)
        self.film.setEnabled(there and not path.recording)
        self.pad.setEnabled(not path.playing)
        self.play.set_icon("pause" if path.playing else "play")
        self.play.set_name(
            QCoreApplication.translate("ExplorePanel", "Stop here")
            if path.playing
            else QCoreApplication.translate("ExplorePanel", "Go along the path")
        )

    def hideEvent(self, event) -> None:
        if self._studio.exploring.path.playing:
            self._studio.exploring.path.stop()
        super().hideEvent(event)

    def _ask_film(self) -> None:
        from studio.ui.dialogs.film_file import ask_film

        request, picture = self._studio.exploring.path.request(), self._studio.current
        if request is None:
            return
        folder = Path(picture.path or picture.origin or ".").parent if picture is not None else Path(".")
        title = QCoreApplication.translate("ExplorePanel", "Film along the path")
        ask_film(
            self.window(), title, folder / request.model,
            lambda path: interpolating.write(self._studio, path, request),
        )  # fmt: skip

    # ── which directions ─────────────────────────────────────────────────────────────────────────────────────────────
    def menu_of(self, index: int) -> QMenu:
        """The directions that axis 0 (across) or 1 (up) can have."""
        menu = QMenu(self)
        now = self._studio.exploring.pad.names[index]
        for direction in self._directions:
            item = menu.addAction(title_of(direction))
            item.setObjectName(direction.name)
            item.setCheckable(True)
            item.setChecked(direction.name == now)
            item.triggered.connect(
                lambda _checked=False, name=direction.name: self._studio.exploring.pad.choose(index, name)
            )
        return menu

    def _open_menu(self, index: int) -> None:
        menu, button = self.menu_of(index), self.choices[index]
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(button.width() - menu.sizeHint().width(), button.height())))

    # ── what it shows ────────────────────────────────────────────────────────────────────────────────────────────────
    def refresh(self, directions: tuple[Slider, ...]) -> None:
        """Shows the two chosen ones of ``directions`` with their present values."""
        self._directions = directions
        named = {one.name: one for one in directions}
        chosen = tuple(named[name] for name in self._studio.exploring.pad.names if name in named)
        self.setVisible(len(chosen) == 2)
        if len(chosen) != 2:
            self._chosen = ()
            return
        amounts = self._studio.exploring.values
        if [one.reversed for one in chosen] != [one.reversed for one in self._chosen]:
            self.pad.forget_trail()
        self._chosen = chosen
        across, up = chosen
        self.pad.set_axes((title_of(across), title_of(up)), (across.ends, up.ends))
        seen = [one.seen(amounts.get(one.name, 0.0)) for one in chosen]
        self.pad.set_values(seen[0], seen[1])
        for value, direction, amount in zip(self.values, chosen, seen, strict=True):
            if value.title != title_of(direction):
                value.set_title(title_of(direction))
            value.set_range(*direction.ends)
            value.set_value(amount)
        self._show_path()

    def retranslate(self) -> None:
        self.pad.setToolTip(
            QCoreApplication.translate(
                "ExplorePanel",
                "Drag in two directions at once; Shift slows, Ctrl takes whole steps, Space goes back to the start, a double click opens it over the canvas",
            )
        )
        self.record.set_name(QCoreApplication.translate("ExplorePanel", "Record the next drag as a path"))
        self.film.set_name(QCoreApplication.translate("ExplorePanel", "Film along the path") + "…")
        self._show_path()
        names = (
            QCoreApplication.translate("ExplorePanel", "Direction across"),
            QCoreApplication.translate("ExplorePanel", "Direction up"),
        )
        for value, choice, name in zip(self.values, self.choices, names, strict=True):
            choice.set_name(name)
            value.setToolTip(
                QCoreApplication.translate("ExplorePanel", "The name resets, a double click types")
            )


def title_of(direction: Slider) -> str:
    """The direction's name in the language of the window."""
    return (direction.title_zh or direction.title) if spoken().startswith("zh") else direction.title
