"""Variational autoencoders: losses by hand and against sampling, one batch learnt by heart, a run that is a model at once."""

from __future__ import annotations

import math
from pathlib import Path

import msgspec
import pytest
import torch
import torch.nn.functional as functional
from safetensors.torch import load_file

from studio.engine.datasets import conditions, shanshui
from studio.engine.library.giving import check
from studio.engine.networks.discriminator import DiscriminatorShape
from studio.engine.networks.encoder import Aggregate, ClassReader, Encoder, EncoderShape
from studio.engine.networks.generator import GeneratorShape
from studio.engine.networks.load import load_generator
from studio.engine.networks.packing import packed, part_of
from studio.engine.networks.sharpness import fineness
from studio.engine.training.checkpoint import TrainingState, checkpoint_path
from studio.engine.training.loop import train
from studio.engine.training.losses import RandomFeatures
from studio.engine.training.recipe import TrainingRecipe, check_recipe, find_recipe, tuned
from studio.engine.training.step import Batch, Way
from studio.engine.training.train import train as run
from studio.engine.training.variational import (
    freed,
    kl_divergence,
    legible,
    likelihood,
    reparametrised,
    sharpening_step,
    variational_step,
)
from studio.engine.training.watch import References, Seen
from studio.messages.events import Checkpoint
from studio.messages.requests import Train
from studio.messages.training import Tuning, Warned, changed
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


@pytest.mark.parametrize("network", ["residual", "dense", "conv"])
def test_an_encoder_of_classes(network: str) -> None:
    torch.manual_seed(1)
    shape = EncoderShape(latent_size=5, widths=(8, 12, 16), classes=2)
    if network == "dense":
        shape = EncoderShape(network="dense", latent_size=5, widths=(24, 12), side=16, classes=2)
    if network == "conv":
        shape = EncoderShape(network="conv", latent_size=5, widths=(8, 12), classes=2)
    assert shape.size == 16
    encoder, picture = Encoder(shape), torch.rand(3, 3, 16, 16) * 2 - 1
    kinds = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
    mean, log_variance = encoder(picture, kinds)
    assert mean.shape == log_variance.shape == (3, 5)
    (mean.sum() + log_variance.sum()).backward()
    for name, parameter in encoder.named_parameters():
        assert parameter.grad is not None and torch.isfinite(parameter.grad).all(), name


CONVOLUTIONS = {
    "generator": GeneratorShape(network="dcgan", latent_size=6, widths=(32, 24)),
    "discriminator": DiscriminatorShape(network="dcgan", widths=(12, 16)),
    "encoder": EncoderShape(network="conv", latent_size=6, widths=(24, 32)),
}
"""The networks of conv-vae, small."""


@pytest.mark.parametrize(("networks", "steps"), [({}, 60), (CONVOLUTIONS, 90)], ids=["style", "conv"])
def test_one_batch_is_learnt_by_heart(networks: dict, steps: int) -> None:
    recipe = msgspec.structs.replace(
        TINY, warm_steps=steps, steps=steps + 1, warm_rate=0.02, beta=0.01, **networks
    )
    recipe = check_recipe(recipe)
    state, way = (
        TrainingState(recipe, torch.device("cpu")),
        Way(torch.float32, RandomFeatures(torch.device("cpu"))),
    )
    z = shanshui.latents(range(4))
    batch = Batch(z, shanshui.paint(z, 16) * 2 - 1)
    draw = torch.Generator().manual_seed(1)
    first = variational_step(state, 0, batch, draw, way)
    last = [variational_step(state, step, batch, draw, way) for step in range(1, steps)][-1]
    assert last["error"] < 0.5 * first["error"]
    before = (
        {name: value.clone() for name, value in state.encoder.state_dict().items()} if state.encoder else {}
    )
    values = sharpening_step(state, steps, batch, draw, way)
    assert values["layout"] > 0 and state.encoder is not None
    assert any(not torch.equal(before[name], value) for name, value in state.encoder.state_dict().items())
    with torch.no_grad():
        mean, _ = state.encoder(batch.real)
        error = (state.generator(mean) - batch.real).square().mean().sqrt().item()
    assert error < 0.6 * first["error"]


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


@pytest.mark.parametrize("name", ["dense-vae", "conv-vae", "slider-vae", "shanshui-vae"])
def test_the_recipes_with_an_encoder_are_valid(name: str) -> None:
    assert find_recipe(name).encoder is not None


OF_CLASSES = msgspec.structs.replace(
    TINY,
    source="conditions",
    generator=msgspec.structs.replace(TINY.generator, classes=24),
    discriminator=msgspec.structs.replace(TINY.discriminator, classes=24),
    encoder=EncoderShape(latent_size=6, widths=(8, 12, 16), classes=24),
)


