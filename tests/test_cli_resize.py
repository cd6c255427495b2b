"""``danqing resize`` and ``api.resize``: sizes, percentages, kernels, and what is not possible."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio import api, cli
from studio.raster.pixel_art import enlarge
from studio.recipe import RecipeError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "像素.png"
    palette = np.array([[255, 0, 0, 255], [0, 128, 0, 255], [0, 0, 255, 255], [0, 0, 0, 0]], np.uint8)
    Image.fromarray(palette[np.random.default_rng(4).integers(0, 4, (16, 16))]).save(path)
    return path


@pytest.mark.parametrize(("size", "kernel", "wanted"), [
    ("200%", "epx", (32, 32)), ("48x48", "scale3x", (48, 48)), ("400 %", "xbr", (64, 64)), ("8x4", "area", (8, 4)),
    ("50%", "mitchell", (8, 8)), ("0.1%", "nearest", (1, 1)),
])  # fmt: skip
def test_the_command_line_resizes(file: Path, size: str, kernel: str, wanted: tuple[int, int]):
    target = file.with_name("out.png")
    assert (
        cli.main(["resize", str(file), str(target), "--size", size, "--kernel", kernel, "--lang", "en"]) == 0
    )
    with Image.open(target) as made:
        assert made.size == wanted
        if kernel == "epx":
            with Image.open(file) as source:
                plain = np.asarray(source.convert("RGBA"), np.float32)
            assert np.array_equal(np.asarray(made.convert("RGBA"), np.float32), enlarge(plain, "epx"))


def test_layers_stay_layers(file: Path):
    target = file.with_name("out.danqing")
    assert cli.main(["resize", str(file), str(target), "--size", "200%", "--lang", "en"]) == 0
    assert api.open(target).width == 32


@pytest.mark.parametrize("words", [
    ["--size", "x"], ["--size", "0x9"], ["--size", "99999999%"], ["--size", "10x10", "--kernel", "cubist"], [],
])  # fmt: skip
def test_what_is_not_possible_is_one_sentence(
    file: Path, words: list[str], capsys: pytest.CaptureFixture[str]
):
    target = file.with_name("out.png")
    assert cli.main(["resize", str(file), str(target), *words, "--lang", "en"]) != 0
    said = capsys.readouterr().err
    assert "Traceback" not in said and said.strip() and not target.exists()


def test_python_says_what_is_not_possible(file: Path):
    artwork = api.open(file)
    assert api.resize(artwork, 32, 20, "xbr").width == 32
    for width, height, kernel in ((0, 5, "area"), (10, 10, "nonsense"), (10**6, 10**6, "area")):
        with pytest.raises(RecipeError):
            api.resize(artwork, width, height, kernel)
