"""What is selected repaired from a chosen place: Poisson cloning on any layer that can be painted on, mask included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.document import edits, lifting, placing, tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Group, Paint
from studio.raster.brush import Sample
from studio.raster.colour import as_type
from studio.raster.geometry import Rect
from studio.raster.resample import resize
from studio.raster.selecting.contours import CoarseMasks, coarse_loops
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis.cloning import PREVIEW_TOLERANCE, Clone
from studio.workspace import live_cloning, repairing
from studio.workspace.live_frames import Frame
from studio.workspace.repair_target import Offset, Target, masked, read, read_in_steps, target_of

if TYPE_CHECKING:
    from studio.render.renderer import Renderer

NOTHING_SELECTED = QT_TRANSLATE_NOOP("document", "Nothing is selected. Draw around the flaw first.")
NO_SOURCE = QT_TRANSLATE_NOOP(
    "document",
    "There are no pixels at that place to repair from. Drag the selection onto a part that holds some.",
)
_MOST_OUTLINES = 16
_RIM = 2
"""Pixels around the flaw whose colours the patch is brought to."""


def _target_of(artwork: Artwork, sample: Sample) -> Target:
    """Raises EditError, also where nothing is selected."""
    if artwork.selection is None and not artwork.quick_mask:
        raise EditError(NOTHING_SELECTED)
    return target_of(artwork, sample)


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
        self._target = _target_of(artwork, sample)
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
            backdrop = read(self._renderer, self._target, size.area, size.level)
            self._known = size.made(cover), size.made(backdrop)
            yield
        cover, backdrop = self._known
        source = size.made(read(self._renderer, self._target, size.moved(offset), size.level))
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
            return masked(self._target, whole, values, share)
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


def patched(
    renderer: Renderer, artwork: Artwork, *, sample: Sample, mixed: bool, offset: Offset
) -> repairing.Steps:
    """What is selected, repaired from ``offset`` pixels away: old + s · (new − old), exactly. Raises EditError."""
    target = _target_of(artwork, sample)
    area = _flaw(artwork).grow(_RIM)
    assert artwork.selection is not None
    backdrop = yield from read_in_steps(renderer, target, area, 0.0)
    source = yield from read_in_steps(renderer, target, area.move(*offset), 0.15)
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
        return masked(target, area, pixels[..., 0], known * cover)
    layer = tree.require(target.artwork, target.layer_id)
    assert isinstance(layer, Paint)
    x, y = (round(value) for value in edits.transform_of(target.artwork, layer.id)[4:])
    there = area.move(-x, -y)
    own = layer.surface.read(there).astype(np.float32)
    new = as_type(np.where(known[..., None], pixels, own), artwork.dtype)
    return edits.apply_pixels(target.artwork, layer.id, there, new)
