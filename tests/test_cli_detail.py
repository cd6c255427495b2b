"""``danqing detail``: a picture with four times the pixels a side, learning from a folder; refused in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio import cli
from studio.engine.training.detail import DetailRecipe
from studio.messages.events import DetailLearnt
from studio.messages.requests import Train


@pytest.fixture
def danqing(capsys: pytest.CaptureFixture[str], home: Path) -> Callable[..., tuple[int, str, str]]:
    """Runs ``danqing WORDS``; gives exit code, output and error output."""

    def run(*words: object) -> tuple[int, str, str]:
        code = cli.main([*map(str, words), "--lang", "en"])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def picture(path: Path, side: int = 12) -> Path:
    path.parent.mkdir(exist_ok=True)
    pixels = np.random.default_rng(1).integers(0, 256, (side, side + 2, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(path)
    return path


def test_a_picture_gets_four_times_the_side_and_the_same_again(danqing, tmp_path: Path) -> None:
    source = picture(tmp_path / "图.png")
    made = []
    for name, seed in (("a", 5), ("b", 5), ("c", 6)):
        out = tmp_path / f"{name}.png"
        code, said, told = danqing("detail", "add", source, out, "--seed", seed)
        assert (code, said.strip()) == (0, str(out)), told
        assert "14 of 56 pixels a side are the picture's own" in told
        made.append(np.asarray(Image.open(out)))
    assert made[0].shape == (48, 56, 3)
    assert np.array_equal(made[0], made[1]) and not np.array_equal(made[0], made[2])


def test_a_folder_is_learnt_from_and_what_it_is_worth_is_told(
    danqing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = DetailRecipe(name="t", title="T", batch=1, crop=32, steps=1, pictures=1, precision="float32")
    monkeypatch.setattr("studio.engine.detail.work.detail_recipe", lambda name: recipe)
    picture(tmp_path / "scans" / "a.png", 256)
    run = tmp_path / "run"
    code, said, told = danqing("detail", "learn", tmp_path / "scans", "--run", run)
    assert (code, said.strip()) == (0, str(run / "model.danqing-detail")), told
    assert "no pictures left to test it on" in told
    out = tmp_path / "out.png"
    code, _, told = danqing("detail", "add", picture(tmp_path / "small.png"), out, "--file", said.strip())
    assert code == 0 and out.exists(), told


def test_what_cannot_be_done_is_one_line(danqing, tmp_path: Path) -> None:
    picture(tmp_path / "small" / "a.png")
    code, _, told = danqing("detail", "learn", tmp_path / "small", "--run", tmp_path / "run")
    assert code and "smaller than 256 pixels a side" in told
    code, _, told = danqing("detail", "add", tmp_path / "none.png", tmp_path / "out.png")
    assert code and "none.png" in told and not (tmp_path / "out.png").exists()
    code, _, told = danqing("detail", "learn", tmp_path, "--recipe", "codec-vae", "--run", tmp_path / "run")
    assert code and "detail-general" in told


def test_a_training_is_asked_for_detail(danqing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Train] = []

    def ask(request: Train, device: str = "auto"):
        asked.append(request)
        yield DetailLearnt(path="own.danqing-detail", pictures=9, steps=2, gain=0.51, sharpness=0.93)

    monkeypatch.setattr("studio.api.ask", ask)
    code, said, told = danqing("train", "tiny", tmp_path, "--detail", "--run", tmp_path / "run")
    assert code == 0 and asked[0].detail and said.strip() == "own.danqing-detail"
    assert "+0.51 dB beside bicubic, 0.93 times as sharp" in told


@pytest.mark.parametrize("recipe", ["detail-general", "codec-vae"])
def test_recipes_that_the_texts_name_are_found(
    danqing, recipe: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Train] = []
    monkeypatch.setattr(
        "studio.commands.training.api.ask", lambda request, **_: iter(asked.append(request) or ())
    )
    assert danqing("train", recipe, "--run", tmp_path / "run")[0] == 0 and asked[0].recipe == recipe
    code, _, told = danqing("train", "codec-vea", "--run", tmp_path / "run")
    assert code == 2 and "codec-vae" in told and "detail-general" in told
