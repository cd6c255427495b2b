"""Layers moved by what they show: aligned, distributed, found under the pen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import numpy as np

from studio.document import linking, placing
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Fill, Filter, Group, Layer, pixels_of
from studio.raster import warp
from studio.raster.geometry import TILE
from studio.raster.surface import TileGrid
from studio.raster.warp import Frame
from studio.recipe import QT_TRANSLATE_NOOP

Side = Literal["left", "centre", "right", "top", "middle", "bottom"]
Axis = Literal["x", "y"]

_THREE = QT_TRANSLATE_NOOP("document", "Choose at least three layers to distribute.")
_SHARE = {"left": 0.0, "centre": 0.5, "right": 1.0, "top": 0.0, "middle": 0.5, "bottom": 1.0}
SEEN = 0.1
"""Alpha from which a layer is under the pen."""


def moved(artwork: Artwork, layer_ids: Iterable[str], x: float, y: float) -> Artwork:
    """The layers moved by (x, y) document pixels. Raises EditError."""
    return placing.placed(artwork, layer_ids, warp.bent((), (1, 0, x, 0, 1, y, 0, 0, 1)))


def aligned(artwork: Artwork, layer_ids: Iterable[str], side: Side) -> Artwork:
    """One layer to the canvas, several to what they take together; by whole pixels. Raises EditError."""
    frames = _frames(artwork, layer_ids)
    whole: Frame | None = (0.0, 0.0, float(artwork.width), float(artwork.height))
    if len(frames) > 1:
        whole = placing.frame_of(artwork, frames)
    assert whole is not None
    first = 0 if side in ("left", "centre", "right") else 1
    share = _SHARE[side]
    for layer_id, frame in frames.items():
        wanted = whole[first] + share * (whole[first + 2] - whole[first])
        now = frame[first] + share * (frame[first + 2] - frame[first])
        artwork = _stepped(artwork, _with_linked(artwork, layer_id, frames), first, wanted - now)
    return artwork


def distributed(artwork: Artwork, layer_ids: Iterable[str], axis: Axis) -> Artwork:
    """The middles of three or more layers at equal distances between the outermost two. Raises EditError."""
    frames = _frames(artwork, layer_ids)
    if len(frames) < 3:
        raise EditError(_THREE)
    first = 0 if axis == "x" else 1
    middles = {one: (frame[first] + frame[first + 2]) / 2 for one, frame in frames.items()}
    order = sorted(middles, key=lambda one: middles[one])
    low, high = middles[order[0]], middles[order[-1]]
    for place, layer_id in enumerate(order[1:-1], 1):
        wanted = low + (high - low) * place / (len(order) - 1)
        artwork = _stepped(
            artwork, _with_linked(artwork, layer_id, frames), first, wanted - middles[layer_id]
        )
    return artwork


def _frames(artwork: Artwork, layer_ids: Iterable[str]) -> dict[str, Frame]:
    found = {one: placing.frame_of(artwork, [one]) for one in placing.topmost(artwork, layer_ids)}
    frames = {one: frame for one, frame in found.items() if frame is not None}
    if not frames:
        raise EditError(placing.EMPTY_LAYER)
    return frames


def _with_linked(artwork: Artwork, layer_id: str, frames: Iterable[str]) -> list[str]:
    """The layer and what is linked with it, without the other ones that are arranged themselves."""
    others = set(frames) - {layer_id}
    return [one for one in linking.movable(artwork, [layer_id]) if one not in others]


def _stepped(artwork: Artwork, layer_ids: Iterable[str], first: int, distance: float) -> Artwork:
    whole = float(round(distance))
    if not whole:
        return artwork
    return moved(artwork, layer_ids, whole if first == 0 else 0.0, 0.0 if first == 0 else whole)


def layer_under(artwork: Artwork, x: float, y: float) -> Layer | None:
    """The topmost visible layer with pixels at a point of the document; fills and filters do not count."""
    return next(_under(artwork, artwork.layers, x, y), None)


def layers_under(artwork: Artwork, x: float, y: float) -> tuple[Layer, ...]:
    """All visible layers with pixels at a point of the document, from top to bottom; no groups, fills and filters."""
    return tuple(_under(artwork, artwork.layers, x, y))


def _under(artwork: Artwork, layers: Iterable[Layer], x: float, y: float) -> Iterator[Layer]:
    for layer in reversed(tuple(layers)):
        if not layer.visible or layer.opacity == 0 or isinstance(layer, Fill | Filter):
            continue
        if not _shown_at(artwork, layer, x, y):
            continue
        if isinstance(layer, Group):
            yield from _under(artwork, layer.children, x, y)
        else:
            yield layer


def _shown_at(artwork: Artwork, layer: Layer, x: float, y: float) -> bool:
    place = placing.to_layer(artwork, layer.id, np.array([[x, y]], np.float64))[0]
    if not np.isfinite(place).all() or np.abs(place).max() > 1e6:
        return False
    if layer.mask is not None and layer.mask_enabled and _value(layer.mask, place) < SEEN:
        return False
    if isinstance(layer, Group):
        return True
    grid = pixels_of(layer)
    return grid is not None and _value(grid, place) >= SEEN


def _value(grid: TileGrid, place: np.ndarray) -> float:
    """Alpha of a surface, or a mask's value, at a point of the layer."""
    column, row = int(np.floor(place[0])), int(np.floor(place[1]))
    tile = grid.tile((column // TILE, row // TILE))
    if tile is None:
        return float(grid.default)
    pixel = tile.pixels()[row % TILE, column % TILE]
    return float(pixel if grid.channels == 1 else pixel[3])
