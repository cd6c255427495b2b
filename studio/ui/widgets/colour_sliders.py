"""A colour by numbers: red green blue, hue saturation value, or OKLCH, whose steps look equal."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QLinearGradient, QPainter, QPen, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.raster.colour import Rgb, hsv_to_rgb, oklch_in_srgb, rgb_to_hsv, rgb_to_oklch
from studio.recipe import QT_TRANSLATE_NOOP
from studio.ui import theme
from studio.ui.language import Retranslated
from studio.ui.screen_colours import screen_colour
from studio.ui.widgets.rows import ChoiceRow
from studio.ui.widgets.value_slider import ValueSlider

SAMPLES = 49
"""Colours along a track: hues change their slope every sixth of the way, which falls on one of them."""
GROOVE = 10
CHROMA = 1


class Part(NamedTuple):
    """One number of a model: its highest value, what it is multiplied by for the eye, and how that is written."""

    title: str
    high: float = 1.0
    factor: float = 1.0
    unit: str = ""
    decimals: int = 0
    step: float | None = None


MODELS = {
    "rgb": (
        Part(QT_TRANSLATE_NOOP("ColourSliders", "Red"), factor=255.0),
        Part(QT_TRANSLATE_NOOP("ColourSliders", "Green"), factor=255.0),
        Part(QT_TRANSLATE_NOOP("ColourSliders", "Blue"), factor=255.0),
    ),
    "hsv": (
        Part(QT_TRANSLATE_NOOP("ColourSliders", "Hue"), factor=360.0, unit="°"),
        Part(QT_TRANSLATE_NOOP("ColourSliders", "Saturation"), factor=100.0, unit="%"),
        Part(QT_TRANSLATE_NOOP("ColourSliders", "Value"), factor=100.0, unit="%"),
    ),
    "oklch": (
        Part(QT_TRANSLATE_NOOP("ColourSliders", "Lightness"), factor=100.0, unit="%"),
        Part(QT_TRANSLATE_NOOP("ColourSliders", "Chroma"), high=0.37, decimals=3, step=0.001),
        Part(QT_TRANSLATE_NOOP("ColourSliders", "Hue"), factor=360.0, unit="°"),
    ),
}


def parts_of(colour: Rgb, model: str) -> tuple[float, float, float]:
    """The parts of an sRGB-encoded colour in a model of ``MODELS``."""
    found = {"rgb": np.asarray, "hsv": rgb_to_hsv, "oklch": rgb_to_oklch}[model](np.array(colour, np.float64))
    return float(found[0]), float(found[1]), float(found[2])


def colour_of(parts: Rgb, model: str) -> Rgb:
    """The sRGB-encoded colour of parts; one outside sRGB keeps lightness and hue."""
    make = {"rgb": np.asarray, "hsv": hsv_to_rgb, "oklch": oklch_in_srgb}[model]
    red, green, blue = (float(value) for value in np.clip(make(np.array(parts, np.float64)), 0, 1))
    return red, green, blue


def tracks(parts: Rgb, model: str) -> np.ndarray:
    """What the colour becomes along each of the three sliders, float64 [3, SAMPLES, 3]: one part moves, two stay."""
    moved = np.tile(np.array(parts, np.float64), (3, SAMPLES, 1))
    for index, part in enumerate(MODELS[model]):
        moved[index, :, index] = np.linspace(0.0, part.high, SAMPLES)
    if model == "oklch":  # a five-hundredth of chroma is enough for the eye, and four times as fast
        return np.clip(oklch_in_srgb(moved, halvings=8), 0, 1)
    return moved if model == "rgb" else hsv_to_rgb(moved)


class ColourSlider(ValueSlider):
    """A slider on whose track stands the colour that each place gives; a tick marks where sRGB ends."""

    def __init__(self, part: Part) -> None:
        super().__init__(
            "",
            0.0,
            part.high,
            0.0,
            unit=part.unit,
            factor=part.factor,
            decimals=part.decimals,
            step=part.step,
            default=0.0,
        )
        self.limit = part.high
        """Beyond it nothing changes any more."""
        self._colours = np.zeros((2, 3))

    def set_colours(self, colours: np.ndarray) -> None:
        """``colours``: encoded, 0–1, [n, 3], evenly spaced along the track."""
        self._colours = colours
        self.update()

    def _paint_track(self, painter: QPainter, look: theme.Theme) -> None:
        track, place = self.track(), self._place(self.value())
        groove = QRectF(track.left() - 4, track.center().y() - GROOVE / 2, track.width() + 8, GROOVE)
        ramp = QLinearGradient(track.left(), 0, track.right(), 0)
        for index, colour in enumerate(self._colours):
            ramp.setColorAt(index / (len(self._colours) - 1), screen_colour(tuple(colour.tolist())))
        painter.setPen(QPen(look.colour("border"), 1))
        painter.setBrush(ramp if self.isEnabled() else look.colour("line"))
        painter.drawRoundedRect(groove.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if self.limit < self.high - 1e-3:
            end = self._place(self.limit)
            painter.fillRect(QRectF(round(end), groove.top() - 3, 1, GROOVE + 6), look.colour("text"))
        self._paint_handle(painter, look, QPointF(place, track.center().y()))

    def _paint_handle(self, painter: QPainter, look: theme.Theme, centre: QPointF) -> None:
        """A ring, as the wheel has it: it is seen on every colour, and the colour through it."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for token, width, radius in (("ink_dark", 1.0, 7.0), ("ink_light", 2.0, 5.5), ("ink_dark", 1.0, 4.0)):
            painter.setPen(QPen(look.colour(token), width))
            painter.drawEllipse(centre, radius, radius)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("active"), 2))
            painter.drawEllipse(centre, 9.0, 9.0)


