"""Many small dabs laid by one call: where a call for each would cost more than its pixels."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from studio.raster import native
from studio.raster.coverage import Build, Flow
from studio.raster.dab import Column, Dabs
from studio.raster.geometry import Rect
from studio.raster.stamp import HARDNESS_STEPS, Stamps

if TYPE_CHECKING:
    from studio.raster.brush import Brush
    from studio.raster.mixing import Mixing

LARGEST = 8.0
"""Radius in pixels up to which dabs are laid together."""
_STEPS = 8
_SPAN = 64
"""Pixels of path whose dabs are reported as one rectangle."""


class Together:
    """Lays small round dabs of one hardness, each as ``Flow.lay`` would."""

    def __init__(self, brush: Brush, build: Flow, stamps: Stamps) -> None:
        self._hardness = round(brush.hardness * HARDNESS_STEPS)
        self._build = build
        self._stamps = stamps

    def of(self, dabs: Dabs) -> list[Dabs]:
        """``dabs`` in parts that lie near each other; none where they are too large."""
        count = len(dabs.x)
        if not count or dabs.radius.max() > LARGEST:
            return []
        parts = int(max(np.ptp(dabs.x), np.ptp(dabs.y)) // _SPAN) + 1
        if parts == 1:
            return [dabs]
        edges = [count * part // parts for part in range(parts + 1)]
        return [dabs.part(start, end) for start, end in pairwise(edges) if end > start]

    def lay(self, dabs: Dabs) -> list[Rect]:
        """Lays them; the rectangle that holds what they touched."""
        low, high = (max(1, round(float(one) * _STEPS)) for one in (dabs.radius.min(), dabs.radius.max()))
        tables = [self._stamps.table(size, self._hardness) for size in range(low, high + 1)]
        reach = tables[-1].reach
        left, top = (math.floor(column.min()) - reach for column in (dabs.x, dabs.y))
        # a place may be rounded up into the next pixel
        right, bottom = (math.floor(column.max()) + reach + 2 for column in (dabs.x, dabs.y))
        rect = Rect(left, top, right, bottom)
        flow, level = _each(dabs.flow, len(dabs.x)), _each(dabs.level, len(dabs.x))
        whole = self._build.plane.spot(rect)
        plane = self._build.plane.read(rect) if whole is None else whole
        native.lay_dabs(plane, rect[:2], (dabs.x, dabs.y, dabs.radius), flow, level, low, tables)
        if whole is None:
            self._build.plane.scatter(rect, plane)
        return [rect]


def _each(column: Column, count: int) -> np.ndarray:
    return np.ascontiguousarray(np.broadcast_to(np.asarray(column, np.float32), (count,)))


def together(brush: Brush, build: Build | Mixing, stamps: Stamps) -> Together | None:
    """For brushes whose small dabs differ in place, radius, flow and level only; None for all others."""
    driven = {one.parameter for one in brush.dynamics}
    plain = (
        isinstance(build, Flow) and brush.tip == "round" and not brush.aliased and brush.roundness == 1
        and not driven & {"hardness", "roundness", "texture", "texture_scale", "wet_edges"}
    )  # fmt: skip
    return Together(brush, build, stamps) if plain and isinstance(build, Flow) else None
