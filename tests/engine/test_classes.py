"""The convolution lesson: a classifier learns the sub-folders, its layers can be looked at, and it judges a model."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as functional
from PIL import Image
from safetensors.torch import save_file

from studio.engine.datasets.listing import DataError
from studio.engine.networks.classifier import Classifier, ClassifierShape
from studio.engine.training import forecast
from studio.engine.training.classes import classify, judged, learn, load, mosaic, write
from studio.messages.data import Decisions
from studio.messages.events import ClassesLearnt, Classified
from studio.messages.requests import Classify, LearnClasses
from tests.engine.test_watch import one_thread  # noqa: F401
from tests.test_cli import danqing  # noqa: F401

SHAPE = ClassifierShape(side=16, widths=(6, 8), hidden=12, classes=("lines", "dots"))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Level and upright strokes in any colours, thirty of each."""
    folder, random = tmp_path_factory.mktemp("strokes"), np.random.default_rng(5)
    for name in ("横", "竖"):
        (folder / name).mkdir()
        for number in range(30):
            picture = np.full((32, 32, 3), random.integers(150, 255, 3), np.uint8)
            for place in random.integers(2, 28, 4):
                ink = random.integers(0, 110, 3)
                if name == "横":
                    picture[place : place + 3, 4:28] = ink
                else:
                    picture[4:28, place : place + 3] = ink
            Image.fromarray(picture).save(folder / name / f"{number}.png")
    return folder


