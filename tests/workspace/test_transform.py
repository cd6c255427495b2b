"""The transform tool and the move tool in a studio without a window."""

from __future__ import annotations

import math

import numpy as np
import pytest

from studio.document import edits, lifting
from studio.document.aids import Guide
from studio.document.layer import IDENTITY, Generated, Group, Locks, Paint, Variant
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.recipe import Stored
from studio.workspace import guides
from studio.workspace.tools import Pointer, move
from studio.workspace.tools.pace import Pace
from studio.workspace.tools.transform import TransformSession
from tests.workspace.conftest import Bench


@pytest.fixture
def drawn(bench: Bench) -> Bench:
    """A picture of 400 × 300 with a red block 100 × 60 at (50, 40) on a layer of its own."""
    bench.studio.new_picture(400, 300)
    block = np.zeros((60, 100, 4), np.float16)
    block[..., 0] = block[..., 3] = 1
    put(bench, Paint(name="Block", surface=Surface.from_pixels(block, 50, 40)))
    return bench


def put(bench: Bench, layer) -> None:
    bench.picture.document.commit("Put", edits.add_layer(bench.picture.document.artwork, layer))


def open_box(bench: Bench) -> TransformSession:
    bench.studio.painting.choose_tool("transform")
    session = bench.studio.painting.session
    assert isinstance(session, TransformSession), bench.sentences()
    return session


def drag(bench: Bench, *points, modifiers=(), tool=None) -> None:
    held = frozenset(modifiers)
    gesture = bench.studio.painting.begin(
        bench.picture, Pointer(*points[0], modifiers=held, zoom=1.0), tool or bench.studio.painting.tool
    )
    assert gesture is not None, bench.sentences()
    for x, y in points[1:]:
        gesture.send(Pointer(x, y, modifiers=held, zoom=1.0))
    gesture.finish()


def close(bench: Bench, apply: bool = True) -> None:
    bench.studio.painting.close_session(apply=apply)
    bench.settle()


def test_the_box_is_drawn_larger_by_a_corner(drawn: Bench) -> None:
    session = open_box(drawn)
    assert session.box.quad == ((50, 40), (150, 40), (150, 100), (50, 100))
    drag(drawn, (150, 100), (200, 130))
    assert session.box.quad[2] == pytest.approx((200, 130))
    close(drawn)
    assert drawn.labels()[-1] == "Transform"
    assert drawn.active.transform == pytest.approx((1.5, 0, 0, 1.5, -25, -20))
    assert isinstance(drawn.active, Paint)


def test_the_box_snaps_to_guides_where_it_is_moved_and_where_it_is_drawn(drawn: Bench) -> None:
    guides.change(drawn.studio, guides.GUIDES, guides=(Guide("x", 250.0),))
    session = open_box(drawn)
    drag(drawn, (100, 70), (204, 70))
    assert session.box.bounds == pytest.approx((150, 40, 250, 100)), "the right edge meets the guide"
    session.undo()
    drag(drawn, (150, 100), (245, 115))
    assert session.box.bounds == pytest.approx((50, 40, 250, 115)), "the corner meets the guide"
    session.undo()
    drawn.studio.viewing.change(snapping=False)
    drag(drawn, (100, 70), (204, 70))
    assert session.box.bounds == pytest.approx((154, 40, 254, 100))
    session.undo()
    drag(drawn, (100, 70), (148, 72))
    assert session.box.bounds == pytest.approx((98, 42, 198, 102)), "not even to the middle of the canvas"


def test_shift_keeps_the_proportions_and_alt_the_middle(drawn: Bench) -> None:
    session = open_box(drawn)
    drag(drawn, (150, 70), (170, 70), modifiers=("alt",))
    assert session.box.quad[0] == pytest.approx((30, 40))
    drawn.studio.undo()
    assert session.box.quad[0] == (50, 40)
    drag(drawn, (150, 100), (250, 100), modifiers=("shift",))
    (x0, y0), _, (x2, y2), _ = session.box.quad
    assert (x2 - x0) / (y2 - y0) == pytest.approx(100 / 60)


def test_outside_turns_and_shift_by_whole_steps(drawn: Bench) -> None:
    session = open_box(drawn)
    drag(drawn, (200, 70), (190, 120), modifiers=("shift",))
    assert math.degrees(session.box.angle) == pytest.approx(30)
    close(drawn)
    again = open_box_after_apply(drawn)
    assert again.number("angle") == pytest.approx(30)


