"""The grain of an artist's scans: fine changes of brightness that no small picture tells, as strong and as fine as theirs.

Paper, brush hair and sensor leave noise whose exact place is chance. A network that is to stay near the real picture leaves it out, so
it is drawn here: white noise, a function of (seed, x, y), through the spectrum that the artist's own scans have where little else
happens. It is the same in all three channels: that shows as much and lies nearer to the truth than noise in each.

How strong it is, as the Laplacian's energy (mean square, values in −1…1, brightness as the mean of the channels), follows from the small picture:
a part that is everywhere, one that goes with the noise between its channels, which paper and paint hardly have and sensors do, and
one that goes with what happens at the place. Scans in grey or kept as JPEG have no noise between their channels: then grain is as strong as
that of the artist's scans on average, which is right for one scanner and not for many.
"""

from __future__ import annotations

from typing import Annotated

import cv2
import msgspec
import numpy as np

from studio.engine.detail.chance import white
from studio.engine.networks.detail import FACTOR

TAPS = 7
"""Pixels a side of the filter that makes grain of white noise."""
AROUND = 13
"""Small pixels a side of the place whose activity counts; with the Laplacian it lies within what the network sees."""
WINDOW = 32
"""Small pixels a side of the places whose colour noise is looked at."""
QUIET = 0.1
"""Part of these places that is taken for noise alone."""
STEP = 2 / 255
APART = 1 << 40
"""Between the seed of a picture and that of its grain: the network's own noise is another."""

Strength = Annotated[float, msgspec.Meta(ge=0.0, le=1e6)]


class Grain(msgspec.Struct, frozen=True, kw_only=True):
    """``even``: energy everywhere, ``sensor``: by colour noise, which is held between ``least`` and ``most`` of the artist's own pictures,
    ``active``: by activity. ``taps``: the filter's 7×7 weights, by rows; white noise of variance 1 through it has a Laplacian of energy 1."""

    even: Strength
    sensor: Strength
    active: Strength
    least: Strength
    most: Strength
    taps: Annotated[tuple[float, ...], msgspec.Meta(min_length=TAPS * TAPS, max_length=TAPS * TAPS)]

    def energy(self, noise: float, activity: np.ndarray) -> np.ndarray:
        """Of the grain at each small pixel, [h, w], of a picture of so much colour noise."""
        held = min(max(noise, self.least), self.most)
        return self.even + self.sensor * held + self.active * activity


def brightness(codes: np.ndarray) -> np.ndarray:
    """Float32 [h, w] in −1…1 of uint8 [h, w, 3]."""
    return codes.mean(2, dtype=np.float32) / np.float32(127.5) - 1


def changes(plane: np.ndarray) -> np.ndarray:
    """The Laplacian of [h, w], as large; beyond the border as at it."""
    return cv2.Laplacian(plane, cv2.CV_32F, ksize=1, borderType=cv2.BORDER_REPLICATE)


def activity(codes: np.ndarray) -> np.ndarray:
    """How much happens around each pixel of uint8 [h, w, 3], float32 [h, w]: the square of the mean of the Laplacian's size, in which
    texture counts and a single edge little."""
    return cv2.blur(np.abs(changes(brightness(codes))), (AROUND, AROUND)) ** 2


def colour_noise(codes: np.ndarray) -> float:
    """The Laplacian's energy of the differences between the channels of a picture uint8 [h, w, 3], where it is least: what does not go with
    brightness, less what rounding to whole codes makes. A picture in grey has none."""
    planes = codes.astype(np.float32) / 127.5 - 1
    red, green, blue = (changes(planes[..., channel]) for channel in range(3))
    light = (red + green + blue) / 3
    side = min(WINDOW, *codes.shape[:2])
    apart = np.zeros((1, 1), np.float32)
    for change, power in ((red - 2 * green + blue, 6), (red - blue, 2)):
        alone = _means(change * change, side)
        alone -= _means(change * light, side) ** 2 / np.maximum(_means(light * light, side), 1e-9)
        apart = apart + alone / power / 2
    return max(0.0, float(np.quantile(apart, QUIET)) - 20 * STEP**2 / 12)


def _means(plane: np.ndarray, side: int) -> np.ndarray:
    """Over squares of so many pixels that lie within the plane and overlap by half."""
    half = side // 2
    inside = cv2.blur(plane, (side, side))[
        half : plane.shape[0] - side + half + 1, half : plane.shape[1] - side + half + 1
    ]
    step = max(1, half)
    return inside[::step, ::step]


def drawn(grain: Grain, seen: np.ndarray, noise: float, seed: int, top: int, left: int) -> np.ndarray:
    """The grain over a part uint8 [h, w, 3] of a small picture, whose corner lies at ``top`` and ``left``: float32 [4h, 4w], to be added
    to each channel in −1…1. ``noise``: the colour noise of the whole picture."""
    height, width = (length * FACTOR for length in seen.shape[:2])
    chance = white(seed + APART, top * FACTOR, left * FACTOR, height, width)
    taps = np.asarray(grain.taps, np.float32).reshape(TAPS, TAPS)
    shaped = cv2.filter2D(chance, cv2.CV_32F, taps, borderType=cv2.BORDER_REFLECT_101)
    strength = np.sqrt(grain.energy(noise, activity(seen)))
    return shaped * cv2.resize(strength, (width, height), interpolation=cv2.INTER_LINEAR)
