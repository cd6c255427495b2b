"""A film through the variations of a layer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from studio.messages.events import Event, Finished, Picture
from studio.messages.pixels import Pixels
from studio.messages.requests import Interpolate
from studio.workspace import interpolating
from tests.ui import fakes
from tests.workspace.conftest import Bench, Engine


class Filmer(Engine):
    def answer(self, pictures: int = 1000) -> None:
        waiting, self._waiting = self._waiting, []
        for job, request, on_event in waiting:
            if isinstance(request, Interpolate):
                self._film(job, request, on_event)
            else:
                self._waiting.append((job, request, on_event))
        super().answer(pictures)

    def _film(self, job: int, request: Interpolate, on_event: Callable[[Event], None]) -> None:
        for index, one in enumerate(request.stations):
            pixels = Pixels.of(fakes.gradient(one.seed, one.sliders, 32))
            on_event(Picture(job=job, index=index, seed=one.seed, pixels=pixels, real_size=32))
        on_event(Finished(job=job))


@pytest.fixture
def bench(make: Callable[..., Bench]) -> Bench:
    """With a layer of four variations."""
    bench = make(Filmer())
    bench.studio.new_picture(64, 64)
    bench.studio.generating.set_values(seed=5, seed_locked=True)
    bench.studio.generating.generate()
    bench.engine.answer()
    bench.settle()
    return bench


def test_the_way_leads_through_all_the_starred_or_the_pinned(bench: Bench) -> None:
    generating = bench.studio.generating
    asked = interpolating.request_of(generating.target)
    assert asked is not None and [one.seed for one in asked.stations] == [5, 6, 7, 8] and asked.closed
    generating.star(1)
    assert len(interpolating.request_of(generating.target).stations) == 4  # type: ignore[union-attr]
    generating.star(3)
    asked = interpolating.request_of(generating.target)
    assert asked is not None and [one.seed for one in asked.stations] == [6, 8]
    assert asked.model == "shanshui-gan" and asked.size == fakes.NATIVE
    layer, mixing = generating.target, bench.studio.exploring.mixing
    assert layer is not None
    mixing.pin(layer.variants[2].id)
    assert interpolating.shown_way(bench.studio) == asked, "one pin is no way"
    mixing.pin(layer.variants[0].id)
    asked = interpolating.shown_way(bench.studio)
    assert asked is not None and [one.seed for one in asked.stations] == [7, 5], "pins go before stars"


def test_it_is_made_beside_and_written_whole(bench: Bench, tmp_path: Path) -> None:
    before = bench.labels()
    interpolating.write(bench.studio, str(tmp_path / "山水.gif"))
    assert len(bench.studio.jobs.lines) == 1 and not list(tmp_path.glob("*.gif"))
    bench.engine.answer()
    bench.settle()
    with Image.open(tmp_path / "山水.gif") as film:
        assert film.n_frames == 4 and film.size == (32, 32)  # type: ignore[attr-defined]
    assert bench.labels() == before and not bench.studio.jobs.lines
    assert "山水.gif" in bench.sentences("done")[-1]


def test_a_stop_and_a_failure_leave_no_file(bench: Bench, tmp_path: Path) -> None:
    interpolating.write(bench.studio, str(tmp_path / "a.gif"))
    bench.studio.jobs.stop_all()
    interpolating.write(bench.studio, str(tmp_path / "b.gif"))
    bench.engine.fail("model_missing", message="gone")
    bench.settle()
    assert not list(tmp_path.glob("*.gif")) and not bench.studio.jobs.lines
    assert len(bench.sentences("error", "warn")) == 1
