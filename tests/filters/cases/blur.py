"""Cases of filters/blur.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "gaussian-blur": Case(
        settings=(
            {"sigma": 2.5},
            {"sigma": 0.0},
            {"sigma": 0.6},
            {"sigma": 11.0},
            {"sigma": 45.0},
            {"sigma": 21.0, "linked": False, "sigma_down": 0.0},
            {"sigma": 1.5, "linked": False, "sigma_down": 12.0},
        ),
        keeps_alpha=False,
        level_tolerance=0.02,
    ),
}

GOLDEN = {
    "gaussian-blur@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.22834, 0.56667, 0.18495, 1.00000],
        [0.62667, 0.36001, 0.44380, 1.00000],
        [0.67471, 0.30732, 0.13097, 1.00000],
    ],
}
