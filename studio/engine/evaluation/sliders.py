"""Are the names of the sliders true? Each is moved on many pictures and a judge measures all factors."""

from __future__ import annotations

import torch

from studio.engine.evaluation.judge import Judge
from studio.engine.networks.load import GanModel


@torch.no_grad()
def responses(
    model: GanModel, judge: Judge, *, count: int = 200, amount: float = 2.0, first_seed: int = 0
) -> torch.Tensor:
    """[sliders, factors]: the mean change of each judged factor, in its standard deviations, when one slider goes
    from 0 to ``amount`` on ``count`` seeds at full variety."""
    z = model.latents(tuple(range(first_seed, first_seed + count)))
    before = _judged(model, judge, z)
    rows = [
        (_judged(model, judge, z + amount * direction) - before).mean(0) for direction in model.directions
    ]
    return torch.stack(rows)


def _judged(model: GanModel, judge: Judge, z: torch.Tensor) -> torch.Tensor:
    parts = [judge(model.generator(part).clamp(-1, 1)) for part in z.split(32)]
    return torch.cat(parts)


def table(model: GanModel, change: torch.Tensor) -> str:
    """``responses`` as text: a row per slider, its own factor in brackets, then whether the name holds.

    A name holds when its own factor moves by at least 1 standard deviation and every other by at most 0.35.
    """
    names = [slider.name for slider in model.card.sliders]
    lines = ["slider    " + "".join(f"{name:>10}" for name in names)]
    for row, name in enumerate(names):
        values = change[row].tolist()
        cells = [
            f"[{value:+.2f}]" if column == row else f"{value:+.2f}" for column, value in enumerate(values)
        ]
        others = max(abs(value) for column, value in enumerate(values) if column != row)
        holds = values[row] >= 1.0 and others <= 0.35
        lines.append(
            f"{name:10}" + "".join(f"{cell:>10}" for cell in cells) + ("  true" if holds else "  NOT TRUE")
        )
    return "\n".join(lines)
