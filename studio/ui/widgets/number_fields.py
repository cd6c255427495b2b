"""The numbers of the open session, such as place, size and angle of a transform, as fields to type into."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from studio.ui.language import Retranslated
from studio.ui.widgets import paint
from studio.workspace.painting import Painting

WIDTH = 80
DECIMALS = 1


class NumberField(QWidget):
    """A short name and a number; ``entered`` when Enter or Tab leaves it with another value. Up and down step it."""

    entered = Signal(float)

    def __init__(self, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = unit
        self._value = 0.0
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        self.title = QLabel()
        self.title.setProperty("quiet", True)
        self.field = QLineEdit()
        self.field.setFixedWidth(WIDTH)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        line.addWidget(self.title)
        line.addWidget(self.field)
        self.field.editingFinished.connect(self._finished)

    def set_title(self, title: str) -> None:
        self.title.setText(title)
        self.field.setAccessibleName(title)
        self.field.setToolTip(title)

    def set_value(self, value: float) -> None:
        """Shows a value; what is being typed is left alone."""
        self._value = value
        if not (self.field.hasFocus() and self.field.isModified()):
            self.field.setText(written(value, self._unit))

    def _finished(self) -> None:
        if not self.field.isModified():
            return
        self.field.setModified(False)
        value = paint.parsed(self.field.text())
        self.field.setText(written(self._value, self._unit))
        if value is not None and value != self._value:
            self.entered.emit(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1.0, Qt.Key.Key_Down: -1.0}
        if event.key() not in steps:
            super().keyPressEvent(event)
            return
        far = 10.0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
        self.entered.emit(round(self._value + steps[Qt.Key(event.key())] * far, DECIMALS))


def written(value: float, unit: str) -> str:
    """The number with its unit and a true minus: ``−12.5 px``."""
    text = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    text = "0" if text == "-0" else text.replace("-", "−")
    return f"{text}{unit}" if unit == "°" else f"{text} {unit}"


class NumberFields(Retranslated, QWidget):
    """The fields of the session that is open; hidden where it has none."""

    def __init__(self, painting: Painting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painting = painting
        self.fields: dict[str, NumberField] = {}
        self._titles: dict[str, str] = {}
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(12)
        self.hide()

    def refresh(self, *_: object) -> None:
        session = self._painting.session
        numbers = session.numbers if session is not None else ()
        if [number[0] for number in numbers] != list(self.fields):
            self._remake(numbers)
        for name, _title, value, _unit in numbers:
            self.fields[name].set_value(value)
        self.setVisible(bool(numbers))

    def _remake(self, numbers: tuple[tuple[str, str, float, str], ...]) -> None:
        for field in self.fields.values():
            field.setParent(None)
            field.deleteLater()
        self.fields = {name: NumberField(unit) for name, _, _, unit in numbers}
        self._titles = {name: title for name, title, _, _ in numbers}
        for name, field in self.fields.items():
            field.entered.connect(lambda value, name=name: self._entered(name, value))
            self._line.addWidget(field)
        self.retranslate()

    def _entered(self, name: str, value: float) -> None:
        if self._painting.session is not None:
            self._painting.session.set_number(name, value)

    def retranslate(self) -> None:
        for name, field in self.fields.items():
            field.set_title(QCoreApplication.translate("recipe", self._titles[name]))
