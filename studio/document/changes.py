"""What differs on the canvas between two artworks, by the identity of layers and tiles. Never too little."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from studio.document import effects, tree
from studio.document.artwork import Artwork
from studio.document.layer import (
    IDENTITY,
    Affine,
    Fill,
    Filter,
    Generated,
    Group,
    Layer,
    Shape,
    is_integer_move,
    joined,
    pixels_of,
)
from studio.raster import vector, warp
from studio.raster.geometry import EMPTY, TILE, Rect, Region, TileKey
from studio.raster.mask import Mask
from studio.raster.surface import TileGrid
from studio.raster.warp import Warp

ReachOf = Callable[[Filter], "int | None"]
"""How far, in document pixels, a filter layer's result depends on its surroundings; None is the whole canvas."""

NOTHING = Region()
_LOOK = ("opacity", "mode", "transform", "warp", "effects", "tracks", "pass_through", "path", "style")
"""Fields whose change shows on the whole layer."""


def changed(old: Artwork, new: Artwork, reach_of: ReachOf | None = None) -> Region:
    """Rectangles of the canvas outside which both artworks look the same; document pixels, clipped to the canvas.

    A stroke gives its tiles, a hidden layer its bounds, a new canvas size or precision everything. With ``reach_of``
    a change is grown by the filter layers above it; without it the renderer does that.
    """
    if old is new:
        return NOTHING
    canvas = old.rect.unite(new.rect)
    if any(
        getattr(old, name) != getattr(new, name) for name in ("width", "height", "colour_space", "precision")
    ):
        return Region([canvas])
    if (old.tiles_x, old.tiles_y) != (new.tiles_x, new.tiles_y):
        return Region([canvas])
    if (old.light_angle, old.light_altitude) != (new.light_angle, new.light_altitude):
        return Region([canvas])
    view = _View(canvas, reach_of, new.tiles_x or new.tiles_y)
    return view.of_list(old.layers, new.layers, NOTHING).intersect(canvas)


def bounds_of(layer: Layer, canvas: Rect, outer: Affine = IDENTITY) -> Rect:
    """Where a layer can show anything, visible or not, in document pixels; the canvas where that is not known.

    ``outer``: the transform of the groups around it.
    """
    if layer.tracks:
        return canvas
    if reach := effects.reach(layer):
        plain = bounds_of(layer.with_(effects=()), canvas.grow(reach), outer)
        rect = EMPTY if plain.empty else plain.grow(reach).intersect(canvas)
        return EMPTY if rect.empty else rect
    transform = joined(outer, layer.transform)
    limit = canvas
    mask = _mask(layer)
    if mask.default == 0:
        limit = canvas.intersect(_placed(mask.bounds, transform, layer.warp))
    surface = pixels_of(layer)
    rect = canvas
    if surface is not None:
        rect = _placed(surface.bounds.intersect(_extent(layer, surface)), transform, layer.warp)
    elif isinstance(layer, Generated):
        rect = EMPTY
    elif isinstance(layer, Shape):
        rect = _placed(_drawn_bounds(layer), transform, layer.warp)
    elif isinstance(layer, Group):
        rect = EMPTY
        for child in layer.children:
            rect = rect.unite(bounds_of(child, canvas, transform) if child.visible else EMPTY)
    rect = rect.intersect(limit)
    return EMPTY if rect.empty else rect


def _drawn_bounds(layer: Shape) -> Rect:
    """Where a shape can have pixels, in its own."""
    box = vector.painted_bounds(vector.path_of(layer.path), vector.style_of(layer.style))
    if box is None:
        return EMPTY
    left, top, right, bottom = box
    return Rect(math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom)).grow(2)


def _extent(layer: Layer, grid: TileGrid) -> Rect:
    """The part of the layer's own pixels that shows: a variant ends at its native size, inside a tile."""
    if isinstance(layer, Generated) and layer.variant is not None:
        return Rect(0, 0, layer.variant.width, layer.variant.height)
    return grid.bounds


