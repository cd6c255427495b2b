"""From exec to the first paint of the canvas, warm; the memory of the empty studio; other programs beside it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from studio.bench.figures import Figure, figure
from studio.bench.window import display_note

OTHERS = {"gimp": "GNU Image Manipulation Program", "krita": "Krita"}
SETTLE_SECONDS = 3.0
MAIN_WINDOW = 600
"""Pixels; the main windows of both are higher, their splash screens lower."""
HEIGHT = re.compile(r"Height: (\d+)")


def measure(quick: bool = False) -> list[Figure]:
    times, busy, memories = [], [], []
    count = 2 if quick else 12
    for number in range(count + 1):
        seconds, processor, memory = start_once(0.5 if quick or number < count else SETTLE_SECONDS)
        if number:  # the first start warms the disk cache
            times.append(seconds)
            busy.append(processor)
            memories.append(memory)
    what = "exec to first paint of the canvas, second start"
    found = [
        figure(what, "s", times, {"p50": 0.6}, display_note()),
        figure("its processor time until then, whatever else the machine did", "s", busy),
        figure("memory of the empty studio (resident)", "MiB", memories[-1:], {"max": 180}),
    ]
    return found + [_beside(name, title) for name, title in OTHERS.items()]


def command() -> list[str]:
    """The installed ``danqing``, else ``python -m studio``."""
    program = Path(sys.executable).with_name("danqing")
    return [str(program)] if program.exists() else [sys.executable, "-m", "studio"]


def start_once(settle: float) -> tuple[float, float, float]:
    """Seconds to the first paint, processor seconds by then, and MiB resident after ``settle`` seconds."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "painted"
        began = time.monotonic_ns()
        environment = os.environ | {"DANQING_FIRST_PAINT": str(place)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a second start finds what the first one compiled
        process = subprocess.Popen(command(), env=environment)
        try:
            painted = _painted(place, process)
            processor = _processor_seconds(process.pid)
            time.sleep(settle)
            return (painted - began) / 1e9, processor, _resident(process.pid)
        finally:
            process.terminate()
            process.wait()


def _painted(place: Path, process: subprocess.Popen[bytes]) -> int:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if place.exists() and (text := place.read_text()):
            return int(text)
        if process.poll() is not None:
            raise RuntimeError(f"the studio ended with {process.returncode} before it was painted")
        time.sleep(0.005)
    raise TimeoutError("the studio was not painted within 60 s")


def _processor_seconds(number: int) -> float:
    try:
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(number: int) -> float:
    try:
        lines = Path(f"/proc/{number}/status").read_text().splitlines()
    except OSError:
        return 0.0
    found = (int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
    return round(next(found, 0.0), 1)


def _beside(name: str, title: str) -> Figure:
    """Start to the main window of another program on the screen, where it and xwininfo are installed."""
    what = f"{name}: start to its window, for comparison"
    if shutil.which(name) is None:
        return figure(what, "s", (), note="not installed here")
    if shutil.which("xwininfo") is None or not os.environ.get("DISPLAY"):
        return figure(what, "s", (), note="installed, but xwininfo or an X display is missing")
    samples = []
    for number in range(4):
        began = time.monotonic()
        process = subprocess.Popen([name], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while not _main_window_shown(title):
                if time.monotonic() - began > 60:
                    return figure(what, "s", (), note="no window within 60 s")
                time.sleep(0.02)
            if number:
                samples.append(time.monotonic() - began)
        finally:
            _end(process)
    return figure(what, "s", samples)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kindly first, so that nothing is left behind that would hinder its next start; GIMP then still waits for an answer."""
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _main_window_shown(title: str) -> bool:
    """Whether a window of that title is on the screen; a splash screen bears it, too, but is lower than a main window."""
    windows = [line.split()[0] for line in _xwininfo("-root", "-tree").splitlines() if title in line]
    return any(
        "IsViewable" in shown and (height := HEIGHT.search(shown)) and int(height[1]) >= MAIN_WINDOW
        for shown in (_xwininfo("-id", window) for window in windows)
    )


def _xwininfo(*words: str) -> str:
    found = subprocess.run(["xwininfo", *words], capture_output=True, check=False)
    return found.stdout.decode(errors="replace")
