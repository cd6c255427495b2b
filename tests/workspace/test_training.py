"""Training runs and filters as the workspace sees them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.document.layer import Filter
from studio.messages.requests import Train
from tests.workspace.conftest import Bench


def test_a_run_is_followed_and_stopped_without_an_error(bench: Bench) -> None:
    training = bench.studio.training
    training.start("shanshui-gan", name="lake")
    training.start("shanshui-gan", name="second")
    (request,) = bench.engine.requests
    assert isinstance(request, Train), "one run at a time"
    bench.engine.answer()
    assert training.state is not None and training.state.running and training.state.step > 0
    assert training.sample is not None and training.state.checkpoint
    last = Path(request.run) / "checkpoints" / "000000099.safetensors"
    last.parent.mkdir(parents=True)
    last.write_bytes(b"")
    training.stop()
    assert not training.state.running and not training.state.problem
    assert training.state.checkpoint == str(last), "written when it was stopped"
    assert bench.sentences("error") == [] and bench.sentences("done")
    assert not bench.studio.jobs.lines
    training.start("shanshui-gan", name="third")
    assert len(bench.engine.requests) == 2


def test_a_run_that_fails_says_why_and_frees_the_panel(bench: Bench) -> None:
    bench.studio.training.start("shanshui-gan")
    bench.engine.fail("disk_full")
    (sentence,) = bench.sentences("error")
    assert "Make room" in sentence and "last checkpoint is kept" in sentence
    state = bench.studio.training.state
    assert state is not None and not state.running and "full" in state.problem


@pytest.fixture
def noisy(bench: Bench) -> Bench:
    bench.studio.new_picture(128, 96)
    bench.stroke()
    bench.studio.filtering.add_layer("gaussian-noise", {"sigma": 0.1, "seed": 3})
    return bench


def sigma_of(bench: Bench) -> float:
    assert isinstance(bench.active, Filter)
    return bench.active.recipe.parameters["sigma"]


def test_a_live_filter_is_one_step_per_change(noisy: Bench) -> None:
    import msgspec

    filtering = noisy.studio.filtering
    layer = filtering.target
    assert isinstance(layer, Filter)
    for sigma in (0.2, 0.3, 0.4):
        filtering.change(layer.id, msgspec.structs.replace(filtering.parameters(layer), sigma=sigma))
    assert noisy.labels()[-1] == "New filter layer"
    filtering.release()
    assert noisy.labels()[-1] == "Filter parameters" and noisy.labels().count("Filter parameters") == 1
    assert sigma_of(noisy) == 0.4
    noisy.studio.undo()
    assert sigma_of(noisy) == 0.1


def test_once_onto_a_paint_layer_and_never_onto_a_filter(noisy: Bench) -> None:
    noisy.studio.filtering.apply("gaussian-blur", {"sigma": 4.0})
    noisy.settle()
    assert "paint layer" in noisy.sentences("info")[0]
    picture = noisy.picture
    paper = picture.document.artwork.layers[0]
    noisy.studio.layers.choose(paper.id)
    before = paper.surface.read(picture.document.artwork.rect)  # type: ignore[attr-defined]
    noisy.studio.filtering.apply("gaussian-blur", {"sigma": 4.0})
    noisy.settle()
    after = picture.document.artwork.find(paper.id).surface.read(picture.document.artwork.rect)  # type: ignore[union-attr]
    assert not np.array_equal(before, after) and not noisy.studio.jobs.lines
    noisy.studio.undo()
    assert np.array_equal(
        picture.document.artwork.find(paper.id).surface.read(picture.document.artwork.rect),  # type: ignore[union-attr]
        before,
    )


def test_a_layer_changed_while_it_is_filtered_keeps_the_change(noisy: Bench) -> None:
    paper = noisy.picture.document.artwork.layers[0]
    noisy.studio.layers.choose(paper.id)
    noisy.studio.filtering.apply("gaussian-blur", {"sigma": 4.0})
    noisy.studio.layers.set_opacity(0.5)
    noisy.settle()
    assert noisy.picture.document.artwork.find(paper.id).opacity == 0.5  # type: ignore[union-attr]
    assert not noisy.studio.jobs.lines
