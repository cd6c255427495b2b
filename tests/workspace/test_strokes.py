"""What the painting tools do in a picture: airbrush at rest, clone, smudge, symmetry, tiling, straight lines, quick mask."""

from __future__ import annotations

import time

import msgspec
import numpy as np
import pytest

from studio.document import edits
from studio.document.layer import Group, Locks, Paint, Text
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.raster.symmetry import Symmetry
from studio.recipe import RecipeError
from studio.workspace import imaging
from studio.workspace.actions import all_actions
from studio.workspace.picture import Picture
from studio.workspace.tools import Pointer, stroke
from studio.workspace.tools.marks import Outline
from tests.workspace.conftest import Bench

SIDE = 256


def flat(picture: Picture) -> np.ndarray:
    return picture.renderer.compose(picture.document.artwork, Rect(0, 0, SIDE, SIDE))


def draw(
    bench: Bench, picture: Picture, *places: tuple[float, float], held: frozenset[str] = frozenset()
) -> None:
    gesture = bench.studio.painting.begin(picture, Pointer(*places[0], modifiers=held))
    assert gesture is not None
    for index, (x, y) in enumerate(places[1:]):
        gesture.send(Pointer(x, y, t=0.02 * (index + 1)))
    gesture.finish()


@pytest.fixture
def picture(bench: Bench) -> Picture:
    """Red on the left of x = 128, blue on the right, on the paint layer."""
    picture = bench.studio.new_picture(SIDE, SIDE)
    pixels = np.zeros((SIDE, SIDE, 4), np.float16)
    pixels[..., 3] = 1
    pixels[:, :128, 0] = 1
    pixels[:, 128:, 2] = 1
    artwork = picture.document.artwork
    assert artwork.active is not None
    artwork = edits.write_surface(artwork, artwork.active, Surface.from_pixels(pixels))
    picture.document.commit("Start", artwork)
    return picture


@pytest.mark.parametrize(("tool", "label"), [("smudge", "Smudge"), ("blur", "Blur brush")])
def test_smudge_and_blur_mix_what_is_there_in_one_step(
    bench: Bench, picture: Picture, tool: str, label: str
) -> None:
    before = flat(picture)
    bench.studio.painting.choose_tool(tool)
    draw(bench, picture, (90, 128), (110, 128), (130, 128), (150, 128), (170, 128))
    after = flat(picture)
    mixed = (after[128, :, 0] > 0.1) & (after[128, :, 2] > 0.1)
    assert mixed.sum() >= 3
    assert picture.document.history[-1].label == label
    bench.studio.undo()
    np.testing.assert_array_equal(flat(picture), before)


def test_a_clone_takes_from_where_alt_was_pressed_and_stays_aligned(bench: Bench, picture: Picture) -> None:
    painting = bench.studio.painting
    painting.choose_tool("clone")
    painting.change_brush(size=30.0, hardness=1.0)
    assert painting.begin(picture, Pointer(200, 50)) is None, "no source yet"
    assert "Alt" in bench.sentences("info")[-1]
    assert painting.begin(picture, Pointer(60, 60, modifiers=frozenset({"alt"}))) is None
    draw(bench, picture, (200, 60), (205, 60))
    assert flat(picture)[60, 200, 0] > 0.99
    draw(bench, picture, (200, 200), (205, 200))
    assert flat(picture)[200, 200, 0] > 0.99, "the source went along: it lies at (60, 200)"
    assert painting.strokes.clone_offset == (-140, 0)
    painting.change_brush(clone_aligned=False)
    draw(bench, picture, (240, 240), (245, 240))
    assert painting.strokes.clone_offset == (-180, -180)
    assert picture.document.history[-1].label == "Clone"


