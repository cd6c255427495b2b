"""Shapes and paths: drawn, changed by their grips, taken up again, one undo step each."""

from __future__ import annotations

import pathlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.document import edits
from studio.document.layer import Group, Shape
from studio.raster import bezier, vector
from studio.raster.bezier import Path
from studio.workspace.actions import all_actions
from studio.workspace.tools import Pointer
from studio.workspace.tools.marks import Handle
from studio.workspace.tools.shape import drawn_box, resized
from tests.workspace.conftest import Bench

RED, BLUE = (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)
SHIFT, ALT = frozenset({"shift"}), frozenset({"alt"})
WHOLE = st.integers(-300, 300).map(float)


@pytest.fixture
def ready(bench: Bench) -> Bench:
    bench.studio.new_picture(300, 200)
    bench.studio.painting.set_colour(RED)
    bench.studio.painting.set_background(BLUE)
    return bench


def use(bench: Bench, tool: str, **options) -> None:
    bench.studio.painting.choose_tool(tool)
    if options:
        bench.studio.painting.change_options(tool, **options)


def drag(bench: Bench, *places: tuple[float, float], **fields) -> None:
    gesture = bench.studio.painting.begin(bench.picture, Pointer(*places[0], **fields))
    if gesture is None:
        return
    for place in places[1:]:
        gesture.send(Pointer(*place, **fields))
    gesture.finish()


def done(bench: Bench) -> None:
    bench.studio.painting.close_session()


def shape(bench: Bench) -> Shape:
    layer = bench.active
    assert isinstance(layer, Shape)
    return layer


def style(bench: Bench) -> vector.ShapeStyle:
    return vector.style_of(shape(bench).style)


def path(bench: Bench) -> Path:
    return vector.path_of(shape(bench).path)


def flat(bench: Bench) -> np.ndarray:
    return bench.picture.renderer.flatten(bench.picture.document.artwork)


def is_red(pixel: np.ndarray) -> bool:
    return bool(pixel[0] > 0.99 and pixel[1] < 0.01)


@pytest.mark.parametrize(
    ("tool", "name"), [("rectangle", "Rectangle"), ("ellipse", "Ellipse"), ("polygon-shape", "Polygon")]
)
def test_a_drag_draws_a_shape_layer_and_enter_makes_one_step(ready: Bench, tool: str, name: str) -> None:
    use(ready, tool)
    drag(ready, (50, 40), (120, 90), (250, 160))
    assert ready.labels() == ["New picture"]
    assert is_red(flat(ready)[100, 150])
    done(ready)
    assert ready.labels() == ["New picture", name] and shape(ready).name == name
    assert style(ready).box == (50, 40, 200, 120)
    ready.studio.undo()
    assert len(ready.picture.document.artwork.layers) == 1


def test_escape_during_the_drag_and_after_it(ready: Bench) -> None:
    before = ready.picture.document.artwork
    use(ready, "rectangle")
    gesture = ready.studio.painting.begin(ready.picture, Pointer(50, 40))
    assert gesture is not None
    gesture.send(Pointer(100, 100))
    gesture.cancel()
    assert ready.picture.document.artwork is before
    drag(ready, (50, 40), (100, 100))
    ready.studio.painting.close_session(apply=False)
    assert ready.picture.document.artwork is before and ready.labels() == ["New picture"]


@pytest.mark.parametrize("tool", ["rectangle", "ellipse", "polygon-shape"])
def test_shift_keeps_a_move_from_inside_to_one_axis(ready: Bench, tool: str) -> None:
    use(ready, tool)
    drag(ready, (50, 50), (110, 90))
    left, top, width, height = style(ready).box or (0, 0, 0, 0)
    gesture = ready.studio.painting.begin(ready.picture, Pointer(80, 70))
    assert gesture is not None
    gesture.send(Pointer(110, 75, modifiers=SHIFT))
    gesture.finish()
    assert style(ready).box == (left + 30, top, width, height)


def test_grips_change_the_box_and_inside_moves_it(ready: Bench) -> None:
    use(ready, "rectangle")
    drag(ready, (50, 40), (150, 140))
    drag(ready, (150, 140), (200, 120))
    assert style(ready).box == (50, 40, 150, 80)
    drag(ready, (100, 60), (110, 80))
    assert style(ready).box == (60, 60, 150, 80)
    drag(ready, (60, 100), (40, 100))
    assert style(ready).box == (40, 60, 170, 80)
    done(ready)
    assert ready.labels() == ["New picture", "Rectangle"]


