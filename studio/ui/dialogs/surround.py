"""A colour of the artist's own around the picture: seen there as it is chosen, Cancel brings the old one back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from studio.ui.dialogs.frame import Frame
from studio.ui.widgets.colour_row import ColourRow
from studio.ui.widgets.colour_wheel import Colour, HueRing, hexadecimal

RING = 220


class SurroundDialog(Frame):
    """``shown``: the colour to begin with; ``before``: what the settings say, told again by Cancel."""

    def __init__(
        self, shown: str, before: str, choose: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(QCoreApplication.translate("Canvas", "Colour around the picture"), parent, width=300)
        self._choose, self._before = choose, before
        first = QColor(shown)
        colour = (first.redF(), first.greenF(), first.blueF())
        self.ring = HueRing()
        self.ring.setAccessibleName(QCoreApplication.translate("ColourWheel", "Colour wheel"))
        self.ring.setMinimumSize(RING, RING)
        self.row = ColourRow(QCoreApplication.translate("Canvas", "Colour"), colour)
        self.body.addWidget(self.ring, 1)
        self.body.addWidget(self.row)
        self.add_cancel()
        self.add_verb(QCoreApplication.translate("Canvas", "Keep"), self.accept, main=True)
        self.ring.set_colour(colour)
        self.ring.changed.connect(self.row.set_colour)
        self.ring.released.connect(self._take)
        self.row.changed.connect(self.ring.set_colour)
        self.row.released.connect(self._take)
        self.rejected.connect(lambda: self._choose(self._before))

    def _take(self, colour: Colour) -> None:
        self._choose(hexadecimal(colour).lower())
