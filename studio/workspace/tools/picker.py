"""Picker: the colour of the picture under the pen becomes the painting colour."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.kind import ToolKind

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture


def picker_gesture(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """Follows the pen; samples the composite, as shown. Changes no picture."""
    sample: Pointer | None = pointer
    while sample is not None:
        colour = colour_at(picture, sample.x, sample.y)
        if colour is not None:
            painting.set_colour(colour)
        sample = yield


def colour_at(picture: Picture, x: float, y: float) -> tuple[float, float, float] | None:
    """Straight encoded colour of the composed pixel at (x, y), or None outside the canvas or where nothing is."""
    artwork = picture.document.artwork
    left, top = math.floor(x), math.floor(y)
    if not (0 <= left < artwork.width and 0 <= top < artwork.height):
        return None
    red, green, blue, alpha = (
        float(value) for value in picture.renderer.compose(artwork, Rect.of(left, top, 1, 1), 0)[0, 0]
    )
    if alpha <= 0:
        return None
    return tuple(min(max(value / alpha, 0.0), 1.0) for value in (red, green, blue))  # type: ignore[return-value]


KINDS = (
    ToolKind(
        name="picker", title=QT_TRANSLATE_NOOP("actions", "Picker"), icon="pipette", family="picker", shortcuts=("I",),
        aliases=("eyedropper", "color picker", "拾色器"), gesture=picker_gesture,
        hint=QT_TRANSLATE_NOOP("Options", "Press to take a colour from the picture"),
    ),
)  # fmt: skip
