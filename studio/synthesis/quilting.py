"""A texture of any size from a small picture of it: blocks laid over one another, cut where they differ least.

Efros, Freeman, "Image quilting for texture synthesis and transfer", SIGGRAPH 2001.
"""

from __future__ import annotations

from collections.abc import Generator

import cv2
import numpy as np

from studio.synthesis.problems import finite

Quilting = Generator[float, None, np.ndarray]
_TOLERANCE = 1.1
"""A block is drawn among those whose overlap differs at most this much more than the best one's."""


def quilted(
    texture: np.ndarray, width: int, height: int, *, block: int = 48, overlap: int = 0, seed: int = 0
) -> Quilting:
    """float32 [height, width, 4] that looks like ``texture`` (premultiplied float32 [h, w, 4]) goes on and on.

    ``block``: side of the blocks in pixels, at most the texture's; ``overlap``: how far they lie over one another, 0 is a
    sixth. The same seed gives the same pixels. Yields the part done. Raises ValueError for a size below 1.
    """
    if width < 1 or height < 1:
        raise ValueError(f"{width}×{height} is no size")
    source = finite(texture).astype(np.float32, copy=False)
    side = max(1, min(block, *source.shape[:2]))
    over = min(overlap or max(1, side // 6), side - 1)
    step = side - over
    chance = np.random.Generator(np.random.Philox(seed))
    rows, columns = (max(1, -(-(length - over) // step)) for length in (height, width))
    result = np.zeros((rows * step + over, columns * step + over, 4), np.float32)
    for index in range(rows * columns):
        y, x = index // columns * step, index % columns * step
        spot = result[y : y + side, x : x + side]
        up, left = (over if y else 0), (over if x else 0)
        new = _chosen(source, spot, up, left, chance)
        spot[:] = np.where(taken(spot, new, up, left)[..., None], new, spot)
        yield (index + 1) / (rows * columns)
    return np.ascontiguousarray(result[:height, :width])


def _chosen(
    source: np.ndarray, spot: np.ndarray, up: int, left: int, chance: np.random.Generator
) -> np.ndarray:
    """A block of the source that goes with what lies under its upper and its left edge."""
    side = len(spot)
    tall, wide = source.shape[0] - side + 1, source.shape[1] - side + 1
    if not up and not left:
        y, x = int(chance.integers(tall)), int(chance.integers(wide))
        return source[y : y + side, x : x + side]
    cost = np.zeros((tall, wide), np.float64)
    for part in ((slice(0, up), slice(0, side)), (slice(up, side), slice(0, left))):
        template = spot[part]
        if not template.size:
            continue
        area = source[
            part[0].start : part[0].start + tall + template.shape[0] - 1, : wide + template.shape[1] - 1
        ]
        plain = float(np.ptp(source[..., 3])) == 0  # nothing of the alpha differs
        for channels in (slice(0, 3),) if plain else (slice(0, 3), slice(3, 4)):
            one, other = (
                np.ascontiguousarray(area[..., channels]),
                np.ascontiguousarray(template[..., channels]),
            )
            cost += cv2.matchTemplate(one, other, cv2.TM_SQDIFF)
    cost = np.maximum(cost, 0)
    good = np.flatnonzero(cost.reshape(-1) <= cost.min() * _TOLERANCE + 1e-6 * spot.size)
    y, x = divmod(int(good[chance.integers(len(good))]), wide)
    return source[y : y + side, x : x + side]


def taken(old: np.ndarray, new: np.ndarray, up: int, left: int) -> np.ndarray:
    """Where the new block lies on top (bool [side, side]): beyond the cheapest cuts through its upper and left overlap."""
    side = len(old)
    result = np.ones((side, side), bool)
    difference = np.square(old - new).sum(2, dtype=np.float64)
    if left:
        cut = cheapest_cut(difference[:, :left])
        result &= np.arange(side)[None, :] >= cut[:, None]
    if up:
        cut = cheapest_cut(np.ascontiguousarray(difference[:up].T))
        result &= np.arange(side)[:, None] >= cut[None, :]
    return result


def cheapest_cut(cost: np.ndarray) -> np.ndarray:
    """The column of the cut from top to bottom of least summed cost [h, w], one column aside at most per row: int [h]."""
    sums = cost.astype(np.float64).copy()
    for row in range(1, len(sums)):
        before = np.pad(sums[row - 1], 1, constant_values=np.inf)
        sums[row] += np.minimum(np.minimum(before[:-2], before[1:-1]), before[2:])
    cut = np.empty(len(sums), np.int64)
    cut[-1] = int(sums[-1].argmin())
    for row in range(len(sums) - 2, -1, -1):
        first = max(0, cut[row + 1] - 1)
        cut[row] = first + int(sums[row, first : cut[row + 1] + 2].argmin())
    return cut
