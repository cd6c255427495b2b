"""Muon: momentum whose matrices are made orthogonal before they are applied (Jordan et al. 2024).

Convolution kernels count as matrices [outputs, inputs · k · k]. Everything else (biases, constants) is left to Adam.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch


@torch.no_grad()
def orthogonal(matrix: torch.Tensor, rounds: int = 5) -> torch.Tensor:
    """The nearest orthogonal matrix, roughly: singular values between 0.7 and 1.2, by a quintic Newton–Schulz
    iteration in bfloat16."""
    x = matrix.to(torch.bfloat16)
    tall = x.shape[0] > x.shape[1]
    x = x.T if tall else x
    x = x / (x.norm() + 1e-7)
    for _ in range(rounds):
        gram = x @ x.T
        x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
    return (x.T if tall else x).to(matrix.dtype)


class Muon(torch.optim.Optimizer):
    """Nesterov momentum with orthogonalised steps for tensors of two or more dimensions."""

    def __init__(
        self, parameters: Iterable[torch.nn.Parameter], lr: float = 0.02, momentum: float = 0.95
    ) -> None:
        super().__init__(parameters, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is None:
                    continue
                state = self.state[parameter]
                if "momentum" not in state:
                    state["momentum"] = torch.zeros_like(parameter)
                moving = state["momentum"]
                moving.mul_(group["momentum"]).add_(parameter.grad)
                ahead = parameter.grad.add(moving, alpha=group["momentum"]).flatten(1)
                scale = max(1.0, ahead.shape[0] / ahead.shape[1]) ** 0.5
                parameter.sub_(orthogonal(ahead).view_as(parameter), alpha=group["lr"] * scale)
