"""Fill: colours the region under the pen, with gaps closed and the edge under the line."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Literal, Protocol

import msgspec
import numpy as np

from studio.document import covering
from studio.document.artwork import ColourSpace
from studio.document.covering import Ink
from studio.raster import pattern
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.workspace import colours
from studio.workspace.filling import Inks, Region
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.marks import Outline
from studio.workspace.used_colours import Colour

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

FILL = QT_TRANSLATE_NOOP("history", "Fill")
APART = 6.0
"""Device pixels between the places of a drag that are looked at."""
MOST_PLACES = 1000
FillSource = Literal["colour", "background", "pattern", "erase"]
PATTERNS = (
    QT_TRANSLATE_NOOP("recipe", "colour"),
    QT_TRANSLATE_NOOP("recipe", "background"),
    QT_TRANSLATE_NOOP("recipe", "pattern"),
    QT_TRANSLATE_NOOP("recipe", "reference"),
    QT_TRANSLATE_NOOP("recipe", "dots"),
    QT_TRANSLATE_NOOP("recipe", "lines"),
    QT_TRANSLATE_NOOP("recipe", "crosshatch"),
    QT_TRANSLATE_NOOP("recipe", "checks"),
    QT_TRANSLATE_NOOP("recipe", "grid"),
    QT_TRANSLATE_NOOP("recipe", "bricks"),
    QT_TRANSLATE_NOOP("recipe", "waves"),
    QT_TRANSLATE_NOOP("recipe", "scales"),
    QT_TRANSLATE_NOOP("recipe", "triangles"),
)
"""Words of the choices below, which their declarations hold as plain literals."""
SOURCE = declare(
    QT_TRANSLATE_NOOP("recipe", "Fill with"),
    description=QT_TRANSLATE_NOOP(
        "recipe", "The painting colour, the background colour, a pattern, or nothing."
    ),
)
OPACITY = declare(QT_TRANSLATE_NOOP("recipe", "Opacity"), low=0.01, high=1.0)
NEW_LAYER = declare(
    QT_TRANSLATE_NOOP("recipe", "New layer"),
    description=QT_TRANSLATE_NOOP("recipe", "Each fill lands on a layer of its own."),
)
PATTERNED: Mapping[str, tuple[str, ...]] = MappingProxyType({"source": ("pattern",)})
PATTERN = declare(QT_TRANSLATE_NOOP("recipe", "Pattern"), when=PATTERNED)
PATTERN_SIZE = declare(
    QT_TRANSLATE_NOOP("recipe", "Pattern size"),
    low=2.0,
    high=1000.0,
    soft_high=100.0,
    unit="px",
    when=PATTERNED,
)
DENSITY = declare(
    QT_TRANSLATE_NOOP("recipe", "Density"),
    low=0.0,
    high=1.0,
    description=QT_TRANSLATE_NOOP("recipe", "How much of the ground the pattern covers."),
    when=PATTERNED,
)
ANGLE = declare(
    QT_TRANSLATE_NOOP("recipe", "Angle"), low=-180.0, high=180.0, step=1.0, unit="°", when=PATTERNED
)


class FillOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Of the fill tool."""

    source: Annotated[FillSource, SOURCE] = "colour"
    sample: Annotated[
        Literal["all", "layer", "reference"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sample"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "The picture as shown, the active layer alone, or the layers marked as reference."
            ),
        ),
    ] = "all"
    tolerance: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Tolerance"),
            low=0.0,
            high=1.0,
            description=QT_TRANSLATE_NOOP(
                "recipe", "How different a colour may be, in per cent of a channel."
            ),
        ),
    ] = 0.12
    gap: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Close gaps"),
            low=0,
            high=100,
            soft_high=32,
            unit="px",
            description=QT_TRANSLATE_NOOP(
                "recipe", "Openings of a line up to this width hold the fill back."
            ),
            when={"contiguous": (True,)},
        ),
    ] = 0
    grow: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Grow"),
            low=-32,
            high=64,
            soft_high=16,
            unit="px",
            description=QT_TRANSLATE_NOOP(
                "recipe", "The colour creeps this far under the line, never out at its other side."
            ),
        ),
    ] = 1
    contiguous: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Contiguous"),
            description=QT_TRANSLATE_NOOP("recipe", "Only what hangs together with the place pressed."),
        ),
    ] = True
    smooth: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Smooth edge"),
            description=QT_TRANSLATE_NOOP("recipe", "Half-tones of the line are filled by half."),
        ),
    ] = True
    new_layer: Annotated[bool, NEW_LAYER] = False
    opacity: Annotated[float, OPACITY] = 1.0
    pattern: Annotated[pattern.PatternKind, PATTERN] = "dots"
    size: Annotated[float, PATTERN_SIZE] = 12.0
    density: Annotated[float, DENSITY] = 0.3
    angle: Annotated[float, ANGLE] = 45.0


class Sourced(Protocol):
    """What the options of every filling tool say about what is laid down."""

    @property
    def source(self) -> FillSource: ...
    @property
    def pattern(self) -> pattern.PatternKind: ...
    @property
    def size(self) -> float: ...
    @property
    def density(self) -> float: ...
    @property
    def angle(self) -> float: ...


def colours_of(painting: Painting, options: Sourced) -> tuple[Colour, ...]:
    """The colour that a fill lays down, as the options say; none where it takes away."""
    if options.source == "erase":
        return ()
    return (painting.background if options.source == "background" else painting.colour,)


def inks_of(painting: Painting, options: Sourced) -> Inks:
    """What a fill lays down, as the options say."""
    colour = painting.background if options.source == "background" else painting.colour
    if options.source != "pattern":
        return lambda space: covering.flat(colours.entering(colour, space))
    kind, size, density, angle = options.pattern, options.size, options.density, options.angle

    def inks(space: ColourSpace) -> Ink:
        pixel = np.array([*colours.entering(colour, space), 1.0], np.float32)
        return lambda rect: pattern.coverage(kind, rect, size, density, angle)[..., None] * pixel

    return inks


def fill_gesture(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """Fills where the pen was pressed and, when it was dragged on, the like areas that it came over; one undo step."""
    options: FillOptions = painting.options("fill")
    points = [(pointer.x, pointer.y)]
    while (sample := (yield)) is not None:
        if math.dist(points[-1], (sample.x, sample.y)) * sample.zoom >= APART:
            points.append((sample.x, sample.y))
            painting.show_marks((Outline(tuple(points), closed=False),))
    places = [(math.floor(x), math.floor(y)) for x, y in points[:MOST_PLACES]]
    region = Region(
        x=places[0][0],
        y=places[0][1],
        tolerance=options.tolerance,
        contiguous=options.contiguous,
        gap=options.gap,
        grow=options.grow,
        smooth=options.smooth,
        sample=options.sample,
    )
    painting.studio.filling.region(
        picture,
        FILL,
        region,
        inks_of(painting, options),
        opacity=options.opacity,
        erase=options.source == "erase",
        new_layer=options.new_layer,
        also=places[1:] if options.contiguous else (),
        colours=colours_of(painting, options),
    )


KINDS = (
    ToolKind(
        name="fill", title=QT_TRANSLATE_NOOP("actions", "Fill"), icon="fill", family="fill", shortcuts=("G",),
        aliases=("paint bucket", "bucket fill", "flood fill", "油漆桶", "填色"), gesture=fill_gesture,
        options=FillOptions, hint=QT_TRANSLATE_NOOP("Options", "Press to fill an area, drag to fill several; Alt picks a colour"), alt_picks=True,
    ),
)  # fmt: skip
