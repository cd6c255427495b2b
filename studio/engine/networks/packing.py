"""Weights in few bytes: kernels as eight-bit integers with a scale for each of their outputs, everything else as it is."""

from __future__ import annotations

from collections.abc import Mapping

import torch

SCALE = "scale."
"""Before the name of a tensor stands that of its scales."""
FEWEST = 4096
"""Numbers of a tensor that are worth a scale."""
LARGEST = 127


def packed(tensors: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The same with int8 for large tensors of two or more dimensions: value ≈ integer · scale of its row, rounded to the nearest, so that
    none is further off than half a 127th of the largest number of its row."""
    result: dict[str, torch.Tensor] = {}
    for name, value in tensors.items():
        value = value.detach().float()
        if value.dim() < 2 or value.numel() < FEWEST:
            result[name] = value.contiguous().clone()
            continue
        rows = value.flatten(1)
        scale = (rows.abs().amax(1) / LARGEST).clamp_min(torch.finfo(torch.float32).tiny)
        steps = (rows / scale[:, None]).round().clamp(-LARGEST, LARGEST)
        result[name], result[SCALE + name] = steps.to(torch.int8).view_as(value), scale
    return result


def part_of(tensors: Mapping[str, torch.Tensor], part: str) -> dict[str, torch.Tensor]:
    """The tensors under ``part.``, as float32, without that prefix."""
    found: dict[str, torch.Tensor] = {}
    for name, value in tensors.items():
        if name.startswith(f"{part}."):
            scale = tensors.get(SCALE + name)
            plain = value.float()
            if scale is not None and scale.shape == value.shape[:1]:
                plain = plain * scale.float().view(-1, *[1] * (value.dim() - 1))
            found[name[len(part) + 1 :]] = plain
    return found
