"""What can be seen in a small version of a picture: the sheet in its border, the paper, a seal, and its likeness code."""

from __future__ import annotations

import cv2
import msgspec
import numpy as np

BLANK = 2.0
"""Standard deviation in levels below which nothing is to be seen."""
TINT, UNEVEN = 18, 18
"""Levels between the channels of the paper, and between its lightest and darkest part, that are worth a word."""
SKEW = (0.4, 12.0)


class Sheet(msgspec.Struct, frozen=True):
    """A rectangle on a plain ground, in parts of the picture's width and height; ``angle`` in degrees, clockwise positive."""

    centre: tuple[float, float]
    width: float
    height: float
    angle: float

    @property
    def askew(self) -> bool:
        return SKEW[0] <= abs(self.angle) <= SKEW[1]


def sheet_of(rgb: np.ndarray) -> Sheet | None:
    """The sheet that lies on a ground of one colour in ``rgb`` uint8 [h, w, 3]; None where the picture fills its frame.

    The ground is the colour of the four corners, if they agree; the sheet is what differs from it, if that is nearly
    a rectangle. ``angle`` is 0 unless the rectangle is turned.
    """
    height, width = rgb.shape[:2]
    if min(height, width) < 32:
        return None
    corner = max(2, min(height, width) // 64)
    patches = [rgb[y][:, x].reshape(-1, 3) for y in _ends(corner) for x in _ends(corner)]
    middles = np.array([np.median(patch, axis=0) for patch in patches])
    if np.ptp(middles, axis=0).max() > 24:
        return None
    ground = np.median(middles, axis=0).astype(np.int16)
    apart = lightest(cv2.absdiff(rgb, np.full_like(rgb, ground)))
    inside = cv2.morphologyEx((apart > 16).astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    outlines, _ = cv2.findContours(inside, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    hull = cv2.convexHull(max(outlines, key=cv2.contourArea))
    return _rectangle(hull, inside, width, height)


def _ends(size: int) -> tuple[slice, slice]:
    return slice(0, size), slice(-size, None)


def _rectangle(hull: np.ndarray, inside: np.ndarray, width: int, height: int) -> Sheet | None:
    """The rectangle around ``hull`` (pixel indices) if it nearly is one and is neither tiny nor the whole picture."""
    (x, y), (across, down), angle = cv2.minAreaRect(hull)
    # the hull goes through pixel centres: half a pixel is missing on each side
    across, down = across + 1, down + 1
    if abs(angle) > 45:  # which side is called the width differs between versions of OpenCV
        across, down, angle = down, across, angle - 90 if angle > 0 else angle + 90
    area = float(cv2.contourArea(hull)) + cv2.arcLength(hull, closed=True) / 2
    whole = width * height
    if not 0.2 * whole <= area <= 0.985 * whole or area < 0.965 * across * down:
        return None
    filled = np.zeros_like(inside)
    cv2.fillConvexPoly(filled, hull, 1)
    if inside[filled > 0].mean() < 0.5:
        return None
    turned = SKEW[0] <= abs(angle) <= SKEW[1]
    if not turned:
        left, top, wide, high = cv2.boundingRect(hull)
        x, y, across, down, angle = left + wide / 2 - 0.5, top + high / 2 - 0.5, wide, high, 0.0
    return Sheet(((x + 0.5) / width, (y + 0.5) / height), across / width, down / height, float(angle))


class Paper(msgspec.Struct, frozen=True):
    """The paper of a drawing: its median sRGB colour, 0…255, the part of the picture that it fills, and how many levels
    lie between its lightest and its darkest part."""

    colour: tuple[int, int, int]
    share: float
    uneven: float

    @property
    def notable(self) -> bool:
        """Worth evening: much paper, tinted warm or uneven."""
        red, _, blue = self.colour
        return self.share >= 0.45 and (red - blue >= TINT or (self.uneven >= UNEVEN and red >= blue - 4))


def paper_of(rgb: np.ndarray) -> Paper:
    """The paper in ``rgb`` uint8 [h, w, 3]: the colour around the highest light peak of the lightness histogram."""
    light = lightest(rgb)
    counts = np.convolve(np.bincount(light.ravel(), minlength=256), np.ones(9) / 9, "same")
    peak = 110 + int(counts[110:].argmax())
    on_paper = (light > peak - 24) & (light < peak + 24)
    share = float(on_paper.mean())
    if share < 0.01:
        return Paper((255, 255, 255), 0.0, 0.0)
    colour = np.median(rgb[on_paper], axis=0).astype(int)
    return Paper((int(colour[0]), int(colour[1]), int(colour[2])), share, _unevenness(light, on_paper))


def _unevenness(light: np.ndarray, on_paper: np.ndarray) -> float:
    """Difference of the lightest and darkest of 6 × 6 fields, each by the mean of its paper."""
    weight = on_paper.astype(np.float32)
    share = cv2.resize(weight, (6, 6), interpolation=cv2.INTER_AREA)
    level = cv2.resize(light * weight, (6, 6), interpolation=cv2.INTER_AREA)
    fields = share >= 0.4
    if np.count_nonzero(fields) < 4:
        return 0.0
    levels = level[fields] / share[fields]
    return float(levels.max() - levels.min())


def lightest(rgb: np.ndarray) -> np.ndarray:
    """The largest channel of each pixel, uint8 [h, w]."""
    red, green, blue = cv2.split(rgb)
    return cv2.max(cv2.max(red, green), blue)


def has_seal(rgb: np.ndarray) -> bool:
    """Whether a compact, strongly red patch of a seal's size stands in ``rgb`` uint8 [h, w, 3]."""
    first, second, third = cv2.split(rgb)
    # saturating subtraction: 0 where red is not the largest
    red = (first > 110) & (cv2.subtract(first, cv2.max(second, third)) > 55)
    share = np.count_nonzero(red) / red.size
    if not 0.0004 <= share <= 0.08:
        return False
    closed = cv2.morphologyEx(red.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    count, _, parts, _ = cv2.connectedComponentsWithStats(closed)
    for _, _, width, height, area in parts[1:count]:
        square = 0.4 <= width / height <= 2.5 and area >= 0.5 * width * height
        if square and 0.0004 <= area / red.size <= 0.04:
            return True
    return False


def likeness(rgb: np.ndarray) -> tuple[int, np.ndarray]:
    """The 64-bit difference hash of ``rgb`` (Krawetz 2013: 9 × 8 grey means, is the right neighbour lighter) and its 16 × 16
    means uint8 [16, 16, 3]. Two levels are the least difference that sets a bit, so that flat parts do not flicker."""
    means = cv2.resize(rgb, (16, 16), interpolation=cv2.INTER_AREA)
    grey = cv2.resize(rgb, (9, 8), interpolation=cv2.INTER_AREA).astype(np.float32) @ (0.299, 0.587, 0.114)
    bits = (np.diff(grey, axis=1) > 2.0).ravel()
    return int(np.packbits(bits).view(">u8")[0]), means
