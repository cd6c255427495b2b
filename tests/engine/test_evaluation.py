"""Measures of a model beside what it learnt from: against closed forms, on sets made to be alike, poor or copied."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from studio.engine.context import Context
from studio.engine.datasets.listing import DataError
from studio.engine.evaluation import alike as alike_pictures
from studio.engine.evaluation import measures
from studio.engine.evaluation.document import document
from studio.engine.evaluation.evaluate import asked_for, compare, evaluate, measured, over_white
from studio.engine.evaluation.references import References, references
from studio.engine.library.catalog import Catalog
from studio.engine.networks.classifier import Classifier, ClassifierShape
from studio.engine.networks.load import load_generator
from studio.engine.run import run
from studio.engine.training import classes
from studio.engine.training.checkpoint import newest_checkpoint
from studio.engine.training.loop import train
from studio.engine.training.losses import RandomFeatures
from studio.messages.events import Evaluated, Failed, Finished, Nearest, Progress
from studio.messages.models import ModelEntry
from studio.messages.requests import Compare, Evaluate, FindNearest, Train
from tests.engine.test_lessons import flowers, recipe_of  # noqa: F401
from tests.engine.test_training import TINY

FEATURES = RandomFeatures(torch.device("cpu"))


def normal(count: int, size: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(count, size, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


# ── the measures ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_frechet_is_that_of_the_normal_distributions() -> None:
    """Diagonal ones have a closed form: Σ (μ₁ − μ₂)² + Σ (σ₁ − σ₂)²."""
    one = normal(4000, 5) * torch.tensor([1.0, 2.0, 0.5, 3.0, 1.0]) + torch.tensor([0.0, 1.0, 0.0, 0.0, -2.0])
    other = normal(4000, 5, seed=1)
    wanted = (one.mean(0) - other.mean(0)).square().sum() + (one.std(0) - other.std(0)).square().sum()
    assert measures.frechet(one, other) == pytest.approx(float(wanted), rel=0.02)
    assert measures.frechet(one, one) == pytest.approx(0.0, abs=1e-8)
    assert measures.frechet(one, other) == pytest.approx(measures.frechet(other, one), rel=1e-6)


def test_frechet_equals_the_root_of_a_general_matrix() -> None:
    """The trace of the root of Σ₁Σ₂ is the sum of the roots of its eigenvalues."""
    mix = normal(6, 6, seed=3)
    one, other = normal(300, 6) @ mix, normal(200, 6, seed=2) @ mix.T + 1
    first, second = torch.cov(one.T), torch.cov(other.T)
    root = torch.linalg.eigvals(first @ second).real.clamp_min(0).sqrt().sum()
    wanted = (one.mean(0) - other.mean(0)).square().sum() + first.trace() + second.trace() - 2 * root
    assert measures.frechet(one, other) == pytest.approx(float(wanted), rel=1e-6)


def alike(real: torch.Tensor, made: torch.Tensor) -> dict[str, float]:
    return measures.alikeness(measures.apart(real, made))


def test_precision_and_recall_of_the_same_the_half_and_the_other() -> None:
    real = normal(300, 4)
    assert set(alike(real, real).values()) >= {1.0} and alike(real, real)["precision"] == 1.0
    found = alike(real, real[real[:, 0] > 0.5])
    assert found["precision"] == 1.0 and found["recall"] < 0.7
    assert set(alike(real, normal(300, 4, seed=9) + 50).values()) == {0.0}
    wide = alike(real, 6 * normal(300, 4, seed=9))
    assert wide["precision"] < 0.5 < wide["recall"]


def test_precision_recall_density_and_coverage_are_their_formulas() -> None:
    real, made = normal(23, 3).numpy(), (normal(17, 3, seed=1) + 0.4).numpy()

    def reach(points: np.ndarray, k: int) -> list[float]:
        return [sorted(np.linalg.norm(points - one, axis=1))[k] for one in points]

    def gap(one: np.ndarray, other: np.ndarray) -> float:
        return float(np.linalg.norm(one - other))

    near, wide, own = reach(real, 3), reach(real, 5), reach(made, 3)
    wanted = {
        "precision": np.mean([any(gap(y, x) <= r for x, r in zip(real, near, strict=True)) for y in made]),
        "recall": np.mean([any(gap(x, y) <= r for y, r in zip(made, own, strict=True)) for x in real]),
        "density": sum(gap(y, x) <= r for y in made for x, r in zip(real, wide, strict=True))
        / (5 * len(made)),
        "coverage": np.mean([any(gap(y, x) <= r for y in made) for x, r in zip(real, wide, strict=True)]),
    }
    found = alike(torch.from_numpy(real), torch.from_numpy(made))
    assert found == pytest.approx(wanted, rel=1e-9)
    assert 0 < wanted["coverage"] < 1 and 0 < wanted["precision"] < 1 and wanted["density"] != 1


def test_sets_alike_have_the_density_one() -> None:
    assert alike(normal(800, 4), normal(800, 4, seed=5))["density"] == pytest.approx(1.0, abs=0.1)
    assert alike(normal(800, 4), normal(800, 4, seed=5))["coverage"] > 0.9, (
        "1 − 2⁻⁵ for many (Naeem et al., 3.2)"
    )


def test_a_part_of_the_distances_is_that_of_the_part() -> None:
    real, made = normal(20, 3), normal(15, 3, seed=1)
    first, second = torch.tensor([1, 4, 9, 16, 3]), torch.tensor([0, 7, 8, 14])
    assert measures.alikeness(measures.apart(real, made).part(first, second)) == alike(
        real[first], made[second]
    )


def test_the_mean_distance_of_two() -> None:
    def spread(points: list[list[float]]) -> float:
        return measures.mean_apart(measures.apart(torch.tensor(points), torch.tensor(points)).real)

    assert spread([[0.0, 0.0], [3.0, 4.0]]) == 5.0
    assert spread([[0.0], [1.0], [2.0]]) == pytest.approx(4 / 3)
    assert spread([[0.0, 0.0]]) == 0.0


def test_the_nearest_are_found_as_they_are_or_mirrored() -> None:
    real, mirrored = torch.tensor([[0.0], [10.0]]), torch.tensor([[5.0], [-4.0]])
    found = measures.nearest(torch.tensor([[4.9], [9.0]]), real, mirrored, 2)
    assert found.numbers.tolist() == [[0, 1], [1, 0]]
    assert found.distances[0, 0].item() == pytest.approx(0.1, abs=1e-5)
    assert measures.nearest(torch.tensor([[4.9]]), real, None, 5).numbers.shape == (1, 2)


def test_the_usual_gap_is_a_quantile_of_the_distances_to_the_next() -> None:
    real = torch.tensor([[0.0], [1.0], [3.0], [6.0], [10.0]])
    assert measures.usual_gap(real, None, 0.0) == 1.0
    assert measures.usual_gap(real, None, 0.5) == 2.0
    assert measures.usual_gap(real[:1], None) == 0.0


def test_most_neighbours_decide_and_the_nearest_of_equals() -> None:
    numbers = torch.tensor([[0, 1, 2], [3, 0, 1], [2, 0, 3]])
    labels = torch.tensor([0, 1, 1, 2])
    assert measures.voted(numbers, labels, 3).tolist() == [1, 2, 1]


@settings(deadline=None)
@given(st.integers(1, 9), st.integers(1, 40))
def test_pictures_of_any_side_are_described(count: int, side: int) -> None:
    pictures = torch.rand(count, 3, side, side, generator=torch.Generator().manual_seed(side)) * 2 - 1
    found = measures.described(pictures, FEATURES)
    assert found.whole.shape == (count, 134) and found.places.shape == (count, 1216)
    assert bool(torch.isfinite(found.whole).all()) and bool(torch.isfinite(found.places).all())
    alone = measures.described(pictures[:1], FEATURES)
    assert torch.allclose(found.places[0], alone.places[0], atol=1e-5)


def test_the_filters_are_the_same_on_every_computer() -> None:
    """Figures are compared where this is the same, and the cards of the embedded models name it; they are orthogonal, too."""
    assert FEATURES.digest().startswith("9616efc7")
    for filters, length in zip(FEATURES.filters, (1.0, 4.0), strict=True):
        rows = filters.flatten(1)
        assert torch.allclose(rows @ rows.T, length * torch.eye(len(rows)), atol=1e-4)


def test_a_copy_lies_nearer_than_another_picture_of_its_kind() -> None:
    draw = torch.Generator().manual_seed(4)
    small = torch.rand(30, 3, 6, 6, generator=draw)
    real = torch.nn.functional.interpolate(small, size=(48, 48), mode="bicubic").clamp(0, 1) * 2 - 1
    copies = (real[:5] + 0.05 * torch.randn(5, 3, 48, 48, generator=draw)).clamp(-1, 1)
    places = measures.described(real, FEATURES).places
    near = measures.nearest(
        measures.described(copies.flip(3), FEATURES).places,
        places,
        measures.described(real.flip(3), FEATURES).places,
        1,
    )
    assert near.numbers[:, 0].tolist() == [0, 1, 2, 3, 4]
    assert float(near.distances.max()) < measures.usual_gap(places, None)


def test_alpha_is_laid_over_white() -> None:
    pictures = torch.tensor([-1.0, 0.0, 1.0, 0.0]).view(1, 4, 1, 1)
    assert over_white(pictures).flatten().tolist() == [0.0, 0.5, 1.0]
    assert over_white(pictures[:, :3]).flatten().tolist() == [-1.0, 0.0, 1.0]


# ── a model ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Parrot:
    """A stand-in for a model that gives back the pictures it was made of."""

    def __init__(self, model, pictures: torch.Tensor) -> None:
        self.card, self.generator, self._pictures = model.card, model.generator, pictures

    def sample(self, seeds: tuple[int, ...], **_: object):
        class Made:
            pictures = self._pictures[[seed % len(self._pictures) for seed in seeds]]

        return Made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sixty smooth pictures, each another one."""
    place = tmp_path / "画"
    place.mkdir()
    draw = np.random.default_rng(3)
    for number in range(60):
        small = Image.fromarray(draw.integers(0, 256, (5, 5, 3), dtype=np.uint8))
        small.resize((40, 40), Image.Resampling.BICUBIC).save(place / f"{number:03d}.png")
    return place


