"""A run grows from a model of half the size: by its recipe, or because it starts from one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from studio.engine.networks.load import load_generator
from studio.engine.training import train as training
from studio.engine.training.checkpoint import checkpoint_path, newest_checkpoint
from studio.engine.training.train import SMALLER, train
from studio.messages.events import Checkpoint, Progress
from studio.messages.requests import Train
from studio.recipe import RecipeError

RECIPE = """
name = "{name}"
title = "Hills"
source = "shanshui"
grown_from = "{first}"
batch = 2
steps = 2
warm_steps = 1
precision = "float32"
sample_count = 1

[generator]
style_size = 8
mapping_layers = 1
widths = [8, 8, {widths}]

[discriminator]
latent_size = 48
widths = [{widths}, 8, 8]
"""


@pytest.fixture(autouse=True)
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "_measured", lambda *_: iter(()))


@pytest.fixture
def recipes(tmp_path: Path) -> tuple[str, str]:
    """Of 16 and of 32 pixels."""
    small, large = tmp_path / "small.toml", tmp_path / "large.toml"
    small.write_text(RECIPE.format(name="small", first="", widths="8"))
    large.write_text(
        RECIPE.format(name="large", first=small, widths="8, 6").replace("[8, 6, 8, 8]", "[6, 8, 8, 8]")
    )
    return str(small), str(large)


def test_a_run_first_learns_at_half_the_size(recipes: tuple[str, str], tmp_path: Path) -> None:
    run = tmp_path / "run"
    events = list(train(Train(recipe=recipes[1], run=str(run))))
    first, own = load_file(checkpoint_path(run / SMALLER, 2)), load_file(checkpoint_path(run, 2))
    told = [(e.stage, e.done) for e in events if isinstance(e, Progress) and e.done]
    assert list(dict.fromkeys(told)) == [(SMALLER, 1), (SMALLER, 2), ("", 1), ("", 2)]
    assert [e.path for e in events if isinstance(e, Checkpoint)] == [str(checkpoint_path(run, 2))]
    assert load_generator(checkpoint_path(run, 2)).card.pictures_seen == 8
    moved = (own["generator.plan.weight"] - first["generator.plan.weight"]).abs().mean()
    assert moved < 0.1 * first["generator.plan.weight"].abs().mean(), "it goes on from what was learnt"


def test_what_has_grown_draws_the_smaller_picture_doubled(recipes: tuple[str, str], tmp_path: Path) -> None:
    list(train(Train(recipe=recipes[0], run=str(tmp_path / "small"))))
    start = newest_checkpoint(tmp_path / "small")
    begun = train(Train(recipe=recipes[1], run=str(tmp_path / "run"), start_from=str(start), steps=1))
    list(begun)
    one, other = (
        load_generator(path).sample((1,), sliders={}).pictures
        for path in (start, newest_checkpoint(tmp_path / "run"))
    )
    doubled = torch.nn.functional.interpolate(one, scale_factor=2, mode="bilinear")
    assert other.shape == (1, 3, 32, 32) and (other - doubled).abs().mean() < 0.1 * doubled.std()
    assert not (tmp_path / "run" / SMALLER).exists(), "there was a model to start from"


def test_a_run_that_was_stopped_at_half_the_size_goes_on_to_the_same(
    recipes: tuple[str, str], tmp_path: Path
) -> None:
    whole, halting = tmp_path / "whole", tmp_path / "halting"
    list(train(Train(recipe=recipes[1], run=str(whole))))
    ask = partial(Train, recipe=recipes[1], run=str(halting))
    list(train(ask(steps=1)))
    assert newest_checkpoint(halting) is None and newest_checkpoint(halting / SMALLER) is not None
    list(train(ask(steps=2, resume=True)))
    list(train(ask(resume=True)))
    one, other = load_file(checkpoint_path(whole, 2)), load_file(checkpoint_path(halting, 2))
    assert one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def test_a_recipe_that_cannot_grow_says_so_before_the_first_step(tmp_path: Path) -> None:
    small, large = tmp_path / "small.toml", tmp_path / "large.toml"
    small.write_text(RECIPE.format(name="small", first="", widths="4"))
    large.write_text(RECIPE.format(name="large", first=small, widths="8, 8"))
    with pytest.raises(RecipeError, match="large: does not grow from small"):
        next(iter(train(Train(recipe=str(large), run=str(tmp_path / "run")))))
    assert not (tmp_path / "run").exists()