WRITTEN = """
name = "tiny-cvae"
title = "Tiny"
source = "conditions"
batch = 4
steps = 4
warm_steps = 3
precision = "float32"
sample_count = 4
sample_every = 2
[generator]
latent_size = 6
style_size = 16
mapping_layers = 1
classes = 24
widths = [16, 12, 8]
[discriminator]
classes = 24
widths = [8, 12, 16]
[encoder]
latent_size = 6
classes = 24
widths = [8, 12, 16]
"""


def test_what_can_be_read_of_a_class_by_hand() -> None:
    reader = ClassReader(2, 3)
    with torch.no_grad():
        for parameter in reader.parameters():
            parameter.zero_()
        reader.answer.bias.copy_(torch.tensor([1.0, 0.0, 0.0]).log1p())
    kinds = torch.tensor([[1.0, 0, 0], [0, 1.0, 0]])
    expected = math.log(4) - 0.5 * math.log(2)  # shares ½, ¼, ¼
    assert legible(reader, torch.zeros(2, 2), kinds).item() == pytest.approx(expected)

    read = -(math.log(0.5) + 2 * math.log(0.25)) / 3 - math.log(3)
    assert reader.confusion(torch.zeros(2, 2)).item() == pytest.approx(read)

    torch.manual_seed(1)
    reader, z = ClassReader(2, 3), torch.randn(2, 2, requires_grad=True)
    confusion = reader.confusion(z)
    confusion.backward()
    assert z.grad is not None and all(parameter.grad is None for parameter in reader.parameters())
    assert reader.confusion(z - 0.01 * z.grad) < confusion


def test_codes_are_taught_to_say_nothing_of_the_class() -> None:
    """Of codes that may say the class and of such that may not, the second leave a reader of their own worse off."""
    left = []
    for weight in (0.0, 2000.0):
        recipe = msgspec.structs.replace(
            OF_CLASSES, warm_steps=60, steps=61, warm_rate=0.02, beta=0.01, independence=max(weight, 1e-6)
        )
        state = TrainingState(recipe, torch.device("cpu"))
        way = Way(torch.float32, RandomFeatures(torch.device("cpu")))
        z = shanshui.latents(range(24))
        kinds = torch.arange(24) % 3 * 9
        pictures = conditions.paint(z, kinds, 16) * 2 - 1
        code = torch.cat([torch.zeros(24, 6), functional.one_hot(kinds, 24).float()], 1)
        draw = torch.Generator().manual_seed(1)
        values = [
            variational_step(state, step, Batch(code, pictures), draw, way)["legible"] for step in range(60)
        ]
        left.append(sum(values[-20:]) / 20)
    assert left[1] > left[0] + 0.2


def test_a_run_of_conditions_is_a_model_of_classes_in_few_bytes(tmp_path: Path) -> None:
    (tmp_path / "tiny.toml").write_text(WRITTEN)
    request = Train(recipe=str(tmp_path / "tiny.toml"), run=str(tmp_path / "run"))
    events = [one for one in run(request) if isinstance(one, Checkpoint)]
    assert events[-1].path == str(tmp_path / "run" / "model.safetensors")
    model = load_generator(events[-1].path)
    assert model.card.classes == conditions.CLASSES and "classes" in model.card.abilities
    assert model.card.class_titles[4].title_zh == "水墨 · 夏 · 暮"
    assert (tmp_path / "run" / "preview.png").exists()
    one, other = (
        model.sample((1,), sliders={}, label=label).pictures
        for label in ("ink-spring-day", "ink-winter-night")
    )
    assert one.shape == (1, 3, 16, 16) and not torch.equal(one, other)
    check(events[-1].path)
    whole = load_generator(checkpoint_path(tmp_path / "run", 4))
    picture = shanshui.paint(shanshui.latents((1,)), 16) * 2 - 1
    first, other = (one.encode(picture, "ink-spring-day", refinements=0) for one in (model, whole))
    near = first - other
    assert near.abs().max() < 0.03 * first.abs().max()


def test_eight_bits_are_half_a_step_away_at_most() -> None:
    torch.manual_seed(1)
    large, small = torch.randn(64, 80) * torch.logspace(-4, 2, 64)[:, None], torch.randn(7)
    kept = packed({"net.large": large, "net.small": small})
    assert kept["net.large"].dtype == torch.int8 and torch.equal(kept["net.small"], small)
    found = part_of(kept, "net")
    assert found.keys() == {"large", "small"}
    assert ((found["large"] - large).abs() <= large.abs().amax(1, keepdim=True) * (0.5 / 127 + 1e-6)).all()


