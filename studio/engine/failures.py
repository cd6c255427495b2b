"""Failures that have a name, and the check of a request before it is worked on."""

from __future__ import annotations

import math
from typing import Any

import msgspec

from studio.messages.events import FailureKind
from studio.messages.requests import AddDetail, ApplyFilter, Generate, Project, Request
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError

BAD_REQUEST = QT_TRANSLATE_NOOP("engine", "The engine cannot do this: {reason}.")
DISK_FULL = QT_TRANSLATE_NOOP(
    "engine", "The disk is full. Free some space and try again; what was written is kept."
)
OUT_OF_MEMORY = QT_TRANSLATE_NOOP(
    "engine", "There is not enough memory for this size. Choose a smaller size or close other programs."
)
FELL_BACK = QT_TRANSLATE_NOOP(
    "engine", "The graphics card's memory is full; the processor takes over, more slowly."
)
DEVICE_GONE = QT_TRANSLATE_NOOP(
    "engine",
    "The device chosen in the settings is not there. Look whether its card and driver are in order, or choose another one.",
)
NOT_NUMBERS = QT_TRANSLATE_NOOP(
    "engine",
    "The model made no picture but values that are no numbers. Please report this with the model's name.",
)
ENGINE_LOST = QT_TRANSLATE_NOOP(
    "engine",
    "The engine stopped while it was working. It starts again with the next request; please try again.",
)
ENGINE_WILL_NOT_START = QT_TRANSLATE_NOOP(
    "engine", "The engine does not start. Run “danqing doctor” to see what is missing."
)
ENGINE_KEEPS_STOPPING = QT_TRANSLATE_NOOP(
    "engine", "The engine stopped {times} times in a row. Try another model or size, or run “danqing doctor”."
)
OTHER_PROTOCOL = QT_TRANSLATE_NOOP(
    "engine",
    "The engine at “{python}” belongs to another version of Danqing (protocol {theirs}, this one speaks {ours}). "
    "Install the same version there.",
)
CANCELLED = QT_TRANSLATE_NOOP("engine", "Stopped.")
UNRESPONSIVE = QT_TRANSLATE_NOOP("engine", "Stopped; the engine did not answer and was started again.")
BUG = QT_TRANSLATE_NOOP(
    "engine", "Something went wrong inside the engine. Please report this with the details."
)


class EngineError(Exception):
    """A failure with a name. ``message`` is English source text (context ``engine``) with ``arguments``."""

    def __init__(self, kind: FailureKind, message: str, *, file: str = "", **arguments: str):
        self.kind: FailureKind = kind
        self.message = message
        self.file = file
        self.arguments = arguments
        super().__init__(message.format(**arguments))


def check_request(request: Request) -> None:
    """Raises RecipeError when a value of ``request`` is outside its declared range or not a finite number."""
    if isinstance(request, Generate) and not request.seeds:
        raise RecipeError("seeds: at least one seed is needed")
    if isinstance(
        request, AddDetail | ApplyFilter | Project
    ):  # pixels are checked where they are unpacked, without a copy
        plain: Any = msgspec.to_builtins(msgspec.structs.replace(request, pixels=b""))
    else:
        plain = msgspec.to_builtins(request)
    _refuse_infinite(request)
    try:
        msgspec.convert(plain, type(request))
    except msgspec.ValidationError as error:
        raise RecipeError(str(error).replace("$.", "")) from None


def _refuse_infinite(request: Request) -> None:
    for name in request.__struct_fields__:
        value = getattr(request, name)
        inner = value.items() if isinstance(value, dict) else ((name, value),)
        for key, number in inner:
            if isinstance(number, float) and not math.isfinite(number):
                raise RecipeError(f"{key}: {number} is not a number; give a finite value")
