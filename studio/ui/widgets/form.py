"""A form made from a recipe's declaration: filters, generators and rules need no panel code of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio import recipe
from studio.raster.blend import BLEND_MODES
from studio.ui import theme
from studio.ui.language import Retranslated
from studio.ui.widgets.colour_row import ColourRow
from studio.ui.widgets.curve_field import CurveField
from studio.ui.widgets.file_row import FileRow
from studio.ui.widgets.gradient_bar import GradientField
from studio.ui.widgets.labels import align
from studio.ui.widgets.rows import ChoiceRow, SeedRow, SwitchRow, TextRow
from studio.ui.widgets.value_slider import ValueSlider


class ParameterForm(Retranslated, QWidget):
    """One row for each parameter of a recipe's struct.

    ``changed`` brings the whole new struct while the hand moves, ``released`` once at the end: the place for the undo step.
    Titles and choices are looked up in context ``recipe``.
    """

    changed = Signal(object)
    released = Signal(object)

    def __init__(
        self,
        values: msgspec.Struct,
        *,
        names: Sequence[str] = (),
        label_width: int = theme.LABEL_WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        """``names``: only these parameters, in this order; all of them where none is named."""
        super().__init__(parent)
        self._values = values
        self._label_width = label_width
        self.rows: dict[str, QWidget] = {}
        self._reasons: Mapping[str, str] = {}
        self._mixed: frozenset[str] = frozenset()
        known = {item.name: item for item in recipe.parameters(type(values))}
        self._parameters = {name: known[name] for name in names or known}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for parameter in self._parameters.values():
            row = self._row(parameter, getattr(values, parameter.name))
            self.rows[parameter.name] = row
            column.addWidget(row)
        self._show_counting()
        self.retranslate()

    def values(self) -> Any:
        """The struct as the form shows it."""
        return self._values

    def set_values(self, values: msgspec.Struct) -> None:
        """Shows other values of the same struct without telling anybody."""
        self._values = values
        for name, row in self.rows.items():
            _show(row, getattr(values, name))
        self._show_counting()

    def take(self, values: msgspec.Struct, *, finished: bool) -> None:
        """Other values, as if its rows had been moved to them: what stands beside the form changes it so."""
        if values != self._values:
            self.set_values(values)
            self.changed.emit(values)
        if finished:
            self.released.emit(self._values)

    def _show_counting(self) -> None:
        """Only the rows that do something now."""
        for name, row in self.rows.items():
            if self._parameters[name].when:
                row.setVisible(self._parameters[name].counts(self._values))

    def set_reasons(self, reasons: Mapping[str, str]) -> None:
        """Parameters that change nothing now, each with the sentence that says why: their rows rest, and say it."""
        if reasons != self._reasons:
            self._reasons = reasons
            for name, row in self.rows.items():
                row.setEnabled(name not in reasons)
            self._hint()

    def set_mixed(self, names: frozenset[str]) -> None:
        """Parameters whose values are shown for several things that do not agree in them: a sign stands at each."""
        if names != self._mixed:
            self._mixed = names
            self.retranslate()

    def _hint(self) -> None:
        for name, row in self.rows.items():
            words = self._parameters[name].description
            told = QCoreApplication.translate("recipe", words) if words else ""
            row.setToolTip(self._reasons.get(name, told))

    def _row(self, parameter: recipe.Parameter, value: Any) -> QWidget:
        name = parameter.name
        if parameter.kind in ("float", "integer"):
            return self._slider(parameter, value)
        if parameter.kind == "switch":
            switch = SwitchRow(on=bool(value))
            switch.toggled.connect(lambda on: self._take(name, on, True))
            return switch
        if parameter.kind == "choice":
            choice = ChoiceRow(
                " ", [(key, key) for key in parameter.choices], value, label_width=self._label_width
            )
            choice.chosen.connect(lambda key: self._take(name, key, True))
            return choice
        if parameter.kind == "seed":
            seed = SeedRow(" ", int(value), lockable=False, label_width=self._label_width)
            seed.seed_changed.connect(lambda number: self._take(name, number, True))
            return seed
        if parameter.kind == "colour":
            colour = ColourRow(" ", value, label_width=self._label_width)
            colour.changed.connect(lambda chosen: self._take(name, tuple(chosen), False))
            colour.released.connect(lambda chosen: self._take(name, tuple(chosen), True))
            return colour
        if parameter.kind == "gradient":
            field = GradientField(tuple(value), wide=True)
            field.changed.connect(lambda stops: self._take(name, stops, False))
            field.released.connect(lambda stops: self._take(name, stops, True))
            return field
        if parameter.kind == "curve":
            first = not any(isinstance(row, CurveField) for row in self.rows.values())
            curve = CurveField(tuple(value), opened=first)
            curve.changed.connect(lambda points: self._take(name, points, False))
            curve.released.connect(lambda points: self._take(name, points, True))
            return curve
        if parameter.kind == "file":
            file = FileRow(parameter, value, label_width=self._label_width)
            file.chosen.connect(lambda found: self._take(name, found, True))
            return file
        words = TextRow(" ", str(value), label_width=self._label_width)
        words.changed.connect(lambda text: self._take(name, text, True))
        return words

    def _slider(self, parameter: recipe.Parameter, value: float) -> ValueSlider:
        low = parameter.low if parameter.low is not None else min(0.0, float(value))
        hard = parameter.high if parameter.high is not None else max(1.0, float(value) * 4)
        high = parameter.soft_high if parameter.soft_high is not None else hard
        whole = parameter.kind == "integer"
        percent = parameter.unit == "%" and hard <= 1
        slider = ValueSlider(
            " ",
            low,
            high,
            value,
            default=parameter.default,
            hard_high=hard,
            unit=parameter.unit,
            step=parameter.step or (1.0 if whole else None),
            decimals=0 if whole else None,
            factor=100.0 if percent else 1.0,
            label_width=self._label_width,
            value_width=theme.VALUE_WIDTH + (12 if parameter.unit else 0),
            parent=self,
        )
        convert = round if whole else float
        slider.value_changed.connect(lambda number: self._take(parameter.name, convert(number), False))
        slider.released.connect(lambda number: self._take(parameter.name, convert(number), True))
        return slider

    def _take(self, name: str, value: Any, finished: bool) -> None:
        if getattr(self._values, name) != value:
            try:
                self._values = msgspec.structs.replace(self._values, **{name: value})
            except ValueError as error:  # the struct says why: a kernel with rows of different length
                _show(self.rows[name], getattr(self._values, name))
                self.rows[name].setToolTip(str(error))
                return
            self._hint()
            self._show_counting()
            self.changed.emit(self._values)
        if finished:
            self.released.emit(self._values)

    def retranslate(self) -> None:
        for name, row in self.rows.items():
            parameter = self._parameters[name]
            title = QCoreApplication.translate("recipe", parameter.title)
            row.set_title(f"{title} ≠" if name in self._mixed else title)  # type: ignore[attr-defined]
            if isinstance(row, ChoiceRow):
                row.set_choices(words_of(parameter))
        self._hint()
        align(self)


def words_of(parameter: recipe.Parameter) -> list[tuple[str, str]]:
    """(key, words) of a parameter's choices in the language of the window; blend modes by the names they have everywhere."""
    if parameter.choices and set(parameter.choices) <= set(BLEND_MODES):
        return [
            (key, QCoreApplication.translate("blend", BLEND_MODES[key].title)) for key in parameter.choices
        ]
    return [(key, choice_words(key)) for key in parameter.choices]


