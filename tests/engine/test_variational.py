"""Variational autoencoders: losses by hand and against sampling, one batch learnt by heart, a run that is a model at once."""

from __future__ import annotations

import math
from pathlib import Path

import msgspec
import pytest
import torch
from safetensors.torch import load_file

from studio.engine.datasets import shanshui
from studio.engine.networks.discriminator import DiscriminatorShape
from studio.engine.networks.encoder import Aggregate, Encoder, EncoderShape
from studio.engine.networks.generator import GeneratorShape
from studio.engine.networks.load import load_generator
from studio.engine.training.checkpoint import TrainingState, checkpoint_path
from studio.engine.training.loop import train
from studio.engine.training.losses import RandomFeatures
from studio.engine.training.recipe import TrainingRecipe, check_recipe
from studio.engine.training.step import Batch, Way
from studio.engine.training.train import find_recipe
from studio.engine.training.variational import (
    encoded,
    freed,
    kl_divergence,
    likelihood,
    reparametrised,
    variational_step,
)
from studio.recipe import RecipeError

TINY = TrainingRecipe(
    name="tiny-vae",
    title="Tiny",
    batch=4,
    steps=4,
    warm_steps=3,
    warm_rate=0.01,
    precision="float32",
    generator_optimiser="muon",
    sample_count=4,
    sample_every=2,
    keep=1.0,
    generator=GeneratorShape(latent_size=6, style_size=16, mapping_layers=1, widths=(16, 12, 8)),
    discriminator=DiscriminatorShape(widths=(8, 12, 16)),
    encoder=EncoderShape(latent_size=6, widths=(8, 12, 16)),
)


def test_the_divergence_by_hand_and_by_sampling() -> None:
    mean, log_variance = torch.tensor([[1.0, 0.0]]), torch.tensor([[0.0, math.log(4.0)]])
    found = kl_divergence(mean, log_variance)
    assert found[0, 0].item() == pytest.approx(0.5)
    assert found[0, 1].item() == pytest.approx(0.5 * (4 - 1 - math.log(4)))
    own = torch.distributions.Normal(mean, (0.5 * log_variance).exp())
    draw = torch.randn(200_000, 2, generator=torch.Generator().manual_seed(2))
    z = reparametrised(mean, log_variance, draw)
    sampled = (own.log_prob(z) - torch.distributions.Normal(0.0, 1.0).log_prob(z)).mean(0)
    assert torch.allclose(sampled, found[0], atol=0.02)


def test_the_gradient_passes_through_the_draw() -> None:
    mean = torch.tensor([0.3, -1.0], requires_grad=True)
    log_variance = torch.tensor([0.0, 2.0], requires_grad=True)
    noise = torch.tensor([0.5, -2.0])
    reparametrised(mean, log_variance, noise).sum().backward()
    assert mean.grad is not None and log_variance.grad is not None
    assert mean.grad.tolist() == [1.0, 1.0]
    assert torch.allclose(log_variance.grad, 0.5 * torch.tensor([1.0, math.e]) * noise)


def test_the_likelihood_is_that_of_the_best_variance() -> None:
    """Of D numbers with squared error s: min over σ of Σ e²/2σ² + D log σ is D/2 (1 + log s)."""
    real = torch.zeros(2, 1, 2, 2)
    fake = torch.full_like(real, 0.5)
    assert likelihood(fake, real).item() == pytest.approx(0.5 * math.log(0.25))
    deviations = torch.linspace(0.2, 1.0, 81)
    each = 0.25 / (2 * deviations**2) + deviations.log()
    assert likelihood(fake, real).item() + 0.5 == pytest.approx(each.min().item(), abs=1e-4)
    assert math.isfinite(likelihood(real, real).item()), "a perfect picture is no infinity"


def test_what_is_free_has_no_gradient() -> None:
    divergence = torch.tensor([[0.1, 2.0], [0.3, 4.0]], requires_grad=True)
    total = freed(divergence, 0.25)
    total.backward()
    assert total.item() == pytest.approx(0.25 + 3.0)
    assert divergence.grad is not None and divergence.grad[:, 0].tolist() == [0.0, 0.0]
    assert divergence.grad[:, 1].tolist() == [0.5, 0.5]


