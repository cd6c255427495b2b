"""Transform of the selection's outline: the same box as for layers, pixels stay where they are."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

import numpy as np

from studio.document import selecting
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.jobs.job import JobFinished, Priority
from studio.raster import warp
from studio.raster.geometry import TILE, Rect
from studio.raster.mask import Mask
from studio.raster.selecting.combining import extent, is_empty
from studio.raster.selecting.contours import CoarseMasks, coarse_loops
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.laying import bent_selection
from studio.workspace.tools import box
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.marks import Mark, Outline
from studio.workspace.tools.session import Session
from studio.workspace.tools.transform import TransformOptions, TransformSession
from studio.workspace.tools.transform_start import Start

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

OWNER = "transform-selection"
LABEL = QT_TRANSLATE_NOOP("history", "Transform selection")
SEEN = 512
"""The outline is shown with so many pixels along its longer side; the result is exact."""
MOST_LOOPS = 64


class SelectionTransformSession(TransformSession):
    """The ants rest; the outline is shown under the box and becomes the selection at the end."""

    owner = OWNER
    options_of = "transform-selection"

    def __init__(self, picture: Picture, painting: Painting) -> None:
        Session.__init__(self, picture, painting)
        artwork = picture.document.artwork
        mask = selecting.require(artwork)
        area = extent(mask)
        if area.empty:
            raise EditError(selecting.NOTHING_SELECTED)
        frame = (float(area.left), float(area.top), float(area.right), float(area.bottom))
        self.start = Start(artwork, (), box.of_frame(frame))
        self._options: TransformOptions = painting.options("transform-selection")
        self.box = self.start.box
        self._done: list[box.Box] = []
        self._undone: list[box.Box] = []
        self._guides: tuple[Mark, ...] = ()
        self._hot: int | str | None = None
        self._numbers_shown: dict[str, float] = {}
        self._loops: list[np.ndarray] = []
        self._tracing = painting.selecting.lane.submit(
            lambda: _outline(mask, area), label=LABEL, priority=Priority.live, on_event=self._traced
        )
        if self._options.mode == "mesh":
            self._with_mesh()
        self._show()

    def _traced(self, event: object) -> None:
        """The outline is there; the box was before."""
        if isinstance(event, JobFinished):
            self._loops = event.result
            self.changed.emit()

    @property
    def marks(self) -> tuple[Mark, ...]:
        bends = self.box.bends
        lines = (Outline(tuple(map(tuple, warp.forward(bends, loop).tolist()))) for loop in self._loops)
        return (*lines, *super().marks)

    def _show(self, moving: bool = False) -> None:
        """Only the outline moves: the ants are hidden behind a preview without a selection."""
        document = self.picture.document
        if document.preview_owner != OWNER:
            document.preview(OWNER, self.start.artwork.with_(selection=None))

    def _settle(self, before: box.Box) -> None:
        if self.box != before:
            self._done.append(before)
            self._undone.clear()
        self.changed.emit()

    def apply(self) -> None:
        self._tracing.cancel()
        self.picture.document.revert(OWNER)
        bends = self.box.bends
        if bends == self.start.box.bends:
            return

        def work(artwork: Artwork) -> Generator[None, None, Artwork]:
            steps = bent_selection(selecting.require(artwork), bends)
            while True:
                try:
                    next(steps)
                except StopIteration as end:
                    mask = end.value
                    return artwork.with_(selection=None if is_empty(mask) else mask)
                yield

        self.painting.selecting.run(LABEL, work)

    def cancel(self) -> None:
        self._tracing.cancel()
        self.picture.document.revert(OWNER)


def _outline(mask: Mask, area: Rect) -> Generator[None, None, list[np.ndarray]]:
    """The longest loops of the edge, document points; ``area`` holds it. Yields after each row of tiles."""
    level = 0
    while max(area.width, area.height) >> level > SEEN and level < 8:
        level += 1
    part = area.grow(1 << level).at_level(level)
    masks, side, top = CoarseMasks(), TILE >> level, part.top
    bands: list[np.ndarray] = []
    while top < part.bottom:
        bottom = min((top // side + 1) * side, part.bottom)
        bands.append(masks.read(mask, Rect(part.left, top, part.right, bottom), level))
        top = bottom
        yield
    found = coarse_loops(np.concatenate(bands), part.left, part.top, 1 << level)
    return sorted(found, key=len, reverse=True)[:MOST_LOOPS]


KINDS = (
    ToolKind(
        name="transform-selection", own_control=True, title=QT_TRANSLATE_NOOP("actions", "Transform the outline"), icon="transform",
        family="select", aliases=("transform selection", "scale selection", "变换选区"),
        open=SelectionTransformSession, open_at_once=True, options=TransformOptions, cursor="arrow",
        hint=QT_TRANSLATE_NOOP("Options", "Drag scales and rotates the selection's outline; the pixels stay"),
    ),
)  # fmt: skip