def open_box_after_apply(bench: Bench):
    bench.studio.painting.choose_tool("ink")
    return open_box(bench).box


def test_ctrl_draws_a_corner_and_an_edge_sideways(drawn: Bench) -> None:
    session = open_box(drawn)
    drag(drawn, (150, 40), (180, 30), modifiers=("control",))
    assert session.box.quad[1] == pytest.approx((180, 30))
    assert session.box.quad[0] == pytest.approx((50, 40))
    drawn.studio.undo()
    drag(drawn, (100, 40), (120, 40), modifiers=("control",))
    assert session.box.quad[0] == pytest.approx((70, 40))
    assert session.box.quad[3] == pytest.approx((50, 100))


def test_numbers_are_exact_and_angle_0_is_no_transform_again(drawn: Bench) -> None:
    session = open_box(drawn)
    session.set_number("angle", 37.0)
    session.set_number("width", 250.0)
    session.set_number("x", 10.0)
    assert session.box.number("width") == pytest.approx(250)
    assert session.box.number("x") == pytest.approx(10)
    close(drawn)
    session = None
    drawn.studio.painting.choose_tool("ink")
    session = open_box(drawn)
    session.set_number("angle", 0.0)
    session.set_number("width", 100.0)
    session.set_number("x", 100.0)
    close(drawn)
    assert drawn.active.transform == IDENTITY