@pytest.fixture
def learnt(tmp_path: Path, folder: Path) -> tuple[Path, ModelEntry]:
    """(a run of one step, its checkpoint as a model)."""
    run_folder = tmp_path / "run"
    recipe = recipe_of("style", by_class=False)
    list(train(recipe, data=folder, run=run_folder, steps=1))
    path = newest_checkpoint(run_folder)
    assert path is not None
    return run_folder, Catalog().find(str(path))


def report(events) -> Evaluated:
    (found,) = [event for event in events if isinstance(event, Evaluated)]
    return found


def found_by(work: Generator[object, None, References]) -> References:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def test_a_young_model_is_measured_and_its_numbers_written(
    learnt: tuple[Path, ModelEntry], tmp_path: Path
) -> None:
    _, entry = learnt
    out = tmp_path / "报告"
    found = report(evaluate(Evaluate(model=entry.path, count=24, out=str(out)), entry, Context(device="cpu")))
    assert (found.count, found.real, found.held_out, found.step) == (24, 60, 0, 1)
    assert found.distance > 3 * found.distance_of_halves, "it has learnt nothing yet"
    assert found.precision < 0.5
    (numbers,), (picture,) = out.glob("*.json"), out.glob("*.png")
    plain = json.loads(numbers.read_bytes())
    assert plain["measures"]["variety"]["value"] == pytest.approx(found.variety)
    assert "pixels" not in plain
    assert np.array_equal(np.asarray(Image.open(picture)), found.pixels.array())
    again = report(evaluate(Evaluate(model=entry.path, count=24), entry, Context(device="cpu")))
    assert msgspec.structs.replace(again, pixels=found.pixels) == found, "the same model has the same numbers"


