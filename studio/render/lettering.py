"""Text layers: their kept pixels where these are moved by whole pixels or bent, outlines drawn anew under any other place."""

from __future__ import annotations

from functools import partial

import numpy as np

from studio.document.layer import Affine, Text, is_integer_move
from studio.document.text import layout_of
from studio.raster.geometry import Rect, tile_keys
from studio.raster.surface import Surface
from studio.raster.text.drawing import draw_placed, ink_bounds
from studio.raster.text.layout import Layout
from studio.raster.tile import Tile
from studio.render.pyramid import Pyramid, bounds_under, compose_transforms

Token = tuple[object, ...]


def letter_token(layer: Text, transform: Affine) -> Token:
    """What drawn letters depend on, equal exactly when they are the same."""
    return layer.text, layer.style, layer.language, transform


def redrawn(layer: Text, transform: Affine) -> Layout | None:
    """The layout of a text whose outlines are to be drawn under ``transform``; None where its kept pixels show.

    A text whose font is missing keeps the pixels that were drawn when it was there.
    """
    if layer.warp or is_integer_move(transform):
        return None
    layout = layout_of(layer)
    return None if layout.substituted and layer.cache is not None else layout


def letter_tile(layout: Layout, transform: Affine, rect: Rect, level: int) -> np.ndarray:
    """Premultiplied float32 [h, w, 4] of ``rect`` (pixels of ``level``)."""
    scale = 1.0 / (1 << level)
    return draw_placed(layout, rect, compose_transforms((scale, 0, 0, scale, 0, 0), transform))


def area_of(layout: Layout, transform: Affine) -> Rect:
    """Where the letters can be, in document pixels."""
    return bounds_under(transform, ink_bounds(layout).grow(1))


def kept_pixels(layer: Text, pyramid: Pyramid) -> Surface:
    """The layer's own pixels; those of a text that has none yet are drawn once and kept as long as it is the same."""
    if layer.cache is not None:
        return layer.cache
    layout = layout_of(layer)
    place: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    token, tiles = letter_token(layer, place), {}
    for key in tile_keys(ink_bounds(layout)):
        draw = partial(letter_tile, layout, place, Rect.of_tile(key), 0)
        tiles[key] = pyramid.made((layer.id, "letters", key), token, lambda draw=draw: Tile(draw()))
    return Surface(tiles, np.dtype(np.float32))
