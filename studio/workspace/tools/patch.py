"""The patch tool: draw around a flaw, then drag it to where it is to be repaired from; Poisson healing under the hand."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Annotated

from studio.raster.brush import Sample
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.workspace import imaging
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.constraint import along_axis
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.lasso import select_outline, traced
from studio.workspace.tools.marks import Outline
from studio.workspace.tools.marquee import inside, nudge_outline
from studio.workspace.tools.selection import CLICK, Held, OutlineOptions, mode_of

if TYPE_CHECKING:
    from studio.document.artwork import Artwork
    from studio.workspace.painting import Painting
    from studio.workspace.patching import Patch
    from studio.workspace.picture import Picture

OWNER = "patch"
PATCH = QT_TRANSLATE_NOOP("history", "Patch")
OUTLINE = QT_TRANSLATE_NOOP("history", "Lasso")


class PatchOptions(OutlineOptions, frozen=True, kw_only=True):
    """Of the patch tool: how its outline joins the selection, and how what it takes is laid in."""

    sample: Annotated[
        Sample,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sample"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "From where the patch is taken: this layer, with those below it, or all."
            ),
        ),
    ] = "this-and-below"
    mixed: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Mixed gradients"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Of both textures the stronger one stays at each pixel; for patches that let what lies there show."
            ),
        ),
    ] = False  # fmt: skip


def patch_gesture(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """From inside the selection, without keys: drags it to the source. From elsewhere, or with keys: an outline, as the
    lasso draws it. A mere click deselects. Raises EditError where nothing can be repaired."""
    options: PatchOptions = painting.options("patch")
    mode = mode_of(pointer, options.mode)
    if mode == "new" and inside(picture, pointer):
        yield from _drag(picture, painting, pointer, options)
        return
    held = Held(pointer)
    points = yield from traced(painting, pointer, lambda sample: held.constrains(sample, "shift"))
    if len(points) >= 3:
        select_outline(painting, "patch", OUTLINE, points, mode)
    elif mode == "new":
        painting.selecting.none()


def _drag(picture: Picture, painting: Painting, pointer: Pointer, options: PatchOptions) -> Gesture:
    """The selection goes with the pen over what it is to be repaired from. Shift keeps to one axis."""
    # What clones pictures is loaded when it is first wanted: it would be 15 ms of every start.
    from studio.workspace import patching
    from studio.workspace.live_frames import LiveFrames

    document, renderer = picture.document, picture.renderer
    patch = patching.Patch(renderer, document.artwork, options.sample, mixed=options.mixed)
    start, offset, dragged = (pointer.x, pointer.y), (0, 0), False

    def show(artwork: Artwork) -> None:
        document.preview(OWNER, artwork)
        painting.show_marks(_marks(patch, offset))

    live = LiveFrames(painting.selecting.lane, OWNER, show)
    document.begin_gesture()
    try:
        while (sample := (yield)) is not None:
            place = sample.x, sample.y
            dragged = dragged or math.dist(place, start) * sample.zoom > CLICK
            if "shift" in sample.modifiers:
                place = along_axis(start, place)
            new = round(place[0] - start[0]), round(place[1] - start[1])
            if dragged and new != offset:
                offset = new
                painting.show_marks(_marks(patch, offset))
                live.ask(partial(patch.frame, offset))
    finally:
        live.stop()
        document.revert(OWNER)
        document.end_gesture()
    if not dragged:
        painting.selecting.none()
    elif offset != (0, 0):
        work = partial(patching.patched, renderer, sample=options.sample, mixed=options.mixed, offset=offset)
        first = [
            live.last
        ]  # shown until the exact one is there; begun anew on a changed picture it would be wrong

        def steps(artwork: Artwork):
            if (guess := first.pop() if first else None) is not None:
                yield guess
            return (yield from work(artwork))

        imaging.in_background(painting.studio, PATCH, steps)


def _marks(patch: Patch, offset: tuple[int, int]) -> tuple[Outline, ...]:
    """The outline of the selection where it is taken from."""
    x, y = offset
    return tuple(Outline(tuple((left + x, top + y) for left, top in one)) for one in patch.outlines)


KINDS = (
    ToolKind(
        name="patch", title=QT_TRANSLATE_NOOP("actions", "Patch tool"), icon="patch", family="heal",
        aliases=("healing", "repair", "retouch", "修补工具", "修补"), gesture=patch_gesture, options=PatchOptions, key=nudge_outline,
        hint=QT_TRANSLATE_NOOP(
            "Options", "Draw around a flaw, then drag it to where to repair from; Shift keeps one axis, Esc takes it back"
        ),
    ),
)  # fmt: skip
