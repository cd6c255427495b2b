"""A tool's declared options as one line of compact fields, for the options bar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio import recipe
from studio.ui import icons, theme
from studio.ui.language import Retranslated
from studio.ui.widgets import paint
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.form import ParameterForm, words_of
from studio.ui.widgets.gradient_bar import GradientField
from studio.ui.widgets.mode_field import MODES, ModeField
from studio.ui.widgets.rows import ChoiceRow, TextRow
from studio.ui.widgets.value_slider import ValueSlider

CHOICE_WIDTH, CHOICE_FRAME = 160, 40
"""Of a box with choices: the most, and what it needs around its words."""
TRACK_WIDTH, SHORT_TRACK = 88, 56
TEXT_WIDTH = 140
GRADIENT_WIDTH = 252
GAP = 12
Part = tuple[msgspec.Struct, tuple[str, ...]]


class CheckField(QAbstractButton):
    """A box with its words right of it, as narrow as both."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_title(self, title: str) -> None:
        self.setText(title)
        self.setAccessibleName(title)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 28, theme.ROW)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(2.5, self.height() / 2 - 7.5, 15, 15)
        painter.setPen(QPen(look.colour("border"), 1))
        painter.setBrush(look.colour("active_fill" if self.isChecked() else "field"))
        painter.drawRoundedRect(box, 3, 3)
        if self.isChecked():
            painter.drawPixmap(
                round(box.left()) + 1,
                round(box.top()) + 1,
                icons.pixmap("check", 14, "on_fill", self.devicePixelRatioF()),
            )
        painter.setPen(look.colour("text" if self.isEnabled() else "disabled"))
        paint.elided(
            painter, QRectF(24, 0, self.width() - 24, self.height()), self.text(), Qt.AlignmentFlag.AlignLeft
        )
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()))


