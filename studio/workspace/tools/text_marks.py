"""What a text under edit shows over the picture: caret, selection, composition, its box and the box's handles."""

from __future__ import annotations

import math

import msgspec
from msgspec.structs import replace

from studio.document.layer import Affine, joined
from studio.raster.text.layout import Cover
from studio.raster.text.style import TextStyle
from studio.workspace.tools import Pointer
from studio.workspace.tools.marks import Caret, Handle, Highlight, Mark, Outline, Point
from studio.workspace.tools.selection import Held
from studio.workspace.tools.text_setting import TextSetting
from studio.workspace.tools.typing_state import Typing

GRIP = 8.0
"""Screen pixels around a handle, and around a text, that belong to it."""
HANDLES: tuple[Point, ...] = (
    (0.0, 0.0), (0.5, 0.0), (1.0, 0.0), (0.0, 0.5), (1.0, 0.5), (0.0, 1.0), (0.5, 1.0), (1.0, 1.0)
)  # fmt: skip
"""Places on the box, in parts of its width and height."""


def handle_at(setting: TextSetting, pointer: Pointer) -> Point | None:
    """The handle of the box under the pointer."""
    if not setting.style.boxed:
        return None
    reach = GRIP / pointer.zoom
    found = [(math.dist(_place(setting, each), (pointer.x, pointer.y)), each) for each in HANDLES]
    distance, nearest = min(found)
    return nearest if distance <= reach else None


def holds(setting: TextSetting, pointer: Pointer) -> bool:
    """Whether a press there is meant for this text."""
    u, v = setting.to_text(pointer.x, pointer.y)
    a, b, c, d = setting.transform[:4]
    reach = 2 * GRIP / pointer.zoom / max(abs(a * d - b * c) ** 0.5, 1e-6)
    left, top, right, bottom = setting.layout.box
    return left - reach <= u <= right + reach and top - reach <= v <= bottom + reach


def handle_cursor(setting: TextSetting, handle: Point) -> str:
    """The cursor that points along the handle's way, as it lies on the screen of an unrotated view."""
    a, b, c, d = setting.transform[:4]
    x, y = handle[0] - 0.5, handle[1] - 0.5
    degrees = math.degrees(math.atan2(b * x + d * y, a * x + c * y)) % 180
    return ("size-h", "size-fd", "size-v", "size-bd")[round(degrees / 45) % 4]


def _place(setting: TextSetting, part: Point) -> Point:
    return setting.to_document(setting.style.width * part[0], setting.style.height * part[1])


def resized(
    style: TextStyle,
    own: Affine,
    handle: Point,
    across: float,
    down: float,
    held: frozenset[str] = frozenset(),
) -> tuple[TextStyle, Affine]:
    """The box after its handle was dragged by whole pixels of the text; it holds at least one character. With ``shift``
    among the keys ``held`` it keeps its proportions, with ``alt`` its middle."""
    sides = (0.0 if handle[0] == 0.5 else 2 * handle[0] - 1), (0.0 if handle[1] == 0.5 else 2 * handle[1] - 1)
    both = 2 if "alt" in held else 1
    width, height = style.width + both * sides[0] * across, style.height + both * sides[1] * down
    if "shift" in held:
        width, height = _in_proportion(style, sides, width, height)
    width, height = max(float(round(width)), style.size), max(float(round(height)), style.size)
    x = _shift(width - style.width, sides[0], both)
    y = _shift(height - style.height, sides[1], both)
    box = msgspec.structs.replace(style, width=width, height=height)
    return box, joined(own, (1.0, 0.0, 0.0, 1.0, x, y))


def _shift(more: float, side: float, both: int) -> float:
    """By how much a box that grew by ``more`` begins elsewhere."""
    if both == 2 or not side:
        return -float(round(more / 2))
    return -more if side < 0 else 0.0


def _in_proportion(
    style: TextStyle, sides: tuple[float, float], width: float, height: float
) -> tuple[float, float]:
    """The size in the proportions of ``style`` that the dragged side, or of a corner the longer one, asks for."""
    scales = [
        now / before
        for now, before, side in ((width, style.width, sides[0]), (height, style.height, sides[1]))
        if side
    ]
    scale = max(scales)
    return style.width * scale, style.height * scale


def corners(start: Pointer, end: Pointer, held: Held) -> tuple[Pointer, Pointer]:
    """Two opposite corners of a box drawn from ``start`` to ``end``; keys pressed since the press constrain it."""
    x, y = end.x - start.x, end.y - start.y
    centred = held.constrains(end, "alt")
    if held.constrains(end, "shift"):
        side = max(abs(x), abs(y))
        x, y = math.copysign(side, x), math.copysign(side, y)
    first = replace(start, x=start.x - x, y=start.y - y) if centred else start
    return first, replace(end, x=start.x + x, y=start.y + y)


def rectangle(start: Pointer, end: Pointer) -> tuple[Point, ...]:
    return (start.x, start.y), (end.x, start.y), (end.x, end.y), (start.x, end.y)


def marks_of(setting: TextSetting, typing: Typing, hot: Point | None) -> tuple[Mark, ...]:
    """Selection below, then box and composition, the caret on top."""
    layout = setting.layout
    left, top, right, bottom = layout.box
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    found: list[Mark] = [
        Highlight(_polygon(setting, cover)) for cover in layout.covered(typing.start, typing.end)
        if not typing.preedit
    ]  # fmt: skip
    found.append(Outline(tuple(setting.to_document(*corner) for corner in corners)))
    if setting.style.boxed:
        found += [Handle(*_place(setting, each), hot=each == hot) for each in HANDLES]
    if typing.preedit:
        for cover in layout.covered(typing.caret, typing.caret + len(typing.preedit)):
            _, _, end, start = _polygon(setting, cover)
            found.append(Outline((start, end), closed=False, dashed=False))
    foot, head = layout.caret(typing.shown_caret, typing.line)
    found.append(Caret(*setting.to_document(*foot), *setting.to_document(*head)))
    return tuple(found)


def _polygon(setting: TextSetting, cover: Cover) -> tuple[Point, ...]:
    return tuple(setting.to_document(*corner) for corner in setting.layout.quad(cover))
