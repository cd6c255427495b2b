"""Frames as files that play: what comes back, in which number and order; loops without a seam; what is stopped or refused."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageSequence

from studio.project import animation
from studio.project.errors import ExportError
from studio.recipe import RecipeError
from studio.synthesis import MAKERS, looping

SIZE = (64, 48)


def frames(count: int = 6) -> list[np.ndarray]:
    return [np.full((SIZE[1], SIZE[0], 3), 40 * number, np.uint8) for number in range(count)]


def written(path: Path, count: int = 6, rate: int = 20) -> list[int]:
    return list(animation.write_animation(path, frames(count), *SIZE, rate))


@pytest.mark.parametrize("ending", [".webp", ".apng", ".gif"])
def test_one_file_plays_without_end(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"循环{ending}"
    assert written(path)[-1] == 6
    with Image.open(path) as film:
        assert (
            sum(1 for _ in ImageSequence.Iterator(film)) == 6
            and film.info.get("loop", 0) == 0
            and film.size == SIZE
        )
        for number in range(6):
            film.seek(number)
            film.load()
            assert film.info["duration"] == 50
            assert abs(np.asarray(film.convert("RGB")).mean() - 40 * number) < 4
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_frames_that_are_alike_are_all_there(tmp_path: Path) -> None:
    """Of equal frames one may stay for as long as all of them."""
    path = tmp_path / "still.webp"
    list(animation.write_animation(path, [frames(1)[0]] * 4, *SIZE, 10))
    with Image.open(path) as film:
        total = 0
        for number in range(sum(1 for _ in ImageSequence.Iterator(film))):
            film.seek(number)
            film.load()
            total += film.info["duration"]
        assert total == 400 or sum(1 for _ in ImageSequence.Iterator(film)) == 1


@pytest.mark.parametrize("ending", [".mp4", ".webm"])
def test_videos(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"loop{ending}"
    try:
        assert written(path)[-1] == 6
    except ExportError:
        pytest.skip("this machine writes no such video")
    film = cv2.VideoCapture(str(path))
    assert sum(1 for _ in iter(lambda: film.read()[0], False)) == 6
    film.release()


def test_numbered_files(tmp_path: Path) -> None:
    assert written(tmp_path / "loop.png", 3)[-1] == 3
    names = sorted(one.name for one in tmp_path.iterdir())
    assert names == ["loop-0001.png", "loop-0002.png", "loop-0003.png"]
    assert (np.asarray(Image.open(tmp_path / names[2])) == 80).all()


@pytest.mark.parametrize("name", ["loop.webp", "loop.gif", "loop.png"])
def test_stopped_it_leaves_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "loop.webp").write_bytes(b"old")
    work = animation.write_animation(tmp_path / name, iter(frames() * 20), *SIZE, 20)
    next(work)
    work.close()
    assert [one.name for one in tmp_path.iterdir()] == ["loop.webp"]
    assert (tmp_path / "loop.webp").read_bytes() == b"old"


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "loop.xyz", tmp_path / "gone" / "loop.webp", tmp_path / "gone" / "loop.png"):
        with pytest.raises(ExportError) as told:
            written(path)
        assert "loop" in str(told.value)


@pytest.mark.parametrize(("name", "side"), [("a.webp", 16_384), ("a.gif", 65_536)])
def test_a_side_that_the_format_cannot_say_is_refused_before_a_frame_is_made(
    tmp_path: Path, name: str, side: int
) -> None:
    def none_made():
        raise AssertionError("a frame was asked for")
        yield

    with pytest.raises(ExportError, match=f"{side - 1}"):
        list(animation.write_animation(tmp_path / name, none_made(), side, 1, 10))
    assert not list(tmp_path.iterdir())


def test_a_frame_that_fails_fails_the_file(tmp_path: Path) -> None:
    def broken():
        yield frames()[0]
        raise RecipeError("no")

    with pytest.raises(RecipeError):
        list(animation.write_animation(tmp_path / "loop.webp", broken(), *SIZE, 20))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", [one.name for one in MAKERS.values() if looping.has_time(one.parameters)])
def test_a_turn_has_no_seam(name: str) -> None:
    """The step from the last frame to the first is as large as the others are."""
    shown = [one.astype(float) for one in animation.turned(name, 48, 48, {"loop": 2}, 24, seed=3)]
    steps = [np.abs(a - b).mean() for a, b in zip(shown, [*shown[1:], shown[0]], strict=True)]
    assert max(steps) > 0 and steps[-1] < 2.5 * np.median(steps) + 0.5
    assert np.abs(shown[0] - shown[12]).mean() > 1.2 * np.median(steps), (
        "and in between it is another pattern"
    )


def test_what_has_no_third_axis_is_refused() -> None:
    with pytest.raises(RecipeError, match="perlin"):
        animation.turned("reaction-diffusion", 48, 48, {}, 8)
    with pytest.raises(RecipeError):
        animation.turned("perlin", 0, 48, {}, 8)
