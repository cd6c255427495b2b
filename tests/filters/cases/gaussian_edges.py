"""Cases of filters/gaussian_edges.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "difference-of-gaussians": Case(
        settings=(
            {"inner": 3.0, "outer": 6.0},
            {"inner": 0.0, "channels": "shared"},
            {"outer": 12.0, "invert": True},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "xdog": Case(
        settings=({"sigma": 3.0}, {"sigma": 0.5, "ratio": 3.0}, {"sharpness": 0.0, "steepness": 60.0}),
        keeps_alpha=True,
        level_tolerance=0.06,
    ),
}

GOLDEN = {
    "difference-of-gaussians@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.49999, 0.50000, 0.48962, 1.00000],
        [0.50000, 0.50000, 0.51300, 1.00000],
        [0.50310, 0.48879, 0.46363, 1.00000],
    ],
    "xdog@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.82778, 0.82778, 0.82778, 1.00000],
        [0.64249, 0.64249, 0.64249, 1.00000],
        [0.33523, 0.33523, 0.33523, 1.00000],
    ],
}
