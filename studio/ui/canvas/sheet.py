"""The 8-bit image that the view draws: the shown part of the picture at one mip level, assembled from view tiles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter, QRegion

from studio.raster.geometry import TILE, Rect, TileKey, tile_keys


class Sheet:
    """Premultiplied BGRA pixels of ``keys`` at mip level ``level``; ``fresh`` are those that show the present picture,
    ``filled`` those that show any.
    """

    def __init__(self, level: int, area: Rect) -> None:
        self.level = level
        self.area = Rect(
            area.left // TILE * TILE,
            area.top // TILE * TILE,
            -(-area.right // TILE) * TILE,
            -(-area.bottom // TILE) * TILE,
        )
        self.pixels = np.zeros((self.area.height, self.area.width, 4), np.uint8)
        height, width = self.pixels.shape[:2]
        # QImage over the array copies nothing; the sheet keeps the array alive.
        self.image = QImage(
            self.pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied
        )
        self.fresh: set[TileKey] = set()
        self.filled: set[TileKey] = set()

    def keys(self) -> Iterator[TileKey]:
        return tile_keys(self.area)

    def shows(self, level: int, area: Rect) -> bool:
        return self.level == level and self.area.contains(area)

    def take_from(self, other: Sheet) -> None:
        """Copies the tiles that both have; those that are fresh there are fresh here."""
        part = self.area.intersect(other.area)
        if other.level != self.level or part.empty:
            return
        here, there = part.move(-self.area.left, -self.area.top), part.move(-other.area.left, -other.area.top)
        self.pixels[here.top : here.bottom, here.left : here.right] = other.pixels[
            there.top : there.bottom, there.left : there.right
        ]
        common = set(tile_keys(part))
        self.filled |= other.filled & common
        self.fresh |= other.fresh & common

    def fill_from(self, other: Sheet, canvas: Rect) -> None:
        """Until they are drawn, blank tiles show what ``other`` shows there at its level (``canvas`` in document pixels).

        Holes would be worse than what is coarse: smoothing mixes their transparency into the tiles beside them.
        """
        blank = [key for key in self.keys() if key not in self.filled]
        covered = [
            key for key in blank if other.covers(Rect.of_tile(key).from_level(self.level).intersect(canvas))
        ]
        part = other.area.intersect(canvas.at_level(other.level))
        if not covered or part.empty:
            return
        painter = QPainter(self.image)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        region = QRegion()
        for key in covered:
            place = Rect.of_tile(key).move(-self.area.left, -self.area.top)
            region += QRect(place.left, place.top, place.width, place.height)
        painter.setClipRegion(region)
        scale = 2.0 ** (other.level - self.level)
        source = part.move(-other.area.left, -other.area.top)
        painter.drawImage(
            QRectF(
                part.left * scale - self.area.left, part.top * scale - self.area.top, part.width * scale, part.height * scale
            ),
            other.image,
            QRectF(source.left, source.top, source.width, source.height),
        )  # fmt: skip
        painter.end()
        self.filled.update(covered)

    def covers(self, place: Rect) -> bool:
        """Whether something is shown everywhere in ``place`` (document pixels)."""
        level = place.at_level(self.level)
        return not level.empty and self.area.contains(level) and self.filled.issuperset(tile_keys(level))

    def install(self, key: TileKey, pixels: np.ndarray, part: Rect | None = None) -> None:
        """Puts a view tile's pixels [256, 256, 4] in its place; only ``part`` (level pixels) when given."""
        place = Rect.of_tile(key)
        part = place if part is None else part.intersect(place)
        source = part.move(-place.left, -place.top)
        self.install_part(key, pixels[source.top : source.bottom, source.left : source.right], part)

    def install_part(self, key: TileKey, pixels: np.ndarray, part: Rect) -> None:
        """Puts ``pixels`` [h, w, 4] of ``part`` (level pixels, inside the tile) in their place."""
        if part.empty or not self.area.contains(Rect.of_tile(key)):
            return
        target = part.move(-self.area.left, -self.area.top)
        self.pixels[target.top : target.bottom, target.left : target.right] = pixels
        self.fresh.add(key)
        self.filled.add(key)

    def stale(self, wanted: Iterable[TileKey]) -> list[TileKey]:
        """The wanted tiles that do not show the present picture."""
        return [key for key in wanted if key not in self.fresh]

    def draw(self, painter: QPainter, canvas: Rect) -> None:
        """Draws what lies on ``canvas`` (document pixels); the painter works in document pixels.

        What lies beyond is no part of the source: smoothing would mix its transparency into the canvas' last pixels.
        """
        part = self.area.intersect(canvas.at_level(self.level))
        if part.empty:
            return
        target, source = part.from_level(self.level), part.move(-self.area.left, -self.area.top)
        painter.drawImage(
            QRectF(target.left, target.top, target.width, target.height),
            self.image,
            QRectF(source.left, source.top, source.width, source.height),
        )
