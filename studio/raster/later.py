"""What is loaded when it is first used, so that the window is there before it: libraries, and tables of our own."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

Item = TypeVar("Item")


class Later:
    """Stands for a module until one of its names is wanted."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, wanted: str) -> Any:
        value = getattr(importlib.import_module(self._name), wanted)
        setattr(self, wanted, value)
        return value


class LaterMapping(Mapping[str, Item]):
    """A table by name that ``make`` fills when it is first looked into."""

    def __init__(self, make: Callable[[], Mapping[str, Item]]) -> None:
        self._make = make

    @cached_property
    def _items(self) -> Mapping[str, Item]:
        return self._make()

    def __getitem__(self, name: str) -> Item:
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)