class _View(msgspec.Struct, frozen=True):
    canvas: Rect
    reach_of: ReachOf | None
    wraps: bool
    outer: Affine = IDENTITY

    def of_list(self, old: tree.Layers, new: tree.Layers, below: Region) -> Region:
        """The change of a list of siblings; ``below``: what has changed under it and may be taken up by filters."""
        if old is new and not below:
            return NOTHING
        before = {layer.id: index for index, layer in enumerate(old)}
        steady = _steady([before[layer.id] for layer in new if layer.id in before])
        there = {layer.id for layer in new}
        total = below
        for layer in old:
            if layer.id not in there or before[layer.id] not in steady:
                total = total.unite(self.whole(layer))
        for index, layer in enumerate(new):
            place = before.get(layer.id, -1)
            total = self._grown(total, layer)
            if place in steady:
                total = total.unite(self._of_layer(old[place], layer, total))
            else:
                total = total.unite(self.whole(layer))
            if place >= 0 and self._reclipped(old, place, new, index):
                total = total.unite(self.whole(old[place])).unite(self.whole(layer))
        return total

    def whole(self, layer: Layer) -> Region:
        return Region([bounds_of(layer, self.canvas, self.outer)]) if layer.visible else NOTHING

    def _grown(self, region: Region, layer: Layer) -> Region:
        """What a filter layer makes of a change below it."""
        if not region or not isinstance(layer, Filter) or not layer.visible or self.reach_of is None:
            return region
        reach = self.reach_of(layer)
        if reach is None or (reach and self.wraps):
            return Region([self.canvas])
        return region.grow(reach)

    def _reclipped(self, old: tree.Layers, place: int, new: tree.Layers, index: int) -> bool:
        """True when a clipped layer's base is another one, or is shown or hidden."""
        if not (old[place].clipping or new[index].clipping):
            return False
        before, after = tree.clip_target(old, place), tree.clip_target(new, index)
        return _target_key(before) != _target_key(after)

    def _of_layer(self, old: Layer, new: Layer, below: Region) -> Region:
        if old is new and not (isinstance(new, Group) and new.pass_through):
            return NOTHING
        if not old.visible and not new.visible:
            return NOTHING
        if self._looks_other(old, new):
            return Region([self._either(old, new)])
        if isinstance(old, Group) and isinstance(new, Group):
            under = below if new.pass_through else NOTHING
            wide = self.canvas.grow(effects.reach(new))
            inside = replace(self, outer=joined(self.outer, new.transform), canvas=wide)
            inner = inside.of_list(old.children, new.children, under)
        else:
            inner = self._pixels(old, new)
        part = inner.unite(self._mask_change(old, new))
        if part and new.tracks:
            return Region([self._either(old, new)])
        return part.grow(effects.reach(new)).intersect(self.canvas)

    def _looks_other(self, old: Layer, new: Layer) -> bool:
        """Whether all of the layer may show a change, not only its exchanged tiles."""
        if type(old) is not type(new) or old.visible != new.visible or old.clipping != new.clipping:
            return True
        if any(getattr(old, name, None) != getattr(new, name, None) for name in _LOOK):
            return True
        if isinstance(old, Fill | Filter) and isinstance(new, Fill | Filter):
            return old.recipe != new.recipe
        return False

    def _either(self, old: Layer, new: Layer) -> Rect:
        first = bounds_of(old, self.canvas, self.outer) if old.visible else EMPTY
        return first.unite(bounds_of(new, self.canvas, self.outer) if new.visible else EMPTY)

    def _pixels(self, old: Layer, new: Layer) -> Region:
        before, after = _shown(old), _shown(new)
        if before is after:
            return NOTHING
        if before is None or after is None:
            return Region([self._either(old, new)])
        extent = _extent(old, before).unite(_extent(new, after))
        return _tiles(before, after, joined(self.outer, new.transform), extent, new.warp)

    def _mask_change(self, old: Layer, new: Layer) -> Region:
        before, after = _mask(old), _mask(new)
        if before is after:
            return NOTHING
        if before.default != after.default:
            return Region([self._either(old, new)])
        transform = joined(self.outer, new.transform)
        region = _tiles(before, after, transform, None)
        return region if new.effects else region.intersect(self._either(old, new))


def _target_key(base: Layer | None) -> tuple[str, bool]:
    return ("", True) if base is None else (base.id, base.visible)


_EVERYTHING = Mask(default=1.0)


def _mask(layer: Layer) -> Mask:
    return layer.mask if layer.mask is not None and layer.mask_enabled else _EVERYTHING


