"""Random pictures that filters are compared with references on."""

from __future__ import annotations

import numpy as np


def noise(height: int = 90, width: int = 110, opaque: bool = False, seed: int = 0) -> np.ndarray:
    """Premultiplied, every value of its own."""
    pixels = np.random.default_rng(seed).random((height, width, 4), dtype=np.float32)
    if opaque:
        pixels[..., 3] = 1
    pixels[..., :3] *= pixels[..., 3:]
    return pixels


def grey(values: np.ndarray) -> np.ndarray:
    """Opaque pixels of the given values [h, w]."""
    pixels = np.repeat(values[..., None].astype(np.float32), 4, -1)
    pixels[..., 3] = 1
    return pixels


def half_seen(colour: tuple[float, float, float] = (0.8, 0.2, 0.1), size: int = 40) -> np.ndarray:
    """Left half transparent, right half of one colour."""
    pixels = np.zeros((size, size, 4), np.float32)
    pixels[:, size // 2 :] = (*colour, 1)
    return pixels


def steps_with_noise(size: int = 120, sigma: float = 0.1, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """(clean, noisy) opaque pictures: patches of colour, and the same with Gaussian noise."""
    y, x = np.mgrid[0:size, 0:size]
    colours = [
        0.2 + 0.5 * (x > size // 2),
        0.3 + 0.4 * ((x // 30 + y // 30) % 2),
        0.5 + 0.3 * np.sin(x / 15 + y / 25),
    ]
    clean = np.stack([*colours, np.ones_like(x)], -1).astype(np.float32)
    noisy = clean.copy()
    noisy[..., :3] += np.random.default_rng(seed).normal(0, sigma, clean[..., :3].shape)
    return clean, noisy.astype(np.float32)


def psnr(clean: np.ndarray, other: np.ndarray) -> float:
    return float(-10 * np.log10(np.mean((clean[..., :3].astype(np.float64) - other[..., :3]) ** 2)))
