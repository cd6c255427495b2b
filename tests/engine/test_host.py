"""Frames, the engine in this process, and the parent's side of an engine child (with children that misbehave)."""

from __future__ import annotations

import contextlib
import os
import queue
import socket
import stat
import struct
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from studio.engine.context import Context
from studio.engine.host import frames, keeper, link, process
from studio.engine.host.child import Child
from studio.engine.host.inline import InlineEngine
from studio.engine.host.process import ChildEngine
from studio.jobs.job import Priority
from studio.messages.events import Device, Event, Failed, Finished, Models, Picture
from studio.messages.models import ModelCard, ModelEntry
from studio.messages.pixels import Pixels
from studio.messages.requests import ApplyFilter, Generate, ListModels, Train, UseDevice

# --- frames -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    left, right = socket.socketpair()
    yield left, right
    left.close()
    right.close()


def cross(ends, message) -> Any:
    sender = threading.Thread(target=frames.send, args=(ends[0], message))
    sender.start()
    received = frames.receive(ends[1])
    sender.join()
    return received


def test_large_fields_travel_beside_the_header(ends):
    pixels = np.random.default_rng(1).integers(0, 255, (300, 400, 3), np.uint8)
    picture = Picture(job=7, index=1, seed=3, pixels=Pixels.of(pixels), real_size=256, latent=bytes(5000))
    assert len(frames.encode(picture)[0]) < 400
    received = cross(ends, picture)
    np.testing.assert_array_equal(received.pixels.array(), pixels)
    assert not received.pixels.array().flags.writeable
    assert received.latent == bytes(5000)
    assert msgspec.structs.replace(received, pixels=picture.pixels) == picture


def test_every_sort_of_message_comes_back_equal(ends):
    card = ModelCard(name="n", title="t", title_zh="山", kind="gan", size=1, learned_size=2)
    entries = tuple(
        ModelEntry(card=card, path=f"/{i}", digest="d", bytes=3, preview=bytes(i * 1500)) for i in range(3)
    )
    request = ApplyFilter(
        name="f", version=1, parameters={"a": 0.5}, pixels=bytes(9000), shape=(9000,), dtype="|u1"
    )
    for message in (
        Models(job=1, entries=entries),
        frames.Submit(4, 1, request),
        frames.Submit(5, 0, Generate(model="m", seeds=(1, 2), sliders={"mist": 0.5})),
        frames.Cancel(4),
        frames.Started(9),
        frames.Company(busy=True),
        Failed(job=2, kind="bug", message="broken", arguments={"a": "b"}),
    ):
        assert cross(ends, message) == message


def test_damaged_frames_are_refused(ends):
    whole = b"".join(bytes(part) for part in frames.encode(frames.Cancel(3)))
    for damaged in (
        struct.pack("<II", 0xFFFFFFFF, 10),
        struct.pack("<II", 10, 0xFFFFFF),
        struct.pack("<II", 3, 3),
        whole[:8] + b"\xc1" * (len(whole) - 8),
    ):
        left, right = socket.socketpair()
        with left, right:
            left.sendall(damaged)
            with pytest.raises(frames.FrameError):
                frames.receive(right)


def test_places_that_do_not_exist_are_refused(ends):
    encode = msgspec.msgpack.encode
    for places, lengths in (([["no_such"]], [3]), ([["job", 0]], [3]), ([], [3]), ([["job"]], [9])):
        header = encode([{"type": "Cancel", "job": 1}, places, lengths])
        ends[0].sendall(struct.pack("<II", 4 + len(header) + 3, len(header)) + header + b"abc")
        with pytest.raises(frames.FrameError):
            frames.receive(ends[1])


def test_end_of_the_connection_is_told_from_rubbish(ends):
    ends[0].sendall(b"\x05\x00")
    ends[0].shutdown(socket.SHUT_WR)
    with pytest.raises(frames.ClosedError):
        frames.receive(ends[1])


def test_hello_of_another_protocol_is_understood(ends):
    header = msgspec.msgpack.encode(
        [{"type": "Hello", "protocol": 99, "version": "9", "device": "", "device_name": "", "new": 1}]
    )
    ends[0].sendall(struct.pack("<II", 4 + len(header), len(header)) + header)
    assert frames.receive_hello(ends[1]).protocol == 99


# --- the engine in this process -----------------------------------------------------------------------------------------


