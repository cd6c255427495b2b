"""What every test must leave as it found it.

Each test gets fresh settings, state, cache and data folders. A test fails when Qt warns, when it leaves a thread, a
child process, a running timer or a window behind, when it connects to anything but this machine, or when it opens a
file in the artist's real folders.
"""

from __future__ import annotations

import contextlib
import gc
import ipaddress
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# before anything imports Qt
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import hypothesis
import platformdirs
import pytest

# how long an example takes says how busy the machine is
hypothesis.settings.register_profile("studio", deadline=None)
hypothesis.settings.load_profile("studio")

GRACE_SECONDS = float(
    os.environ.get("DANQING_TEST_GRACE", "2")
)  # how long a thread that is ending may take; a test that leaves none behind waits for nothing
CHECKS_LIMIT = 900.0
"""Seconds after the tests in which the checks beside them must have ended."""

# What Qt says that is no fault of ours, each with the reason.
QT_MESSAGES_ALLOWED = (
    # the offscreen platform has no window manager to ask
    "This plugin does not support propagateSizeHints",
    "This plugin does not support raise()",
    "This plugin does not support grabbing the keyboard",
    "This plugin does not support setting window masks",
    "This plugin does not support setting window opacity",
    # a machine of the checks has no session bus for the platform theme
    "QDBusConnection: ",
)
# Windows that belong to Qt and live as long as the application.
QT_WINDOWS_ALLOWED = ("QTipLabel", "QComboBoxPrivateContainer", "QWhatsThat", "QShapedPixmapWindow")


# --- what is long ---------------------------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests that are marked slow")


def pytest_configure(config: pytest.Config) -> None:
    """Tests that go on for longer when asked to read this where they are imported, before any fixture is at hand."""
    if config.getoption("--long"):
        os.environ["DANQING_LONG_TESTS"] = "1"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Slow tests are left out, not skipped: what is skipped is something that could not be tested here."""
    if not config.getoption("--long") and (slow := [one for one in items if one.get_closest_marker("slow")]):
        config.hook.pytest_deselected(items=slow)
        items[:] = [one for one in items if not one.get_closest_marker("slow")]


# --- the artist's real folders --------------------------------------------------------------------------------------

FILE_EVENTS = {
    "open",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.listdir",
    "os.scandir",
    "sqlite3.connect",
}
REAL_FOLDERS = tuple(
    os.fspath(place("danqing", appauthor=False))
    for place in (
        platformdirs.user_config_path,
        platformdirs.user_state_path,
        platformdirs.user_cache_path,
        platformdirs.user_data_path,
    )
)
_touched: list[str] = []


def _watch_files(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in FILE_EVENTS or not arguments:
        return
    path = arguments[0]
    if isinstance(path, bytes):
        path = os.fsdecode(path)
    if isinstance(path, str) and path.startswith(REAL_FOLDERS):
        _touched.append(f"{event} {path}")


sys.addaudithook(_watch_files)


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder below which this test's settings, state, cache and data lie; every test has its own."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("DANQING_HOME", os.fspath(folder))
    return folder


# --- sockets --------------------------------------------------------------------------------------------------------


class OutsideConnection(AssertionError):
    """A test tried to reach another machine."""


def is_local(family: int, address: Any) -> bool:
    """Whether a socket address lies on this machine."""
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = address[0] if isinstance(address, tuple) else address
    if host in ("", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host).is_loopback
    except ValueError:
        return False


def guard_sockets(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Lets sockets reach this machine alone; returns the list that attempts are written to."""
    attempts: list[str] = []

    def refuse(address: Any) -> None:
        attempts.append(str(address))
        raise OutsideConnection(f"a test tried to reach {address}; the studio works offline")

    def guarded(name: str) -> Callable[..., Any]:
        original = getattr(socket.socket, name)

        def call(self: socket.socket, *arguments: Any) -> Any:
            # sendto(data, address) and sendto(data, flags, address)
            if not is_local(self.family, arguments[-1]):
                refuse(arguments[-1])
            return original(self, *arguments)

        return call

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, guarded(name))
    resolve = socket.getaddrinfo

    def resolve_locally(host: Any, *arguments: Any, **options: Any) -> Any:
        if host is not None and not is_local(socket.AF_INET, (host,)):
            refuse(host)
        return resolve(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve_locally)
    return attempts


# --- Qt -------------------------------------------------------------------------------------------------------------


