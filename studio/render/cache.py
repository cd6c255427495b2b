"""One byte budget for everything that render keeps; the least recently used goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

MIB = 1 << 20


class ByteCache:
    """Values by key with their size in bytes. Safe from any thread; each call holds the lock for microseconds."""

    def __init__(self, budget_bytes: int) -> None:
        self.budget = budget_bytes
        self._held = 0
        self._items: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def held(self) -> int:
        """Bytes held now."""
        return self._held

    def __len__(self) -> int:
        return len(self._items)

    def get(self, key: Hashable) -> Any | None:
        """The value, which becomes the most recently used; None where there is none."""
        with self._lock:
            item = self._items.get(key)
            if item is None:
                return None
            self._items.move_to_end(key)
            return item[0]

    def put(self, key: Hashable, value: Any, nbytes: int) -> None:
        """Keeps ``value``; drops the least recently used while the budget is exceeded (never the one just put)."""
        with self._lock:
            old = self._items.pop(key, None)
            self._held += nbytes - (old[1] if old else 0)
            self._items[key] = (value, nbytes)
            while self._held > self.budget and len(self._items) > 1:
                _, (_, freed) = self._items.popitem(last=False)
                self._held -= freed

    def set_budget(self, budget_bytes: int) -> None:
        """Another budget; what is beyond it is dropped at once."""
        with self._lock:
            self.budget = budget_bytes
            while self._held > self.budget and len(self._items) > 1:
                _, (_, freed) = self._items.popitem(last=False)
                self._held -= freed

    def drop(self, key: Hashable) -> None:
        with self._lock:
            old = self._items.pop(key, None)
            self._held -= old[1] if old else 0

    def all_keys(self) -> list[Hashable]:
        with self._lock:
            return list(self._items)
