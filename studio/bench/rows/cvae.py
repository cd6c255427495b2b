"""The embedded landscapes by style, season and time: whether they are of the class asked for, whatever the sliders say."""

from __future__ import annotations

from studio import paths
from studio.bench.figures import Figure, figure
from studio.engine.evaluation.autoencoding import (
    as_asked,
    drawn_at_will,
    in_turn,
    kernels,
    left_as_asked,
    redrawn_in_turn,
    right_by_rule,
)
from studio.engine.networks.load import load_generator
from studio.engine.training.classes import load

PAINTED = "painted at this size"
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
    few = 24 if quick else 264
    pictures, labels = in_turn(4 * few, model.card.size)
    own, held, beside = pictures.split([few, few, 2 * few])
    again = kernels(redrawn_in_turn(model, own, labels[:few]), held, beside, PAINTED)
    new = kernels(drawn_at_will(model, labels[:few]), held, beside, PAINTED)
    return [
        figure(f"{count} pictures of another class than was asked for", "%", [missed], {"max": 5}, sure),
        figure(f"{count} pictures led out of their class by a slider at ±2 σ", "%", [led_away], {"max": 5}),
        figure("kernel distance of pictures drawn again", "", [again.made], note=again.said),
        figure("kernel distance of new pictures", "", [new.made], note=new.said),
    ]
