"""A filter on a PNG of 4096², as a whole process from file to file, beside GIMP's batch mode and plain OpenCV on the same file.

All write PNG with the least compression. That the same was done is shown by the mean difference of the blurred pictures, and by
the standard deviation of the noise that each program's file has more than the source.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np

from studio import api
from studio.bench.figures import Figure, figure
from studio.bench.scene import photo_surface
from studio.document import edits

SECONDS = 120
TARGETS = {"blur": 0.5, "noise": 0.6}
WORDS = {"blur": "Gaussian blur, σ 38.4", "noise": "RGB noise, σ 0.1"}
OURS = {"blur": ("gaussian-blur", "sigma=38.4"), "noise": ("gaussian-noise", "sigma=0.1")}
GIMP = {
    "blur": "(plug-in-gauss RUN-NONINTERACTIVE picture drawable 120 120 0)",  # its radius 120 is σ 38.4
    "noise": "(plug-in-rgb-noise RUN-NONINTERACTIVE picture drawable 1 0 0.2 0.2 0.2 0)",  # its 0.2 is σ 0.1
}
OPENCV = {
    "blur": "made = cv2.GaussianBlur(picture, (0, 0), 38.4)",
    "noise": "noise = numpy.empty(picture.shape, numpy.float32); cv2.randn(noise, (0,) * 3, (25.5,) * 3); "
    "made = numpy.clip(picture + noise + 0.5, 0, 255).astype(numpy.uint8)",
}
MISSING = "not installed here: apt-get install --no-install-recommends gimp"
CLEAR = 100
"""Values that far from black and white are not cut by the noise."""


def measure(quick: bool = False) -> list[Figure]:
    side, count = (512, 1) if quick else (4096, 5)
    gimp = shutil.which("gimp-console") or shutil.which("gimp")
    found: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "photo.png"
        api.export(edits.from_picture(photo_surface(side, side, 5), side, side, name="photo"), source)
        for name in WORDS:
            found += _compared(name, source, gimp, side, count)
    return found


def _compared(name: str, source: Path, gimp: str | None, side: int, count: int) -> list[Figure]:
    """By turns: whatever else the machine does meets all of them."""
    targets = {by: source.with_name(f"{name}-{by}.png") for by in ("ours", "gimp", "opencv")}
    commands = {
        "ours": _ours(name, source, targets["ours"]),
        "opencv": _opencv(name, source, targets["opencv"]),
    }
    if gimp is not None:
        commands["gimp"] = _gimp(gimp, name, source, targets["gimp"])
    seconds: dict[str, list[float]] = {by: [] for by in commands}
    for _ in range(count):
        for by, command in commands.items():
            targets[by].unlink(missing_ok=True)
            seconds[by].append(_seconds(command, targets[by]))
    words = WORDS[name]
    ours = figure(
        f"{side}² PNG, {words}, to PNG", "s", seconds["ours"], {}, _added(name, source, targets["ours"])
    )
    found = [ours]
    for by, title, most in (("gimp", "GIMP", {"max": TARGETS[name]}), ("opencv", "OpenCV", {})):
        if by not in seconds:
            found.append(figure(f"{title}, the same file", "s", [], {}, MISSING))
            continue
        other = targets[by]
        size = targets["ours"].stat().st_size / other.stat().st_size
        note = f"our PNG is {size:.2f} × as large"
        if name == "blur":
            note += f"; mean difference {_apart(targets['ours'], other):.2f} of 255"
        ratio = float(np.median(seconds["ours"]) / np.median(seconds[by]))
        found.append(figure(f"{title}, the same file", "s", seconds[by], {}, _added(name, source, other)))
        found.append(figure(f"{words}: ours against {title}'s", "×", [ratio], most, note))
    return found


def _added(name: str, source: Path, made: Path) -> str:
    """What is known of the noise in ``made``, as a note."""
    if name != "noise":
        return ""
    before, after = (_read(path).astype(np.float32) for path in (source, made))
    apart = (after - before)[(before > CLEAR) & (before < 255 - CLEAR)]
    return f"standard deviation of what was added to middle tones: {apart.std() / 255:.4f}"


def _apart(one: Path, other: Path) -> float:
    """Mean absolute difference of two 8-bit pictures: that the same was done to both."""
    return float(cv2.absdiff(_read(one), _read(other)).mean())


def _read(path: Path) -> np.ndarray:
    found = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
    if found is None:
        raise RuntimeError(f"{path} is no picture")
    return found


def _ours(name: str, source: Path, target: Path) -> list[str]:
    kind, setting = OURS[name]
    return [sys.executable, "-m", "studio", "filter", kind, str(source), str(target), "-p", setting]


def _opencv(name: str, source: Path, target: Path) -> list[str]:
    script = (
        "import sys, cv2, numpy; picture = cv2.imdecode(numpy.fromfile(sys.argv[1], numpy.uint8), cv2.IMREAD_COLOR); "
        f"{OPENCV[name]}; cv2.imencode('.png', made, (cv2.IMWRITE_PNG_COMPRESSION, 1))[1].tofile(sys.argv[2])"
    )
    return [sys.executable, "-c", script, str(source), str(target)]


def _gimp(program: str, name: str, source: Path, target: Path) -> list[str]:
    script = (
        f'(let* ((picture (car (gimp-file-load RUN-NONINTERACTIVE "{source}" "{source}")))'
        f" (drawable (car (gimp-image-get-active-drawable picture)))) {GIMP[name]}"
        f' (file-png-save RUN-NONINTERACTIVE picture drawable "{target}" "{target}" 0 1 0 0 0 0 0))'
    )
    return [program, "-i", "-d", "-f", "-b", script, "-b", "(gimp-quit 0)"]


def _seconds(command: list[str], target: Path) -> float:
    began = time.perf_counter()
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, timeout=SECONDS, env=environment, check=False)
    seconds = time.perf_counter() - began
    if not target.is_file() or not target.stat().st_size:
        raise RuntimeError(f"{command[0]} wrote no picture: {done.stderr.decode(errors='replace')[-400:]}")
    return seconds
