"""The Colour panel: wheel, foreground and background, and the colours that were painted with."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.bind import bind, bind_later
from studio.ui.language import Retranslated
from studio.ui.panels.following import Follower
from studio.ui.widgets.buttons import SwatchButton
from studio.ui.widgets.colour_wheel import ColourWheel, hexadecimal
from studio.workspace.painting import Colour
from studio.workspace.studio import Studio

USED = 8
STROKE = "Paint"
"""History label of a stroke with the colour."""


class ColourPanel(Retranslated, QWidget):
    """Bound to the colours of painting, the same for all pictures."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._used: list[Colour] = []
        self._last_step = ""
        self.wheel = ColourWheel()
        self.swatches = [SwatchButton(size=28) for _ in range(USED)]
        self._row = QWidget()
        line = QHBoxLayout(self._row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for swatch in self.swatches:
            swatch.clicked.connect(
                lambda _checked=False, one=swatch: studio.painting.set_colour(one.colour())
            )
            line.addWidget(swatch)
        line.addStretch(1)
        self._row.setFixedHeight(28)
        self.wheel.ring.setMinimumSize(96, 96)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.wheel, 1)
        column.addWidget(self._row)
        self.wheel.colour_changed.connect(studio.painting.set_colour)
        self.wheel.swap_wanted.connect(studio.painting.swap)
        self.wheel.reset_wanted.connect(studio.painting.reset)
        self.wheel.foreground.clicked.connect(self.wheel.field.setFocus)
        bind_later(self, studio.painting.colour_changed, self.refresh)
        bind(self, studio.current_changed, self._forget_step)
        self._follower = Follower(self, studio, self._note_use, picture=True)
        self.retranslate()

    def used(self) -> tuple[Colour, ...]:
        """The colours of the latest strokes, newest first."""
        return tuple(self._used)

    def refresh(self) -> None:
        self.wheel.set_colour(self._studio.painting.colour)
        self.wheel.set_background(self._studio.painting.background)
        for index, swatch in enumerate(self.swatches):
            swatch.setVisible(index < len(self._used))
            if index < len(self._used):
                swatch.set_colour(self._used[index])
                words = QCoreApplication.translate("ColourPanel", "Used colour {colour}")
                swatch.set_name(words.format(colour=hexadecimal(self._used[index])))

    def _forget_step(self, picture: object) -> None:
        self._last_step = ""

    def _note_use(self) -> None:
        """A stroke became a step: its colour is among the used ones."""
        picture = self._studio.current
        if picture is None:
            return
        step = picture.document.history[picture.document.cursor]
        fresh, self._last_step = step.revision_id != self._last_step, step.revision_id
        colour = self._studio.painting.colour
        if fresh and step.label == STROKE and self._used[:1] != [colour]:
            self._used = [colour, *(one for one in self._used if one != colour)][:USED]
            self.refresh()

    def retranslate(self) -> None:
        self._row.setAccessibleName(QCoreApplication.translate("ColourPanel", "Colours that were used"))
        self.refresh()
