"""The networks of lessons and folders: shapes, gradients, one batch learnt by heart, classes, alpha, losses by hand."""

from __future__ import annotations

import math
from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from studio.engine.datasets.folder import FolderSource
from studio.engine.datasets.listing import DataError
from studio.engine.datasets.pack import packed
from studio.engine.networks.build import new_discriminator, new_generator
from studio.engine.networks.discriminator import DiscriminatorShape
from studio.engine.networks.few import FewDiscriminator, FewGenerator
from studio.engine.networks.generator import GeneratorShape, code_of
from studio.engine.networks.load import load_generator
from studio.engine.networks.model import straight
from studio.engine.training.checkpoint import TrainingState, newest_checkpoint
from studio.engine.training.loop import train
from studio.engine.training.losses import (
    RandomFeatures,
    augmentation,
    augmented,
    drawing_loss,
    gradient_penalties,
    judge_loss,
)
from studio.engine.training.recipe import TrainingRecipe, check_recipe, find_recipe
from studio.engine.training.step import MOST_AUGMENTED, Batch, Way, _adapt, adversarial_step
from studio.messages.data import Decisions
from studio.recipe import RecipeError
from tests.long_form import thinned

PAIRS = {
    "style": (
        GeneratorShape(latent_size=6, style_size=16, mapping_layers=2, widths=(16, 12, 12, 8), classes=3),
        DiscriminatorShape(widths=(8, 12, 12, 16), classes=3),
    ),
    "dense": (
        GeneratorShape(network="dense", latent_size=6, widths=(32, 48), side=20, channels=1, classes=3),
        DiscriminatorShape(network="dense", widths=(48, 32), side=20, channels=1, classes=3),
    ),
    "dcgan": (
        GeneratorShape(network="dcgan", latent_size=6, widths=(24, 16, 12), channels=4, classes=3),
        DiscriminatorShape(network="dcgan", widths=(12, 16, 24), channels=4, classes=3),
    ),
    "few": (
        GeneratorShape(network="few", latent_size=6, widths=(16, 16, 12, 12, 8), classes=3),
        DiscriminatorShape(network="few", widths=(8, 12, 12, 16, 16), classes=3),
    ),
}


def networks(name: str):
    torch.manual_seed(3)
    drawn, judged = PAIRS[name]
    return new_generator(drawn), new_discriminator(judged), drawn


def codes(shape: GeneratorShape, count: int = 6) -> torch.Tensor:
    z = torch.randn(count, shape.latent_size, generator=torch.Generator().manual_seed(5))
    return code_of(z, torch.arange(count) % shape.classes, shape.classes)


@pytest.mark.parametrize("name", PAIRS)
def test_shapes_and_gradients(name: str) -> None:
    generator, judge, shape = networks(name)
    code = codes(shape)
    picture = generator(code)
    assert picture.shape == (6, shape.channels, shape.size, shape.size)
    verdict = judge(picture, code)
    assert verdict.shape == (6,)
    verdict.sum().backward()
    for network in (generator, judge):
        for part, parameter in network.named_parameters():
            if not part.startswith(("redraw", "redrawn")):  # those learn from real pictures alone
                assert parameter.grad is not None, part
                assert torch.isfinite(parameter.grad).all(), part


@pytest.mark.parametrize("name", thinned(PAIRS, 2))
def test_one_batch_is_learnt_by_heart(name: str) -> None:
    generator, judge, shape = networks(name)
    code = codes(shape)
    side, draw = shape.size, torch.Generator().manual_seed(7)
    coarse = torch.rand(6, shape.channels, 4, 4, generator=draw) * 1.6 - 0.8
    goal = torch.nn.functional.interpolate(coarse, size=(side, side), mode="bilinear")
    optimiser = torch.optim.Adam(generator.parameters(), lr=5e-3)
    losses = []
    for _ in range(150):
        loss = (generator(code) - goal).square().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    assert losses[-1] < 0.1 * losses[0]
    other = torch.randn(goal.shape, generator=draw)
    optimiser = torch.optim.Adam(judge.parameters(), lr=2e-3)
    for _ in range(60):
        loss = judge_loss("logistic", judge(goal, code), judge(other, code))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    assert (judge(goal, code) > 0).all()
    assert (judge(other, code) < 0).all()


