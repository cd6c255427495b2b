"""Layers that hold values and no colours: no colour space and no dither changes their numbers."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits
from studio.document.layer import Fill, Group, Paint
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.render.renderer import Renderer
from studio.synthesis import fills
from studio.synthesis.fills import FillGradient
from studio.workspace.actions import all_actions
from tests.workspace.conftest import Bench

ACTIONS = {action.id: action for action in all_actions()}
NORMAL = (0.6, 0.4, 0.9)


def painted() -> Paint:
    pixels = np.ones((40, 60, 4), np.float32)
    pixels[..., :3] = NORMAL
    return Paint(name="Normals", surface=Surface.from_pixels(pixels.astype(np.float16)))


def numbers(bench: Bench) -> np.ndarray:
    return bench.picture.renderer.flatten(bench.picture.document.artwork)[20, 30, :3]


@pytest.fixture
def ready(bench: Bench) -> Bench:
    bench.studio.new_picture(60, 40)
    artwork = bench.picture.document.artwork
    bench.picture.document.commit("Add", edits.add_layer(artwork, painted()))
    return bench


def test_the_mark_is_switched_in_one_step_each_way(ready: Bench) -> None:
    action = ACTIONS["data-layer"]
    assert action.checked is not None and not action.checked(ready.studio)
    action.run(ready.studio)
    assert ready.active.data and action.checked(ready.studio)
    action.run(ready.studio)
    assert not ready.active.data
    assert ready.labels()[-2:] == ["Values, not colours"] * 2


@pytest.mark.parametrize("space", ["Display P3", "Adobe RGB (1998)"])
def test_converting_the_picture_leaves_its_numbers(ready: Bench, space: str) -> None:
    from studio.project.profiles import NAMES

    if space not in NAMES:
        space = next(name for name in NAMES if name != "sRGB")
    surface = ready.active.surface  # type: ignore[attr-defined]
    ACTIONS["data-layer"].run(ready.studio)
    before = numbers(ready)
    ready.studio.colour_spaces.convert(space)
    ready.settle()
    assert ready.picture.document.artwork.colour_space.name == space
    np.testing.assert_array_equal(numbers(ready), before)
    assert ready.active.surface is surface  # type: ignore[attr-defined]
    ready.studio.layers.choose(ready.active.id)
    ACTIONS["data-layer"].run(ready.studio)
    ready.studio.colour_spaces.convert("sRGB")
    ready.settle()
    assert np.abs(numbers(ready) - before).max() > 0.01  # as a colour it is converted


def test_a_group_of_data_marks_and_keeps_all_in_it(ready: Bench) -> None:
    artwork = ready.picture.document.artwork
    inner = painted()
    group = Group(name="Maps", children=(inner,))
    ready.picture.document.commit("Group", edits.add_layer(artwork, group))
    ACTIONS["data-layer"].run(ready.studio)
    artwork = ready.picture.document.artwork
    assert artwork.find(group.id).data and artwork.find(inner.id).data  # type: ignore[union-attr]
    # What comes into the group later is data, too, as far as conversions are concerned.
    added = Group(name="Maps", data=True, children=(painted(),))
    ready.picture.document.commit("More", edits.add_layer(artwork, added))
    ready.studio.colour_spaces.convert("Display P3")
    ready.settle()
    kept = ready.picture.document.artwork.find(added.id)
    assert kept is added


def test_a_gradient_of_values_is_not_dithered_and_is_the_same_in_every_space(ready: Bench) -> None:
    value = FillGradient(x0=0.0, x1=60.0, dither=True)
    layer = Fill(recipe=fills.GRADIENT.stored(value), data=True)
    plain = Fill(recipe=fills.GRADIENT.stored(FillGradient(x0=0.0, x1=60.0, dither=False)))
    artwork = ready.picture.document.artwork
    seen = [Renderer().compose(artwork.with_(layers=(one,)), Rect(0, 0, 60, 40)) for one in (layer, plain)]
    np.testing.assert_array_equal(seen[0], seen[1])
    dithered = layer.with_(data=False)
    noisy = Renderer().compose(artwork.with_(layers=(dithered,)), Rect(0, 0, 60, 40))
    assert not np.array_equal(noisy, seen[0])
