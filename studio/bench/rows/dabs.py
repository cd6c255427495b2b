"""Dabs per second: the same path, radius and spacing through our engine and, where installed, through libmypaint.

Time of the thread, from the first sample to pixels that can be read, of the whole stroke. For libmypaint each sample of the
path is an event, drawn at once; so the time of a dab is compared three ways: the recorded path handed over whole, as a
straight line, a thumbnail or a replay does; each sample an event of its own, as under the pen, the layer's half-float tiles
made at the end; and with these made anew after every sample. Dabs are those that each engine really lays, counted in a stroke
that is not timed.
"""

from __future__ import annotations

import ctypes
import math
import time

import msgspec
import numpy as np

from studio.bench.figures import Figure, figure
from studio.bench.rows import mypaint
from studio.raster.brush import Brush
from studio.raster.dab import Dabs
from studio.raster.dynamics import Dynamic
from studio.raster.geometry import Region
from studio.raster.hand import Sample
from studio.raster.stroke import Stroke
from studio.raster.surface import Surface

SIDE = 2048
RADII = (5.0, 50.0, 150.0)
SPACING = 0.05
"""Of the diameter."""
STEP = 8.0
"""Pixels between samples: 1600 px/s at 200 Hz, a quick hand."""
BRUSH = Brush(hardness=0.5, flow=0.6, spacing=SPACING, smoothing=0.0, dynamics=(Dynamic(parameter="flow"),))


def measure(quick: bool = False) -> list[Figure]:
    runs, samples = (1, 60) if quick else (7, 600)
    library = mypaint.library()
    figures = []
    for radius in RADII:
        figures += _beside(radius, _path(samples, STEP), runs, library)
    figures.append(_per_dab(150.0, 0.1, runs, samples, 1200, "300 px brush at 10 % spacing"))
    return [*figures, *_largest(runs, samples)]


def _path(count: int, step: float, radius: float = 500.0) -> list[tuple[float, float, float]]:
    """An arc with a changing pressure."""
    middle = SIDE / 2
    return [
        (
            middle + radius * math.cos(index * step / radius),
            middle + radius * math.sin(index * step / radius),
            0.55 + 0.4 * math.sin(index / 30),
        )
        for index in range(count)
    ]


def _beside(
    radius: float, path: list[tuple[float, float, float]], runs: int, library: ctypes.CDLL | None
) -> list[Figure]:
    brush = msgspec.structs.replace(BRUSH, size=2 * radius)
    dabs = _count(brush, path)
    ways = {
        "recorded": "recorded path",
        "events": "sample by sample",
        "tiles": "sample by sample, with tiles",
    }
    ours = {way: [_seconds(brush, path, way) for _ in range(runs)] for way in ways}
    rates = {way: f"{dabs / np.median(found):,.0f} dabs/s" for way, found in ours.items()}
    what = f"time of a dab, radius {radius:g} px, libmypaint = 1"
    if library is None:
        note = "libmypaint not installed; ours " + ", ".join(f"{ways[way]} {rates[way]}" for way in ways)
        return [figure(what, "×", [], None, note)]
    values = {"side": SIDE, "radius": radius, "spacing": SPACING, "hardness": 0.5, "opaque": 0.6}
    theirs = [mypaint.seconds(library, path, **values) for _ in range(runs)]
    laid = mypaint.count(library, path, **values)
    other = float(np.median(theirs)) / laid
    return [
        figure(
            f"{what}, {ways[way]}", "×", [one / dabs / other for one in ours[way]],
            {"p50": 1.0} if way == "recorded" else None,
            f"{dabs} dabs, {rates[way]}; libmypaint {laid} dabs, {1 / other:,.0f}",
        )
        for way in ways
    ]  # fmt: skip


def _seconds(brush: Brush, path: list[tuple[float, float, float]], way: str) -> float:
    """Processor seconds of the stroke; the prints are those of an earlier one, as in the studio."""
    base = Surface.from_pixels(np.ones((SIDE, SIDE, 4), np.float16))
    samples = [Sample(x, y, pressure, index / 200) for index, (x, y, pressure) in enumerate(path)]
    before = Stroke(brush, (0.1, 0.1, 0.1), base)
    before.extend(samples)
    before.surface()
    stroke = Stroke(brush, (0.1, 0.1, 0.1), base, stamps=before.stamps)
    began = time.thread_time()
    if way == "recorded":
        stroke.extend(samples)
    else:
        for sample in samples:
            stroke.add(*sample)
            if way == "tiles":
                stroke.surface()
    stroke.finish()
    stroke.surface()
    return time.thread_time() - began


class _Counted(Stroke):
    """Counts the dabs it lays."""

    laid = 0

    def _draw(self, pieces: list[Dabs]) -> Region:
        self.laid += sum(len(dabs.x) for dabs in pieces)
        return super()._draw(pieces)


def _count(brush: Brush, path: list[tuple[float, float, float]]) -> int:
    stroke = _Counted(brush, (0.1, 0.1, 0.1), Surface.from_pixels(np.ones((SIDE, SIDE, 4), np.float16)))
    stroke.extend([Sample(x, y, pressure, index / 200) for index, (x, y, pressure) in enumerate(path)])
    stroke.finish()
    return stroke.laid


def _per_dab(radius: float, spacing: float, runs: int, samples: int, least: float, what: str) -> Figure:
    brush = msgspec.structs.replace(BRUSH, size=2 * radius, spacing=spacing)
    step = max(STEP, 2 * radius * spacing / 2)
    dabs = _count(brush, _path(samples, step))
    times = [1000 * _seconds(brush, _path(samples, step), "events") / dabs for _ in range(runs)]
    return figure(
        f"{what}, per dab", "ms", times, {"p50": 1000 / least}, f"{1000 / np.median(times):,.0f} dabs/s"
    )


def _largest(runs: int, samples: int) -> list[Figure]:
    """1 000 px: dabs, and how long after pen-up the layer is exact."""
    moving = _per_dab(500.0, 0.1, runs, max(samples // 4, 20), 500, "1 000 px brush at 10 % spacing")
    brush = msgspec.structs.replace(BRUSH, size=1000.0, spacing=0.1)
    rests = []
    for _ in range(runs):
        stroke = Stroke(brush, (0.1, 0.1, 0.1), Surface.from_pixels(np.ones((SIDE, SIDE, 4), np.float16)))
        for index, (x, y, pressure) in enumerate(_path(max(samples // 6, 20), STEP)):
            stroke.add(x, y, pressure, index / 200)
        began = time.perf_counter()
        stroke.finish()
        stroke.surface()
        rests.append(1000 * (time.perf_counter() - began))
    return [moving, figure("1 000 px brush, pen-up to exact pixels", "ms", rests, {"max": 500.0})]
