"""Liquify: strokes under the hand, exact when the pen is up, one undo step at the end and one resampling in all."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits, liquifying
from studio.document.artwork import Artwork
from studio.document.layer import Filter, Group, Locks, Paint
from studio.raster import liquify, perspective
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.warp import bent
from studio.workspace.liquifying import LIQUIFY, LiquifySession
from studio.workspace.tools import Pointer
from tests.document.pictures import stored
from tests.workspace.conftest import Bench

SIDE = 600
CANVAS = Rect(0, 0, SIDE, SIDE)
TURNED = (0.7, 0.4, -0.4, 0.7, 200.0, -20.0)


def pixels(seed: int = 1) -> np.ndarray:
    """Soft colours, opaque."""
    import cv2

    noise = np.random.default_rng(seed).random((SIDE, SIDE, 4), np.float32)
    found = cv2.GaussianBlur(noise, (0, 0), 6)
    found = (found - found.min()) / (found.max() - found.min())
    found[..., 3] = 1
    return found


def picture(**fields: object) -> Paint:
    return Paint(name="Picture", surface=Surface.from_pixels(pixels().astype(np.float16)), **fields)


def show(bench: Bench, layer: Paint, **fields: object) -> Artwork:
    artwork = Artwork(width=SIDE, height=SIDE, layers=(layer,), active=layer.id, **fields)
    bench.studio.painting.choose_tool("move")
    bench.studio.show(artwork, title="Stage")
    bench.settle()
    bench.told.clear()
    bench.studio.painting.choose_tool("liquify")
    bench.studio.painting.change_options("liquify", mode="push", size=120.0, strength=1.0, hardness=0.2)
    return artwork


def session(bench: Bench) -> LiquifySession:
    found = bench.studio.painting.session
    assert isinstance(found, LiquifySession), bench.sentences()
    return found


def stroke(
    bench: Bench, start: tuple[float, float], end: tuple[float, float], *, zoom: float = 1.0, stop: str = "finish",
    settle: bool = True, **fields: object,
) -> None:  # fmt: skip
    gesture = bench.studio.painting.begin(bench.picture, Pointer(*start, zoom=zoom, **fields))
    assert gesture is not None, bench.sentences()
    for step in range(1, 11):
        x, y = (one + (other - one) * step / 10 for one, other in zip(start, end, strict=True))
        gesture.send(Pointer(x, y, t=step / 50, zoom=zoom, **fields))
    getattr(gesture, stop)()
    if settle:
        bench.settle()


def looks(bench: Bench) -> np.ndarray:
    return bench.picture.renderer.flatten(bench.picture.document.artwork)


def surface_now(bench: Bench) -> np.ndarray:
    layer = bench.picture.document.artwork.layers[0]
    assert isinstance(layer, Paint)
    return layer.surface.read(CANVAS)


def assert_alike(quick: np.ndarray, exact: np.ndarray, level: int) -> None:
    """Equal at full size; of coarse levels the mean is warped, which is near the mean of what is warped."""
    differs = np.abs(quick - exact)
    assert differs.max() < (0.1 if level else 1e-6) and differs.mean() < 1e-3


@pytest.mark.parametrize("zoom", [1.0, 0.5, 0.25])
def test_what_is_seen_under_the_hand_is_what_is_applied(bench: Bench, zoom: float) -> None:
    before = show(bench, picture())
    at_first = looks(bench)
    stroke(bench, (200, 300), (300, 300), zoom=zoom, settle=False)
    level = {1.0: 0, 0.5: 1, 0.25: 2}[zoom]
    document, renderer = bench.picture.document, bench.picture.renderer
    under_the_hand = renderer.compose(document.artwork, CANVAS.at_level(level), level)
    bench.settle()
    exact = renderer.compose(document.artwork, CANVAS.at_level(level), level)
    assert_alike(under_the_hand, exact, level)
    assert np.abs(looks(bench) - at_first).max() > 0.1
    assert document.committed is before and bench.labels() == bench.labels()[:1]
    shown = looks(bench)
    bench.studio.painting.close_session()
    bench.settle()
    assert np.array_equal(looks(bench), shown)
    assert bench.labels()[-1] == LIQUIFY and len(bench.labels()) == 2
    bench.studio.undo()
    assert document.artwork.layers[0] is before.layers[0]
    bench.studio.redo()
    assert np.array_equal(looks(bench), shown)


def test_many_strokes_are_one_resampling(bench: Bench) -> None:
    """The result is the layer as it was, read once where the whole field leads; there and back leaves what was."""
    before = show(bench, picture())
    for _ in range(3):
        stroke(bench, (200, 300), (260, 320))
        stroke(bench, (300, 250), (240, 330))
    field, step = session(bench).field.copy(), session(bench).step
    layer = before.layers[0]
    assert isinstance(layer, Paint)
    found = liquifying.moved_pixels(before, liquifying.target(before), field, step, CANVAS)
    assert found is not None
    bench.studio.painting.close_session()
    bench.settle()
    assert np.array_equal(
        surface_now(bench),
        np.where(found[1][..., None], found[0].astype(np.float16), layer.surface.read(CANVAS)),
    )


def test_applied_before_the_tiles_are_exact(bench: Bench) -> None:
    """Enter at once after the stroke: the same pixels, the guess shown meanwhile, one step."""
    show(bench, picture())
    stroke(bench, (200, 300), (300, 300), zoom=0.5)
    expected = looks(bench)
    bench.studio.painting.close_session(apply=False)
    stroke(bench, (200, 300), (300, 300), zoom=0.5, settle=False)
    bench.studio.painting.close_session()
    assert len(bench.labels()) == 1
    bench.settle()
    assert len(bench.labels()) == 2 and np.array_equal(looks(bench), expected)
    assert bench.picture.document.preview_owner is None


def test_a_push_moves_a_dot_as_far_as_the_pen(bench: Bench) -> None:
    down, across = np.mgrid[:SIDE, :SIDE].astype(np.float32) + 0.5
    cover = np.exp(-((across - 200) ** 2 + (down - 300) ** 2) / 50)[..., None].astype(np.float16)
    show(bench, Paint(name="Dot", surface=Surface.from_pixels(np.repeat(cover, 4, axis=2))))
    stroke(bench, (200, 300), (280, 260))
    alpha = looks(bench)[..., 3]
    x, y = (float((place * alpha).sum() / alpha.sum()) for place in (across, down))
    assert (x, y) == pytest.approx((280, 260), abs=1.5)


@pytest.mark.parametrize("zoom", [1.0, 0.3])
def test_nothing_changes_outside_the_selection(bench: Bench, zoom: float) -> None:
    weight = np.zeros((SIDE, SIDE), np.float16)
    weight[:, 250:] = np.clip(np.arange(SIDE - 250) / 40, 0, 1).astype(np.float16)
    before = show(bench, picture(), selection=Mask(default=0.0).write(CANVAS, weight))
    stroke(bench, (230, 300), (330, 300), zoom=zoom)
    bench.studio.painting.close_session()
    bench.settle()
    layer = before.layers[0]
    assert isinstance(layer, Paint)
    old, new = layer.surface.read(CANVAS), surface_now(bench)
    assert np.array_equal(old[weight == 0], new[weight == 0]) and not np.array_equal(old, new)
    assert bench.picture.document.artwork.selection is before.selection


def test_a_stroke_outside_the_selection_says_so(bench: Bench) -> None:
    before = show(bench, picture(), selection=edits.rectangle_selection(Rect(0, 0, 50, 50)))
    stroke(bench, (400, 400), (450, 450))
    assert len(bench.told) == 1 and "outside the selection" in bench.sentences()[0]
    assert not session(bench).undo() and not session(bench).field.any()
    bench.studio.painting.close_session()
    bench.settle()
    assert bench.picture.document.artwork is before


def test_undo_and_redo_go_stroke_by_stroke(bench: Bench) -> None:
    before = show(bench, picture())
    at_first = looks(bench)
    stroke(bench, (200, 300), (300, 300))
    once, field = looks(bench), session(bench).field.copy()
    stroke(bench, (250, 250), (250, 400), zoom=0.5)
    twice = looks(bench)
    for wanted, act in ((once, "undo"), (at_first, "undo"), (once, "redo"), (twice, "redo"), (once, "undo")):
        assert getattr(session(bench), act)()
        bench.settle()
        assert np.array_equal(looks(bench), wanted)
    assert np.array_equal(session(bench).field, field)
    assert session(bench).undo() and not session(bench).undo()
    bench.studio.painting.close_session()
    bench.settle()
    assert bench.picture.document.artwork is before and len(bench.labels()) == 1


def test_escape_in_the_middle_of_a_stroke_and_of_the_session(bench: Bench) -> None:
    before = show(bench, picture())
    stroke(bench, (200, 300), (300, 300))
    once = looks(bench)
    stroke(bench, (250, 250), (250, 400), zoom=0.5, stop="cancel")
    assert np.array_equal(looks(bench), once)
    stroke(bench, (250, 250), (250, 400), settle=False)
    bench.studio.painting.close_session(apply=False)
    assert bench.picture.document.artwork is before
    bench.settle()
    assert bench.picture.document.artwork is before and bench.picture.document.preview_owner is None


@pytest.mark.parametrize(("mode", "opposite"), [("pinch", "bloat"), ("twirl-right", "twirl-left")])
def test_alt_does_the_opposite_and_holding_goes_on(bench: Bench, mode: str, opposite: str) -> None:
    fields = []
    for name, held in ((opposite, frozenset[str]()), (mode, frozenset({"alt"}))):
        show(bench, picture())
        bench.studio.painting.change_options("liquify", mode=name)
        stroke(bench, (300, 300), (300, 300), modifiers=held)
        fields.append(session(bench).field.copy())
        bench.studio.painting.close_session(apply=False)
    assert fields[0].any() and np.array_equal(*fields)


def test_a_pen_at_rest_goes_on_twirling(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    show(bench, picture())
    bench.studio.painting.change_options("liquify", mode="twirl-right")
    now = [100.0]
    monkeypatch.setattr("studio.workspace.painting.time.monotonic", lambda: now[0])
    gesture = bench.studio.painting.begin(bench.picture, Pointer(300, 300))
    assert gesture is not None and gesture.goes_on_at_rest
    most = [float(np.abs(session(bench).field).max())]
    for _ in range(3):
        now[0] += 0.02
        gesture.tick()
        most.append(float(np.abs(session(bench).field).max()))
    assert 0 < most[0] < most[1] < most[2] < most[3]
    gesture.tick()
    assert np.abs(session(bench).field).max() == most[3], "no time has passed"
    gesture.finish()


def test_a_large_brush_is_rough_under_the_hand_and_exact_afterwards(bench: Bench) -> None:
    show(bench, picture(), selection=edits.rectangle_selection(Rect(51, 33, 577, 589)))
    bench.studio.painting.change_options("liquify", size=700.0, hardness=1.0)
    stroke(bench, (250, 300), (330, 300), settle=False)
    rough = looks(bench)
    bench.settle()
    exact = looks(bench)
    differs = np.abs(rough - exact)
    assert not differs[:32].any() and not differs[:, :50].any(), "outside the selection nothing moves"
    assert 0 < differs[40:580, 60:570].max() < 0.15 and differs.mean() < 2e-3
    bench.studio.painting.change_options("liquify", size=60.0)
    stroke(bench, (100, 100), (120, 100), settle=False)
    assert np.array_equal(looks(bench)[200:], exact[200:]), "the next stroke begins from what is exact"
    assert session(bench).undo()
    bench.settle()
    assert np.array_equal(looks(bench), exact)


def test_a_light_pen_does_less(bench: Bench) -> None:
    most = []
    for pressure in (1.0, 0.4):
        show(bench, picture())
        stroke(bench, (200, 300), (260, 300), pressure=pressure, has_pressure=True)
        most.append(float(np.abs(session(bench).field).max()))
        bench.studio.painting.close_session(apply=False)
    assert 0 < most[1] < 0.8 * most[0]


def test_locked_alpha_stays(bench: Bench) -> None:
    found = pixels()
    found[:, 300:] = 0
    show(
        bench,
        Paint(name="Half", surface=Surface.from_pixels(found.astype(np.float16)), locks=Locks(alpha=True)),
    )
    for zoom in (1.0, 0.5):
        stroke(bench, (250, 300), (350, 310), zoom=zoom)
        assert np.array_equal(surface_now(bench)[..., 3], found[..., 3].astype(np.float16))
    assert np.abs(surface_now(bench).astype(np.float32) - found).max() > 0.05


def test_a_moved_layer_in_a_group_with_a_mask(bench: Bench) -> None:
    """What lies outside the canvas and what the mask hides stay; under the hand it looks as it will."""
    mask = Mask(default=1.0).write(Rect(0, 0, SIDE, 310), np.full((310, SIDE), 0.25, np.float16))
    layer = picture(transform=(1.0, 0.0, 0.0, 1.0, -40.0, 24.0), mask=mask)
    group = Group(name="Group", children=(layer,), transform=(1.0, 0.0, 0.0, 1.0, 8.0, 0.0))
    artwork = Artwork(width=SIDE, height=SIDE, layers=(group,), active=layer.id)
    show(bench, picture())
    bench.studio.show(artwork, title="Group")
    bench.settle()
    for zoom, level in ((1.0, 0), (0.5, 1)):
        stroke(bench, (200, 310), (300, 320), zoom=zoom, settle=False)
        document, renderer = bench.picture.document, bench.picture.renderer
        quick = renderer.compose(document.artwork, CANVAS.at_level(level), level)
        bench.settle()
        exact = renderer.compose(document.artwork, CANVAS.at_level(level), level)
        assert_alike(quick, exact, level)
    bench.studio.painting.close_session()
    bench.settle()
    after = bench.picture.document.artwork.find(layer.id)
    assert isinstance(after, Paint) and after.mask is mask
    hidden = Rect(0, 0, 32, SIDE)
    assert np.array_equal(after.surface.read(hidden), layer.surface.read(hidden))


@pytest.mark.parametrize("kind", ["straight", "turned", "mask"])
@pytest.mark.parametrize("zoom", [1.0, 0.5])
def test_what_is_drawn_again_is_all_that_changed(bench: Bench, zoom: float, kind: str) -> None:
    """The view is told what a stroke touches; a filter above reaches further."""
    layer = picture(transform=TURNED) if kind == "turned" else picture()
    if kind == "mask":
        layer = picture(transform=TURNED, mask=Mask.from_pixels(pixels(4)[..., 0].astype(np.float16)))
    blur = Filter(name="Blur", recipe=stored("gaussian-blur", sigma=12.0))
    show(bench, layer)
    artwork = Artwork(
        width=SIDE, height=SIDE, layers=(layer, blur), active=layer.id, mask_edited=layer.id if kind == "mask" else ""
    )  # fmt: skip
    bench.studio.show(artwork, title="Stage")
    bench.settle()
    document, renderer = bench.picture.document, bench.picture.renderer

    def tiles() -> list[np.ndarray]:
        keys = [(column, row) for row in range(3) for column in range(3)]
        return [renderer.view_tile(document.artwork, key).pixels.astype(np.int16) for key in keys]

    renderer.show(artwork)
    tiles()
    document.changed.connect(
        lambda region: renderer.update(document.artwork, region, 0, 1 << 30), check_nargs=False
    )
    stroke(bench, (200, 300), (300, 280), zoom=zoom)
    stroke(bench, (210, 250), (230, 350), zoom=zoom)
    for act in (lambda: None, session(bench).undo, session(bench).undo, session(bench).redo):
        act()
        bench.settle()
        followed = tiles()
        renderer.show(document.artwork)
        assert all(np.array_equal(one, other) for one, other in zip(followed, tiles(), strict=True))


def test_a_recorded_stroke_replays_identically(bench: Bench) -> None:
    results = []
    for zoom in (1.0, 0.4):
        show(bench, picture())
        stroke(bench, (200, 300), (310, 280), zoom=zoom)
        bench.studio.painting.close_session()
        bench.settle()
        results.append(surface_now(bench))
    assert np.array_equal(*results)


def test_one_pixel(bench: Bench) -> None:
    dot = Paint(name="Dot", surface=Surface.from_pixels(np.ones((1, 1, 4), np.float16)))
    show(bench, picture())
    artwork = Artwork(width=1, height=1, layers=(dot,), active=dot.id)
    bench.studio.show(artwork, title="Dot")
    bench.settle()
    stroke(bench, (0, 0), (1, 1))
    bench.studio.painting.close_session()
    bench.settle()
    assert np.array_equal(looks(bench), np.ones((1, 1, 4), np.float32))


def test_the_keys_of_the_brush_change_its_size(bench: Bench) -> None:
    painting = bench.studio.painting
    painting.choose_tool("liquify")
    painting.change_options("liquify", size=100.0)
    brush = painting.brush
    painting.resize(1)
    assert painting.options("liquify").size == 120 and painting.outline_brush.size == 120
    painting.resize(-1)
    assert painting.options("liquify").size == 100 and painting.brush is brush
    painting.change_options("liquify", size=10.0)
    painting.resize(-1)
    assert painting.options("liquify").size == 10, "its range ends there"


def test_what_cannot_be_liquified_is_said(bench: Bench) -> None:
    corners = ((0.0, 0.0), (500.0, 30.0), (560.0, 580.0), (10.0, 600.0))
    matrix = perspective.to_quad((0.0, 0.0, float(SIDE), float(SIDE)), corners)
    assert matrix is not None
    for layer, word in ((picture(warp=bent((), matrix)), "bent"), (Group(name="Group"), "paint layer")):
        before = show(bench, layer)  # type: ignore[arg-type]
        assert bench.studio.painting.begin(bench.picture, Pointer(50, 50)) is None
        assert len(bench.told) == 1 and word in bench.sentences()[0]
        assert bench.picture.document.artwork is before


def as_seen(before: np.ndarray, found: LiquifySession) -> np.ndarray:
    """The canvas [h, w, 4] warped by the session's field as if it were one straight layer."""
    way = liquify.ways(found.field, found.step, CANVAS)
    assert way is not None
    place = liquify.reached(way, CANVAS, CANVAS)
    source = np.ascontiguousarray(before[place.top : place.bottom, place.left : place.right])
    return liquify.warped(source, place, way, CANVAS, CANVAS)


