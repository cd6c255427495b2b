"""What the commands for pictures say to a wrong word: the nearest right one, and what is wrong with a value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio import cli


@pytest.fixture
def danqing(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Runs ``danqing WORDS``; gives exit code and error output."""

    def run(*words: object) -> tuple[int, str]:
        code = cli.main([*map(str, words), "--lang", "en"])
        return code, capsys.readouterr().err

    return run


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "照片.png"
    Image.fromarray(np.random.default_rng(1).integers(0, 256, (30, 40, 3)).astype(np.uint8)).save(path)
    return path


def test_a_name_that_is_nearly_right_is_answered_with_the_nearest(
    danqing, photo: Path, tmp_path: Path
) -> None:
    code, said = danqing("filter", "gausian-blur", photo, tmp_path / "out.png")
    assert code == 2 and "gaussian-blur" in said and "canny" not in said
    code, said = danqing("fuse", "poison", photo, photo, tmp_path / "out.png")
    assert code == 2 and "poisson" in said and "sigma-clip" not in said
    code, said = danqing("filter", "blur", photo, tmp_path / "out.png")
    assert code == 2 and all(name in said for name in ("gaussian-blur", "box-blur", "lens-blur"))
    assert "canny" not in said, "what contains the word is named, and nothing else"
    code, said = danqing("filter", "zzzz", photo, tmp_path / "out.png")
    assert code == 2 and "gaussian-blur" in said and "canny" in said, "nothing is near: all are named"


@pytest.mark.parametrize(
    ("kernel", "said"),
    [("a b", "write numbers"), ("1 2; 3", "equally long"), ("", "equally long"), ("9e9", "1000000")],
)
def test_a_kernel_that_is_none_is_said_once_and_plainly(
    danqing, photo: Path, tmp_path: Path, kernel: str, said: str
) -> None:
    code, words = danqing("filter", "convolution", photo, tmp_path / "out.png", "-p", f"kernel={kernel}")
    assert code == 2 and words.count("kernel:") == 1 and said in words and "not possible" not in words
    assert not (tmp_path / "out.png").exists()


def test_a_mask_that_is_empty_or_does_nothing_is_no_silent_copy(danqing, photo: Path, tmp_path: Path) -> None:
    mask = tmp_path / "mask.png"
    Image.new("L", (40, 30)).save(mask)
    code, said = danqing("fuse", "poisson", photo, photo, tmp_path / "out.png", "--mask", mask)
    assert code == 1 and "black everywhere" in said
    code, said = danqing("fuse", "median", photo, photo, tmp_path / "out.png", "--mask", mask)
    assert code == 2 and "poisson" in said
    assert not (tmp_path / "out.png").exists()