@pytest.mark.parametrize("name", PAIRS)
def test_the_class_that_is_told_counts(name: str) -> None:
    generator, judge, shape = networks(name)
    generator.eval()
    judge.eval()
    z = torch.randn(1, shape.latent_size).expand(2, -1)
    one, other = (code_of(z, torch.full((2,), kind), shape.classes) for kind in (0, 2))
    assert not torch.allclose(generator(one), generator(other))
    picture = generator(one).detach()
    assert not torch.allclose(judge(picture, one), judge(picture, other))


def test_losses_by_hand() -> None:
    real, fake = torch.tensor([0.5, -1.0]), torch.tensor([0.0, 2.0])

    def soft(x: float) -> float:
        return math.log(1 + math.exp(x))

    hand = {
        "relativistic": ((soft(-0.5) + soft(3.0)) / 2, (soft(0.5) + soft(-3.0)) / 2),
        "logistic": (
            (soft(-0.5) + soft(1.0)) / 2 + (soft(0.0) + soft(2.0)) / 2,
            (soft(0.0) + soft(-2.0)) / 2,
        ),
        "hinge": ((0.5 + 2.0) / 2 + (1.0 + 3.0) / 2, -1.0),
    }
    for kind, (judged, drawn) in hand.items():
        assert judge_loss(kind, real, fake).item() == pytest.approx(judged, rel=1e-6)
        assert drawing_loss(kind, real, fake).item() == pytest.approx(drawn, rel=1e-6)


def test_penalties_by_hand() -> None:
    """Realness 3 a + b² has the gradient (3, 2 b): 9 + 4 b², in the mean over a batch."""
    real, fake = (
        torch.tensor(values).view(-1, 1, 1, 2).requires_grad_()
        for values in ([[5.0, 0.5], [1.0, -1.0]], [[0.0, 2.0], [0.0, 0.0]])
    )
    both = torch.cat([real, fake])
    found = gradient_penalties((3 * both[..., 0] + both[..., 1].square()).sum((1, 2)), (real, fake))
    assert [one.item() for one in found] == [9 + 4 * (0.25 + 1.0) / 2, 9 + 4 * (4.0 + 0.0) / 2]


def test_penalties_in_sixteen_bits_point_the_same_way() -> None:
    """What the judge learns from them, against float32: bfloat16 keeps eight bits of each number, not of the sum."""
    _, judge, shape = networks("style")
    code = codes(shape)
    picture = torch.rand(
        6, shape.channels, shape.size, shape.size, generator=torch.Generator().manual_seed(2)
    )
    learnt = []
    for dtype in (torch.float32, torch.bfloat16):
        judge.zero_grad()
        shown = picture.clone().requires_grad_()
        gradient_penalties(judge(shown, code, dtype), (shown,))[0].backward()
        learnt.append(torch.cat([one.grad.flatten() for one in judge.parameters() if one.grad is not None]))
    exact, short = learnt
    assert torch.nn.functional.cosine_similarity(exact, short, dim=0) > 0.999
    assert short.norm().item() == pytest.approx(exact.norm().item(), rel=0.03)


