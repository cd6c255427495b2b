"""A row of a form for one colour: a swatch that opens the wheel, and the hexadecimal field."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from studio.ui import theme
from studio.ui.widgets.buttons import SwatchButton
from studio.ui.widgets.colour_wheel import HueRing, from_hexadecimal, hexadecimal
from studio.ui.widgets.rows import Row

Colour = tuple[float, float, float]
WHEEL = 196


class WheelPopup(QFrame):
    """The wheel over everything else until something beside it is pressed; Esc and Enter close it."""

    def __init__(self, colour: Colour, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.ring = HueRing()
        self.ring.setAccessibleName(QCoreApplication.translate("ColourWheel", "Colour wheel"))
        self.ring.setFixedSize(WHEEL, WHEEL)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.ring)
        self.ring.set_colour(colour)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)


class ColourRow(Row):
    """``changed`` follows the hand on the wheel, ``released`` comes at its end and after a typed colour."""

    changed = Signal(tuple)
    released = Signal(tuple)

    def __init__(
        self,
        title: str = "",
        colour: Colour = (0.0, 0.0, 0.0),
        *,
        label_width: int = theme.LABEL_WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, label_width=label_width, parent=parent)
        self.swatch = SwatchButton(size=24)
        self.field = QLineEdit()
        self.field.setMaxLength(7)
        self.field.setFixedWidth(80)
        self.line.addWidget(self.swatch)
        self.line.addWidget(self.field)
        self.line.addStretch(1)
        self.swatch.clicked.connect(self.open_wheel)
        self.field.editingFinished.connect(self._typed)
        self.set_title(title)
        self.set_colour(colour)

    def colour(self) -> Colour:
        return self.swatch.colour()

    def set_colour(self, colour: Colour) -> None:
        """Shows a colour without telling anybody."""
        self.swatch.set_colour(tuple(colour))  # type: ignore[arg-type]
        if not self.field.hasFocus():
            self.field.setText(hexadecimal(colour))

    def open_wheel(self) -> WheelPopup:
        """The wheel under the swatch."""
        popup = WheelPopup(self.colour(), self)
        popup.ring.changed.connect(self._moved)
        popup.ring.released.connect(self.released)
        popup.move(self.swatch.mapToGlobal(QPoint(0, self.swatch.height() + 4)))
        popup.show()
        popup.ring.setFocus(Qt.FocusReason.PopupFocusReason)
        return popup

    def _moved(self, colour: Colour) -> None:
        self.swatch.set_colour(colour)
        self.field.setText(hexadecimal(colour))
        self.changed.emit(colour)

    def _typed(self) -> None:
        colour = from_hexadecimal(self.field.text())
        if colour is not None and hexadecimal(colour) != hexadecimal(self.colour()):
            self.swatch.set_colour(colour)
            self.changed.emit(colour)
            self.released.emit(colour)
        self.field.setText(hexadecimal(self.colour()))

    def _named(self, title: str) -> None:
        words = QCoreApplication.translate("ColourRow", "{name}: colour wheel").format(name=title)
        self.swatch.set_name(words)
        self.field.setAccessibleName(title)
