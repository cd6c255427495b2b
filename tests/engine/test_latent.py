"""Directions that carry true names: on a linear world they are found exactly, and the table says what holds."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from studio.engine.datasets import shanshui
from studio.engine.evaluation.judge import Judge, agreement, train_judge, true_factors
from studio.engine.evaluation.sliders import responses, table
from studio.engine.latent.directions import (
    calibrate_directions,
    normalised,
    refine_directions,
    regress_directions,
)
from studio.engine.networks.load import load_generator
from studio.filters.kind import finished
from tests.engine.test_networks import tiny_model


def entangled(z: torch.Tensor) -> torch.Tensor:
    """Three factors that share coordinates of z."""
    return torch.stack([z[:, 0] + 0.8 * z[:, 1], z[:, 1] - 0.5 * z[:, 2], z[:, 2] + 0.3 * z[:, 0]], 1)


def test_directions_move_one_factor_alone() -> None:
    directions = finished(regress_directions(entangled, 6, count=300))
    assert torch.allclose(directions.norm(dim=1), torch.ones(3), atol=1e-5)
    moved = entangled(directions)
    assert torch.all(moved.diagonal() > 0.5)
    assert (moved - torch.diag(moved.diagonal())).abs().max() < 1e-4


def test_refinement_takes_out_what_leaks_at_full_amount() -> None:
    bent = lambda z: entangled(torch.tanh(z))  # noqa: E731 - a small world that saturates
    raw = normalised(torch.eye(6)[:3])
    refined = finished(refine_directions(raw, bent, count=400))

    def leak(directions: torch.Tensor) -> float:
        z = torch.randn(400, 6, generator=torch.Generator().manual_seed(2))
        moved = torch.stack([(bent(z + 2 * row) - bent(z)).mean(0) for row in directions])
        moved = moved / moved.diagonal()[:, None]
        return float((moved - torch.eye(3)).abs().max())

    assert leak(refined) < 0.5 * leak(raw)


def test_a_weak_direction_becomes_longer_within_bounds() -> None:
    def weak(z: torch.Tensor) -> torch.Tensor:
        return z[:, :3] * torch.tensor([1.0, 0.4, 0.1])

    lengths = finished(calibrate_directions(torch.eye(6)[:3], weak, count=50)).norm(dim=1)
    assert torch.allclose(lengths, torch.tensor([1.0, 1.5, 1.8]), atol=1e-3)


@pytest.mark.slow
def test_the_judge_learns_to_read_factors() -> None:
    judge = finished(train_judge(steps=60, batch=16))
    read = agreement(judge, 100)
    assert read["night"] > 0.6 and read["water"] > 0.5, read


def test_true_factors_are_standardised() -> None:
    z = torch.randn(4000, shanshui.LATENT_SIZE, generator=torch.Generator().manual_seed(4))
    factors = true_factors(z)
    assert factors.mean(0).abs().max() < 0.1 and (factors.std(0) - 1).abs().max() < 0.1


class _ScriptedJudge(Judge):
    """Reads brightness as mist and nothing as night, from pictures of any size."""

    def forward(self, picture: torch.Tensor) -> torch.Tensor:
        return torch.stack([picture.mean((1, 2, 3)), torch.zeros(len(picture))], 1)


def test_the_table_says_which_names_hold(tmp_path: Path) -> None:
    model = load_generator(tiny_model(tmp_path / "model.safetensors"))
    change = finished(responses(model, _ScriptedJudge(), count=8))
    assert change.shape == (2, 2) and torch.all(change[:, 1] == 0) and change[0, 0] != 0
    text = table(("mist", "night"), [[1.2, 0.1], [0.5, 1.5]])
    rows = text.splitlines()
    assert rows[1].startswith("mist") and rows[1].endswith("  true") and "[+1.20]" in rows[1]
    assert rows[2].startswith("night") and rows[2].endswith("NOT TRUE")
