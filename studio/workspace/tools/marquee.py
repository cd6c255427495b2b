"""Rectangle and ellipse: dragged out, moved by Space while dragging; a drag from inside moves the outline."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import msgspec

from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.selecting import outlines
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.constraint import Begun
from studio.workspace.tools.kind import ToolKind
from studio.workspace.tools.marks import Label, Outline
from studio.workspace.tools.selection import (
    ANTI_ALIAS,
    CLICK,
    FEATHER,
    MODE,
    Held,
    SelectionMode,
    mode_of,
)

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

Style = Literal["free", "ratio", "size"]
FIXED: Mapping[str, tuple[str, ...]] = MappingProxyType({"style": ("ratio", "size")})
RECTANGLE = QT_TRANSLATE_NOOP("history", "Select rectangle")
ELLIPSE = QT_TRANSLATE_NOOP("history", "Select ellipse")
CORNERS = 72
_WORDS = (
    QT_TRANSLATE_NOOP("recipe", "free"),
    QT_TRANSLATE_NOOP("recipe", "ratio"),
    QT_TRANSLATE_NOOP("recipe", "size"),
)


class MarqueeOptions(msgspec.Struct, frozen=True, kw_only=True):
    """``across`` and ``down`` are a ratio or, in pixels, a size, as ``style`` says."""

    mode: Annotated[SelectionMode, MODE] = "new"
    feather: Annotated[float, FEATHER] = 0.0
    style: Annotated[
        Style,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Style"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Any shape, a fixed ratio of the sides, or a fixed size."
            ),
        ),
    ] = "free"
    across: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Across"), low=0.01, high=100_000.0, soft_high=4000.0, when=FIXED
        ),
    ] = 1.0
    down: Annotated[
        float,
        declare(QT_TRANSLATE_NOOP("recipe", "Down"), low=0.01, high=100_000.0, soft_high=4000.0, when=FIXED),
    ] = 1.0


class EllipseOptions(MarqueeOptions, frozen=True, kw_only=True):
    """A rectangle keeps to whole pixels; an ellipse may have a soft edge."""

    anti_alias: Annotated[bool, ANTI_ALIAS] = True


class Box(NamedTuple):
    """Whole document pixels; ``right`` and ``bottom`` are beyond the last."""

    left: int
    top: int
    right: int
    bottom: int


def box_of(
    start: tuple[float, float],
    end: tuple[float, float],
    options: MarqueeOptions,
    *,
    square: bool = False,
    centred: bool = False,
) -> Box:
    """The box dragged from ``start`` to ``end``: free, square, in a ratio, or of a size; around ``start`` if centred."""
    width, height = end[0] - start[0], end[1] - start[1]
    if options.style == "size":
        width = math.copysign(options.across, width)
        height = math.copysign(options.down, height)
        if centred:
            width, height = width / 2, height / 2
    elif square or options.style == "ratio":
        ratio = 1.0 if square and options.style == "free" else options.across / options.down
        longer = max(abs(width), abs(height) * ratio)
        width, height = math.copysign(longer, width), math.copysign(longer / ratio, height)
    left, top = (start[0] - width, start[1] - height) if centred else start
    right, bottom = start[0] + width, start[1] + height
    columns, rows = sorted((_whole(left), _whole(right))), sorted((_whole(top), _whole(bottom)))
    return Box(columns[0], rows[0], columns[1], rows[1])


def _whole(value: float) -> int:
    return math.floor(value + 0.5)


def marquee_gesture(shape: str, picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """Drags a rectangle or an ellipse out; from inside the selection, without keys, the outline moves instead."""
    tool = f"select-{shape}"
    options: MarqueeOptions = painting.options(tool)
    mode = mode_of(pointer, options.mode)
    if mode == "new" and inside(picture, pointer):
        yield from move_outline(painting, pointer)
        return
    held, begun = Held(pointer), Begun(pointer)
    box, dragged = box_of(begun.place, begun.place, options), options.style == "size"
    while (sample := (yield)) is not None:
        begun.follow(sample)
        start = begun.place
        square, centred = held.constrains(sample, "shift"), held.constrains(sample, "alt")
        box = box_of(start, (sample.x, sample.y), options, square=square, centred=centred)
        dragged = dragged or math.dist((sample.x, sample.y), start) * sample.zoom > CLICK
        painting.show_marks(_marks(shape, box, sample))
    if not dragged or box.right == box.left or box.bottom == box.top:
        if mode == "new":
            painting.selecting.none()
        return
    fill = _fills(box, options)
    label = RECTANGLE if shape == "rectangle" else ELLIPSE
    painting.selecting.outline(label, Rect(*box), fill, mode, options.feather)


def _fills(box: Box, options: MarqueeOptions) -> Callable[[Rect], Mask]:
    if not isinstance(options, EllipseOptions):
        return lambda canvas: outlines.rectangle(*box, canvas)
    return lambda canvas: outlines.ellipse(*box, canvas, anti_alias=options.anti_alias)


def _marks(shape: str, box: Box, sample: Pointer) -> tuple[Outline | Label, ...]:
    if shape == "rectangle":
        points = ((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))
    else:
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        turns = [2 * math.pi * index / CORNERS for index in range(CORNERS)]
        points = tuple(
            (x + (x - box.left) * math.cos(turn), y + (y - box.top) * math.sin(turn)) for turn in turns
        )
    size = f"{box.right - box.left} × {box.bottom - box.top}"
    return Outline(points), Label(sample.x, sample.y, size)


def inside(picture: Picture, pointer: Pointer) -> bool:
    """Whether the pointer lies inside the selection."""
    mask = picture.document.artwork.selection
    if mask is None:
        return False
    pixel = Rect.of(math.floor(pointer.x), math.floor(pointer.y), 1, 1)
    return bool(mask.read(pixel)[0, 0] >= 0.5)


def move_outline(painting: Painting, pointer: Pointer) -> Gesture:
    """Moves the selection's outline by whole pixels, Shift along one axis; a mere click deselects."""
    selecting, dragged, done = painting.selecting, False, False
    try:
        while (sample := (yield)) is not None:
            x, y = _whole(sample.x - pointer.x), _whole(sample.y - pointer.y)
            if "shift" in sample.modifiers:
                x, y = (x, 0) if abs(x) >= abs(y) else (0, y)
            dragged = dragged or math.dist((sample.x, sample.y), (pointer.x, pointer.y)) * sample.zoom > CLICK
            if dragged:
                selecting.drag(x, y)
        done = True
    finally:
        if not done:
            selecting.drag(0, 0)
    if dragged:
        selecting.drop()
    else:
        selecting.none()