def test_inline_engine_runs_by_priority_and_replaces(tiny):
    engine = InlineEngine()
    heard: list[tuple[str, str]] = []

    def listen(name: str) -> Callable[[Event], None]:
        return lambda event: heard.append((name, type(event).__name__))

    quick = Generate(model="tiny", seeds=(1,), quick=True)
    engine.submit(ListModels(), priority=Priority.background, on_event=listen("late"))
    for name in ("a", "b", "c"):
        engine.submit(quick, priority=Priority.live, replace="explore", on_event=listen(name))
    assert heard == [("a", "Failed"), ("b", "Failed")]
    engine.drain()
    assert heard[-1] == ("late", "Finished")
    assert [event for name, event in heard if name == "c"][-2:] == ["Picture", "Finished"]
    assert engine.running == ()
    engine.close()


def test_inline_engine_cancels_and_reports_bugs(tiny):
    engine = InlineEngine()
    heard: list[Event] = []
    job = engine.submit(Generate(model="tiny", seeds=tuple(range(50)), size=32), on_event=heard.append)
    while not any(isinstance(event, Picture) for event in heard):
        engine.lane.step()
    engine.cancel(job)
    engine.drain()
    assert isinstance(heard[-1], Failed)
    assert heard[-1].kind == "cancelled"
    assert heard[-1].job == job

    engine.context.models._load = lambda path, device: 1 / 0
    engine.context.models.clear()
    engine.submit(Generate(model="tiny", seeds=(1,)), on_event=heard.append)
    engine.drain()
    assert heard[-1].kind == "bug"
    assert "ZeroDivisionError" in heard[-1].details
    engine.close()


# --- the parent's side ----------------------------------------------------------------------------------------------


FAKE = """\
import os, sys, time
sys.path.insert(0, {root!r})
from studio.engine.host import frames
from studio.engine.host.child import connect
from studio.messages.events import *
from studio.messages.models import *
address = next(word for word in sys.argv if word.startswith(("unix:", "tcp:")))
connection = connect(address)
connection.sendall(sys.stdin.buffer.read(32))
hello = dict(version="fake", device="", device_name="")
born = os.path.join({folder!r}, str(os.getpid()) + ".born")
open(born, "w").close()
births = len([name for name in os.listdir({folder!r}) if name.endswith(".born")])
say = lambda message: frames.send(connection, message)

def hear():
    message = frames.receive(connection)
    return hear() if isinstance(message, frames.Company) else message

"""
GREET = """
say(Hello(**hello)); frames.receive_hello(connection); say(Device(device="cpu", device_name="fake"))
"""


@pytest.fixture
def fake(tmp_path: Path) -> Callable[[str], str]:
    """Writes an interpreter that, whatever it is asked to run, speaks the frames as the given lines do."""

    def write(lines: str) -> str:
        folder = tmp_path / "born"
        folder.mkdir(exist_ok=True)
        root = str(Path(frames.__file__).parents[3])
        script = tmp_path / "fake.py"
        script.write_text(FAKE.format(root=root, folder=str(folder)) + textwrap.dedent(lines))
        python = tmp_path / "python"
        python.write_text(f'#!/bin/sh\nexec {sys.executable} {script} "$@"\n')
        python.chmod(0o700)
        return str(python)

    write.births = lambda: len(list((tmp_path / "born").glob("*.born")))  # type: ignore[attr-defined]
    return write


class Studio:
    """Stands for the UI thread: events wait in a queue until it looks."""

    def __init__(self, **options):
        self.calls: queue.SimpleQueue = queue.SimpleQueue()
        self.heard: dict[int, list[Event]] = {}
        self.engine_said: list[Event] = []
        self.engine = ChildEngine(deliver=self.calls.put, on_engine=self.engine_said.append, **options)

    def submit(self, request, **options) -> int:
        events: list[Event] = []
        job = self.engine.submit(request, on_event=events.append, **options)
        self.heard[job] = events
        return job

    def until(self, condition: Callable[[], bool]) -> None:
        """Delivers events until ``condition`` holds; a minute without it is a failure."""
        deadline = time.monotonic() + 60
        while not condition():
            assert time.monotonic() < deadline, self.heard
            with contextlib.suppress(queue.Empty):
                self.calls.get(timeout=0.02)()

    def end(self, job: int) -> Any:
        self.until(lambda: job not in self.engine.running)
        return self.heard[job][-1]


@pytest.fixture
def studio() -> Iterator[Callable[..., Studio]]:
    made: list[Studio] = []

    def make(**options) -> Studio:
        made.append(Studio(**options))
        return made[-1]

    yield make
    for one in made:
        one.engine.close()


posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in interpreter is a shell script")