def test_blurred_pictures_are_less_sharp_and_grain_is_sharper(folder: Path, tmp_path: Path) -> None:
    made = {"blurred": lambda one: one.filter(ImageFilter.GaussianBlur(2)), "same": lambda one: one}
    found = {}
    for name, change in made.items():
        (tmp_path / name).mkdir()
        for file in folder.iterdir():
            change(Image.open(file)).save(tmp_path / name / file.name)
        (found[name],) = [
            one
            for one in compare(Compare(pictures=str(tmp_path / name), data=str(folder), side=32))
            if isinstance(one, Evaluated)
        ]
    assert found["same"].sharpness == pytest.approx(1, abs=1e-6)
    low, high = found["blurred"].intervals["sharpness"]
    assert 0 <= low <= found["blurred"].sharpness <= high < 0.8
    told = json.loads(document(found["blurred"]))["measures"]["sharpness"]
    assert told["value"] == found["blurred"].sharpness and told["interval"] == [low, high]


@pytest.mark.parametrize("content", [b"", b"\x80\x04pickle", b"PK\x03\x04"])
def test_a_wrong_weights_file_is_refused_before_the_work(
    learnt: tuple[Path, ModelEntry], folder: Path, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "weights.pth").write_bytes(content)
    weights = str(tmp_path / "weights.pth")
    _, entry = learnt
    for work in (
        measured(load_generator(entry.path), entry, Evaluate(model=entry.path, inception=weights)),
        compare(Compare(pictures=str(folder), data=str(folder), inception=weights)),
    ):
        with pytest.raises(DataError, match="SHA-256" if content else "is empty"):
            next(work)


