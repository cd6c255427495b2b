"""One engine child and the socket to it: started by command line, greeted, listened to, ended.

The child's environment is cut to what Python and the drivers need. A random key goes in by its standard input and
comes back as the first bytes on the socket, so nobody else can take the child's place.
"""

from __future__ import annotations

import hmac
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from studio import __version__
from studio.engine.host import frames
from studio.messages.events import PROTOCOL, Hello

KEY_LENGTH = 32
START_LIMIT = 60.0
"""Seconds that a child may need from its start to its Hello (which it sends before it imports torch)."""
UNIX_PATH_LIMIT = 100
DETAILS_LIMIT = 4000

KEPT = (
    "PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "TMP", "DANQING_HOME",
    "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV", "CONDA_PREFIX", "PYTHONWARNINGS",
    "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "APPDATA", "LOCALAPPDATA", "USERPROFILE",
    "PROGRAMFILES", "PROGRAMDATA", "NUMBER_OF_PROCESSORS",
)  # fmt: skip
KEPT_BEGINNINGS = ("LC_", "XDG_", "CUDA_", "NVIDIA_", "HIP_", "HSA_", "ROCR_", "ONEAPI_", "ZE_", "OMP_", "MKL_", "TORCH_", "PYTORCH_")  # fmt: skip


class StartError(Exception):
    """The child did not start. ``details``: what it wrote. ``their_protocol``: set when it speaks another one."""

    def __init__(self, details: str, their_protocol: int | None = None):
        self.details = details
        self.their_protocol = their_protocol
        super().__init__(details)


def version() -> str:
    """Danqing's version, as Hello says it."""
    return __version__


