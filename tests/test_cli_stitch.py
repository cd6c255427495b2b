"""``danqing stitch``: from files to a file, layered or flat, and what it says when it cannot."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio import api, cli
from studio.document.layer import Derived, Group
from tests.synthesis.views import texture


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("全景")
    scene = (texture(420, 240, 5) * 255).astype(np.uint8)
    stranger = (texture(220, 200, 80) * 255).astype(np.uint8)
    views = {"左 1.png": scene[20:220, :220], "右 2.png": scene[10:210, 150:370], "陌生.png": stranger}
    for name, pixels in views.items():
        Image.fromarray(pixels).save(folder / name)
    return [folder / name for name in views]


def run(*words: object) -> int:
    return cli.main(["stitch", *map(str, words), "-p", "features=800", "--lang", "en"])


def test_files_become_a_panorama(photos: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "全景.png"
    assert run(*photos[:2], target, "-p", "border=crop") == 0
    with Image.open(target) as found:
        assert 350 < found.width <= 372 and 170 < found.height <= 212
        assert np.asarray(found.convert("RGBA"))[..., 3].min() == 255


def test_a_project_keeps_the_layers(photos: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "全景.danqing"
    assert run(*photos[:2], target) == 0
    (group,) = api.open(target).layers
    assert isinstance(group, Group) and len(group.children) == 3 and isinstance(group.children[-1], Derived)
    assert group.children[0].mask is not None


def test_who_is_left_out_is_named(
    photos: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*photos, tmp_path / "out.png") == 0
    assert "left out, because they overlap with no other picture: 陌生.png" in capsys.readouterr().err


def test_what_cannot_be_stitched_is_one_line(
    photos: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out.png"
    assert run(photos[0], photos[2], target) == 1
    assert run(photos[0], target) == 2
    assert run(*photos[:2], target, "-p", "bands=99") == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 3 and "None of these 2 pictures" in lines[0] and "bands" in lines[2]
    assert not target.exists()


def test_the_parameters_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["stitch", "--list", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "projection=auto" in told and "bands=5" in told
