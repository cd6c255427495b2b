"""A picture that repeats: strokes, clones, moves and transforms go on at the other edge."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits, placing
from studio.document.artwork import Artwork
from studio.document.layer import Group, Paint
from studio.raster import perspective, warp
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.workspace.tools import Pointer
from tests.document.pictures import paint
from tests.workspace.conftest import Bench

SIDE = 300
BOTH = {"tiles_x": True, "tiles_y": True}


def show(bench: Bench, *layers: Paint | Group, **flags: bool) -> None:
    artwork = Artwork(width=SIDE, height=SIDE, layers=layers, **flags)
    bench.studio.show(edits.set_active(artwork, layers[-1].id), title="Tile")
    bench.settle()


def flat(bench: Bench) -> np.ndarray:
    return bench.picture.renderer.flatten(bench.picture.document.artwork)


def drag(bench: Bench, tool: str, *places: tuple[float, float], held: frozenset[str] = frozenset()) -> None:
    painting = bench.studio.painting
    painting.choose_tool(tool)
    gesture = painting.begin(bench.picture, Pointer(*places[0], modifiers=held))
    assert gesture is not None, bench.sentences()
    for number, place in enumerate(places[1:]):
        gesture.send(Pointer(*place, t=(number + 1) / 20))
    gesture.finish()
    bench.settle()


def noise(left: int, top: int, width: int = 60, height: int = 50) -> Paint:
    pixels = np.random.default_rng(3).random((height, width, 4)).astype(np.float16)
    pixels[..., :3] *= pixels[..., 3:]
    return Paint(name="Noise", surface=Surface.from_pixels(pixels, left, top))


@pytest.mark.parametrize("flags", [BOTH, {"tiles_x": True}, {"tiles_y": True}, {}])
def test_a_layer_moved_over_the_edges_comes_in_at_the_others(bench: Bench, flags: dict[str, bool]) -> None:
    show(bench, noise(100, 120), **flags)
    bench.studio.viewing.change(snapping=False)
    before, document = flat(bench), bench.picture.document
    drag(bench, "move", (110, 130), (290, 300))
    wanted = np.roll(before, (170, 180), (0, 1))
    if not flags.get("tiles_x"):
        wanted[:, :100] = 0
    if not flags.get("tiles_y"):
        wanted[:100] = 0
    assert np.array_equal(flat(bench), wanted) and bench.labels()[1:] == ["Move"]
    if flags == BOTH:
        drag(bench, "move", (290, 300), (110, 130))
        assert np.array_equal(flat(bench), before), "nothing was lost on the way"
    while document.can_undo:
        bench.studio.undo()
    assert np.array_equal(flat(bench), before)


def test_arrows_take_it_over_the_edge_pixel_by_pixel(bench: Bench) -> None:
    show(bench, noise(238, 10), **BOTH)
    before = flat(bench)
    bench.studio.painting.choose_tool("move")
    take = bench.studio.painting.kind.key
    assert take is not None
    for _ in range(5):
        take(bench.picture, bench.studio.painting, "right", frozenset())
        bench.settle()
    assert np.array_equal(flat(bench), np.roll(before, 5, 1))


def test_in_a_moved_group_too(bench: Bench) -> None:
    inside = noise(0, 0)
    group = Group(name="Group", children=(inside,), transform=(1.0, 0.0, 0.0, 1.0, 200.0, 100.0))
    artwork = Artwork(width=SIDE, height=SIDE, layers=(group,), **BOTH)
    bench.studio.show(edits.set_active(artwork, inside.id), title="Tile")
    bench.studio.viewing.change(snapping=False)
    before = flat(bench)
    drag(bench, "move", (210, 110), (290, 110))
    assert np.array_equal(flat(bench), np.roll(before, 80, 1))


def test_selected_pixels_come_in_too_and_lie_over_what_is_there(bench: Bench) -> None:
    ground = Paint(surface=Surface.from_pixels(np.full((SIDE, SIDE, 4), (0, 0.5, 0, 1), np.float16)))
    show(bench, ground, **BOTH)
    document = bench.picture.document
    mask = edits.rectangle_selection(Rect(250, 20, 290, 60))
    document.commit("Select", edits.set_selection(document.artwork, mask))
    bench.studio.viewing.change(snapping=False)
    drag(bench, "move", (260, 30), (290, 30))
    pixels = flat(bench)
    assert not pixels[20:60, 250:280].any(), "where they were taken from"
    assert np.allclose(pixels[20:60, 280:], [0, 0.5, 0, 1], atol=1e-3) and np.allclose(
        pixels[20:60, :20], [0, 0.5, 0, 1], atol=1e-3
    )


def test_a_transform_of_a_layer_or_of_selected_pixels_comes_in(bench: Bench) -> None:
    for selected in (False, True):
        show(bench, paint("Block", 240, 100, 1, 0, 0, 1), **BOTH)
        document = bench.picture.document
        if selected:
            mask = edits.rectangle_selection(Rect(240, 100, 260, 120))
            document.commit("Select", edits.set_selection(document.artwork, mask))
        painting = bench.studio.painting
        painting.choose_tool("symmetry")
        painting.choose_tool("transform")
        session = painting.session
        assert session is not None
        session.set_number("width", 80.0)
        session.set_number("x", 290.0)
        painting.close_session()
        bench.settle()
        pixels = flat(bench)
        middle = pixels[110]
        assert middle[:, 3].sum() == pytest.approx(80, abs=1.5), "as wide as it was made"
        assert middle[299, 3] > 0.9 and middle[0, 3] > 0.9 and not middle[100:150].any()


def test_a_large_one_comes_in_from_the_lane_without_a_further_step(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.workspace.seams.AT_ONCE", 10)
    show(bench, noise(100, 120), **BOTH)
    bench.studio.viewing.change(snapping=False)
    before = flat(bench)
    painting = bench.studio.painting
    painting.choose_tool("move")
    gesture = painting.begin(bench.picture, Pointer(110, 130))
    assert gesture is not None
    gesture.send(Pointer(290, 130, t=0.1))
    gesture.finish()
    assert not np.array_equal(flat(bench), np.roll(before, 180, 1))
    bench.settle()
    assert np.array_equal(flat(bench), np.roll(before, 180, 1)) and bench.labels()[1:] == ["Move"]
    bench.studio.undo()
    assert np.array_equal(flat(bench), before)


def test_what_cannot_come_in_stays_whole(bench: Bench) -> None:
    """A layer larger than the picture would lie on itself; a mask belongs to its place; no pixel of them is lost."""
    for layer in (noise(-20, 10, 340, 40), noise(200, 10).with_(mask=Mask(default=0.5))):
        show(bench, layer, **BOTH)
        bench.studio.viewing.change(snapping=False)
        drag(bench, "move", (210, 30), (290, 30))
        now = bench.active
        assert isinstance(now, Paint) and now.surface is layer.surface and now.transform[4] == 80


def test_a_clone_takes_from_across_the_edge(bench: Bench) -> None:
    rng = np.random.default_rng(5)
    pixels = np.ones((SIDE, SIDE, 4), np.float16)
    pixels[..., :3] = rng.random((SIDE, SIDE, 3))
    show(bench, Paint(surface=Surface.from_pixels(pixels)), **BOTH)
    painting = bench.studio.painting
    painting.choose_tool("clone")
    painting.change_brush(size=40.0, hardness=1.0, opacity=1.0, flow=1.0)
    assert painting.begin(bench.picture, Pointer(295.0, 150.0, modifiers=frozenset({"alt"}))) is None
    drag(bench, "clone", (150.0, 150.0), (151.0, 150.0))
    assert np.allclose(flat(bench)[150, 155:165], pixels[150, np.arange(300, 310) % SIDE], atol=2e-3)


def test_strokes_over_the_edge_and_beyond_the_next_one(bench: Bench) -> None:
    show(bench, Paint(surface=Surface()), **BOTH)
    bench.studio.painting.choose_tool("brush")
    bench.studio.painting.change_brush(size=20.0, hardness=1.0)
    drag(bench, "brush", (280, 150), (330, 150), (700, 150))
    assert (flat(bench)[150, :, 3] > 0.9).all(), "once around"


TURNED = (0.8, 0.6, -0.6, 0.8, 40.0, -30.0)
HALF = (1.0, 0.0, 0.0, 1.0, 0.5, 0.25)
ENLARGED = (2.0, 0.0, 0.0, 2.0, -100.0, 7.0)
"""Where a layer may lie so that its pixels are not along the picture's edges."""


