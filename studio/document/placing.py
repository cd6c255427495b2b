"""Where layers lie: moved, turned, bent, and the space they take. Pixels stay as they are; only their place changes."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from studio.document import tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import (
    IDENTITY,
    Affine,
    Fill,
    Filter,
    Generated,
    Group,
    Layer,
    Paint,
    children_of,
    inverse,
    is_integer_move,
    joined,
    pixels_of,
)
from studio.raster import perspective, warp
from studio.raster.geometry import EMPTY, TILE, Rect, TileKey
from studio.raster.perspective import Point
from studio.raster.surface import TileGrid
from studio.raster.warp import Frame, Warp
from studio.recipe import QT_TRANSLATE_NOOP

_LOCKED = QT_TRANSLATE_NOOP("document", "This layer is locked. Unlock it in the Layers panel first.")
_LOCKED_POSITION = QT_TRANSLATE_NOOP(
    "document", "This layer's position is locked. Unlock it in the Layers panel first."
)
_HIDDEN = QT_TRANSLATE_NOOP("document", "This layer is hidden. Show it in the Layers panel first.")
EMPTY_LAYER = QT_TRANSLATE_NOOP("document", "There is nothing to move: the layer is empty.")
_EDGE_TILES = 256
"""Tiles at the rim of a layer that are looked into for its exact bounds; beyond it whole tiles count."""
_STRAIGHT_STEPS = (-1.0, 0.0, 1.0)


def tidied(transform: Affine) -> Affine:
    """The same transform without the dust of many multiplications, so that going back is exactly where it began."""
    linear = tuple(_near_whole(part, 1e-9) for part in transform[:4])
    move = transform[4:]
    if all(part in _STRAIGHT_STEPS for part in linear):
        move = tuple(_near_whole(part, 1e-4) for part in move)
    a, b, c, d = (round(part, 12) + 0.0 for part in linear)
    x, y = (round(part, 8) + 0.0 for part in move)
    return a, b, c, d, x, y


def _near_whole(value: float, tolerance: float) -> float:
    whole = round(value)
    return float(whole) if abs(value - whole) <= tolerance else value


def _tidied_matrix(matrix: perspective.Matrix) -> perspective.Matrix:
    """Perspective too weak to move a pixel of the largest picture is none."""
    if max(abs(matrix[6]), abs(matrix[7])) > 1e-12 or matrix[8] <= 0:
        return matrix
    affine = perspective.as_affine((*matrix[:6], 0.0, 0.0, matrix[8]))
    assert affine is not None
    return perspective.of_affine(tidied(affine))


def placed(artwork: Artwork, layer_ids: Iterable[str], bends: Warp) -> Artwork:
    """These layers, and all that lies in them, under ``bends`` (document pixels). Raises EditError for locked ones.

    An affine map joins each layer's transform; perspective and meshes join its warp.
    """
    for layer_id in topmost(artwork, layer_ids):
        check_movable(artwork, layer_id)
        outer = outer_of(artwork, layer_id)
        there = conjugated(bends, outer)
        middle = _through(inverse(outer), (artwork.width / 2, artwork.height / 2))
        artwork = tree.rewrite(
            artwork, layer_id, lambda layer, there=there, middle=middle: (placed_layer(layer, there, middle),)
        )
    return artwork


def topmost(artwork: Artwork, layer_ids: Iterable[str]) -> list[str]:
    """The layers that lie in no other one of them, bottom to top. Raises EditError for one that is not there."""
    chosen = set(layer_ids)
    found = {one: tree.path_to(artwork, one) for one in chosen}
    order = [layer.id for layer in artwork.walk() if layer.id in chosen]
    return [one for one in order if not any(group.id in chosen for group in found[one][:-1])]


def check_movable(artwork: Artwork, layer_id: str) -> None:
    """Raises EditError where the layer, or a group around it, is locked or keeps its place."""
    path = tree.path_to(artwork, layer_id)
    inside = list(tree.walk(path[-1]))
    if any(layer.locks.all for layer in (*path, *inside)):
        raise EditError(_LOCKED)
    if any(layer.locks.position for layer in (*path, *inside)):
        raise EditError(_LOCKED_POSITION)


def check_seen(artwork: Artwork, layer_ids: Iterable[str]) -> None:
    """Raises EditError where none of these layers is seen: they, or groups around them, are hidden."""
    paths = [tree.path_to(artwork, layer_id) for layer_id in layer_ids]
    if not any(all(layer.visible for layer in path) for path in paths):
        raise EditError(_HIDDEN)


def is_empty(layer: Layer) -> bool:
    """Whether a layer has no pixels and makes none; groups without content are empty, too."""
    if isinstance(layer, Group):
        return all(is_empty(child) for child in layer.children)
    return isinstance(layer, Paint) and not layer.surface


def outer_of(artwork: Artwork, layer_id: str) -> Affine:
    """The transform of the groups around a layer."""
    parent = tree.parent_of(artwork, layer_id)
    return tree.transform_of(artwork, parent.id) if parent is not None else IDENTITY


def conjugated(bends: Warp, outer: Affine) -> Warp:
    """What ``bends`` of the document are inside a group with the transform ``outer``."""
    if outer == IDENTITY:
        return bends
    chain = warp.joined(bends, warp.bent((), perspective.of_affine(outer)))
    return warp.bent(chain, perspective.of_affine(inverse(outer)))


def placed_layer(layer: Layer, bends: Warp, middle: Point = (0.0, 0.0)) -> Layer:
    """A layer under ``bends`` of the space around it; ``middle`` of the picture in that space.

    A fill has no pixels to bend: it follows by the affine map that the bends are in the middle of the picture, while its
    mask is bent as it should be.
    """
    matrix = warp.straight(bends)
    affine = perspective.as_affine(_tidied_matrix(matrix)) if matrix is not None else None
    if affine is not None:
        return layer.with_(transform=tidied(joined(affine, layer.transform)))
    if isinstance(layer, Group):
        inner, within = conjugated(bends, layer.transform), _through(inverse(layer.transform), middle)
        children = tuple(placed_layer(child, inner, within) for child in layer.children)
        own = warp.joined(inner, layer.warp) if layer.mask is not None else layer.warp
        return layer.with_(children=children, warp=own)
    chain = warp.joined(bends, whole_warp(layer))
    if not isinstance(layer, Fill):
        return settled(layer, chain)
    followed = tidied(joined(_affine_at(bends, middle), layer.transform))
    rest = warp.bent(chain, perspective.of_affine(inverse(followed))) if layer.mask is not None else ()
    return layer.with_(transform=followed, warp=rest)


def _affine_at(bends: Warp, place: Point) -> Affine:
    """The affine map that touches ``bends`` at a point; a plain move where they have no image of it."""
    x, y = place
    around = np.array([(x, y), (x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)], np.float64)
    centre, left, right, upper, lower = warp.forward(bends, around)
    if float(centre[0]) <= perspective.NOWHERE / 2:
        return IDENTITY
    (a, b), (c, d) = (right - left) / 2, (lower - upper) / 2
    return (
        float(a), float(b), float(c), float(d),
        float(centre[0] - a * x - c * y), float(centre[1] - b * x - d * y),
    )  # fmt: skip


def _through(transform: Affine, place: Point) -> Point:
    return perspective.mapped_point(perspective.of_affine(transform), *place)


def whole_warp(layer: Layer) -> Warp:
    """The layer's warp and transform as one chain, to the space around it."""
    return warp.bent(layer.warp, perspective.of_affine(layer.transform))


