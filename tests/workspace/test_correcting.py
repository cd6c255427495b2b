"""Corrections that measure: one undo step each, and a sentence where there is nothing to measure by."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Locks, Paint
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.synthesis import horizon
from studio.synthesis.problems import HealError
from studio.workspace import correcting
from tests.filters.test_correction import fringed, photograph
from tests.workspace.conftest import Bench


def show(bench: Bench, pixels: np.ndarray, **fields: object) -> Artwork:
    layer = Paint(name="Photo", surface=Surface.from_pixels(pixels.astype(np.float16)), **fields)
    artwork = edits.set_active(
        Artwork(width=pixels.shape[1], height=pixels.shape[0], layers=(layer,)), layer.id
    )
    bench.studio.show(artwork, title="Photo")
    bench.settle()
    bench.told.clear()
    return artwork


def seascape(degrees: float, *, houses: bool = True) -> np.ndarray:
    """A horizon and some walls, turned clockwise about the middle, with noise."""
    high, wide = 900, 1300
    y, x = np.mgrid[:high, :wide].astype(np.float32)
    picture = np.where((y > 500)[..., None], (0.1, 0.3, 0.45), (0.6, 0.75, 0.9)).astype(np.float32)
    picture += 0.04 * np.sin(x / 37 + y / 23)[..., None]
    for left in (200, 420, 900) if houses else ():
        picture[330:500, left : left + 90] = (0.7, 0.5, 0.4)
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), -degrees, 1)
    picture = cv2.warpAffine(
        picture, matrix, (wide, high), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    picture = picture[120:780, 160:1140] + np.random.default_rng(1).normal(0, 0.01, (660, 980, 3))
    return np.dstack((np.clip(picture, 0, 1), np.ones(picture.shape[:2]))).astype(np.float32)


@pytest.mark.parametrize("degrees", [-6.3, -1.2, 0.0, 0.5, 3.4, 9.0])
def test_the_tilt_is_found(degrees: float) -> None:
    assert horizon.tilt(seascape(degrees)) == pytest.approx(degrees, abs=0.1)
    assert horizon.tilt(seascape(degrees, houses=False)) == pytest.approx(degrees, abs=0.1)


def test_without_lines_there_is_no_tilt() -> None:
    noise = np.random.default_rng(2).random((300, 400, 4)).astype(np.float32)
    for pixels in (noise, np.zeros((1, 1, 4), np.float32), np.full((50, 60, 4), 0.5, np.float32)):
        with pytest.raises(HealError, match="crop tool"):
            horizon.tilt(pixels)


def test_straightening_is_one_step_and_leaves_no_empty_corner(bench: Bench) -> None:
    before = show(bench, seascape(4.0))
    correcting.straighten(bench.studio)
    bench.settle()
    now = bench.picture.document.committed
    assert bench.labels()[1:] == ["Straighten horizon"], bench.sentences()
    assert now.width < before.width and now.width / now.height == pytest.approx(
        before.width / before.height, abs=0.01
    )
    seen = bench.picture.renderer.flatten(now)
    assert seen[2:-2, 2:-2, 3].min() > 0.99
    assert horizon.tilt(seen) == pytest.approx(0, abs=0.1)
    bench.studio.undo()
    assert bench.picture.document.committed is before


def test_what_is_level_or_has_no_lines_is_left(bench: Bench) -> None:
    before = show(bench, seascape(0.0))
    correcting.straighten(bench.studio)
    bench.settle()
    assert bench.sentences("info") == [correcting.LEVEL] and bench.picture.document.artwork is before
    show(bench, np.full((50, 60, 4), 0.5, np.float32))
    correcting.straighten(bench.studio)
    bench.settle()
    assert bench.sentences("info")[-1] == horizon.NOT_FOUND


def test_fringes_go_in_one_step(bench: Bench) -> None:
    show(bench, fringed(0.5, -0.4))
    correcting.remove_fringes(bench.studio)
    bench.settle()
    assert bench.labels()[1:] == ["Remove colour fringes"], bench.sentences()
    layer = bench.active
    assert isinstance(layer, Paint)
    seen = layer.surface.read(Rect(0, 0, 560, 420)).astype(np.float32)
    inner = np.s_[20:-20, 20:-20, :3]
    assert (
        np.abs(seen - photograph())[inner].mean()
        < np.abs(fringed(0.5, -0.4) - photograph())[inner].mean() / 3
    )


def test_what_it_refuses_it_says(bench: Bench) -> None:
    for pixels, fields, words in (
        (photograph(), {}, "No colour fringes"),
        (np.full((200, 300, 4), 0.5), {}, "by hand"),
        (fringed(0.5, 0.0), {"locks": Locks(all=True)}, "locked"),
    ):
        before = show(bench, pixels, **fields)
        correcting.remove_fringes(bench.studio)
        bench.settle()
        assert words in bench.sentences("info")[0] and bench.picture.document.artwork is before
