"""What a layer shows by itself: its tiles and their place, one colour, or a field made from a recipe."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from studio.document.layer import Affine, Fill, Generated, Layer, pixels_of
from studio.raster.geometry import Rect, tile_keys
from studio.raster.tile import Tile
from studio.recipe import Stored, digest
from studio.render.pyramid import Cell, Placed, Pyramid, compose_transforms

FillMaker = Callable[[dict[str, Any], Rect, int], np.ndarray]
"""(parameters, rectangle in pixels of the level, mip level) → premultiplied float32 [h, w, 4]."""


@dataclass(frozen=True, eq=False)
class Uniform:
    """One premultiplied colour everywhere."""

    colour: np.ndarray


@dataclass(frozen=True, eq=False)
class Field:
    """Pixels that a recipe gives for any rectangle, made tile by tile and kept."""

    slot: str
    recipe: Stored
    make: FillMaker
    pyramid: Pyramid

    def cells(self, rect: Rect, level: int) -> Iterator[Cell]:
        token = digest(self.recipe)
        for key in tile_keys(rect):
            whole = Rect.of_tile(key)
            tile = self.pyramid.made(
                (self.slot, "field", level, key), token, lambda whole=whole: self._tile(whole, level)
            )
            yield Cell(tile, rect.intersect(whole), whole)

    def _tile(self, whole: Rect, level: int) -> Tile:
        return Tile(np.ascontiguousarray(self.make(self.recipe.parameters, whole, level), np.float32))


Source = Placed | Uniform | Field


class Contents:
    """Finds what a layer shows. ``fills``: makers of fill layers by recipe name, besides ``fill-colour``."""

    def __init__(self, pyramid: Pyramid, fills: Mapping[str, FillMaker]) -> None:
        self._pyramid = pyramid
        self._fills = fills

    def of(self, layer: Layer, transform: Affine) -> Source | None:
        """None for a layer that shows nothing: without pixels, of an unknown fill, or computed from others."""
        if isinstance(layer, Fill):
            return self._fill(layer)
        grid = pixels_of(layer)
        if not grid:
            return None
        own = compose_transforms(transform, layer.transform)
        return Placed(layer.id, grid, own, extent_of(layer), layer.warp)

    def _fill(self, layer: Fill) -> Source | None:
        if layer.recipe.name == "fill-colour":
            straight = np.array(layer.recipe.parameters.get("colour", (0, 0, 0, 1)), np.float32)
            colour = np.append(straight[:3] * straight[3], straight[3]).astype(np.float32)
            return Uniform(colour)
        make = self._fills.get(layer.recipe.name)
        return Field(layer.id, layer.recipe, make, self._pyramid) if make else None


def extent_of(layer: Layer) -> Rect | None:
    """Where a picture ends sharply in layer space; None for layers whose edge is their own transparency."""
    if isinstance(layer, Generated) and layer.variant is not None:
        return Rect(0, 0, layer.variant.width, layer.variant.height)
    return None