def _shown(layer: Layer) -> TileGrid | None:
    return layer.result if isinstance(layer, Filter) else pixels_of(layer)


def _tiles(old: TileGrid, new: TileGrid, transform: Affine, extent: Rect | None, bends: Warp = ()) -> Region:
    """Tiles that differ, in document pixels; ``extent``: the part of the layer outside which nothing shows."""
    straight = not bends and is_integer_move(
        transform
    )  # a block that is turned has a larger box than its tiles
    rects = _blocks(old.diff(new)) if straight else [Rect.of_tile(key) for key in old.diff(new)]
    if extent is not None:
        rects = [rect.intersect(extent) for rect in rects]
    return Region(_placed(rect, transform, bends) for rect in rects)


def _blocks(keys: set[TileKey]) -> list[Rect]:
    """Rectangles of whole tiles that cover exactly ``keys``: runs of a row, joined to equal ones of the row before.

    A step that changes all of a large layer is one rectangle, not hundreds.
    """
    open_runs: dict[tuple[int, int], tuple[int, int]] = {}
    blocks: list[Rect] = []
    rows: dict[int, list[int]] = {}
    for column, row in keys:
        rows.setdefault(row, []).append(column)
    for row in sorted(rows):
        runs = _runs(sorted(rows[row]))
        for run, (_, end) in list(open_runs.items()):
            if run not in runs or end != row:
                blocks.append(_of_tiles(run, open_runs.pop(run)))
        for run in runs:
            top = open_runs[run][0] if run in open_runs else row
            open_runs[run] = top, row + 1
    return blocks + [_of_tiles(run, span) for run, span in open_runs.items()]


def _runs(columns: list[int]) -> list[tuple[int, int]]:
    """(first, end) of each gapless run of ascending numbers."""
    starts = [i for i, column in enumerate(columns) if not i or columns[i - 1] != column - 1]
    ends = [*starts[1:], len(columns)]
    return [(columns[start], columns[end - 1] + 1) for start, end in zip(starts, ends, strict=True)]


def _of_tiles(columns: tuple[int, int], rows: tuple[int, int]) -> Rect:
    return Rect(columns[0] * TILE, rows[0] * TILE, columns[1] * TILE, rows[1] * TILE)


def _placed(rect: Rect, transform: Affine, bends: Warp = ()) -> Rect:
    """The rectangle of the document that ``rect`` of the layer can touch, resampling kernels included."""
    if rect.empty:
        return EMPTY
    if bends:
        left, top, right, bottom = warp.bounds(bends, rect.grow(2))
        rect = Rect(math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom)).grow(4)
    a, b, c, d, tx, ty = transform
    if is_integer_move(transform):
        return rect.move(int(tx), int(ty))
    corners = [(x, y) for x in (rect.left, rect.right) for y in (rect.top, rect.bottom)]
    columns = [a * x + c * y + tx for x, y in corners]
    rows = [b * x + d * y + ty for x, y in corners]
    # Lanczos reaches four source pixels when enlarging and about as many document pixels when shrinking
    margin = math.ceil(4 * max(1.0, abs(a) + abs(c), abs(b) + abs(d)))
    box = Rect(math.floor(min(columns)), math.floor(min(rows)), math.ceil(max(columns)), math.ceil(max(rows)))
    return box.grow(margin)


def _steady(places: list[int]) -> set[int]:
    """The longest increasing run of old places: these layers kept their order; the others were moved among them."""
    if all(first < second for first, second in pairwise(places)):
        return set(places)
    best: list[list[int]] = []
    for place in places:
        longest = max((run for run in best if run[-1] < place), key=len, default=[])
        best.append([*longest, place])
    return set(max(best, key=len, default=[]))


def tiles_of(artwork: Artwork) -> Mapping[int, TileGrid]:
    """Every surface and mask that the artwork holds, shown or not, by identity: layers, variants, tray, selection."""
    grids: dict[int, TileGrid] = {}

    def keep(grid: TileGrid | None) -> None:
        if grid is not None:
            grids[id(grid)] = grid

    keep(artwork.selection)
    for saved in artwork.saved_selections:
        keep(saved.mask)
    for layer in artwork.walk():
        keep(layer.mask)
        keep(_shown(layer))
        if isinstance(layer, Generated):
            for variant in (*layer.variants, *layer.dropped):
                keep(variant.surface)
    return grids