@pytest.mark.parametrize("tool", ["clone", "smudge", "blur"])
@pytest.mark.parametrize("deep", [False, True])
def test_a_brush_takes_from_its_layer_and_those_below_it_alone(
    bench: Bench, picture: Picture, tool: str, deep: bool
) -> None:
    painting, document = bench.studio.painting, picture.document
    middle = Paint(name="Middle", surface=Surface())
    green = np.zeros((SIDE, SIDE, 4), np.float16)
    green[..., 1::2] = 1
    above = Paint(name="Above", surface=Surface.from_pixels(green))
    if deep:  # the layer above lies in the same group, below what else the group has
        layers = (
            *document.artwork.layers,
            Group(name="Group", children=(middle, above)),
            above.with_(id="top"),
        )
    else:
        layers = (*document.artwork.layers, middle, above)
    document.commit("Three", document.artwork.with_(layers=layers, active=middle.id, selected=(middle.id,)))
    painting.choose_tool(tool)
    painting.change_brush(size=30.0, hardness=1.0, sample="this-and-below")
    painting.begin(picture, Pointer(60, 60, modifiers=frozenset({"alt"}))) if tool == "clone" else None
    draw(bench, picture, (200, 60), (210, 60), (220, 60))
    layer = document.artwork.find(middle.id)
    assert isinstance(layer, Paint)
    red, green_, blue, alpha = layer.surface.read(Rect(205, 60, 206, 61))[0, 0].astype(float)
    assert alpha > 0.5 and green_ == 0, "nothing of the green layer above"
    assert (red if tool == "clone" else blue) > 0.5, "but of the red and blue below"


def test_a_clone_onto_another_layer_takes_from_the_layer_of_its_source(
    bench: Bench, picture: Picture
) -> None:
    painting = bench.studio.painting
    painting.choose_tool("clone")
    painting.change_brush(size=30.0, hardness=1.0)
    painting.begin(picture, Pointer(60, 60, modifiers=frozenset({"alt"})))
    artwork = edits.add_layer(picture.document.artwork, Paint(name="Above", surface=Surface()))
    artwork = edits.set_active(artwork, artwork.layers[-1].id)
    picture.document.commit("Add", artwork)
    draw(bench, picture, (200, 60), (205, 60))
    above = picture.document.artwork.layers[-1]
    assert isinstance(above, Paint)
    np.testing.assert_allclose(above.surface.read(Rect(200, 60, 201, 61))[0, 0], (1, 0, 0, 1), atol=1e-3)


def test_smudging_over_a_new_layer_takes_from_all(bench: Bench, picture: Picture) -> None:
    artwork = edits.add_layer(picture.document.artwork, Paint(name="Above", surface=Surface()))
    artwork = edits.set_active(artwork, artwork.layers[-1].id)
    picture.document.commit("Add", artwork)
    bench.studio.painting.choose_tool("smudge")
    bench.studio.painting.change_brush(sample="all")
    draw(bench, picture, (90, 128), (110, 128), (130, 128), (150, 128), (170, 128))
    above = picture.document.artwork.layers[-1]
    assert isinstance(above, Paint)
    found = above.surface.read(Rect(0, 128, SIDE, 129))[0]
    assert found[140, 0] > 0.05


@pytest.mark.parametrize("tool", ["smudge", "blur"])
def test_each_stroke_over_computed_pixels_takes_from_what_is_seen(
    bench: Bench, picture: Picture, tool: str
) -> None:
    document = picture.document
    pixels = document.artwork.active_layer.surface.read(Rect(0, 0, SIDE, SIDE))  # type: ignore[union-attr]
    text = Text(name="Words", text="a", cache=Surface.from_pixels(pixels))
    document.commit("Text", document.artwork.with_(layers=(text,), active=text.id))
    bench.studio.painting.choose_tool(tool)
    for row in (60, 200):
        draw(bench, picture, (90, row), (110, row), (130, row), (150, row), (170, row))
        after = flat(picture)[row]
        assert ((after[:, 0] > 0.1) & (after[:, 2] > 0.1)).sum() >= 3, row
    assert len(document.artwork.layers) == 2, "both on one layer clipped to the text"


def words(picture: Picture) -> Text:
    """A text on the left of x = 100, chosen."""
    pixels = np.zeros((SIDE, 100, 4), np.float16)
    pixels[40:200, 20:] = (0, 0, 0, 1)
    text = Text(name="Words", text="a", cache=Surface.from_pixels(pixels))
    artwork = picture.document.artwork
    picture.document.commit("Text", artwork.with_(layers=(*artwork.layers, text), active=text.id))
    return text


