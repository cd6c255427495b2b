"""Selecting with tools and commands: modes, constraints, moving, saved selections, quick mask, what lies inside."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.document import edits, effects
from studio.document.artwork import Artwork
from studio.document.layer import Paint
from studio.project.errors import StoreError
from studio.raster import warp
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.symmetry import Symmetry
from studio.workspace.selecting_forms import FORMS, Tone
from studio.workspace.tools import Pointer
from studio.workspace.tools.lasso import PolygonSession
from tests.raster.selecting.photographs import HARDER, HEIGHT, NAMES, WIDTH, photograph
from tests.workspace.conftest import Bench

CANVAS = Rect(0, 0, 400, 300)


@pytest.fixture
def canvas(bench: Bench) -> Bench:
    bench.studio.new_picture(CANVAS.width, CANVAS.height)
    bench.settle()
    return bench


def drag(
    bench: Bench,
    tool: str,
    *points: tuple[float, float],
    held: Iterable[str] = (),
    then: Iterable[str] | None = None,
) -> None:
    """A drag with ``held`` keys at the press and ``then`` (default: none) afterwards."""
    painting = bench.studio.painting
    painting.choose_tool(tool)
    gesture = painting.begin(bench.picture, Pointer(*points[0], modifiers=frozenset(held)))
    if gesture is not None:
        for x, y in points[1:]:
            gesture.send(Pointer(x, y, modifiers=frozenset(then or ())))
        gesture.finish()
    bench.settle()


def selected(bench: Bench) -> np.ndarray:
    mask = bench.picture.document.artwork.selection
    return np.ones((300, 400), np.float32) if mask is None else mask.read(CANVAS).astype(np.float32)


def area(bench: Bench) -> float:
    return float(selected(bench).sum(dtype=np.float64))


def test_a_rectangle_is_dragged_out_on_whole_pixels_as_one_step(canvas: Bench) -> None:
    drag(canvas, "select-rectangle", (10.4, 20.4), (60, 50), (110.2, 70.4))
    assert np.array_equal(np.argwhere(selected(canvas)).min(0), (20, 10))
    assert area(canvas) == 100 * 50
    assert canvas.labels()[-1] == "Select rectangle" and not canvas.studio.painting.marks
    canvas.studio.undo()
    assert canvas.picture.document.artwork.selection is None


def test_shift_adds_alt_takes_away_both_intersect(canvas: Bench) -> None:
    drag(canvas, "select-rectangle", (0, 0), (100, 100))
    drag(canvas, "select-rectangle", (100, 0), (200, 100), held={"shift"})
    assert area(canvas) == 200 * 100
    drag(canvas, "select-rectangle", (50, 0), (150, 50), held={"alt"})
    assert area(canvas) == 200 * 100 - 100 * 50
    drag(canvas, "select-rectangle", (0, 0), (60, 300), held={"shift", "alt"})
    assert area(canvas) == 50 * 100 + 10 * 50


def test_keys_pressed_after_the_press_constrain(canvas: Bench) -> None:
    drag(canvas, "select-rectangle", (100, 100), (180, 130), then={"shift"})
    assert area(canvas) == 80 * 80
    drag(canvas, "select-rectangle", (250, 250), (260, 255), then={"alt"})
    assert area(canvas) == 20 * 10
    canvas.studio.selecting.none()
    drag(canvas, "select-rectangle", (10, 10), (30, 20), held={"shift"}, then={"shift"})
    assert area(canvas) == 20 * 10  # still the mode, not the square


def test_space_moves_the_marquee_while_it_is_dragged(canvas: Bench) -> None:
    painting = canvas.studio.painting
    painting.choose_tool("select-rectangle")
    gesture = painting.begin(canvas.picture, Pointer(10, 10))
    gesture.send(Pointer(40, 30))
    gesture.send(Pointer(140, 130, modifiers=frozenset({"space"})))
    gesture.send(Pointer(150, 130))
    gesture.finish()
    found = np.argwhere(selected(canvas))
    assert found.min(0).tolist() == [110, 110] and found.max(0).tolist() == [129, 149]


@pytest.mark.parametrize(("style", "wanted"), [("ratio", 120 * 60), ("size", 80 * 40)])
def test_fixed_ratio_and_size(canvas: Bench, style: str, wanted: int) -> None:
    across, down = (2.0, 1.0) if style == "ratio" else (80.0, 40.0)
    canvas.studio.painting.change_options("select-rectangle", style=style, across=across, down=down)
    drag(canvas, "select-rectangle", (20, 20), (140, 60))
    assert area(canvas) == wanted


def test_an_ellipse_with_feather_goes_over_the_lane(canvas: Bench) -> None:
    drag(canvas, "select-ellipse", (100, 50), (300, 250))
    assert area(canvas) == pytest.approx(math.pi * 100 * 100, rel=2e-3)
    canvas.studio.painting.change_options("select-ellipse", feather=20.0)
    drag(canvas, "select-ellipse", (10, 10), (50, 50), held={"alt"})
    drag(canvas, "select-ellipse", (100, 50), (300, 250), held={"shift"})
    assert 0.2 < selected(canvas)[150, 98] < 0.6


def test_escape_leaves_everything_as_it_was(canvas: Bench) -> None:
    before = canvas.picture.document.artwork
    canvas.studio.painting.choose_tool("lasso")
    gesture = canvas.studio.painting.begin(canvas.picture, Pointer(10, 10))
    for x, y in ((50, 10), (50, 50)):
        gesture.send(Pointer(x, y))
    assert canvas.studio.painting.marks
    gesture.cancel()
    assert canvas.picture.document.artwork is before and not canvas.studio.painting.marks


def test_a_lasso_closes_itself(canvas: Bench) -> None:
    drag(canvas, "lasso", (50, 50), (150, 50), (150, 150), (50, 150))
    assert area(canvas) == pytest.approx(100 * 100, abs=1)


def test_a_drag_from_inside_moves_the_outline_and_a_click_deselects(canvas: Bench) -> None:
    drag(canvas, "select-rectangle", (10, 10), (60, 60))
    seen: list[tuple[int, int]] = []
    canvas.studio.selecting.changed.connect(lambda: seen.append(canvas.studio.selecting.shift))
    drag(canvas, "lasso", (30, 30), (80, 50), (130, 70))
    assert (50, 20) in seen and canvas.studio.selecting.shift == (0, 0)
    assert np.argwhere(selected(canvas)).min(0).tolist() == [50, 110]
    assert canvas.labels()[-1] == "Move selection" and area(canvas) == 2500
    drag(canvas, "select-rectangle", (130, 70), (130, 70))
    assert canvas.picture.document.artwork.selection is None


def test_arrows_move_the_outline_with_a_selecting_tool(canvas: Bench) -> None:
    drag(canvas, "select-rectangle", (10, 10), (60, 60))
    painting = canvas.studio.painting
    assert painting.kind.key is not None
    assert painting.kind.key(canvas.picture, painting, "right", frozenset({"shift"}))
    assert painting.kind.key(canvas.picture, painting, "down", frozenset())
    assert not painting.kind.key(canvas.picture, painting, "a", frozenset())
    assert np.argwhere(selected(canvas)).min(0).tolist() == [11, 20]
    canvas.studio.selecting.none()
    assert not painting.kind.key(canvas.picture, painting, "right", frozenset())


@pytest.mark.parametrize("tool", ["lasso", "patch"])
def test_shift_pressed_anew_draws_the_lasso_straight(canvas: Bench, tool: str) -> None:
    canvas.studio.painting.choose_tool(tool)

    def draw(held: frozenset[str]) -> float:
        shift = frozenset({"shift"})
        gesture = canvas.studio.painting.begin(canvas.picture, Pointer(50, 50, modifiers=held))
        assert gesture is not None
        gesture.send(Pointer(150, 50, modifiers=held))
        gesture.send(Pointer(150, 60))
        for x, y in ((170, 70), (190, 120), (150, 150)):  # what lies between is not kept
            gesture.send(Pointer(x, y, modifiers=shift))
        gesture.send(Pointer(50, 150))
        gesture.finish()
        canvas.settle()
        return area(canvas)

    assert draw(frozenset()) == pytest.approx(100 * 100, abs=1)
    canvas.studio.selecting.none()
    drag(canvas, "select-rectangle", (300, 200), (310, 210))
    canvas.studio.painting.choose_tool(tool)
    assert draw(frozenset({"shift"})) == pytest.approx(100 * 100 + 100, abs=1), "held from the press it adds"


@pytest.mark.parametrize("tool", ["polygon", "magnetic"])
def test_arrows_move_the_outline_until_another_one_is_begun(canvas: Bench, tool: str) -> None:
    drag(canvas, "select-rectangle", (10, 10), (60, 60))
    painting = canvas.studio.painting
    painting.choose_tool(tool)
    assert painting.kind.key is not None
    assert painting.kind.key(canvas.picture, painting, "right", frozenset({"shift"}))
    assert np.argwhere(selected(canvas)).min(0).tolist() == [10, 20]
    painting.begin(canvas.picture, Pointer(100, 100))
    assert not painting.kind.key(canvas.picture, painting, "right", frozenset())


def soft(width: int, height: int) -> Mask:
    """Half selected, each tile other than its neighbours."""
    across = np.linspace(0.2, 0.8, width, dtype=np.float32)
    return Mask.from_pixels(np.broadcast_to(across, (height, width)).astype(np.float16))


def test_large_selections_are_joined_and_moved_on_the_lane(bench: Bench) -> None:
    bench.studio.new_picture(1800, 1800)
    bench.settle()
    studio, document = bench.studio, bench.picture.document
    document.commit("Select", edits.set_selection(document.artwork, soft(1800, 1800)))
    studio.selecting.save("Soft")
    known = document.artwork.saved_selections[0].id
    before = document.artwork.selection
    studio.selecting.load(known, "add")
    assert document.artwork.selection is before, "not in the calling thread"
    bench.settle()
    now = document.artwork.selection
    assert now is not None and before is not None
    whole = Rect(0, 0, 1800, 1800)
    wanted = np.minimum(2 * before.read(whole).astype(np.float32), 1)
    assert np.abs(now.read(whole).astype(np.float32) - wanted).max() <= 2**-11
    studio.selecting.drag(10, 0)
    studio.selecting.drop()
    assert document.artwork.selection is now
    bench.settle()
    moved = document.artwork.selection
    assert moved is not None and moved.read(Rect(110, 50, 111, 51)) == now.read(Rect(100, 50, 101, 51))
    studio.selecting.delete_saved(known)
    studio.selecting.load(known, "subtract")
    bench.settle()
    assert "saved selection is not there" in bench.sentences()[-1]


def test_a_polygon_is_set_corner_by_corner(canvas: Bench) -> None:
    painting = canvas.studio.painting
    painting.choose_tool("polygon")
    for x, y in ((50, 50), (150, 50), (400, 400), (150, 150)):
        painting.begin(canvas.picture, Pointer(x, y))
    session = painting.session
    assert isinstance(session, PolygonSession)
    session.hover(Pointer(10, 250))
    assert session.key("backspace", "", frozenset()) and len(session.points) == 3
    painting.begin(canvas.picture, Pointer(150, 150))
    painting.close_session(apply=False)
    assert canvas.picture.document.artwork.selection is None
    for x, y in ((50, 50), (150, 50), (150, 150), (52, 52)):
        painting.begin(canvas.picture, Pointer(x, y))
    assert painting.session is None and area(canvas) == pytest.approx(5000, abs=60)
    assert canvas.labels()[-1] == "Polygon lasso"


def test_a_polygon_keeps_to_eighths_with_shift(canvas: Bench) -> None:
    painting = canvas.studio.painting
    painting.choose_tool("polygon")
    painting.begin(canvas.picture, Pointer(50, 50))
    painting.begin(canvas.picture, Pointer(150, 58, modifiers=frozenset({"shift"})))
    assert isinstance(painting.session, PolygonSession)
    x, y = painting.session.points[1]
    assert y == pytest.approx(50) and x == pytest.approx(150.3, abs=0.1)
    painting.close_session(apply=False)


def show(bench: Bench, name: str) -> np.ndarray:
    """Opens a picture made by rule; returns the true mask of its object."""
    picture = photograph(name)
    artwork = edits.from_picture(
        Surface.from_pixels(picture.pixels.astype(np.float16)), WIDTH, HEIGHT, name=name
    )
    bench.studio.show(artwork, title=name)
    bench.settle()
    return picture.truth


def overlap(bench: Bench, truth: np.ndarray) -> float:
    mask = bench.picture.document.artwork.selection
    found = mask.read(Rect(0, 0, WIDTH, HEIGHT)).astype(np.float32)
    return float(np.minimum(found, truth).sum() / np.maximum(found, truth).sum())


@pytest.mark.parametrize("name", [*NAMES, *(pytest.param(name, marks=pytest.mark.slow) for name in HARDER)])
def test_quick_select_finds_an_object_with_three_presses_or_one_stroke(bench: Bench, name: str) -> None:
    truth = show(bench, name)
    clicks = list(photograph(name).clicks)
    assert 1 <= len(clicks) <= 3
    for x, y in clicks:
        drag(bench, "quick-select", (x, y), (x + 1, y))
    assert overlap(bench, truth) >= 0.9
    bench.studio.selecting.none()
    bench.settle()
    drag(bench, "quick-select", *clicks, (clicks[-1][0] + 1, clicks[-1][1]))
    assert overlap(bench, truth) >= 0.9


@pytest.mark.parametrize("size", [4.0, 48.0])
def test_a_brush_wider_than_the_object_does_not_take_what_is_around_it(bench: Bench, size: float) -> None:
    truth = show(bench, "rocket")
    bench.studio.painting.change_options("quick-select", size=size)
    for x, y in photograph("rocket").clicks:
        drag(bench, "quick-select", (x, y), (x + 1, y))
    assert overlap(bench, truth) >= 0.85
    assert bench.picture.document.artwork.selection.read(Rect(0, 0, WIDTH, HEIGHT)).mean() < 0.05


def test_an_object_is_found_in_a_picture_many_times_as_large(bench: Bench) -> None:
    picture = photograph("cat")
    pixels = cv2.resize(picture.pixels, (4 * WIDTH, 4 * HEIGHT), interpolation=cv2.INTER_CUBIC).clip(0, 1)
    surface = Surface.from_pixels(pixels.astype(np.float16))
    bench.studio.show(edits.from_picture(surface, 4 * WIDTH, 4 * HEIGHT, name="cat"), title="cat")
    bench.settle()
    bench.studio.painting.change_options("quick-select", size=96.0)
    painting = bench.studio.painting
    painting.choose_tool("quick-select")
    for x, y in picture.clicks:
        gesture = painting.begin(bench.picture, Pointer(4 * x, 4 * y, zoom=0.4))
        assert gesture is not None
        gesture.finish()
        bench.settle()
    found = bench.picture.document.artwork.selection.read(Rect(0, 0, 4 * WIDTH, 4 * HEIGHT))
    found = cv2.resize(found.astype(np.float32), (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    assert np.minimum(found, picture.truth).sum() / np.maximum(found, picture.truth).sum() >= 0.9


@pytest.mark.parametrize("name", ["leaf", "portrait"])
def test_quick_select_takes_away_what_is_marked_with_alt(bench: Bench, name: str) -> None:
    show(bench, name)
    for x, y in photograph(name).clicks:
        drag(bench, "quick-select", (x, y), (x + 1, y))
    before = bench.picture.document.artwork.selection
    x, y = photograph(name).clicks[0]
    drag(bench, "quick-select", (x, y), (x + 1, y), held={"alt"})
    assert bench.picture.document.artwork.selection is not before
    at = Rect.of(x, y, 1, 1)
    taken = bench.picture.document.artwork.selection
    assert taken is None or taken.read(at)[0, 0] < 0.5


def test_marks_of_one_picture_mean_nothing_in_another(bench: Bench) -> None:
    show(bench, "leaf")
    painting = bench.studio.painting
    painting.choose_tool("quick-select")
    gesture = painting.begin(bench.picture, Pointer(200, 165))
    gesture.finish()
    truth = show(bench, "pebble")  # before the first one has answered
    drag(bench, "quick-select", (230, 180), (231, 180))
    assert overlap(bench, truth) >= 0.9
    assert bench.studio.pictures[0].document.artwork.selection is not None


def test_an_object_in_a_box_and_then_a_mark_more(bench: Bench) -> None:
    truth = show(bench, "vase")
    drag(bench, "object-select", (130, 50), (200, 200), (350, 330))
    assert overlap(bench, truth) >= 0.9 and bench.labels()[-1] == "Quick select"
    drag(bench, "quick-select", (240, 200), (241, 200), held={"alt"})
    assert bench.picture.document.artwork.selection.read(Rect(240, 200, 241, 201))[0, 0] < 0.5


def test_quick_select_pressed_faster_than_it_answers(bench: Bench) -> None:
    truth = show(bench, "portrait")
    painting = bench.studio.painting
    painting.choose_tool("quick-select")
    for x, y in photograph("portrait").clicks:
        gesture = painting.begin(bench.picture, Pointer(x, y))
        gesture.finish()
    bench.settle()
    assert overlap(bench, truth) >= 0.9


@pytest.mark.parametrize("name", NAMES)
def test_the_magnetic_lasso_follows_an_object_with_three_presses(bench: Bench, name: str) -> None:
    """The hand between them is up to five pixels off the edge."""
    truth = show(bench, name)
    found, _ = cv2.findContours((truth > 0.5).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    line = max(found, key=len).reshape(-1, 2).astype(float)
    off = 5 * np.stack([np.sin(np.arange(len(line)) / 17), np.cos(np.arange(len(line)) / 23)], 1)
    painting = bench.studio.painting
    painting.choose_tool("magnetic")
    presses = [len(line) * third // 3 // 6 * 6 for third in range(3)]
    for index in range(0, len(line), 6):
        if index in presses:
            painting.begin(bench.picture, Pointer(*line[index]))
        else:
            painting.session.hover(Pointer(*(line[index] + off[index])))
        bench.settle()
    painting.session.hover(Pointer(*line[-1]))
    painting.close_session()
    bench.settle()
    by_hand = np.zeros(truth.shape, np.uint8)
    cv2.fillPoly(by_hand, [(line + off).astype(np.int32)], 1)
    alone = float(np.minimum(by_hand, truth).sum() / np.maximum(by_hand, truth).sum())
    assert overlap(bench, truth) >= 0.9 and overlap(bench, truth) > alone


def test_the_wand_and_by_colour(canvas: Bench) -> None:
    pixels = np.ones((300, 400, 4), np.float16)
    pixels[..., :3] = 0.2
    pixels[10:60, 10:60, :3] = pixels[200:250, 300:350, :3] = (0.9, 0.2, 0.2)
    artwork = canvas.picture.document.artwork
    canvas.picture.document.commit(
        "Paint", edits.write_surface(artwork, artwork.active, Surface.from_pixels(pixels))
    )
    drag(canvas, "wand", (30, 30))
    assert area(canvas) == 2500 and canvas.labels()[-1] == "Magic wand"
    drag(canvas, "by-colour", (30, 30))
    assert area(canvas) == 5000
    drag(canvas, "wand", (30, 30), held={"alt"})
    assert area(canvas) == 2500
    canvas.studio.painting.change_options("wand", contiguous=False, sample="layer")
    drag(canvas, "wand", (30, 30))
    assert area(canvas) == 5000


# commands


def test_all_none_reselect_invert(canvas: Bench) -> None:
    selecting = canvas.studio.selecting
    selecting.reselect()
    assert canvas.sentences("info")
    selecting.all()
    assert area(canvas) == 400 * 300
    selecting.invert()
    canvas.settle()
    assert area(canvas) == 400 * 300  # refused: nothing would be left
    drag(canvas, "select-rectangle", (0, 0), (4, 4), held={"alt"})
    steps = len(canvas.labels())
    selecting.reselect()
    assert len(canvas.labels()) == steps, "what is selected is the last selection already"
    selecting.none()
    selecting.reselect()
    assert area(canvas) == 400 * 300 - 16
    selecting.invert()
    canvas.settle()
    assert area(canvas) == 16


def test_reselect_finds_a_selection_that_has_left_the_memory(canvas: Bench) -> None:
    selecting, document = canvas.studio.selecting, canvas.picture.document
    drag(canvas, "select-rectangle", (10, 10), (40, 60))
    drag(canvas, "select-rectangle", (100, 100), (120, 110))
    selecting.none()
    for number in range(3):
        document.commit(
            f"Step {number}", edits.change(document.artwork, document.artwork.active, name=f"{number}")
        )
    canvas.settle()
    document.set_budget(0)
    assert not any(entry.resident for entry in document.history[:-1]), (
        "all but the present step left the memory"
    )
    before = canvas.labels()
    selecting.reselect()
    canvas.settle()
    assert area(canvas) == 20 * 10, "the last of the two"
    assert canvas.labels() == [*before, "Reselect"]
    canvas.studio.undo()
    assert document.committed.selection is None


def test_reselect_passes_over_steps_that_cannot_be_read(
    canvas: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = canvas.picture.document
    drag(canvas, "select-rectangle", (10, 10), (40, 60))
    chosen = document.step
    canvas.studio.selecting.none()
    lost = document.step
    document.commit("Step", edits.change(document.artwork, document.artwork.active, name="another"))
    canvas.settle()
    document.set_budget(0)
    read = canvas.picture.load

    def load(revision_id: str) -> Artwork:
        if revision_id in unreadable:
            raise StoreError("damaged", "journal")
        return read(revision_id)

    monkeypatch.setattr(canvas.picture, "load", load)
    unreadable = {lost}
    canvas.studio.selecting.reselect()
    canvas.settle()
    assert area(canvas) == 30 * 50
    canvas.studio.undo()
    unreadable = {lost, chosen}
    steps = canvas.labels()
    canvas.studio.selecting.reselect()
    canvas.settle()
    assert canvas.labels() == steps and "Nothing was selected" in canvas.sentences("info")[-1]


def test_changes_need_a_selection_and_are_one_step(canvas: Bench) -> None:
    canvas.studio.selecting.change("grow", 5)
    canvas.settle()
    assert len(canvas.labels()) == 1 and canvas.sentences("info")
    drag(canvas, "select-rectangle", (100, 100), (200, 200))
    for kind in ("grow", "shrink", "smooth", "feather", "border"):
        canvas.studio.selecting.change(kind, 6)  # type: ignore[arg-type]
    canvas.settle()
    assert canvas.labels()[-5:] == [
        "Grow selection", "Shrink selection", "Smooth selection", "Feather selection", "Selection border",
    ]  # fmt: skip


def test_shrinking_to_nothing_is_refused(canvas: Bench) -> None:
    drag(canvas, "select-rectangle", (100, 100), (110, 110))
    canvas.studio.selecting.change("shrink", 20)
    canvas.settle()
    assert area(canvas) == 100 and canvas.sentences("info")


def test_work_begun_on_a_picture_that_changed_is_done_again(canvas: Bench) -> None:
    drag(canvas, "select-rectangle", (100, 100), (200, 200))
    canvas.studio.selecting.change("grow", 10)
    canvas.studio.painting.choose_tool("ink")
    canvas.stroke(120, 120)
    assert canvas.picture.document.artwork.selection.read(Rect(90, 150, 91, 151))[0, 0] == 1
    assert canvas.labels()[-2:] == ["Paint", "Grow selection"]


def test_from_layer_mask_channel_and_tone(canvas: Bench) -> None:
    pixels = np.zeros((300, 400, 4), np.float16)
    pixels[50:150, 100:200] = (0.25, 0.125, 0.0, 0.5)
    layer = Paint(name="half", surface=Surface.from_pixels(pixels), opacity=0.3, visible=False)
    document = canvas.picture.document
    document.commit("Layer", edits.add_layer(document.artwork, layer))
    canvas.studio.selecting.from_layer()
    canvas.settle()
    assert selected(canvas)[100, 150] == 0.5 and area(canvas) == 5000
    canvas.studio.selecting.from_mask()
    assert canvas.sentences("info")
    mask = document.artwork.selection
    document.commit("Mask", edits.set_mask(document.artwork, layer.id, mask))
    canvas.studio.selecting.none()
    canvas.studio.selecting.from_mask()
    canvas.settle()
    assert area(canvas) == 5000
    document.commit("Show", edits.change(document.artwork, layer.id, visible=True, opacity=1.0, mask=None))
    canvas.studio.selecting.from_channel("red")
    canvas.settle()
    assert selected(canvas)[100, 150] == pytest.approx(0.75, abs=1e-3)
    canvas.studio.selecting.by_tone((0.0, 0.0, 80.0, 90.0))
    canvas.settle()
    assert selected(canvas)[100, 150] > 0.99 and selected(canvas)[10, 10] == 0
    tone = FORMS["select_tone"]
    drag(canvas, "select-rectangle", (0, 0), (20, 20))
    tone.do(canvas.studio, Tone(begins=0.0, full_from=0.0, full_to=80.0, ends=90.0, mode="add"))
    canvas.settle()
    assert selected(canvas)[100, 150] > 0.99 and selected(canvas)[10, 10] == 1
    tone.do(canvas.studio, Tone(begins=0.0, full_from=0.0, full_to=80.0, ends=90.0, mode="subtract"))
    canvas.settle()
    assert selected(canvas)[100, 150] == 0 and selected(canvas)[10, 10] == 1


def test_a_layers_shape_is_selected_without_what_its_effects_add(canvas: Bench) -> None:
    pixels = np.ones((20, 20, 4), np.float16)
    shadow = effects.store(effects.DropShadow())
    layer = Paint(name="square", surface=Surface.from_pixels(pixels, 50, 50), effects=(shadow,))
    document = canvas.picture.document
    document.commit("Layer", edits.add_layer(document.artwork, layer))
    canvas.studio.selecting.from_layer()
    canvas.settle()
    assert area(canvas) == 400 and selected(canvas)[50:70, 50:70].all()


def test_a_layers_mask_is_selected_where_it_is_shown(canvas: Bench) -> None:
    """Bent by 40 pixels to the right; then turned by half a right angle, with soft edges."""
    mask = Mask(default=0.0).write(Rect(0, 0, 20, 20), np.ones((20, 20), np.float16))
    layer = Paint(name="bent", surface=Surface(), mask=mask, warp=warp.bent((), (1, 0, 40, 0, 1, 0, 0, 0, 1)))
    document = canvas.picture.document
    document.commit("Layer", edits.add_layer(document.artwork, layer))
    canvas.studio.selecting.from_mask()
    canvas.settle()
    assert area(canvas) == pytest.approx(400, abs=1) and selected(canvas)[1:19, 41:59].all()
    half = math.sqrt(0.5)
    turned = (half, half, -half, half, 100.0, 100.0)
    document.commit("Turn", edits.change(document.artwork, layer.id, warp=(), transform=turned))
    canvas.studio.selecting.from_mask()
    canvas.settle()
    found = selected(canvas)
    assert found.sum() == pytest.approx(400, rel=0.02) and ((found > 0.1) & (found < 0.9)).sum() > 40


def test_saved_selections(canvas: Bench) -> None:
    selecting = canvas.studio.selecting
    selecting.save("nothing")
    assert not canvas.picture.document.artwork.saved_selections
    drag(canvas, "select-rectangle", (0, 0), (50, 50))
    selecting.save("corner")
    drag(canvas, "select-rectangle", (50, 0), (100, 50))
    selecting.save("beside")
    corner, beside = canvas.picture.document.artwork.saved_selections
    selecting.load(corner.id, "add")
    assert area(canvas) == 5000
    selecting.save("corner")
    assert len(canvas.picture.document.artwork.saved_selections) == 2
    selecting.rename_saved(beside.id, "right")
    selecting.delete_saved(corner.id)
    assert [one.name for one in canvas.picture.document.artwork.saved_selections] == ["right"]
    selecting.load(corner.id)
    assert canvas.sentences("info")[-1].startswith("This saved selection")


def test_clear_fill_and_stroke_keep_to_the_selection(canvas: Bench) -> None:
    document = canvas.picture.document
    drag(canvas, "select-rectangle", (100, 100), (200, 200))
    canvas.studio.selecting.fill((1.0, 0.0, 0.0))
    canvas.settle()
    pixels = edits.surface_of(document.artwork, document.artwork.active).read(CANVAS)
    assert (pixels[100:200, 100:200] == (1, 0, 0, 1)).all() and (pixels[:100] == 1).all()
    canvas.studio.selecting.clear()
    canvas.settle()
    pixels = edits.surface_of(document.artwork, document.artwork.active).read(CANVAS)
    assert not pixels[100:200, 100:200].any() and (pixels[200:] == 1).all()
    canvas.studio.painting.set_colour((0.0, 0.0, 1.0))
    canvas.studio.selecting.stroke(4.0, "outside")
    canvas.settle()
    pixels = edits.surface_of(document.artwork, document.artwork.active).read(CANVAS)
    assert (
        (pixels[150, 96:100] == (0, 0, 1, 1)).all()
        and (pixels[150, 95] == 1).all()
        and not pixels[150, 100].any()
    )
    assert canvas.labels()[-3:] == ["Fill selection", "Clear", "Stroke selection"]


def test_clearing_a_locked_layer_is_refused_and_a_computed_one_is_hidden_by_its_mask(canvas: Bench) -> None:
    from studio.document.layer import Filter, Locks
    from studio.recipe import Stored

    document = canvas.picture.document
    drag(canvas, "select-rectangle", (100, 100), (200, 200))
    document.commit("Lock", edits.set_locks(document.artwork, document.artwork.active, Locks(alpha=True)))
    canvas.studio.selecting.clear()
    canvas.settle()
    assert "locked" in canvas.sentences("info")[-1]
    layer = Filter(name="blur", recipe=Stored(name="gaussian-blur", version=1, parameters={}))
    document.commit("Filter", edits.add_layer(document.artwork, layer))
    canvas.studio.selecting.clear()
    canvas.settle()
    mask = document.artwork.find(layer.id).mask
    assert mask.read(Rect(150, 150, 151, 151))[0, 0] == 0 and mask.read(Rect(0, 0, 1, 1))[0, 0] == 1


def test_the_quick_mask_paints_the_selection(canvas: Bench) -> None:
    selecting, painting = canvas.studio.selecting, canvas.studio.painting
    drag(canvas, "select-rectangle", (0, 0), (100, 100))
    selecting.toggle_quick_mask()
    assert selecting.quick_mask
    pixels = edits.surface_of(canvas.picture.document.artwork, canvas.picture.document.artwork.active)
    painting.choose_tool("brush")
    painting.change_brush(size=30.0, hardness=1.0, opacity=1.0, flow=1.0)
    painting.set_colour((1.0, 1.0, 1.0))
    canvas.stroke(200, 200, 60)
    assert (
        selected(canvas)[200, 230] == 1
        and edits.surface_of(canvas.picture.document.artwork, canvas.picture.document.artwork.active)
        is pixels
    )
    painting.set_colour((0.0, 0.0, 0.0))
    canvas.stroke(20, 50, 60)
    assert selected(canvas)[50, 50] == 0
    canvas.studio.undo()
    assert selected(canvas)[50, 50] == 1 and selecting.quick_mask
    selecting.toggle_quick_mask()
    assert not selecting.quick_mask and selected(canvas)[200, 230] == 1


def test_a_quick_mask_without_a_selection_begins_with_everything(canvas: Bench) -> None:
    selecting, painting = canvas.studio.selecting, canvas.studio.painting
    selecting.toggle_quick_mask()
    selecting.toggle_quick_mask()
    assert canvas.picture.document.artwork.selection is None
    selecting.toggle_quick_mask()
    painting.choose_tool("eraser")
    canvas.stroke(100, 100, 60)
    assert selected(canvas)[100, 130] < 0.1 and selected(canvas)[250, 350] == 1


def test_the_outline_is_transformed_and_the_pixels_stay(canvas: Bench) -> None:
    drag(canvas, "select-rectangle", (100, 100), (200, 160))
    pixels = canvas.picture.document.artwork.layers
    painting = canvas.studio.painting
    painting.choose_tool("transform-selection")
    session = painting.session
    assert session is not None
    box = session.marks
    canvas.settle()
    assert len(box) > 8 and len(session.marks) == len(box) + 1, "the box is there before its outline"
    assert canvas.picture.document.artwork.selection is None  # the ants rest
    session.set_number("width", 50.0)
    session.set_number("angle", 90.0)
    assert session.undo()
    painting.close_session()
    canvas.settle()
    assert area(canvas) == pytest.approx(50 * 60, rel=0.02)
    assert canvas.labels()[-1] == "Transform selection"
    assert canvas.picture.document.artwork.layers is pixels
    painting.choose_tool("select-rectangle")
    painting.choose_tool("transform-selection")
    painting.session.set_number("x", 0.0)
    painting.close_session(apply=False)
    canvas.settle()
    assert area(canvas) == pytest.approx(50 * 60, rel=0.02)


def test_the_outline_that_comes_late_is_drawn_and_that_of_a_closed_box_is_not(canvas: Bench) -> None:
    drag(canvas, "select-rectangle", (100, 100), (200, 160))
    painting = canvas.studio.painting
    painting.choose_tool("transform-selection")
    session, told = painting.session, []
    assert session is not None
    session.changed.connect(lambda: told.append(len(session.marks)))
    canvas.settle()
    assert told
    painting.close_session(apply=False)
    painting.choose_tool("select-rectangle")
    painting.choose_tool("transform-selection")
    session = painting.session
    assert session is not None
    painting.close_session(apply=False)
    before = len(session.marks)
    canvas.settle()
    assert len(session.marks) == before


def test_without_a_selection_there_is_no_outline_to_transform(canvas: Bench) -> None:
    canvas.studio.painting.choose_tool("transform-selection")
    assert canvas.studio.painting.session is None and canvas.sentences("info")


def test_the_brush_goes_along_the_edge(canvas: Bench) -> None:
    drag(canvas, "select-rectangle", (100, 100), (200, 200))
    painting = canvas.studio.painting
    painting.choose_tool("brush")
    painting.change_brush(size=10.0, hardness=1.0, flow=1.0, opacity=1.0)
    painting.set_colour((1.0, 0.0, 0.0))
    canvas.studio.selecting.stroke_with_brush()
    canvas.settle()
    artwork = canvas.picture.document.artwork
    found = edits.surface_of(artwork, artwork.active).read(CANVAS)
    assert found[150, 100, 1] < 0.3 and found[150, 97, 1] < 0.5 and found[150, 103, 1] < 0.5  # on both sides
    assert found[150, 150, 1] == 1 and found[150, 85, 1] == 1
    assert canvas.labels()[-1] == "Stroke selection" and area(canvas) == 10_000


@pytest.mark.parametrize(("width", "height"), [(1, 1), (3, 2), (1, 300)])
def test_every_selecting_tool_works_on_the_smallest_pictures(bench: Bench, width: int, height: int) -> None:
    bench.studio.new_picture(width, height)
    bench.settle()
    for tool in (
        "select-rectangle", "select-ellipse", "lasso", "polygon", "magnetic", "wand", "by-colour", "quick-select",
        "object-select",
    ):  # fmt: skip
        drag(bench, tool, (0.5, 0.5), (0.9, 0.9), (20, 20), (0, 20))
        bench.studio.painting.close_session()
        bench.settle()
    for kind in ("grow", "shrink", "feather", "border", "smooth"):
        bench.studio.selecting.all()
        bench.studio.selecting.change(kind, 3.0)  # type: ignore[arg-type]
        bench.settle()
    bench.studio.selecting.by_tone((0.0, 0.0, 50.0, 90.0))
    bench.studio.selecting.from_layer()
    bench.settle()
    assert not bench.sentences("error")


ACTS = st.one_of(
    st.tuples(
        st.sampled_from(["select-rectangle", "select-ellipse", "lasso", "wand", "by-colour"]),
        st.lists(st.tuples(st.floats(-30, 430), st.floats(-30, 330)), min_size=1, max_size=5),
        st.sets(st.sampled_from(["shift", "alt"])),
    ),
    st.sampled_from(
        ["all", "none", "invert", "reselect", "clear", "toggle_quick_mask", "from_layer", "escape"]
    ),
    st.tuples(st.sampled_from(["grow", "shrink", "feather", "border", "smooth"]), st.floats(0.5, 30)),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ACTS, min_size=1, max_size=6))
def test_whatever_is_done_is_undone_exactly(make: Callable[..., Bench], acts: list) -> None:
    bench = make()
    bench.studio.new_picture(CANVAS.width, CANVAS.height)
    bench.settle()
    document, selecting = bench.picture.document, bench.studio.selecting
    seen = [document.committed]
    for act in acts:
        if act == "escape":
            gesture = bench.studio.painting.begin(bench.picture, Pointer(10, 10))
            if gesture is not None:
                gesture.send(Pointer(50, 50))
                gesture.cancel()
        elif isinstance(act, str):
            getattr(selecting, act)()
        elif len(act) == 3:
            drag(bench, act[0], *act[1], held=act[2])
        else:
            selecting.change(*act)
        bench.settle()
        if document.cursor == len(seen):
            seen.append(document.committed)
        seen[document.cursor] = document.committed
        assert not document.gesture_open and document.preview_owner is None
    assert not bench.sentences("error")
    for artwork in reversed(seen):
        assert document.committed is artwork
        bench.studio.undo()
    bench.close()


def test_the_brush_along_the_edge_draws_with_what_was_in_the_hand(canvas: Bench) -> None:
    drag(canvas, "select-rectangle", (100, 100), (200, 200))
    painting = canvas.studio.painting
    painting.choose_tool("brush")
    painting.change_brush(size=10.0, hardness=1.0, flow=1.0, opacity=1.0)
    painting.set_colour((1.0, 0.0, 0.0))
    before = painting.strokes.stamps
    canvas.studio.selecting.stroke_with_brush()
    painting.set_colour((0.0, 0.0, 1.0))
    painting.strokes.set_symmetry(Symmetry(mirror=True, x=200.0, y=150.0))
    canvas.settle()
    artwork = canvas.picture.document.artwork
    found = edits.surface_of(artwork, artwork.active).read(CANVAS)
    assert found[150, 100, 0] > 0.9 and found[150, 100, 2] < 0.2, "red, as it was asked for"
    assert found[150, 300, 0] == found[150, 300, 2], "not mirrored"
    assert painting.strokes.stamps is before, "the pen keeps its own prints"


@pytest.mark.parametrize("aligned", [True, False])
def test_a_clone_along_the_edge_leaves_the_pen_s_source_alone(canvas: Bench, aligned: bool) -> None:
    painting = canvas.studio.painting
    painting.choose_tool("clone")
    painting.change_brush(size=8.0, hardness=1.0, clone_aligned=aligned, sample="layer")
    artwork = canvas.picture.document.artwork
    across = np.linspace(0, 1, 400, dtype=np.float16)
    pixels = np.ones((300, 400, 4), np.float16)
    pixels[..., 0] = across
    artwork = edits.write_surface(artwork, artwork.active, Surface.from_pixels(pixels))
    canvas.picture.document.commit("Ramp", artwork)
    painting.begin(canvas.picture, Pointer(20, 20, modifiers=frozenset({"alt"})))
    assert painting.strokes.clone_source is not None
    drag(canvas, "select-rectangle", (100, 100), (200, 200))
    painting.choose_tool("clone")
    canvas.studio.selecting.stroke_with_brush()
    painting.strokes.set_clone_source(None)  # the next one is being chosen
    canvas.settle()
    assert canvas.labels()[-1] == "Stroke selection" and painting.strokes.clone_offset is None
    after = canvas.picture.document.artwork
    found = edits.surface_of(after, after.active).read(CANVAS)[..., 0]
    assert abs(float(found[150, 100]) - float(across[100])) > 0.1, "taken from elsewhere"
