"""``danqing mosaic`` and ``danqing collage``: a folder becomes one picture; what is broken is named and left out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio import api
from studio.cli import main
from studio.document import edits
from studio.raster.surface import Surface


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "图片"
    found.mkdir()
    for index in range(9):
        pixels = np.ones((30, 20 + 5 * index, 4), np.float32)
        pixels[..., :3] = ((index % 3) / 2, (index // 3) / 2, 0.5)
        surface = Surface.from_pixels(pixels.astype(np.float16))
        artwork = edits.from_picture(surface, pixels.shape[1], 30, name="one")
        api.export(artwork, found / f"{index}.png")
    (found / "坏.png").write_bytes(b"no picture at all")
    return found


def test_a_mosaic_of_a_folder(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    out = tmp_path / "mosaic.png"
    code = main(["mosaic", str(folder / "4.png"), str(folder), str(out), "-p", "columns=8", "-p", "tile=12"])
    assert code == 0
    made = api.open(out)
    assert (made.width, made.height) == (96, 72)
    said = capsys.readouterr().err
    assert "坏.png" in said and "could not be opened: 1" in said


def test_detail_of_a_folder(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    from tests.synthesis.test_detail import fine, lacking, texture

    def written(name: str, pixels: np.ndarray) -> Path:
        artwork = edits.from_picture(Surface.from_pixels(pixels.astype(np.float16)), 128, 96, name="one")
        api.export(artwork, folder / name)
        return folder / name

    source, out = written("soft.png", lacking(texture(1))), tmp_path / "sharp.png"
    written("lender.png", texture(2))
    words = ["fuse", "patch-detail", str(source), str(out), "--from", str(folder), "-p", "pictures=1"]
    assert main(words) == 0
    assert "坏.png" in capsys.readouterr().err
    before, after = (api.flatten(api.open(one)) for one in (source, out))
    assert before.shape == after.shape and fine(after).std() > 2 * fine(before).std()
    assert main(["fuse", "mean", str(source), str(out), "--from", str(folder)]) == 2
    assert "patch-detail" in capsys.readouterr().err
    assert main([*words[:-1], "pictures=99"]) == 2


def test_a_collage_of_a_folder(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    for layout in ("rows", "scattered"):
        out = tmp_path / f"{layout}.png"
        assert (
            main(
                [
                    "collage",
                    str(folder),
                    str(out),
                    "-p",
                    f"layout={layout}",
                    "-p",
                    "width=300",
                    "-p",
                    "row_height=40",
                ]
            )
            == 0
        )
        assert api.open(out).width == 300
    assert "坏.png" in capsys.readouterr().err


def test_the_output_is_no_candidate_and_layers_can_be_written(folder: Path) -> None:
    out = folder / "all.danqing"
    for _ in range(2):
        assert main(["collage", str(folder), str(out), "-p", "width=300", "-p", "row_height=40"]) == 0
    assert api.open(out).width == 300


def test_what_is_missing_is_named(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["collage", str(tmp_path / "nowhere"), str(tmp_path / "a.png")]) == 1
    assert "nowhere" in capsys.readouterr().err
    empty = tmp_path / "empty"
    empty.mkdir()
    assert main(["mosaic", str(folder / "1.png"), str(empty), str(tmp_path / "a.png")]) == 2
    assert "at least one picture" in capsys.readouterr().err
    assert main(["mosaic", str(folder)]) == 2
    assert main(["collage", "--list"]) == 0
    assert "row_height" in capsys.readouterr().out


def test_progress_is_told_and_stops(folder: Path) -> None:
    parts: list[float] = []
    api.collage(folder, width=300, row_height=40, told=parts.append)
    assert parts == sorted(parts) and parts[-1] == 1

    class Enough(Exception):
        pass

    def stop(part: float) -> None:
        if part > 0.3:
            raise Enough

    with pytest.raises(Enough):
        api.mosaic(api.open(folder / "1.png"), folder, told=stop)
