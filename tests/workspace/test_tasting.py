"""Walls by taste in a picture: marks are kept in the layer, a step each, and can be gone on with after the file was closed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from studio.document import edits
from studio.document.layer import Generated, Round
from studio.workspace.taste import COUNT, DISLIKE, LIKE, NOTHING, amounts, packed
from studio.workspace.tasting import (
    ALL_LIKED,
    ALL_REFUSED,
    NO_WAY_YET,
    TWICE,
    UNMARKED,
    Tasting,
    directions_of,
    states_of,
)
from tests.ui import fakes
from tests.workspace.conftest import Bench
from tests.workspace.test_mixing import arrive, layer_of, shown


@pytest.fixture
def tasting(bench: Bench) -> Tasting:
    """Beside a layer whose sliders have been moved."""
    bench.studio.new_picture(64, 64)
    bench.studio.generating.set_values(seed=5, seed_locked=True)
    bench.studio.exploring.set_slider("mist", 1.0)
    bench.studio.exploring.release()
    bench.studio.generating.generate()
    arrive(bench)
    return bench.studio.exploring.tasting


def with_rounds(bench: Bench, tasting: Tasting, *marks: tuple[int, ...], points: bytes = b"") -> None:
    """The layer as if these walls had been marked."""
    taste = tasting.taste
    assert taste is not None
    wall = points or packed(np.random.default_rng(1).normal(size=(COUNT, len(taste.names))))
    rounds = tuple(Round(points=wall, marks=one) for one in marks)
    document = bench.picture.document
    kept = replace(taste, rounds=rounds)
    document.commit("x", edits.set_generated(document.committed, layer_of(bench).id, taste=kept))


def test_directions_are_the_sliders_and_behind_few_what_is_found() -> None:
    card = fakes.model().card
    own = tuple(one.name for one in card.sliders)
    assert directions_of(card) == (*own, *(f"pca-{number}" for number in range(1, 11)))
    plain = replace(card, sliders=(), abilities=("generate",))
    assert directions_of(plain) == tuple(f"form-{number}" for number in range(1, 11))
    narrow = replace(plain, latent_size=4)
    assert directions_of(narrow) == tuple(f"form-{number}" for number in range(1, 5))
    many = replace(card, sliders=tuple(replace(card.sliders[0], name=f"dimension-{n}") for n in range(20)))
    assert len(directions_of(many)) == 16


def test_the_first_wall_lies_around_what_is_shown(bench: Bench, tasting: Tasting) -> None:
    states, taste = tasting.states, tasting.taste
    assert taste is not None and len(states) == COUNT and tasting.states is states
    assert {state.seed for state in states} == {shown(bench).seed}
    wall = Round(points=tasting._points(taste), marks=(0,) * COUNT)
    point = dict(zip(taste.names, amounts(wall)[3].tolist(), strict=True))
    assert states[3].sliders["mist"] == pytest.approx(min(1.0 + point["mist"], 3.0))
    assert states_of(taste, wall) == list(states)
    assert all(abs(amount) <= 3 for state in states for amount in state.sliders.values())


def test_a_mark_and_the_same_mark_again(tasting: Tasting) -> None:
    tasting.mark(2, LIKE)
    tasting.mark(4, DISLIKE)
    assert tasting.marks[2] == LIKE and tasting.marks[4] == DISLIKE
    tasting.mark(2, LIKE)
    tasting.mark(4, LIKE)
    assert tasting.marks[2] == NOTHING and tasting.marks[4] == LIKE
    tasting.mark(9, LIKE)


def test_the_next_nine_are_a_step_that_can_be_taken_back(bench: Bench, tasting: Tasting) -> None:
    before, first = bench.labels(), tasting.states
    tasting.mark(0, LIKE)
    tasting.mark(1, DISLIKE)
    tasting.go_on()
    assert bench.labels() == [*before, "Mark what pleases"] and tasting.rounds == 1
    second = tasting.states
    assert second != first and tasting.marks == (NOTHING,) * COUNT
    bench.picture.document.undo()
    assert tasting.rounds == 0 and tasting.states == first
    bench.picture.document.redo()
    assert tasting.states == second, "the same marks lead to the same nine"
    tasting.back()
    assert tasting.states == first and tasting.marks[:2] == (LIKE, DISLIKE)
    tasting.go_on()
    tasting.anew()
    assert layer_of(bench).taste is None and tasting.states not in (first, second)


def test_the_marks_are_in_the_file(bench: Bench, tasting: Tasting, tmp_path: Path) -> None:
    tasting.mark(3, LIKE)
    tasting.go_on()
    kept, nine = tasting.taste, tasting.states
    path = tmp_path / "喜欢.danqing"
    bench.studio.filing.save(bench.picture, str(path))
    bench.settle()
    bench.studio.close(bench.picture)
    bench.settle()
    bench.open(path)
    layer = next(one for one in bench.picture.document.artwork.walk() if isinstance(one, Generated))
    bench.studio.layers.choose(layer.id)
    assert layer.taste == kept and tasting.states == nine


def test_what_should_please_most_becomes_a_variation(bench: Bench, tasting: Tasting) -> None:
    tasting.mark(0, LIKE)
    tasting.go_on()
    count, wanted = len(layer_of(bench).variants), tasting.states[0]
    tasting.use()
    arrive(bench)
    assert len(layer_of(bench).variants) == count + 1 and shown(bench).sliders == wanted.sliders


def test_what_is_odd_about_the_marks_is_said(bench: Bench, tasting: Tasting) -> None:
    assert tasting.problem() == ("", {})
    nothing = (NOTHING,) * COUNT
    for rounds, sentence in (
        ((nothing,), UNMARKED),
        (((DISLIKE,) * COUNT,), ALL_REFUSED),
        (((LIKE,) * COUNT,), ALL_LIKED),
    ):
        with_rounds(bench, tasting, *rounds)
        assert tasting.problem()[0] == sentence
        assert len(tasting.states) == COUNT
    with_rounds(bench, tasting, (LIKE, *nothing[1:]), (DISLIKE, *nothing[1:]))
    assert tasting.problem() == (TWICE, {"count": "1"})
    assert len({state.sliders["mist"] for state in tasting.states if "mist" in state.sliders}) > 1


def test_marks_without_any_way_are_told(
    bench: Bench, tasting: Tasting, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = (LIKE, DISLIKE, *[NOTHING] * 7)
    with_rounds(bench, tasting, marks)
    monkeypatch.setattr("studio.workspace.tasting.liked_more", lambda *_: ())
    assert tasting.problem() == ("", {}), "too early to say"
    with_rounds(bench, tasting, *[marks] * 4)
    assert tasting.problem()[0] == NO_WAY_YET


def test_what_is_liked_has_the_name_of_a_slider(bench: Bench, tasting: Tasting) -> None:
    taste = tasting.taste
    assert taste is not None and tasting.liked() == ()
    for _ in range(4):
        wall = amounts(Round(points=tasting._points(tasting.taste), marks=(0,) * COUNT))
        for index, point in enumerate(wall):
            tasting.mark(index, LIKE if point[0] > 0 else DISLIKE)
        tasting.go_on()
    assert ("mist", True) in [(slider.name, more) for slider, more in tasting.liked()]


def test_a_layer_of_another_kind_has_no_wall(bench: Bench, tasting: Tasting) -> None:
    bench.studio.layers.add_paint()
    assert not tasting.can_mark and tasting.states == () and tasting.taste is None
    tasting.mark(0, LIKE)
    tasting.go_on()
    assert tasting.rounds == 0
