"""Straight decoded pixels → premultiplied tiles, of a picture in memory or of strips as they come."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from studio.project.headers import HeaderError
from studio.project.strips import Streamed, rows
from studio.raster import colour
from studio.raster.geometry import TILE, Rect, TileKey, tile_keys
from studio.raster.surface import Surface
from studio.raster.tile import Tile


def surface_of(pixels: np.ndarray, opaque: bool = False) -> Surface:
    """Straight RGBA [h, w, 4] uint8, uint16 or float32 → premultiplied tiles, made on all cores."""
    height, width = pixels.shape[:2]
    keys = list(tile_keys(Rect(0, 0, width, height)))

    def made(key: TileKey) -> Tile | None:
        left, top = key[0] * TILE, key[1] * TILE
        return _tile(pixels[top : top + TILE, left : left + TILE], opaque)

    with ThreadPoolExecutor(min(8, os.cpu_count() or 1)) as pool:
        tiles = {key: tile for key, tile in zip(keys, pool.map(made, keys), strict=True) if tile is not None}
    return Surface(tiles, np.float16 if pixels.dtype == np.uint8 else np.float32)


def surface_of_strips(picture: Streamed, name: str = "") -> Surface:
    """The same from strips of rows: the straight pixels are never all in memory. Raises DecodeError."""
    tiles: dict[TileKey, Tile] = {}
    try:
        for row, strip in enumerate(rows(picture)):
            for column in range(-(-picture.width // TILE)):
                part = strip[:, column * TILE : (column + 1) * TILE]
                if (tile := _tile(part, picture.opaque)) is not None:
                    tiles[column, row] = tile
    except HeaderError as error:
        raise error.of(name) from None
    return Surface(tiles, picture.dtype)


def _tile(part: np.ndarray, opaque: bool) -> Tile | None:
    """A tile of straight pixels [≤ 256, ≤ 256, 4], or None where nothing is seen."""
    if not opaque and not part[..., 3].any():
        return None
    values = premultiplied(part)
    if values.shape[:2] != (TILE, TILE):
        whole = np.zeros((TILE, TILE, 4), values.dtype)
        whole[: values.shape[0], : values.shape[1]] = values
        values = whole
    return Tile(values)


def premultiplied(part: np.ndarray) -> np.ndarray:
    """Straight uint8 → float16, straight uint16 or float32 → float32, premultiplied."""
    if part.dtype == np.uint8:
        return colour.to_half(np.ascontiguousarray(part))
    return colour.to_float(part)