def test_a_stroke_beside_the_letters_of_a_text_is_seen(bench: Bench) -> None:
    """It gets a plain layer; one that begins on the letters is clipped to them."""
    picture = bench.studio.new_picture(SIDE, SIDE)
    text, document = words(picture), picture.document
    bench.studio.painting.choose_tool("brush")
    bench.studio.painting.set_colour((1.0, 0.0, 0.0))
    draw(bench, picture, (180, 60), (190, 60), (200, 60))
    assert not bench.active.clipping
    assert flat(picture)[60, 190, 1] < 0.5
    document.commit("Choose", edits.set_active(document.artwork, text.id))
    draw(bench, picture, (60, 120), (70, 120), (180, 120))
    assert bench.active.clipping
    assert flat(picture)[120, 65, 0] > 0.5 and flat(picture)[120, 170, 1] > 0.99
    assert not bench.told
    draw(bench, picture, (180, 200), (200, 200))
    assert bench.told[-1].action == "clipping" and bench.told[-1].arguments == {"layer": "Words"}


def test_a_stroke_on_nothing_with_locked_alpha_says_so(bench: Bench) -> None:
    picture = bench.studio.new_picture(SIDE, SIDE)
    bench.studio.painting.choose_tool("brush")
    artwork = edits.add_layer(
        picture.document.artwork, Paint(name="New", surface=Surface(), locks=Locks(alpha=True))
    )
    picture.document.commit("New", artwork)
    draw(bench, picture, (80, 60), (190, 60))
    assert picture.document.committed is artwork
    assert "transparent pixels are locked" in bench.sentences()[-1]


def test_symmetry_paints_the_mirror_image(bench: Bench) -> None:
    picture = bench.studio.new_picture(SIDE, SIDE)
    painting = bench.studio.painting
    painting.strokes.set_symmetry(Symmetry(mirror=True, x=SIDE / 2, y=SIDE / 2))
    painting.choose_tool("brush")
    draw(bench, picture, (40, 60), (60, 90), (90, 100))
    after = flat(picture)[..., 0]
    assert after[90, 60] < 0.9
    np.testing.assert_allclose(after, after[:, ::-1], atol=0.03)


def test_a_picture_that_tiles_wraps_under_the_brush(bench: Bench) -> None:
    picture = bench.studio.new_picture(SIDE, SIDE)
    picture.document.commit("Tile", picture.document.artwork.with_(tiles_x=True))
    bench.studio.painting.choose_tool("brush")
    draw(bench, picture, (230, 100), (250, 100), (265, 100))
    after = flat(picture)[..., 0]
    assert after[100, 5] < 0.9
    surface = picture.document.artwork.active_layer.surface  # type: ignore[union-attr]
    assert set(surface.tiles) <= {(0, 0)}


def test_shift_draws_a_straight_line_from_the_last_stroke(bench: Bench) -> None:
    picture = bench.studio.new_picture(SIDE, SIDE)
    bench.studio.painting.choose_tool("brush")
    draw(bench, picture, (40, 40), (42, 40))
    draw(bench, picture, (200, 200), held=frozenset({"shift"}))
    after = flat(picture)[..., 0]
    assert after[[80, 120, 160], [80, 120, 160]].max() < 0.8
    assert after[80, 160] > 0.99


def test_a_line_with_a_pen_is_as_strong_as_the_stroke_before_it(bench: Bench) -> None:
    picture = bench.studio.new_picture(SIDE, SIDE)
    bench.studio.painting.choose_tool("brush")
    for places, pressure, held in (
        ([(40.0, 40.0), (45.0, 40.0)], 0.9, frozenset[str]()),
        ([(200.0, 200.0)], 0.02, frozenset({"shift"})),
    ):
        gesture = bench.studio.painting.begin(
            picture, Pointer(*places[0], pressure=pressure, has_pressure=True, modifiers=held)
        )
        assert gesture is not None
        for x, y in places[1:]:
            gesture.send(Pointer(x, y, pressure=pressure, has_pressure=True, t=0.1))
        gesture.finish()
    assert flat(picture)[120, 120, 0] < 0.4


