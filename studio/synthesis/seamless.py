"""A picture whose left edge meets its right one and whose top meets its bottom, so that it can be laid side by side."""

from __future__ import annotations

from typing import Literal

import numpy as np

from studio.synthesis import patchmatch
from studio.synthesis.problems import FULL, HealError, finite

Way = Literal["repair", "blend"]
Edges = Literal["both", "across", "down"]


def seamless(
    pixels: np.ndarray, *, band: int = 32, way: Way = "repair", edges: Edges = "both", seed: int = 0
) -> patchmatch.Filling:
    """``pixels`` (premultiplied float32 [h, w, 4]) made to repeat; the same size.

    ``repair``: shifted by half, so that what were edges cross in the middle, a band of ``band`` pixels along the cross is
    filled anew from the rest by PatchMatch, and shifted back. ``blend``: towards each edge, over half of ``band``, the
    picture fades into its own continuation from the other side, mirrored. What is further from the edges stays bit by
    bit. Yields what PatchMatch yields. Raises HealError where the band covers the picture.
    """
    height, width = pixels.shape[:2]
    across, down = edges != "down" and width > 1, edges != "across" and height > 1
    half = max(1, band // 2)
    if way == "blend":
        result = pixels.copy()
        for axis, meant in ((1, across), (0, down)):
            if meant:
                result = _blended(result, axis, half)
        yield 1.0
        return result
    shift = (height // 2 if down else 0, width // 2 if across else 0)
    turned = np.roll(pixels, shift, (0, 1))
    yield 0.0
    hole = np.zeros((height, width), bool)
    if across:
        hole[:, max(0, shift[1] - half) : shift[1] + half] = True
    if down:
        hole[max(0, shift[0] - half) : shift[0] + half] = True
    if hole.all():
        raise HealError(FULL)
    if not hole.any():
        return pixels.copy()
    work = patchmatch.fill(turned, hole, seed=seed, reach=max(height, width))
    back = (-shift[0], -shift[1])
    while True:
        try:
            step = next(work)
        except StopIteration as end:
            return np.roll(end.value, back, (0, 1))
        if isinstance(step, patchmatch.Guess):
            step = patchmatch.Guess(np.roll(step.pixels, back, (0, 1)), step.done)
        yield step


def _blended(pixels: np.ndarray, axis: int, half: int) -> np.ndarray:
    """Both borders fade, over ``half`` pixels, into their common mean with the mirrored other side."""
    turned = np.moveaxis(finite(pixels), axis, 0)
    length = len(turned)
    half = min(half, length // 2)
    if half < 1:
        return pixels
    result = np.moveaxis(pixels.copy(), axis, 0)
    weight = (0.5 * (1 - (np.arange(half) + 0.5) / half)).astype(np.float32)[:, None, None]
    first, last = turned[:half], turned[length - half :][::-1]
    result[:half] = first + weight * (last - first)
    result[length - half :] = (last + weight * (first - last))[::-1]
    return np.ascontiguousarray(np.moveaxis(result, 0, axis))
