"""The wall of nine: pictures around the shown one, of which each becomes the middle of the next."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from studio.recipe import parameters
from studio.ui import theme
from studio.ui.bind import bind, bind_later
from studio.ui.dialogs.frame import Frame
from studio.ui.widgets import paint
from studio.ui.widgets.picture_strip import image_of_rgb
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.studio import Studio
from studio.workspace.wandering import CENTRE, OWNER, Spread

ACROSS, SIDE, SPACE = 3, 140, 6
EVERY_MILLISECONDS = 120


class PictureGrid(QWidget):
    """Three rows of three pictures. A click, its digit or Enter chooses; arrows move the ring."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: tuple[QImage, ...] = ()
        self._at, self._over = CENTRE, -1
        whole = ACROSS * SIDE + (ACROSS - 1) * SPACE + 4
        self.setFixedSize(whole, whole)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return self.size()

    def set_images(self, images: tuple[QImage, ...]) -> None:
        self._images = images
        self.update()

    def rect_of(self, index: int) -> QRectF:
        row, column = divmod(index, ACROSS)
        return QRectF(2 + column * (SIDE + SPACE), 2 + row * (SIDE + SPACE), SIDE, SIDE)

    def _index_at(self, place: QPointF) -> int:
        found = (index for index in range(ACROSS**2) if self.rect_of(index).contains(place))
        return next(found, -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        for index in range(ACROSS**2):
            area = self.rect_of(index)
            painter.fillRect(area, look.colour("field"))
            if index < len(self._images) and not self._images[index].isNull():
                painter.drawImage(area, self._images[index])
            painter.setBrush(Qt.BrushStyle.NoBrush)
            self._paint_state(painter, look, index, area)
            if self.hasFocus() and index == self._at:
                paint.focus_ring(painter, area.adjusted(-2, -2, 2, 2), 2)

    def _paint_state(self, painter: QPainter, look: theme.Theme, index: int, area: QRectF) -> None:
        """What is said of a picture: that it is the shown one, or under the pointer."""
        if index == CENTRE or index == self._over:
            style = Qt.PenStyle.SolidLine if index == CENTRE else Qt.PenStyle.DashLine
            painter.setPen(QPen(look.colour("active"), 2, style))
            painter.drawRect(area.adjusted(-1, -1, 1, 1))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._index_at(event.position())
        if over != self._over:
            self._over = over
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._over = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position())
        if index >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        moves = {keys.Key_Left: (-1, 0), keys.Key_Right: (1, 0), keys.Key_Up: (0, -1), keys.Key_Down: (0, 1)}
        key = Qt.Key(event.key())
        if key in moves:
            row, column = divmod(self._at, ACROSS)
            across, down = moves[key]
            column, row = min(max(column + across, 0), 2), min(max(row + down, 0), 2)
            self._at = row * ACROSS + column
            self.update()
        elif key in (keys.Key_Return, keys.Key_Enter, keys.Key_Space):
            self.chosen.emit(self._at)
            self._at = CENTRE
        elif event.text() and event.text() in "123456789":
            self.chosen.emit(int(event.text()) - 1)
        else:
            super().keyPressEvent(event)


class WallDialog(Frame):
    """Stays open beside the canvas, which shows the one in the middle; each choice is an undo step of the layer."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Wall", "Wall of nine"), parent, width=ACROSS * SIDE + 44)
        self._studio = studio
        self._wall = studio.exploring.wall
        self.grid = PictureGrid()
        self.grid.setAccessibleName(
            QCoreApplication.translate("Wall", "Nine pictures, the shown one in the middle")
        )
        (spread,) = parameters(Spread)
        self.distance = ValueSlider(
            QCoreApplication.translate("recipe", spread.title), spread.low or 0.0, spread.high or 1.0,
            self._wall.distance, default=spread.default, step=spread.step or 0.05, unit=spread.unit, signed=False,
        )  # fmt: skip
        self.body.addWidget(self.grid, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(self.distance)
        self.walk: QPushButton = self.add_verb("", self._walk_or_stop)
        self.others = self.add_verb(QCoreApplication.translate("Wall", "Others"), self._wall.again)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MILLISECONDS)
        self._timer.timeout.connect(self._wall.step)
        self.grid.chosen.connect(self._choose)
        self.distance.released.connect(self._wall.set_distance)
        bind(self, self._wall.changed, self.refresh)
        bind_later(self, studio.exploring.quick.arrived, self.refresh, 30)
        bind_later(self, studio.generating.changed, self.refresh, 100)
        bind_later(self, studio.generating.strip_changed, self.refresh, 100)
        self.end_with_picture(studio)
        self.grid.setFocus()
        self.refresh()

    def _choose(self, index: int) -> None:
        self._wall.stop()
        self._wall.choose(index)

    def _walk_or_stop(self) -> None:
        if self._wall.walking:
            self._wall.stop()
        else:
            self._wall.walk()

    def refresh(self) -> None:
        """Pictures as they come; none are asked for while it walks."""
        walking, exploring = self._wall.walking, self._studio.exploring
        if walking != self._timer.isActive():
            self._timer.start() if walking else self._timer.stop()
        stop, walk = (
            QCoreApplication.translate("Wall", "Stay here"),
            QCoreApplication.translate("Wall", "Walk by itself"),
        )
        self.walk.setText(stop if walking else walk)
        able = self._studio.generating.target is not None and self._studio.engine is not None
        for widget in (self.grid, self.distance, self.others):
            widget.setEnabled(able and not walking)
        self.walk.setEnabled(able)
        if walking or not able:
            return
        requests = tuple(exploring.small(state) for state in self._wall.states)
        found = [exploring.quick.of(request) for request in requests]
        if any(one is None for one in found):
            exploring.quick.want(OWNER, requests)
        self.grid.set_images(tuple(QImage() if one is None else image_of_rgb(one) for one in found))

    def done(self, result: int) -> None:
        self._wall.stop()
        self._studio.exploring.quick.stop(OWNER)
        super().done(result)