def test_a_pulled_brush_shows_its_string(bench: Bench) -> None:
    picture = bench.studio.new_picture(SIDE, SIDE)
    painting = bench.studio.painting
    painting.choose_tool("brush")
    painting.change_brush(stabiliser="pulled", smoothing=40.0)
    gesture = painting.begin(picture, Pointer(40, 100))
    assert gesture is not None
    gesture.send(Pointer(140, 100, t=0.1))
    (string,) = painting.marks
    assert isinstance(string, Outline)
    assert string.points == ((pytest.approx(100), pytest.approx(100)), (140, 100))
    gesture.finish()
    assert painting.marks == ()


def test_an_airbrush_paints_on_while_the_pen_rests(bench: Bench) -> None:
    picture = bench.studio.new_picture(SIDE, SIDE)
    painting = bench.studio.painting
    painting.choose_tool("brush")
    painting.change_brush(airbrush=100.0, flow=0.05)
    gesture = painting.begin(picture, Pointer(100, 100))
    assert gesture is not None
    assert gesture.goes_on_at_rest
    before = flat(picture)[100, 100, 0]
    time.sleep(0.1)
    gesture.tick()
    assert flat(picture)[100, 100, 0] < before - 0.1
    gesture.finish()
    painting.change_brush(airbrush=0.0)
    gesture = painting.begin(picture, Pointer(100, 100))
    assert gesture is not None
    assert not gesture.goes_on_at_rest
    gesture.cancel()


def test_the_quick_mask_takes_strokes_instead_of_the_layer(bench: Bench) -> None:
    picture = bench.studio.new_picture(SIDE, SIDE)
    document = picture.document
    document.commit("Quick mask", document.artwork.with_(quick_mask=True))
    layers = document.artwork.layers
    bench.studio.painting.choose_tool("brush")
    draw(bench, picture, (100, 100), (120, 100))
    assert document.artwork.layers is layers or document.artwork.layers == layers
    selection = document.artwork.selection
    assert selection is not None
    assert selection.read(Rect(110, 100, 111, 101))[0, 0] < 0.5
    assert selection.read(Rect(10, 10, 11, 11))[0, 0] == 1


def test_a_brush_in_erase_mode_erases(bench: Bench, picture: Picture) -> None:
    painting = bench.studio.painting
    painting.choose_tool("brush")
    painting.keep_brush("brush", msgspec.structs.replace(painting.brush, mode="erase", hardness=1.0))
    draw(bench, picture, (60, 60), (70, 60))
    layer = picture.document.artwork.active_layer
    assert isinstance(layer, Paint)
    assert layer.surface.read(Rect(62, 60, 63, 61))[0, 0, 3] < 0.2
    assert picture.document.history[-1].label == "Erase"


def test_strokes_on_an_enlarged_turned_layer_land_under_the_pen(bench: Bench, picture: Picture) -> None:
    artwork = picture.document.artwork
    assert artwork.active is not None
    artwork = edits.change(artwork, artwork.active, transform=(0.0, 2.0, -2.0, 0.0, 300.0, -50.0))
    picture.document.commit("Turn", artwork)
    painting = bench.studio.painting
    painting.choose_tool("brush")
    painting.change_brush(hardness=1.0, size=20.0)
    painting.set_colour((0.0, 1.0, 0.0))
    draw(bench, picture, (100, 100), (120, 110), (140, 120))
    after = flat(picture)
    assert after[110, 120, 1] > 0.9
    assert after[140, 120, 1] < 0.1


def run(bench: Bench, action_id: str) -> None:
    action = next(one for one in all_actions() if one.id == action_id)
    assert action.enabled(bench.studio)
    action.run(bench.studio)


