"""The embedded landscapes under the hand: a slider's value to pixels in the engine, and whether sliders and styles do what they say."""

from __future__ import annotations

from studio import paths
from studio.bench.figures import Figure, figure
from studio.engine.evaluation.controls import milliseconds, slider_response, styles_missed
from studio.engine.evaluation.judge import load_judge
from studio.engine.networks.load import load_generator
from studio.engine.networks.model import GanModel

NO_JUDGE = "the judge lies beside the tests, which are not here"


def measure(quick: bool = False) -> list[Figure]:
    model = load_generator(paths.embedded_models() / "shanshui-gan" / "model.safetensors")
    kind = str(model.quick_type).removeprefix("torch.")
    taken = [
        figure(
            f"a slider's value to pixels in the engine, {side} px, {kind}", "ms",
            milliseconds(model, 10 if quick else 60, enlarged=enlarged), {"p50": most},
        )
        for enlarged, side, most in ((False, model.card.size, 45), (True, model.card.learned_size, 70))
    ]  # fmt: skip
    return [*taken, *_judged(model, quick)]


def _judged(model: GanModel, quick: bool) -> list[Figure]:
    path = paths.resources().parent / "tests" / "engine" / "judge.safetensors"
    if not path.exists():
        return [figure("styles and sliders as a judge sees them", "", [], note=NO_JUDGE)]
    judge = load_judge(path)
    along, other = slider_response(model, judge, 4 if quick else 24)
    missed = [100 * share for share in styles_missed(model, judge, 10 if quick else 100)]
    apart = [1 - one for one in along]
    return [
        figure("1 − correlation of a slider's amount with the factor of its name", "", apart, {"max": 0.1}),
        figure("change of other factors by that of its own", "", other, {"max": 0.2}),
        figure("pictures of another style than was asked for, by style", "%", missed, {"max": 25}),
    ]
