"""Noise and drawings that repeat after a length: equal there, unlike before it, the same in any part."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from scipy import stats

from studio.raster.geometry import Rect
from studio.render.fills import FILLS
from studio.synthesis import MAKERS, SCENES
from studio.synthesis.lattice import View
from studio.synthesis.likeness import Likeness
from studio.synthesis.likeness_fill import NoiseLikeFill, paint, written
from tests.long_form import thinned

NOISES = ("gaussian-noise", "uniform-noise")


@pytest.mark.parametrize("name", NOISES)
@pytest.mark.parametrize(("across", "down"), [(37, 0), (0, 20), (37, 20), (5, 3), (200, 300)])
def test_noise_repeats_exactly(name: str, across: int, down: int) -> None:
    maker = MAKERS[name]
    values = msgspec.structs.replace(maker.parameters(), tile_x=float(across), tile_y=float(down))
    whole, plain = maker.make(90, 70, values, 7), maker.make(90, 70, maker.parameters(), 7)
    wide, high = min(across or 90, 90), min(down or 70, 70)
    assert np.array_equal(whole[:high, :wide], plain[:high, :wide]), "what is repeated is the noise itself"
    if across and across < 90:
        assert np.array_equal(whole[:, across:], whole[:, : 90 - across])
    if down and down < 70:
        assert np.array_equal(whole[down:], whole[: 70 - down])


@pytest.mark.parametrize("name", NOISES)
@pytest.mark.parametrize("level", [0, 2])
def test_as_a_fill_each_part_is_that_of_the_whole(name: str, level: int) -> None:
    parameters = {**msgspec.to_builtins(MAKERS[name].parameters()), "seed": 3, "tile_x": 64.0, "tile_y": 48.0}
    wide, high = 64 >> level, 48 >> level
    whole = FILLS[name](parameters, Rect(-10, -20, 150, 130), level)
    part = FILLS[name](parameters, Rect(31, 17, 99, 60), level)
    assert np.array_equal(whole[37:80, 41:109], part)
    assert np.array_equal(whole[:, :-wide], whole[:, wide:]) and np.array_equal(whole[:-high], whole[high:])
    assert whole[:high, :wide, 0].std() > 0.01


def at(name: str, side: int = 160, **fields: float) -> np.ndarray:
    """The first channel of a picture of noise at a time, less its mean."""
    values = msgspec.structs.replace(MAKERS[name].parameters(), **fields)
    return MAKERS[name].make(side, side, values, 7)[..., 0] - values.mean  # type: ignore[attr-defined]


LAWS = {
    "gaussian-noise": ({"sigma": 0.2}, stats.norm(0, 0.2)),
    "uniform-noise": ({"amount": 0.3}, stats.uniform(-0.3, 0.6)),
}


@pytest.mark.parametrize("name", NOISES)
def test_noise_keeps_its_law_at_every_time(name: str) -> None:
    own, law = LAWS[name]
    for time in (0.0, 0.2, 0.5, 0.8, 1.0, 7.4):
        assert stats.kstest(at(name, time=time, **own).ravel(), law.cdf).pvalue > 1e-3, time


@pytest.mark.parametrize("name", NOISES)
def test_noise_changes_smoothly_and_wholly_with_each_step(name: str) -> None:
    plain, first, near = at(name), at(name, time=0.0), at(name, time=0.02)
    np.testing.assert_array_equal(plain, first)
    assert np.abs(near - first).max() < 0.02, "a fiftieth of a step is hardly seen"
    for time, other in ((0.0, 1.0), (1.0, 2.0), (0.5, 2.5)):
        found = np.corrcoef(at(name, time=time).ravel(), at(name, time=other).ravel())[0, 1]
        assert abs(found) < 0.03
    assert np.abs(at(name, time=1 - 1e-4) - at(name, time=1.0)).max() < 1e-3
    np.testing.assert_array_equal(at(name, time=0.7, loop=3), at(name, time=0.7))
    np.testing.assert_allclose(at(name, time=3.7, loop=3), at(name, time=0.7), atol=1e-5)
    assert np.abs(at(name, time=3 - 1e-4, loop=3) - at(name)).max() < 1e-3, "and the loop closes"


@pytest.mark.parametrize("name", NOISES)
@pytest.mark.parametrize("level", [0, 2])
def test_at_a_time_each_part_is_that_of_the_whole(name: str, level: int) -> None:
    parameters = {**msgspec.to_builtins(MAKERS[name].parameters()), "seed": 3, "time": 1.3}
    whole = FILLS[name](parameters, Rect(-10, -20, 150, 130), level)
    np.testing.assert_array_equal(FILLS[name](parameters, Rect(31, 17, 99, 60), level), whole[37:80, 41:109])
    still = FILLS[name]({**parameters, "time": 0.0}, Rect(-10, -20, 150, 130), level)
    assert whole.std() == pytest.approx(still.std(), rel=0.05)


def test_noise_like_a_picture_keeps_covariance_and_spectrum_at_every_time() -> None:
    y, x = np.mgrid[:64, :64] / 64
    power = np.stack([np.exp(-((x - 0.5) ** 2 + (y - 0.5) ** 2) * width) for width in (40, 60, 80)])
    mixing = np.array([[0.05, 0.02, 0.0], [0.0, 0.04, 0.01], [0.0, 0.0, 0.03]])
    likeness = Likeness(mean=np.full(3, 0.5), covariance=mixing @ mixing.T, components=mixing, power=power)
    text, found, roughness = written(likeness), [], []
    for time in (0.0, 0.5, 1.3):
        values = NoiseLikeFill(likeness=text, time=time, seed=4)
        pixels = paint(values, Rect(0, 0, 512, 512), 0)[..., :3].astype(np.float64)
        found.append(np.cov(pixels.reshape(-1, 3).T))
        roughness.append(np.square(np.diff(pixels, axis=1)).mean((0, 1)) / pixels.var((0, 1)))
    np.testing.assert_allclose(roughness[1:], [roughness[0]] * 2, rtol=0.1)
    for one in found:
        np.testing.assert_allclose(one, likeness.covariance, atol=0.15 * likeness.covariance.max())
    first, third = (
        paint(NoiseLikeFill(likeness=text, time=time), Rect(0, 0, 256, 256), 0) for time in (0.0, 1.0)
    )
    assert abs(np.corrcoef(first[..., 0].ravel(), third[..., 0].ravel())[0, 1]) < 0.1
    again = paint(NoiseLikeFill(likeness=text, time=2.0, loop=2), Rect(0, 0, 256, 256), 0)
    np.testing.assert_array_equal(again, first)


def flow(part: Rect, pixel: float = 1.0, **fields: float) -> np.ndarray:
    scene = SCENES["flow-lines"]
    values = scene.fitted(scene.parameters(), 240, 180)
    return scene.paint(msgspec.structs.replace(values, **fields), 5, View(part, pixel))


@pytest.mark.parametrize("pixel", [1.0, 3.0])
@pytest.mark.parametrize("coloured", thinned(["place", "direction", "chance"], 3))
def test_flow_lines_repeat(pixel: float, coloured: str) -> None:
    length, height = 150.0 * pixel, 90.0 * pixel
    fields = {"tile_x": length, "tile_y": height, "coloured": coloured}
    here = flow(Rect(-20, -20, 60, 40), pixel, **fields)  # type: ignore[arg-type]
    right = flow(Rect(130, -20, 210, 40), pixel, **fields)  # type: ignore[arg-type]
    below = flow(Rect(-20, 70, 60, 130), pixel, **fields)  # type: ignore[arg-type]
    assert np.abs(here - right).max() < 5e-3 and np.abs(here - below).max() < 5e-3
    other = flow(Rect(60, -20, 140, 40), pixel, **fields)  # type: ignore[arg-type]
    assert np.abs(here - other).mean() > 0.02
