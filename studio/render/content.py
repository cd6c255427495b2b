"""What a layer shows by itself: its tiles and their place, one colour, or a field made from a recipe."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import msgspec
import numpy as np

from studio.document.layer import IDENTITY, Affine, Fill, Generated, Layer, Shape, Text, pixels_of
from studio.raster import vector
from studio.raster.bezier import Path
from studio.raster.geometry import Rect, tile_keys
from studio.raster.surface import Surface
from studio.raster.tile import NotRead, Tile, is_memory_only
from studio.recipe import digest
from studio.render.gradients import gradient_tile
from studio.render.lettering import area_of, kept_pixels, letter_tile, letter_token, redrawn
from studio.render.placed_fills import FillMaker
from studio.render.pyramid import Cell, Placed, Pyramid, bounds_under, compose_transforms


class Uniform(msgspec.Struct, frozen=True, eq=False):
    """One premultiplied colour everywhere."""

    colour: np.ndarray


class Field(msgspec.Struct, frozen=True, eq=False):
    """Pixels that can be made for any rectangle and level: tile by tile, kept as long as ``token`` is equal.

    ``make``: (rectangle in pixels of the level, level) → premultiplied float32. ``limit``: outside it, in document
    pixels, there is nothing; None is everywhere. ``slow``: a tile may take long to make, a whole landscape a second, so
    inside ``memory_only`` one that is not there raises NotRead.
    """

    slot: str
    token: object
    make: Callable[[Rect, int], np.ndarray]
    pyramid: Pyramid
    limit: Rect | None = None
    slow: bool = False

    def cells(self, rect: Rect, level: int, canvas: Rect | None = None) -> Iterator[Cell]:
        """``canvas``: the picture in pixels of the level, where it is known. Of a slow field no more than half of whose tile
        lies in it, as in a thumbnail, only that is made where nothing beyond is asked for."""
        limit = None if self.limit is None else self.limit.at_level(level)
        for key in tile_keys(rect):
            whole = Rect.of_tile(key)
            tile = None
            if limit is None or not limit.intersect(whole).empty:
                seen = whole if canvas is None or not self.slow else whole.intersect(canvas)
                beyond = rect.intersect(whole).intersect(seen) != rect.intersect(whole)
                if beyond or seen.width * seen.height * 2 > whole.width * whole.height:
                    seen = whole
                tile = self.pyramid.made(
                    (self.slot, "field" if seen == whole else "part of a field", level, key),
                    self.token if seen == whole else (self.token, seen),
                    lambda whole=whole, seen=seen: self._tile(whole, seen, level),
                )
            yield Cell(tile, rect.intersect(whole), whole)

    def _tile(self, whole: Rect, seen: Rect, level: int) -> Tile:
        """With nothing but what is ``seen`` of it."""
        if self.slow and is_memory_only():
            raise NotRead
        made = np.ascontiguousarray(self.make(seen, level), np.float32)
        if seen == whole:
            return Tile(made)
        pixels = np.zeros((whole.height, whole.width, 4), np.float32)
        inner = seen.move(-whole.left, -whole.top)
        pixels[inner.top : inner.bottom, inner.left : inner.right] = made
        return Tile(pixels)


Source = Placed | Uniform | Field


class Contents:
    """Finds what a layer shows. ``fills``: makers of fill layers by recipe name, besides ``fill-colour``."""

    def __init__(self, pyramid: Pyramid, fills: Mapping[str, FillMaker]) -> None:
        self._pyramid = pyramid
        self._fills = fills

    def of(self, layer: Layer, transform: Affine, profile: bytes = b"") -> Source | None:
        """None for a layer that shows nothing: without pixels, of an unknown fill, or computed from others.

        ``profile``: of the artwork's colours, empty for sRGB.
        """
        if isinstance(layer, Fill):
            return self._fill(layer, transform, profile)
        if isinstance(layer, Shape):
            return self._shape(layer, compose_transforms(transform, layer.transform))
        if isinstance(layer, Text):
            return self._text(layer, compose_transforms(transform, layer.transform))
        grid = pixels_of(layer)
        if not grid:
            return None
        own = compose_transforms(transform, layer.transform)
        return Placed(layer.id, grid, own, extent_of(layer), layer.warp)

    def _fill(self, layer: Fill, transform: Affine, profile: bytes) -> Source | None:
        stored = layer.recipe
        if stored.name == "fill-colour":
            straight = np.array(stored.parameters.get("colour", (0, 0, 0, 1)), np.float32)
            colour = np.append(straight[:3] * straight[3], straight[3]).astype(np.float32)
            return Uniform(colour)
        if stored.name == "fill-gradient":
            if layer.data:  # values, which a dither would falsify
                plain = {**stored.parameters, "dither": False}
                stored, profile = msgspec.structs.replace(stored, parameters=plain), b""
            own = compose_transforms(transform, layer.transform)
            make = partial(gradient_tile, stored, own, profile)
            return Field(layer.id, (digest(stored), own, profile), make, self._pyramid)
        make = self._fills.get(stored.name)
        if make is None:
            return None
        own = compose_transforms(transform, layer.transform)

        def drawn(rect: Rect, level: int) -> np.ndarray:
            return make.placed(stored.parameters, own, rect, float(1 << level))

        return Field(layer.id, (digest(stored), own), drawn, self._pyramid, slow=True)

    def _shape(self, layer: Shape, transform: Affine) -> Source | None:
        """A shape drawn at the shown level and place; a bent one from its own pixels."""
        path, style = vector.path_of(layer.path), vector.style_of(layer.style)
        box = vector.painted_bounds(path, style)
        if box is None:
            return None
        around = Rect(
            math.floor(box[0]) - 1, math.floor(box[1]) - 1, math.ceil(box[2]) + 1, math.ceil(box[3]) + 1
        )
        if layer.warp:
            return Placed(layer.id, self._drawn(layer, path, style, around), transform, None, layer.warp)
        make = partial(_shape_tile, path, style, transform)
        limit = bounds_under(transform, around)
        return Field(layer.id, shape_token(layer, transform), make, self._pyramid, limit)

    def _text(self, layer: Text, transform: Affine) -> Source | None:
        layout = redrawn(layer, transform)
        if layout is None:
            grid = kept_pixels(layer, self._pyramid)
            return Placed(layer.id, grid, transform, None, layer.warp) if grid else None
        make, area = partial(letter_tile, layout, transform), area_of(layout, transform)
        return Field(layer.id, letter_token(layer, transform), make, self._pyramid, area)

    def _drawn(self, layer: Shape, path: Path, style: vector.ShapeStyle, around: Rect) -> Surface:
        """The shape in its own pixels, the same tiles as long as it is the same shape."""
        tiles = {}
        for key in tile_keys(around):
            rect = Rect.of_tile(key)
            tiles[key] = self._pyramid.made(
                (layer.id, "drawn", key),
                shape_token(layer),
                lambda rect=rect: Tile(_shape_tile(path, style, IDENTITY, rect, 0)),
            )
        return Surface(tiles, np.float32)


def shape_token(layer: Shape, transform: Affine = IDENTITY) -> tuple:
    """What a shape's pixels depend on, as a value that is equal exactly when they are the same."""
    return layer.path, repr(sorted(layer.style.items())), transform


def _shape_tile(
    path: Path, style: vector.ShapeStyle, transform: Affine, rect: Rect, level: int
) -> np.ndarray:
    scale = 1.0 / (1 << level)
    return vector.draw_shape(path, style, rect, compose_transforms((scale, 0, 0, scale, 0, 0), transform))


def extent_of(layer: Layer) -> Rect | None:
    """Where a picture ends sharply in layer space; None for layers whose edge is their own transparency."""
    if isinstance(layer, Generated) and layer.variant is not None:
        return Rect(0, 0, layer.variant.width, layer.variant.height)
    return None
