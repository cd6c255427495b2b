"""Counting colours: histograms and what is read from them."""

from __future__ import annotations

import cv2
import msgspec
import numpy as np

CHANNELS = ("red", "green", "blue", "luminance")
WEIGHTS = np.array([0.2126, 0.7152, 0.0722], np.float32)
"""Rec. 709 luma of encoded values."""


class Histogram(msgspec.Struct, frozen=True, eq=False):
    """``counts`` int64 [4, 256]: red, green, blue, luma; pixels of at least half opacity. ``pixels``: how many."""

    counts: np.ndarray
    pixels: int

    def mean(self, channel: str) -> float:
        """0–255."""
        counts = self.counts[CHANNELS.index(channel)]
        return float(counts @ np.arange(256) / max(1, counts.sum()))

    def deviation(self, channel: str) -> float:
        counts = self.counts[CHANNELS.index(channel)]
        squares = (np.arange(256) - self.mean(channel)) ** 2
        return float(np.sqrt(counts @ squares / max(1, counts.sum())))

    def quantile(self, channel: str, part: float) -> int:
        """The smallest value that at least ``part`` of the pixels do not exceed; 0.5 is the median."""
        summed = np.cumsum(self.counts[CHANNELS.index(channel)])
        return int(np.searchsorted(summed, part * summed[-1])) if summed[-1] else 0


def otsu(counts: np.ndarray) -> int | None:
    """The value from which on the upper of two classes begins, when the variance between them is greatest; the middle of
    several. ``counts`` [n] of the values 0 … n − 1. None where there are no two values (Otsu, A threshold selection
    method from gray-level histograms, 1979, equation 18)."""
    shares = counts.astype(np.float64) / max(1, counts.sum())
    lower = np.cumsum(shares)[:-1]
    mean = np.cumsum(shares * np.arange(len(counts)))
    weight = lower * (1 - lower)
    apart = np.where(weight > 1e-12, (mean[-1] * lower - mean[:-1]) ** 2 / np.maximum(weight, 1e-12), -1.0)
    best = float(apart.max(initial=-1.0))
    if best <= 0:
        return None
    return int(np.rint(np.flatnonzero(apart >= best * (1 - 1e-12)).mean())) + 1


def histogram(straight: np.ndarray) -> Histogram:
    """Of straight uint8 RGBA pixels [h, w, 4]."""
    seen = np.where(straight[..., 3] >= 128, np.uint8(255), np.uint8(0))
    luma = cv2.transform(straight[..., :3].astype(np.float32), WEIGHTS[None])
    planes = [*cv2.split(straight)[:3], np.round(luma).astype(np.uint8).reshape(straight.shape[:2])]
    counts = [
        cv2.calcHist([np.ascontiguousarray(plane)], [0], seen, [256], [0, 256]).reshape(-1)
        for plane in planes
    ]
    return Histogram(np.stack(counts).astype(np.int64), int(np.count_nonzero(seen)))
