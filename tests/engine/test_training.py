"""Training: exact resume, checkpoints that are models, folders of any pictures, clear refusals."""

from __future__ import annotations

import itertools
import math
from collections.abc import Generator
from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from PIL import Image
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from studio import api
from studio.engine.datasets import shanshui
from studio.engine.datasets.listing import DataError
from studio.engine.failures import EngineError
from studio.engine.networks.discriminator import DiscriminatorShape
from studio.engine.networks.generator import Generator as StyleGenerator
from studio.engine.networks.generator import GeneratorShape
from studio.engine.networks.load import load_generator
from studio.engine.networks.upscaler import UpscalerShape
from studio.engine.training import train as training
from studio.engine.training.checkpoint import checkpoint_path, newest_checkpoint
from studio.engine.training.loop import train
from studio.engine.training.losses import (
    CHANGES,
    RandomFeatures,
    augmentation,
    augmented,
    layout,
    regression,
    relativistic,
)
from studio.engine.training.muon import orthogonal
from studio.engine.training.recipe import TrainingRecipe, find_recipe, read_recipe
from studio.engine.training.samples import mosaic_of
from studio.engine.training.train import shipped_weights
from studio.engine.training.upscale import new_upscaler, train_upscaler
from studio.engine.training.variations import varied
from studio.messages.events import Checkpoint, Progress, Sample, Squares
from studio.messages.pixels import Pixels
from studio.messages.requests import LOOKS, Train
from studio.messages.training import LOOK
from studio.recipe import RecipeError

