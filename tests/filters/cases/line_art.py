"""Cases of filters/line_art.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "paper-to-transparent": Case(
        settings=(
            {"paper": (0.7, 0.6, 0.4)},
            {},
            {"paper": (0.0, 0.0, 0.0), "clean": 0.0, "solid": 1.0},
            {"clean": 0.5, "solid": 0.05},
        ),
        keeps_alpha=False,
        level_tolerance=0.1,
        opens=True,
    ),
    "line-art": Case(
        settings=(
            {"radius": 12},
            {"radius": 2, "ink": "one", "colour": (0.1, 0.2, 0.3)},
            {"radius": 30, "clean": 0.0, "solid": 1.0, "darkest": 0.05},
        ),
        keeps_alpha=False,
        level_tolerance=0.1,
        opens=True,
    ),
}

GOLDEN = {
    "paper-to-transparent@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.04561, 0.41075, 0.07713, 0.73202],
        [0.21739, 0.01212, 0.19902, 0.38610],
        [0.45399, 0.10804, 0.02732, 0.75619],
    ],
    "line-art@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.30574, 0.71559, 0.18355, 0.72274],
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.88305, 0.61493, 0.29123, 0.97912],
    ],
}
