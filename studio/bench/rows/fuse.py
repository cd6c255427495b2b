"""Blending into surroundings while a layer is dragged: each frame solved anew at preview size. And how near fusion by a
network's weights comes to the truth, beside the classical weights: PSNR in dB and SSIM of synthetic focus stacks (against what
the sharper picture shows at each pixel) and exposure series (against the evenly lit scene, lightness taken out)."""

from __future__ import annotations

import importlib.util
import time

import numpy as np

from studio.bench.figures import Figure, figure
from studio.bench.scene import photograph
from studio.document.artwork import Artwork
from studio.document.layer import Paint
from studio.raster.surface import Surface
from studio.render.renderer import Renderer
from studio.synthesis.cloning import PREVIEW_TOLERANCE, Clone
from studio.workspace.blending import Dragged

SIDE = 512
RADIUS = 180
TARGET = {"p95": 1000 / 15}


def measure(quick: bool = False) -> list[Figure]:
    frames = 8 if quick else 120
    backdrop, photo = _picture(0), _picture(SIDE // 3)
    return [
        figure(
            "Poisson, dragged layer of 360 pixels on 512²",
            "ms",
            _drag(backdrop, photo, RADIUS, frames),
            TARGET,
        ),
        figure(
            "Poisson, dragged layer of the whole 512²", "ms", _drag(backdrop, photo, SIDE, frames), TARGET
        ),
        figure(
            "Poisson, dragged layer of 512², mixed gradients",
            "ms",
            _drag(backdrop, photo, SIDE, frames, mixed=True),
            TARGET,
        ),
        figure("Blend into picture, a layer of 1200 × 900 on 2048²", "ms", _blended(frames), TARGET),
        figure("Blend into picture, a layer of 1024² on 2048²", "ms", _blended(frames, 1024, 1024), TARGET),
        *_weighed(quick),
    ]


def _weighed(quick: bool) -> list[Figure]:
    """Classical and network weights side by side, as figures without a target: the larger, the nearer to the truth."""
    if importlib.util.find_spec("torch") is None:
        return [figure("focus and exposure fusion by a network", "dB", [], note="torch is not installed")]
    from studio.bench import fusing

    return [
        figure(f"{scene}, {method}: {measure}", measure, values)
        for scene, method, measure, values in fusing.measured(quick)
    ]


def _blended(frames: int, width: int = 1200, height: int = 900) -> list[float]:
    """Milliseconds of each frame of the tool, from the asked place to the artwork that is shown."""
    side = 2048
    below = Paint(name="Below", surface=_surface(side, side))
    layer = Paint(name="Layer", surface=_surface(width, height))
    artwork = Artwork(width=side, height=side, layers=(below, layer), active=layer.id)
    dragged, clone, samples = Dragged(Renderer(), artwork), Clone(tolerance=PREVIEW_TOLERANCE), []
    for frame in range(frames + 2):
        began = time.perf_counter()
        for _ in dragged.frame(clone, (6 * (frame % 120), 4 * (frame % 120))):
            pass
        if frame >= 2:
            samples.append(1000 * (time.perf_counter() - began))
    return samples


def _surface(width: int, height: int) -> Surface:
    pixels = np.ones((height, width, 4), np.float16)
    pixels[..., :3] = photograph(width, height) / 255
    return Surface.from_pixels(pixels)


def _picture(shift: int) -> np.ndarray:
    pixels = np.ones((SIDE, SIDE, 4), np.float32)
    pixels[..., :3] = np.roll(photograph(SIDE, SIDE), shift, axis=1).astype(np.float32) / 255
    return pixels


def _drag(
    backdrop: np.ndarray, photo: np.ndarray, radius: int, frames: int, *, mixed: bool = False
) -> list[float]:
    """Milliseconds of each frame; a large layer leaves a strip of the backdrop free."""
    rows, columns = np.mgrid[:SIDE, :SIDE] - SIDE // 2
    clone, samples = Clone(tolerance=PREVIEW_TOLERANCE, mixed=mixed), []
    for frame in range(frames + 2):
        shift = frame % 60
        shape = (rows**2 + (columns - shift) ** 2 < radius**2) & (columns > shift - SIDE // 2)
        source = np.roll(photo, shift, axis=1) * shape[..., None]
        began = time.perf_counter()
        for _ in clone.part(backdrop, source):
            pass
        if frame >= 2:
            samples.append(1000 * (time.perf_counter() - began))
    return samples
