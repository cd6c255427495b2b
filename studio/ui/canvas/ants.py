"""The edge of the selection as marching ants, which cost nothing while they stand still.

The edge is traced once for each selection and level, on the render lane, drawn once for each place of the view into an
image of the view's size, and from there only copied. The ants take a step with each change of the selection and while
its outline is dragged; no timer moves them.
"""

from __future__ import annotations

import struct
from collections.abc import Generator
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QByteArray, QDataStream, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen

from studio.jobs.job import Job, JobFinished, Priority
from studio.raster.geometry import Rect, tile_keys
from studio.raster.mask import Mask
from studio.raster.selecting.contours import CoarseMasks, edge_lines
from studio.ui import theme

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

STRIPE = 4
"""Device pixels of one colour along the edge."""
BEYOND = 512
"""Level pixels around what is seen that are traced with it, so that a small move needs no new edge."""
TILES_A_STEP = 64
_MOVE_TO, _LINE_TO = 0, 1
_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])


def path_bytes(lines: np.ndarray, left: int, top: int, scale: int) -> bytes:
    """A QPainterPath as QDataStream reads it, of ``lines`` int [n, 4] in level pixels from (left, top), times ``scale``."""
    elements = np.zeros(2 * len(lines), _ELEMENT)
    elements["kind"][1::2] = _LINE_TO
    for end in (0, 1):
        elements["x"][end::2] = (lines[:, 2 * end] + left) * scale
        elements["y"][end::2] = (lines[:, 2 * end + 1] + top) * scale
    return struct.pack(">i", len(elements)) + elements.tobytes() + struct.pack(">ii", 0, 0)


def path_of(data: bytes) -> QPainterPath:
    """The path of :func:`path_bytes`, made in one call whatever its length."""
    path = QPainterPath()
    stream = QDataStream(QByteArray(data))
    stream >> path  # pyright: ignore[reportUnusedExpression]
    return path


class Ants:
    """Of one view."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self._coarse = CoarseMasks()
        self._asked: tuple[Mask, int, Rect] | None = None
        self._mask: Mask | None = None
        self._path: QPainterPath | None = None
        self._job: Job | None = None
        self._image: QImage | None = None
        self._drawn: tuple[object, ...] = ()
        self._step = 0

    def follow(self) -> None:
        """The selection, the view or the place may be others now."""
        view = self._view
        artwork = view.picture.document.artwork if view.picture is not None else None
        mask = artwork.selection if artwork is not None and not artwork.quick_mask else None
        if mask is not self._mask:
            self._mask = mask
            self._step += 1
            if mask is None:
                self._path, self._asked = None, None
            view.update()
        if artwork is None or mask is None:
            return
        level = view.viewport.level
        seen = view.viewport.visible().intersect(artwork.rect).at_level(level)
        if self._asked is not None:
            known, at, area = self._asked
            if known is mask and at == level and area.contains(seen):
                return
        self._trace(mask, level, seen.grow(BEYOND).intersect(artwork.rect.at_level(level)))

    def march(self) -> None:
        """One step further, with the outline where it is dragged to."""
        self._step += 1
        self._view.update()

    def _trace(self, mask: Mask, level: int, area: Rect) -> None:
        self._asked = mask, level, area
        coarse = self._coarse

        def work() -> Generator[None, None, bytes]:
            for number, key in enumerate(tile_keys(area.from_level(level))):
                tile = mask.tile(key)
                if tile is not None and level:
                    coarse.of_tile(tile, level)
                if number % TILES_A_STEP == TILES_A_STEP - 1:
                    yield
            values = coarse.read(mask, area, level)
            yield
            return path_bytes(edge_lines(values), area.left, area.top, 1 << level)

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished) and self._mask is mask:
                self._path = path_of(event.result)
                self._view.update()

        self._job = self._view.studio.render_lane.submit(
            work, label="ants", priority=Priority.live, replace=f"ants-{id(self)}", on_event=arrived
        )

    def let_go(self) -> None:
        """The view shows another picture: nothing of this one stays."""
        if self._job is not None:
            self._job.cancel()
        self._job = self._asked = self._mask = self._path = self._image = None

    def draw(self, painter: QPainter, clip: QRect) -> None:
        """Copies what has to be painted again; the painter works in device pixels."""
        path, viewport = self._path, self._view.viewport
        if path is None or self._mask is None:
            return
        shift = self._view.studio.selecting.shift
        wanted = (path, viewport, self._step, shift, theme.current().name)
        if self._drawn != wanted or self._image is None:
            self._image = self._stroked(path, shift)
            self._drawn = wanted
        ratio = self._view.devicePixelRatioF()
        part = QRect(
            int(clip.x() * ratio),
            int(clip.y() * ratio),
            int(clip.width() * ratio) + 2,
            int(clip.height() * ratio) + 2,
        ).intersected(self._image.rect())
        painter.drawImage(part.topLeft(), self._image, part)

    def _stroked(self, path: QPainterPath, shift: tuple[int, int]) -> QImage:
        """The edge in one colour, then striped where it is: half the time of a striped pen."""
        viewport = self._view.viewport
        size = int(viewport.width), int(viewport.height)
        image = self._image
        if image is None or (image.width(), image.height()) != size:
            image = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        pen = QPen(QColor(theme.current().tokens.ink_light), max(1.0, round(self._view.devicePixelRatioF())))
        pen.setCosmetic(True)
        painter.setTransform(viewport.to_view())
        painter.translate(*shift)
        painter.strokePath(path, pen)
        painter.resetTransform()
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.setBrushOrigin(-self._step % (2 * STRIPE), 0)
        painter.fillRect(image.rect(), QBrush(_stripes()))
        painter.end()
        return image


def _stripes() -> QImage:
    """Diagonal stripes of the two inks, so that a line in any direction is dashed."""
    tokens, side = theme.current().tokens, 2 * STRIPE
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    for y in range(side):
        for x in range(side):
            ink = tokens.ink_light if (x + y) % side < STRIPE else tokens.ink_dark
            image.setPixelColor(x, y, QColor(ink))
    return image
