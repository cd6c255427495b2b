"""Which sensor drives which parameter of a brush, and by which curve."""

from __future__ import annotations

from typing import get_args

import msgspec
from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from studio import recipe
from studio.raster.applying import reason_against_driving
from studio.raster.brush import Brush
from studio.raster.dynamics import ADDED, STRAIGHT, DrivenParameter, Dynamic, Points, Sensor
from studio.recipe import QT_TRANSLATE_NOOP
from studio.ui import theme
from studio.ui.language import Retranslated
from studio.ui.widgets.curve_editor import CurveEditor
from studio.ui.widgets.form import choice_words
from studio.ui.widgets.rows import ChoiceBox, SwitchRow
from studio.ui.widgets.value_slider import ValueSlider

PARAMETERS: tuple[DrivenParameter, ...] = get_args(DrivenParameter)
SENSORS: tuple[Sensor, ...] = get_args(Sensor)
LIST_WIDTH = 124
_TITLES = {one.name: one.title for one in recipe.parameters(Brush)}
TURNS = ("angle", "hue")
SHAPES: dict[str, Points] = {
    QT_TRANSLATE_NOOP("CurveEditor", "Straight"): STRAIGHT,
    QT_TRANSLATE_NOOP("CurveEditor", "Soft start"): ((0.0, 0.0), (0.5, 0.2), (1.0, 1.0)),
    QT_TRANSLATE_NOOP("CurveEditor", "Firm start"): ((0.0, 0.0), (0.35, 0.7), (1.0, 1.0)),
    QT_TRANSLATE_NOOP("CurveEditor", "S curve"): ((0.0, 0.0), (0.3, 0.1), (0.7, 0.9), (1.0, 1.0)),
    QT_TRANSLATE_NOOP("CurveEditor", "Step"): ((0.0, 0.0), (0.48, 0.02), (0.52, 0.98), (1.0, 1.0)),
    QT_TRANSLATE_NOOP("CurveEditor", "Falling"): ((0.0, 1.0), (1.0, 0.0)),
    QT_TRANSLATE_NOOP("CurveEditor", "Bow"): ((0.0, 0.0), (0.5, 1.0), (1.0, 0.0)),
}
FULL = 1.0


def first_dynamic(parameter: DrivenParameter, sensor: Sensor) -> Dynamic:
    """What is switched on: multiplied parameters from nothing to whole, a count up from one, angles once around, colours a
    little."""
    circular = sensor in ("direction", "rotation", "tilt-direction")
    if parameter == "angle" and not circular:
        return Dynamic(parameter=parameter, sensor=sensor, low=-0.25, high=0.25)
    if parameter in ADDED and parameter != "angle":
        return Dynamic(parameter=parameter, sensor=sensor, low=-0.1, high=0.1)
    if parameter == "count":
        return Dynamic(parameter=parameter, sensor=sensor, low=1.0, high=4.0)
    return Dynamic(parameter=parameter, sensor=sensor)


