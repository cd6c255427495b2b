"""The background of a layer away: a soft mask by matting, its edge moved, its colours freed of the background."""

from __future__ import annotations

import math
from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from studio.document import edits, placing
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Fill, Filter, Layer, Paint
from studio.jobs.aside import beside
from studio.jobs.job import Job, JobFailed, JobFinished, Priority
from studio.raster.colour import as_type
from studio.raster.geometry import EMPTY, Rect
from studio.raster.mask import Mask
from studio.raster.resample import resize
from studio.recipe import QT_TRANSLATE_NOOP
from studio.render.whole import strips
from studio.synthesis import cut_out, matting
from studio.synthesis.cut_out import CutOut
from studio.synthesis.fusion import finite
from studio.workspace import fusing, imaging
from studio.workspace.repair_target import QUICK_MASK
from studio.workspace.repairing import Steps, answered, pixels_of, target

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.render.renderer import Renderer
    from studio.workspace.studio import Studio

REMOVE_BACKGROUND = QT_TRANSLATE_NOOP("history", "Remove background")
NO_PIXELS = QT_TRANSLATE_NOOP(
    "document", "This layer has no pixels to cut out of. Choose another one in the Layers panel."
)
NOT_CLEANED = QT_TRANSLATE_NOOP(
    "document",
    "Only a paint layer's own colours can be cleaned at the edge. Leave that off, or rasterise this layer first.",
)
PREVIEW_SIDE = 480
"""Pixels of the longer side at which a cut-out is judged."""


def remove_background(studio: Studio, *, clean: bool = False) -> None:
    """A mask on the active layer hides its background; ``clean``: the colours at the edge are freed of it, too.

    What is selected says roughly what stays; without a selection it is found.
    """
    cut(studio, CutOut(clean=clean))


def cut(studio: Studio, values: CutOut) -> None:
    """The same with all values."""
    picture = studio.current
    if picture is not None:
        cutting = partial(without_background, values=values, renderer=picture.renderer)
        imaging.in_background(studio, REMOVE_BACKGROUND, cutting)


def without_background(artwork: Artwork, values: CutOut, renderer: Renderer | None = None) -> Steps:
    """The active layer with a mask: a paint layer by its own pixels, with a ``renderer`` any other as it looks alone.

    Raises EditError for a layer that is locked, hidden or empty, and where no foreground is found.
    """
    layer, area = _content(artwork, renderer)
    if values.clean and not isinstance(layer, Paint):
        raise EditError(NOT_CLEANED)
    pixels = yield from _pixels(artwork, layer, area, renderer)
    hint = yield from beside(lambda: _hint(artwork, layer, area), 0.0)
    raw = yield from answered(cut_out.alpha_of(pixels, hint, values, 1.0))
    alpha = yield from beside(lambda: matting.shifted(raw, values.shift), 1.0)
    mask = yield from beside(lambda: _mask(artwork, layer, area, alpha), 1.0)
    result = edits.change(artwork, layer.id, mask=mask, mask_enabled=True)
    if not values.clean or not isinstance(layer, Paint):
        return result
    new = yield from answered(cut_out.cleaned(pixels, raw, alpha, values.shift))
    surface = layer.surface
    written = yield from beside(lambda: surface.write(area, as_type(new, artwork.dtype)), 1.0)
    return edits.write_surface(result, layer.id, written)


def _mask(artwork: Artwork, layer: Layer, area: Rect, alpha: np.ndarray) -> Mask:
    """What is left of the layer's mask; of one without any, ``alpha`` in ``area``."""
    mask = _own(artwork, layer, Mask(default=0.0).write(area, alpha.astype(np.float16)))
    if layer.mask is None:
        return mask
    there = mask.bounds
    both = mask.read(there) * layer.mask.read(there)
    return Mask(default=0.0).write(there, both.astype(np.float16))


def _content(artwork: Artwork, renderer: Renderer | None) -> tuple[Layer, Rect]:
    """The active layer and where it is seen: in its own pixels where they are painted, else in those of the document. Raises
    EditError, also for a layer without anything to see."""
    layer = artwork.active_layer
    if artwork.quick_mask:
        raise EditError(QUICK_MASK)
    if isinstance(layer, Paint) or layer is None or isinstance(layer, Filter) or renderer is None:
        if isinstance(layer, Paint) and placing.content_of(layer.surface) == EMPTY:
            raise EditError(NO_PIXELS)
        layer = target(artwork.with_(mask_edited=""))
        return layer, placing.content_of(layer.surface)
    edits.paint_target(artwork.with_(mask_edited=""))  # locked, hidden, of another version
    frame = placing.frame_of(artwork, [layer.id])
    seen = artwork.rect
    if frame is not None and not isinstance(layer, Fill):
        left, top, right, bottom = frame
        seen = seen.intersect(Rect(math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom)))
    if seen.empty:
        raise EditError(NO_PIXELS)
    return layer, seen


