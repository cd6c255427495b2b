"""``danqing models taste``: walls as picture files, marks that lead on and are kept, and what is refused."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest

from studio.messages.models import told_of
from studio.project.taste_file import TasteFile
from tests.engine.test_encoding import write_vae
from tests.test_cli_encoding import danqing, read

__all__ = ["danqing"]
SIDE = 32
WORDS = ("models", "taste", "tiny-vae", "mine.danqing-taste", "--size", SIDE, "--device", "cpu")


@pytest.fixture
def begun(danqing, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The first wall of a small model was shown."""
    monkeypatch.chdir(tmp_path)
    write_vae(home / "data" / "models" / "tiny-vae.safetensors")
    code, out, err = danqing(*WORDS, "--seed", 3)
    assert code == 0 and "wall 1: mine.png" in out, err
    return tmp_path / "mine.danqing-taste"


def nine() -> list[np.ndarray]:
    """The pictures of the wall."""
    whole, step = read(Path("mine.png")), SIDE + 8
    assert whole.shape == (3 * step + 8, 3 * step + 8, 3) and (whole[:8] == 255).all()
    return [
        whole[8 + row * step : step + row * step, 8 + column * step : step + column * step]
        for row in range(3)
        for column in range(3)
    ]


def test_marks_lead_to_other_nine_and_back(danqing, begun: Path) -> None:
    first = nine()
    assert len({one.tobytes() for one in first}) == 9
    code, out, err = danqing(*WORDS, "--like", 2, "--like", 7, "--unlike", 4, "--keep", "best.png")
    assert code == 0 and "wall 2: mine.png" in out and "best.png" in out, err
    second, kept = nine(), msgspec.json.decode(begun.read_bytes(), type=TasteFile).taste
    assert [one.marks for one in kept.rounds] == [(0, 1, 0, -1, 0, 0, 1, 0, 0)]
    assert any((one != other).any() for one, other in zip(first, second, strict=True))
    best = read(Path("best.png"))
    assert best.shape == (512, 512, 3)
    small = best.reshape(SIDE, 16, SIDE, 16, 3).mean((1, 3))
    away = [np.abs(small - one).mean() for one in second]
    assert np.argmin(away) == 0, "the favourite is the first of the wall"
    assert danqing(*WORDS)[0] == 0
    assert all((one == other).all() for one, other in zip(second, nine(), strict=True)), "no marks: the same"
    code, out, err = danqing(*WORDS, "--back")
    assert code == 0 and "wall 1" in out, err
    assert all((one == other).all() for one, other in zip(first, nine(), strict=True))


def test_what_is_odd_about_marks_is_said_and_a_contradiction_within_a_wall_is_not_kept(
    danqing, begun: Path
) -> None:
    before = begun.read_bytes()
    code, _, err = danqing(*WORDS, "--like", 3, "--like", 5, "--unlike", 5)
    assert code == 2 and "picture 5 is both liked and not" in err and begun.read_bytes() == before
    likes = [word for number in range(1, 10) for word in ("--like", number)]
    code, out, _ = danqing(*WORDS, *likes)
    assert code == 0 and "All nine were liked" in out
    kept = msgspec.json.decode(begun.read_bytes(), type=TasteFile)
    other = msgspec.structs.replace(kept.taste.rounds[0], marks=(-1,) + (0,) * 8)
    rounds = (*kept.taste.rounds, other)
    taste = msgspec.structs.replace(kept.taste, rounds=rounds)
    begun.write_bytes(msgspec.json.encode(msgspec.structs.replace(kept, taste=taste)))
    code, out, _ = danqing(*WORDS)
    assert code == 0 and "Liked once and disliked another time: 1" in out and "wall 3" in out


def test_marks_of_other_models_versions_and_places_are_refused(danqing, begun: Path, home: Path) -> None:
    def refused(*words: object) -> str:
        before = begun.read_bytes()
        code, _, err = danqing(*WORDS, *words)
        assert code and begun.read_bytes() == before
        return err

    text, wall = begun.read_text("utf-8"), Path("mine.png").read_bytes()
    assert "first wall" in refused("--back")
    assert "another name" in refused("--seed", 5)
    code, _, err = danqing("models", "taste", "tiny-vae", "other", "--like", 1)
    assert code == 2 and "other.danqing-taste" in err and not Path("other.danqing-taste").exists()
    broken = msgspec.json.decode(begun.read_bytes())
    broken["taste"]["rounds"] = [{"points": "AAAA", "marks": [1] * 9}]
    for content in ("{}", "no JSON", msgspec.json.encode(broken).decode()):
        begun.write_text(content, "utf-8")
        assert "no marks that Danqing wrote" in refused()
    begun.write_text(text.replace('"danqing_taste": 1', '"danqing_taste": 9'), "utf-8")
    assert "newer Danqing" in refused()
    begun.write_text(text, "utf-8")
    model = home / "data" / "models" / "tiny-vae.safetensors"
    model.unlink()
    write_vae(home / "other" / "tiny-vae.safetensors", tuple(f"kind-{n:02}" for n in range(24))).rename(model)
    assert "another model or another state" in refused("--like", 1)
    assert Path("mine.png").read_bytes() == wall
    code, _, err = danqing("models", "taste", "tiny-vae", "new", "--class", "winter")
    assert code == 2 and "kind-00, kind-01" in err and "… (+16)" in err and "kind-08" not in err


def test_of_many_names_the_nearest_are_told() -> None:
    names = [f"ink-{season}-{time}" for season in ("spring", "winter") for time in range(12)]
    assert told_of("winter-1", names) == "ink-winter-1, ink-winter-10, ink-winter-11 … (+21)"
    assert told_of("ink-sprin-3", names).startswith("ink-spring-3, ")
    assert told_of("x", names) == ", ".join(names[:8]) + " … (+16)"
    assert told_of("x", names[:8]) == ", ".join(names[:8]) and told_of("x", ()) == "–"
