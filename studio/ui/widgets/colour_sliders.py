"""A colour by numbers: red green blue, hue saturation value, or OKLCH, whose steps look equal."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.raster.colour import Rgb, hsv_to_rgb, oklch_in_srgb, rgb_to_hsv, rgb_to_oklch
from studio.recipe import QT_TRANSLATE_NOOP
from studio.ui.language import Retranslated
from studio.ui.widgets.rows import ChoiceRow
from studio.ui.widgets.value_slider import ValueSlider

MODELS = {
    "rgb": (
        (QT_TRANSLATE_NOOP("ColourSliders", "Red"), 1.0, 255.0, ""),
        (QT_TRANSLATE_NOOP("ColourSliders", "Green"), 1.0, 255.0, ""),
        (QT_TRANSLATE_NOOP("ColourSliders", "Blue"), 1.0, 255.0, ""),
    ),
    "hsv": (
        (QT_TRANSLATE_NOOP("ColourSliders", "Hue"), 1.0, 360.0, "°"),
        (QT_TRANSLATE_NOOP("ColourSliders", "Saturation"), 1.0, 100.0, "%"),
        (QT_TRANSLATE_NOOP("ColourSliders", "Value"), 1.0, 100.0, "%"),
    ),
    "oklch": (
        (QT_TRANSLATE_NOOP("ColourSliders", "Lightness"), 1.0, 100.0, "%"),
        (QT_TRANSLATE_NOOP("ColourSliders", "Chroma"), 0.37, 100.0, ""),
        (QT_TRANSLATE_NOOP("ColourSliders", "Hue"), 1.0, 360.0, "°"),
    ),
}
"""Model → its three parts: title, highest value, what it is multiplied by for the eye, unit."""


def parts_of(colour: Rgb, model: str) -> tuple[float, float, float]:
    """The parts of an sRGB-encoded colour in a model of ``MODELS``."""
    found = {"rgb": np.asarray, "hsv": rgb_to_hsv, "oklch": rgb_to_oklch}[model](np.array(colour, np.float64))
    return float(found[0]), float(found[1]), float(found[2])


def colour_of(parts: tuple[float, float, float], model: str) -> Rgb:
    """The sRGB-encoded colour of parts; one outside sRGB keeps lightness and hue."""
    make = {"rgb": np.asarray, "hsv": hsv_to_rgb, "oklch": oklch_in_srgb}[model]
    red, green, blue = (float(value) for value in np.clip(make(np.array(parts, np.float64)), 0, 1))
    return red, green, blue


class ColourSliders(Retranslated, QWidget):
    """``changed`` follows the hand. A grey keeps the hue that was chosen, and a colour too strong keeps its sliders' place."""

    changed = Signal(tuple)

    def __init__(self, model: str = "hsv", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour: Rgb = (0.0, 0.0, 0.0)
        self._parts = (0.0, 0.0, 0.0)
        self.model = model
        self.choice = ChoiceRow(" ", [(name, name.upper()) for name in MODELS], model)
        self.sliders: list[ValueSlider] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.choice)
        self.choice.chosen.connect(self.set_model)
        self.set_model(model)

    def set_model(self, model: str) -> None:
        """Shows the colour in another model."""
        self.model = model
        for slider in self.sliders:
            slider.setParent(None)
            slider.deleteLater()
        self.sliders = []
        for _, high, factor, unit in MODELS[model]:
            slider = ValueSlider(
                "", 0.0, high, 0.0, unit=unit, factor=factor, decimals=0 if high == 1.0 else 1, default=0.0
            )
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
            parts = tuple(self._parts[i] if i == hue else parts[i] for i in range(3))  # type: ignore[assignment]
        self._parts = parts
        self._show()

    def _show(self) -> None:
        for slider, value in zip(self.sliders, self._parts, strict=True):
            slider.set_value(value)

    def _moved(self) -> None:
        first, second, third = (slider.value() for slider in self.sliders)
        self._parts = (first, second, third)
        self._colour = colour_of(self._parts, self.model)
        self.changed.emit(self._colour)

    def retranslate(self) -> None:
        self.choice.set_title(QCoreApplication.translate("ColourSliders", "Model"))
        for slider, (title, *_) in zip(self.sliders, MODELS[self.model], strict=True):
            slider.set_title(QCoreApplication.translate("ColourSliders", title))
