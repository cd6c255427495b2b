"""What a filter used once changes: a layer's own pixels, its mask, or, on any other layer, a live filter clipped above it.

Pure functions. A filter that is tried is shown as a live filter over the same pixels, so that the canvas computes only
what is seen, at the level at which it is seen; used, it is computed once for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Literal

import msgspec
import numpy as np

from studio.document import edits, tree
from studio.document.artwork import Artwork
from studio.document.layer import IDENTITY, Filter, Group, Layer, Locks, Paint, is_integer_move
from studio.filters import FilterKind
from studio.filters.kind import Steps
from studio.jobs.aside import aside
from studio.raster.geometry import TILE, Rect, TileKey, tile_keys
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.tile import Tile
from studio.recipe import QT_TRANSLATE_NOOP, Stored
from studio.workspace.filter_laying import PLAIN, Laying, laid

Target = Literal["pixels", "mask", "layer"]

LOCKED = QT_TRANSLATE_NOOP("document", "This layer is locked. Unlock it in the Layers panel first.")
LUMA = (0.2126, 0.7152, 0.0722)
"""Weights by which the three channels that a filter makes of a mask become one again (ITU-R BT.709)."""
SMALL_REACH = TILE // 6
"""In pixels: up to it a filter works tile by tile, beyond it on larger parts, for what it reads around them."""


def target_of(artwork: Artwork, layer: Layer) -> Target:
    """What a filter on the layer changes.

    Pixels only of a paint layer that is neither bent, scaled nor turned: on others a blur that looks round would not be.
    """
    if artwork.edits_mask and layer.mask is not None:
        return "mask"
    if isinstance(layer, Paint) and not layer.warp and is_integer_move(edits.transform_of(artwork, layer.id)):
        return "pixels"
    return "layer"


def check(artwork: Artwork, layer: Layer) -> None:
    """Raises EditError where the layer, or a group around it, is locked."""
    path = tree.path_to(artwork, layer.id)
    own = path if target_of(artwork, layer) != "layer" else path[:-1]
    if any(one.locks.all for one in own):
        raise edits.EditError(LOCKED)


def with_filter_layer(artwork: Artwork, layer_id: str, new: Filter) -> Artwork:
    """A live filter directly above a layer, clipped to it, inside the selection; above a filter it acts on what that one does."""
    below = tree.require(artwork, layer_id)
    clipped = below.clipping if isinstance(below, Filter) else True
    added = edits.add_layer(artwork, new.with_(clipping=clipped), above=layer_id)
    return masked(added, new.id, artwork.selection)


class Tried:
    """A layer under a filter that is only tried: the same artwork again and again, with other values and another split.

    What does not change stays the same object, so that the canvas draws nothing twice.
    """

    def __init__(self, artwork: Artwork, layer: Layer, new: Filter) -> None:
        self._artwork = artwork
        self._id = new.id
        if target_of(artwork, layer) == "pixels":
            inside = layer.with_(
                id=f"{new.id}-pixels", opacity=1.0, mode="normal", mask=None, clipping=False, transform=IDENTITY, effects=(),
                tracks={}, locks=Locks(), visible=True,
            )  # fmt: skip
            # With the alpha locked a filter gives colours only, which is what a clipped one does.
            filtered_inside = new.with_(clipping=layer.locks.alpha)
            group = Group(
                id=layer.id, name=layer.name, visible=layer.visible, opacity=layer.opacity, mode=layer.mode, mask=layer.mask,
                mask_enabled=layer.mask_enabled, clipping=layer.clipping, locks=layer.locks, transform=layer.transform,
                effects=layer.effects, label=layer.label, children=(inside, filtered_inside), collapsed=True,
            )  # fmt: skip
            self._plain = tree.rewrite(artwork, layer.id, lambda _: (group,))
        else:
            self._plain = with_filter_layer(artwork, layer.id, new).with_(active=artwork.active)

    def shown(self, stored: Stored, split: float | None = None, laying: Laying = PLAIN) -> Artwork:
        """The artwork with the filter's values; ``split``: document x left of which all is as before."""
        selection = self._artwork.selection
        weight = selection if split is None else right_of(selection, self._artwork.rect, split)
        changed = edits.change(self._plain, self._id, recipe=stored, opacity=laying.opacity, mode=laying.mode)
        return masked(changed, self._id, weight)


