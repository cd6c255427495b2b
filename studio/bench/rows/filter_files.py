"""A filter on a PNG of 4096², as a whole process from file to file, beside GIMP's batch mode on the same file."""

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
WORDS = {"blur": "Gaussian blur, σ 38.4", "noise": "RGB noise, σ 0.08"}
OURS = {"blur": ("gaussian-blur", "sigma=38.4"), "noise": ("gaussian-noise", "sigma=0.08")}
THEIRS = {
    "blur": "(plug-in-gauss RUN-NONINTERACTIVE picture drawable 120 120 0)",  # its radius 120 is σ 38.4
    "noise": "(plug-in-rgb-noise RUN-NONINTERACTIVE picture drawable 1 0 0.2 0.2 0.2 0)",
}


def measure(quick: bool = False) -> list[Figure]:
    side, count = (512, 1) if quick else (4096, 5)
    gimp = shutil.which("gimp-console") or shutil.which("gimp")
    found: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "photo.png"
        api.export(edits.from_picture(photo_surface(side, side, 5), side, side, name="photo"), source)
        for name, words in WORDS.items():
            ours, theirs, sizes, apart = [], [], [], 0.0
            for number in range(count):  # by turns: whatever else the machine does meets both
                target = Path(folder) / f"{name}-{number}.png"
                ours.append(_seconds(_ours(name, source, target), target))
                if gimp is not None:
                    other = target.with_stem(f"{target.stem}-gimp")
                    theirs.append(_seconds(_gimp(gimp, name, source, other), other))
                    sizes.append(target.stat().st_size / other.stat().st_size)
                    apart = apart or _apart(target, other)
            found.append(figure(f"{side}² PNG, {words}, to PNG", "s", ours, {}))
            if not theirs:
                found.append(figure("GIMP, the same file", "s", [], {}, "not installed here"))
                continue
            note = f"our PNG is {sorted(sizes)[len(sizes) // 2]:.2f} × as large"
            if name == "blur":
                note += f"; mean difference {apart:.2f} of 255"
            ratio = sorted(ours)[len(ours) // 2] / sorted(theirs)[len(theirs) // 2]
            found.append(figure("GIMP, the same file", "s", theirs, {}))
            found.append(figure(f"{words}: ours against GIMP's", "×", [ratio], {"max": TARGETS[name]}, note))
    return found


def _apart(one: Path, other: Path) -> float:
    """Mean absolute difference of two 8-bit pictures: that the same was done to both."""
    first, second = (cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR) for path in (one, other))
    if first is None or second is None:
        raise RuntimeError(f"{one} or {other} is no picture")
    return float(cv2.absdiff(first, second).mean())


def _ours(name: str, source: Path, target: Path) -> list[str]:
    kind, setting = OURS[name]
    return [sys.executable, "-m", "studio", "filter", kind, str(source), str(target), "-p", setting]


def _gimp(program: str, name: str, source: Path, target: Path) -> list[str]:
    script = (
        f'(let* ((picture (car (gimp-file-load RUN-NONINTERACTIVE "{source}" "{source}")))'
        f" (drawable (car (gimp-image-get-active-drawable picture)))) {THEIRS[name]}"
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
