"""A panorama of eight photographs of 12 megapixels: seconds, peak memory, and by how much the found cameras miss the true."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from studio.bench.figures import Figure, figure
from studio.bench.one import peak_memory
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.synthesis import stitch
from studio.synthesis.stitch_projection import sampled
from studio.synthesis.stitch_values import Source, Stitch

SECONDS, MEMORY, PIXELS = 20.0, 3072.0, 0.5
COUNT = 8
EXPOSURES = (1.0, 0.9, 1.1, 1.0, 0.8, 1.2, 1.0, 0.95)


def measure(quick: bool = False) -> list[Figure]:
    width, height = (800, 600) if quick else (4000, 3000)
    with tempfile.TemporaryDirectory() as folder:
        # The views are made by another process, so that the peak of this one is that of stitching.
        words = [sys.executable, "-m", "studio.bench.rows.stitch", folder, str(width), str(height)]
        subprocess.run(words, check=True)
        sources = [_source(folder, index, width, height) for index in range(COUNT)]
    began = time.perf_counter()
    plan = _result(stitch.planned(sources, Stitch()))
    _result(stitch.composed(plan, Stitch()))
    seconds = time.perf_counter() - began
    what = f"{COUNT} views of {width} × {height} to a panorama"
    missed = _missed(plan, width, height)
    return [
        figure(what, "s", [seconds], {"max": SECONDS}),
        figure("the peak of its memory", "MiB", [peak_memory()], {"max": MEMORY}),
        figure("the found cameras miss the true ones by", "px", missed, {"max": PIXELS}),
    ]


def _result(steps: stitch.Progress):
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def _source(folder: str, index: int, width: int, height: int) -> Source:
    pixels = np.load(Path(folder) / f"{index}.npy")
    return Source(name=str(index), surface=Surface.from_pixels(pixels), rect=Rect(0, 0, width, height))


def _camera(index: int, width: int, height: int) -> np.ndarray:
    """Direction → pixel of a view: eight of them turned by 22° each, none quite level."""
    yaw, pitch, roll = np.radians((-77 + 22 * index, 1 - 2 * (index % 2), 0.3 * index))
    about_y = np.array([[np.cos(yaw), 0, -np.sin(yaw)], [0, 1, 0], [np.sin(yaw), 0, np.cos(yaw)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]])
    about_z = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    focal = 1.05 * width
    lens = np.array([[focal, 0, (width - 1) / 2], [0, focal, (height - 1) / 2], [0, 0, 1]])
    return lens @ about_z @ about_x @ about_y


def _missed(plan: stitch.Plan, width: int, height: int) -> list[float]:
    """Distances, in pixels, of the found and the true place of points of each view in the next one."""
    grid = np.meshgrid(np.linspace(0, width - 1, 33), np.linspace(0, height - 1, 33))
    here = np.stack((*grid, np.ones_like(grid[0])), -1).reshape(-1, 3)
    found = []
    for index in range(len(plan.cameras.project) - 1):
        true = [_camera(number, width, height) for number in (index, index + 1)]
        ours = plan.cameras.project[index : index + 2]
        there = [here @ (pair[1] @ np.linalg.inv(pair[0])).T for pair in (true, ours)]
        meant, got = (points[:, :2] / points[:, 2:] for points in there)
        inside = ((meant >= 0) & (meant <= (width - 1, height - 1))).all(1)
        found += np.linalg.norm(meant - got, axis=1)[inside].tolist()
    return found


def make_views(folder: str, width: int, height: int) -> None:
    """Writes the views of a sphere of noise, each with an exposure of its own, as premultiplied halves."""
    sphere = _sphere(4 * width)
    tall, wide = sphere.shape[:2]
    for index in range(COUNT):
        x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
        back = np.linalg.inv(_camera(index, width, height)).T.astype(np.float32)
        rays = np.stack((x, y, np.ones_like(x)), -1) @ back
        u = (np.arctan2(rays[..., 0], rays[..., 2]) / (2 * np.pi) + 0.5) * wide - 0.5
        v = (np.arctan2(rays[..., 1], np.hypot(rays[..., 0], rays[..., 2])) / np.pi + 0.5) * tall - 0.5
        pixels = sampled(sphere, u, v, "cubic") * np.float32(EXPOSURES[index])
        pixels[..., 3] = 1
        np.save(Path(folder) / f"{index}.npy", pixels.astype(np.float16))


def _sphere(wide: int) -> np.ndarray:
    """Noise of many sizes in longitude × latitude, float32 [wide / 2, wide, 4]."""
    random = np.random.default_rng(2)
    sphere = np.full((wide // 2, wide, 4), 0.5, np.float32)
    for cells, strength in ((8, 0.14), (24, 0.12), (80, 0.12), (240, 0.1), (500, 0.06)):
        noise = random.normal(0, strength, (cells // 2, cells, 4)).astype(np.float32)
        places = (np.arange(wide, dtype=np.float32) + 0.5) * np.float32(cells / wide) - 0.5
        for top in range(0, wide // 2, 512):
            x, y = np.meshgrid(places, places[top : min(top + 512, wide // 2)])
            sphere[top : top + 512] += sampled(noise, x, y, "cubic")
    return np.clip(sphere, 0.04, 0.8, out=sphere)


if __name__ == "__main__":
    make_views(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
