"""What a text under edit shows over the picture: caret, selection, composition, its box and the box's handles."""

from __future__ import annotations

import math

import msgspec

from studio.document.layer import Affine, joined
from studio.raster.text.layout import Cover
from studio.raster.text.style import TextStyle
from studio.workspace.tools import Pointer
from studio.workspace.tools.marks import Caret, Handle, Highlight, Mark, Outline, Point
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
    style: TextStyle, own: Affine, handle: Point, across: float, down: float
) -> tuple[TextStyle, Affine]:
    """The box after its handle was dragged by whole pixels of the text; it holds at least one character."""
    smallest = style.size
    left = min(across, style.width - smallest) if handle[0] == 0 else 0.0
    right = max(across, smallest - style.width) if handle[0] == 1 else 0.0
    top = min(down, style.height - smallest) if handle[1] == 0 else 0.0
    bottom = max(down, smallest - style.height) if handle[1] == 1 else 0.0
    box = msgspec.structs.replace(style, width=style.width + right - left, height=style.height + bottom - top)
    return box, joined(own, (1.0, 0.0, 0.0, 1.0, float(left), float(top)))


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
