"""Lasso fill: draw an outline, and it is filled. Shift draws straight pieces."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated

import msgspec

from studio.document.covering import Cover
from studio.raster import pattern, shapes, vector
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.fill import (
    ANGLE,
    DENSITY,
    NEW_LAYER,
    OPACITY,
    PATTERN,
    PATTERN_SIZE,
    SOURCE,
    FillSource,
    colours_of,
    inks_of,
)
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.marks import Outline

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

LABEL = QT_TRANSLATE_NOOP("history", "Lasso fill")
HERE = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_NEAREST = 1.5
"""Device pixels that the pen has to move for another point."""


class LassoFillOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Of the lasso fill."""

    source: Annotated[FillSource, SOURCE] = "colour"
    opacity: Annotated[float, OPACITY] = 1.0
    new_layer: Annotated[bool, NEW_LAYER] = False
    pattern: Annotated[pattern.PatternKind, PATTERN] = "dots"
    size: Annotated[float, PATTERN_SIZE] = 12.0
    density: Annotated[float, DENSITY] = 0.3
    angle: Annotated[float, ANGLE] = 45.0


def lasso_fill_gesture(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """Follows the pen; what it went around is filled when it is lifted."""
    options: LassoFillOptions = painting.options("lasso-fill")
    points = [(pointer.x, pointer.y)]
    straight = False
    while (sample := (yield)) is not None:
        place = sample.x, sample.y
        if straight and "shift" in sample.modifiers:
            points[-1] = place
        elif math.dist(points[-1], place) * sample.zoom >= _NEAREST:
            points.append(place)
        straight = "shift" in sample.modifiers
        painting.show_marks((Outline(tuple(points)),))
    if len(points) > 2:
        painting.studio.filling.cover(
            picture,
            LABEL,
            outlined(points, picture.document.artwork.rect),
            inks_of(painting, options),
            opacity=options.opacity,
            erase=options.source == "erase",
            new_layer=options.new_layer,
            colours=colours_of(painting, options),
        )


def outlined(points: list[tuple[float, float]], canvas: Rect) -> Cover:
    """What a closed outline covers of the canvas, smooth at its edge; a loop over itself stays filled."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = Rect(math.floor(min(xs)), math.floor(min(ys)), math.ceil(max(xs)) + 1, math.ceil(max(ys)) + 1)
    box = box.intersect(canvas)
    if box.empty:
        box = Rect(0, 0, 0, 0)
    path = shapes.through(points, closed=True)
    return Cover(box, lambda rect: vector.mask_of(path, rect, HERE))


KINDS = (
    ToolKind(
        name="lasso-fill", title=QT_TRANSLATE_NOOP("actions", "Lasso fill"), icon="lasso-fill", family="fill",
        shortcuts=("F",), aliases=("contour fill", "enclose and fill", "套索填色", "围绕填充"),
        gesture=lasso_fill_gesture, options=LassoFillOptions,
        hint=QT_TRANSLATE_NOOP("Options", "Draw an outline, and it is filled; Shift draws straight"), alt_picks=True,
    ),
)  # fmt: skip
