"""Fine detail from the pictures of a folder given to one picture, step by step."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

import msgspec
import numpy as np

from studio import recipe
from studio.document.artwork import Artwork
from studio.document.layer import Paint
from studio.project import folder_pictures
from studio.project.assembling import Assembled, part_of
from studio.project.folder_pictures import Flatten, Met
from studio.project.profiles import pixels_alike
from studio.raster.colour import as_type
from studio.raster.surface import Surface
from studio.synthesis import detail, lending
from studio.synthesis.fusion import finite
from studio.synthesis.lending import FolderDetail

LOOKING = 0.5
"""The part of the work that looking through the folder is taken for."""


class Lent(msgspec.Struct, frozen=True, eq=False):
    """Pictures that lend detail, the best first, premultiplied float32 [h, w, 4]; what they are called; what was broken."""

    pictures: tuple[np.ndarray, ...]
    paths: tuple[Path, ...]
    failed: tuple[Met, ...]


def lenders(
    picture: np.ndarray, files: Sequence[Path], flatten: Flatten, values: FolderDetail, *, icc: bytes = b"",
    allow_large: bool = False,
) -> Generator[float, None, Lent]:  # fmt: skip
    """Those of ``files`` that lend detail best to ``picture`` (premultiplied float32 [h, w, 4] in the space of ``icc``).

    Of each file only a small copy and its costs are held, so any number will do. Yields the part done; raises RecipeError
    where none can be used.
    """
    values = recipe.check(values)
    look = lending.wanted(pixels_alike(picture, icc, b"") if icc else picture, values.scale)
    rows: list[np.ndarray] = []
    paths: list[Path] = []
    failed: list[Met] = []
    for met in folder_pictures.opened(files, flatten, lending.SMALL, allow_large=allow_large, glance=True):
        if met.pixels is None:
            failed.append(met)
        else:
            rows.append(lending.costs(look, lending.offered(met.pixels)))
            paths.append(met.path)
        yield met.done / met.total
    best = [paths[number] for number in lending.chosen(rows, values.pictures)]
    longest = lending.longest_for(picture.shape[1], picture.shape[0])
    found: list[np.ndarray] = []
    taken: list[Path] = []
    for met in folder_pictures.opened(best, flatten, longest, allow_large=allow_large):
        if met.pixels is None:  # it went between the two looks
            failed.append(met)
        else:
            found.append(pixels_alike(met.pixels, b"", icc) if icc else met.pixels)
            taken.append(met.path)
        yield 1.0
    if not found:
        raise recipe.RecipeError(lending.NONE_FITS)
    return Lent(tuple(found), tuple(taken), tuple(failed))


def given(
    picture: np.ndarray, lent: Lent, values: FolderDetail, mask: np.ndarray | None = None
) -> Generator[float, None, np.ndarray]:
    """The picture with the detail of those; ``mask`` [h, w] says where and how much."""
    return (yield from detail.detailed((picture, *lent.pictures), recipe.check(values.detail), mask))


def detailed(
    picture: Artwork, files: Sequence[Path], flatten: Flatten, values: FolderDetail, mask: np.ndarray | None = None, *,
    allow_large: bool = False,
) -> Generator[float, None, Assembled]:  # fmt: skip
    """Both for a flattened picture: its size and colours, one layer, and the files that could not be opened."""
    pixels = finite(flatten(picture))
    icc = picture.colour_space.icc
    looking = lenders(pixels, files, flatten, values, icc=icc, allow_large=allow_large)
    lent = yield from part_of(looking, 0.0, LOOKING)
    done = yield from part_of(given(pixels, lent, values, mask), LOOKING, 1 - LOOKING)
    layer = Paint(name=lending.TITLE, surface=Surface.from_pixels(as_type(done, picture.dtype)))
    return Assembled(
        picture.with_(layers=(layer,), active=layer.id, selected=(), selection=None), lent.failed
    )