def painted(
    bench: Bench, *places: tuple[float, float], tool: str = "brush", size: float = 40.0
) -> np.ndarray:
    bench.studio.painting.choose_tool(tool)
    bench.studio.painting.change_brush(size=size, hardness=0.5, opacity=1.0, flow=1.0, dynamics=())
    drag(bench, tool, *places)
    return flat(bench)


@pytest.mark.parametrize("transform", [TURNED, HALF, ENLARGED])
@pytest.mark.parametrize("places", [((290, 150), (320, 160)), ((5, 5), (-10, -6)), ((620, 150), (640, 160))])
def test_a_stroke_over_the_edge_comes_in_on_a_turned_layer_as_on_a_straight_one(
    bench: Bench, transform: tuple, places: tuple
) -> None:
    show(bench, Paint(surface=Surface()), **BOTH)
    wanted = painted(bench, *places)
    show(bench, Paint(surface=Surface(), transform=transform), **BOTH)
    found = painted(bench, *places)
    assert np.abs(found - wanted).max() < (0.25 if transform == ENLARGED else 0.12)  # resampled, soft edges
    assert np.abs(found - wanted).mean() < 2e-3
    twice = np.concatenate([found, found], 1)
    step = np.abs(np.diff(twice[..., 3], axis=1))
    assert step[:, SIDE - 1].max() <= step.max() + 0.02, "no seam where the picture repeats"
    layer = bench.active
    assert isinstance(layer, Paint) and layer.transform == transform


