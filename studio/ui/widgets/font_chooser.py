"""Choosing a font: a field that names it, a list in which each family shows itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from studio.jobs.job import Priority
from studio.jobs.lane import Lane
from studio.raster.geometry import Rect
from studio.raster.text.drawing import draw_text, ink_bounds
from studio.raster.text.fonts import system_fonts
from studio.raster.text.layout import lay_out
from studio.raster.text.style import TextStyle
from studio.ui import icons, theme
from studio.ui.palette import score
from studio.ui.pinyin import spelled
from studio.ui.widgets import paint

WIDTH, HEIGHT, LINE = 380, 420, 40
_FAMILY = int(Qt.ItemDataRole.UserRole)
_HAN, _LATIN = "永字八法 Aa", "Ink and wash"


class Preview(NamedTuple):
    """A family that shows itself: ``coverage`` uint8 [h, w] of a sample; ``names``: in every language the font tells."""

    family: str
    names: tuple[str, ...]
    coverage: np.ndarray


def preview_steps(families: list[str], size: float, width: int) -> Iterator[Preview]:
    """Samples of families, one in each step; for a lane."""
    for family in families:
        face = system_fonts().face(family)
        sample = _HAN if face is not None and face.has(_HAN) else _LATIN
        layout = lay_out(sample, TextStyle(font=family, size=size), "zh-Hans")
        ink = ink_bounds(layout)
        area = Rect(0, ink.top, min(ink.right, width), ink.bottom)
        pixels = draw_text(layout, np.dtype(np.float32)).surface.read(area)
        yield Preview(
            family, system_fonts().names_of(family), np.round(pixels[..., 3] * 255).astype(np.uint8)
        )


class FontField(QAbstractButton):
    """Names the font and opens the list. ``chosen`` brings a family; ``absent`` marks one that the machine lacks."""

    chosen = Signal(str)

    def __init__(self, lane: Lane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self.family = ""
        self.absent = False
        self.setFixedSize(156, theme.ROW)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self.open)

    def set_family(self, family: str, absent: bool = False) -> None:
        self.family, self.absent = family, absent
        self.setAccessibleDescription(self.words())
        self.update()

    def words(self) -> str:
        return self.family or QCoreApplication.translate("Text", "Usual font")

    def open(self) -> FontList:
        """The list below the field."""
        board = FontList(self._lane, self.family, self)
        board.chosen.connect(self.chosen)
        board.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        board.show()
        return board

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(look.colour("border"))
        painter.setBrush(look.colour("hover" if self.underMouse() else "field"))
        painter.drawRoundedRect(area, theme.FIELD_RADIUS, theme.FIELD_RADIUS)
        left = 7
        if self.absent:
            warning = icons.pixmap("alert-triangle", 16, "warn", self.devicePixelRatioF())
            painter.drawPixmap(6, (self.height() - 16) // 2, warning)
            left = 28
        painter.setPen(look.colour("text"))
        paint.elided(painter, area.adjusted(left, 0, -24, 0), self.words(), Qt.AlignmentFlag.AlignLeft)
        arrow = icons.pixmap("chevron-down", 16, "secondary", self.devicePixelRatioF())
        painter.drawPixmap(self.width() - 21, (self.height() - 16) // 2, arrow)
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()))


class _Line(QStyledItemDelegate):
    """A family's name, and its sample as soon as the lane has drawn it."""

    def __init__(self, board: FontList) -> None:
        super().__init__(board)
        self._board = board

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(200, LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        look = theme.current()
        area = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selection"))
            painter.drawRoundedRect(area.adjusted(0, 1, -4, -1), theme.FIELD_RADIUS, theme.FIELD_RADIUS)
        painter.setPen(look.colour("text"))
        name = index.data(Qt.ItemDataRole.DisplayRole)
        paint.elided(painter, area.adjusted(10, 0, -180, 0), name, Qt.AlignmentFlag.AlignLeft)
        sample = self._board.sample(index.data(_FAMILY), look.colour("text"))
        if sample is not None:
            height = sample.height() / sample.devicePixelRatio()
            corner = QPoint(int(area.right()) - 170, int(area.center().y() - height / 2) + 1)
            painter.drawImage(corner, sample)
        painter.restore()


class FontList(QDialog):
    """A field and the families it finds, by any name of theirs and by pinyin. Enter takes one, Esc closes."""

    chosen = Signal(str)

    def __init__(self, lane: Lane, family: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(WIDTH, HEIGHT)
        self._lane, self._family = lane, family
        self._families: tuple[str, ...] = ()
        self._previews: dict[str, Preview] = {}
        self._images: dict[tuple[str, str], QImage] = {}
        self.setAccessibleName(QCoreApplication.translate("Text", "Fonts"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(QCoreApplication.translate("Text", "Find a font"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Line(self))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.accessibleName())
        self.nothing = QLabel(QCoreApplication.translate("Text", "No font of this name is on this machine."))
        self.nothing.setProperty("quiet", True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        for widget in (self.field, self.list, self.nothing):
            column.addWidget(widget)
        self._asking = QTimer(self, interval=30, singleShot=True)
        self._asking.timeout.connect(self._ask)
        self.field.textChanged.connect(self.find)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._take)
        self.list.verticalScrollBar().valueChanged.connect(self._asking.start)
        self.field.setFocus()
        lane.submit(lambda: iter((system_fonts().families(),)), priority=Priority.live, on_event=self._listed)

    def _listed(self, event: object) -> None:
        if isinstance(event, tuple):
            self._families = event
            self.find(self.field.text())

    def find(self, query: str) -> None:
        """Lists what the query finds; all families, with the chosen one in view, where it is empty."""
        found = [name for name in self._families if not query.strip() or self._score(query, name) > 0]
        if query.strip():
            found.sort(key=lambda name: -self._score(query, name))
        self.model.clear()
        for family in found:
            item = QStandardItem(family)
            item.setData(family, _FAMILY)
            self.model.appendRow(item)
        self.list.setVisible(bool(found) or not self._families)
        self.nothing.setVisible(not found and bool(self._families))
        if found:
            row = found.index(self._family) if self._family in found and not query.strip() else 0
            self.list.setCurrentIndex(self.model.index(row, 0))
            self.list.scrollTo(self.model.index(row, 0), QListView.ScrollHint.PositionAtCenter)
        self._asking.start()

    def _score(self, query: str, family: str) -> float:
        names = self._previews[family].names if family in self._previews else (family,)
        every = [name for own in names for name in (own, *spelled(own))]
        return max(score(query, name) for name in every)

    def found(self) -> list[str]:
        return [self.model.index(row, 0).data(_FAMILY) for row in range(self.model.rowCount())]

    def _ask(self) -> None:
        """Samples of the lines in view, on the lane; then of the rest, whose names can be searched by then."""
        first = max(self.list.indexAt(QPoint(4, 4)).row(), 0)
        shown = self.found()[first : first + HEIGHT // LINE + 1]
        wanted = [family for family in (*shown, *self._families) if family not in self._previews]
        if not wanted:
            return
        ratio = self.devicePixelRatioF()
        self._lane.submit(
            lambda: preview_steps(list(dict.fromkeys(wanted))[:40], 20.0 * ratio, round(160 * ratio)),
            priority=Priority.normal,
            replace=f"font-samples-{id(self)}",
            on_event=self._sampled,
        )

    def _sampled(self, event: object) -> None:
        if isinstance(event, Preview):
            self._previews[event.family] = event
            self.list.viewport().update()

    def sample(self, family: str, colour: QColor) -> QImage | None:
        """The sample of a family in a colour; None until it is drawn."""
        key = (family, colour.name())
        if key not in self._images and family in self._previews:
            self._images[key] = _tinted(self._previews[family].coverage, colour, self.devicePixelRatioF())
        return self._images.get(key)

    def _take(self, index: QModelIndex) -> None:
        family = index.data(_FAMILY)
        self.close()
        if family:
            self.chosen.emit(family)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        keys = Qt.Key
        steps = {keys.Key_Down: 1, keys.Key_Up: -1, keys.Key_PageDown: 9, keys.Key_PageUp: -9}
        row = self.list.currentIndex().row()
        if event.key() in steps and self.model.rowCount():
            row = min(max(row + steps[Qt.Key(event.key())], 0), self.model.rowCount() - 1)
            self.list.setCurrentIndex(self.model.index(row, 0))
            return True
        if event.key() in (keys.Key_Return, keys.Key_Enter):
            if row >= 0:
                self._take(self.list.currentIndex())
            return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("raised"))
        painter.setPen(look.colour("border"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def _tinted(coverage: np.ndarray, colour: QColor, ratio: float) -> QImage:
    """Coverage uint8 [h, w] as an image of one colour."""
    height, width = coverage.shape
    pixels = np.empty((height, width, 4), np.uint8)
    weight = coverage.astype(np.uint16)
    for channel, value in enumerate((colour.blue(), colour.green(), colour.red(), 255)):
        pixels[..., channel] = (weight * value + 127) // 255
    image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied).copy()
    image.setDevicePixelRatio(ratio)
    return image
