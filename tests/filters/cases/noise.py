"""Cases of filters/noise.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "gaussian-noise": Case(
        settings=(
            {"mean": 0.02, "sigma": 0.1, "seed": 11},
            {"sigma": 0.2, "channels": "shared"},
            {"sigma": 0.0, "mean": -0.5},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "uniform-noise": Case(
        settings=({"amount": 0.2, "seed": 11}, {"amount": 1.0, "channels": "shared"}, {"amount": 0.0}),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
}

GOLDEN = {
    "gaussian-noise@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.26305, 0.60331, 0.14479, 1.00000],
        [0.75601, 0.34659, 0.46915, 1.00000],
        [0.53863, 0.31386, 0.25401, 1.00000],
    ],
    "uniform-noise@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.20838, 0.37510, 0.36835, 1.00000],
        [0.45414, 0.52609, 0.47826, 1.00000],
        [0.75721, 0.11363, 0.05323, 1.00000],
    ],
}
