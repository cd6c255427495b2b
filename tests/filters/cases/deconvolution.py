"""Cases of filters/deconvolution.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "wiener": Case(
        settings=(
            {"size": 1.5, "noise": 0.05},
            {"blur": "disc", "size": 3.0},
            {"blur": "motion", "size": 4.0, "angle": 30.0, "noise": 0.2},
            {"size": 0.2},
        ),
        keeps_alpha=True,
        level_tolerance=0.06,  # the fine texture that it brings out is averaged away
    ),
    "richardson-lucy": Case(
        settings=(
            {"rounds": 4},
            {"blur": "disc", "size": 2.0, "rounds": 3},
            {"size": 8.0, "rounds": 1},
            {"blur": "motion", "size": 3.0, "angle": 45.0, "rounds": 2},
        ),
        keeps_alpha=True,
        level_tolerance=0.06,
    ),
}

GOLDEN = {
    "wiener@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.23406, 0.57239, 0.18412, 1.00000],
        [0.65073, 0.38406, 0.44483, 1.00000],
        [0.54257, 0.17105, 0.12242, 1.00000],
    ],
    "richardson-lucy@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.23144, 0.57158, 0.18410, 1.00000],
        [0.65102, 0.38348, 0.44486, 1.00000],
        [0.58785, 0.21907, 0.12216, 1.00000],
    ],
}
