"""Pixels taken from other places: what all distortions share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import cv2
import numpy as np

from studio.filters.kind import Place, Steps, finished
from studio.filters.planes import finite
from studio.raster.strips import in_turn, row_strips

Edge = Literal["repeat-edge", "mirrored", "wrap", "transparent"]
Sampling = Literal["nearest", "linear", "cubic"]
Where = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]
"""From places of the result, x [1, w] and y [h, 1] in level-0 pixels (centres at +0.5), to those it takes colours from."""

_BORDERS = {
    "repeat-edge": cv2.BORDER_REPLICATE,
    "mirrored": cv2.BORDER_REFLECT,
    "wrap": cv2.BORDER_WRAP,
    "transparent": cv2.BORDER_CONSTANT,
}
METHODS = {"nearest": cv2.INTER_NEAREST, "linear": cv2.INTER_LINEAR, "cubic": cv2.INTER_CUBIC}
STEPS = 32.0
"""Places are rounded to this part of a pixel, as OpenCV does: so a tile rounds like the whole."""
STRIP = 1 << 16
FARTHEST = 1e6


def canvas_of(place: Place) -> tuple[float, float, float, float]:
    """Left, top, width and height of the whole picture in level-0 pixels."""
    canvas = place.canvas or place.rect
    scale = 1 << place.level
    return canvas.left * scale, canvas.top * scale, canvas.width * scale, canvas.height * scale


def resampled(pixels: np.ndarray, place: Place, where: Where, edge: Edge, sampling: Sampling) -> np.ndarray:
    """Premultiplied float32 [h, w, 4]: each pixel taken from where ``where`` says, beyond the canvas as ``edge`` says.

    What is not a number counts as 0, infinity as ±65504. Cubic results are cut: alpha to 0–1, colours at 0.
    """
    return finished(resampling(pixels, place, where, edge, sampling))


def resampling(pixels: np.ndarray, place: Place, where: Where, edge: Edge, sampling: Sampling) -> Steps:
    """:func:`resampled` strip by strip."""
    inside = place.rect if place.canvas is None else place.rect.intersect(place.canvas)
    if inside.empty:
        return pixels.copy()
    inner = inside.move(-place.rect.left, -place.rect.top)
    given = pixels[inner.top : inner.bottom, inner.left : inner.right]
    source, out = np.empty(given.shape, np.float32), np.empty_like(pixels)
    scale = float(1 << place.level)
    x = (np.arange(place.rect.left, place.rect.right, dtype=np.float64)[None] + 0.5) * scale

    def copied(rows: slice) -> None:
        source[rows] = given[rows]
        finite(source[rows].reshape(rows.stop - rows.start, -1))

    def one(rows: slice) -> None:
        first, last = place.rect.top + rows.start, place.rect.top + rows.stop
        y = (np.arange(first, last, dtype=np.float64)[:, None] + 0.5) * scale
        shape = (last - first, place.rect.width)
        across, down = where(x, y)
        maps = [
            _rounded(part, shape, scale, start) for part, start in ((across, inside.left), (down, inside.top))
        ]
        made = cv2.remap(source, maps[0], maps[1], METHODS[sampling], borderMode=_BORDERS[edge])
        made = made.reshape(*shape, 4)
        if sampling == "cubic":
            cut_cubic(made)
        out[rows] = made

    yield from in_turn(copied, row_strips(given.shape, STRIP))
    yield from in_turn(one, row_strips(pixels.shape, STRIP))
    return out


def cut_cubic(made: np.ndarray) -> None:
    """Overshoots of cubic interpolation cut in place: alpha to 0–1, colours at 0."""
    np.clip(made[..., 3], 0, 1, out=made[..., 3])
    np.maximum(made[..., :3], 0, out=made[..., :3])


def _rounded(values: np.ndarray, shape: tuple[int, int], scale: float, start: int) -> np.ndarray:
    """Indices in an array that begins at ``start``, float32 [h, w], of places in level-0 pixels."""
    made = np.broadcast_to(values, shape) * (STEPS / scale) - STEPS / 2
    np.rint(made, out=made)
    made *= 1 / STEPS
    np.nan_to_num(made, copy=False, nan=-FARTHEST, posinf=FARTHEST, neginf=-FARTHEST)
    np.clip(made, -FARTHEST, FARTHEST, out=made)
    made -= start
    return made.astype(np.float32)
