"""Picker: the colour of the picture under the pen, or the mean around it, becomes the painting colour."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from studio.document import selecting
from studio.document.artwork import Artwork
from studio.raster.colour import to_hex
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.workspace import colours
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.marks import Label, Mark, Outline, Ring

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

Colour = tuple[float, float, float]
Spot = Literal["point", "3 × 3", "5 × 5", "11 × 11", "31 × 31", "101 × 101"]
SIDES: dict[Spot, int] = {"point": 1, "3 × 3": 3, "5 × 5": 5, "11 × 11": 11, "31 × 31": 31, "101 × 101": 101}
LABEL_AWAY = 46.0
"""Logical pixels from the pen to its words, so that they stand clear of the ring."""
WORDS = (
    QT_TRANSLATE_NOOP("recipe", "31 × 31"),
    QT_TRANSLATE_NOOP("recipe", "101 × 101"),
)
"""Words of the choices below, which their declarations hold as plain literals."""


class PickerOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Of the picker."""

    spot: Annotated[
        Spot,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Spot"),
            description=QT_TRANSLATE_NOOP("recipe", "The pixels whose mean colour is taken."),
        ),
    ] = "point"
    sample: Annotated[
        Literal["all", "layer"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sample"),
            description=QT_TRANSLATE_NOOP("recipe", "The whole picture as shown, or the active layer alone."),
        ),
    ] = "all"


def picker_gesture(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """Follows the pen; Ctrl takes the background colour instead. Changes no picture.

    Around the pen stands what is taken and what was in the hand before; where several pixels are averaged, their square too.
    """
    before = painting.colour, painting.background
    options: PickerOptions = painting.options("picker")
    seen = sampled(picture.document.artwork, options.sample)
    sample: Pointer | None = pointer
    while sample is not None:
        colour = colour_at(picture, seen, sample.x, sample.y, SIDES[options.spot])
        if colour is not None:
            if "control" in sample.modifiers:
                painting.set_background(colour)
            else:
                painting.set_colour(colour)
            old = before[1 if "control" in sample.modifiers else 0]
            painting.show_marks(_marks(sample, colour, old, SIDES[options.spot]))
        sample = yield


def _marks(sample: Pointer, colour: Colour, before: Colour, side: int) -> tuple[Mark, ...]:
    ring = Ring(sample.x, sample.y, colour, before)
    label = Label(sample.x, sample.y, to_hex(colour), away=LABEL_AWAY)
    if side == 1:
        return ring, label
    left, top = math.floor(sample.x) - side // 2, math.floor(sample.y) - side // 2
    right, bottom = left + side, top + side
    return Outline(((left, top), (right, top), (right, bottom), (left, bottom))), ring, label


def sampled(artwork: Artwork, sample: str) -> Artwork:
    """What the picker looks at: the picture, or its active layer alone."""
    if sample == "layer" and artwork.active_layer is not None:
        return selecting.alone(artwork, artwork.active)
    return artwork


def colour_at(picture: Picture, artwork: Artwork, x: float, y: float, side: int = 1) -> Colour | None:
    """Mean sRGB colour of the ``side`` × ``side`` composed pixels around (x, y), straight, weighted by alpha.

    None where the place lies outside the canvas or nothing is there.
    """
    left, top = math.floor(x), math.floor(y)
    if not (0 <= left < artwork.width and 0 <= top < artwork.height):
        return None
    spot = Rect.of(left - side // 2, top - side // 2, side, side).intersect(artwork.rect)
    red, green, blue, alpha = picture.renderer.compose(artwork, spot, 0).reshape(-1, 4).mean(0).tolist()
    if alpha <= 0:
        return None
    red, green, blue = colours.leaving((red / alpha, green / alpha, blue / alpha), artwork.colour_space)
    return min(max(red, 0.0), 1.0), min(max(green, 0.0), 1.0), min(max(blue, 0.0), 1.0)


KINDS = (
    ToolKind(
        name="picker", title=QT_TRANSLATE_NOOP("actions", "Picker"), icon="pipette", family="picker", shortcuts=("I",),
        aliases=("eyedropper", "color picker", "拾色器"), gesture=picker_gesture, options=PickerOptions,
        hint=QT_TRANSLATE_NOOP("Options", "Press to take a colour from the picture"),
    ),
)  # fmt: skip