@pytest.mark.parametrize("zoom", [1.0, 0.5])
def test_a_turned_layer_moves_as_the_pen_does(bench: Bench, zoom: float) -> None:
    """In document pixels, under the hand nearly and afterwards exactly as if it were straight; beyond the brush no bit changes."""
    artwork = show(bench, picture(transform=TURNED))
    before = looks(bench)
    for mode, start, end in (("push", (280, 300), (340, 330)), ("twirl-right", (300, 250), (300, 251))):
        bench.studio.painting.change_options("liquify", mode=mode)
        stroke(bench, start, end, settle=False, zoom=zoom)
        quick = looks(bench)
        bench.settle()
        wanted = as_seen(before, session(bench))
        exact = looks(bench)
        assert np.abs(exact - wanted).max() < 0.03 and np.abs(quick - wanted).mean() < 0.005
    assert np.abs(exact - before).max() > 0.1
    far = np.hypot(*(np.mgrid[:SIDE, :SIDE] - np.array((290, 310))[:, None, None])) > 150
    assert np.array_equal(exact[far], before[far])
    bench.studio.painting.close_session()
    bench.settle()
    assert bench.labels()[-1] == LIQUIFY and np.array_equal(looks(bench), exact)
    bench.studio.undo()
    assert bench.picture.document.artwork.layers[0] is artwork.layers[0]


