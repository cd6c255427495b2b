"""Cases of filters/sharpen.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "unsharp-mask": Case(
        settings=(
            {"sigma": 3.0, "amount": 0.8},
            {"sigma": 0.4, "amount": 2.0, "threshold": 0.05},
            {"sigma": 12.0, "amount": 1.0, "channels": "shared"},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "high-pass": Case(
        settings=({"sigma": 8.0}, {"sigma": 2.0, "contrast": 3.0, "channels": "shared"}),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
}

GOLDEN = {
    "unsharp-mask@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.23710, 0.57543, 0.18362, 1.00000],
        [0.66348, 0.39682, 0.44546, 1.00000],
        [0.58359, 0.21042, 0.11886, 1.00000],
    ],
    "high-pass@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.50480, 0.50487, 0.49412, 1.00000],
        [0.52045, 0.52045, 0.50765, 1.00000],
        [0.45060, 0.44110, 0.47665, 1.00000],
    ],
}
