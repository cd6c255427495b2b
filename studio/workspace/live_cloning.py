"""Gradient-domain cloning under the hand: solved anew at preview size, on the render lane, for each place it is dragged to."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

import numpy as np

from studio.document import tree
from studio.document.artwork import Artwork
from studio.document.layer import Affine, Paint, inverse, joined
from studio.jobs.job import Job, JobFinished, Priority
from studio.raster.colour import as_type
from studio.raster.geometry import Rect
from studio.raster.surface import Surface

if TYPE_CHECKING:
    from studio.jobs.lane import Lane

SIDE = 320
"""Pixels of a preview's longer side: the solution of one takes about 30 ms there."""
Frame = Generator[None, None, "Artwork | None"]


def level_for(area: Rect) -> int:
    """The mip level at which an area is solved while it is dragged: its longer side is at most ``SIDE`` pixels there."""
    level = 0
    while max(area.width, area.height) >> level > SIDE:
        level += 1
    return level


def silently(work: Generator[float, None, np.ndarray]) -> Generator[None, None, np.ndarray]:
    """The same steps and result; a frame is too short to tell how far it is."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value
        yield


class LiveCloning:
    """Asks for frames and shows them: of those that wait only the newest is solved, so the hand is never waited for."""

    def __init__(self, lane: Lane, name: str, show: Callable[[Artwork], None]) -> None:
        """``name``: of whatever drags, unique to it. ``show`` is called on the calling thread."""
        self._lane, self._name, self._show = lane, name, show
        self._job: Job | None = None
        self._open = True
        self.last: Artwork | None = None

    def ask(self, frame: Callable[[], Frame]) -> None:
        """Solves ``frame`` as soon as the one before is done; None as its result shows nothing new."""
        self._open = True
        self._job = self._lane.submit(
            frame, label=self._name, priority=Priority.live, replace=self._name, on_event=self._arrived
        )

    def _arrived(self, event: object) -> None:
        if isinstance(event, JobFinished) and event.result is not None and self._open:
            self.last = event.result
            self._show(event.result)

    def stop(self) -> None:
        """Nothing more is shown."""
        self._open = False
        if self._job is not None:
            self._job.cancel()
            self._job = None


def laid(
    artwork: Artwork, layer_id: str, pixels: np.ndarray, level: int, place: tuple[float, float]
) -> Artwork:
    """The paint layer ``layer_id`` with ``pixels`` (premultiplied float32 [h, w, 4], of ``level``) as all it holds.

    ``place``: their upper left corner in document pixels. For showing: the layer lies enlarged, whatever groups it is in.
    """
    scale = float(1 << level)
    there: Affine = (scale, 0.0, 0.0, scale, *place)
    parent = tree.parent_of(artwork, layer_id)
    if parent is not None:
        there = joined(inverse(tree.transform_of(artwork, parent.id)), there)
    surface = Surface.from_pixels(as_type(np.ascontiguousarray(pixels), artwork.dtype))

    def shown(layer: object) -> tuple[Paint]:
        assert isinstance(layer, Paint)
        return (layer.with_(surface=surface, transform=there),)

    return tree.rewrite(artwork, layer_id, shown)
