"""``danqing rework``: scaled by content with masks, quilted, made to repeat, cut out; refused in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio import cli
from studio.project.decode import decode


@pytest.fixture
def danqing(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs ``danqing WORDS``; gives exit code, output and error output."""

    def run(*words: object) -> tuple[int, str, str]:
        code = cli.main([*map(str, words), "--lang", "en"])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    pixels = np.random.default_rng(1).integers(0, 256, (70, 90, 3))
    return saved(tmp_path / "照片.png", pixels)


def read(path: Path) -> np.ndarray:
    return decode(path.read_bytes(), str(path)).pixels


def saved(path: Path, pixels: np.ndarray) -> Path:
    Image.fromarray(pixels.astype(np.uint8)).save(path)
    return path


def test_scaling_keeps_and_removes_what_the_masks_say(danqing, tmp_path: Path) -> None:
    grey = np.random.default_rng(1).integers(90, 110, (60, 100, 3))
    grey[20:40, 10:30], grey[20:40, 60:80] = (250, 30, 30), (30, 30, 250)
    keep, remove = np.zeros((60, 100)), np.zeros((60, 100))
    keep[:, 8:32], remove[:, 58:82] = 255, 255
    source = saved(tmp_path / "照片.png", grey)
    masks = saved(tmp_path / "keep.png", keep), saved(tmp_path / "remove.png", remove)
    target = tmp_path / "out.png"
    words = ("rework", "scale", source, target, "-p", "width=76", "--keep", masks[0], "--remove", masks[1])
    assert danqing(*words) == (0, "", "")
    found = read(target).astype(int)
    assert found.shape[:2] == (60, 76)
    assert not ((found[..., 2] > 200) & (found[..., 0] < 60)).any(), "what is to go went first"
    assert ((found[..., 0] > 200) & (found[..., 2] < 60)).sum() == 400, "what is to stay is whole"


def test_a_texture_grows_and_repeats(danqing, photo: Path, tmp_path: Path) -> None:
    large, tile = tmp_path / "large.png", tmp_path / "tile.png"
    assert danqing(
        "rework", "quilt", photo, large, "-p", "width=150", "-p", "height=120", "-p", "block=24"
    ) == (0, "", "")
    assert read(large).shape[:2] == (120, 150)
    again = tmp_path / "again.png"
    danqing(
        "rework", "quilt", photo, again, "-p", "width=150", "-p", "height=120", "-p", "block=24", "--seed", 7
    )
    assert not np.array_equal(read(large), read(again))
    y, x = np.mgrid[:70, :90]
    slope = saved(tmp_path / "slope.png", np.dstack((60 + x, 80 + y, 90 + 0 * x)))
    assert danqing("rework", "seamless", slope, tile, "-p", "way=blend", "-p", "band=24") == (0, "", "")
    found = read(tile).astype(int)
    assert found.shape[:2] == (70, 90) and np.abs(found[:, 0, :3] - found[:, -1, :3]).max() <= 4


@pytest.mark.parametrize("hinted", [False, True])
def test_cutting_out_leaves_the_foreground_on_transparency(danqing, tmp_path: Path, hinted: bool) -> None:
    y, x = np.mgrid[:96, :120]
    inside = np.hypot(x - 60, y - 48) < 28
    colours = np.where(inside[..., None], (220, 60, 30), (40, 90, 160)) + np.random.default_rng(2).integers(
        -4, 5, (96, 120, 3)
    )
    source, target = saved(tmp_path / "photo.png", colours), tmp_path / "cut.png"
    hint = ("--keep", saved(tmp_path / "hint.png", inside * 255)) if hinted else ()
    assert danqing("rework", "cut-out", source, target, *hint) == (0, "", "")
    alpha = read(target)[..., 3].astype(float) / 255
    assert np.abs(alpha - inside).mean() < 0.03 and alpha[0, 0] == 0 and alpha[48, 60] == 1


def test_wrongly_used(danqing, photo: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.png"
    code, out, _ = danqing("rework", "--list")
    assert code == 0 and "block=48" in out and "cut-out" in out
    for words, code, part in (
        (("rework", "magic", photo, target), 2, "scale"),
        (("rework", "scale", photo), 2, "OUT"),
        (("rework", "quilt", photo, target, "--keep", photo), 2, "--keep"),
        (("rework", "scale", photo, target, "-p", "width=-1"), 2, "width"),
        (
            ("rework", "scale", photo, target, "--keep", saved(tmp_path / "small.png", np.zeros((5, 5)))),
            1,
            "another size",
        ),
    ):
        got, _, err = danqing(*words)
        assert got == code and part in err and not target.exists(), (words, err)
