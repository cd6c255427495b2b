"""Cases of filters/canny.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "canny": Case(
        settings=(
            {"sigma": 1.4},
            {"sigma": 0.0, "link": 0},
            {"sigma": 0.7, "low": 0.005, "high": 0.02, "invert": True},
        ),
        keeps_alpha=True,
        level_tolerance=1.0,  # a line is one pixel of each level
    ),
}

GOLDEN = {
    "canny@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.00000, 0.00000, 0.00000, 1.00000],
        [0.00000, 0.00000, 0.00000, 1.00000],
        [0.00000, 0.00000, 0.00000, 1.00000],
    ],
}
