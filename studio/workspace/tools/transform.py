"""Transform: a box around layers, or around selected pixels, that is drawn, turned, sheared, bent and typed into.

The layers keep their own pixels: each preview places them anew from where they were when the box opened, so that ten
transforms cost one resampling. A single layer opens with the box that it has, so its angle and size can be taken back.
"""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
import numpy as np
from msgspec.structs import replace

from studio.document import placing
from studio.document.mask_lifting import LiftedMask
from studio.raster import perspective, warp
from studio.raster.perspective import Point
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.workspace import floating, guides, snapping
from studio.workspace.seams import commit_moved
from studio.workspace.snapping import Targets, snap_move
from studio.workspace.tools import Gesture, Pointer, box
from studio.workspace.tools.box import HANDLES, Box, Number
from studio.workspace.tools.hits import edge_under, inside, resize_cursor
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.lifted_above import tell_lifted_above
from studio.workspace.tools.marks import Handle, Mark, Outline
from studio.workspace.tools.pace import Pace
from studio.workspace.tools.session import Session
from studio.workspace.tools.snapped import snapped_handle
from studio.workspace.tools.transform_start import start

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

OWNER = "transform"
TRANSFORM = QT_TRANSLATE_NOOP("history", "Transform")
REACH = 9.0
"""Device pixels around a handle that belong to it."""
SNAP = 7.0
"""Device pixels within which the pivot keeps to handles and to the middle."""
_LINE = 10
"""Pieces of a mesh line between two of its points."""
NUDGE, FAR_NUDGE = 1.0, 10.0

NUMBERS: tuple[tuple[Number, str, str], ...] = (
    ("x", QT_TRANSLATE_NOOP("recipe", "X"), "px"),
    ("y", QT_TRANSLATE_NOOP("recipe", "Y"), "px"),
    ("width", QT_TRANSLATE_NOOP("recipe", "Width"), "px"),
    ("height", QT_TRANSLATE_NOOP("recipe", "Height"), "px"),
    ("angle", QT_TRANSLATE_NOOP("recipe", "Angle"), "°"),
)
_WORDS = (
    QT_TRANSLATE_NOOP("recipe", "perspective"),
    QT_TRANSLATE_NOOP("recipe", "mesh"),
)
"""Words of the choices below, which their declarations hold as plain literals."""


class TransformOptions(msgspec.Struct, frozen=True, kw_only=True):
    """``free``: Ctrl draws single corners and shears. ``perspective``: corners are drawn singly. ``mesh``: a net of points."""

    mode: Annotated[
        Literal["free", "perspective", "mesh"], declare(QT_TRANSLATE_NOOP("recipe", "Transform"))
    ] = "free"
    columns: Annotated[
        int, declare(QT_TRANSLATE_NOOP("recipe", "Columns"), low=1, high=10, when={"mode": ("mesh",)})
    ] = 3
    rows: Annotated[
        int, declare(QT_TRANSLATE_NOOP("recipe", "Rows"), low=1, high=10, when={"mode": ("mesh",)})
    ] = 3


