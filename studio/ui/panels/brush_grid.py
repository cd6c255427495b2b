"""Brush presets in a grid: the stroke that the engine painted, the name below, a star where it is a favourite."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.project.brushes.preset import Preset
from studio.ui import icons, theme
from studio.ui.language import Retranslated, spoken
from studio.ui.panels.brush_pictures import BrushPictures
from studio.ui.widgets import paint
from studio.workspace.studio import Studio

STROKE_HEIGHT = 40
CELL_HEIGHT = 64
LEAST_CELL = 120
STAR = 18
PREVIEW_WIDTH, PREVIEW_HEIGHT = 280, 196
Index = QModelIndex | QPersistentModelIndex


class BrushPreview(QFrame):
    """What floats beside a cell under the pointer: the brush at three pressures, its name and tags."""

    def __init__(self, pictures: BrushPictures, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip)
        self._pictures = pictures
        self._preset: Preset | None = None
        self.setFixedSize(PREVIEW_WIDTH, PREVIEW_HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        pictures.ready.connect(lambda _id: self.update())

    @property
    def preset(self) -> Preset | None:
        return self._preset

    def show_beside(self, preset: Preset, cell: QRect) -> None:
        """``cell`` in global pixels; the preview stands left of it, right where there is no room."""
        self._preset = preset
        self.setAccessibleName(preset.named(spoken()))
        screen = self.screen().availableGeometry()
        left = cell.left() - self.width() - 8
        left = left if left >= screen.left() else cell.right() + 8
        self.move(left, min(max(cell.top(), screen.top()), screen.bottom() - self.height()))
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), look.colour("raised"))
        painter.setPen(look.colour("border"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._preset is None:
            return
        picture = QRectF(8, 8, PREVIEW_WIDTH - 16, PREVIEW_HEIGHT - 40)
        painter.fillRect(picture, look.colour("field"))
        ratio = self.devicePixelRatioF()
        image = self._pictures.of_pressures(
            self._preset, round(picture.width() * ratio), round(picture.height() * ratio)
        )
        if not image.isNull():
            painter.drawImage(picture, image)
        tags = "  ".join(f"#{QCoreApplication.translate('brush-tags', tag)}" for tag in self._preset.tags)
        painter.setPen(look.colour("text"))
        words = QRectF(8, PREVIEW_HEIGHT - 28, PREVIEW_WIDTH - 16, 22)
        paint.elided(painter, words, self._preset.named(spoken()), Qt.AlignmentFlag.AlignLeft)
        painter.setFont(theme.text_font(theme.SMALL_PIXELS))
        painter.setPen(look.colour("secondary"))
        paint.elided(painter, words.adjusted(110, 0, 0, 0), tags, Qt.AlignmentFlag.AlignRight)


class BrushGrid(Retranslated, QListView):
    """A click takes a brush, a click on its star stars it; ``S`` and Delete do so by keyboard, Enter takes it."""

    taken = Signal(str)
    starred = Signal(str)
    dropped = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presets = _Presets(self)
        self.pictures = BrushPictures(studio, STROKE_HEIGHT, self)
        self.pictures.ready.connect(self._ready)
        self.current = ""
        self.studio = studio
        self.setModel(self.presets)
        self.setItemDelegate(_Cell(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSpacing(0)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.setMinimumHeight(CELL_HEIGHT)
        self.preview = BrushPreview(self.pictures, self)

    def set_presets(self, presets: tuple[Preset, ...]) -> None:
        if presets != self.presets.all:
            self.presets.show(presets)
            self._mark()

    def set_current(self, preset_id: str) -> None:
        """Marks the brush in the hand."""
        if preset_id != self.current:
            self.current = preset_id
            self._mark()
            self.viewport().update()

    def _mark(self) -> None:
        row = self.presets.row_of(self.current)
        if row >= 0:
            index = self.presets.index(row)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def _ready(self, preset_id: str) -> None:
        row = self.presets.row_of(preset_id)
        if row >= 0:
            self.update(self.presets.index(row))

    def redress(self) -> None:
        self.viewport().update()

    def cell(self) -> QSize:
        """As many columns as fit, at least one."""
        width = max(self.viewport().width(), LEAST_CELL)
        columns = max(width // LEAST_CELL, 1)
        return QSize((width - 4) // columns, CELL_HEIGHT)  # the view keeps some pixels for itself

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setGridSize(self.cell())

    def star_rect(self, area: QRect) -> QRect:
        return QRect(area.right() - STAR - 5, area.top() + 4, STAR, STAR)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        preset = self.presets.at(index)
        if preset is not None and event.button() == Qt.MouseButton.LeftButton:
            if self.star_rect(self.visualRect(index)).contains(event.position().toPoint()):
                self.starred.emit(preset.id)
            else:
                self.setCurrentIndex(index)
                self.taken.emit(preset.id)
            event.accept()
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        preset = self.presets.at(self.currentIndex())
        key = Qt.Key(event.key())
        if preset is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.taken.emit(preset.id)
        elif preset is not None and key == Qt.Key.Key_S and not event.modifiers():
            self.starred.emit(preset.id)
        elif preset is not None and key == Qt.Key.Key_Delete:
            self.dropped.emit(preset.id)
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """A pointer at rest shows the brush at three pressures."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            preset = self.presets.at(index)
            if preset is not None:
                cell = self.visualRect(index)
                self.preview.show_beside(
                    preset, QRect(self.viewport().mapToGlobal(cell.topLeft()), cell.size())
                )
            return True
        leaves = (QEvent.Type.Leave, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.Hide)
        if event.type() in leaves or (
            event.type() == QEvent.Type.MouseMove
            and self.presets.at(self.indexAt(event.position().toPoint())) is not self.preview.preset  # type: ignore[attr-defined]
        ):
            self.preview.hide()
        return super().viewportEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.preview.hide()
        super().hideEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = (Qt.Key.Key_S, Qt.Key.Key_Delete, Qt.Key.Key_Space, Qt.Key.Key_Return)
            if Qt.Key(event.key()) in own and not event.modifiers():
                event.accept()
                return True
        return super().event(event)

    def _ask_menu(self, place: QPoint) -> None:
        preset = self.presets.at(self.indexAt(place))
        if preset is not None:
            self.menu_wanted.emit(preset.id, self.viewport().mapToGlobal(place))


