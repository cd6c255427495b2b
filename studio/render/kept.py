"""Composed tiles that are kept: what several layers show under a filter layer, what it makes of them, what a group shows.

One entry per place, level and tile, with the signature of what it was made from; so painting above a slow filter, or
beside a deep group, starts from the kept pixels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studio.document.layer import Filter, Layer
from studio.raster.geometry import TILE, Rect, tile_keys
from studio.render.cache import ByteCache
from studio.render.filtering import Filtering
from studio.render.frame import Frame
from studio.render.repeating import pieces
from studio.render.signature import signature

if TYPE_CHECKING:
    from studio.render.compose import Scene


class Kept:
    """Stores and finds composed tiles. Safe from any thread: stored arrays are never written again."""

    def __init__(self, cache: ByteCache, filtering: Filtering) -> None:
        self._cache = cache
        self._filtering = filtering

    def resume(
        self, runs: list[list[Layer]], rect: Rect, margins: list[int], scene: Scene, group: bool
    ) -> tuple[int, Frame | None]:
        """The topmost run after which all needed tiles are kept: (index of the next run, frame), else (0, None)."""
        for index in reversed(range(len(runs))):
            if not _worth(runs, index, group):
                continue
            frame = self._assembled(runs, index, rect.grow(margins[index + 1]), scene)
            if frame is not None:
                return index + 1, frame
        return 0, None

    def _assembled(self, runs: list[list[Layer]], index: int, rect: Rect, scene: Scene) -> Frame | None:
        found = []
        for key in tile_keys(rect):
            entry = self._cache.get(_slot(runs, index, key, scene))
            if entry is None or entry[0] != self._signature(runs, index, Rect.of_tile(key), scene):
                return None
            found.append((Rect.of_tile(key), entry))
        frame = Frame.unset(rect)
        for whole, (_, pixels) in found:
            part = rect.intersect(whole)
            x, y = part.left - whole.left, part.top - whole.top
            frame.view(part)[...] = pixels[y : y + part.height, x : x + part.width]
        return frame

    def store(self, runs: list[list[Layer]], index: int, frame: Frame, scene: Scene, group: bool) -> None:
        """Keeps the tiles that lie wholly inside ``frame``, the composition up to run ``index``."""
        if not _worth(runs, index, group):
            return
        for key in tile_keys(frame.rect):
            whole = Rect.of_tile(key)
            if frame.rect.contains(whole):
                pixels = np.array(frame.view(whole))
                entry = (self._signature(runs, index, whole, scene), pixels)
                self._cache.put(_slot(runs, index, key, scene), entry, TILE * TILE * 16)

    def _signature(self, runs: list[list[Layer]], index: int, whole: Rect, scene: Scene) -> tuple:
        layers = [layer for run in runs[: index + 1] for layer in run]
        reach = sum(self._filtering.reach_of_tree(layer, scene.level) for layer in layers)
        seen = whole.grow(reach)
        own = tuple(
            signature(layers, rect.from_level(scene.level), scene.transform, self._filtering.result_of)
            for rect in (seen, *(there for _, there in pieces(seen, scene.canvas, scene.axes)))
        )
        return (scene.canvas, scene.axes, scene.exact, scene.light, scene.profile, own)


def _slot(runs: list[list[Layer]], index: int, key: tuple[int, int], scene: Scene) -> tuple:
    return ("kept", runs[index][0].id, scene.level, key)


def _worth(runs: list[list[Layer]], index: int, group: bool) -> bool:
    if isinstance(runs[index][0], Filter):
        return True
    above = runs[index + 1][0] if index + 1 < len(runs) else None
    return index > 0 and (group if above is None else isinstance(above, Filter))
