"""One picture of the pictures of a folder, step by step: a photomosaic, a collage."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np

from studio import recipe
from studio.document import edits
from studio.document.artwork import Artwork
from studio.project import folder_pictures
from studio.project.folder_pictures import Flatten, Met
from studio.project.profiles import pixels_alike
from studio.raster.colour import as_type
from studio.raster.surface import Surface
from studio.synthesis import collage as collages
from studio.synthesis import photomosaic
from studio.synthesis.collage import Collage
from studio.synthesis.photomosaic import Mosaic

Result = TypeVar("Result")
READING = 0.6
"""The part of the work that opening the files is taken for."""


class Assembled(msgspec.Struct, frozen=True, eq=False):
    """The picture, in sRGB, and the files that could not be opened."""

    artwork: Artwork
    failed: tuple[Met, ...]


Work = Generator[float, None, Assembled]
"""Yields the part done, 0–1; returns the result. Raises RecipeError."""


def mosaic(
    picture: Artwork, files: Sequence[Path], flatten: Flatten, values: Mosaic, *, allow_large: bool = False
) -> Work:
    """The picture put together from those of ``files``."""
    values = recipe.check(values)
    photomosaic.grid_of(values, picture.width, picture.height)
    cuts: list[np.ndarray] = []
    failed = yield from _read(
        files,
        flatten,
        3 * values.tile,
        lambda pixels: cuts.append(photomosaic.cut(pixels, values)),
        allow_large,
    )
    tiles = photomosaic.tiles_of(cuts, values)
    straight = in_srgb(flatten(picture), picture)
    pixels = yield from _rest(photomosaic.assembled(straight, tiles, values))
    return Assembled(_sheet(pixels, photomosaic.NAME), failed)


def collage(files: Sequence[Path], flatten: Flatten, values: Collage, *, allow_large: bool = False) -> Work:
    """The pictures of ``files`` on one sheet."""
    values = recipe.check(values)
    pictures: list[np.ndarray] = []
    failed = yield from _read(files, flatten, 2 * values.row_height, pictures.append, allow_large)
    pixels = yield from _rest(collages.composed(pictures, values))
    return Assembled(_sheet(pixels, collages.NAME), failed)


def in_srgb(premultiplied: np.ndarray, artwork: Artwork) -> np.ndarray:
    icc = artwork.colour_space.icc
    return pixels_alike(premultiplied, icc, b"") if icc else premultiplied


def _read(
    files: Sequence[Path], flatten: Flatten, longest: int, take: Any, allow_large: bool
) -> Generator[float, None, tuple[Met, ...]]:
    failed = []
    for met in folder_pictures.opened(files, flatten, longest, allow_large=allow_large):
        if met.pixels is None:
            failed.append(met)
        else:
            take(met.pixels)
        yield READING * met.done / met.total
    return tuple(failed)


def part_of(
    work: Generator[float, None, Result], start: float, length: float
) -> Generator[float, None, Result]:
    """The same steps as a part of longer work."""
    while True:
        try:
            done = next(work)
        except StopIteration as end:
            return end.value
        yield start + length * done


def _rest(work: Generator[float, None, np.ndarray]) -> Generator[float, None, np.ndarray]:
    return (yield from part_of(work, READING, 1 - READING))


def _sheet(pixels: np.ndarray, name: str) -> Artwork:
    """A picture of encoded pixels [h, w, 3] or premultiplied [h, w, 4] in sRGB."""
    whole = np.ones((*pixels.shape[:2], 4), np.float32)
    whole[..., : pixels.shape[2]] = pixels
    surface = Surface.from_pixels(as_type(whole, np.dtype(np.float16)))
    return edits.from_picture(surface, pixels.shape[1], pixels.shape[0], name=name)
