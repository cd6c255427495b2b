"""Explore: several directions at once, only in the selection, the walk, small pictures on the side."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Generated, Variant
from studio.jobs.job import Priority
from studio.messages.requests import Generate, Part
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.workspace import quick_pictures
from studio.workspace.exploring import Exploring
from studio.workspace.walk import LONGEST, State, Walks
from tests.workspace.conftest import Bench

WIDTH, HEIGHT = 128, 96
INSIDE = Rect(30, 20, 80, 70)


@pytest.fixture
def explored(bench: Bench) -> Bench:
    """A generated layer of four pictures, selected; the engine was asked for nothing else yet."""
    bench.studio.new_picture(WIDTH, HEIGHT)
    bench.studio.generating.generate()
    bench.engine.answer()
    bench.settle()
    bench.engine.requests.clear()
    bench.engine.manners.clear()
    return bench


@pytest.fixture
def exploring(explored: Bench) -> Exploring:
    return explored.studio.exploring


def layers(bench: Bench) -> list[Generated]:
    return [one for one in bench.picture.document.artwork.walk() if isinstance(one, Generated)]


def shown(bench: Bench) -> Variant:
    layer = bench.studio.generating.layer
    assert layer is not None and layer.variant is not None
    return layer.variant


def flat(bench: Bench, artwork: Artwork | None = None) -> np.ndarray:
    return bench.picture.renderer.flatten(artwork or bench.picture.document.committed)


def drag(bench: Bench, **values: float) -> None:
    """Moves sliders, lets the fast picture come, releases, and lets the full one come."""
    bench.studio.exploring.set_sliders(values)
    bench.engine.answer()
    bench.studio.exploring.release()
    bench.engine.answer()
    bench.settle()


def select(bench: Bench, rect: Rect = INSIDE) -> None:
    document = bench.picture.document
    document.commit("Select", edits.set_selection(document.artwork, edits.rectangle_selection(rect)))


# several at once


def test_two_directions_are_one_request_and_one_step(explored: Bench, exploring: Exploring) -> None:
    before = explored.labels()
    for value in (0.5, 1.0, 1.5):
        exploring.set_sliders({"mist": value, "night": -value})
    assert len(explored.engine.running) == 1
    explored.engine.answer()
    exploring.release()
    assert shown(explored).sliders == {"mist": 1.5, "night": -1.5}
    assert explored.labels() == [*before, "Sliders"]
    assert explored.engine.manners[0] == (Priority.live, "explore")


def test_the_full_picture_comes_to_its_step_whatever_was_done_since(
    explored: Bench, exploring: Exploring
) -> None:
    exploring.set_slider("mist", 2.0)
    explored.engine.answer()
    exploring.release()
    fast = shown(explored).surface
    explored.stroke()
    explored.engine.answer()
    explored.settle()
    (layer,) = layers(explored)
    assert layer.variant is not None and layer.variant.surface is not fast
    explored.studio.undo()
    assert explored.labels()[explored.picture.document.cursor] == "Slider"
    assert shown(explored).surface is layer.variant.surface
    explored.studio.undo()
    assert shown(explored).sliders == {}


def test_a_copy_and_a_starred_one_get_the_full_picture_too(explored: Bench, exploring: Exploring) -> None:
    exploring.set_slider("mist", 2.0)
    explored.engine.answer()
    exploring.release()
    fast = shown(explored).surface
    explored.studio.generating.star(0)
    explored.studio.layers.duplicate()
    explored.engine.answer()
    found = [layer.variant for layer in layers(explored)]
    assert len(found) == 2
    assert all(one is not None and one.star and one.surface is not fast for one in found)


def test_a_value_that_goes_back_to_where_it_began_is_no_step(explored: Bench, exploring: Exploring) -> None:
    before, variant = explored.labels(), shown(explored)
    exploring.set_slider("mist", 2.0)
    explored.engine.answer()
    assert shown(explored).sliders == {"mist": 2.0}
    exploring.set_slider("mist", 0.0)
    explored.engine.answer()
    exploring.release()
    explored.engine.answer()
    assert explored.labels() == before and shown(explored) is variant, "the full picture, and nothing to undo"


def test_the_start_of_a_slider_comes_to_where_it_is(explored: Bench, exploring: Exploring) -> None:
    drag(explored, mist=2.0, night=1.0)
    before = explored.labels()
    exploring.start_at("mist")
    explored.engine.answer()
    explored.engine.answer()
    seed = shown(explored).seed
    assert exploring.values == {"night": 1.0} and explored.labels() == [*before, "Make this the start"]
    assert shown(explored).parts == (Part(seed=seed, weight=1.0, sliders={"mist": 2.0}),)
    drag(explored, mist=0.5)
    exploring.start_at("mist")
    explored.engine.answer()
    assert shown(explored).parts[0].sliders == {"mist": 2.5}
    explored.studio.generating.generate()
    asked = explored.engine.requests[-1]
    assert isinstance(asked, Generate) and asked.sliders == {"mist": 2.5, "night": 1.0}, (
        "further ones begin there too"
    )
    explored.studio.generating.stop()
    explored.studio.undo()
    explored.studio.undo()
    explored.studio.undo()
    assert shown(explored).sliders == {"mist": 2.0, "night": 1.0} and not shown(explored).parts


# only in the selection


def test_outside_the_selection_nothing_changes_and_undo_is_one_step(
    explored: Bench, exploring: Exploring
) -> None:
    select(explored)
    before, steps = flat(explored), explored.labels()
    exploring.set_only_in_selection(True)
    exploring.set_slider("mist", 2.0)
    explored.engine.answer()
    assert len(layers(explored)) == 2, "live, before the release"
    exploring.release()
    explored.engine.answer()
    assert explored.labels() == [*steps, "Slider"]
    after = flat(explored)
    mask = np.zeros((HEIGHT, WIDTH), bool)
    mask[INSIDE.top : INSIDE.bottom, INSIDE.left : INSIDE.right] = True
    edge = np.zeros_like(mask)
    edge[INSIDE.top - 3 : INSIDE.bottom + 3, INSIDE.left - 3 : INSIDE.right + 3] = True
    np.testing.assert_array_equal(after[~edge], before[~edge])
    assert (np.abs(after - before)[mask] > 0.05).any(-1).mean() > 0.9
    explored.studio.undo()
    np.testing.assert_array_equal(flat(explored), before)
    assert len(layers(explored)) == 1


def test_both_pictures_keep_their_sliders(explored: Bench, exploring: Exploring) -> None:
    select(explored)
    exploring.set_only_in_selection(True)
    drag(explored, mist=2.0)
    source, part = layers(explored)
    assert explored.active is part and part.clipping and part.mask is not None
    assert part.name == "Shan-shui, part" and len(part.variants) == 1
    drag(explored, mist=2.5)
    assert len(layers(explored)) == 2, "the same selection: the part itself moves"
    assert shown(explored).sliders == {"mist": 2.5}
    explored.studio.layers.choose(source.id)
    assert exploring.values == {}
    exploring.set_only_in_selection(False)
    drag(explored, night=1.0)
    assert [one.variant.sliders for one in layers(explored) if one.variant] == [{"night": 1.0}, {"mist": 2.5}]


def test_another_selection_is_another_part(explored: Bench, exploring: Exploring) -> None:
    select(explored)
    exploring.set_only_in_selection(True)
    drag(explored, mist=2.0)
    select(explored, Rect(50, 30, 60, 40))
    drag(explored, mist=-2.0)
    assert [one.variant.sliders for one in layers(explored) if one.variant] == [
        {}, {"mist": 2.0}, {"mist": -2.0},
    ]  # fmt: skip


@pytest.mark.parametrize("look", [{"mode": "multiply", "opacity": 0.6}, {"opacity": 0.5}, {"mode": "screen"}])
def test_a_part_takes_part_in_the_blending_of_its_layer(
    explored: Bench, exploring: Exploring, look: dict
) -> None:
    """As if the layer's own picture were old·(1 − s) + new·s."""
    document = explored.picture.document
    layer = layers(explored)[0]
    paper = document.artwork.layers[0]
    rect = Rect(0, 0, WIDTH, HEIGHT // 2)
    artwork = edits.apply_pixels(
        document.artwork,
        paper.id,
        rect,
        np.full((rect.height, rect.width, 4), (0.4, 0.5, 0.2, 1), np.float16),
    )
    document.commit("Look", edits.change(artwork, layer.id, **look))
    whole_old = flat(explored)
    select(explored, Rect(0, 0, WIDTH, HEIGHT))
    exploring.set_only_in_selection(True)
    drag(explored, mist=2.0)
    limited = flat(explored)
    explored.studio.undo()
    exploring.set_only_in_selection(False)
    drag(explored, mist=2.0)
    assert np.abs(flat(explored) - whole_old).max() > 0.05
    np.testing.assert_allclose(limited, flat(explored), atol=2e-3)


def test_a_part_of_a_clipped_layer_brings_its_mask_and_opacity(explored: Bench, exploring: Exploring) -> None:
    document = explored.picture.document
    layer = layers(explored)[0]
    artwork = edits.change(document.artwork, layer.id, clipping=True, opacity=0.5)
    mask = Mask.from_pixels(np.full((32, 32), 0.25), 0, 0, default=1.0)
    document.commit("Clip", edits.change(artwork, layer.id, mask=mask))
    select(explored, Rect(0, 0, WIDTH, HEIGHT))
    exploring.set_only_in_selection(True)
    drag(explored, mist=2.0)
    part = layers(explored)[1]
    assert part.opacity == 0.5 and part.mask is not None
    inside, beside = part.mask.read(Rect(5, 5, 20, 20)), part.mask.read(Rect(40, 20, 50, 40))
    assert np.abs(inside - 0.25).max() < 0.01 and np.abs(beside - 1).max() < 0.01


def test_without_a_selection_the_limit_is_off(explored: Bench, exploring: Exploring) -> None:
    exploring.set_only_in_selection(True)
    assert not exploring.only_in_selection and not exploring.can_limit
    drag(explored, mist=2.0)
    assert len(layers(explored)) == 1
    select(explored)
    assert exploring.only_in_selection


def test_a_stroke_before_the_first_picture_of_a_part_leaves_nothing_behind(
    explored: Bench, exploring: Exploring
) -> None:
    select(explored)
    exploring.set_only_in_selection(True)
    exploring.set_slider("mist", 2.0)
    explored.studio.layers.remove()
    explored.engine.answer()
    assert layers(explored) == [] and explored.picture.document.preview_owner is None


# the walk


def test_the_walk_goes_back_and_forward_and_each_way_is_a_step(explored: Bench, exploring: Exploring) -> None:
    assert exploring.walk == ()
    seed = exploring.seed
    drag(explored, mist=1.0)
    drag(explored, mist=2.0)
    assert [one.sliders for one in exploring.walk] == [{}, {"mist": 1.0}, {"mist": 2.0}]
    assert exploring.walk_place == 2
    steps = len(explored.labels())
    exploring.step_walk(-1)
    explored.engine.answer()
    assert shown(explored).sliders == {"mist": 1.0} and exploring.walk_place == 1
    assert len(explored.labels()) == steps + 1
    exploring.step_walk(-1)
    explored.engine.answer()
    exploring.step_walk(-1)
    assert (exploring.walk_place == 0 and not explored.engine.running) or exploring.seed == seed
    exploring.step_walk(1)
    explored.engine.answer()
    drag(explored, night=1.0)
    assert [one.sliders for one in exploring.walk] == [
        {}, {"mist": 1.0}, {"mist": 1.0, "night": 1.0}, {"mist": 2.0},
    ]  # fmt: skip
    explored.studio.undo()
    assert exploring.walk_place == 1, "undo walks along"


def test_another_seed_is_a_station_and_another_picture_has_its_own_walk(
    explored: Bench, exploring: Exploring
) -> None:
    exploring.set_seed(77)
    explored.engine.answer()
    assert [one.seed == 77 for one in exploring.walk] == [False, True]
    explored.studio.generating.choose(2)
    assert exploring.walk == ()
    explored.studio.generating.choose(0)
    assert exploring.walk_place == 1


def test_the_panels_own_values_have_a_walk(explored: Bench, exploring: Exploring) -> None:
    explored.studio.layers.choose(explored.picture.document.artwork.layers[0].id)
    for value in (0.5, 1.0):
        exploring.set_slider("mist", value)
    exploring.release()
    exploring.set_seed(5)
    assert [(one.sliders, one.seed == 5) for one in exploring.walk] == [
        ({}, False), ({"mist": 1.0}, False), ({"mist": 1.0}, True),
    ]  # fmt: skip
    exploring.step_walk(-1)
    assert exploring.seed != 5 and exploring.walk_place == 1
    assert not explored.engine.requests


def test_a_long_walk_forgets_its_oldest_states_alone() -> None:
    walks = Walks()
    states = [State(seed=number) for number in range(LONGEST + 9)]
    for before, after in itertools.pairwise(states):
        walks.record("one", before, after)
    assert walks.of("one") == tuple(states[-LONGEST:])
    assert walks.place("one", states[-1]) == LONGEST - 1
    assert walks.place("one", states[0]) == walks.place("other", states[0]) == -1


def test_the_small_picture_of_a_station_needs_no_request(explored: Bench, exploring: Exploring) -> None:
    drag(explored, mist=1.0)
    assert exploring.quick.of(exploring.small(exploring.walk[1])) is not None
    assert all(
        one.size != quick_pictures.SIDE for one in explored.engine.requests if isinstance(one, Generate)
    )


# small pictures on the side


def five(exploring: Exploring) -> tuple[Generate, ...]:
    now = exploring.state
    states = [State(seed=now.seed, sliders={"mist": amount}) for amount in (-3.0, -1.5, 0.0, 1.5, 3.0)]
    return tuple(exploring.small(state) for state in states)


def test_they_come_one_after_another_before_what_takes_long(explored: Bench, exploring: Exploring) -> None:
    artwork = explored.picture.document.artwork
    requests = five(exploring)
    exploring.quick.want("strip", requests)
    for index in range(5):
        assert len(explored.engine.running) == 1
        assert exploring.quick.of(requests[index]) is None
        explored.engine.answer()
        assert exploring.quick.of(requests[index]) is not None
    assert not explored.engine.running
    assert set(explored.engine.manners) == {(Priority.normal, "strip")}, (
        "a search would let them wait for minutes"
    )
    assert all(one.quick and one.size == 128 for one in requests)
    exploring.quick.want("strip", requests)
    assert not explored.engine.running, "what was made is kept"
    assert explored.picture.document.artwork is artwork
    assert not explored.studio.jobs.lines and not explored.told


def test_when_the_pointer_leaves_the_rest_is_never_asked_for(explored: Bench, exploring: Exploring) -> None:
    exploring.quick.want("strip", five(exploring))
    explored.engine.answer()
    exploring.quick.stop("strip")
    assert not explored.engine.running and len(explored.engine.cancelled) == 1
    assert len(explored.engine.requests) == 2
    exploring.quick.stop("strip")


def test_another_slider_takes_the_place_of_the_first(explored: Bench, exploring: Exploring) -> None:
    first = five(exploring)
    exploring.quick.want("strip", first)
    others = tuple(exploring.small(State(seed=4, sliders={"night": amount})) for amount in (-3.0, 3.0))
    exploring.quick.want("strip", others)
    for _ in range(3):
        explored.engine.answer()
    assert not explored.engine.running
    assert [exploring.quick.of(one) is not None for one in (*first, *others)] == [True] + [False] * 4 + [
        True
    ] * 2


def test_they_leave_the_artists_own_jobs_alone(explored: Bench, exploring: Exploring) -> None:
    explored.studio.generating.generate()
    job = explored.engine.running[0]
    exploring.quick.want("strip", five(exploring))
    exploring.quick.stop("strip")
    assert explored.engine.running == (job,) and explored.studio.generating.running


def test_a_failure_says_nothing_and_ends_the_row(explored: Bench, exploring: Exploring) -> None:
    exploring.quick.want("strip", five(exploring))
    explored.engine.fail("engine_lost")
    assert not explored.engine.running and not explored.sentences("error")


def test_only_so_many_are_kept(exploring: Exploring) -> None:
    pixels = np.zeros((4, 4, 3), np.uint8)
    requests = [exploring.small(State(seed=number)) for number in range(quick_pictures.KEPT + 3)]
    for request in requests:
        exploring.quick.keep(request, pixels)
    assert [exploring.quick.of(one) is not None for one in requests[:4]] == [False, False, False, True]


# the pad's directions


def test_the_pad_has_the_first_pinned_directions_until_others_are_chosen(
    explored: Bench, exploring: Exploring
) -> None:
    assert exploring.pad.names == ("mist", "ridge")
    exploring.pad.choose(0, "night")
    assert exploring.pad.names == ("night", "ridge")
    exploring.pad.choose(1, "night")
    assert exploring.pad.names == ("ridge", "night"), "they change places"
    explored.studio.generating.set_models(())
    assert exploring.pad.names == ("", "")


def test_what_a_value_waits_for_is_said(explored: Bench, exploring: Exploring) -> None:
    from studio.messages.events import Progress

    exploring.set_slider("mist", 1.0)
    job, _, on_event = explored.engine._waiting[0]
    on_event(Progress(job=job, done=0, total=1, text="Loading the model"))
    assert exploring.doing == "Loading the model"
    explored.engine.answer()
    assert exploring.doing == ""
