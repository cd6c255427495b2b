"""Edits of and inside the selection: what is outside stays bit for bit, what is inside follows old + s·(new − old)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.document import edits, selecting
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Group, Locks, Paint
from studio.raster.brush import Brush
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.selecting import morphology
from studio.raster.selecting.blocks import finished
from studio.raster.selecting.combining import combined
from studio.raster.selecting.outlines import ellipse, rectangle
from studio.raster.stroke import Stroke
from studio.raster.surface import Surface, TileGrid

CANVAS = Rect(0, 0, 300, 280)
"""Over the borders of tiles."""


def picture(seed: int = 0, **layer_fields) -> Artwork:
    pixels = np.random.default_rng(seed).random((280, 300, 4)).astype(np.float16)
    pixels[..., :3] *= pixels[..., 3:]
    layer = Paint(name="noise", surface=Surface.from_pixels(pixels), **layer_fields)
    return Artwork(width=300, height=280, layers=(layer,), active=layer.id)


@st.composite
def masks(draw: st.DrawFn) -> Mask:
    """A few rectangles and ellipses added and taken away, edges at any fraction of a pixel."""
    mask = Mask()
    for _ in range(draw(st.integers(1, 3))):
        left, top = draw(st.floats(-20, 280)), draw(st.floats(-20, 260))
        right, bottom = left + draw(st.floats(1, 200)), top + draw(st.floats(1, 200))
        shape = draw(st.sampled_from([rectangle, ellipse]))
        mode = draw(st.sampled_from(["add", "subtract", "new"]))
        mask = combined(mask, shape(left, top, right, bottom, CANVAS), mode)
    return mask


def result(steps: selecting.Steps) -> Artwork:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def pixels_of(artwork: Artwork, index: int = 0) -> np.ndarray:
    layer = artwork.layers[index]
    assert isinstance(layer, Paint)
    return layer.surface.read(CANVAS)


def same_outside(before: Artwork, after: Artwork, mask: Mask) -> None:
    """Bit for bit where nothing is selected, and the same tile objects where a tile has none of it."""
    outside = mask.read(CANVAS) == 0
    assert np.array_equal(
        pixels_of(before).view(np.uint16)[outside], pixels_of(after).view(np.uint16)[outside]
    )
    old, new = before.layers[0].surface, after.layers[0].surface  # type: ignore[union-attr]
    for key in old.tiles.keys() - mask.tiles.keys():
        assert new.tile(key) is old.tile(key)


@settings(max_examples=40, deadline=None)
@given(masks(), st.integers(0, 99), st.integers(-30, 250), st.integers(-30, 230))
def test_pixels_enter_by_the_selection(mask: Mask, seed: int, left: int, top: int) -> None:
    before = picture(seed).with_(selection=mask)
    rect = Rect.of(left, top, 90, 80)
    new = np.random.default_rng(seed + 1).random((80, 90, 4)).astype(np.float32)
    after = edits.apply_pixels(before, before.active, rect, new)
    same_outside(before, after, mask)
    inside = rect.intersect(CANVAS)
    part = inside.move(-rect.left, -rect.top)
    old = edits.surface_of(before, before.active).read(inside).astype(np.float32)
    s = mask.read(inside).astype(np.float32)[..., None]
    wanted = old + s * (new[part.top : part.bottom, part.left : part.right] - old)
    found = edits.surface_of(after, after.active).read(inside).astype(np.float32)
    assert np.abs(found - wanted).max(initial=0) <= 2**-11


@settings(max_examples=25, deadline=None)
@given(
    masks(),
    st.booleans(),
    st.booleans(),
    st.lists(st.tuples(st.floats(-20, 320), st.floats(-20, 300)), min_size=1, max_size=6),
    st.floats(2, 80),
)
def test_strokes_keep_to_the_selection(
    mask: Mask, erase: bool, lock: bool, points: list[tuple[float, float]], size: float
) -> None:
    before = picture(locks=Locks(alpha=lock)).with_(selection=mask)
    stroke = Stroke(
        Brush(size=size, hardness=0.5, smoothing=0.0), (0.9, 0.2, 0.1), edits.surface_of(before, before.active),
        selection=edits.selection_in_layer(before, before.active), alpha_lock=lock, erase=erase,
    )  # fmt: skip
    for number, (x, y) in enumerate(points):
        stroke.add(x, y, None, number * 0.05)
    stroke.finish()
    after = edits.write_surface(before, before.active, stroke.surface())
    same_outside(before, after, mask)
    if lock:
        assert np.array_equal(pixels_of(before)[..., 3], pixels_of(after)[..., 3])


@settings(max_examples=25, deadline=None)
@given(masks(), st.sampled_from(["clear", "fill", "stroke"]), st.floats(0.1, 1.0))
def test_clear_fill_and_stroke_keep_to_what_they_are_for(mask: Mask, kind: str, opacity: float) -> None:
    before = picture().with_(selection=mask)
    ink = np.array((0.25, 0.5, 1.0, 1.0), np.float32)
    if kind == "clear":
        after = result(selecting.clear(before))
    elif kind == "fill":
        after = result(selecting.fill(before, (0.25, 0.5, 1.0), opacity))
    else:
        try:
            after = result(selecting.fill_outline(before, (0.25, 0.5, 1.0), 3.0, "inside"))
        except EditError:
            return
    same_outside(before, after, mask)
    assert after.selection is mask
    old, s = pixels_of(before).astype(np.float32), mask.read(CANVAS).astype(np.float32)[..., None]
    if kind == "clear":
        assert np.abs(pixels_of(after) - old * (1 - s)).max() <= 2**-11
    elif kind == "fill":
        assert np.abs(pixels_of(after) - (old + s * opacity * (ink - old))).max() <= 2**-10


def test_a_fill_without_a_selection_covers_the_canvas_and_no_more() -> None:
    pixels = np.zeros((400, 400, 4), np.float16)
    layer = Paint(name="large", surface=Surface.from_pixels(pixels + np.float16(0.5), left=-50, top=-50))
    artwork = Artwork(width=300, height=280, layers=(layer,), active=layer.id)
    filled = result(selecting.fill(artwork, (1.0, 0.0, 0.0)))
    assert (pixels_of(filled) == (1, 0, 0, 1)).all()
    assert (edits.surface_of(filled, layer.id).read(Rect(-50, -50, 0, 0)) == 0.5).all()


def test_a_fill_on_a_moved_layer_lands_where_the_selection_is() -> None:
    layer = Paint(name="moved", surface=Surface(), transform=(1.0, 0.0, 0.0, 1.0, 40.0, -30.0))
    artwork = Artwork(width=300, height=280, layers=(layer,), active=layer.id)
    artwork = artwork.with_(selection=rectangle(100, 100, 120, 110, CANVAS))
    filled = result(selecting.fill(artwork, (0.0, 1.0, 0.0)))
    found = np.argwhere(edits.surface_of(filled, layer.id).read(Rect(0, 0, 300, 280))[..., 3])
    assert found.min(0).tolist() == [130, 60] and found.max(0).tolist() == [139, 79]


def test_a_group_is_filled_on_a_layer_above_it() -> None:
    group = Group(name="group")
    artwork = Artwork(width=300, height=280, layers=(group,), active=group.id)
    filled = result(selecting.fill(artwork, (1.0, 1.0, 0.0)))
    assert [type(layer).__name__ for layer in filled.layers] == ["Group", "Paint"]


@pytest.mark.parametrize("locks", [Locks(all=True), Locks(alpha=True)])
def test_locked_layers_are_not_cleared(locks: Locks) -> None:
    artwork = picture(locks=locks).with_(selection=rectangle(10, 10, 20, 20, CANVAS))
    with pytest.raises(EditError):
        result(selecting.clear(artwork))


@settings(max_examples=25, deadline=None)
@given(masks(), st.integers(-400, 400), st.integers(-400, 400))
def test_an_outline_moved_there_and_back_is_the_same(mask: Mask, x: int, y: int) -> None:
    artwork = picture().with_(selection=mask)
    moved = selecting.move(artwork, x, y)
    assert np.array_equal(moved.selection.read(CANVAS.move(x, y)), mask.read(CANVAS))
    back = selecting.move(moved, -x, -y)
    assert np.array_equal(back.selection.read(CANVAS), mask.read(CANVAS))


def test_nothing_selected_is_said() -> None:
    artwork = picture()
    with pytest.raises(EditError, match="Everything is selected"):
        selecting.invert(artwork.with_(selection=edits.rectangle_selection(CANVAS)))
    for edit in (selecting.invert, selecting.require, lambda one: selecting.save(one, "x")):
        with pytest.raises(EditError):
            edit(artwork)
    with pytest.raises(EditError):
        result(selecting.change(artwork, "grow", 3))
    with pytest.raises(EditError):
        selecting.load(artwork, "gone")


def test_a_selection_taken_away_altogether_is_none() -> None:
    artwork = picture().with_(selection=rectangle(0, 0, 50, 50, CANVAS))
    assert selecting.select(artwork, rectangle(0, 0, 99, 99, CANVAS), "subtract").selection is None


def test_a_mask_becomes_a_selection_wherever_its_layer_lies() -> None:
    mask = Mask(default=0.0).write(Rect(10, 10, 20, 30), np.ones((20, 10), np.float16))
    turned = (0.0, 2.0, -2.0, 0.0, 100.0, 50.0)
    for transform, wanted in (
        ((1.0, 0.0, 0.0, 1.0, 100.0, 50.0), Rect(110, 60, 120, 80)),
        (turned, Rect(40, 70, 80, 90)),
    ):
        layer = Paint(name="masked", surface=Surface(), mask=mask, transform=transform)
        artwork = Artwork(width=300, height=280, layers=(layer,), active=layer.id)
        found = selecting.from_mask(artwork, layer.id).read(CANVAS)
        place = np.argwhere(found)
        assert (*place.min(0)[::-1], *(place.max(0) + 1)[::-1]) == tuple(
            wanted
        ) and found.sum() == wanted.width * wanted.height


def objects(grid: TileGrid) -> int:
    return len({id(tile) for tile in grid.tiles.values()})


@pytest.mark.parametrize("opacity", [1.0, 0.5])
@pytest.mark.parametrize("kind", ["pixels", "mask"])
def test_a_filled_area_of_many_tiles_holds_the_bytes_of_a_few(kind: str, opacity: float) -> None:
    canvas = Rect(0, 0, 4096, 4096)
    mask = finished(morphology.feather(selecting.rectangle_selection(canvas), canvas, 20.0, open_edges=False))
    assert (
        len(mask.tiles) == 256 and objects(mask) <= 17
    )  # corners, sides, neighbours of both in their block, the middle
    ground = Surface({}, np.float16)
    layer = Paint(name="ground", surface=ground, mask=Mask(default=1.0) if kind == "mask" else None)
    artwork = Artwork(width=4096, height=4096, layers=(layer,), active=layer.id, selection=mask)
    artwork = artwork.with_(mask_edited=layer.id if kind == "mask" else "")
    filled = result(selecting.fill(artwork, (0.25, 0.25, 0.25), opacity)).layers[0]
    assert isinstance(filled, Paint)
    grid = filled.mask if kind == "mask" else filled.surface
    assert grid is not None and objects(grid) <= 17
    strip = Rect(0, 2000, 300, 2001)
    share = mask.read(strip).astype(np.float32)[0] * opacity
    wanted = 1 + share * (0.25 - 1) if kind == "mask" else share
    assert np.abs(grid.read(strip).astype(np.float32)[0].reshape(300, -1)[:, -1] - wanted).max() < 0.001
