"""What is selected repaired from a chosen place: Poisson cloning on any layer that can be painted on, mask included."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Literal

import msgspec
import numpy as np

from studio.document import edits, lifting, placing, selecting, tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Filter, Group, Layer, Paint, inverse, is_integer_move
from studio.document.painting import mask_of
from studio.raster.brush import Sample
from studio.raster.colour import as_type
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.resample import resize
from studio.raster.selecting.contours import CoarseMasks, coarse_loops
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis.cloning import PREVIEW_TOLERANCE, Clone
from studio.synthesis.fusion import finite
from studio.workspace import fusing, live_cloning, repairing
from studio.workspace.live_frames import Frame

if TYPE_CHECKING:
    from studio.render.renderer import Renderer

QUICK_MASK = QT_TRANSLATE_NOOP(
    "document", "The quick mask is painted on now. Leave it, then the patch tool repairs what is selected."
)
NOTHING_SELECTED = QT_TRANSLATE_NOOP("document", "Nothing is selected. Draw around the flaw first.")
NO_SOURCE = QT_TRANSLATE_NOOP(
    "document",
    "There are no pixels at that place to repair from. Drag the selection onto a part that holds some.",
)
MASK_NOT_STRAIGHT = QT_TRANSLATE_NOOP(
    "document", "The mask of a layer that is turned or bent cannot be patched. Apply its transform first."
)
Offset = tuple[int, int]
_MOST_OUTLINES = 16
_RIM = 2
"""Pixels around the flaw whose colours the patch is brought to."""


class Target(msgspec.Struct, frozen=True, eq=False):
    """``artwork``: with the layer that is written to, which may be new. ``part``: its pixels or its mask.

    ``seen``: what is taken from, in document pixels; None where the mask itself is.
    """

    artwork: Artwork
    layer_id: str
    part: Literal["surface", "mask"]
    seen: Artwork | None


def target_of(artwork: Artwork, sample: Sample) -> Target:
    """Where a patch lands and what it takes from. A layer that is turned or bent, or has no pixels of its own, is repaired
    by a paint layer above it. Raises EditError for a locked or hidden layer, a quick mask, no selection."""
    if artwork.quick_mask:
        raise EditError(QUICK_MASK)
    if artwork.selection is None:
        raise EditError(NOTHING_SELECTED)
    active = artwork.active_layer
    found, layer_id, part = edits.paint_target(artwork)
    if part == "mask":
        layer = tree.require(found, layer_id)
        if layer.warp or not is_integer_move(edits.transform_of(found, layer_id)):
            raise EditError(MASK_NOT_STRAIGHT)
        return Target(found, layer_id, "mask", None)
    lowest = artwork.find(layer_id) or active
    seen = _seen(artwork, active, lowest, sample)
    if not is_integer_move(edits.transform_of(found, layer_id)):
        found, layer_id = _straight_above(found, layer_id)
    return Target(found, layer_id, "surface", seen)


def _seen(artwork: Artwork, active: Layer | None, top: Layer | None, sample: Sample) -> Artwork:
    """``top``: the layer that is written to where there is one already, so that a patch can be patched again."""
    if active is None or top is None or sample == "all":
        return artwork
    if sample == "this-and-below" or isinstance(active, Filter):
        return selecting.up_to(artwork, top.id)
    if isinstance(active, Paint):  # its bare pixels, for they are what is written
        bare = Paint(
            id=active.id,
            name=active.name,
            surface=active.surface,
            transform=active.transform,
            warp=active.warp,
        )
        return artwork.with_(layers=(fusing.alone(artwork, bare),))
    return artwork.with_(layers=(fusing.alone(artwork, active),))


def _straight_above(artwork: Artwork, layer_id: str) -> tuple[Artwork, str]:
    """A new paint layer above, whose pixels are those of the document."""
    new = Paint(name=QT_TRANSLATE_NOOP("layer-names", "Paint"), surface=Surface(dtype=artwork.dtype))
    outer = placing.outer_of(artwork, layer_id)
    new = new.with_(transform=inverse(outer))
    return edits.add_layer(artwork, new, above=layer_id), new.id


def _flaw(artwork: Artwork) -> Rect:
    """Where something is selected on the canvas. Raises EditError for nothing."""
    selection = artwork.selection
    assert selection is not None
    area = artwork.rect if selection.default else placing.content_of(selection).intersect(artwork.rect)
    if area.empty:
        raise EditError(NOTHING_SELECTED)
    return area


class Patch:
    """One drag: solved at preview size for each place. Only :meth:`frame` runs on the render lane."""

    def __init__(self, renderer: Renderer, artwork: Artwork, sample: Sample, *, mixed: bool) -> None:
        """Raises EditError."""
        self._renderer, self._before = renderer, artwork
        self._target = target_of(artwork, sample)
        self._flaw = _flaw(artwork)
        self._size = live_cloning.size_for(self._flaw, _RIM)
        self._clone = Clone(mixed=mixed, tolerance=PREVIEW_TOLERANCE)
        self._known: tuple[np.ndarray, np.ndarray] | None = None
        self._stage: tuple[Artwork, str] | None = None
        box = self._flaw
        corners = ((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))
        self.outlines: tuple[tuple[tuple[float, float], ...], ...] = (corners,)
        """Polygons around what is selected, in document pixels; its box until the first frame is there."""

    def frame(self, offset: Offset) -> Frame:
        """The artwork with the flaw repaired from ``offset`` pixels away; None where there is nothing to take from."""
        size = self._size
        if self._known is None:
            cover = self._cover()
            self.outlines = _outlines(cover, size.area, size.level)
            backdrop = _read(self._renderer, self._target, size.area, size.level)
            self._known = size.made(cover), size.made(backdrop)
            yield
        cover, backdrop = self._known
        source = size.made(_read(self._renderer, self._target, size.moved(offset), size.level))
        yield
        inside = (cover > 0).astype(np.float32)
        pixels = yield from live_cloning.silently(self._clone.part(backdrop, source, inside))
        if not pixels[..., 3].any():
            return None
        return self._shown(pixels, cover)

    def _cover(self) -> np.ndarray:
        """How much of each pixel of the level is selected, float32 [h, w]."""
        selection = self._before.selection
        assert selection is not None
        return CoarseMasks().read(selection, self._size.area, self._size.level)

    def _shown(self, pixels: np.ndarray, cover: np.ndarray) -> Artwork:
        if self._target.part == "mask":
            whole = self._size.area.from_level(self._size.level)
            wide, high = whole.width, whole.height
            values = resize(np.ascontiguousarray(pixels[..., 0]), wide, high, "linear")
            share = resize((pixels[..., 3] > 0) * cover, wide, high, "linear")
            return _masked(self._target, whole, values, share)
        if self._stage is None:
            self._stage = _staged(self._target)
        artwork, layer_id = self._stage
        return live_cloning.laid(artwork, layer_id, pixels * cover[..., None], self._size)


def _outlines(cover: np.ndarray, area: Rect, level: int) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The largest closed outlines of what is selected, in document pixels."""
    loops = coarse_loops(cover, area.left, area.top, 1 << level)
    largest = sorted(loops, key=len, reverse=True)[:_MOST_OUTLINES]
    return tuple(tuple((float(x), float(y)) for x, y in one) for one in largest)


