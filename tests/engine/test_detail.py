"""Detail networks: shapes and gradients, tiles without seams, the same grain for a seed, learning that goes on, and what is refused."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
import torch.nn.functional as functional
from PIL import Image
from safetensors.torch import load_file

from studio.engine.context import Context
from studio.engine.datasets.listing import DataError
from studio.engine.datasets.rules import scenes
from studio.engine.detail.chance import white
from studio.engine.detail.enlarge import LARGEST, enlarged, tiles_of
from studio.engine.detail.file import DetailCard, load_detail, ship
from studio.engine.detail.grain import Grain
from studio.engine.failures import EngineError
from studio.engine.library import details
from studio.engine.library.catalog import Catalog
from studio.engine.networks.detail import FACTOR, Detail, DetailShape, bicubic
from studio.engine.run import run
from studio.engine.training import detail as learning
from studio.engine.training import train as training
from studio.engine.training.detail import DetailRecipe, detail_recipe, train_detail
from studio.messages.events import Checkpoint, DetailLearnt, Failed, Finished, Picture, Progress
from studio.messages.models import GIFT
from studio.messages.requests import (
    AddDetail,
    ExportModel,
    Generate,
    ImportModel,
    LearnDetail,
    Train,
)
from studio.recipe import RecipeError

SHAPE = DetailShape(width=8, blocks=1)
TINY = DetailRecipe(
    name="tiny-detail", title="Tiny", batch=2, crop=32, steps=4, pictures=4, precision="float32", network=SHAPE
)  # fmt: skip


TAPS = np.zeros((7, 7))
TAPS[3, 3] = 20**-0.5
GRAIN = Grain(even=0.002, sensor=1.0, active=0.1, least=0.0, most=0.01, taps=tuple(TAPS.ravel().tolist()))


def network(seed: int = 3) -> Detail:
    """Untrained, its grain as strong as what it draws."""
    torch.manual_seed(seed)
    made = Detail(SHAPE)
    with torch.no_grad():
        made.closing.weight *= 10
    return made.eval()


def whole(steps) -> np.ndarray:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def all_of(request) -> list:
    return list(run(request, Context(device="cpu")))


@pytest.fixture
def small() -> np.ndarray:
    return scenes.draw(4, 64).pixels[:40, :52].copy()


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """Seven pictures large enough to learn from, one too small, one broken."""
    folder = tmp_path / "扫描"
    folder.mkdir()
    scene = scenes.draw(4, 32).pixels
    for number in range(7):
        pixels = np.tile(np.roll(scene, 3 * number, axis=0), (9, 9, 1))[:260, :270]
        Image.fromarray(pixels).save(folder / f"{number}.png")
    Image.fromarray(scene).save(folder / "small.png")
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    return folder


def test_four_times_the_side_and_every_weight_learns() -> None:
    made = network()
    picture = torch.rand(2, 3, 9, 7) * 2 - 1
    noise = torch.randn(2, 1, 36, 28)
    large = made(picture, noise)
    assert large.shape == (2, 3, 36, 28)
    large.square().mean().backward()
    for name, value in made.named_parameters():
        assert value.grad is not None and value.grad.abs().sum() > 0, name
    assert not torch.equal(large, made(picture, torch.zeros_like(noise))), "the noise is seen"


def test_without_weights_it_is_bicubic() -> None:
    made = network()
    torch.nn.init.zeros_(made.closing.weight)
    picture = torch.rand(1, 3, 8, 8) * 2 - 1
    assert torch.allclose(made(picture, torch.randn(1, 1, 32, 32)), bicubic(picture))


def test_white_noise_is_a_function_of_the_place() -> None:
    noise = white(5, 0, 0, 300, 400)
    np.testing.assert_array_equal(noise[17:90, 33:], white(5, 17, 33, 73, 367))
    assert abs(noise.mean()) < 0.01 and abs(noise.var() - 1) < 0.02
    assert abs((noise[:, 1:] * noise[:, :-1]).mean()) < 0.01 and abs((noise[1:] * noise[:-1]).mean()) < 0.01
    assert abs((noise * white(6, 0, 0, 300, 400)).mean()) < 0.01, "another seed is other noise"


@pytest.mark.parametrize("grain", [None, GRAIN])
def test_tiles_are_parts_of_one_whole(small: np.ndarray, grain: Grain | None) -> None:
    one = whole(enlarged(network(), small, 7, tile=1000, grain=grain))
    assert one.shape == (40 * FACTOR, 52 * FACTOR, 3)
    parts = whole(enlarged(network(), small, 7, tile=17, grain=grain))
    assert np.abs(parts.astype(int) - one).max() <= 1, "but for how sums are rounded"
    assert (parts != one).mean() < 0.01


def test_the_same_seed_gives_the_same_pixels_and_twice_is_once_more(small: np.ndarray) -> None:
    part = small[:6, :5]
    one = whole(enlarged(network(), part, 7))
    np.testing.assert_array_equal(one, whole(enlarged(network(), part, 7)))
    assert (one != whole(enlarged(network(), part, 8))).mean() > 0.2
    twice = whole(enlarged(network(), part, 7, times=2))
    np.testing.assert_array_equal(twice, whole(enlarged(network(), one, 8)))
    steps = list(enlarged(network(), part, 7, times=2, tile=4))
    assert tiles_of(6, 5, 2, 4) == 4 + 30
    assert len(steps) == steps[-1].total == 34 * (network().parts + 1), "it can be stopped within a tile"


def test_grain_comes_with_the_last_time_alone(small: np.ndarray) -> None:
    part = small[:6, :5]
    one, grained = whole(enlarged(network(), part, 7)), whole(enlarged(network(), part, 7, grain=GRAIN))
    assert (one != grained).mean() > 0.2
    twice = whole(enlarged(network(), part, 7, times=2, grain=GRAIN))
    np.testing.assert_array_equal(twice, whole(enlarged(network(), one, 8, grain=GRAIN)))


def test_the_energy_that_is_aimed_at_is_a_little_less_than_the_real_one() -> None:
    real = torch.zeros(1, 3, 32, 32)
    real[:, :, 10, 10] = 1.0
    found = learning.laplacian(real)[0, 0]
    assert found[9, 9] == -4 and found[9, 8] == found[8, 9] == 1 and found.abs().sum() == 8
    noise = torch.randn(2, 3, 64, 64, generator=torch.Generator().manual_seed(1))
    local, over = learning.energy_gap(noise, noise)
    assert local == 0
    assert over.item() == pytest.approx(-4 * np.log(learning.GOAL), rel=1e-3), "two octaves, each and all"
    less, more = (learning.energy_gap(noise * factor, noise)[1].item() for factor in (0.5, 0.96))
    assert less == pytest.approx(4 * np.log(learning.GOAL / 0.25), rel=1e-2) and more < over


def test_small_crops_are_means_of_the_large_ones_made_in_several_ways() -> None:
    real = torch.rand(12, 3, 32, 32, generator=torch.Generator().manual_seed(2)) * 2 - 1
    made = learning.reduced(real, torch.Generator().manual_seed(3))
    assert made.shape == (12, 3, 8, 8) and made.abs().max() <= 1
    exact = (made - functional.avg_pool2d(real, FACTOR)).abs().amax((1, 2, 3)) < 1e-6
    assert 0 < exact.sum() < 12
    assert torch.equal(made, learning.reduced(real, torch.Generator().manual_seed(3)))


def test_a_resumed_learning_equals_an_uninterrupted_one(scans: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    *_, last = train_detail(TINY, one, data=scans)
    assert isinstance(last, Checkpoint) and Path(last.path) == one / "model.danqing-detail"
    assert [path.name for path in one.iterdir()] == ["model.danqing-detail"], "what it needed is gone"
    steps = train_detail(TINY, other, data=scans)
    for event in steps:
        if isinstance(event, Progress) and event.values and event.done == 3:
            break
    steps.close()
    assert learning.is_detail_begun(other)
    list(train_detail(TINY, other, data=scans, resume=True))
    paths = [place / "model.danqing-detail" for place in (one, other)]
    assert load_detail(paths[0]).digest == load_detail(paths[1]).digest, "its grain, too"
    first, second = (load_file(path) for path in paths)
    assert first.keys() == second.keys() and all(torch.equal(first[name], second[name]) for name in first)
    card = load_detail(one / "model.danqing-detail").card
    assert card.trained_on == "扫描" and card.pictures > 0 and card.sharpness > 0, "one in six is held out"


def test_small_pictures_are_told_before_anything_is_learnt(tmp_path: Path) -> None:
    Image.fromarray(scenes.draw(1, 64).pixels).save(tmp_path / "a.png")
    for work in (
        lambda: list(train_detail(TINY, tmp_path / "run", data=tmp_path)),
        lambda: learning.need_large(tmp_path),
    ):
        with pytest.raises(DataError, match=r"smaller than 256 pixels.*full size"):
            work()
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(DataError, match="holds no picture"):
        list(train_detail(TINY, tmp_path / "run", data=empty))
    with pytest.raises(DataError, match="holds no picture"):
        learning.need_large(empty)


def test_what_is_left_out_is_not_learnt_from(scans: Path, tmp_path: Path) -> None:
    names = frozenset(f"{number}.png" for number in range(7))
    with pytest.raises(DataError, match="smaller than 256"):
        list(train_detail(TINY, tmp_path / "run", data=scans, left_out=names))


def test_its_recipes_fit_the_network_that_is_shipped() -> None:
    shipped = load_detail(details.shipped_file())
    for name in ("detail", "detail-general"):
        recipe = detail_recipe(name)
        assert recipe is not None and recipe.network == shipped.network.shape
    assert shipped.card.licence and shipped.card.parameters == sum(
        p.numel() for p in shipped.network.parameters()
    )
    assert detail_recipe("slider-vae") is None and detail_recipe("codec-vae") is None


def test_a_recipe_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('name = "x"\ntitle = "x"\nrate = 7.0\n[detail]\n')
    with pytest.raises(RecipeError, match=r"own\.toml.*rate"):
        detail_recipe(str(path))
    path.write_text('name = "x"\ntitle = "x"\nbegin = "shipped"\n[detail]\nwidth = 16\n')
    recipe = detail_recipe(str(path))
    assert recipe is not None
    with pytest.raises(RecipeError, match="another shape"):
        next(train_detail(recipe, tmp_path))


@pytest.fixture
def beside(tiny: Path) -> Path:
    """A detail network of the tiny model's own."""
    return ship(network(), DetailCard(name="own", title="Own"), details.place_of(tiny), GRAIN)


