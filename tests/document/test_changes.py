"""Changed regions are as small as they can be told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.changes import changed
from studio.document.layer import Filter, Group, Locks, Paint
from studio.raster.geometry import Rect, Region
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from tests.document.pictures import generated, paint, reach_of, stored, variant

PIXELS = paint("p").surface.tiles[0, 0]
CANVAS = Rect(0, 0, 1000, 600)
TILE_0 = Rect(0, 0, 256, 256)


def stack(*layers) -> Artwork:
    return Artwork(width=1000, height=600, layers=tuple(layers), active=layers[-1].id)


def test_what_does_not_show_changes_nothing() -> None:
    artwork = stack(paint("a"))
    layer = artwork.active
    for edit in (
        edits.rename(artwork, layer, "b"),
        edits.set_locks(artwork, layer, Locks(alpha=True)),
        edits.set_mask(artwork, layer, Mask(default=1.0)),
        edits.set_selection(artwork, edits.rectangle_selection(CANVAS)),
        edits.change(artwork, layer, label=3),
        artwork.with_(metadata={"exif": b"x"}),
    ):
        assert not changed(artwork, edit)


def test_a_stroke_changes_only_its_tile() -> None:
    artwork = edits.new_artwork(1000, 600)
    after = edits.apply_pixels(
        artwork, artwork.active, Rect(300, 300, 320, 320), paint().surface.read(Rect(0, 0, 20, 20))
    )
    assert changed(artwork, after) == Region([Rect(256, 256, 512, 512)])
    moved = edits.set_transform(artwork, artwork.active, (1, 0, 0, 1, 10, 300))
    after = edits.apply_pixels(
        moved, moved.active, Rect(0, 0, 20, 20), paint().surface.read(Rect(0, 0, 20, 20)) * 0.5
    )
    assert changed(moved, after).bounds == Rect(10, 300, 266, 556)


def test_hiding_changes_the_layers_bounds_and_hidden_layers_nothing() -> None:
    artwork = stack(paint("a"), paint("b", 600, 300))
    hidden = edits.set_visible(artwork, artwork.active, False)
    assert changed(artwork, hidden).bounds == Rect(512, 256, 768, 512)
    assert not changed(hidden, edits.set_opacity(hidden, hidden.active, 0.3))


def test_order_changes_only_what_moved() -> None:
    artwork = stack(paint("a"), paint("b"), paint("c", 600, 300))
    assert changed(artwork, edits.move_layer(artwork, artwork.active)).bounds == Rect(512, 256, 768, 512)


def test_a_mask_that_hides_everything_outside_bounds_its_layer() -> None:
    mask = edits.rectangle_selection(Rect(10, 10, 20, 20))
    artwork = stack(paint("a"), Filter(recipe=stored("invert", all=1.0), mask=mask))
    assert changed(artwork, edits.set_opacity(artwork, artwork.active, 0.5)) == Region([TILE_0])
    assert changed(artwork, edits.set_mask(artwork, artwork.active, None)).bounds == CANVAS


def test_changes_grow_by_the_filters_above_them_only() -> None:
    blur = Filter(recipe=stored("smear", all=1.0))
    artwork = stack(paint("a", 300, 300), blur, paint("b", 600, 300))
    below, above = artwork.layers[0].id, artwork.layers[2].id
    assert changed(artwork, edits.set_opacity(artwork, below, 0.5), reach_of).bounds == Rect(
        253, 253, 515, 515
    )
    assert changed(artwork, edits.set_opacity(artwork, below, 0.5)).bounds == Rect(256, 256, 512, 512)
    assert changed(artwork, edits.set_opacity(artwork, above, 0.5), reach_of).bounds == Rect(
        512, 256, 768, 512
    )
    whole = stack(artwork.layers[0], Filter(recipe=stored("auto-contrast")))
    assert changed(whole, edits.set_opacity(whole, below, 0.5), reach_of).bounds == CANVAS


def test_filters_in_pass_through_groups_reach_what_lies_below_the_group() -> None:
    blur = Filter(recipe=stored("smear", all=1.0))
    for pass_through, grown in ((True, Rect(253, 253, 515, 515)), (False, Rect(256, 256, 512, 512))):
        artwork = stack(paint("a", 300, 300), Group(children=(blur,), pass_through=pass_through))
        after = edits.set_opacity(artwork, artwork.layers[0].id, 0.5)
        assert changed(artwork, after, reach_of).bounds == grown


def test_a_group_moves_what_is_inside() -> None:
    artwork = stack(Group(children=(paint("a"),), transform=(1, 0, 0, 1, 500, 100)))
    after = edits.set_opacity(artwork, artwork.layers[0].children[0].id, 0.5)  # type: ignore[attr-defined]
    assert changed(artwork, after).bounds == TILE_0.move(500, 100)


def test_a_scaled_variant_ends_at_its_native_size() -> None:
    layer = generated(
        variant(1, 16), variant(2, 16), transform=edits.fitted(16, 16, Rect(100, 100, 260, 260))
    )
    artwork = stack(paint("a"), layer)
    region = changed(artwork, edits.choose_variant(artwork, layer.id, 1))
    assert region.bounds.contains(Rect(100, 100, 260, 260))
    assert Rect(100, 100, 260, 260).grow(41).contains(region.bounds)


def test_releasing_a_clipped_layer_changes_its_bounds() -> None:
    artwork = stack(paint("a"), paint("clipped", 600, 300, clipping=True))
    after = edits.set_clipping(artwork, artwork.active, False)
    assert changed(artwork, after).bounds == Rect(512, 256, 768, 512)
    gone = edits.remove_layer(artwork, artwork.layers[0].id)
    assert changed(artwork, gone).bounds == TILE_0.unite(Rect(512, 256, 768, 512))


def test_a_new_canvas_size_changes_everything() -> None:
    artwork = stack(paint("a"))
    assert changed(artwork, artwork.with_(width=1200)).bounds == Rect(0, 0, 1200, 600)
    assert changed(artwork, artwork.with_(precision="float32")).bounds == CANVAS


@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5))), st.integers(-300, 300))
def test_many_tiles_are_told_as_blocks_and_as_exactly_as_one_by_one(
    keys: set[tuple[int, int]], move: int
) -> None:
    """A stroke, a comb, all of the layer: the region is that of the single tiles."""
    empty = Paint(surface=Surface(), transform=(1, 0, 0, 1, float(move), 2.0 * move))
    full = empty.with_(surface=Surface(dict.fromkeys(keys, PIXELS)))
    before, after = (Artwork(width=4096, height=4096, layers=(one,)) for one in (empty, full))
    wanted = Region(Rect.of_tile(key).move(move, 2 * move) for key in keys).intersect(before.rect)
    assert changed(before, after) == wanted


def test_regions_unite_as_their_rectangles_do() -> None:
    one = Region([Rect(0, 0, 10, 10), Rect(300, 300, 600, 310)])
    other = Region([Rect(5, 5, 20, 20), Rect(300, 300, 310, 310), Rect(900, 0, 910, 9)])
    assert one.unite(other) == Region([*one, *other]) == other.unite(one)
