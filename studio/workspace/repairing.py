"""Repair of the active layer as one step on the render lane: filled from around, background away, seamless, scaled by content."""

from __future__ import annotations

from collections.abc import Generator
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import numpy as np

from studio.document import edits, placing, selecting, tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import IDENTITY, Filter, Paint, is_integer_move
from studio.jobs.aside import aside, beside
from studio.raster.colour import as_type
from studio.raster.geometry import TILE, Rect, tile_keys
from studio.raster.mask import Mask
from studio.raster.stopping import heed
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.synthesis import carving, flaws, patchmatch, seamless
from studio.synthesis.heal import METHODS
from studio.synthesis.problems import EMPTY, HealError
from studio.workspace import imaging, merging
from studio.workspace.repair_target import Target, laid, read_in_steps, target_of

if TYPE_CHECKING:
    from studio.render.renderer import Renderer
    from studio.synthesis.rework import Seamless
    from studio.workspace.studio import Studio

Steps = Generator["float | Artwork", None, Artwork]
FILL = QT_TRANSLATE_NOOP("history", "Fill from surroundings")
SEAMLESS = QT_TRANSLATE_NOOP("history", "Make seamless")
SCALE = QT_TRANSLATE_NOOP("history", "Content-aware scale")
SELECT_FLAWS = QT_TRANSLATE_NOOP("history", "Select scratches and dust")
NOT_PAINT = QT_TRANSLATE_NOOP(
    "document", "Repairs change the pixels of a paint layer. Choose one, or rasterise this layer first."
)
NO_PIXELS = QT_TRANSLATE_NOOP(
    "document",
    "This layer is empty: there is nothing on it to repair from. Choose another one in the Layers panel.",
)
NO_FLAWS = QT_TRANSLATE_NOOP("document", "No scratches and no dust were found.")
_LEAST_REACH = 256
_SAME = 1e-4
"""Pixels that a repair has changed by no more are left as they are."""


def target(artwork: Artwork) -> Paint:
    """The active paint layer. Raises EditError for anything else, for an empty, and for a locked or hidden one."""
    layer = artwork.active_layer
    if not isinstance(layer, Paint) or artwork.quick_mask or artwork.edits_mask:
        raise EditError(NOT_PAINT)
    edits.paint_target(artwork)
    if not layer.surface:
        raise EditError(NO_PIXELS)
    return layer


def area_of(artwork: Artwork, layer: Paint) -> Rect:
    """The canvas in layer pixels; of a layer that is turned or bent all of its own pixels."""
    transform = edits.transform_of(artwork, layer.id)
    if layer.warp or not is_integer_move(transform):
        return layer.surface.bounds
    return artwork.rect.move(-int(transform[4]), -int(transform[5]))


class Workpiece(msgspec.Struct, frozen=True, eq=False):
    """What a repair works on: ``area`` in the pixels in which it is done, those of a paint layer or else of the document.

    ``held``: the pixels of the area where they are not those of the layer ``layer_id`` of ``artwork``; then ``target`` is
    where what has changed of them is laid. ``kept``: the column, in these pixels, left of which everything stays as it is.
    """

    artwork: Artwork
    layer_id: str
    area: Rect
    held: np.ndarray | None = None
    target: Target | None = None
    kept: int | None = None

    def chosen(self, selection: Mask | None) -> Mask | None:
        """A selection in these pixels; None for everything."""
        if selection is None or self.target is not None:
            return selection
        return edits.selection_in_layer(self.artwork.with_(selection=selection), self.layer_id)

    def read(self, rect: Rect) -> np.ndarray:
        """Premultiplied float32 [h, w, 4]; of a mask three equal values."""
        if self.held is None:
            layer = tree.require(self.artwork, self.layer_id)
            assert isinstance(layer, Paint)
            return pixels_of(layer.surface, rect)
        part = rect.move(-self.area.left, -self.area.top)
        return self.held[part.top : part.bottom, part.left : part.right]

    def put(self, rect: Rect, pixels: np.ndarray) -> Artwork:
        """With ``pixels`` there, inside the selection and right of what is kept."""
        if self.kept is not None and self.kept > rect.left:
            column = self.kept - rect.left
            pixels = np.concatenate((self.read(rect)[:, :column], pixels[:, column:]), axis=1)
        if self.target is None:
            artwork = self.artwork
            for part, rows in _bands(rect):
                heed()
                new = as_type(pixels[rows], artwork.dtype)
                artwork = edits.apply_pixels(artwork, self.layer_id, part, new)
            return artwork
        changed = (np.abs(pixels - self.read(rect)).max(axis=-1) > _SAME).astype(np.float32)
        return laid(self.target, rect, pixels, changed)


