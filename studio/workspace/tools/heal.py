"""The healing brush: paint over a flaw, and when the pen is lifted it is repaired from what is beside it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.raster.brush import Brush
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis import healing, patchmatch
from studio.workspace import imaging, repairing
from studio.workspace.outside import lies_outside, tell_nothing_done
from studio.workspace.repair_target import laid, read, target_of
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.marks import Outline

if TYPE_CHECKING:
    from studio.render.renderer import Renderer
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

HEAL = QT_TRANSLATE_NOOP("history", "Heal")
BRUSHES: Mapping[str, Brush] = MappingProxyType(
    {"heal": Brush(size=60.0, hardness=0.7, flow=1.0, spacing=0.1, sample="this-and-below")}
)
"""The brush that this tool begins with."""
_NEAREST = 1.5
"""Device pixels that the pen has to move for another point."""
_LEAST_REACH = 96
Place = tuple[float, float]


def heal_gesture(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """Follows the pen; what it went over is healed when it is lifted. Raises EditError where there is nothing to heal."""
    painting.studio.settle()
    check(picture.document.artwork)
    brush = painting.gesture_brush
    points: list[Place] = [(pointer.x, pointer.y)]
    _show(painting, points, brush.size)
    while (sample := (yield)) is not None:
        if math.dist(points[-1], (sample.x, sample.y)) * sample.zoom >= _NEAREST:
            points.append((sample.x, sample.y))
            _show(painting, points, brush.size)
    if lies_outside(picture.document.committed, points, brush.size):
        tell_nothing_done(painting.studio, picture.document.committed, points, brush.size, changes=True)
        return
    path, renderer = tuple(points), picture.renderer
    imaging.in_background(painting.studio, HEAL, lambda artwork: healed(renderer, artwork, path, brush))


def _show(painting: Painting, points: list[Place], size: float) -> None:
    """The outline of the brush at the last place, and the way that it went."""
    turns = np.linspace(0, 2 * np.pi, 33)
    x, y = points[-1]
    ring = tuple((x + size / 2 * math.cos(turn), y + size / 2 * math.sin(turn)) for turn in turns)
    marks = (Outline(ring), Outline(tuple(points), closed=False)) if len(points) > 1 else (Outline(ring),)
    painting.show_marks(marks)


def check(artwork: Artwork) -> None:
    """Raises EditError where nothing can be healed."""
    target_of(artwork, "layer")


def healed(renderer: Renderer, artwork: Artwork, path: tuple[Place, ...], brush: Brush) -> repairing.Steps:
    """The artwork with what the brush went over healed, on whatever layer or mask; ``path`` in document pixels."""
    target = target_of(artwork, brush.sample)
    half = brush.size / 2
    xs, ys = [x for x, _ in path], [y for _, y in path]
    box = Rect(
        math.floor(min(xs) - half), math.floor(min(ys) - half), math.ceil(max(xs) + half) + 1, math.ceil(max(ys) + half) + 1
    ).intersect(artwork.rect)  # fmt: skip
    if box.empty:
        return artwork
    around = box.grow(max(_LEAST_REACH, 2 * max(box.width, box.height))).intersect(artwork.rect)
    points = np.array(path, np.float64) - (around.left, around.top)
    cover = healing.covered(points, (around.height, around.width), brush.size / 2, brush.hardness)
    seen = read(renderer, target, around, 0)
    yield 0.1
    if not seen[..., 3].any():
        raise EditError(repairing.NO_PIXELS)
    if not (cover > 0).any():
        return artwork
    work = repairing.answered(healing.healed(seen, (cover > 0).astype(np.float32)))
    while True:
        try:
            step = next(work)
        except StopIteration as end:
            return laid(target, around, end.value, cover)
        if not isinstance(step, patchmatch.Guess):
            yield step


KINDS = (
    ToolKind(
        name="heal", title=QT_TRANSLATE_NOOP("actions", "Healing brush"), icon="heal", family="heal", shortcuts=("J",),
        aliases=("spot healing", "repair", "修复画笔", "污点修复", "修补"), gesture=heal_gesture, cursor="brush", brush=True,
        brush_fields=("sample",),
        hint=QT_TRANSLATE_NOOP("Options", "Paint over a flaw; it is repaired from what is beside it"),
    ),
)  # fmt: skip
