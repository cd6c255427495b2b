"""The way of every filter that works on one colour at a time: straight planes in strips, alpha kept.

A strip is taken apart into contiguous planes of float32, its colours divided by their alpha, worked on, and multiplied
with alpha again. Only numpy's elementwise arithmetic is used, whose result for one pixel does not depend on where it
lies in the array: so a tile equals the whole, bit for bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import cv2
import numpy as np

from studio.filters.kind import Steps, finished
from studio.raster.planar import put_together, taken_apart
from studio.raster.stopping import heed
from studio.raster.strips import STRIP_PIXELS, in_turn, row_strips

LARGEST = np.float32(65504)
"""The largest half float. Values beyond ± it, and infinities, count as it; what is not a number counts as 0."""
FEWEST = 8
"""Strips from which on a thread of its own pays: a tile is done sooner than threads are started and take turns."""

Plane = np.ndarray
Planes = Sequence[np.ndarray]
"""Red, green, blue: contiguous float32 of the same shape."""
Recolour = Callable[[Planes], Planes]
"""From straight encoded colours, which it may overwrite, to new ones."""

LUMA = (0.2126, 0.7152, 0.0722)
"""Weights of Rec. 709: of encoded values they make luma, of linear light luminance."""


def recoloured(pixels: np.ndarray, work: Recolour) -> np.ndarray:
    """Premultiplied float32 [h, w, 4] whose straight colours went through ``work``; alpha stays, ``pixels`` too.

    Transparent pixels become transparent black. Not-a-number counts as 0, infinity as ±65504, in the picture as in
    what ``work`` gives. Strips are worked on by several threads.
    """
    return finished(recolouring(pixels, work))


def recolouring(pixels: np.ndarray, work: Recolour) -> Steps:
    """:func:`recoloured` strip by strip."""
    out = np.empty_like(pixels)
    yield from in_turn(
        lambda rows: _recolour(pixels[rows], out[rows], work), row_strips(pixels.shape), FEWEST
    )
    return out


def recoloured_beside(
    pixels: np.ndarray, beside: np.ndarray, work: Callable[[Planes, np.ndarray], Planes]
) -> np.ndarray:
    """As :func:`recoloured`, where ``work`` also sees the same strip of ``beside`` [h, w]."""
    return finished(recolouring_beside(pixels, beside, work))


def recolouring_beside(
    pixels: np.ndarray, beside: np.ndarray, work: Callable[[Planes, np.ndarray], Planes]
) -> Steps:
    """:func:`recoloured_beside` strip by strip."""
    out = np.empty_like(pixels)

    def one(rows: slice) -> None:
        part = np.ascontiguousarray(beside[rows])
        _recolour(pixels[rows], out[rows], lambda colours: work(colours, part))

    yield from in_turn(one, row_strips(pixels.shape), FEWEST)
    return out


def _recolour(strip: np.ndarray, target: np.ndarray, work: Recolour) -> None:
    colours, alpha = straight_planes(strip)
    put_together(work(colours), alpha, target)


def straight_strips(pixels: np.ndarray) -> Iterator[tuple[int, list[np.ndarray], np.ndarray]]:
    """(first row, straight colours, alpha) of each strip, for what is measured before it is changed."""
    rows = max(1, STRIP_PIXELS // pixels.shape[1])
    with np.errstate(all="ignore"):
        for top in range(0, pixels.shape[0], rows):
            heed()
            yield top, *straight_planes(pixels[top : top + rows])


def straight_planes(pixels: np.ndarray) -> tuple[list[np.ndarray], np.ndarray]:
    """New planes of red, green and blue, divided by alpha (0 where there is none), and of alpha; all finite."""
    red, green, blue, alpha = taken_apart(pixels)
    return [red, green, blue], alpha


def finite(plane: np.ndarray) -> np.ndarray:
    """``plane`` itself, a contiguous float32 array, brought to finite values within ±65504."""
    cv2.patchNaNs(plane, 0.0)
    return np.clip(plane, -LARGEST, LARGEST, out=plane)


def reopened(pixels: np.ndarray, work: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """``pixels`` with their alpha [h, w] sent through ``work`` and cut to 0–1; colours stay, transparent pixels too."""
    out = np.empty_like(pixels)
    rows = max(1, STRIP_PIXELS // pixels.shape[1])
    with np.errstate(all="ignore"):
        for top in range(0, pixels.shape[0], rows):
            heed()
            target = out[top : top + rows]
            colours, alpha = straight_planes(pixels[top : top + rows])
            made = np.clip(finite(work(alpha.copy())), 0, 1)
            np.copyto(made, 0, where=alpha <= 0)
            for channel, plane in enumerate(colours):
                np.multiply(plane, made, out=target[..., channel])
            target[..., 3] = made
    return out


def each(function: Callable[[np.ndarray], np.ndarray]) -> Recolour:
    """The same function for red, green and blue."""
    return lambda colours: [function(plane) for plane in colours]


def keeping_excess(plane: np.ndarray, function: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """``function`` of the part within 0–1; what lies above 1 or below 0 in a float picture is added unchanged."""
    inside = np.clip(plane, 0, 1)
    excess = plane - inside
    made = function(inside)
    made += excess
    return made


def power(plane: np.ndarray, exponent: float) -> np.ndarray:
    """|v|^exponent with the sign of v."""
    made = np.abs(plane)
    np.power(made, np.float32(exponent), out=made)
    return np.copysign(made, plane, out=made)


def to_light(plane: np.ndarray) -> np.ndarray:
    """Linear light of sRGB-encoded values (IEC 61966-2-1); negative values are mirrored."""
    size = np.abs(plane)
    made = (size + np.float32(0.055)) * np.float32(1 / 1.055)
    np.power(made, np.float32(2.4), out=made)
    np.copyto(made, size * np.float32(1 / 12.92), where=size <= np.float32(0.04045))
    return np.copysign(made, plane, out=made)


def from_light(plane: np.ndarray) -> np.ndarray:
    """sRGB-encoded values of linear light; the inverse of :func:`to_light`."""
    size = np.abs(plane)
    made = np.power(size, np.float32(1 / 2.4))
    made *= np.float32(1.055)
    made -= np.float32(0.055)
    np.copyto(made, size * np.float32(12.92), where=size <= np.float32(0.0031308))
    return np.copysign(made, plane, out=made)


Matrix = Sequence[Sequence[float]]


def mixed(matrix: Matrix, planes: Planes) -> list[np.ndarray]:
    """The 3×3 ``matrix`` times the colour of each pixel."""
    made = []
    for row in matrix:
        plane = planes[0] * np.float32(row[0])
        plane += planes[1] * np.float32(row[1])
        plane += planes[2] * np.float32(row[2])
        made.append(plane)
    return made


def luma(planes: Planes) -> np.ndarray:
    """The weighted sum of encoded values, or of linear light, with the weights of Rec. 709."""
    return mixed((LUMA,), planes)[0]


def with_luminance(colours: Planes, change: Callable[[np.ndarray], np.ndarray]) -> list[np.ndarray]:
    """Encoded colours whose luminance, encoded like them, went through ``change``; the three of linear light are multiplied
    alike, so that hue and saturation stay. What has no luminance becomes grey."""
    light = [to_light(plane) for plane in colours]
    old = luma(light)
    new = change(from_light(old))
    wanted = to_light(new)
    seen = old > np.float32(1e-6)
    factor = np.divide(wanted, old, out=np.ones_like(old), where=seen)
    made = [from_light(plane * factor) for plane in light]
    for plane in made:
        np.copyto(plane, new, where=~seen)
    return made


# B. Ottosson, "A perceptual color space for image processing", 2020 (public domain).
_TO_CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_OKLAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_OKLAB: Matrix = np.linalg.inv(np.array(_TO_OKLAB)).tolist()
_FROM_CONES: Matrix = np.linalg.inv(np.array(_TO_CONES)).tolist()


def to_oklab(planes: Planes) -> list[np.ndarray]:
    """Lightness, a, b of sRGB-encoded planes."""
    cones = mixed(_TO_CONES, [to_light(plane) for plane in planes])
    return mixed(_TO_OKLAB, [np.cbrt(plane, out=plane) for plane in cones])


def from_oklab(planes: Planes) -> list[np.ndarray]:
    """sRGB-encoded planes; outside 0–1 where the colour lies outside sRGB."""
    cones = mixed(_FROM_OKLAB, planes)
    return [from_light(plane) for plane in mixed(_FROM_CONES, [plane * plane * plane for plane in cones])]
