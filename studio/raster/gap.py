"""Fills that do not leak: the region of a seed in line art whose outline has gaps up to a given width.

Trapped balls (Zhang, Chen, Zhang, Hu and Ding, "Vectorizing cartoon animations", TVCG 2009): a ball wider than the gap
cannot pass it. Where the ball fits is found from the distance to the lines; what the ball cannot reach is given to the
region that reaches it over the widest pass, level by level (a watershed from these markers), so that corners are
filled up to the line and the border in a gap lies at its narrowest place.
"""

from __future__ import annotations

from collections.abc import Generator

import cv2
import numpy as np

OWN_CHAMBER = 0.6
"""A pass wider than this share of the seed's own chamber is no gap in its outline but part of it."""
LEVELS = 10
"""At most this many steps from the ball's radius down to the line."""
Steps = Generator[None, None, np.ndarray]
_CROSS = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))


def component(free: np.ndarray, x: int, y: int) -> np.ndarray:
    """uint8 0/1 [h, w]: the pixels of ``free`` (0/1) that are connected to (x, y) by their sides.

    Diagonal neighbours are not connected, so that a line one pixel wide holds. All 0 where the seed is not free.
    """
    height, width = free.shape
    if not free[y, x]:
        return np.zeros_like(free, np.uint8)
    mask = np.zeros((height + 2, width + 2), np.uint8)
    # only the mask is written: 1 where the pixels equal the seed's
    cv2.floodFill(
        np.ascontiguousarray(free), mask, (x, y), 0, 0, 0, flags=4 | cv2.FLOODFILL_MASK_ONLY | 1 << 8
    )
    return mask[1:-1, 1:-1].copy()


def enclosed(free: np.ndarray, x: int, y: int, gap: int) -> np.ndarray:
    """uint8 0/1 [h, w]: the region of (x, y) in ``free`` (0/1) when gaps up to ``gap`` pixels count as closed.

    The picture's own edge closes a region. Where the seed's own chamber is hardly wider than the gap, only narrower
    gaps are closed (see ``OWN_CHAMBER``). All 0 where the seed is not free.
    """
    steps = enclosed_steps(free, x, y, gap)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def enclosed_steps(free: np.ndarray, x: int, y: int, gap: int) -> Steps:
    """:func:`enclosed` in steps of about 10 ms per million pixels; yields between them, returns the region."""
    whole = component(free, x, y)
    yield
    if gap < 1 or not whole[y, x]:
        return whole
    left, top, width, height = cv2.boundingRect(whole)
    # one pixel around: the distance must see the line beside the region; at the picture's edge there is none
    rows = slice(max(0, top - 1), min(free.shape[0], top + height + 1))
    columns = slice(max(0, left - 1), min(free.shape[1], left + width + 1))
    part = np.ascontiguousarray(whole[rows, columns])
    inside = yield from _held(part, x - columns.start, y - rows.start, gap)
    out = np.zeros_like(whole)
    out[rows, columns] = inside
    return out


def _held(free: np.ndarray, x: int, y: int, gap: int) -> Steps:
    """The region of the seed inside one connected component."""
    if free.all():
        return free
    distance = np.asarray(cv2.distanceTransform(free, cv2.DIST_L2, cv2.DIST_MASK_5), np.float32)
    top, left = _summit(distance, x, y)
    # between two lines with g free pixels the middle is (g + 1) / 2 away from both
    radius = min((gap + 1) / 2, OWN_CHAMBER * float(distance[top, left]))
    while radius >= 1:
        region = yield from _basin(distance, left, top, radius)
        if region[y, x]:
            return region
        radius *= OWN_CHAMBER
    return free


def _summit(distance: np.ndarray, x: int, y: int) -> tuple[int, int]:
    """(row, column) of the middle of the chamber: the seed climbs as far as the free disc around it lets it look."""
    while True:
        here = float(distance[y, x])
        reach = max(1, int(here))
        rows = slice(max(0, y - reach), y + reach + 1)
        columns = slice(max(0, x - reach), x + reach + 1)
        window = distance[rows, columns]
        down, across = np.ogrid[
            rows.start : rows.start + window.shape[0], columns.start : columns.start + window.shape[1]
        ]
        seen = np.where((down - y) ** 2 + (across - x) ** 2 <= reach * reach, window, 0)
        best = int(seen.argmax())
        if float(seen.flat[best]) <= here:
            return y, x
        y, x = rows.start + best // window.shape[1], columns.start + best % window.shape[1]


def _basin(distance: np.ndarray, x: int, y: int, radius: float) -> Steps:
    """uint8 0/1: what belongs to the ball of ``radius`` that holds (x, y), all other balls taking theirs."""
    core = (distance > min(radius, float(distance[y, x]) - 0.01)).astype(np.uint8)
    region = component(core, x, y)
    others = core - region
    yield
    if not others.any():
        return (distance > 0).astype(np.uint8)
    step = max(1.0, radius / LEVELS)
    level = radius
    while level > 0:
        level = max(0.0, level - step)
        yield from _spread((distance > level).astype(np.uint8), region, others)
    return region


def _spread(core: np.ndarray, region: np.ndarray, others: np.ndarray) -> Generator[None, None, None]:
    """Gives each connected part of ``core`` to the side it touches, shared where it touches both; in place."""
    new = np.asarray(core & ~(region | others) & 1, np.uint8)
    count, found, boxes, _ = cv2.connectedComponentsWithStats(new, connectivity=4)
    labels = np.asarray(found, np.int32)
    yield
    ours, theirs = np.zeros(count, bool), np.zeros(count, bool)
    ours[labels[(_beside(region) & new).view(bool)]] = True
    theirs[labels[(_beside(others) & new).view(bool)]] = True
    ours[0] = theirs[0] = False
    yield
    side = (ours & ~theirs) * np.uint8(1) | (theirs & ~ours) * np.uint8(2)
    given = side.astype(np.uint8)[labels]
    region |= given & 1
    others |= given >> 1
    yield
    for label in np.nonzero(ours & theirs)[0]:
        left, top, width, height = (int(part) for part in boxes[label][:4])
        where = slice(max(0, top - 1), top + height + 1), slice(max(0, left - 1), left + width + 1)
        _share((labels[where] == label).astype(np.uint8), region[where], others[where])


def _share(contested: np.ndarray, region: np.ndarray, others: np.ndarray) -> None:
    """Gives each pixel of ``contested`` to the side that is nearer within it; in place."""
    while True:
        gain = _beside(region) & contested
        region |= gain
        contested &= ~gain & 1
        loss = _beside(others) & contested
        others |= loss
        contested &= ~loss & 1
        if not gain.any() and not loss.any():
            return


def _beside(region: np.ndarray) -> np.ndarray:
    return np.asarray(cv2.dilate(np.ascontiguousarray(region), _CROSS), np.uint8)
