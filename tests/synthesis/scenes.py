"""Pictures by rule whose truth is known, and how near a repair comes to it."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import cv2
import numpy as np

from studio.synthesis.heal import finished

SIDE = 192


def _picture(*channels: np.ndarray | float) -> np.ndarray:
    flat = [np.broadcast_to(channel, (SIDE, SIDE)) for channel in (*channels, 1.0)]
    return np.dstack(flat).astype(np.float32)


def scenes() -> dict[str, np.ndarray]:
    """Opaque premultiplied float32 [192, 192, 4] by name: four textures, three landscapes."""
    y, x = np.mgrid[:SIDE, :SIDE].astype(np.float32)
    chance = np.random.default_rng(1)
    grain = cv2.GaussianBlur(chance.standard_normal((SIDE, SIDE)).astype(np.float32), (0, 0), 2)
    sky = _picture(0.4 + 0.3 * y / SIDE, 0.6 + 0.2 * y / SIDE, 0.9)
    hills = SIDE * 0.55 + 8 * np.sin(x / 12) + 5 * np.sin(x / 6)
    meadow = _picture(0.25 + 0.1 * grain, 0.45 + 0.1 * grain, 0.15 + 0.05 * grain)
    wave = 0.12 * np.sin(y * y / 200)
    water = _picture(0.1 + wave, 0.3 + wave, 0.6)
    row = y // 16
    joint = ((y % 16) < 2) | (((x + 12 * (row % 2)) % 24) < 2)
    fence = (np.abs((x % 20) - 10) < 3) & (y > 70)
    return {
        "checks": _picture(0.2 + 0.6 * ((x // 12 + y // 12) % 2), 0.3, 0.5 + 0.3 * ((x // 12) % 2)),
        "bricks": _picture(*(np.where(joint, 0.8, value) for value in (0.6, 0.3, 0.2))),
        "waves": _picture(
            0.5 + 0.4 * np.sin(x / 5 + np.sin(y / 9) * 2),
            0.5 + 0.3 * np.sin(y / 7),
            0.5 + 0.3 * np.cos(x / 5),
        ),
        "weave": _picture(0.5 + 0.4 * np.sin((x + y) / 4), 0.5 + 0.4 * np.sin((x - y) / 6), 0.4),
        "hills": np.where((y > hills)[..., None], meadow, sky).astype(np.float32),
        "sea": np.where((y > 90)[..., None], water, sky).astype(np.float32),
        "fence": np.where(fence[..., None], _picture(0.4, 0.25, 0.1), meadow).astype(np.float32),
    }


def hole() -> np.ndarray:
    """bool [192, 192]: a square and a disc."""
    marked = np.zeros((SIDE, SIDE), np.uint8)
    marked[70:112, 60:104] = 1
    cv2.circle(marked, (140, 130), 17, 1, -1)
    return marked > 0


def psnr(found: np.ndarray, truth: np.ndarray, marked: np.ndarray) -> float:
    """In dB over the marked pixels' colours; 99 for equal ones."""
    error = float(np.mean(np.square(found[marked][:, :3] - truth[marked][:, :3], dtype=np.float64)))
    return min(99.0, -10 * np.log10(max(error, 1e-12)))


def opencv(broken: np.ndarray, marked: np.ndarray, flag: int) -> np.ndarray:
    """``cv2.inpaint`` as it comes: 8 bits, radius 5."""
    plain = (np.clip(broken[..., :3], 0, 1) * 255).round().astype(np.uint8)
    return (cv2.inpaint(plain, marked.astype(np.uint8), 5, flag) / 255).astype(np.float32)


def drained(work: Generator[Any, None, np.ndarray]) -> tuple[np.ndarray, list[Any]]:
    """The result of the steps and what they yielded."""
    seen: list[Any] = []

    def kept() -> Generator[Any, None, np.ndarray]:
        while True:
            try:
                step = next(work)
            except StopIteration as end:
                return end.value
            seen.append(step)
            yield step

    return finished(kept()), seen