def masked(artwork: Artwork, layer_id: str, weight: Mask | None) -> Artwork:
    """The artwork with a mask given in document pixels (None: as it is) as the mask of one of its layers."""
    if weight is None:
        return artwork
    inside = edits.selection_in_layer(artwork.with_(selection=weight), layer_id)
    return edits.change(artwork, layer_id, mask=inside, mask_enabled=True)


def right_of(mask: Mask | None, canvas: Rect, x: float) -> Mask:
    """What of a mask (None: everything) lies right of the document column ``x``; its tiles right of it are shared."""
    whole = Mask(default=1.0) if mask is None else mask
    edge = round(x)
    tiles = dict(whole.tiles)
    made: dict[int, Tile] = {}
    for key in tile_keys(canvas):
        place = Rect.of_tile(key)
        if place.left >= edge:
            continue
        known = whole.tile(key)
        name = 0 if place.right <= edge else id(known)
        if name not in made:
            pixels = np.zeros((TILE, TILE), np.float16)
            if name or place.right > edge:
                column = edge - place.left
                pixels[:, column:] = whole.read(place)[:, column:]
            made[name] = Tile(pixels)
        tiles[key] = made[name]
    return Mask(tiles, whole.default)


# ── computed once ────────────────────────────────────────────────────────────────────────────────────────────────────
def parts_of(area: Rect, reach: int) -> list[Rect]:
    """``area`` cut along tiles into parts for one step each: larger ones where much around them has to be read."""
    side = TILE * (1 if reach <= SMALL_REACH else 2 if reach <= TILE // 2 else 4)
    return [
        Rect(left, top, left + side, top + side).intersect(area)
        for top in range(area.top // side * side, area.bottom, side)
        for left in range(area.left // side * side, area.right, side)
    ]


def filtered(
    artwork: Artwork, layer: Paint, kind: FilterKind, value: msgspec.Struct, laying: Laying = PLAIN
) -> Generator[float, None, Surface]:
    """Filters a paint layer's pixels tile by tile, inside the selection; yields the part done, returns the new pixels.

    What lies outside the canvas stays as it is. A ``whole`` filter sees all of the canvas; one in halves goes through it twice,
    one that streams reads and gives it piece by piece, so that they take no more memory than a local one.
    """
    place = edits.transform_of(artwork, layer.id)
    x, y = (round(value) for value in place[4:])
    area = artwork.rect.move(-x, -y)
    if layer.warp or not is_integer_move(place):  # turned or bent: all of its own pixels
        area = layer.surface.bounds
    if kind.stream is not None and kind.needs_whole(value):
        made = _streamed(artwork, layer, kind, value, laying, area, (x, y))
        return (yield from made)
    reach = kind.reach(value, 0)
    found, told = None, _share(0, area)
    if kind.halves is not None:
        told = 0.1
        steps = aside(kind.measuring(Band(layer.surface, area), value), None)
        found = yield from _stepped(steps, told)
    changed = _changed(artwork, layer, kind, value, area, (x, y), found)
    if kind.halves is None and (kind.needs_whole(value) or reach):
        # large values make its steps long: the lane hears a stop meanwhile
        changed = aside(changed, 0.0)
    result = artwork
    for step in changed:
        if not isinstance(step, tuple):
            told = max(told, step)
            yield told
            continue
        part, source, pixels, told = step
        for piece in _pieces(part):
            made = laid(
                _view(source, piece, part), _view(pixels, piece, part), laying, keep_alpha=layer.locks.alpha
            )
            result = edits.apply_pixels(result, layer.id, piece, made.astype(artwork.dtype))
            yield told
        del step, source, pixels  # room for the next part
    return edits.surface_of(result, layer.id)


def _changed(
    artwork: Artwork,
    layer: Paint,
    kind: FilterKind,
    value: msgspec.Struct,
    area: Rect,
    move: tuple[int, int],
    found: object,
) -> Generator[float | tuple[Rect, np.ndarray, np.ndarray, float], None, None]:
    """Each part of the layer with its pixels before and after, and how much is then done; how much is, in between.

    Made by one thread for all of them: each new one would keep what memory it was given.
    """
    reach = kind.reach(value, 0)
    whole = kind.needs_whole(value) and kind.halves is None
    parts = [area] if whole else parts_of(area, reach)
    for done, part in enumerate(parts):
        around = part.grow(reach).intersect(area)
        source = np.empty((around.height, around.width, 4), np.float32)
        for piece in _pieces(around):
            _view(source, piece, around)[...] = layer.surface.read(piece)
            yield (done + 0.1) / len(parts)
        if kind.halves is not None:
            steps = kind.changing(source, value, found)
        else:
            steps = kind.steps(
                source, value, rect=around.move(*move), canvas=artwork.rect, wanted=part.move(*move)
            )
        pixels = yield from _stepped(steps, (done + 0.5) / len(parts))
        yield part, _view(source, part, around), _view(pixels, part, around), (done + 0.9) / len(parts)
        del source, pixels


def _streamed(
    artwork: Artwork,
    layer: Paint,
    kind: FilterKind,
    value: msgspec.Struct,
    laying: Laying,
    area: Rect,
    move: tuple[int, int],
) -> Generator[float, None, Surface]:
    """:func:`filtered` of a filter that gives its result piece by piece; ``move``: from the layer's pixels to the document's."""
    x, y = move
    picture = Placed(layer.surface.read, area.move(x, y), move)
    result, done, gathered = artwork, 0, Gathered(area)
    for step in aside(kind.streaming(picture, value, canvas=artwork.rect), None):
        if step is not None:
            rect, pixels = step
            part = rect.move(-x, -y)
            for piece in _pieces(part):
                source = layer.surface.read(piece).astype(np.float32)
                made = laid(source, _view(pixels, piece, part), laying, keep_alpha=layer.locks.alpha)
                for tile, pixels_of_it in gathered.with_piece(piece, made.astype(artwork.dtype)):
                    result = edits.apply_pixels(result, layer.id, tile, pixels_of_it)
                done += piece.width * piece.height
                yield _share(done, area)
        yield _share(done, area)
    return edits.surface_of(result, layer.id)


class Gathered:
    """Pieces of a picture, put together to the parts of ``area`` that lie in one tile. Written piece by piece a tile would be made
    anew with each of them, and the new ones would stand between holes in memory where the old ones were."""

    def __init__(self, area: Rect) -> None:
        self._area = area
        self._open: dict[TileKey, tuple[np.ndarray, int]] = {}

    def with_piece(self, rect: Rect, pixels: np.ndarray) -> Iterator[tuple[Rect, np.ndarray]]:
        """One more piece, [h, w, 4], none of which was there before; gives what has become whole."""
        for key in tile_keys(rect):
            whole = Rect.of_tile(key).intersect(self._area)
            part = rect.intersect(whole)
            if part == whole:
                yield whole, _view(pixels, whole, rect)
                continue
            if key not in self._open:
                empty = np.empty((whole.height, whole.width, 4), pixels.dtype)
                self._open[key] = empty, whole.width * whole.height
            held, missing = self._open.pop(key)
            _view(held, part, whole)[...] = _view(pixels, part, rect)
            missing -= part.width * part.height
            if missing:
                self._open[key] = held, missing
            else:
                yield whole, held


def _share(done: int, area: Rect) -> float:
    """Of pixels that are done; never none, and never all."""
    return 0.01 + 0.98 * done / max(1, area.width * area.height)


class Placed:
    """What ``read`` gives, in a layer's pixels, as a picture in document pixels that is read part by part."""

    def __init__(self, read: Callable[[Rect], np.ndarray], rect: Rect, move: tuple[int, int]) -> None:
        self.rect = rect
        self._read, self._back = read, (-move[0], -move[1])

    def read(self, rect: Rect) -> np.ndarray:
        """Premultiplied float32 [h, w, 4]."""
        return self._read(rect.move(*self._back)).astype(np.float32)


class Band:
    """A surface in ``area`` as a picture of rows, of which a band of tiles is held in memory at a time."""

    def __init__(self, surface: Surface, area: Rect) -> None:
        self.shape = (area.height, area.width, 4)
        self._surface, self._area = surface, area
        self._held, self._pixels = Rect(0, 0, 0, 0), surface.blank(0, 0)

    def __getitem__(self, rows: slice) -> np.ndarray:
        """Premultiplied float32 [h, w, 4]."""
        area = self._area
        top, bottom = area.top + rows.start, area.top + rows.stop
        if top < self._held.top or bottom > self._held.bottom:
            end = min(area.bottom, max(bottom, top + TILE))
            self._held = Rect(area.left, top, area.right, end)
            self._pixels = self._surface.read(self._held)
        return self._pixels[top - self._held.top : bottom - self._held.top].astype(np.float32)


def _pieces(rect: Rect) -> list[Rect]:
    """``rect`` cut along tiles into parts that are read or written in a few milliseconds."""
    return [
        Rect(left, top, left + 4 * TILE, top + TILE).intersect(rect)
        for top in range(rect.top // TILE * TILE, rect.bottom, TILE)
        for left in range(rect.left // TILE * TILE, rect.right, 4 * TILE)
    ]


def _view(pixels: np.ndarray, part: Rect, of: Rect) -> np.ndarray:
    inner = part.move(-of.left, -of.top)
    return pixels[inner.top : inner.bottom, inner.left : inner.right]


def _heard(steps: Steps, kind: FilterKind, value: msgspec.Struct) -> Steps:
    """``steps`` of a part; those of a filter that looks around, which large values make long, are taken beside the lane, which
    hears a stop meanwhile."""
    return aside(steps, None) if kind.needs_whole(value) or kind.reach(value, 0) else steps


def _stepped(steps: Steps, done: float) -> Generator[float, None, np.ndarray]:
    """``steps`` whose yields say how much is done."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value
        yield done


def filtered_mask(
    artwork: Artwork, layer: Layer, kind: FilterKind, value: msgspec.Struct, laying: Laying = PLAIN
) -> Generator[float, None, Mask]:
    """Filters a layer's mask as an opaque grey picture, inside the selection; yields the part done, returns the new mask.

    The three channels become one by :data:`LUMA`, times alpha. Values are cut to 0–1.
    """
    assert layer.mask is not None
    old = layer.mask
    transform = edits.transform_of(artwork, layer.id)
    straight = is_integer_move(transform) and not layer.warp
    x, y = (round(number) for number in transform[4:]) if straight else (0, 0)
    area = artwork.rect.move(-x, -y) if straight else old.bounds
    selection = edits.selection_in_layer(artwork, layer.id)
    canvas = artwork.rect if straight else area
    if kind.streams(value):
        picture = Placed(lambda rect: _as_grey(old.read(rect)), area.move(x, y), (x, y))
        result, finished = old, 0
        for step in aside(kind.streaming(picture, value, canvas=canvas), None):
            if step is not None:
                rect, pixels = step
                part = rect.move(-x, -y)
                for piece in _pieces(part):
                    made = laid(_as_grey(old.read(piece)), _view(pixels, piece, part), laying)
                    result = _with_grey(result, old, selection, piece, made)
                    finished += piece.width * piece.height
                    yield _share(finished, area)
            yield _share(finished, area)
        return result
    reach = kind.reach(value, 0)
    parts = [area] if kind.needs_whole(value) else parts_of(area, reach)
    result = old
    for done, part in enumerate(parts):
        around = part.grow(reach).intersect(area)
        grey = np.ones((around.height, around.width, 4), np.float32)
        for piece in _pieces(around):
            _view(grey, piece, around)[..., :3] = old.read(piece)[..., None]
            yield (done + 0.1) / len(parts)
        steps = kind.steps(grey, value, rect=around.move(x, y), canvas=canvas, wanted=part.move(x, y))
        steps = _heard(steps, kind, value)
        pixels = yield from _stepped(steps, (done + 0.5) / len(parts))
        for piece in _pieces(part):
            made = laid(_view(grey, piece, around), _view(pixels, piece, around), laying)
            result = _with_grey(result, old, selection, piece, made)
            yield (done + 0.9) / len(parts)
    return result


def _as_grey(values: np.ndarray) -> np.ndarray:
    """A mask's values [h, w] as opaque grey, float32 [h, w, 4]."""
    grey = np.ones((*values.shape, 4), np.float32)
    grey[..., :3] = values[..., None]
    return grey


def _with_grey(result: Mask, old: Mask, selection: Mask | None, piece: Rect, made: np.ndarray) -> Mask:
    """The mask with grey pixels in ``piece``, inside the selection; the same one where they change nothing."""
    new = np.clip(made[..., :3] @ np.asarray(LUMA, np.float32), 0.0, 1.0)
    before = old.read(piece).astype(np.float32)
    if selection is not None:
        new = before + selection.read(piece).astype(np.float32) * (new - before)
    if np.array_equal(new.astype(np.float16), before.astype(np.float16)):
        return result
    return result.write(piece, new.astype(np.float16))
