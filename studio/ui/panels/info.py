"""The Info panel: place and colour under the pen, the selection's size, pinned samplers."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from studio.document.aids import Point
from studio.jobs.job import JobFinished, Priority
from studio.ui.bind import bind
from studio.ui.language import Retranslated
from studio.ui.panels import commands
from studio.ui.panels.following import Follower
from studio.ui.widgets.buttons import IconButton, SwatchButton
from studio.ui.widgets.colour_sliders import parts_of
from studio.ui.widgets.colour_wheel import hexadecimal
from studio.ui.widgets.rows import ElidedLabel
from studio.workspace.painting import Colour
from studio.workspace.samplers import MOST, Pair, Reading
from studio.workspace.studio import Studio

REST_MILLISECONDS = 60
_NOTHING = Reading(under=None, pinned={}, selected=None)


class SamplerRow(QWidget):
    """One pinned place: its number, its colour now and before, how to take it away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.before, self.now = SwatchButton(size=20), SwatchButton(size=20)
        self.words = ElidedLabel(pixels=12)
        self.remove = IconButton("x", small=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for widget in (self.before, self.now):
            line.addWidget(widget)
        line.addWidget(self.words, 1)
        line.addWidget(self.remove)

    def show_colours(self, number: int, now: Colour | None, before: Colour | None) -> None:
        self.now.set_colour(now or (0.0, 0.0, 0.0))
        self.before.set_colour(before or (0.0, 0.0, 0.0))
        words = f"{number}   {_rgb(now)}"
        if now != before and now is not None and before is not None:
            words += f"   ({_rgb(before)})"
        self.words.set_text(words)


class InfoPanel(Retranslated, QWidget):
    """Written again at most every 60 ms, the colours a moment later; nothing is read while a stroke is drawn."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._open = True
        self._pinned: dict[Point, Pair] = {}
        self.destroyed.connect(lambda: setattr(self, "_open", False))
        self.place, self.colour, self.more, self.selection = (QLabel() for _ in range(4))
        self.empty = QLabel()
        self.empty.setProperty("quiet", True)
        self.empty.setWordWrap(True)
        self.clear = IconButton("trash-2")
        self.rows = [SamplerRow() for _ in range(MOST)]
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        for label in (self.place, self.colour, self.more, self.selection):
            column.addWidget(label)
        column.addSpacing(4)
        for index, row in enumerate(self.rows):
            row.remove.clicked.connect(lambda _checked=False, index=index: studio.samplers.unpin(index))
            column.addWidget(row)
        column.addWidget(self.empty)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addStretch(1)
        foot.addWidget(self.clear)
        column.addLayout(foot)
        self.clear.clicked.connect(studio.samplers.clear)
        self._follower = Follower(self, studio, self.refresh, picture=True, milliseconds=REST_MILLISECONDS)
        bind(self, studio.viewing.pointed, self._follower.soon)
        bind(self, studio.settings_changed, self._follower.soon)
        self.retranslate()

    def refresh(self) -> None:
        """Says where the pen is, and has the colours there and at the pinned places read on the render lane."""
        studio, picture, point = self._studio, self._studio.current, self._studio.viewing.point
        self.place.setText(self._place(*point) if picture is not None and point is not None else "—")
        work = studio.samplers.reading()
        if work is None or picture is None:
            self._take(_NOTHING)
            return
        self._show_pinned()
        if point is None:
            self._show_under(None)

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished) and self._open and picture is studio.current:
                self._take(event.result)

        studio.render_lane.submit(
            work, label="info", priority=Priority.normal, replace=f"info-{id(self)}", on_event=arrived
        )

    def _take(self, found: Reading) -> None:
        """What was read is shown; a pen that has left meanwhile has no colour."""
        self._pinned = found.pinned
        self._show_under(found.under if self._studio.viewing.point is not None else None)
        bounds = found.selected
        words = QCoreApplication.translate("Info", "Selection {width} × {height} px")
        self.selection.setText(words.format(width=bounds.width, height=bounds.height) if bounds else "")
        self.selection.setVisible(bounds is not None)
        self._show_pinned()

    def _show_under(self, colour: Colour | None) -> None:
        self.colour.setText(f"RGB {_rgb(colour)}   {hexadecimal(colour) if colour else ''}")
        self.more.setText(_models(colour))

    def _show_pinned(self) -> None:
        """A row for each place there is now, with the colours read last; the row's number is what its button takes away."""
        places = self._studio.samplers.places
        for index, row in enumerate(self.rows):
            row.setVisible(index < len(places))
            if index < len(places):
                row.show_colours(index + 1, *self._pinned.get(places[index], (None, None)))
        self.empty.setText(self._how())
        self.empty.setVisible(not places)
        self.clear.setEnabled(bool(places))

    def _how(self) -> str:
        """How a sampler is pinned, by the key in force."""
        key = commands.shortcut("pin-sampler", self)
        if not key:
            return QCoreApplication.translate(
                "Info", "“Pin a sampler” in the View menu keeps the colour under the pen here in view."
            )
        words = QCoreApplication.translate(
            "Info", "{key} pins a sampler under the pen: its colour stays here in view."
        )
        return words.format(key=key)

    def _place(self, x: float, y: float) -> str:
        return f"X {math.floor(x)}   Y {math.floor(y)}"

    def retranslate(self) -> None:
        self.clear.set_name(QCoreApplication.translate("Info", "Remove all samplers"))
        for row in self.rows:
            row.remove.set_name(QCoreApplication.translate("Info", "Remove sampler"))
            row.now.set_name(QCoreApplication.translate("Info", "Colour now"))
            row.before.set_name(QCoreApplication.translate("Info", "Colour before"))
        self.refresh()


def _rgb(colour: Colour | None) -> str:
    return " ".join(f"{round(255 * part)}" for part in colour) if colour else "—"


def _models(colour: Colour | None) -> str:
    if colour is None:
        return "HSV —"
    hue, saturation, value = parts_of(colour, "hsv")
    lightness, chroma, angle = parts_of(colour, "oklch")
    return (
        f"HSV {round(360 * hue)}° {round(100 * saturation)} % {round(100 * value)} %   "
        f"LCH {round(100 * lightness)} % {chroma:.2f} {round(360 * angle)}°"
    )
