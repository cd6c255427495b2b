"""Edits of several layers at once, masks, ungrouping: the tree stays whole and the look is kept."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.document import edits, effects, masks, several, tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Group, Locks, Paint, children_of
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from tests.document.pictures import flatten, paint

A, B, C = paint("a"), paint("b"), paint("c")


def picture(*layers, active: str = "") -> Artwork:
    return Artwork(width=64, height=48, layers=layers, active=active or (layers[-1].id if layers else ""))


def names(artwork: Artwork) -> list:
    def of(layers):
        return [
            (layer.name, of(children_of(layer))) if isinstance(layer, Group) else layer.name
            for layer in layers
        ]

    return of(artwork.layers)


def test_the_chosen_layers_are_the_selected_ones_or_the_active_one() -> None:
    artwork = several.choose(picture(A, B, C), (C.id, A.id), A.id)
    assert [layer.name for layer in artwork.chosen] == ["a", "c"] and artwork.active == A.id
    assert [layer.name for layer in edits.set_active(artwork, B.id).chosen] == ["b"]
    alone = several.choose(artwork, (), B.id)
    assert alone.selected == () and alone.chosen == (B,)
    gone = edits.remove_layer(artwork, C.id)
    assert gone.chosen == (A,)


def test_several_are_removed_but_a_locked_one_stops_it() -> None:
    group = Group(name="g", children=(B, C))
    artwork = picture(A, group)
    assert names(several.remove(artwork, (C.id, group.id))) == ["a"]
    locked = edits.change(artwork, A.id, locks=Locks(all=True))
    with pytest.raises(EditError, match="locked"):
        several.remove(locked, (A.id, C.id))


def test_copies_stand_together_above_the_topmost() -> None:
    artwork = several.duplicate(picture(A, B, C), (A.id, B.id), lambda layer: layer.name + "2")
    assert names(artwork) == ["a", "b", "a2", "b2", "c"]
    assert [layer.name for layer in artwork.chosen] == ["a2", "b2"]


def test_several_move_into_a_group_in_their_order_and_stay_in_place() -> None:
    group = Group(name="g", children=(B,), transform=(1, 0, 0, 1, 5.0, 7.0))
    artwork = picture(A, C, group)
    moved = several.move(artwork, (C.id, A.id), group.id, 0)
    assert names(moved) == [("g", ["a", "c", "b"])]
    assert tree.transform_of(moved, A.id) == tree.transform_of(artwork, A.id)
    assert several.move(moved, (A.id, C.id), group.id, 1) is moved
    with pytest.raises(EditError, match="itself"):
        several.move(moved, (group.id, A.id), group.id, 0)


def test_steps_keep_a_block_together() -> None:
    artwork = picture(A, B, C)
    assert names(several.step(artwork, (A.id, B.id), 1)) == ["c", "a", "b"]
    assert several.step(artwork, (B.id, C.id), 1) is artwork
    assert names(several.step(artwork, (B.id, C.id), -1)) == ["b", "c", "a"]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_moves_of_random_layers_lose_none(data: st.DataObject) -> None:
    leaves = [paint(str(number)) for number in range(5)]
    inner = Group(name="i", children=tuple(leaves[2:4]))
    outer = Group(name="o", children=(leaves[1], inner))
    artwork = picture(leaves[0], outer, leaves[4])
    every = [layer.id for layer in artwork.walk()]
    chosen = data.draw(st.sets(st.sampled_from(every), min_size=1))
    parent = data.draw(st.sampled_from(["", inner.id, outer.id]))
    index = data.draw(st.integers(0, 4))
    try:
        moved = several.move(artwork, chosen, parent, index)
    except EditError:
        return
    assert sorted(layer.id for layer in moved.walk()) == sorted(every)
    kept = [layer.id for layer in several.topmost(artwork, chosen)]
    assert [layer.id for layer in moved.walk() if layer.id in kept] == kept


def test_only_layers_that_change_are_new() -> None:
    group = Group(name="g", children=(B, C))
    artwork = picture(A, group)
    changed = several.set_fields(artwork, (A.id, C.id), opacity=0.5)
    assert changed.find(B.id) is B and changed.find(C.id) is not C
    assert several.set_fields(changed, (A.id, C.id), opacity=0.5) is changed
    locked = several.set_locks(artwork, (A.id, B.id), alpha=True)
    assert [layer.locks.alpha for layer in locked.walk()] == [True, True, False, False]
    assert [layer.visible for layer in several.show(artwork, {A.id: False}).walk()] == [
        False,
        True,
        True,
        True,
    ]


def test_a_new_layer_goes_into_the_open_group_that_is_active() -> None:
    group = Group(name="g", children=(B,))
    artwork = picture(A, group, C, active=group.id)
    assert names(edits.add_layer(artwork, paint("n"))) == ["a", ("g", ["b", "n"]), "c"]
    folded = edits.change(artwork, group.id, collapsed=True)
    assert names(edits.add_layer(folded, paint("n"))) == ["a", ("g", ["b"]), "n", "c"]


def test_ungrouping_one_layer_hands_the_look_over() -> None:
    mask = Mask.from_pixels(np.full((20, 20), 0.5), 2, 3)
    child = paint("x", 0, 0, 0.2, 0.4, 0.9, 1.0).with_(transform=(1, 0, 0, 1, 4.0, 5.0))
    group = Group(name="g", children=(child,), mask=mask, mode="multiply", opacity=0.5)
    artwork = picture(paint("paper", 0, 0, 0.6, 0.6, 0.6, 1.0), group)
    freed = edits.ungroup(artwork, group.id)
    assert names(freed) == ["paper", "x"]
    np.testing.assert_allclose(flatten(freed), flatten(artwork), atol=1e-3)


def test_ungrouping_refuses_what_several_layers_cannot_take_over() -> None:
    shadow = effects.store(effects.DropShadow())
    for fields in (
        {"mask": Mask(default=0.5)},
        {"mode": "multiply"},
        {"effects": (shadow,)},
        {"clipping": True},
    ):
        group = Group(name="g", children=(B, C), **fields)
        with pytest.raises(EditError, match="Merge the group"):
            edits.ungroup(picture(A, group), group.id)
    off = Group(name="g", children=(B, C), mask=Mask(default=0.5), mask_enabled=False)
    assert names(edits.ungroup(picture(A, off), off.id)) == ["a", "b", "c"]


def test_a_mask_is_made_from_the_selection_and_inverted() -> None:
    layer = paint("l").with_(transform=(1, 0, 0, 1, 10.0, 0.0))
    artwork = picture(layer).with_(selection=edits.rectangle_selection(Rect(10, 0, 20, 8)))
    shown = masks.from_selection(artwork, layer.id).layers[0].mask
    assert shown is not None and shown.default == 0
    assert shown.read(Rect(0, 0, 12, 1)).tolist() == [[1.0] * 10 + [0.0] * 2]
    hidden = masks.from_selection(artwork, layer.id, hide=True).layers[0].mask
    assert hidden is not None and hidden.default == 1
    np.testing.assert_array_equal(hidden.read(Rect(0, 0, 32, 9)), 1 - shown.read(Rect(0, 0, 32, 9)))
    back = masks.inverted(masks.inverted(shown))
    np.testing.assert_array_equal(back.read(Rect(0, 0, 32, 9)), shown.read(Rect(0, 0, 32, 9)))
    with pytest.raises(EditError, match="selected"):
        masks.from_selection(picture(layer), layer.id)
    with pytest.raises(EditError, match="no mask"):
        masks.invert(picture(layer), layer.id)


def test_an_applied_mask_looks_the_same() -> None:
    rng = np.random.default_rng(2)
    mask = Mask.from_pixels(rng.random((20, 20)), 0, 0, 1.0)
    layer = paint("l", 0, 0, 0.9, 0.1, 0.4, 0.8).with_(mask=mask)
    artwork = picture(layer)
    work = masks.masked(masks.check_applicable(artwork, layer.id).surface, mask)
    surface = None
    try:
        while True:
            next(work)
    except StopIteration as end:
        surface = end.value
    applied = masks.with_applied(artwork, layer.id, surface)
    assert applied.layers[0].mask is None
    np.testing.assert_allclose(flatten(applied), flatten(artwork), atol=1e-3)
    group = Group(name="g", mask=mask)
    with pytest.raises(EditError, match="Merge"):
        masks.check_applicable(picture(group), group.id)


def test_painting_lands_on_the_mask_that_is_edited() -> None:
    layer = Paint(name="l", surface=A.surface, mask=Mask(default=1.0))
    artwork = picture(layer, B, active=layer.id)
    assert edits.paint_target(artwork)[2] == "surface"
    edited = artwork.with_(mask_edited=layer.id)
    assert edits.paint_target(edited)[1:] == (layer.id, "mask")
    assert not edits.set_active(edited, B.id).edits_mask
    assert edits.paint_target(edits.set_mask(edited, layer.id, None))[2] == "surface"


@given(st.integers(-700, 700), st.integers(-700, 700), st.sampled_from([0.0, 1.0]))
@settings(max_examples=30, deadline=None)
def test_a_moved_mask_is_the_mask_elsewhere(x: int, y: int, default: float) -> None:
    rng = np.random.default_rng(1)
    mask = Mask.from_pixels(rng.random((300, 270)), -20, 40, default)
    moved = edits.moved_mask(mask, x, y)
    box = Rect(-300, -300, 800, 800)
    np.testing.assert_array_equal(moved.read(box.move(x, y)), mask.read(box))


def test_a_moved_rectangle_is_few_tiles_however_large() -> None:
    moved = edits.moved_mask(edits.rectangle_selection(Rect(0, 0, 25_600, 25_600)), 7, 3)
    assert len(moved.tiles) == 101 * 101
    assert len({id(tile) for tile in moved.tiles.values()}) <= 16