def test_symmetry_is_switched_by_actions_around_the_middle_of_the_picture(bench: Bench) -> None:
    bench.studio.new_picture(300, 200)
    strokes = bench.studio.painting.strokes
    run(bench, "symmetry-mirror")
    assert strokes.symmetry == Symmetry(mirror=True, x=150, y=100)
    run(bench, "symmetry-6-folds")
    assert strokes.symmetry.folds == 6
    run(bench, "symmetry-6-folds")
    assert strokes.symmetry.folds == 1
    run(bench, "symmetry-off")
    assert not strokes.symmetry.active


def test_each_picture_has_its_own_axes(bench: Bench) -> None:
    strokes = bench.studio.painting.strokes
    large = bench.studio.new_picture(2000, 1000)
    run(bench, "symmetry-mirror")
    strokes.set_symmetry(msgspec.structs.replace(strokes.symmetry, x=700.0, angle=10.0))
    told: list[float] = []
    strokes.symmetry_changed.connect(lambda: told.append(strokes.symmetry.x))
    small = bench.studio.new_picture(400, 300)
    bench.settle()
    assert (strokes.symmetry.x, strokes.symmetry.y, strokes.symmetry.mirror) == (200, 150, True)
    assert told == [200.0]
    bench.stroke(40, 150, 60)
    layer = small.document.committed.active_layer
    assert isinstance(layer, Paint)
    alpha = layer.surface.read(Rect(0, 0, 400, 300))[..., 3]
    assert alpha[:, 250:370].max() > 0.5, "the mirrored stroke lies on the canvas"
    bench.studio.choose(large)
    assert (strokes.symmetry.x, strokes.symmetry.y, strokes.symmetry.angle) == (700, 500, 10)
    assert strokes.symmetry_of(small).x == 200


def test_the_axes_move_with_the_canvas_and_back_when_that_is_undone(bench: Bench) -> None:
    bench.studio.new_picture(400, 300)
    bench.settle()
    studio, strokes = bench.studio, bench.studio.painting.strokes
    run(bench, "symmetry-mirror")
    strokes.set_symmetry(Symmetry(mirror=True, folds=3, x=100.0, y=60.0, angle=30.0))
    told: list[Symmetry] = []
    strokes.symmetry_changed.connect(lambda: told.append(strokes.symmetry))

    def axes() -> tuple[float, float, float]:
        symmetry = strokes.symmetry
        return round(symmetry.x, 6), round(symmetry.y, 6), round(symmetry.angle, 6)

    imaging.resize_canvas(studio, 500, 340, (1.0, 0.5))
    bench.settle()
    assert axes() == (200, 80, 30)
    imaging.turn(studio, "right")
    bench.settle()
    assert axes() == (340 - 80, 200, -60)
    imaging.turn(studio, "x")
    bench.settle()
    assert axes() == (80, 200, 60)
    imaging.resize(studio, 680, 1000, "lanczos", 300.0)
    bench.settle()
    assert axes() == (160, 400, 60)
    assert len(told) == 4 and strokes.symmetry.folds == 3
    for _ in range(4):
        studio.undo()
    assert axes() == (100, 60, 30)
    studio.redo()
    assert axes() == (200, 80, 30)
    strokes.set_symmetry(msgspec.structs.replace(strokes.symmetry, x=50.0, y=50.0))
    studio.undo()
    assert axes() == (-50, 30, 30), (
        "what was placed in the larger canvas lies in the same place of the smaller one"
    )


def test_the_axis_is_placed_and_turned_by_hand_and_escape_puts_it_back(bench: Bench) -> None:
    picture = bench.studio.new_picture(300, 200)
    strokes = bench.studio.painting.strokes
    gesture = bench.studio.painting.begin(picture, Pointer(60, 70), "symmetry")
    assert gesture is not None
    gesture.send(Pointer(60, 130))
    gesture.finish()
    assert (strokes.symmetry.x, strokes.symmetry.y, strokes.symmetry.mirror) == (60, 70, True)
    assert strokes.symmetry.angle == pytest.approx(0)
    gesture = bench.studio.painting.begin(picture, Pointer(10, 10), "symmetry")
    assert gesture is not None
    gesture.send(Pointer(100, 10))
    assert strokes.symmetry.angle == pytest.approx(-90)
    gesture.cancel()
    assert (strokes.symmetry.x, strokes.symmetry.angle) == (60, pytest.approx(0))
    assert bench.labels() == ["New picture"]


