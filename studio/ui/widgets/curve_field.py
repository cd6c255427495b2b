"""A curve among the rows of a form: folded to one line, or open with its editor and the chosen point in numbers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.raster.dynamics import STRAIGHT, Points
from studio.ui import theme
from studio.ui.language import Retranslated
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.curve_editor import CurveEditor
from studio.ui.widgets.rows import ElidedLabel
from studio.ui.widgets.value_slider import ValueSlider

EDITOR_HEIGHT = 180


class CurveField(Retranslated, QWidget):
    """``changed`` follows the hand, ``released`` comes once at the end. A curve that changes nothing is folded at first."""

    changed = Signal(tuple)
    released = Signal(tuple)

    def __init__(
        self, points: Points = STRAIGHT, *, opened: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.fold = IconButton("chevron-right", small=True, checkable=True, checked_icon="chevron-down")
        self.label = ElidedLabel()
        self.reset = IconButton("rotate-ccw", small=True)
        self.draw = IconButton("pencil", small=True, checkable=True)
        self.editor = CurveEditor(points)
        self.editor.setFixedHeight(EDITOR_HEIGHT)
        self.across = ValueSlider("", 0.0, 1.0, 0.0, decimals=3, step=0.001)
        self.up = ValueSlider("", 0.0, 1.0, 0.0, decimals=3, step=0.001)
        self._opened = (self.editor, self.across, self.up)
        self._lay_out()
        self.fold.toggled.connect(self._show_editor)
        self.reset.clicked.connect(self._straighten)
        self.draw.toggled.connect(self.editor.set_freehand)
        self.editor.changed.connect(self._moved)
        self.editor.released.connect(self.released)
        self.editor.chosen.connect(lambda _index: self._show_point())
        for slider in (self.across, self.up):
            slider.value_changed.connect(lambda _value: self._type(finished=False))
            slider.released.connect(lambda _value: self._type(finished=True))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.fold.setChecked(opened or tuple(points) != STRAIGHT)
        self._show_editor(self.fold.isChecked())
        self._show_point()
        self.retranslate()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = QHBoxLayout()
        line.setSpacing(4)
        for widget in (self.fold, self.label, self.draw, self.reset):
            line.addWidget(widget, 1 if widget is self.label else 0)
        self.label.setFixedHeight(theme.ROW)
        column.addLayout(line)
        for widget in self._opened:
            column.addWidget(widget)

    def points(self) -> Points:
        return self.editor.points()

    def set_points(self, points: Points) -> None:
        """Shows another curve without telling anybody."""
        self.editor.set_points(points)
        self._show_point()

    def _show_editor(self, shown: bool) -> None:
        for widget in (*self._opened, self.draw):
            widget.setVisible(shown)
        self.updateGeometry()

    def _show_point(self) -> None:
        x, y = self.editor.chosen_point()
        self.across.set_value(x)
        self.up.set_value(y)
        self.reset.setEnabled(self.points() != STRAIGHT)

    def _moved(self, points: Points) -> None:
        self._show_point()
        self.changed.emit(points)

    def _type(self, *, finished: bool) -> None:
        self.editor.move_chosen(self.across.value(), self.up.value())
        if finished:
            self._show_point()
            self.released.emit(self.points())

    def _straighten(self) -> None:
        self.set_points(STRAIGHT)
        self.changed.emit(self.points())
        self.released.emit(self.points())

    def set_title(self, title: str) -> None:
        self.label.set_text(title)
        self.editor.setAccessibleName(title)
        words = QCoreApplication.translate("CurveEditor", "{curve}: show the curve")
        self.fold.set_name(words.format(curve=title))
        words = QCoreApplication.translate("CurveEditor", "{curve}: draw it freehand")
        self.draw.set_name(words.format(curve=title))
        words = QCoreApplication.translate("CurveEditor", "{curve}: make it straight")
        self.reset.set_name(words.format(curve=title))

    def retranslate(self) -> None:
        self.across.set_title(QCoreApplication.translate("CurveEditor", "Tone before"))
        self.up.set_title(QCoreApplication.translate("CurveEditor", "Tone after"))
        self.set_title(self.label.text())
