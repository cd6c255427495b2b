"""The quick mask: what is not selected lies under a red tint with a hatch, brought up to date where a brush goes."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter

from studio.jobs.job import JobFinished, Priority
from studio.raster.geometry import EMPTY, Rect, Region
from studio.raster.mask import Mask
from studio.raster.selecting.contours import CoarseMasks
from studio.ui import theme

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

STRENGTH = 0.45
HATCH = 8
"""Device pixels from line to line."""
AT_ONCE = 24
"""Exchanged tiles that are tinted in the calling thread, more than a large brush touches; more are left to the render lane."""


class Tint:
    """Of one view. Holds the seen part of the mask as pixels of one mip level."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self._coarse, self._coarse_of_lane = CoarseMasks(), CoarseMasks()
        self._mask: Mask | None = None
        self._asked: Mask | None = None
        self._level, self._area = 0, EMPTY
        self._pixels = np.zeros((1, 1, 4), np.uint8)
        self._image = QImage()

    @property
    def shown(self) -> bool:
        picture = self._view.picture
        return picture is not None and picture.document.artwork.quick_mask

    def follow(self) -> None:
        """The mask or the view may be others now; asks for a repaint where they are."""
        if not self.shown:
            if self._mask is not None:
                self._mask = self._asked = None
                self._view.update()
            return
        view = self._view
        assert view.picture is not None
        artwork = view.picture.document.artwork
        mask = artwork.selection if artwork.selection is not None else Mask(default=1.0)
        level = view.viewport.level
        area = view.viewport.visible().intersect(artwork.rect).at_level(level)
        if self._mask is None or level != self._level or not self._area.contains(area):
            self._level, self._area = level, area
            self._pixels = np.zeros((max(area.height, 1), max(area.width, 1), 4), np.uint8)
            # QImage over the array copies nothing; this object keeps the array alive.
            self._image = QImage(
                self._pixels.data, self._pixels.shape[1], self._pixels.shape[0], 4 * self._pixels.shape[1],
                QImage.Format.Format_ARGB32_Premultiplied,
            )  # fmt: skip
            self._fill(mask, area)
            view.update()
            self._mask, self._asked = mask, None
        elif mask is not self._mask:
            self._exchange(mask)

    def _exchange(self, mask: Mask) -> None:
        """Another mask in the same view: only where its tiles are others."""
        assert self._mask is not None
        tiles = self._mask.diff(mask)
        if len(tiles) > AT_ONCE:
            self._ask(mask)
            return
        if mask.default != self._mask.default:
            parts = [self._area]
        else:
            parts = [part.at_level(self._level).intersect(self._area) for part in Region.of_tiles(tiles)]
        for part in parts:
            self._fill(mask, part)
            self._view.update_document(part.from_level(self._level))
        self._mask, self._asked = mask, None

    def _ask(self, mask: Mask) -> None:
        """Has all of the view tinted on the render lane; the newest mask that was asked for is shown."""
        if mask is self._asked:
            return
        self._asked, level, area = mask, self._level, self._area
        coarse, colour = self._coarse_of_lane, theme.current().tokens.mask_tint

        def steps() -> Generator[None, None, np.ndarray]:
            yield
            return tinted(coarse.read(mask, area, level), colour)

        def arrived(event: object) -> None:
            if not isinstance(event, JobFinished) or (level, area) != (self._level, self._area):
                return
            if self._mask is not None and self._asked is not None:
                self._pixels[...] = event.result
                self._mask = mask
                self._asked = None if mask is self._asked else self._asked
                self._view.update()
                self.follow()

        self._view.studio.render_lane.submit(
            steps, label="quick mask", priority=Priority.live, replace=f"tint-{id(self)}", on_event=arrived
        )

    def _fill(self, mask: Mask, area: Rect) -> None:
        if not area.empty:
            inside = area.move(-self._area.left, -self._area.top)
            self._pixels[inside.top : inside.bottom, inside.left : inside.right] = tinted(
                self._coarse.read(mask, area, self._level), theme.current().tokens.mask_tint
            )

    def draw(self, painter: QPainter, clip: QRect) -> None:
        """Lays the tint over the picture; the painter works in device pixels, ``clip`` is in logical ones."""
        if self._mask is None or self._area.empty:
            return
        ratio, viewport = self._view.devicePixelRatioF(), self._view.viewport
        part = QRect(
            int(clip.x() * ratio) - 1,
            int(clip.y() * ratio) - 1,
            int(clip.width() * ratio) + 3,
            int(clip.height() * ratio) + 3,
        ).intersected(QRect(0, 0, int(viewport.width), int(viewport.height)))
        if part.isEmpty():
            return
        layer = QImage(part.size(), QImage.Format.Format_ARGB32_Premultiplied)
        layer.fill(Qt.GlobalColor.transparent)
        inner = QPainter(layer)
        inner.translate(-part.x(), -part.y())
        inner.save()
        inner.setTransform(viewport.to_view(), True)
        inner.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, viewport.zoom < 1)
        whole = self._area.from_level(self._level)
        inner.drawImage(QRectF(whole.left, whole.top, whole.width, whole.height), self._image)
        inner.restore()
        inner.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceAtop)
        inner.setBrushOrigin(0, 0)
        inner.fillRect(part, QBrush(_hatch()))
        inner.end()
        painter.drawImage(part.topLeft(), layer)


def tinted(chosen: np.ndarray, colour: str) -> np.ndarray:
    """uint8 [h, w, 4], premultiplied BGRA of the tint over what is not ``chosen`` [h, w] 0–1. Safe from any thread."""
    tint = QColor(colour)
    amount = (1 - chosen) * np.float32(255 * STRENGTH)
    return np.stack(
        [
            (amount * np.float32(part)).astype(np.uint8)
            for part in (tint.blueF(), tint.greenF(), tint.redF(), 1.0)
        ],
        axis=-1,
    )


def _hatch() -> QImage:
    """Lines at 45° in the dark ink, so that the tint is told from red in the picture."""
    image = QImage(HATCH, HATCH, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    line = QColor(theme.current().tokens.ink_dark)
    line.setAlphaF(0.35)
    for x in range(HATCH):
        image.setPixelColor(x, HATCH - 1 - x, line)
    return image