def test_a_model_that_copies_and_one_that_repeats_itself_are_seen(learnt: tuple[Path, ModelEntry]) -> None:
    _, entry = learnt
    model = load_generator(entry.path)
    step = references(model, Path(entry.path), "")
    try:
        while True:
            next(step)
    except StopIteration as end:
        real = end.value.real
    request = Evaluate(model=entry.path, count=60, seed=0)
    copied = report(measured(Parrot(model, real), entry, request))  # type: ignore[arg-type]
    assert copied.copies == 1.0
    assert (copied.precision, copied.recall) == (1.0, 1.0)
    assert copied.variety == pytest.approx(1.0, abs=1e-6)
    assert copied.distance == pytest.approx(0.0, abs=1e-6)
    collapsed = report(measured(Parrot(model, real[:1]), entry, request))  # type: ignore[arg-type]
    assert collapsed.variety == pytest.approx(0.0, abs=1e-6)
    assert collapsed.recall < 0.2
    fresh = torch.nn.functional.interpolate(
        torch.rand(60, 3, 5, 5, generator=torch.Generator().manual_seed(77)), size=real.shape[2:], mode="bicubic"
    ).clamp(0, 1) * 2 - 1  # fmt: skip
    honest = report(measured(Parrot(model, fresh), entry, request))  # type: ignore[arg-type]
    assert honest.copies < 0.2
    assert honest.variety > 0.7


@pytest.mark.slow
def test_pictures_held_out_say_what_share_of_copies_is_usual(tmp_path: Path, folder: Path) -> None:
    from studio.messages.data import Decisions

    run_folder = tmp_path / "run"
    list(
        train(
            recipe_of("style", by_class=False),
            data=folder,
            run=run_folder,
            steps=1,
            decisions=Decisions(validation=0.3),
        )
    )
    path = newest_checkpoint(run_folder)
    entry = Catalog().find(str(path))
    found = report(evaluate(Evaluate(model=entry.path, count=16), entry, Context(device="cpu")))
    assert found.held_out > 8 and found.real + found.held_out == 60
    assert 0 <= found.copies_held_out < 0.4


def test_classes_are_asked_for_and_their_neighbours_counted(tmp_path: Path, flowers: Path) -> None:  # noqa: F811
    list(train(recipe_of("dcgan"), data=flowers, run=tmp_path / "run"))
    path = newest_checkpoint(tmp_path / "run")
    entry = Catalog().find(str(path))
    found = report(evaluate(Evaluate(model=entry.path, count=12), entry, Context(device="cpu")))
    assert set(found.agreement) == {"兰", "梅", "竹"}
    assert all(0 <= value <= 1 for value in found.agreement.values())