@posix
def test_latest_wins_and_only_one_is_under_way(studio, fake):
    lines = """
    say(Hello(**hello)); frames.receive_hello(connection); say(Device(device="cpu", device_name="fake"))
    while True:
        order = hear()
        say(frames.Started(order.job))
        time.sleep(0.05)
        say(Finished(job=order.job))
    """
    one = studio(python=fake(lines))
    first, *between, last = [
        one.submit(Generate(model="m", seeds=(number,)), replace="explore") for number in range(20)
    ]
    assert isinstance(one.end(last), Finished)
    assert isinstance(one.end(first), Finished)
    for job in between:
        assert one.end(job).kind == "cancelled"
    assert one.engine.device.device_name == "fake"


@posix
def test_a_hung_job_is_killed_and_waiting_jobs_are_kept(studio, fake):
    lines = """
    say(Hello(**hello)); frames.receive_hello(connection); say(Device(device="cpu", device_name="fake"))
    if births == 1:
        say(frames.Started(hear().job))
        time.sleep(1000)
    while True:
        order = hear()
        if isinstance(order, frames.Submit):
            say(frames.Started(order.job)); say(Finished(job=order.job))
    """
    one = studio(python=fake(lines), grace={"interactive": 0.3})
    hung = one.submit(Generate(model="m", seeds=(1,)))
    waiting = one.submit(Generate(model="m", seeds=(2,)))
    one.until(lambda: any(isinstance(event, Device) for event in one.engine_said))
    one.engine.cancel(hung)
    assert one.end(hung).kind == "cancelled"
    assert isinstance(one.end(waiting), Finished)
    assert fake.births() == 2


@posix
def test_a_child_that_dies_costs_only_its_running_job(studio, fake):
    lines = """
    say(Hello(**hello)); frames.receive_hello(connection); say(Device(device="cpu", device_name="fake"))
    if births == 1:
        say(frames.Started(hear().job))
        sys.stderr.write("the card fell off"); sys.stderr.flush()
        os._exit(9)
    while True:
        order = hear()
        say(frames.Started(order.job)); say(Finished(job=order.job))
    """
    one = studio(python=fake(lines))
    running = one.submit(Generate(model="m", seeds=(1,)))
    waiting = one.submit(Generate(model="m", seeds=(2,)))
    lost = one.end(running)
    assert lost.kind == "engine_lost"
    assert "the card fell off" in lost.details
    assert isinstance(one.end(waiting), Finished)


@posix
def test_a_child_that_always_dies_is_given_up_and_tried_again_when_asked(studio, fake):
    one = studio(python=fake(GREET + "hear()\nos._exit(1)"))
    job = one.submit(Generate(model="m", seeds=(1,)))
    failed = one.end(job)
    assert failed.kind == "engine_lost"
    assert "3" in failed.message.format(**failed.arguments)
    assert fake.births() == 3
    one.end(one.submit(Generate(model="m", seeds=(1,))))
    assert fake.births() == 4


@posix
def test_another_protocol_is_named(studio, fake):
    python = fake('hello["protocol"] = 99\n' + GREET)
    failed = (one := studio(python=python)).end(one.submit(ListModels()))
    assert failed.kind == "engine_lost"
    assert failed.arguments["theirs"] == "99"
    assert failed.arguments["python"] == python


def test_an_interpreter_that_does_not_exist(studio):
    one = studio(python="/no/such/python")
    failed = one.end(one.submit(ListModels()))
    assert failed.kind == "engine_lost"
    assert "/no/such/python" in failed.details


@posix
def test_an_interpreter_without_the_engine_says_why(studio, fake):
    one = studio(python=fake('raise ModuleNotFoundError("No module named torch")'))
    assert "No module named torch" in one.end(one.submit(ListModels())).details


@posix
def test_rubbish_from_the_child_is_a_lost_engine(studio, fake):
    one = studio(
        python=fake(GREET + 'say(frames.Started(hear().job))\nconnection.sendall(b"x" * 100)\ntime.sleep(9)')
    )
    assert one.end(one.submit(ListModels())).kind == "engine_lost"


@posix
def test_only_the_child_with_the_key_is_let_in(monkeypatch, tmp_path):
    monkeypatch.setattr(link, "START_LIMIT", 5.0)
    seen: list[Path] = []
    listen = link._listen

    def intrude(folder: Path):
        seen.append(folder)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        listener, address = listen(folder)
        intruder = socket.socket(socket.AF_UNIX)
        intruder.connect(address.removeprefix("unix:"))
        intruder.sendall(bytes(link.KEY_LENGTH))
        monkeypatch.setattr(link, "_intruder", intruder, raising=False)
        return listener, address

    monkeypatch.setattr(link, "_listen", intrude)
    with pytest.raises(link.StartError, match="something else answered"):
        link.start(sys.executable, "interactive", "cpu", lambda: False)
    link._intruder.close()  # type: ignore[attr-defined]
    assert not seen[0].exists()