def test_the_round_grip_rounds_the_corners(ready: Bench) -> None:
    use(ready, "rectangle")
    drag(ready, (50, 40), (250, 140))
    drag(ready, (66, 56), (90, 60))
    assert style(ready).radius == 40
    assert not is_red(flat(ready)[42, 52]) and is_red(flat(ready)[90, 60])


def test_a_second_drag_is_a_second_layer_and_step(ready: Bench) -> None:
    use(ready, "ellipse")
    drag(ready, (20, 20), (80, 80))
    drag(ready, (120, 20), (180, 80))
    done(ready)
    assert len(ready.picture.document.artwork.layers) == 3
    assert ready.labels() == ["New picture", "Ellipse", "Ellipse"]


def test_a_shape_is_taken_up_again_with_its_options(ready: Bench) -> None:
    use(ready, "polygon-shape", sides=5, inner=0.5, paint="fill-and-stroke", width=7.0)
    drag(ready, (50, 20), (250, 180))
    done(ready)
    use(ready, "brush")
    use(ready, "polygon-shape", sides=9, inner=1.0, paint="fill")
    ready.studio.painting.choose_tool("move")
    ready.studio.painting.choose_tool("polygon-shape")
    options = ready.studio.painting.options("polygon-shape")
    assert (options.sides, options.paint, options.width) == (style(ready).sides, "fill", 7.0)
    drag(ready, (250, 180), (200, 150))
    done(ready)
    assert style(ready).box == (50, 20, 150, 130)
    assert len(ready.picture.document.artwork.layers) == 2


def test_taking_up_changes_nothing_by_itself(ready: Bench) -> None:
    use(ready, "rectangle", radius=12.0, paint="stroke")
    drag(ready, (50, 20), (250, 180))
    done(ready)
    ready.studio.painting.set_colour(BLUE)
    use(ready, "brush")
    before = ready.picture.document.artwork
    use(ready, "rectangle")
    done(ready)
    assert ready.picture.document.artwork is before


def test_colours_and_options_restyle_what_is_under_the_hand(ready: Bench) -> None:
    use(ready, "rectangle")
    drag(ready, (50, 40), (250, 160))
    ready.studio.painting.set_colour((0.0, 1.0, 0.0))
    ready.studio.painting.change_options("rectangle", paint="fill-and-stroke", line="dashed")
    assert (
        style(ready).fill == (0, 1, 0, 1) and style(ready).stroke == (0, 0, 1, 1) and style(ready).dash == 3
    )


def test_a_line_has_two_ends_and_arrows(ready: Bench) -> None:
    use(ready, "line", width=6.0, end="arrow")
    drag(ready, (50, 100), (150, 108), modifiers=SHIFT)
    assert path(ready)[0].nodes[1].at == pytest.approx((150, 100))
    drag(ready, (150, 100), (250, 100))
    assert path(ready)[0].nodes[1].at == (250, 100)
    assert is_red(flat(ready)[92, 228]) and is_red(flat(ready)[100, 60])
    done(ready)
    assert ready.labels()[-1] == "Line"


def test_a_shape_in_a_moved_group_lies_where_it_was_drawn(ready: Bench) -> None:
    group = Group(name="Group", transform=(2.0, 0.0, 0.0, 2.0, 40.0, 10.0))
    artwork = edits.add_layer(ready.picture.document.artwork, group)
    ready.picture.document.commit("Group", edits.add_layer(artwork, Shape(path=""), into=group.id))
    use(ready, "rectangle")
    drag(ready, (50, 40), (150, 140))
    pixels = flat(ready)
    assert is_red(pixels[42, 52]) and is_red(pixels[138, 148]) and not is_red(pixels[142, 152])
    drag(ready, (150, 140), (120, 100))
    assert style(ready).box == (50, 40, 70, 60)


