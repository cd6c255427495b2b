"""Filters on a noisy picture of 4096² in memory, beside the libraries that are known for them: float32, one after the other.

Each pair is measured at equal error: how near its two results come to the picture without noise, PSNR in dB of the same
middle part, differs by at most :data:`DECIBELS`. Where two measure the difference of colours in their own ways, ours is given
the strength at which its error is that of the other.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable
from functools import partial

import cv2
import numpy as np

from studio.bench.figures import Figure, figure
from studio.bench.scene import photo_surface
from studio.filters import FILTERS
from studio.filters.planes import LUMA
from studio.raster.geometry import Rect

SIDE = 4096
NOISE = 0.05
"""Standard deviation of what is added to each channel, 1 being the full range."""
DECIBELS = 0.1
RANKED = 4
"""So many times smaller is the side on which medians of float values are taken: SciPy's take minutes on the whole."""
NEAR = 1024
"""Side of the middle part whose errors are told."""
Work = Callable[[], np.ndarray]


def measure(quick: bool = False) -> list[Figure]:
    return _speeds(256 if quick else SIDE)


def _speeds(side: int) -> list[Figure]:
    clean = photo_surface(side, side, 6).read(Rect(0, 0, side, side)).astype(np.float32)
    pixels = clean.copy()
    chance = np.random.default_rng(6)
    for row in pixels:  # row by row, since normal numbers are float64 first
        row[:, :3] = np.clip(row[:, :3] + chance.normal(0, NOISE, (side, 3)), 0, 1)
    colour = np.ascontiguousarray(pixels[..., :3])
    eight = np.rint(colour * 255).astype(np.uint8)
    stepped = pixels.copy()
    stepped[..., :3] = eight.astype(np.float32) / np.float32(255)
    found: list[Figure] = []
    _pair = partial(_measured, clean)
    beside = "OpenCV's, float32"
    found += _pair(
        "Gaussian blur, σ 40", _ours(pixels, "gaussian-blur", sigma=40.0), beside, lambda: _blur(pixels)
    )
    found += _pair(
        "median, 9 px across, 8-bit values", _ours(stepped, "median", radius=4), "OpenCV's, 8-bit",
        lambda: cv2.medianBlur(eight, 9) / np.float32(255),
    )  # fmt: skip
    small = np.s_[: side // RANKED, : side // RANKED]
    if importlib.util.find_spec("scipy"):
        part = np.ascontiguousarray(pixels[small])
        found += _measured(
            clean[small], f"median, 9 px across, float values, {side // RANKED}²", _ours(part, "median", radius=4),
            "SciPy's, channel by channel", lambda: _ranked(part), rounds=1,
        )  # fmt: skip
    else:
        found.append(figure("SciPy, median of float values", "s", [], {}, "not installed here"))
    middle = _middle(clean)
    near = np.ascontiguousarray(pixels[middle])
    alike = partial(_alike, clean[middle], near)
    tonal = alike("bilateral", "tonal", (0.02, 0.12), _bilateral(near[..., :3]), spatial=2.0)
    found += _pair(  # both look at the pixels no farther than 4 away
        "bilateral, 9 px across", _ours(pixels, "bilateral", spatial=2.0, tonal=tonal), beside,
        lambda: _bilateral(colour),
    )  # fmt: skip
    found += _pair(
        "Kuwahara, radius 5", _ours(pixels, "kuwahara", radius=5, sharpness=8.0), "a loop of numpy's sums",
        lambda: kuwahara_in_numpy(colour, 5, 8.0),
    )  # fmt: skip
    if importlib.util.find_spec("skimage"):
        strength = alike("non-local-means", "strength", (0.2, 0.045), _means(near[..., :3]), noise=NOISE)
        found += _pair(
            "non-local means",
            _ours(pixels, "non-local-means", noise=NOISE, strength=strength),
            "scikit-image's, fast mode",
            lambda: _means(colour),
        )
    else:
        found.append(figure("scikit-image, non-local means", "s", [], {}, "not installed here"))
    return found


def _ours(pixels: np.ndarray, name: str, **parameters: object) -> Work:
    kind = FILTERS[name]
    canvas = Rect(0, 0, pixels.shape[1], pixels.shape[0])
    return lambda: kind.apply(pixels, kind.parameters(**parameters), canvas=canvas)


def _measured(
    clean: np.ndarray, words: str, ours: Work, beside: str, theirs: Work, rounds: int = 3
) -> list[Figure]:
    mine, other, near = [], [], (0.0, 0.0)
    for _ in range(rounds):
        seconds, made = _seconds(ours)
        mine.append(seconds)
        first = psnr(made, clean)
        seconds, made = _seconds(theirs)
        other.append(seconds)
        near = first, psnr(made, clean)
    ratio = float(np.median(mine) / np.median(other))
    note = f"ours {near[0]:.2f} dB, {beside} {near[1]:.2f} dB"
    return [
        figure(words, "s", mine),
        figure(f"{words}: {beside}", "s", other),
        figure(f"{words}: ours against it", "×", [ratio], {"max": 1.0}),
        figure(f"{words}: difference of the errors", "dB", [abs(near[0] - near[1])], {"max": DECIBELS}, note),
    ]


def _seconds(work: Work) -> tuple[float, np.ndarray]:
    began = time.perf_counter()
    made = work()
    return time.perf_counter() - began, made


def psnr(made: np.ndarray, clean: np.ndarray) -> float:
    """Peak signal to noise of the colours [h, w, 3 or more] of the middle parts, in dB, 1 being the peak."""
    part = _middle(clean)
    error = np.square(made[part][..., :3].astype(np.float64) - clean[part][..., :3]).mean()
    return float(-10 * np.log10(max(error, 1e-30)))


def _middle(clean: np.ndarray) -> tuple[slice, slice]:
    height, width = clean.shape[:2]
    top, left = max(0, (height - NEAR) // 2), max(0, (width - NEAR) // 2)
    return slice(top, top + NEAR), slice(left, left + NEAR)


def _alike(
    clean: np.ndarray,
    noisy: np.ndarray,
    name: str,
    parameter: str,
    between: tuple[float, float],
    other: np.ndarray,
    **others: object,
) -> float:
    """The value of our filter's parameter at which its error is that of ``other``; from the first end to the second the result
    comes nearer to ``clean``."""
    worse, better = between
    wanted = psnr(other, clean)
    for _ in range(10):
        value = (worse + better) / 2
        if psnr(_ours(noisy, name, **{parameter: value}, **others)(), clean) < wanted:
            worse = value
        else:
            better = value
    return (worse + better) / 2


def _bilateral(colour: np.ndarray) -> np.ndarray:
    return cv2.bilateralFilter(np.ascontiguousarray(colour), 9, 0.1, 2.0)


def _ranked(pixels: np.ndarray) -> np.ndarray:
    """SciPy's median of 9 × 9 pixels, edges repeated."""
    from scipy.ndimage import median_filter

    return np.dstack([median_filter(pixels[..., channel], 9, mode="nearest") for channel in range(3)])


def _blur(pixels: np.ndarray) -> np.ndarray:
    return cv2.GaussianBlur(pixels, (0, 0), 40.0, borderType=cv2.BORDER_REPLICATE)


def _means(colour: np.ndarray) -> np.ndarray:
    """With the strength that scikit-image's own example takes."""
    from skimage.restoration import denoise_nl_means

    return denoise_nl_means(
        colour, patch_size=5, patch_distance=6, h=0.8 * NOISE, sigma=NOISE, fast_mode=True, channel_axis=-1
    )


def kuwahara_in_numpy(colour: np.ndarray, radius: int, sharpness: float) -> np.ndarray:
    """The filter of opaque float32 [h, w, 3] as its formula says, sums by one addition for each row and column of a window."""
    height, width = colour.shape[:2]
    wide = np.pad(colour, ((radius, radius), (radius, radius), (0, 0)), mode="edge")
    tone = wide.astype(np.float64) @ np.array(LUMA)
    mean, first, second = (_window_means(values, radius + 1) for values in (wide, tone, tone * tone))
    spread = np.sqrt(np.maximum(second - first * first, 0)).astype(np.float32)
    summed, total = np.zeros_like(colour), np.zeros((height, width, 1), np.float32)
    for top in (0, radius):
        for left in (0, radius):
            window = slice(top, top + height), slice(left, left + width)
            weight = (spread[window] + np.float32(0.001)) ** np.float32(-sharpness)
            summed += weight[..., None] * mean[window]
            total += weight[..., None]
    return summed / total


def _window_means(values: np.ndarray, side: int) -> np.ndarray:
    """Means of the side² values from each one to the right and down, where there are so many."""
    rows, columns = values.shape[0] - side + 1, values.shape[1] - side + 1
    across = values[:, :columns].copy()
    for shift in range(1, side):
        across += values[:, shift : shift + columns]
    down = across[:rows].copy()
    for shift in range(1, side):
        down += across[shift : shift + rows]
    down /= side * side
    return down