@pytest.mark.parametrize("transform", [(1.0, 0.0, 0.0, 1.0, 13.0, -7.0), TURNED])
@pytest.mark.parametrize("kind", ["paint", "group"])
def test_a_mask_is_pushed_about_and_its_layer_stays(
    bench: Bench, transform: tuple[float, ...], kind: str
) -> None:
    shade = pixels(3)[..., 0].astype(np.float16)
    mask = Mask.from_pixels(shade, default=1.0)
    white = Paint(surface=Surface.from_pixels(np.ones((3 * SIDE, 3 * SIDE, 4), np.float16), -SIDE, -SIDE))
    layer = white.with_(mask=mask, transform=transform)
    if kind == "group":
        layer = Group(name="Group", children=(white,), mask=mask, transform=transform)  # type: ignore[assignment]
    show(bench, layer, mask_edited=layer.id)
    before = looks(bench)[..., 3]
    stroke(bench, (280, 300), (340, 330), settle=False)
    quick = looks(bench)[..., 3]
    bench.settle()
    opaque = np.dstack([before] * 3 + [np.ones_like(before)])
    wanted = as_seen(opaque, session(bench))[..., 0]
    exact = looks(bench)[..., 3]
    assert np.abs(exact - wanted).max() < 0.03 and np.abs(quick - wanted).mean() < 0.005
    assert np.abs(exact - before).max() > 0.1
    bench.studio.painting.close_session()
    bench.settle()
    now = bench.picture.document.artwork.layers[0]
    assert now.mask is not mask
    if isinstance(now, Group):
        assert now.children == (white,)
    else:
        assert isinstance(now, Paint) and now.surface is white.surface
    assert bench.labels()[-1] == LIQUIFY
    bench.studio.undo()
    assert bench.picture.document.artwork.layers[0].mask is mask


def test_a_selection_holds_a_turned_layer_too(bench: Bench) -> None:
    selection = Mask.from_pixels(np.ones((SIDE, 300), np.float16))
    show(bench, picture(transform=TURNED), selection=selection)
    before = looks(bench)
    stroke(bench, (290, 300), (290, 380))
    after = looks(bench)
    assert np.abs(after - before)[:, :298].max() > 0.1 and np.array_equal(after[:, 303:], before[:, 303:])


def test_steps_of_exact_tiles_are_short(bench: Bench) -> None:
    """Each step of the render lane is a part of one tile, so that a stop is heard within a few milliseconds."""
    before = show(bench, picture())
    layer = before.layers[0]
    assert isinstance(layer, Paint)
    field = liquify.still(SIDE, SIDE, 2) + np.float32(3)
    target = liquifying.target(before)
    keys = list(liquifying.keys_under(before, target, CANVAS))
    assert len(list(liquifying.liquified(before, target, field, 2, keys))) == 4 * len(keys) == 36
