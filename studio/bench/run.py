"""Runs the rows, each in a process and a home of its own, on a real or virtual display."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from studio.bench.figures import Figure, figure

SECONDS = 900
SCREEN = "2560x1440x24"
"""Of Xvfb: a canvas of 1920 × 1080 has room on it with the window around it."""


def measure(
    names: Sequence[str], *, quick: bool = False, model: Path | None = None
) -> Iterator[list[Figure]]:
    """The figures of each row, as soon as it is done. A row that fails says so in its note."""
    with display() as environment:
        for name in names:
            yield _row(name, environment, quick, model)


def _row(name: str, environment: dict[str, str], quick: bool, model: Path | None) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="danqing-bench-") as home:
        if model is not None:
            models = Path(home) / "data" / "models"
            models.mkdir(parents=True)
            shutil.copy(model, models)
        command = [sys.executable, "-m", "studio.bench.one", name, *(["--quick"] if quick else [])]
        try:
            done = subprocess.run(
                command,
                env=environment | {"DANQING_HOME": home},
                capture_output=True,
                timeout=SECONDS,
                check=False,
            )
            lines = done.stdout.decode(errors="replace").strip().splitlines()
            if done.returncode == 0 and lines:
                return msgspec.json.decode(lines[-1], type=list[Figure])
            reason = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or [
                f"exit {done.returncode}"
            ]
        except subprocess.TimeoutExpired:
            reason = [f"not done after {SECONDS} s"]
        except msgspec.DecodeError as error:
            reason = [str(error)]
    failed = figure(name, "", (), note=f"failed: {reason[0]}")
    return [msgspec.structs.replace(failed, row=name, met=False)]


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
