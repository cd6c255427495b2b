"""The rates of runs that learn by Muon, with Adam beside it for what is no kernel."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch

WARMING = 50
"""Steps in which the rate comes to its height."""


def begin_step(
    optimisers: Mapping[str, torch.optim.Optimizer], rate: float, rate_end: float, step: int, steps: int
) -> None:
    """Gives each optimiser its rate of ``step`` of ``steps``, from ``rate`` to ``rate_end`` as a cosine, the one named ``others`` a tenth of
    it, and takes the gradients away."""
    now = rate_end + (rate - rate_end) * 0.5 * (1 + np.cos(np.pi * (step / steps)))
    now *= min(1.0, (step + 1) / WARMING)
    for name, optimiser in optimisers.items():
        for group in optimiser.param_groups:
            group["lr"] = 0.1 * now if name == "others" else now
        optimiser.zero_grad(set_to_none=True)
