"""The wall of nine and the walk by itself."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from studio.messages.requests import MOST_PARTS, Generate, Part
from studio.workspace.walk import State
from studio.workspace.wandering import CENTRE, COUNT, FEW, STEPS, Wall, beside, on_the_way
from tests.workspace.conftest import Bench
from tests.workspace.test_mixing import arrive, layer_of, shown

HERE = State(seed=5, sliders={"mist": 1.0}, variety=0.8)


@pytest.fixture
def wall(bench: Bench) -> Wall:
    """Beside a layer of four variations, the first shown."""
    bench.studio.new_picture(64, 64)
    bench.studio.generating.set_values(seed=5, seed_locked=True)
    bench.studio.generating.generate()
    arrive(bench)
    bench.studio.exploring.wall._chance = random.Random(1)
    return bench.studio.exploring.wall


@pytest.mark.parametrize("distance", [0.1, 0.6, 1.4])
def test_a_picture_beside_is_as_far_as_asked_and_as_likely(distance: float) -> None:
    """Styles of independent seeds have independent ways from the mean: squares of weights add."""
    near = beside(HERE, distance, random.Random(3))
    weights = [part.weight for part in near.parts]
    assert sum(weights) == pytest.approx(1) and sum(one**2 for one in weights) == pytest.approx(1)
    away = (1 - weights[0]) ** 2 + weights[1] ** 2 + weights[2] ** 2
    assert away**0.5 == pytest.approx(distance)
    assert near.parts[0].seed == 5 and (near.sliders, near.variety) == (HERE.sliders, HERE.variety)


def test_a_long_way_stays_one_that_can_be_asked_for() -> None:
    chance, state = random.Random(3), HERE
    for _ in range(40):
        before, state = state, beside(state, 0.8, chance)
        assert len(state.parts) <= FEW and sum(part.weight for part in state.parts) == pytest.approx(1)
        middle = on_the_way(before, state, 0.5)
        assert len(middle.parts) <= MOST_PARTS and sum(one.weight for one in middle.parts) == pytest.approx(1)
    full = replace(HERE, parts=tuple(Part(seed=seed, weight=1 / MOST_PARTS) for seed in range(MOST_PARTS)))
    assert len(on_the_way(full, beside(full, 0.8, chance), 0.5).parts) == MOST_PARTS


def test_what_a_band_was_given_stays(wall: Wall) -> None:
    band = Part(seed=9, weight=1.0, band="fine")
    near = beside(replace(HERE, parts=(Part(seed=5, weight=1.0), band)), 0.5, random.Random(3))
    assert near.parts[-1] == band and sum(
        part.weight for part in near.parts if not part.band
    ) == pytest.approx(1)


def test_the_way_starts_and_ends_where_it_says() -> None:
    goal = beside(HERE, 0.6, random.Random(3))
    assert {part.seed: part.weight for part in on_the_way(HERE, goal, 1.0).parts} == pytest.approx(
        {part.seed: part.weight for part in goal.parts}
    )
    start = on_the_way(HERE, goal, 0.0)
    assert [part.weight for part in start.parts] == pytest.approx([1, 0, 0])


def test_the_wall_stands_around_what_is_shown(bench: Bench, wall: Wall) -> None:
    states = wall.states
    assert len(states) == COUNT and states[CENTRE] == bench.studio.exploring.state
    assert wall.states == states, "looked at again it is the same"
    wall.again()
    assert wall.states[0] != states[0] and wall.states[CENTRE] == states[CENTRE]
    wall.set_distance(0.2)
    assert all(one.parts[0].weight == pytest.approx(0.98) for one in wall.states if one.parts)


def test_a_choice_is_the_next_middle_and_one_step(bench: Bench, wall: Wall) -> None:
    before, wanted = bench.labels(), wall.states[2]
    wall.choose(2)
    arrive(bench)
    assert bench.labels() == [*before, "Wall of nine"] and shown(bench).parts == wanted.parts
    assert wall.states[CENTRE].parts == wanted.parts and wall.states[0].parts != wanted.parts
    wall.choose(CENTRE)
    assert len(bench.labels()) == len(before) + 1
    bench.picture.document.undo()
    assert wall.states[CENTRE].parts == ()
    assert len(layer_of(bench).variants) == 4


def test_it_walks_by_itself_and_stays_where_it_was_stopped(bench: Bench, wall: Wall) -> None:
    before = bench.labels()
    wall.walk()
    seen = []
    for _ in range(STEPS + 3):
        wall.step()
        bench.engine.answer()
        assert shown(bench).parts not in seen
        seen.append(shown(bench).parts)
    assert bench.labels() == before
    wall.stop()
    arrive(bench)
    assert bench.labels() == [*before, "Random walk"] and not wall.walking
    wall.step()
    asked = [one for one in bench.engine.requests if isinstance(one, Generate)][-1]
    assert not asked.quick and asked.parts == shown(bench).parts
    bench.picture.document.undo()
    assert shown(bench).parts == ()
