"""Cases of filters/ripples.py."""

from __future__ import annotations

import numpy as np

from studio.raster.small_map import packed
from tests.filters.case import Case

BUMPS = packed(np.random.default_rng(8).integers(0, 256, (5, 9, 2), np.uint8))

CASES = {
    "wave": Case(
        settings=(
            {},
            {
                "amplitude": 40.0,
                "wavelength": 30.0,
                "aspect": 3.0,
                "phase": 70.0,
                "sampling": "cubic",
                "shape": "triangle",
            },
            {"amplitude": 0.0, "centre_x": 0.1},
            {"edge": "mirrored", "amplitude": 60.0},
            {"edge": "wrap"},
        ),
        keeps_alpha=False,
        level_tolerance=0.03,
    ),
    "ripple": Case(
        settings=(
            {"angle": 30.0},
            {"moves": "along-it", "shape": "sawtooth", "sampling": "cubic", "angle": -100.0},
            {"shape": "triangle", "sampling": "nearest", "amplitude": 25.5},
            {"edge": "wrap", "tileable": True, "angle": 40.0},
            {"edge": "mirrored", "tileable": True, "wavelength": 4000.0, "angle": 90.0},
        ),
        keeps_alpha=False,
        level_tolerance=0.03,
    ),
    "displace": Case(
        settings=(
            {},
            {"size": 7.0, "detail": 5, "amplitude": 30.0, "seed": 9, "sampling": "cubic"},
            {"amplitude": 0.0},
            {"edge": "wrap", "amplitude": 50.0},
            {"edge": "mirrored", "amplitude": 50.0},
            {"across": -40.0, "down": 0.0, "amplitude": 30.0},
            {"source": "map"},
            {"source": "map", "amplitude": 22.5, "map": {"name": "bumps.png", "content": BUMPS}},
            {"source": "map", "amplitude": 15.0, "map_down": {"name": "bumps.png", "content": BUMPS}},
            {"directions": "out-and-around", "amplitude": 30.0, "across": 60.0, "centre_x": 0.3},
        ),
        keeps_alpha=False,
        level_tolerance=0.03,
    ),
}

GOLDEN = {
    "wave@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.24331, 0.56201, 0.13745, 1.00000],
        [0.63770, 0.37579, 0.45681, 1.00000],
        [0.65183, 0.28884, 0.14023, 1.00000],
    ],
    "ripple@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.24888, 0.58584, 0.17321, 1.00000],
        [0.67074, 0.40629, 0.45929, 1.00000],
        [0.65861, 0.29582, 0.14606, 1.00000],
    ],
    "displace@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.19172, 0.51541, 0.13947, 1.00000],
        [0.69399, 0.42112, 0.42376, 1.00000],
        [0.68617, 0.32276, 0.14408, 1.00000],
    ],
}