PROPER = {
    "aces": "ACES", "cat16": "CAT16", "cmyk": "CMYK", "directx": "DirectX", "floyd-steinberg": "Floyd–Steinberg", "hsl": "HSL",
    "jarvis-judice-ninke": "Jarvis, Judice and Ninke", "oklab": "OKLab", "oklch": "OKLCH", "opengl": "OpenGL", "rgb": "RGB",
}  # fmt: skip
"""Names among the choices that are written in their own way."""


def choice_words(key: str) -> str:
    """A choice in the language of the window; in English the key itself, as words (``per-channel``: Per channel)."""
    words = QCoreApplication.translate("recipe", key)
    if words == key and key in PROPER:
        return PROPER[key]
    return words.replace("-", " ").capitalize() if words == key else words


def _show(row: QWidget, value: Any) -> None:
    if isinstance(row, (ValueSlider, ChoiceRow)):
        row.set_value(value)
    elif isinstance(row, SeedRow):
        row.set_seed(value)
    elif isinstance(row, SwitchRow):
        blocked = row.blockSignals(True)
        row.setChecked(bool(value))
        row.blockSignals(blocked)
        row.update()
    elif isinstance(row, ColourRow):
        row.set_colour(value)
    elif isinstance(row, GradientField):
        row.set_stops(tuple(value))
    elif isinstance(row, FileRow):
        row.set_attached(value)
    elif isinstance(row, CurveField):
        row.set_points(tuple(value))
    elif isinstance(row, TextRow):
        row.field.setText(str(value))
