"""The engine as a process: ``python -m studio.engine.host.child ADDRESS --role interactive|training``.

The key comes by standard input. The main thread advances the Lane, one step of the most urgent job at a time; a
reader thread takes orders, so that a cancel is heard while a step is worked on. When the connection ends, whoever
started this process has gone: the jobs are closed (a training run writes its checkpoint) and the process ends.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator

from studio.engine.context import Context
from studio.engine.host import frames
from studio.engine.host.desk import Desk
from studio.engine.host.link import KEY_LENGTH, version
from studio.engine.library.catalog import Catalog
from studio.engine.run import warm
from studio.jobs.job import Priority
from studio.jobs.lane import Lane
from studio.messages.events import PROTOCOL, Device, Event, Hello

NICE = {"interactive": 10, "training": 19}
"""From the first step on that has torch. Both start at ``NICE_START``: at 19, beside work at 0 in the same session, a process has one
part in seventy of its core, at which importing torch takes minutes."""
NICE_START = 10
END_LIMIT = {"interactive": 2.0, "training": 30.0}
"""Seconds after the end of the connection in which the running step must come to an end."""
OTHER_PROTOCOL = 3
FIRST_ORDER = 0.1
"""Seconds in which a first order is awaited before torch is imported, so that a list of models is not kept waiting."""


SPINS = "3000"
"""Turns that a thread of torch waits awake for its next piece of work: long enough within one layer of a network, too
short to keep the studio from its core. The default of libgomp spins for milliseconds."""
CHOSEN = "OMP_NUM_THREADS"


def threads_for(role: str, *, company: bool = True) -> int:
    """Threads of torch: half the cores, so that the studio and the other role keep theirs; for quick pictures without
    the ``company`` of a training the interactive role has two where there are two."""
    cores = os.cpu_count() or 1
    half = max(1, min(cores // 2, 8 if role == "interactive" else 64))
    return half if company or role != "interactive" else max(half, min(cores, 2))


class Child:
    """The Lane of one engine process and its connection. ``may_share``: the number of threads is not the artist's own."""

    def __init__(self, connection: socket.socket, context: Context, role: str, *, may_share: bool = True):
        self._connection = connection
        self._context = context
        self._role = role
        self._may_share = may_share
        self._sending = threading.Lock()
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._gives_way = False
        self._lane = Lane(role)
        self._lane.wake = self._wake.set
        self._desk = Desk(self._lane, context, self._send)

    def work(self) -> None:
        """Advances the lane until the connection ends."""
        reader = threading.Thread(target=self._read, name="orders", daemon=True)
        reader.start()
        if self._role == "interactive":
            self._wake.wait(FIRST_ORDER)
            self._lane.submit(self._warm, label="warm", priority=Priority.background)
        while not self._ended.is_set():
            stepped = self._lane.step()
            self._give_way()
            if not stepped:
                self._wake.wait()
                self._wake.clear()
        self._desk.cancel_all()
        self._lane.close()
        self._lane.drain()

    def _give_way(self) -> None:
        """As nice as its role, once torch is there."""
        more = NICE[self._role] - NICE_START
        if more and not self._gives_way and "torch" in sys.modules:
            self._gives_way = True
            if hasattr(os, "nice"):
                os.nice(more)

    def _warm(self) -> Iterator[Event]:
        """A model that cannot be warmed up is reported to whoever asks for a picture of it."""
        for event in warm(self._context):
            if isinstance(event, Device):
                self._send(event)
            yield event

    def _read(self) -> None:
        try:
            while True:
                self._take(frames.receive(self._connection))
        except (frames.ClosedError, frames.FrameError, OSError):
            self._ended.set()
            self._wake.set()
            # a step that never comes to its end must not keep the process alive
            last_call = threading.Timer(END_LIMIT[self._role], os._exit, (0,))
            last_call.daemon = True
            last_call.start()

    def _take(self, message: frames.Message) -> None:
        if isinstance(message, frames.Submit):
            self._desk.submit(message.job, message.request, Priority(message.priority), self._begun)
        elif isinstance(message, frames.Cancel):
            self._desk.cancel(message.job)
        elif isinstance(message, frames.Pause):
            self._desk.pause(message.job)
        elif isinstance(message, frames.Resume):
            self._desk.resume(message.job)
        elif isinstance(message, frames.Company) and self._may_share:
            self._context.quick_threads = threads_for(self._role, company=message.busy)

    def _begun(self, job: int) -> None:
        self._send(frames.Started(job))

    def _send(self, message: frames.Message) -> None:
        try:
            with self._sending:
                frames.send(self._connection, message)
        except OSError:  # the reader notices the end too and winds up
            self._ended.set()


def connect(address: str) -> socket.socket:
    """The socket at ``unix:PATH`` or ``tcp:HOST:PORT``. Raises OSError, ValueError."""
    kind, _, place = address.partition(":")
    if kind == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.connect(place)
        return connection
    if kind == "tcp":
        host, _, port = place.rpartition(":")
        return socket.create_connection((host, int(port)))
    raise ValueError(f"“{address}” is no address: unix:PATH or tcp:HOST:PORT")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="studio.engine.host.child", description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--role", choices=sorted(NICE), default="interactive")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--models", action="append", default=[])
    options = parser.parse_args(arguments)
    connection = connect(options.address)
    connection.sendall(sys.stdin.buffer.read(KEY_LENGTH))
    frames.send(connection, Hello(version=version(), device="", device_name=""))
    hello = frames.receive_hello(connection)
    if hello.protocol != PROTOCOL:
        sys.stderr.write(f"the studio speaks protocol {hello.protocol}, this engine {PROTOCOL}\n")
        return OTHER_PROTOCOL
    # the system sends it to one that stood still when the studio went; the end of the connection tells the same
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICE_START)
    may_share = CHOSEN not in os.environ
    os.environ.setdefault(CHOSEN, str(threads_for(options.role)))  # read when torch is imported
    os.environ.setdefault("GOMP_SPINCOUNT", SPINS)
    context = Context(device=options.device, catalog=Catalog(folders=tuple(options.models)))
    if may_share:
        context.quick_threads = threads_for(options.role, company=False)
    Child(connection, context, options.role, may_share=may_share).work()
    connection.close()
    return 0


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    os._exit(code)  # torch takes half a second to take itself apart, and there is nothing left to put away
