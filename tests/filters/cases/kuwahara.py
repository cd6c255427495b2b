"""Cases of filters/kuwahara.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "kuwahara": Case(
        settings=(
            {"radius": 4},
            {"radius": 11, "sharpness": 32.0},
            {"radius": 1, "sharpness": 1.0},
            {"radius": 30},
        ),
        keeps_alpha=True,
        level_tolerance=0.04,
    ),
}

GOLDEN = {
    "kuwahara@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.22840, 0.56763, 0.18874, 1.00000],
        [0.62641, 0.35966, 0.44326, 1.00000],
        [0.62466, 0.25433, 0.12485, 1.00000],
    ],
}
