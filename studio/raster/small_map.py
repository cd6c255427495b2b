"""A picture as a small map of two directions, which text can hold: for what is moved by the tones of another picture."""

from __future__ import annotations

import base64
import binascii
import struct
import zlib
from functools import lru_cache

import cv2
import numpy as np

SIDE = 256
"""Values of the longer side, at most."""
_HEAD = struct.Struct("<BHH")
_FORM = 1


def reduced(pixels: np.ndarray) -> np.ndarray:
    """uint8 [h, w, 2] of premultiplied float32 [h, w, 4]: red and green, averaged to at most :data:`SIDE` values a side.

    What is transparent counts as middle grey, NaN as 0, values beyond 0–1 as the ends.
    """
    found = np.nan_to_num(pixels, nan=0.0, posinf=1.0, neginf=0.0)
    alpha = np.clip(found[..., 3:], 0, 1)
    values = np.clip(np.clip(found[..., :2], 0, 1) + 0.5 * (1 - alpha), 0, 1).astype(np.float32)
    height, width = values.shape[:2]
    part = min(1.0, SIDE / max(height, width))
    size = (max(1, round(width * part)), max(1, round(height * part)))
    if size != (width, height):
        values = cv2.resize(values, size, interpolation=cv2.INTER_AREA)
    return np.round(values * 255).astype(np.uint8)


def packed(values: np.ndarray) -> str:
    """uint8 [h, w, 2] as text: form, width, height, then red and the difference of green from it; deflated, base 64."""
    height, width = values.shape[:2]
    planes = values[..., 0].tobytes() + (values[..., 1] - values[..., 0]).tobytes()
    data = _HEAD.pack(_FORM, width, height) + planes
    return base64.b64encode(zlib.compress(data, 9)).decode("ascii")


@lru_cache(maxsize=16)
def unpacked(text: str) -> np.ndarray:
    """What :func:`packed` wrote, as float64 [2, h, w] from −1 to 1 with 128 as 0; shared, not to be written to.

    Raises ValueError where the text is none.
    """
    try:
        most = _HEAD.size + 2 * SIDE * SIDE
        data = zlib.decompressobj().decompress(base64.b64decode(text, validate=True), most + 1)
        form, width, height = _HEAD.unpack_from(data)
    except (binascii.Error, zlib.error, struct.error, ValueError) as error:
        raise ValueError(f"map: {error}") from None
    if form != _FORM or not (1 <= width <= SIDE and 1 <= height <= SIDE):
        raise ValueError("map: this is none, or one of another version")
    if len(data) != _HEAD.size + 2 * width * height:
        raise ValueError("map: it is not as long as its size says")
    planes = np.frombuffer(data, np.uint8, offset=_HEAD.size).reshape(2, height, width).copy()
    planes[1] += planes[0]
    found = np.clip((planes.astype(np.float64) - 128) / 127, -1, 1)
    found.setflags(write=False)
    return found


def values_at(values: np.ndarray, x: np.ndarray, y: np.ndarray) -> list[np.ndarray]:
    """Each plane of float64 [2, h, w] at the places x [1, n], y [m, 1], 0–1 of its width and height: [m, n] each.

    Linear between the middles of the values, beyond the outermost ones these themselves.
    """
    height, width = values.shape[1:]
    left, right, across = between(x[0], width)
    upper, lower, down = between(y[:, 0], height)
    found = []
    for plane in values:
        rows = plane[upper] + down[:, None] * (plane[lower] - plane[upper])
        found.append(rows[:, left] + across * (rows[:, right] - rows[:, left]))
    return found


def between(places: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of places, 0–1 of the width of ``count`` values: indices of the values before and after, and how far it is from the first to the second."""
    at = np.clip(places * count - 0.5, 0, count - 1)
    first = np.minimum(at.astype(np.int64), max(count - 2, 0))
    return first, np.minimum(first + 1, count - 1), at - first
