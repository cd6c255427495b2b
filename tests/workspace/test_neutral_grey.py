"""A white balance from a press on what is to be a neutral grey."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits
from studio.document.layer import Paint
from studio.filters import FILTERS
from studio.filters.mixing import COLDEST, HOTTEST, TINT, WhiteBalance, light_of, white
from studio.raster.surface import Surface
from studio.workspace import tone_points
from studio.workspace.tools import Pointer
from tests.workspace.conftest import Bench

KIND = FILTERS["white-balance"]
CASTS = [
    (0.6, 0.5, 0.4),
    (0.42, 0.5, 0.6),
    (0.5, 0.46, 0.5),
    (0.48, 0.52, 0.47),
    (0.9, 0.88, 0.8),
    (0.5, 0.5, 0.5),
]


def balanced(values: WhiteBalance, colour: tuple[float, float, float]) -> np.ndarray:
    pixels = np.ones((1, 1, 4), np.float32)
    pixels[0, 0, :3] = colour
    return KIND.apply(pixels, values)[0, 0, :3]


@pytest.mark.parametrize("method", ["bradford", "cat16", "camera"])
@pytest.mark.parametrize("colour", CASTS)
def test_what_was_picked_is_grey_by_every_method(method, colour: tuple[float, float, float]) -> None:
    values = tone_points.picked(WhiteBalance(method=method, keep_luminosity=True), "grey", colour)
    assert isinstance(values, WhiteBalance) and values.method == method
    assert np.ptp(balanced(values, colour)) < 2e-3


@pytest.mark.parametrize("kelvin", [2856.0, 4000.0, 6504.0, 12000.0])
@pytest.mark.parametrize("tint", [-0.6, 0.0, 0.4])
def test_the_light_of_a_white_sheet_is_found(kelvin: float, tint: float) -> None:
    xyz = white(kelvin, TINT * tint)
    linear = np.linalg.solve(
        [
            [0.4123907993, 0.3575843394, 0.1804807884],
            [0.2126390059, 0.7151686788, 0.0721923154],
            [0.0193308187, 0.1191947798, 0.9505321522],
        ],
        xyz,
    )
    linear *= 0.8 / linear.max()
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    found = light_of(tuple(encoded))  # type: ignore[arg-type]
    assert found is not None
    assert found[0] == pytest.approx(kelvin, rel=2e-3) and found[1] == pytest.approx(tint, abs=0.01)


def test_what_is_no_light_stays_in_the_range_and_black_says_nothing() -> None:
    for colour in ((1.0, 0.0, 0.0), (0.0, 0.0, 1.0), (0.0, 1.0, 0.0), (1.0, 0.0, 1.0)):
        found = light_of(colour)
        assert found is not None and COLDEST <= found[0] <= HOTTEST and -1 <= found[1] <= 1
    assert light_of((0.0, 0.0, 0.0)) is None
    before = WhiteBalance(taken=3000.0)
    assert tone_points.picked(before, "grey", (0.0, 0.0, 0.0)) == before


def test_a_press_sets_the_light_of_a_trial_and_of_a_layer_in_one_step(bench: Bench) -> None:
    studio = bench.studio
    studio.new_picture(40, 30)
    pixels = np.ones((30, 40, 4), np.float16)
    pixels[..., :3] = (0.6, 0.5, 0.4)
    document = bench.picture.document
    document.commit("layer", edits.add_layer(document.committed, Paint(surface=Surface.from_pixels(pixels))))
    studio.filtering.begin("white-balance")
    trial = studio.filtering.trial
    assert trial is not None
    studio.tones.choose("grey")
    studio.painting.begin(bench.picture, Pointer(10, 10))
    assert studio.tones.mode == "" and isinstance(trial.values, WhiteBalance) and trial.values.taken < 6000
    trial.leave()
    studio.filtering.add_layer("white-balance", {})
    studio.tones.choose("grey")
    steps = len(document.history)
    studio.painting.begin(bench.picture, Pointer(10, 10))
    layer = studio.filtering.target
    assert layer is not None and len(document.history) == steps + 1
    assert studio.filtering.parameters(layer).taken == trial.values.taken  # type: ignore[attr-defined]
    seen = bench.picture.renderer.flatten(document.committed)[5, 5, :3].astype(int)
    assert np.ptp(seen) <= 2
