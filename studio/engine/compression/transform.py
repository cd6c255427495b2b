"""Pixels to the codec's whole numbers and back, in tiles whose seams are exact: each sees as far around as the network looks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch

from studio.engine.compression.network import REACH
from studio.engine.networks.codec import STRIDE, Codec

TILE = 32
"""Places of the latents a side, 512 pixels."""
MARGIN = 3
"""Places that the network looks beyond a tile: four kernels of 5, or of 3 after doubling, reach 30 pixels or two places."""


def numbers_of(rgb: np.ndarray, codec: Codec, level: int) -> Iterator[np.ndarray | None]:
    """Of ``rgb`` uint8 [H, W, 3] the numbers int32 [latents, ⌈H/16⌉, ⌈W/16⌉]; yields None after each tile, the numbers last."""
    height, width = rgb.shape[:2]
    rows, columns = -(-height // STRIDE), -(-width // STRIDE)
    padded = np.pad(rgb, [(0, rows * STRIDE - height), (0, columns * STRIDE - width), (0, 0)], mode="edge")
    found = np.zeros((codec.shape.latents, rows, columns), np.int32)
    which = torch.tensor([level])
    for top, left, around in _tiles(rows, columns):
        part = padded[
            around[0].start * STRIDE : around[0].stop * STRIDE,
            around[1].start * STRIDE : around[1].stop * STRIDE,
        ]
        picture = torch.from_numpy(part.copy()).permute(2, 0, 1)[None].float() / 127.5 - 1
        with torch.inference_mode():
            made = codec.numbers(picture, which)[0].round().clamp(-REACH, REACH).to(torch.int32).numpy()
        inner = made[:, top.start - around[0].start :, left.start - around[1].start :]
        found[:, top, left] = inner[:, : top.stop - top.start, : left.stop - left.start]
        yield None
    yield found


def pixels_of(
    numbers: np.ndarray, codec: Codec, level: int, height: int, width: int
) -> Iterator[np.ndarray | None]:
    """uint8 [height, width, 3] of the numbers; yields None after each tile, the pixels last."""
    rows, columns = numbers.shape[1:]
    found = np.zeros((rows * STRIDE, columns * STRIDE, 3), np.uint8)
    which = torch.tensor([level])
    for top, left, around in _tiles(rows, columns):
        part = torch.from_numpy(numbers[:, around[0], around[1]].copy())[None].float()
        with torch.inference_mode():
            made = (codec.picture(part, which)[0].clamp(-1, 1) * 127.5 + 128).to(torch.uint8)
        pixels = made.permute(1, 2, 0).numpy()
        y, x = (top.start - around[0].start) * STRIDE, (left.start - around[1].start) * STRIDE
        high, wide = (top.stop - top.start) * STRIDE, (left.stop - left.start) * STRIDE
        found[top.start * STRIDE : top.stop * STRIDE, left.start * STRIDE : left.stop * STRIDE] = pixels[
            y : y + high, x : x + wide
        ]
        yield None
    yield found[:height, :width]


def tiles_in(height: int, width: int) -> int:
    """How many tiles a picture of so many pixels is worked on in."""
    return sum(1 for _ in _tiles(-(-height // STRIDE), -(-width // STRIDE)))


def _tiles(rows: int, columns: int) -> Iterator[tuple[slice, slice, tuple[slice, slice]]]:
    """Rows and columns of each tile, and both with their margin."""
    for top in range(0, rows, TILE):
        for left in range(0, columns, TILE):
            inner = slice(top, min(top + TILE, rows)), slice(left, min(left + TILE, columns))
            around = tuple(
                slice(max(0, part.start - MARGIN), min(length, part.stop + MARGIN))
                for part, length in zip(inner, (rows, columns), strict=True)
            )
            yield inner[0], inner[1], (around[0], around[1])
