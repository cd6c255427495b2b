"""Many small dabs laid at once: where a call for each would cost more than its pixels."""

from __future__ import annotations

from dataclasses import replace
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
_SPAN = 128
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
        if len(dabs) < FEWEST or dabs.radius.max() > LARGEST:
            return []
        span = max(np.ptp(dabs.x), np.ptp(dabs.y))
        parts = int(span // _SPAN) + 1
        if parts == 1:
            return [dabs]
        return [_part(dabs, where) for where in np.array_split(np.arange(len(dabs)), parts)]

    def lay(self, dabs: Dabs) -> list[Rect]:
        """Lays them; the rectangle that holds what they touched."""
        sizes = np.maximum(np.round(dabs.radius * _STEPS), 1).astype(int)
        columns, rows = np.floor(dabs.x).astype(int), np.floor(dabs.y).astype(int)
        phases = _phase(dabs.y - rows) * PHASES + _phase(dabs.x - columns)
        low, high = int(sizes.min()), int(sizes.max())
        reach = self._stamps.table(high, self._hardness).shape[1] // 2
        left, top = int(columns.min()) - reach, int(rows.min()) - reach
        rect = Rect(left, top, int(columns.max()) + reach + 1, int(rows.max()) + reach + 1)
        places = (rows - top) * rect.width + (columns - left)
        floors = 1 - dabs.level if isinstance(dabs.level, np.ndarray) else None
        total = np.zeros(rect.width * rect.height)
        lowest = np.zeros_like(total) if floors is not None else None
        for size in range(low, high + 1):
            which = slice(None) if low == high else np.flatnonzero(sizes == size)
            if low != high and not len(which):  # type: ignore[arg-type]
                continue
            table = self._stamps.table(size, self._hardness)
            where = (places[which, None] + _around(table.shape[1], rect.width)).ravel()
            logs = _logs(table.reshape(len(table), -1)[phases[which]], dabs.flow, which)
            total += np.bincount(where, logs.ravel(), len(total))
            if lowest is not None and floors is not None:
                lowest += np.bincount(where, (logs * floors[which, None]).ravel(), len(total))
        self._build.lower(rect, *_result(total, lowest, dabs.level, rect))
        return [rect]


def _logs(cover: np.ndarray, flow: np.ndarray | float, which: slice | np.ndarray) -> np.ndarray:
    """Logarithms of what is kept of each pixel, 1 − φ·stamp, float32 [dabs, pixels]."""
    share = flow[which, None].astype(np.float32) if isinstance(flow, np.ndarray) else np.float32(flow)
    kept = 1 - share * cover
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


def _part(dabs: Dabs, where: np.ndarray) -> Dabs:
    cut = {
        name: value[where] for name in Dabs.__slots__ if isinstance(value := getattr(dabs, name), np.ndarray)
    }
    return replace(dabs, **cut)


def _around(side: int, width: int) -> np.ndarray:
    """Offsets of a print's pixels from its middle, in a plane ``width`` wide."""
    steps = np.arange(side) - side // 2
    return (steps[:, None] * width + steps[None, :]).ravel()[None, :]


def _result(
    total: np.ndarray, lowest: np.ndarray | None, level: np.ndarray | float, rect: Rect
) -> tuple[np.ndarray, np.ndarray | float]:
    """(what is kept, the floor) [h, w] float32."""
    shape = rect.height, rect.width
    keep = np.exp(total).astype(np.float32).reshape(shape)
    if lowest is None:
        return keep, 1.0 - float(level)
    floor = np.divide(lowest, total, out=np.zeros_like(total), where=total < 0)
    return keep, floor.astype(np.float32).reshape(shape)
