"""A VGG-16 that has learnt nothing: a second network to describe pictures with, which belongs to no data set.

Configuration D of Simonyan and Zisserman, "Very deep convolutional networks for large-scale image recognition", 2014, arXiv 1409.1556,
table 1, with random weights as Naeem et al. 2020, arXiv 2002.09797, section 5, take it: 4096 features of its second dense layer. They are
taken before the rectifier, for behind it a feature that is dead for all real pictures would count without bound in one that is not.
"""

from __future__ import annotations

import hashlib
import itertools
import math
from collections.abc import Generator, Iterator
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as functional

BLOCKS = ((64, 64), (128, 128), (256, 256, 256), (512, 512, 512), (512, 512, 512))
"""Channels of the 3 × 3 convolutions; after each block the maximum of 2 × 2."""
DENSE = (4096, 4096)
SIDE = 64
SEED = 16
BATCH = 16
NAME = f"random VGG-16 (He uniform, seed {SEED}), {DENSE[-1]} features of fc2 before its rectifier"
RESIZE = f"by area to {SIDE} px when it shrinks, bilinear when it grows"


class _Layer(NamedTuple):
    """``weight`` [out, in, 3, 3] or [out, in]; ``halves``: the maximum of 2 × 2 comes behind it."""

    weight: torch.Tensor
    halves: bool = False


class RandomVgg:
    """Its weights are made when it is: for ReLU (He et al. 2015, arXiv 1502.01852, equation 10, drawn evenly), without biases.

    They are the same to the bit on every machine, for they come from the raw words of PCG64 by steps that round once; what it says of a
    picture agrees within the rounding of float32. Takes 160 MB.
    """

    def __init__(self) -> None:
        words = np.random.PCG64(SEED)
        self._convolutions = list(_convolutions(words))
        fields = (SIDE >> len(BLOCKS)) ** 2
        sizes = (BLOCKS[-1][-1] * fields, *DENSE)
        self._dense = [_drawn(words, out, into) for into, out in itertools.pairwise(sizes)]

    def digest(self) -> str:
        """SHA-256 of the weights, float32, in their order."""
        found = hashlib.sha256()
        for one in [*(layer.weight for layer in self._convolutions), *self._dense]:
            found.update(one.contiguous().numpy().data)
        return found.hexdigest()

    @torch.inference_mode()
    def __call__(self, pictures: torch.Tensor) -> torch.Tensor:
        """Features [B, 4096] of pictures [B, 3, S, S] in −1…1, which are brought to 64 px."""
        x = _sized(pictures)
        for weight, halves in self._convolutions:
            x = functional.relu(functional.conv2d(x, weight, padding=1))
            x = functional.max_pool2d(x, 2) if halves else x
        x = x.flatten(1)
        for weight in self._dense[:-1]:
            x = functional.relu(functional.linear(x, weight))
        return functional.linear(x, self._dense[-1])

    def seen(self, pictures: torch.Tensor) -> Generator[int, None, torch.Tensor]:
        """Yields how many are done; returns features float64 [n, 4096]."""
        parts = []
        for start in range(0, len(pictures), BATCH):
            parts.append(self(pictures[start : start + BATCH].float()))
            yield min(start + BATCH, len(pictures))
        return torch.cat(parts).double()


def _convolutions(words: np.random.PCG64) -> Iterator[_Layer]:
    into = 3
    for block in BLOCKS:
        for number, out in enumerate(block, 1):
            weight = _drawn(words, out, into, 3, 3).contiguous(memory_format=torch.channels_last)
            yield _Layer(weight, number == len(block))
            into = out


def _drawn(words: np.random.PCG64, *shape: int) -> torch.Tensor:
    """Evenly between ±√(6 / inputs), float32."""
    count = math.prod(shape)
    raw = np.asarray(words.random_raw(-(-count // 2)), "<u8").view("<u4")[:count]
    even = (raw >> np.uint32(8)).astype(np.float32) * np.float32(2**-23) - np.float32(1)
    return torch.from_numpy(even * np.float32(math.sqrt(6 / math.prod(shape[1:])))).view(shape)


def _sized(pictures: torch.Tensor) -> torch.Tensor:
    side = pictures.shape[-1]
    if side == SIDE:
        return pictures
    if side > SIDE:
        return functional.interpolate(pictures, size=(SIDE, SIDE), mode="area")
    return functional.interpolate(pictures, size=(SIDE, SIDE), mode="bilinear", align_corners=False)