def test_each_class_is_asked_for_as_often_as_it_is_among_the_real() -> None:
    labels = torch.tensor([2] * 60 + [0] * 30 + [1] * 10)
    nothing = torch.zeros(0, 3, 4, 4)
    beside = References(
        real=torch.zeros(100, 3, 4, 4), labels=labels, classes=("兰", "梅", "竹"), held=nothing
    )
    asked = asked_for(beside, 50)
    assert torch.bincount(asked).tolist() == [15, 5, 30]
    assert len(set(asked[:12].tolist())) > 1, "not one after the other"
    assert not len(asked_for(msgspec.structs.replace(beside, classes=(), labels=labels[:0]), 50))


def test_a_model_of_classes_beside_a_folder_without_any_chooses_itself(
    tmp_path: Path,
    flowers: Path,  # noqa: F811
    folder: Path,
) -> None:
    list(train(recipe_of("dcgan"), data=flowers, run=tmp_path / "run"))
    entry = Catalog().find(str(newest_checkpoint(tmp_path / "run")))
    model, heard = load_generator(entry.path), []
    sample = model.sample

    def listening(seeds: tuple[int, ...], *, label: str = "", **options: object) -> object:
        heard.append(label)
        return sample(seeds, label=label, **options)  # type: ignore[arg-type]

    model.sample = listening  # type: ignore[method-assign]
    request = Evaluate(model=entry.path, count=12, data=str(folder))
    found = report(measured(model, entry, request))
    assert set(heard) == {""} and not found.agreement