@pytest.fixture(scope="module")
def learnt(drawn: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[ClassesLearnt, Path]:
    out = tmp_path_factory.mktemp("out") / "strokes.safetensors"
    *_, last = learn(LearnClasses(data=str(drawn), out=str(out), steps=60, side=16))
    assert isinstance(last, ClassesLearnt)
    return last, out


def test_classes_of_a_folder_are_learnt(learnt: tuple[ClassesLearnt, Path]) -> None:
    report, _ = learnt
    assert report.classes == ("横", "竖") and (report.pictures, report.held_out) == (48, 12)
    assert report.right >= 0.9 and sum(map(sum, report.confusion)) == 12


def test_a_class_that_is_only_tested_on_is_none(drawn: Path, tmp_path: Path) -> None:
    """Nor is a class of one picture a hindrance."""
    data, tests = tmp_path / "data", tmp_path / "tests"
    shutil.copytree(drawn, data)
    (data / "丨").mkdir()
    Image.fromarray(np.eye(32, dtype=np.uint8) * 200).save(data / "丨" / "one.png")
    (data / "坏").mkdir()
    (data / "坏" / "x.png").write_bytes(b"nothing")
    for name, number in (("竖", 0), ("圆", 1)):
        (tests / name).mkdir(parents=True)
        picture = np.full((32, 32, 3), 200, np.uint8)
        picture[number::5] = 30 + 50 * number
        Image.fromarray(picture).save(tests / name / "x.png")
    request = LearnClasses(
        data=str(data), test_data=str(tests), out=str(tmp_path / "c.safetensors"), steps=1, side=16,
        decisions=Decisions(),
    )  # fmt: skip
    *_, last = learn(request)
    assert isinstance(last, ClassesLearnt) and last.classes == ("丨", "横", "竖")
    assert [line.split(":")[0] for line in last.rejected] == ["坏/x.png"]
    assert last.held_out == 1 and sum(last.confusion[2]) == 1


def test_what_it_says_of_a_picture_and_what_each_layer_sees(
    drawn: Path, learnt: tuple[ClassesLearnt, Path]
) -> None:
    files = tuple(str(drawn / name / "3.png") for name in ("横", "竖"))
    said = [
        event
        for event in classify(Classify(model=str(learnt[1]), files=files, maps=True))
        if isinstance(event, Classified)
    ]
    assert [max(one.shares, key=one.shares.__getitem__) for one in said] == ["横", "竖"]
    assert sum(said[0].shares.values()) == pytest.approx(1)
    assert list(said[0].maps) == [
        f"{kind}-{number}" for number in (1, 2, 3) for kind in ("convolution", "pooling")
    ]
    sizes = {name: pixels.array().shape for name, pixels in said[0].maps.items()}
    assert sizes["convolution-1"] == (5 * 18 - 2, 5 * 18 - 2, 3), "24 maps of 16 pixels"
    assert said[0].maps["convolution-1"].array().max() == 255


def test_shapes_gradients_and_one_batch_by_heart() -> None:
    torch.manual_seed(2)
    classifier = Classifier(SHAPE)
    pictures, true = torch.rand(4, 3, 16, 16) * 2 - 1, torch.tensor([0, 1, 1, 0])
    assert classifier(pictures).shape == (4, 2)
    optimiser = torch.optim.Adam(classifier.parameters(), 0.01)
    for _ in range(60):
        loss = functional.cross_entropy(classifier(pictures), true)
        optimiser.zero_grad()
        loss.backward()
        assert all(
            one.grad is not None and bool(one.grad.isfinite().all()) for one in classifier.parameters()
        )
        optimiser.step()
    assert loss.item() < 0.05 and judged(classifier, pictures).tolist() == true.tolist()


def test_the_loss_is_that_of_the_shares_by_hand() -> None:
    said, true = torch.tensor([[2.0, 0.0], [0.0, 1.0]]), torch.tensor([0, 0])
    by_hand = -(np.log(np.exp(2) / (np.exp(2) + 1)) + np.log(1 / (1 + np.exp(1)))) / 2
    assert functional.cross_entropy(said, true).item() == pytest.approx(by_hand, rel=1e-6)


def test_each_layer_is_what_the_network_computes() -> None:
    torch.manual_seed(3)
    classifier, picture = Classifier(SHAPE), torch.rand(3, 16, 16) * 2 - 1
    stages = classifier.stages(picture)
    assert [tuple(one.maps.shape) for one in stages] == [(6, 16, 16), (6, 8, 8), (8, 8, 8), (8, 4, 4)]
    hidden = functional.relu(classifier.dense(stages[-1].maps.flatten()[None]))
    assert torch.allclose(classifier.answer(hidden), classifier(picture[None]), atol=1e-5)
    sheet = mosaic(torch.tensor([[[0.0, 1.0]], [[2.0, 4.0]], [[0.0, 0.0]]]))
    assert sheet.shape == (2 * 16 + 2, 2 * 32 + 2, 3), "a square of 16 for each pixel"
    assert (sheet[:16, 16:32] == 63).all() and (sheet[:16, 50:] == 255).all() and not sheet[:16, :16].any()


def test_what_is_no_classifier_is_refused_by_name(tmp_path: Path) -> None:
    other, lost, broken = (tmp_path / f"{name}.safetensors" for name in ("other", "lost", "broken"))
    save_file({"weight": torch.zeros(2)}, other)
    broken.write_bytes(b"no tensors at all")
    wild = Classifier(SHAPE)
    wild.answer.bias.data.fill_(float("nan"))
    write(wild, tmp_path / "wild.safetensors")
    for path in (other, lost, broken, tmp_path / "wild.safetensors"):
        with pytest.raises(DataError, match=path.name):
            load(path)


def test_pictures_that_cannot_be_read_are_named(learnt: tuple[ClassesLearnt, Path], tmp_path: Path) -> None:
    (tmp_path / "坏.png").write_bytes(b"nothing")
    with pytest.raises(DataError, match="坏"):
        list(classify(Classify(model=str(learnt[1]), files=(str(tmp_path / "坏.png"),))))


def test_one_class_alone_is_refused(drawn: Path, tmp_path: Path) -> None:
    request = LearnClasses(data=str(drawn / "横"), out=str(tmp_path / "x.safetensors"), side=16)
    with pytest.raises(DataError, match="sub-folders"):
        list(learn(request))


def test_the_commands_teach_say_and_show(
    danqing: Callable[..., tuple[int, str, str]],  # noqa: F811
    drawn: Path,
    tmp_path: Path,
) -> None:
    model, maps = tmp_path / "strokes.safetensors", tmp_path / "maps"
    code, out, err = danqing("classes", "learn", drawn, model, "--steps", 60, "--size", 16)
    assert code == 0 and out.strip() == str(model)
    assert "of 12\n" in err and "横: " in err
    picture = drawn / "竖" / "3.png"
    code, out, _ = danqing("classes", "say", model, picture, "--maps", maps)
    assert code == 0 and f"{picture}: 竖" in out
    assert len(list(maps.glob("3-*.png"))) == 6
    code, _, err = danqing("classes", "say", picture, picture)
    assert code == 1 and "no classifier" in err


def test_the_command_foresees_a_training(
    danqing: Callable[..., tuple[int, str, str]],  # noqa: F811
    drawn: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(forecast, "DRY_STEPS", 2)
    code, out, _ = danqing("foresee", drawn, "--recipe", "tiny", "--within", "10m", "--device", "cpu")
    assert code == 0 and out.startswith("tiny, 32 px, ") and "on the disk" in out
    code, _, err = danqing("foresee", drawn, "--within", "soon")
    assert code == 2 and "soon" in err