def test_a_locked_shape_is_not_taken_up(ready: Bench) -> None:
    use(ready, "rectangle")
    drag(ready, (50, 40), (150, 140))
    done(ready)
    ready.studio.layers.set_lock(ready.active.id, all=True)
    use(ready, "brush")
    use(ready, "rectangle")
    assert ready.studio.painting.session is not None and ready.studio.painting.session.marks == ()


# the pen


def pen(bench: Bench, *places: tuple[float, float]) -> None:
    for x, y in places:
        drag(bench, (x, y), (x, y))


def test_clicks_make_corners_and_the_first_node_closes(ready: Bench) -> None:
    use(ready, "path", paint="fill")
    pen(ready, (50, 40), (250, 40), (150, 160), (50, 40))
    assert path(ready)[0].closed and len(path(ready)[0].nodes) == 3
    assert is_red(flat(ready)[60, 150])
    done(ready)
    assert ready.labels() == ["New picture", "Path"]


def test_a_drag_makes_a_smooth_node(ready: Bench) -> None:
    use(ready, "path")
    drag(ready, (50, 100), (80, 60))
    drag(ready, (150, 100), (180, 140))
    pen(ready, (250, 100))
    first, second, _ = path(ready)[0].nodes
    assert first.after == (80, 60) and second.before == (120, 60) and second.smooth


def test_nodes_are_moved_converted_added_and_taken_out(ready: Bench) -> None:
    use(ready, "path")
    pen(ready, (50, 50), (150, 50), (250, 50))
    session = ready.studio.painting.session
    assert session is not None
    assert session.key("escape", "", frozenset())
    drag(ready, (150, 50), (150, 120))
    assert path(ready)[0].nodes[1].at == (150, 120)
    drag(ready, (150, 120), (150, 120), modifiers=ALT)
    assert path(ready)[0].nodes[1].smooth
    drag(ready, path(ready)[0].nodes[1].after, (200, 160))
    assert path(ready)[0].nodes[1].after == pytest.approx((200, 160), abs=1e-3)
    count = len(path(ready)[0].nodes)
    on_line = vector.path_of(shape(ready).path)
    spot = bezier.point_at(next(iter(on_line[0].cubics())), 0.4)
    drag(ready, spot, spot)
    assert len(path(ready)[0].nodes) == count + 1
    assert session.key("delete", "", frozenset())
    assert len(path(ready)[0].nodes) == count
    assert session.key("left", "", frozenset()) is False


def test_undo_inside_the_path_goes_node_by_node(ready: Bench) -> None:
    use(ready, "path")
    pen(ready, (50, 50), (150, 50), (250, 150))
    ready.studio.undo()
    assert len(path(ready)[0].nodes) == 2
    ready.studio.redo()
    assert len(path(ready)[0].nodes) == 3
    ready.studio.undo()
    ready.studio.undo()
    assert len(ready.picture.document.artwork.layers) == 1  # one node draws nothing
    ready.studio.redo()
    done(ready)
    assert ready.labels() == ["New picture", "Path"]


def test_any_shape_is_taken_up_by_its_nodes(ready: Bench) -> None:
    use(ready, "ellipse")
    drag(ready, (50, 40), (250, 160))
    use(ready, "path")
    assert len([mark for mark in ready.studio.painting.session.marks if isinstance(mark, Handle)]) == 4  # type: ignore[union-attr]
    drag(ready, (250, 100), (280, 100))
    done(ready)
    assert path(ready)[0].nodes[0].at[0] == pytest.approx(280, abs=0.01)
    assert style(ready).kind == "path" and style(ready).fill == (1, 0, 0, 1)


def test_a_single_node_leaves_no_layer(ready: Bench) -> None:
    before = ready.picture.document.artwork
    use(ready, "path")
    pen(ready, (50, 50))
    done(ready)
    assert ready.picture.document.artwork is before


@given(WHOLE, WHOLE, WHOLE, WHOLE, st.booleans(), st.booleans())
def test_a_drawn_box_is_what_the_hand_means(
    x0: float, y0: float, x1: float, y1: float, square: bool, middle: bool
) -> None:
    modifiers = (SHIFT if square else frozenset()) | (ALT if middle else frozenset())
    left, top, right, bottom = drawn_box((x0, y0), (x1, y1), modifiers)
    assert right > left and bottom > top
    if square and (x0, y0) != (x1, y1):
        assert right - left == bottom - top
    if middle:
        assert ((left + right) / 2, (top + bottom) / 2) == (x0, y0)


