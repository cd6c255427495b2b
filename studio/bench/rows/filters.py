"""Filters on a picture of 4096² in memory, beside the libraries that are known for them: float32, one after the other."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable

import cv2
import numpy as np

from studio.bench.figures import Figure, figure
from studio.bench.scene import photo_surface
from studio.filters import FILTERS
from studio.raster.geometry import Rect

SIDE = 4096
Work = Callable[[], object]


def measure(quick: bool = False) -> list[Figure]:
    side = 256 if quick else SIDE
    pixels = photo_surface(side, side, 6).read(Rect(0, 0, side, side)).astype(np.float32)
    colour = np.ascontiguousarray(pixels[..., :3])
    eight = np.rint(colour * 255).astype(np.uint8)
    stepped = pixels.copy()
    stepped[..., :3] = eight.astype(np.float32) / np.float32(255)
    found: list[Figure] = []
    beside = "OpenCV's, float32"
    found += _pair(
        "Gaussian blur, σ 40", _ours(pixels, "gaussian-blur", sigma=40.0), beside, lambda: _blur(pixels)
    )
    found += _pair(
        "median, 9 px across, 8-bit values", _ours(stepped, "median", radius=4), "OpenCV's, 8-bit",
        lambda: cv2.medianBlur(eight, 9),
    )  # fmt: skip
    found += _pair(
        "bilateral, 9 px across", _ours(pixels, "bilateral"), beside,
        lambda: cv2.bilateralFilter(colour, 9, 0.1, 3.0),
    )  # fmt: skip
    if importlib.util.find_spec("skimage"):
        found += _pair(
            "non-local means",
            _ours(pixels, "non-local-means"),
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


def _pair(words: str, ours: Work, beside: str, theirs: Work) -> list[Figure]:
    mine, other = [], []
    for _ in range(3):
        mine.append(_seconds(ours))
        other.append(_seconds(theirs))
    ratio = sorted(mine)[1] / sorted(other)[1]
    return [
        figure(words, "s", mine),
        figure(f"{words}: {beside}", "s", other),
        figure(f"{words}: ours against it", "×", [ratio], {"max": 1.0}),
    ]


def _seconds(work: Work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _blur(pixels: np.ndarray) -> np.ndarray:
    return cv2.GaussianBlur(pixels, (0, 0), 40.0, borderType=cv2.BORDER_REPLICATE)


def _means(colour: np.ndarray) -> np.ndarray:
    from skimage.restoration import denoise_nl_means

    return denoise_nl_means(
        colour, patch_size=5, patch_distance=6, h=0.05, sigma=0.05, fast_mode=True, channel_axis=-1
    )
