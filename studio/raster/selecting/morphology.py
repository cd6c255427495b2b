"""Selections grown, shrunk, feathered, smoothed, or made into a border. Distances in document pixels.

Growing and shrinking a soft mask mean growing and shrinking each of its level sets (Serra, "Image analysis and
mathematical morphology", 1982: flat morphology commutes with thresholds), so a soft edge stays as soft as it was.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from studio.raster.colour import widen
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.selecting.blocks import Steps, by_blocks

HARD_LEVELS = 8
"""Level sets of a mask whose edges are only anti-aliased: eight steps within the one pixel of the edge."""
LARGEST_DISC = 12
"""Radius of the largest disc that a soft mask is grown by at once; more is done in several such steps."""
SMALL_SIGMA = 4.0


def grow(mask: Mask, canvas: Rect, pixels: float, *, open_edges: bool = True) -> Steps:
    """The mask grown by ``pixels`` ≥ 0 in all directions, corners rounded."""
    soft = is_soft(mask)
    reach = math.ceil(pixels) + 1
    return by_blocks(mask, canvas, reach, lambda s: _grown(s, pixels, soft), open_edges=open_edges)


def shrink(mask: Mask, canvas: Rect, pixels: float, *, open_edges: bool = True) -> Steps:
    """What remains when everything outside grows by ``pixels`` ≥ 0. ``open_edges``: the canvas' own edge does not."""
    soft = is_soft(mask)
    reach = math.ceil(pixels) + 1
    return by_blocks(mask, canvas, reach, lambda s: 1 - _grown(1 - s, pixels, soft), open_edges=open_edges)


def border(mask: Mask, canvas: Rect, pixels: float, *, open_edges: bool = True) -> Steps:
    """A band ``pixels`` > 0 wide along the edge, half of it on each side."""
    soft = is_soft(mask)
    half = pixels / 2
    reach = math.ceil(half) + 1

    def band(s: np.ndarray) -> np.ndarray:
        return np.minimum(_grown(s, half, soft), _grown(1 - s, half, soft))

    # A uniform area has no edge: the whole of it becomes 0, which is not what it was.
    return _banded(mask, canvas, reach, band, open_edges)


def _banded(mask: Mask, canvas: Rect, reach: int, band, open_edges: bool) -> Steps:
    result = yield from by_blocks(mask, canvas, reach, band, open_edges=open_edges)
    full = {key for key, tile in mask.tiles.items() if result.tile(key) is tile}
    return result.replace(dict.fromkeys(full))


def feather(mask: Mask, canvas: Rect, pixels: float, *, open_edges: bool = True) -> Steps:
    """Edges that fade over ``pixels`` on each side: a Gaussian of σ = pixels / 2, of which 95 % lies within them."""
    sigma = pixels / 2
    reach = blur_reach(sigma)
    return by_blocks(mask, canvas, reach, lambda s: blurred(s, sigma), open_edges=open_edges)


def smooth(mask: Mask, canvas: Rect, pixels: float, *, open_edges: bool = True) -> Steps:
    """Rounds corners and drops specks and holes smaller than about ``pixels``; straight edges stay where they are.

    Each level set keeps the pixels of which a Gaussian neighbourhood (σ = pixels / 2) is mostly inside.
    """
    soft = is_soft(mask)
    sigma = pixels / 2
    reach = blur_reach(sigma)
    return by_blocks(mask, canvas, reach, lambda s: _smoothed(s, sigma, soft), open_edges=open_edges)


def is_soft(mask: Mask) -> bool:
    """True where somewhere the edge is wider than anti-aliasing makes it: neither 0 nor 1 within two pixels."""
    kernel = np.ones((5, 5), np.uint8)
    for tile in {id(one): one for one in mask.tiles.values()}.values():
        s = widen(tile.pixels())
        if not ((s > 0.02) & (s < 0.98)).any():
            continue
        # Beyond the tile nothing is known; there the edge counts as hard.
        lowest = cv2.erode(s, kernel, borderType=cv2.BORDER_CONSTANT, borderValue=0.0)
        highest = cv2.dilate(s, kernel, borderType=cv2.BORDER_CONSTANT, borderValue=1.0)
        if ((lowest > 0.02) & (highest < 0.98)).any():
            return True
    return False


