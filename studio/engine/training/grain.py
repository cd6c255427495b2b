"""What grain an artist's scans have: measured after a detail network has learnt, on what it still lacks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from studio.engine.detail.grain import TAPS, Grain, activity, brightness, changes, colour_noise

PLACE = 64
"""Pixels a side of the places that are compared."""
QUIETEST = 0.34
"""Part of the places of a picture, those where least happens, whose spectrum is taken for the grain's."""
SPECTRUM = 32
PLACES = 0.3
"""Weight of the single places beside that of whole pictures, whose strength must be right above all."""
UNIT = 1e-4
"""Of the part that is everywhere, so that all three are numbers of like size."""


class Compared(NamedTuple):
    """A picture uint8 [4h, 4w, 3], a quarter as large, and what the network made of that."""

    real: np.ndarray
    small: np.ndarray
    made: np.ndarray


def grain_of(pictures: Sequence[Compared]) -> Grain | None:
    """The grain that the network's pictures lack; None where they lack none. Their strength is fitted by least squares with no negative
    part, relative to each picture's own."""
    noises = [colour_noise(one.small) for one in pictures]
    rows, goals = [], []
    for one, noise in zip(pictures, noises, strict=True):
        real, made = (_by_place(changes(brightness(codes)) ** 2, PLACE) for codes in (one.real, one.made))
        happens = _by_place(activity(one.small), PLACE // 4)
        scale = 1 / max(float(real.mean()), 1e-9)
        lacking = (real - made).ravel() * scale
        parts = (
            np.stack([np.full_like(lacking, UNIT), np.full_like(lacking, noise), happens.ravel()], 1) * scale
        )
        rows += [PLACES * parts, parts.mean(0, keepdims=True) * len(parts) ** 0.5]
        goals += [PLACES * lacking, lacking.mean(keepdims=True) * len(parts) ** 0.5]
    even, sensor, active = not_negative(np.concatenate(rows), np.concatenate(goals)).tolist()
    if even == sensor == active == 0:
        return None
    return Grain(
        even=even * UNIT,
        sensor=sensor,
        active=active,
        least=min(noises),
        most=max(noises),
        taps=tuple(float(f"{tap:.4g}") for tap in _taps(pictures).ravel()),
    )


def not_negative(parts: np.ndarray, goal: np.ndarray) -> np.ndarray:
    """The weights ≥ 0 of the columns of ``parts`` [n, few] whose sum is nearest to ``goal`` [n]: of all choices of columns the one
    with the least squares."""
    best, least = np.zeros(parts.shape[1]), float(np.square(goal).sum())
    for count in range(1, parts.shape[1] + 1):
        for chosen in combinations(range(parts.shape[1]), count):
            columns = parts[:, chosen].astype(np.float64)
            found = np.linalg.lstsq(columns, goal.astype(np.float64), rcond=1e-9)[0]
            left = float(np.square(goal - columns @ found).sum())
            if (found >= 0).all() and left < least * (1 - 1e-6):
                best, least = np.zeros(parts.shape[1]), left
                best[list(chosen)] = found
    return best


def _by_place(plane: np.ndarray, side: int) -> np.ndarray:
    """Means over squares, [h // side, w // side]."""
    height, width = (length // side for length in plane.shape)
    return plane[: height * side, : width * side].reshape(height, side, width, side).mean((1, 3))


def _taps(pictures: Sequence[Compared]) -> np.ndarray:
    """The filter [7, 7] whose spectrum is, in the mean over all directions of a square, that of what lacks in the quiet places."""
    window = np.outer(np.hanning(SPECTRUM), np.hanning(SPECTRUM))
    power = np.zeros((SPECTRUM, SPECTRUM))
    for one in pictures:
        lacking = brightness(one.real) - brightness(one.made)
        happens = _by_place(activity(one.small), SPECTRUM // 4)
        for row, column in np.argwhere(happens <= np.quantile(happens, QUIETEST)):
            top, left = row * SPECTRUM, column * SPECTRUM
            part = lacking[top : top + SPECTRUM, left : left + SPECTRUM]
            power += np.abs(np.fft.fft2((part - part.mean()) * window)) ** 2
    power = power + np.roll(power[::-1], 1, 0)
    power = power + np.roll(power[:, ::-1], 1, 1)
    power = power + power.T
    spread = np.fft.fftshift(np.fft.ifft2(np.sqrt(power)).real)
    middle, half = SPECTRUM // 2, TAPS // 2
    taps = spread[middle - half : middle + half + 1, middle - half : middle + half + 1]
    wide = np.pad(taps, 2)
    inner = wide[1:-1, 1:-1]
    fine = wide[:-2, 1:-1] + wide[2:, 1:-1] + wide[1:-1, :-2] + wide[1:-1, 2:] - 4 * inner
    return taps / np.sqrt(np.square(fine).sum())
