"""What everything that makes a picture from nothing declares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np


class Maker(msgspec.Struct, frozen=True, kw_only=True):
    """``make(width, height, parameters, seed)`` gives straight float32 RGBA [height, width, 4], encoded.

    It raises RecipeError for a parameter outside its range. A change of pixels raises ``version``. ``fitted(parameters,
    width, height)``: the parameters of what has a size of its own, so that it fills such a picture.
    """

    name: str
    version: int
    title: str
    description: str
    parameters: type[msgspec.Struct]
    make: Callable[[int, int, Any, int], np.ndarray]
    fitted: Callable[[Any, int, int], Any] | None = None

    @property
    def key(self) -> str:
        return f"{self.name}@{self.version}"
