"""Edits one by one: what they share, what they refuse, what becomes active."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.edits import EditError
from studio.document.layer import Fill, Filter, Group, Locks, Paint, Unknown
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from tests.document.pictures import colour, flatten, generated, paint, stored, variant


def names(artwork: Artwork) -> list[str]:
    return [layer.name for layer in artwork.walk()]


def stack(*layers) -> Artwork:
    return Artwork(width=300, height=300, layers=tuple(layers), active=layers[-1].id)


def test_a_new_picture_shares_equal_tiles() -> None:
    artwork = edits.new_artwork(5000, 4000)
    assert len(edits.surface_of(artwork, artwork.active).tiles) == 20 * 16
    assert len({id(tile) for tile in edits.surface_of(artwork, artwork.active).tiles.values()}) == 4
    corner = edits.surface_of(artwork, artwork.active).read(Rect(4999, 3999, 5001, 4001))
    assert corner[..., 3].tolist() == [[1, 0], [0, 0]]


def test_a_transparent_picture_has_an_empty_layer() -> None:
    artwork = edits.new_artwork(10, 10, background=None, precision="float32")
    assert not edits.surface_of(artwork, artwork.active)
    assert edits.surface_of(artwork, artwork.active).dtype == np.float32


@pytest.mark.parametrize("size", [(0, 10), (10, -1), (60_000, 60_000), (400_000, 1)])
def test_impossible_sizes_are_refused(size: tuple[int, int]) -> None:
    with pytest.raises(EditError):
        edits.new_artwork(*size)


def test_adding_goes_above_the_active_layer_and_its_clipped_ones() -> None:
    artwork = stack(paint("a"), paint("clipped", clipping=True), paint("b"))
    artwork = edits.set_active(artwork, artwork.layers[0].id)
    assert names(edits.add_layer(artwork, paint("new"))) == ["a", "clipped", "new", "b"]
    assert names(edits.add_layer(artwork, paint("new", clipping=True))) == ["a", "new", "clipped", "b"]


def test_adding_into_a_group_and_the_same_layer_twice() -> None:
    group = Group(name="g", children=(paint("in"),))
    artwork = edits.add_layer(stack(group), paint("new"), into=group.id)
    assert names(artwork) == ["in", "new", "g"]
    assert artwork.active_layer is not None
    assert artwork.active_layer.name == "new"
    with pytest.raises(EditError):
        edits.add_layer(artwork, artwork.active_layer)
    with pytest.raises(EditError):
        edits.add_layer(artwork, paint("x"), into=artwork.active)


def test_unchanged_layers_are_the_same_objects_after_an_edit_deep_inside() -> None:
    deep = paint("deep")
    artwork = stack(
        paint("a"), Group(name="g", children=(paint("x"), Group(name="h", children=(deep, paint("y")))))
    )
    changed = edits.rename(artwork, deep.id, "renamed")
    assert changed.find(deep.id).name == "renamed"  # type: ignore[union-attr]
    before, after = list(artwork.walk()), list(changed.walk())
    assert [one is other for one, other in zip(before, after)] == [True, True, False, True, False, False]


def test_removing_picks_a_neighbour() -> None:
    artwork = stack(paint("a"), paint("b"), Group(name="g", children=(paint("c"),)))
    a, b, group = artwork.layers
    inner = group.children[0]  # type: ignore[attr-defined]
    for active, removed, next_active in [
        (b, b, a),
        (a, a, b),
        (inner, inner, group),
        (inner, group, b),
        (a, b, a),
    ]:
        left = edits.remove_layer(edits.set_active(artwork, active.id), removed.id)
        assert left.active == next_active.id
    only = stack(paint("only"))
    assert edits.remove_layer(only, only.active).active == ""


def test_removing_a_clipping_target_releases_what_was_clipped() -> None:
    artwork = stack(
        paint("a"), paint("target"), paint("c1", clipping=True), paint("c2", clipping=True), paint("d")
    )
    left = edits.remove_layer(artwork, artwork.layers[1].id)
    assert [layer.clipping for layer in left.layers] == [False] * 4


def test_locked_layers_are_not_removed_moved_or_painted() -> None:
    artwork = stack(paint("a", locks=Locks(all=True)))
    for edit in (
        lambda: edits.remove_layer(artwork, artwork.active),
        lambda: edits.set_transform(artwork, artwork.active, (1, 0, 0, 1, 5, 0)),
        lambda: edits.movable(artwork),
        lambda: edits.paint_target(artwork),
        lambda: edits.write_surface(artwork, artwork.active, Surface()),
        lambda: edits.apply_pixels(artwork, artwork.active, Rect(0, 0, 20, 20), colour(0, 0, 1, 1)),
    ):
        with pytest.raises(EditError, match="locked"):
            edit()


def test_moving_above_into_by_index_and_by_steps() -> None:
    group = Group(name="g", children=(paint("x"), paint("y")))
    a, b = paint("a"), paint("b")
    artwork = stack(a, b, group)
    x = group.children[0]
    assert names(edits.move_layer(artwork, a.id, above=b.id)) == ["b", "a", "x", "y", "g"]
    assert names(edits.move_layer(artwork, a.id, above=x.id)) == ["b", "x", "a", "y", "g"]
    assert names(edits.move_layer(artwork, a.id, into=group.id)) == ["b", "x", "y", "a", "g"]
    assert names(edits.move_layer(artwork, a.id, into=group.id, index=0)) == ["b", "a", "x", "y", "g"]
    assert names(edits.move_layer(artwork, x.id, into="")) == ["a", "b", "y", "g", "x"]
    assert names(edits.move_layer(artwork, b.id)) == ["b", "a", "x", "y", "g"]
    assert names(edits.move_layer(artwork, x.id, index=1)) == ["a", "b", "y", "x", "g"]
    assert names(edits.step_layer(artwork, b.id, 1)) == ["a", "x", "y", "g", "b"]
    assert names(edits.step_layer(artwork, x.id, -1)) == ["a", "b", "x", "y", "g"]
    assert edits.step_layer(artwork, group.id, 1) is artwork
    assert edits.move_layer(artwork, b.id, above=a.id) is artwork
    assert edits.step_layer(artwork, x.id, -1).layers[2].name == "x"


def test_a_group_does_not_go_into_itself() -> None:
    inner = Group(name="inner")
    outer = Group(name="outer", children=(inner,))
    artwork = stack(outer)
    for target in (inner.id, outer.id):
        with pytest.raises(EditError):
            edits.move_layer(artwork, outer.id, into=target)


def test_grouping_keeps_the_order_and_ungrouping_gives_it_back() -> None:
    layers = [paint(name) for name in "abcd"]
    artwork = stack(*layers)
    grouped = edits.group(artwork, (layers[2].id, layers[0].id))
    assert names(grouped) == ["b", "a", "c", "Group", "d"]
    freed = edits.ungroup(grouped, grouped.active)
    assert names(freed) == ["b", "a", "c", "d"]
    assert freed.layers[1] is layers[0]
    with pytest.raises(EditError):
        edits.ungroup(artwork, layers[0].id)
    with pytest.raises(EditError):
        edits.group(artwork, ())


def test_layers_stay_in_their_place_when_they_change_groups() -> None:
    inside, other = paint("inside"), paint("other").with_(transform=(1.0, 0.0, 0.0, 1.0, 3.0, 4.0))
    group = Group(name="g", children=(inside,), transform=(1.0, 0.0, 0.0, 1.0, 40.0, -20.0))
    turned = Group(name="t", transform=(0.0, 2.0, -2.0, 0.0, 10.0, 0.0))
    artwork = stack(group, other, turned)
    freed = edits.ungroup(artwork, group.id)
    assert edits.transform_of(freed, inside.id) == group.transform
    for moved in (
        edits.move_layer(artwork, inside.id, into=""),
        edits.move_layer(artwork, inside.id, into=turned.id),
        edits.step_layer(artwork, inside.id, 1),
        edits.group(artwork, (inside.id, other.id)),
    ):
        assert edits.transform_of(moved, inside.id) == pytest.approx(group.transform)
        assert edits.transform_of(moved, other.id) == other.transform
        assert names(moved) != names(artwork)
    into = edits.move_layer(artwork, other.id, into=group.id)
    assert edits.transform_of(into, other.id) == other.transform


def test_a_duplicate_has_new_ids_and_the_same_tiles() -> None:
    group = Group(name="g", children=(paint("x"),))
    artwork = edits.duplicate(stack(group), group.id)
    copy = artwork.layers[1]
    assert copy.name == "g copy"
    assert isinstance(copy, Group)
    assert len({layer.id for layer in artwork.walk()}) == 4
    assert copy.children[0].surface is group.children[0].surface  # type: ignore[attr-defined]


def test_pixels_honour_the_selection_and_keep_unselected_tiles() -> None:
    artwork = edits.new_artwork(600, 300)
    layer = artwork.active
    before = edits.surface_of(artwork, layer)
    weights = np.full((10, 300), 0.5)
    artwork = edits.set_selection(artwork, Mask.from_pixels(weights, 0, 0))
    after = edits.apply_pixels(artwork, layer, Rect(0, 0, 600, 20), colour(0, 0, 0, 1, width=600))
    surface = edits.surface_of(after, layer)
    assert surface.tile((2, 0)) is before.tile((2, 0))
    assert surface.diff(before) == {(0, 0), (1, 0)}
    assert surface.read(Rect(5, 5, 6, 6)).tolist() == [[[0.5, 0.5, 0.5, 1]]]
    assert surface.read(Rect(300, 5, 301, 6)).tolist() == [[[1, 1, 1, 1]]]
    assert surface.read(Rect(5, 10, 6, 11)).tolist() == [[[1, 1, 1, 1]]]


def test_the_selection_lies_in_the_document_whatever_moves_the_layer() -> None:
    artwork = stack(paint("p", 0, 0, 1, 0, 0, 1))
    artwork = edits.set_selection(artwork, edits.rectangle_selection(Rect(110, 100, 120, 200)))
    for transform, at in (((1, 0, 0, 1, 100, 100), 10), ((2, 0, 0, 2, 100, 100), 5)):
        moved = edits.set_transform(artwork, artwork.active, transform)
        after = edits.apply_pixels(moved, moved.active, Rect(0, 0, 20, 20), colour(0, 1, 0, 1))
        green = edits.surface_of(after, moved.active).read(Rect(0, 0, 20, 20))[..., 1]
        assert green[0, :at].tolist() == [0] * at
        assert green[0, at] == 1


def test_locked_alpha_stays() -> None:
    artwork = stack(paint("p", 0, 0, 1, 0, 0, 0.5, locks=Locks(alpha=True)))
    after = edits.apply_pixels(artwork, artwork.active, Rect(10, 0, 30, 20), colour(0, 0, 1, 1))
    pixels = edits.surface_of(after, artwork.active).read(Rect(0, 0, 30, 1))[0]
    assert pixels[15].tolist() == [0, 0, 0.5, 0.5]
    assert pixels[25].tolist() == [0, 0, 0, 0]
    assert pixels[5].tolist() == [0.5, 0, 0, 0.5]


def test_pixels_that_change_nothing_make_no_new_artwork() -> None:
    artwork = stack(paint("p", 0, 0, 1, 0, 0, 1))
    assert edits.apply_pixels(artwork, artwork.active, Rect(0, 0, 20, 20), colour(1, 0, 0, 1)) is artwork


def test_a_stroke_on_a_generated_layer_lands_clipped_above_it() -> None:
    layer = generated()
    artwork, target, part = edits.paint_target(stack(paint("a"), layer, paint("b")).with_(active=layer.id))
    assert part == "surface"
    assert [one.name for one in artwork.layers] == ["a", "", "Paint", "b"]
    assert artwork.layers[2].clipping
    assert artwork.active == target == artwork.layers[2].id
    again, same, _ = edits.paint_target(edits.set_active(artwork, layer.id))
    assert same == target
    assert len(again.layers) == 4


@pytest.mark.parametrize("unusable", [{"visible": False}, {"locks": Locks(all=True)}])
def test_an_unusable_clipped_layer_is_left_alone(unusable: dict) -> None:
    layer = generated()
    artwork = stack(layer, paint("held", clipping=True, **unusable)).with_(active=layer.id)
    made, target, _ = edits.paint_target(artwork)
    assert [one.id for one in made.layers][2] == target


def test_erasing_what_is_computed_goes_to_its_mask() -> None:
    for layer in (
        generated(),
        Filter(recipe=stored("invert", all=1.0)),
        Group(),
        Fill(recipe=stored("fill", value=1)),
    ):
        artwork, target, part = edits.paint_target(stack(layer), erase=True)
        assert (target, part) == (layer.id, "mask")
        made = artwork.find(layer.id)
        assert made is not None
        assert made.mask is not None
        assert made.mask.default == 1.0


def test_painting_on_computed_layers_makes_a_paint_layer_above() -> None:
    for layer in (Filter(recipe=stored("invert", all=1.0)), Group(), Fill(recipe=stored("fill", value=1))):
        artwork, target, part = edits.paint_target(
            stack(layer, paint("clipped", clipping=True)).with_(active=layer.id)
        )
        assert part == "surface"
        assert artwork.layers[2].id == target == artwork.active
        assert isinstance(artwork.layers[2], Paint)
        assert not artwork.layers[2].clipping


def test_the_mask_is_painted_while_it_is_edited() -> None:
    artwork, target, part = edits.paint_target(stack(paint("p")), edit_mask=True)
    assert part == "mask"
    assert artwork.find(target).mask is not None  # type: ignore[union-attr]


def test_painting_where_nothing_can_be_painted_is_refused() -> None:
    hidden = Group(children=(paint("in"),), visible=False)
    with pytest.raises(EditError, match="hidden"):
        edits.paint_target(stack(hidden).with_(active=hidden.children[0].id))
    with pytest.raises(EditError, match="newer version"):
        edits.paint_target(stack(Unknown(kind="x", raw=b"", surface=Surface())))
    empty = Artwork(width=9, height=9)
    assert edits.paint_target(empty)[0].active
    with pytest.raises(EditError):
        edits.paint_target(empty, erase=True)


def test_a_variant_of_another_size_covers_the_same_place() -> None:
    layer = generated(variant(1, 16), variant(2, 64), transform=edits.fitted(16, 16, Rect(10, 20, 74, 84)))
    artwork = edits.choose_variant(stack(layer), layer.id, 1)
    assert artwork.find(layer.id).transform == (1, 0, 0, 1, 10, 20)  # type: ignore[union-attr]
    back = edits.replace_variant(artwork, layer.id, 1, variant(3, 32))
    assert back.find(layer.id).transform == (2, 0, 0, 2, 10, 20)  # type: ignore[union-attr]


def test_a_mask_stays_in_its_place_when_the_variant_has_another_size() -> None:
    pixels = np.zeros((16, 16))
    pixels[:, 8:] = 1
    layer = generated(variant(1, 16), variant(2, 64), mask=Mask.from_pixels(pixels, default=1.0))
    artwork = edits.choose_variant(stack(layer), layer.id, 1)
    mask = artwork.layers[0].mask
    assert mask is not None
    assert mask.read(Rect(30, 0, 34, 1)).tolist() == [[0, 0, 1, 1]]
    assert mask.default == 1.0
    back = edits.choose_variant(artwork, layer.id, 0).layers[0].mask
    assert back is not None
    np.testing.assert_array_equal(back.read(Rect(0, 0, 16, 16)), pixels)


def test_dropped_variants_lie_in_the_tray() -> None:
    layer = generated(variant(1), variant(2), variant(3), chosen=2)
    artwork = edits.drop_variant(stack(layer), layer.id, 0)
    made = artwork.layers[0]
    assert ([one.seed for one in made.variants], made.chosen) == ([2, 3], 1)  # type: ignore[attr-defined]
    made = edits.drop_variant(artwork, layer.id, 1).layers[0]
    assert (made.variant.seed, len(made.dropped)) == (2, 2)  # type: ignore[attr-defined]
    restored = edits.restore_variant(artwork, layer.id, 0).layers[0]
    assert [one.seed for one in restored.variants] == [2, 3, 1]  # type: ignore[attr-defined]
    with pytest.raises(EditError, match="only picture"):
        edits.drop_variant(stack(generated(variant(1), id="one")), "one", 0)


def test_stars_added_variants_and_wrong_indices() -> None:
    layer = generated(variant(1))
    artwork = edits.star_variant(stack(layer), layer.id, 0)
    assert artwork.layers[0].variants[0].star  # type: ignore[attr-defined]
    more = edits.add_variants(artwork, layer.id, (variant(5), variant(6)), choose=2)
    assert more.layers[0].variant.seed == 6  # type: ignore[attr-defined]
    for wrong in (-1, 3):
        with pytest.raises(EditError):
            edits.choose_variant(more, layer.id, wrong)
    other = paint("p")
    with pytest.raises(EditError):
        edits.choose_variant(stack(other), other.id, 0)


def test_masks_move_by_any_number_of_pixels() -> None:
    mask = edits.rectangle_selection(Rect(10, 10, 300, 40))
    assert edits.moved_mask(mask, 256, -512).tile((1, -2)) is mask.tile((0, 0))
    moved = edits.moved_mask(mask, -15, 7)
    np.testing.assert_array_equal(moved.read(Rect(-15, 7, 305, 67)), mask.read(Rect(0, 0, 320, 60)))


def test_unknown_ids_are_refused() -> None:
    artwork = stack(paint("p"))
    for edit in (
        edits.remove_layer,
        edits.duplicate,
        edits.ungroup,
        edits.set_active,
        edits.mask_of,
        edits.transform_of,
    ):
        with pytest.raises(EditError):
            edit(artwork, "nobody")


def test_an_isolated_group_flattens_like_its_layers() -> None:
    artwork = stack(paint("a", 0, 0, 1, 1, 1, 1), paint("b", 5, 5, 0, 1, 0, 0.5))
    grouped = edits.group(artwork, [layer.id for layer in artwork.layers])
    np.testing.assert_allclose(flatten(artwork), flatten(grouped), atol=1e-6)
