"""Cases of filters/levels.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "levels": Case(
        settings=(
            {"black": 0.1, "white": 0.8, "gamma": 1.4, "darkest": 0.05, "lightest": 0.9},
            {"black": 0.6, "white": 0.2, "clip": True},
            {"black": 0.5, "white": 0.5},
            {
                "channels": "separate",
                "red_black": 0.2,
                "green_gamma": 0.5,
                "blue_lightest": 0.4,
                "clip": True,
            },
            {"channels": "opacity", "black": 0.3, "gamma": 2.0},
            {},
            {"black": 0.1, "gamma": 1.6, "space": "linear-light"},
        ),
        keeps_alpha=False,  # opacity has levels, too
        level_tolerance=0.03,
    ),
}

GOLDEN = {
    "levels@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.30984, 0.69100, 0.23745, 1.00000],
        [0.76282, 0.49226, 0.56233, 1.00000],
        [0.74179, 0.33865, 0.12831, 1.00000],
    ],
}
