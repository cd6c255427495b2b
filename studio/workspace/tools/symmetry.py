"""The axes of symmetry by hand: a press places their centre, a drag turns them. The picture does not change."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

from studio.raster.symmetry import FARTHEST, Symmetry
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.kind import ToolKind

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

_STILL = 12.0
"""Device pixels within which a press only places the centre."""
_STEP = 15.0


def symmetry_gesture(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """Switches mirroring on where there was no symmetry; Shift turns by steps of 15°; cancelled, all is as before."""
    strokes = painting.strokes
    before = strokes.symmetry
    x, y = (min(max(value, -FARTHEST), FARTHEST) for value in (pointer.x, pointer.y))
    placed = msgspec.structs.replace(before, x=x, y=y)
    if not before.active:
        placed = msgspec.structs.replace(placed, mirror=True)
    strokes.set_symmetry(placed)
    done = False
    try:
        while (sample := (yield)) is not None:
            if math.dist((sample.x, sample.y), (pointer.x, pointer.y)) * sample.zoom < _STILL:
                continue
            angle = math.degrees(math.atan2(sample.y - pointer.y, sample.x - pointer.x)) - 90.0
            if "shift" in sample.modifiers:
                angle = _STEP * round(angle / _STEP)
            strokes.set_symmetry(msgspec.structs.replace(placed, angle=(angle + 180.0) % 360.0 - 180.0))
        done = True
    finally:
        if not done:
            strokes.set_symmetry(before)


KINDS = (
    ToolKind(
        name="symmetry", title=QT_TRANSLATE_NOOP("actions", "Symmetry axes by hand"), icon="symmetry", family="view",
        aliases=("mirror axis", "mandala", "radial symmetry", "kaleidoscope", "number of folds", "对称轴", "旋转对称", "曼陀罗"),
        gesture=symmetry_gesture, snaps=True, options=Symmetry,
        hint=QT_TRANSLATE_NOOP("Options", "Press places the centre of symmetry, drag turns the axis, Shift by 15°"),
    ),
)  # fmt: skip