def test_verdict_and_penalties_come_from_one_look_in_the_precision_of_the_recipe(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn, judged = PAIRS["style"]
    recipe = TrainingRecipe(
        name="one-look", title="One look", batch=4, steps=1, precision="bfloat16", gamma=1.0, penalty_every=1,
        generator=drawn, discriminator=judged,
    )  # fmt: skip
    state = TrainingState(recipe, torch.device("cpu"))
    looks: list[tuple[int, torch.dtype]] = []
    look = state.discriminator.forward

    def looked(picture: torch.Tensor, code: torch.Tensor, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        looks.append((len(picture), dtype))
        return look(picture, code, dtype)

    monkeypatch.setattr(state.discriminator, "forward", looked)
    way = Way(torch.bfloat16, RandomFeatures(torch.device("cpu")))
    real = torch.zeros(4, drawn.channels, drawn.size, drawn.size)
    values = adversarial_step(state, 0, Batch(codes(drawn, 4), real), torch.Generator().manual_seed(1), way)
    assert values["r1"] > 0
    assert values["r2"] > 0
    assert looks == [(8, torch.bfloat16), (4, torch.bfloat16), (4, torch.bfloat16)]


def test_a_judge_that_redraws_learns_to() -> None:
    _, judge, shape = networks("few")
    assert isinstance(judge, FewDiscriminator)
    draw = torch.Generator().manual_seed(1)
    picture = torch.nn.functional.interpolate(
        torch.rand(4, 3, 8, 8, generator=draw) * 2 - 1, size=(shape.size, shape.size), mode="bilinear"
    )
    code = codes(shape, 4)
    optimiser = torch.optim.Adam(judge.parameters(), lr=5e-3)
    losses = []
    for _ in range(80):
        loss = judge.reconstruction(picture, code)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    assert losses[-1] < 0.3 * losses[0]


def test_excitation_is_a_factor_per_channel() -> None:
    generator, _, _ = networks("few")
    assert isinstance(generator, FewGenerator)
    excitation = generator.excitations[0]
    coarse, fine = torch.randn(2, 16, 4, 4), torch.randn(2, 8, 64, 64)
    factor = excitation(coarse, fine) / fine
    assert torch.allclose(factor, factor[:, :, :1, :1].expand_as(factor), atol=1e-5)
    assert ((factor > 0) & (factor < 1)).all()


def test_alpha_is_not_recoloured() -> None:
    picture = torch.zeros(8, 4, 16, 16)
    picture[:, 3] = 1.0
    looked = augmented(picture, augmentation(len(picture), 1.0, torch.Generator().manual_seed(2)))
    inside = looked[:, :, 6:10, 6:10]
    assert torch.allclose(inside[:, 3], torch.ones(()), atol=1e-5)
    assert (inside[:, :3].abs() > 0.01).any()


def test_premultiplied_becomes_straight() -> None:
    drawn = torch.tensor([0.25, 0.5, 0.0, 0.5]).view(1, 4, 1, 1) * 2 - 1
    wanted = torch.tensor([0.5, 1.0, 0.0, 0.5]).view(1, 4, 1, 1) * 2 - 1
    assert torch.allclose(straight(drawn), wanted, atol=1e-6)
    assert straight(torch.zeros(2, 1, 4, 4)).shape == (2, 3, 4, 4)


# ---- a folder with sub-folders


@pytest.fixture
def flowers(tmp_path: Path) -> Path:
    random = np.random.default_rng(2)
    for kind, colour in (("梅", (220, 40, 60)), ("竹", (40, 160, 80)), ("兰", (80, 80, 220))):
        (tmp_path / "花" / kind).mkdir(parents=True)
        for number in range(4):
            pixels = np.full((40, 40, 4), (*colour, 255), np.uint8)
            pixels[..., :3] += random.integers(0, 30, (40, 40, 3), dtype=np.uint8)
            pixels[:8] = 0
            Image.fromarray(pixels).save(tmp_path / "花" / kind / f"{number}.png")
    return tmp_path / "花"


def recipe_of(name: str, **more) -> TrainingRecipe:
    drawn, judged = (msgspec.structs.replace(shape, classes=0) for shape in PAIRS[name])
    values = {
        "name": name,
        "title": name,
        "source": "folder",
        "batch": 4,
        "steps": 4,
        "precision": "float32",
        "penalty_every": 1,
        "sample_every": 100,
        "sample_count": 4,
        "by_class": True,
        "generator": drawn,
        "discriminator": judged,
        "redraw": 1.0 if name == "few" else 0.0,
        **more,
    }
    return check_recipe(TrainingRecipe(**values))


@pytest.mark.parametrize("name", PAIRS)
def test_a_resumed_run_equals_an_uninterrupted_one(tmp_path: Path, flowers: Path, name: str) -> None:
    recipe = recipe_of(name, adapt=0.6, augment=0.3)
    list(train(recipe, data=flowers, run=tmp_path / "whole"))
    list(train(recipe, data=flowers, run=tmp_path / "parts", steps=2))
    list(train(recipe, data=flowers, run=tmp_path / "parts", steps=2, resume=True))
    whole, parts = (newest_checkpoint(tmp_path / run) for run in ("whole", "parts"))
    assert whole is not None
    assert parts is not None
    first, second = load_file(whole), load_file(parts)
    assert first.keys() == second.keys()
    assert all(torch.equal(first[key], second[key]) for key in first)


@pytest.mark.parametrize("name", PAIRS)
def test_a_checkpoint_is_a_model_that_can_be_asked_for_a_class(
    tmp_path: Path, flowers: Path, name: str
) -> None:
    list(train(recipe_of(name), data=flowers, run=tmp_path / "run"))
    path = newest_checkpoint(tmp_path / "run")
    assert path is not None
    model = load_generator(path)
    assert model.card.classes == ("兰", "梅", "竹")
    assert "classes" in model.card.abilities
    channels = 4 if name == "dcgan" else 3
    made = [model.sample((1, 2), sliders={}, label=label).pictures for label in model.card.classes]
    assert made[0].shape == (2, channels, model.card.size, model.card.size)
    assert not torch.equal(made[0], made[1])
    assert torch.equal(model.sample((2,), sliders={}, label="梅").pictures[0], made[1][1])
    with pytest.raises(ValueError, match="菊"):
        model.sample((1,), sliders={}, label="菊")


def source_of(folder: Path, cache: Path, by_class: bool = True, **decided) -> FolderSource:
    steps = packed(folder, None, Decisions(side=16, **decided), cache)
    try:
        while True:
            next(steps)
    except StopIteration as end:
        return FolderSource(end.value, 6, mirror=False, by_class=by_class)


def test_classes_are_sub_folders_in_order(flowers: Path, tmp_path: Path) -> None:
    source = source_of(flowers, tmp_path)
    assert source.classes == ("兰", "梅", "竹")
    code, pictures = source.batch(32, torch.Generator().manual_seed(1))
    assert code.shape == (32, 9)
    blue = pictures[code[:, 6] == 1][:, :, 8:].mean((0, 2, 3))
    assert blue[2] > blue[0]


def test_folders_without_classes_are_refused(tmp_path: Path, flowers: Path) -> None:
    with pytest.raises(DataError, match="two or more"):
        source_of(flowers / "梅", tmp_path)
    Image.new("RGB", (20, 20), "red").save(flowers / "beside.png")
    with pytest.raises(DataError, match="two or more"):
        source_of(flowers, tmp_path, included=("beside.png",))


@pytest.mark.parametrize(("ink", "channels"), [("grey", 1), ("colour", 3), ("alpha", 4)])
def test_pictures_have_the_channels_that_are_learnt(
    tmp_path: Path, flowers: Path, ink: str, channels: int
) -> None:
    source = source_of(flowers, tmp_path, by_class=False, ink=ink)
    _, pictures = source.batch(4, torch.Generator().manual_seed(1))
    assert pictures.shape == (4, channels, 16, 16)
    top, bottom = pictures[:, :, 0], pictures[:, -1, -1]
    assert (top == (-1 if channels == 4 else 1)).all()
    assert channels != 4 or (bottom == 1).all()


# ---- recipes


def test_augmentation_follows_the_judge() -> None:
    state = TrainingState(recipe_of("dense", adapt=0.6), torch.device("cpu"))
    for _ in range(10):
        _adapt(state, 1.0)
    assert state.augment == pytest.approx(10 * 4 / 500_000)
    _adapt(state, 0.2)
    assert state.augment == pytest.approx(9 * 4 / 500_000)
    state.augment = MOST_AUGMENTED
    _adapt(state, 1.0)
    assert state.augment == MOST_AUGMENTED


@pytest.mark.parametrize(
    "name",
    [
        "dense-gan",
        "dcgan",
        "digits-gan",
        "studio-gan-sketch",
        "studio-gan-studio",
        "studio-gan-gallery",
        "few-gan",
    ],
)
def test_recipes_that_ship_can_be_read(name: str) -> None:
    recipe = find_recipe(name)
    assert recipe.name == name
    assert recipe.title_zh


def test_sizes_of_the_recipes() -> None:
    sizes = {
        "dense-gan": 28, "dcgan": 64, "digits-gan": 32, "studio-gan-sketch": 64, "studio-gan-studio": 128, "studio-gan-gallery": 256,
        "few-gan": 128,
    }  # fmt: skip
    for name, size in sizes.items():
        recipe = find_recipe(name)
        assert recipe.generator.size == size
        with torch.device("meta"):
            picture = torch.zeros(2, recipe.generator.channels, size, size)
            assert new_discriminator(recipe.discriminator)(picture).shape == (2,)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"discriminator": PAIRS["dcgan"][1]}, "needs a few discriminator"),
        ({"precision": "bfloat16"}, "float32"),
        ({"discriminator": msgspec.structs.replace(PAIRS["few"][1], channels=4)}, "same channels"),
    ],
)
def test_parts_that_do_not_fit_are_refused(change: dict, sentence: str) -> None:
    recipe = msgspec.structs.replace(recipe_of("few"), **change)
    with pytest.raises(RecipeError, match=sentence):
        check_recipe(recipe)


