"""A new layer is named after the first thing done on it, in the same undo step, until the artist names it."""

from __future__ import annotations

import pytest

from studio.document import edits
from studio.document.layer import Generated
from studio.workspace.tools import Pointer
from tests.document.pictures import generated
from tests.workspace.conftest import Bench


@pytest.fixture
def page(bench: Bench) -> Bench:
    bench.studio.new_picture(200, 120)
    bench.studio.layers.add_paint()
    return bench


def test_a_new_layer_takes_the_name_of_the_brush(page: Bench) -> None:
    page.studio.brushes.choose("hard-round")
    preset = page.studio.brushes.current
    assert preset is not None and page.active.name == "Layer 1"
    steps = len(page.labels())
    page.stroke()
    assert page.active.name == preset.title and len(page.labels()) == steps + 1
    page.stroke(20, 60)
    page.studio.painting.choose_tool("smudge")
    page.stroke(20, 60)
    assert page.active.name == preset.title, "only the first thing names it"
    for _ in range(3):
        page.studio.undo()
    assert page.active.name == "Layer 1"


def test_in_the_language_of_the_window(page: Bench) -> None:
    page.studio.brushes.choose("hard-round")
    page.studio.language = "zh_CN"
    page.stroke()
    preset = page.studio.brushes.current
    assert preset is not None and page.active.name == preset.title_zh != preset.title


def test_a_second_layer_of_the_same_brush_is_numbered(page: Bench) -> None:
    page.studio.painting.choose_tool("brush")
    page.stroke()
    assert page.active.name == "Soft round"
    page.studio.layers.add_paint()
    page.stroke()
    assert page.active.name == "Soft round 2"


def test_a_fill_names_it(page: Bench) -> None:
    page.studio.painting.choose_tool("fill")
    gesture = page.studio.painting.begin(page.picture, Pointer(20, 20))
    if gesture is not None:
        gesture.finish()
    page.settle()
    assert page.active.name == "Fill"


def test_a_name_that_the_artist_gave_stays(page: Bench) -> None:
    page.studio.layers.set(page.active.id, name="Mist")
    page.stroke()
    assert page.active.name == "Mist"


def test_what_paints_nothing_names_nothing(page: Bench) -> None:
    page.studio.painting.choose_tool("eraser")
    page.stroke()
    assert page.active.name == "Layer 1"
    page.studio.painting.choose_tool("ink")
    page.studio.layers.set(page.active.id, mask=edits.rectangle_selection(edits.Rect(0, 0, 9, 9)))
    artwork = page.picture.document.artwork
    page.picture.document.amend(artwork.with_(mask_edited=artwork.active))
    page.stroke()
    assert page.active.name == "Layer 1", "its mask was painted on"


def test_a_layer_made_by_the_stroke_is_named_too(page: Bench) -> None:
    artwork = page.picture.document.artwork
    page.picture.document.commit("Generate", edits.add_layer(artwork, generated(name="Mountains")))
    assert isinstance(page.active, Generated)
    page.stroke()
    assert page.active.name == "Ink brush" and page.active.clipping
