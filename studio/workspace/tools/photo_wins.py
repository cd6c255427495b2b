"""This photo wins here: on a panorama, paint where the chosen photograph is to be shown; the seam goes around the stroke."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.document.errors import EditError
from studio.raster.brush import Brush
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import imaging
from studio.workspace.outside import lies_outside, tell_nothing_done
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.marks import Outline

if TYPE_CHECKING:
    from studio.document.artwork import Artwork
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

OWNER = "photo-wins"
WINS = QT_TRANSLATE_NOOP("history", "This photo wins here")
BRUSHES: Mapping[str, Brush] = MappingProxyType(
    {OWNER: Brush(size=80.0, hardness=0.8, flow=1.0, spacing=0.1)}
)
"""The brush that this tool begins with."""
_NEAREST = 1.5
"""Device pixels that the pen has to move for another point."""


def photo_wins_gesture(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """Shows the active photograph along the stroke, and blends its rim at the release: one undo step. With Alt it chooses the
    next photograph that lies under the pen instead. Raises EditError where no photograph is chosen."""
    # What stitches pictures is loaded when it is first wanted: it would be a part of every start.
    from studio.workspace import winning
    from studio.workspace.live_frames import LiveFrames

    if "alt" in pointer.modifiers:
        yield from _choose(picture, painting, pointer)
        return
    painting.studio.settle()
    document, brush = picture.document, painting.gesture_brush
    live = winning.Live(document.artwork, brush)
    path = [(pointer.x, pointer.y)]

    def show(artwork: Artwork) -> None:
        document.preview(OWNER, artwork)

    frames = LiveFrames(painting.selecting.lane, OWNER, show)
    document.begin_gesture()
    try:
        frames.ask(partial(live.frame, tuple(path)))
        while (sample := (yield)) is not None:
            if math.dist(path[-1], (sample.x, sample.y)) * sample.zoom >= _NEAREST:
                path.append((sample.x, sample.y))
                frames.ask(partial(live.frame, tuple(path)))
    finally:
        frames.stop()
        document.revert(OWNER)
        document.end_gesture()
    if lies_outside(document.committed, path, brush.size):
        tell_nothing_done(painting.studio, document.committed, path, brush.size, changes=True)
        return
    _commit(picture, painting, tuple(path), brush, frames.last)


def _commit(
    picture: Picture,
    painting: Painting,
    path: tuple[tuple[float, float], ...],
    brush: Brush,
    last: Artwork | None,
) -> None:
    from studio.workspace import winning

    made_with = painting.studio.reblending.made_with(picture)
    first = [last]  # shown until the blended one is there; begun anew on a changed picture it would be wrong

    def steps(artwork: Artwork):
        if (guess := first.pop() if first else None) is not None:
            yield guess
        return (yield from winning.painted_won(artwork, path, brush, made_with))

    imaging.in_background(painting.studio, WINS, steps)


def _choose(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """The next photograph under the pen becomes the active layer; its outline is shown until the release."""
    from studio.workspace import winning

    artwork = picture.document.artwork
    found = winning.next_at(artwork, (pointer.x, pointer.y))
    if found is None:
        raise EditError(winning.NO_PHOTOGRAPH_HERE)
    painting.studio.layers.choose(found.id)
    painting.show_marks((Outline(winning.outline_of(artwork, found)),))
    while (yield) is not None:
        pass


KINDS = (
    ToolKind(
        name=OWNER, title=QT_TRANSLATE_NOOP("actions", "Panorama seam brush"), icon="panorama", family="heal",
        aliases=("this photo wins here", "ghost removal", "seam mask", "此处用这张", "全景接缝", "去重影"),
        gesture=photo_wins_gesture, cursor="brush", brush=True,
        hint=QT_TRANSLATE_NOOP(
            "Options", "Paint where the chosen photograph of a panorama is to be shown; Alt+click chooses another that lies there"
        ),
    ),
)  # fmt: skip