class _Presets(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.all: tuple[Preset, ...] = ()

    def show(self, presets: tuple[Preset, ...]) -> None:
        self.beginResetModel()
        self.all = presets
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.all)

    def at(self, index: Index) -> Preset | None:
        return self.all[index.row()] if index.isValid() and index.row() < len(self.all) else None

    def row_of(self, preset_id: str) -> int:
        return next((row for row, preset in enumerate(self.all) if preset.id == preset_id), -1)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        preset = self.at(index)
        if preset is None:
            return None
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            return preset.named(spoken())
        return None


class _Cell(QStyledItemDelegate):
    def __init__(self, grid: BrushGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._grid.cell()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        preset = self._grid.presets.at(index)
        if preset is None:
            return
        look, area = theme.current(), QRectF(option.rect).adjusted(2, 2, -2, -2)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        held = preset.id == self._grid.current
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("active"), 2) if held else Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("selection" if held else "hover" if over else "field"))
        painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), theme.FIELD_RADIUS, theme.FIELD_RADIUS)
        self._stroke(painter, preset, area)
        painter.setFont(theme.text_font(theme.SMALL_PIXELS))
        painter.setPen(look.colour("text" if held or over else "secondary"))
        words = area.adjusted(6, STROKE_HEIGHT + 2, -6, -1)
        paint.elided(painter, words, preset.named(spoken()), Qt.AlignmentFlag.AlignLeft)
        star = self._grid.studio.brushes.is_favourite(preset.id)
        if star or over:
            token = "warn" if star else "secondary"
            image = icons.pixmap("star", 16, token, self._grid.devicePixelRatioF())
            painter.drawPixmap(self._grid.star_rect(option.rect).topLeft(), image)  # type: ignore[attr-defined]
        if self._grid.hasFocus() and state & QStyle.StateFlag.State_HasFocus:
            paint.focus_ring(painter, area)
        painter.restore()

    def _stroke(self, painter: QPainter, preset: Preset, area: QRectF) -> None:
        ratio = self._grid.devicePixelRatioF()
        width, height = round((area.width() - 8) * ratio), round(STROKE_HEIGHT * ratio)
        image = self._grid.pictures.of(preset, width, height)
        if not image.isNull():
            place = QRectF(area.left() + 4, area.top() + 3, area.width() - 8, STROKE_HEIGHT)
            painter.drawImage(place, image)
