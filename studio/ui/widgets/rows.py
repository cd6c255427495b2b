"""Rows of a panel: switch, choice, seed, words; one label column, one height."""

from __future__ import annotations

import random
from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from studio.ui import icons, theme
from studio.ui.language import Retranslated
from studio.ui.widgets import paint
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.labels import TellsCutWords

SEED_END = 2**32


class ElidedLabel(QWidget):
    """One line of text that is cut with … where it does not fit; the tooltip then has all of it."""

    def __init__(
        self,
        text: str = "",
        token: str = "text",
        pixels: int = theme.TEXT_PIXELS,
        *,
        semibold: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.token, self.pixels, self.semibold = token, pixels, semibold
        self.alignment = Qt.AlignmentFlag.AlignLeft
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def _metrics(self):
        from PySide6.QtGui import QFontMetrics

        return QFontMetrics(theme.text_font(self.pixels, self.semibold))

    def sizeHint(self) -> QSize:
        metrics = self._metrics()
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self._metrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.text_font(self.pixels, self.semibold))
        painter.setPen(theme.current().colour(self.token if self.isEnabled() else "disabled"))
        paint.elided(painter, QRectF(self.rect()), self._text, self.alignment)
        whole = painter.fontMetrics().horizontalAdvance(self._text) <= self.width()
        self.setToolTip("" if whole else self._text)


class ChoiceBox(TellsCutWords, QComboBox):
    """A field with a chevron that opens its choices. The wheel changes it only with focus or Ctrl."""

    def cut_words(self) -> str:
        words = self.currentText()
        return words if self.fontMetrics().horizontalAdvance(words) > self.width() - 32 else ""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaxVisibleItems(40)
        self._cut = Qt.TextElideMode.ElideRight

    def cut_in_the_middle(self) -> None:
        """For names that are told apart by their ends: both ends stay where there is no room for all."""
        self._cut = Qt.TextElideMode.ElideMiddle

    def showPopup(self) -> None:
        """The list is as wide as its longest words, up to half the screen."""
        view = self.view()
        view.setTextElideMode(self._cut)
        view.setMinimumWidth(min(self.sizeHint().width(), self.screen().availableSize().width() // 2))
        super().showPopup()

    def sizeHint(self) -> QSize:
        width = max(
            (self.fontMetrics().horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=40
        )
        return QSize(width + 36, theme.ROW)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, theme.ROW)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.colour("border" if self.isEnabled() else "line"), 1))
        painter.setBrush(look.colour("hover" if self.underMouse() and self.isEnabled() else "field"))
        painter.drawRoundedRect(area, theme.FIELD_RADIUS, theme.FIELD_RADIUS)
        token = "text" if self.isEnabled() else "disabled"
        painter.setPen(look.colour(token))
        words = area.adjusted(7, 0, -24, 0)
        paint.elided(painter, words, self.currentText(), Qt.AlignmentFlag.AlignLeft, self._cut)
        arrow = icons.pixmap(
            "chevron-down", 16, "secondary" if self.isEnabled() else "disabled", self.devicePixelRatioF()
        )
        painter.drawPixmap(self.width() - 21, (self.height() - 16) // 2, arrow)
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()))


