"""A file on disk → an artwork. Files are opened by bytes, so that any path works."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from studio.document.artwork import Artwork, ColourSpace
from studio.document.layer import Paint
from studio.project.decode import Decoded, decode
from studio.project.errors import DecodeError, read_failure
from studio.project.headers import HeaderError
from studio.project.strips import Streamed, rows
from studio.raster import colour
from studio.raster.geometry import TILE, Rect, TileKey, tile_keys
from studio.raster.surface import Surface
from studio.raster.tile import Tile

DEFAULT_PPI = 72.0
"""For files that do not say how large they are on paper."""

_SQLITE = b"SQLite format 3\0"


def read_bytes(path: str | Path) -> bytes:
    """The file's bytes. Raises DecodeError: missing, directory, no_permission, unreadable."""
    try:
        if os.path.isdir(path):
            raise DecodeError("directory", path)
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise read_failure(error, path) from None


def open_picture(path: str | Path, *, allow_large: bool = False) -> Artwork:
    """A picture file as an artwork of one paint layer named after the file. Raises DecodeError."""
    decoded = decode(read_bytes(path), str(path), allow_large=allow_large)
    return from_decoded(decoded, Path(path).stem)


def from_decoded(decoded: Decoded, name: str) -> Artwork:
    """One paint layer with the decoded pixels; the precision follows the source."""
    height, width = decoded.pixels.shape[:2]
    layer = Paint(name=name, surface=surface_of(decoded.pixels, decoded.opaque))
    return Artwork(
        width=width,
        height=height,
        layers=(layer,),
        active=layer.id,
        colour_space=ColourSpace(name=decoded.colour_name, icc=decoded.icc),
        precision="float16" if decoded.pixels.dtype == np.uint8 else "float32",
        ppi=decoded.ppi or DEFAULT_PPI,
        metadata=dict(decoded.metadata),
        source_bits=decoded.bits,
    )


def is_project(path: str | Path) -> bool:
    """True for a Danqing project (by its first bytes; its ending does not count). Raises DecodeError like read_bytes."""
    try:
        if os.path.isdir(path):
            raise DecodeError("directory", path)
        with open(path, "rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError as error:
        raise read_failure(error, path) from None


def open_any(path: str | Path, *, allow_large: bool = False) -> Artwork:
    """A picture, an OpenRaster file or a project, told apart by content. Raises DecodeError or StoreError.

    A project's undo history needs :func:`studio.project.store.open_project`; here only its picture is returned.
    """
    return open_data(read_bytes(path), path, allow_large=allow_large)


def open_data(data: bytes, path: str | Path, *, allow_large: bool = False) -> Artwork:
    """The same for bytes that were read from ``path``."""
    if data.startswith(_SQLITE):
        from studio.project.project_file import open_project

        return open_project(path).artwork
    if data.startswith(b"PK"):
        from studio.project.ora import read_ora

        return read_ora(data, str(path), allow_large=allow_large)
    return from_decoded(decode(data, str(path), allow_large=allow_large), Path(path).stem)


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