def test_a_model_draws_with_its_own_detail_and_says_how_much_is_real(tiny: Path, beside: Path) -> None:
    assert "detail" in Catalog().find("tiny").card.abilities
    plain, _ = all_of(Generate(model="tiny", seeds=(3,), size=32))[-2:]
    request = Generate(model="tiny", seeds=(3,), detail=1)
    made, done = all_of(request)[-2:]
    assert isinstance(plain, Picture) and isinstance(made, Picture) and isinstance(done, Finished)
    assert made.pixels.array().shape == (128, 128, 3) and (made.real_size, made.detail) == (32, 1)
    own = whole(enlarged(load_detail(beside).network, plain.pixels.array(), 3, grain=GRAIN))
    np.testing.assert_array_equal(made.pixels.array(), own)
    again = msgspec.structs.replace(request, detail_digest=made.detail_digest)
    *_, same, done = all_of(again)
    np.testing.assert_array_equal(same.pixels.array(), own)
    ship(network(9), DetailCard(name="other", title="Other"), beside)
    assert isinstance(failed := all_of(again)[-1], Failed) and "not here any more" in failed.message


def test_it_goes_with_a_model_that_is_given_away(tiny: Path, beside: Path, tmp_path: Path) -> None:
    own, path = load_detail(beside), tmp_path / f"a{GIFT}"
    assert isinstance(all_of(ExportModel(model="tiny", path=str(path)))[-1], Finished)
    for old in (tiny, beside):
        old.unlink()
    assert isinstance(all_of(ImportModel(path=str(path)))[-1], Finished)
    entry = Catalog().find("tiny")
    assert "detail" in entry.card.abilities
    given = load_detail(details.file_of(entry))
    assert (given.digest, given.card.title, given.grain) == (own.digest, "Own", GRAIN)


