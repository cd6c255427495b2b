"""Memory that runs short: history and caches give way first, one card, no stroke is lost."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from studio.filters import FilterKind
from studio.project import free_memory
from studio.raster.stroke import Stroke
from studio.workspace import imaging, memory, notices
from studio.workspace.memory import ROOMY, SHORT
from studio.workspace.tools import Pointer
from tests.workspace.conftest import Bench


class Meter:
    def __init__(self, left: int | None) -> None:
        self.left = left

    def __call__(self) -> int | None:
        return self.left


def paint_steps(bench: Bench, count: int) -> None:
    for number in range(count):
        bench.stroke(20, 20 + number, 200)


def resident(bench: Bench) -> int:
    return bench.picture.document.resident_bytes


def test_history_is_freed_first_and_said_once(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "LOOK_SECONDS", 0.0)
    monkeypatch.setattr(memory, "TIGHT_HISTORY", 4 << 20)
    meter = bench.studio.memory.meter = Meter(ROOMY * 4)
    picture = bench.studio.new_picture(300, 300)
    picture.document.set_budget(1 << 40)
    paint_steps(bench, 12)
    shown = picture.renderer.flatten(picture.document.artwork)
    held, steps = resident(bench), len(picture.document.history)
    assert not bench.told
    meter.left = SHORT - 1
    paint_steps(bench, 2)
    assert resident(bench) <= memory.TIGHT_HISTORY < held
    assert len(bench.told) == 1 and "Memory runs short" in bench.sentences("warn")[0]
    for _ in range(2):
        bench.studio.undo()
    assert len(picture.document.history) == steps + 2
    np.testing.assert_array_equal(picture.renderer.flatten(picture.document.artwork), shown)
    while picture.document.can_undo:
        bench.studio.undo()
    assert picture.document.cursor == 0
    assert len(bench.told) == 1, "told once, and never while memory stays short"


def test_caches_shrink_and_widen_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "LOOK_SECONDS", 0.0)
    monkeypatch.setattr(memory, "TIGHT_CACHE", 1 << 20)
    meter = bench.studio.memory.meter = Meter(ROOMY * 4)
    picture = bench.studio.new_picture(1024, 1024)
    keys = [(column, row) for column in range(4) for row in range(4)]
    for key in keys:
        picture.renderer.view_tile(picture.document.artwork, key)
    held = picture.renderer.held
    meter.left = SHORT - 1
    bench.stroke()
    assert picture.renderer.held <= 1 << 20 < held
    assert picture.tile_budget == memory.TIGHT_HISTORY and bench.studio.memory.short
    meter.left = ROOMY + 1
    bench.stroke()
    assert picture.tile_budget == bench.studio.settings.history_budget and not bench.studio.memory.short


def test_pictures_that_are_opened_then_are_small_from_the_start(bench: Bench) -> None:
    bench.studio.memory.make_room()
    assert bench.studio.new_picture(64, 64).tile_budget == memory.TIGHT_HISTORY


def test_a_stroke_goes_on_where_the_memory_failed(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = bench.studio.new_picture(300, 300)
    bench.stroke()
    whole = picture.renderer.flatten(picture.document.artwork)
    bench.studio.undo()
    merged, failing = Stroke._merged, [3, 5]

    def fails(stroke: Stroke, *arguments: object) -> object:
        failing[:] = [number - 1 for number in failing]
        if 0 in failing:
            raise MemoryError
        return merged(stroke, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Stroke, "_merged", fails)
    bench.stroke()
    assert bench.labels()[-1] == "Paint" and not picture.document.gesture_open
    np.testing.assert_array_equal(picture.renderer.flatten(picture.document.artwork), whole)
    assert bench.sentences() == [bench.sentences("warn")[0]]


def test_a_stroke_whose_end_fails_twice_is_kept_as_it_was_seen(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = bench.studio.new_picture(300, 300)

    def fails(_stroke: Stroke) -> object:
        raise MemoryError

    monkeypatch.setattr(Stroke, "finish", fails)
    before = picture.document.artwork
    bench.stroke()
    assert bench.labels()[-1] == "Paint" and picture.document.artwork is not before


def test_a_tool_that_gets_no_memory_says_so_and_changes_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from studio.workspace.tools import move

    picture = bench.studio.new_picture(300, 300)
    bench.stroke()
    before = picture.document.artwork

    def fails(*_arguments: object) -> object:
        raise MemoryError

    monkeypatch.setattr(move.Moving, "shown", fails)
    bench.studio.painting.choose_tool("move")
    gesture = bench.studio.painting.begin(picture, Pointer(20, 20))
    assert gesture is not None
    gesture.send(Pointer(60, 60))
    gesture.finish()
    assert picture.document.artwork is before and not picture.document.gesture_open
    assert "not enough memory" in bench.sentences("error")[0]


def test_a_job_that_gets_no_memory_makes_room(bench: Bench) -> None:
    bench.studio.new_picture(64, 64)

    def work():
        raise MemoryError
        yield

    bench.studio.render_lane.submit(work)
    bench.settle()
    assert bench.studio.memory.short


def test_the_system_is_asked(tmp_path: Path) -> None:
    left = free_memory.bytes_left()
    assert left is None or 0 < left < 1 << 50
    file = tmp_path / "meminfo"
    file.write_text("MemTotal:  2000 kB\nMemFree:  10 kB\nMemAvailable:   1500 kB\n")
    assert free_memory._left_on_linux(str(file)) == 1500 * 1024
    assert free_memory._left_on_linux(str(tmp_path / "nothing")) is None
    (tmp_path / "memory.max").write_text("1000000\n")
    (tmp_path / "memory.current").write_text("900000\n")
    (tmp_path / "memory.stat").write_text("anon 5\ninactive_file 200000\nactive_file 50000\n")
    assert free_memory._left_in_container(str(tmp_path)) == 350_000
    (tmp_path / "memory.max").write_text("max\n")
    assert free_memory._left_in_container(str(tmp_path)) is None
    if sys.platform == "linux":
        assert left is not None


def out_of_memory(*_arguments: object, **_options: object) -> object:
    raise MemoryError
    yield


def test_filters_that_run_out_of_memory_say_what_to_do(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = bench.studio.new_picture(200, 150)
    bench.settle()
    bench.told.clear()
    for way in ("steps", "streaming"):
        monkeypatch.setattr(FilterKind, way, out_of_memory)
    before = picture.document.committed
    bench.studio.filtering.apply("gaussian-blur", {})
    bench.settle()
    assert bench.sentences("error") == [notices.NO_MEMORY]
    assert picture.document.committed is before and not bench.studio.jobs.lines
    bench.told.clear()
    bench.studio.filtering.add_layer("auto-contrast")
    bench.studio.filtering.follow(picture)
    bench.settle()
    assert bench.sentences("error") == [notices.NOT_FILTERED.format(reason=notices.NO_MEMORY)]
    bench.told.clear()
    imaging.in_background(bench.studio, "x", out_of_memory)  # type: ignore[arg-type]
    bench.studio.selecting.run("x", out_of_memory)  # type: ignore[arg-type]
    bench.settle()
    assert bench.sentences("error") == [notices.NO_MEMORY] * 2