@given(
    st.sampled_from(["nw", "n", "ne", "e", "se", "s", "sw", "w"]), WHOLE, WHOLE, st.booleans(), st.booleans()
)
def test_a_resized_box_keeps_what_it_should(grip: str, x: float, y: float, keep: bool, middle: bool) -> None:
    modifiers = (SHIFT if keep else frozenset()) | (ALT if middle else frozenset())
    left, top, right, bottom = resized((10.0, 20.0, 110.0, 70.0), grip, (x, y), modifiers)
    assert right - left >= 1 - 1e-9 and bottom - top >= 1 - 1e-9
    if middle:
        assert ((left + right) / 2, (top + bottom) / 2) == pytest.approx((60, 45))
    if keep and min(right - left, bottom - top) > 1:
        assert (right - left) / (bottom - top) == pytest.approx(2, rel=1e-6)


def test_beside_a_finished_path_another_begins_and_with_control_another_contour(ready: Bench) -> None:
    use(ready, "path", paint="fill")
    pen(ready, (20, 20), (80, 20), (50, 80), (20, 20))
    pen(ready, (120, 20), (180, 20), (150, 80), (120, 20))
    assert len(ready.picture.document.artwork.layers) == 3 and ready.labels()[-1] == "Path"
    drag(ready, (220, 20), (220, 20), modifiers=frozenset({"control"}))
    pen(ready, (280, 20), (250, 80), (220, 20))
    assert len(path(ready)) == 2 and len(ready.picture.document.artwork.layers) == 3


def test_edit_shape_takes_the_tool_it_was_drawn_with(ready: Bench) -> None:
    action = next(one for one in all_actions() if one.id == "edit-shape")
    assert not action.enabled(ready.studio)
    for tool in ("ellipse", "path"):
        use(ready, tool)
        drag(ready, (50, 40), (120, 90))
        drag(ready, (200, 40), (220, 90))
        done(ready)
        use(ready, "brush")
        action.run(ready.studio)
        assert ready.studio.painting.tool == tool and ready.studio.painting.session is not None
        assert ready.studio.painting.session.marks
        action.run(ready.studio)
        assert ready.studio.painting.tool == tool


def test_shapes_and_gradients_come_back_from_the_file_and_stay_open_to_change(
    ready: Bench, tmp_path: pathlib.Path
) -> None:
    use(ready, "polygon-shape", sides=7, inner=0.6, paint="fill-and-stroke")
    drag(ready, (50, 20), (250, 180))
    use(ready, "gradient")
    drag(ready, (20, 20), (280, 180))
    done(ready)
    before = flat(ready)
    target = tmp_path / "形状.danqing"
    ready.studio.filing.save(ready.picture, str(target))
    ready.settle()
    ready.studio.close(ready.picture)
    ready.open(target)
    np.testing.assert_array_equal(flat(ready), before)
    use(ready, "brush")
    art = ready.picture.document.artwork
    ready.studio.layers.choose(art.layers[1].id)
    use(ready, "polygon-shape")
    drag(ready, (250, 180), (200, 150))
    done(ready)
    assert style(ready).sides == 7 and style(ready).box == (50, 20, 150, 130)


def test_an_open_path_is_drawn_on_from_either_end(ready: Bench) -> None:
    use(ready, "path")
    pen(ready, (50, 50), (150, 50), (150, 120))
    done(ready)
    use(ready, "brush")
    use(ready, "path")
    drag(ready, (50, 50), (50, 50), modifiers=frozenset({"control"}))
    pen(ready, (50, 150))
    assert [node.at for node in path(ready)[0].nodes] == [(150, 120), (150, 50), (50, 50), (50, 150)]
    assert len(ready.picture.document.artwork.layers) == 2


def test_a_shape_of_too_many_nodes_is_left_alone(ready: Bench) -> None:
    many = " ".join(f"L {x % 300} {x % 200}" for x in range(4000))
    shape_layer = Shape(path=f"M 0 0 {many}", style={})
    ready.picture.document.commit("Add", edits.add_layer(ready.picture.document.artwork, shape_layer))
    use(ready, "path")
    assert ready.studio.painting.session is not None and ready.studio.painting.session.marks == ()
