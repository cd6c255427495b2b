"""Synthetic focus stacks and exposure series whose truth is known, fused with classical and with a network's weights."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from studio import api
from studio.bench.scene import photograph
from studio.document import edits
from studio.document.artwork import Artwork
from studio.raster.surface import Surface

SIDE = 384
WAYS = {
    "focus": ("focus-stack", "network-focus-stack"),
    "exposure": ("exposure-fusion", "network-exposure-fusion"),
}


def measured(quick: bool) -> Iterator[tuple[str, str, str, list[float]]]:
    """(scene, method, measure, its value for each truth)."""
    scenes = truths()[:1] if quick else truths()
    for noise in (0.0, 0.03):
        made = [focus_stack(truth, noise) for truth in scenes]
        for method in WAYS["focus"]:
            yield from _scores(f"focus stack, noise {noise:g}", method, made, False)
    made = [exposures(truth) for truth in scenes]
    for method in WAYS["exposure"]:
        yield from _scores("exposure series", method, made, True)


def _scores(
    scene: str, method: str, made: list[tuple[list[np.ndarray], np.ndarray]], structure: bool
) -> Iterator[tuple[str, str, str, list[float]]]:
    found = [fused(method, pictures) for pictures, _ in made]
    ideals = [ideal for _, ideal in made]
    if not structure:
        yield scene, method, "dB", [psnr(one, ideal) for one, ideal in zip(found, ideals, strict=True)]
    yield scene, method, "SSIM", [ssim(one, ideal) for one, ideal in zip(found, ideals, strict=True)]


def truths() -> list[np.ndarray]:
    """Float32 [h, w, 3], 0–1: a photograph's statistics and painted landscapes that no training saw."""
    made = [photograph(SIDE, SIDE).astype(np.float32) / 255]
    for seed in (90001, 90002, 90003):
        scene = api.make("shanshui", SIDE, SIDE, seed=seed)
        made.append(api.render(scene)[..., :3].astype(np.float32) / 255)
    return made


def focus_stack(truth: np.ndarray, noise: float) -> tuple[list[np.ndarray], np.ndarray]:
    """Two pictures, each sharp where the other is out of focus (sigma 2), and what the sharper one shows."""
    chance = np.random.default_rng(1)
    field = cv2.GaussianBlur(chance.standard_normal(truth.shape[:2]).astype(np.float32), (0, 0), SIDE / 10)
    near, soft = (field > 0)[..., None], cv2.GaussianBlur(truth, (0, 0), 2.0)
    pictures = [np.where(near, truth, soft), np.where(near, soft, truth)]
    pictures = [
        np.clip(one + noise * chance.standard_normal(one.shape), 0, 1).astype(np.float32) for one in pictures
    ]
    return pictures, np.where(near, *pictures)


def exposures(truth: np.ndarray) -> tuple[list[np.ndarray], np.ndarray]:
    """Three 8-bit exposures of the truth lit from 1/8 to 8 times, two stops apart, and the truth."""
    across = np.linspace(-3, 3, truth.shape[1], dtype=np.float32)[None, :, None]
    light = truth**2.2 * np.exp2(across)
    taken = [np.clip(light * 4.0**stops, 0, 1) ** (1 / 2.2) for stops in (-1, 0, 1)]
    return [np.rint(one * 255).astype(np.float32) / 255 for one in taken], truth


def fused(method: str, pictures: list[np.ndarray]) -> np.ndarray:
    """Float32 [h, w, 3]."""
    made = api.fuse(method, [_artwork(one) for one in pictures])
    return api.render(made, bits=16)[..., :3].astype(np.float32) / 65535


def _artwork(picture: np.ndarray) -> Artwork:
    height, width = picture.shape[:2]
    opaque = np.dstack([picture, np.ones((height, width), np.float32)])
    return edits.from_picture(Surface.from_pixels(opaque), width, height, name="", source_bits=16)


def psnr(found: np.ndarray, truth: np.ndarray) -> float:
    return float(-10 * np.log10(max(1e-12, float(np.square(found - truth).mean()))))


def ssim(found: np.ndarray, truth: np.ndarray) -> float:
    """Contrast and structure of SSIM (Wang et al. 2004, sigma 1.5, K₂ = 0.03) of the luma; lightness is left out."""
    first, second = (one @ np.array([0.299, 0.587, 0.114], np.float32) for one in (found, truth))

    def mean(values: np.ndarray) -> np.ndarray:
        return cv2.GaussianBlur(values, (0, 0), 1.5, borderType=cv2.BORDER_REPLICATE)

    middles = mean(first), mean(second)
    spread = [mean(one * one) - middle * middle for one, middle in zip((first, second), middles, strict=True)]
    shared = mean(first * second) - middles[0] * middles[1]
    least = 0.03**2
    return float(((2 * shared + least) / (spread[0] + spread[1] + least)).mean())
