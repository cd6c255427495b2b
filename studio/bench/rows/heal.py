"""A hole of 512² in a picture of 2048² filled from its surroundings: seconds to the first whole guess, and to the end."""

from __future__ import annotations

import time

import numpy as np

from studio.bench.figures import Figure, figure
from studio.bench.scene import photograph
from studio.synthesis import patchmatch

FIRST, WHOLE, STEP = 1.0, 6.0, 100.0


def measure(quick: bool = False) -> list[Figure]:
    side = 512 if quick else 2048
    pixels = np.ones((side, side, 4), np.float32)
    pixels[..., :3] = photograph(side, side)[..., :3].astype(np.float32) / 255
    mask = np.zeros((side, side), np.float32)
    hole = slice(3 * side // 8, 5 * side // 8)
    mask[hole, hole] = 1
    firsts, wholes, steps = [], [], []
    for seed in range(1 if quick else 5):
        first, whole, longest = _once(pixels, mask, seed)
        firsts.append(first)
        wholes.append(whole)
        steps.append(1000 * longest)
    what = f"hole of {side // 4}² in {side}²"
    return [
        figure(f"{what}: first whole guess", "s", firsts, {"max": FIRST}),
        figure(f"{what}: filled", "s", wholes, {"max": WHOLE}),
        figure(f"{what}: longest step until a stop is heard", "ms", steps, {"max": STEP}),
    ]


def _once(pixels: np.ndarray, mask: np.ndarray, seed: int) -> tuple[float, float, float]:
    """Seconds to the guess and to the end, and the longest time without a yield."""
    began = last = time.perf_counter()
    first = longest = 0.0
    for step in patchmatch.fill(pixels, mask, seed=seed):
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
        if isinstance(step, patchmatch.Guess):
            first = now - began
    return first or last - began, time.perf_counter() - began, longest
