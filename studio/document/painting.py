"""Where a stroke may land, and how pixels enter a layer: selection, alpha lock, shared tiles."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Literal

import numpy as np

from studio.document import late_selection, tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import (
    Affine,
    Derived,
    Generated,
    Group,
    Layer,
    Linked,
    Locks,
    Paint,
    Shape,
    Text,
    Unknown,
    inverse,
    is_integer_move,
    pixels_of,
)
from studio.raster import perspective, warp
from studio.raster.geometry import EMPTY, TILE, Rect, TileKey, tile_keys
from studio.raster.mask import Mask
from studio.raster.resample import sampled
from studio.raster.surface import Surface
from studio.raster.tile import Tile
from studio.recipe import QT_TRANSLATE_NOOP

Part = Literal["surface", "mask"]
_MOST_PLACES = 4
"""Places a side at which a selection is sampled for one pixel of an enlarged layer."""

WITH_PIXELS = (Generated, Text, Shape, Linked, Derived)
"""Kinds of layers whose own pixels are computed."""
PAINT = QT_TRANSLATE_NOOP("layer-names", "Paint")
_LOCKED = QT_TRANSLATE_NOOP("document", "This layer is locked. Unlock it in the Layers panel to paint on it.")
_HIDDEN = QT_TRANSLATE_NOOP("document", "This layer is hidden. Show it in the Layers panel to paint on it.")
_UNKNOWN = QT_TRANSLATE_NOOP(
    "document",
    "This layer comes from a newer version of Danqing and is kept as it is. Paint on another layer.",
)
_NOT_PAINTED = QT_TRANSLATE_NOOP("document", "This layer's pixels are computed. Paint on a layer above it.")
_GROUP_LOCKED = QT_TRANSLATE_NOOP(
    "document",
    "This group is locked: nothing new can be put into it. Unlock it in the Layers panel, or choose a layer beside it.",
)
_GROUP_HIDDEN = QT_TRANSLATE_NOOP(
    "document",
    "This group is hidden: what is put into it is not seen. Show it in the Layers panel, or choose a layer beside it.",
)
_NO_LAYER = QT_TRANSLATE_NOOP("document", "There is nothing to erase: the picture has no layer.")


def paint_target(
    artwork: Artwork, *, erase: bool = False, edit_mask: bool = False, beside: bool = False
) -> tuple[Artwork, str, Part]:
    """(artwork, layer id, part) where a stroke on the active layer lands; makes the layer or mask where it is missing.

    Paint layer: itself. ``edit_mask`` or the artwork says so, and erasing on any other kind: its mask. Layers with pixels of their own
    (generated, text, shape, linked, derived): a clipped paint layer above, on which a stroke ``beside`` those pixels would not be
    seen: it gets a plain one. Group, filter, fill, and a bent paint layer, on whose pixels a straight stroke would be bent: a
    new paint layer above. Raises EditError for a locked or hidden layer (or one in such a group).
    """
    layer = artwork.active_layer
    if layer is None:
        if erase:
            raise EditError(_NO_LAYER)
        top = artwork.layers[-1].id if artwork.layers else None
        return *_new_paint(artwork, above=top, clipping=False), "surface"
    check_paintable(artwork, layer.id)
    if edit_mask or artwork.edits_mask or (erase and not (isinstance(layer, Paint) and not layer.warp)):
        return mask_of(artwork, layer.id)[0], layer.id, "mask"
    if isinstance(layer, Paint) and not layer.warp:
        return artwork, layer.id, "surface"
    if isinstance(layer, WITH_PIXELS) and not beside:
        return *clipped_above(artwork, layer.id), "surface"
    siblings, index = tree.siblings_of(artwork, layer.id)
    top = siblings[tree.clip_top(siblings, index)].id
    return *_new_paint(artwork, above=top, clipping=False), "surface"


def check_paintable(artwork: Artwork, layer_id: str) -> None:
    path = tree.path_to(artwork, layer_id)
    if isinstance(path[-1], Unknown):
        raise EditError(_UNKNOWN)
    if any(layer.locks.all for layer in path):
        raise EditError(_LOCKED)
    if not all(layer.visible for layer in path):
        raise EditError(_HIDDEN)


def check_room(artwork: Artwork) -> None:
    """Raises EditError where a new layer would come to lie in a locked or hidden group (see ``edits.add_layer``)."""
    active = artwork.active_layer
    if active is None:
        return
    path = tree.path_to(artwork, active.id)
    inside = isinstance(active, Group) and not active.collapsed
    around = path if inside else path[:-1]
    if any(group.locks.all for group in around):
        raise EditError(_GROUP_LOCKED)
    if not all(group.visible for group in around):
        raise EditError(_GROUP_HIDDEN)


def _new_paint(artwork: Artwork, above: str | None, *, clipping: bool) -> tuple[Artwork, str]:
    layer = Paint(name=PAINT, surface=Surface(dtype=artwork.dtype), clipping=clipping)
    if above is None:
        return artwork.with_(layers=(*artwork.layers, layer), active=layer.id), layer.id
    return tree.rewrite(artwork, above, lambda below: (below, layer)).with_(active=layer.id), layer.id


def clipped_above(artwork: Artwork, layer_id: str) -> tuple[Artwork, str]:
    """The clipped paint layer above a layer, made where there is none that can be painted on; it becomes active."""
    siblings, index = tree.siblings_of(artwork, layer_id)
    top = tree.clip_top(siblings, index)
    for layer in reversed(siblings[index + 1 : top + 1]):
        if isinstance(layer, Paint) and layer.visible and not layer.locks.all:
            return artwork.with_(active=layer.id), layer.id
    return _new_paint(artwork, above=siblings[top].id, clipping=True)


def plainly_clipped_above(artwork: Artwork, layer_id: str) -> tuple[Artwork, str]:
    """A paint layer above that covers the layer's colours as they are mixed: clipped, at full opacity, without mask, mode,
    effects or locks. Made where the topmost clipped one is not like that; it becomes active. Of a layer that is clipped itself
    the new one is clipped to the same."""
    siblings, index = tree.siblings_of(artwork, layer_id)
    top = tree.clip_top(siblings, index)
    layer = siblings[top]
    plain = (
        top > index and isinstance(layer, Paint) and layer.visible and layer.opacity == 1 and layer.mode == "normal"
        and layer.mask is None and not layer.effects and layer.locks == Locks() and not layer.warp
    )  # fmt: skip
    if plain and not siblings[index].clipping:
        return artwork.with_(active=layer.id), layer.id
    above = layer_id if siblings[index].clipping else layer.id
    return _new_paint(artwork, above=above, clipping=True)


def mask_of(artwork: Artwork, layer_id: str) -> tuple[Artwork, Mask]:
    """The artwork in which the layer has an enabled mask (a new one shows everything), and that mask."""
    layer = tree.require(artwork, layer_id)
    if layer.mask is not None and layer.mask_enabled:
        return artwork, layer.mask
    mask = layer.mask if layer.mask is not None else Mask(default=1.0)
    return tree.rewrite(artwork, layer_id, lambda one: (one.with_(mask=mask, mask_enabled=True),)), mask


def _paint_layer(artwork: Artwork, layer_id: str) -> Paint:
    layer = tree.require(artwork, layer_id)
    if not isinstance(layer, Paint):
        raise EditError(_NOT_PAINTED)
    return layer


def surface_of(artwork: Artwork, layer_id: str) -> Surface:
    """The pixels of a paint layer. Raises EditError for any other kind."""
    return _paint_layer(artwork, layer_id).surface


def write_surface(artwork: Artwork, layer_id: str, surface: Surface) -> Artwork:
    """Gives a paint layer new pixels. Raises EditError for another kind or a locked layer."""
    layer = _paint_layer(artwork, layer_id)
    if layer.surface is surface:
        return artwork
    if any(one.locks.all for one in tree.path_to(artwork, layer_id)):
        raise EditError(_LOCKED)
    return tree.rewrite(artwork, layer_id, lambda one: (one.with_(surface=surface),))


def apply_pixels(artwork: Artwork, layer_id: str, rect: Rect, pixels: np.ndarray) -> Artwork:
    """Puts premultiplied ``pixels`` [h, w, 4] into ``rect`` (layer pixels) of a paint layer: old + s·(new − old).

    s is the selection; where a tile has s = 0 throughout, or does not change, the tile object itself is kept. With
    alpha locked the old alpha stays and the new colour is laid into it. Raises EditError.
    """
    layer = _paint_layer(artwork, layer_id)
    if pixels.shape != (rect.height, rect.width, 4):
        raise ValueError(f"pixels {pixels.shape} do not fit {rect}")
    changed: dict[TileKey, Tile | None] = {}
    for key in tile_keys(rect):
        part = rect.intersect(Rect.of_tile(key))
        weight = _selected(artwork, layer, part)
        if weight is not None and not weight.any():
            continue
        inside = part.move(-rect.left, -rect.top)
        new = pixels[inside.top : inside.bottom, inside.left : inside.right]
        tile = _tile_with(layer, key, part, new, weight)
        if tile is not layer.surface.tile(key):
            changed[key] = tile
    return write_surface(artwork, layer_id, layer.surface.replace(changed)) if changed else artwork


def _tile_with(
    layer: Paint, key: TileKey, part: Rect, new: np.ndarray, weight: np.ndarray | None
) -> Tile | None:
    whole = Rect.of_tile(key)
    spot = part.move(-whole.left, -whole.top)
    array = layer.surface.editable(key)
    view = array[spot.top : spot.bottom, spot.left : spot.right]
    old = view.astype(np.float32)
    mixed = new.astype(np.float32)
    if layer.locks.alpha:
        alpha = mixed[..., 3:]
        share = np.divide(old[..., 3:], alpha, out=np.zeros_like(alpha), where=alpha > 0)
        mixed = np.where(alpha > 0, mixed * share, old)
        mixed[..., 3] = old[..., 3]
    if weight is not None:
        s = weight[..., None]
        mixed = np.where(s >= 1, mixed, np.where(s <= 0, old, old + s * (mixed - old)))
    mixed = mixed.astype(array.dtype)
    if np.array_equal(mixed, view):
        return layer.surface.tile(key)
    view[...] = mixed
    return Tile(array) if array.any() else None


def _selected(artwork: Artwork, layer: Layer, rect: Rect, *, soft: bool = False) -> np.ndarray | None:
    """The selection [h, w] float32 0–1 over ``rect`` in layer pixels; None where everything is selected. ``soft``: as
    :func:`selection_in_layer` says."""
    mask = artwork.selection
    if mask is None:
        return None
    transform = tree.transform_of(artwork, layer.id)
    a, b, c, d, tx, ty = transform
    if is_integer_move(transform) and not layer.warp:
        return mask.read(rect.move(int(tx), int(ty))).astype(np.float32)

    def values(shift_x: float, shift_y: float, look: Callable[..., np.ndarray]) -> np.ndarray:
        x = np.arange(rect.left, rect.right)[None, :] + shift_x
        y = np.arange(rect.top, rect.bottom)[:, None] + shift_y
        if layer.warp:
            points = np.stack(np.broadcast_arrays(x, y), axis=-1).reshape(-1, 2)
            bent = warp.forward(layer.warp, points).reshape(rect.height, rect.width, 2)
            x, y = bent[..., 0], bent[..., 1]
        return look(mask, a * x + c * y + tx, b * x + d * y + ty)

    if not soft:
        return values(0.5, 0.5, _nearest)
    # half as many places as it covers pixels: linearly, each is the mean of two of them
    count = round(min(max(1.0, math.hypot(a, b) / 2, math.hypot(c, d) / 2), _MOST_PLACES))
    places = [(place + 0.5) / count for place in range(count)]
    out = np.zeros((rect.height, rect.width), np.float32)
    for shift_x, shift_y in itertools.product(places, places):
        out += values(shift_x, shift_y, _linear)
    return out / np.float32(count * count)


def _nearest(mask: Mask, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """float32 values of the pixels that hold the points. Beyond its tiles the mask is what it is one pixel beyond them."""
    low, high = mask.bounds.grow(1)[:2], mask.bounds[2:]
    column = np.clip(np.floor(x), low[0], high[0]).astype(np.int64)
    row = np.clip(np.floor(y), low[1], high[1]).astype(np.int64)
    area = Rect(int(column.min()), int(row.min()), int(column.max()) + 1, int(row.max()) + 1)
    return mask.read(area)[row - area.top, column - area.left].astype(np.float32)


def _linear(mask: Mask, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """float32 values between the centres of the four pixels around each point; beyond the tiles as :func:`_nearest`."""
    box = mask.bounds.grow(1)
    x, y = np.clip(x, box.left + 0.5, box.right - 0.5), np.clip(y, box.top + 0.5, box.bottom - 0.5)
    left, top = math.floor(x.min() - 0.5), math.floor(y.min() - 0.5)
    area = Rect(left, top, math.floor(x.max() - 0.5) + 2, math.floor(y.max() - 0.5) + 2)
    return sampled(mask.read(area), x - left, y - top)


def selection_in_layer(artwork: Artwork, layer_id: str, *, soft: bool = False) -> Mask | None:
    """The selection in the pixels of a layer, however the layer is placed; None where everything is selected. Many tiles of
    it are computed when they are needed.

    A pixel of a layer that is scaled, turned or bent has the value of the pixel under its centre, so that nothing beyond the
    selection is touched; ``soft``, for a mask that is seen: between pixels linearly, and where the layer is enlarged the
    mean over what its pixel covers.
    """
    mask = artwork.selection
    if mask is None:
        return None
    transform = tree.transform_of(artwork, layer_id)
    bent = tree.require(artwork, layer_id).warp
    many = len(mask.tiles) > late_selection.AT_ONCE
    if is_integer_move(transform) and not bent:
        x, y = -int(transform[4]), -int(transform[5])
        whole = x % TILE == 0 and y % TILE == 0
        return late_selection.moved(mask, x, y) if many and not whole else moved_mask(mask, x, y)
    layer = tree.require(artwork, layer_id)
    bounds = mask.bounds.grow(1) if soft else mask.bounds
    if many and not bent:

        def read(rect: Rect) -> np.ndarray:
            values = _selected(artwork, layer, rect, soft=soft)
            assert values is not None
            return values

        return late_selection.turned(mask, _back(bounds, layer, transform), transform, read)
    area = _back(bounds, layer, transform)
    if layer.warp:  # near a horizon a small selection is a large part of the layer
        own = pixels_of(layer)
        limit = (own.bounds if own else EMPTY).unite(layer.mask.bounds if layer.mask else EMPTY)
        area = area.intersect(limit)
        area = EMPTY if area.empty else area
    there = None if area.empty else _selected(artwork, layer, area, soft=soft)
    return (
        Mask(default=mask.default)
        if area.empty or there is None
        else Mask(default=mask.default).write(area, there)
    )


def _back(box: Rect, layer: Layer, transform: Affine) -> Rect:
    """What of a layer lies under ``box`` of the document: around its edge, and inside where it is bent."""
    x, y = np.linspace(box.left, box.right, 9), np.linspace(box.top, box.bottom, 9)
    points = np.stack([part.reshape(-1) for part in np.meshgrid(x, y)], axis=1)
    points = warp.backward(layer.warp, perspective.mapped(perspective.of_affine(inverse(transform)), points))
    points = points[points[:, 0] > perspective.NOWHERE / 2]
    if not len(points):
        return EMPTY
    left, top = np.floor(points.min(axis=0))
    right, bottom = np.ceil(points.max(axis=0))
    return Rect(int(left), int(top), int(right), int(bottom)).grow(1 if layer.warp else 0)


def rectangle_selection(rect: Rect) -> Mask:
    """A selection of one rectangle in document pixels; equal tiles are one object."""
    tiles: dict[TileKey, Tile] = {}
    made: dict[Rect, Tile] = {}
    for key in tile_keys(rect):
        whole = Rect.of_tile(key)
        part = rect.intersect(whole).move(-whole.left, -whole.top)
        if part not in made:
            pixels = np.zeros((TILE, TILE), np.float16)
            pixels[part.top : part.bottom, part.left : part.right] = 1
            made[part] = Tile(pixels)
        tiles[key] = made[part]
    return Mask(tiles, default=0.0)


def moved_mask(mask: Mask, x: int, y: int) -> Mask:
    """The mask moved by whole pixels; moves by whole tiles share them, and equal neighbourhoods give one tile."""
    columns, right = divmod(x, TILE)
    rows, down = divmod(y, TILE)
    if not right and not down:
        return Mask(
            {(key[0] + columns, key[1] + rows): tile for key, tile in mask.tiles.items()}, mask.default
        )
    wanted = {
        (column + columns + dx, row + rows + dy)
        for column, row in mask.tiles
        for dx in ((0, 1) if right else (0,))
        for dy in ((0, 1) if down else (0,))
    }
    made: dict[tuple[int, ...], Tile | None] = {}
    tiles: dict[TileKey, Tile] = {}
    for column, row in wanted:
        near = (column - columns - 1, column - columns), (row - rows - 1, row - rows)
        sources = tuple(mask.tile((across, along)) for along in near[1] for across in near[0])
        name = tuple(id(tile) for tile in sources)
        if name not in made:
            pixels = mask.read(Rect.of_tile((column, row)).move(-x, -y))
            made[name] = Tile(pixels) if (pixels != np.float16(mask.default)).any() else None
        if (tile := made[name]) is not None:
            tiles[column, row] = tile
    return Mask(tiles, mask.default)
