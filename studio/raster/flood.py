"""What a fill covers: pixels like the one under the pen, connected or everywhere, with gaps closed, grown under the line."""

from __future__ import annotations

import cv2
import numpy as np

from studio.raster.gap import Steps, enclosed_steps

SLACK = 4
"""Steps of 255 by which a line may get lighter again before growing stops: its own unevenness."""
NO_LINE = 8
"""Steps of 255 below which no pixel around belongs to a line."""
_SQUARE = np.ones((3, 3), np.uint8)
_CROSS = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))


def difference(pixels: np.ndarray, colour: np.ndarray) -> np.ndarray:
    """uint8 [h, w] 0–255: the largest difference of a channel of premultiplied ``pixels`` [h, w, 4] from ``colour`` [4].

    Premultiplied, so that all transparent pixels are alike. Rounded up: only what is equal is 0.
    """
    most = np.zeros(pixels.shape[:2], np.float32)
    for channel in range(4):
        plane = np.asarray(pixels[..., channel], np.float32) - np.float32(colour[channel])
        np.maximum(most, np.abs(plane), out=most)
    # half-float noise of equal colours stays 0
    return np.clip(np.ceil(most * 255 - 0.25), 0, 255).astype(np.uint8)


def region_steps(
    apart: np.ndarray, x: int, y: int, *, tolerance: int, contiguous: bool = True, gap: int = 0
) -> Steps:
    """uint8 0/1 [h, w]: pixels whose ``apart`` (see :func:`difference`) is at most ``tolerance`` 0–255.

    ``contiguous``: only those connected to (x, y), gaps up to ``gap`` pixels taken as closed. Yields between steps.
    """
    alike = (apart <= tolerance).astype(np.uint8)
    if not contiguous:
        return alike
    if gap > 0:
        return (yield from enclosed_steps(alike, x, y, gap))
    if alike[y, x]:  # in place: a huge canvas is held no more often than needed
        cv2.floodFill(alike, None, (x, y), 2, 0, 0, flags=4)  # type: ignore[call-overload]
    alike >>= 1
    return alike


def grown(region: np.ndarray, apart: np.ndarray, pixels: int, tolerance: int) -> np.ndarray:
    """``region`` grown by ``pixels`` under the line around it: uphill in ``apart`` only, never into what is alike.

    So a line thinner than the growth is filled up to its middle and nothing appears on its other side.
    """
    region = region.copy()
    alike = (apart <= tolerance) & (region == 0)
    for step in range(pixels):
        shape = _SQUARE if step % 3 == 1 else _CROSS  # in turn: nearly round
        lowest = cv2.erode(np.where(region > 0, apart, np.uint8(255)), shape)
        near = (cv2.dilate(region, shape) > 0) & (region == 0) & ~alike
        near &= apart.astype(np.int16) + SLACK >= lowest
        if not near.any():
            break
        region[near] = 1
    return region


def shrunk(region: np.ndarray, pixels: int) -> np.ndarray:
    """``region`` smaller by ``pixels`` all around; the picture's edge does not eat into it."""
    for step in range(pixels):
        region = np.asarray(cv2.erode(region, _SQUARE if step % 3 == 1 else _CROSS), np.uint8)
    return region


def softened(region: np.ndarray, apart: np.ndarray) -> np.ndarray:
    """uint8 0–255: ``region`` full, and the half-tones of the line beside it by the share of ground in them.

    A pixel half way from the ground to the line's colour was half covered by the line, so half of it is ground.
    """
    out = region * np.uint8(255)
    ring = (cv2.dilate(region, _SQUARE) > 0) & (region == 0)
    if not ring.any():
        return out
    peak = cv2.dilate(apart, _SQUARE)
    share = 1 - apart[ring].astype(np.float32) / np.maximum(peak[ring], 1)
    # across an open gap there is no line: the border is softened by its own shape
    around = cv2.blur(region.astype(np.float32), (3, 3))
    share = np.where(peak[ring] <= NO_LINE, around[ring], share)
    out[ring] = np.round(255 * share).astype(np.uint8)
    return out


def edged(
    region: np.ndarray, apart: np.ndarray, *, tolerance: int, grow: int = 0, smooth: bool = True
) -> np.ndarray:
    """uint8 0–255 [h, w]: what a fill of ``region`` covers. ``grow`` negative keeps away from the line."""
    if grow > 0:
        region = grown(region, apart, grow, tolerance)
    elif grow < 0:
        return shrunk(region, -grow) * np.uint8(255)
    return softened(region, apart) if smooth else region * np.uint8(255)


def coverage(
    apart: np.ndarray,
    x: int,
    y: int,
    *,
    tolerance: int = 20,
    contiguous: bool = True,
    gap: int = 0,
    grow: int = 0,
    smooth: bool = True,
) -> np.ndarray:
    """uint8 0–255 [h, w]: what a fill at (x, y) covers."""
    steps = region_steps(apart, x, y, tolerance=tolerance, contiguous=contiguous, gap=gap)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return edged(end.value, apart, tolerance=tolerance, grow=grow, smooth=smooth)


def folded(region: np.ndarray, shape: tuple[int, ...], pad: tuple[int, int]) -> np.ndarray:
    """A region [h + 2·pad y, w + 2·pad x] of a picture that repeats, what lies in its rim put where it is at the other
    edge: uint8 0/1 of ``shape`` (h, w)."""
    height, width = shape
    rows = (np.arange(region.shape[0]) - pad[1]) % height
    columns = (np.arange(region.shape[1]) - pad[0]) % width
    out = np.zeros((height, width), np.uint8)
    found = np.nonzero(region)
    out[rows[found[0]], columns[found[1]]] = 1
    return out


def one_of_each(region: np.ndarray) -> list[tuple[int, int]]:
    """(x, y) of a pixel of each connected part of ``region``."""
    if not region.any():
        return []
    _, labels = cv2.connectedComponents(region, connectivity=4)
    _, first = np.unique(labels, return_index=True)
    rows, columns = np.unravel_index(first, labels.shape)
    return [(int(x), int(y)) for x, y in zip(columns, rows, strict=True) if region[y, x]]


def touches_border(region: np.ndarray, open_sides: tuple[bool, bool, bool, bool], margin: int = 0) -> bool:
    """Whether ``region`` comes within ``margin`` pixels of a side (left, top, right, bottom) beyond which there is more."""
    height, width = region.shape
    deep, high = min(margin + 1, width), min(margin + 1, height)
    sides = (region[:, :deep], region[:high], region[:, width - deep :], region[height - high :])
    return any(more and bool(side.any()) for more, side in zip(open_sides, sides, strict=True))