class OptionFields(Retranslated, QWidget):
    """One field for each parameter of ``parts``; ``changed`` brings the name and the new value as the hand moves.

    Only what does something now is shown (:meth:`Parameter.counts`). Where room is short the tracks get shorter; what there
    is still no room for is behind a button at the end, whose card has all of them.
    """

    changed = Signal(str, object)

    def __init__(
        self,
        *parts: msgspec.Struct | Part,
        keys: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Each part is a struct, or a struct and those of its parameters that are shown, in this order; no name twice.
        ``keys``: which keys change a parameter, for its tooltip."""
        super().__init__(parent)
        self._keys = keys or {}
        self._resting: dict[str, str] = {}
        self._tracks: dict[str, tuple[float, float]] = {}
        self._values: dict[type[msgspec.Struct], msgspec.Struct] = {}
        self._parameters: dict[str, tuple[type[msgspec.Struct], recipe.Parameter]] = {}
        self.fields: dict[str, QWidget] = {}
        self._forms: list[ParameterForm] = []
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        for part in parts:
            values, names = part if isinstance(part, tuple) else (part, part.__struct_fields__)
            self._values[type(values)] = values
            declared = {one.name: one for one in recipe.parameters(type(values))}
            for name in names:
                self._parameters[name] = type(values), declared[name]
                self.fields[name] = self._field(declared[name], getattr(values, name))
                line.addWidget(self.fields[name])
        self.more = IconButton("ellipsis", parent=self)
        self.more.clicked.connect(self._show_all)
        line.addWidget(self.more)
        line.addStretch(1)
        self.retranslate()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.more.width(), theme.ROW)

    def sizeHint(self) -> QSize:
        return QSize(self._needed(TRACK_WIDTH) - GAP, theme.ROW)

    def _counting(self) -> list[QWidget]:
        """The fields that do something now."""
        return [
            self.fields[name]
            for name, (struct, parameter) in self._parameters.items()
            if parameter.counts(self._values[struct])
        ]

    def _needed(self, track: int) -> int:
        """Pixels for all of them, with tracks of this length."""
        return sum(_width(field, track) + GAP for field in self._counting())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Shows as many fields, from the first on, as there is room for."""
        fits = [track for track in (TRACK_WIDTH, SHORT_TRACK) if self._needed(track) - GAP <= self.width()]
        track, room = (fits[0] if fits else SHORT_TRACK), self.width() - (0 if fits else self.more.width())
        counting = self._counting()
        shown = []
        for field in counting:
            room -= _width(field, track) + GAP
            if not fits and room < 0:
                break
            shown.append(field)
        for field in self.fields.values():
            if isinstance(field, ValueSlider):
                field.set_track_width(track)
            field.setVisible(field in shown)
        self.more.setVisible(len(shown) < len(counting))

    def _show_all(self) -> None:
        """All options on a card under the button; it goes with the next press elsewhere."""
        card = QFrame(self, Qt.WindowType.Popup)
        card.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        card.setProperty("card", True)
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        for struct, values in self._values.items():
            names = tuple(name for name, (owner, _) in self._parameters.items() if owner is struct)
            form = ParameterForm(values, names=names, label_width=theme.LABEL_WIDTH + 24, parent=card)
            form.setMinimumWidth(320)
            form.changed.connect(self._taken)
            for name in self._tracks.keys() & form.rows.keys():
                _stretch(form.rows[name], *self._tracks[name])
            column.addWidget(form)
            self._forms.append(form)
        card.destroyed.connect(self._forms.clear)
        card.adjustSize()
        corner = self.more.mapToGlobal(self.more.rect().bottomRight())
        card.move(corner.x() - card.width(), corner.y() + 4)
        card.show()

    def _taken(self, values: msgspec.Struct) -> None:
        for name, (struct, _) in self._parameters.items():
            if struct is type(values) and getattr(values, name) != getattr(self._values[struct], name):
                self.changed.emit(name, getattr(values, name))

    def set_values(self, *values: msgspec.Struct) -> None:
        """Shows other values of the same structs without telling anybody."""
        before = self._counting()
        self._values |= {type(one): one for one in values}
        for name, field in self.fields.items():
            _show(field, getattr(self._values[self._parameters[name][0]], name))
        if self._counting() != before:
            self.updateGeometry()
            self._fit()

    def set_track(self, name: str, low: float, high: float) -> None:
        """A number whose usual range follows from the picture, not from its declaration; its default is the middle."""
        self._tracks[name] = low, high
        _stretch(self.fields[name], low, high)
        self.updateGeometry()
        self._fit()

    def rest(self, reasons: Mapping[str, str]) -> None:
        """The fields named here change nothing now: they rest, and their tips say why."""
        if reasons == self._resting:
            return
        self._resting = dict(reasons)
        for name, field in self.fields.items():
            field.setEnabled(name not in reasons)
        self.retranslate()

    def _field(self, parameter: recipe.Parameter, value: Any) -> QWidget:
        name = parameter.name
        if parameter.kind == "switch":
            switch = CheckField()
            switch.setChecked(bool(value))
            switch.toggled.connect(lambda on: self.changed.emit(name, on))
            return switch
        if parameter.choices == MODES:
            mode = ModeField(value)
            mode.chosen.connect(lambda key: self.changed.emit(name, key))
            return mode
        if parameter.kind == "choice":
            choice = ChoiceRow(" ", [(key, key) for key in parameter.choices], value, label_width=0)
            choice.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            choice.chosen.connect(lambda key: self.changed.emit(name, key))
            return choice
        if parameter.kind == "gradient":
            stops = GradientField(tuple(value))
            stops.setFixedWidth(GRADIENT_WIDTH)
            stops.changed.connect(lambda chosen: self.changed.emit(name, chosen))
            return stops
        if parameter.kind == "text":
            words = TextRow(" ", str(value), label_width=0)
            words.field.setFixedWidth(TEXT_WIDTH)
            words.changed.connect(lambda text: self.changed.emit(name, text))
            return words
        slider = compact_slider(parameter)
        slider.set_value(float(value))
        whole = parameter.kind != "float"
        slider.value_changed.connect(
            lambda number: self.changed.emit(name, round(number) if whole else number)
        )
        return slider

    def retranslate(self) -> None:
        self.more.set_name(QCoreApplication.translate("Options", "All options of the tool"))
        for name, field in self.fields.items():
            parameter = self._parameters[name][1]
            title = QCoreApplication.translate("recipe", parameter.title)
            field.set_title(title)  # type: ignore[attr-defined]
            told = (
                QCoreApplication.translate("recipe", parameter.description)
                if parameter.description
                else title
            )
            told = f"{told} ({self._keys[name]})" if name in self._keys else told
            field.setToolTip(f"{title}: {self._resting[name]}" if name in self._resting else told)
            if isinstance(field, ChoiceRow):
                words = words_of(parameter)
                field.set_choices(words)
                widest = max(field.fontMetrics().horizontalAdvance(text) for _, text in words)
                field.box.setFixedWidth(min(widest + CHOICE_FRAME, CHOICE_WIDTH))
        self.updateGeometry()
        self._fit()


def _show(field: QWidget, value: Any) -> None:
    if isinstance(field, CheckField):
        blocked = field.blockSignals(True)
        field.setChecked(bool(value))
        field.blockSignals(blocked)
        field.update()
    elif isinstance(field, ValueSlider | ChoiceRow | ModeField):
        field.set_value(value)
    elif isinstance(field, GradientField):
        field.set_stops(tuple(value))
    elif isinstance(field, TextRow):
        field.field.setText(str(value))


def _stretch(field: QWidget, low: float, high: float) -> None:
    assert isinstance(field, ValueSlider)
    field.signed, field.curve, field.default = low < 0 < high, 1.0, (low + high) / 2
    field.set_range(low, high)
    field.fit_values()


def _width(field: QWidget, track: int) -> int:
    if isinstance(field, ValueSlider):
        return field.width_with(track)
    return field.sizeHint().width()


def compact_slider(parameter: recipe.Parameter) -> ValueSlider:
    """The slider of a number in the options bar: its name, a short track, its value."""
    low, high = parameter.low or 0.0, parameter.high if parameter.high is not None else 1.0
    whole = parameter.kind != "float"
    pixels, percent = parameter.unit == "px", not whole and low >= -1.0 and high <= 1.0
    slider = ValueSlider(
        "",
        low,
        parameter.soft_high or high,
        parameter.default,
        default=parameter.default,
        hard_high=high,
        unit="%" if percent else parameter.unit,
        factor=100.0 if percent else 1.0,
        decimals=0 if whole or percent or pixels else None,
        step=0.01 if percent else parameter.step or (1.0 if whole or pixels else None),
        curve=2.0 if pixels else 1.0,
        label_width=0,
        track_width=TRACK_WIDTH,
    )
    slider.fit_values()
    slider.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return slider
