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