def test_a_folder_names_its_classes_in_any_order(tmp_path: Path) -> None:
    """The embedded landscapes say ink first, a folder blue-green."""
    draw = np.random.default_rng(5)
    for name, count in {"blue-green": 6, "ink": 3}.items():
        (tmp_path / name).mkdir()
        for number in range(count):
            pixels = draw.integers(0, 256, (24, 24, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(tmp_path / name / f"{number}.png")
    model = load_generator(Catalog().find("shanshui-gan").path)
    found = found_by(references(model, tmp_path, str(tmp_path)))
    assert found.classes == model.card.classes and len(found.real) == 9
    counts = torch.bincount(found.labels, minlength=len(found.classes)).tolist()
    assert dict(zip(found.classes, counts, strict=True)) == dict.fromkeys(found.classes, 0) | {
        "blue-green": 6,
        "ink": 3,
    }
    (tmp_path / "oil").mkdir()
    (tmp_path / "ink" / "0.png").rename(tmp_path / "oil" / "0.png")
    assert not found_by(references(model, tmp_path, str(tmp_path))).classes, "a class that it does not know"


def test_the_landscapes_by_season_are_measured_beside_their_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many pictures of each of its 24 classes; nothing has to be given."""
    monkeypatch.setattr("studio.engine.evaluation.references._RULE_MADE", 48)
    entry = Catalog().find("shanshui-cvae")
    model = load_generator(entry.path)
    found = found_by(references(model, Path(entry.path), ""))
    assert found.classes == model.card.classes and len(found.real) == len(found.labels) == 48
    assert found.endless and torch.bincount(found.labels).tolist() == [2] * 24


def test_a_classifier_judges_whether_the_class_asked_for_came(tmp_path: Path, flowers: Path) -> None:  # noqa: F811
    list(train(recipe_of("dcgan"), data=flowers, run=tmp_path / "run"))
    entry = Catalog().find(str(newest_checkpoint(tmp_path / "run")))
    torch.manual_seed(4)
    judge = Classifier(ClassifierShape(side=16, widths=(4, 4), hidden=8, classes=("虎", "竹", "梅", "兰")))
    judge.answer.weight.data.zero_()
    judge.answer.bias.data = torch.tensor([0.0, 0.0, 1.0, 0.0])  # it sees nothing but 梅
    classes.write(judge, tmp_path / "judge.safetensors")
    asked = Evaluate(model=entry.path, count=12, judge=str(tmp_path / "judge.safetensors"))
    found = report(evaluate(asked, entry, Context(device="cpu")))
    assert found.agreement == {"兰": 0.0, "梅": 1.0, "竹": 0.0}
    stranger = Classifier(ClassifierShape(side=16, widths=(4, 4), hidden=8, classes=("虎", "竹")))
    classes.write(stranger, tmp_path / "judge.safetensors")
    with pytest.raises(DataError, match="梅"):
        list(evaluate(asked, entry, Context(device="cpu")))


def test_a_model_of_a_rule_is_measured_beside_its_rule(tmp_path: Path) -> None:
    recipe = msgspec.structs.replace(TINY, name="tiny")
    list(train(recipe, data=None, run=tmp_path / "run", steps=1))
    path = newest_checkpoint(tmp_path / "run")
    entry = Catalog().find(str(path))
    found = report(evaluate(Evaluate(model=entry.path, count=8), entry, Context(device="cpu")))
    assert (found.real, found.copies) == (256, -1.0)


def test_a_training_ends_with_its_report(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = recipe_of("style", by_class=False, steps=2)
    monkeypatch.setattr("studio.engine.training.train.find_recipe", lambda _name: recipe)
    run_folder = tmp_path / "run"
    request = Train(recipe="style", data=str(folder), run=str(run_folder))
    events = list(run(request, Context(device="cpu")))
    assert isinstance(events[-1], Finished)
    assert isinstance(events[-2], Evaluated)
    told = [event for event in events if isinstance(event, Progress)]
    assert (told[-1].done, told[-1].total) == (2, 2), "measuring is no step of the run"
    assert [one.suffix for one in sorted((run_folder / "evaluation").iterdir())] == [".json", ".png"]


def test_the_picture_that_is_most_like_another_is_found(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another size and colours a little off change nothing; a broken file is passed over; the second question reads no file."""
    (folder / "000.png").write_bytes(b"")
    files = tuple(sorted(file.name for file in folder.iterdir()))
    wanted = np.asarray(Image.open(folder / "017.png").resize((90, 90), Image.Resampling.BICUBIC))
    off = np.clip(wanted.astype(np.int16) + 6, 0, 255).astype(np.uint8)
    request = FindNearest(folder=str(folder), files=files, pixels=off.tobytes(), shape=off.shape)
    (found,) = [event for event in run(request, Context()) if isinstance(event, Nearest)]
    assert found.file == "017.png" and found.distance > 0
    with monkeypatch.context() as patch:
        patch.setattr(alike_pictures, "square_of", None)
        again = list(run(request, Context()))
    assert found in again and isinstance(again[-1], Finished)
    odd = list(run(msgspec.structs.replace(request, shape=(9, 9, 3)), Context()))[-1]
    assert isinstance(odd, Failed) and "9×9×3" in odd.arguments["shape"]
    nothing = list(run(msgspec.structs.replace(request, files=("gone.png",)), Context()))[-1]
    assert isinstance(nothing, Failed) and nothing.arguments == {"folder": str(folder)}


@pytest.mark.parametrize("what", ["gone", "few", "no pictures", "no model"])
def test_what_cannot_be_measured_is_told(
    learnt: tuple[Path, ModelEntry], tmp_path: Path, folder: Path, what: str
) -> None:
    run_folder, entry = learnt
    data, model = "", entry.path
    if what == "gone":
        (run_folder / "pictures.json").unlink()
    elif what == "few":
        for file in sorted(folder.iterdir())[5:]:
            file.unlink()
        data = str(folder)
    elif what == "no pictures":
        data = str(tmp_path / "nothing")
    else:
        model = "no-such-model"
    failed = list(run(Evaluate(model=model, data=data, count=8), Context(device="cpu")))[-1]
    assert isinstance(failed, Failed)
    assert failed.kind in ("bad_request", "model_missing")
    sentence = failed.message.format(file=failed.file, **failed.arguments)
    named = {
        "gone": entry.card.name,
        "few": "5",
        "no pictures": "nothing",
        "no model": "no model of this name",
    }[what]
    assert named in sentence