def limited_environment() -> dict[str, str]:
    """What of this process's environment an engine may see, and where it finds this very ``studio``."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.upper() in KEPT or name.upper().startswith(KEPT_BEGINNINGS)
    }
    here = str(Path(__file__).resolve().parents[3])
    kept["PYTHONPATH"] = os.pathsep.join([here, *filter(None, [kept.get("PYTHONPATH")])])
    return kept


class Link:
    """A running child. Made by :func:`start`; ``send`` from one thread only."""

    def __init__(
        self, process: subprocess.Popen[bytes], connection: socket.socket, errors: IO[bytes], hello: Hello
    ):
        self.hello = hello
        self._process = process
        self._connection = connection
        self._errors = errors
        self._reader: threading.Thread | None = None

    @property
    def pid(self) -> int:
        return self._process.pid

    def listen(self, on_message: Callable[[frames.Message | None], None], name: str) -> None:
        """Reads in a thread of its own; ``on_message`` gets each message, None once when the connection ends."""
        self._reader = threading.Thread(target=self._read, args=(on_message,), name=name, daemon=True)
        self._reader.start()

    def _read(self, on_message: Callable[[frames.Message | None], None]) -> None:
        try:
            while True:
                on_message(frames.receive(self._connection))
        except (frames.ClosedError, frames.FrameError, OSError):
            on_message(None)

    def send(self, message: frames.Message) -> None:
        """Raises OSError when the child is gone, FrameError when the message is too large."""
        frames.send(self._connection, message)

    def hold(self) -> None:
        """The child stands still, in the middle of whatever it does, until :meth:`go_on`. From any thread."""
        if hasattr(signal, "SIGSTOP"):
            self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        if hasattr(signal, "SIGCONT"):
            self._process.send_signal(signal.SIGCONT)

    def end(self, patience: float) -> None:
        """Closes the connection, at which the child ends itself; after ``patience`` seconds it is killed."""
        self.go_on()
        try:
            self._connection.shutdown(socket.SHUT_RDWR)
        except OSError:  # the child was faster
            pass
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._reader is not None:
            self._reader.join()
        self._connection.close()

    def kill(self) -> None:
        self._process.kill()

    def last_words(self) -> str:
        """The end of what the child wrote to its standard error, and how it ended. Closes that record."""
        code = self._process.returncode
        words = _tail(self._errors)
        self._errors.close()
        return f"{words}\nexit status {code}".strip()


def _tail(errors: IO[bytes]) -> str:
    length = errors.seek(0, os.SEEK_END)
    errors.seek(max(0, length - DETAILS_LIMIT))
    return errors.read().decode("utf-8", "replace")


def start(
    python: str, role: str, device: str, stopped: Callable[[], bool], folders: tuple[str, ...] = ()
) -> Link:
    """Starts a child of ``role`` and exchanges Hello with it. Raises StartError. ``stopped`` ends the waiting.

    ``folders``: further folders of models that the child shall know.
    """
    folder = Path(tempfile.mkdtemp(prefix="danqing-"))  # mode 0700
    errors = tempfile.TemporaryFile()  # belongs to the Link, which closes it
    listener, address = _listen(folder)
    process: subprocess.Popen[bytes] | None = None
    connection: socket.socket | None = None
    try:
        key = secrets.token_bytes(KEY_LENGTH)
        options = [address, "--role", role, "--device", device]
        options += [f"--models={folder}" for folder in folders]
        process = _spawn([python, "-P", "-m", "studio.engine.host.child", *options], errors)
        assert process.stdin is not None
        with process.stdin as stream:
            stream.write(key)
        connection = _accept(listener, process, stopped)
        hello = _greet(connection, key)
        if hello.protocol != PROTOCOL:
            raise StartError(f"{python}: protocol {hello.protocol}", hello.protocol)
        connection.settimeout(None)
        return Link(process, connection, errors, hello)
    except (OSError, frames.FrameError, frames.ClosedError, StartError) as error:
        if connection is not None:
            connection.close()
        if process is not None:
            process.kill()
            process.wait()
        details = f"{error}\n{_tail(errors)}".strip()
        errors.close()
        raise StartError(details, getattr(error, "their_protocol", None)) from None
    finally:
        listener.close()
        shutil.rmtree(folder, ignore_errors=True)


def _listen(folder: Path) -> tuple[socket.socket, str]:
    """A listening socket and its address for the child: AF_UNIX, or loopback where there is none (the key guards it)."""
    path = str(folder / "engine")
    if hasattr(socket, "AF_UNIX") and len(os.fsencode(path)) < UNIX_PATH_LIMIT:
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(path)
        address = f"unix:{path}"
    else:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.bind(("127.0.0.1", 0))
        address = f"tcp:127.0.0.1:{listener.getsockname()[1]}"
    listener.listen(1)
    return listener, address


def _spawn(command: list[str], errors: IO[bytes]) -> subprocess.Popen[bytes]:
    # A group of its own: Ctrl+C in a terminal is for the studio, whose end the child then sees. No session of its own:
    # Linux shares the processor evenly between sessions, however nice those in one of them are.
    quiet = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=errors,
        env=limited_environment(),
        creationflags=quiet,
        process_group=0 if os.name == "posix" else None,
    )


def _accept(
    listener: socket.socket, process: subprocess.Popen[bytes], stopped: Callable[[], bool]
) -> socket.socket:
    listener.settimeout(0.1)
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit and not stopped():
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            if process.poll() is not None:
                raise StartError(f"it ended with exit status {process.returncode}") from None
            continue
        connection.settimeout(START_LIMIT)
        return connection
    raise StartError("it did not answer")


def _greet(connection: socket.socket, key: bytes) -> Hello:
    answer = b""
    while len(answer) < KEY_LENGTH:
        piece = connection.recv(KEY_LENGTH - len(answer))
        if not piece:
            raise frames.ClosedError("the child ended before it said who it is")
        answer += piece
    if not hmac.compare_digest(answer, key):
        raise StartError("something else answered in its place")
    frames.send(connection, Hello(version=version(), device="", device_name=""))
    return frames.receive_hello(connection)
