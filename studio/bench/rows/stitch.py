"""A panorama of eight photographs of 12 megapixels, from JPEG files: seconds, peak memory, and by how much the found cameras
miss the true. Each scene is made by one process and stitched by another, whose peak is then that of stitching alone."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec

from studio import api
from studio.bench.figures import Figure, figure
from studio.bench.one import peak_memory
from studio.bench.panoramas import COUNT, SCENES, missed
from studio.raster.geometry import Rect
from studio.synthesis import stitch
from studio.synthesis.stitch_values import Stitch
from studio.workspace import stitching

SECONDS, MEMORY, PIXELS = 20.0, 3072.0, 0.5


class Found(msgspec.Struct, frozen=True):
    """``missed`` in pixels, ``memory`` in MiB, ``rect`` the size of the panorama."""

    seconds: float
    memory: float
    missed: list[float]
    unmatched: tuple[str, ...]
    size: tuple[int, int]


def measure(quick: bool = False) -> list[Figure]:
    width, height = (800, 600) if quick else (4000, 3000)
    figures = []
    for name in list(SCENES)[: 1 if quick else None]:
        found = _in_processes(name, width, height)
        words = SCENES[name].words
        what = f"{COUNT} JPEG files of {width} × {height} to a panorama, {words}"
        note = f"{found.size[0]} × {found.size[1]} pixels"
        if found.unmatched:
            note += f"; not matched: {', '.join(found.unmatched)}"
        figures += [
            figure(what, "s", [found.seconds], {"max": SECONDS}, note),
            figure(f"{words}: the peak of its memory", "MiB", [found.memory], {"max": MEMORY}),
            figure(f"{words}: the found cameras miss the true ones by", "px", found.missed, {"max": PIXELS}),
        ]
    return figures


def _in_processes(name: str, width: int, height: int) -> Found:
    with tempfile.TemporaryDirectory() as folder:
        values = [name, folder, str(width), str(height)]
        for module in ("studio.bench.panoramas", __name__):
            done = subprocess.run([sys.executable, "-m", module, *values], capture_output=True, check=False)
            if done.returncode:
                raise RuntimeError(done.stderr.decode(errors="replace").strip().splitlines()[-1])
    return msgspec.json.decode(done.stdout, type=Found)


def stitched(name: str, folder: Path, width: int, height: int) -> Found:
    """In this process: the files read, matched, warped and blended, as ``api.stitch`` does it."""
    began = time.perf_counter()
    canvas, sources = api.new(1, 1), []
    for index in range(COUNT):
        picture = api.open(folder / f"{index}.jpg")
        sources.append(stitching.source_of(picture, str(index), canvas, api.flatten))
    plan: stitch.Plan = _result(stitch.planned(sources, Stitch()))
    _result(stitch.composed(plan, Stitch()))
    seconds = time.perf_counter() - began
    numbers = [int(source.name) for source in plan.sources]
    cameras = [
        (SCENES[name], number, found) for number, found in zip(numbers, plan.cameras.project, strict=True)
    ]
    area: Rect = plan.area(Stitch())
    return Found(
        seconds, peak_memory(), missed(cameras, width, height), plan.unmatched, (area.width, area.height)
    )


def _result(steps: stitch.Progress) -> Any:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


if __name__ == "__main__":
    found_here = stitched(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    sys.stdout.write(msgspec.json.encode(found_here).decode())
