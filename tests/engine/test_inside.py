"""Inside the networks: which layers are told, filters as they are, maps of the picture that is drawn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from msgspec.structs import replace

from studio.engine.context import Context
from studio.engine.evaluation.inside import filters_of, insides, signed_mosaic
from studio.engine.networks.layers import Linear
from studio.engine.run import run
from studio.engine.training.checkpoint import TrainingState, save_checkpoint
from studio.engine.training.recipe import TrainingRecipe
from studio.messages.events import Failed, Finished, Insides, Progress
from studio.messages.requests import LookInside, MakeSet
from studio.paths import embedded_models
from tests.engine.test_lessons import PAIRS
from tests.engine.test_variational import CONVOLUTIONS, TINY


def checkpoint(path: Path, recipe: TrainingRecipe) -> Path:
    state = TrainingState(recipe, torch.device("cpu"))
    state.classes = tuple("abc"[: recipe.generator.classes])
    return save_checkpoint(state, path / "step-00000001.safetensors", "cpu")


@pytest.mark.parametrize("name", ["dense", "dcgan", "style"])
def test_layers_of_both_networks_in_the_order_of_their_work(tmp_path: Path, name: str) -> None:
    drawn, judged = replace(PAIRS[name][0], channels=1), replace(PAIRS[name][1], channels=1)
    recipe = TrainingRecipe(
        name="x", title="X", batch=4, precision="float32", generator=drawn, discriminator=judged
    )
    told = insides(checkpoint(tmp_path, recipe), 1)
    kinds = {(one.network, one.layer.partition("-")[0]) for one in told.layers}
    wanted = "dense" if name == "dense" else "convolution"
    assert ("generator", wanted) in kinds and ("discriminator", wanted) in kinds
    assert told.picture.shape == (drawn.size, drawn.size, 3)
    assert any(one.maps.array().max() == 255 for one in told.layers)
    again = insides(checkpoint(tmp_path, recipe), 2)
    assert again.picture.data != told.picture.data
    assert [one.filters for one in again.layers] == [one.filters for one in told.layers]
    assert any(one.maps != other.maps for one, other in zip(again.layers, told.layers, strict=True))


def test_an_encoder_is_looked_into_and_a_judge_that_never_learns_is_not(tmp_path: Path) -> None:
    recipe = replace(TINY, warm_steps=4, **CONVOLUTIONS)
    told = insides(checkpoint(tmp_path, recipe), 1)
    assert {one.network for one in told.layers} == {"generator", "encoder"}


def test_filters_are_the_weights() -> None:
    edge = torch.nn.Conv2d(2, 1, 3)
    with torch.no_grad():
        edge.weight[0, 0] = 0.1
        edge.weight[0, 1] = torch.tensor([[-1.0, 0.0, 1.0]] * 3)
    found = filters_of(edge, 8)
    assert found is not None and torch.equal(found[0], edge.weight[0, 1])
    sheet = signed_mosaic(found)
    assert sheet.shape == (3, 3, 3) and sheet[0, :, 0].tolist() == [1, 128, 255]
    dense, other = Linear(64, 5), Linear(10, 5)
    seen = filters_of(dense, 8)
    assert seen is not None and torch.equal(seen, dense.weight.detach().view(5, 8, 8))
    assert filters_of(other, 8) is None


def test_both_requests_and_their_failures(tmp_path: Path) -> None:
    context = Context(device="cpu")
    events = list(run(MakeSet(rule="digits", folder=str(tmp_path / "数字"), count=6, side=16), context))
    assert isinstance(events[-1], Finished) and len(list((tmp_path / "数字").glob("*/*.png"))) == 6
    assert sum(isinstance(one, Progress) for one in events) == 6
    (failed,) = run(MakeSet(rule="letters", folder=str(tmp_path)), context)
    assert (
        isinstance(failed, Failed) and failed.kind == "bad_request" and "digits" in failed.arguments["reason"]
    )
    model = str(embedded_models() / "shanshui-gan" / "model.safetensors")
    told = [one for one in run(LookInside(model=model), context) if isinstance(one, Insides)]
    assert len(told) == 1 and np.ptp(told[0].picture.array()) > 50
    broken = tmp_path / "x.safetensors"
    broken.write_bytes(b"no model")
    *_, failed = run(LookInside(model=str(broken)), context)
    assert isinstance(failed, Failed) and failed.file == str(broken)
