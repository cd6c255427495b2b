"""A picture is found in a model: nearer than any seed, with sliders that move it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch

from studio.engine.context import Context
from studio.engine.latent import projection
from studio.engine.latent.mixing import style_of
from studio.engine.latent.projection import searched, target_of
from studio.engine.networks.build import new_generator
from studio.engine.networks.generator import GeneratorShape
from studio.engine.networks.load import load_generator
from studio.engine.networks.model import GanModel
from studio.engine.run import run
from studio.messages.events import Failed, Finished, Picture, Progress
from studio.messages.requests import Generate, Part, Project
from tests.engine.conftest import CARD


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projection, "STARTS", 4)


def picture_of(request: Generate) -> Picture:
    return next(one for one in run(request, Context()) if isinstance(one, Picture))


def search(**fields) -> Project:
    pixels = picture_of(Generate(model="tiny", seeds=(5000,), size=32, variety=0.9)).pixels.array()
    known = {"pixels": pixels.tobytes(), "shape": pixels.shape, "steps": 24}
    return Project(model="tiny", **{**known, **fields})


def test_a_picture_of_the_model_is_found_again(tiny: Path) -> None:
    events = list(run(search(), Context()))
    told = [one.values["difference"] for one in events if isinstance(one, Progress) and one.values]
    film = [one for one in events if isinstance(one, Picture)]
    assert isinstance(events[-1], Finished)
    assert len(told) == 25 and told[-1] == min(told) < 0.7 * told[0], "far nearer than the nearest seed"
    assert [one.index for one in film] == list(range(0, 25, 2))
    assert film[-1].real_size == 32
    assert {len(one.latent) for one in film} == {4 * 8, 3 * 4 * 8}, "at last with a style for each band"
    assert told == sorted(told, reverse=True), "what is shown on the way is the nearest so far"


def test_what_was_found_is_made_again_and_moved(tiny: Path) -> None:
    film = [one for one in run(search(steps=4), Context()) if isinstance(one, Picture)]
    part = Part(seed=film[-1].seed, weight=1.0, code=film[-1].latent)
    asked = Generate(model="tiny", seeds=(part.seed,), parts=(part,), variety=1.0, size=32)
    assert picture_of(asked).pixels == film[-1].pixels
    assert picture_of(msgspec.structs.replace(asked, sliders={"mist": 0.0})).pixels == film[-1].pixels
    assert picture_of(msgspec.structs.replace(asked, sliders={"mist": 2.0})).pixels != film[-1].pixels
    model = load_generator(tiny)
    w = style_of(model, asked, part.seed)
    z = model.latents((part.seed,))
    moved = style_of(model, msgspec.structs.replace(asked, sliders={"mist": 2.0}), part.seed)
    way = model.styles(z, {"mist": 2.0}, 1.0) - model.styles(z, {}, 1.0)
    assert torch.allclose(moved - w, way, atol=1e-6), "its sliders are those of the seed it began at"
    calm = style_of(model, msgspec.structs.replace(asked, variety=0.0), part.seed)
    assert torch.allclose(calm, model.styles(z, {}, 0.0), atol=1e-6)


def test_the_same_search_finds_the_same(tiny: Path) -> None:
    one, other = ([e for e in run(search(steps=2), Context()) if isinstance(e, Picture)] for _ in range(2))
    assert [e.latent for e in one] == [e.latent for e in other]


@pytest.mark.parametrize(
    ("channels", "network"), [(1, "style"), (4, "style"), (3, "dense")], ids=["grey", "alpha", "dense"]
)
def test_any_generator_is_searched(channels: int, network: str) -> None:
    torch.manual_seed(1)
    shape = GeneratorShape(
        network=network, latent_size=4, style_size=4, mapping_layers=1, widths=(8, 8), channels=channels, side=8 * (network == "dense"),
        classes=2,
    )  # fmt: skip
    card = msgspec.structs.replace(CARD, size=8, learned_size=8, sliders=(), classes=("a", "b"))
    model = GanModel(card, new_generator(shape), None, torch.zeros(0, 4))
    pixels = np.random.default_rng(1).integers(0, 255, (12, 20, 4), np.uint8)
    steps = list(searched(model, pixels, 4, 1, "a"))
    assert steps[-1].difference <= steps[0].difference and steps[-1].w.isfinite().all()
    if network == "dense":
        assert torch.equal(steps[-1].w[:, 4:], steps[0].w[:, 4:]), "the class is what was asked for"


def test_the_middle_square_counts_and_nothing_is_white(tiny: Path) -> None:
    model = load_generator(tiny)
    pixels = np.zeros((8, 16, 4), np.uint8)
    pixels[:, 4:12] = 255
    assert torch.allclose(target_of(pixels, model), torch.ones(1, 3, 16, 16))
    pixels[:, 4:12] = (0, 0, 0, 0)
    assert torch.allclose(target_of(pixels, model), torch.ones(1, 3, 16, 16))
    half = np.full((4, 4, 4), (0, 0, 0, 128), np.uint8)
    assert torch.allclose(target_of(half, model), torch.full((1, 3, 16, 16), 2 * 127 / 255 - 1), atol=1e-6)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"shape": (3, 3, 3)}, "do not fit"),
        ({"label": "梅"}, "梅"),
        ({"steps": 0}, "steps"),
        ({"shape": (4,)}, "do not fit"),
    ],
)
def test_what_cannot_be_looked_for_is_said(tiny: Path, fields: dict, words: str) -> None:
    failed = list(run(search(**fields), Context()))[-1]
    assert isinstance(failed, Failed) and failed.kind == "bad_request"
    assert words in failed.message.format(**failed.arguments)


def test_a_code_of_another_model_is_said(tiny: Path) -> None:
    asked = Generate(model="tiny", seeds=(1,), parts=(Part(seed=1, weight=1.0, code=b"12345678"),))
    failed = list(run(asked, Context()))[-1]
    assert isinstance(failed, Failed) and "2 numbers does not fit" in failed.message.format(
        **failed.arguments
    )
