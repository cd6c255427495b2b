"""A very large picture goes straight into its journal, strip by strip: its tiles are never all in memory.

On the way the coarse mip levels are made from the tiles that are there anyway, so that the whole picture can be shown
without reading one of them back.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from studio.document.artwork import Artwork, ColourSpace
from studio.document.layer import Paint
from studio.project.codec import encode_straight, encode_tile
from studio.project.decoded import DEFAULT_PPI
from studio.project.headers import HeaderError
from studio.project.journal import Journal
from studio.project.strips import Streamed, rows
from studio.project.surfaces import premultiplied
from studio.raster.geometry import TILE, TileKey
from studio.raster.resample import halve
from studio.raster.surface import Surface
from studio.raster.tile import Tile

COARSE = 3
"""The finest mip level that is kept: a 64th of the pixels."""

AT_ONCE = 16
"""Tiles that are made and stored together."""

Mips = dict[tuple[int, TileKey], Tile]
"""(level, tile key) → averaged tile, from ``COARSE`` upwards."""


class Spooled:
    """Takes the strips of a picture into ``journal``; iterate it for the fraction done, then read ``artwork``, ``mips``."""

    def __init__(self, picture: Streamed, name: str, journal: Journal) -> None:
        self._picture, self._name, self._journal = picture, name, journal
        self._tiles: dict[TileKey, Tile] = {}
        self._waiting: dict[tuple[int, TileKey], np.ndarray] = {}
        self.mips: Mips = {}

    def __iter__(self) -> Iterator[float]:
        """Raises DecodeError for a broken file and StoreError for a full disk."""
        across = -(-self._picture.width // TILE)
        down = -(-self._picture.height // TILE)
        try:
            with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
                for row, strip in enumerate(rows(self._picture)):
                    for first in range(0, across, AT_ONCE):
                        columns = range(first, min(first + AT_ONCE, across))
                        parts = [((one, row), strip[:, one * TILE : (one + 1) * TILE]) for one in columns]
                        self._store([one for one in pool.map(_encoded, parts) if one is not None])
                    yield (row + 1) / down
        except HeaderError as error:
            raise error.of(self._name) from None
        self._finish_mips()

    def _store(self, made: list[tuple[TileKey, Tile, bytes, np.ndarray]]) -> None:
        self._journal.add_tiles([(tile, data) for _, tile, data, _ in made])
        source = self._journal.source
        # Tiles of the same pixels are one object: what is read back of it can leave the memory again.
        handles = source.tiles([tile.digest for _, tile, _, _ in made], 4, np.dtype(self._picture.dtype))
        for (key, _, _, eighth), tile in zip(made, handles, strict=True):
            tile.evict(source)
            self._tiles[key] = tile
            self._put(COARSE, (key[0] // 8, key[1] // 8), (key[0] % 8, key[1] % 8), eighth)

    def _put(self, level: int, key: TileKey, place: TileKey, pixels: np.ndarray) -> None:
        tile = self._waiting.get((level, key))
        if tile is None:
            tile = self._waiting[level, key] = np.zeros((TILE, TILE, 4), self._picture.dtype)
        height, width = pixels.shape[:2]
        tile[place[1] * height : (place[1] + 1) * height, place[0] * width : (place[0] + 1) * width] = pixels

    def _finish_mips(self) -> None:
        level = COARSE
        while found := {key: pixels for (at, key), pixels in self._waiting.items() if at == level}:
            for key, pixels in found.items():
                if len(found) > 1:
                    half = halve(pixels)
                    self._put(level + 1, (key[0] // 2, key[1] // 2), (key[0] % 2, key[1] % 2), half)
                self.mips[level, key] = Tile(pixels)
            level += 1
        self._waiting.clear()

    @property
    def artwork(self) -> Artwork:
        picture = self._picture
        layer = Paint(name=self._name, surface=Surface(self._tiles, picture.dtype))
        return Artwork(
            width=picture.width,
            height=picture.height,
            layers=(layer,),
            active=layer.id,
            colour_space=ColourSpace(name=picture.colour_name, icc=picture.icc),
            precision="float16" if picture.dtype is np.float16 else "float32",
            ppi=picture.ppi or DEFAULT_PPI,
            metadata=dict(picture.metadata),
            source_bits=picture.bits,
        )


def _encoded(part: tuple[TileKey, np.ndarray]) -> tuple[TileKey, Tile, bytes, np.ndarray] | None:
    """A tile, its bytes in the store and its pixels three levels up; None where it is transparent."""
    key, straight = part
    if straight.shape[:2] != (TILE, TILE):
        whole = np.zeros((TILE, TILE, 4), straight.dtype)
        whole[: straight.shape[0], : straight.shape[1]] = straight
        straight = whole
    straight = np.ascontiguousarray(straight)
    straight[straight[..., 3] == 0] = 0
    if not straight[..., 3].any():
        return None
    tile = Tile(premultiplied(straight))
    eighth = halve(halve(halve(tile.pixels())))
    packed = encode_straight(straight) if straight.dtype == np.uint8 else encode_tile(tile.pixels())
    return key, tile, packed, eighth