class TransformSession(Session):
    owner = OWNER
    _drawn: tuple[object, tuple[Mark, ...]] | None = None

    def __init__(self, picture: Picture, painting: Painting) -> None:
        super().__init__(picture, painting)
        self.start = start(picture.document.artwork)
        self._options: TransformOptions = painting.options("transform")
        self.box = self.start.box
        if self._options.mode == "mesh":
            self._with_mesh()
        self._done: list[Box] = []
        self._undone: list[Box] = []
        self._guides: tuple[Mark, ...] = ()
        self._targets: Targets | None = None
        self._hot: int | str | None = None

    # what is shown

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Made anew only where something moved: the canvas asks at every repaint."""
        state = (self.box, self._hot, self._guides, self._options.mode)
        if self._drawn is None or self._drawn[0] != state:
            self._drawn = (state, self._made_marks())
        return self._drawn[1]

    def _made_marks(self) -> tuple[Mark, ...]:
        if self.box.mesh is not None and self._options.mode == "mesh":
            return (*self._mesh_marks(), *self._guides)
        found: list[Mark] = [Outline(self.box.quad, dashed=False)]
        for index in range(len(HANDLES)):
            x, y = self.box.to_document(self.box.handle(index))
            found.append(Handle(x, y, "square", self._hot == index))
        found.append(Handle(*self.box.to_document(self.box.pivot), "pivot", self._hot == "pivot"))
        return (*found, *self._guides)

    def _mesh_marks(self) -> tuple[Mark, ...]:
        mesh = self.box.mesh
        assert mesh is not None
        lines: list[Mark] = []
        left, top, right, bottom = mesh.frame
        for row in range(mesh.rows + 1):
            y = top + (bottom - top) * row / mesh.rows
            lines.append(self._curve([(x, y) for x in np.linspace(left, right, mesh.columns * _LINE + 1)]))
        for column in range(mesh.columns + 1):
            x = left + (right - left) * column / mesh.columns
            lines.append(self._curve([(x, y) for y in np.linspace(top, bottom, mesh.rows * _LINE + 1)]))
        for index, point in enumerate(mesh.points):
            lines.append(Handle(*self.box.to_document(point), "round", self._hot == index))
        return tuple(lines)

    def _curve(self, points: list[tuple[float, float]]) -> Outline:
        assert self.box.mesh is not None
        there = self.box.mesh.forward(np.array(points, np.float64))
        there = perspective.mapped(self.box.matrix, there)
        return Outline(tuple((float(x), float(y)) for x, y in there), closed=False, dashed=False)

    @property
    def numbers(self) -> tuple[tuple[str, str, float, str], ...]:
        """(name, title, value, unit) of the fields in the options bar."""
        return tuple((name, title, self.box.number(name), unit) for name, title, unit in NUMBERS)

    def set_number(self, name: str, value: float) -> None:
        """A value typed into the options bar; unchanged where it is no number that a box can have."""
        for known, _, _ in NUMBERS:
            if known == name and math.isfinite(value):
                self._take(self.box.with_number(known, value))

    # where the pen is

    def _target(self, pointer: Pointer) -> int | str:
        """A handle's index, ``pivot``, ``inside``, or ``outside``."""
        reach = REACH / pointer.zoom
        place = (pointer.x, pointer.y)
        mesh = self.box.mesh if self._options.mode == "mesh" else None
        points = mesh.points if mesh is not None else [self.box.handle(index) for index in range(8)]
        nearest = min(range(len(points)), key=lambda i: math.dist(place, self.box.to_document(points[i])))
        if math.dist(place, self.box.to_document(points[nearest])) <= reach:
            return nearest
        if mesh is not None:
            return "inside"
        # a press in the middle means the layer: the pivot is taken, from anywhere in the box, with Alt
        if "alt" in pointer.modifiers and inside(self.box.quad, place):
            return "pivot"
        edge = edge_under(self.box.quad, place, reach)
        if edge is not None:
            return edge
        return "inside" if inside(self.box.quad, place) else "outside"

    def cursor(self, pointer: Pointer) -> str:
        target = self._target(pointer)
        if target == "outside":
            return "rotate"
        if target == "inside":
            return "move"
        if isinstance(target, str) or self._options.mode == "mesh":
            return "cross"
        if self._draws_corner(target, pointer):
            return "arrow"
        return resize_cursor(self.box, target)

    def hover(self, pointer: Pointer) -> None:
        target = self._target(pointer)
        hot = target if target not in ("inside", "outside") else None
        if hot != self._hot:
            self._hot = hot
            self.changed.emit()

    def _draws_corner(self, target: int, pointer: Pointer) -> bool:
        return target % 2 == 0 and (self._options.mode == "perspective" or "control" in pointer.modifiers)

    # drags

    def press(self, pointer: Pointer) -> Gesture | None:
        return self._drag(pointer)

    def _drag(self, pointer: Pointer) -> Gesture:
        target, before, pace = self._target(pointer), self.box, Pace()
        document = self.picture.document
        self._targets = guides.targets_of(self.painting.studio, self.picture, self.start.ids)
        document.begin_gesture()
        kept = False
        try:
            while (sample := (yield)) is not None:
                self.box = self._dragged(target, before, pointer, sample)
                pace.run(partial(self._show, moving=sample.zoom < 1))
                self.changed.emit()
            kept = True
        finally:
            self._guides = ()
            if not kept:
                self.box = before
            document.end_gesture()
            self._settle(before)

    def _settle(self, before: Box) -> None:
        """After a drag: shown exactly, and one step of the session."""
        if self.box != before:
            self._done.append(before)
            self._undone.clear()
        if self.picture.document.preview_owner == OWNER:
            self._show()
        self.changed.emit()

    def _dragged(self, target: int | str, before: Box, start: Pointer, now: Pointer) -> Box:
        first, place = (start.x, start.y), (now.x, now.y)
        shift, alt = "shift" in now.modifiers, "alt" in now.modifiers
        self._guides = ()
        if self._options.mode == "mesh":
            index = target if isinstance(target, int) else None
            return box.mesh_drag(before, index, first, place, straight=shift, centred=alt)
        if target == "pivot":
            return replace(before, pivot=self._snapped_pivot(before, place, now.zoom))
        if target == "inside":
            moved = box.move_drag(before, first, place, straight=shift)
            return moved if shift else self._snapped(moved, now.zoom)
        if not isinstance(target, int):
            return box.turn_drag(before, first, place, stepped=shift)
        if self._draws_corner(target, start):
            return box.corner_drag(before, target // 2, first, place, straight=shift, centred=alt)
        if "control" in start.modifiers:
            return box.shear_drag(before, target, first, place, centred=alt)
        if not shift:  # a kept proportion leaves only one of two lines to be met
            place = snapped_handle(before, target, first, place, self._targets, snapping.REACH / now.zoom)
        changed = box.scale_drag(before, target, first, place, keep=shift, centred=alt)
        if not shift and changed.level:
            self._show_met(changed)
        return changed

    def _snapped(self, moved: Box, zoom: float) -> Box:
        """Keeps to the lines in force, and shows those it keeps to."""
        if self._targets is not None:
            moved = moved.moved(*snap_move(moved.bounds, 0.0, 0.0, self._targets, snapping.REACH / zoom))
        self._show_met(moved)
        return moved

    def _show_met(self, changed: Box) -> None:
        canvas = self.picture.document.artwork.rect
        self._guides = guides.met_lines(changed.bounds, self._targets, canvas) if self._targets else ()

    def _snapped_pivot(self, before: Box, place: Point, zoom: float) -> Point:
        """The pivot keeps to handles and to the middle."""
        known = [before.centre, *(before.handle(index) for index in range(len(HANDLES)))]
        nearest = min(known, key=lambda point: math.dist(place, before.to_document(point)))
        if math.dist(place, before.to_document(nearest)) <= SNAP / zoom:
            return nearest
        return before.to_source(place)

    # state

    def _take(self, changed: Box) -> None:
        """Another box outside of a drag."""
        if changed != self.box:
            before, self.box = self.box, changed
            self._show()
            self._settle(before)

    def _show(self, moving: bool = False) -> None:
        """Previews the box. ``moving``, where the view is below full size: by a quarter of a pixel more, so that even
        whole moves are read from the mips, which costs a fraction; exact again at rest."""
        bends, taken = self.box.bends, self.start.lifted
        masked = isinstance(taken, LiftedMask)  # has no mips
        if moving and not masked and warp.straight(bends) is not None and not self.box.matrix[6]:
            bends = warp.bent(bends, (1, 0, 0.25, 0, 1, 0.25, 0, 0, 1))
        if taken is None:
            artwork = placing.placed(self.start.artwork, self.start.ids, bends)
        else:  # the ants rest while what they ran around is elsewhere
            artwork = floating.shown(taken, bends).with_(selection=None)
        self.picture.document.preview(OWNER, artwork)

    def _with_mesh(self) -> None:
        self.box = box.with_mesh(self.box, self._options.columns, self._options.rows)

    def options_changed(self, options: msgspec.Struct) -> None:
        assert isinstance(options, TransformOptions)
        self._options = options
        if options.mode == "mesh":
            before = self.box
            self._with_mesh()
            if self.box.bends != before.bends:
                self._show()
        self._hot = None
        self.changed.emit()

    def flip(self, axis: Literal["x", "y"]) -> None:
        self._take(self.box.flipped(axis))

    def turn(self, degrees: float) -> None:
        """About the pivot, clockwise."""
        self._take(self.box.turned(math.radians(degrees), self.box.to_document(self.box.pivot)))

    def key(self, key: str, text: str, modifiers: frozenset[str]) -> bool:
        steps = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
        if key not in steps:
            return False
        far = FAR_NUDGE if "shift" in modifiers else NUDGE
        x, y = steps[key]
        self._take(self.box.moved(far * x, far * y))
        return True

    def undo(self) -> bool:
        return self._step(self._done, self._undone)

    def redo(self) -> bool:
        return self._step(self._undone, self._done)

    def _step(self, taken: list[Box], put: list[Box]) -> bool:
        if not taken:
            return False
        put.append(self.box)
        self.box = taken.pop()
        self._show()
        self.changed.emit()
        return True

    # the end

    def apply(self) -> None:
        document = self.picture.document
        if self.box.bends == self.start.box.bends:
            document.revert(OWNER)
            return
        studio, bends, taken = self.painting.studio, self.box.bends, self.start.lifted
        if taken is not None:
            floating.lay_down(studio, self.picture, taken, bends, TRANSFORM, OWNER)
            tell_lifted_above(studio, taken)
            return
        artwork = placing.placed(self.start.artwork, self.start.ids, bends)
        commit_moved(studio, self.picture, artwork, self.start.ids, TRANSFORM, OWNER)

    def cancel(self) -> None:
        self.picture.document.revert(OWNER)


KINDS = (
    ToolKind(
        name="transform", own_control=True, title=QT_TRANSLATE_NOOP("actions", "Free transform"), icon="transform", family="move",
        shortcuts=("Ctrl+T",), aliases=("scale", "rotate", "perspective", "warp", "distort", "自由变换", "变形", "缩放", "旋转", "透视"),
        open=TransformSession, open_at_once=True, options=TransformOptions, cursor="arrow",
        hint=QT_TRANSLATE_NOOP("Options", "Drag scales and rotates, Shift constrains, Alt from the centre, Ctrl single corners; Alt inside moves the pivot"),
    ),
)  # fmt: skip
