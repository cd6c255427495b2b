"""The picture codec on photographs that it never saw, scikit-image's, at 512²: how it stands beside JPEG, and how long it takes."""

from __future__ import annotations

import importlib.util
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from studio import api
from studio.bench.figures import Figure, figure
from studio.engine.evaluation.autoencoding import kernels_of_fields
from studio.messages.events import Compressed, Picture
from studio.messages.requests import Compress, Decompress
from studio.project import atomic
from studio.project.png import encode_png

PHOTOGRAPHS = ("astronaut", "coffee", "chelsea", "rocket")
SIDE, LEVELS = 512, 5
NO_PHOTOGRAPHS = "scikit-image, which brings the photographs, is not installed"


def measure(quick: bool = False) -> list[Figure]:
    if importlib.util.find_spec("skimage") is None:
        return [figure("PSNR of JPEG less ours at equal bytes", "dB", [], note=NO_PHOTOGRAPHS)]
    names = PHOTOGRAPHS[:1] if quick else PHOTOGRAPHS
    behind: dict[int, list[float]] = {level: [] for level in range(1, LEVELS + 1)}
    bits: dict[int, list[float]] = {level: [] for level in behind}
    made: dict[int, list[np.ndarray]] = {level: [] for level in behind}
    photographs, seconds = list(_photographs(names)), []
    with tempfile.TemporaryDirectory() as place:
        for name, pixels in photographs:
            source, out = Path(place, f"{name}.png"), Path(place, f"{name}.dqz")
            atomic.write(source, encode_png(pixels))
            for level, short in behind.items():
                told = _compressed(source, out, level)
                spent, again = _there_and_back(source, out, level)
                seconds.append(spent)
                made[level].append(again)
                bits[level].append(8 * told.bytes / SIDE**2)
                own = told.beside[0].psnr
                jpeg = [one.psnr for one in told.beside if one.format == "JPEG"]
                if jpeg:  # else it cannot be made so small
                    short.append(jpeg[0] - own)
    found = [
        figure(
            f"PSNR of JPEG less ours at equal bytes, quality {level}, {np.mean(bits[level]):.2f} bits a pixel",
            "dB", short, {"p50": 0} if level == 1 else None, "below 0 ours is better",
        )
        for level, short in behind.items()
    ]  # fmt: skip
    real = [pixels for _, pixels in photographs]
    apart = [_apart(real, made[level], f"quality {level}") for level in (1, 3, LEVELS)]
    return [*found, *apart, figure("compress and decompress 512²", "s", seconds, {"p50": 1.5})]


def _apart(real: list[np.ndarray], made: list[np.ndarray], what: str) -> Figure:
    told = kernels_of_fields(real, made)
    return figure(f"kernel distance of fields of photographs, {what}", "", [told.made], note=told.said)


def _photographs(names: tuple[str, ...]) -> Iterator[tuple[str, np.ndarray]]:
    """The middle of each, uint8 [512, 512, 3]."""
    from skimage import data

    for name in names:
        whole = getattr(data, name)()
        side = min(whole.shape[:2])
        top, left = ((length - side) // 2 for length in whole.shape[:2])
        how = cv2.INTER_AREA if side > SIDE else cv2.INTER_CUBIC
        yield name, cv2.resize(whole[top : top + side, left : left + side], (SIDE, SIDE), interpolation=how)


def _compressed(source: Path, out: Path, level: int) -> Compressed:
    asked = Compress(file=str(source), out=str(out), quality=level)
    return next(event for event in api.ask(asked) if isinstance(event, Compressed))


def _there_and_back(source: Path, out: Path, level: int) -> tuple[float, np.ndarray]:
    """Seconds of both ways, files read and written, the network loaded twice; and what came back."""
    began = time.perf_counter()
    for _ in api.ask(Compress(file=str(source), out=str(out), quality=level, compare=False)):
        pass
    made = [event for event in api.ask(Decompress(file=str(out))) if isinstance(event, Picture)]
    seconds = time.perf_counter() - began
    pixels = made[0].pixels.array()
    if pixels.shape != (SIDE, SIDE, 3):
        raise RuntimeError("another picture came back")
    return seconds, pixels
