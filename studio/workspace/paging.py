"""A straight page from a photographed one: resampled once from the composed picture, its light evened tile by tile."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

import numpy as np

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import IDENTITY, Paint
from studio.raster import page, perspective, resample, warp
from studio.raster.colour import as_type, widen
from studio.raster.geometry import TILE, Rect, TileKey, tile_keys
from studio.raster.perspective import Quad
from studio.raster.surface import Surface
from studio.raster.tile import Tile
from studio.render.baking import baking
from studio.render.whole import strips
from studio.workspace.reshaping import Steps, kept_inside

if TYPE_CHECKING:
    from studio.render.renderer import Renderer


def straight_page(
    renderer: Renderer,
    artwork: Artwork,
    quad: Quad,
    size: tuple[int, int],
    name: str,
    light: float,
    *,
    whole: bool,
) -> Steps:
    """The part of the picture inside ``quad`` as a page of ``size``: the new picture, or (not ``whole``) a layer on top.

    ``light``: how much of the unevenness goes, 0–1.
    """
    flat = yield from _composed(renderer, artwork)
    rect = Rect(0, 0, *size)
    matrix = perspective.to_quad((0.0, 0.0, float(size[0]), float(size[1])), quad)
    back = perspective.inverted(matrix) if matrix is not None else None
    assert back is not None, "the corners were looked at before"
    # beyond the page's edge the photograph goes on: cut, not faded
    surface = yield from baking(flat, IDENTITY, warp.bent((), back), artwork.rect, rect)
    assert isinstance(surface, Surface)
    surface = kept_inside(surface, rect)
    if light > 0:
        surface = yield from _evened(surface, rect, light)
    layer = Paint(name=name, surface=surface)
    if not whole:
        return edits.add_layer(artwork, layer, above=artwork.layers[-1].id if artwork.layers else None)
    return artwork.with_(
        width=size[0],
        height=size[1],
        layers=(layer,),
        active=layer.id,
        selected=(),
        mask_edited="",
        selection=None,
        saved_selections=(),
    )


def _composed(renderer: Renderer, artwork: Artwork) -> Generator[float, None, Surface]:
    surface = Surface(dtype=artwork.dtype)
    parts = strips(artwork.rect, TILE, TILE)
    made: dict[TileKey, Tile | None] = {}
    for done, part in enumerate(parts):
        pixels = np.zeros((TILE, TILE, 4), artwork.dtype)
        composed = renderer.compose(artwork, part)
        pixels[: part.height, : part.width] = as_type(composed, artwork.dtype)
        made[part.left // TILE, part.top // TILE] = Tile(pixels)
        yield 0.5 * (done + 1) / len(parts)
    return surface.replace(made)


def _evened(surface: Surface, rect: Rect, strength: float) -> Generator[float, None, Surface]:
    light = page.light_of(_small(surface, rect))
    made: dict[TileKey, Tile | None] = {}
    keys = list(tile_keys(rect))
    for done, key in enumerate(keys):
        tile, part = surface.tile(key), Rect.of_tile(key).intersect(rect)
        if tile is None:
            continue
        pixels = widen(tile.pixels())[: part.height, : part.width]
        there = page.grown_light(light, rect.width, rect.height, *part)
        out = np.zeros((TILE, TILE, 4), surface.dtype)
        out[: part.height, : part.width] = as_type(
            page.evened(np.ascontiguousarray(pixels), there, strength=strength), surface.dtype
        )
        made[key] = Tile(out)
        yield 0.75 + 0.25 * (done + 1) / len(keys)
    return surface.replace(made)


def _small(surface: Surface, rect: Rect) -> np.ndarray:
    """The page about SMALL pixels large, averaged tile by tile."""
    level = 0
    while max(rect.width, rect.height) >> level > page.SMALL and level < 7:
        level += 1
    small = np.ones((-(-rect.height >> level), -(-rect.width >> level), 4), np.float32)
    for key in tile_keys(rect):
        tile = surface.tile(key)
        part = Rect.of_tile(key).intersect(rect)
        if tile is None:
            continue
        pixels = np.ascontiguousarray(widen(tile.pixels())[: part.height, : part.width])
        for _ in range(level):
            pixels = resample.halve(pixels)
        place = part.at_level(level)
        small[place.top : place.bottom, place.left : place.right] = pixels
    return small
