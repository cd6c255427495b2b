"""A picture with four times the pixels a side, tile by tile, so that its size costs time and no memory."""

from __future__ import annotations

from collections.abc import Generator
from typing import NamedTuple

import numpy as np
import torch

from studio.engine.detail.chance import white
from studio.engine.detail.grain import Grain, colour_noise, drawn
from studio.engine.networks.detail import FACTOR, Detail

TILE = 128
"""Side in small pixels of the tiles; always from the upper left, so that a picture is the same wherever it is made."""
LARGEST = 8192
"""Pixels a side that are made at most."""


class Done(NamedTuple):
    """So many layers of tiles of all."""

    done: int
    total: int


class _Once(NamedTuple):
    """One enlargement: its network, its seed, and its grain with the colour noise of the whole picture; without grain None."""

    network: Detail
    picture: np.ndarray
    seed: int
    grain: Grain | None
    noise: float


def tiles_of(height: int, width: int, times: int, tile: int = TILE) -> int:
    """How many tiles a picture is worked on in that is made larger ``times`` times over."""
    scales = (FACTOR**one for one in range(times))
    return sum(-(-height * scale // tile) * -(-width * scale // tile) for scale in scales)


def enlarged(
    network: Detail,
    picture: np.ndarray,
    seed: int,
    times: int = 1,
    tile: int = TILE,
    grain: Grain | None = None,
) -> Generator[Done, None, np.ndarray]:
    """The picture uint8 [h, w, 3] larger ``times`` times over; yields after each layer of each tile. ``seed``: of its chance. The grain
    comes with the last time alone: enlarged once more it would be blots."""
    height, width = picture.shape[:2]
    total, done = tiles_of(height, width, times, tile) * (network.parts + 1), 0
    for again in range(times):
        own = grain if again == times - 1 else None
        noise = colour_noise(picture) if own is not None else 0.0
        steps = _large(_Once(network, picture, seed + again, own, noise), tile)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                picture = end.value
                break
            done += 1
            yield Done(done, total)
    return picture


def _large(once: _Once, tile: int) -> Generator[None, None, np.ndarray]:
    height, width = once.picture.shape[:2]
    large = np.empty((height * FACTOR, width * FACTOR, 3), np.uint8)
    for top in range(0, height, tile):
        for left in range(0, width, tile):
            bottom, right = min(top + tile, height), min(left + tile, width)
            part = yield from _tile(once, (top, left, bottom, right))
            large[top * FACTOR : bottom * FACTOR, left * FACTOR : right * FACTOR] = part
            yield
    return large


@torch.no_grad()
def _tile(once: _Once, place: tuple[int, int, int, int]) -> Generator[None, None, np.ndarray]:
    """What belongs at ``place`` (top, left, bottom, right in small pixels), uint8; the network sees as far beyond it as it can, so that
    no seam is left."""
    network, seed = once.network, once.seed
    top, left, bottom, right = place
    above, before = max(0, top - network.reach), max(0, left - network.reach)
    seen = once.picture[above : bottom + network.reach, before : right + network.reach]
    where = network.closing.weight.device
    chance = white(seed, above * FACTOR, before * FACTOR, seen.shape[0] * FACTOR, seen.shape[1] * FACTOR)
    planes = torch.from_numpy(seen.astype(np.float32) / 127.5 - 1).permute(2, 0, 1)[None]
    made = (yield from network.steps(planes.to(where), torch.from_numpy(chance)[None, None].to(where)))[0]
    if once.grain is not None:
        grain = drawn(once.grain, seen, once.noise, seed, above, before)
        made = made + torch.from_numpy(grain).to(where)
    rows = slice((top - above) * FACTOR, (bottom - above) * FACTOR)
    columns = slice((left - before) * FACTOR, (right - before) * FACTOR)
    codes = (made[:, rows, columns].clamp(-1, 1) * 127.5 + 127.5).round().to(torch.uint8)
    return codes.permute(1, 2, 0).cpu().numpy()
