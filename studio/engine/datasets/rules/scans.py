"""Scans of paintings that are made by rule: a landscape on paper whose fibres show, as a scanner sees it.

Paper is noise of several sizes, stronger where more colour lies (granulation); the lens softens, the sensor adds noise.
"""

from __future__ import annotations

import cv2
import numpy as np

from studio.engine.datasets import shanshui

FIBRES = (0.7, 1.6, 4.0)
"""Deviations in pixels of the sizes of the paper's grain."""


def draw(seed: int, side: int) -> np.ndarray:
    """The scan of ``seed``, uint8 [side, side, 3]."""
    picture = shanshui.paint(shanshui.latents((seed,)), side)[0].permute(1, 2, 0).numpy()
    return scanned(picture, np.random.default_rng((41, seed)))


def scanned(picture: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A painting float32 [h, w, 3] in 0…1 as a scan of it, uint8."""
    strength, blur, noise = random.uniform(0.01, 0.04), random.uniform(0.5, 0.8), random.uniform(0.002, 0.006)
    paper = np.zeros(picture.shape[:2], np.float32)
    for sigma in FIBRES:
        layer = cv2.GaussianBlur(random.standard_normal(paper.shape, dtype=np.float32), (0, 0), sigma)
        paper += layer / layer.std() / len(FIBRES)
    dark = 1 - picture.mean(2)
    scan = picture * (1 + strength * (0.5 + dark) * paper)[..., None]
    scan = cv2.GaussianBlur(scan, (0, 0), blur)
    scan += noise * random.standard_normal(scan.shape, dtype=np.float32)
    return (np.clip(scan, 0, 1) * 255 + 0.5).astype(np.uint8)
