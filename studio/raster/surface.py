"""Sparse frozen pixels: a dictionary of tiles, absent means transparent."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from studio.raster.geometry import EMPTY, TILE, Rect, TileKey, tile_keys
from studio.raster.tile import Tile


class TileGrid:
    """What surfaces and masks share: tiles by key and the value where there is none. Frozen."""

    __slots__ = ("_bounds", "_tiles", "dtype")
    channels = 4
    default: float = 0.0

    def __init__(
        self, tiles: Mapping[TileKey, Tile] | None = None, dtype: np.dtype | type = np.float16
    ) -> None:
        self._tiles = dict(tiles or {})
        self._bounds: Rect | None = None
        self.dtype = np.dtype(dtype)

    @property
    def tiles(self) -> Mapping[TileKey, Tile]:
        return MappingProxyType(self._tiles)

    def tile(self, key: TileKey) -> Tile | None:
        return self._tiles.get(key)

    def __bool__(self) -> bool:
        return bool(self._tiles)

    @property
    def bounds(self) -> Rect:
        """The smallest rectangle of whole tiles that holds every tile."""
        if not self._tiles:
            return EMPTY
        if self._bounds is None:
            columns = [key[0] for key in self._tiles]
            rows = [key[1] for key in self._tiles]
            self._bounds = Rect(
                min(columns) * TILE, min(rows) * TILE, (max(columns) + 1) * TILE, (max(rows) + 1) * TILE
            )
        return self._bounds

    def _shape(self, width: int, height: int) -> tuple[int, ...]:
        return (height, width) if self.channels == 1 else (height, width, self.channels)

    def blank(self, width: int = TILE, height: int = TILE) -> np.ndarray:
        """A writable array of the default value."""
        return np.full(self._shape(width, height), self.default, self.dtype)

    def read(self, rect: Rect) -> np.ndarray:
        """A writable copy [height, width(, 4)] of the pixels in ``rect``."""
        out = self.blank(rect.width, rect.height)
        for key in tile_keys(rect):
            tile = self._tiles.get(key)
            if tile is None:
                continue
            whole = Rect.of_tile(key)
            part = rect.intersect(whole)
            source = part.move(-whole.left, -whole.top)
            target = part.move(-rect.left, -rect.top)
            out[target.top : target.bottom, target.left : target.right] = tile.pixels()[
                source.top : source.bottom, source.left : source.right
            ]
        return out

    def editable(self, key: TileKey) -> np.ndarray:
        """A writable copy of one tile, default-filled where there is none."""
        tile = self._tiles.get(key)
        return self.blank() if tile is None else tile.pixels().copy()

    def _frozen(self, pixels: np.ndarray) -> Tile | None:
        """A tile of these pixels, or None where they are all the default."""
        if self.default == 0.0 and pixels.flags.c_contiguous:
            # halves are slow to compare, their bits are not
            return Tile(pixels) if pixels.reshape(-1).view(np.uint16).any() else None
        return Tile(pixels) if (pixels != pixels.dtype.type(self.default)).any() else None

    def _with(self, changed: Mapping[TileKey, Tile | None]) -> dict[TileKey, Tile]:
        tiles = dict(self._tiles)
        for key, tile in changed.items():
            if tile is None:
                tiles.pop(key, None)
            else:
                tiles[key] = tile
        return tiles

    def _written(self, rect: Rect, pixels: np.ndarray) -> dict[TileKey, Tile]:
        if pixels.shape != self._shape(rect.width, rect.height):
            raise ValueError(f"pixels {pixels.shape} do not fit {rect}")
        changed: dict[TileKey, Tile | None] = {}
        for key in tile_keys(rect):
            whole = Rect.of_tile(key)
            part = rect.intersect(whole)
            source = part.move(-rect.left, -rect.top)
            target = part.move(-whole.left, -whole.top)
            found = pixels[source.top : source.bottom, source.left : source.right]
            if part == whole:
                array = np.array(found, self.dtype, order="C")
            else:
                array = self.editable(key)
                array[target.top : target.bottom, target.left : target.right] = found
            changed[key] = self._frozen(array)
        return self._with(changed)

    def diff(self, other: TileGrid) -> set[TileKey]:
        """Keys of tiles that are not the same object in both."""
        if self is other:
            return set()
        return {key for key, _ in self._tiles.items() ^ other._tiles.items()}


class Surface(TileGrid):
    """RGBA pixels of a layer: premultiplied, encoded in the artwork's colour space, float16 or float32."""

    __slots__ = ()

    @classmethod
    def from_pixels(cls, pixels: np.ndarray, left: int = 0, top: int = 0) -> Surface:
        """A surface of premultiplied ``pixels`` [height, width, 4], float16 or float32."""
        empty = cls(dtype=pixels.dtype)
        return empty.write(Rect.of(left, top, pixels.shape[1], pixels.shape[0]), pixels)

    def write(self, rect: Rect, pixels: np.ndarray) -> Surface:
        """A surface with ``pixels`` [h, w, 4] in ``rect``; untouched tiles are shared, transparent ones dropped."""
        return Surface(self._written(rect, pixels), self.dtype)

    def replace(self, changed: Mapping[TileKey, Tile | None]) -> Surface:
        """A surface with these tiles exchanged; None removes."""
        return Surface(self._with(changed), self.dtype)