def settled(layer: Layer, chain: Warp) -> Layer:
    """The layer with ``chain`` as its whole way: an affine end becomes its transform."""
    last = chain[-1] if chain else None
    transform = IDENTITY
    if last is not None and last.mesh is None:
        matrix = _tidied_matrix(last.matrix)
        affine = perspective.as_affine(matrix)
        if affine is not None:
            chain, transform = chain[:-1], tidied(affine)
        elif matrix != last.matrix:
            chain = warp.bent(chain[:-1], matrix)
    return layer.with_(warp=chain, transform=transform)


def to_document(artwork: Artwork, layer_id: str, points: np.ndarray) -> np.ndarray:
    """Where ``points`` [n, 2] of a layer are shown."""
    layer = tree.require(artwork, layer_id)
    outer = perspective.of_affine(tree.transform_of(artwork, layer_id))
    return perspective.mapped(outer, warp.forward(layer.warp, points))


def to_layer(artwork: Artwork, layer_id: str, points: np.ndarray) -> np.ndarray:
    """What of a layer is shown at ``points`` [n, 2] of the document."""
    layer = tree.require(artwork, layer_id)
    back = perspective.of_affine(inverse(tree.transform_of(artwork, layer_id)))
    return warp.backward(layer.warp, perspective.mapped(back, points))


# ---- the space that layers take


