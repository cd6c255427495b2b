"""What follows the training of the embedded landscapes: enlargement, judge, named directions, model file, preview.

``python -m studio.engine.training.finish RUN FOLDER`` takes the newest checkpoint of RUN and writes FOLDER.
Enlargement and judge are kept under RUN and taken up again the next time.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from studio.engine.datasets import shanshui
from studio.engine.evaluation.judge import Judge, keep_judge, load_judge, train_judge
from studio.engine.evaluation.sliders import tell
from studio.engine.latent.directions import (
    Measure,
    calibrate_directions,
    refine_directions,
    regress_directions,
)
from studio.engine.networks.build import AnyGenerator
from studio.engine.networks.upscaler import Upscaler, UpscalerShape
from studio.engine.training.checkpoint import TrainingState, load_checkpoint, newest_checkpoint
from studio.engine.training.recipe import TrainingRecipe
from studio.engine.training.ship import ship, write_preview
from studio.engine.training.train import find_recipe
from studio.engine.training.upscale import new_upscaler, train_upscaler
from studio.messages.events import Progress
from studio.recipe import RecipeError

CRISPNESS = 0.6
SHAPE = UpscalerShape(factor=4, width=48, blocks=4)


def finish(
    recipe: TrainingRecipe, run: Path, folder: Path, *, upscale_steps: int = 0, judge_steps: int = 900
) -> Iterator[Progress]:
    """Writes ``folder``/model.safetensors, preview.png and sliders.json; yields Progress with what it does as text.

    ``upscale_steps`` more steps of the enlargement are trained first. Raises RecipeError when ``run`` has no checkpoint.
    """
    newest = newest_checkpoint(run)
    if newest is None:
        raise RecipeError(f"{run}: holds no checkpoint; train first")
    state = TrainingState(recipe, torch.device("cpu"))
    load_checkpoint(state, newest)
    upscaler = _kept(new_upscaler(SHAPE), run / "upscaler.safetensors")
    if upscale_steps:
        yield from _teach(upscaler, state.average, recipe.generator.size, upscale_steps)
        save_file(upscaler.state_dict(), run / "upscaler.safetensors")
    yield Progress(done=0, total=3, text="reading factors")
    judge = trained_judge(run, judge_steps)
    measure = measured_by(judge, state.average)
    yield Progress(done=1, total=3, text="finding directions")
    directions = regress_directions(measure, recipe.generator.latent_size)
    directions = calibrate_directions(refine_directions(directions, measure), measure)
    model = ship(
        state,
        upscaler,
        directions,
        shanshui.SLIDERS,
        folder / "model.safetensors",
        trained_with=f"trained on a CPU, {state.seconds / 60:.0f} minutes",
        note=f"{state.pictures_seen} rule-made pictures seen in {state.step} steps",
    )
    write_preview(model, folder / "preview.png")
    yield Progress(done=2, total=3, text="measuring sliders")
    told = tell(folder, run / "judge.safetensors")
    yield Progress(done=3, total=3, text=told.table())


def _teach(upscaler: Upscaler, generator: AnyGenerator, size: int, steps: int) -> Iterator[Progress]:
    """A quarter of ``steps`` by regression, then with the patch discriminator; what stays lies between both.

    Interpolating the weights (ESRGAN, Wang et al. 2018, section 3.4) keeps the brush texture and loses the grain that
    the discriminator alone leaves along edges.
    """
    plain = steps // 4
    yield from train_upscaler(upscaler, generator, size=size, steps=plain, regression_steps=plain)
    before = {name: value.clone() for name, value in upscaler.state_dict().items()}
    yield from train_upscaler(
        upscaler,
        generator,
        size=size,
        steps=steps - plain,
        regression_steps=0,
        rate=4e-4,
        adversarial=0.03,
        seed=12,
    )
    after = upscaler.state_dict()
    upscaler.load_state_dict({name: torch.lerp(before[name], after[name], CRISPNESS) for name in before})


def trained_judge(run: Path, steps: int) -> Judge:
    """The judge kept under ``run``, trained now if there is none."""
    path = run / "judge.safetensors"
    if not path.exists():
        keep_judge(train_judge(steps), path)
    return load_judge(path)


def measured_by(judge: Judge, generator: AnyGenerator) -> Measure:
    """The judged factors [B, 8] of a generator's pictures, as a function of z [B, latent]."""

    def measure(z: torch.Tensor) -> torch.Tensor:
        with torch.no_grad():
            return judge(generator(z, torch.bfloat16).clamp(-1, 1))

    return measure


def _kept(upscaler: Upscaler, path: Path) -> Upscaler:
    if path.exists():
        upscaler.load_state_dict(load_file(path))
    return upscaler


def main(arguments: list[str]) -> None:
    run, folder = Path(arguments[0]), Path(arguments[1])
    steps = int(arguments[2]) if len(arguments) > 2 else 0
    for event in finish(find_recipe("shanshui-gan"), run, folder, upscale_steps=steps):
        if event.text or event.done % 100 == 0:
            sys.stdout.write(f"{event.done}/{event.total} {event.text} {event.values}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
