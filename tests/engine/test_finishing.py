"""From the last checkpoint to the finished model by ``train`` alone: stopped, resumed, asked for, or not due."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from studio.engine.evaluation import sliders
from studio.engine.evaluation.judge import agreement
from studio.engine.evaluation.sliders import FILE, read
from studio.engine.library.catalog import Catalog
from studio.engine.networks.load import load_generator
from studio.engine.training import finish as finishing
from studio.engine.training import train as training
from studio.engine.training.checkpoint import newest_checkpoint
from studio.engine.training.finish import is_finished, model_of
from studio.engine.training.recipe import find_recipe, read_recipe
from studio.engine.training.train import train
from studio.messages.events import Checkpoint, Progress
from studio.messages.requests import Train
from studio.messages.training import FINISHING
from studio.paths import embedded_models
from studio.recipe import RecipeError

RECIPE = """
name = "hills"
title = "Hills"
source = "shanshui"
batch = 2
steps = 3
warm_steps = 1
precision = "float32"
sample_count = 1

[generator]
style_size = 8
mapping_layers = 1
widths = [8, 8, 8]

[discriminator]
latent_size = 48
widths = [8, 8, 8]

[finish]
factor = 2
width = 4
blocks = 1
upscale_steps = 4
judge_steps = 2
pictures = 240
"""


@pytest.fixture(autouse=True)
def few_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is only measured and written down is measured on few pictures."""
    monkeypatch.setattr(sliders, "agreement", partial(agreement, count=8))
    monkeypatch.setattr(finishing, "tell", partial(sliders.tell, seeds=4))
    monkeypatch.setattr(training, "_measured", lambda *_: iter(()))


@pytest.fixture
def recipe(tmp_path: Path) -> str:
    path = tmp_path / "hills.toml"
    path.write_text(RECIPE)
    return str(path)


def stages(events: list) -> list[Progress]:
    return [event for event in events if isinstance(event, Progress) and event.stage == FINISHING]


def test_a_run_to_the_end_leaves_a_finished_model(recipe: str, tmp_path: Path) -> None:
    run = tmp_path / "runs" / "mine"
    events = list(train(Train(recipe=recipe, run=str(run))))
    last = events[-1]
    assert isinstance(last, Checkpoint)
    assert (last.path, last.step, last.pictures_seen) == (str(model_of(run)), 3, 6)
    told = stages(events)
    assert [event.done for event in told] == list(range(1, told[-1].total + 1)), "each step is told once"
    model = load_generator(model_of(run))
    assert (model.card.size, model.card.learned_size, model.card.steps) == (16, 32, 3)
    assert [slider.name for slider in model.card.sliders][:2] == ["mist", "height"]
    assert len(model.card.sliders) == 8 and model.card.pinned and "CPU" in model.card.trained_with
    moved = model.sample((1,), sliders={"mist": 2.0}).pictures
    assert moved.shape == (1, 3, 32, 32)
    assert not torch.equal(moved, model.sample((1,), sliders={}).pictures)
    assert (run / "preview.png").exists() and "mist" in read(run / FILE).sliders
    assert not (run / "finishing").exists() and not list(run.rglob("*.part"))
    entries = Catalog(embedded=tmp_path / "none", user=tmp_path / "none", runs=tmp_path / "runs").entries()
    assert [(entry.problem, bool(entry.preview)) for entry in entries] == [("", True), ("", False)]


@pytest.mark.parametrize("parts", [(1, 6), pytest.param((40,), marks=pytest.mark.slow)])
def test_a_run_that_was_stopped_while_it_was_finished_goes_on(
    recipe: str, tmp_path: Path, parts: tuple[int, ...]
) -> None:
    """Whatever was done is not done again, and the model is that of a run that nobody stopped."""
    whole, halting = tmp_path / "whole", tmp_path / "halting"
    list(train(Train(recipe=recipe, run=str(whole))))
    resume = False
    for part in parts:
        events = train(Train(recipe=recipe, run=str(halting), resume=resume))
        taken = 0
        while taken < part:
            event = next(events)
            taken += isinstance(event, Progress) and event.stage == FINISHING
        events.close()
        assert not is_finished(halting)
        resume = True
    rest = list(train(Train(recipe=recipe, run=str(halting), resume=True)))
    assert is_finished(halting)
    assert len(stages(rest)) == len(rest) - 1, "no step of the run is taken again"
    assert stages(rest)[0].done >= min(parts[-1], 4), "nor one of the enlargement"
    if parts == (40,):  # enlargement and judge were there
        assert stages(rest)[0].done == 7
    one, other = load_file(model_of(whole)), load_file(model_of(halting))
    assert one.keys() == other.keys()
    for name, value in one.items():
        if name != "directions":
            assert torch.equal(value, other[name]), name
    # least squares round as the memory lies
    assert torch.allclose(one["directions"].float(), other["directions"].float(), atol=0.02)


