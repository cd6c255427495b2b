"""Shift constrains, Alt goes from the middle, Space takes along what is drawn: the same in every tool that draws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.document import edits
from studio.document.layer import Fill, Paint, Shape
from studio.raster import perspective
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.raster.text.style import TextStyle
from studio.raster.vector import style_of
from studio.synthesis.fills import FillGradient, parameters_of
from studio.workspace.tools import Pointer, text_marks
from studio.workspace.tools.constraint import FINE, Begun, Straight, along_axis, constrained
from studio.workspace.tools.measure import MeasureSession
from studio.workspace.tools.page import PageSession
from studio.workspace.tools.text import TextSession
from studio.workspace.tools.transform import TransformSession
from tests.workspace.conftest import Bench

Place = tuple[float, float]
SHIFT, ALT, SPACE, BOTH = (frozenset(names.split()) for names in ("shift", "alt", "space", "shift control"))
PLACES = st.tuples(st.floats(-500, 500), st.floats(-500, 500))


@pytest.fixture
def ready(bench: Bench) -> Bench:
    bench.studio.new_picture(300, 200)
    return bench


def use(bench: Bench, tool: str, **options: object) -> None:
    bench.studio.painting.choose_tool(tool)
    if options:
        bench.studio.painting.change_options(tool, **options)


def drag(
    bench: Bench, start: Place, *samples: tuple[Place, frozenset[str]], held: frozenset[str] = frozenset()
) -> None:
    """From ``start``, pressed with the keys ``held``, to each sample with the keys held there."""
    gesture = bench.studio.painting.begin(bench.picture, Pointer(*start, modifiers=held))
    assert gesture is not None, bench.sentences()
    for number, (place, keys) in enumerate(samples):
        gesture.send(Pointer(*place, modifiers=keys, t=(number + 1) / 50))
    gesture.finish()
    bench.settle()


# transform


@pytest.fixture
def boxed(ready: Bench) -> TransformSession:
    """The box of a block 100 × 60 at (50, 40)."""
    layer = Paint(name="Block", surface=Surface.from_pixels(np.ones((60, 100, 4), np.float16), 50, 40))
    ready.picture.document.commit("Put", edits.add_layer(ready.picture.document.artwork, layer))
    ready.studio.painting.choose_tool("transform")
    session = ready.studio.painting.session
    assert isinstance(session, TransformSession)
    return session


def test_a_perspective_corner_keeps_to_an_axis_with_shift(ready: Bench, boxed: TransformSession) -> None:
    ready.studio.painting.change_options("transform", mode="perspective")
    drag(ready, (150, 100), ((190, 112), SHIFT))
    assert boxed.box.quad[2] == pytest.approx((190, 100))
    assert boxed.box.quad[0] == pytest.approx((50, 40))


def test_the_opposite_corner_goes_the_opposite_way_with_alt(ready: Bench, boxed: TransformSession) -> None:
    drag(ready, (150, 100), ((160, 108), ALT | {"control"}), held=frozenset({"control"}))
    assert boxed.box.quad[2] == pytest.approx((160, 108))
    assert boxed.box.quad[0] == pytest.approx((40, 32))
    assert boxed.box.quad[1] == pytest.approx((150, 40))


def test_a_mesh_point_keeps_to_an_axis_and_its_opposite_mirrors_it(
    ready: Bench, boxed: TransformSession
) -> None:
    ready.studio.painting.change_options("transform", mode="mesh", columns=2, rows=2)
    drag(ready, (150, 100), ((180, 110), SHIFT))
    mesh = boxed.box.mesh
    assert mesh is not None and mesh.points[8] == pytest.approx((180, 100))
    assert mesh.points[0] == pytest.approx((50, 40))
    drag(ready, (100, 40), ((104, 30), ALT))
    mesh = boxed.box.mesh
    assert mesh is not None
    assert mesh.points[1] == pytest.approx((104, 30)) and mesh.points[7] == pytest.approx((96, 110))
    middle = mesh.points[4]
    drag(ready, middle, ((middle[0] + 5, middle[1]), ALT))
    assert boxed.box.mesh is not None and boxed.box.mesh.points[4] == pytest.approx(
        (middle[0] + 5, middle[1])
    )


def test_a_surface_of_the_mesh_is_drawn_from_the_middle(ready: Bench, boxed: TransformSession) -> None:
    ready.studio.painting.change_options("transform", mode="mesh", columns=2, rows=2)
    drag(ready, (75, 55), ((75, 45), ALT))
    mesh = boxed.box.mesh
    assert mesh is not None
    moved = [(x - 50) + (y - 40) for x, y in mesh.points]
    assert mesh.points[0][1] < 40 and mesh.points[8][1] > 100
    assert sum(moved) == pytest.approx(sum((100 * (i % 3) / 2) + (60 * (i // 3) / 2) for i in range(9)))


# gradient, shapes, measuring


def gradient(bench: Bench) -> FillGradient:
    layer = bench.active
    assert isinstance(layer, Fill)
    return parameters_of(layer.recipe)


def test_an_end_of_a_gradient_that_is_drawn_again_mirrors_the_other(ready: Bench) -> None:
    use(ready, "gradient")
    drag(ready, (100, 100), ((200, 100), frozenset()))
    drag(ready, (200, 100), ((220, 90), frozenset()), ((230, 130), ALT))
    found = gradient(ready)
    assert (found.x0, found.y0, found.x1, found.y1) == pytest.approx((70, 70, 230, 130))
    drag(ready, (70, 70), ((80, 102), ALT | SHIFT))
    found = gradient(ready)
    assert (found.y0, found.y1) == pytest.approx((100, 100)) and (found.x0 + found.x1) == pytest.approx(300)
    drag(ready, (found.x1, 100), ((found.x1 + 10, 110), frozenset()))
    assert gradient(ready).x0 == found.x0


def test_an_end_of_a_line_that_is_drawn_again_mirrors_the_other(ready: Bench) -> None:
    use(ready, "line")
    drag(ready, (100, 100), ((200, 100), frozenset()))
    drag(ready, (200, 100), ((210, 120), ALT))
    layer = ready.active
    assert isinstance(layer, Shape) and layer.path.replace(",", " ").split() == "M 90 80 L 210 120".split()


@pytest.mark.parametrize("tool", ["rectangle", "ellipse", "polygon-shape"])
def test_space_takes_a_shape_along(ready: Bench, tool: str) -> None:
    use(ready, tool)
    drag(ready, (20, 20), ((60, 50), frozenset()), ((80, 90), SPACE), ((90, 90), frozenset()))
    layer = ready.active
    assert isinstance(layer, Shape)
    assert style_of(layer.style).box == (40, 60, 50, 30)


def test_space_takes_a_line_and_a_gradient_along(ready: Bench) -> None:
    moves = ((60.0, 50.0), frozenset[str]()), ((80.0, 90.0), SPACE), ((90.0, 95.0), frozenset[str]())
    use(ready, "line")
    drag(ready, (20, 20), *moves)
    layer = ready.active
    assert isinstance(layer, Shape) and layer.path.replace(",", " ").split() == "M 40 60 L 90 95".split()
    use(ready, "gradient")
    drag(ready, (20, 20), *moves)
    found = gradient(ready)
    assert (found.x0, found.y0, found.x1, found.y1) == (40, 60, 90, 95)
    use(ready, "measure")
    drag(ready, (20, 20), *moves)
    session = ready.studio.painting.session
    assert isinstance(session, MeasureSession) and session.points == ((40, 60), (90, 95))


def test_a_gradient_on_a_mask_goes_from_the_middle_too(ready: Bench) -> None:
    use(ready, "gradient", as_layer=False, space="encoded", dither=False)
    ready.studio.painting.set_colour((1.0, 0.0, 0.0))
    ready.studio.painting.set_background((0.0, 0.0, 1.0))
    drag(ready, (150, 100), ((250, 100), ALT))
    row = ready.picture.renderer.flatten(ready.picture.document.artwork)[100]
    assert row[52, 0] > 0.95 and row[150, 0] == pytest.approx(0.5, abs=0.02) and row[248, 0] < 0.05


# boxes of text, of objects, the page


def test_a_box_of_text_is_square_centred_and_taken_along(ready: Bench) -> None:
    use(ready, "text")
    press = Pointer(100, 80)
    keys = text_marks.Held(press)
    begun = Begun(press)
    first, last = text_marks.corners(begun.follow(press), Pointer(160, 100, modifiers=SHIFT), keys)
    assert (first.x, first.y, last.x, last.y) == (100, 80, 160, 140)
    first, last = text_marks.corners(press, Pointer(160, 100, modifiers=ALT), keys)
    assert (first.x, first.y, last.x, last.y) == (40, 60, 160, 100)
    drag(ready, (20, 20), ((120, 80), frozenset()), ((140, 120), SPACE))
    session = ready.studio.painting.session
    assert isinstance(session, TextSession) and session.setting is not None
    assert session.setting.own[4:] == (40, 60)
    assert (session.setting.style.width, session.setting.style.height) == (100, 60)


HERE = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def test_the_box_of_a_text_keeps_its_proportions_or_its_middle() -> None:
    style = TextStyle(size=10.0, width=100.0, height=50.0)
    box, own = text_marks.resized(style, HERE, (1.0, 1.0), 40, 0, SHIFT)
    assert (box.width, box.height, own[4:]) == (140, 70, (0, 0))
    box, own = text_marks.resized(style, HERE, (0.0, 0.5), -20, 0, ALT)
    assert (box.width, box.height, own[4:]) == (140, 50, (-20, 0))
    box, own = text_marks.resized(style, HERE, (0.0, 0.0), 10, 5)
    assert (box.width, box.height, own[4:]) == (90, 45, (10, 5))
    box, own = text_marks.resized(style, HERE, (0.0, 0.0), 500, 500)
    assert (box.width, box.height, own[4:]) == (10, 10, (90, 40))


def test_a_corner_of_the_page_keeps_to_an_axis_and_mirrors(ready: Bench) -> None:
    ready.studio.painting.choose_tool("page")
    session = ready.studio.painting.session
    assert isinstance(session, PageSession)
    before = session.quad
    x, y = before[0]
    drag(ready, (x, y), ((x + 30, y + 4), SHIFT))
    assert session.quad == ((x + 30, y), *before[1:])
    ready.studio.undo()
    drag(ready, (x, y), ((x + 8, y + 4), ALT))
    assert session.quad[0] == (x + 8, y + 4)
    assert session.quad[2] == (before[2][0] - 8, before[2][1] - 4)
    assert perspective.convex(session.quad)


# the brush


def ink(bench: Bench) -> np.ndarray:
    """bool [200, 300]: where the stroke left something."""
    layer = bench.active
    assert isinstance(layer, Paint)
    return layer.surface.read(Rect(0, 0, 300, 200))[..., 3] > 0.05


def brush(bench: Bench) -> None:
    bench.studio.painting.choose_tool("brush")
    bench.studio.painting.change_brush(size=6.0, stabiliser="none", smoothing=0.0, hardness=1.0)


def test_a_line_with_shift_and_ctrl_goes_in_steps_of_15_degrees(ready: Bench) -> None:
    ready.studio.layers.add_paint()
    brush(ready)
    drag(ready, (50, 100), ((50, 100), frozenset()))
    drag(ready, (200, 106), ((250, 120), BOTH), held=BOTH)
    there = ink(ready)
    assert there[100, 60:240].all(), "the line lies level, and is drawn on along itself"
    assert not there[105:, 100:].any() and not there[:95, 100:].any()
    steep = Straight().press(Pointer(100, 60, modifiers=BOTH), (0.0, 0.0))
    assert math.degrees(math.atan2(steep.y, steep.x)) == pytest.approx(30)


def test_a_stroke_is_straight_while_shift_is_held(ready: Bench) -> None:
    ready.studio.layers.add_paint()
    brush(ready)
    way = [((30.0 + 10 * step, 60.0 + (2 if step < 3 else 9 * (-1) ** step)), SHIFT) for step in range(1, 13)]
    drag(ready, (30, 60), *way, ((150, 140), frozenset()))
    there = ink(ready)
    assert there[60, 32:145].all() and not there[66:, 32:130].any() and not there[:55].any()
    assert there[138, 146:154].any(), "let go, the stroke is free again"


@given(PLACES, PLACES, st.sampled_from([FINE, 45.0]))
def test_what_is_constrained_lies_on_a_direction_no_farther_than_the_pen(
    a: Place, b: Place, step: float
) -> None:
    x, y = constrained(a, b, step)
    length = math.dist(a, (x, y))
    assert length <= math.dist(a, b) + 1e-6
    if length > 1e-3:
        turn = math.degrees(math.atan2(y - a[1], x - a[0])) / step
        assert turn == pytest.approx(round(turn), abs=1e-3)
    assert along_axis(a, b)[0] == a[0] or along_axis(a, b)[1] == a[1]


@given(PLACES, st.lists(st.tuples(PLACES, st.booleans()), max_size=8))
def test_space_moves_the_beginning_by_as_much_as_the_hand(
    start: Place, moves: list[tuple[Place, bool]]
) -> None:
    begun, last, expected = Begun(Pointer(*start)), start, start
    for place, space in moves:
        if space:
            expected = expected[0] + place[0] - last[0], expected[1] + place[1] - last[1]
        begun.follow(Pointer(*place, modifiers=SPACE if space else frozenset()))
        last = place
    assert begun.place == pytest.approx(expected)


def test_a_box_for_an_object_is_square_or_centred(ready: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Rect] = []
    monkeypatch.setattr(ready.studio.selecting, "object_in", lambda box, mode: found.append(box))
    use(ready, "object-select")
    drag(ready, (100, 80), ((120, 90), frozenset()), ((160, 100), SHIFT))
    drag(ready, (100, 80), ((120, 90), frozenset()), ((160, 100), ALT))
    drag(ready, (20, 20), ((60, 50), frozenset()), ((80, 90), SPACE))
    assert found == [Rect(100, 80, 160, 140), Rect(40, 60, 160, 100), Rect(40, 60, 80, 90)]
