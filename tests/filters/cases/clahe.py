"""Cases of filters/clahe.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "clahe": Case(
        settings=(
            {},
            {"columns": 3, "rows": 64, "limit": 100.0},
            {"limit": 1.0},
            {"columns": 1, "rows": 1, "strength": 0.5},
        ),
        keeps_alpha=True,
        level_tolerance=0.12,  # fine texture is averaged away before it is measured
    ),
}

GOLDEN = {
    "clahe@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.21570, 0.53348, 0.16979, 1.00000],
        [0.66849, 0.39371, 0.45978, 1.00000],
        [0.38738, 0.14633, 0.06206, 1.00000],
    ],
}
