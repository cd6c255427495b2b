"""Cases of filters/repair.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "deband": Case(
        settings=(
            {"threshold": 0.03, "seed": 5},
            {"radius": 30, "rounds": 1, "grain": 0.0},
            {"radius": 3, "rounds": 4, "threshold": 0.1},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "dead-pixels": Case(
        settings=({"threshold": 0.05}, {"threshold": 0.0, "polarity": "darker"}, {"polarity": "brighter"}),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "dust-and-scratches": Case(
        settings=(
            {"radius": 4},
            {"radius": 1, "threshold": 0.02, "polarity": "darker"},
            {"radius": 9, "threshold": 0.0, "polarity": "brighter"},
        ),
        keeps_alpha=True,
        level_tolerance=0.06,
    ),
}

GOLDEN = {
    "deband@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.22596, 0.56367, 0.18387, 1.00000],
        [0.61431, 0.34876, 0.43428, 1.00000],
        [0.62289, 0.25525, 0.13785, 1.00000],
    ],
    "dead-pixels@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.23320, 0.57153, 0.18432, 1.00000],
        [0.64712, 0.38045, 0.44458, 1.00000],
        [0.62466, 0.25433, 0.12485, 1.00000],
    ],
    "dust-and-scratches@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.23320, 0.57153, 0.18432, 1.00000],
        [0.64712, 0.38045, 0.44458, 1.00000],
        [0.62466, 0.25433, 0.12485, 1.00000],
    ],
}
