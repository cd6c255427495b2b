"""The effects of a layer: a list to switch them, the values of one of them, and the light of the picture. All of it live."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.document import effects
from studio.recipe import Stored
from studio.ui import icons, theme
from studio.ui.dialogs.frame import Frame
from studio.ui.widgets import paint
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.labels import TellsCutWords, align
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.studio import Studio

LIST = 176
FORM = 372
LABEL = 152
BOX = 30


class EffectRow(TellsCutWords, QAbstractButton):
    """An effect in the list: a box that shows or hides it, and its name; the chosen one has its values beside the list."""

    switched = Signal(bool)

    def __init__(self, title: str, on: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.on = on
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(LIST, 32)

    def cut_words(self) -> str:
        return (
            self.text() if self.fontMetrics().horizontalAdvance(self.text()) > self.width() - BOX - 8 else ""
        )

    def switch(self, on: bool) -> None:
        if on != self.on:
            self.on = on
            self.update()
            self.switched.emit(on)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.position().x() < BOX:
            self.switch(not self.on)
        self.click()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.switch(not self.on)
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, area = theme.current(), QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selection" if self.isChecked() else "hover"))
            painter.drawRoundedRect(area, theme.FIELD_RADIUS, theme.FIELD_RADIUS)
        box = QRectF(8.5, self.height() / 2 - 7.5, 15, 15)
        painter.setPen(QPen(look.colour("border"), 1))
        painter.setBrush(look.colour("active_fill" if self.on else "field"))
        painter.drawRoundedRect(box, 3, 3)
        if self.on:
            tick = icons.pixmap("check", 14, "on_fill", self.devicePixelRatioF())
            painter.drawPixmap(round(box.left()) + 1, round(box.top()) + 1, tick)
        painter.setPen(look.colour("text" if self.on or self.isChecked() else "secondary"))
        paint.elided(painter, area.adjusted(BOX + 2, 0, -8, 0), self.text(), Qt.AlignmentFlag.AlignLeft)
        if self.hasFocus():
            paint.focus_ring(painter, area)


class EffectsDialog(Frame):
    """Edits a layer's effects; Cancel and Esc take everything back, Apply makes one undo step."""

    def __init__(self, studio: Studio, layer_id: str, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Effects", "Layer effects"), parent, 632)
        assert studio.current is not None
        self._studio, self._layer, self._picture = studio, layer_id, studio.current
        artwork = studio.current.document.committed
        layer = artwork.find(layer_id)
        assert layer is not None
        self._unknown = tuple(one for one in layer.effects if effects.parameters(one) is None)
        self.values = _listed(studio.effects.in_hand(layer.effects))
        self._light = (artwork.light_angle, artwork.light_altitude)
        self.rows: list[EffectRow] = []
        self.form: ParameterForm | None = None
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.choose)
        self._arrange()
        self.add_cancel()
        self.add_verb(QCoreApplication.translate("Effects", "Apply"), self.accept, main=True)
        first = next((number for number, value in enumerate(self.values) if value.enabled), 0)
        self.choose(first)
        self.end_with_picture(studio)

    def _arrange(self) -> None:
        columns, left, self._right = QHBoxLayout(), QVBoxLayout(), QVBoxLayout()
        columns.setSpacing(16)
        left.setSpacing(2)
        for number, value in enumerate(self.values):
            title = QCoreApplication.translate("recipe", _title(value))
            row = EffectRow(title, value.enabled)
            row.setToolTip(QCoreApplication.translate("recipe", _description(value)))
            row.switched.connect(lambda on, number=number: self._switch(number, on))
            self._group.addButton(row, number)
            self.rows.append(row)
            left.addWidget(row)
        left.addStretch(1)
        holder, right = QWidget(), QWidget()
        holder.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        holder.setFixedWidth(LIST)
        right.setLayout(self._right)
        self._right.setContentsMargins(0, 0, 0, 0)
        right.setMinimumSize(FORM, 15 * theme.ROW)
        columns.addWidget(holder)
        columns.addWidget(right, 1)
        self.body.addLayout(columns)
        self.body.addSpacing(8)
        self.angle = self._light_slider(-180.0, 180.0, self._light[0])
        self.altitude = self._light_slider(1.0, 89.0, self._light[1])
        self.angle.set_title(QCoreApplication.translate("Effects", "Angle of the global light"))
        self.altitude.set_title(QCoreApplication.translate("Effects", "Altitude of the global light"))
        self._lights = QWidget()
        column = QVBoxLayout(self._lights)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.angle)
        column.addWidget(self.altitude)
        self.body.addWidget(self._lights)

    def align(self) -> None:
        """The light of the picture has a column of its own: its words are longer."""
        align(self._lights, FORM)
        if self.form is not None:
            align(self.form, FORM // 2)

    def _light_slider(self, low: float, high: float, value: float) -> ValueSlider:
        slider = ValueSlider(
            " ", low, high, value, default=value, unit="°", step=1.0, decimals=0, label_width=LIST + 40, value_width=60
        )  # fmt: skip
        slider.value_changed.connect(lambda _value: self._light_moved())
        return slider

    # ---- what the hand does

    def choose(self, number: int) -> None:
        """Shows the values of an effect."""
        self.rows[number].setChecked(True)
        if self.form is not None:
            self.form.hide()
            self._right.removeWidget(self.form)
            self.form.deleteLater()
        while self._right.count():
            self._right.takeAt(0)
        self.form = ParameterForm(self.values[number], label_width=LABEL)
        self.form.rows["enabled"].hide()
        self.form.changed.connect(lambda value: self._take(number, value))
        self._right.addWidget(self.form)
        self._right.addStretch(1)
        self.align()
        self._enable_own_light(self.values[number])

    def _take(self, number: int, value: Any) -> None:
        if not value.enabled:  # whoever moves a slider wants to see it
            value = msgspec.structs.replace(value, enabled=True)
            self.rows[number].on = True
            self.rows[number].update()
            assert self.form is not None
            self.form.set_values(value)
        self.values[number] = value
        self._enable_own_light(value)
        self.show_live()

    def _enable_own_light(self, value: Any) -> None:
        assert self.form is not None
        for name in ("angle", "altitude"):
            if name in self.form.rows:
                self.form.rows[name].setEnabled(not value.global_light)

    def _switch(self, number: int, on: bool) -> None:
        self.values[number] = msgspec.structs.replace(self.values[number], enabled=on)
        if self.form is not None and self._group.checkedId() == number:
            self.form.set_values(self.values[number])
        self.show_live()

    def _light_moved(self) -> None:
        self._light = (self.angle.value(), self.altitude.value())
        self.show_live()

    def wanted(self) -> tuple[Stored, ...]:
        """The effects as the layer will keep them: those that were never switched on are left out."""
        kept = [effects.store(value) for value in self.values if value.enabled or self._was_there(value)]
        return effects.ordered((*kept, *self._unknown))

    def _was_there(self, value: Any) -> bool:
        return value != type(value)(enabled=False)

    def show_live(self) -> None:
        self._studio.effects.preview(self._layer, self.wanted(), self._light)

    def accept(self) -> None:
        self._studio.effects.release()
        super().accept()

    def reject(self) -> None:
        self._studio.effects.revert(self._picture)
        super().reject()


def _listed(stored: tuple[Stored, ...]) -> list[Any]:
    """The layer's effects, topmost first, with one of each kind that it lacks, switched off."""
    present = [value for one in stored if (value := effects.parameters(one)) is not None]
    kinds = [kind.parameters for kind in effects.KINDS.values()]
    missing = [kind(enabled=False) for kind in kinds if not any(isinstance(one, kind) for one in present)]
    return sorted([*present, *missing], key=lambda value: kinds.index(type(value)), reverse=True)


def _title(value: Any) -> str:
    return next(kind.title for kind in effects.KINDS.values() if kind.parameters is type(value))


def _description(value: Any) -> str:
    return next(kind.description for kind in effects.KINDS.values() if kind.parameters is type(value))
