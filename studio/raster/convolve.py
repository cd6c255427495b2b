"""Convolution with kernels of any shape, equal for a part and for the whole: directly, or by Fourier transform in blocks.

Kernels are float64 [2 r + 1, 2 r + 1] around their centre. The Fourier transform works on blocks at fixed places, so the
rectangle computed must begin and end at multiples of :func:`block_of` (overlap-save; Stockham, 1966).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np

from studio.raster.neighbours import Taps, weighed
from studio.raster.stopping import heed

MOST_TAPS = 1500
"""Up to here summing directly is faster than transforming."""


def taps_of(kernel: np.ndarray) -> Taps:
    """The weights that are not zero, as seen from the kernel's centre; mirrored, as a convolution wants them."""
    radius = kernel.shape[0] // 2
    rows, columns = np.nonzero(kernel)
    return [(radius - int(x), radius - int(y), float(kernel[y, x])) for y, x in zip(rows, columns)]


def block_of(kernel: np.ndarray) -> int:
    """Side of the blocks that ``kernel`` is applied in; 1 where it is summed directly."""
    if np.count_nonzero(kernel) <= MOST_TAPS:
        return 1
    return 64 if kernel.shape[0] <= 65 else 128 if kernel.shape[0] <= 129 else 256


class Convolution:
    """One kernel, ready for many pictures. Frozen; ``reach``: its radius; ``align``: see :func:`block_of`."""

    __slots__ = ("_size", "_spectrum", "_taps", "align", "reach")

    def __init__(self, kernel: np.ndarray, *, direct: bool = False) -> None:
        """``direct``: never in blocks, for pictures of which each has a size of its own."""
        self.reach = kernel.shape[0] // 2
        self.align = 1 if direct else block_of(kernel)
        self._taps = taps_of(kernel) if self.align == 1 else []
        self._size = cv2.getOptimalDFTSize(self.align + 2 * self.reach)
        if self.align > 1:
            placed = np.zeros((self._size, self._size))
            placed[: kernel.shape[0], : kernel.shape[1]] = kernel
            placed = np.roll(placed, (-self.reach, -self.reach), (0, 1))
            self._spectrum = np.fft.rfft2(placed).astype(np.complex64)

    def of(self, source: np.ndarray) -> np.ndarray:
        """[h, w, c] of float32 [h + 2 reach, w + 2 reach, c], h and w multiples of ``align``."""
        if self.align == 1:
            return weighed(source, self.reach, self._taps)
        height, width = source.shape[0] - 2 * self.reach, source.shape[1] - 2 * self.reach
        out = np.empty((height, width, source.shape[2]), np.float32)
        for top in range(0, height, self.align):
            for left in range(0, width, self.align):
                heed()
                out[top : top + self.align, left : left + self.align] = self._block(source, top, left)
        return out

    def of_planes(self, planes: Sequence[np.ndarray]) -> list[np.ndarray]:
        """:meth:`of` planes [h + 2 reach, w + 2 reach], each alone; where they are summed directly, of different sizes, too."""
        if self.align == 1:
            return [weighed(plane, self.reach, self._taps) for plane in planes]
        made = self.of(np.moveaxis(np.stack(planes), 0, -1))
        return list(np.ascontiguousarray(np.moveaxis(made, -1, 0)))

    def _block(self, source: np.ndarray, top: int, left: int) -> np.ndarray:
        side = self.align + 2 * self.reach
        part = np.zeros((source.shape[2], self._size, self._size), np.float32)
        part[:, :side, :side] = np.moveaxis(source[top : top + side, left : left + side], -1, 0)
        spectra = np.fft.rfft2(part)
        spectra *= self._spectrum
        result = np.fft.irfft2(spectra, (self._size, self._size))
        first, last = self.reach, self.reach + self.align
        return np.moveaxis(result[:, first:last, first:last], 0, -1)


def normalised(kernel: np.ndarray) -> np.ndarray:
    return kernel / kernel.sum()


def _subpixels(radius: int, parts: int) -> tuple[np.ndarray, np.ndarray]:
    """x and y of ``parts``² points in each pixel of a kernel: rows of all points across, columns of all points down."""
    side = (2 * radius + 1) * parts
    along = (np.arange(side) + 0.5) / parts - radius - 0.5
    return along[None, :], along[:, None]


def _gathered(points: np.ndarray, parts: int) -> np.ndarray:
    side = points.shape[0] // parts
    return points.reshape(side, parts, side, parts).mean((1, 3))


def aperture(radius: float, blades: int = 0, rotation: float = 0.0, rim: float = 0.0) -> np.ndarray:
    """An opening of ``radius`` pixels, sum 1: a disc, or a regular polygon of 3 or more ``blades`` inside it.

    ``rotation`` in degrees, counter-clockwise as seen. ``rim``: how much brighter than the centre its rim is; the weight
    at a fraction q of the way from centre to rim is 1 + rim · q⁴.
    """
    reach = max(0, math.ceil(radius - 0.5))
    parts = 16 if reach <= 8 else 8 if reach <= 40 else 4
    x, y = _subpixels(reach, parts)
    if blades < 3:
        way = np.hypot(x, y) / max(radius, 1e-9)
    else:
        half = math.pi / blades
        angle = np.arctan2(-y, x) - math.radians(rotation)
        folded = np.mod(angle, 2 * half) - half
        way = np.hypot(x, y) * np.cos(folded) / (math.cos(half) * max(radius, 1e-9))
    kernel = _gathered((way <= 1) * (1 + rim * way**4), parts)
    if kernel.sum() == 0:
        kernel[reach, reach] = 1
    return normalised(kernel)


def line(length: float, angle: float, centred: bool = True) -> np.ndarray:
    """A line of ``length`` pixels through the centre, or from it on, sum 1; ``angle`` in degrees, counter-clockwise.

    The mean of points every 1/32 pixel, each shared among the four nearest pixels.
    """
    half = max(0.0, (length - 1) / 2)
    reach = math.ceil(half if centred else 2 * half)
    count = max(1, math.ceil(64 * half))
    along = ((np.arange(count) + 0.5) / count * 2 - (1 if centred else 0)) * half
    x = along * math.cos(math.radians(angle)) + reach
    y = -along * math.sin(math.radians(angle)) + reach
    # rounded, so that a straight line has no faint neighbours
    x, y = np.round(x, 9), np.round(y, 9)
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1))
    left, top = (
        np.minimum(x.astype(int), 2 * reach - (reach > 0)),
        np.minimum(y.astype(int), 2 * reach - (reach > 0)),
    )
    for dx, dy, weight in (
        (0, 0, (1 - (x - left)) * (1 - (y - top))),
        (1, 0, (x - left) * (1 - (y - top))),
        (0, 1, (1 - (x - left)) * (y - top)),
        (1, 1, (x - left) * (y - top)),
    ):
        inside = weight > 0
        np.add.at(kernel, (top[inside] + dy, left[inside] + dx), weight[inside])
    return normalised(kernel)


def gaussian(sigma: float, cut: float = 3.0) -> np.ndarray:
    """exp(−d² / 2σ²) up to ``cut`` σ along each axis, sum 1."""
    reach = math.ceil(cut * sigma)
    along = np.exp(-0.5 * (np.arange(-reach, reach + 1) / max(sigma, 1e-9)) ** 2)
    return normalised(np.outer(along, along))