def test_the_childs_environment_is_limited(monkeypatch):
    monkeypatch.setenv("AWS_SECRET", "x")
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0")
    environment = link.limited_environment()
    assert "AWS_SECRET" not in environment
    assert environment["CUDA_VISIBLE_DEVICES"] == "0"


def test_bad_values_never_reach_the_child(studio):
    one = studio(python="/no/such/python")
    failed = one.end(one.submit(Generate(model="m", seeds=(1,), variety=99.0)))
    assert failed.kind == "bad_request"


@posix
def test_the_wished_device_is_kept_for_the_next_child(studio, fake):
    lines = """
    device = sys.argv[sys.argv.index("--device") + 1]
    say(Hello(**hello)); frames.receive_hello(connection)
    while True:
        order = hear()
        device = getattr(order.request, "device", device)
        say(frames.Started(order.job))
        say(Device(job=order.job, device=device, device_name="fake"))
        say(Finished(job=order.job))
        if births == 1:
            os._exit(0)
    """
    one = studio(python=fake(lines))
    one.end(one.submit(UseDevice(device="xpu:0")))
    one.until(lambda: not one.engine.pids)
    one.end(one.submit(ListModels()))
    assert fake.births() == 2
    assert one.engine.device.device == "xpu:0"


@posix
def test_a_refused_device_is_not_handed_to_the_training(studio, fake):
    lines = """
    device = sys.argv[sys.argv.index("--device") + 1]
    say(Hello(**hello)); frames.receive_hello(connection)
    while True:
        order = hear()
        say(frames.Started(order.job))
        if type(order.request).__name__ == "UseDevice":
            say(Failed(job=order.job, kind="bad_request", message="no"))
        else:
            say(Device(job=order.job, device=device, device_name="fake"))
            say(Finished(job=order.job))
    """
    one = studio(python=fake(lines), device="cpu")
    assert one.end(one.submit(UseDevice(device="xpu:7"))).kind == "bad_request"
    job = one.submit(Train(recipe="tiny", run="x"))
    assert isinstance(one.end(job), Finished)
    assert [event.device for event in one.heard[job] if isinstance(event, Device)] == ["cpu"]