def _grown(s: np.ndarray, pixels: float, soft: bool) -> np.ndarray:
    if pixels <= 0:
        return s
    return _dilated(s, pixels) if soft else _level_sets_grown(s, pixels)


def _level_sets_grown(s: np.ndarray, pixels: float) -> np.ndarray:
    """Mean over the level sets of 1 up to ``pixels`` away, then down to 0 within one pixel."""
    out = np.zeros_like(s)
    known: tuple[np.ndarray, np.ndarray] | None = None
    for index in range(HARD_LEVELS):
        inside = s >= (index + 0.5) / HARD_LEVELS
        if known is not None and np.array_equal(inside, known[0]):
            out += known[1]
            continue
        if inside.any():
            distance = cv2.distanceTransform((~inside).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
            reached = np.clip(pixels + 1 - distance, 0, 1)
        else:
            reached = np.zeros_like(s)
        known = inside, reached
        out += reached
    return out / HARD_LEVELS


def _dilated(s: np.ndarray, pixels: float) -> np.ndarray:
    """Grey dilation by a disc, in steps of discs whose radii add up to it (the Minkowski sum of discs is a disc)."""
    total = max(1, round(pixels))
    times = math.ceil(total / LARGEST_DISC)
    for turn in range(times):
        kernel = _disc(total // times + (turn < total % times))
        s = cv2.dilate(s, kernel, borderType=cv2.BORDER_REPLICATE)
    return s


def _disc(radius: int) -> np.ndarray:
    y, x = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    return (x * x + y * y <= radius * radius + 0.25).astype(np.uint8)


def _smoothed(s: np.ndarray, sigma: float, soft: bool) -> np.ndarray:
    if sigma <= 0:
        return s
    levels = 32 if soft else HARD_LEVELS
    # The slope of a blurred straight edge: one over it makes the edge one pixel wide again.
    steep = sigma * math.sqrt(2 * math.pi)
    out = np.zeros_like(s)
    for index in range(levels):
        inside = (s >= (index + 0.5) / levels).astype(np.float32)
        out += np.clip((blurred(inside, sigma) - 0.5) * steep + 0.5, 0, 1)
    return out / levels


def blur_reach(sigma: float) -> int:
    """How far, in pixels, :func:`blurred` looks."""
    if sigma < SMALL_SIGMA:
        return math.ceil(4 * sigma) + 1
    return sum(width // 2 for width in _boxes(sigma))


def blurred(s: np.ndarray, sigma: float) -> np.ndarray:
    """A Gaussian of standard deviation ``sigma`` over [h, w]; large ones as four running boxes of the same variance.

    Kovesi, "Fast almost-Gaussian filtering", DICTA 2010. The border repeats the outermost pixels.
    """
    if sigma <= 0:
        return s
    if sigma < SMALL_SIGMA:
        side = 2 * math.ceil(4 * sigma) + 1
        return cv2.GaussianBlur(s, (side, side), sigma, borderType=cv2.BORDER_REPLICATE)
    for width in _boxes(sigma):
        s = cv2.blur(s, (width, width), borderType=cv2.BORDER_REPLICATE)
    return np.clip(s, 0, 1)


def _boxes(sigma: float, passes: int = 4) -> list[int]:
    ideal = math.sqrt(12 * sigma * sigma / passes + 1)
    lower = math.floor(ideal)
    lower -= lower % 2 == 0
    lower = max(lower, 1)
    rest = (12 * sigma**2 - passes * lower**2 - 4 * passes * lower - 3 * passes) / (-4 * lower - 4)
    count = min(max(round(rest), 0), passes)
    return [lower] * count + [lower + 2] * (passes - count)