def test_the_symmetry_tool_sets_any_number_of_folds_and_the_centre(bench: Bench) -> None:
    bench.studio.new_picture(300, 200)
    painting, told = bench.studio.painting, []
    painting.options_changed.connect(told.append)
    painting.choose_tool("symmetry")
    assert painting.options("symmetry") == Symmetry(x=150, y=100)
    painting.change_options("symmetry", x=40.0)
    painting.change_options("symmetry", folds=7, mirror=True, angle=15.0)
    assert painting.strokes.symmetry == Symmetry(folds=7, mirror=True, angle=15.0, x=40.0, y=100.0)
    assert told and set(told) == {"symmetry"}
    for folds in (0, 33):
        with pytest.raises(RecipeError, match="folds"):
            painting.change_options("symmetry", folds=folds)
    run(bench, "symmetry-off")
    assert painting.options("symmetry") == Symmetry(x=150, y=100)
    assert bench.labels() == ["New picture"]
    assert "symmetry" not in bench.studio.settings.tool_options


def test_every_brush_can_be_turned_into_an_eraser_and_back(bench: Bench) -> None:
    painting = bench.studio.painting
    painting.choose_tool("brush")
    before = painting.brush
    run(bench, "brush-erases")
    assert painting.brush == msgspec.structs.replace(before, mode="erase")
    run(bench, "brush-erases")
    assert painting.brush == before
    painting.choose_tool("smudge")
    action = next(one for one in all_actions() if one.id == "brush-erases")
    assert not action.enabled(bench.studio)


def test_very_large_dabs_are_laid_in_several_goes_and_whole_at_the_end(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def painted() -> np.ndarray:
        picture = bench.studio.new_picture(900, 900)
        gesture = bench.studio.painting.begin(picture, Pointer(450, 450))
        assert gesture is not None
        assert gesture.goes_on_at_rest
        first = picture.renderer.compose(picture.document.artwork, Rect(0, 0, 900, 900))
        for _ in range(20):
            gesture.tick()
        rest = picture.renderer.compose(picture.document.artwork, Rect(0, 0, 900, 900))
        gesture.finish()
        last = picture.renderer.compose(picture.document.artwork, Rect(0, 0, 900, 900))
        np.testing.assert_array_equal(rest, last)
        return np.stack([first, last])

    bench.studio.painting.choose_tool("brush")
    bench.studio.painting.change_brush(size=700.0, hardness=1.0)
    at_once = painted()
    monkeypatch.setattr(stroke, "_AT_ONCE", 0.0)
    slowly = painted()
    np.testing.assert_array_equal(at_once[1], slowly[1])
    assert (slowly[0] != slowly[1]).any()


def test_a_stroke_outside_the_selection_says_so_and_makes_nothing(bench: Bench) -> None:
    picture = bench.studio.new_picture(200, 120)
    group = Group(name="Group")
    artwork = edits.add_layer(picture.document.artwork, group)
    selected = edits.set_selection(artwork, edits.rectangle_selection(Rect(120, 60, 180, 100)))
    picture.document.commit("Start", selected)
    steps = len(picture.document.history)
    bench.stroke(20, 20)
    assert picture.document.artwork is selected and len(picture.document.history) == steps
    assert "outside the selection" in bench.sentences("info")[-1] and bench.told[-1].action == "deselect"
    bench.told.clear()
    bench.stroke(130, 80)
    assert not bench.told and len(picture.document.history) == steps + 1
    bench.studio.painting.choose_tool("eraser")
    picture.document.commit("Blank", edits.add_layer(picture.document.artwork, Paint(surface=Surface())))
    bench.stroke(130, 80)
    assert ["layer is empty" in one for one in bench.sentences("info")] == [
        True
    ]  # no matter of the selection
