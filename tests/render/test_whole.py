"""Filters that need the whole picture or the engine: due, shown, pending, replaced."""

import tracemalloc
from collections.abc import Iterator

import numpy as np
import pytest

from studio.document.artwork import Artwork
from studio.document.layer import Filter, Group, Paint
from studio.filters import FILTERS
from studio.raster.geometry import Rect, Region
from studio.raster.surface import Surface
from studio.recipe import Stored
from studio.render.renderer import Renderer
from tests.render import trees

CANVAS = Rect(0, 0, 300, 280)


def flat(value: float) -> Surface:
    return Surface.from_pixels(
        np.full((CANVAS.height, CANVAS.width, 4), [value, value, value, 1], np.float16)
    )


def artwork(*layers) -> Artwork:
    return Artwork(width=CANVAS.width, height=CANVAS.height, layers=layers)


def run(drawer: Renderer, picture: Artwork) -> int:
    jobs = drawer.whole_jobs(picture)
    for job in jobs:
        assert list(job.steps)[-1] == 1.0
        drawer.update(picture, Region([picture.rect]))
    return len(jobs)


def test_whole_filter_shows_the_backdrop_until_its_result_is_there() -> None:
    left = np.zeros((280, 300, 4), np.float16)
    left[..., 3] = 1
    left[:, :150, :3] = 1
    whole = Filter(recipe=trees.stored("mean"))
    picture = artwork(Paint(surface=Surface.from_pixels(left)), whole)
    drawer = Renderer(filters=trees.KINDS)
    drawer.show(picture)
    assert drawer.compose(picture, CANVAS)[10, 10, 0] == 1
    assert drawer.pending(whole.id)
    assert run(drawer, picture) == 1
    assert not drawer.pending(whole.id)
    assert drawer.compose(picture, CANVAS)[..., :3] == pytest.approx(0.5, abs=1e-3)
    assert run(drawer, picture) == 0


def test_a_filter_may_need_the_whole_picture_with_some_parameters_only() -> None:
    left = np.zeros((280, 300, 4), np.float16)
    left[..., 3] = 1
    left[:, :10, :3] = 1
    drawer = Renderer(filters=FILTERS)
    for edge, due, seen in (("repeat-edge", 0, 0), ("wrap", 1, 1)):
        moved = {
            "edge": edge,
            "amplitude": 40.0,
            "shape": "sawtooth",
            "moves": "along-it",
            "wavelength": 4000.0,
        }
        layer = Filter(recipe=Stored(name="ripple", version=1, parameters={**moved, "phase": 300.0}))
        picture = artwork(Paint(surface=Surface.from_pixels(left)), layer)
        drawer.show(picture)
        assert run(drawer, picture) == due
        assert drawer.compose(picture, CANVAS)[10, 275, 0] == seen


def test_last_result_is_shown_while_the_next_is_due() -> None:
    below, whole = Paint(surface=flat(0.25)), Filter(recipe=trees.stored("mean", 2.0))
    picture = artwork(below, whole)
    drawer = Renderer(filters=trees.KINDS)
    drawer.show(picture)
    run(drawer, picture)
    brighter = artwork(below.with_(surface=flat(0.5)), whole)
    drawer.update(brighter, Region([CANVAS]))
    assert drawer.pending(whole.id)
    assert drawer.compose(brighter, CANVAS)[5, 5, 0] == pytest.approx(0.5)
    assert run(drawer, brighter) == 1
    assert drawer.compose(brighter, CANVAS)[5, 5, 0] == pytest.approx(1.0)


def test_result_kept_in_the_file_is_shown_first() -> None:
    whole = Filter(recipe=trees.stored("mean"), result=flat(0.75))
    picture = artwork(Paint(surface=flat(0.25)), whole)
    assert Renderer(filters=trees.KINDS).compose(picture, CANVAS)[5, 5, 0] == 0.75


def test_layer_above_does_not_make_a_result_due() -> None:
    below, whole, above = (
        Paint(surface=flat(0.25)),
        Filter(recipe=trees.stored("mean")),
        Paint(surface=flat(0.5)),
    )
    drawer = Renderer(filters=trees.KINDS)
    drawer.show(artwork(below, whole, above))
    run(drawer, artwork(below, whole, above))
    assert run(drawer, artwork(below, whole, above.with_(surface=flat(0.75)))) == 0


