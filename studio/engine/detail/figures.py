"""What a detail network takes and what it is worth, for the benchmark."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import msgspec
import numpy as np
import torch
from PIL import Image

from studio.engine.datasets.rules import scans
from studio.engine.detail.enlarge import enlarged
from studio.engine.detail.file import load_detail
from studio.engine.library.details import shipped_file
from studio.engine.training.detail import PIECE, Measured, detail_recipe, measured, train_detail
from studio.engine.training.peak import watched
from studio.messages.events import Checkpoint
from studio.recipe import RecipeError


def enlarging(side: int) -> tuple[float, float]:
    """Seconds, and the most memory of this process meanwhile in MiB, of a picture of so many pixels a side made four times as large by
    the network that comes with the studio."""
    network = load_detail(shipped_file()).network
    small = cv2.resize(scans.draw(5, 256), (side, side), interpolation=cv2.INTER_CUBIC)
    with watched(torch.device("cpu")) as peak:
        began = time.perf_counter()
        for _ in enlarged(network, small, seed=1):
            pass
        return time.perf_counter() - began, peak() / 2**20


def own_detail(folder: Path, run: Path, steps: int) -> Path:
    """A network that learnt the pictures of ``folder`` in so many steps, 0: all of the recipe. Raises DataError, OSError."""
    recipe = detail_recipe("detail")
    if recipe is None:
        raise RecipeError("the recipe “detail” is not here; install Danqing again")
    recipe = msgspec.structs.replace(recipe, steps=steps or recipe.steps)
    *_, last = train_detail(recipe, run, data=folder)
    if not isinstance(last, Checkpoint):
        raise RecipeError(f"{run}: no network came of it")
    return Path(last.path)


def draw_scans(folder: Path, seeds: Sequence[int], side: int) -> None:
    """Writes a scan made by rule for each seed."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed, scan in zip(seeds, held_out(seeds, side), strict=True):
        Image.fromarray(scan).save(folder / f"scan-{seed}.png")


def held_out(seeds: Sequence[int], side: int) -> Iterator[np.ndarray]:
    """A scan made by rule for each seed, uint8 [side, side, 3]."""
    return (scans.draw(seed, side) for seed in seeds)


def beside_bicubic(network: Path, picture: np.ndarray) -> Measured:
    """The network of a file beside bicubic on the crops uint8 [256, 256, 3] of a picture that it never saw."""
    height, width = (length // PIECE * PIECE for length in picture.shape[:2])
    loaded = load_detail(network)
    return measured(loaded.network, loaded.grain, [picture[:height, :width]])
