"""Edits: pure functions from artwork to artwork. A refused edit raises EditError and nothing is half done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from studio.document import grouping, tree
from studio.document.artwork import SRGB, Artwork, ColourSpace, Precision
from studio.document.errors import EditError
from studio.document.layer import IDENTITY, Affine, Group, Layer, Locks, Paint
from studio.document.painting import (
    apply_pixels,
    clipped_above,
    mask_of,
    moved_mask,
    paint_target,
    rectangle_selection,
    selection_in_layer,
    surface_of,
    write_surface,
)
from studio.document.tree import transform_of
from studio.document.variants import (
    add_variants,
    adding,
    choose_variant,
    drop_variant,
    exchanging,
    fitted,
    replace_variant,
    restore_variant,
    set_generated,
    star_variant,
)
from studio.raster.geometry import TILE, Rect, TileKey, tile_keys
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.tile import Tile
from studio.recipe import QT_TRANSLATE_NOOP

__all__ = [
    "EditError",
    "add_layer",
    "add_variants",
    "adding",
    "apply_pixels",
    "change",
    "choose_variant",
    "clipped_above",
    "drop_variant",
    "duplicate",
    "exchanging",
    "fitted",
    "from_picture",
    "group",
    "mask_of",
    "movable",
    "move_layer",
    "moved_mask",
    "new_artwork",
    "paint_target",
    "rectangle_selection",
    "remove_layer",
    "rename",
    "replace_variant",
    "restore_variant",
    "selection_in_layer",
    "set_active",
    "set_clipping",
    "set_generated",
    "set_locks",
    "set_mask",
    "set_mode",
    "set_opacity",
    "set_selection",
    "set_transform",
    "set_visible",
    "star_variant",
    "step_layer",
    "surface_of",
    "transform_of",
    "ungroup",
    "write_surface",
]

MAX_SIDE = 300_000
MAX_PIXELS = 1_000_000_000
BACKGROUND = QT_TRANSLATE_NOOP("layer-names", "Background")
LAYER_1 = QT_TRANSLATE_NOOP("layer-names", "Layer 1")
GROUP = QT_TRANSLATE_NOOP("layer-names", "Group")
COPY = QT_TRANSLATE_NOOP("layer-names", "{name} copy")

_BAD_SIZE = QT_TRANSLATE_NOOP(
    "document", "A picture has at least 1 and at most 1,000 million pixels. Choose a smaller size."
)
_SAME_ID = QT_TRANSLATE_NOOP("document", "This layer is in the picture already.")
_INTO_ITSELF = QT_TRANSLATE_NOOP("document", "A group cannot be put into itself.")
_LOCKED = QT_TRANSLATE_NOOP("document", "This layer is locked. Unlock it in the Layers panel first.")
_LOCKED_POSITION = QT_TRANSLATE_NOOP(
    "document", "This layer's position is locked. Unlock it in the Layers panel first."
)
_NO_LAYER = QT_TRANSLATE_NOOP("document", "There is no layer here yet. Add one in the Layers panel.")
_NOT_A_GROUP = QT_TRANSLATE_NOOP("document", "Only a group can be ungrouped.")
_NOTHING_TO_GROUP = QT_TRANSLATE_NOOP("document", "Choose at least one layer to group.")
_OPACITY = QT_TRANSLATE_NOOP("document", "Opacity lies between 0 and 100 %.")


def new_artwork(
    width: int,
    height: int,
    background: tuple[float, float, float, float] | None = (1.0, 1.0, 1.0, 1.0),
    ppi: float = 300.0,
    precision: Precision = "float16",
    name: str | None = None,
) -> Artwork:
    """A picture with one paint layer; ``background`` is straight encoded RGBA 0–1, None leaves it transparent.

    Equal tiles are one object, so that even a large empty picture costs next to nothing. Raises EditError on a bad size.
    """
    _check_size(width, height)
    surface = Surface(dtype=np.dtype(precision))
    if background is not None and background[3] > 0:
        colour = np.array((*(part * background[3] for part in background[:3]), background[3]), np.float32)
        surface = Surface(
            _flat_tiles(Rect(0, 0, width, height), colour.astype(precision)), np.dtype(precision)
        )
    layer = Paint(name=name or (BACKGROUND if surface else LAYER_1), surface=surface)
    return Artwork(width=width, height=height, layers=(layer,), active=layer.id, ppi=ppi, precision=precision)


def _check_size(width: int, height: int) -> None:
    if not (1 <= width <= MAX_SIDE and 1 <= height <= MAX_SIDE and width * height <= MAX_PIXELS):
        raise EditError(_BAD_SIZE)


def _flat_tiles(rect: Rect, colour: np.ndarray) -> dict[TileKey, Tile]:
    tiles: dict[TileKey, Tile] = {}
    made: dict[Rect, Tile] = {}
    for key in tile_keys(rect):
        whole = Rect.of_tile(key)
        part = rect.intersect(whole).move(-whole.left, -whole.top)
        if part not in made:
            pixels = np.zeros((TILE, TILE, 4), colour.dtype)
            pixels[part.top : part.bottom, part.left : part.right] = colour
            made[part] = Tile(pixels)
        tiles[key] = made[part]
    return tiles


def from_picture(
    surface: Surface,
    width: int,
    height: int,
    *,
    name: str,
    colour_space: ColourSpace = SRGB,
    ppi: float = 300.0,
    metadata: dict[str, bytes] | None = None,
    source_bits: int = 8,
) -> Artwork:
    """A picture of one paint layer from decoded premultiplied pixels; its precision is that of ``surface``."""
    _check_size(width, height)
    layer = Paint(name=name, surface=surface)
    precision: Precision = "float32" if surface.dtype == np.float32 else "float16"
    return Artwork(
        width=width,
        height=height,
        layers=(layer,),
        active=layer.id,
        colour_space=colour_space,
        precision=precision,
        ppi=ppi,
        metadata=metadata or {},
        source_bits=source_bits,
    )


def add_layer(artwork: Artwork, layer: Layer, above: str | None = None, into: str | None = None) -> Artwork:
    """Adds ``layer`` directly above ``above`` (default: the active layer) or on top inside the group ``into``.

    Where nothing is said and the active layer is an unfolded group, the layer goes into it. A layer that is not clipped goes above the clipped layers there, so that none of them changes its base. It becomes
    the active layer. Raises EditError.
    """
    if any(artwork.find(one.id) is not None for one in tree.walk(layer)):
        raise EditError(_SAME_ID)
    active = artwork.active_layer
    if into is None and above is None and active is not None:
        if isinstance(active, Group) and not active.collapsed and not layer.clipping:
            into = active.id
        else:
            above = active.id
    parent, index = _place(artwork, above, into, clipping=layer.clipping)
    return tree.insert(artwork, (layer,), parent, index).with_(active=layer.id)


def _place(artwork: Artwork, above: str | None, into: str | None, *, clipping: bool) -> tuple[str, int]:
    """(id of the parent or "", index) of the place above ``above`` or on top of ``into``."""
    if above is not None:
        parent = tree.parent_of(artwork, above)
        siblings, index = tree.siblings_of(artwork, above)
        return (parent.id if parent else ""), (index if clipping else tree.clip_top(siblings, index)) + 1
    if into:
        target = tree.require(artwork, into)
        if not isinstance(target, Group):
            raise EditError(tree.NOT_A_GROUP)
        return into, len(target.children)
    return "", len(artwork.layers)


def remove_layer(artwork: Artwork, layer_id: str) -> Artwork:
    """Takes a layer out. Layers clipped to it are released rather than clipped to another one.

    If it (or a layer inside it) was active, the next one below becomes active, else above, else the group around it.
    """
    path = tree.path_to(artwork, layer_id)
    if any(layer.locks.all for layer in path):
        raise EditError(_LOCKED)
    siblings, index = tree.siblings_of(artwork, layer_id)
    released = () if path[-1].clipping else siblings[index + 1 : tree.clip_top(siblings, index) + 1]
    result = tree.take(artwork, layer_id)
    for layer in released:
        result = change(result, layer.id, clipping=False)
    if result.active_layer is not None:
        return result
    rest = siblings[:index][::-1] + siblings[index + 1 :]
    neighbour = rest[0].id if rest else (path[-2].id if len(path) > 1 else "")
    return result.with_(active=neighbour)


def move_layer(
    artwork: Artwork,
    layer_id: str,
    index: int | None = None,
    above: str | None = None,
    into: str | None = None,
) -> Artwork:
    """Moves a layer in the tree: directly above ``above``; into the group ``into`` ("" is the top level) at ``index``
    (default: on top); ``index`` alone: among its siblings, counted without it; nothing given: to the very bottom."""
    layer = tree.require(artwork, layer_id)
    inside = {one.id for one in tree.walk(layer)}
    if above == layer_id:
        return artwork
    if (above or into) and (above in inside or into in inside):
        raise EditError(_INTO_ITSELF)
    parent = tree.parent_of(artwork, layer_id)
    rest = tree.take(artwork, layer_id)
    if above is not None:
        place = _place(rest, above, None, clipping=True)
    elif into is not None:
        home, top = _place(rest, None, into, clipping=True)
        place = home, top if index is None else max(0, min(index, top))
    else:
        place = (parent.id if parent and index is not None else ""), max(0, index or 0)
    layer = tree.kept_in_place(
        layer, parent, tree.transform_of(rest, place[0]) if place[0] else IDENTITY, artwork
    )
    moved = tree.insert(rest, (layer,), *place)
    return artwork if _order(moved) == _order(artwork) else moved


def _order(artwork: Artwork) -> list[tuple[str, ...]]:
    return [tuple(one.id for one in tree.path_to(artwork, layer.id)) for layer in artwork.walk()]


def step_layer(artwork: Artwork, layer_id: str, direction: int) -> Artwork:
    """Moves a layer one place up (1) or down (−1); at the end of its group it leaves the group. At the end: unchanged."""
    siblings, index = tree.siblings_of(artwork, layer_id)
    parent = tree.parent_of(artwork, layer_id)
    step = 1 if direction > 0 else -1
    if 0 <= index + step < len(siblings):
        return move_layer(artwork, layer_id, index=index + step)
    if parent is None:
        return artwork
    around = tree.parent_of(artwork, parent.id)
    _, place = tree.siblings_of(artwork, parent.id)
    return move_layer(artwork, layer_id, into=around.id if around else "", index=place + (step > 0))


def duplicate(artwork: Artwork, layer_id: str, name: str | None = None) -> Artwork:
    """Puts a copy with new ids and shared pixels above the layer and makes it active."""
    layer = tree.require(artwork, layer_id)
    copy = tree.copy_of(layer).with_(name=name or COPY.format(name=layer.name))
    return add_layer(artwork, copy, above=layer_id)


def group(artwork: Artwork, layer_ids: Iterable[str], name: str = GROUP) -> Artwork:
    """Puts the layers, in their order, into a new group at the place of the topmost one; the group becomes active."""
    chosen = set(layer_ids)
    kept = [one for one in artwork.walk() if one.id in chosen and not _inside(artwork, one.id, chosen)]
    if not kept:
        raise EditError(_NOTHING_TO_GROUP)
    for layer in kept:
        if layer.locks.all:
            raise EditError(_LOCKED)
    top = tree.parent_of(artwork, kept[-1].id)
    outer = tree.transform_of(artwork, top.id) if top is not None else IDENTITY
    placed = (tree.kept_in_place(one, tree.parent_of(artwork, one.id), outer, artwork) for one in kept)
    new = Group(name=name, children=tuple(placed))
    result = tree.rewrite(artwork, kept[-1].id, lambda top: (new.with_(children=()), top))
    result = tree.without(result, {layer.id for layer in kept})
    return tree.rewrite(result, new.id, lambda _: (new,)).with_(active=new.id)


def _inside(artwork: Artwork, layer_id: str, chosen: set[str]) -> bool:
    return any(one.id in chosen for one in tree.path_to(artwork, layer_id)[:-1])


def ungroup(artwork: Artwork, layer_id: str) -> Artwork:
    """Replaces a group by its layers, which take over its visibility, opacity and place; the topmost becomes active.

    Mask, blend mode, clipping and effects go to the group's layer where it has only one. Raises EditError where that
    would change the look.
    """
    layer = tree.require(artwork, layer_id)
    if not isinstance(layer, Group):
        raise EditError(_NOT_A_GROUP)
    if layer.locks.all:
        raise EditError(_LOCKED)
    if not layer.children:
        return remove_layer(artwork, layer_id)
    freed = grouping.freed(artwork, layer)
    result = tree.rewrite(artwork, layer_id, lambda _: freed)
    return result.with_(active=freed[-1].id) if artwork.active == layer_id else result


def change(artwork: Artwork, layer_id: str, **fields: Any) -> Artwork:
    """The artwork with these fields of one layer replaced, at any depth. Raises EditError."""
    return tree.rewrite(artwork, layer_id, lambda layer: (layer.with_(**fields),))


def set_active(artwork: Artwork, layer_id: str) -> Artwork:
    tree.require(artwork, layer_id)
    return artwork.with_(active=layer_id)


def set_selection(artwork: Artwork, selection: Mask | None) -> Artwork:
    """``selection`` in document pixels; None is everything."""
    return artwork.with_(selection=selection)


def set_opacity(artwork: Artwork, layer_id: str, opacity: float) -> Artwork:
    """``opacity`` 0–1."""
    if not 0.0 <= opacity <= 1.0:
        raise EditError(_OPACITY)
    return change(artwork, layer_id, opacity=float(opacity))


def set_mode(artwork: Artwork, layer_id: str, mode: str) -> Artwork:
    return change(artwork, layer_id, mode=mode)


def set_visible(artwork: Artwork, layer_id: str, visible: bool) -> Artwork:
    return change(artwork, layer_id, visible=visible)


def rename(artwork: Artwork, layer_id: str, name: str) -> Artwork:
    return change(artwork, layer_id, name=name)


def set_mask(artwork: Artwork, layer_id: str, mask: Mask | None) -> Artwork:
    return change(artwork, layer_id, mask=mask)


def set_clipping(artwork: Artwork, layer_id: str, clipping: bool) -> Artwork:
    return change(artwork, layer_id, clipping=clipping)


def set_locks(artwork: Artwork, layer_id: str, locks: Locks) -> Artwork:
    return change(artwork, layer_id, locks=locks)


def set_transform(artwork: Artwork, layer_id: str, transform: Affine) -> Artwork:
    """``transform`` maps layer to document pixels. Raises EditError where the position is locked."""
    _check_movable(artwork, layer_id)
    numbers = tuple(float(part) for part in transform)
    return change(artwork, layer_id, transform=numbers)


def movable(artwork: Artwork) -> Layer:
    """The active layer, if it may be moved. Raises EditError."""
    layer = artwork.active_layer
    if layer is None:
        raise EditError(_NO_LAYER)
    _check_movable(artwork, layer.id)
    return layer


def _check_movable(artwork: Artwork, layer_id: str) -> None:
    path = tree.path_to(artwork, layer_id)
    if any(layer.locks.all for layer in path):
        raise EditError(_LOCKED)
    if any(layer.locks.position for layer in path):
        raise EditError(_LOCKED_POSITION)
