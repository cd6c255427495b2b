"""The effects of one layer or several: a list to switch them, the values of one of them, and the light of the picture. Live."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from studio.document import effects
from studio.recipe import QT_TRANSLATE_NOOP, Stored
from studio.ui import icons, theme
from studio.ui.dialogs.frame import Frame
from studio.ui.widgets import paint
from studio.ui.widgets.form import ParameterForm
from studio.ui.widgets.labels import TellsCutWords, align
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace import shared_effects
from studio.workspace.studio import Studio

LIST = 176
FORM = 372
LABEL = 152
BOX = 30


class EffectRow(TellsCutWords, QAbstractButton):
    """An effect in the list: a box that shows or hides it, and its name; the chosen one has its values beside the list.

    ``on`` is None where only some of the layers show it: the box has a dash then.
    """

    switched = Signal(bool)

    def __init__(self, title: str, on: bool | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.on = on
        self.setText(title)
        self.setAccessibleName(title)
        self._describe()
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

    def show_on(self, on: bool | None) -> None:
        """Shows the box so without telling anybody."""
        self.on = on
        self._describe()
        self.update()

    def _describe(self) -> None:
        words = {
            True: QT_TRANSLATE_NOOP("Effects", "shown"),
            False: QT_TRANSLATE_NOOP("Effects", "not shown"),
            None: QT_TRANSLATE_NOOP("Effects", "shown on some of the layers"),
        }
        self.setAccessibleDescription(QCoreApplication.translate("Effects", words[self.on]))

    def switch(self, on: bool) -> None:
        if on != self.on:
            self.show_on(on)
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
        if self.on is None:
            dash = QRectF(box.left() + 3.5, box.center().y() - 1, 8, 2)
            painter.fillRect(dash, look.colour("text"))
        elif self.on:
            tick = icons.pixmap("check", 14, "on_fill", self.devicePixelRatioF())
            painter.drawPixmap(round(box.left()) + 1, round(box.top()) + 1, tick)
        painter.setPen(look.colour("text" if self.on or self.isChecked() else "secondary"))
        paint.elided(painter, area.adjusted(BOX + 2, 0, -8, 0), self.text(), Qt.AlignmentFlag.AlignLeft)
        if self.hasFocus():
            paint.focus_ring(painter, area)


class EffectsDialog(Frame):
    """Edits the effects of layers; Cancel and Esc take everything back, Apply makes one undo step.

    Of several layers each keeps its own values where the hand changes nothing; what it changes becomes so in all of them.
    """

    def __init__(self, studio: Studio, layer_ids: tuple[str, ...], parent: QWidget | None = None) -> None:
        """``layer_ids``: the one whose values are shown first."""
        title = QCoreApplication.translate("Effects", "Layer effects")
        if len(layer_ids) > 1:
            title = QCoreApplication.translate("Effects", "Effects of {count} layers").format(
                count=len(layer_ids)
            )
        super().__init__(title, parent, 632)
        assert studio.current is not None
        self._studio, self._picture = studio, studio.current
        artwork = studio.current.document.committed
        found = [layer for layer_id in layer_ids if (layer := artwork.find(layer_id)) is not None]
        self._before = {layer.id: studio.effects.in_hand(layer.effects) for layer in found}
        self.values = shared_effects.listed(tuple(self._before.values()))
        self._light = (artwork.light_angle, artwork.light_altitude)
        self.rows: list[EffectRow] = []
        self.form: ParameterForm | None = None
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.choose)
        self._arrange()
        self.add_cancel()
        self.add_verb(QCoreApplication.translate("Effects", "Apply"), self.accept, main=True)
        shown = (number for number, value in enumerate(self.values) if value.enabled is not False)
        first = next(shown, 0)
        self.choose(first)
        self.end_with_picture(studio)

    def _arrange(self) -> None:
        columns, left, self._right = QHBoxLayout(), QVBoxLayout(), QVBoxLayout()
        columns.setSpacing(16)
        left.setSpacing(2)
        for number, value in enumerate(self.values):
            title = QCoreApplication.translate("recipe", _title(value.shown))
            row = EffectRow(title, value.enabled)
            row.setToolTip(QCoreApplication.translate("recipe", _description(value.shown)))
            row.switched.connect(lambda on, number=number: self._switch(number, on))
            self._group.addButton(row, number)
            self.rows.append(row)
            left.addWidget(row)
        left.addStretch(1)
        self._say_of_several(left)
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

    def _say_of_several(self, column: QVBoxLayout) -> None:
        """Under the list, where there is room: what differs, and which layers are left out."""
        self.mixed = _sentence("")
        self.mixed.setVisible(self.several)
        column.addWidget(self.mixed)
        if left_out := self._studio.effects.left_out():
            words = QCoreApplication.translate("Effects", "Left out, being locked or filter layers: {names}.")
            column.addWidget(_sentence(words.format(names=_together([layer.name for layer in left_out]))))

    @property
    def several(self) -> bool:
        return len(self._before) > 1

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
        self.form = ParameterForm(self.values[number].shown, label_width=LABEL)
        self.form.rows["enabled"].hide()
        self.form.changed.connect(lambda value: self._take(number, value))
        self._right.addWidget(self.form)
        self._right.addStretch(1)
        self._show_mixed(number)
        self.align()
        self._enable_own_light(self.values[number].shown)

    def _take(self, number: int, value: Any) -> None:
        self.values[number] = self.values[number].changed(value)  # whoever moves a slider wants to see it
        self._show(number)
        self.show_live()

    def _show(self, number: int) -> None:
        """The list and the form as the values are now."""
        value = self.values[number]
        self.rows[number].show_on(value.enabled)
        if self.form is not None and self._group.checkedId() == number:
            self.form.set_values(value.shown)
            self._show_mixed(number)
            self._enable_own_light(value.shown)

    def _show_mixed(self, number: int) -> None:
        """Which values differ among the layers: a sign at each, and a sentence."""
        if not self.several or self.form is None:
            return
        names = self.values[number].mixed
        self.form.set_mixed(frozenset(names))
        if names:
            words = QCoreApplication.translate(
                "Effects", "≠ differs among the layers: each keeps its own until you change the value here."
            )
        else:
            words = QCoreApplication.translate(
                "Effects", "What you change here is changed on all of these layers."
            )
        self.mixed.setText(words)

    def _enable_own_light(self, value: Any) -> None:
        assert self.form is not None
        for name in ("angle", "altitude"):
            if name in self.form.rows:
                self.form.rows[name].setEnabled(not value.global_light)

    def _switch(self, number: int, on: bool) -> None:
        self.values[number] = self.values[number].switched(on)
        self._show(number)
        self.show_live()

    def _light_moved(self) -> None:
        self._light = (self.angle.value(), self.altitude.value())
        self.show_live()

    def wanted(self) -> dict[str, tuple[Stored, ...]]:
        """The effects as each layer will keep them, by its id."""
        kept = shared_effects.wanted(self.values, tuple(self._before.values()))
        return dict(zip(self._before, kept, strict=True))

    def show_live(self) -> None:
        self._studio.effects.preview(self.wanted(), self._light)

    def accept(self) -> None:
        self._studio.effects.release()
        super().accept()

    def reject(self) -> None:
        self._studio.effects.revert(self._picture)
        super().reject()


def _sentence(words: str) -> QLabel:
    label = QLabel(words)
    label.setWordWrap(True)
    label.setProperty("quiet", True)
    return label


def _together(names: list[str]) -> str:
    """The first names, and that there are more."""
    return QCoreApplication.translate("Effects", ", ").join(names[:3]) + (" …" if len(names) > 3 else "")


def _title(value: Any) -> str:
    return next(kind.title for kind in effects.KINDS.values() if kind.parameters is type(value))


def _description(value: Any) -> str:
    return next(kind.description for kind in effects.KINDS.values() if kind.parameters is type(value))