class ColourSliders(Retranslated, QWidget):
    """``changed`` follows the hand. A grey keeps the hue that was chosen, and a colour too strong keeps its sliders' place."""

    changed = Signal(tuple)

    def __init__(self, model: str = "hsv", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour: Rgb = (0.0, 0.0, 0.0)
        self._parts: Rgb = (0.0, 0.0, 0.0)
        self.model = model
        self.choice = ChoiceRow(" ", [(name, name.upper()) for name in MODELS], model)
        self.sliders: list[ColourSlider] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self.choice)
        self.choice.chosen.connect(self.set_model)
        self.set_model(model)

    def set_model(self, model: str) -> None:
        """Shows the colour in another model."""
        self.model = model
        self.choice.set_value(model)
        for slider in self.sliders:
            slider.hide()
            self._column.removeWidget(slider)
            slider.deleteLater()
        self.sliders = []
        for part in MODELS[model]:
            slider = ColourSlider(part)
            slider.value_changed.connect(lambda _value: self._moved())
            self.sliders.append(slider)
            self._column.addWidget(slider)
        self._parts = parts_of(self._colour, model)
        self._show()
        self.retranslate()

    def set_colour(self, colour: Rgb) -> None:
        """Shows a colour without telling anybody."""
        if max(abs(a - b) for a, b in zip(colour, self._colour, strict=True)) < 1 / 2048:
            return
        self._colour = colour
        parts = parts_of(colour, self.model)
        hue = {"hsv": 0, "oklch": 2}.get(self.model)
        if hue is not None and parts[1] < 1e-3:
            parts = (self._parts[0], *parts[1:]) if hue == 0 else (*parts[:2], self._parts[2])
        self._parts = parts
        self._show()

    def _show(self) -> None:
        for slider, value in zip(self.sliders, self._parts, strict=True):
            slider.set_value(value)
        if self.isVisible():
            self._colour_tracks()

    def _colour_tracks(self) -> None:
        colours = tracks(self._parts, self.model)
        for slider, track in zip(self.sliders, colours, strict=True):
            slider.set_colours(track)
        if self.model == "oklch":
            self.sliders[CHROMA].limit = float(rgb_to_oklch(colours[CHROMA, -1])[1])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._colour_tracks()

    def _moved(self) -> None:
        first, second, third = (slider.value() for slider in self.sliders)
        self._parts = (first, second, third)
        self._colour = colour_of(self._parts, self.model)
        self._show()
        self.changed.emit(self._colour)

    def retranslate(self) -> None:
        self.choice.set_title(QCoreApplication.translate("ColourSliders", "Model"))
        for slider, part in zip(self.sliders, MODELS[self.model], strict=True):
            slider.set_title(QCoreApplication.translate("ColourSliders", part.title))
        if self.model == "oklch":
            self.sliders[CHROMA].setToolTip(
                QCoreApplication.translate(
                    "ColourSliders", "Beyond the mark sRGB has no stronger colour of this lightness and hue"
                )
            )
