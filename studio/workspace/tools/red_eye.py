"""Red eyes: a click on the pupil, or a circle dragged around it, takes the flash's red away."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated

import msgspec
import numpy as np

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Paint, is_integer_move
from studio.raster.colour import as_type
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.workspace import imaging, repairing
from studio.workspace.outside import lies_outside, tell_nothing_done
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.marks import Outline
from studio.workspace.tools.selection import CLICK

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

RED_EYE = QT_TRANSLATE_NOOP("history", "Red eye")
NOT_STRAIGHT = QT_TRANSLATE_NOOP(
    "document",
    "Red eyes are taken out of a layer that is neither turned nor bent. Apply its transform first.",
)
NOTHING_RED = QT_TRANSLATE_NOOP(
    "document",
    "Nothing red enough was found there. Choose one of the pupils, or a lower threshold in the options.",
)
_SOFT = 0.25
"""Part of the radius over which the circle fades at its rim."""
_LARGEST = 512.0
_AT_ONCE = 100.0
"""Radius in pixels up to which an eye costs nothing; larger ones are done on the render lane."""


class RedEyeOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Of the red eye tool."""

    size: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Size"), low=4.0, high=2 * _LARGEST, soft_high=300.0, unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "How wide the circle around a click is; a drag draws its own."),
        ),
    ] = 60.0  # fmt: skip
    threshold: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Threshold"), low=0.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "How much redder than green and blue a pixel must be; skin is about 0.3."),
        ),
    ] = 0.4  # fmt: skip
    darken: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Darken"), low=0.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "How dark pupils become."),
        ),
    ] = 0.3  # fmt: skip


def red_eye_gesture(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """One undo step at the release. Raises EditError where nothing can be repaired."""
    options: RedEyeOptions = painting.options("red-eye")
    _check(picture.document.artwork)
    middle, radius = (pointer.x, pointer.y), options.size / 2
    _show(painting, middle, radius)
    while (sample := (yield)) is not None:
        far = math.dist(middle, (sample.x, sample.y))
        if far * sample.zoom > CLICK:
            radius = min(max(far, 2.0), _LARGEST)
            _show(painting, middle, radius)
    document = picture.document
    if lies_outside(document.committed, [middle], 2 * radius):
        tell_nothing_done(painting.studio, document.committed, [middle], 2 * radius, changes=True)
        return
    if radius <= _AT_ONCE:
        imaging.at_once(
            painting.studio, RED_EYE, lambda artwork: without_red(artwork, middle, radius, options)
        )
        return

    def steps(artwork: Artwork) -> repairing.Steps:
        yield 0.0
        return without_red(artwork, middle, radius, options)

    imaging.in_background(painting.studio, RED_EYE, steps)


def _check(artwork: Artwork) -> Paint:
    """The paint layer whose pixels are changed. Raises EditError."""
    layer = artwork.active_layer
    if not isinstance(layer, Paint) or artwork.quick_mask or artwork.edits_mask:
        raise EditError(repairing.NOT_PAINT)
    edits.paint_target(artwork)
    if layer.warp or not is_integer_move(edits.transform_of(artwork, layer.id)):
        raise EditError(NOT_STRAIGHT)
    return layer


def _show(painting: Painting, middle: tuple[float, float], radius: float) -> None:
    turns = np.linspace(0, 2 * np.pi, 49)[:-1]
    ring = tuple((middle[0] + radius * math.cos(turn), middle[1] + radius * math.sin(turn)) for turn in turns)
    painting.show_marks((Outline(ring),))


def without_red(
    artwork: Artwork, middle: tuple[float, float], radius: float, options: RedEyeOptions
) -> Artwork:
    """The active paint layer without red in a soft circle (document pixels), inside the selection. Raises EditError."""
    from studio.filters.correction import RED_EYE as KIND
    from studio.filters.correction import RedEye

    layer = _check(artwork)
    if not layer.surface:
        raise EditError(repairing.NO_PIXELS)
    x, y = middle
    box = Rect(
        math.floor(x - radius), math.floor(y - radius), math.ceil(x + radius) + 1, math.ceil(y + radius) + 1
    ).intersect(artwork.rect)  # fmt: skip
    if box.empty:
        return artwork
    dx, dy = (round(value) for value in edits.transform_of(artwork, layer.id)[4:])
    there = box.move(-dx, -dy)
    own = layer.surface.read(there).astype(np.float32)
    made = KIND.apply(own, RedEye(threshold=options.threshold, darken=options.darken))
    across = np.arange(box.left, box.right)[None] + 0.5 - x
    down = np.arange(box.top, box.bottom)[:, None] + 0.5 - y
    share = np.clip((1 - np.hypot(across, down) / radius) / _SOFT, 0, 1).astype(np.float32)[..., None]
    new = as_type(np.where(share > 0, own + share * (made - own), own), artwork.dtype)
    changed = edits.apply_pixels(artwork, layer.id, there, new)
    if changed is artwork:
        raise EditError(NOTHING_RED)
    return changed


KINDS = (
    ToolKind(
        name="red-eye", title=QT_TRANSLATE_NOOP("actions", "Red eye tool"), icon="eye", family="heal",
        aliases=("red eye removal", "去红眼", "红眼工具"), gesture=red_eye_gesture, options=RedEyeOptions,
        hint=QT_TRANSLATE_NOOP("Options", "Click a pupil, or drag a circle around it from its middle"),
    ),
)  # fmt: skip
