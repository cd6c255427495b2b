"""Views as photographs in files whose true homographies are known: ``python -m studio.bench.panoramas SCENE FOLDER WIDTH HEIGHT``."""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import msgspec
import numpy as np

COUNT = 8
EXPOSURES = (1.0, 0.9, 1.1, 1.0, 0.8, 1.2, 1.0, 0.95)
SENSOR = 0.006
"""Standard deviation of a photograph's noise, 1 being the full range."""
QUALITY = 92
HALF_WIDTH, HALF_HEIGHT = 2.1, 0.75
"""What is photographed: longitudes and latitudes in radians, or the places of a wall."""
DENSITY = 2400
"""Its pixels for one of these."""
DETAIL = ((2, 0.14), (6, 0.12), (20, 0.12), (60, 0.1), (120, 0.06), (240, 0.05), (480, 0.03))
"""Noise of so many cells for one of these, each with its standard deviation."""


class View(msgspec.Struct, frozen=True):
    """``focal`` in picture widths; turned by degrees; in front of a wall, moved along it in its distance."""

    focal: float
    yaw: float
    pitch: float
    roll: float
    right: float = 0.0
    down: float = 0.0


class Scene(msgspec.Struct, frozen=True):
    """``flat``: a wall, on which the camera moves along; otherwise it turns on the spot."""

    words: str
    flat: bool
    seed: int
    views: tuple[View, ...]


SCENES = {
    "row": Scene(
        "a row, turned by 22°", False, 2,
        tuple(View(1.05, -77 + 22 * index, 1 - 2 * (index % 2), 0.3 * index) for index in range(COUNT)),
    ),
    "rows": Scene(
        "two rows of four, longer lens", False, 3,
        tuple(
            View(1.5, -33 + 22 * (index % 4) + 3 * (index // 4), -8.5 + 17 * (index // 4), 1.5 - 0.6 * index)
            for index in range(COUNT)
        ),
    ),
    "wall": Scene(
        "a wall, two rows of four, held by hand", True, 4,
        tuple(
            View(
                1.05, 5.0 * (-1) ** index, 3.0 * (-1) ** (index // 2), 0.8 * index - 3,
                -0.9 + 0.6 * (index % 4), -0.21 + 0.42 * (index // 4),
            )
            for index in range(COUNT)
        ),
    ),
}  # fmt: skip


def projection(view: View, width: int, height: int) -> np.ndarray:
    """[3, 3]: direction, or place (x, y, 1) of the wall → pixel of the view."""
    yaw, pitch, roll = np.radians((view.yaw, view.pitch, view.roll))
    about_y = np.array([[np.cos(yaw), 0, -np.sin(yaw)], [0, 1, 0], [np.sin(yaw), 0, np.cos(yaw)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]])
    about_z = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    moved = np.array([[1, 0, -view.right], [0, 1, -view.down], [0, 0, 1]])
    focal = view.focal * width
    lens = np.array([[focal, 0, (width - 1) / 2], [0, focal, (height - 1) / 2], [0, 0, 1]])
    return lens @ about_z @ about_x @ about_y @ moved


def missed(cameras: list[tuple[Scene, int, np.ndarray]], width: int, height: int) -> list[float]:
    """Distances, in pixels, of the found and the true place of points of each view in every other one that shows them.

    ``cameras``: of each view that was matched, its scene, its number, and what was found.
    """
    grid = np.meshgrid(np.linspace(0, width - 1, 33), np.linspace(0, height - 1, 33))
    here = np.stack((*grid, np.ones_like(grid[0])), -1).reshape(-1, 3)
    found = []
    for scene, first, one in cameras:
        for _, second, other in cameras:
            if first == second:
                continue
            true = [projection(scene.views[number], width, height) for number in (first, second)]
            there = [here @ (to @ np.linalg.inv(back)).T for back, to in (true, (one, other))]
            ahead = there[0][:, 2] > 1e-6
            meant, got = (points[ahead, :2] / points[ahead, 2:] for points in there)
            inside = ((meant >= 0) & (meant <= (width - 1, height - 1))).all(1)
            found += np.linalg.norm(meant - got, axis=1)[inside].tolist()
    return found


def made(name: str, folder: Path, width: int, height: int) -> None:
    """Writes the views as JPEG, ``0.jpg`` and so on, each with an exposure and a noise of its own."""
    scene = SCENES[name]
    ground = _ground(scene.seed, DENSITY * width / 4000)
    tall, wide = ground.shape[:2]
    random = np.random.default_rng(scene.seed)
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    for index, view in enumerate(scene.views):
        back = np.linalg.inv(projection(view, width, height)).astype(np.float32)
        rays = [row[0] * x + row[1] * y + row[2] for row in back]
        if scene.flat:
            u, v = rays[0] / rays[2], rays[1] / rays[2]
        else:
            u, v = np.arctan2(rays[0], rays[2]), np.arctan2(rays[1], np.hypot(rays[0], rays[2]))
        u, v = (u / (2 * HALF_WIDTH) + 0.5) * wide - 0.5, (v / (2 * HALF_HEIGHT) + 0.5) * tall - 0.5
        pixels = cv2.remap(ground, u, v, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101)
        pixels *= np.float32(255 * EXPOSURES[index])
        pixels += random.standard_normal(pixels.shape, np.float32) * np.float32(255 * SENSOR)
        eight = np.clip(pixels + 0.5, 0, 255).astype(np.uint8)
        _, data = cv2.imencode(".jpg", eight, (cv2.IMWRITE_JPEG_QUALITY, QUALITY))
        (folder / f"{index}.jpg").write_bytes(data.tobytes())


def _ground(seed: int, density: float) -> np.ndarray:
    """Noise of many sizes, float32 [h, w, 3], ``density`` pixels for a radian."""
    random = np.random.default_rng(seed)
    wide, tall = round(2 * HALF_WIDTH * density), round(2 * HALF_HEIGHT * density)
    ground = np.full((tall, wide, 3), 0.42, np.float32)
    for cells, strength in DETAIL:
        shape = round(2 * HALF_HEIGHT * cells), round(2 * HALF_WIDTH * cells), 3
        noise = random.normal(0, strength, shape).astype(np.float32)
        ground += cv2.resize(noise, (wide, tall), interpolation=cv2.INTER_CUBIC)
    return np.clip(ground, 0.04, 0.8, out=ground)


if __name__ == "__main__":
    made(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