def test_conditions_are_painted_as_they_are_asked_for() -> None:
    z = shanshui.latents(range(6))
    draw = torch.Generator().manual_seed(3)
    source = conditions.ConditionsSource(16, 6)
    code, pictures = source.batch(5, draw)
    assert code.shape == (5, 30) and pictures.shape == (5, 3, 16, 16) and (code[:, 6:].sum(1) == 1).all()
    by_word = {
        word: conditions.paint(z, torch.full((6,), conditions.CLASSES.index(word)), 32)
        for word in (
            "ink-summer-day",
            "ink-summer-night",
            "ink-autumn-day",
            "ink-winter-day",
            "blue-green-summer-day",
        )
    }
    plain = by_word["ink-summer-day"]
    assert (by_word["ink-summer-night"].mean((1, 2, 3)) < plain.mean((1, 2, 3)) - 0.15).all()
    assert by_word["ink-winter-day"].mean() > plain.mean() + 0.01

    def redness(picture: torch.Tensor) -> torch.Tensor:
        return (picture[:, 0] - picture[:, 2]).mean((1, 2))

    assert (redness(by_word["ink-autumn-day"]) > redness(plain)).all()
    assert (redness(by_word["blue-green-summer-day"]) != redness(plain)).all()
    words = conditions.words_of(torch.arange(24))
    assert [tuple(row) for row in words.tolist()] == [
        (a, b, c) for a in range(2) for b in range(4) for c in range(3)
    ]


def test_fine_detail_is_compared_by_its_strength_alone() -> None:
    torch.manual_seed(1)
    grain = torch.rand(1, 3, 32, 32) * 0.4
    assert fineness(grain, grain).item() == 0
    moved = fineness(grain.roll(1, 3), grain).item()  # the same grain elsewhere
    blurred = fineness(functional.avg_pool2d(grain, 3, 1, 1), grain).item()
    assert moved < 0.2 * blurred
    flat = torch.zeros(1, 3, 10, 10)
    spot = flat.clone()
    spot[..., 4, 4] = 1.0  # of 8 × 8 differences one is −4 and four are 1
    expected = math.sqrt(20 / 64 + 1e-4) - 0.01
    assert fineness(spot, flat).item() == pytest.approx(expected, rel=1e-4)


def test_refined_codes_draw_a_picture_better_and_each_on_its_own(tmp_path: Path) -> None:
    list(train(TINY, data=None, run=tmp_path))
    model = load_generator(checkpoint_path(tmp_path, 4))
    pictures = shanshui.paint(shanshui.latents((1, 2)), 16) * 2 - 1

    def error(z: torch.Tensor) -> torch.Tensor:
        with torch.no_grad():
            return (model.generator(z) - pictures).square().mean((1, 2, 3))

    first, refined = model.encode(pictures, refinements=0), model.encode(pictures)
    assert (error(refined) < error(first)).all() and not refined.requires_grad
    assert torch.allclose(model.encode(pictures[1:]), refined[1:], atol=1e-4)


def test_an_encoder_of_classes_sees_what_differs_from_the_usual_of_the_class() -> None:
    torch.manual_seed(1)
    encoder = Encoder(EncoderShape(latent_size=5, widths=(8, 12, 16), classes=2))
    kinds = torch.tensor([[1.0, 0.0], [0.0, 1.0]] * 8)
    level = kinds @ torch.tensor([0.8, -0.8])
    noise = torch.randn(16, 3, 16, 16)
    for step in range(20):  # a light class and a dark one
        encoder.follow(level.view(-1, 1, 1, 1) + 0.1 * noise.roll(step, 0), kinds)
    assert encoder.seen.tolist() == [160.0, 160.0]
    picture = 0.1 * torch.randn(1, 3, 16, 16)
    light, dark = (encoder(picture + one, kinds[n : n + 1])[0] for n, one in enumerate((0.8, -0.8)))
    swapped = encoder(picture + 0.8, kinds[1:2])[0]
    told = encoder.answer.weight[:5, -2:]
    assert (light - told[:, 0] - dark + told[:, 1]).abs().max() < 0.3 * (swapped - dark).abs().max()


def test_codes_that_say_nothing_are_told_with_what_to_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    active = iter([0, 2, 0, 0, 0, 0, 0])
    monkeypatch.setattr(Aggregate, "active", lambda self: torch.arange(next(active)))
    monkeypatch.setattr(References, "look", lambda *_: Seen(1.0, -1.0))
    monkeypatch.setattr("studio.engine.training.watch.PAINTED", 2)
    recipe = msgspec.structs.replace(TINY, batch=1, steps=7, warm_steps=7, sample_every=1, sample_count=1)
    monkeypatch.setattr("studio.engine.training.loop._keep", lambda *_, **__: Checkpoint(step=7, path=""))
    events = train(recipe, data=None, run=tmp_path)
    warned = [event for event in events if isinstance(event, Warned) and event.trouble == "codes_empty"]
    assert [event.step for event in warned] == [6], "the fourth look in a row, and once"
    cheaper = changed(Tuning(), "codes_empty")
    assert cheaper.divergence == 0.25 and tuned(recipe, cheaper).beta == recipe.beta / 4
