"""Noise like a picture: its mean colour, its colours' covariance and its power spectrum, with phases of its own.

B. Galerne, Y. Gousseau and J.-M. Morel, "Random phase textures: theory and synthesis", IEEE TIP 20 (2011); the spectrum
by P. Welch's method (1967). What the sample shows of shapes is lost; its grain, its direction and its colours stay.
"""

from __future__ import annotations

from collections.abc import Generator

import cv2
import msgspec
import numpy as np

from studio.raster import random
from studio.raster.geometry import Rect

PATCH = 64
"""Side of the patches that a spectrum is the mean of, in pixels; smaller where the sample is."""
_SMALLEST = 8
_STREAM = 0x4C49


class Likeness(msgspec.Struct, frozen=True, kw_only=True):
    """``mean`` [3] and ``covariance`` [3, 3] of straight encoded colours; ``power`` [3, n, n]: of each principal
    component (columns of ``components`` [3, 3], times their standard deviations), zero frequency in the middle, mean 1.
    """

    mean: np.ndarray
    covariance: np.ndarray
    components: np.ndarray
    power: np.ndarray


def measure(straight: np.ndarray, patch: int = PATCH) -> Likeness:
    """What :func:`measuring` returns, at once."""
    work = measuring(straight, patch)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def measuring(straight: np.ndarray, patch: int = PATCH) -> Generator[float, None, Likeness]:
    """The likeness of straight pixels [h, w, 3 or 4] of at least 8 × 8; transparent ones count as the mean of the others.

    Yields the part done after each row of patches. Raises ValueError for a sample that is too small, not finite, or
    transparent everywhere.
    """
    colours = np.asarray(straight[..., :3], np.float64)
    seen = straight[..., 3] > 0 if straight.shape[2] == 4 else np.ones(colours.shape[:2], bool)
    side = min(patch, *colours.shape[:2]) // 2 * 2
    if side < _SMALLEST or not seen.any() or not np.isfinite(colours[seen]).all():
        raise ValueError("a sample needs 8 × 8 finite pixels that are seen")
    mean = colours[seen].mean(0)
    away = np.where(seen[..., None], colours - mean, 0)
    yield 0.0
    flat = away.reshape(-1, 3)
    covariance = flat.T @ flat / np.count_nonzero(seen)
    size, directions = np.linalg.eigh(covariance)
    spread = np.sqrt(np.maximum(size, 0))
    plain = away @ directions
    yield 0.0
    power = []
    for index in range(3):
        power.append((yield from _welch(plain[..., index], side, index / 3)))
    return Likeness(mean=mean, covariance=covariance, components=directions * spread, power=np.stack(power))


def _welch(plane: np.ndarray, side: int, done: float) -> Generator[float, None, np.ndarray]:
    """The mean power of half overlapping Hann-weighted patches, zero frequency in the middle, scaled to mean 1.

    Yields ``done`` and what this third adds to it, after each row of patches.
    """
    window = 0.5 - 0.5 * np.cos(2 * np.pi * (np.arange(side) + 0.5) / side)
    weights = window[:, None] * window[None, :]
    total = np.zeros((side, side))
    tops = _starts(plane.shape[0], side)
    for row, top in enumerate(tops):
        for left in _starts(plane.shape[1], side):
            part = plane[top : top + side, left : left + side]
            total += np.square(np.abs(np.fft.fft2(part * weights)))
        yield done + (row + 1) / len(tops) / 3
    scale = total.mean()
    return np.fft.fftshift(total / scale) if scale > 0 else np.ones((side, side))


def _starts(length: int, side: int) -> list[int]:
    """Where patches begin: half a side apart, and one at the end."""
    return sorted({*range(0, length - side + 1, side // 2), length - side})


def synthesise(likeness: Likeness, width: int, height: int, seed: int = 0) -> np.ndarray:
    """Straight float32 [height, width, 3]: normal noise of the likeness's mean, covariance and spectrum.

    It repeats without a seam. The covariance is that of the law; one picture's own differs from it by chance.
    """
    if min(width, height) < 1:
        raise ValueError("a picture needs a width and a height of at least 1")
    drawn = random.normal(seed, Rect(0, 0, width, height), (0, 1, 2), _STREAM)
    planes = []
    for channel in range(3):
        found = np.fft.rfft2(drawn[..., channel])
        found *= _amplitude(likeness.power[channel], width, height)
        found[0, 0] = 0
        planes.append(np.fft.irfft2(found, s=(height, width)))
    mixed = np.stack(planes, -1) @ likeness.components.T + likeness.mean
    return mixed.astype(np.float32)


def kernels(likeness: Likeness) -> np.ndarray:
    """float64 [3, n + 1, n + 1] around their centres, n the side of the spectra: independent normal noise of variance 1 that is
    convolved with them has the spectrum of each principal component, and variance 1.

    The inverse Fourier transform of √power (Galerne et al., section II: the texton), whose outermost row and column are shared
    by both sides.
    """
    side = likeness.power.shape[-1]
    amplitude = np.sqrt(np.fft.ifftshift(likeness.power, axes=(1, 2)))
    plain = np.fft.fftshift(np.fft.ifft2(amplitude).real, axes=(1, 2))
    made = np.pad(plain, ((0, 0), (0, 1), (0, 1)), mode="wrap")
    ends = np.ones(side + 1)
    ends[[0, -1]] = 0.5
    made *= ends[:, None] * ends
    strength = np.sqrt(np.square(made).sum((1, 2), keepdims=True))
    return np.divide(made, strength, out=made, where=strength > 0)


def _amplitude(power: np.ndarray, width: int, height: int) -> np.ndarray:
    """√power at the frequencies of a picture [height, width // 2 + 1], so that white noise keeps its variance."""
    side = power.shape[0]
    # The zero frequency lies in the middle; beyond the last row and column the spectrum begins again.
    table = np.pad(power, ((0, 1), (0, 1)), mode="wrap").astype(np.float32)
    across = (np.fft.rfftfreq(width) + 0.5) * side
    down = (np.fft.fftfreq(height) + 0.5) * side
    place_x, place_y = np.meshgrid(across.astype(np.float32), down.astype(np.float32))
    found = cv2.remap(table, place_x, place_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    found = np.asarray(found, np.float64)
    weight = np.full(found.shape[1], 2.0)
    weight[0] = 1.0
    if width % 2 == 0:
        weight[-1] = 1.0
    mean = (found * weight).sum() / (width * height)
    return np.sqrt(found / mean) if mean > 0 else np.ones_like(found)
