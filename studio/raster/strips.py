"""Work on a picture strip by strip: on all processors, and so that it can be stopped between strips."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any

import numpy as np

from studio.raster.stopping import heard, heed, stop_here

PROCESSORS = os.cpu_count() or 1
STRIP_PIXELS = 1 << 14
"""Pixels worked on at once: a dozen planes of them stay in the second-level cache."""


def row_strips(shape: Sequence[int], pixels: int = STRIP_PIXELS) -> list[slice]:
    """Rows [h, w, …] in parts of about so many pixels."""
    rows = max(1, pixels // max(1, shape[1]))
    return [slice(top, min(top + rows, shape[0])) for top in range(0, shape[0], rows)]


def in_turn(
    work: Callable[[Any], object], parts: Sequence[Any], fewest: int = 2, ahead: int | None = None
) -> Iterator[None]:
    """``work`` done on every part, by as many threads as there are processors; yields after each part. A thread gets at
    least ``fewest`` parts. ``ahead``: so many are begun before the one waited for is done; all, by default.

    When it is closed early, or a stop is heard, parts not begun are left out. Numpy's errors are ignored. Raises Stopped.
    """
    stop = stop_here()

    def one(part: Any) -> None:
        with np.errstate(all="ignore"), heard(stop):
            heed()
            work(part)

    threads = min(len(parts) // fewest, PROCESSORS)
    if threads < 2:
        for part in parts:
            one(part)
            yield
        return
    left = iter(parts)
    with ThreadPoolExecutor(threads) as pool:
        waiting = deque(pool.submit(one, part) for part in islice(left, ahead))
        try:
            while waiting:
                waiting.popleft().result()
                waiting.extend(pool.submit(one, part) for part in islice(left, 1))
                yield
        finally:
            for part in waiting:
                part.cancel()


def side_by_side(work: Callable[[Any], object], parts: Sequence[Any]) -> None:
    """:func:`in_turn` at once."""
    for _ in in_turn(work, parts):
        pass
