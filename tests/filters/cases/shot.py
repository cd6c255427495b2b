"""Cases of filters/shot.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "poisson-noise": Case(
        settings=(
            {"photons": 300.0, "seed": 11},
            {"photons": 5.0, "light": "encoded", "channels": "shared"},
            {"photons": 20.0, "channels": "luminance"},
            {"photons": 100000.0},
            {"photons": 40.0, "time": 0.3},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
}

GOLDEN = {
    "poisson-noise@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.23027, 0.50283, 0.23922, 1.00000],
        [0.58678, 0.41002, 0.44920, 1.00000],
        [0.64996, 0.22092, 0.09985, 1.00000],
    ],
}
