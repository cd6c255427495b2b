"""What augmentation makes of a picture, to be seen before a training."""

from __future__ import annotations

import zlib

import msgspec
import numpy as np
import torch

from studio.engine.training.losses import augmentation, augmented
from studio.messages.events import Squares
from studio.messages.pixels import Pixels
from studio.messages.requests import LOOKS


def varied(squares: Squares, strength: float, *, cutout: bool = False) -> Squares:
    """The first of the squares, and behind it ``LOOKS`` − 1 of its variations, always the same for the same file."""
    pixels = squares.pixels.array()
    side = pixels.shape[0]
    own = torch.from_numpy(np.array(pixels[:, :side, :3])).permute(2, 0, 1).float() / 127.5 - 1
    count = LOOKS - 1
    change = augmentation(
        count,
        strength,
        torch.Generator().manual_seed(zlib.crc32(squares.file.encode("utf-8", "surrogatepass"))),
        cutout=cutout,
    )
    made = augmented(own[None].repeat(count, 1, 1, 1), change)
    row = torch.cat([own, *made], 2)
    eight = ((row + 1) * 127.5).round().clamp(0, 255).to(torch.uint8).permute(1, 2, 0).numpy()
    return msgspec.structs.replace(squares, count=LOOKS, pixels=Pixels.of(eight))
