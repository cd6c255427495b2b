"""Cropping and straightening pages, without a window."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest

from studio.document import edits
from studio.document.aids import Guide
from studio.document.layer import Generated, Group, Paint, Text, Variant
from studio.raster import perspective
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.recipe import Stored
from studio.workspace import guides
from studio.workspace.tools import Pointer
from studio.workspace.tools.crop import CropSession
from studio.workspace.tools.page import PageSession
from tests.workspace.conftest import Bench


def noise(width, height, seed=1):
    small = np.random.default_rng(seed).random((max(2, height // 8), max(2, width // 8), 4), np.float32)
    pixels = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    pixels[..., 3] = 1
    return pixels.astype(np.float16)


@pytest.fixture
def drawn(bench: Bench) -> Bench:
    bench.studio.new_picture(400, 300)
    pixels = Surface.from_pixels(noise(400, 300))
    small = Surface.from_pixels(noise(64, 64, 2))
    recipe = Stored(name="generate", version=1, parameters={})
    variant = Variant(seed=1, surface=small, width=64, height=64)
    layers = (
        Paint(name="ground", surface=pixels),
        Generated(name="made", recipe=recipe, model="m", variants=(variant,), transform=(2.0, 0.0, 0.0, 2.0, 60.0, 50.0)),
        Group(name="group", children=(Paint(surface=small, transform=(0.8, 0.6, -0.6, 0.8, 200.0, 100.0)),)),
        Text(name="text", text="山水", cache=small),
    )  # fmt: skip
    artwork = bench.picture.document.artwork.with_(layers=layers, active=layers[0].id)
    bench.picture.document.commit("Draw", artwork)
    return bench


def shown(bench: Bench) -> np.ndarray:
    artwork = bench.picture.document.artwork
    return bench.picture.renderer.compose(artwork, artwork.rect)


def open_crop(bench: Bench, **options) -> CropSession:
    bench.studio.painting.choose_tool("crop")
    session = bench.studio.painting.session
    assert isinstance(session, CropSession)
    if options:
        bench.studio.painting.change_options("crop", **options)
    return session


def drag(bench: Bench, *points, modifiers=()) -> None:
    held = frozenset(modifiers)
    gesture = bench.studio.painting.begin(bench.picture, Pointer(*points[0], modifiers=held))
    assert gesture is not None, bench.sentences()
    for x, y in points[1:]:
        gesture.send(Pointer(x, y, modifiers=held))
    gesture.finish()


def enter(bench: Bench) -> None:
    session = bench.studio.painting.session
    assert session is not None
    if not session.key("return", "", frozenset()):
        bench.studio.painting.close_session()
    bench.settle()


@pytest.mark.parametrize("delete", [False, True])
def test_the_frame_becomes_the_canvas(drawn: Bench, delete) -> None:
    before, pixels = drawn.picture.document.artwork, shown(drawn)
    open_crop(drawn, delete=delete)
    drag(drawn, (0, 0), (40, 30))
    drag(drawn, (400, 300), (340, 260))
    enter(drawn)
    artwork = drawn.picture.document.artwork
    assert (artwork.width, artwork.height) == (300, 230)
    assert np.abs(shown(drawn) - pixels[30:260, 40:340]).max() < 5e-3
    ground = artwork.layers[0]
    kept = ground.surface.read(Rect(0, 0, 400, 300))[..., 3]  # pyright: ignore[reportAttributeAccessIssue]
    assert bool(kept[10, 10]) is not delete
    assert [type(layer) for layer in artwork.layers] == [type(layer) for layer in before.layers]
    drawn.studio.undo()
    assert drawn.picture.document.artwork is before


def test_the_canvas_can_grow(drawn: Bench) -> None:
    pixels = shown(drawn)
    open_crop(drawn)
    drag(drawn, (400, 150), (450, 150))
    enter(drawn)
    assert drawn.picture.document.artwork.width == 450
    assert np.abs(shown(drawn)[:, :400] - pixels).max() < 5e-3
    assert shown(drawn)[:100, 420:, 3].max() == 0


def test_proportions_are_kept(drawn: Bench) -> None:
    session = open_crop(drawn, aspect="1:1")
    assert session.size == (300, 300)
    drag(drawn, session.box.quad[2], (300, 280))
    width, height = session.size
    assert width == height < 300
    drawn.studio.painting.change_options("crop", aspect="16:9", upright=True)
    width, height = session.size
    assert width / height == pytest.approx(9 / 16, abs=0.01)


def test_the_first_drag_draws_the_frame_and_the_next_moves_it(drawn: Bench) -> None:
    session = open_crop(drawn)
    assert session.cursor(Pointer(200, 150)) == "cross"
    drag(drawn, (200, 150), (201, 150))
    assert session.size == (400, 300), "a press alone leaves it"
    drag(drawn, (300, 200), (100, 60))
    assert session.box.bounds == (100, 60, 300, 200)
    drag(drawn, (200, 150), (210, 155))
    assert session.box.bounds == (110, 65, 310, 205)
    drawn.studio.undo()
    drawn.studio.undo()
    assert session.size == (400, 300)
    drag(drawn, (200, 150), (240, 160), modifiers=("shift", "alt"))
    assert session.box.bounds == (160, 110, 240, 190), "square, around its middle"
    enter(drawn)
    assert (drawn.picture.document.artwork.width, drawn.picture.document.artwork.height) == (80, 80)
    drawn.studio.painting.choose_tool("ink")
    session = open_crop(drawn, aspect="2:1")
    drag(drawn, (10, 10), (50, 15))
    assert session.size == (40, 20)


def test_a_turned_frame_straightens(drawn: Bench) -> None:
    before, pixels = drawn.picture.document.artwork, shown(drawn)
    session = open_crop(drawn)
    session.set_number("width", 200)
    session.set_number("height", 120)
    session.set_number("angle", 12.0)
    enter(drawn)
    artwork = drawn.picture.document.artwork
    assert (artwork.width, artwork.height) == (200, 120)
    matrix = cv2.getRotationMatrix2D((199.5, 149.5), 12.0, 1.0)
    expected = cv2.warpAffine(pixels, matrix, (400, 300), flags=cv2.INTER_LINEAR)[90:210, 100:300]
    assert np.abs(shown(drawn) - expected).mean() < 0.02
    assert artwork.layers[0].surface is before.layers[0].surface  # pyright: ignore[reportAttributeAccessIssue]
    drawn.studio.undo()
    assert drawn.picture.document.artwork is before


def test_a_line_along_the_horizon_levels_it(drawn: Bench) -> None:
    session = open_crop(drawn)
    drag(drawn, (100, 100), (300, 130), modifiers=("control",))
    assert session.box.angle == pytest.approx(math.atan2(30, 200))
    drag(drawn, (100, 50), (110, 250), modifiers=("control",))
    assert session.box.angle == pytest.approx(-math.atan2(10, 200))


def test_another_tool_before_anything_was_done_changes_nothing(drawn: Bench) -> None:
    artwork = edits.set_selection(
        drawn.picture.document.artwork, edits.rectangle_selection(Rect(50, 50, 150, 100))
    )
    drawn.picture.document.commit("Select", artwork)
    session = open_crop(drawn)
    assert session.size == (100, 50)
    drawn.studio.painting.choose_tool("ink")
    assert drawn.picture.document.artwork.width == 400
    open_crop(drawn)
    enter(drawn)
    assert (drawn.picture.document.artwork.width, drawn.picture.document.artwork.height) == (100, 50)


def test_escape_and_undo_inside(drawn: Bench) -> None:
    session = open_crop(drawn)
    drag(drawn, (0, 0), (40, 30))
    drawn.studio.undo()
    assert session.size == (400, 300)
    drawn.studio.redo()
    assert session.size == (360, 270)
    drawn.studio.painting.close_session(apply=False)
    assert drawn.picture.document.artwork.width == 400


QUAD = ((60.0, 40.0), (350.0, 70.0), (330.0, 270.0), (40.0, 240.0))


def photographed(bench: Bench) -> None:
    """A page of paper with a line on it, in perspective, its light falling off to the right."""
    paper = np.ones((200, 300, 4), np.float32)
    paper[..., :3] = 0.95
    cv2.rectangle(paper, (40, 40), (260, 160), (0.1, 0.1, 0.1, 1.0), 3)
    matrix = cv2.getPerspectiveTransform(np.float32(perspective.corners((0, 0, 300, 200))), np.float32(QUAD))  # pyright: ignore[reportCallIssue]
    photo = cv2.warpPerspective(
        paper, matrix, (400, 300), flags=cv2.INTER_AREA, borderValue=(0.2, 0.15, 0.1, 1)
    )
    photo[..., :3] *= np.linspace(1.0, 0.5, 400, dtype=np.float32)[None, :, None]
    photo[..., 3] = 1
    bench.studio.new_picture(400, 300)
    layer = Paint(name="Photo", surface=Surface.from_pixels(photo.astype(np.float16)))
    bench.picture.document.commit("Photo", edits.add_layer(bench.picture.document.artwork, layer))


def straighten(bench: Bench, **options) -> None:
    bench.studio.painting.change_options("page", **options)
    bench.studio.painting.choose_tool("page")
    session = bench.studio.painting.session
    assert isinstance(session, PageSession)
    for index in range(4):
        drag(bench, session.quad[index], QUAD[index])
    assert np.allclose(session.quad, QUAD)
    enter(bench)


def test_a_photographed_page_becomes_the_picture(bench: Bench) -> None:
    photographed(bench)
    before = bench.picture.document.artwork
    straighten(bench, result="picture", even_light=True)
    artwork = bench.picture.document.artwork
    assert (artwork.width, artwork.height) != (400, 300)
    pixels = shown(bench)
    height, width = pixels.shape[:2]
    assert pixels[..., 3].min() > 0.99
    paper = pixels[5 : height // 8, width // 8 : -width // 8, :3]
    assert paper.min() > 0.88
    row, column = round(height * 40 / 200), width // 2
    assert pixels[row - 3 : row + 6, column, 0].min() < 0.45
    assert len(bench.labels()) == 3
    bench.studio.undo()
    assert bench.picture.document.artwork is before


def test_a_page_as_a_layer_of_its_own(bench: Bench) -> None:
    photographed(bench)
    before = bench.picture.document.artwork
    straighten(bench, result="layer", even_light=False)
    artwork = bench.picture.document.artwork
    assert (artwork.width, artwork.height) == (400, 300)
    assert len(artwork.layers) == len(before.layers) + 1
    assert artwork.layers[-1].name == "Page"
    left = artwork.layers[-1].surface.read(Rect(5, 90, 25, 110))[..., 0].mean()  # pyright: ignore[reportAttributeAccessIssue]
    right = artwork.layers[-1].surface.read(Rect(260, 90, 280, 110))[..., 0].mean()  # pyright: ignore[reportAttributeAccessIssue]
    assert left - right > 0.2


def test_corners_that_make_no_page(bench: Bench) -> None:
    photographed(bench)
    bench.studio.painting.choose_tool("page")
    session = bench.studio.painting.session
    drag(bench, session.quad[0], (390, 290))  # pyright: ignore[reportAttributeAccessIssue]
    enter(bench)
    assert "no page" in bench.sentences()[-1]
    assert bench.labels()[-1] == "Photo"


def test_the_frame_snaps_to_guides_and_to_nothing_with_snapping_off(drawn: Bench) -> None:
    guides.change(drawn.studio, guides.GUIDES, guides=(Guide("x", 100.0), Guide("y", 50.0)))
    session = open_crop(drawn)
    drag(drawn, (0, 0), (96, 53))
    assert session.box.bounds == pytest.approx((100, 50, 400, 300))
    drag(drawn, (250, 175), (257, 180))
    assert session.box.bounds == pytest.approx((100, 50, 400, 300)), (
        "moved back onto the lines that it lay on"
    )
    drawn.studio.viewing.change(snapping=False)
    drag(drawn, (400, 300), (396, 297))
    assert session.box.bounds == pytest.approx((100, 50, 396, 297))
    drag(drawn, (250, 175), (257, 180))
    assert session.box.bounds == pytest.approx((107, 55, 403, 302))