def test_only_the_axis_that_repeats(bench: Bench) -> None:
    show(bench, Paint(surface=Surface(), transform=TURNED), tiles_x=True)
    found = painted(bench, (298, 2), (302, 2))
    assert found[5, 3, 3] > 0.8 and found[5, 296, 3] > 0.8 and not found[-20:, :, 3].any()


def test_the_eraser_and_a_mask_on_a_turned_layer(bench: Bench) -> None:
    pixels = np.ones((700, 700, 4), np.float16)
    layer = Paint(surface=Surface.from_pixels(pixels, -200, -200), transform=TURNED)
    show(bench, layer, **BOTH)
    assert flat(bench)[..., 3].min() == 1
    found = painted(bench, (298, 150), (299, 150), tool="eraser")
    assert found[150, 2, 3] < 0.1 and found[150, 297, 3] < 0.1 and found[150, 150, 3] == 1
    masked = layer.with_(mask=Mask(default=1.0))
    artwork = Artwork(width=SIDE, height=SIDE, layers=(masked,), mask_edited=masked.id, **BOTH)
    bench.studio.show(edits.set_active(artwork, masked.id), title="Mask")
    bench.studio.painting.set_colour((0.0, 0.0, 0.0))
    found = painted(bench, (298, 150), (299, 150))
    assert found[150, 2, 3] < 0.1 and found[150, 297, 3] < 0.1 and found[150, 150, 3] == 1


