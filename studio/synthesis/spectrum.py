"""What a noise is like in numbers: its histogram, and how its power falls with frequency."""

from __future__ import annotations

import msgspec
import numpy as np

FIT = (0.02, 0.25)
"""Cycles per pixel between which the slope is fitted unless another range is given."""
_PER_OCTAVE = 4


class Histogram(msgspec.Struct, frozen=True, kw_only=True):
    """``edges`` [bins + 1], ``shares`` [bins] of all values (those outside the edges are in ``outside``)."""

    edges: np.ndarray
    shares: np.ndarray
    outside: float
    mean: float
    sigma: float


class Spectrum(msgspec.Struct, frozen=True, kw_only=True):
    """Radially averaged power: ``frequency`` [n] in cycles per pixel, ``power`` [n] as variance per frequency, so that
    white noise of variance σ² has power σ² everywhere.

    ``slope`` and ``intercept``: log₁₀ power = slope · log₁₀ frequency + intercept, fitted from ``low`` to ``high``.
    """

    frequency: np.ndarray
    power: np.ndarray
    slope: float
    intercept: float
    low: float
    high: float

    def fitted(self, frequency: np.ndarray) -> np.ndarray:
        return 10.0 ** (self.slope * np.log10(frequency) + self.intercept)


def histogram(values: np.ndarray, bins: int = 256, low: float = 0.0, high: float = 1.0) -> Histogram:
    """Of any array; NaN is refused with ValueError. The last bin holds ``high`` itself."""
    plain = np.asarray(values, np.float64).ravel()
    if plain.size == 0 or not np.isfinite(plain).all():
        raise ValueError("a histogram needs finite values")
    counts, edges = np.histogram(plain, bins, (low, high))
    return Histogram(
        edges=edges,
        shares=counts / plain.size,
        outside=1 - counts.sum() / plain.size,
        mean=float(plain.mean()),
        sigma=float(plain.std()),
    )


def spectrum(
    plane: np.ndarray, *, periodic: bool = False, low: float = FIT[0], high: float = FIT[1]
) -> Spectrum:
    """The power spectrum of [h, w], both at least 16, with the slope fitted by least squares over both logarithms.

    ``periodic``: the plane repeats without a seam; otherwise it is weighted by a Hann window, whose loss of power is made
    good. Power is averaged over rings, four to an octave, so that every octave counts alike in the fit (periodogram:
    Bartlett 1950; window: Blackman and Tukey 1958). Raises ValueError for a plane too small or a range without two rings.
    """
    source = np.asarray(plane, np.float64)
    if source.ndim != 2 or min(source.shape) < 16:
        raise ValueError(f"a spectrum needs a plane of at least 16 × 16, not {source.shape}")
    source = source - source.mean()
    if not periodic:
        window = np.outer(*(_hann(side) for side in source.shape))
        source = (source - (source * window).sum() / window.sum()) * window
        source /= np.sqrt(np.square(window).mean())
    power = np.square(np.abs(np.fft.rfft2(source))) / source.size
    return _rings(power, source.shape, low, high)


def _hann(side: int) -> np.ndarray:
    return 0.5 - 0.5 * np.cos(2 * np.pi * (np.arange(side) + 0.5) / side)


def _rings(power: np.ndarray, shape: tuple[int, ...], low: float, high: float) -> Spectrum:
    height, width = shape
    away = np.hypot(np.fft.rfftfreq(width)[None, :], np.fft.fftfreq(height)[:, None])
    # A column of the half spectrum stands for two, but for the first and an even width's last.
    weight = np.full(power.shape[1], 2.0)
    weight[0] = 1.0
    if width % 2 == 0:
        weight[-1] = 1.0
    weights = np.broadcast_to(weight, power.shape)
    first = 1 / min(height, width)
    count = int(np.ceil(np.log2(0.5 / first) * _PER_OCTAVE))
    edges = first * 2.0 ** ((np.arange(count + 2) - 0.5) / _PER_OCTAVE)
    ring = np.searchsorted(edges, away.ravel()) - 1
    seen = (ring >= 0) & (ring <= count) & (away.ravel() <= 0.5)
    ring, chosen = ring[seen], weights.ravel()[seen]
    total = np.bincount(ring, chosen, count + 1)
    full = total > 0
    frequency = np.bincount(ring, chosen * away.ravel()[seen], count + 1)[full] / total[full]
    mean = np.bincount(ring, chosen * power.ravel()[seen], count + 1)[full] / total[full]
    inside = (frequency >= low) & (frequency <= high) & (mean > 0)
    if inside.sum() < 2:
        raise ValueError(f"between {low:g} and {high:g} cycles per pixel there are not two rings")
    slope, intercept = np.polyfit(np.log10(frequency[inside]), np.log10(mean[inside]), 1)
    return Spectrum(
        frequency=frequency,
        power=mean,
        slope=float(slope),
        intercept=float(intercept),
        low=low,
        high=high,
    )
