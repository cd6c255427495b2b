"""Magic wand, selection by colour and quick select: a press finds what belongs to it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from studio.raster.geometry import Rect
from studio.raster.selecting.regions import Likeness
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.workspace.quick_objects import Mark
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.constraint import Begun
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.marks import Outline
from studio.workspace.tools.marquee import MarqueeOptions, box_of, nudge_outline
from studio.workspace.tools.selection import ANTI_ALIAS, CLICK, FEATHER, MODE, Held, SelectionMode, mode_of

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

Sample = Literal["picture", "layer"]
Spot = Literal["point", "3 × 3", "5 × 5", "11 × 11"]
SIDES: dict[Spot, int] = {"point": 1, "3 × 3": 3, "5 × 5": 5, "11 × 11": 11}
SEEN = 900.0
"""Device pixels around its marks that quick select looks at: about what is seen."""
_WORDS = (
    QT_TRANSLATE_NOOP("recipe", "perceived"),
    QT_TRANSLATE_NOOP("recipe", "channels"),
    QT_TRANSLATE_NOOP("recipe", "picture"),
    QT_TRANSLATE_NOOP("recipe", "layer"),
    QT_TRANSLATE_NOOP("recipe", "point"),
)

TOLERANCE = declare(
    QT_TRANSLATE_NOOP("recipe", "Tolerance"),
    low=0.0,
    high=100.0,
    description=QT_TRANSLATE_NOOP("recipe", "How different a colour may be: ΔE, or per cent of a channel."),
)
MEASURE = declare(
    QT_TRANSLATE_NOOP("recipe", "Compare"),
    description=QT_TRANSLATE_NOOP("recipe", "As seen (CIE ΔE), or channel by channel."),
)
SAMPLE = declare(
    QT_TRANSLATE_NOOP("recipe", "Sample"),
    description=QT_TRANSLATE_NOOP("recipe", "The whole picture as shown, or the active layer alone."),
)
SPOT = declare(
    QT_TRANSLATE_NOOP("recipe", "Spot"),
    description=QT_TRANSLATE_NOOP("recipe", "The pixels whose mean colour is looked for."),
)


class WandOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Of the magic wand."""

    mode: Annotated[SelectionMode, MODE] = "new"
    tolerance: Annotated[float, TOLERANCE] = 12.0
    measure: Annotated[Literal["perceived", "channels"], MEASURE] = "perceived"
    sample: Annotated[Sample, SAMPLE] = "picture"
    contiguous: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Contiguous"),
            description=QT_TRANSLATE_NOOP("recipe", "Only what hangs together with the place pressed."),
        ),
    ] = True
    gap: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Close gaps"),
            low=0,
            high=100,
            soft_high=32,
            unit="px",
            description=QT_TRANSLATE_NOOP(
                "recipe", "Openings of a line up to this width hold the area back."
            ),
            when={"contiguous": (True,)},
        ),
    ] = 0
    anti_alias: Annotated[bool, ANTI_ALIAS] = True
    spot: Annotated[Spot, SPOT] = "point"
    feather: Annotated[float, FEATHER] = 0.0


class ColourOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Of selection by colour."""

    mode: Annotated[SelectionMode, MODE] = "new"
    tolerance: Annotated[float, TOLERANCE] = 12.0
    measure: Annotated[Literal["perceived", "channels"], MEASURE] = "perceived"
    sample: Annotated[Sample, SAMPLE] = "picture"
    anti_alias: Annotated[bool, ANTI_ALIAS] = True
    spot: Annotated[Spot, SPOT] = "3 × 3"
    feather: Annotated[float, FEATHER] = 0.0


class QuickOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Of quick select."""

    mode: Annotated[SelectionMode, MODE] = "new"
    size: Annotated[
        float,
        declare(QT_TRANSLATE_NOOP("recipe", "Size"), low=1.0, high=2000.0, soft_high=200.0, unit="px"),
    ] = 24.0


class ObjectOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Of object select."""

    mode: Annotated[SelectionMode, MODE] = "new"


def wand_gesture(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """Selects what is like the pixel pressed, when the pen is lifted; where it is lifted counts."""
    options: WandOptions = painting.options("wand")
    place, mode = pointer, mode_of(pointer, options.mode)
    while (sample := (yield)) is not None:
        place = sample
    likeness = Likeness(
        tolerance=options.tolerance, measure=options.measure, anti_alias=options.anti_alias, gap=options.gap
    )
    painting.selecting.alike(
        math.floor(place.x),
        math.floor(place.y),
        likeness,
        contiguous=options.contiguous,
        one_layer=options.sample == "layer",
        side=SIDES[options.spot],
        mode=mode,
        feather=options.feather,
    )


def colour_gesture(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """Selects everything of the colour pressed on."""
    options: ColourOptions = painting.options("by-colour")
    place, mode = pointer, mode_of(pointer, options.mode)
    while (sample := (yield)) is not None:
        place = sample
    likeness = Likeness(tolerance=options.tolerance, measure=options.measure, anti_alias=options.anti_alias)
    painting.selecting.alike(
        math.floor(place.x),
        math.floor(place.y),
        likeness,
        contiguous=False,
        one_layer=options.sample == "layer",
        side=SIDES[options.spot],
        mode=mode,
        feather=options.feather,
    )


def quick_gesture(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """Marks a part of the object; the rest of it is found. Further marks add to it, Alt marks what does not belong."""
    options: QuickOptions = painting.options("quick-select")
    mode, radius = mode_of(pointer, options.mode), options.size / 2
    points, last = [(pointer.x, pointer.y)], pointer
    painting.show_marks(_brush_marks(points, radius))
    while (sample := (yield)) is not None:
        if math.dist(points[-1], (sample.x, sample.y)) * sample.zoom >= 2:
            points.append((sample.x, sample.y))
        last = sample
        painting.show_marks(_brush_marks(points, radius))
    mark = Mark(tuple(points), radius)
    painting.selecting.object_under(mark, mode, SEEN / max(last.zoom, 1e-3))


def object_gesture(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """A box dragged around the object; what is in it is told from what is around it."""
    options: ObjectOptions = painting.options("object-select")
    mode, begun, held = mode_of(pointer, options.mode), Begun(pointer), Held(pointer)
    box = Rect(0, 0, 0, 0)
    dragged = False
    while (sample := (yield)) is not None:
        begun.follow(sample)
        place = sample.x, sample.y
        square, centred = held.constrains(sample, "shift"), held.constrains(sample, "alt")
        box = Rect(*box_of(begun.place, place, MarqueeOptions(), square=square, centred=centred))
        dragged = dragged or math.dist(begun.place, place) * sample.zoom > CLICK
        corners = ((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))
        painting.show_marks((Outline(corners),))
    box = box.intersect(picture.document.artwork.rect)
    if dragged and not box.empty:
        painting.selecting.object_in(box, mode)


def _brush_marks(points: list[tuple[float, float]], radius: float) -> tuple[Outline, ...]:
    x, y = points[-1]
    turns = [2 * math.pi * index / 32 for index in range(32)]
    ring = tuple((x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns)
    return (Outline(tuple(points), closed=False), Outline(ring, dashed=False))


KINDS = (
    ToolKind(
        name="wand", title=QT_TRANSLATE_NOOP("actions", "Magic wand"), icon="wand", family="wand", shortcuts=("W",),
        aliases=("fuzzy select", "contiguous selection", "相似颜色选择"), gesture=wand_gesture, options=WandOptions, key=nudge_outline,
        hint=QT_TRANSLATE_NOOP("Options", "Press on a colour; Shift adds, Alt takes away, both intersect"),
    ),
    ToolKind(
        name="by-colour", title=QT_TRANSLATE_NOOP("actions", "Select by colour"), icon="select-colour", family="wand",
        aliases=("colour range", "color range", "色彩范围", "按颜色选择"), gesture=colour_gesture, options=ColourOptions, key=nudge_outline,
        hint=QT_TRANSLATE_NOOP("Options", "Press on a colour to select it everywhere"),
    ),
    ToolKind(
        name="quick-select", title=QT_TRANSLATE_NOOP("actions", "Quick select"), icon="quick-select", family="wand",
        shortcuts=("Shift+W",), aliases=("object select", "foreground select", "GrabCut", "对象选择", "快速选择", "抠图"),
        gesture=quick_gesture, options=QuickOptions, key=nudge_outline,
        hint=QT_TRANSLATE_NOOP("Options", "Mark a part of the object; mark more to add, with Alt what does not belong"),
    ),
    ToolKind(
        name="object-select", title=QT_TRANSLATE_NOOP("actions", "Select an object"), icon="object-select", family="wand",
        aliases=("object selection", "GrabCut", "对象选择", "框选对象", "抠图"), gesture=object_gesture,
        space_moves=True, options=ObjectOptions, key=nudge_outline,
        hint=QT_TRANSLATE_NOOP("Options", "Drag a box around the object; quick select then improves it"),
    ),
)  # fmt: skip