def _staged(target: Target) -> tuple[Artwork, str]:
    """(artwork, id of a paint layer in it that only the preview uses): above the layer's own pixels, in its place."""
    layer = tree.require(target.artwork, target.layer_id)
    assert isinstance(layer, Paint)
    shown = Paint(name=layer.name, surface=Surface(dtype=target.artwork.dtype))
    below = Paint(name=layer.name, surface=layer.surface)
    shared = {name: getattr(layer, name) for name in lifting.SHARED}
    group = Group(**shared, children=(below, shown))
    return tree.rewrite(target.artwork, layer.id, lambda _: (group,)), shown.id


def _read(renderer: Renderer, target: Target, area: Rect, level: int) -> np.ndarray:
    """What is taken from in ``area`` (pixels of the level), premultiplied float32 [h, w, 4]; of a mask three equal values."""
    if target.seen is not None:
        return finite(renderer.compose(target.seen, area, level))
    whole = area.from_level(level)
    values = resize(_mask_values(target, whole), area.width, area.height, "area")
    return np.dstack((values, values, values, np.ones_like(values)))


def _mask_values(target: Target, rect: Rect) -> np.ndarray:
    mask, (x, y) = _mask(target)
    return mask.read(rect.move(-x, -y)).astype(np.float32)


def _mask(target: Target) -> tuple[Mask, Offset]:
    """The mask, and by how much its layer is moved."""
    transform = edits.transform_of(target.artwork, target.layer_id)
    return mask_of(target.artwork, target.layer_id)[1], (int(transform[4]), int(transform[5]))


def _masked(target: Target, rect: Rect, values: np.ndarray, share: np.ndarray) -> Artwork:
    """The layer's mask with ``values`` laid over ``rect`` of the document, as far as ``share`` says."""
    mask, (x, y) = _mask(target)
    old = _mask_values(target, rect)
    new = np.clip(old + share * (values - old), 0, 1).astype(np.float16)
    written = mask.write(rect.move(-x, -y), new)
    return edits.change(target.artwork, target.layer_id, mask=written, mask_enabled=True)


def patched(
    renderer: Renderer, artwork: Artwork, *, sample: Sample, mixed: bool, offset: Offset
) -> repairing.Steps:
    """What is selected, repaired from ``offset`` pixels away: old + s · (new − old), exactly. Raises EditError."""
    target = target_of(artwork, sample)
    area = _flaw(artwork).grow(_RIM)
    assert artwork.selection is not None
    backdrop = yield from _read_in_steps(renderer, target, area, 0.0)
    source = yield from _read_in_steps(renderer, target, area.move(*offset), 0.15)
    cover = artwork.selection.read(area).astype(np.float32)
    work = Clone(mixed=mixed).part(backdrop, source, (cover > 0).astype(np.float32))
    while True:
        try:
            part = next(work)
        except StopIteration as end:
            pixels = end.value
            break
        yield 0.3 + 0.6 * part
    known = pixels[..., 3] > 0
    if not known.any():
        raise EditError(NO_SOURCE)
    if target.part == "mask":
        return _masked(target, area, pixels[..., 0], known * cover)
    layer = tree.require(target.artwork, target.layer_id)
    assert isinstance(layer, Paint)
    x, y = (round(value) for value in edits.transform_of(target.artwork, layer.id)[4:])
    there = area.move(-x, -y)
    own = layer.surface.read(there).astype(np.float32)
    new = as_type(np.where(known[..., None], pixels, own), artwork.dtype)
    return edits.apply_pixels(target.artwork, layer.id, there, new)


def _read_in_steps(
    renderer: Renderer, target: Target, area: Rect, done: float
) -> Generator[float, None, np.ndarray]:
    """The same as :func:`_read` at full size, in strips, so that it can be stopped."""
    parts = []
    for top in range(area.top, area.bottom, 256):
        strip = Rect(area.left, top, area.right, min(top + 256, area.bottom))
        parts.append(_read(renderer, target, strip, 0))
        yield done + 0.15 * (strip.bottom - area.top) / area.height
    return np.concatenate(parts)
