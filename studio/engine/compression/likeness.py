"""How alike two pictures are, and what other formats make of the same number of bytes."""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image

LUMA = np.array([0.299, 0.587, 0.114], np.float32)


def psnr(one: np.ndarray, other: np.ndarray) -> float:
    """Peak signal-to-noise ratio in dB of uint8 pictures: 10 log₁₀(255² / MSE), at most 99."""
    error = float(np.square(one.astype(np.float32) - other.astype(np.float32)).mean())
    return min(99.0, float(10 * np.log10(255**2 / max(error, 1e-9))))


def ssim(one: np.ndarray, other: np.ndarray) -> float:
    """Structural similarity of the luma of uint8 pictures [H, W, 3], −1…1 (Wang et al. 2004: a Gaussian of σ 1.5, K₁ 0.01, K₂ 0.03)."""
    first, second = (picture.astype(np.float32) @ LUMA for picture in (one, other))

    def mean(values: np.ndarray) -> np.ndarray:
        return cv2.GaussianBlur(values, (11, 11), 1.5, borderType=cv2.BORDER_REFLECT)

    middle, second_middle = mean(first), mean(second)
    spread = mean(first * first) - middle**2
    second_spread = mean(second * second) - second_middle**2
    shared = mean(first * second) - middle * second_middle
    low, high = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    light = (2 * middle * second_middle + low) / (middle**2 + second_middle**2 + low)
    return float((light * (2 * shared + high) / (spread + second_spread + high)).mean())


def at_most(pixels: np.ndarray, kind: str, size: int) -> tuple[bytes, np.ndarray] | None:
    """The best ``kind`` (JPEG, WEBP) of no more than ``size`` bytes, and what it shows; None where even its worst is larger.

    ``pixels``: uint8 [H, W, 3], or [H, W, 4] with straight alpha, which WebP keeps exactly.
    """
    best = None
    low, high = 1, 95
    while low <= high:
        quality = (low + high) // 2
        data = _written(pixels, kind, quality)
        if len(data) <= size:
            best, low = data, quality + 1
        else:
            high = quality - 1
    if best is None:
        return None
    with Image.open(io.BytesIO(best)) as picture:
        return best, np.asarray(picture.convert("RGB" if pixels.shape[2] == 3 else "RGBA"))


def _written(pixels: np.ndarray, kind: str, quality: int) -> bytes:
    data = io.BytesIO()
    options = {"optimize": True, "progressive": True} if kind == "JPEG" else {"method": 4}
    Image.fromarray(pixels).save(data, kind, quality=quality, **options)
    return data.getvalue()