def test_ten_transforms_cost_one_resampling(drawn: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    for step in range(10):
        session = open_box(drawn)
        session.set_number("angle", 7.0 * step + 5)
        session.set_number("height", 60.0 + step)
        close(drawn)
        drawn.studio.painting.choose_tool("ink")
    layer = drawn.active
    assert isinstance(layer, Paint)
    assert layer.surface is drawn.picture.document.history[1].artwork.find(layer.id).surface  # pyright: ignore[reportAttributeAccessIssue]
    import studio.render.pyramid as pyramid

    calls = []
    real = pyramid.warp_affine
    monkeypatch.setattr(pyramid, "warp_affine", lambda *a, **k: calls.append(1) or real(*a, **k))
    drawn.picture.renderer.compose(drawn.picture.document.artwork, Rect(0, 0, 256, 256))
    assert len(calls) == 1


def test_alt_inside_moves_the_pivot_that_turns_are_about(drawn: Bench) -> None:
    session = open_box(drawn)
    drag(drawn, (100, 70), (52, 41), modifiers=("alt",))
    assert session.box.pivot == (50, 40)
    session.set_number("angle", 90.0)
    assert session.box.quad[0] == pytest.approx((50, 40))
    assert session.box.quad[1] == pytest.approx((50, 140))


def test_escape_leaves_no_trace(drawn: Bench) -> None:
    before = drawn.picture.document.artwork
    open_box(drawn)
    drag(drawn, (100, 70), (120, 90))
    assert drawn.picture.document.artwork is not before
    close(drawn, apply=False)
    assert drawn.picture.document.artwork is before
    assert drawn.labels()[-1] == "Put"


def test_a_mesh_bends_and_can_be_taken_up_again(drawn: Bench) -> None:
    drawn.studio.painting.change_options("transform", mode="mesh", columns=2, rows=2)
    session = open_box(drawn)
    drag(drawn, (100, 70), (110, 80))
    assert session.box.mesh.points[4] == pytest.approx((110, 80))
    close(drawn)
    assert drawn.active.warp
    again = open_box_after_apply(drawn)
    assert again.mesh.points[4] == pytest.approx((110, 80))
    session = drawn.studio.painting.session
    drag(drawn, (110, 80), (100, 70))
    close(drawn)
    assert drawn.active.warp == ()


def test_perspective_opens_with_the_corners_it_has(drawn: Bench) -> None:
    drawn.studio.painting.change_options("transform", mode="perspective")
    open_box(drawn)
    drag(drawn, (150, 100), (180, 130))
    close(drawn)
    again = open_box_after_apply(drawn)
    assert again.quad[2] == pytest.approx((180, 130))
    assert again.frame == (50, 40, 150, 100)


def select(bench: Bench, rect: Rect) -> None:
    artwork = bench.picture.document.artwork
    bench.picture.document.commit("Select", edits.set_selection(artwork, edits.rectangle_selection(rect)))


def red(bench: Bench) -> np.ndarray:
    layer = bench.active
    assert isinstance(layer, Paint)
    return layer.surface.read(Rect(0, 0, 400, 300))[..., 3].astype(np.float32)


def test_selected_pixels_are_cut_moved_and_merged(drawn: Bench) -> None:
    select(drawn, Rect(50, 40, 100, 100))
    before = drawn.picture.document.artwork
    drag(drawn, (70, 70), (170, 170), tool="move")
    after = red(drawn)
    assert after[40:100, 50:100].max() == 0
    assert after[40:100, 100:150].min() == 1
    assert after[140:200, 150:200].min() == 1
    assert drawn.picture.document.artwork.selection.bounds.contains(Rect(150, 140, 200, 200))
    assert drawn.picture.document.artwork.selection.read(Rect(150, 140, 200, 200)).min() == 1
    assert len(drawn.picture.document.artwork.layers) == len(before.layers)
    drawn.studio.undo()
    assert drawn.picture.document.artwork is before


def test_many_selected_pixels_are_laid_down_on_the_render_lane(
    drawn: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = drawn.picture.document
    soft = Mask.from_pixels(np.tile(np.linspace(0, 1, 100, dtype=np.float16), (60, 1)), 50, 40)
    document.commit("Select", document.artwork.with_(selection=soft))
    drag(drawn, (70, 70), (170, 90), tool="move")
    wanted, selection = red(drawn), document.artwork.selection
    drawn.studio.undo()
    monkeypatch.setattr(lifting, "AT_ONCE", 0)
    before, steps = document.artwork, drawn.labels()[:-1]
    drag(drawn, (70, 70), (170, 90), tool="move")
    assert document.committed is before and document.preview_owner == "guess"  # seen at once, laid down later
    drawn.settle()
    np.testing.assert_array_equal(red(drawn), wanted)
    assert drawn.labels() == [*steps, "Move pixels"] and isinstance(drawn.active, Paint)
    area = Rect(0, 0, 400, 300)
    assert selection is not None and document.artwork.selection is not None
    np.testing.assert_array_equal(document.artwork.selection.read(area), selection.read(area))
    drawn.studio.undo()
    assert document.artwork is before


def test_a_second_move_before_the_first_is_laid_down_adds_to_it(
    drawn: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = drawn.picture.document
    drawn.studio.viewing.change(snapping=False)
    select(drawn, Rect(50, 40, 100, 100))
    for by in ((100, 50), (20, 60)):
        drag(drawn, (70, 70), (70 + by[0], 70 + by[1]), tool="move")
    wanted = red(drawn)
    drawn.studio.undo()
    drawn.studio.undo()
    monkeypatch.setattr(lifting, "AT_ONCE", 0)
    steps = drawn.labels()[:-2]
    for by in ((100, 50), (20, 60)):
        drag(drawn, (70, 70), (70 + by[0], 70 + by[1]), tool="move")
    drawn.settle()
    assert drawn.labels() == [*steps, "Move pixels", "Move pixels"] and document.preview_owner is None
    np.testing.assert_array_equal(red(drawn), wanted)


def test_selected_pixels_are_transformed_and_merged(drawn: Bench) -> None:
    select(drawn, Rect(50, 40, 100, 100))
    session = open_box(drawn)
    assert session.box.quad[2] == (100, 100)
    session.set_number("angle", 90.0)
    close(drawn)
    after = red(drawn)
    assert after[55:85, 46:104].min() > 0.95
    assert after[41:44, 60:90].max() < 0.05
    assert after[40:100, 105:150].min() == 1
    selection = drawn.picture.document.artwork.selection
    assert selection.read(Rect(47, 47, 103, 93)).min() > 0.95
    assert drawn.labels()[-1] == "Transform"


def test_much_of_it_is_merged_in_the_background(drawn: Bench) -> None:
    drawn.studio.new_picture(1200, 900)
    layer = Paint(name="Big", surface=Surface.from_pixels(np.ones((900, 1200, 4), np.float16)))
    put(drawn, layer)
    select(drawn, Rect(0, 0, 1000, 800))
    session = open_box(drawn)
    session.set_number("angle", 10.0)
    drawn.studio.painting.close_session()
    assert isinstance(drawn.active, Group)
    drawn.settle()
    assert isinstance(drawn.active, Paint)
    assert drawn.active.id == layer.id
    assert drawn.labels().count("Transform") == 1
    drawn.studio.undo()
    assert drawn.active.surface is layer.surface


def test_several_layers_turn_as_one(drawn: Bench) -> None:
    first = drawn.active.id
    put(drawn, Paint(surface=Surface.from_pixels(np.ones((60, 100, 4), np.float16), 200, 200)))
    drawn.studio.layers.choose(first, how="toggle")
    session = open_box(drawn)
    assert session.box.frame == (50, 40, 300, 260)
    session.set_number("angle", 90.0)
    close(drawn)
    moved = drawn.picture.document.artwork.find(first)
    assert moved.transform == pytest.approx((0, 1, -1, 0, 325, -25))


def test_a_group_with_everything_in_it(drawn: Bench) -> None:
    child = drawn.active
    drawn.studio.layers.group_active()
    open_box(drawn)
    drag(drawn, (100, 70), (110, 75))
    close(drawn)
    assert drawn.active.transform == (1, 0, 0, 1, 10, 5)
    assert drawn.picture.document.artwork.find(child.id).transform == IDENTITY


def test_a_generated_layer_keeps_its_variants(drawn: Bench) -> None:
    pixels = Surface.from_pixels(np.ones((64, 64, 4), np.float16))
    variant = Variant(seed=1, surface=pixels, width=64, height=64)
    recipe = Stored(name="generate", version=1, parameters={})
    put(drawn, Generated(recipe=recipe, model="m", variants=(variant,), transform=(2, 0, 0, 2, 10, 10)))
    session = open_box(drawn)
    assert session.box.quad[2] == (138, 138)
    session.set_number("angle", 45.0)
    close(drawn)
    assert drawn.active.variants == (variant,)  # pyright: ignore[reportAttributeAccessIssue]
    assert drawn.active.transform[1] == pytest.approx(2 * math.sin(math.pi / 4))


def test_locked_and_empty_layers_are_refused_in_a_sentence(drawn: Bench) -> None:
    drawn.studio.layers.set_lock(drawn.active.id, position=True)
    drawn.studio.painting.choose_tool("transform")
    assert drawn.studio.painting.session is None
    assert "locked" in drawn.sentences()[-1]
    drawn.studio.painting.choose_tool("ink")
    drawn.studio.layers.add_paint()
    drawn.studio.painting.choose_tool("transform")
    assert drawn.studio.painting.session is None
    assert "empty" in drawn.sentences()[-1]


def test_arrow_keys_nudge(drawn: Bench) -> None:
    key = drawn.studio.painting.kind
    drawn.studio.painting.choose_tool("move")
    key = drawn.studio.painting.kind.key
    assert key(drawn.picture, drawn.studio.painting, "left", frozenset())  # pyright: ignore[reportOptionalCall]
    assert key(drawn.picture, drawn.studio.painting, "down", frozenset({"shift"}))  # pyright: ignore[reportOptionalCall]
    assert drawn.active.transform == (1, 0, 0, 1, -1, 10)
    assert not key(drawn.picture, drawn.studio.painting, "a", frozenset())  # pyright: ignore[reportOptionalCall]


def test_ctrl_takes_the_layer_under_the_pen(drawn: Bench) -> None:
    block = drawn.active.id
    drawn.studio.layers.choose(drawn.picture.document.artwork.layers[0].id)
    drag(drawn, (100, 70), (103, 74), tool="move", modifiers=("control",))
    assert drawn.active.id == block
    assert drawn.active.transform == (1, 0, 0, 1, 3, 4)


def test_alt_moves_a_copy(drawn: Bench) -> None:
    block = drawn.active
    drag(drawn, (100, 70), (130, 70), tool="move", modifiers=("alt",))
    assert drawn.active.id != block.id
    assert drawn.active.transform == (1, 0, 0, 1, 30, 0)
    assert drawn.picture.document.artwork.find(block.id).transform == IDENTITY


def test_a_moved_box_keeps_to_the_middle_of_the_canvas(drawn: Bench) -> None:
    session = open_box(drawn)
    drag(drawn, (90, 60), (192, 143))
    assert session.box.bounds == (150, 120, 250, 180)
    assert session._guides == ()


def test_locked_alpha_keeps_its_pixels(drawn: Bench) -> None:
    drawn.studio.layers.set(drawn.active.id, locks=Locks(alpha=True))
    select(drawn, Rect(50, 40, 100, 100))
    assert drawn.studio.painting.begin(drawn.picture, Pointer(70, 70), "move") is None
    assert "transparency of “Block” is locked" in drawn.sentences()[-1]


def test_an_empty_selection_is_said(drawn: Bench) -> None:
    artwork = drawn.picture.document.artwork
    drawn.picture.document.commit("Select", edits.set_selection(artwork, Mask()))
    assert drawn.studio.painting.begin(drawn.picture, Pointer(70, 70), "move") is None
    assert "no pixels" in drawn.sentences()[-1]


def bent_in_perspective(bench: Bench) -> None:
    bench.studio.painting.change_options("transform", mode="perspective")
    open_box(bench)
    drag(bench, (150, 100), (250, 200))
    close(bench)
    bench.studio.painting.choose_tool("ink")


def test_a_stroke_on_a_bent_layer_lies_straight_above_it(drawn: Bench) -> None:
    bent_in_perspective(drawn)
    bent = drawn.active
    drawn.stroke(300, 250, 60)
    assert drawn.active.id != bent.id
    assert isinstance(drawn.active, Paint)
    assert not drawn.active.clipping
    assert drawn.picture.document.artwork.find(bent.id).surface is bent.surface  # pyright: ignore[reportAttributeAccessIssue]
    shown = drawn.picture.renderer.compose(drawn.picture.document.artwork, Rect(300, 240, 360, 260))
    assert shown[..., 0].min() < 0.3


def test_erasing_a_bent_layer_erases_under_the_pen(drawn: Bench) -> None:
    bent_in_perspective(drawn)
    bent = drawn.active
    drawn.studio.painting.choose_tool("eraser")
    drawn.studio.painting.change_brush(size=12.0, hardness=1.0, opacity=1.0, flow=1.0)
    place = (130, 100)
    alpha = red_at(drawn, place)
    assert alpha > 0.9
    drawn.stroke(*place, 40)
    assert drawn.active.id == bent.id
    assert drawn.active.mask is not None
    assert red_at(drawn, (150, 100)) < 0.3
    assert red_at(drawn, (150, 125)) > 0.9


def red_at(bench: Bench, place) -> float:
    """How much redder than the paper the picture is at a point."""
    x, y = place
    pixel = bench.picture.renderer.compose(bench.picture.document.artwork, Rect(x, y, x + 1, y + 1))[0, 0]
    return float(1 - pixel[1])


def test_a_selection_limits_what_is_erased_of_a_bent_layer(drawn: Bench) -> None:
    bent_in_perspective(drawn)
    select(drawn, Rect(0, 0, 145, 300))
    drawn.studio.painting.choose_tool("eraser")
    drawn.studio.painting.change_brush(size=12.0, hardness=1.0, opacity=1.0, flow=1.0)
    drawn.stroke(120, 100, 60)
    assert red_at(drawn, (135, 100)) < 0.3
    assert red_at(drawn, (160, 100)) > 0.9


def test_previews_leave_half_of_the_time() -> None:
    now = [0.0]
    pace = Pace(clock=lambda: now[0])
    shown = []

    def show() -> None:
        shown.append(now[0])
        now[0] += 8

    for _ in range(60):
        pace.run(show)
        now[0] += 1
    assert shown[:5] == [0, 16, 32, 48, 64]


def test_no_layer_is_cut_or_moved_by_the_mask_that_is_painted(drawn: Bench) -> None:
    select(drawn, Rect(50, 40, 100, 100))
    drawn.studio.selecting.toggle_quick_mask()
    before = drawn.picture.document.artwork
    assert drawn.studio.painting.begin(drawn.picture, Pointer(70, 70), "move") is None
    assert "quick mask" in drawn.sentences()[-1]
    drawn.told.clear()
    drawn.studio.painting.choose_tool("transform")
    assert drawn.studio.painting.session is None and "quick mask" in drawn.sentences()[-1]
    drawn.studio.painting.choose_tool("move")
    drawn.told.clear()
    assert move.nudge(drawn.picture, drawn.studio.painting, "left", frozenset())
    assert "quick mask" in drawn.sentences()[-1] and drawn.picture.document.artwork is before
