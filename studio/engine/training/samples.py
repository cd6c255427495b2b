"""What a model in training makes of fixed seeds, as one picture."""

from __future__ import annotations

import math
from pathlib import Path

import cv2
import numpy as np
import torch

from studio.engine.networks.generator import code_of
from studio.engine.training.checkpoint import TrainingState


@torch.no_grad()
def samples(state: TrainingState, dtype: torch.dtype) -> torch.Tensor:
    """Pictures [B, 3, S, S] in -1…1 of fixed seeds by the averaged generator."""
    count = state.recipe.sample_count
    rows = [
        torch.randn(state.recipe.generator.latent_size, generator=torch.Generator().manual_seed(s))
        for s in range(count)
    ]
    kinds = state.recipe.generator.classes
    noise = torch.stack(rows).to(state.average.mean_w.device)
    z = state.aggregate.drawn(noise) if state.aggregate is not None else noise
    z = code_of(z, torch.arange(count) % kinds if kinds else None, kinds)
    return torch.cat([in_colour(state.average(part, dtype)) for part in z.split(16)])


def keep_samples(pictures: torch.Tensor, run: Path, step: int) -> np.ndarray:
    """The pictures as one mosaic [H, W, 3] uint8; also written as PNG. Raises OSError."""
    mosaic = mosaic_of(pictures)
    folder = run / "samples"
    folder.mkdir(parents=True, exist_ok=True)
    ok, encoded = cv2.imencode(".png", mosaic[..., ::-1])
    if ok:
        (folder / f"step-{step:08d}.png").write_bytes(encoded.tobytes())
    return mosaic


def in_colour(pictures: torch.Tensor) -> torch.Tensor:
    """Pictures [B, 1, 3 or 4, S, S] in -1…1 as colour [B, 3, S, S]: grey repeated, transparency over white."""
    if pictures.shape[1] == 4:
        return pictures[:, :3] + (1 - pictures[:, 3:])
    return pictures.expand(-1, 3, -1, -1)


def mosaic_of(pictures: torch.Tensor) -> np.ndarray:
    """[B, 3, S, S] in -1…1 as one nearly square mosaic [H, W, 3] uint8; empty places are black."""
    count, _, height, width = pictures.shape
    across = math.ceil(math.sqrt(count))
    down = math.ceil(count / across)
    cells = torch.full((across * down, 3, height, width), -1.0)
    cells[:count] = pictures.float().cpu()
    tiled = (
        cells.view(down, across, 3, height, width)
        .permute(0, 3, 1, 4, 2)
        .reshape(down * height, across * width, 3)
    )
    return ((tiled / 2 + 0.5).clamp(0, 1) * 255 + 0.5).to(torch.uint8).numpy()