class QtWatch:
    """Collects Qt's warnings during one test and finds what it left behind."""

    def __init__(self, leftovers: bool) -> None:
        from PySide6 import QtCore

        self.core = QtCore
        self.warnings: list[str] = []
        self.leftovers = leftovers
        self.previous = QtCore.qInstallMessageHandler(self._message)
        self.before = self._alive() if leftovers else {}

    def _message(self, kind: Any, context: Any, message: str) -> None:
        if kind in (self.core.QtMsgType.QtDebugMsg, self.core.QtMsgType.QtInfoMsg):
            return
        if not message.startswith(QT_MESSAGES_ALLOWED):
            self.warnings.append(message)

    def _alive(self) -> dict[int, tuple[str, Any]]:
        """Running threads, active timers and windows, by identity; the object is kept so that its number stays its own."""
        import shiboken6
        from PySide6.QtWidgets import QApplication

        main = self.core.QThread.currentThread()
        found: dict[int, tuple[str, Any]] = {}
        for item in shiboken6.getAllValidWrappers():
            if isinstance(item, self.core.QThread):
                if item is not main and item.isRunning():
                    found[id(item)] = (
                        f"a running QThread ({type(item).__name__} “{item.objectName()}”)",
                        item,
                    )
            elif isinstance(item, self.core.QTimer) and item.isActive():
                found[id(item)] = (
                    f"an active QTimer (every {item.interval()} ms, parent {item.parent()})",
                    item,
                )
        for widget in QApplication.topLevelWidgets() if QApplication.instance() else ():
            if (
                type(widget).__name__ not in QT_WINDOWS_ALLOWED
                and widget.metaObject().className() not in QT_WINDOWS_ALLOWED
            ):
                found[id(widget)] = (f"a window ({type(widget).__name__} “{widget.objectName()}”)", widget)
        return found

    def left_behind(self) -> list[str]:
        if not self.leftovers:
            return []
        deadline = time.monotonic() + GRACE_SECONDS
        while left := self._new():
            if time.monotonic() > deadline:
                return left
            gc.collect()
            time.sleep(0.01)
        return []

    def _new(self) -> list[str]:
        application = self.core.QCoreApplication.instance()
        if application is not None:
            self.core.QCoreApplication.sendPostedEvents(None, self.core.QEvent.Type.DeferredDelete)
            application.processEvents()
        return [what for key, (what, _) in self._alive().items() if key not in self.before]

    def stop(self) -> None:
        self.core.qInstallMessageHandler(self.previous)
        self.before.clear()


# --- threads --------------------------------------------------------------------------------------------------------


def leaked_threads(before: set[threading.Thread]) -> list[str]:
    """The threads that run now, did not run before and do not end within the grace."""
    deadline = time.monotonic() + GRACE_SECONDS
    for thread in threading.enumerate():
        known = thread in before or thread is threading.current_thread()
        if not known and not isinstance(thread, threading._DummyThread):
            thread.join(max(0.0, deadline - time.monotonic()))
    # a thread that Qt started and Python only saw pass is a dummy; QtWatch knows about those
    left = (thread for thread in threading.enumerate() if thread not in before)
    return [
        f"a running thread ({thread.name})"
        for thread in left
        if not isinstance(thread, threading._DummyThread)
    ]


# --- processes ------------------------------------------------------------------------------------------------------


def children() -> dict[int, str]:
    """The command lines of this process's children by their number; empty where the system does not tell."""
    found = {}
    for listing in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for number in listing.read_text().split():
                words = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
                found[int(number)] = b" ".join(words[:4]).decode(errors="replace").strip()
    return found


def leaked_children(before: dict[int, str]) -> list[str]:
    """The children that run now, did not run before and do not end within the grace; the dead without heirs count."""
    deadline = time.monotonic() + GRACE_SECONDS
    while left := {number: line for number, line in children().items() if number not in before}:
        if time.monotonic() > deadline:
            return [
                f"a child process ({number}: {line or 'ended, not waited for'})"
                for number, line in left.items()
            ]
        time.sleep(0.01)
    return []


# --- the fixture that every test gets -------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def policing(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails a test for what it did or left behind, named in one list."""
    _touched.clear()
    attempts = guard_sockets(monkeypatch)
    before, processes = set(threading.enumerate()), children()
    watch = QtWatch("qapp" in request.fixturenames) if "PySide6.QtCore" in sys.modules else None
    yield
    faults = []
    if watch is not None:
        faults += watch.left_behind()
        faults += [f"Qt warned: {message}" for message in watch.warnings]
        watch.stop()
    faults += leaked_threads(before)
    faults += leaked_children(processes)
    faults += [f"an outside connection to {address}" for address in attempts]
    faults += [f"the real settings: {what}" for what in _touched]
    if faults:
        pytest.fail("this test caused or left behind:\n  " + "\n  ".join(faults), pytrace=False)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The results of the checks that packaging/dev.py runs before and beside the tests, where they are seen."""
    if report := os.environ.get("DANQING_CHECKS"):
        terminalreporter.section("other checks")
        limit = time.monotonic() + CHECKS_LIMIT
        while not Path(report).exists() and time.monotonic() < limit:
            time.sleep(0.1)
        told = Path(report).read_text(encoding="utf-8") if Path(report).exists() else "no result: FAILED"
        for line in told.splitlines():
            terminalreporter.write_line(line, red="FAILED" in line, green="FAILED" not in line)
