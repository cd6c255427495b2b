"""``danqing models encode`` and ``decode``: a picture to a latent file and back, and files that belong to nothing here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio import cli
from studio.project.latent_file import read_latent
from tests.engine.test_encoding import picture, write_vae


@pytest.fixture
def danqing(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs ``danqing WORDS``; gives exit code, output and error output."""

    def run(*words: object) -> tuple[int, str, str]:
        code = cli.main([*map(str, words), "--lang", "en"])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def read(path: Path) -> np.ndarray:
    return np.asarray(Image.open(path).convert("RGB")).astype(int)


def test_a_picture_to_a_latent_and_back(danqing, tmp_path: Path, home: Path) -> None:
    write_vae(home / "data" / "models" / "tiny-vae.safetensors")
    source, drawn = tmp_path / "山.png", tmp_path / "重.png"
    Image.fromarray(picture(4)).save(source)
    code, out, err = danqing(
        "models", "encode", "tiny-vae", source, "--reconstruction", drawn, "--device", "cpu"
    )
    assert code == 0 and "of 255" in out, err
    latent = tmp_path / "山.danqing-latent"
    kept = read_latent(latent)
    assert (
        kept.model == "tiny-vae" and kept.station.variety == 1.0 and len(kept.station.parts[0].latent) == 16
    )
    again = tmp_path / "again.png"
    code, out, err = danqing("models", "decode", latent, again, "--size", 32, "--device", "cpu")
    assert code == 0, err
    plain = np.asarray(
        Image.fromarray(read(drawn).astype(np.uint8)).resize((32, 32), Image.Resampling.LANCZOS)
    )
    assert np.abs(read(again) - plain).max() <= 1
    moved = tmp_path / "moved.png"
    code, _, err = danqing(
        "models", "decode", latent, moved, "--size", 32, "--slider", "dimension-1=3", "--device", "cpu"
    )
    assert code == 0 and (read(moved) != read(again)).any(), err


def test_latents_of_other_models_and_versions_are_refused(danqing, tmp_path: Path, home: Path) -> None:
    model = write_vae(home / "data" / "models" / "tiny-vae.safetensors")
    Image.fromarray(picture(4)).save(tmp_path / "a.png")
    assert danqing("models", "encode", "tiny-vae", tmp_path / "a.png", "--device", "cpu")[0] == 0
    latent, out = tmp_path / "a.danqing-latent", tmp_path / "out.png"
    text = latent.read_text("utf-8")
    latent.write_text(text.replace('"danqing_latent": 1', '"danqing_latent": 9'), "utf-8")
    code, _, err = danqing("models", "decode", latent, out)
    assert code and "newer Danqing" in err and "a.danqing-latent" in err
    latent.write_text("{}", "utf-8")
    code, _, err = danqing("models", "decode", latent, out)
    assert code and "no latent that Danqing wrote" in err
    latent.write_text(text, "utf-8")
    model.unlink()
    write_vae(home / "other" / "tiny-vae.safetensors", ("hills", "lakes")).rename(model)
    code, _, err = danqing("models", "decode", latent, out)
    assert code and "another model or another state" in err and "tiny-vae" in err and not out.exists()
    Image.fromarray(picture(4, 3)).save(tmp_path / "small.png")
    code, _, err = danqing("models", "encode", "tiny-vae", tmp_path / "small.png", "--device", "cpu")
    assert code and "too small" in err and not (tmp_path / "small.danqing-latent").exists()


# ── a slider by examples ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def wild(danqing, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A direction that was taught to a small model by seeds, a picture and a latent."""
    monkeypatch.chdir(tmp_path)
    write_vae(home / "data" / "models" / "tiny-vae.safetensors")
    for number in (1, 2):
        Image.fromarray(picture(number)).save(tmp_path / f"{number}.png")
    assert danqing("models", "encode", "tiny-vae", "2.png", "--device", "cpu")[0] == 0
    code, out, err = danqing(
        "models", "teach", "tiny-vae", "--yes", "3", "--yes", "5-7", "--yes", "1.png", "--no", "8-10",
        "--no", "2.danqing-latent", "--name", "Wild: one", "--name-zh", "野", "--device", "cpu",
    )  # fmt: skip
    assert code == 0 and "Wild one.danqing-direction" in out and "of 255" in out, err
    return tmp_path / "Wild one.danqing-direction"


def test_a_taught_direction_is_a_slider_of_generate(danqing, tmp_path: Path, wild: Path) -> None:
    made = {}
    for name, words in (
        ("plain", ()),
        ("none", ("--slider", f"{wild}=0")),
        ("one", ("--slider", wild)),
        ("as-one", ("--slider", f"{wild}=1")),
        ("back", ("--slider", f"{wild}=-2", "--slider", "dimension-1=0.5")),
    ):
        code, out, err = danqing(
            "generate", "tiny-vae", tmp_path / name, "--count", 1, "--size", 32, "--device", "cpu", *words
        )
        assert code == 0, err
        made[name] = read(Path(out.split()[-1]))
    assert (made["plain"] == made["none"]).all() and (made["one"] == made["as-one"]).all()
    assert (made["one"] != made["plain"]).any() and (made["back"] != made["one"]).any()
    code, _, err = danqing("generate", "tiny-vae", tmp_path / "far", "--slider", f"{wild}=9")
    assert code and "outside" in err


def test_directions_of_other_models_and_versions_are_refused(
    danqing, tmp_path: Path, home: Path, wild: Path
) -> None:
    def refused() -> str:
        code, _, err = danqing("generate", "tiny-vae", tmp_path / "out", "--slider", f"{wild}=1")
        assert code and not (tmp_path / "out").exists()
        return err

    text = wild.read_text("utf-8")
    wild.write_text(text.replace('"danqing_direction": 1', '"danqing_direction": 9'), "utf-8")
    assert "newer Danqing" in refused()
    for broken in ("{}", text.replace("own-", "mist-"), "no JSON"):
        wild.write_text(broken, "utf-8")
        assert "no direction that Danqing wrote" in refused()
    wild.write_text(text, "utf-8")
    model = home / "data" / "models" / "tiny-vae.safetensors"
    model.unlink()
    write_vae(home / "other" / "tiny-vae.safetensors", ("hills", "lakes")).rename(model)
    assert "another model or another state" in refused()
    wild.unlink()
    assert wild.name in refused()
    code, _, err = danqing("models", "teach", "tiny-vae", "--yes", "9-3", "--no", "4", "--name", "a")
    assert code and "first seed" in err
