"""Labelled sets from the command line: of a model, of a chain of filters over a folder; what cannot be is refused by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from studio import cli
from studio.engine.datasets.listing import caption_of, list_pictures
from studio.project import labelled
from studio.project.filter_recipes import Step, checked

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def danqing(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``danqing WORDS``; gives exit code, output and error output."""

    def run(*words: object) -> tuple[int, str, str]:
        code = cli.main([*map(str, words), "--lang", "en"])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def lines(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "pictures.jsonl").read_text("utf-8").splitlines()]


def pixels(path: Path) -> np.ndarray:
    return np.asarray(cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_UNCHANGED))


def recipe(path: Path) -> Path:
    steps = [{"name": "gaussian-blur", "parameters": {"sigma": 2}}, {"name": "gaussian-noise"}]
    path.write_text(json.dumps(steps))
    return path


def test_a_chain_of_filters_over_a_folder(danqing: Run, tmp_path: Path) -> None:
    folder, out = tmp_path / "画", tmp_path / "set"
    folder.mkdir()
    for number in range(2):
        cell = np.random.default_rng(number).integers(0, 255, (24, 32, 3)).astype(np.uint8)
        (folder / f"{number}.png").write_bytes(cv2.imencode(".png", cell)[1].tobytes())
    words = ("data", "filters", recipe(tmp_path / "soft.json"), folder, out, "--each", 3, "--vary", "1.sigma")
    assert danqing(*words)[0] == 0
    told = lines(out)
    assert len(told) == 6 and {one["class"] for one in told} == {"soft"}
    assert len({one["factors"]["1.sigma"] for one in told}) == 6
    first = told[0]
    assert first["source"] == "0.png" and "Gaussian blur" in first["caption"] and "，" in first["caption_zh"]
    sharpness = {
        one["file"]: (one["factors"]["1.sigma"], float(np.abs(np.diff(pixels(out / one["file"])[..., :3].astype(float), axis=0)).mean()))
        for one in told[:3]
    }  # fmt: skip
    ordered = sorted(sharpness.values())
    assert ordered[0][1] > ordered[-1][1], "what is told is what was done"
    again = tmp_path / "again"
    assert danqing(*words[:4], again, *words[5:])[0] == 0
    assert lines(again) == told and (pixels(again / first["file"]) == pixels(out / first["file"])).all()


def test_a_broken_picture_is_passed_over_by_name(danqing: Run, tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "set"
    folder.mkdir()
    (folder / "a.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing more")
    (folder / "b.png").write_bytes(cv2.imencode(".png", np.full((9, 9, 3), 80, np.uint8))[1].tobytes())
    code, _, err = danqing("data", "filters", recipe(tmp_path / "soft.json"), folder, out, "--each", 2)
    assert code == 1 and "a.png" in err and [one["source"] for one in lines(out)] == ["b.png", "b.png"]


def test_names_of_a_chain_are_numbered_where_two_are_alike() -> None:
    steps = checked((Step(name="gaussian-blur"), Step(name="gaussian-noise")))
    found = labelled.free_of(steps)
    assert {"1.sigma", "2.sigma"} <= set(found) and "sigma" not in found


def test_a_models_pictures_with_their_sliders(danqing: Run, tmp_path: Path) -> None:
    out = tmp_path / "set"
    words = (
        "data",
        "model",
        "shanshui-gan",
        out,
        "--count",
        3,
        "--size",
        64,
        "--vary",
        "mist",
        "--device",
        "cpu",
    )
    assert danqing(*words)[0] == 0
    told = lines(out)
    assert [one["seed"] for one in told] == [1, 2, 3] and all(
        -3 <= one["factors"]["mist"] <= 3 for one in told
    )
    assert len({one["class"] for one in told}) == 3
    assert all("Mist" in one["caption"] and "雾" in one["caption_zh"] for one in told)
    assert pixels(out / told[0]["file"]).shape[:2] == (64, 64)
    found = {one.path.relative_to(out).as_posix(): one for one in list_pictures(out)}
    assert set(found) == {one["file"] for one in told}
    for one in told:  # what a training sees of the set
        assert found[one["file"]].label == one["class"] and caption_of(out / one["file"]) == one["caption"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("data", "model", "shanshui-gan", "OUT", "--vary", "wind"), "mist"),
        (("data", "model", "shanshui-gan", "OUT", "--class", "oil"), "oil"),
        (("data", "filters", "RECIPE", "IN", "OUT", "--vary", "wind"), "2.sigma"),
        (("data", "filters", "RECIPE", "EMPTY", "OUT"), "EMPTY"),
        (("data", "filters", "RECIPE", "NOWHERE", "OUT"), "NOWHERE"),
        (("data", "filters", "RECIPE", "IN", "IN"), "IN"),
    ],
)
def test_what_cannot_be_is_refused_by_name(
    danqing: Run, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    for name in ("IN", "EMPTY"):
        (tmp_path / name).mkdir()
    (tmp_path / "IN" / "a.png").write_bytes(cv2.imencode(".png", np.zeros((4, 4, 3), np.uint8))[1].tobytes())
    recipe(tmp_path / "RECIPE")
    given = [tmp_path / word if word.isupper() else word for word in words]
    code, _, err = danqing(*given)
    assert code != 0 and said in err and "Traceback" not in err
    assert not (tmp_path / "OUT").exists()


def test_an_earlier_set_keeps_its_lines_until_a_picture_of_a_new_one_is_there(
    danqing: Run, tmp_path: Path
) -> None:
    target, good, broken = tmp_path / "set", tmp_path / "good.png", tmp_path / "broken.png"
    cv2.imencode(".png", np.full((8, 8, 3), 90, np.uint8))[1].tofile(good)
    broken.write_bytes(b"")
    assert danqing("data", "layers", good, target)[0] == 0
    before = lines(target)
    code, _, err = danqing("data", "layers", broken, target)
    assert code == 1 and "broken.png" in err and len(before) == 1
    assert lines(target) == before
    for _ in range(2):
        assert danqing("data", "layers", good, target)[0] == 0 and len(lines(target)) == 1
