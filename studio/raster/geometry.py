"""Rectangles, regions and tile keys in document pixels: origin top left, half open, negative allowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

TILE = 256

TileKey = tuple[int, int]
"""(column, row) of a tile: floor(x / 256), floor(y / 256)."""


class Rect(NamedTuple):
    """A half-open rectangle [left, right) × [top, bottom) in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @classmethod
    def of(cls, left: int, top: int, width: int, height: int) -> Rect:
        return cls(left, top, left + width, top + height)

    @classmethod
    def of_tile(cls, key: TileKey) -> Rect:
        return cls(key[0] * TILE, key[1] * TILE, (key[0] + 1) * TILE, (key[1] + 1) * TILE)

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def empty(self) -> bool:
        return self.right <= self.left or self.bottom <= self.top

    def intersect(self, other: Rect) -> Rect:
        """The common part; an empty rectangle (possibly inverted) where there is none."""
        return Rect(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def unite(self, other: Rect) -> Rect:
        """The smallest rectangle that holds both; an empty one adds nothing."""
        if self.empty:
            return other
        if other.empty:
            return self
        return Rect(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def grow(self, pixels: int) -> Rect:
        return Rect(self.left - pixels, self.top - pixels, self.right + pixels, self.bottom + pixels)

    def move(self, x: int, y: int) -> Rect:
        return Rect(self.left + x, self.top + y, self.right + x, self.bottom + y)

    def contains(self, other: Rect) -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def at_level(self, level: int) -> Rect:
        """The pixels of mip level ``level`` that depend on this level-0 rectangle (rounded outwards)."""
        scale = 1 << level
        return Rect(self.left // scale, self.top // scale, -(-self.right // scale), -(-self.bottom // scale))

    def from_level(self, level: int) -> Rect:
        scale = 1 << level
        return Rect(self.left * scale, self.top * scale, self.right * scale, self.bottom * scale)


EMPTY = Rect(0, 0, 0, 0)


def tile_keys(rect: Rect) -> Iterator[TileKey]:
    """Keys of all tiles that ``rect`` touches, row by row."""
    if rect.empty:
        return
    for row in range(rect.top // TILE, -(-rect.bottom // TILE)):
        for column in range(rect.left // TILE, -(-rect.right // TILE)):
            yield column, row


_MANY = 64


def _cut(rect: Rect) -> dict[TileKey, Rect]:
    """``rect`` cut along the tiles; of a picture of 30 000² that is 14 000 parts, so nothing is looked up twice."""
    columns = [
        (column, max(rect.left, column * TILE), min(rect.right, (column + 1) * TILE))
        for column in range(rect.left // TILE, -(-rect.right // TILE))
    ]
    new = tuple.__new__
    parts: dict[TileKey, Rect] = {}
    for row in range(rect.top // TILE, -(-rect.bottom // TILE)):
        top, bottom = max(rect.top, row * TILE), min(rect.bottom, (row + 1) * TILE)
        for column, left, right in columns:
            parts[column, row] = new(Rect, (left, top, right, bottom))
    return parts


class Region:
    """A set of changed rectangles, at most one inside each tile. Frozen.

    Two changes inside one tile unite to their bounding rectangle: a dab costs its own size, not a tile's.
    """

    __slots__ = ("_bounds", "_parts")

    def __init__(self, rects: Iterable[Rect] = ()) -> None:
        parts: dict[TileKey, Rect] = {}
        self._bounds: Rect | None = None
        for rect in rects:
            if rect.empty:
                continue
            # Most rectangles lie inside one tile: dabs, and whole tiles.
            key = (rect.left // TILE, rect.top // TILE)
            if rect.right <= (key[0] + 1) * TILE and rect.bottom <= (key[1] + 1) * TILE:
                known = parts.get(key)
                parts[key] = rect if known is None else rect.unite(known)
                continue
            if not parts:
                parts = _cut(rect)
                continue
            for key, part in _cut(rect).items():
                parts[key] = part.unite(parts[key]) if key in parts else part
        self._parts = parts

    @classmethod
    def of_tiles(cls, keys: Iterable[TileKey]) -> Region:
        return cls(Rect.of_tile(key) for key in keys)

    def __bool__(self) -> bool:
        return bool(self._parts)

    def __iter__(self) -> Iterator[Rect]:
        return iter(self._parts.values())

    def __len__(self) -> int:
        return len(self._parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Region) and self._parts == other._parts

    def __hash__(self) -> int:
        return hash(frozenset(self._parts.items()))

    def __repr__(self) -> str:
        return f"Region({list(self._parts.values())!r})"

    def parts(self) -> dict[TileKey, Rect]:
        """Tile key → changed rectangle inside that tile, document pixels."""
        return dict(self._parts)

    @property
    def bounds(self) -> Rect:
        if self._bounds is None:
            rects = self._parts.values()
            self._bounds = EMPTY if not rects else Rect(
                min(rect[0] for rect in rects), min(rect[1] for rect in rects),
                max(rect[2] for rect in rects), max(rect[3] for rect in rects),
            )  # fmt: skip
        return self._bounds

    def unite(self, other: Region) -> Region:
        if not other:
            return self
        if not self:
            return other
        parts = dict(self._parts)
        for key, part in other._parts.items():
            known = parts.get(key)
            if known != part:
                parts[key] = part if known is None else known.unite(part)
        region = Region()
        region._parts = parts
        return region

    def intersect(self, rect: Rect) -> Region:
        if len(self._parts) > _MANY and rect.contains(self.bounds):
            return self
        region = Region()
        for key, part in self._parts.items():
            cut = part if rect.contains(part) else part.intersect(rect)
            if not cut.empty:
                region._parts[key] = cut
        return region

    def grow(self, pixels: int) -> Region:
        return Region(part.grow(pixels) for part in self) if pixels else self

    def move(self, x: int, y: int) -> Region:
        return Region(part.move(x, y) for part in self) if x or y else self
