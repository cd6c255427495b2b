"""The benchmark works: figures, their JSON, rows without a window in this process and one with it in its own.

How fast anything was never decides a test.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest

from studio import cli
from studio.bench import figures, run, scene, stops
from studio.bench.rows import ROWS, mypaint
from studio.jobs.aside import aside

TARGET_ROWS = (
    "startup",
    "open-jpeg",
    "compose",
    "dabs",
    "pen",
    "pen-to-frame",
    "pan-zoom",
    "wet-pen-up",
    "undo",
    "flatten",
    "transform",
    "filter-files",
    "filters",
    "filter-memory",
    "filter-memory-large",
    "filter-drag",
    "cancel",
    "slider",
    "gap",
    "fuse",
    "first-stroke",
    "generate",
    "commit",
    "heal",
    "data",
    "latent",
    "slider-vae",
    "cvae",
    "preference",
    "codec",
    "detail",
    "train-step",
    "stitch",
    "large",
)


def test_every_row_is_there_and_can_be_imported():
    assert tuple(ROWS) == TARGET_ROWS
    for module in ROWS.values():
        assert callable(importlib.import_module(module).measure)


def test_a_figure_knows_its_percentiles_and_whether_it_met_its_target():
    found = figures.figure("x", "ms", [1.0] * 98 + [2.0, 9.0], {"p50": 1.0, "max": 9.0})
    assert (found.p50, found.max, found.n, found.met) == (1.0, 9.0, 100, True)
    missed = figures.figure("x", "ms", [1.0, 30.0], {"p50": 20.0, "max": 25.0})
    assert missed.met is False and "MISSED" in figures.line(missed)
    empty = figures.figure("x", "ms", (), {"max": 1.0}, "not installed here")
    assert empty.met is None and figures.line(empty).endswith("not installed here")


def test_the_json_names_machine_date_and_figures():
    plain = json.loads(figures.document([figures.figure("x", "ms", [1.0])], quick=True))
    assert plain["machine"]["cores"] >= 1
    assert {"danqing", "python", "numpy"} <= set(plain["machine"]["versions"])
    assert plain["date"].startswith("20")
    assert {"p50", "p95", "p99", "max", "n", "unit", "target", "note", "peak_memory"} <= set(
        plain["figures"][0]
    )


def test_what_is_measured_on_is_what_it_says():
    artwork = scene.ten_layers(512)
    assert len(artwork.layers) == 10
    assert len([layer for layer in artwork.layers if layer.mask is not None]) == 1
    assert {"linear-light", "vivid-light", "multiply"} <= {layer.mode for layer in artwork.layers}
    picture = scene.photograph(300, 200)
    assert picture.shape == (200, 300, 3) and 20 < picture.std() < 80
    assert np.array_equal(picture, scene.photograph(300, 200))


@pytest.mark.parametrize("name", ["pen", "commit", "heal", pytest.param("fuse", marks=pytest.mark.slow)])
def test_a_row_gives_figures(name: str):
    found = importlib.import_module(ROWS[name]).measure(True)
    assert found
    for one in found:
        assert one.n > 0 and 0 < one.p50 <= one.p95 <= one.p99 <= one.max
        assert one.unit
    assert any(one.target for one in found)


def test_filters_are_compared_at_equal_error():
    row = importlib.import_module(ROWS["filters"])
    found = [one for one in row._speeds(192) if one.unit == "dB"]
    assert len(found) >= 4 and all(one.met for one in found), found


@pytest.mark.skipif(sys.platform != "linux", reason="the peak begins anew on Linux only")
def test_the_memory_of_a_filter_holds_at_least_its_result():
    row = importlib.import_module(ROWS["filter-memory"])
    assert 1.0 <= row.above(1024, "levels") < 4
    with pytest.raises(RuntimeError, match="changed nothing"):
        row.above(256, "exposure")


def test_a_stop_is_timed_for_every_way_to_repair_cut_out_and_stitch():
    row = importlib.import_module(ROWS["cancel"])
    found = row._repaired(scene.photo_surface(128, 128, 3), 128)
    assert {"fill", "seamless", "quilting", "stitching"} <= set(found)
    assert {name.split(",")[0] for name in found} >= {"carving", "matting"}
    assert all(stop.waited > 0 and stop.left >= 0 for stop in found.values())


def test_a_stop_counts_the_step_it_meets_and_what_is_left_of_it() -> None:
    """One whose steps take 0.1 s of the processor on the lane, and one that goes on unseen for 0.2 s."""

    def busy() -> Iterator[float]:
        while True:
            end = time.process_time() + 0.1
            while time.process_time() < end:
                pass
            yield 0.0

    found = stops.stopped(busy, 0.15)
    assert found.waited >= 100 and found.worked >= 100

    ended = threading.Event()
    threading.Timer(0.3, ended.set).start()
    found = stops.stopped(lambda: aside(_waiting(ended), 0.0), 0.05)
    assert ended.is_set() and found.left > found.worked
    with pytest.raises(ValueError, match="no work"):
        stops.stopped(_failing, 1.0)


def _waiting(ended: threading.Event) -> Generator[float, None, None]:
    yield 0.0
    ended.wait(30)


def _failing() -> Iterator[float]:
    yield 0.5
    raise ValueError("no work")


def test_a_figure_is_told_before_the_next_is_measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A row that stands still after its first figure: the figure comes, and then that the row was not done."""
    script = tmp_path / "row.py"
    one = figures.figure("x", "ms", [1.0])
    script.write_text(
        f"import time; print('a library speaks'); print({msgspec.json.encode(one).decode()!r}, flush=True); time.sleep(60)"
    )
    popen = subprocess.Popen
    monkeypatch.setattr(
        run.subprocess, "Popen", lambda _, **kept: popen([sys.executable, str(script)], **kept)
    )
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(run, "SECONDS", 2.0)
    told = run.measure(("compose",))
    assert next(told) == one
    failed = next(told)
    assert failed.row == "compose" and failed.met is False and "not done" in failed.note
    assert next(told, None) is None


