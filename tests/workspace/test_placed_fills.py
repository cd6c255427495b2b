"""Fills and filters by rule keep their place: a crop shows the same field, a larger picture the same one in more detail."""

from __future__ import annotations

import math

import numpy as np
import pytest

from studio import api
from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Fill, Filter, Layer, Paint
from studio.filters import FILTERS
from studio.filters.kind import finished
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.recipe import store
from studio.render.fills import FILLS
from studio.synthesis import SCENES
from studio.synthesis.fills import FILL_KINDS
from studio.workspace import reshaping
from tests.long_form import thinned

BY_RULE = [name for name in FILLS if name != "noise-like"]
WINDOW = Rect(41, 30, 137, 102)


def picture(*layers: Layer) -> Artwork:
    artwork = edits.new_artwork(160, 120)
    for layer in layers:
        artwork = edits.add_layer(artwork, layer)
    return artwork


def fill(name: str, **values: float) -> Fill:
    return Fill(recipe=FILL_KINDS[name].stored(FILL_KINDS[name].parameters(seed=3, **values)))


def shown(artwork: Artwork) -> np.ndarray:
    return np.asarray(api.flatten(artwork), np.float32)


def averaged(pixels: np.ndarray, times: int) -> np.ndarray:
    height, width = pixels.shape[:2]
    return pixels.reshape(height // times, times, width // times, times, -1).mean((1, 3))


@pytest.mark.parametrize("name", thinned(BY_RULE, 3))
def test_a_crop_shows_the_same_field(name: str) -> None:
    artwork = picture(fill(name))
    whole = shown(artwork)
    cropped = shown(reshaping.reframed(artwork, WINDOW))
    np.testing.assert_array_equal(cropped, whole[WINDOW.top : WINDOW.bottom, WINDOW.left : WINDOW.right])
    assert (
        whole.std() > 0.001 or name in SCENES
    )  # a plant of its first size may stand beside so small a picture


@pytest.mark.parametrize("name", ["gaussian-noise", "fbm", "worley", "wood", "clouds"])
def test_a_picture_of_four_times_the_size_shows_the_same_field(name: str) -> None:
    artwork = picture(fill(name))
    small = shown(artwork)[..., :3]
    large = shown(finished(reshaping.resized(artwork, 640, 480, "lanczos")))[..., :3]
    again = averaged(large, 4)
    assert np.corrcoef(small.ravel(), again.ravel())[0, 1] > 0.9
    if FILLS[name].any_pixel:  # in its own detail, not enlarged
        fresh = FILLS[name].draw(dict(artwork.layers[-1].recipe.parameters), Rect(0, 0, 640, 480), 0.25)
        np.testing.assert_allclose(large, fresh[..., :3], atol=1e-3)


@pytest.mark.parametrize("name", ["gaussian-noise", "fbm"])
def test_a_turned_picture_shows_the_field_turned(name: str) -> None:
    artwork = picture(fill(name))
    left = finished(reshaping.turned(artwork, "left"))
    np.testing.assert_allclose(shown(left), np.rot90(shown(artwork)), atol=2e-3)


@pytest.mark.parametrize("pixel", [1.0, 2.0])
@pytest.mark.parametrize("name", ["uniform-noise", "marble"])
def test_parts_of_a_turned_field_fit_together(name: str, pixel: float) -> None:
    recipe = fill(name).recipe
    turn = (1.3 * math.cos(0.4), 1.3 * math.sin(0.4), -1.3 * math.sin(0.4), 1.3 * math.cos(0.4), 17.3, -8.9)
    whole = FILLS[name].placed(recipe.parameters, turn, Rect(-20, -10, 80, 70), pixel)
    part = FILLS[name].placed(recipe.parameters, turn, Rect(11, 7, 49, 60), pixel)
    np.testing.assert_allclose(part, whole[17:70, 31:69], atol=0.02)
    assert (
        not FILLS[name].placed(recipe.parameters, (1.0, 0.0, 1.0, 0.0, 0.0, 0.0), Rect(0, 0, 4, 4), 1.0).any()
    )


def filtered(name: str, **values: float) -> tuple[Paint, Filter]:
    pixels = np.full((120, 160, 4), 0.5, np.float16)
    pixels[..., 3] = 1
    pixels[:, 80:, :3] = 0.8
    kind = FILTERS[name]
    recipe = store(name, kind.version, kind.parameters(**values))
    return Paint(surface=Surface.from_pixels(pixels)), Filter(recipe=recipe)


@pytest.mark.parametrize(
    ("name", "values"),
    [("gaussian-noise", {"seed": 5}), ("film-grain", {"seed": 5}), ("halftone", {}), ("pixelate", {})],
)
def test_a_crop_keeps_grain_and_cells_in_place(name: str, values: dict) -> None:
    artwork = picture(*filtered(name, **values))
    whole, cropped = shown(artwork), shown(reshaping.reframed(artwork, WINDOW))
    same = whole[WINDOW.top : WINDOW.bottom, WINDOW.left : WINDOW.right]
    inside = (slice(24, -24), slice(24, -24))  # at its edge a cell may see pixels that are gone
    np.testing.assert_allclose(cropped[inside], same[inside], atol=1e-3)


def test_a_moved_filter_that_needs_the_whole_picture_is_computed_anew() -> None:
    artwork = picture(*filtered("mosaic", seed=5))
    moved = edits.set_transform(artwork, artwork.layers[-1].id, (1.0, 0.0, 0.0, 1.0, 5.0, 0.0))
    assert np.abs(shown(moved) - shown(artwork)).max() > 0.01


def test_lengths_of_live_filters_grow_with_the_picture() -> None:
    artwork = picture(*filtered("gaussian-blur", sigma=3.0))
    larger = finished(reshaping.resized(artwork, 640, 480, "lanczos"))
    assert larger.layers[-1].recipe.parameters["sigma"] == pytest.approx(12.0)
    smaller = finished(reshaping.resized(larger, 160, 120, "lanczos"))
    assert smaller.layers[-1].recipe.parameters["sigma"] == pytest.approx(3.0)
    edge = shown(artwork)[60, :, 0], averaged(shown(larger), 4)[60, :, 0]
    np.testing.assert_allclose(edge[0][8:-8], edge[1][8:-8], atol=0.02)
    counted = picture(*filtered("median", radius=4))
    grown = finished(reshaping.resized(counted, 320, 240, "lanczos")).layers[-1].recipe.parameters
    assert grown["radius"] == 8 and isinstance(grown["radius"], int)
