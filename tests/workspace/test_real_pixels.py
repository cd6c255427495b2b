"""Real pixels: detail is a further variation, one undo step, kept with the file; sliders go on without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.document.layer import Generated, Variant
from studio.jobs.job import Priority
from studio.messages.events import DetailLearnt, Finished
from studio.messages.requests import Generate, LearnDetail
from studio.workspace import all_results
from studio.workspace.results import plain_side
from tests.ui import fakes
from tests.workspace.conftest import Bench


@pytest.fixture
def made(bench: Bench) -> Bench:
    """A generated layer of four pictures, selected."""
    bench.studio.new_picture(128, 96)
    bench.studio.generating.generate()
    bench.engine.answer()
    bench.settle()
    bench.engine.requests.clear()
    bench.engine.manners.clear()
    return bench


def layer(bench: Bench) -> Generated:
    found = bench.studio.generating.layer
    assert found is not None
    return found


def shown(bench: Bench) -> Variant:
    variant = layer(bench).variant
    assert variant is not None
    return variant


def add(bench: Bench) -> None:
    bench.studio.generating.real_pixels.add()
    bench.engine.answer()
    bench.settle()


def test_detail_is_a_further_variation_and_one_step(made: Bench) -> None:
    before, labels = shown(made), made.labels()
    place = layer(made).transform
    made.studio.generating.real_pixels.add()
    assert made.studio.generating.real_pixels.running and not made.studio.generating.real_pixels.can_add
    made.engine.answer()
    made.settle()
    (asked,) = made.engine.requests
    assert isinstance(asked, Generate) and (asked.detail, asked.seeds) == (1, (before.seed,))
    assert made.engine.manners == [(Priority.background, None)]
    assert made.labels() == [*labels, "Add detail"] and len(layer(made).variants) == 5
    after = shown(made)
    assert (after.seed, after.width, after.real_size) == (before.seed, 4 * fakes.NATIVE, fakes.NATIVE)
    assert (after.detail, after.detail_digest) == (1, "0123456789abcdef")
    assert layer(made).transform[0] * 4 == pytest.approx(place[0]), "over the same part of the picture"
    assert made.sentences("done") == [
        "64 of 256 pixels a side are drawn by the model; the rest is added detail."
    ]
    made.picture.document.undo()
    assert len(layer(made).variants) == 4


def test_once_more_by_the_same_network_and_no_further(made: Bench) -> None:
    add(made)
    add(made)
    asked = made.engine.requests[-1]
    assert isinstance(asked, Generate) and (asked.detail, asked.detail_digest) == (2, "0123456789abcdef")
    assert shown(made).width == 16 * fakes.NATIVE
    assert not made.studio.generating.real_pixels.can_add, "4096 pixels of the model's 256"


def test_sliders_and_further_variations_go_on_without_it(made: Bench) -> None:
    add(made)
    assert plain_side(shown(made)) == 512
    exploring = made.studio.exploring
    exploring.set_slider("mist", 1.5)
    made.engine.answer()
    exploring.release()
    made.engine.answer()
    made.settle()
    after = shown(made)
    assert (after.detail, after.detail_digest, after.width, after.sliders) == (0, "", 512, {"mist": 1.5})
    made.studio.generating.choose(0)
    add(made)
    made.studio.generating.generate()
    asked = made.engine.requests[-1]
    assert isinstance(asked, Generate) and (asked.detail, asked.size) == (0, 512)


def test_it_is_stopped_like_any_job(made: Bench) -> None:
    made.studio.generating.real_pixels.add()
    (line,) = made.studio.jobs.lines
    assert line.stop is not None
    line.stop()
    assert not made.studio.jobs.lines and made.studio.generating.real_pixels.can_add
    assert not made.sentences("error") and len(layer(made).variants) == 4


def test_what_goes_wrong_is_told_and_nothing_is_lost(made: Bench) -> None:
    made.studio.generating.real_pixels.add()
    made.engine.fail("out_of_memory", message="There is not enough memory for this size.")
    (told,) = made.sentences("error")
    assert told.startswith("No detail was added. There is not enough memory")
    assert len(layer(made).variants) == 4


def test_where_the_layer_is_gone_it_waits(made: Bench) -> None:
    made.studio.generating.real_pixels.add()
    made.picture.document.undo()
    made.engine.answer()
    made.settle()
    (waiting,) = made.studio.generating.waiting.here
    assert waiting.variant.detail == 1


def test_a_model_that_is_missing_adds_none(made: Bench) -> None:
    made.studio.generating.set_models((fakes.model(digest="1" * 64),))
    assert not made.studio.generating.real_pixels.can_add


def test_it_comes_back_with_the_file(made: Bench, tmp_path: Path) -> None:
    add(made)
    path = tmp_path / "细节.danqing"
    made.studio.filing.save(made.picture, str(path))
    made.settle()
    made.studio.close(made.picture)
    made.settle()
    made.open(path)
    (found,) = [one for one in made.picture.document.artwork.walk() if isinstance(one, Generated)]
    assert found.variant is not None
    assert (found.variant.detail, found.variant.detail_digest) == (1, "0123456789abcdef")
    assert (found.variants[0].detail, found.variants[0].detail_digest) == (0, "")


def test_a_result_is_asked_for_again_with_its_detail(made: Bench) -> None:
    add(made)
    variant = shown(made)

    class Kept:
        recipe = layer(made).recipe

    Kept.variant = variant  # type: ignore[attr-defined]
    Kept.recipe = type(Kept.recipe)(name="generate", version=1, parameters={"variety": "much", "model": "m"})
    again = all_results.request_of(Kept())  # type: ignore[arg-type]
    assert (again.detail, again.detail_digest) == (1, "0123456789abcdef")


def test_a_model_learns_detail_from_a_folder(made: Bench, tmp_path: Path) -> None:
    real = made.studio.generating.real_pixels
    real.learn(str(tmp_path))
    (asked,) = made.engine.requests
    assert isinstance(asked, LearnDetail) and (asked.data, asked.resume) == (str(tmp_path), False)
    assert not real.can_learn
    ((job, _, hear),) = made.engine._waiting
    hear(DetailLearnt(job=job, path="x", pictures=9, steps=4, gain=0.5, sharpness=0.9))
    hear(Finished(job=job))
    assert real.can_learn and "has detail of its own now" in made.sentences("done")[-1]
    Path(asked.run).mkdir(parents=True)
    real.learn(str(tmp_path))
    again = made.engine.requests[-1]
    assert isinstance(again, LearnDetail) and again.resume, "what was stopped goes on"