def test_nothing_is_left_far_outside_of_the_picture(bench: Bench) -> None:
    show(bench, Paint(surface=Surface(), transform=HALF), **BOTH)
    painted(bench, (299, 150), (299, 160), size=100.0)
    layer = bench.active
    assert isinstance(layer, Paint)
    assert Rect(-6, 60, 307, 250).contains(placing.content_of(layer.surface))


def smeared(bench: Bench, tool: str, transform: tuple) -> np.ndarray:
    """A spot beside the right edge, drawn out over it by ``tool``."""
    show(bench, Paint(surface=Surface(), transform=transform), **BOTH)
    bench.studio.painting.set_colour((0.8, 0.1, 0.1))
    painted(bench, (270, 150), (271, 150), size=50.0)
    bench.studio.painting.set_colour((0.1, 0.2, 0.8))
    painting = bench.studio.painting
    painting.choose_tool("brush" if tool == "mixing" else tool)
    wet = {"smudge": 0.8, "wetness": 0.6} if tool != "blur" else {"blur": 1.0}
    painting.change_brush(size=40.0, hardness=0.5, opacity=1.0, flow=1.0, dynamics=(), **wet)
    ways = ((292, 150), (300, 151), (312, 152), (330, 153), (350, 153))
    drag(
        bench, painting.tool, *(ways if tool != "blur" else ((290, 150), (298, 150), (306, 150), (298, 150)))
    )
    if tool == "mixing":
        painting.change_brush(smudge=0.0)
    return flat(bench)


@pytest.mark.parametrize("tool", ["smudge", "blur", "mixing"])
def test_what_takes_along_what_it_goes_over_does_so_over_the_edge_of_a_turned_layer(
    bench: Bench, tool: str
) -> None:
    straight = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    wanted = smeared(bench, tool, straight)
    for transform in (TURNED, HALF):
        found = smeared(bench, tool, transform)
        beyond = slice(135, 170), slice(0, 60)
        assert wanted[beyond][..., 3].max() > 0.1, "it went over the edge"
        assert np.abs(found - wanted)[beyond].mean() < 0.1 * wanted[beyond].mean()
        assert np.abs(found - wanted).max() < 0.06


def test_an_edge_that_repeats_under_the_mask_of_a_bent_layer(bench: Bench) -> None:
    pixels = np.ones((SIDE, SIDE, 4), np.float16)
    corners = ((-40.0, -20.0), (340.0, -30.0), (350.0, 330.0), (-30.0, 340.0))
    matrix = perspective.to_quad((0.0, 0.0, float(SIDE), float(SIDE)), corners)
    assert matrix is not None
    mesh = warp.regular((0.0, 0.0, float(SIDE), float(SIDE)), 2, 2)
    mesh = mesh.moved(4, (170.0, 140.0)).under(matrix)
    for bend in ((warp.Bend(matrix),), (warp.Bend(mesh=mesh),)):
        layer = Paint(surface=Surface.from_pixels(pixels), warp=bend, mask=Mask(default=1.0))
        artwork = Artwork(width=SIDE, height=SIDE, layers=(layer,), mask_edited=layer.id, **BOTH)
        bench.studio.show(edits.set_active(artwork, layer.id), title="Mask")
        bench.studio.painting.set_colour((0.0, 0.0, 0.0))
        found = painted(bench, (298, 150), (301, 150))
        for x in (1, 12, 288, 298):
            assert found[150, x, 3] < 0.3, x
        assert found[150, 40, 3] == 1 and found[150, 260, 3] == 1 and found[150, 150, 3] == 1
        step = np.abs(found[:, 0, 3] - found[:, -1, 3])
        assert step.max() < 0.1, "both sides meet"
        marks = found
        for tool in ("smudge", "blur"):
            found = painted(bench, (290, 165), (300, 165), (310, 166), tool=tool)
            change = np.abs(found - marks)[..., 3]
            assert change[140:190, :10].max() > 0.02 and change[140:190, -10:].max() > 0.02, tool
            assert not change[:, 60:240].any()
            marks = found
