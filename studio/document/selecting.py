"""Edits of the selection, of saved selections, and of what lies inside the selection."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import Literal

import numpy as np
from msgspec.structs import replace

from studio.document import tree
from studio.document.artwork import Artwork, SavedSelection
from studio.document.errors import EditError
from studio.document.layer import Affine, Group, Layer, Paint, inverse, is_integer_move
from studio.document.painting import (
    apply_pixels,
    mask_of,
    moved_mask,
    paint_target,
    rectangle_selection,
    selection_in_layer,
    surface_of,
    write_surface,
)
from studio.raster.colour import widen
from studio.raster.geometry import TILE, Rect, TileKey, tile_keys
from studio.raster.mask import Mask
from studio.raster.selecting import combining, morphology
from studio.raster.selecting.combining import Mode
from studio.raster.surface import TileGrid
from studio.raster.tile import Tile
from studio.recipe import QT_TRANSLATE_NOOP

Steps = Generator[None, None, Artwork]
"""Yields after each part of the work and returns the artwork."""
Side = Literal["inside", "centre", "outside"]

BLOCK = 2 * TILE
NOTHING_SELECTED = QT_TRANSLATE_NOOP("document", "Nothing is selected. Select something first.")
NOTHING_LEFT = QT_TRANSLATE_NOOP("document", "Nothing would be left selected. Take a smaller number.")
EVERYTHING = QT_TRANSLATE_NOOP("document", "Everything is selected: turned round, nothing would be.")
NO_LINE = QT_TRANSLATE_NOOP(
    "document", "There is no room for the line on this side of the edge. Choose another side."
)
NOT_SAVED = QT_TRANSLATE_NOOP("document", "This saved selection is not there any more.")
ALPHA_LOCKED = QT_TRANSLATE_NOOP(
    "document",
    "The layer's transparent pixels are locked, so nothing can be cleared. Unlock them in the Layers panel.",
)
NO_LAYER = QT_TRANSLATE_NOOP("document", "There is no layer here yet. Add one in the Layers panel.")


def select(artwork: Artwork, mask: Mask, mode: Mode = "new") -> Artwork:
    """``mask``, in document pixels, put to the selection. Where nothing remains, nothing is chosen any more (None)."""
    joined = combining.combined(artwork.selection, mask, mode)
    return artwork.with_(selection=None if combining.is_empty(joined) else joined)


def invert(artwork: Artwork) -> Artwork:
    """What was not selected. Raises EditError where everything was."""
    inverse = combining.inverted(artwork.selection, artwork.rect)
    if combining.is_empty(inverse):
        raise EditError(NOTHING_SELECTED if artwork.selection is None else EVERYTHING)
    return artwork.with_(selection=inverse)


def require(artwork: Artwork) -> Mask:
    """The selection. Raises EditError where there is none."""
    if artwork.selection is None:
        raise EditError(NOTHING_SELECTED)
    return artwork.selection


def move(artwork: Artwork, x: int, y: int) -> Artwork:
    """The outline moved by whole pixels; what leaves the canvas comes back with it. Raises EditError."""
    mask = require(artwork)
    return artwork if x == y == 0 else artwork.with_(selection=moved_mask(mask, x, y))


Change = Literal["grow", "shrink", "feather", "border", "smooth"]
_CHANGES = {
    "grow": morphology.grow,
    "shrink": morphology.shrink,
    "feather": morphology.feather,
    "border": morphology.border,
    "smooth": morphology.smooth,
}


def change(artwork: Artwork, kind: Change, pixels: float, *, open_edges: bool = True) -> Steps:
    """The selection grown, shrunk, feathered, made a border, or smoothed by ``pixels``. Raises EditError."""
    mask = require(artwork)
    changed = yield from _CHANGES[kind](mask, artwork.rect, pixels, open_edges=open_edges)
    if combining.is_empty(changed):
        raise EditError(NOTHING_LEFT)
    return artwork.with_(selection=changed)


# saved selections


def save(artwork: Artwork, name: str) -> Artwork:
    """Keeps the selection under a name; one of the same name is replaced. Raises EditError where nothing is selected."""
    new = SavedSelection(name=name, mask=require(artwork))
    known = artwork.saved_selections
    if any(one.name == name for one in known):
        kept = tuple(replace(one, mask=new.mask) if one.name == name else one for one in known)
    else:
        kept = (*known, new)
    return artwork.with_(saved_selections=kept)


def saved(artwork: Artwork, selection_id: str) -> SavedSelection:
    """Raises EditError for one that is not there."""
    for one in artwork.saved_selections:
        if one.id == selection_id:
            return one
    raise EditError(NOT_SAVED)


def load(artwork: Artwork, selection_id: str, mode: Mode = "new") -> Artwork:
    return select(artwork, saved(artwork, selection_id).mask, mode)


def rename_saved(artwork: Artwork, selection_id: str, name: str) -> Artwork:
    saved(artwork, selection_id)
    kept = (replace(one, name=name) if one.id == selection_id else one for one in artwork.saved_selections)
    return artwork.with_(saved_selections=tuple(kept))


def delete_saved(artwork: Artwork, selection_id: str) -> Artwork:
    saved(artwork, selection_id)
    kept = (one for one in artwork.saved_selections if one.id != selection_id)
    return artwork.with_(saved_selections=tuple(kept))


# what becomes a selection


def alone(artwork: Artwork, layer_id: str) -> Artwork:
    """The picture of one layer only, at full opacity: what it covers, wherever it lies in the tree. Raises EditError."""
    path = tree.path_to(artwork, layer_id)
    shown: Layer = path[-1].with_(opacity=1.0, mode="normal", visible=True, clipping=False)
    for group in reversed(path[:-1]):
        shown = group.with_(
            children=(shown,), opacity=1.0, mode="normal", visible=True, clipping=False, mask=None, effects=()
        )
    return artwork.with_(layers=(shown,), active=layer_id)


def up_to(artwork: Artwork, layer_id: str) -> Artwork:
    """The picture of a layer and all that lies below it, without what lies above. Raises EditError."""
    path = tree.path_to(artwork, layer_id)
    shown: Layer = path[-1]
    for holder in reversed(path[:-1]):
        if isinstance(holder, Group):  # what is made from its children as a whole stays whole
            shown = holder.with_(children=(*_before(holder.children, shown), shown))
        else:
            shown = holder
    return artwork.with_(layers=(*_before(artwork.layers, shown), shown), active=layer_id)


def _before(layers: tuple[Layer, ...], last: Layer) -> tuple[Layer, ...]:
    return layers[: next(index for index, layer in enumerate(layers) if layer.id == last.id)]


def from_mask(artwork: Artwork, layer_id: str) -> Mask:
    """The mask of a layer in document pixels, on the canvas; empty where it has none."""
    layer = tree.require(artwork, layer_id)
    if layer.mask is None:
        return Mask()
    a, b, c, d, tx, ty = tree.transform_of(artwork, layer_id)
    canvas, found = artwork.rect, Mask()
    identity = is_integer_move((a, b, c, d, tx, ty))
    for key in tile_keys(canvas):
        part = canvas.intersect(Rect.of_tile(key))
        values = (
            layer.mask.read(part.move(-int(tx), -int(ty)))
            if identity
            else _sampled(layer.mask, part, inverse((a, b, c, d, tx, ty)))
        )
        found = found.write(part, values)
    return found


def _sampled(mask: Mask, part: Rect, to_layer: Affine) -> np.ndarray:
    """Mask values [h, w] under the middles of document pixels."""
    a, b, c, d, tx, ty = to_layer
    x = np.arange(part.left, part.right)[None, :] + 0.5
    y = np.arange(part.top, part.bottom)[:, None] + 0.5
    column = np.floor(a * x + c * y + tx).astype(np.int64)
    row = np.floor(b * x + d * y + ty).astype(np.int64)
    area = Rect(int(column.min()), int(row.min()), int(column.max()) + 1, int(row.max()) + 1)
    return mask.read(area)[row - area.top, column - area.left]


def with_quick_mask(artwork: Artwork, on: bool) -> Artwork:
    """Painting lands on the selection, or on layers again. What is wholly selected counts as no selection afterwards."""
    selection = artwork.selection
    if not on and selection is not None and combining.is_empty(combining.inverted(selection, artwork.rect)):
        selection = None
    return artwork.with_(quick_mask=on, selection=selection)


def covering(artwork: Artwork) -> Mask:
    """The selection as a mask of the canvas: everything where nothing is chosen."""
    return rectangle_selection(artwork.rect) if artwork.selection is None else artwork.selection


# what lies inside


def clear(artwork: Artwork) -> Steps:
    """Makes what is selected of the active layer transparent; of a layer without pixels of its own, hides it by its mask.

    Raises EditError for locked or hidden layers.
    """
    if artwork.quick_mask:
        return (yield from _into_selection(artwork, 0.0))
    if artwork.active_layer is None:
        raise EditError(NO_LAYER)
    artwork, layer_id, part = paint_target(artwork, erase=True)
    layer = tree.require(artwork, layer_id)
    if part == "mask":
        return (yield from _into_mask(artwork, layer_id, 0.0, 1.0))
    if layer.locks.alpha:
        raise EditError(ALPHA_LOCKED)
    assert isinstance(layer, Paint)
    nothing = np.zeros(4, np.float32)
    return (yield from _flat(artwork, layer, layer.surface.tiles, nothing, 1.0))


def fill(
    artwork: Artwork, colour: tuple[float, float, float], opacity: float = 1.0, lightness: float | None = None
) -> Steps:
    """Lays ``colour`` (the artwork's numbers, 0–1) over what is selected of the active layer, or over where a stroke on it
    would land.

    A mask takes ``lightness``, by default the colour's own. Raises EditError for locked or hidden layers.
    """
    if lightness is None:
        lightness = 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]
    if artwork.quick_mask:
        return (yield from _into_selection(artwork, lightness))
    artwork, layer_id, part = paint_target(artwork)
    if part == "mask":
        return (yield from _into_mask(artwork, layer_id, lightness, opacity))
    ink = np.array((*colour, 1.0), np.float32)
    layer, area = tree.require(artwork, layer_id), _canvas_in_layer(artwork, layer_id)
    if isinstance(layer, Paint) and not layer.locks.alpha:
        return (yield from _flat(artwork, layer, tile_keys(area), ink, opacity, area))
    for block in _blocks(artwork, layer_id, area):
        old = surface_of(artwork, layer_id).read(block).astype(np.float32)
        artwork = apply_pixels(artwork, layer_id, block, old + np.float32(opacity) * (ink - old))
        yield
    return artwork


def _flat(
    artwork: Artwork,
    layer: Paint,
    keys: Iterable[TileKey],
    colour: np.ndarray,
    opacity: float,
    area: Rect | None = None,
) -> Steps:
    """The layer's pixels moved towards one premultiplied ``colour`` [4] where they are selected, and in ``area``.

    Tiles that become that colour throughout are one object, or dropped where it is transparent.
    """
    mask = selection_in_layer(artwork, layer.id)
    changed = yield from _towards(layer.surface, keys, mask, colour, opacity, area)
    return write_surface(artwork, layer.id, layer.surface.replace(changed)) if changed else artwork


def _towards(
    grid: TileGrid,
    keys: Iterable[TileKey],
    mask: Mask | None,
    value: np.ndarray,
    opacity: float,
    area: Rect | None,
) -> Generator[None, None, dict[TileKey, Tile | None]]:
    """The tiles of ``grid`` moved towards one ``value`` (premultiplied [4], or [] of a mask) where they are selected, and in
    ``area``. What is made of the same tiles is one tile: a huge filled area holds the bytes of a few."""
    changed: dict[TileKey, Tile | None] = {}
    made: dict[tuple[int, int, Rect | None], tuple[Tile | None] | None] = {}
    pixels = grid.blank()
    pixels[...] = value
    whole = Tile(pixels) if (pixels != pixels.dtype.type(grid.default)).any() else None
    for number, key in enumerate(list(keys)):
        place = Rect.of_tile(key)
        cut = None
        if area is not None and not area.contains(place):
            cut = place.intersect(area).move(-place.left, -place.top)
        name = id(grid.tile(key)), 0 if mask is None else id(mask.tile(key)), cut
        if name not in made:
            made[name] = _mixed(grid, key, _share(mask, key, area), value, opacity, whole)
            if len(made) % 4 == 3:
                yield
        if (found := made[name]) is not None:
            changed[key] = found[0]
        if number % 256 == 255:
            yield
    return changed


def _mixed(
    grid: TileGrid,
    key: TileKey,
    share: np.ndarray | None,
    value: np.ndarray,
    opacity: float,
    whole: Tile | None,
) -> tuple[Tile | None] | None:
    """(the tile,), or None where it stays as it is."""
    if share is None:
        return None
    share = share * np.float32(opacity)
    if share.min() >= 1:
        return (whole,)
    old = grid.editable(key)
    parts = share[..., None] if grid.channels > 1 else share
    old[...] = np.where(parts > 0, widen(old) + parts * (value - widen(old)), old)
    return (Tile(old) if (old != old.dtype.type(grid.default)).any() else None,)


def _share(mask: Mask | None, key: TileKey, area: Rect | None) -> np.ndarray | None:
    """How much of each pixel of a tile is meant, float32 [256, 256]; None where nothing is."""
    place = Rect.of_tile(key)
    tile = None if mask is None else mask.tile(key)
    if mask is not None and tile is None:
        return None
    share = np.ones((TILE, TILE), np.float32) if tile is None else widen(tile.pixels())
    if area is not None and not area.contains(place):
        part = place.intersect(area)
        if part.empty:
            return None
        inside = np.zeros_like(share)
        rows = slice(part.top - place.top, part.bottom - place.top)
        columns = slice(part.left - place.left, part.right - place.left)
        inside[rows, columns] = share[rows, columns]
        share = inside
    return share if share.any() else None


def fill_outline(
    artwork: Artwork,
    colour: tuple[float, float, float],
    width: float,
    side: Side,
    opacity: float = 1.0,
    lightness: float | None = None,
) -> Steps:
    """A line of ``colour``, ``width`` pixels wide, along the selection's edge; the selection stays. ``lightness``: as for
    :func:`fill`. Raises EditError."""
    mask, canvas = require(artwork), artwork.rect
    grown, shrunk = {"inside": (0.0, width), "centre": (width / 2, width / 2), "outside": (width, 0.0)}[side]
    outer = mask if grown == 0 else (yield from morphology.grow(mask, canvas, grown, open_edges=False))
    inner = mask if shrunk == 0 else (yield from morphology.shrink(mask, canvas, shrunk, open_edges=False))
    line = combining.combined(outer, inner, "subtract")
    if combining.is_empty(line):
        raise EditError(NO_LINE)
    filled = yield from fill(artwork.with_(selection=line), colour, opacity, lightness)
    return filled.with_(selection=mask)


def _canvas_in_layer(artwork: Artwork, layer_id: str) -> Rect:
    whole = selection_in_layer(artwork.with_(selection=rectangle_selection(artwork.rect)), layer_id)
    return Rect(0, 0, 0, 0) if whole is None else combining.extent(whole)


def _blocks(artwork: Artwork, layer_id: str, area: Rect) -> Iterator[Rect]:
    """Blocks of layer pixels that hold something selected."""
    mask = selection_in_layer(artwork, layer_id)
    if mask is not None:
        area = area.intersect(combining.extent(mask))
    for top in range(area.top // BLOCK * BLOCK, area.bottom, BLOCK):
        for left in range(area.left // BLOCK * BLOCK, area.right, BLOCK):
            block = Rect.of(left, top, BLOCK, BLOCK).intersect(area)
            if not block.empty and (mask is None or mask.read(block).any()):
                yield block


def _into_mask(artwork: Artwork, layer_id: str, value: float, opacity: float) -> Steps:
    artwork, mask = mask_of(artwork, layer_id)
    chosen, area = selection_in_layer(artwork, layer_id), _canvas_in_layer(artwork, layer_id)
    changed = yield from _towards(mask, tile_keys(area), chosen, np.array(value, np.float32), opacity, area)
    mask = mask.replace(changed)
    return tree.rewrite(artwork, layer_id, lambda one: (one.with_(mask=mask),))


def _into_selection(artwork: Artwork, value: float) -> Steps:
    """While the selection itself is painted, nothing else holds it back: all of it takes the value."""
    yield
    mask = rectangle_selection(artwork.rect)
    if value <= 0:
        return artwork.with_(selection=Mask())
    if value < 1:
        dimmed = {tile: Tile(tile.pixels() * np.float16(value)) for tile in set(mask.tiles.values())}
        mask = Mask({key: dimmed[tile] for key, tile in mask.tiles.items()})
    return artwork.with_(selection=mask)
