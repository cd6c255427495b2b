"""Pickers, points drawn on the picture, the view of what is clipped, and what a filter layer's histogram is counted of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Fill, Filter, Group, Locks, Paint
from studio.filters import FILTERS
from studio.filters.curves import Curves
from studio.filters.levels import Levels
from studio.project import profiles
from studio.raster.colour import to_straight8
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.statistics import Histogram, histogram
from studio.raster.surface import Surface
from studio.recipe import STRAIGHT, Stored
from studio.render.renderer import Renderer
from studio.workspace import tone_points
from studio.workspace.counting import Counting
from studio.workspace.tone_source import below, counted, same_seen, seen_by
from studio.workspace.tools import Pointer
from tests.workspace.conftest import Bench

SIDE = 64
TINTED = (0.2, 0.3, 0.45)


def result(values: Curves | Levels, colour: tuple[float, float, float]) -> np.ndarray:
    pixels = np.ones((1, 1, 4), np.float32)
    pixels[0, 0, :3] = colour
    kind = FILTERS["levels" if isinstance(values, Levels) else "curves"]
    return kind.apply(pixels, values, rect=Rect(0, 0, 1, 1), canvas=Rect(0, 0, 1, 1))[0, 0, :3]


@pytest.fixture
def ramp(bench: Bench) -> Bench:
    """Red rises to the right, green downwards, blue is 0.5."""
    bench.studio.new_picture(SIDE, SIDE)
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) / (SIDE - 1)
    pixels = np.stack([x, y, np.full_like(x, 0.5), np.ones_like(x)], -1)
    document = bench.picture.document
    document.commit(
        "layer",
        edits.add_layer(document.committed, Paint(surface=Surface.from_pixels(pixels.astype(np.float16)))),
    )
    return bench


def values_of(bench: Bench) -> Any:
    layer = bench.studio.filtering.target
    assert layer is not None
    return bench.studio.filtering.parameters(layer)


# ── values ───────────────────────────────────────────────────────────────────────────────────────────────────────────
STARTS = (
    Levels(),
    Levels(channels="separate", red_black=0.1, blue_white=0.9),
    Curves(),
    Curves(between="straight-lines", red=((0.0, 0.0), (0.5, 0.6), (1.0, 1.0))),
    Curves(space="linear-light"),
    Levels(space="linear-light"),
)


@pytest.mark.parametrize("start", STARTS)
def test_a_picked_colour_becomes_black_white_or_grey(start: Curves | Levels):
    assert np.allclose(result(tone_points.picked(start, "black", TINTED), TINTED), 0, atol=2e-3)
    assert np.allclose(result(tone_points.picked(start, "white", TINTED), TINTED), 1, atol=2e-3)
    grey = result(tone_points.picked(start, "grey", TINTED), TINTED)
    assert np.ptp(grey) < 2e-3 and 0.05 < grey[0] < 0.95


@pytest.mark.parametrize("kind", [Levels(), Curves()])
def test_picks_of_the_ends_and_beyond_stay_in_range(kind: Curves | Levels):
    for colour in ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (-0.5, 2.0, 0.5)):
        for tone in ("black", "grey", "white"):
            made = tone_points.picked(kind, tone, colour)  # type: ignore[arg-type]
            assert np.isfinite(result(made, (0.5, 0.5, 0.5))).all()


def test_black_then_white_keep_both():
    made = tone_points.picked(
        tone_points.picked(Levels(), "black", (0.1, 0.1, 0.2)), "white", (0.8, 0.9, 0.9)
    )
    assert np.allclose(result(made, (0.1, 0.1, 0.2)), 0, atol=1e-3)
    assert np.allclose(result(made, (0.8, 0.9, 0.9)), 1, atol=1e-3)


def test_a_point_is_new_or_the_nearest():
    assert tone_points.with_point(STRAIGHT, 0.4, 0.7) == ((0.0, 0.0), (0.4, 0.7), (1.0, 1.0))
    assert tone_points.with_point(((0.0, 0.0), (0.4, 0.4), (1.0, 1.0)), 0.405, 2.0)[1] == (0.4, 1.0)
    many = tuple((i / 15, i / 15) for i in range(16))
    assert len(tone_points.with_point(many, 0.5, 0.9)) == 16


def test_the_place_on_the_shared_curve_is_after_the_channels_own():
    values = Curves(
        red=((0.0, 1.0), (1.0, 1.0)), green=((0.0, 1.0), (1.0, 1.0)), blue=((0.0, 1.0), (1.0, 1.0))
    )
    assert tone_points.point_of(values, "curve", TINTED)[0] == pytest.approx(1.0)
    assert tone_points.point_of(values, "green", TINTED) == pytest.approx((0.3, 1.0))


@pytest.mark.parametrize(
    "values",
    [
        Levels(black=0.25, white=0.75),
        Levels(black=0.25, white=0.75, space="linear-light"),
        Levels(channels="separate", red_black=0.3, green_white=0.6, black=0.1, white=0.9, gamma=1.7),
        Levels(black=0.25, white=0.75, darkest=0.2, lightest=0.8, clip=True),
        Curves(curve=((0.2, 0.0), (0.8, 1.0)), red=((0.1, 0.0), (1.0, 1.0))),
        Curves(),
    ],
)
def test_the_clipping_view_is_the_threshold_of_each_channel(values: Curves | Levels):
    """Against the result itself: every eight-bit value of each channel, clipped or not."""
    plain = replace(values, darkest=0.0, lightest=1.0, clip=False) if isinstance(values, Levels) else values
    for end in ("black", "white"):
        view = tone_points.clip_view(values, end)  # type: ignore[arg-type]
        assert view is not None
        for value in np.arange(256) / 255:
            colour = (value, value, value)
            made, seen = result(plain, colour), result(view, colour)
            clipped = made <= 0 if end == "black" else made >= 1
            assert np.array_equal(
                seen, np.where(clipped, 0, 1) if end == "black" else np.where(clipped, 1, 0)
            ), value
    assert tone_points.clip_view(Levels(channels="opacity", black=0.5), "black") is None


# ── on the picture ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_picker_sets_the_points_of_a_layer_in_one_step(ramp: Bench):
    studio = ramp.studio
    studio.filtering.add_layer("levels")
    steps = len(ramp.picture.document.history)
    studio.tones.choose("black")
    assert studio.painting.session is not None and studio.painting.session.hint
    assert studio.painting.begin(ramp.picture, Pointer(16.5, 32.5)) is None
    made = values_of(ramp)
    assert made.red_black == pytest.approx(16 / 63, abs=0.01) and made.blue_black == pytest.approx(
        0.5, abs=0.01
    )
    assert studio.tones.mode == "" and studio.painting.session is None
    assert len(ramp.picture.document.history) == steps + 1
    ramp.picture.document.undo()
    assert values_of(ramp) == Levels()


def test_a_press_beyond_the_picture_picks_nothing(ramp: Bench):
    ramp.studio.filtering.add_layer("levels")
    ramp.studio.tones.choose("white")
    ramp.studio.painting.begin(ramp.picture, Pointer(-5, 10))
    assert values_of(ramp) == Levels() and ramp.studio.tones.mode == "white"
    ramp.studio.painting.close_session(apply=False)
    assert ramp.studio.tones.mode == ""


def test_a_drag_on_the_picture_is_one_step_and_esc_none(ramp: Bench):
    studio = ramp.studio
    studio.filtering.add_layer("curves")
    studio.tones.choose("draw")
    steps = len(ramp.picture.document.history)
    gesture = studio.painting.begin(ramp.picture, Pointer(32.5, 32.5))
    assert gesture is not None
    gesture.send(Pointer(32.5, 12.5))
    gesture.send(Pointer(32.5, 6.9))
    gesture.finish()
    x, y = values_of(ramp).curve[1]
    assert x == pytest.approx(0.5, abs=0.02) and y - x == pytest.approx(0.1, abs=0.01)
    assert len(ramp.picture.document.history) == steps + 1 and studio.tones.mode == "draw"
    before = values_of(ramp)
    gesture = studio.painting.begin(ramp.picture, Pointer(10.5, 10.5))
    assert gesture is not None
    gesture.send(Pointer(10.5, 40.5))
    gesture.cancel()
    assert values_of(ramp) == before and len(ramp.picture.document.history) == steps + 1
    studio.tones.choose("draw")
    assert studio.painting.session is None


def test_a_tried_filter_takes_picks_and_esc_leaves_the_picker_first(ramp: Bench):
    studio = ramp.studio
    studio.filtering.begin("curves")
    trial = studio.filtering.trial
    assert trial is not None
    studio.tones.choose("white")
    assert (
        trial.key("escape", "", frozenset()) and studio.filtering.trial is trial and studio.tones.mode == ""
    )
    studio.tones.choose("white")
    studio.painting.begin(ramp.picture, Pointer(32.5, 32.5))
    assert isinstance(trial.values, Curves) and trial.values.blue[-1] == pytest.approx((0.5, 1.0), abs=0.01)
    trial.leave()
    assert studio.tones.mode == "" and studio.filtering.trial is None


def test_clipping_changes_the_view_alone(ramp: Bench):
    studio, document, renderer = ramp.studio, ramp.picture.document, ramp.picture.renderer
    studio.filtering.add_layer("levels", {"white": 0.5})
    artwork, steps = document.artwork, len(document.history)
    renderer.show(artwork)
    plain = renderer.view_tile(artwork, (0, 0)).pixels.copy()
    studio.tones.show_clip("white")
    renderer.show(artwork)
    seen = renderer.view_tile(artwork, (0, 0)).pixels[:SIDE, :SIDE]
    assert set(np.unique(seen)) == {0, 255}, "clipped channels in their colour, the rest black"
    assert seen[5, 5].tolist() == [255, 0, 0, 255] and seen[40, 50].tolist() == [255, 255, 255, 255]
    assert document.artwork is artwork and len(document.history) == steps
    studio.tones.show_clip("")
    renderer.show(artwork)
    assert np.array_equal(renderer.view_tile(artwork, (0, 0)).pixels, plain)


# ── what is counted ──────────────────────────────────────────────────────────────────────────────────────────────────
def grey(value: float, **more) -> Fill:
    recipe = Stored(name="fill-colour", version=1, parameters={"colour": (value, value, value, 1.0)})
    return Fill(recipe=recipe, **more)


def levels(**more) -> Filter:
    return Filter(recipe=Stored(name="levels", version=1, parameters={}), **more)


def median(artwork: object, layer: str) -> int:
    work = counted(Renderer(), below(artwork, layer))  # type: ignore[arg-type]
    try:
        while True:
            next(work)
    except StopIteration as done:
        return done.value.quantile("luminance", 0.5)


def test_every_pixel_is_counted_grain_and_specks_too():
    """One clipped pixel in a megapixel, checks of black and white, a selection, linear light, and tiles that end early."""
    height, width = 600, 1300
    pixels = np.ones((height, width, 4), np.float16)
    pixels[..., :3] = np.where((np.indices((height, width)).sum(0) % 2)[..., None] == 0, 0.25, 0.75)
    pixels[300, 700, :3] = 1.0
    pixels[:, :100] = 0
    layer = Paint(name="Grain", surface=Surface.from_pixels(pixels))
    artwork = edits.new_artwork(width, height).with_(layers=(layer,))

    def both(artwork: Artwork) -> tuple[list[Histogram], Histogram]:
        work, rough = counted(Renderer(), artwork), []
        while True:
            try:
                found = next(work)
            except StopIteration as done:
                return rough, done.value
            rough += [found] if found is not None else []

    rough, exact = both(artwork)
    assert len(rough) == 1 and rough[0].counts[0, 255] == 0, "the first answer is of averaged pixels"
    dark, light = round(0.25 * 255), round(0.75 * 255)
    seen = height * (width - 100)
    assert exact.pixels == seen and exact.counts[:, 255].tolist() == [1, 1, 1, 1]
    assert (
        exact.counts[0, [dark, light]].sum() == seen - 1 and abs(int(exact.counts[0, dark]) - seen // 2) <= 1
    )
    reference = histogram(to_straight8(Renderer().flatten(artwork)))
    assert np.array_equal(exact.counts, reference.counts)

    mask = np.zeros((height, width), np.float32)
    mask[290:310, 690:900], mask[:10] = 1.0, 0.4
    chosen = artwork.with_(selection=Mask.from_pixels(mask))
    _, inside = both(chosen)
    assert inside.pixels == 20 * 210 and inside.counts[0, 255] == 1
    linear = artwork.with_(colour_space=profiles.space("Linear sRGB"))
    _, light_counts = both(linear)
    assert light_counts.counts[0, 137] == exact.counts[0, dark], (
        "linear light is encoded before it is counted"
    )


def test_rough_answers_arrive_while_a_drag_asks_on_and_the_last_count_is_whole(ramp: Bench):
    lane, taken, steps = ramp.studio.render_lane, [], []

    def work(name: int) -> Iterator[Histogram | None]:
        def of(pixels: int) -> Histogram:
            return Histogram(np.zeros((4, 256), np.int64), pixels)

        yield
        yield of(10 * name)
        for _ in range(5):
            steps.append(name)
            yield
        return of(10 * name + 1)

    counting = Counting(lane)
    for name in (1, 2, 3):
        counting.ask(lambda name=name: work(name), lambda found: taken.append(found.pixels))
        lane.step()
        lane.step()
    ramp.settle()
    assert taken[-1] == 31 and 10 in taken and 11 not in taken and 21 not in taken
    assert steps.count(3) == 5 and steps.count(1) < 5
    counting.ask(lambda: work(4), lambda found: taken.append(found.pixels))
    counting.stop()
    ramp.settle()
    assert taken[-1] == 31


def test_what_lies_below_is_what_the_filter_gets(ramp: Bench):
    artwork = ramp.picture.document.committed
    one, other = levels(), levels()
    plain = artwork.with_(layers=(grey(0.2), one, grey(0.8)))
    assert median(plain, one.id) == 51
    held = artwork.with_(
        layers=(grey(0.2), Group(children=(grey(0.6, opacity=1.0), one), opacity=0.5), grey(0.8))
    )
    assert median(held, one.id) == 153, "inside a group, at full strength"
    passing = artwork.with_(layers=(grey(0.2), Group(children=(one,), pass_through=True)))
    assert median(passing, one.id) == 51, "through a group that passes"
    clipped = artwork.with_(layers=(grey(0.2), grey(0.4, opacity=0.1), levels(id=other.id, clipping=True)))
    assert median(clipped, other.id) == 102, "clipped: of the layer alone"


def test_only_other_pixels_are_counted_again(ramp: Bench):
    filter_, ground, above = levels(), grey(0.2), grey(0.8)
    artwork = ramp.picture.document.committed.with_(layers=(ground, filter_, above))
    seen = seen_by(artwork, filter_.id)
    own = edits.change(artwork, filter_.id, opacity=0.5)
    over = artwork.with_(layers=(ground, filter_, grey(0.1)))
    under = artwork.with_(layers=(grey(0.3), filter_, above))
    assert same_seen(seen, seen_by(own, filter_.id)) and same_seen(seen, seen_by(over, filter_.id))
    assert not same_seen(seen, seen_by(under, filter_.id))


def test_a_locked_filter_layer_is_refused(ramp: Bench):
    ramp.studio.filtering.add_layer("levels")
    layer = ramp.studio.filtering.target
    assert layer is not None
    document = ramp.picture.document
    document.commit("lock", edits.change(document.committed, layer.id, locks=Locks(all=True)))
    before = document.artwork
    for mode in ("black", "draw"):
        ramp.studio.tones.choose(mode)
        assert not ramp.studio.tones.mode and "locked" in ramp.sentences()[-1]
    ramp.studio.filtering.change(layer.id, Levels(black=0.3), live=True)
    assert document.artwork is before and len(ramp.sentences()) == 3
