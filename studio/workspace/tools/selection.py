"""What all selecting tools share: how a new selection is put to the old one, and what Shift and Alt mean when."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from studio.raster.selecting.combining import Mode
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.workspace.tools import Pointer

CLICK = 3.0
"""Device pixels; a shorter drag is a click."""

SelectionMode = Literal["new", "add", "subtract", "intersect"]
_WORDS = (
    QT_TRANSLATE_NOOP("recipe", "new"),
    QT_TRANSLATE_NOOP("recipe", "add"),
    QT_TRANSLATE_NOOP("recipe", "subtract"),
    QT_TRANSLATE_NOOP("recipe", "intersect"),
)
MODE = declare(
    QT_TRANSLATE_NOOP("recipe", "Mode"),
    description=QT_TRANSLATE_NOOP(
        "recipe", "How it joins what is selected. Shift adds, Alt takes away, both together intersect."
    ),
)
FEATHER = declare(
    QT_TRANSLATE_NOOP("recipe", "Feather"),
    low=0.0,
    high=1000.0,
    soft_high=100.0,
    unit="px",
    description=QT_TRANSLATE_NOOP("recipe", "How far the edge fades on each side."),
)
ANTI_ALIAS = declare(
    QT_TRANSLATE_NOOP("recipe", "Anti-alias"),
    description=QT_TRANSLATE_NOOP("recipe", "Pixels on the edge are selected in part."),
)


class OutlineOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Of tools that draw an outline."""

    mode: Annotated[SelectionMode, MODE] = "new"
    feather: Annotated[float, FEATHER] = 0.0
    anti_alias: Annotated[bool, ANTI_ALIAS] = True


def mode_of(pointer: Pointer, chosen: Mode) -> Mode:
    """The mode of a press: that of the keys held, else the one chosen in the options."""
    shift, alt = "shift" in pointer.modifiers, "alt" in pointer.modifiers
    if shift and alt:
        return "intersect"
    return "add" if shift else "subtract" if alt else chosen


class Held:
    """Keys held since the press say the mode; only pressed anew do they constrain the drag."""

    def __init__(self, pointer: Pointer) -> None:
        self._since_press = set(pointer.modifiers)

    def constrains(self, sample: Pointer, key: str) -> bool:
        self._since_press &= sample.modifiers
        return key in sample.modifiers and key not in self._since_press
