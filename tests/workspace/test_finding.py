"""Find in model: what is looked for, the film, and what is used of it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from studio.document.layer import Generated
from studio.messages.events import Event, Finished, Picture, Progress
from studio.messages.pixels import Pixels
from studio.messages.requests import Generate, Part, Project
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.workspace.finding import SIDE, STEPS, Finding
from tests.ui import fakes
from tests.workspace.conftest import Bench, Engine

CODE = b"\x00\x00\x80\x3f" * 8


class Seeker(Engine):
    """Comes half-way with each answer."""

    def answer(self, pictures: int = 1000) -> None:
        waiting, self._waiting = self._waiting, []
        for job, request, on_event in waiting:
            if isinstance(request, Project):
                self._seek(job, request, on_event)
            else:
                self._waiting.append((job, request, on_event))
        super().answer(pictures)

    def _seek(self, job: int, request: Project, on_event: Callable[[Event], None]) -> None:
        for step, left in ((0, 1.5), (request.steps, 0.25)):
            on_event(Progress(job=job, done=step, total=request.steps, values={"difference": left}))
            pixels = Pixels.of(fakes.gradient(step, {}, 32))
            on_event(Picture(job=job, index=step, seed=17, pixels=pixels, real_size=32, latent=CODE))
        on_event(Finished(job=job))


@pytest.fixture
def bench(make: Callable[..., Bench]) -> Bench:
    """With a stroke on a paint layer of a picture of 300 × 200."""
    bench = make(Seeker())
    bench.studio.new_picture(300, 200)
    bench.studio.layers.add_paint()
    bench.settle()
    bench.stroke(60, 100, 90)
    return bench


@pytest.fixture
def finding(bench: Bench) -> Finding:
    return bench.studio.generating.finding


def asked(bench: Bench) -> Project:
    return [one for one in bench.engine.requests if isinstance(one, Project)][-1]


def test_a_layer_is_looked_for_and_found_above_it(bench: Bench, finding: Finding) -> None:
    source, before = bench.active, bench.labels()
    assert finding.can_begin
    finding.begin()
    bench.settle()
    assert finding.running and not finding.can_begin and len(bench.studio.jobs.lines) == 1
    request = asked(bench)
    side = request.shape[0]
    assert request.shape == (side, side, 4) and 1 < side < 60 and request.steps == STEPS, (
        "as high as the stroke"
    )
    seen = np.frombuffer(request.pixels, np.uint8).reshape(request.shape)
    assert seen[..., 3].max() == 255 and finding.target is not None
    bench.engine.answer()
    assert [one.step for one in finding.stages] == [0, STEPS] and finding.difference == 0.25
    assert not finding.running and not bench.studio.jobs.lines and bench.labels() == before
    finding.use(1)
    bench.engine.answer()
    bench.settle()
    layer = bench.active
    assert isinstance(layer, Generated) and bench.labels() == [*before, "Find in model"]
    assert layer.variant is not None and layer.variant.variety == 1.0
    assert layer.variant.parts == (Part(seed=17, weight=1.0, code=CODE),)
    layers = bench.picture.document.artwork.layers
    assert [one.id for one in layers][-2:] == [source.id, layer.id]
    width = layer.transform[0] * layer.variant.width
    assert width == pytest.approx(side) and 60 <= layer.transform[4] <= 150, "it lies where the stroke is"
    bench.picture.document.undo()
    assert bench.picture.document.artwork.layers[-1].id == source.id


def test_sliders_move_what_was_found_and_the_file_keeps_it(bench: Bench, finding: Finding, tmp_path) -> None:
    finding.begin()
    bench.settle()
    bench.engine.answer()
    finding.use(0)
    bench.engine.answer()
    bench.settle()
    bench.studio.exploring.set_slider("mist", 1.0)
    bench.engine.answer()
    bench.studio.exploring.release()
    bench.engine.answer()
    bench.settle()
    last = [one for one in bench.engine.requests if isinstance(one, Generate)][-1]
    assert last.parts[0].code == CODE and last.sliders == {"mist": 1.0} and last.variety == 1.0
    path = tmp_path / "寻.danqing"
    bench.studio.filing.save(bench.picture, str(path))
    bench.settle()
    bench.studio.close(bench.picture)
    bench.settle()
    bench.open(path)
    (layer,) = [one for one in bench.picture.document.artwork.walk() if isinstance(one, Generated)]
    assert layer.variant is not None and layer.variant.parts[0].code == CODE


def test_of_a_selection_its_middle_square_is_looked_for(bench: Bench, finding: Finding) -> None:
    paper = bench.picture.document.artwork.layers[0]
    bench.studio.layers.choose(paper.id)
    document = bench.picture.document
    document.commit(
        "test",
        document.artwork.with_(
            selection=Mask(default=0.0).write(Rect(20, 30, 120, 70), np.ones((40, 100), np.float16))
        ),
    )
    finding.begin()
    bench.settle()
    assert asked(bench).shape == (40, 40, 4)
    bench.engine.answer()
    finding.use(1)
    bench.engine.answer()
    bench.settle()
    layer = bench.active
    assert isinstance(layer, Generated) and layer.variant is not None
    assert layer.transform[4:] == pytest.approx((50, 30))
    assert layer.transform[0] * layer.variant.width == pytest.approx(40)


def test_a_large_layer_is_made_small(bench: Bench, finding: Finding) -> None:
    bench.studio.new_picture(900, 700)
    bench.settle()
    finding.begin()
    bench.settle()
    assert asked(bench).shape == (SIDE, SIDE, 4)


def test_an_empty_layer_a_stop_and_a_failure_change_nothing(bench: Bench, finding: Finding) -> None:
    bench.studio.layers.add_paint()
    before = bench.labels()
    finding.begin()
    bench.settle()
    assert "nothing to look for" in bench.sentences("warn")[-1] and not finding.running
    bench.studio.layers.choose(bench.picture.document.artwork.layers[0].id)
    finding.begin()
    bench.settle()
    finding.stop()
    assert not finding.running and not bench.studio.jobs.lines
    finding.begin()
    bench.settle()
    bench.engine.fail("model_missing", message="gone")
    assert not finding.running and finding.stages == () and bench.labels() == before
    assert "was not found" in bench.sentences("error", "warn")[-1]
