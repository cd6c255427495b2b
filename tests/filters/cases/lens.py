"""Cases of filters/lens.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "lens-blur": Case(
        settings=(
            {"radius": 5.0},
            {"radius": 0.0},
            {"radius": 9.0, "blades": 6, "rotation": 15.0, "rim": 1.0, "gamma": 1.0},
            {"radius": 26.0, "highlights": 10.0, "threshold": 0.5, "rim": -0.5},
        ),
        keeps_alpha=False,
        level_tolerance=0.03,
    ),
}

GOLDEN = {
    "lens-blur@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.23491, 0.56950, 0.18622, 1.00000],
        [0.63019, 0.36526, 0.44396, 1.00000],
        [0.68257, 0.31963, 0.13234, 1.00000],
    ],
}
