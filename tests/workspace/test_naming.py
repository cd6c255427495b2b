"""A new layer is named after the first thing done on it, in the same undo step, until the artist names it."""

from __future__ import annotations

import pytest

from studio.document import edits
from studio.document.layer import Generated
from studio.workspace import naming
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


def test_what_smudges_nothing_leaves_no_step_and_no_name(page: Bench) -> None:
    page.studio.painting.choose_tool("smudge")
    steps = len(page.labels())
    page.stroke(20, 60)
    assert page.active.name == "Layer 1" and len(page.labels()) == steps
    assert page.picture.document.artwork is page.picture.document.committed
    page.studio.painting.change_brush(sample="all")
    page.stroke(20, 60)
    assert page.active.name == "Smudge finger" and page.labels()[-1] == "Smudge"


def test_copies_of_copies_are_numbered(page: Bench) -> None:
    names = []
    for _ in range(3):
        page.studio.layers.duplicate()
        names.append(page.active.name)
    assert names == ["Layer 1 copy", "Layer 1 copy 2", "Layer 1 copy 3"]
    page.studio.layers.choose_several(
        tuple(layer.id for layer in page.picture.document.artwork.layers[1:3]), page.active.id
    )
    page.studio.layers.duplicate()
    made = [layer.name for layer in page.picture.document.artwork.chosen]
    assert len(set(made)) == len(made) and "copy copy" not in " ".join(made)


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("Ink", {"Ink"}, "Ink copy"),
        ("Ink copy", {"Ink", "Ink copy"}, "Ink copy 2"),
        ("Ink copy 2", {"Ink copy", "Ink copy 2"}, "Ink copy 3"),
        ("Ink 副本 3", {"Ink 副本 3"}, "Ink 副本"),
        ("Photocopy", {"Photocopy"}, "Photocopy 副本"),
        (" copy", {" copy"}, " copy 副本"),
    ],
)
def test_what_a_copy_is_called(page: Bench, name: str, taken: set[str], expected: str) -> None:
    if "副本" in expected:  # in a Chinese window
        page.studio.translate = lambda context, text: text.replace("copy", "副本")
    assert naming.copied(page.studio, name, taken) == expected


def test_the_pixels_of_a_selection_and_what_is_dragged_off_are_named_alike(page: Bench) -> None:
    page.stroke()
    name = page.active.name
    page.studio.painting.choose_tool("move")
    for _ in range(2):
        gesture = page.studio.painting.begin(page.picture, Pointer(30, 20, modifiers=frozenset({"alt"})))
        assert gesture is not None
        gesture.send(Pointer(60, 20, modifiers=frozenset({"alt"})))
        gesture.finish()
    assert [layer.name for layer in page.picture.document.artwork.layers[2:]] == [
        f"{name} copy",
        f"{name} copy 2",
    ]
    page.studio.selecting.all()
    page.studio.layers.duplicate()
    page.settle()
    assert page.active.name == f"{name} copy 3"


def test_names_by_a_pattern() -> None:
    assert naming.numbered_names("Tree #", 3) == ("Tree 1", "Tree 2", "Tree 3")
    assert naming.numbered_names("##＃ 叶", 2) == ("001 叶", "002 叶")
    assert naming.numbered_names("Sky", 1) == ("Sky",)
    assert naming.numbered_names(" Sky ", 2) == ("Sky 1", "Sky 2")


def test_the_selected_layers_are_named_from_the_top_in_one_step(page: Bench) -> None:
    studio = page.studio
    studio.layers.add_paint()
    studio.layers.choose_several(
        tuple(layer.id for layer in page.picture.document.artwork.layers[1:]), page.active.id
    )
    steps = len(page.labels())
    studio.layers.rename_chosen("Leaf ##")
    assert [layer.name for layer in page.picture.document.artwork.layers] == ["Paper", "Leaf 02", "Leaf 01"]
    assert page.labels()[steps:] == ["Rename layers"]
    studio.layers.rename_chosen("   ")
    assert page.labels()[steps:] == ["Rename layers"]
