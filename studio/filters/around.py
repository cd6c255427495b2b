"""How a filter sees the pixels around each pixel: edges repeated, strips that stay in the cache, transparent neighbours.

Every function here gives the same for a tile with its reach as for the whole picture.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from studio.filters.kind import Place, Steps, finished
from studio.raster.geometry import Rect
from studio.raster.strips import in_turn

LARGEST = 65504.0
"""Larger values, of either sign, count as this one: the largest half-float. NaN counts as 0."""
STRIP_PIXELS = 1 << 17

Work = Callable[[np.ndarray, Rect], np.ndarray]
"""From pixels [h + 2 reach, w + 2 reach, 4] to the filtered ones [h, w, 4] of the given rectangle."""

SlowWork = Callable[[np.ndarray, Rect], Steps]
"""The same as a generator."""


def settled(pixels: np.ndarray) -> np.ndarray:
    """``pixels`` without NaN and infinities: the same array where there are none."""
    if cv2.checkRange(pixels, True, -LARGEST, LARGEST + 32)[0]:  # the upper bound is exclusive
        return pixels
    return np.clip(np.nan_to_num(pixels, nan=0.0, posinf=LARGEST, neginf=-LARGEST), -LARGEST, LARGEST)


def filtered_around(
    pixels: np.ndarray,
    place: Place,
    reach: int,
    work: Work,
    align: int = 1,
    border: int = cv2.BORDER_REPLICATE,
    beyond: tuple[float, float, float, float] = (0, 0, 0, 0),
    rows: int = 16,
) -> np.ndarray:
    """``work`` done on all pixels inside the canvas; what lies outside stays.

    ``border``: what lies beyond the canvas, as OpenCV names it; by default its edge pixels are repeated. ``beyond``: the
    pixel of a constant border. ``rows``: a strip has at least so many. Non-finite values are :func:`settled` first. ``align``: the rectangles
    that ``work`` gets begin and end at multiples of it, in pixels of the level, so the reach declared to the outside
    must be ``reach + align - 1``. Strips are worked on by as many threads as there are processors.
    """
    return finished(filtering_around(pixels, place, reach, work, align, border, beyond, rows))


def filtering_around(
    pixels: np.ndarray,
    place: Place,
    reach: int,
    work: Work,
    align: int = 1,
    border: int = cv2.BORDER_REPLICATE,
    beyond: tuple[float, float, float, float] = (0, 0, 0, 0),
    rows: int = 16,
    small: bool = False,
) -> Steps:
    """:func:`filtered_around` strip by strip. ``small``: strips of a ``whole`` filter, which are all that a stop waits for."""
    inside = place.rect if place.canvas is None else place.rect.intersect(place.canvas)
    if inside.empty:
        return pixels.copy()
    out = pixels.copy() if inside != place.rect else np.empty_like(pixels)

    def one(strip: Rect) -> None:
        result = work(_read(pixels, place.rect, inside, strip.grow(reach), border, beyond), strip)
        kept = strip.intersect(inside)
        part_of(out, kept, place.rect)[...] = part_of(result, kept, strip)

    least, most = (max(rows, reach), STRIP_PIXELS // 4) if small else (max(rows, 4 * reach), STRIP_PIXELS)
    yield from in_turn(one, _strips(inside, least, align, most))
    return out


def filtering_slowly(
    pixels: np.ndarray,
    place: Place,
    reach: int,
    work: SlowWork,
    align: int = 1,
    border: int = cv2.BORDER_REPLICATE,
    least: int = 0,
) -> Steps:
    """:func:`filtered_around` for work that itself takes long on a strip and yields in between; one strip after the other.
    ``least``: rows of a strip, else four times the reach."""
    inside = place.rect if place.canvas is None else place.rect.intersect(place.canvas)
    if inside.empty:
        return pixels.copy()
    out = pixels.copy() if inside != place.rect else np.empty_like(pixels)
    beyond = (0.0, 0.0, 0.0, 0.0)
    for strip in _strips(
        inside, max(16, least or 4 * reach), align, STRIP_PIXELS // 4 if least else STRIP_PIXELS
    ):
        source = _read(pixels, place.rect, inside, strip.grow(reach), border, beyond)
        yield
        result = yield from work(source, strip)
        kept = strip.intersect(inside)
        part_of(out, kept, place.rect)[...] = part_of(result, kept, strip)
        yield
    return out


def _strips(inside: Rect, least: int, align: int, pixels: int = STRIP_PIXELS) -> list[Rect]:
    left, right = inside.left // align * align, -(-inside.right // align) * align
    rows = max(pixels // (right - left), least)
    rows = -(-rows // align) * align
    first, last = inside.top // align * align, -(-inside.bottom // align) * align
    return [Rect(left, top, right, min(top + rows, last)) for top in range(first, last, rows)]


def _read(
    pixels: np.ndarray, rect: Rect, inside: Rect, needed: Rect, border: int, beyond: tuple[float, ...]
) -> np.ndarray:
    held = needed.intersect(inside)
    part = settled(part_of(pixels, held, rect))
    if held == needed:
        return np.ascontiguousarray(part)
    return cv2.copyMakeBorder(
        part,
        held.top - needed.top,
        needed.bottom - held.bottom,
        held.left - needed.left,
        needed.right - held.right,
        border,
        value=beyond,
    )


def part_of(pixels: np.ndarray, part: Rect, of: Rect) -> np.ndarray:
    """A view of ``part`` in the pixels of ``of``."""
    inner = part.move(-of.left, -of.top)
    return pixels[inner.top : inner.bottom, inner.left : inner.right]


def inner_of(source: np.ndarray, reach: int) -> np.ndarray:
    """``source`` without the ``reach`` pixels on each side."""
    return source[reach : source.shape[0] - reach, reach : source.shape[1] - reach]


def in_own_colour(own: np.ndarray, summed: np.ndarray, total: float) -> np.ndarray:
    """Colours [h, w, 3] of a weighted sum whose neighbours count by their opacity, times the pixel's own alpha.

    ``own`` and ``summed``: premultiplied [h, w, 4] pixels, and sums of their neighbours with weights that sum to
    ``total``. A neighbour of opacity a counts as a mix of its colour and, in the part 1 − a, of the pixel's own, so a
    transparent one gives no colour and makes no edge: a₀ Σ w p + p₀ (total − Σ w a).
    """
    return own[..., 3:] * summed[..., :3] + own[..., :3] * (np.float32(total) - summed[..., 3:])


def with_alpha(colours: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Premultiplied pixels of colours [h, w, 3] that are premultiplied already and the alpha of ``own``."""
    out = np.empty_like(own)
    out[..., :3] = colours
    out[..., 3] = own[..., 3]
    return out


def straight_planes(source: np.ndarray) -> np.ndarray:
    """Straight red, green, blue and alpha planes [4, h, w] of premultiplied pixels; transparent pixels are black."""
    planes = np.ascontiguousarray(np.moveaxis(source, -1, 0))
    alpha = planes[3]
    seen = alpha > 0
    for plane in planes[:3]:
        np.divide(plane, alpha, out=plane, where=seen)
        plane[~seen] = 0
    return planes


def premultiplied(colours: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Pixels [h, w, 4] of straight planes [3, h, w] and the alpha of ``own``."""
    out = np.empty_like(own)
    alpha = own[..., 3]
    for channel in range(3):
        np.multiply(colours[channel], alpha, out=out[..., channel])
    out[..., 3] = alpha
    return out


def share(place: Place) -> float:
    """A length at level 0 times this is the length at the level of ``place``."""
    return 1.0 / (1 << place.level)