def test_a_picture_gets_detail_and_keeps_its_alpha(small: np.ndarray, tmp_path: Path) -> None:
    path = ship(network(), DetailCard(name="own", title="Own"), tmp_path / "own.danqing-detail")
    pixels = np.dstack([small, np.full(small.shape[:2], 90, np.uint8)])
    request = AddDetail(pixels=pixels.tobytes(), shape=pixels.shape, file=str(path), seed=7)
    *_, made, done = all_of(request)
    assert isinstance(made, Picture) and isinstance(done, Finished)
    assert made.pixels.array().shape == (160, 208, 4) and (made.pixels.array()[..., 3] == 90).all()
    np.testing.assert_array_equal(made.pixels.array()[..., :3], whole(enlarged(network_of(path), small, 7)))


def network_of(path: Path) -> Detail:
    return load_detail(path).network


def test_bad_requests_are_refused_by_name(small: np.ndarray, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.danqing-detail"
    wrong.write_bytes(b"nothing")
    good = AddDetail(pixels=small.tobytes(), shape=small.shape)
    row = np.zeros((1, LARGEST // 4 + 1, 3), np.uint8)
    for changed, words in (
        ({"file": str(wrong)}, "no detail network"),
        ({"shape": (1, 2, 3)}, "do not fit"),
        ({"pixels": row.tobytes(), "shape": row.shape}, "is the most"),
        ({"times": 3}, "cannot do this"),
    ):
        failed = all_of(msgspec.structs.replace(good, **changed))[-1]
        assert isinstance(failed, Failed) and words in failed.message, (changed, failed)
    with pytest.raises(EngineError, match=r"wrong\.danqing-detail"):
        load_detail(wrong)


def test_a_run_learns_detail_behind_its_last_step_and_only_once(
    scans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    monkeypatch.setattr(training, "_model", lambda request, device: iter(steps.append("model") or ()))
    monkeypatch.setattr(training, "detail_recipe", lambda name: TINY if name == "detail" else None)
    request = Train(recipe="tiny", data=str(scans), run=str(tmp_path / "run"), detail=True)
    events = training.train(request)
    for event in events:
        if isinstance(event, Progress) and event.values and event.done == 2:
            break
    events.close()  # stopped in the midst of it
    again = msgspec.structs.replace(request, resume=True)
    *_, last = training.train(again)
    assert isinstance(last, DetailLearnt) and Path(last.path) == details.place_in(tmp_path / "run")
    assert steps == ["model"], "what had been learnt was not begun again"
    kept = Path(last.path).read_bytes()
    assert list(training.train(again)) == [] and steps == ["model", "model"]
    assert Path(last.path).read_bytes() == kept, "pictures were made with it"
    with pytest.raises(RecipeError, match="your own pictures"):
        list(training.train(Train(recipe="tiny", run=str(tmp_path / "x"), detail=True)))


def test_a_model_that_is_there_learns_detail_later(
    tiny: Path, scans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.engine.detail.work.detail_recipe", lambda name: TINY)
    before = tiny.read_bytes()
    *_, learnt, done = all_of(LearnDetail(data=str(scans), run=str(tmp_path / "run"), model="tiny"))
    assert isinstance(learnt, DetailLearnt) and isinstance(done, Finished)
    assert Path(learnt.path) == tiny.with_suffix(details.ENDING) and tiny.read_bytes() == before


def test_the_shipped_network_is_nearer_than_bicubic_and_as_sharp() -> None:
    """On pictures made by the rules that it learnt from, of seeds it never saw."""
    real = [scenes.draw(700_000_000 + one, 256).pixels for one in range(2)]
    found = learning.measured(load_detail(details.shipped_file()).network, None, real)
    assert found.gain > -0.3 and 0.6 < found.sharpness < 1.2
