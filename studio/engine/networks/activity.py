"""The network that says how much there is to see at each pixel: its features' L1 norm weighs pictures in fusion."""

from __future__ import annotations

from pathlib import Path

import msgspec
import torch
import torch.nn.functional as functional
from safetensors.torch import load_file
from torch import nn

from studio.engine.library.model_file import HEADER, ModelFileError, read_header
from studio.engine.networks.layers import leaky

SHAPE_KEY = "activity_shape"


class ActivityShape(msgspec.Struct, frozen=True, kw_only=True):
    """``widths``: the channels after each convolution of 3 × 3 pixels."""

    widths: tuple[int, ...] = (12, 12, 16)

    @property
    def reach(self) -> int:
        """How many pixels around one its activity depends on."""
        return len(self.widths)


class ActivityNetwork(nn.Module):
    """Pictures [B, 3, H, W], straight encoded 0–1 → activity [B, H, W] ≥ 0 of each pixel: Σ over the channels of |feature|.

    The first kernels have a mean of 0 in each colour and nothing is added anywhere, so that lightness itself is no activity
    and half the contrast is half of it: the faintest detail still tells sharp from soft.
    """

    def __init__(self, shape: ActivityShape) -> None:
        super().__init__()
        self.shape = shape
        inputs = (3, *shape.widths[:-1])
        self.layers = nn.ModuleList(
            nn.Conv2d(*sizes, 3, bias=False) for sizes in zip(inputs, shape.widths, strict=True)
        )

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        first, *others = (layer for layer in self.layers if isinstance(layer, nn.Conv2d))
        kernels = first.weight - first.weight.mean((2, 3), keepdim=True)
        # The edge repeated, as every filter treats what lies beyond the canvas: zeros would be an edge to see.
        reach = self.shape.reach
        x = functional.pad(picture, (reach,) * 4, mode="replicate")
        x = functional.conv2d(x, kernels)
        for layer in others:
            x = layer(leaky(x))
        return x.abs().sum(1)


def load_activity(path: str | Path, device: str = "cpu") -> ActivityNetwork:
    """The network in a safetensors file. Raises ModelFileError, RuntimeError naming the tensor that does not fit."""
    header = read_header(path)
    try:
        shape = msgspec.json.decode(header.metadata.get(SHAPE_KEY, ""), type=ActivityShape)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise ModelFileError(
            "model_unknown", path, HEADER, reason=f"its shape cannot be read ({error})"
        ) from None
    network = ActivityNetwork(shape)
    network.load_state_dict({name: value.float() for name, value in load_file(path, device="cpu").items()})
    return network.requires_grad_(False).to(torch.device(device))
