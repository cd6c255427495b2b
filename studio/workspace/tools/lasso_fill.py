"""Lasso fill: draw an outline, and it is filled. Shift draws straight pieces."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated

import msgspec
import numpy as np

from studio.document.artwork import Artwork
from studio.document.covering import Cover
from studio.raster import pattern, shapes, vector
from studio.raster.geometry import EMPTY, Rect
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
from studio.workspace.tools.lasso import traced

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

LABEL = QT_TRANSLATE_NOOP("history", "Lasso fill")
HERE = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


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
    points = yield from traced(painting, pointer, closed=True)
    if len(points) > 2:
        painting.studio.filling.cover(
            picture,
            LABEL,
            outlined(points, picture.document.artwork),
            inks_of(painting, options),
            opacity=options.opacity,
            erase=options.source == "erase",
            new_layer=options.new_layer,
            colours=colours_of(painting, options),
        )


def outlined(points: list[tuple[float, float]], artwork: Artwork) -> Cover:
    """What a closed outline covers of the canvas, smooth at its edge; a loop over itself stays filled.

    Where the picture repeats, what lies beyond an edge comes in at the other one.
    """
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = Rect(math.floor(min(xs)), math.floor(min(ys)), math.ceil(max(xs)) + 1, math.ceil(max(ys)) + 1)
    path, canvas = shapes.through(points, closed=True), artwork.rect
    moves = [
        (x, y)
        for x in _turns(box.left, box.right, canvas.width, artwork.tiles_x)
        for y in _turns(box.top, box.bottom, canvas.height, artwork.tiles_y)
    ]
    parts = [box.move(-x, -y).intersect(canvas) for x, y in moves]
    bounds = EMPTY
    for part in parts:
        bounds = bounds.unite(part)

    def covered(rect: Rect) -> np.ndarray:
        out = np.zeros((rect.height, rect.width), np.float32)
        for (x, y), part in zip(moves, parts, strict=True):
            if not part.intersect(rect).empty:
                np.maximum(out, vector.mask_of(path, rect.move(x, y), HERE), out=out)
        return out

    return Cover(bounds, covered)


def _turns(start: int, end: int, size: int, repeats: bool) -> list[int]:
    """By how much an interval is to be taken back so that each part of it comes to lie in 0 … ``size``."""
    return [turn * size for turn in range(start // size, (end - 1) // size + 1)] if repeats else [0]


KINDS = (
    ToolKind(
        name="lasso-fill", title=QT_TRANSLATE_NOOP("actions", "Lasso fill"), icon="lasso-fill", family="fill",
        shortcuts=("F",), aliases=("contour fill", "enclose and fill", "套索填色", "围绕填充"),
        gesture=lasso_fill_gesture, options=LassoFillOptions,
        hint=QT_TRANSLATE_NOOP("Options", "Draw an outline, and it is filled; Shift draws straight"), alt_picks=True,
    ),
)  # fmt: skip
