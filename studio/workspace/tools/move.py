"""Move: drags the selected layers, or the selected pixels, by whole pixels; what is moved stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from typing import TYPE_CHECKING, Annotated

import msgspec

from studio.document import arranging, lifting, linking, placing, several, tree
from studio.document.artwork import Artwork
from studio.document.edits import movable
from studio.document.errors import EditError
from studio.document.layer import Fill, Filter
from studio.document.mask_lifting import LiftedMask
from studio.raster import warp
from studio.raster.geometry import EMPTY, Rect
from studio.raster.warp import Warp
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.workspace import floating, guides, imaging, naming
from studio.workspace.laying import AT_ONCE, finished
from studio.workspace.seams import commit_moved
from studio.workspace.snapping import REACH, snap_move
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.lifted_above import tell_lifted_above
from studio.workspace.tools.pace import Pace

if TYPE_CHECKING:
    from studio.document.document import Document
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

OWNER = "move"
MOVE = QT_TRANSLATE_NOOP("history", "Move")
MOVE_PIXELS = QT_TRANSLATE_NOOP("history", "Move pixels")
MOVE_COPY = QT_TRANSLATE_NOOP("history", "Move a copy")
NEAR, FAR = 1, 10
_STEPS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


class MoveOptions(msgspec.Struct, frozen=True, kw_only=True):
    auto_select: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Pick the layer"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "A press takes the layer under the pen; Ctrl does the opposite"
            ),
        ),
    ] = False


class Moving:
    """What a move acts upon: selected pixels of the chosen layers or of a mask, else the chosen layers and what is linked with
    them. Of selected pixels it may be a ``copy`` that is laid over them."""

    def __init__(self, artwork: Artwork, *, copy: bool = False) -> None:
        self.before, self.copy = artwork, copy
        lifting.check_no_quick_mask(artwork)
        ids = tuple(layer.id for layer in artwork.chosen) or (movable(artwork).id,)
        placing.check_seen(artwork, ids)
        self.lifted = floating.lifted_of(artwork, copy=copy)
        if self.lifted is not None:
            self.base, self.ids = self.lifted.artwork, self.lifted.ids
            return
        self.base, self.ids = artwork, linking.movable(artwork, ids)
        if all(placing.is_empty(tree.require(artwork, layer_id)) for layer_id in self.ids):
            raise EditError(placing.EMPTY_LAYER)

    @property
    def bounds(self) -> Rect:
        """Where the moved pixels lie, in document pixels; empty where that is not known."""
        if isinstance(self.lifted, LiftedMask):
            return self.lifted.area
        known = (self.base.find(layer_id) for layer_id in self.ids)
        own = [layer.id for layer in known if layer is not None and not isinstance(layer, Fill | Filter)]
        frame = placing.frame_of(self.base, own)
        if frame is None:
            return EMPTY
        left, top, right, bottom = (round(side) for side in frame)
        return Rect(left, top, right, bottom)

    @property
    def label(self) -> str:
        if self.copy:
            return MOVE_COPY
        return MOVE if self.lifted is None else MOVE_PIXELS

    def shown(self, x: float, y: float) -> Artwork:
        """While the hand moves."""
        if self.lifted is None:
            return arranging.moved(self.base, self.ids, x, y)
        if isinstance(self.lifted, LiftedMask):  # no mips: whole pixels cost the least
            x, y = round(x), round(y)
        return floating.shown(self.lifted, _by(x, y))

    def large(self, x: int, y: int) -> bool:
        """Whether laying the moved pixels down is more than the hand should wait for."""
        if self.lifted is None:
            return False
        if isinstance(self.lifted, LiftedMask):
            return len(self.lifted.chosen.tiles) > lifting.AT_ONCE
        shown = self.shown(float(x), float(y))
        pieces = [piece for piece in self.lifted.pieces if piece.kind == "pixels"]
        if all(lifting.moves_whole(shown, piece) for piece in pieces):
            tiles = sum(len(lifting.floating_of(self.base, piece).surface.tiles) for piece in pieces)
            return tiles > lifting.AT_ONCE
        return floating.cost(self.lifted, shown, _by(x, y)) > AT_ONCE

    def done(self, x: int, y: int) -> Generator[float, None, Artwork]:
        """After the move: pixels laid down, the selection taken along."""
        if self.lifted is None:
            return self.shown(float(x), float(y))
        return (yield from floating.laying(self.lifted, _by(x, y)))


def _by(x: float, y: float) -> Warp:
    return warp.bent((), (1, 0, float(x), 0, 1, float(y), 0, 0, 1))


def _lay_down(studio: Studio, document: Document, moving: Moving, x: int, y: int) -> Callable[[], None]:
    """Many pixels are laid down on the render lane, begun anew where the picture is changed meanwhile; until then they are
    shown where they were moved to. What it returns drops that work."""

    def work(artwork: Artwork) -> Generator[float, None, Artwork]:
        known = moving if artwork is moving.before else Moving(artwork, copy=moving.copy)
        return known.done(x, y)

    drop = imaging.in_background(studio, moving.label, work, keep_shown=True)
    if document.is_idle(imaging.SHOWN) and document.committed is moving.before:
        document.preview(imaging.SHOWN, moving.shown(float(x), float(y)).with_(selection=None))
    return drop


def move_gesture(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """Moves what is selected; Shift keeps to the nearer axis, Alt moves a copy, Ctrl takes the layer under the pen. One
    undo step. Raises EditError for a locked layer."""
    document = picture.document
    _pick(picture, painting, pointer)
    copy = "alt" in pointer.modifiers
    moving = Moving(_copied(picture, painting) if copy else document.artwork, copy=copy)
    bounds = moving.bounds
    lines = guides.targets_of(painting.studio, picture, moving.ids) if not bounds.empty else None
    document.begin_gesture()
    kept, pace, large = False, Pace(), False
    x = y = 0
    try:
        while (sample := (yield)) is not None:
            x, y = round(sample.x - pointer.x), round(sample.y - pointer.y)
            if "shift" in sample.modifiers:
                x, y = (x, 0) if abs(x) >= abs(y) else (0, y)
            elif lines is not None:
                x, y = (round(value) for value in snap_move(bounds, x, y, lines, REACH / sample.zoom))
                painting.show_marks(guides.met_lines(bounds.move(x, y), lines, document.artwork.rect))
            # By a quarter of a pixel more where the view is below full size: then even whole moves are read from the
            # mips, at a fraction of the cost. Exact again at rest.
            more = 0.25 if sample.zoom < 1 else 0.0
            pace.run(partial(_show, document, moving, x + more, y + more))
        large = bool(x or y) and moving.large(x, y)
        if (x or y) and not large:
            done = finished(moving.done(x, y))
            commit_moved(painting.studio, picture, done, moving.ids, moving.label, OWNER)
            kept = True
    finally:
        if not kept:
            document.revert(OWNER)
        document.end_gesture()
    if large:
        painting.nudged = Nudged(moving, x, y, _lay_down(painting.studio, document, moving, x, y))
    if (x or y) and not copy:
        tell_lifted_above(painting.studio, moving.lifted)


def _show(document: Document, moving: Moving, x: float, y: float) -> None:
    artwork = moving.shown(x, y)
    if moving.lifted is not None:  # the ants rest while what they ran around is elsewhere
        artwork = artwork.with_(selection=None)
    document.preview(OWNER, artwork)


def _pick(picture: Picture, painting: Painting, pointer: Pointer) -> None:
    """Makes the layer under the pen the active one where the options, or Ctrl, say so; not an undo step."""
    options: MoveOptions = painting.options("move")
    if options.auto_select == ("control" in pointer.modifiers):
        return
    artwork = picture.document.artwork
    found = arranging.layer_under(artwork, pointer.x, pointer.y)
    if found is not None and found.id not in {layer.id for layer in artwork.chosen}:
        painting.studio.layers.choose(found.id)


def _copied(picture: Picture, painting: Painting) -> Artwork:
    """With copies of the selected layers above them; of selected pixels the copy is made when they are lifted."""
    artwork = picture.document.artwork
    ids = tuple(layer.id for layer in artwork.chosen)
    if artwork.selection is not None or not ids:
        return artwork
    return several.duplicate(
        artwork, linking.together(artwork, ids), naming.of_copies(painting.studio, artwork)
    )


class Nudged(msgspec.Struct, frozen=True, eq=False):
    """Many pixels that the hand has moved by (x, y) and that are being laid down; ``drop`` ends that work."""

    moving: Moving
    x: int
    y: int
    drop: Callable[[], None]


def take_back(picture: Picture, painting: Painting) -> bool:
    """Undo while moved pixels are being laid down: that move is what it takes back. True where there is one."""
    pending, painting.nudged = painting.nudged, None
    document = picture.document
    if pending is None or not _pends(pending, document):
        return False
    pending.drop()
    document.revert(imaging.SHOWN)
    return True


def _pends(nudged: Nudged, document: Document) -> bool:
    return nudged.moving.before is document.committed and document.preview_owner == imaging.SHOWN


def nudge(picture: Picture, painting: Painting, key: str, modifiers: frozenset[str]) -> bool:
    """An arrow key moves by one pixel, with Shift by ten; True when the key was one.

    Many pixels are laid down on the render lane; keys that come before they are there add to that step.
    """
    if key not in _STEPS or modifiers & {"control", "alt"} or picture.document.gesture_open:
        return False
    far = FAR if "shift" in modifiers else NEAR
    x, y = (far * step for step in _STEPS[key])
    document, before = picture.document, painting.nudged
    if before is not None and _pends(before, document):
        before.drop()
        x, y = before.x + x, before.y + y
        drop = _lay_down(painting.studio, document, before.moving, x, y)
        painting.nudged = Nudged(before.moving, x, y, drop)
        return True
    painting.nudged = None
    painting.studio.settle()
    try:
        moving = Moving(document.artwork)
        if moving.large(x, y):
            drop = _lay_down(painting.studio, document, moving, x, y)
            painting.nudged = Nudged(moving, x, y, drop)
        else:
            done = finished(moving.done(x, y))
            commit_moved(painting.studio, picture, done, moving.ids, moving.label, None)
        tell_lifted_above(painting.studio, moving.lifted)
    except EditError as error:
        painting.studio.refuse(error)
    return True


KINDS = (
    ToolKind(
        name="move", own_control=True, title=QT_TRANSLATE_NOOP("actions", "Move"), icon="move", family="move", shortcuts=("V",),
        aliases=("移动图层",), gesture=move_gesture, cursor="move", snaps=True, options=MoveOptions, key=nudge,
        hint=QT_TRANSLATE_NOOP("Options", "Drag moves the layer, arrow keys by one pixel, Shift by ten"),
    ),
)  # fmt: skip
