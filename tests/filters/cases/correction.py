"""Cases of filters/correction.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "colour-fringes": Case(
        settings=({"red": 0.6, "blue": -0.4}, {"red": -2.0}, {}), keeps_alpha=True, level_tolerance=0.03
    ),
    "vignette-correction": Case(
        settings=({}, {"amount": -0.95, "falloff": 0.5}, {"amount": 0.95, "centre_x": 2.0, "falloff": 8.0}),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "red-eye": Case(
        settings=({"threshold": 0.1}, {}, {"threshold": 0.0, "darken": 1.0}),
        keeps_alpha=True,
        level_tolerance=0.08,
    ),
    "faded-print": Case(
        settings=({"clip": 2.0}, {"balance": 0.0, "protect": 1.0}, {"clip": 10.0, "strength": 0.5}),
        keeps_alpha=True,
        level_tolerance=0.1,  # fine texture is averaged away before it is measured
    ),
}

GOLDEN = {
    "colour-fringes@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.21031, 0.57153, 0.18111, 1.00000],
        [0.58563, 0.38045, 0.44830, 1.00000],
        [0.62408, 0.25433, 0.12762, 1.00000],
    ],
    "vignette-correction@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.25133, 0.61095, 0.19938, 1.00000],
        [0.70606, 0.41701, 0.48651, 1.00000],
        [0.73259, 0.30345, 0.15341, 1.00000],
    ],
    "red-eye@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.23320, 0.57153, 0.18432, 1.00000],
        [0.28876, 0.28876, 0.28876, 1.00000],
        [0.13271, 0.13271, 0.13271, 1.00000],
    ],
    "faded-print@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.13540, 0.62413, 0.19190, 1.00000],
        [0.83219, 0.23001, 0.80443, 1.00000],
        [0.77196, 0.06105, 0.07027, 1.00000],
    ],
}
