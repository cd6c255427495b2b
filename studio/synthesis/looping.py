"""The third axis of a pattern as a loop: its values at each moment, so that the last leads into the first."""

from __future__ import annotations

import math
from typing import Any

import msgspec

from studio.recipe import QT_TRANSLATE_NOOP

STEPS = 4
"""How often a pattern becomes wholly another in one turn where its values do not say."""
NO_TIME = QT_TRANSLATE_NOOP(
    "recipe", "“{name}” does not change with time, so there is nothing to play. Those that do: {known}"
)


def has_time(parameters: type[msgspec.Struct]) -> bool:
    return {"time", "loop"} <= set(parameters.__struct_fields__)


def looped(values: Any) -> Any:
    """The values with a loop: their own, or of ``STEPS`` steps of time."""
    return values if values.loop else msgspec.structs.replace(values, loop=STEPS)


def moment(values: Any, part: float) -> Any:
    """The values after ``part`` of a turn; any whole number of turns shows the same pattern."""
    values = looped(values)
    time = values.time + (part - math.floor(part)) * values.loop
    return msgspec.structs.replace(values, time=math.fmod(time, values.loop))


def turn(values: Any, frames: int) -> list[Any]:
    """The values of ``frames`` pictures, evenly spread over one turn; the one after the last would be the first."""
    return [moment(values, number / frames) for number in range(frames)]
