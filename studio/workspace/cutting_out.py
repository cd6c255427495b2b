"""The background of a paint layer away: a soft mask by matting, its edge moved, its colours freed of the background."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from studio.document import edits, placing
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Paint
from studio.jobs.job import Job, JobFailed, JobFinished, Priority
from studio.raster.colour import as_type
from studio.raster.geometry import EMPTY, Rect
from studio.raster.mask import Mask
from studio.raster.resample import resize
from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis import cut_out, matting
from studio.synthesis.cut_out import CutOut
from studio.workspace import imaging
from studio.workspace.repairing import Steps, answered, target

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.workspace.studio import Studio

REMOVE_BACKGROUND = QT_TRANSLATE_NOOP("history", "Remove background")
NO_PIXELS = QT_TRANSLATE_NOOP(
    "document", "This layer has no pixels to cut out of. Choose another one in the Layers panel."
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
    imaging.in_background(studio, REMOVE_BACKGROUND, partial(without_background, values=values))


def without_background(artwork: Artwork, values: CutOut) -> Steps:
    """Raises EditError for what is no paint layer, locked or empty, and where no foreground is found."""
    layer, area = _content(artwork)
    pixels = layer.surface.read(area).astype(np.float32)
    raw = yield from answered(cut_out.alpha_of(pixels, _hint(artwork, layer, area), values, 1.0))
    alpha = matting.shifted(raw, values.shift)
    shown = alpha if layer.mask is None else alpha * layer.mask.read(area).astype(np.float32)
    mask = Mask(default=0.0).write(area, shown.astype(np.float16))
    result = edits.change(artwork, layer.id, mask=mask, mask_enabled=True)
    if not values.clean:
        return result
    new = yield from answered(cut_out.cleaned(pixels, raw, alpha, values.shift))
    yield 1.0
    return edits.write_surface(result, layer.id, layer.surface.write(area, as_type(new, artwork.dtype)))


def _content(artwork: Artwork) -> tuple[Paint, Rect]:
    """The active paint layer and where its pixels are. Raises EditError, also for a layer without any."""
    layer = artwork.active_layer
    if isinstance(layer, Paint) and not artwork.edits_mask and placing.content_of(layer.surface) == EMPTY:
        raise EditError(NO_PIXELS)
    layer = target(artwork)
    return layer, placing.content_of(layer.surface)


def _hint(artwork: Artwork, layer: Paint, area: Rect) -> np.ndarray | None:
    selection = edits.selection_in_layer(artwork, layer.id)
    return None if selection is None else selection.read(area).astype(np.float32)


class Judged(msgspec.Struct, frozen=True, eq=False):
    """A cut-out at preview size: ``cut`` and ``before`` premultiplied float32 [h, w, 4], ``alpha`` [h, w]."""

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
        artwork = picture.document.committed
        self._job = self._studio.render_lane.submit(
            lambda: self._steps(artwork, values), label=REMOVE_BACKGROUND, priority=Priority.live, replace="cut-out",
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

    def _steps(self, artwork: Artwork, values: CutOut) -> Generator[float, None, Judged]:
        if self._small is None:
            self._small = _reduced(artwork)
            yield 0.0
        pixels, hint, scale = self._small
        key = values.way, values.band
        if self._raw is None or self._raw[0] != key:
            self._raw = key, (yield from answered(cut_out.alpha_of(pixels, hint, values, scale)))
        raw, shift = self._raw[1], values.shift * scale
        alpha = matting.shifted(raw, shift)
        new = (yield from answered(cut_out.cleaned(pixels, raw, alpha, shift))) if values.clean else pixels
        return Judged(cut=new * alpha[..., None], before=pixels, alpha=alpha * np.clip(pixels[..., 3], 0, 1))


def _reduced(artwork: Artwork) -> tuple[np.ndarray, np.ndarray | None, float]:
    """(pixels, what is selected of them, size of a layer pixel): the active layer at most ``PREVIEW_SIDE`` pixels large."""
    layer, area = _content(artwork)
    pixels, hint = layer.surface.read(area).astype(np.float32), _hint(artwork, layer, area)
    scale = min(1.0, PREVIEW_SIDE / max(area.width, area.height))
    if scale == 1:
        return pixels, hint, scale
    wide, high = max(1, round(area.width * scale)), max(1, round(area.height * scale))
    small = resize(pixels, wide, high, "area")
    return small, None if hint is None else resize(hint, wide, high, "area"), scale
