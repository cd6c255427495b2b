"""View tiles as earlier steps showed them, so that undo and redo put back what was seen instead of composing it again.

A tile is kept when a change is about to overwrite it: then it still shows the step that is left. One level is kept, the
one that is looked at. What the record cannot be sure of it leaves out; the tile is composed then.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable

import numpy as np

from studio.document.artwork import Artwork
from studio.raster.geometry import TileKey
from studio.render.cache import ByteCache

STEPS = 64
"""Steps whose tiles are found again; of those before, the bytes fall out of the cache in time."""


class Past:
    """Tiles of artworks that were shown, within a byte budget. The caller holds a lock around each call."""

    def __init__(self, budget_bytes: int) -> None:
        self._tiles = ByteCache(budget_bytes)
        self._steps: list[tuple[weakref.ref[Artwork], int]] = []
        self._count = 0
        self._level = -1
        self._touched: set[TileKey] = set()

    @property
    def held(self) -> int:
        return self._tiles.held

    def set_budget(self, budget_bytes: int) -> None:
        self._tiles.set_budget(budget_bytes)

    def forget(self) -> None:
        """Another picture, or other pixels of the same artworks: results of slow filters came, the view's colours changed."""
        for key in self._tiles.all_keys():
            self._tiles.drop(key)
        self._steps.clear()
        self._level = -1

    def leave(self, artwork: Artwork, level: int) -> None:
        """From here on the view moves away from ``artwork``, a step that may come back."""
        self._level = level
        self._touched = set()
        if self._number(artwork) is None:
            self._count += 1
            self._steps = [*self._steps[1 - STEPS :], (weakref.ref(artwork), self._count)]
        else:  # the newest one is what ``keep`` keeps for
            self._steps.sort(key=lambda step: step[0]() is artwork)

    def keep(
        self, level: int, changed: Iterable[TileKey], valid: Iterable[tuple[TileKey, np.ndarray]]
    ) -> None:
        """Before the tiles ``changed`` show something else. ``valid``: those of them that show the picture as it is, with
        their pixels; the ones that still show the step that was left are copied."""
        if level != self._level or not self._steps:
            self._level = -1  # what changes at another level is not followed: nothing more is sure
            return
        number = self._steps[-1][1]
        for key, pixels in valid:
            if key not in self._touched and self._tiles.get((number, level, key)) is None:
                self._tiles.put((number, level, key), pixels.copy(), pixels.nbytes)
        self._touched.update(changed)

    def tile(self, artwork: Artwork, level: int, key: TileKey) -> np.ndarray | None:
        """The pixels of the whole tile as ``artwork`` shows it; None where they were not kept."""
        number = self._number(artwork)
        return None if number is None else self._tiles.get((number, level, key))

    def _number(self, artwork: Artwork) -> int | None:
        return next((number for known, number in self._steps if known() is artwork), None)
