"""The wall of nine by taste on the embedded landscapes: how soon a taste of three factors is found by marks of which one in five is wrong.

The taste is a picture's distance from wanted values of three of the eight factors, as a judge reads them from its pixels; a picture
suits that is as near as one in ten by chance.
"""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace

from studio import paths
from studio.bench.figures import Figure, figure
from studio.engine.evaluation.controls import factors_at
from studio.engine.evaluation.judge import Judge, load_judge
from studio.engine.networks.load import load_generator
from studio.engine.networks.model import GanModel
from studio.workspace.taste import USUAL_ROUNDS
from studio.workspace.taste_trial import Trial, tried
from studio.workspace.tasting import directions_of

NOISE, TASTES = 0.2, 12
NO_JUDGE = "the judge lies beside the tests, which are not here"


def measure(quick: bool = False) -> list[Figure]:
    """Artists of a taste of three factors, read from the pixels by a judge, who mark one picture in five wrong."""
    path = paths.resources().parent / "tests" / "engine" / "judge.safetensors"
    if not path.exists():
        return [figure("walls until a taste is reached", "walls", [], note=NO_JUDGE)]
    model = load_generator(paths.embedded_models() / "shanshui-gan" / "model.safetensors")
    judge = load_judge(path)
    model.card = replace(model.card, abilities=(*model.card.abilities, "bands"))  # as the catalogue lists it
    trials = [_trial(model, judge, seed) for seed in range(1 if quick else TASTES)]
    few = [one.random_hits / max(one.hits[-1], 1 / 90) for one in trials]
    near = [one.away[-1] / one.random_away for one in trials]
    reached = [float(one.reached) for one in trials]
    return [
        figure("walls until more than half of one suits", "walls", reached, {"max": USUAL_ROUNDS}),
        figure("pictures that suit by chance / on wall 12", "", few, {"p50": 1 / 3}, "1/3 is three times as many"),
        figure("distance from the taste on wall 12 / by chance", "", near),
    ]  # fmt: skip


def _trial(model: GanModel, judge: Judge, seed: int) -> Trial:
    names = directions_of(model.card)
    random = np.random.default_rng((seed, 99))
    chosen = random.permutation(len(model.card.sliders))[:3]
    wanted = random.choice([-1, 1], 3) * random.uniform(0.6, 1.8, 3)

    def away(points: np.ndarray) -> np.ndarray:
        return np.linalg.norm(factors_at(model, judge, names, points, seed)[:, chosen] - wanted, axis=1)

    return tried(away, len(names), seed, noise=NOISE)
