"""The red eye tool: a click or a circle, one step, skin and what lies outside stay."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Paint
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.workspace.tools import Pointer, red_eye
from tests.workspace.conftest import Bench

SIDE = 160


def face() -> tuple[np.ndarray, np.ndarray]:
    """Skin with two red pupils, and where these are."""
    y, x = np.mgrid[:SIDE, :SIDE]
    pixels = np.ones((SIDE, SIDE, 4), np.float32)
    pixels[..., :3] = (0.85, 0.62, 0.52)
    pupils = (np.hypot(x - 50, y - 60) < 10) | (np.hypot(x - 110, y - 60) < 10)
    pixels[pupils, :3] = (0.75, 0.12, 0.15)
    return pixels.astype(np.float16).astype(np.float32), pupils


def show(bench: Bench, pixels: np.ndarray, selection: Rect | None = None, move: float = 0.0) -> Artwork:
    surface = Surface.from_pixels(pixels.astype(np.float16), -int(move), 0)
    layer = Paint(name="Face", surface=surface, transform=(1.0, 0.0, 0.0, 1.0, move, 0.0))
    artwork = edits.set_active(Artwork(width=SIDE, height=SIDE, layers=(layer,)), layer.id)
    if selection is not None:
        artwork = artwork.with_(selection=edits.rectangle_selection(selection))
    bench.studio.show(artwork, title="Face")
    bench.settle()
    bench.told.clear()
    bench.studio.painting.choose_tool("red-eye")
    return artwork


def press(
    bench: Bench, x: float, y: float, *, to: tuple[float, float] | None = None, end: str = "finish"
) -> None:
    gesture = bench.studio.painting.begin(bench.picture, Pointer(x, y))
    assert gesture is not None, bench.sentences()
    if to is not None:
        gesture.send(Pointer(*to))
    getattr(gesture, end)()
    bench.settle()


@pytest.mark.parametrize("move", [0.0, 7.0])
@pytest.mark.parametrize("to", [None, (65.0, 60.0)])
def test_one_eye_is_one_step(bench: Bench, to: tuple[float, float] | None, move: float) -> None:
    pixels, pupils = face()
    before = show(bench, pixels, move=move)
    bench.studio.painting.change_options("red-eye", size=40.0)
    press(bench, 50.5, 60.5, to=to)
    assert bench.labels()[1:] == ["Red eye"], bench.sentences()
    seen = bench.picture.renderer.flatten(bench.picture.document.committed)
    near = pupils.copy()
    near[:, 80:] = False
    assert np.ptp(seen[near][:, :3], axis=-1).max() < 0.01 and seen[near][:, 0].max() < 0.12
    assert np.array_equal(seen[~near], pixels[~near]), "skin and the other eye stay"
    bench.studio.undo()
    assert bench.picture.document.committed is before


def test_what_is_not_red_is_said_and_escape_changes_nothing(bench: Bench) -> None:
    pixels, _ = face()
    before = show(bench, pixels)
    press(bench, 80, 130)
    assert bench.sentences("info") == [red_eye.NOTHING_RED]
    press(bench, 50, 60, end="cancel")
    assert bench.picture.document.artwork is before and bench.studio.painting.marks == ()


def test_a_large_circle_is_done_on_the_lane(bench: Bench) -> None:
    pixels, pupils = face()
    show(bench, pixels)
    press(bench, 80, 60, to=(80 + 150, 60))
    assert bench.labels()[1:] == ["Red eye"]
    seen = bench.picture.renderer.flatten(bench.picture.document.committed)
    assert np.ptp(seen[pupils][:, :3], axis=-1).max() < 0.01 and np.array_equal(
        seen[~pupils], pixels[~pupils]
    )


def test_only_what_is_selected(bench: Bench) -> None:
    pixels, pupils = face()
    show(bench, pixels, Rect(0, 0, 50, SIDE))
    press(bench, 50, 60)
    seen = bench.picture.renderer.flatten(bench.picture.document.committed)
    assert np.array_equal(seen[:, 50:], pixels[:, 50:]) and not np.array_equal(seen[pupils], pixels[pupils])
