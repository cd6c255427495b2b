"""Cases of filters/spot_inks.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "spot-inks": Case(
        settings=(
            {"softness": 1.0, "period": 24.0},
            {"inks": 5, "shift": 9.0, "seed": 3},
            {"inks": 2, "spot": "line", "softness": 0.0, "shift": 0.0},
        ),
        keeps_alpha=True,
        level_tolerance=0.1,
    ),
}

GOLDEN = {
    "spot-inks@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.00000, 0.29552, 0.07169, 1.00000],
        [0.74060, 0.21497, 0.33251, 1.00000],
        [0.00000, 0.06975, 0.21304, 1.00000],
    ],
}
