"""The engine's filters: networks over a picture. torch is imported when one is first used."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np

from studio import paths


class Nothing(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing to set."""


class Activity:
    """How much there is to see at each pixel: premultiplied float32 [h, w, 4], encoded → float32 [h, w, 1] ≥ 0.

    The L1 norm over the features of :class:`~studio.engine.networks.activity.ActivityNetwork` at the straight colours,
    clipped to 0–1. Depends on :attr:`REACH` pixels around one; beyond the picture its edge is repeated.
    """

    version = 1
    parameters = Nothing

    def __init__(self) -> None:
        self._networks: dict[str, Any] = {}

    def apply(self, pixels: np.ndarray, parameters: Nothing, *, device: str) -> np.ndarray:
        import torch

        if device not in self._networks:
            from studio.engine.networks.activity import load_activity

            network = load_activity(network_file(), device)
            # as pixels lie anyway; on a processor twice as fast
            self._networks[device] = network.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
        alpha = pixels[..., 3:]
        straight = np.divide(pixels[..., :3], alpha, out=np.zeros_like(pixels[..., :3]), where=alpha > 0)
        np.clip(straight, 0, 1, out=straight)
        planes = torch.from_numpy(straight).permute(2, 0, 1)[None]
        found = self._networks[device](planes.to(device))
        return found[0, :, :, None].float().cpu().numpy()


def network_file():
    """The shipped weights. ``python -m studio.engine.training.activity FILE`` makes them anew."""
    return paths.resources() / "networks" / "activity.safetensors"


def engine_filters() -> dict[str, Any]:
    """All of them by name."""
    return {"activity": Activity()}