def test_new_codes_have_the_moments_of_those_that_were_seen() -> None:
    draw = torch.Generator().manual_seed(4)
    mixing, middle = torch.tensor([[1.0, 0.0], [0.8, 0.3]]), torch.tensor([2.0, -1.0])
    seen = middle + torch.randn(50_000, 2, generator=draw) @ mixing.T
    codes = Aggregate(2)
    codes.follow(seen, torch.tensor([[0.01, 3.0]]), 1.0)
    made = codes.drawn(torch.randn(50_000, 2, generator=draw))
    assert torch.allclose(made.mean(0), middle, atol=0.02)
    assert torch.allclose(made.T.cov(), mixing @ mixing.T, atol=0.02)
    assert codes.active().tolist() == [1]


@pytest.mark.parametrize("network", ["residual", "dense"])
def test_an_encoder_of_classes(network: str) -> None:
    torch.manual_seed(1)
    shape = EncoderShape(latent_size=5, widths=(8, 12, 16), classes=2)
    if network == "dense":
        shape = EncoderShape(network="dense", latent_size=5, widths=(24, 12), side=16, classes=2)
    encoder, picture = Encoder(shape), torch.rand(3, 3, 16, 16) * 2 - 1
    kinds = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
    mean, log_variance = encoder(picture, kinds)
    assert mean.shape == log_variance.shape == (3, 5)
    (mean.sum() + log_variance.sum()).backward()
    for name, parameter in encoder.named_parameters():
        assert parameter.grad is not None and torch.isfinite(parameter.grad).all(), name


def test_one_batch_is_learnt_by_heart() -> None:
    recipe = msgspec.structs.replace(TINY, warm_steps=60, steps=61, warm_rate=0.02, beta=0.01)
    state, way = (
        TrainingState(recipe, torch.device("cpu")),
        Way(torch.float32, RandomFeatures(torch.device("cpu"))),
    )
    z = shanshui.latents(range(4))
    batch = Batch(z, shanshui.paint(z, 16) * 2 - 1)
    draw = torch.Generator().manual_seed(1)
    values = [variational_step(state, step, batch, draw, way) for step in range(60)]
    assert values[-1]["error"] < 0.5 * values[0]["error"]
    again = encoded(state, batch, draw, way)
    assert again.paired and again.z.shape == (4, 6)
    with torch.no_grad():
        error = (state.generator(again.z) - batch.real).square().mean().sqrt().item()
    assert error < 0.6 * values[0]["error"]


def test_a_run_is_a_model_with_a_slider_for_each_dimension(tmp_path: Path) -> None:
    events = list(train(TINY, data=None, run=tmp_path))
    model = load_generator(checkpoint_path(tmp_path, 4))
    assert events and model.card.kind == "vae" and model.card.sliders
    assert model.directions.shape == (len(model.card.sliders), 6)
    name = model.card.sliders[0].name
    plain, moved = (model.sample((1,), sliders=sliders).pictures for sliders in ({}, {name: 2.0}))
    assert plain.shape == (1, 3, 16, 16) and not torch.equal(plain, moved)
    picture = shanshui.paint(shanshui.latents((1,)), 16) * 2 - 1
    assert model.encode(picture).shape == (1, 6)
    with pytest.raises(ValueError, match="no encoder"):
        load_generator(Path("resources/models/shanshui-gan/model.safetensors")).encode(picture)


@pytest.mark.parametrize("stop", [2, 3])
def test_a_run_that_was_stopped_goes_on_to_the_same(tmp_path: Path, stop: int) -> None:
    list(train(TINY, data=None, run=tmp_path / "whole"))
    list(train(TINY, data=None, run=tmp_path / "halting", steps=stop))
    list(train(TINY, data=None, run=tmp_path / "halting", steps=4 - stop, resume=True))
    one, other = (load_file(checkpoint_path(tmp_path / run, 4)) for run in ("whole", "halting"))
    assert one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"encoder": EncoderShape(latent_size=5, widths=(8, 12, 16))}, "same latents"),
        ({"encoder": EncoderShape(latent_size=6, widths=(8, 16))}, "sees 8 pixels"),
        ({"warm_steps": 0}, "warm_steps"),
    ],
)
def test_an_encoder_that_does_not_fit_is_refused(change: dict, words: str) -> None:
    with pytest.raises(RecipeError, match=words):
        check_recipe(msgspec.structs.replace(TINY, **change))


@pytest.mark.parametrize("name", ["dense-vae", "slider-vae", "shanshui-vae"])
def test_the_recipes_with_an_encoder_are_valid(name: str) -> None:
    assert find_recipe(name).encoder is not None
