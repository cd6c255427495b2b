"""Cases of filters/motion.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "motion-blur": Case(
        settings=(
            {"length": 12.0, "angle": 30.0},
            {"length": 1.0},
            {"length": 41.0, "angle": -90.0},
            {"length": 20.5, "angle": 135.0, "trail": "one-side"},
        ),
        keeps_alpha=False,
        level_tolerance=0.02,
    ),
    "radial-blur": Case(
        settings=(
            {"angle": 20.0},
            {"angle": 0.0},
            {"angle": 5.0, "centre_x": 0.1, "centre_y": 1.0},
            {"angle": 12.0, "centre_x": -0.7, "centre_y": 1.9},
        ),
        keeps_alpha=False,
        level_tolerance=0.03,
    ),
    "zoom-blur": Case(
        settings=(
            {"amount": 0.2},
            {"amount": 0.0},
            {"amount": 1.0, "centre_x": 0.9, "trail": "one-side"},
            {"amount": 0.15, "centre_x": 1.8, "centre_y": -0.4},
        ),
        keeps_alpha=False,
        level_tolerance=0.03,
    ),
}

GOLDEN = {
    "motion-blur@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.23636, 0.57469, 0.18436, 1.00000],
        [0.62766, 0.36099, 0.44454, 1.00000],
        [0.69402, 0.32659, 0.13027, 1.00000],
    ],
    "radial-blur@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.22534, 0.56229, 0.18771, 1.00000],
        [0.63012, 0.36513, 0.44863, 1.00000],
        [0.68574, 0.33531, 0.17827, 1.00000],
    ],
    "zoom-blur@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.22910, 0.56743, 0.18842, 1.00000],
        [0.62536, 0.35869, 0.43456, 1.00000],
        [0.65376, 0.29429, 0.15384, 1.00000],
    ],
}
