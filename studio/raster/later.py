"""Libraries that are loaded when they are first used, so that the window is there before them."""

from __future__ import annotations

import importlib
from typing import Any


class Later:
    """Stands for a module until one of its names is wanted."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, wanted: str) -> Any:
        value = getattr(importlib.import_module(self._name), wanted)
        setattr(self, wanted, value)
        return value