def test_dabs_are_measured_with_and_without_another_engine_beside_them(monkeypatch: pytest.MonkeyPatch):
    row = importlib.import_module(ROWS["dabs"])
    monkeypatch.setattr(row, "RADII", (5.0,))
    monkeypatch.setattr(row.mypaint, "library", lambda: None)
    found = row.measure(True)
    assert found[0].n == 0
    assert "not installed" in found[0].note
    assert all(one.n > 0 and one.p50 > 0 for one in found[1:])


def test_the_command_writes_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    target = tmp_path / "数.json"
    assert cli.main(["bench", "compose", "--quick", "--json", str(target)]) == 0
    out, _ = capsys.readouterr()
    plain = json.loads(target.read_text("utf-8"))
    assert [one["row"] for one in plain["figures"]] == ["compose", "compose"]
    assert all(one["n"] > 0 and one["peak_memory"] > 0 for one in plain["figures"]), plain
    assert out.count("\n") == 2


@pytest.mark.slow
def test_the_pen_is_timed_on_a_canvas_view_of_its_full_size():
    (found,) = run.measure(("pen-to-frame",), quick=True)
    assert found.n > 100, found.note
    assert "canvas view 1920 × 1080" in found.what


def test_what_takes_minutes_is_measured_only_by_its_name(monkeypatch: pytest.MonkeyPatch):
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(run, "measure", lambda names, **_: asked.append(tuple(names)) or iter(()))
    assert cli.main(["bench"]) == 0 and cli.main(["bench", "large"]) == 0
    long = ("filter-memory-large", "large")
    assert asked == [tuple(name for name in TARGET_ROWS if name not in long), ("large",)]


def test_a_row_that_fails_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(run, "SECONDS", 0.01)
    (failed,) = run.measure(("compose",), quick=True)
    assert failed.n == 0 and failed.met is False and "not done" in failed.note


def test_a_sample_whose_dab_was_never_painted_is_a_miss():
    pen = importlib.import_module(ROWS["pen-to-frame"])
    latency, lost = pen.figures("what", [1.0, 2.0], 0, "")
    assert latency.met is True and lost.met is True
    latency, lost = pen.figures("what", [1.0, 2.0], 1, "")
    assert latency.met is True and lost.met is False and lost.max == 1


def test_dabs_are_counted_as_they_are_laid():
    dabs = importlib.import_module(ROWS["dabs"])
    path = dabs._path(40, dabs.STEP)
    brush = msgspec.structs.replace(dabs.BRUSH, size=100.0)
    laid = dabs._count(brush, path)
    assert laid == pytest.approx(39 * dabs.STEP / (100 * dabs.SPACING), abs=2)
    library = mypaint.library()
    if library is None:
        pytest.skip("libmypaint is not installed")
    values = {"side": dabs.SIDE, "radius": 50.0, "spacing": dabs.SPACING, "hardness": 0.5, "opaque": 0.6}
    assert mypaint.count(library, path, **values) == pytest.approx(laid, abs=3)
    assert mypaint.seconds(library, path, **values) > 0


@pytest.mark.parametrize("way", ["recorded", "events", "tiles"])
def test_the_time_of_a_stroke_has_its_pixels(way: str, monkeypatch: pytest.MonkeyPatch):
    """Whatever way it is drawn, the tiles of the layer are made before the clock stops."""
    dabs = importlib.import_module(ROWS["dabs"])
    made: list[float] = []
    surface = dabs.Stroke.surface
    monkeypatch.setattr(dabs.Stroke, "surface", lambda self: (surface(self), made.append(0.0))[0])
    clock = iter((1.0, 3.0))
    monkeypatch.setattr(dabs.time, "thread_time", lambda: (made.append(1.0), next(clock))[1])
    assert dabs._seconds(msgspec.structs.replace(dabs.BRUSH, size=20.0), dabs._path(5, 8.0), way) == 2.0
    assert made.count(1.0) == 2 and made[-2:] == [0.0, 1.0]
