"""How a filter sees the pixels around each pixel: edges repeated, strips that stay in the cache, transparent neighbours.

Every function here gives the same for a tile with its reach as for the whole picture.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from studio.filters.kind import Held, Picture, Place, Steps, finished
from studio.raster.geometry import Rect
from studio.raster.plane import Wrap
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
    asked = inside if place.wanted is None else inside.intersect(place.wanted)
    out = pixels.copy() if asked != place.rect else np.empty_like(pixels)
    picture = Held(pixels, place.rect)

    def one(strip: Rect) -> None:
        result = work(read_around(picture, inside, strip.grow(reach), border, beyond), strip)
        kept = strip.intersect(asked)
        part_of(out, kept, place.rect)[...] = part_of(result, kept, strip)

    least, most = (max(rows, reach), STRIP_PIXELS // 4) if small else (max(rows, 4 * reach), STRIP_PIXELS)
    yield from in_turn(one, aligned_strips(asked, least, align, most))
    return out


def filtering_slowly(pixels: np.ndarray, place: Place, reach: int, work: SlowWork) -> Steps:
    """:func:`filtered_around` for work that itself takes long on a strip and yields in between; one strip after the other."""
    inside = place.rect if place.canvas is None else place.rect.intersect(place.canvas)
    if inside.empty:
        return pixels.copy()
    asked = inside if place.wanted is None else inside.intersect(place.wanted)
    out = pixels.copy() if asked != place.rect else np.empty_like(pixels)
    picture = Held(pixels, place.rect)
    for strip in aligned_strips(asked, max(16, 4 * reach), 1):
        source = read_around(picture, inside, strip.grow(reach))
        yield
        part_of(out, strip, place.rect)[...] = yield from work(source, strip)
        yield
    return out


def aligned_strips(inside: Rect, least: int, align: int, pixels: int = STRIP_PIXELS) -> list[Rect]:
    """Strips over ``inside`` that begin and end at multiples of ``align``: of at least so many rows, of about so many pixels."""
    if inside.empty:
        return []
    left, right = inside.left // align * align, -(-inside.right // align) * align
    rows = max(pixels // (right - left), least)
    rows = -(-rows // align) * align
    first, last = inside.top // align * align, -(-inside.bottom // align) * align
    return [Rect(left, top, right, min(top + rows, last)) for top in range(first, last, rows)]


def read_around(
    picture: Picture,
    inside: Rect,
    needed: Rect,
    border: int = cv2.BORDER_REPLICATE,
    beyond: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0),
) -> np.ndarray:
    """The pixels in ``needed``, settled; beyond ``inside`` lies what ``border`` says, as OpenCV names it."""
    held = needed.intersect(inside)
    if held != needed and border == cv2.BORDER_WRAP:  # OpenCV would repeat the part, not the picture
        out = np.empty((needed.height, needed.width, 4), np.float32)
        for piece, x, y in Wrap(inside).inside(needed):
            out[y : y + piece.height, x : x + piece.width] = settled(picture.read(piece))
        return out
    part = settled(picture.read(held))
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


def read_repeated(picture: Picture, inside: Rect, needed: Rect) -> np.ndarray:
    """The pixels in ``needed``, settled, the edge pixels of ``inside`` repeated; it may lie beyond ``inside`` as a whole."""
    rows = np.clip(np.arange(needed.top, needed.bottom), inside.top, inside.bottom - 1)
    columns = np.clip(np.arange(needed.left, needed.right), inside.left, inside.right - 1)
    held = Rect(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    pixels = settled(picture.read(held))
    if held == needed:
        return np.ascontiguousarray(pixels)
    return pixels[np.ix_(rows - held.top, columns - held.left)]


def outside(rect: Rect, inside: Rect) -> list[Rect]:
    """What of ``rect`` lies beyond ``inside``, a part of it: at most four rectangles."""
    parts = (
        rect._replace(bottom=inside.top),
        rect._replace(top=inside.bottom),
        inside._replace(left=rect.left, right=inside.left),
        inside._replace(left=inside.right, right=rect.right),
    )
    return [part for part in parts if not part.empty]


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
