"""Pixels that were brought beyond the edge of a picture that repeats are put in at the other edge."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np

from studio.document import placing, tree
from studio.document.artwork import Artwork
from studio.document.layer import Affine, Layer, Paint, is_integer_move
from studio.document.sharing import over
from studio.raster.geometry import Rect, TileKey, tile_keys
from studio.raster.plane import Wrap
from studio.raster.surface import Surface
from studio.raster.tile import Tile

Steps = Generator[float, None, Surface]


def repeats(artwork: Artwork) -> bool:
    """Whether the picture repeats, either way."""
    return artwork.tiles_x or artwork.tiles_y


def canvas_under(artwork: Artwork, transform: Affine) -> Rect | None:
    """The canvas in the pixels of a layer that lies at ``transform``; None where that is more than a whole move."""
    if not is_integer_move(transform):
        return None
    return artwork.rect.move(-int(transform[4]), -int(transform[5]))


def movable_over(artwork: Artwork, layer: Layer) -> bool:
    """Whether the layer has pixels that can come in at the other edge: of a paint layer without a mask."""
    return isinstance(layer, Paint) and layer.mask is None and bool(layer.surface) and repeats(artwork)


def overhang(content: Rect, canvas: Rect, artwork: Artwork) -> Wrap | None:
    """How ``content`` comes in at the other edges; None where nothing lies beyond one. What is larger than the canvas
    would come to lie on itself and stays as it is."""
    x = artwork.tiles_x and _beyond(content.left, content.right, canvas.left, canvas.right)
    y = artwork.tiles_y and _beyond(content.top, content.bottom, canvas.top, canvas.bottom)
    return Wrap(canvas, x, y) if x or y else None


def _beyond(start: int, end: int, low: int, high: int) -> bool:
    return end - start <= high - low and (start < low or end > high)


def brought_in(surface: Surface, canvas: Rect, artwork: Artwork) -> Steps:
    """The surface with what lies beyond the edges of ``canvas`` (in its own pixels) put in at the others; yields the part
    done. The surface itself where nothing does."""
    content = placing.content_of(surface)
    wrap = overhang(content, canvas, artwork)
    if content.empty or wrap is None:
        return surface
    arrays: dict[TileKey, np.ndarray] = {}

    def array_of(key: TileKey) -> np.ndarray:
        if key not in arrays:
            arrays[key] = surface.editable(key)
        return arrays[key]

    for there, left, top in wrap.inside(content):
        here = Rect.of(content.left + left, content.top + top, there.width, there.height)
        if here == there:
            continue
        for key in tile_keys(there):
            part = there.intersect(Rect.of_tile(key))
            pixels = surface.read(part.move(here.left - there.left, here.top - there.top))
            if _holds(pixels):
                spot = array_of(key)[_inside(key, part)]
                spot[...] = over(spot, pixels)
            yield 0.5
        for key in tile_keys(here):
            if surface.tile(key) is not None:
                array_of(key)[_inside(key, here.intersect(Rect.of_tile(key)))] = 0
            yield 0.9
    return surface.replace({key: Tile(array) if _holds(array) else None for key, array in arrays.items()})


def with_layer(artwork: Artwork, layer: Layer, surface: Surface, transform: Affine) -> Artwork:
    """The artwork with the layer's pixels exchanged, at another place and straight."""
    changed = layer.with_(surface=surface, transform=transform, warp=())
    return tree.rewrite(artwork, layer.id, lambda _: (changed,))


def _inside(key: TileKey, part: Rect) -> tuple[slice, slice]:
    place = Rect.of_tile(key)
    spot = part.move(-place.left, -place.top)
    return slice(spot.top, spot.bottom), slice(spot.left, spot.right)


def _holds(pixels: np.ndarray) -> bool:
    """Whether any pixel is not transparent; halves are slow to compare, their bits are not."""
    return bool(np.ascontiguousarray(pixels).view(np.uint16).any())
