"""Real pixels: an artist's scans taught to a detail network, what it makes of held-out ones beside bicubic, and what 4096² takes.

The scans are made by rule, landscapes on paper as a scanner sees them, so that nobody's pictures are needed; each has a paper, a lens
and a sensor of its own, which makes it harder than an artist's, who has one scanner. Photographs of
scikit-image, whose grass and fur no small picture tells, are measured with the network that comes with the studio, without a target.
"""

from __future__ import annotations

import importlib.util
import tempfile
from pathlib import Path

import numpy as np

from studio.bench.figures import Figure, figure
from studio.engine.detail.figures import beside_bicubic, draw_scans, enlarging, held_out, own_detail
from studio.engine.library.details import shipped_file
from studio.engine.training.detail import Measured

PHOTOGRAPHS = ("astronaut", "coffee", "chelsea", "retina")
NO_PHOTOGRAPHS = "scikit-image, which brings the photographs, is not installed"


def measure(quick: bool = False) -> list[Figure]:
    side, learnt, steps = (512, 2, 4) if quick else (768, 10, 0)
    taken = [enlarging(256 if quick else 1024) for _ in range(1 if quick else 3)]
    what = "256² → 1024²" if quick else "1024² → 4096²"
    targets: tuple[dict[str, float], dict[str, float]] = ({}, {}) if quick else ({"p50": 60}, {"max": 2048})
    found = [
        figure(f"detail added, {what}", "s", [seconds for seconds, _ in taken], targets[0]),
        figure(
            f"detail added, {what}: memory of the process", "MiB", [peak for _, peak in taken], targets[1]
        ),
    ]
    with tempfile.TemporaryDirectory() as place:
        scans = Path(place, "scans")
        draw_scans(scans, range(1, learnt + 1), side)
        network = own_detail(scans, Path(place, "run"), steps)
        told = [beside_bicubic(network, scan) for scan in held_out(range(901, 902 if quick else 913), side)]
    what = f"scans of other scanners, learnt from {learnt}"
    return [*found, *_likeness(what, told, target=not quick), *_photographs()]


def _likeness(what: str, told: list[Measured], *, target: bool) -> list[Figure]:
    gains, sharp = [-one.gain for one in told], [one.sharpness for one in told]
    note = "below 0 ours is nearer"
    return [
        figure(f"{what}: PSNR of bicubic less ours", "dB", gains, {"max": 0.3} if target else None, note),
        figure(
            f"{what}: 1 − sharpness beside the real one", "", [abs(1 - one) for one in sharp],
            {"max": 0.2} if target else None, "sharpness " + ", ".join(f"{one:.2f}" for one in sharp),
        ),
    ]  # fmt: skip


def _photographs() -> list[Figure]:
    what = "photographs of scikit-image, the shipped network"
    if importlib.util.find_spec("skimage") is None:
        return [figure(what, "dB", [], note=NO_PHOTOGRAPHS)]
    from skimage import data

    told = [beside_bicubic(shipped_file(), np.asarray(getattr(data, name)())) for name in PHOTOGRAPHS]
    return _likeness(what, told, target=False)
