"""What everything that makes a picture from nothing declares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np


class Maker(msgspec.Struct, frozen=True, kw_only=True):
    """``make(width, height, parameters, seed)`` gives straight float32 RGBA [height, width, 4], encoded.

    It raises RecipeError for a parameter outside its range. A change of pixels raises ``version``.
    """

    name: str
    version: int
    title: str
    description: str
    parameters: type[msgspec.Struct]
    make: Callable[[int, int, Any, int], np.ndarray]

    @property
    def key(self) -> str:
        return f"{self.name}@{self.version}"
