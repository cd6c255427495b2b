"""The Colour panel: wheel, numbers or harmonies of the colour in the hand, and the colours that were painted with."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from studio.raster.harmony import HARMONIES, harmony
from studio.ui.bind import bind_later
from studio.ui.language import Retranslated
from studio.ui.widgets.buttons import SwatchButton
from studio.ui.widgets.colour_sliders import ColourSliders
from studio.ui.widgets.colour_wheel import ColourWheel, hexadecimal
from studio.ui.widgets.rows import ChoiceRow
from studio.ui.widgets.segments import Segments
from studio.workspace.painting import Colour
from studio.workspace.studio import Studio

USED = 8
PAGES = ("wheel", "sliders", "harmony")
BESIDE, UNDER = 124, 64
"""Pixels that swatches and field take beside the wheel, or under it."""
SMALLEST = QSize(284, 186)


class ColourPanel(Retranslated, QWidget):
    """Bound to the colours of painting, the same for all pictures."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.wheel = ColourWheel()
        self.sliders = ColourSliders()
        self.harmonies = HarmonyRow()
        self.pages = Segments(PAGES)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.wheel.ring)
        self._stack.addWidget(_on_top(self.sliders))
        self._stack.addWidget(_on_top(self.harmonies))
        self.swatches = [SwatchButton(size=28) for _ in range(USED)]
        for swatch in self.swatches:
            swatch.clicked.connect(
                lambda _checked=False, one=swatch: studio.painting.set_colour(one.colour())
            )
        self._row = QWidget()
        self._used_grid = QGridLayout(self._row)
        self._used_grid.setContentsMargins(0, 0, 0, 0)
        self._used_grid.setSpacing(4)
        self._arrange()
        self.pages.chosen.connect(self._turn_to)
        self.sliders.changed.connect(studio.painting.set_colour)
        self.harmonies.taken.connect(studio.painting.set_colour)
        self.wheel.colour_changed.connect(studio.painting.set_colour)
        self.wheel.swap_wanted.connect(studio.painting.swap)
        self.wheel.reset_wanted.connect(studio.painting.reset)
        self.wheel.foreground.clicked.connect(self.wheel.field.setFocus)
        bind_later(self, studio.painting.colour_changed, self.refresh)
        bind_later(self, studio.painting.used.changed, self.refresh)
        self.retranslate()

    def _arrange(self) -> None:
        self.wheel.ring.setMinimumSize(80, 80)
        beside = QWidget()
        lower = QVBoxLayout(beside)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.setSpacing(4)
        lower.addWidget(self.wheel)
        lower.addWidget(self._row)
        lower.addStretch(1)
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._body.setSpacing(4)
        self._body.addWidget(self._stack, 1)
        self._body.addWidget(beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.pages)
        column.addLayout(self._body, 1)
        # Fixed, for while it is arranged anew the layout asks for more, which the window would grant for good.
        self.setMinimumSize(SMALLEST)
        self._set_low(False)

    def _turn_to(self, name: str) -> None:
        self._stack.setCurrentIndex(PAGES.index(name))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a low panel the swatches stand beside the wheel, where it is the larger for it; sliders come before used colours."""
        width = self.width() - 16
        height = self.height() - 16 - self.pages.sizeHint().height() - 4
        beside = min(width - BESIDE - 4, height)
        low = self._stack.currentIndex() == PAGES.index("wheel") and beside > min(width, height - UNDER)
        if low != self._low:
            self._set_low(low)
        needed = {"sliders": self.sliders, "harmony": self.harmonies}
        page = needed.get(PAGES[self._stack.currentIndex()])
        self._row.setVisible(page is None or height - UNDER >= page.sizeHint().height())

    def _set_low(self, low: bool) -> None:
        self._low = low
        directions = QBoxLayout.Direction
        self._body.setDirection(directions.LeftToRight if low else directions.TopToBottom)
        self.wheel.set_upright(low)
        across = USED // 2 if low else USED
        for place, swatch in enumerate(self.swatches):
            self._used_grid.removeWidget(swatch)
            self._used_grid.addWidget(swatch, place // across, place % across)
        self._used_grid.setColumnStretch(USED, 1)
        self._row.setFixedHeight(28 + 32 * (USED // across - 1))

    def used(self) -> tuple[Colour, ...]:
        """The colours that were laid down last, newest first."""
        return self._studio.painting.used.colours[:USED]

    def refresh(self) -> None:
        self.wheel.set_colour(self._studio.painting.colour)
        self.wheel.set_background(self._studio.painting.background)
        self.sliders.set_colour(self._studio.painting.colour)
        self.harmonies.set_colour(self._studio.painting.colour)
        used = self.used()
        for index, swatch in enumerate(self.swatches):
            swatch.setVisible(index < len(used))
            if index < len(used):
                swatch.set_colour(used[index])
                words = QCoreApplication.translate("ColourPanel", "Used colour {colour}")
                swatch.set_name(words.format(colour=hexadecimal(used[index])))

    def retranslate(self) -> None:
        self.pages.set_words(
            {
                "wheel": QCoreApplication.translate("ColourPanel", "Wheel"),
                "sliders": QCoreApplication.translate("ColourPanel", "Sliders"),
                "harmony": QCoreApplication.translate("ColourPanel", "Harmony"),
            }
        )
        self._row.setAccessibleName(QCoreApplication.translate("ColourPanel", "Colours that were used"))
        self.refresh()


class HarmonyRow(Retranslated, QWidget):
    """The colours that go with the one in the hand; a click takes one, and the harmony stays that of the first."""

    taken = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base: Colour = (0.0, 0.0, 0.0)
        self._offered: tuple[Colour, ...] = ()
        self.choice = ChoiceRow(" ")
        self.swatches = [SwatchButton(size=36) for _ in range(5)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.choice)
        line = QHBoxLayout()
        line.setSpacing(4)
        column.addLayout(line)
        for swatch in self.swatches:
            swatch.clicked.connect(lambda _checked=False, one=swatch: self.taken.emit(one.colour()))
            line.addWidget(swatch)
        line.addStretch(1)
        self.choice.chosen.connect(lambda _key: self._offer())
        self.retranslate()
        self._offer()

    def set_colour(self, colour: Colour) -> None:
        """The colour in the hand changed; one that was taken from here keeps the harmony as it is."""
        if colour not in self._offered and colour != self._base:
            self._base = colour
            self._offer()

    def _offer(self) -> None:
        self._offered = harmony(self._base, self.choice.value() or "complementary")
        for index, swatch in enumerate(self.swatches):
            swatch.setVisible(index < len(self._offered))
            if index < len(self._offered):
                swatch.set_colour(self._offered[index])
                swatch.set_name(hexadecimal(self._offered[index]))

    def retranslate(self) -> None:
        titles = [
            (name, QCoreApplication.translate("harmony", title)) for name, (title, _) in HARMONIES.items()
        ]
        self.choice.set_choices(titles)
        self.choice.set_title(QCoreApplication.translate("ColourPanel", "Harmony"))


def _on_top(widget: QWidget) -> QWidget:
    """The widget at the upper edge of a page, which scrolls where the panel is low."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(widget)
    column.addStretch(1)
    area = QScrollArea()
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area
