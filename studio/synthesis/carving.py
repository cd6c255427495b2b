"""Content-aware scale: seams of least cost taken out, or doubled, with what is to stay and what is to go marked.

Avidan, Shamir, "Seam carving for content-aware image resizing", SIGGRAPH 2007; forward energy: Rubinstein, Shamir, Avidan,
"Improved seam carving for video retargeting", SIGGRAPH 2008.
"""

from __future__ import annotations

from collections.abc import Generator

import cv2
import numpy as np

from studio.raster import patches
from studio.synthesis.problems import OTHER_SIZE, HealError, finite

_HELD = 1e4
"""Cost of a seam through a protected pixel; through one that is to go it is this much less than nothing."""
_MOST = 0.5
"""Of the width, what is added in one round; more is added in several, so that no seam is tripled."""
_STRIP = 256
_SHORT = 32
"""Rows in which seams are doubled at once: numpy keeps the interpreter's lock while it takes single pixels."""
Carving = Generator[float, None, np.ndarray]


def carved(
    pixels: np.ndarray,
    width: int,
    height: int,
    *,
    protect: np.ndarray | None = None,
    remove: np.ndarray | None = None,
) -> Carving:
    """``pixels`` (premultiplied float32 [h, w, 4]) at another size: seams go first through what is least seen.

    ``protect`` and ``remove`` [h, w]: above ½ is kept as long as there is anything else, or goes first. The width changes
    first, then the height. Yields the part done. Raises HealError for masks of another size, ValueError for a size below 1.
    """
    if width < 1 or height < 1:
        raise ValueError(f"{width}×{height} is no size")
    bias = np.zeros(pixels.shape[:2], np.float32)
    for mask, cost in ((protect, _HELD), (remove, -_HELD)):
        if mask is not None:
            if mask.shape != bias.shape:
                raise HealError(OTHER_SIZE)
            bias[mask > 0.5] += cost
    tall, wide = pixels.shape[:2]
    total = max(1, abs(width - wide) * tall + abs(height - tall) * width)
    share = abs(width - wide) * tall / total
    result, bias = yield from _across(pixels, bias, width, 0.0, share)
    if height == tall:
        return np.ascontiguousarray(result)
    turned = _turned(result)
    yield share
    turned, _ = yield from _across(turned, np.ascontiguousarray(bias.T), height, share, 1 - share)
    yield 1.0
    return _turned(turned)


def _turned(pixels: np.ndarray) -> np.ndarray:
    """Rows become columns; OpenCV goes by blocks, numpy by single pixels far apart."""
    return cv2.transpose(pixels).reshape(pixels.shape[1], pixels.shape[0], 4)


def grey_of(pixels: np.ndarray) -> np.ndarray:
    """What the energy is measured on: Rec. 709 luma of the premultiplied colours plus half of alpha, float32 [h, w]."""
    return cv2.transform(finite(pixels), np.array([[0.2126, 0.7152, 0.0722, 0.5]], np.float32)).reshape(
        pixels.shape[:2]
    )


def _across(
    pixels: np.ndarray, bias: np.ndarray, width: int, before: float, share: float
) -> Generator[float, None, tuple[np.ndarray, np.ndarray]]:
    """Picture and bias at another width."""
    began = pixels.shape[1]
    steps = max(1, abs(width - began))
    while pixels.shape[1] != width:
        now = pixels.shape[1]
        done = abs(now - began)
        if width < now:
            columns = yield from _without(pixels, bias, now - width, before, share)
            taken = yield from _taken(pixels, columns, before + share)
            return taken, np.take_along_axis(bias, columns, 1)
        count = min(width - now, max(1, int(now * _MOST))) if now > 1 else 1
        columns = yield from _without(
            pixels, bias, min(count, now - 1), before + share * done / steps, share * count / steps
        )
        pixels, bias = yield from _doubled(
            pixels, bias, columns, count, before + share * (done + count) / steps
        )
    return pixels, bias


def _taken(pixels: np.ndarray, columns: np.ndarray, done: float) -> Generator[float, None, np.ndarray]:
    """The pixels of these columns, strip by strip."""
    result = np.empty((*columns.shape, 4), np.float32)
    for top in range(0, len(columns), _STRIP):
        strip = slice(top, top + _STRIP)
        result[strip] = np.take_along_axis(pixels[strip], columns[strip][..., None], 1)
        yield done
    return result


def _without(
    pixels: np.ndarray, bias: np.ndarray, count: int, before: float, share: float
) -> Generator[float, None, np.ndarray]:
    """The columns that are left of each row when ``count`` seams are gone: int32 [h, w − count]."""
    height, width = bias.shape
    grey, cost = np.empty((height, width), np.float32), bias.copy()
    for top in range(0, height, _STRIP):
        grey[top : top + _STRIP] = grey_of(pixels[top : top + _STRIP])
        yield before
    sums = np.empty((height, width), np.float32)
    columns = np.broadcast_to(np.arange(width, dtype=np.int32), (height, width)).copy()
    for index in range(count):
        wide = width - index
        seam = patches.seam(grey, cost, sums, wide)
        for plane in (grey, cost, columns):
            patches.close(plane, seam, wide)
        yield before + share * (index + 1) / count
    return columns[:, : width - count]


def _doubled(
    pixels: np.ndarray, bias: np.ndarray, left: np.ndarray, count: int, done: float
) -> Generator[float, None, tuple[np.ndarray, np.ndarray]]:
    """Behind each pixel of the seams (those not in ``left``) the mean of it and its right neighbour; its bias grows."""
    height, width = bias.shape
    result = np.empty((height, width + count, 4), pixels.dtype)
    held = np.empty((height, width + count), bias.dtype)
    for top in range(0, height, _SHORT):
        strip = slice(top, top + _SHORT)
        result[strip], held[strip] = _doubled_rows(pixels[strip], bias[strip], left[strip], count)
        yield done
    return result, held


def _doubled_rows(
    pixels: np.ndarray, bias: np.ndarray, left: np.ndarray, count: int
) -> tuple[np.ndarray, np.ndarray]:
    height, width = bias.shape
    rows = np.arange(height)[:, None]
    seam = np.ones((height, width), bool)
    seam[rows, left] = width == 1
    times = 1 + seam
    columns = np.repeat(np.tile(np.arange(width), height), times.reshape(-1)).reshape(height, width + count)
    second = np.zeros(columns.shape, bool)
    second[:, 1:] = columns[:, 1:] == columns[:, :-1]
    result = pixels[rows, columns]
    neighbour = pixels[rows, np.minimum(columns + 1, width - 1)]
    result[second] = (result[second] + neighbour[second]) / 2
    held = bias[rows, columns]
    held[second] = np.maximum(held[second], 0)
    return result, held