def test_engine_filter_is_given_to_the_engine() -> None:
    seen: list[str] = []

    def engine(recipe: Stored, pixels: np.ndarray) -> Iterator[np.ndarray | None]:
        seen.append(recipe.name)
        yield None
        yield 1 - pixels + np.array([0, 0, 0, 1], np.float32)

    dream = Filter(recipe=trees.stored("dream"))
    picture = artwork(Paint(surface=flat(0.25)), dream)
    drawer = Renderer(filters=trees.KINDS, engine=engine)
    drawer.show(picture)
    run(drawer, picture)
    assert seen == ["dream"]
    assert drawer.compose(picture, CANVAS)[100, 290] == pytest.approx([0.75, 0.75, 0.75, 1])


def test_filter_inside_groups_sees_what_lies_below_it_there() -> None:
    whole = Filter(recipe=trees.stored("mean"))
    through = Group(children=(whole,), pass_through=True)
    alone = Group(children=(Paint(surface=flat(0.75)), whole.with_(id="alone")))
    for group, wanted in ((through, 0.25), (alone, 0.75)):
        picture = artwork(Paint(surface=flat(0.25)), group)
        drawer = Renderer(filters=trees.KINDS)
        drawer.show(picture)
        run(drawer, picture)
        assert drawer.compose(picture, CANVAS)[5, 5, 0] == pytest.approx(wanted)


def test_stacked_whole_filters_settle() -> None:
    picture = artwork(
        Paint(surface=flat(0.25)),
        Filter(recipe=trees.stored("mean", 2.0)),
        Filter(recipe=trees.stored("mean", 1.5)),
    )
    drawer = Renderer(filters=trees.KINDS)
    drawer.show(picture)
    rounds = 0
    while run(drawer, picture):
        rounds += 1
        assert rounds < 4
    assert drawer.compose(picture, CANVAS)[5, 5, 0] == pytest.approx(0.75, abs=1e-3)


STREAMED = (
    "clahe",
    "dither",
    "swirl",
    "polar",
    "kaleidoscope",
    "lens",
    "offset",
    "auto-contrast",
    "histogram-match",
)


@pytest.mark.parametrize("name", STREAMED)
@pytest.mark.parametrize("precision", ["float16", "float32"])
def test_a_streamed_filter_is_that_of_the_whole(name: str, precision: str) -> None:
    """Over layers that blend and one that blurs what lies below it: bit for bit what one call on all of it gives."""
    rng, kind = np.random.default_rng(4), FILTERS[name]
    pixels = rng.random((CANVAS.height, CANVAS.width, 4)).astype(precision)
    pixels[..., :3] *= pixels[..., 3:]
    lower = (
        Paint(surface=Surface.from_pixels(pixels)),
        Paint(surface=Surface.from_pixels(pixels[::-1, ::-1]), mode="multiply", opacity=0.5),
        Filter(recipe=Stored(name="gaussian-blur", version=1, parameters={"sigma": 3.0})),
    )
    picture = artwork(*lower, Filter(recipe=Stored(name=name, version=kind.version, parameters={})))
    picture = picture.with_(precision=precision)
    drawer = Renderer(filters=FILTERS)
    drawer.show(picture)
    assert run(drawer, picture) == 1
    result = drawer.whole_result(picture.layers[-1])  # type: ignore[arg-type]
    assert result is not None and result.dtype == np.dtype(precision)
    below = Renderer(filters=FILTERS).compose(picture.with_(layers=lower), CANVAS)
    whole = kind.apply(below, kind.parameters(), canvas=CANVAS).astype(precision)
    np.testing.assert_array_equal(result.read(CANVAS), whole)


@pytest.mark.parametrize("name", ["clahe", "dither", "swirl", "auto-contrast"])
def test_a_streamed_filter_holds_little_beside_its_result(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never the whole picture as floats: that and the filter's own floats, each twice its size in halves, would be five with the
    result. What the second thread holds at its most varies from run to run."""
    monkeypatch.setattr("studio.render.whole.MORE_TILES", 2)
    side = 1024
    pixels = np.random.default_rng(4).random((256, 256, 4)).astype(np.float16)
    tile = Surface.from_pixels(pixels).tile((0, 0))
    assert tile is not None
    surface = Surface({(x, y): tile for x in range(4) for y in range(4)}, np.float16)
    layer = Filter(recipe=Stored(name=name, version=FILTERS[name].version, parameters={}))
    picture = Artwork(width=side, height=side, layers=(Paint(surface=surface), layer))
    drawer = Renderer(filters=FILTERS, budget_bytes=1 << 20)
    (job,) = drawer.whole_jobs(picture)
    next(job.steps)  # what is loaded at the first use does not count
    tracemalloc.start()
    try:
        assert list(job.steps)[-1] == 1.0
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 4 * 8 * side * side