def test_only_the_end_of_the_recipe_is_finished(recipe: str, tmp_path: Path) -> None:
    run = tmp_path / "run"
    assert not stages(list(train(Train(recipe=recipe, run=str(run), steps=2))))
    assert not model_of(run).exists()
    assert stages(list(train(Train(recipe=recipe, run=str(run), steps=1, resume=True)))), "the last step"
    assert is_finished(run)
    assert not stages(list(train(Train(recipe=recipe, run=str(run), steps=1, resume=True)))), "learns on"
    assert not is_finished(run) and model_of(run).exists()


def test_a_model_is_finished_early_when_it_is_asked_for(recipe: str, tmp_path: Path) -> None:
    run = tmp_path / "run"
    list(train(Train(recipe=recipe, run=str(run), steps=1)))
    events = list(train(Train(recipe=recipe, run=str(run), resume=True, finish=True)))
    assert load_generator(model_of(run)).card.steps == 1
    assert len(stages(events)) == len(events) - 1, "at once"
    assert newest_checkpoint(run) is not None


@pytest.mark.parametrize(
    ("first", "again"),
    [({"steps": 3}, {"steps": 3}), pytest.param({"steps": 1, "finish": True}, {}, marks=pytest.mark.slow)],
)
def test_what_was_begun_to_be_finished_is_finished_first(
    recipe: str, tmp_path: Path, first: dict[str, int], again: dict[str, int]
) -> None:
    """The Training panel asks for steps each time, and a model that was finished early has steps left."""
    run = tmp_path / "run"
    events = train(Train(recipe=recipe, run=str(run), **first))
    while not (isinstance(event := next(events), Progress) and event.stage == FINISHING):
        pass
    events.close()
    events = list(train(Train(recipe=recipe, run=str(run), resume=True, **again)))
    assert len(stages(events)) == len(events) - 1, "no step of the run is taken"
    assert load_generator(model_of(run)).card.steps == first["steps"] and is_finished(run)


def test_nothing_to_finish_is_said_before_the_first_step(recipe: str, tmp_path: Path) -> None:
    for request in (
        Train(recipe="tiny", data=str(tmp_path), run=str(tmp_path / "run"), finish=True),
        Train(recipe=recipe, data=str(tmp_path), run=str(tmp_path / "run"), finish=True),
    ):
        with pytest.raises(RecipeError, match="nothing to finish"):
            next(iter(train(request)))
    assert not (tmp_path / "run").exists()
    with pytest.raises(RecipeError, match="train first"):
        next(finishing.finish(find_recipe(recipe), tmp_path / "run"))


@pytest.mark.parametrize(
    "change", [("48", "24"), ('source = "shanshui"', 'source = "folder"'), ("factor = 2", "factor = 3")]
)
def test_an_end_that_cannot_be_is_refused(tmp_path: Path, change: tuple[str, str]) -> None:
    path = tmp_path / "odd.toml"
    text = RECIPE.replace("[generator]\n", "[generator]\nlatent_size = 48\n")
    path.write_text(text.replace(*change))
    with pytest.raises(RecipeError, match="finish"):
        read_recipe(path)


def test_the_shipped_recipe_says_what_the_shipped_model_is() -> None:
    recipe = find_recipe("shanshui-gan")
    end = recipe.finish
    assert end is not None
    model = load_generator(embedded_models() / "shanshui-gan" / "model.safetensors")
    assert model.upscaler is not None and model.card.steps == recipe.steps
    shape = model.upscaler.shape
    assert (shape.factor, shape.width, shape.blocks) == (end.factor, end.width, end.blocks)
    assert len(model.card.sliders) == 8
