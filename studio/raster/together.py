"""Many small dabs laid at once: where a call for each would cost more than its pixels."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from studio.raster.coverage import Build, Flow
from studio.raster.dab import Dabs
from studio.raster.geometry import Rect
from studio.raster.stamp import HARDNESS_STEPS, PHASES, Stamps

if TYPE_CHECKING:
    from studio.raster.brush import Brush

LARGEST = 8.0
"""Radius in pixels up to which dabs are laid together."""
FEWEST = 4
_STEPS = 8
_SPAN = 64
_LEAST = np.float32(1e-7)


class Together:
    """Lays small round dabs of one hardness.

    Dabs of flow φ leave Π (1 − φ·stamp) uncovered: sums of logarithms, one ``bincount`` for all of them. Of levels that
    change from dab to dab a pixel takes the mean, weighted by what each dab adds there.
    """

    def __init__(self, brush: Brush, build: Flow, stamps: Stamps) -> None:
        self._hardness = round(brush.hardness * HARDNESS_STEPS)
        self._build = build
        self._stamps = stamps

    def of(self, dabs: Dabs) -> list[Dabs]:
        """``dabs`` in parts that lie near each other; none where they are too large or too few."""
        count = len(dabs.x)
        if count < FEWEST or dabs.radius.max() > LARGEST:
            return []
        x, y = dabs.x.tolist(), dabs.y.tolist()
        parts = int(max(max(x) - min(x), max(y) - min(y)) // _SPAN) + 1
        if parts == 1:
            return [dabs]
        edges = [count * part // parts for part in range(parts + 1)]
        return [dabs.part(start, end) for start, end in pairwise(edges) if end > start]

    def lay(self, dabs: Dabs) -> list[Rect]:
        """Lays them; the rectangle that holds what they touched."""
        low, high = (_steps(radius) for radius in (dabs.radius.min(), dabs.radius.max()))
        sizes = [] if low == high else [_steps(radius) for radius in dabs.radius.tolist()]
        reach = self._stamps.table(high, self._hardness).reach
        columns, rows = np.floor(dabs.x), np.floor(dabs.y)
        phases = _phase(dabs.y - rows) * PHASES + _phase(dabs.x - columns)
        across, down = columns.tolist(), rows.tolist()
        left, top = int(min(across)) - reach, int(min(down)) - reach
        rect = Rect(left, top, int(max(across)) + reach + 1, int(max(down)) + reach + 1)
        places = ((rows - top) * rect.width + (columns - left)).astype(int)
        cells = rect.width * rect.height
        total, lowest = 0.0, 0.0
        for size in range(low, high + 1):
            which: slice | list[int] = slice(None)
            if low != high:
                which = [index for index, one in enumerate(sizes) if one == size]
                if not which:
                    continue
            table = self._stamps.table(size, self._hardness)
            around = table.rows * rect.width + table.columns
            where = (places[which, None] + around).ravel()
            logs = _logs(table.cover[phases[which]], _of(dabs.flow, which))
            total = total + np.bincount(where, logs.ravel(), cells)
            if isinstance(dabs.level, np.ndarray):
                floors = 1 - dabs.level[which, None]
                lowest = lowest + np.bincount(where, (logs * floors).ravel(), cells)
        self._build.lower(rect, *_result(np.asarray(total), lowest, dabs.level, rect))
        return [rect]


def _steps(radius: float) -> int:
    return max(1, round(float(radius) * _STEPS))


def _of(column: np.ndarray | float, which: slice | list[int]) -> np.ndarray | np.float32:
    return column[which, None].astype(np.float32) if isinstance(column, np.ndarray) else np.float32(column)


def _logs(cover: np.ndarray, flow: np.ndarray | np.float32) -> np.ndarray:
    """Logarithms of what is kept of each pixel, 1 − φ·stamp, float32 [dabs, pixels]."""
    kept = cover * -flow
    kept += 1
    np.maximum(kept, _LEAST, out=kept)
    return np.log(kept, out=kept)


def together(brush: Brush, build: Build, stamps: Stamps) -> Together | None:
    """For brushes whose small dabs differ in place, radius and level only; None for all others."""
    driven = {one.parameter for one in brush.dynamics}
    plain = (
        isinstance(build, Flow) and brush.tip == "round" and not brush.aliased and brush.roundness == 1
        and not driven & {"hardness", "roundness", "texture"}
    )  # fmt: skip
    return Together(brush, build, stamps) if plain and isinstance(build, Flow) else None


def _phase(share: np.ndarray) -> np.ndarray:
    # of a tiny negative number the share is 1
    return np.minimum((share * PHASES).astype(int), PHASES - 1)


def _result(
    total: np.ndarray, lowest: np.ndarray | float, level: np.ndarray | float, rect: Rect
) -> tuple[np.ndarray, np.ndarray | float]:
    """(what is kept, the floor) [h, w] float32."""
    shape = rect.height, rect.width
    keep = np.exp(total).astype(np.float32).reshape(shape)
    if isinstance(lowest, float):
        return keep, 1.0 - float(level)  # type: ignore[arg-type]
    floor = np.divide(lowest, total, out=np.zeros_like(total), where=total < 0)
    return keep, floor.astype(np.float32).reshape(shape)
