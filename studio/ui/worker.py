"""Threads of the window: each pumps one lane, and hands what it has to say to the UI thread."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

DRAIN_SECONDS = 0.006
YIELDING = 5
"""How much nicer than the UI thread a lane's thread is: while both want the processor, the pen goes first."""


class Pumped(Protocol):
    """What a thread can pump: a lane of jobs."""

    wake: Callable[[], None] | None

    def step(self) -> bool: ...

    def close(self) -> None: ...


class Delivery(QObject):
    """Brings calls from any thread to the thread that made this object, in order, by one queued signal.

    Called on its own thread it still waits for its turn, so that events never overtake each other. A long queue is worked
    off in pieces of a few milliseconds, so that the pen comes in between.
    """

    _ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls: deque[Callable[[], None]] = deque()
        self._lock = threading.Lock()
        self._pending = False
        self._ready.connect(self._drain, Qt.ConnectionType.QueuedConnection)

    def deliver(self, call: Callable[[], None]) -> None:
        """Queues ``call`` for the UI thread. May be called from any thread."""
        with self._lock:
            self._calls.append(call)
            announce, self._pending = not self._pending, True
        if announce:
            self._ready.emit()

    def drop(self) -> None:
        """Forgets what waits: its threads have ended, and nobody is left to hear it."""
        with self._lock:
            self._calls.clear()

    @Slot()
    def _drain(self) -> None:
        end = time.monotonic() + DRAIN_SECONDS
        while True:
            with self._lock:
                if not self._calls:
                    self._pending = False
                    return
                call = self._calls.popleft()
            failed = True
            try:
                call()
                failed = False
            finally:
                # a call that raises ends this turn; the others come in the next one
                late = failed or time.monotonic() >= end
                if late:
                    with self._lock:
                        self._pending = bool(self._calls)
                    if self._pending:
                        self._ready.emit()
            if late:
                return


class LaneThread(QThread):
    """Steps its lane while there is work and sleeps otherwise; ``finish`` ends it after the step that runs."""

    def __init__(self, lane: Pumped, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._lane = lane
        self._awake = threading.Event()
        self._ending = False
        lane.wake = self._awake.set

    def run(self) -> None:
        _give_way()
        while not self._ending:
            self._awake.clear()
            # Cleared before the look, so that work submitted in between wakes the thread again.
            while not self._ending and self._lane.step():
                pass
            if not self._ending:
                self._awake.wait()
        while self._lane.step():  # closed: this only runs the ends of what was cancelled
            pass

    def finish(self, milliseconds: int = 5000) -> bool:
        """Closes the lane, ends the thread after the step that runs and waits for it; True when it has ended."""
        self._lane.close()
        self._ending = True
        self._awake.set()
        return self.wait(milliseconds)


def _give_way() -> None:
    """Lowers the priority of this thread alone. Qt's own priorities do nothing under Linux' usual scheduling."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, thread, min(19, os.getpriority(os.PRIO_PROCESS, 0) + YIELDING))