def _pixels(
    artwork: Artwork, layer: Layer, area: Rect, renderer: Renderer | None
) -> Generator[float, None, np.ndarray]:
    """Premultiplied float32 of the area; of a layer that is not painted as it looks alone, without its mask."""
    if isinstance(layer, Paint):
        surface = layer.surface
        return (yield from beside(lambda: pixels_of(surface, area), 0.0))
    assert renderer is not None
    bare = fusing.alone(artwork, layer).with_(mask=None, effects=())
    seen = artwork.with_(layers=(bare,))
    out = np.empty((area.height, area.width, 4), np.float32)
    for part in strips(area):
        out[part.top - area.top : part.bottom - area.top, part.left - area.left : part.right - area.left] = (
            renderer.compose(seen, part)
        )
        yield 0.0
    if not out[..., 3].any():
        raise EditError(NO_PIXELS)
    return finite(out)


def _own(artwork: Artwork, layer: Layer, mask: Mask) -> Mask:
    """A mask of what :func:`_content` gives, in the layer's own pixels, as its mask lies."""
    if isinstance(layer, Paint):
        return mask
    found = edits.selection_in_layer(artwork.with_(selection=mask), layer.id, soft=True)
    assert found is not None
    return found


def _hint(artwork: Artwork, layer: Layer, area: Rect) -> np.ndarray | None:
    selection = artwork.selection
    if isinstance(layer, Paint):
        selection = edits.selection_in_layer(artwork, layer.id)
    return None if selection is None else selection.read(area).astype(np.float32)


class Judged(msgspec.Struct, frozen=True, eq=False):
    """A cut-out at preview size: ``cut`` and ``before`` premultiplied float32 [h, w, 4] in sRGB, ``alpha`` [h, w]."""

    cut: np.ndarray
    before: np.ndarray
    alpha: np.ndarray


class Trial:
    """What the active layer would be cut out to, found again for each change of the values on the render lane."""

    def __init__(
        self, studio: Studio, show: Callable[[Judged], None], refuse: Callable[[Exception], None]
    ) -> None:
        """``show`` and ``refuse`` are called on the calling thread."""
        self._studio, self._show, self._refuse = studio, show, refuse
        self._small: tuple[np.ndarray, np.ndarray | None, float] | None = None
        self._raw: tuple[tuple[str, int], np.ndarray] | None = None
        self._job: Job | None = None

    def ask(self, values: CutOut) -> None:
        """Of several questions only the newest is answered."""
        picture = self._studio.current
        if picture is None:
            return
        artwork, renderer = picture.document.committed, picture.renderer
        self._job = self._studio.render_lane.submit(
            lambda: self._steps(artwork, renderer, values), label=REMOVE_BACKGROUND, priority=Priority.live, replace="cut-out",
            on_event=self._arrived,
        )  # fmt: skip

    def stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _arrived(self, event: object) -> None:
        if self._job is None:
            return
        if isinstance(event, JobFinished):
            self._show(event.result)
        elif isinstance(event, JobFailed):
            self._refuse(event.error)

    def _steps(self, artwork: Artwork, renderer: Renderer, values: CutOut) -> Generator[float, None, Judged]:
        if self._small is None:
            self._small = yield from _reduced(artwork, renderer)
            yield 0.0
        pixels, hint, scale = self._small
        key = values.way, values.band
        if self._raw is None or self._raw[0] != key:
            self._raw = key, (yield from answered(cut_out.alpha_of(pixels, hint, values, scale)))
        raw, shift = self._raw[1], values.shift * scale
        alpha = matting.shifted(raw, shift)
        new = (yield from answered(cut_out.cleaned(pixels, raw, alpha, shift))) if values.clean else pixels
        return Judged(
            cut=renderer.in_srgb(artwork, new * alpha[..., None]), before=renderer.in_srgb(artwork, pixels),
            alpha=alpha * np.clip(pixels[..., 3], 0, 1),
        )  # fmt: skip


def _reduced(
    artwork: Artwork, renderer: Renderer
) -> Generator[float, None, tuple[np.ndarray, np.ndarray | None, float]]:
    """(pixels, what is selected of them, size of a pixel): the active layer at most ``PREVIEW_SIDE`` pixels large."""
    layer, area = _content(artwork, renderer)
    pixels = yield from _pixels(artwork, layer, area, renderer)
    hint = _hint(artwork, layer, area)
    scale = min(1.0, PREVIEW_SIDE / max(area.width, area.height))
    if scale == 1:
        return pixels, hint, scale
    wide, high = max(1, round(area.width * scale)), max(1, round(area.height * scale))
    small = resize(pixels, wide, high, "area")
    return small, None if hint is None else resize(hint, wide, high, "area"), scale
