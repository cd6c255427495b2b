"""What a composition depends on, as a value that is equal exactly when nothing of it has changed.

Tiles stand for themselves (one tile is one object), recipes by their digest; so a stroke elsewhere changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from studio.document import effects
from studio.document.layer import Affine, Fill, Filter, Group, Layer, Shape, Text, is_integer_move, pixels_of
from studio.raster.geometry import Rect, tile_keys
from studio.raster.surface import TileGrid
from studio.raster.warp import Warp
from studio.recipe import digest
from studio.render.content import extent_of, shape_token
from studio.render.lettering import letter_token
from studio.render.pyramid import bounds_under, compose_transforms, inverse

_MOST_TILES = 64

ResultOf = Callable[[Filter], object]


def signature(layers: Iterable[Layer], rect: Rect, transform: Affine, result_of: ResultOf) -> tuple:
    """The identity of everything that ``layers`` show in ``rect`` (document pixels, reach included)."""
    return tuple(
        _of(layer, rect, transform, result_of) for layer in layers if layer.visible or not layer.clipping
    )


def _of(layer: Layer, rect: Rect, transform: Affine, result_of: ResultOf) -> tuple:
    if not layer.visible:
        return (layer.id, False)
    own = compose_transforms(transform, layer.transform)
    looks = tuple(digest(stored) for stored in layer.effects)
    if looks:
        rect = rect.grow(effects.reach(layer))
    mask = (
        _tiles(layer.mask, own, rect, layer.warp) if layer.mask is not None and layer.mask_enabled else None
    )
    head = (layer.id, layer.opacity, layer.mode, layer.clipping, own, mask, looks)
    if isinstance(layer, Group):
        return (*head, layer.pass_through, signature(layer.children, rect, own, result_of))
    if isinstance(layer, Fill):
        return (*head, digest(layer.recipe))
    if isinstance(layer, Shape):
        return (*head, shape_token(layer), layer.warp)
    if isinstance(layer, Text):
        head = (*head, letter_token(layer, own))
    if isinstance(layer, Filter):
        return (*head, digest(layer.recipe), result_of(layer))
    grid = pixels_of(layer)
    return (*head, extent_of(layer), _tiles(grid, own, rect, layer.warp) if grid else None)


def _tiles(grid: TileGrid, transform: Affine, rect: Rect, bends: Warp = ()) -> tuple | TileGrid:
    """The tiles of ``grid`` under ``rect``, or the grid itself where that would be many, or it is bent."""
    if bends:
        return grid
    back = inverse(transform)
    if back is None:
        return ()
    needed = bounds_under(back, rect).grow(0 if is_integer_move(transform) else 8)
    if grid:
        needed = needed.intersect(grid.bounds)
    if needed.width * needed.height > _MOST_TILES << 16:
        return grid
    return (grid.default, *(grid.tile(key) for key in tile_keys(needed)))
