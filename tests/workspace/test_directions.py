"""Found directions become sliders; they are renamed, hidden and kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from studio import settings
from studio.document.layer import Generated
from studio.jobs.job import Priority
from studio.messages.events import Directions as Found
from studio.messages.events import Event, Finished, LearntDirection, Progress
from studio.messages.requests import FindDirections, Generate, LearnDirection, Request
from studio.project.direction_file import DirectionFile, write_direction
from studio.workspace.directions import Directions
from studio.workspace.giving import named_directions
from tests.ui import fakes
from tests.workspace.conftest import Bench, Engine


class Finder(Engine):
    """Finds what it is told to."""

    names: tuple[str, ...] = ("pca-4", "form-2")

    def answer(self, pictures: int = 1000) -> None:
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if isinstance(one[1], FindDirections):
                self._find(*one)
            else:
                self._waiting.append(one)
        super().answer(pictures)

    def _find(self, job: int, request: Request, on_event: Callable[[Event], None]) -> None:
        assert isinstance(request, FindDirections)
        on_event(Progress(job=job, done=5, total=20))
        found = tuple(float(9 - index) for index in range(len(self.names)))
        on_event(Found(job=job, model=request.model, digest=request.digest, names=self.names, changes=found))
        on_event(Finished(job=job))


@pytest.fixture
def bench(make: Callable[..., Bench]) -> Bench:
    """With a model that has no sliders."""
    bench = make(Finder())
    entry = fakes.model()
    card = msgspec.structs.replace(entry.card, name="own", sliders=(), pinned=())
    bench.studio.generating.set_models((msgspec.structs.replace(entry, card=card),))
    return bench


@pytest.fixture
def directions(bench: Bench) -> Directions:
    return bench.studio.generating.directions


def titles(bench: Bench) -> list[tuple[str, str, str]]:
    entry = bench.studio.generating.model
    assert entry is not None
    return [(one.name, one.title, one.title_zh) for one in entry.card.sliders]


def find(bench: Bench, *names: str) -> None:
    bench.studio.generating.directions.find()
    bench.engine.names = names  # type: ignore[attr-defined]
    bench.engine.answer()


def test_what_is_found_becomes_sliders_and_is_asked_for_by_name(bench: Bench, directions: Directions) -> None:
    directions.find()
    assert directions.finding and not directions.can_find and len(bench.studio.jobs.lines) == 1
    directions.find()
    assert sum(isinstance(one, FindDirections) for one in bench.engine.requests) == 1
    assert bench.engine.manners[-1][0] == Priority.background, "a slider goes before it"
    bench.engine.answer()
    assert not directions.finding and not bench.studio.jobs.lines
    assert titles(bench) == [("pca-4", "Direction 1", "方向 1"), ("form-2", "Direction 2", "方向 2")]
    bench.studio.new_picture(64, 64)
    bench.studio.exploring.set_slider("pca-4", 1.5)
    bench.studio.exploring.release()
    bench.studio.generating.generate()
    asked = bench.engine.requests[-1]
    assert isinstance(asked, Generate) and asked.sliders == {"pca-4": 1.5}


def test_names_of_the_artist_stay_when_it_is_looked_again(bench: Bench, directions: Directions) -> None:
    find(bench, "pca-4", "form-2")
    directions.rename("form-2", "Wind", "风")
    directions.hide("pca-4")
    assert titles(bench) == [("form-2", "Wind", "风")]
    find(bench, "pca-4", "pca-1")
    assert titles(bench) == [
        ("form-2", "Wind", "风"),
        ("pca-4", "Direction 2", "方向 2"),
        ("pca-1", "Direction 3", "方向 3"),
    ]


def test_a_name_is_taken_back_like_a_step_between_the_steps_of_the_picture(
    bench: Bench, directions: Directions
) -> None:
    studio = bench.studio
    studio.new_picture(64, 64)
    find(bench, "pca-4")
    studio.layers.add_paint()
    bench.settle()
    directions.rename("pca-4", "Wind", "风")
    directions.rename("pca-4", "Storm", "暴风")
    before = len(bench.picture.document.artwork.layers)
    studio.undo()
    assert titles(bench) == [("pca-4", "Wind", "风")]
    studio.undo()
    assert titles(bench) == [("pca-4", "Direction 1", "方向 1")]
    studio.undo()
    assert len(bench.picture.document.artwork.layers) == before - 1, "now the step before it"
    studio.undo()
    assert titles(bench) == [], "and what was found before that"
    for _ in range(4):
        studio.redo()
    assert titles(bench) == [("pca-4", "Storm", "暴风")]
    assert len(bench.picture.document.artwork.layers) == before


def test_a_name_taken_back_is_not_brought_again_behind_another_step(
    bench: Bench, directions: Directions
) -> None:
    studio = bench.studio
    studio.new_picture(64, 64)
    find(bench, "pca-4")
    directions.hide("pca-4")
    studio.undo()
    assert [one[0] for one in titles(bench)] == ["pca-4"] and studio.asides.can_redo
    studio.layers.add_paint()
    bench.settle()
    assert not studio.asides.can_redo and not studio.asides.redo()
    studio.undo()
    assert not studio.asides.can_redo, "another step was made since"


def test_they_are_there_after_the_next_start(
    bench: Bench, directions: Directions, make: Callable[..., Bench]
) -> None:
    find(bench, "pca-4")
    directions.rename("pca-4", "Wind", "风")
    again = make(Finder())
    again.studio.settings = bench.studio.settings.with_()
    again.studio.generating.set_models(bench.studio.generating._listed)
    assert titles(again) == [("pca-4", "Wind", "风")]


def test_a_slider_of_the_card_gets_another_name_and_keeps_its_place(make: Callable[..., Bench]) -> None:
    bench = make(Finder())
    before = titles(bench)
    bench.studio.generating.directions.rename("night", "Dusk", "黄昏")
    after = titles(bench)
    assert [one[0] for one in after] == [one[0] for one in before]
    assert ("night", "Dusk", "黄昏") in after


def test_nothing_found_is_said_and_a_stop_is_silent(bench: Bench, directions: Directions) -> None:
    find(bench)
    assert "own" in bench.sentences("info")[0]
    directions.find()
    directions.stop()
    assert not directions.finding and not bench.sentences("error") and not bench.studio.jobs.lines


def test_a_failure_says_why(bench: Bench, directions: Directions) -> None:
    directions.find()
    bench.engine.fail("model_missing", message="gone")
    assert not directions.finding and directions.can_find
    assert any("directions" in one for one in bench.sentences("error", "warn"))


def test_a_surprise_moves_one_slider_by_one(make: Callable[..., Bench]) -> None:
    bench = make(Finder())
    studio = bench.studio
    studio.new_picture(64, 64)
    studio.generating.surprise()
    bench.engine.answer()
    asked = next(one for one in bench.engine.requests if isinstance(one, Generate))
    assert [abs(amount) for amount in asked.sliders.values()] == [1.0], (
        "without a layer new pictures are made"
    )
    layer = bench.picture.document.artwork.active_layer
    assert isinstance(layer, Generated)
    count, steps = len(layer.variants), bench.labels()
    before = studio.exploring.values
    studio.generating.surprise()
    bench.engine.answer()
    now = studio.exploring.values
    changes = [now.get(name, 0.0) - before.get(name, 0.0) for name in {*now, *before}]
    assert sorted(abs(one) for one in changes if one) == [1.0]
    layer = bench.picture.document.artwork.active_layer
    assert isinstance(layer, Generated) and len(layer.variants) == count
    assert bench.labels() == [*steps, "Surprise"]


def test_a_surprise_stays_within_what_a_slider_reaches(make: Callable[..., Bench]) -> None:
    bench = make(Finder())
    entry = bench.studio.generating.model
    assert entry is not None
    ends = {one.name: one.high for one in entry.card.sliders}
    bench.studio.exploring.set_sliders(ends)
    for _ in range(20):
        bench.studio.exploring.surprise()
    values = bench.studio.exploring.values
    assert all(abs(values.get(name, 0.0)) <= high for name, high in ends.items()) and values != ends


def test_a_model_without_sliders_is_surprised_with_another_seed(bench: Bench) -> None:
    bench.studio.new_picture(64, 64)
    bench.studio.generating.generate()
    bench.engine.answer()
    seed = bench.studio.exploring.seed
    bench.studio.generating.surprise()
    assert bench.studio.exploring.seed != seed


def test_reversed_directions_stay_so_in_settings_and_in_a_model_that_is_given_away(
    bench: Bench, directions: Directions
) -> None:
    find(bench, "pca-4")
    directions.rename("pca-4", "Wind", "风")
    directions.reverse("pca-4")
    entry = bench.studio.generating.model
    assert entry is not None and [one.reversed for one in entry.card.sliders] == [True]
    assert [one.reversed for one in named_directions(bench.studio.settings, entry.card.name)] == [True]
    find(bench, "pca-4", "pca-1")
    entry = bench.studio.generating.model
    assert entry is not None and [one.reversed for one in entry.card.sliders] == [True, False]
    directions.reverse("pca-4")
    entry = bench.studio.generating.model
    assert entry is not None and not any(one.reversed for one in entry.card.sliders)


# ── taught by examples ───────────────────────────────────────────────────────────────────────────────────────────────

VECTOR = b"\x00\x3c" * 8


class Learner(Engine):
    def answer(self, pictures: int = 1000) -> None:
        waiting, self._waiting = self._waiting, []
        for job, request, on_event in waiting:
            if isinstance(request, LearnDirection):
                found = LearntDirection(
                    job=job, model=request.model, digest=request.digest, name="own-0123abcd", vector=VECTOR, change=9.0
                )  # fmt: skip
                on_event(found)
                on_event(Finished(job=job))
            else:
                self._waiting.append((job, request, on_event))
        super().answer(pictures)


@pytest.fixture
def taught(make: Callable[..., Bench]) -> Bench:
    """A layer of six variations, from which a slider was learnt."""
    bench = make(Learner())
    bench.studio.new_picture(64, 64)
    bench.studio.generating.set_values(seed=5, seed_locked=True, count=6)
    bench.studio.generating.generate()
    bench.engine.answer()
    bench.settle()
    variants = bench.studio.generating.layer.variants  # type: ignore[union-attr]
    bench.studio.generating.directions.learn(variants[:3], variants[3:], "Calm", "静")
    assert bench.studio.generating.directions.finding and len(bench.studio.jobs.lines) == 1
    bench.engine.answer()
    return bench


def test_a_slider_is_learnt_from_pictures_and_kept(taught: Bench, tmp_path: Path) -> None:
    asked = next(one for one in taught.engine.requests if isinstance(one, LearnDirection))
    assert [one.seed for one in asked.yes] == [5, 6, 7] and [one.seed for one in asked.no] == [8, 9, 10]
    assert titles(taught)[-1] == ("own-0123abcd", "Calm", "静") and not taught.studio.jobs.lines
    settings.save(taught.studio.settings, tmp_path / "settings.json")
    again = settings.load(tmp_path / "settings.json").settings
    assert again.directions["shanshui-gan"][-1].vector == VECTOR
    assert "Calm" in taught.sentences("done")[-1]


def test_its_pictures_carry_its_vector(taught: Bench) -> None:
    exploring = taught.studio.exploring
    exploring.set_slider("own-0123abcd", 1.5)
    taught.engine.answer()
    exploring.release()
    taught.engine.answer()
    taught.settle()
    layer = taught.studio.generating.layer
    assert layer is not None and layer.variant is not None
    assert layer.variant.vectors == {"own-0123abcd": VECTOR}
    taught.studio.generating.generate()
    last = [one for one in taught.engine.requests if isinstance(one, Generate)][-1]
    assert last.vectors == {"own-0123abcd": VECTOR} and last.sliders == {"own-0123abcd": 1.5}
    taught.engine.answer()
    taught.settle()
    taught.studio.generating.directions.hide("own-0123abcd")
    assert titles(taught)[-1][0] == "trees"
    exploring.zero()
    taught.engine.answer()
    taught.settle()
    assert [one for one in taught.engine.requests if isinstance(one, Generate)][-1].vectors == {}


def test_a_taught_slider_whose_place_became_the_start_keeps_its_vector(taught: Bench) -> None:
    exploring = taught.studio.exploring
    exploring.set_slider("own-0123abcd", 1.5)
    exploring.release()
    for _ in range(2):
        taught.engine.answer()
        taught.settle()
    exploring.start_at("own-0123abcd")
    for _ in range(2):
        taught.engine.answer()
        taught.settle()
    asked = [one for one in taught.engine.requests if isinstance(one, Generate)][-1]
    assert not asked.sliders and asked.parts[0].sliders == {"own-0123abcd": 1.5}
    assert asked.vectors == {"own-0123abcd": VECTOR}, "the engine knows no such slider by name"


def test_a_layer_from_another_computer_has_the_sliders_that_it_was_moved_along(
    taught: Bench, make: Callable[..., Bench]
) -> None:
    exploring = taught.studio.exploring
    exploring.set_sliders({"own-0123abcd": 1.5, "pca-2": -1.0})
    exploring.release()
    for _ in range(2):
        taught.engine.answer()
        taught.settle()
    taught.studio.keep_soon(directions={})  # nothing of them is known here
    taught.studio.generating.show_directions_again()
    assert titles(taught)[-2:] == [("own-0123abcd", "From examples", "来自示例"), ("pca-2", "pca-2", "pca-2")]
    exploring.set_slider("own-0123abcd", 0.0)
    taught.engine.answer()
    assert titles(taught)[-2][0] == "own-0123abcd", "it stays under the hand"
    exploring.set_slider("own-0123abcd", -0.5)
    taught.engine.answer()
    exploring.release()
    taught.engine.answer()
    asked = [one for one in taught.engine.requests if isinstance(one, Generate)][-1]
    assert asked.vectors == {"own-0123abcd": VECTOR}
    taught.studio.generating.directions.rename("own-0123abcd", "Wild", "野")
    kept = taught.studio.settings.directions["shanshui-gan"]
    assert [(one.name, one.title, one.vector) for one in kept] == [("own-0123abcd", "Wild", VECTOR)]


# ── given as a file ──────────────────────────────────────────────────────────────────────────────────────────────────


def given(path: Path, digest: str) -> str:
    file = DirectionFile(
        model="shanshui-gan",
        digest=digest,
        name="own-89abcdef",
        title="Storm",
        title_zh="暴风",
        vector=VECTOR,
    )
    write_direction(path, file)
    return str(path)


def test_a_direction_that_was_given_is_a_slider_of_its_model(
    make: Callable[..., Bench], tmp_path: Path
) -> None:
    bench = make(Finder())
    studio, entry = bench.studio, bench.studio.generating.model
    assert entry is not None
    path = given(tmp_path / "风.danqing-direction", entry.digest)
    assert studio.takes_in(path) and not studio.inserting.takes(path)
    studio.open(path)
    bench.settle()
    assert bench.sentences("done") == [f"“Storm” is a slider of “{entry.card.title}” now."]
    assert titles(bench)[-1] == ("own-89abcdef", "Storm", "暴风")
    studio.exploring.set_slider("own-89abcdef", 1.0)
    assert studio.generating.directions.vectors_of(studio.exploring.state) == {"own-89abcdef": VECTOR}
    studio.exploring.set_slider("own-89abcdef", 0.0)
    studio.generating.directions.rename("own-89abcdef", "Gale", "大风")
    studio.generating.directions.hide("own-89abcdef")
    studio.open(path)
    bench.settle()
    assert titles(bench)[-1] == ("own-89abcdef", "Gale", "大风"), "the artist's own name stays"
    studio.undo()
    assert all(one[0] != "own-89abcdef" for one in titles(bench))


def test_a_direction_of_another_model_says_whose_it_is(make: Callable[..., Bench], tmp_path: Path) -> None:
    bench = make(Finder())
    before = titles(bench)
    bench.studio.open(given(tmp_path / "风.danqing-direction", "9" * 64))
    bench.settle()
    (told,) = bench.sentences("error")
    assert "风.danqing-direction" in told and "“shanshui-gan”, 99999999" in told and titles(bench) == before


def test_a_direction_that_the_window_is_started_with_waits_for_the_models(
    make: Callable[..., Bench], tmp_path: Path
) -> None:
    bench = make(Finder())
    models = bench.studio.generating._listed
    path = given(tmp_path / "a.danqing-direction", models[0].digest)
    bench.studio.generating.set_models(())
    bench.studio.open(path)
    bench.settle()
    assert not bench.sentences("error", "done")
    bench.studio.generating.set_models(models)
    bench.settle()
    assert titles(bench)[-1][0] == "own-89abcdef"
    bench.studio.generating.set_models(models)
    bench.settle()
    assert len(bench.sentences("done")) == 1
