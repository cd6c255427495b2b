"""Other sizes and places of premultiplied pixels [h, w, 4] or masks [h, w], float16 or float32, by cv2 in float32."""

from __future__ import annotations

from typing import Literal

import cv2
import numpy as np

from studio.raster import native
from studio.raster.colour import as_type, widen

Kind = Literal["nearest", "area", "linear", "cubic", "lanczos"]

_INTERPOLATION = {
    "nearest": cv2.INTER_NEAREST,
    "area": cv2.INTER_AREA,
    "linear": cv2.INTER_LINEAR,
    "cubic": cv2.INTER_CUBIC,
    "lanczos": cv2.INTER_LANCZOS4,
}
RINGING = ("cubic", "lanczos")
"""Kinds whose weights are partly negative: their results are brought back to what pixels can be."""


def halve(pixels: np.ndarray) -> np.ndarray:
    """The next mip level: means of 2×2 pixels. Sizes round up; a last odd row or column is the mean of what is there."""
    height, width = pixels.shape[:2]
    bottom, right = height % 2, width % 2
    if not bottom and not right and pixels.shape[2:] in ((), (4,)) and pixels.size:
        half = np.empty((height // 2, width // 2, *pixels.shape[2:]), pixels.dtype)
        native.halve(pixels if pixels.flags.c_contiguous else np.ascontiguousarray(pixels), half)
        return half
    whole = widen(pixels)
    if bottom or right:
        whole = cv2.copyMakeBorder(whole, 0, bottom, 0, right, cv2.BORDER_REPLICATE)
    half = cv2.resize(whole, ((width + right) // 2, (height + bottom) // 2), interpolation=cv2.INTER_AREA)
    return as_type(half, pixels.dtype)


def squares(pixels: np.ndarray, times: int) -> np.ndarray:
    """Each value of float16 [h, w] as a square of ``times`` × ``times`` equal ones."""
    height, width = pixels.shape
    bits = np.ascontiguousarray(pixels).view(np.uint16)  # cv2 knows no halves, and none has to be computed
    size = (width * times, height * times)
    return cv2.resize(bits, size, interpolation=cv2.INTER_NEAREST).reshape(size[::-1]).view(np.float16)


def mip_chain(pixels: np.ndarray, levels: int | None = None) -> list[np.ndarray]:
    """[level 0, level 1, …], ``levels`` of them above 0, or down to a single pixel."""
    chain = [pixels]
    while max(chain[-1].shape[:2]) > 1 and (levels is None or len(chain) <= levels):
        chain.append(halve(chain[-1]))
    return chain


def resize(pixels: np.ndarray, width: int, height: int, kind: Kind = "lanczos") -> np.ndarray:
    """``pixels`` at another size, same type. Making smaller averages first, so that nothing is skipped."""
    if width < 1 or height < 1:
        raise ValueError(f"{width} × {height} is not a size; both must be at least 1")
    old_height, old_width = pixels.shape[:2]
    if (old_width, old_height) == (width, height):
        return pixels.copy()
    source = widen(pixels)
    if kind != "nearest" and (width < old_width or height < old_height):
        source = cv2.resize(
            source, (min(width, old_width), min(height, old_height)), interpolation=cv2.INTER_AREA
        )
    if source.shape[:2] != (height, width):
        method = cv2.INTER_LINEAR if kind == "area" else _INTERPOLATION[kind]
        source = cv2.resize(source, (width, height), interpolation=method)
        if kind in RINGING:
            source = without_ringing(source, float(pixels.max(initial=0)))
    return as_type(source, pixels.dtype)


def warp_affine(
    pixels: np.ndarray,
    transform: tuple[float, float, float, float, float, float],
    width: int,
    height: int,
    kind: Kind = "linear",
    left: int = 0,
    top: int = 0,
) -> np.ndarray:
    """Pixels [height, width] of the rectangle at (left, top) of the picture that ``transform`` makes of ``pixels``.

    ``transform`` (a, b, c, d, tx, ty): x' = a·x + c·y + tx, y' = b·x + d·y + ty, pixel centres at +0.5. Outside is
    transparent. Below half size the source is averaged first (one mip level per halving).
    """
    a, b, c, d, tx, ty = transform
    source = widen(pixels)
    shrink = min(np.hypot(a, b), np.hypot(c, d))
    while shrink < 0.5 and min(source.shape[:2]) > 1:
        source = halve(source)
        # An odd size rounds up; each coarse pixel still covers exactly two fine ones.
        a, b, c, d, shrink = a * 2, b * 2, c * 2, d * 2, shrink * 2
    # OpenCV's pixel centres lie on whole numbers, ours at +0.5.
    move_x = tx - left + 0.5 * a + 0.5 * c - 0.5
    move_y = ty - top + 0.5 * b + 0.5 * d - 0.5
    matrix = np.array([[a, c, move_x], [b, d, move_y]], np.float64)
    method = cv2.INTER_LINEAR if kind == "area" else _INTERPOLATION[kind]
    out = _enlarged(source, (a, b, c, d, tx - left, ty - top), width, height, method)
    if out is None:
        out = cv2.warpAffine(
            source, matrix, (width, height), flags=method, borderMode=cv2.BORDER_CONSTANT, borderValue=(0, 0, 0, 0)
        )  # fmt: skip
    if kind in RINGING:
        out = without_ringing(out, float(pixels.max(initial=0)))
    return as_type(out, pixels.dtype)


def _enlarged(
    source: np.ndarray, transform: tuple[float, ...], width: int, height: int, method: int
) -> np.ndarray | None:
    """What ``cv2.warpAffine`` gives for a whole-number enlargement, three times as fast; None for any other transform.

    The phases of such an enlargement up to 8 are among the 32 that warpAffine knows, so the results are the same.
    """
    a, b, c, d, tx, ty = transform
    scale = int(a) if a in (2, 4, 8) else 0
    if not scale or b or c or d != a or method not in (cv2.INTER_LINEAR, cv2.INTER_CUBIC):
        return None
    x, y = -tx / scale, -ty / scale
    if not (float(x).is_integer() and float(y).is_integer()):
        return None
    margin = 2
    left, top = int(x) - margin, int(y) - margin
    right, bottom = left + -(-width // scale) + 2 * margin, top + -(-height // scale) + 2 * margin
    inside = source[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
    if not inside.size:
        return None
    before_x, before_y = max(-left, 0), max(-top, 0)
    after_x = right - left - before_x - inside.shape[1]
    after_y = bottom - top - before_y - inside.shape[0]
    if before_x or before_y or after_x or after_y:
        inside = cv2.copyMakeBorder(
            inside, before_y, after_y, before_x, after_x, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0)
        )
    size = ((right - left) * scale, (bottom - top) * scale)
    out = cv2.resize(inside, size, interpolation=method)
    cut = margin * scale
    return out[cut : cut + height, cut : cut + width]


def sampled(pixels: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """float32 values of ``pixels`` [h, w] or [h, w, 4] at the points (x, y) [rows, columns], pixel centres at +0.5.

    Linear between pixels; nothing outside.
    """
    across, down = np.asarray(x - 0.5, np.float32), np.asarray(y - 0.5, np.float32)
    edge = (0, 0, 0, 0)
    out = cv2.remap(
        widen(pixels), across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=edge
    )
    return np.asarray(out, np.float32)


def without_ringing(pixels: np.ndarray, high: float = 1.0) -> np.ndarray:
    """Premultiplied pixels (or a mask) with values cut to 0…max(1, high), alpha to 1 and colour to its alpha.

    Colours above their alpha are kept where the source had values above 1 (high dynamic range).
    """
    out = np.maximum(pixels, 0)
    np.minimum(out, max(1.0, high), out=out)
    if out.ndim == 3 and out.shape[2] == 4:
        alpha = np.minimum(cv2.extractChannel(out, 3), 1)
        if high > 1.0:
            cv2.insertChannel(alpha, out, 3)
        elif alpha.min() < 1:
            out = cv2.min(out, cv2.merge((alpha, alpha, alpha, alpha)))
    return out
