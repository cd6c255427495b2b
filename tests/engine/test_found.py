"""Directions read from the weights: found where they are known to be, neutral at 0, ranked without repeats."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import torch

from studio.engine.context import Context
from studio.engine.latent.found import closed_form, found_directions, principal_directions
from studio.engine.latent.ranking import by_examples, rank
from studio.engine.networks.build import new_generator
from studio.engine.networks.generator import GeneratorShape
from studio.engine.networks.load import load_generator
from studio.engine.run import run
from studio.filters.kind import finished
from studio.messages.events import Directions, Failed, LearntDirection, Picture
from studio.messages.models import ModelCard, is_found, is_own
from studio.messages.requests import (
    BANDS,
    FindDirections,
    Generate,
    LearnDirection,
    Part,
    Request,
    Station,
)
from tests.engine.conftest import CARD, write_model

BARE = msgspec.structs.replace(CARD, sliders=())


def test_principal_components_are_the_axes_with_their_deviations() -> None:
    z = torch.randn(20_000, 3, generator=torch.Generator().manual_seed(1))
    turn, _ = torch.linalg.qr(torch.randn(3, 3, generator=torch.Generator().manual_seed(2)))
    found = principal_directions(z * torch.tensor([4.0, 2.0, 0.0]) @ turn + 7, 3).float()
    assert len(found) == 2, "nothing varies along the third"
    assert torch.allclose(found.norm(dim=1), torch.tensor([4.0, 2.0]), rtol=0.03)
    likeness = torch.cosine_similarity(found, turn[:2])
    assert torch.all(likeness.abs() > 0.999)


def test_the_closed_form_is_what_the_first_weights_pass_on_most() -> None:
    """Rows of length 1: AᵀA = diag(2, 1, 0) by hand, and the last number, a class, never varies."""
    weights = torch.tensor([[5.0, 0, 0, 9], [-0.1, 0, 0, 9], [0, 3, 0, 9], [0, 0, 0, 9]])
    w = torch.randn(5000, 4, generator=torch.Generator().manual_seed(3)) * torch.tensor([1.0, 3, 1, 0])
    found = closed_form(weights, w, 4).float()
    wanted = torch.tensor([[w[:, 0].std().item(), 0, 0, 0], [0, w[:, 1].std().item(), 0, 0]])
    assert torch.allclose(found, wanted, atol=1e-5)


@pytest.mark.parametrize("network", ["style", "dense", "dcgan", "few"])
def test_every_network_has_directions_that_leave_its_class_alone(network: str) -> None:
    shape = GeneratorShape(
        network=network, latent_size=6, style_size=8, mapping_layers=1, widths=(8, 8, 8, 8), classes=3,
        side=16 if network == "dense" else 0,
    )  # fmt: skip
    torch.manual_seed(1)
    found = found_directions(new_generator(shape))
    assert found and all(map(is_found, found))
    assert all(torch.isfinite(one).all() for one in found.values())
    assert ("pca-1" in found) == (network == "style")
    if network != "style":
        assert all(float(one[6:].abs().max()) < 1e-6 for one in found.values())


def test_a_found_direction_is_neutral_at_0_and_adds_up(tmp_path: Path) -> None:
    write_model(tmp_path / "m.safetensors")
    model = load_generator(tmp_path / "m.safetensors")
    z = model.latents((1, 2))
    plain, move = model.styles(z, {}, 0.7), model.found["pca-1"]
    assert torch.equal(model.styles(z, {"pca-1": 0.0}, 0.7), plain)
    assert torch.allclose(model.styles(z, {"pca-1": 2.0}, 0.7), plain + 2 * move)
    both = model.styles(z, {"pca-1": 1.0, "mist": 1.0, "form-2": -1.0}, 0.7)
    turned = model.styles(z, {"form-2": -1.0, "mist": 1.0, "pca-1": 1.0}, 0.7)
    assert torch.allclose(both, turned, atol=1e-6)


def test_the_strongest_come_first_and_none_twice(tmp_path: Path) -> None:
    write_model(tmp_path / "m.safetensors", BARE)
    model = load_generator(tmp_path / "m.safetensors")
    strong = model.found["pca-1"]
    model.found = {"pca-3": 0.3 * strong, "pca-1": strong, "pca-2": -strong, "form-1": 0 * strong}
    ranked = finished(rank(model, 8))
    assert [one.name for one in ranked] in (["pca-1"], ["pca-2"])
    assert ranked[0].change > 0.5


def test_what_a_direction_changes_with_others_is_told(tmp_path: Path) -> None:
    """Half of it is the other one: near the cosine of 45°, and told of both."""
    write_model(tmp_path / "m.safetensors", BARE)
    model = load_generator(tmp_path / "m.safetensors")
    one, two = model.found["pca-1"], model.found["pca-3"]
    model.found = {"pca-1": one, "pca-2": two}
    alone = {each.name: each.also for each in finished(rank(model, 8))}
    model.found = {"pca-1": one, "pca-2": two + one * two.norm() / one.norm()}
    mixed = {each.name: each.also for each in finished(rank(model, 8))}
    assert mixed["pca-1"] == {"pca-2": mixed["pca-2"]["pca-1"]}
    assert mixed["pca-1"]["pca-2"] > max(0.4, alone["pca-1"]["pca-2"] + 0.2)


def events_of(request, card: ModelCard, home: Path) -> list:
    path = home / "data" / "models" / "tiny.safetensors"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_model(path, card)
    return list(run(request, Context()))


def test_a_model_without_sliders_is_asked_and_moved_by_what_is_found(home: Path) -> None:
    events = events_of(FindDirections(model="tiny", count=3), BARE, home)
    found = next(one for one in events if isinstance(one, Directions))
    assert 1 <= len(found.names) <= 3 and list(found.changes) == sorted(found.changes, reverse=True)
    for amount in (0.0, 2.0):
        request = Generate(model="tiny", seeds=(4,), sliders={found.names[0]: amount}, size=32)
        plain = Generate(model="tiny", seeds=(4,), size=32)
        made = [
            next(one for one in events_of(each, BARE, home) if isinstance(one, Picture))
            for each in (request, plain)
        ]
        assert (made[0].pixels == made[1].pixels) == (amount == 0)


def test_a_name_that_a_small_model_does_not_have_is_refused(home: Path) -> None:
    events = events_of(Generate(model="tiny", seeds=(4,), sliders={"pca-10": 1.0}, size=32), CARD, home)
    failed = events[-1]
    assert isinstance(failed, Failed) and failed.kind == "bad_request"
    assert failed.arguments["slider"] == "pca-10" and "pca-1" in failed.arguments["sliders"]


# ── taught by examples ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_direction_by_examples_tells_the_two_kinds_apart(tiny: Path) -> None:
    """Pictures to one side of a plane in style space are wanted: new ones are told apart by the direction, and the slider leads there."""
    model = load_generator(tiny)
    w = model.styles(model.latents(tuple(range(200))), {}, 0.7)
    asked = torch.randn(w.shape[1], generator=torch.Generator().manual_seed(2))
    side = (w - w.mean(0)) @ asked
    yes = tuple(Station(seed=seed) for seed in range(100) if side[seed] > 0)[:10]
    no = tuple(Station(seed=seed) for seed in range(100) if side[seed] <= 0)[:10]
    vector, change, also = by_examples(model, yes, no)
    guessed = (w[100:] - w.mean(0)) @ vector
    right = ((guessed > 0) == (side[100:] > 0)).float().mean()
    assert right > 0.75 and change > 0
    assert also.keys() <= {slider.name for slider in model.card.sliders}
    assert all(0 <= part <= 1 for part in also.values())
    along = ((w - w.mean(0)) @ (vector / vector.norm())).std()
    own = model.styles(model.latents(tuple(range(400))), {}, 1.0)
    whole = ((own - own.mean(0)) @ (vector / vector.norm())).std()
    assert along < float(vector.norm()) < 1.3 * whole, "an amount of 1 is a standard deviation of w"


def learnt(tiny: Path) -> LearntDirection:
    yes, no = (tuple(Station(seed=seed) for seed in seeds) for seeds in ((1, 2, 3), (4, 5, 6)))
    events = list(run(LearnDirection(model="tiny", yes=yes, no=no), Context()))
    (found,) = [one for one in events if isinstance(one, LearntDirection)]
    return found


def test_its_slider_moves_pictures_and_is_neutral_at_nothing(tiny: Path) -> None:
    found = learnt(tiny)
    assert is_own(found.name) and found == learnt(tiny)

    def made(amount: float, **fields):
        request = Generate(
            model="tiny", seeds=(9,), size=32, sliders={found.name: amount}, vectors={found.name: found.vector}, **fields
        )  # fmt: skip
        return next(one.pixels for one in run(request, Context()) if isinstance(one, Picture))

    plain = next(
        one.pixels
        for one in run(Generate(model="tiny", seeds=(9,), size=32), Context())
        if isinstance(one, Picture)
    )
    assert made(0.0) == plain != made(2.0)
    part = Part(seed=9, weight=1.0)
    assert made(2.0, parts=(part,)) == made(2.0)
    banded = tuple(Part(seed=9, weight=1.0, band=band, sliders={found.name: 1.5}) for band in BANDS)
    assert made(0.5, parts=(part, *banded)) == made(2.0)


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (Generate(model="tiny", seeds=(1,), sliders={"own-00000000": 1.0}), "own-00000000"),
        (
            Generate(model="tiny", seeds=(1,), sliders={"own-1": 1.0}, vectors={"own-1": b"1234"}),
            "2 numbers does not fit",
        ),
        (LearnDirection(model="tiny", yes=(Station(seed=1),), no=()), "either kind"),
        (LearnDirection(model="tiny", yes=(Station(seed=1),), no=(Station(seed=1),)), "are the same"),
        (
            LearnDirection(model="tiny", yes=(Station(seed=1, sliders={"fog": 1.0}),), no=(Station(seed=2),)),
            "fog",
        ),
    ],
)
def test_what_is_no_direction_is_said(tiny: Path, request_: Request, words: str) -> None:
    failed = list(run(request_, Context()))[-1]
    assert isinstance(failed, Failed) and failed.kind == "bad_request"
    assert words in failed.message.format(**failed.arguments)
