"""Layers that hold values and no colours: no colour space and no dither changes their numbers."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from studio import api
from studio.document import edits
from studio.document.errors import EditError
from studio.document.layer import Fill, Group, Paint
from studio.project import profiles
from studio.project.options import ExportOptions
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


def read(data: bytes) -> np.ndarray:
    found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    assert found is not None
    return found


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


@pytest.mark.parametrize("space", ["sRGB", next(name for name in profiles.NAMES if name != "sRGB")])
def test_a_data_layer_is_exported_alone_with_its_numbers(ready: Bench, space: str, tmp_path: Path) -> None:
    pixels = np.random.default_rng(1).random((40, 60, 4)).astype(np.float32)
    pixels[..., 3] = 1
    layer = Paint(
        name="Normals", surface=Surface.from_pixels(pixels.astype(np.float16)), data=True, opacity=0.3, mode="multiply",
        visible=False,
    )  # fmt: skip
    artwork = edits.add_layer(ready.picture.document.artwork, layer)
    ready.picture.document.commit("Add", artwork.with_(colour_space=profiles.space(space)))
    path = tmp_path / "法线.png"
    ready.studio.filing.export_layer(ready.picture, layer.id, str(path), ExportOptions())
    ready.settle()
    data = path.read_bytes()
    found = read(data)
    assert found.dtype == np.uint16
    exact = pixels.astype(np.float16).astype(np.float64)[..., :3] * 65535
    assert np.abs(found[..., 2::-1] - exact).max() <= 0.505  # the nearest number, as float32 sees it
    assert b"iCCP" not in data and b"sRGB" not in data and b"eXIf" not in data
    api.export_layer(ready.picture.document.artwork, "Normals", tmp_path / "again.png")
    assert (tmp_path / "again.png").read_bytes() == data
    coloured = edits.change(ready.picture.document.artwork, layer.id, data=False)
    api.export_layer(coloured, "Normals", tmp_path / "colour.png")
    assert (b"iCCP" if space != "sRGB" else b"sRGB") in (tmp_path / "colour.png").read_bytes()


def test_a_gradient_of_values_is_exported_without_dither(ready: Bench, tmp_path: Path) -> None:
    gradient = FillGradient(x0=0, y0=0, x1=60, y1=0, dither=True)
    layer = Fill(name="Heights", recipe=fills.FILL_KINDS["fill-gradient"].stored(gradient), data=True)
    artwork = edits.add_layer(ready.picture.document.artwork, layer)
    api.export_layer(artwork, "Heights", tmp_path / "heights.png")
    found = read((tmp_path / "heights.png").read_bytes())
    assert (found == found[:1]).all() and (np.diff(found[0, :, 0].astype(int)) >= 0).all()


def test_a_layer_that_is_not_there_or_a_filter_is_refused(ready: Bench, tmp_path: Path) -> None:
    ready.studio.filtering.add_layer("levels")
    artwork = ready.picture.document.artwork
    with pytest.raises(EditError, match="“Normals”"):
        api.export_layer(artwork, "Albedo", tmp_path / "x.png")
    with pytest.raises(EditError, match="filter layer"):
        api.export_layer(artwork, ready.active.name, tmp_path / "x.png")
    ready.studio.filing.export_layer(ready.picture, ready.active.id, str(tmp_path / "x.png"))
    ready.settle()
    assert "filter layer" in ready.sentences()[-1] and not list(tmp_path.iterdir())