_ARROWS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


def nudge_outline(picture: Picture, painting: Painting, key: str, modifiers: frozenset[str]) -> bool:
    """With a selecting tool an arrow key moves the outline by one pixel, with Shift by ten."""
    artwork = picture.document.artwork
    busy = picture.document.gesture_open or artwork.selection is None
    if key not in _ARROWS or busy or modifiers & {"control", "alt"}:
        return False
    far = 10 if "shift" in modifiers else 1
    x, y = _ARROWS[key]
    painting.selecting.drag(far * x, far * y)
    painting.selecting.drop()
    return True


HINT = QT_TRANSLATE_NOOP(
    "Options",
    "Drag selects; Shift adds, Alt takes away; then Shift keeps it square, Alt centres it, Space moves it",
)

KINDS = (
    ToolKind(
        name="select-rectangle", title=QT_TRANSLATE_NOOP("actions", "Select rectangle"), icon="select-rectangle",
        family="select", shortcuts=("M",), aliases=("rectangular marquee", "矩形选框", "矩形选择"),
        gesture=partial(marquee_gesture, "rectangle"), space_moves=True, options=MarqueeOptions, snaps=True, hint=HINT,
        key=nudge_outline,
    ),
    ToolKind(
        name="select-ellipse", title=QT_TRANSLATE_NOOP("actions", "Select ellipse"), icon="select-ellipse",
        family="select", shortcuts=("Shift+M",), aliases=("elliptical marquee", "椭圆选框", "椭圆选择"),
        gesture=partial(marquee_gesture, "ellipse"), space_moves=True, options=EllipseOptions, snaps=True, hint=HINT,
        key=nudge_outline,
    ),
)  # fmt: skip
