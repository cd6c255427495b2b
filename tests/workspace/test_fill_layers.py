"""Fill layers, rasterising, the picker and the measure."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from studio.document import edits
from studio.document.layer import Fill, Generated, Group, Paint, Shape, Text, Variant
from studio.raster import path_data, shapes
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.vector import ShapeStyle
from studio.recipe import Stored
from studio.synthesis.fills import FILL_KINDS, FillColour
from studio.workspace import measuring, rasterising
from studio.workspace.actions import all_actions
from studio.workspace.tools import Pointer
from studio.workspace.tools.marks import Label, Outline, Ring
from studio.workspace.tools.measure import MeasureSession, words_of
from tests.workspace.conftest import Bench

RED = (1.0, 0.0, 0.0)
ACTIONS = {action.id: action for action in all_actions()}


@pytest.fixture
def ready(bench: Bench) -> Bench:
    bench.studio.new_picture(300, 200)
    bench.studio.painting.set_colour(RED)
    return bench


def flat(bench: Bench) -> np.ndarray:
    return bench.picture.renderer.flatten(bench.picture.document.artwork)


def add(bench: Bench, layer) -> None:
    bench.picture.document.commit("Add", edits.add_layer(bench.picture.document.artwork, layer))


def drag(bench: Bench, *places: tuple[float, float], **fields) -> None:
    gesture = bench.studio.painting.begin(bench.picture, Pointer(*places[0], **fields))
    assert gesture is not None
    for place in places[1:]:
        gesture.send(Pointer(*place, **fields))
    gesture.finish()


@pytest.mark.parametrize("name", [name for name in FILL_KINDS if name != "noise-like"])
def test_a_fill_layer_of_each_kind_is_one_step(ready: Bench, name: str) -> None:
    action = {
        "fill-colour": "fill-layer-colour", "fill-gradient": "fill-layer-gradient",
    }.get(name, f"fill-layer-{name}")  # fmt: skip
    ACTIONS[action].run(ready.studio)
    assert isinstance(ready.active, Fill) and ready.active.recipe.name == name
    assert ready.labels() == ["New picture", "New fill layer"]
    assert flat(ready)[..., 3].all()


def test_a_colour_fill_has_the_colour_and_the_selection(ready: Bench) -> None:
    chosen = edits.set_selection(
        ready.picture.document.artwork, edits.rectangle_selection(Rect(0, 0, 100, 200))
    )
    ready.picture.document.commit("Select", chosen)
    ready.studio.fill_layers.add("fill-colour")
    pixels = flat(ready)
    assert tuple(pixels[50, 50]) == (1, 0, 0, 1) and tuple(pixels[50, 150]) == (1, 1, 1, 1)


def test_a_fill_layer_changes_live_and_ends_in_one_step(ready: Bench) -> None:
    ready.studio.fill_layers.add("fill-colour")
    layer_id = ready.active.id
    for green in (0.2, 0.6, 1.0):
        ready.studio.fill_layers.change(layer_id, FillColour(colour=(0.0, green, 0.0, 1.0)))
    assert ready.labels()[-1] == "New fill layer"
    ready.studio.fill_layers.release()
    assert ready.labels()[-1] == "Fill layer" and tuple(flat(ready)[0, 0]) == (0, 1, 0, 1)
    ready.studio.fill_layers.change(layer_id, FillColour(colour=(0.0, 0.0, 1.0, 1.0)))
    ready.studio.fill_layers.revert()
    assert tuple(flat(ready)[0, 0]) == (0, 1, 0, 1)


def test_a_pattern_repeats_where_the_picture_does(ready: Bench) -> None:
    artwork = ready.picture.document.artwork
    ready.picture.document.commit("Tiles", artwork.with_(tiles_x=True))
    ready.studio.fill_layers.add("perlin")
    parameters = ready.active.recipe.parameters  # type: ignore[attr-defined]
    assert (parameters["tile_x"], parameters["tile_y"]) == (artwork.width, 0)


def test_a_locked_fill_layer_is_refused(ready: Bench) -> None:
    ready.studio.fill_layers.add("fill-colour")
    ready.studio.layers.set_lock(ready.active.id, all=True)
    ready.studio.fill_layers.change(ready.active.id, FillColour())
    assert len(ready.sentences("info")) == 1


def test_reference_for_fills_is_switched(ready: Bench) -> None:
    action = ACTIONS["fill-reference"]
    action.run(ready.studio)
    assert ready.active.fill_reference and action.checked is not None and action.checked(ready.studio)
    action.run(ready.studio)
    assert not ready.active.fill_reference
    assert ready.labels() == ["New picture", "Reference for fills", "Reference for fills"]


# rasterising


def star(**fields) -> Shape:
    style = msgspec.to_builtins(ShapeStyle(fill=(1, 0, 0, 1), stroke=(0, 0, 1, 1), width=6))
    return Shape(
        name="Star", path=path_data.written(shapes.polygon(60, 40, 150, 120, 5, 0.5)), style=style, **fields
    )


def generated(**fields) -> Generated:
    pixels = np.random.default_rng(1).random((64, 64, 4)).astype(np.float16)
    pixels[..., 3] = 1
    variant = Variant(seed=1, surface=Surface.from_pixels(pixels), width=64, height=64)
    return Generated(
        name="Made",
        recipe=Stored(name="generate", version=1, parameters={}),
        model="m",
        variants=(variant,),
        **fields,
    )


MOVED = (1.5, 0.2, -0.3, 1.2, 10.0, 5.0)


@pytest.mark.parametrize(
    "layer",
    [
        star(), star(transform=MOVED, opacity=0.5), star(mask=Mask(default=0.5)),
        star(transform=MOVED, mask=Mask(default=0.5)), Text(name="t", text="Danqing 丹青", transform=(1.0, 0.0, 0.0, 1.0, 20.0, 40.0)), generated(), generated(transform=MOVED, mode="multiply"),
        Fill(name="g", recipe=FILL_KINDS["fill-gradient"].stored(FILL_KINDS["fill-gradient"].parameters())),
        Fill(name="n", recipe=FILL_KINDS["gaussian-noise"].stored(FILL_KINDS["gaussian-noise"].parameters()), opacity=0.4),
    ],
)  # fmt: skip
def test_a_rasterised_layer_looks_the_same(ready: Bench, layer) -> None:
    add(ready, layer)
    before = flat(ready)
    ACTIONS["rasterise-layer"].run(ready.studio)
    ready.settle()
    assert isinstance(ready.active, Paint) and ready.active.id == layer.id and ready.active.name == layer.name
    assert ready.labels()[-1] == "Rasterise layer"
    apart = np.abs(flat(ready) - before)
    # the sharp edge of an enlarged picture becomes one of pixels
    assert apart.mean() < 3e-4 and (apart > 3e-3).mean() < 0.01
    ready.studio.undo()
    assert ready.active is layer


def test_inside_a_moved_group_it_stays_where_it_is(ready: Bench) -> None:
    group = Group(name="Group", transform=(1.0, 0.0, 0.0, 1.0, 12.0, -7.0), children=(star(),))
    art = edits.add_layer(ready.picture.document.artwork, group)
    ready.picture.document.commit("Add", art.with_(active=group.children[0].id))
    before = flat(ready)
    rasterising.rasterise(ready.studio)
    ready.settle()
    np.testing.assert_allclose(flat(ready), before, atol=3e-3)


def test_what_cannot_be_rasterised_says_why(ready: Bench) -> None:
    for layer in (Group(name="Group"), Paint(name="Paint", surface=Surface())):
        add(ready, layer)
        assert not rasterising.can_rasterise(ready.studio)
        rasterising.rasterise(ready.studio)
        ready.settle()
    assert len(ready.sentences("info")) == 2


# picker


def test_the_picker_averages_what_is_seen_or_the_layer(ready: Bench) -> None:
    pixels = np.zeros((200, 300, 4), np.float16)
    pixels[:, :150] = (1, 0, 0, 1)
    pixels[:, 150:] = (0, 0, 0.5, 0.5)
    add(ready, Paint(name="p", surface=Surface.from_pixels(pixels)))
    painting = ready.studio.painting
    painting.choose_tool("picker")
    drag(ready, (200, 100))
    assert painting.colour == pytest.approx((0.5, 0.5, 1.0), abs=1e-3)
    painting.change_options("picker", sample="layer")
    drag(ready, (200, 100))
    assert painting.colour == pytest.approx((0, 0, 1), abs=1e-3)
    painting.change_options("picker", sample="all", spot="31 × 31")
    drag(ready, (150, 100))
    assert 0.6 < painting.colour[0] < 0.85
    drag(ready, (10, 10), modifiers=frozenset({"control"}))
    assert painting.background == pytest.approx(RED)
    assert painting.marks == ()
    drag(ready, (-5, 10))
    assert painting.background == pytest.approx(RED), "beside the picture nothing is taken"


def test_a_ring_shows_what_is_taken_and_what_was_in_the_hand(ready: Bench) -> None:
    painting = ready.studio.painting
    painting.set_colour((0.1, 0.2, 0.3))
    painting.change_options("picker", spot="5 × 5")
    gesture = painting.begin(ready.picture, Pointer(20.5, 30.5), "picker")
    assert gesture is not None
    gesture.send(Pointer(21.5, 30.5))
    square, ring, label = painting.marks
    assert isinstance(square, Outline) and isinstance(ring, Ring) and isinstance(label, Label)
    assert (ring.x, ring.y) == (21.5, 30.5) and ring.before == (0.1, 0.2, 0.3)
    assert ring.now == painting.colour != ring.before
    assert square.points == ((19, 28), (24, 28), (24, 33), (19, 33)), "the pixels that are averaged"
    gesture.send(Pointer(21.5, 30.5, modifiers=frozenset({"control"})))
    (ring,) = (mark for mark in painting.marks if isinstance(mark, Ring))
    assert ring.before == (1.0, 1.0, 1.0), "the background colour, which Ctrl takes"
    gesture.finish()
    assert painting.marks == () and painting.used.colours == ()


# measure


def test_a_measured_line_says_length_runs_and_angle(ready: Bench) -> None:
    ready.studio.painting.choose_tool("measure")
    drag(ready, (10, 110), (40, 70))
    words = words_of(((10, 110), (40, 70)), 254.0)
    assert words == "50.0 px · 5.0 mm · 53.1° · ↔ 30 · ↕ \N{MINUS SIGN}40"
    session = ready.studio.painting.session
    assert isinstance(session, MeasureSession)
    drag(ready, (40, 70), (110, 110))
    assert session.points == ((10, 110), (110, 110))
    drag(ready, (110, 110), (110, 10), modifiers=frozenset({"alt"}))
    assert words_of(session.points, 300) == "∠ 90.0°"
    assert ready.labels() == ["New picture"]


def test_the_picture_is_straightened_by_the_line(ready: Bench) -> None:
    pixels = np.zeros((200, 300, 4), np.float16)
    for x in range(300):
        y = round(80 + x * 0.1)
        pixels[y : y + 3, x] = (0, 0, 0, 1)
    add(ready, Paint(name="Horizon", surface=Surface.from_pixels(pixels)))
    ready.studio.painting.choose_tool("measure")
    assert not measuring.can_straighten(ready.studio)
    drag(ready, (0, 81.5), (300, 111.5))
    assert measuring.can_straighten(ready.studio)
    ACTIONS["straighten"].run(ready.studio)
    ready.settle()
    assert ready.labels()[-1] == "Straighten"
    seen = flat(ready)
    dark = (seen[..., 0] < 0.3) & (seen[..., 3] > 0.9)
    rows = [np.nonzero(dark[:, x])[0].mean() for x in (60, 150, 240)]
    assert max(rows) - min(rows) < 1.5
    assert ready.picture.document.artwork.width == 300


def test_with_alt_a_new_line_is_measured_from_its_middle(ready: Bench) -> None:
    ready.studio.painting.choose_tool("measure")
    gesture = ready.studio.painting.begin(ready.picture, Pointer(50, 50, modifiers=frozenset({"alt"})))
    assert gesture is not None
    session = ready.studio.painting.session
    assert isinstance(session, MeasureSession)
    gesture.send(Pointer(70, 53, modifiers=frozenset({"alt", "shift"})))
    assert session.points[0] == pytest.approx((30, 50)) and session.points[1] == pytest.approx((70, 50))
    gesture.send(Pointer(70, 60))
    assert session.points == ((50, 50), (70, 60)), "let go of, the line begins at the press again"
    gesture.finish()
