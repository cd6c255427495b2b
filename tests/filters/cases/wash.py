"""Cases of filters/wash.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "watercolour": Case(
        settings=(
            {},
            {"radius": 12, "wobble": 0.0, "edges": 4.0},
            {"radius": 1, "wobble": 15.0, "flow": 2.0, "granulation": 2.0},
        ),
        keeps_alpha=False,  # outlines wander
        level_tolerance=0.06,
    ),
    "ink-wash": Case(
        settings=(
            {},
            {"bleeding": 0.0, "colour": 1.0, "tones": 3},
            {"bleeding": 20.0, "wetness": 1.0, "edges": 4.0, "softness": 0.0, "seed": 4},
        ),
        keeps_alpha=False,  # outlines wander
        level_tolerance=0.08,
    ),
}

GOLDEN = {
    "watercolour@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.24944, 0.59614, 0.20159, 1.00000],
        [0.57308, 0.30715, 0.38562, 1.00000],
        [0.57122, 0.21220, 0.09323, 1.00000],
    ],
    "ink-wash@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.56071, 0.55287, 0.53444, 1.00000],
        [0.66243, 0.65159, 0.62659, 1.00000],
        [0.66444, 0.65353, 0.62840, 1.00000],
    ],
}
