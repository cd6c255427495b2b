"""The edge of the selection as marching ants.

The edge is traced once for each selection and level, on the render lane, drawn once for each place of the view into an
image of the view's size, and from there only copied. The ants march while the pointer is over the canvas, and for some
seconds after the selection changed: a step then repaints what the edge touches and nothing else. Else they stand, and no
timer runs: without a selection, in a window that is not in front, where the artist wants nothing to move.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Generator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PySide6.QtCore import QByteArray, QDataStream, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen, QRegion

from studio.jobs.job import Job, JobFinished, Priority
from studio.raster.geometry import Rect, tile_keys
from studio.raster.mask import Mask
from studio.raster.selecting.contours import CoarseMasks, coarser, edge_blocks, edge_lines, runs
from studio.ui import motion, theme

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

STRIPE = 4
"""Device pixels of one colour along the edge."""
BEYOND = 512
"""Level pixels around what is seen that are traced with it, so that a small move needs no new edge."""
TILES_A_STEP = 64
STEP_MILLISECONDS = 200
LINGER = 15
"""Steps that the ants go after a change of the selection, wherever the pointer is."""
BLOCK = 8
"""Level pixels of the squares in which the place of the edge is kept."""
SEEN_BLOCK = 48.0
"""Device pixels, at least, of the squares that a step repaints."""
MOST_PARTS = 60
"""More parts than this, or more than half of the view, are painted slower than all of it."""
_MOVE_TO, _LINE_TO = 0, 1
_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])


class Edge(NamedTuple):
    """A traced edge: its bytes as :func:`path_bytes` makes them, and the squares that it touches, from ``area``'s corner
    in pixels of ``level``."""

    path: bytes
    blocks: np.ndarray
    area: Rect
    level: int


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
        self._edge: Edge | None = None
        self._job: Job | None = None
        self._image: QImage | None = None
        self._drawn: tuple[object, ...] = ()
        self._striped = self._step = 0
        self._touched: tuple[Edge, tuple[object, ...], QRegion] | None = None
        self._lingering = 0
        self._timer = QTimer(view, interval=STEP_MILLISECONDS)
        self._timer.timeout.connect(self._march_on)

    def follow(self) -> None:
        """The selection, the view or the place may be others now."""
        view = self._view
        artwork = view.picture.document.artwork if view.picture is not None else None
        mask = artwork.selection if artwork is not None and not artwork.quick_mask else None
        if mask is not self._mask:
            self._mask = mask
            self._step += 1
            self._lingering = LINGER
            if mask is None:
                self._path, self._edge, self._asked = None, None, None
            self.look()
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

    # ---- by themselves

    def look(self) -> None:
        """The pointer came or went, the window came to the front, the edge or the settings are others: whether to march is
        asked anew."""
        if not self._marches or motion.reduced(self._view.studio.settings):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    @property
    def _marches(self) -> bool:
        view = self._view
        shown = self._edge is not None and view.studio.viewing.options.selection_edge
        front = shown and view.isVisible() and view.isActiveWindow()
        return front and (view.underMouse() or self._lingering > 0)

    def _march_on(self) -> None:
        self._lingering = max(0, self._lingering - 1)
        if not self._marches:
            self._timer.stop()
            return
        if self._view.input.busy:  # the hand has all of the thread
            return
        self._step += 1
        self._view.update(self._logical(self._region()))

    def _region(self) -> QRegion:
        """Device pixels that the edge touches, where it is seen."""
        edge, viewport = self._edge, self._view.viewport
        assert edge is not None
        place = viewport, self._view.studio.selecting.shift
        if self._touched is None or self._touched[0] is not edge or self._touched[1] != place:
            self._touched = edge, place, self._found(edge)
        return self._touched[2]

    def _found(self, edge: Edge) -> QRegion:
        viewport, shift = self._view.viewport, self._view.studio.selecting.shift
        scale = 1 << edge.level
        factor = max(1, math.ceil(SEEN_BLOCK / (BLOCK * scale * viewport.zoom)))
        side = BLOCK * factor * scale
        left, top = edge.area.left * scale + shift[0], edge.area.top * scale + shift[1]
        seen = viewport.visible().move(-left, -top)
        first, above = max(0, seen.left // side), max(0, seen.top // side)
        blocks = coarser(edge.blocks, factor)[above : -(-seen.bottom // side), first : -(-seen.right // side)]
        screen, to_view = QRect(0, 0, int(viewport.width), int(viewport.height)), viewport.to_view()
        found = runs(blocks) if blocks.size else np.zeros((0, 3), int)
        if len(found) > MOST_PARTS or 2 * blocks.sum() > blocks.size:
            return QRegion(screen)
        region = QRegion()
        for start, row, end in (found + (first, above, first)).tolist():
            place = QRectF(left + start * side, top + row * side, (end - start) * side, side)
            region += to_view.mapRect(place).toAlignedRect().adjusted(-2, -2, 2, 2).intersected(screen)
        return region

    def _logical(self, region: QRegion) -> QRegion:
        ratio = self._view.devicePixelRatioF()
        if ratio == 1:
            return region
        found = QRegion()
        for part in region:  # pyright: ignore[reportGeneralTypeIssues] - it can be iterated
            place = QRectF(part.x() / ratio, part.y() / ratio, part.width() / ratio, part.height() / ratio)
            found += place.toAlignedRect()
        return found

    # ---- the edge

    def _trace(self, mask: Mask, level: int, area: Rect) -> None:
        self._asked = mask, level, area
        coarse = self._coarse

        def work() -> Generator[None, None, Edge]:
            for number, key in enumerate(tile_keys(area.from_level(level))):
                tile = mask.tile(key)
                if tile is not None and level:
                    coarse.of_tile(tile, level)
                if number % TILES_A_STEP == TILES_A_STEP - 1:
                    yield
            values = coarse.read(mask, area, level)
            yield
            path = path_bytes(edge_lines(values), area.left, area.top, 1 << level)
            yield
            return Edge(path, edge_blocks(values, BLOCK), area, level)

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished) and self._mask is mask:
                self._edge = event.result
                self._path = path_of(event.result.path)
                self._view.update()
                self.look()

        self._job = self._view.studio.render_lane.submit(
            work, label="ants", priority=Priority.live, replace=f"ants-{id(self)}", on_event=arrived
        )

    def let_go(self) -> None:
        """The view shows another picture: nothing of this one stays."""
        if self._job is not None:
            self._job.cancel()
        self._job = self._asked = self._mask = self._path = self._edge = self._image = self._touched = None
        self._timer.stop()

    def draw(self, painter: QPainter, clip: QRect) -> None:
        """Copies what has to be painted again; the painter works in device pixels."""
        path, viewport = self._path, self._view.viewport
        if path is None or self._mask is None:
            return
        shift = self._view.studio.selecting.shift
        wanted = (path, viewport, shift, theme.current().name)
        if self._drawn != wanted or self._image is None:
            self._image = self._stroked(path, shift)
            self._drawn = wanted
        elif self._striped != self._step:
            self._stripe(
                self._image, self._region() if self._edge is not None else QRegion(self._image.rect())
            )
        self._striped = self._step
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
        painter.end()
        self._stripe(image, QRegion(image.rect()))
        return image

    def _stripe(self, image: QImage, region: QRegion) -> None:
        """Stripes in place of whatever colour the edge has in ``region``."""
        painter = QPainter(image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.setBrushOrigin(-self._step % (2 * STRIPE), 0)
        brush = QBrush(_stripes())
        for part in region:  # pyright: ignore[reportGeneralTypeIssues] - it can be iterated
            painter.fillRect(part, brush)
        painter.end()


def _stripes() -> QImage:
    """Diagonal stripes of the two inks, so that a line in any direction is dashed."""
    tokens, side = theme.current().tokens, 2 * STRIPE
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    for y in range(side):
        for x in range(side):
            ink = tokens.ink_light if (x + y) % side < STRIPE else tokens.ink_dark
            image.setPixelColor(x, y, QColor(ink))
    return image
