"""An OpenRaster file of ten layers of 4096² to a flattened PNG, as whole processes, beside Krita's own export of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from studio.bench.figures import Figure, figure
from studio.bench.scene import ten_layers
from studio.project.ora_write import write_ora
from studio.render.renderer import Renderer

RATIO = 0.4
SECONDS = 300


def measure(quick: bool = False) -> list[Figure]:
    side = 512 if quick else 4096
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "layers.ora"
        write_ora(ten_layers(side), Renderer().flatten, source)
        count = 1 if quick else 5
        ours = [_seconds(_ours(source, Path(folder) / f"ours-{i}.png")) for i in range(count)]
        krita = shutil.which("krita")
        theirs = []
        if krita is not None:
            theirs = [_seconds(_krita(krita, source, Path(folder) / f"krita-{i}.png")) for i in range(count)]
    what = f"OpenRaster, 10 layers of {side}², to PNG"
    if not theirs:
        return [
            figure(what, "s", ours, {}),
            figure("Krita, the same file", "s", [], {}, "not installed here"),
        ]
    ratio = sorted(ours)[len(ours) // 2] / sorted(theirs)[len(theirs) // 2]
    return [
        figure(what, "s", ours, {}),
        figure("Krita, the same file", "s", theirs, {}),
        figure("ours against Krita's", "×", [ratio], {"max": RATIO}),
    ]


def _ours(source: Path, target: Path) -> list[str]:
    return [sys.executable, "-m", "studio", "render", str(source), str(target)]


def _krita(program: str, source: Path, target: Path) -> list[str]:
    return [program, "--export", "--export-filename", str(target), str(source)]


def _seconds(command: list[str]) -> float:
    began = time.perf_counter()
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, timeout=SECONDS, env=environment, check=False)
    seconds = time.perf_counter() - began
    target = Path(command[-1] if "render" in command else command[3])
    if not target.is_file() or not target.stat().st_size:
        raise RuntimeError(f"{command[0]} wrote no picture: {done.stderr.decode(errors='replace')[-400:]}")
    return seconds
