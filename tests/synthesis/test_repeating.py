"""Noise and drawings that repeat after a length: equal there, unlike before it, the same in any part."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from studio.raster.geometry import Rect
from studio.render.fills import FILLS
from studio.synthesis import MAKERS, SCENES
from studio.synthesis.lattice import View
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
