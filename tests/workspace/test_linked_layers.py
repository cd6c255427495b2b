"""Linked layers: moved, turned and arranged together, copied together, and one undo step for all of it."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits, linking
from studio.document.errors import EditError
from studio.document.layer import Group, Layer, Locks, Paint
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.workspace import imaging
from studio.workspace.tools import Pointer, move
from studio.workspace.tools.transform import TransformSession
from tests.workspace.conftest import Bench


def block(name: str, left: int, top: int, **fields) -> Paint:
    pixels = np.ones((10, 20, 4), np.float16)
    return Paint(id=name, name=name, surface=Surface.from_pixels(pixels, left, top), **fields)


@pytest.fixture
def drawn(bench: Bench) -> Bench:
    """Three blocks, the third in a group that lies elsewhere; A is the active one."""
    bench.studio.new_picture(200, 150)
    inner = block("C", 0, 0)
    group = Group(id="G", name="G", children=(inner,), transform=(1.0, 0.0, 0.0, 1.0, 100.0, 50.0))
    artwork = bench.picture.document.artwork
    for layer in (block("A", 10, 10), block("B", 50, 40), group):
        artwork = edits.add_layer(artwork, layer, above=artwork.layers[-1].id)
    bench.picture.document.commit("Put", edits.set_active(artwork, "A"))
    bench.studio.viewing.change(snapping=False)
    return bench


def link(bench: Bench, *names: str) -> None:
    bench.studio.layers.choose_several(names, names[0])
    bench.studio.layers.link()
    bench.studio.layers.choose(names[0])


def layer(bench: Bench, name: str) -> Layer:
    found = bench.picture.document.artwork.find(name)
    assert found is not None
    return found


def places(bench: Bench) -> dict[str, tuple[float, ...]]:
    return {name: layer(bench, name).transform[4:] for name in ("A", "B", "C", "G")}


def drag(bench: Bench, x: int, y: int, held: frozenset[str] = frozenset()) -> None:
    gesture = bench.studio.painting.begin(bench.picture, Pointer(12, 12, modifiers=held), "move")
    assert gesture is not None, bench.sentences()
    gesture.send(Pointer(12 + x, 12 + y, modifiers=held))
    gesture.finish()
    bench.settle()


def test_linked_layers_move_together_in_one_step(drawn: Bench) -> None:
    link(drawn, "A", "C")
    before = drawn.picture.document.artwork
    drag(drawn, 7, 3)
    assert places(drawn) == {"A": (7, 3), "B": (0, 0), "C": (7, 3), "G": (100, 50)}
    assert move.nudge(drawn.picture, drawn.studio.painting, "left", frozenset({"shift"}))
    assert places(drawn)["A"] == places(drawn)["C"] == (-3, 3)
    drawn.studio.undo()
    drawn.studio.undo()
    assert drawn.picture.document.artwork is before and drawn.labels()[-3:] == ["Link layers", "Move", "Move"]
    drawn.studio.undo()
    assert not linking.linked(drawn.picture.document.artwork), "the link itself is a step"


def test_linked_layers_turn_together(drawn: Bench) -> None:
    link(drawn, "A", "B")
    drawn.studio.painting.choose_tool("transform")
    session = drawn.studio.painting.session
    assert isinstance(session, TransformSession), drawn.sentences()
    assert session.box.frame == (10, 10, 70, 50)
    session.set_number("angle", 90.0)
    drawn.studio.painting.close_session()
    assert layer(drawn, "A").transform == layer(drawn, "B").transform == pytest.approx((0, 1, -1, 0, 70, -10))
    before = drawn.picture.document.artwork
    imaging.turn_layers(drawn.studio, "half")
    drawn.settle()
    assert layer(drawn, "A").transform == layer(drawn, "B").transform != before.layers[1].transform


def test_a_layer_in_a_group_that_is_turned_along_is_turned_once(drawn: Bench) -> None:
    link(drawn, "B", "G")
    inner = layer(drawn, "C")
    drawn.studio.layers.choose_several(("C", "B"), "B")
    imaging.turn_layers(drawn.studio, "half")
    drawn.settle()
    assert layer(drawn, "C") == inner
    assert layer(drawn, "B").transform[:4] == layer(drawn, "G").transform[:4] == (-1, 0, 0, -1)


def test_what_is_aligned_takes_its_partners_along(drawn: Bench) -> None:
    link(drawn, "A", "B")
    imaging.align(drawn.studio, "left")
    assert places(drawn)["A"] == places(drawn)["B"] == (-10, 0)
    drawn.studio.layers.choose_several(("A", "B"), "A")
    imaging.align(drawn.studio, "left")
    assert places(drawn)["A"] == (-10, 0) and places(drawn)["B"] == (-50, 0), "both are arranged themselves"


def test_a_group_and_a_layer_linked_with_one_inside_it(drawn: Bench) -> None:
    link(drawn, "B", "C")
    drawn.studio.layers.choose("G")
    drag(drawn, 5, 0)
    assert places(drawn) == {"A": (0, 0), "B": (5, 0), "C": (0, 0), "G": (105, 50)}


def test_a_locked_partner_is_named_and_nothing_moves(drawn: Bench) -> None:
    link(drawn, "A", "B")
    drawn.studio.layers.set("B", locks=Locks(position=True))
    before = drawn.picture.document.artwork
    for tool in ("move", "transform"):
        assert drawn.studio.painting.begin(drawn.picture, Pointer(12, 12), tool) is None
        assert "“B” is linked" in drawn.sentences()[-1]
    imaging.align(drawn.studio, "left")
    assert drawn.picture.document.artwork is before


def test_links_are_joined_and_undone(drawn: Bench) -> None:
    link(drawn, "A", "B")
    link(drawn, "C", "B")
    assert layer(drawn, "A").link == layer(drawn, "B").link == layer(drawn, "C").link
    drawn.studio.layers.choose("B")
    drawn.studio.layers.unlink()
    assert linking.linked(drawn.picture.document.artwork) == {"A", "C"}
    drawn.studio.layers.choose("A")
    drawn.studio.layers.unlink()
    assert not any(one.link for one in drawn.picture.document.artwork.walk())
    assert not drawn.studio.layers.are_linked
    drawn.studio.layers.unlink()
    assert drawn.sentences()[-1] == "None of these layers is linked."


def test_copies_are_linked_with_each_other_and_not_with_what_they_were_copied_from(drawn: Bench) -> None:
    link(drawn, "A", "B")
    drawn.studio.layers.choose_several(("A", "B"), "A")
    drawn.studio.layers.duplicate()
    artwork = drawn.picture.document.artwork
    copies = artwork.chosen
    assert {one.id for one in linking.partners(artwork, copies[0])} == {copies[1].id}
    assert {one.id for one in linking.partners(artwork, layer(drawn, "A"))} == {"B"}
    drawn.studio.layers.choose("A")
    drawn.studio.layers.duplicate()
    assert drawn.active.id not in linking.linked(drawn.picture.document.artwork), "a copy alone is free"
    drawn.studio.layers.choose("A")
    drag(drawn, 0, 9, frozenset({"alt"}))
    assert places(drawn)["A"] == places(drawn)["B"] == (0, 0)
    assert [one.transform[4:] for one in drawn.picture.document.artwork.chosen] == [(0, 9), (0, 9)]


def test_deleted_and_grouped_layers(drawn: Bench) -> None:
    link(drawn, "A", "B")
    drawn.studio.layers.choose("B")
    drawn.studio.layers.remove()
    assert not linking.linked(drawn.picture.document.artwork)
    drawn.studio.layers.choose("A")
    drag(drawn, 3, 0)
    assert places_of(drawn, "A") == (3, 0)
    drawn.studio.undo()
    drawn.studio.undo()
    drawn.studio.layers.choose("A")
    drawn.studio.layers.group_active()
    assert linking.linked(drawn.picture.document.artwork) == {"A", "B"}
    drag(drawn, 3, 0)
    assert places_of(drawn, "B") == (3, 0), "what moves the group moves what is linked with a layer in it"


def places_of(bench: Bench, name: str) -> tuple[float, ...]:
    return layer(bench, name).transform[4:]


@pytest.mark.parametrize(("names", "words"), [(("A",), "at least two"), (("C", "G"), "moves with its group")])
def test_where_there_is_nothing_to_link(drawn: Bench, names: tuple[str, ...], words: str) -> None:
    drawn.studio.layers.choose_several(names, names[0])
    before = drawn.picture.document.artwork
    drawn.studio.layers.link()
    assert words in drawn.sentences()[-1] and drawn.picture.document.artwork is before
    with pytest.raises(EditError):
        linking.link(before, names)


def test_a_selection_means_the_pixels_of_what_is_chosen_alone(drawn: Bench) -> None:
    link(drawn, "A", "B")
    artwork = drawn.picture.document.artwork
    selection = edits.rectangle_selection(Rect(0, 0, 100, 100))
    drawn.picture.document.commit("Select", edits.set_selection(artwork, selection))
    before = layer(drawn, "B")
    drag(drawn, 4, 0)
    assert layer(drawn, "B") is before
