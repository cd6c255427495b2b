"""Cases of filters/jpeg.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "jpeg": Case(
        settings=(
            {"quality": 15},
            {"quality": 1, "sampling": "4:4:4", "rounds": 3},
            {"quality": 50, "sampling": "4:2:2"},
            {"quality": 100, "sampling": "4:4:4"},
        ),
        keeps_alpha=True,
        level_tolerance=0.05,
    ),
}

GOLDEN = {
    "jpeg@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.23922, 0.58431, 0.18431, 1.00000],
        [0.60000, 0.30196, 0.40392, 1.00000],
        [0.63137, 0.26667, 0.10588, 1.00000],
    ],
}
