"""Overlapping views of a picture made by a rule, with the homographies or rotations that are true."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.synthesis.stitch import Plan
from studio.synthesis.stitch_values import Source


def texture(width: int, height: int, seed: int = 1) -> np.ndarray:
    """Encoded RGB float32 [h, w, 3]: noise of many sizes with blots, never the same twice."""
    random = np.random.default_rng(seed)
    found = np.full((height, width, 3), 0.5, np.float32)
    for cells, strength in ((8, 0.14), (24, 0.12), (80, 0.12), (240, 0.1), (500, 0.06)):
        rows = max(2, round(cells * height / width))
        noise = random.normal(0, strength, (rows, cells, 3)).astype(np.float32)
        found += cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(found, 0.04, 0.96)


def source(name: str, pixels: np.ndarray, left: int = 0, top: int = 0) -> Source:
    height, width = pixels.shape[:2]
    if pixels.shape[2] == 3:
        pixels = np.concatenate((pixels, np.ones((height, width, 1), np.float32)), 2)
    surface = Surface.from_pixels(pixels.astype(np.float32), left, top)
    return Source(name=name, surface=surface, rect=Rect.of(left, top, width, height))


def flat_view(
    scene: np.ndarray, homography: np.ndarray, size: tuple[int, int], gain: float = 1.0
) -> np.ndarray:
    """What ``homography`` (pixel of the view → pixel of the scene) shows."""
    there = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return cv2.warpPerspective(scene, homography, size, flags=there, borderMode=cv2.BORDER_REFLECT) * gain


def turn(yaw: float, pitch: float = 0.0, roll: float = 0.0) -> np.ndarray:
    """World → camera for a camera turned by so many degrees."""
    about = [cv2.Rodrigues(np.radians(v))[0] for v in ((0.0, -yaw, 0.0), (pitch, 0.0, 0.0), (0.0, 0.0, roll))]
    return about[2] @ about[1] @ about[0]


def turned_view(
    scene: np.ndarray, rotation: np.ndarray, focal: float, size: tuple[int, int], gain: float = 1.0
) -> np.ndarray:
    """What a turned camera sees of ``scene``, a whole sphere in longitude × latitude."""
    width, height = size
    x, y = np.meshgrid(np.arange(width) - (width - 1) / 2, np.arange(height) - (height - 1) / 2)
    rays = np.stack((x / focal, y / focal, np.ones_like(x)), -1) @ rotation
    tall, wide = scene.shape[:2]
    u = (np.arctan2(rays[..., 0], rays[..., 2]) / (2 * np.pi) + 0.5) * wide - 0.5
    v = (np.arctan2(rays[..., 1], np.hypot(rays[..., 0], rays[..., 2])) / np.pi + 0.5) * tall - 0.5
    found = cv2.remap(scene, np.float32(u), np.float32(v), cv2.INTER_CUBIC, borderMode=cv2.BORDER_WRAP)  # type: ignore[call-overload]
    return found * np.float32(gain)


def result(steps: Any) -> Any:
    """What a generator returns."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def error_of(plan: Plan, first: int, second: int, true: np.ndarray) -> float:
    """The most pixels by which the found homography from picture ``first`` to ``second`` misses the true one there."""
    width, height = plan.cameras.sizes[first]
    grid = np.stack(np.meshgrid(np.linspace(0, width - 1, 25), np.linspace(0, height - 1, 25)), -1).reshape(
        -1, 2
    )
    project = plan.cameras.project
    found, meant = (_applied(h, grid) for h in (project[second] @ np.linalg.inv(project[first]), true))
    size = plan.cameras.sizes[second]
    both = ((meant >= 0) & (meant <= np.array(size) - 1)).all(1)
    return float(np.linalg.norm(found - meant, axis=1)[both].max())


def _applied(homography: np.ndarray, points: np.ndarray) -> np.ndarray:
    there = np.c_[points, np.ones(len(points))] @ homography.T
    return there[:, :2] / there[:, 2:]
