"""The embedded landscapes by style, season and time: whether they are of the class asked for, whatever the sliders say."""

from __future__ import annotations

from studio import paths
from studio.bench.figures import Figure, figure
from studio.engine.evaluation.autoencoding import as_asked, left_as_asked, right_by_rule
from studio.engine.networks.load import load_generator
from studio.engine.training.classes import load

NO_JUDGE = "the judge lies beside the tests, which are not here"


def measure(quick: bool = False) -> list[Figure]:
    path = paths.resources().parent / "tests" / "engine" / "condition_judge.safetensors"
    if not path.exists():
        return [figure("classes as a judge sees them", "", [], note=NO_JUDGE)]
    model = load_generator(paths.embedded_models() / "shanshui-cvae" / "model.safetensors")
    judge, count = load(path), 24 if quick else 500
    sure = f"of rule-made ones the judge names {100 * right_by_rule(judge, count):.1f} % right"
    missed = 100 * (1 - as_asked(model, judge, count))
    led_away = 100 * (1 - left_as_asked(model, judge, count))
    return [
        figure(f"{count} pictures of another class than was asked for", "%", [missed], {"max": 5}, sure),
        figure(f"{count} pictures led out of their class by a slider at ±2 σ", "%", [led_away], {"max": 5}),
    ]