@pytest.mark.parametrize("name", PAIRS)
def test_two_classes_are_mixed_along_their_styles(tmp_path: Path, flowers: Path, name: str) -> None:
    list(train(recipe_of(name), data=flowers, run=tmp_path / "run"))
    path = newest_checkpoint(tmp_path / "run")
    assert path is not None
    model = load_generator(path)

    def made(label: str, toward: str = "", blend: float = 0.0) -> torch.Tensor:
        return model.sample((1, 2), sliders={}, label=label, toward=toward, blend=blend).pictures

    assert torch.equal(made("兰", "竹", 0.0), made("兰"))
    assert torch.equal(made("兰", "竹", 1.0), made("竹"))
    half = made("兰", "竹", 0.5)
    assert not torch.equal(half, made("兰"))
    assert not torch.equal(half, made("竹"))
    z = model.latents((1, 2))
    ends = [model.styles(z, {}, 0.7, label) for label in ("兰", "竹")]
    between = model.styles(z, {}, 0.7, "兰", "竹", 0.25)
    assert torch.allclose(between, 0.75 * ends[0] + 0.25 * ends[1], atol=1e-6)
    with pytest.raises(ValueError, match="菊"):
        made("兰", "菊", 0.5)


@pytest.mark.parametrize("fields", [{"label": "菊"}, {"toward": "菊", "blend": 0.5}])
def test_a_class_that_the_model_lacks_is_told_with_those_it_has(
    tmp_path: Path, flowers: Path, fields: dict
) -> None:
    from studio.engine.context import Context
    from studio.engine.failures import EngineError
    from studio.engine.generate import generate
    from studio.engine.library.catalog import Catalog
    from studio.messages.requests import Generate

    list(train(recipe_of("dense"), data=flowers, run=tmp_path / "run"))
    path = newest_checkpoint(tmp_path / "run")
    entry = Catalog().find(str(path))
    with pytest.raises(EngineError, match="兰, 梅, 竹"):
        list(generate(Generate(model="x", seeds=(1,), **fields), entry, Context()))
