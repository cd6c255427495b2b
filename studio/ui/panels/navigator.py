"""The Navigator panel: the whole picture small, the frame of what is seen, zoom and rotation."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from studio.jobs.job import JobFinished, Priority
from studio.ui import theme
from studio.ui.bind import bind, bind_later
from studio.ui.canvas.overlay import two_tone
from studio.ui.canvas.surround import checkerboard
from studio.ui.canvas.viewport import ZOOM_STEPS
from studio.ui.language import Retranslated
from studio.ui.panels.following import Follower
from studio.ui.screen_colours import screen_image
from studio.ui.widgets.picture_strip import image_of
from studio.ui.widgets.value_slider import ValueSlider
from studio.workspace.studio import Studio

SIDE = 320
REST_MILLISECONDS = 150


class Overview(QWidget):
    """The picture and the frame; dragging moves the view, the wheel zooms it."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.image = QImage()
        self.setMinimumSize(80, 60)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def sizeHint(self) -> QSize:
        return QSize(260, 180)

    def place(self) -> QRectF:
        """Where the picture lies in the widget."""
        picture = self._studio.current
        if picture is None:
            return QRectF()
        artwork = picture.document.artwork
        scale = min(self.width() / artwork.width, self.height() / artwork.height)
        width, height = artwork.width * scale, artwork.height * scale
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def _to_document(self, position: QPointF) -> tuple[float, float]:
        place, picture = self.place(), self._studio.current
        assert picture is not None
        scale = picture.document.artwork.width / place.width()
        return (position.x() - place.left()) * scale, (position.y() - place.top()) * scale

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().colour("surround"))
        place, frame, picture = self.place(), self._studio.viewing.frame, self._studio.current
        if picture is None or place.isEmpty():
            return
        painter.fillRect(place, QBrush(checkerboard(theme.current().name)))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, screen_image(self.image))
        if frame is None:
            return
        scale = place.width() / picture.document.artwork.width
        points = [QPointF(place.left() + x * scale, place.top() + y * scale) for x, y in frame.corners]
        corners = QPolygonF(points)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        two_tone(painter, lambda: painter.drawPolygon(corners))
        painter.setPen(QPen(QColor(theme.current().tokens.active), 2.0))
        painter.drawLine(points[0], points[1])  # the upper edge, so that a turned or mirrored view is read

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._studio.current is not None:
            self._studio.viewing.centre_wanted.emit(*self._to_document(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._studio.current is not None:
            self._studio.viewing.centre_wanted.emit(*self._to_document(event.position()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        frame = self._studio.viewing.frame
        if frame is not None:
            self._studio.viewing.zoom_wanted.emit(frame.zoom * 2.0 ** (event.angleDelta().y() / 240))
        event.accept()


class NavigatorPanel(Retranslated, QWidget):
    """Follows the picture when the pen rests."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.overview = Overview(studio)
        self.zoom = ValueSlider(
            " ", 100 * ZOOM_STEPS[0], 100 * ZOOM_STEPS[-1], 100.0, default=100.0, unit="%", curve=6.0
        )
        self.rotation = ValueSlider(" ", -180.0, 180.0, 0.0, default=0.0, unit="°", decimals=0)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.overview, 1)
        column.addWidget(self.zoom)
        column.addWidget(self.rotation)
        viewing = studio.viewing
        self.zoom.value_changed.connect(lambda percent: viewing.zoom_wanted.emit(percent / 100))
        self.rotation.value_changed.connect(lambda turn: viewing.rotation_wanted.emit(turn % 360.0))
        bind_later(self, viewing.frame_changed, self._show_frame)
        bind(self, studio.current_changed, lambda _picture: self._forget())
        self._follower = Follower(self, studio, self._ask, picture=True, milliseconds=REST_MILLISECONDS)
        self._open = True
        self.destroyed.connect(lambda: setattr(self, "_open", False))
        self.retranslate()
        self._show_frame()

    def _forget(self) -> None:
        self.overview.image = QImage()
        self.overview.update()

    def _show_frame(self) -> None:
        frame = self._studio.viewing.frame
        self.setEnabled(frame is not None)
        if frame is not None:
            self.zoom.set_value(100 * frame.zoom)
            self.rotation.set_value((frame.rotation + 180.0) % 360.0 - 180.0)
        self.overview.update()

    def _ask(self) -> None:
        """A small picture of what is there now, from the render lane."""
        picture = self._studio.current
        if picture is None:
            self._forget()
            return
        renderer, artwork = picture.renderer, picture.document.artwork
        side = round(SIDE * self.devicePixelRatioF())

        def work() -> Generator[None, None, np.ndarray]:
            yield None
            return renderer.thumbnail(artwork, side)

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished) and self._open and picture is self._studio.current:
                self.overview.image = image_of(np.ascontiguousarray(event.result)).copy()
                self.overview.update()

        self._studio.render_lane.submit(
            work, label="navigator", priority=Priority.background, replace=f"navigator {id(self)}", on_event=arrived
        )  # fmt: skip

    def retranslate(self) -> None:
        translate = QCoreApplication.translate
        self.zoom.set_title(translate("Navigator", "Zoom"))
        self.rotation.set_title(translate("Navigator", "Rotation"))
        for slider in (self.zoom, self.rotation):
            slider.setToolTip(slider.title)
        self.overview.setAccessibleName(translate("Navigator", "The whole picture"))
        self.overview.setToolTip(translate("Navigator", "Drag to move the view; the wheel zooms"))
