"""Picker: the colour of the picture under the pen, or the mean around it, becomes the painting colour."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from studio.document import selecting
from studio.document.artwork import Artwork
from studio.jobs.job import Job, JobFinished, Priority
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
NEAR = 48
"""Pixels around one that its filters may read so that it is composed under the hand, in about a millisecond."""
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
    options: PickerOptions = painting.options("picker")
    picking = _Picking(
        picture, painting, sampled(picture.document.artwork, options.sample), SIDES[options.spot]
    )
    sample: Pointer | None = pointer
    done = False
    try:
        while sample is not None:
            picking.at(sample)
            sample = yield
        done = True
    finally:
        picking.end(wanted=done)


class _Picking:
    """Takes colours into the hand. Where filters read far around a pixel the canvas' own pixel comes first, and the exact
    one when the render lane has composed it; of those that wait only the newest is."""

    def __init__(self, picture: Picture, painting: Painting, seen: Artwork, side: int) -> None:
        self._picture, self._painting, self._seen, self._side = picture, painting, seen, side
        self._before = painting.colour, painting.background
        self._costly = picture.renderer.reach(seen) > NEAR
        self._open = True
        self._left: Colour | None = None
        self._job: Job | None = None

    def at(self, sample: Pointer) -> None:
        if not self._costly:
            self._take(sample, colour_at(self._picture, self._seen, sample.x, sample.y, self._side))
            return
        self._take(sample, colour_shown(self._picture, self._seen, sample.x, sample.y))
        self._left = self._hand(sample)

        def work() -> Generator[None, None, Colour | None]:
            yield
            return colour_at(self._picture, self._seen, sample.x, sample.y, self._side)

        def arrived(event: object) -> None:
            # A colour that was chosen elsewhere meanwhile stays.
            if isinstance(event, JobFinished) and (self._open or self._hand(sample) == self._left):
                self._take(sample, event.result)
                self._left = self._hand(sample)

        self._job = self._painting.studio.render_lane.submit(
            work, label="picker", priority=Priority.live, replace="picker", on_event=arrived
        )

    def _hand(self, sample: Pointer) -> Colour:
        return self._painting.background if "control" in sample.modifiers else self._painting.colour

    def _take(self, sample: Pointer, colour: Colour | None) -> None:
        if colour is None:
            return
        if "control" in sample.modifiers:
            self._painting.set_background(colour)
        else:
            self._painting.set_colour(colour)
        if self._open:
            old = self._before[1 if "control" in sample.modifiers else 0]
            self._painting.show_marks(_marks(sample, colour, old, self._side))

    def end(self, *, wanted: bool) -> None:
        """The pen is lifted: the colour that is still being composed is taken if it is ``wanted``."""
        self._open = False
        if not wanted and self._job is not None:
            self._job.cancel()


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


def colour_shown(picture: Picture, artwork: Artwork, x: float, y: float) -> Colour | None:
    """The sRGB colour of a pixel as it stands on the canvas, in 8 bits and perhaps of a coarser level; None where none does."""
    left, top = math.floor(x), math.floor(y)
    if not (0 <= left < artwork.width and 0 <= top < artwork.height):
        return None
    pixel = picture.renderer.at_hand(artwork, left, top)
    if pixel is None or not pixel[3]:
        return None
    red, green, blue, alpha = pixel
    return min(red / alpha, 1.0), min(green / alpha, 1.0), min(blue / alpha, 1.0)


KINDS = (
    ToolKind(
        name="picker", title=QT_TRANSLATE_NOOP("actions", "Picker"), icon="pipette", family="picker", shortcuts=("I",),
        aliases=("eyedropper", "color picker", "拾色器"), gesture=picker_gesture, options=PickerOptions,
        hint=QT_TRANSLATE_NOOP("Options", "Press to take a colour from the picture"),
    ),
)  # fmt: skip