def stands_still(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


HELD = """
say(Hello(**hello)); frames.receive_hello(connection); say(Device(device="cpu", device_name="fake"))
job = hear().job
say(frames.Started(job))
if "training" not in sys.argv:
    time.sleep(0.2); say(Finished(job=job))
hear()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks at the states of processes in /proc")
def test_a_training_stands_still_while_a_quick_picture_is_made(studio, fake):
    one = studio(python=fake(HELD))
    training = one.submit(Train(recipe="tiny", run="x"))
    one.until(lambda: "training" in one.engine.pids and bool(one.heard[training]))
    pid = one.engine.pids["training"]
    assert not stands_still(pid)
    quick = one.submit(Generate(model="m", seeds=(1,), quick=True))
    one.until(lambda: stands_still(pid))
    assert isinstance(one.end(quick), Finished)
    one.until(lambda: not stands_still(pid))
    one.submit(Generate(model="m", seeds=(1,), quick=True))
    one.until(lambda: stands_still(pid))
    began = time.monotonic()
    one.engine.close()  # ends it although it stands still
    assert time.monotonic() - began < 5 and not Path(f"/proc/{pid}").exists()


@posix
def test_the_interactive_child_hears_whether_a_training_works(studio, fake, monkeypatch):
    monkeypatch.setattr(process, "CAN_HOLD", False)
    lines = """
    say(Hello(**hello)); frames.receive_hello(connection)
    if "training" in sys.argv:
        job = hear().job
        say(frames.Started(job))
        while not isinstance(hear(), frames.Cancel):
            pass
        say(Failed(job=job, kind="cancelled", message="no"))
        time.sleep(60)
    busy = None
    while True:
        message = frames.receive(connection)
        if isinstance(message, frames.Company):
            busy = message.busy
            say(Device(device=f"busy {busy}", device_name="fake"))
        else:
            say(frames.Started(message.job)); say(Progress(job=message.job, done=0, total=1, text=f"busy {busy}"))
            os._exit(0)
    """
    one = studio(python=fake(lines))

    def said(text: str) -> Callable[[], bool]:
        return lambda: bool(one.engine_said) and getattr(one.engine_said[-1], "device", "") == text

    one.engine.start()
    training = one.submit(Train(recipe="tiny", run="x"))
    one.until(said("busy True"))
    one.engine.pause(training)
    one.until(said("busy False"))
    one.engine.resume(training)
    one.until(said("busy True"))
    one.end(one.submit(ListModels()))  # at which it ends; the next one is told at its start
    one.engine_said.clear()  # what the first one said would answer for the second
    one.engine.start()
    one.until(said("busy True"))
    one.engine.cancel(training)
    one.until(said("busy False"))


def test_quick_pictures_may_take_more_threads_than_others(tiny, monkeypatch):
    import torch

    used: list[int] = []
    monkeypatch.setattr(torch, "set_num_threads", used.append)
    monkeypatch.setattr(torch, "get_num_threads", lambda: 1)
    engine = InlineEngine()
    engine.context.quick_threads = 2
    plain = Generate(model="tiny", seeds=(1,), size=32)
    for request, expected in ((msgspec.structs.replace(plain, quick=True), [2, 1]), (plain, [])):
        used.clear()
        engine.submit(request, on_event=lambda _: None)
        engine.drain()
        assert used == expected
    engine.close()


def test_the_interactive_role_takes_two_cores_while_nothing_trains(ends, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    for may_share, expected in ((True, [2, 1]), (False, [0, 0])):  # where the artist chose a number it stays
        context = Context()
        child = Child(ends[1], context, "interactive", may_share=may_share)
        for busy, threads in zip((False, True), expected, strict=True):
            child._take(frames.Company(busy=busy))
            assert context.quick_threads == threads


@posix
def test_folders_and_role_are_told_to_the_child(studio, fake):
    lines = """
    say(Hello(**hello)); frames.receive_hello(connection)
    job = hear().job
    say(frames.Started(job))
    say(Progress(job=job, done=0, total=1, text=" ".join(sys.argv)))
    say(Finished(job=job))
    hear()
    """
    one = studio(python=fake(lines), folders=("/画/models", "/b"))
    job = one.submit(Train(recipe="r", run="x"))
    one.end(job)
    said = one.heard[job][-2].text
    assert "--role training" in said
    assert "--models=/画/models --models=/b" in said


def test_nothing_is_delivered_after_close(studio):
    one = studio()
    heard = one.heard[one.submit(ListModels())]
    one.engine.close()
    while not one.calls.empty():
        one.calls.get()()
    assert not any(isinstance(event, Finished | Failed) for event in heard)


def test_the_parents_side_needs_no_torch():
    code = "import sys, studio.engine.host.process, studio.engine.library.catalog; sys.exit('torch' in sys.modules)"
    root = Path(frames.__file__).parents[3]
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=root).returncode == 0


@posix
def test_a_training_stands_still_only_so_long(monkeypatch: pytest.MonkeyPatch):
    """Whatever becomes of the quick picture that it waits for."""
    monkeypatch.setattr(keeper, "HELD", 0.02)
    told: queue.SimpleQueue = queue.SimpleQueue()

    class Link:
        def hold(self) -> None:
            told.put("held")

        def go_on(self) -> None:
            told.put("goes on")

        send = end = lambda *_: None
        last_words = lambda *_: ""  # noqa: E731

    one = keeper.Keeper(sys.executable, "training", "cpu", 1.0, 1.0, lambda _event: None)
    one._link = Link()  # type: ignore[assignment]
    one.put(keeper.Wish(device="cpu"))
    one.hold()
    assert [told.get(timeout=60), told.get(timeout=60)] == ["held", "goes on"]
    one.put(keeper.Close())
    one.join()


def test_a_training_gives_way_only_when_torch_is_there(ends, home: Path, monkeypatch: pytest.MonkeyPatch):
    """At the lowest rank its import beside other work takes minutes."""
    ranks: list[int] = []
    monkeypatch.setattr(os, "nice", ranks.append, raising=False)
    children = {role: Child(ends[0], Context(), role) for role in ("training", "interactive")}
    with pytest.MonkeyPatch.context() as without:
        without.delitem(sys.modules, "torch", raising=False)
        children["training"]._give_way()
    assert ranks == []
    monkeypatch.setitem(sys.modules, "torch", sys)
    children["interactive"]._give_way()
    assert ranks == []
    children["training"]._give_way()
    children["training"]._give_way()
    assert ranks == [9]