TINY = TrainingRecipe(
    name="tiny-test",
    title="Tiny",
    batch=4,
    steps=6,
    warm_steps=2,
    warm_rate=0.01,
    precision="float32",
    penalty_every=2,
    keep=1.0,
    keep_fine=0.1,
    sample_every=100,
    sample_count=4,
    generator=GeneratorShape(style_size=16, mapping_layers=2, widths=(16, 12, 8)),
    discriminator=DiscriminatorShape(latent_size=48, widths=(8, 12, 16)),
)
FOLDER = msgspec.structs.replace(
    TINY,
    source="folder",
    warm_steps=0,
    augment=0.5,
    flip=True,
    discriminator=DiscriminatorShape(widths=(8, 12, 16)),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Pictures of several sizes and modes, in sub-folders, and files that are none."""
    place = tmp_path / "图片"
    (place / "below").mkdir(parents=True)
    random = np.random.default_rng(1)
    for index, mode in enumerate(("RGB", "L", "RGBA", "P", "CMYK", "1")):
        pixels = random.integers(0, 255, (20 + 7 * index, 31, 3), dtype=np.uint8)
        suffix = "jpg" if mode == "CMYK" else "png"
        Image.fromarray(pixels).convert(mode).save(place / "below" / f"{mode}.{suffix}")
    Image.fromarray(random.integers(0, 65535, (24, 24), dtype=np.uint16)).save(place / "deep.png")
    (place / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing more")
    (place / "empty.jpg").write_bytes(b"")
    (place / "notes.txt").write_text("not a picture")
    return place


def run_all(recipe: TrainingRecipe, **options) -> list:
    return list(train(recipe, **options))


@pytest.mark.parametrize("kind", ["rule", "folder"])
def test_a_resumed_run_equals_an_uninterrupted_one(tmp_path: Path, folder: Path, kind: str) -> None:
    recipe, data = (TINY, None) if kind == "rule" else (FOLDER, folder)
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    run_all(recipe, data=data, run=whole, steps=4, checkpoint_every=100)
    run_all(recipe, data=data, run=parts, steps=1, checkpoint_every=100)
    run_all(recipe, data=data, run=parts, steps=2, checkpoint_every=100, resume=True)
    run_all(recipe, data=data, run=parts, steps=1, checkpoint_every=100, resume=True)
    one, other = load_file(checkpoint_path(whole, 4)), load_file(checkpoint_path(parts, 4))
    assert one.keys() == other.keys()
    for name, value in one.items():
        assert torch.equal(value, other[name]), name


def test_a_checkpoint_comes_by_time_as_well_and_changes_no_step(tmp_path: Path, monkeypatch) -> None:
    clock = itertools.count(
        0.0, 25.0
    )  # each look at the clock is 25 s later: a minute is over every third step
    whole, timed = tmp_path / "whole", tmp_path / "timed"
    run_all(TINY, data=None, run=whole, steps=6, checkpoint_every=100)
    with monkeypatch.context() as patched:
        patched.setattr("studio.engine.training.loop.time.monotonic", lambda: next(clock))
        events = run_all(TINY, data=None, run=timed, steps=6, checkpoint_every=100, checkpoint_minutes=1.0)
    kept = [event.step for event in events if isinstance(event, Checkpoint)]
    assert kept == [3, 6]
    assert {3, 6} <= {event.step for event in events if isinstance(event, Sample)}, "with its pictures"
    one, other = load_file(checkpoint_path(whole, 6)), load_file(checkpoint_path(timed, 6))
    for name, value in one.items():
        assert torch.equal(value, other[name]), name


def test_events_and_files_of_a_run(tmp_path: Path) -> None:
    recipe = msgspec.structs.replace(TINY, sample_every=2)
    events = run_all(recipe, data=None, run=tmp_path, checkpoint_every=3)
    done = [event.done for event in events if isinstance(event, Progress)]
    assert [step for step, _ in itertools.groupby(done)] == list(range(7)), (
        "what a look tells comes after its step"
    )
    assert [event.step for event in events if isinstance(event, Sample)] == [2, 4, 6]
    checkpoints = [event for event in events if isinstance(event, Checkpoint)]
    assert [Path(event.path).name for event in checkpoints] == [
        "step-00000003.safetensors",
        "step-00000006.safetensors",
    ]
    assert checkpoints[-1].pictures_seen == 24
    assert newest_checkpoint(tmp_path) == Path(checkpoints[-1].path)
    grid = next(event.pixels.array() for event in events if isinstance(event, Sample))
    assert grid.shape == (32, 32, 3) and grid.std() > 0
    assert not list(tmp_path.rglob("*.part"))


def test_a_checkpoint_is_a_model(tmp_path: Path) -> None:
    run_all(TINY, data=None, run=tmp_path, steps=1)
    model = load_generator(checkpoint_path(tmp_path, 1))
    assert model.card.steps == 1 and model.card.pictures_seen == 4
    assert model.sample((1,), sliders={}).pictures.shape == (1, 3, 16, 16)
    assert model.generator.mean_w.abs().sum() > 0


def test_stopping_a_run_writes_its_checkpoint(tmp_path: Path) -> None:
    running = train(TINY, data=None, run=tmp_path)
    assert isinstance(running, Generator)
    while not (isinstance(event := next(running), Progress) and event.done == 2):
        pass
    running.close()
    assert newest_checkpoint(tmp_path) == checkpoint_path(tmp_path, 2)


def test_warm_start_learns(tmp_path: Path) -> None:
    recipe = msgspec.structs.replace(TINY, warm_steps=60, steps=60, batch=8)
    events = run_all(recipe, data=None, run=tmp_path)
    losses = [event.values["regression"] for event in events if isinstance(event, Progress) and event.values]
    assert sum(losses[-10:]) < 0.7 * sum(losses[:10])


def test_a_folder_without_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=str(tmp_path)):
        run_all(FOLDER, data=tmp_path, run=tmp_path / "run")
    with pytest.raises(DataError, match="folder"):
        run_all(FOLDER, data=None, run=tmp_path / "run")


def test_a_checkpoint_to_start_from_is_refused_in_plain_words(tmp_path: Path) -> None:
    run_all(TINY, data=None, run=tmp_path, steps=1)
    start, broken = checkpoint_path(tmp_path, 1), tmp_path / "broken.safetensors"
    with safe_open(start, "pt") as file:
        metadata = file.metadata()
    tensors = load_file(start)
    name = next(one for one in tensors if one.startswith("discriminator") and tensors[one].ndim > 1)
    tensors[name][0] = math.nan
    save_file(tensors, broken, metadata)
    with pytest.raises(RecipeError, match=f"no numbers at tensor “{name}”"):
        run_all(TINY, data=None, run=tmp_path / "a", steps=1, resume=True, start=broken)
    wider = msgspec.structs.replace(
        TINY, name="wider", generator=GeneratorShape(style_size=8, mapping_layers=2, widths=(16, 12, 8))
    )
    with pytest.raises(RecipeError, match="take tiny-test or another model") as refused:
        run_all(wider, data=None, run=tmp_path / "b", steps=1, resume=True, start=start)
    assert "state_dict" not in str(refused.value)


def test_a_pickle_to_start_from_is_called_one(tmp_path: Path) -> None:
    torch.save({"weight": torch.ones(2)}, tmp_path / "model.safetensors")
    request = Train(
        recipe="shanshui-gan", run=str(tmp_path / "run"), start_from=str(tmp_path / "model.safetensors")
    )
    with pytest.raises(EngineError, match="Python pickle") as refused:
        list(api.ask(request))
    assert refused.value.kind == "model_unsafe" and refused.value.file.endswith("model.safetensors")


def test_a_checkpoint_of_other_networks_is_refused(tmp_path: Path) -> None:
    run_all(TINY, data=None, run=tmp_path, steps=1)
    other = msgspec.structs.replace(
        TINY, generator=GeneratorShape(style_size=8, mapping_layers=2, widths=(16, 12, 8))
    )
    with pytest.raises(RecipeError, match="step-00000001"):
        run_all(other, data=None, run=tmp_path, steps=1, resume=True)
    checkpoint_path(tmp_path, 2).write_bytes(b"broken")
    with pytest.raises(RecipeError, match="step-00000002"):
        run_all(TINY, data=None, run=tmp_path, steps=1, resume=True)


def test_shipped_recipes_are_valid() -> None:
    for name in ("shanshui-gan", "tiny"):
        assert find_recipe(name).name == name
    with pytest.raises(RecipeError, match="shanshui-gan"):
        find_recipe("no-such-recipe")


@pytest.mark.parametrize(
    "line", ["batch = 0", "batch = 'many'", "unknown = 1", "[generator", "warm_rate = 7.0"]
)
def test_a_wrong_recipe_names_its_file(tmp_path: Path, line: str) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(f'name = "wrong"\ntitle = "Wrong"\n{line}\n')
    with pytest.raises(RecipeError, match=r"wrong\.toml"):
        read_recipe(path)


def test_losses_are_zero_only_for_the_same_picture() -> None:
    torch.manual_seed(0)
    picture, features = torch.rand(2, 3, 16, 16) * 2 - 1, RandomFeatures(torch.device("cpu"))
    assert regression(picture, picture, features, torch.float32) == 0 == layout(picture, picture)
    assert regression(picture, picture.flip(3), features, torch.float32) > 0.1 < layout(picture, -picture)
    assert relativistic(torch.full((2,), 3.0), torch.full((2,), -3.0)) < 0.01


def test_augmentation_is_the_same_for_the_same_generator_and_keeps_gradients() -> None:
    picture = (torch.rand(4, 3, 16, 16) * 2 - 1).requires_grad_(True)
    one = augmented(picture, augmentation(len(picture), 1.0, torch.Generator().manual_seed(1)))
    other = augmented(picture, augmentation(len(picture), 1.0, torch.Generator().manual_seed(1)))
    assert torch.equal(one, other) and not torch.allclose(one, picture)
    one.sum().backward()
    assert picture.grad is not None and picture.grad.abs().sum() > 0
    assert augmented(picture, augmentation(len(picture), 0.0, torch.Generator())) is picture


def only(column: int, value: float, count: int = CHANGES) -> torch.Tensor:
    return torch.zeros(1, count).index_fill(1, torch.tensor([column]), value)


def test_each_augmentation_does_what_it_is_called() -> None:
    picture = (torch.rand(1, 3, 32, 32, generator=torch.Generator().manual_seed(4)) * 2 - 1) * 0.3
    assert torch.allclose(augmented(picture, torch.zeros(1, CHANGES)), picture, atol=1e-5), (
        "0 leaves it as it is"
    )
    steeper = augmented(picture, only(4, 1.0))
    assert torch.allclose(steeper.mean(), picture.mean(), atol=1e-5)
    assert float(steeper.std() / picture.std()) == pytest.approx(1.5, rel=1e-4)
    dot = torch.full((1, 1, 32, 32), -1.0).expand(1, 3, 32, 32).clone()
    dot[..., 15:17, 28] = 1.0  # 12.5 pixels to the right of the middle
    white = (augmented(dot, only(5, 1.0))[0, 0] > -0.5).nonzero().float().mean(0)
    assert float(white[1]) == pytest.approx(15.5 + 12.5 * 2**0.2, abs=0.7), "larger by 2^0.2"
    turned = (augmented(dot, only(6, 1.0))[0, 0] > 0.3).nonzero().float().mean(0)
    assert abs(float(turned[0]) - 15.5) == pytest.approx(12.5 * math.sin(math.radians(10)), abs=0.7)


def test_a_square_of_half_the_side_is_cut_out_where_it_is_drawn() -> None:
    picture = torch.ones(2, 4, 16, 16)
    change = torch.zeros(2, CHANGES + 3)
    change[1, -1] = 1.0  # in the middle
    looked = augmented(picture, change)
    assert torch.allclose(looked[0], picture[0], atol=1e-5)
    assert float((looked[1, 0] == 0).double().sum()) == 64 and bool((looked[1, :, 4:12, 4:12] == 0).all())
    drawn = augmentation(400, 0.5, torch.Generator().manual_seed(3), cutout=True)
    assert drawn is not None and drawn.shape == (400, CHANGES + 3)
    assert 0.4 < float(drawn[:, -1].mean()) < 0.6 and 0.4 < float((drawn[:, 4] != 0).double().mean()) < 0.6
    plain = augmentation(400, 0.5, torch.Generator().manual_seed(3))
    assert plain is not None and torch.equal(plain, drawn[:, :CHANGES])


def test_variations_are_shown_as_the_discriminator_sees_them() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (16, 32, 3), dtype=np.uint8)
    squares = Squares(file="a.png", count=2, pixels=Pixels.of(pixels))
    found = varied(squares, 1.0, cutout=True)
    row = found.pixels.array()
    assert row.shape == (16, 16 * LOOKS, 3) and (row[:, :16] == pixels[:, :16]).all()
    assert all((row[:, 16 * n : 16 * n + 16] != pixels[:, :16]).any() for n in range(1, LOOKS))
    assert varied(squares, 1.0, cutout=True) == found


def test_muon_steps_are_nearly_orthogonal() -> None:
    torch.manual_seed(0)
    for shape in ((8, 24), (24, 8)):
        singular = torch.linalg.svdvals(orthogonal(torch.randn(shape)))
        assert singular.min() > 0.5 and singular.max() < 1.4


def test_the_upscaler_learns() -> None:
    upscaler = new_upscaler(UpscalerShape(factor=2, width=8, blocks=1))
    z = shanshui.latents(range(8))
    small, large = shanshui.paint(z, 16) * 2 - 1, shanshui.paint(z, 32) * 2 - 1

    def error() -> float:
        with torch.no_grad():
            return float((upscaler(small) - large).abs().mean())

    before = error()
    options = {"size": 16, "steps": 80, "regression_steps": 76, "batch": 4, "crop": 16, "pool": 48}
    events = list(train_upscaler(upscaler, None, dtype=torch.float32, **options))
    assert error() < 0.95 * before
    assert "judge" in events[-1].values


@pytest.mark.parametrize("stops", [(1,), (13, 9), (29,)])
def test_an_enlargement_that_was_stopped_goes_on_to_the_same_weights(
    tmp_path: Path, stops: tuple[int, ...]
) -> None:
    """With its discriminator, its optimisers, and the stock of pictures, which is painted again."""
    options = {"size": 8, "steps": 60, "regression_steps": 10, "batch": 4, "crop": 8, "pool": 20}
    shape = UpscalerShape(factor=2, width=8, blocks=1)
    whole, halting, kept = new_upscaler(shape), new_upscaler(shape), tmp_path / "kept.safetensors"
    list(train_upscaler(whole, None, dtype=torch.float32, **options))
    done = 0
    for stop in stops:
        steps = train_upscaler(halting, None, dtype=torch.float32, kept=kept, **options)
        assert isinstance(steps, Generator)
        while next(steps).done < done + stop:
            pass
        steps.close()
        done += stop
        halting = new_upscaler(shape, seed=5)  # another process
    told = [event.done for event in train_upscaler(halting, None, dtype=torch.float32, kept=kept, **options)]
    assert told[-1] == 60 and [one for one in told if one > done] == list(range(done + 1, 61))
    for name, value in whole.state_dict().items():
        assert torch.equal(value, halting.state_dict()[name]), name


def test_a_mosaic_holds_all_pictures() -> None:
    pictures = torch.linspace(-1, 1, 5).view(5, 1, 1, 1).expand(5, 3, 4, 4)
    mosaic = mosaic_of(pictures)
    assert mosaic.shape == (8, 12, 3)
    assert [int(mosaic[y, x, 0]) for y, x in ((0, 0), (0, 4), (0, 8), (4, 0), (4, 4))] == [
        0,
        64,
        128,
        191,
        255,
    ]


def test_training_goes_on_from_the_shipped_weights(tmp_path: Path) -> None:
    recipe = find_recipe("shanshui-gan")
    shipped = shipped_weights(recipe)
    assert shipped is not None
    quick = msgspec.structs.replace(recipe, batch=2, sample_count=1, precision="float32")
    events = run_all(quick, data=None, run=tmp_path, steps=1, resume=True, start=shipped)
    before, after = load_generator(shipped), load_generator(newest_checkpoint(tmp_path))
    assert events[0].done == before.card.steps and after.card.steps == before.card.steps + 1
    assert after.card.pictures_seen == before.card.pictures_seen + 2
    new, old = after.generator, before.generator
    assert isinstance(new, StyleGenerator)
    assert isinstance(old, StyleGenerator)
    moved = (new.plan.weight - old.plan.weight).abs().mean()
    assert 0 < moved < 0.1 * old.plan.weight.abs().mean()


def test_what_learns_on_keeps_sliders_and_enlargement(tmp_path: Path) -> None:
    recipe = find_recipe("shanshui-gan")
    shipped = shipped_weights(recipe)
    assert shipped is not None
    quick = msgspec.structs.replace(recipe, batch=2, sample_count=1, precision="float32")
    run_all(quick, data=None, run=tmp_path, steps=1, resume=True, start=shipped)
    run_all(quick, data=None, run=tmp_path, steps=1, resume=True, start=shipped)
    before, after = load_generator(shipped), load_generator(newest_checkpoint(tmp_path))
    assert after.card.steps == before.card.steps + 2
    for field in ("sliders", "pinned", "learned_size", "parameters"):
        assert getattr(after.card, field) == getattr(before.card, field), field
    assert "learning" in after.card.abilities
    assert torch.equal(after.directions, before.directions)
    assert after.generator.shape.truncation == before.generator.shape.truncation
    moved = {"mist": 2.0}
    one, other = (model.sample((3,), sliders=moved, variety=0.7).pictures for model in (before, after))
    assert one.shape == other.shape == (1, 3, 256, 256)
    assert (one - other).abs().mean() < 0.1, "two steps are two steps"


def test_a_run_from_nothing_has_nothing_to_keep(tmp_path: Path) -> None:
    run_all(TINY, data=None, run=tmp_path, steps=1)
    names = load_file(checkpoint_path(tmp_path, 1)).keys()
    assert not any(name.startswith("upscaler") or name == "directions" for name in names)


def test_a_checkpoint_that_cannot_be_kept_is_told_when_a_run_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def steps(*_: object, **__: object) -> Generator[Progress, None, None]:
        try:
            yield Progress(done=1, total=2)
        except GeneratorExit:
            raise OSError(28, "No space left on device") from None

    monkeypatch.setattr(training, "loop", steps)
    run = training.train(Train(recipe="shanshui-gan-64", run=str(tmp_path)))
    assert isinstance(run, Generator)
    assert next(run) == Progress(done=1, total=2)
    with pytest.raises(OSError, match="No space"):
        run.close()


@pytest.mark.parametrize(
    "held",
    [
        "checkpoints/step-00000004.safetensors",
        "smaller/checkpoints/step-00000002.safetensors",
        "detail-learning.safetensors",
    ],
)
def test_a_folder_that_holds_another_run_is_left_as_it_is(tmp_path: Path, folder: Path, held: str) -> None:
    run = tmp_path / "run"
    (run / held).parent.mkdir(parents=True)
    (run / held).write_bytes(b"learnt in a night")
    with pytest.raises(EngineError, match="holds a training already"):
        list(api.ask(Train(recipe="tiny", data=str(folder), run=str(run), steps=1)))
    assert [path for path in run.rglob("*") if path.is_file()] == [run / held]
    assert (run / held).read_bytes() == b"learnt in a night"


def test_sample_pictures_come_when_they_are_asked_for_and_change_no_step(tmp_path: Path) -> None:
    whole, looked = tmp_path / "whole", tmp_path / "looked"
    run_all(TINY, data=None, run=whole, steps=3)
    running, events = train(TINY, data=None, run=looked, steps=3), []
    looked.mkdir()
    for event in running:
        events.append(event)
        if isinstance(event, Progress) and event.done == 1 and len(events) < 3:
            (looked / LOOK).touch()
    assert [one.step for one in events if isinstance(one, Sample)] == [1, 3]
    assert [one.step for one in events if isinstance(one, Checkpoint)] == [3] and not (looked / LOOK).exists()
    one, other = load_file(checkpoint_path(whole, 3)), load_file(checkpoint_path(looked, 3))
    assert all(torch.equal(value, other[name]) for name, value in one.items())
