"""A paint layer, or a mask, under a liquify field: pixels resampled once, tile by tile, however many strokes made the field.

The field is the document's. What lies straight takes its displacements as they are; of a layer that is scaled or turned each
pixel asks for that of its place, which is carried back into the layer: v(p) = L⁻¹ u(T p), L the linear part of T.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable

import msgspec
import numpy as np

from studio.document import edits, tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Affine, Layer, Paint, inverse, is_integer_move
from studio.raster import liquify
from studio.raster.colour import as_type, widen
from studio.raster.geometry import Rect, TileKey, tile_keys
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP

NOT_PAINT = QT_TRANSLATE_NOOP(
    "document",
    "Liquify moves the pixels of a paint layer or a mask. Choose one, or rasterise this layer first.",
)
NOT_STRAIGHT = QT_TRANSLATE_NOOP(
    "document", "Liquify needs a layer that is not bent. Apply its transform first."
)  # fmt: skip
NO_PIXELS = QT_TRANSLATE_NOOP(
    "document", "This layer is empty: there is nothing on it to liquify. Choose another one in the Layers panel."
)  # fmt: skip
ENDLESS = Rect(-(1 << 20), -(1 << 20), 1 << 20, 1 << 20)
"""Of a turned layer no edge of the canvas is repeated: what lies beyond it comes in."""


class Target(msgspec.Struct, frozen=True, eq=False):
    """What is liquified: the pixels of a paint layer or (``masked``) a layer's mask. ``transform``: its pixels to the document's."""

    layer: Layer
    masked: bool
    transform: Affine

    @property
    def straight(self) -> bool:
        """Whether its pixels are document pixels, but for where they lie."""
        return is_integer_move(self.transform)

    @property
    def scale(self) -> float:
        """Document pixels for one of its own."""
        a, b, c, d = self.transform[:4]
        return math.sqrt(abs(a * d - b * c))

    @property
    def grid(self) -> Surface | Mask:
        return grid_of(self.layer, self.masked)

    @property
    def move(self) -> tuple[int, int]:
        """Where pixels that are :attr:`straight` lie in the document."""
        return round(self.transform[4]), round(self.transform[5])

    def read(self, area: Rect) -> np.ndarray:
        """Float32 [h, w, 4] of its own pixels; a mask is grey and opaque."""
        pixels = widen(self.grid.read(area))
        if not self.masked:
            return pixels
        return np.dstack([pixels, pixels, pixels, np.ones_like(pixels)])

    def inside(self, area: Rect) -> Rect:
        """Its own pixels that lie under ``area`` of the document, and some more where it is turned."""
        if self.straight:
            x, y = self.move
            return area.move(-x, -y)
        return area if area.empty else _bounds(inverse(self.transform), area)

    def outside(self, area: Rect) -> Rect:
        """The document pixels in which its own of ``area`` are seen, and some more where it is turned."""
        if self.straight:
            return area.move(*self.move)
        return area if area.empty else _bounds(self.transform, area)


def grid_of(layer: Layer, masked: bool) -> Surface | Mask:
    if not masked:
        assert isinstance(layer, Paint)
        return layer.surface
    assert layer.mask is not None
    return layer.mask


def with_grid(layer: Layer, grid: Surface | Mask) -> Layer:
    """The layer with other pixels, or with another mask."""
    return layer.with_(mask=grid) if isinstance(grid, Mask) else layer.with_(surface=grid)


def _bounds(transform: Affine, area: Rect) -> Rect:
    """The rectangle around where ``area`` goes, and :data:`~studio.raster.liquify.MARGIN` pixels more."""
    a, b, c, d, e, f = transform
    x = [a * left + c * top + e for left in (area.left, area.right) for top in (area.top, area.bottom)]
    y = [b * left + d * top + f for left in (area.left, area.right) for top in (area.top, area.bottom)]
    found = Rect(math.floor(min(x)), math.floor(min(y)), math.ceil(max(x)), math.ceil(max(y)))
    return found.grow(liquify.MARGIN)


def target(artwork: Artwork) -> Target:
    """The active paint layer, or the mask that is edited. Raises EditError for any other, a locked, hidden, bent or empty one."""
    layer = artwork.active_layer
    masked = layer is not None and artwork.edits_mask and layer.mask is not None and not artwork.quick_mask
    if layer is None or artwork.quick_mask or not (masked or isinstance(layer, Paint)):
        raise EditError(NOT_PAINT)
    if artwork.edits_mask and not masked:
        raise EditError(NOT_PAINT)
    edits.paint_target(artwork)
    if getattr(layer, "warp", ()):
        raise EditError(NOT_STRAIGHT)
    found = Target(layer, masked, edits.transform_of(artwork, layer.id))
    if not masked and not found.grid:
        raise EditError(NO_PIXELS)
    return found


def target_again(artwork: Artwork, before: Target) -> Target | None:
    """The same in another artwork; None where it is gone."""
    layer = artwork.find(before.layer.id)
    if layer is None or getattr(layer, "warp", ()):
        return None
    if layer.mask is None if before.masked else not isinstance(layer, Paint):
        return None
    return Target(layer, before.masked, edits.transform_of(artwork, layer.id))


def place_of(artwork: Artwork, layer_id: str) -> tuple[int, int]:
    """Where the pixels of a layer lie in the document."""
    x, y = edits.transform_of(artwork, layer_id)[4:]
    return round(x), round(y)


def keys_under(artwork: Artwork, target: Target, area: Rect) -> Iterable[TileKey]:
    """The tiles that lie under ``area`` of the document, as far as the canvas goes."""
    seen = area.intersect(artwork.rect)
    return () if seen.empty else tile_keys(target.inside(seen))


def highest(artwork: Artwork) -> float:
    """The largest value of a channel: pictures of 32 bits know light brighter than white."""
    return np.inf if artwork.precision == "float32" else 1.0


def own_way(
    artwork: Artwork, target: Target, field: np.ndarray, step: int, area: Rect, level: int = 0
) -> np.ndarray | None:
    """Displacements float32 [h, w, 2] of the target's own pixels in ``area``, both of mip ``level``; None where nothing moves.

    The selection weights the displacement, not the pixels: a soft edge bends and shows nothing twice. Beyond the canvas nothing moves.
    """
    a, b, c, d, e, f = target.transform
    scale = 1 << level
    column = ((np.arange(area.left, area.right) + 0.5) * scale)[None]
    row = ((np.arange(area.top, area.bottom) + 0.5) * scale)[:, None]
    x, y = a * column + c * row + e, b * column + d * row + f
    there = (x >= 0) & (x < artwork.width) & (y >= 0) & (y < artwork.height)
    if not there.any():
        return None
    found = liquify.between(field, x / step - 0.5, y / step - 0.5) * there[..., None]
    if artwork.selection is not None:
        found *= _selected(artwork.selection, x, y, there)[..., None]
    back = inverse((a, b, c, d, 0.0, 0.0))
    carried = np.empty_like(found)
    carried[..., 0] = back[0] * found[..., 0] + back[2] * found[..., 1]
    carried[..., 1] = back[1] * found[..., 0] + back[3] * found[..., 1]
    return liquify.rounded(carried, level)


def _selected(selection: Mask, x: np.ndarray, y: np.ndarray, there: np.ndarray) -> np.ndarray:
    """The selection [h, w] at places of the document, linear between pixels."""
    place = Rect(
        math.floor(x[there].min()), math.floor(y[there].min()), math.ceil(x[there].max()) + 1, math.ceil(y[there].max()) + 1
    ).grow(1)  # fmt: skip
    return liquify.weights_at(widen(selection.read(place)), x - place.left, y - place.top)


def moved_pixels(
    artwork: Artwork, target: Target, field: np.ndarray, step: int, area: Rect
) -> tuple[np.ndarray, np.ndarray] | None:
    """(its own pixels of ``area`` float32 [h, w, 4], which of them move [h, w]); None where none does."""
    if not target.straight:
        way, canvas = own_way(artwork, target, field, step, area), ENDLESS
    else:
        seen, canvas = area.move(*target.move), target.inside(artwork.rect)
        selected = None if artwork.selection is None else widen(artwork.selection.read(seen))
        way = liquify.ways(field, step, seen, selected)
    if way is None:
        return None
    reached = liquify.reached(way, area, canvas)
    pixels = liquify.warped(target.read(reached), reached, way, area, canvas, highest(artwork))
    return pixels, liquify.moving(way)


def liquified(
    artwork: Artwork,
    target: Target,
    field: np.ndarray,
    step: int,
    keys: Iterable[TileKey],
    so_far: Artwork | None = None,
) -> Generator[float, None, Artwork]:
    """``so_far`` (default: ``artwork``) with the tiles ``keys`` of ``target`` as the field makes them of those in ``artwork``.

    Yields the part done, a quarter of a tile at a time. Pixels that do not move keep their bits; alpha stays where it is locked.
    """
    result = artwork if so_far is None else so_far
    wanted = sorted(keys, key=lambda key: (key[1], key[0]))
    canvas = target.inside(artwork.rect)
    for done, key in enumerate(wanted):
        result = _with_tile(result, target, key)
        for number, part in enumerate(_strips(Rect.of_tile(key))):
            yield (done + number / _PARTS) / len(wanted)
            area = part.intersect(canvas)
            found = None if area.empty else moved_pixels(artwork, target, field, step, area)
            if found is not None:
                result = _with_pixels(result, target, area, *found)
    return result


_PARTS = 4
"""Strips of a tile, each a step: where much is drawn out far, what a whole tile is read from is large."""


def _strips(whole: Rect) -> list[Rect]:
    rows = whole.height // _PARTS
    return [Rect.of(whole.left, top, whole.width, rows) for top in range(whole.top, whole.bottom, rows)]


def _with_pixels(
    artwork: Artwork, target: Target, area: Rect, pixels: np.ndarray, moving: np.ndarray
) -> Artwork:
    """``area`` (its own pixels) with those of ``pixels`` that move, the others as they are in ``target``."""
    own, layer_id = target.grid.read(area), target.layer.id
    if target.masked:
        mask = tree.require(artwork, layer_id).mask
        assert mask is not None
        shade = np.where(moving, np.clip(pixels[..., 0], 0, 1).astype(own.dtype), own)
        return edits.set_mask(artwork, layer_id, mask.write(area, shade))
    new = np.where(moving[..., None], as_type(pixels, own.dtype), own)
    changed = edits.apply_pixels(artwork.with_(selection=None), layer_id, area, new)
    return changed.with_(selection=artwork.selection)


def _with_tile(artwork: Artwork, target: Target, key: TileKey) -> Artwork:
    """The layer, or its mask, with one tile as it is in ``target``."""
    layer = tree.require(artwork, target.layer.id)
    now, source = grid_of(layer, target.masked), target.grid
    if now.tile(key) is source.tile(key):
        return artwork
    again = now.replace({key: source.tile(key)})
    return tree.rewrite(artwork, layer.id, lambda one: (with_grid(one, again),))
