"""Tiles of the renderer in the colours of a view."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from studio.document.artwork import Artwork
from studio.raster.geometry import TILE, Rect, TileKey
from studio.render.renderer import Drawn, Renderer

if TYPE_CHECKING:
    from studio.project.proof import AlphaView, Lookup


class Coloured(NamedTuple):
    """A drawn part in the colours of the view; ``version``: of the tile that it was made from."""

    drawn: Drawn
    version: int
    pixels: np.ndarray | None


def coloured(
    renderer: Renderer, artwork: Artwork, key: TileKey, level: int, lookup: Lookup | AlphaView | None
) -> Generator[Coloured, None, None]:
    """Draws one tile, for the render lane; one that is up to date already is given whole."""
    announced = False
    for drawn in renderer.steps(artwork, (key,), level):
        announced = True
        yield _coloured(drawn, lookup)
    tile = renderer.cached(key, level)
    if not announced and tile is not None:
        yield _coloured(Drawn(key, level, Rect.of_tile(key), tile), lookup)


def _coloured(drawn: Drawn, lookup: Lookup | AlphaView | None) -> Coloured:
    version = drawn.tile.version
    return Coloured(drawn, version, None if lookup is None else lookup.view(part_of(drawn)))


def part_of(drawn: Drawn) -> np.ndarray:
    x, y = drawn.rect.left - drawn.key[0] * TILE, drawn.rect.top - drawn.key[1] * TILE
    return drawn.tile.pixels[y : y + drawn.rect.height, x : x + drawn.rect.width]
