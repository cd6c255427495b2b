"""Whether the embedded landscapes do what is asked of them: sliders what their names say, styles what was asked for, and how soon."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import torch

from studio.engine import devices
from studio.engine.datasets import shanshui
from studio.engine.evaluation.judge import Judge, scale_of_factors, sized
from studio.engine.networks.model import GanModel

AMOUNTS = (-2.0, -1.0, 0.0, 1.0, 2.0)
VARIETY = 0.7
FIRST = 3
"""Pictures that make what later ones use again."""


def milliseconds(model: GanModel, count: int, *, enlarged: bool) -> list[float]:
    """Of each of ``count`` values of a slider to its pixels, as under the hand: in the type that a measurement of the processor chose,
    with the learned enlargement or without."""
    taken, z = [], model.latents((7,))
    with devices.threads(0):
        for number in range(count + FIRST):
            began = time.perf_counter()
            w = model.styles(z, {"mist": number / count}, VARIETY)
            (model.render(w, quick=True, enlarged=enlarged) * 127.5 + 127.5).to(torch.uint8).cpu().numpy()
            taken.append(1000 * (time.perf_counter() - began))
    return taken[FIRST:]


@torch.inference_mode()
def slider_response(model: GanModel, judge: Judge, seeds: int) -> tuple[list[float], list[float]]:
    """Of each slider the correlation of its amount with the factor of its name as the judge reads it; and the change of each other factor
    by that of its own."""
    z = model.latents(tuple(range(300, 300 + seeds)))
    along, other = [], []
    for row, name in enumerate(shanshui.SLIDERS):
        moved = (model.styles(z, {name: amount}, VARIETY) for amount in AMOUNTS)
        said = np.stack([judge(sized(model.render(w, enlarged=False))).cpu().numpy() for w in moved])
        change = (said - said[2]).mean(1)  # of all seeds, by amount and factor
        along.append(float(np.corrcoef(AMOUNTS, change[:, row])[0, 1]))
        whole = change[-1] - change[0]
        other += [abs(float(one / whole[row])) for factor, one in enumerate(whole) if factor != row]
    return along, other


@torch.inference_mode()
def styles_missed(model: GanModel, judge: Judge, each: int) -> Iterator[float]:
    """Of each style, the share of ``each`` pictures at variety 1 in which the judge sees another one."""
    mean, deviation = scale_of_factors()
    for kind, style in enumerate(shanshui.STYLES):
        seeds = tuple(range(5000 + 1000 * kind, 5000 + 1000 * kind + each))
        made = model.sample(seeds, sliders={}, variety=1.0, enlarged=False, label=style)
        read = judge(sized(made.pictures)) * deviation + mean
        seen = shanshui.governing(dict(zip(shanshui.SLIDERS, read.unbind(1), strict=True)))
        yield sum(one != style for one in seen) / each


@torch.inference_mode()
def factors_at(
    model: GanModel, judge: Judge, names: tuple[str, ...], points: np.ndarray, seed: int
) -> np.ndarray:
    """What the judge reads, [n, factors] in their standard deviations, of the picture of ``seed`` moved by each of ``points`` [n, names]
    along the directions ``names``."""
    z, rows = model.latents((seed,)), []
    for point in points:
        w = model.styles(z, dict(zip(names, point.tolist(), strict=True)), VARIETY)
        rows.append(judge(sized(model.render(w, quick=True, enlarged=False).float())))
    return torch.cat(rows).cpu().numpy()
