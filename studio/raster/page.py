"""A photographed page: the size that its four corners mean, and light that falls on it unevenly.

Size: the sides' proportion under perspective, from the four corners and a camera whose axis goes through the middle of the
picture (Zhang and He 2007, "Whiteboard scanning and image enhancement", section 3.2). Light: the page divided by its own
large-scale brightness, as scanners do (Gatos, Pratikakis and Perantonis 2006 estimate the background likewise).
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from studio.raster.perspective import Point, Quad

SMALL = 512
"""Longer side, in pixels, of the picture that the light is estimated on."""


def page_size(quad: Quad, width: int, height: int) -> tuple[int, int]:
    """(width, height) in pixels of the page with these corners on a photograph ``width`` × ``height``.

    As wide as its longer horizontal side shows, so that nothing is thrown away; the proportion is that of the paper where
    the perspective tells it, else that of the means of opposite sides.
    """
    top, bottom = math.dist(quad[0], quad[1]), math.dist(quad[3], quad[2])
    left, right = math.dist(quad[0], quad[3]), math.dist(quad[1], quad[2])
    wide, tall = max(top, bottom), max(left, right)
    ratio = _proportion(quad, (width / 2, height / 2))
    plain = (top + bottom) / max(left + right, 1e-6)
    if ratio is None or not 0.5 <= ratio / plain <= 2.0:
        ratio = plain
    if wide / max(tall, 1e-6) > ratio:
        tall = wide / ratio
    else:
        wide = tall * ratio
    return max(1, round(wide)), max(1, round(tall))


def _proportion(quad: Quad, centre: Point) -> float | None:
    """Width by height of a rectangle seen in perspective; None where the focal length cannot be told."""
    m1, m2, m4, m3 = (np.array((x - centre[0], y - centre[1], 1.0)) for x, y in quad)
    # m1 top left, m2 top right, m3 bottom left, m4 bottom right
    first, second = np.dot(np.cross(m2, m4), m3), np.dot(np.cross(m3, m4), m2)
    if abs(first) < 1e-9 or abs(second) < 1e-9:
        return None
    k2 = np.dot(np.cross(m1, m4), m3) / first
    k3 = np.dot(np.cross(m1, m4), m2) / second
    n2, n3 = k2 * m2 - m1, k3 * m3 - m1
    if abs(n2[2]) < 1e-6 or abs(n3[2]) < 1e-6:
        return None
    squared = -(n2[0] * n3[0] + n2[1] * n3[1]) / (n2[2] * n3[2])
    if not math.isfinite(squared) or squared <= 0:
        return None
    across = (n2[0] ** 2 + n2[1] ** 2) / squared + n2[2] ** 2
    down = (n3[0] ** 2 + n3[1] ** 2) / squared + n3[2] ** 2
    return math.sqrt(across / down) if down > 0 else None


def light_of(pixels: np.ndarray, size: float = 0.05) -> np.ndarray:
    """The light on a page, [h, w, 3] float32: its paper without what is drawn on it.

    ``pixels``: straight or opaque float32 [h, w, 3 or 4], about SMALL large. A closing (brightest, then darkest, of a
    neighbourhood of ``size`` times the longer side) takes away strokes thinner than that; a blur makes it smooth.
    """
    colour = np.ascontiguousarray(pixels[..., :3], np.float32)
    reach = max(3, 2 * round(size * max(colour.shape[:2]) / 2) + 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    closed = cv2.morphologyEx(colour, cv2.MORPH_CLOSE, kernel)
    smooth = cv2.GaussianBlur(closed, (0, 0), reach / 2, borderType=cv2.BORDER_REPLICATE)
    return np.maximum(smooth, 0.02)


def evened(pixels: np.ndarray, light: np.ndarray, white: float = 0.98, strength: float = 1.0) -> np.ndarray:
    """Premultiplied float32 [h, w, 4] with colour·(white / light) mixed in by ``strength``; alpha stays.

    ``light`` [h, w, 3]. Bright paper becomes ``white`` everywhere; a grey of the light's own colour becomes neutral.
    """
    out = pixels.copy()
    even = out[..., :3] * (white / light)
    out[..., :3] += strength * (even - out[..., :3])
    np.clip(out[..., :3], 0, out[..., 3:], out=out[..., :3])
    return out


def grown_light(
    light: np.ndarray, width: int, height: int, left: int, top: int, right: int, bottom: int
) -> np.ndarray:
    """The part (left … bottom) of ``light`` enlarged to ``width`` × ``height``: [bottom − top, right − left, 3]."""
    rows, columns = light.shape[:2]
    x = (np.arange(left, right, dtype=np.float32) + 0.5) * (columns / width) - 0.5
    y = (np.arange(top, bottom, dtype=np.float32) + 0.5) * (rows / height) - 0.5
    map_x, map_y = np.meshgrid(x, y)
    return cv2.remap(light, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