def pixels_of(surface: Surface, rect: Rect) -> np.ndarray:
    """Premultiplied float32 [h, w, 4]. Raises Stopped."""
    out = np.empty((rect.height, rect.width, 4), np.float32)
    for part, rows in _bands(rect):
        heed()
        out[rows] = surface.read(part)
    return out


def _bands(rect: Rect) -> list[tuple[Rect, slice]]:
    """``rect`` cut along rows of tiles, and which of its rows these are."""
    tops = [rect.top, *range((rect.top // TILE + 1) * TILE, rect.bottom, TILE)]
    return [
        (rect._replace(top=top, bottom=bottom), slice(top - rect.top, bottom - rect.top))
        for top, bottom in pairwise([*tops, rect.bottom])
    ]


def workpiece(artwork: Artwork, renderer: Renderer | None) -> Generator[float, None, Workpiece]:
    """The active paint layer in its own pixels, however it lies; with a ``renderer`` a mask as a picture of greys, and any other
    layer with something to see as it looks alone, which is repaired by a paint layer above it. Raises EditError."""
    layer = artwork.active_layer
    other = artwork.edits_mask or not isinstance(layer, Paint | Filter)
    if layer is None or renderer is None or not other:
        paint = target(artwork)
        return Workpiece(artwork, paint.id, area_of(artwork, paint))
    found = target_of(artwork, "layer")
    held = yield from read_in_steps(renderer, found, artwork.rect, 0.0)
    if found.part == "surface" and not held[..., 3].any():
        raise EditError(NO_PIXELS)
    return Workpiece(found.artwork, found.layer_id, artwork.rect, held, found)


def answered(work: Generator[Any, None, Any]) -> Generator[Any, None, Any]:
    """The steps of a repair, driven beside the lane, its refusals as those of an edit."""
    try:
        return (yield from aside(work, 0.0))
    except HealError as error:
        raise EditError(error.text) from None


# ---- fill from surroundings


class Filling(msgspec.Struct, frozen=True, kw_only=True):
    """How a hole is filled: a method of ``METHODS``, its parameters (None: as declared), and the id of the saved selection
    that is taken from (empty: everywhere)."""

    method: str = "patchmatch"
    values: msgspec.Struct | None = None
    source: str = ""


def fill(studio: Studio, how: Filling = Filling()) -> None:  # noqa: B008 - frozen
    """What is selected of the active layer, filled from what is around it; PatchMatch shows its first guess early."""
    picture = studio.current
    if picture is not None:
        renderer = picture.renderer
        imaging.in_background(studio, FILL, lambda artwork: filled(artwork, how, renderer))


def filled(
    artwork: Artwork,
    how: Filling = Filling(),  # noqa: B008 - frozen
    renderer: Renderer | None = None,
    *,
    half: bool = False,
) -> Steps:
    """A paint layer in its own pixels; with a ``renderer`` a mask too, and any other layer by a new one above it.

    ``half``: the left half of the hole is shown as it was, though all of it is filled; for a look at both.
    """
    whole = yield from workpiece(artwork, renderer)
    kind = METHODS[how.method]
    values = how.values or kind.parameters()
    mask = whole.chosen(artwork.selection)
    if mask is None:
        raise EditError(EMPTY)
    area = whole.area
    if mask.default == 0:
        area = area.intersect(mask.bounds)
    marked = yield from beside(lambda: mask.read(area) > 0, 0.0)
    rows, columns = np.flatnonzero(marked.any(1)), np.flatnonzero(marked.any(0))
    if not len(rows):
        raise EditError(EMPTY)
    hole = Rect(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1).move(
        area.left, area.top
    )
    if half:
        whole = msgspec.structs.replace(whole, kept=(hole.left + hole.right) // 2)
    saved = next((one for one in artwork.saved_selections if one.id == how.source), None)
    source = None if saved is None else whole.chosen(saved.mask)
    around = whole.area
    if source is None:
        around = around.intersect(hole.grow(_room(hole, values)))
    sampled = None if source is None else source.read(around).astype(np.float32)
    pixels = yield from beside(lambda: whole.read(around), 0.0)
    gone = yield from beside(lambda: mask.read(around) > 0, 0.0)
    return (yield from _put(whole, around, kind.repair(pixels, gone, values, sampled)))


def _put(whole: Workpiece, rect: Rect, repair: Generator[Any, None, np.ndarray]) -> Steps:
    """The artwork with what a repair of ``rect`` makes, each guess of it beforehand; all of it beside the lane."""

    def work() -> Generator[float | Artwork, None, Artwork]:
        while True:
            try:
                step = next(repair)
            except StopIteration as end:
                return whole.put(rect, end.value)
            yield whole.put(rect, step.pixels) if isinstance(step, patchmatch.Guess) else step

    return answered(work())


def _room(hole: Rect, values: msgspec.Struct) -> int:
    """How far around the hole pixels may be wanted."""
    named = (abs(getattr(values, name, 0)) for name in ("reach", "x", "y"))
    return max(hole.width, hole.height, _LEAST_REACH, *named)


# ---- seamless


def make_seamless(studio: Studio, values: Seamless | None = None) -> None:
    """The active layer so that the picture can be laid side by side; ``values`` None: repaired, in a band that suits it."""
    picture = studio.current
    if picture is not None:
        renderer = picture.renderer
        imaging.in_background(studio, SEAMLESS, lambda artwork: made_seamless(artwork, values, renderer))


def made_seamless(
    artwork: Artwork, values: Seamless | None = None, renderer: Renderer | None = None
) -> Steps:
    """As :func:`make_seamless`, of what :func:`workpiece` takes. Raises EditError where there is nothing to make it of."""
    whole = yield from workpiece(artwork, renderer)
    area = whole.area
    options: dict[str, Any] = {"band": band_of(area.width, area.height)}
    if values is not None:
        options = msgspec.structs.asdict(values)
    pixels = yield from beside(lambda: whole.read(area), 0.0)
    work = answered(seamless.seamless(pixels, **options))
    while True:
        try:
            step = next(work)
        except StopIteration as end:
            new = end.value
            break
        if isinstance(step, float):
            yield step
    return (yield from beside(lambda: whole.put(area, new), 1.0))


def halved(before: Artwork, after: Artwork) -> Artwork:
    """``after`` whose active paint layer is as in ``before`` in its left half, and not there where it is a new one; itself where
    that layer is another."""
    old, new = before.active_layer, after.active_layer
    if isinstance(new, Paint) and before.find(new.id) is None and new.transform == IDENTITY:
        area = new.surface.bounds
        left = Rect(area.left, area.top, max(area.left, min(before.width // 2, area.right)), area.bottom)
        nothing = np.zeros((left.height, left.width, 4), new.surface.dtype)
        return edits.write_surface(after, new.id, new.surface.write(left, nothing)) if left.width else after
    if not isinstance(old, Paint) or not isinstance(new, Paint) or old.id != new.id:
        return after
    area = area_of(before, old).unite(old.surface.bounds).unite(new.surface.bounds)
    seen = area_of(before, old)
    left = Rect(area.left, area.top, (seen.left + seen.right) // 2, area.bottom)
    return edits.write_surface(after, new.id, new.surface.write(left, old.surface.read(left)))


def band_of(width: int, height: int) -> int:
    """How wide a strip along the edges is made anew, in pixels."""
    return max(8, min(64, min(width, height) // 8))


# ---- content-aware scale

NOTHING, SELECTION = "", "selection"
"""Of what marks a part of the picture: nothing, and what is selected; else ``saved:`` or ``layer:`` with an id."""
SAME = QT_TRANSLATE_NOOP(
    "document", "The same cannot be kept and removed. Choose another selection or layer for one of them."
)
_SIDE = {"low": 1, "high": 16384, "soft_high": 4096, "unit": "px"}


class ContentScale(msgspec.Struct, frozen=True, kw_only=True):
    """The new size of the active layer's pixels; ``keep`` and ``remove`` name what marks the parts that are kept or go first."""

    width: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Width"), **_SIDE)] = 1024
    height: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Height"), **_SIDE)] = 1024
    keep: str = SELECTION
    remove: str = NOTHING


class Marker(msgspec.Struct, frozen=True):
    """What can mark a part of the picture: a saved selection, or a layer by where it is opaque."""

    key: str
    name: str
    layer: bool


def markers(artwork: Artwork) -> list[Marker]:
    """Saved selections, then layers from the top; not the layer that is scaled itself, and nothing without pixels."""
    found = [Marker(f"saved:{one.id}", one.name, False) for one in artwork.saved_selections]
    for layer in reversed(list(artwork.walk())):
        if layer.id != artwork.active and not isinstance(layer, Filter):
            found.append(Marker(f"layer:{layer.id}", layer.name, True))
    return found


def size_now(studio: Studio) -> ContentScale:
    """The size that the layer has."""
    layer = studio.layers.active
    if not isinstance(layer, Paint) or not layer.surface:
        return ContentScale()
    bounds = (
        layer.surface.bounds
        if studio.current is None
        else content_of(studio.current.document.committed, layer)
    )
    return ContentScale(width=min(bounds.width, 16384), height=min(bounds.height, 16384))


def content_of(artwork: Artwork, layer: Paint) -> Rect:
    """What of the layer lies on the canvas, or all of it where it is turned."""
    return placing.content_of(layer.surface).intersect(area_of(artwork, layer))


def scale(studio: Studio, values: ContentScale) -> None:
    """The active layer's pixels at another size by seam carving; its upper left corner stays."""
    picture = studio.current
    if picture is not None:
        renderer = picture.renderer
        imaging.in_background(studio, SCALE, lambda artwork: scaled(artwork, values, renderer))


def scaled(artwork: Artwork, values: ContentScale, renderer: Renderer) -> Steps:
    """Raises EditError also for what marks a part and is there no more."""
    layer = target(artwork)
    area = content_of(artwork, layer)
    if area.empty:
        raise EditError(NO_PIXELS)
    if values.keep and values.keep == values.remove:
        raise EditError(SAME)
    keep = yield from _marked(artwork, layer, area, values.keep, renderer)
    remove = yield from _marked(artwork, layer, area, values.remove, renderer)
    pixels = yield from beside(lambda: pixels_of(layer.surface, area), 0.0)
    work = carving.carved(pixels, values.width, values.height, protect=keep, remove=remove)
    new = yield from answered(work)
    made = beside(lambda: Surface.from_pixels(as_type(new, artwork.dtype), area.left, area.top), 1.0)
    return edits.write_surface(artwork, layer.id, (yield from made))


def _marked(
    artwork: Artwork, layer: Paint, area: Rect, key: str, renderer: Renderer
) -> Generator[float, None, np.ndarray | None]:
    """What is marked of the layer's pixels in ``area``, float32 [h, w]; None for nothing."""
    kind, _, marker = key.partition(":")
    mask = artwork.selection
    if kind == "saved":
        mask = selecting.saved(artwork, marker).mask
    elif kind == "layer":
        tree.require(artwork, marker)
        steps = merging.alpha_of(renderer, artwork, merging.selected_alpha(artwork, marker, False))
        mask = yield from _quietly(steps)
    elif kind != SELECTION:
        mask = None
    if mask is None:
        return None
    own = edits.selection_in_layer(artwork.with_(selection=mask), layer.id)
    if own is None:
        return None
    return (yield from beside(lambda: own.read(area).astype(np.float32), 0.0))


def _quietly(steps: Generator[float, None, Mask]) -> Generator[float, None, Mask]:
    """Its steps, at which the work can be stopped, without its progress."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value
        yield 0.0


# ---- scratches and dust


def select_flaws(studio: Studio) -> None:
    """Selects what looks like scratches and dust in the picture as it is seen."""
    picture = studio.current
    if picture is None:
        return
    renderer = picture.renderer
    studio.selecting.make(SELECT_FLAWS, lambda artwork: flaws_of(renderer, artwork))


def flaws_of(renderer: Renderer, artwork: Artwork, **options: Any) -> Generator[None, None, Mask]:
    """``options``: those of :func:`studio.synthesis.flaws.flaws`. Raises EditError where there are none."""
    pixels = np.zeros((artwork.height, artwork.width, 4), np.float32)
    for key in tile_keys(artwork.rect):
        part = Rect.of_tile(key).intersect(artwork.rect)
        pixels[part.top : part.bottom, part.left : part.right] = renderer.compose(artwork, part)
        yield
    work = aside(flaws.flaws(pixels, **options), None)
    while True:
        try:
            next(work)
        except StopIteration as end:
            if not end.value.any():
                raise EditError(NO_FLAWS) from None
            return Mask(default=0.0).write(artwork.rect, end.value.astype(np.float16))
        yield