class Row(QWidget):
    """A label of the panel's column and whatever stands right of it."""

    def __init__(
        self, title: str = "", *, label_width: int = theme.LABEL_WIDTH, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFixedHeight(theme.ROW)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(4)
        self.label = ElidedLabel(title)
        self.usual_label = label_width
        if label_width:
            self.set_label_width(label_width)
        else:
            self.label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.line.addWidget(self.label)
        self._tip = title
        self.setToolTip(title)

    def set_title(self, title: str) -> None:
        """A tooltip that tells more than the title stays."""
        self.label.set_text(title)
        if self.toolTip() == self._tip:
            self.setToolTip(title)
        self._tip = title
        self._named(title)

    def label_needed(self) -> int:
        return self.label.sizeHint().width() + 6

    def set_label_width(self, width: int) -> None:
        self.label.setFixedWidth(width - 4)

    def _named(self, title: str) -> None:
        """Hands the words to the row's control as its accessible name."""


class ChoiceRow(Row):
    """A label and a :class:`ChoiceBox`; ``chosen`` brings the key of what the hand chose."""

    chosen = Signal(str)

    def __init__(
        self,
        title: str = "",
        choices: Iterable[tuple[str, str]] = (),
        value: str = "",
        *,
        label_width: int = theme.LABEL_WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, label_width=label_width, parent=parent)
        self.label.setVisible(bool(title))
        self.box = ChoiceBox(title)
        self.line.addWidget(self.box, 1)
        self.set_choices(choices, value)
        self.box.activated.connect(lambda index: self.chosen.emit(self.box.itemData(index)))

    def set_choices(self, choices: Iterable[tuple[str, str]], value: str | None = None) -> None:
        """``choices`` are (key, words); the value is kept where it still exists."""
        kept = self.value() if value is None else value
        self.box.clear()
        for key, words in choices:
            self.box.addItem(words, key)
        self.set_value(kept)

    def value(self) -> str:
        return self.box.currentData() or ""

    def set_value(self, key: str) -> None:
        index = self.box.findData(key)
        if index >= 0:
            self.box.setCurrentIndex(index)

    def _named(self, title: str) -> None:
        self.label.setVisible(bool(title))
        self.box.setAccessibleName(title)


class SwitchRow(QAbstractButton):
    """A label and a switch at the right end; the whole row is the target."""

    def __init__(self, title: str = "", on: bool = False, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setChecked(on)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        self.setText(title)
        self.setAccessibleName(title)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 48, theme.ROW)

    def minimumSizeHint(self) -> QSize:
        return QSize(88, theme.ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        token = "text" if self.isEnabled() else "disabled"
        painter.setPen(look.colour(token))
        paint.elided(
            painter, QRectF(0, 0, self.width() - 40, self.height()), self.text(), Qt.AlignmentFlag.AlignLeft
        )
        track = QRectF(self.width() - 32, self.height() / 2 - 8, 30, 16)
        painter.setPen(QPen(look.colour("border"), 1))
        painter.setBrush(look.colour("active_fill" if self.isChecked() else "field"))
        painter.drawRoundedRect(track, 8, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("on_fill" if self.isChecked() else token))
        painter.drawEllipse(
            QPointF(track.right() - 8 if self.isChecked() else track.left() + 8, track.center().y()), 5, 5
        )
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()))


class TextRow(Row):
    """A label and a line of words; ``changed`` comes when they are finished (Enter, or the field is left)."""

    changed = Signal(str)

    def __init__(
        self,
        title: str = "",
        text: str = "",
        *,
        label_width: int = theme.LABEL_WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, label_width=label_width, parent=parent)
        self.field = QLineEdit(text)
        self.field.setAccessibleName(title)
        self.line.addWidget(self.field, 1)
        self.field.editingFinished.connect(lambda: self.changed.emit(self.field.text()))

    def _named(self, title: str) -> None:
        self.field.setAccessibleName(title)


class SeedRow(Retranslated, Row):
    """The seed: a number, a die that throws it, a lock that keeps it."""

    seed_changed = Signal(object)  # a Python int: seeds go beyond 31 bits
    lock_changed = Signal(bool)

    def __init__(
        self,
        title: str = "",
        seed: int = 0,
        locked: bool = False,
        *,
        lockable: bool = True,
        label_width: int = theme.LABEL_WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, label_width=label_width, parent=parent)
        self.field = QLineEdit()
        self.dice = IconButton("dices")
        self.lock = IconButton("unlock", checkable=True, checked_icon="lock")
        self.lock.setVisible(lockable)
        self.line.addWidget(self.field, 1)
        self.line.addWidget(self.dice)
        self.line.addWidget(self.lock)
        self.field.editingFinished.connect(self._typed)
        self.dice.clicked.connect(self.throw)
        self.lock.toggled.connect(self.lock_changed)
        self._seed = -1
        self.set_seed(seed)
        self.set_locked(locked)
        self.set_title(title)
        self.retranslate()

    def seed(self) -> int:
        return self._seed

    def set_seed(self, seed: int) -> None:
        if seed != self._seed:
            self._seed = int(seed)
            self.field.setText(str(self._seed))

    def locked(self) -> bool:
        return self.lock.isChecked()

    def set_locked(self, locked: bool) -> None:
        blocked = self.lock.blockSignals(True)
        self.lock.setChecked(locked)
        self.lock.blockSignals(blocked)
        self.lock.update()

    def throw(self) -> None:
        """A new seed by chance."""
        self.set_seed(random.randrange(100_000))
        self.seed_changed.emit(self._seed)

    def _typed(self) -> None:
        value = paint.parsed(self.field.text())
        seed = self._seed if value is None else min(max(int(value), 0), SEED_END - 1)
        self.field.setText(str(seed))
        if seed != self._seed:
            self._seed = seed
            self.seed_changed.emit(seed)

    def _named(self, title: str) -> None:
        self.field.setAccessibleName(title)
        self.field.setToolTip(title)

    def retranslate(self) -> None:
        self.dice.set_name(QCoreApplication.translate("SeedRow", "Another seed"))
        self.lock.set_name(QCoreApplication.translate("SeedRow", "Keep this seed"))