def own_frame(layer: Layer, canvas: Rect) -> Frame | None:
    """(left, top, right, bottom) of what a layer shows, in its own pixels; None for an empty one.

    Fills and filters take the canvas, or what their mask leaves of it.
    """
    if isinstance(layer, Group):
        return _united(_frame_around(child, canvas) for child in layer.children if child.visible)
    if isinstance(layer, Generated) and layer.variant is not None:
        return 0.0, 0.0, float(layer.variant.width), float(layer.variant.height)
    if isinstance(layer, Fill | Filter):
        if layer.mask is not None and layer.mask_enabled and layer.mask.default == 0:
            return _frame(content_of(layer.mask))
        corners = perspective.corners((0.0, 0.0, float(canvas.width), float(canvas.height)))
        back = perspective.mapped(perspective.of_affine(inverse(layer.transform)), np.array(corners))
        low, high = back.min(axis=0), back.max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])
    grid = pixels_of(layer)
    if not grid:
        return None
    near = canvas
    if is_integer_move(layer.transform):
        near = canvas.move(-int(layer.transform[4]), -int(layer.transform[5]))
    return _frame(content_of(grid, near))


def _frame_around(layer: Layer, canvas: Rect) -> Frame | None:
    """What a layer shows, in the space around it."""
    frame = own_frame(layer, canvas)
    return warp.bounds(whole_warp(layer), frame) if frame is not None else None


def frame_of(artwork: Artwork, layer_ids: Iterable[str]) -> Frame | None:
    """What these layers show together, in document pixels; None where they are empty."""
    ids = topmost(artwork, layer_ids)
    return _united(frame_of_one(artwork, tree.require(artwork, layer_id)) for layer_id in ids)


def frame_of_one(artwork: Artwork, layer: Layer) -> Frame | None:
    """What a layer of the artwork shows, in document pixels; None for an empty one."""
    frame = _frame_around(layer, artwork.rect)
    if frame is None:
        return None
    outer = outer_of(artwork, layer.id)
    return frame if outer == IDENTITY else warp.bounds(warp.bent((), perspective.of_affine(outer)), frame)


def _united(frames: Iterable[Frame | None]) -> Frame | None:
    found = [frame for frame in frames if frame is not None]
    if not found:
        return None
    return (
        min(frame[0] for frame in found),
        min(frame[1] for frame in found),
        max(frame[2] for frame in found),
        max(frame[3] for frame in found),
    )


def _frame(rect: Rect) -> Frame | None:
    if rect.empty:
        return None
    return float(rect.left), float(rect.top), float(rect.right), float(rect.bottom)


def content_of(grid: TileGrid, canvas: Rect | None = None) -> Rect:
    """The smallest rectangle around what is not transparent (of a mask: not 0). Looks into the tiles at the rim only.

    Where these are too many, whole tiles count; a side that ends in the same tile as ``canvas`` is taken to end there.
    """
    if not grid:
        return EMPTY
    bounds = grid.bounds
    left, top, right, bottom = (
        bounds.left // TILE,
        bounds.top // TILE,
        bounds.right // TILE - 1,
        bounds.bottom // TILE - 1,
    )
    rim = sum(1 for c, r in grid.tiles if c in (left, right) or r in (top, bottom))
    if rim > _EDGE_TILES:
        return bounds if canvas is None else _ended_at(bounds, canvas)
    upper = [key for key in grid.tiles if key[1] == top]
    lower = [key for key in grid.tiles if key[1] == bottom]
    first = [key for key in grid.tiles if key[0] == left]
    last = [key for key in grid.tiles if key[0] == right]
    return Rect(
        left * TILE + min(_first(_filled(grid, key, 0)) for key in first),
        top * TILE + min(_first(_filled(grid, key, 1)) for key in upper),
        (right + 1) * TILE - min(_first(_filled(grid, key, 0)[::-1]) for key in last),
        (bottom + 1) * TILE - min(_first(_filled(grid, key, 1)[::-1]) for key in lower),
    )


def _ended_at(bounds: Rect, canvas: Rect) -> Rect:
    sides = (edge if abs(own - edge) < TILE else own for own, edge in zip(bounds, canvas, strict=True))
    return Rect(*sides)


def _filled(grid: TileGrid, key: TileKey, axis: int) -> np.ndarray:
    """Which columns (axis 0) or rows (axis 1) of a tile hold anything [256] bool."""
    tile = grid.tile(key)
    assert tile is not None
    return np.asarray(tile.filled().any(axis=axis))


def _first(filled: np.ndarray) -> int:
    """Index of the first True; 256 where there is none."""
    return int(filled.argmax()) if filled.any() else TILE


def leaves(layer: Layer) -> Iterable[Layer]:
    """The layers of a tree that have pixels of their own."""
    if isinstance(layer, Group):
        for child in children_of(layer):
            yield from leaves(child)
    else:
        yield layer
