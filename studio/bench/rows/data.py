"""The data set doctor over a folder of JPEGs of 512 to 1024 pixels a side, and packing them for training."""

from __future__ import annotations

import resource
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np

from studio import api
from studio.bench.figures import Figure, figure
from studio.engine.datasets.pack import packed
from studio.messages.data import Checked, Decisions
from studio.messages.requests import CheckData

PICTURES_PER_SECOND = 150
GIBIBYTES = 1.5


def measure(quick: bool = False) -> list[Figure]:
    count = 200 if quick else 10_000
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda number: _write(folder, number), range(count)))
        before = _peak()
        began = time.perf_counter()
        done = any(isinstance(event, Checked) for event in api.ask(CheckData(folder=place)))
        seconds = time.perf_counter() - began
        if not done:
            raise RuntimeError("the doctor came to no end")
        doctor = figure(
            f"data set doctor, {count} JPEGs of 512–1024 px, each", "ms", [1000 * seconds / count],
            {"p50": 1000 / PICTURES_PER_SECOND}, f"{count / seconds:.0f} pictures/s",
        )  # fmt: skip
        began = time.perf_counter()
        for _ in packed(folder, None, Decisions(side=64), folder / "cache"):
            pass
        seconds = time.perf_counter() - began
        packing = figure(
            f"looked through and packed at 64 px, {count} pictures, each", "ms", [1000 * seconds / count],
            {"p50": 1000 / PICTURES_PER_SECOND}, f"{count / seconds:.0f} pictures/s",
        )  # fmt: skip
        memory = figure(
            "data set doctor and packing, peak memory",
            "GiB",
            [_peak()],
            {"max": GIBIBYTES},
            f"{before:.2f} before it",
        )
        return [doctor, packing, memory]


def _write(folder: Path, number: int) -> None:
    """A picture like a photograph to a JPEG decoder: soft shapes under a texture; about 75 KB."""
    random = np.random.default_rng(number)
    height, width = (int(side) for side in random.integers(512, 1025, 2))
    shapes = random.integers(0, 255, (9, 9, 3), dtype=np.uint8)
    texture = random.integers(0, 40, (64, 64, 3), dtype=np.uint8)
    size = (width, height)
    picture = cv2.add(cv2.resize(shapes, size, interpolation=cv2.INTER_CUBIC), cv2.resize(texture, size))
    _, encoded = cv2.imencode(".jpg", picture, (cv2.IMWRITE_JPEG_QUALITY, 90))
    (folder / f"{number:05d}.jpg").write_bytes(encoded.tobytes())


def _peak() -> float:
    """GiB that this process had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)