class DynamicsPage(Retranslated, QWidget):
    """Parameters, the sensors of the chosen one, and the curve of the chosen sensor. ``changed`` brings all dynamics."""

    changed = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brush = Brush()
        self.parameters, self.sensors = QListWidget(), QListWidget()
        self.curve = CurveEditor()
        self.shape = ChoiceBox()
        self.low, self.high = (ValueSlider(" ", label_width=48, value_width=56) for _ in range(2))
        self.length = ValueSlider(
            " ", 1, 2000, 500, hard_high=20_000, unit="px", curve=2.0, label_width=88, value_width=56
        )
        self.repeats = SwitchRow()
        self.sentence = QLabel()
        self._lay_out()
        for name in PARAMETERS:
            self.parameters.addItem(_item(name))
        self.parameters.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for name in SENSORS:
            item = _item(name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.sensors.addItem(item)
        self.parameters.setCurrentRow(0)
        self.sensors.setCurrentRow(0)
        self.parameters.currentRowChanged.connect(lambda _row: self._other_parameter())
        self.sensors.currentRowChanged.connect(lambda _row: self._show())
        self.sensors.itemChanged.connect(self._switched)
        self.curve.changed.connect(lambda points: self._change(curve=tuple(points)))
        self.low.value_changed.connect(lambda value: self._change(low=value))
        self.high.value_changed.connect(lambda value: self._change(high=value))
        self.length.value_changed.connect(lambda value: self._change(length=value))
        self.repeats.toggled.connect(lambda on: self._change(repeats=on))
        self.shape.activated.connect(self._shaped)
        self.retranslate()

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for part in (self.parameters, self.sensors):
            part.setFixedWidth(LIST_WIDTH)
            line.addWidget(part)
        right = QVBoxLayout()
        right.setSpacing(4)
        self.sentence.setWordWrap(True)
        self.sentence.setProperty("quiet", True)
        self.sentence.setMinimumHeight(36)
        right.addWidget(self.sentence)
        right.addWidget(self.curve, 1)
        for widget in (self.shape, self.low, self.high, self.length, self.repeats):
            right.addWidget(widget)
        line.addLayout(right, 1)

    def sizeHint(self) -> QSize:
        return QSize(520, 380)

    # what it shows

    @property
    def parameter(self) -> DrivenParameter:
        return PARAMETERS[max(self.parameters.currentRow(), 0)]

    @property
    def sensor(self) -> Sensor:
        return SENSORS[max(self.sensors.currentRow(), 0)]

    def current(self) -> Dynamic | None:
        """The dynamic of the chosen parameter and sensor, if it is on."""
        return self._of(self.parameter, self.sensor)

    @property
    def _dynamics(self) -> tuple[Dynamic, ...]:
        return self._brush.dynamics

    def _set(self, dynamics: tuple[Dynamic, ...]) -> None:
        self._brush = msgspec.structs.replace(self._brush, dynamics=dynamics)

    def _of(self, parameter: str, sensor: str) -> Dynamic | None:
        pairs = (one for one in self._dynamics if (one.parameter, one.sensor) == (parameter, sensor))
        return next(pairs, None)

    def set_brush(self, brush: Brush) -> None:
        """Shows what drives a brush without telling anybody."""
        if brush is not self._brush:
            self._brush = brush
            self._show()

    def choose(self, parameter: DrivenParameter) -> None:
        self.parameters.setCurrentRow(PARAMETERS.index(parameter))

    def _other_parameter(self) -> None:
        """Another parameter: the first sensor that drives it."""
        driven = [row for row, sensor in enumerate(SENSORS) if self._of(self.parameter, sensor)]
        if driven and self.sensors.currentRow() not in driven:
            self.sensors.setCurrentRow(driven[0])
        self._show()

    def _show(self) -> None:
        self.sensors.blockSignals(True)
        for row, sensor in enumerate(SENSORS):
            on = self._of(self.parameter, sensor) is not None
            self.sensors.item(row).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.sensors.blockSignals(False)
        self._list()
        one = self.current()
        for widget in (self.curve, self.shape, self.low, self.high, self.length, self.repeats):
            widget.setEnabled(one is not None)
        for widget in (self.length, self.repeats):
            widget.setVisible(self.sensor == "fade")
        self._range()
        shown = one or first_dynamic(self.parameter, self.sensor)
        self.curve.set_points(shown.curve)
        self.low.set_value(shown.low)
        self.high.set_value(shown.high)
        self.length.set_value(shown.length)
        blocked = self.repeats.blockSignals(True)
        self.repeats.setChecked(shown.repeats)
        self.repeats.blockSignals(blocked)
        names = [words for words, points in SHAPES.items() if points == shown.curve]
        self.shape.setCurrentIndex(list(SHAPES).index(names[0]) if names else -1)
        self._say(one)

    def _list(self) -> None:
        """The parameters: driven ones with a dot, those that change nothing in grey with the reason."""
        driven = {one.parameter for one in self._dynamics}
        look = theme.current()
        for row, name in enumerate(PARAMETERS):
            words, reason = parameter_words(name), reason_against_driving(name, self._brush)
            item = self.parameters.item(row)
            item.setText(f"{words}  •" if name in driven else words)
            item.setToolTip(QCoreApplication.translate("brush", reason) if reason else "")
            item.setForeground(look.colour("disabled" if reason else "text"))

    def _range(self) -> None:
        """Angles and hues in degrees, all others in per cent; what is added may be negative."""
        turns, added = self.parameter in TURNS, self.parameter in ADDED
        for slider in (self.low, self.high):
            slider.unit, slider.factor = ("°", 360.0) if turns else ("%", 100.0)
            slider.decimals, slider.signed = 0, added
            slider.step = 1 / slider.factor
            most = 2.0 if self.parameter != "count" else 8.0
            slider.set_range(-FULL if added else 0.0, FULL if added else most, 10.0)

    def _say(self, one: Dynamic | None) -> None:
        sensor, parameter = choice_words(self.sensor), parameter_words(self.parameter)
        reason = reason_against_driving(self.parameter, self._brush)
        if reason:
            words = QCoreApplication.translate("brush", reason)
        elif one is None:
            words = QCoreApplication.translate(
                "BrushEditor", "{sensor} does not change {parameter}. Tick it to let it."
            )
        elif self.parameter in ADDED:
            words = QCoreApplication.translate(
                "BrushEditor", "{sensor} adds between {low} and {high} to {parameter}."
            )
        else:
            words = QCoreApplication.translate(
                "BrushEditor", "{sensor} takes {parameter} from {low} to {high}."
            )
        low, high = (slider.text().replace(" ", "\u00a0") for slider in (self.low, self.high))
        self.sentence.setText(words.format(sensor=sensor, parameter=parameter, low=low, high=high))

    # what it changes

    def _switched(self, item: QListWidgetItem) -> None:
        """A tick more or less."""
        row, state = self.sensors.row(item), item.checkState()
        self.sensors.setCurrentRow(row)
        sensor, one = SENSORS[row], self._of(self.parameter, SENSORS[row])
        if state == Qt.CheckState.Checked and one is None:
            self._set((*self._dynamics, first_dynamic(self.parameter, sensor)))
        elif state == Qt.CheckState.Unchecked and one is not None:
            self._set(tuple(other for other in self._dynamics if other is not one))
        else:
            return
        self._show()
        self.changed.emit(self._dynamics)

    def _change(self, **fields: object) -> None:
        one = self.current()
        if one is None:
            return
        new = msgspec.structs.replace(one, **fields)
        self._set(tuple(new if other is one else other for other in self._dynamics))
        if "curve" in fields:
            self.shape.setCurrentIndex(-1)
        self._list()
        self._say(new)
        self.changed.emit(self._dynamics)

    def _shaped(self, index: int) -> None:
        points = tuple(SHAPES.values())[index]
        self.curve.set_points(points)
        self._change(curve=points)
        self.shape.setCurrentIndex(index)

    def redress(self) -> None:
        self._list()
        super().redress()

    def retranslate(self) -> None:
        self.sensors.blockSignals(True)
        for row, name in enumerate(SENSORS):
            self.sensors.item(row).setText(choice_words(name))
        self.sensors.blockSignals(False)
        self.parameters.setAccessibleName(QCoreApplication.translate("BrushEditor", "Parameters"))
        self.sensors.setAccessibleName(QCoreApplication.translate("BrushEditor", "Sensors"))
        self.shape.setAccessibleName(QCoreApplication.translate("BrushEditor", "Shape of the curve"))
        self.shape.blockSignals(True)
        self.shape.clear()
        self.shape.addItems([QCoreApplication.translate("CurveEditor", words) for words in SHAPES])
        self.shape.blockSignals(False)
        self.low.set_title(QCoreApplication.translate("recipe", "Low"))
        self.high.set_title(QCoreApplication.translate("recipe", "High"))
        self.length.set_title(QCoreApplication.translate("recipe", "Fade length"))
        self.repeats.set_title(QCoreApplication.translate("recipe", "Repeats"))
        self.repeats.setToolTip(
            QCoreApplication.translate("recipe", "Begins again after its length, as in a dashed line.")
        )
        self._show()


def parameter_words(name: DrivenParameter) -> str:
    """A parameter in the language of the window: the title of its field, where it has one."""
    title = _TITLES.get(name)
    return QCoreApplication.translate("recipe", title) if title else choice_words(name)


def _item(name: str) -> QListWidgetItem:
    item = QListWidgetItem(name)
    item.setSizeHint(QSize(0, theme.ROW - 2))
    return item
