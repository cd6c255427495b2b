"""Runs the rows, each in a process and a home of its own, on a real or virtual display."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from studio.bench.figures import Figure, figure

SECONDS = 900
SCREEN = "2560x1440x24"
"""Of Xvfb: a canvas of 1920 × 1080 has room on it with the window around it."""


def measure(names: Sequence[str], *, quick: bool = False, model: Path | None = None) -> Iterator[Figure]:
    """The figures of each row, each as soon as it is there. A row that fails says so in its note."""
    with display() as environment:
        for name in names:
            yield from _row(name, environment, quick, model)


def _row(name: str, environment: dict[str, str], quick: bool, model: Path | None) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="danqing-bench-") as home:
        if model is not None:
            models = Path(home) / "data" / "models"
            models.mkdir(parents=True)
            shutil.copy(model, models)
        command = [sys.executable, "-m", "studio.bench.one", name, *(["--quick"] if quick else [])]
        told = 0
        with open(Path(home) / "errors", "w+b") as errors:
            row = subprocess.Popen(
                command, env=environment | {"DANQING_HOME": home}, stdout=subprocess.PIPE, stderr=errors
            )
            late = threading.Event()
            timer = threading.Timer(SECONDS, lambda: (late.set(), row.kill()))
            timer.start()
            try:
                assert row.stdout is not None
                for line in row.stdout:
                    with contextlib.suppress(msgspec.DecodeError):  # what a library said
                        yield msgspec.json.decode(line, type=Figure)
                        told += 1
                row.wait()
            finally:
                timer.cancel()
                row.kill()
                row.communicate()
            errors.seek(0)
            said = errors.read().decode(errors="replace").strip().splitlines()
        if late.is_set():
            reason = f"not done after {SECONDS} s"
        elif row.returncode or not told:
            reason = (said or [f"exit {row.returncode}"])[-1]
        else:
            return
        yield msgspec.structs.replace(figure(name, "", (), note=f"failed: {reason}"), row=name, met=False)


@contextlib.contextmanager
def display() -> Iterator[dict[str, str]]:
    """The environment in which windows are shown: the display there is, Xvfb, or Qt's offscreen platform."""
    environment = dict(os.environ)
    if (
        environment.get("DISPLAY")
        or environment.get("WAYLAND_DISPLAY")
        or not sys.platform.startswith("linux")
    ):
        yield environment | {"DANQING_BENCH_DISPLAY": "display"}
        return
    if shutil.which("Xvfb") is None:
        yield environment | {"QT_QPA_PLATFORM": "offscreen", "DANQING_BENCH_DISPLAY": "offscreen"}
        return
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    server = subprocess.Popen(
        command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(write)
    try:
        with open(read, encoding="ascii") as numbers:
            number = numbers.readline().strip()
        shown = {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "DANQING_BENCH_DISPLAY": "Xvfb"}
        yield environment | shown
    finally:
        server.terminate()
        server.wait()
