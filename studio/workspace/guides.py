"""Guides, grid and assistants of the open picture: each change is one undo step; and what keeps a tool's points to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from studio.document import placing, tree
from studio.document.aids import Aids, Assistant, Axis, Grid, Guide, Point, layout
from studio.document.artwork import Artwork
from studio.document.edits import EditError
from studio.document.layer import pixels_of
from studio.raster.geometry import Rect, Region
from studio.raster.surface import TileGrid
from studio.raster.warp import Frame
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import snapping
from studio.workspace.snapping import REACH, StrokeKeeper, Targets
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.constraint import along_axis
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.marks import Mark, Outline

if TYPE_CHECKING:
    from studio.document.document import Document
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio
    from studio.workspace.viewing import ViewOptions

OWNER = "guides"
GUIDE = QT_TRANSLATE_NOOP("history", "Guide")
GUIDES = QT_TRANSLATE_NOOP("history", "Guides")
GRID = QT_TRANSLATE_NOOP("history", "Grid")
ASSISTANT = QT_TRANSLATE_NOOP("history", "Assistant")
_DUST = 1e-6
"""Pixels by which what was scaled or turned may miss a line that it was put on."""
LOCKED = QT_TRANSLATE_NOOP("document", "The guides are locked; unlock them in the View menu to move them.")


def change(studio: Studio, label: str, **fields: object) -> None:
    """Other guides, grid or assistants for the current picture, as one step; nothing happens without a picture."""
    picture = studio.current
    if picture is None or picture.document.gesture_open:
        return
    studio.settle()
    artwork = picture.document.committed
    aids = replace(artwork.aids, **fields)  # type: ignore[arg-type]
    if aids != artwork.aids:
        picture.document.commit(label, artwork.with_(aids=aids))


def add_layout(studio: Studio, columns: int, rows: int, margin: float, gutter: float) -> None:
    """Guides for columns and rows, instead of those that are there."""
    if studio.current is not None:
        artwork = studio.current.document.committed
        guides = layout(artwork.width, artwork.height, columns, rows, margin, gutter)
        change(studio, GUIDES, guides=guides)


def set_grid(studio: Studio, grid: Grid) -> None:
    change(studio, GRID, grid=grid)


def guide_at(aids: Aids, x: float, y: float, reach: float) -> int | None:
    """Index of the nearest guide within ``reach`` document pixels of a point."""
    found = [
        (abs((x if one.axis == "x" else y) - one.position), index) for index, one in enumerate(aids.guides)
    ]
    nearest = min(found, default=None)
    return nearest[1] if nearest is not None and nearest[0] <= reach else None


def drag_guide(document: Document, options: ViewOptions, index: int | None, axis: Axis) -> Gesture:
    """Drags guide ``index``, or a new one of ``axis``. Let go beyond the canvas it is removed. One step.

    Whole pixels; with Control any place. Raises EditError while the guides are locked.
    """
    artwork = document.committed
    if artwork.aids.locked and index is not None:
        raise EditError(LOCKED)
    others = tuple(one for place, one in enumerate(artwork.aids.guides) if place != index)
    size = artwork.width if axis == "x" else artwork.height
    lines = (0.0, size / 2, float(size)) if options.snapping and options.snap_canvas else ()
    position: float | None = None if index is None else artwork.aids.guides[index].position
    document.begin_gesture()
    done = False
    try:
        while (sample := (yield)) is not None:
            position = sample.x if axis == "x" else sample.y
            if "control" not in sample.modifiers:
                position = snapping.snap_value(round(position), lines, REACH / sample.zoom)
            shown = replace(artwork.aids, guides=(*others, Guide(axis, position)))
            document.preview(OWNER, artwork.with_(aids=shown), Region())
        kept = position is not None and 0 <= position <= size
        guides = (*others, Guide(axis, position)) if kept and position is not None else others
        if guides != artwork.aids.guides:
            document.commit(GUIDE, artwork.with_(aids=replace(artwork.aids, guides=guides)), owner=OWNER)
        done = document.preview_owner != OWNER
    finally:
        if not done:
            document.revert(OWNER)
        document.end_gesture()


def drag_assistant(document: Document, index: int, point: int) -> Gesture:
    """Drags one point of an assistant; −1 drags all of it. One step."""
    artwork = document.committed
    before = artwork.aids.assistants[index]
    start: Point | None = None
    moved: Assistant = before
    document.begin_gesture()
    done = False
    try:
        while (sample := (yield)) is not None:
            start = start or (sample.x, sample.y)
            place = (sample.x, sample.y)
            if "shift" in sample.modifiers:  # along the nearer axis
                place = along_axis(before.points[point] if point >= 0 else start, place)
            moved = _dragged(before, point, place, start)
            document.preview(OWNER, with_assistant(artwork, index, moved), Region())
        if moved != before:
            document.commit(ASSISTANT, with_assistant(artwork, index, moved), owner=OWNER)
            done = True
    finally:
        if not done:
            document.revert(OWNER)
        document.end_gesture()


def _dragged(before: Assistant, point: int, now: Point, start: Point) -> Assistant:
    if point >= 0:
        return before.moved(point, now)
    x, y = now[0] - start[0], now[1] - start[1]
    return replace(before, points=tuple((px + x, py + y) for px, py in before.points))


def with_assistant(artwork: Artwork, index: int, assistant: Assistant | None) -> Artwork:
    """The artwork with one assistant exchanged; one more where ``index`` is the end, None removes."""
    assistants = list(artwork.aids.assistants)
    assistants[index : index + 1] = [] if assistant is None else [assistant]
    return artwork.with_(aids=replace(artwork.aids, assistants=tuple(assistants)))


# ---- what keeps a tool's points


class Keeping:
    """Leads the samples of one press: a stroke along the assistants, the points of a shape to lines and grid."""

    def __init__(self, keeper: StrokeKeeper | None, found: Targets | None) -> None:
        self._keeper, self._targets = keeper, found

    def press(self, pointer: Pointer) -> Pointer:
        return self._keeper.press(pointer) if self._keeper is not None else self._snapped(pointer)

    def move(self, pointer: Pointer) -> list[Pointer]:
        return self._keeper.move(pointer) if self._keeper is not None else [self._snapped(pointer)]

    def release(self) -> list[Pointer]:
        return self._keeper.release() if self._keeper is not None else []

    def _snapped(self, pointer: Pointer) -> Pointer:
        if self._targets is None:
            return pointer
        x, y = snapping.snap_point(pointer.x, pointer.y, self._targets, REACH / pointer.zoom)
        return pointer if (x, y) == (pointer.x, pointer.y) else replace(pointer, x=x, y=y)


def keeping(studio: Studio, picture: Picture, kind: ToolKind) -> Keeping:
    """What a press with the tool ``kind`` keeps to, by the options of the view."""
    options, aids = studio.viewing.options, picture.document.artwork.aids
    assistants = [one for one in aids.assistants if one.snaps]
    if kind.brush:
        return Keeping(StrokeKeeper(assistants) if options.assistants and assistants else None, None)
    # Move snaps the edges of what it moves, not the place of the pen.
    found = targets_of(studio, picture) if kind.snaps and kind.family != "move" else None
    return Keeping(None, found)


def targets_of(studio: Studio, picture: Picture, without: Sequence[str] = ()) -> Targets | None:
    """The lines in force for ``picture``, leaving out the layers ``without``; None while snapping is off."""
    options, artwork = studio.viewing.options, picture.document.artwork
    if not options.snapping:
        return None
    layers = _frames(artwork, without) if options.snap_layers else ()
    return snapping.targets(
        artwork.aids,
        artwork.rect if options.snap_canvas else None,
        layers,
        guides=options.guides and options.snap_guides,
        grid=options.grid and options.snap_grid,
    )


def _frames(artwork: Artwork, without: Sequence[str]) -> Iterator[Frame]:
    """Around each layer that shows pixels of its own, but for the layers ``without`` and all that lies in them."""
    left_out = {
        one.id for layer_id in without if (layer := artwork.find(layer_id)) for one in tree.walk(layer)
    }
    for layer in artwork.walk():
        if layer.visible and layer.id not in left_out and isinstance(pixels_of(layer), TileGrid):
            frame = placing.frame_of_one(artwork, layer)
            if frame is not None:
                yield frame


def met_lines(frame: Frame, found: Targets, canvas: Rect) -> tuple[Mark, ...]:
    """The lines that an edge or the middle of ``frame`` lies on, over the whole canvas."""
    left, top, right, bottom = frame
    upper, lower = min(canvas.top, top), max(canvas.bottom, bottom)
    first, last = min(canvas.left, left), max(canvas.right, right)
    upright, level = (left, (left + right) / 2, right), (top, (top + bottom) / 2, bottom)
    marks = [Outline(((x, upper), (x, lower)), closed=False) for x in found.xs if _on(x, upright)]
    marks += [Outline(((first, y), (last, y)), closed=False) for y in found.ys if _on(y, level)]
    return tuple(marks)


def _on(line: float, places: tuple[float, ...]) -> bool:
    return any(abs(line - place) < _DUST for place in places)
