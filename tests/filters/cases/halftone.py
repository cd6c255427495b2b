"""Cases of filters/halftone.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "halftone": Case(
        settings=(
            {"softness": 1.0, "period": 24.0},
            {"model": "rgb", "spot": "diamond"},
            {"model": "cmyk", "spot": "line", "black": 0.6},
            {"spot": "square", "softness": 0.0, "ink": [0.1, 0.1, 0.4], "paper": [1.0, 0.97, 0.9]},
            {"spot": "cross", "period": 3.5},
            {"model": "light-dots", "angle": 20.0},
            {"turbulence": 0.6, "seed": 5, "period": 14.0},
            {"model": "cmyk", "linked": False, "turbulence_2": 1.0, "turbulence_black": 0.2, "spot": "line"},
            {"model": "cmyk", "linked": False, "spot_1": "line", "period_2": 17.5, "spot_black": "cross"},
        ),
        keeps_alpha=True,
        level_tolerance=0.08,
    ),
}

GOLDEN = {
    "halftone@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.98810, 0.98810, 0.98810, 1.00000],
        [0.00000, 0.00000, 0.00000, 1.00000],
        [0.00000, 0.00000, 0.00000, 1.00000],
    ],
}
