"""A real engine child: started, asked, killed, cancelled, orphaned."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from studio.engine.failures import DEVICE_GONE
from studio.engine.host.inline import InlineEngine
from studio.engine.host.process import ChildEngine
from studio.jobs.job import Priority
from studio.messages.events import (
    Checkpoint,
    Device,
    Event,
    Failed,
    Finished,
    Models,
    Picture,
    Progress,
)
from studio.messages.requests import ApplyFilter, Generate, ListModels, Train, UseDevice

ROOT = Path(__file__).resolve().parents[2]
MANY = tuple(range(100_000))


class Studio:
    """Stands for the UI thread: events wait in a queue until it looks."""

    def __init__(self) -> None:
        self.calls: queue.SimpleQueue = queue.SimpleQueue()
        self.heard: dict[int, list[Event]] = {}
        self.engine = ChildEngine(deliver=self.calls.put)

    def submit(self, request, **options) -> int:
        events: list[Event] = []
        job = self.engine.submit(request, on_event=events.append, **options)
        self.heard[job] = events
        return job

    def until(self, condition: Callable[[], bool]) -> None:
        """Delivers events until ``condition`` holds; three minutes without it are a failure: a training gives way to all else."""
        deadline = time.monotonic() + 180
        while not condition():
            assert time.monotonic() < deadline, self.heard
            with contextlib.suppress(queue.Empty):
                self.calls.get(timeout=0.02)()

    def end(self, job: int) -> Any:
        self.until(lambda: job not in self.engine.running)
        return self.heard[job][-1]

    def pictures(self, job: int) -> list[Picture]:
        return [event for event in self.heard[job] if isinstance(event, Picture)]


@pytest.fixture
def studio(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    one = Studio()
    yield one
    one.engine.close()
    assert one.engine.pids == {}


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    return False


def test_models_devices_and_the_same_pixels_as_here(studio: Studio):
    listed = studio.submit(ListModels())
    made = studio.submit(Generate(model="tiny", seeds=(1, 2, 3), size=40))
    device = studio.submit(UseDevice(device="cpu"))
    assert isinstance(studio.end(listed), Finished)
    models = [event for event in studio.heard[listed] if isinstance(event, Models)]
    assert "tiny" in [entry.card.name for entry in models[0].entries]
    assert isinstance(studio.end(made), Finished)
    assert [picture.pixels.array().shape for picture in studio.pictures(made)] == [(40, 40, 3)] * 3
    assert isinstance(studio.heard[made][0], Progress), "says at once that it is starting"
    assert isinstance(studio.end(device), Finished)
    assert isinstance(studio.engine.device, Device)
    assert studio.engine.device.device == "cpu"
    assert set(studio.engine.pids) == {"interactive"}
    if os.name == "posix":
        pid = studio.engine.pids["interactive"]
        assert os.getpriority(os.PRIO_PROCESS, pid) >= min(19, os.getpriority(os.PRIO_PROCESS, 0) + 10)
        assert os.getsid(pid) == os.getsid(0), "Linux counts niceness only within a session"
        assert os.getpgid(pid) != os.getpgid(0), "Ctrl+C in a terminal is for the studio"

    inline = InlineEngine()
    here: list[Event] = []
    inline.submit(Generate(model="tiny", seeds=(3,), size=40), on_event=here.append)
    inline.drain()
    same = next(event for event in here if isinstance(event, Picture))
    there = studio.pictures(made)[2]
    np.testing.assert_array_equal(there.pixels.array(), same.pixels.array())
    assert there.latent == same.latent
    inline.close()


def test_a_stored_device_that_is_gone(tiny: Path, monkeypatch: pytest.MonkeyPatch):
    """The child works on what there is and tells it, with the reason, to whoever shows the device."""
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    one, said = Studio(), []
    one.engine = ChildEngine(deliver=one.calls.put, device="xpu:7", on_engine=said.append)
    made = one.submit(Generate(model="tiny", seeds=(1,), size=32))
    assert isinstance(one.end(made), Finished)
    assert len(one.pictures(made)) == 1
    assert isinstance(one.engine.device, Device)
    assert one.engine.device.device in one.engine.device.available
    assert [event.reason for event in said if isinstance(event, Device)] == [DEVICE_GONE]
    one.engine.close()


def test_an_engine_filter_is_the_same_as_here(studio: Studio):
    pixels = np.random.default_rng(1).random((40, 50, 4)).astype(np.float32)
    pixels[..., 3] = 1
    request = ApplyFilter(
        name="activity",
        version=1,
        parameters={},
        pixels=pixels.tobytes(),
        shape=pixels.shape,
        dtype=pixels.dtype.str,
    )
    job = studio.submit(request)
    studio.until(lambda: any(isinstance(one, Finished | Failed) for one in studio.heard[job]))
    here: list[Event] = []
    inline = InlineEngine()
    inline.submit(request, on_event=here.append)
    inline.drain()
    found, wanted = (
        next(one for one in events if isinstance(one, Picture)).pixels.array()
        for events in (studio.heard[job], here)
    )
    assert found.shape == (40, 50, 1) and np.abs(found - wanted).max() < 1e-4 and found.max() > 0


def test_killed_in_the_middle_the_next_job_works(studio: Studio):
    job = studio.submit(Generate(model="tiny", seeds=MANY, size=32))
    waiting = studio.submit(Generate(model="tiny", seeds=(7,), size=32), priority=Priority.background)
    studio.until(lambda: len(studio.pictures(job)) > 3)
    first = studio.engine.pids["interactive"]
    os.kill(first, signal.SIGKILL)
    lost = studio.end(job)
    assert lost.kind == "engine_lost"
    assert isinstance(studio.end(waiting), Finished)
    assert len(studio.pictures(waiting)) == 1
    assert studio.engine.pids["interactive"] != first
    assert gone(first)


def test_cancel_pause_and_urgent_work_between_steps(studio: Studio):
    job = studio.submit(Generate(model="tiny", seeds=MANY, size=32), priority=Priority.background)
    studio.until(lambda: len(studio.pictures(job)) > 3)
    pid = studio.engine.pids["interactive"]
    urgent = studio.submit(Generate(model="tiny", seeds=(1,), quick=True), priority=Priority.live)
    assert isinstance(studio.end(urgent), Finished)
    assert job in studio.engine.running
    studio.engine.pause(job)
    studio.end(studio.submit(ListModels(), priority=Priority.background))
    count = len(studio.pictures(job))
    studio.end(studio.submit(ListModels(), priority=Priority.background))
    assert len(studio.pictures(job)) == count
    studio.engine.resume(job)
    studio.until(lambda: len(studio.pictures(job)) > count)
    studio.engine.cancel(job)
    ended = studio.end(job)
    assert isinstance(ended, Failed)
    assert ended.kind == "cancelled"
    assert studio.engine.pids["interactive"] == pid, "cancelled between steps, not by killing"


def test_training_has_a_child_of_its_own_and_keeps_its_steps(studio: Studio, home: Path):
    folder = home / "pictures"
    folder.mkdir()
    random = np.random.default_rng(1)
    for number in range(8):
        pixels = random.integers(0, 255, (32, 32, 3), np.uint8)
        Image.fromarray(pixels).save(folder / f"{number}.png")
    run = home / "data" / "runs" / "one"
    job = studio.submit(Train(recipe="tiny", data=str(folder), run=str(run), checkpoint_every=2))
    studio.until(lambda: sum(isinstance(event, Checkpoint) for event in studio.heard[job]) > 1)
    made = studio.submit(Generate(model="tiny", seeds=(1,), size=32))
    assert isinstance(studio.end(made), Finished)
    assert set(studio.engine.pids) == {"interactive", "training"}
    if os.name == "posix":
        assert os.getpriority(os.PRIO_PROCESS, studio.engine.pids["training"]) == 19, "once it learns"
    studio.engine.cancel(job)
    assert studio.end(job).kind == "cancelled"
    written = [event.path for event in studio.heard[job] if isinstance(event, Checkpoint)]
    assert Path(written[-1]).is_file()
    listed = studio.submit(ListModels())
    studio.end(listed)
    entries = next(event for event in studio.heard[listed] if isinstance(event, Models)).entries
    kept = {path for path in written if Path(path).is_file()}
    assert len(kept) > 1 and kept <= {entry.path for entry in entries if not entry.problem}


ORPHAN = """
import sys, time
from studio.engine.failures import DEVICE_GONE
from studio.engine.host.process import ChildEngine
from studio.messages.requests import Generate
engine = ChildEngine(deliver=lambda call: call())
engine.submit(Generate(model="tiny", seeds=tuple(range(100_000)), size=32),
              on_event=lambda event: print(engine.pids["interactive"], flush=True)
              if type(event).__name__ == "Picture" and event.index == 2 else None)
time.sleep(60)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is of POSIX")
def test_the_child_ends_when_its_parent_is_killed(tiny: Path):
    command = [sys.executable, "-c", ORPHAN]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert not gone(child)
        parent.kill()
    deadline = time.monotonic() + 20
    while not gone(child):
        assert time.monotonic() < deadline, "the child outlived its parent"
        time.sleep(0.02)
