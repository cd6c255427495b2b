"""The embedded landscapes under the hand: a slider's value to pixels in the engine, and whether sliders and styles do what they say."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import torch

from studio import paths
from studio.bench.figures import Figure, figure
from studio.engine import devices
from studio.engine.datasets import shanshui
from studio.engine.evaluation.judge import Judge, load_judge, scale_of_factors, sized
from studio.engine.networks.load import GanModel, load_generator

AMOUNTS = (-2.0, -1.0, 0.0, 1.0, 2.0)
EACH = 100
NO_JUDGE = "the judge lies beside the tests, which are not here"


def measure(quick: bool = False) -> list[Figure]:
    model = load_generator(paths.embedded_models() / "shanshui-gan" / "model.safetensors")
    return [*_seconds(model, 10 if quick else 60), *_judged(model, quick)]


def _seconds(model: GanModel, count: int) -> list[Figure]:
    """As under a dragged slider: each value another one, in the type that a measurement of the processor chose."""
    found = []
    for enlarged, side, most in ((False, model.card.size, 45), (True, model.card.learned_size, 70)):
        taken = []
        z = model.latents((7,))
        with devices.threads(0):
            for number in range(count + 3):
                began = time.perf_counter()
                w = model.styles(z, {"mist": number / count}, 0.7)
                (model.render(w, quick=True, enlarged=enlarged) * 127.5 + 127.5).to(torch.uint8).numpy()
                taken.append(1000 * (time.perf_counter() - began))
        kind = str(model.quick_type).removeprefix("torch.")
        what = f"a slider's value to pixels in the engine, {side} px, {kind}"
        found.append(figure(what, "ms", taken[3:], {"p50": most}))
    return found


def _judged(model: GanModel, quick: bool) -> list[Figure]:
    if not judge_path().exists():
        return [figure("styles and sliders as a judge sees them", "", [], note=NO_JUDGE)]
    judge = load_judge(judge_path())
    apart, other = _sliders(model, judge, 4 if quick else 24)
    missed = _styles_missed(model, judge, 10 if quick else EACH)
    return [
        figure("1 − correlation of a slider's amount with the factor of its name", "", apart, {"max": 0.1}),
        figure("change of other factors by that of its own", "", other, {"max": 0.2}),
        figure("pictures of another style than was asked for", "%", missed, {"max": 25}, _counted(missed)),
    ]


def _counted(missed: list[float]) -> str:
    return f"{np.mean(missed):.1f} % of all"


@torch.inference_mode()
def _sliders(model: GanModel, judge: Judge, seeds: int) -> tuple[list[float], list[float]]:
    z = model.latents(tuple(range(300, 300 + seeds)))
    apart, other = [], []
    for row, name in enumerate(shanshui.SLIDERS):
        said = np.stack([
            judge(sized(model.render(model.styles(z, {name: amount}, 0.7), enlarged=False))).numpy() for amount in AMOUNTS
        ])  # fmt: skip
        change = (said - said[2]).mean(1)  # of all seeds, by amount and factor
        apart.append(1 - float(np.corrcoef(AMOUNTS, change[:, row])[0, 1]))
        whole = change[-1] - change[0]
        other += [abs(float(one / whole[row])) for factor, one in enumerate(whole) if factor != row]
    return apart, other


@torch.inference_mode()
def _styles_missed(model: GanModel, judge: Judge, each: int) -> list[float]:
    """Of each style, per cent of pictures that the judge sees another one in; variety 1."""
    mean, deviation = scale_of_factors()
    found = []
    for kind, style in enumerate(shanshui.STYLES):
        first = 5000 + 1000 * kind
        made = model.sample(
            tuple(range(first, first + each)), sliders={}, variety=1.0, enlarged=False, label=style
        )
        read = judge(sized(made.pictures)) * deviation + mean
        seen = shanshui.governing(dict(zip(shanshui.SLIDERS, read.unbind(1), strict=True)))
        found.append(100 * sum(one != style for one in seen) / each)
    return found


def judge_path() -> Path:
    return paths.resources().parent / "tests" / "engine" / "judge.safetensors"
