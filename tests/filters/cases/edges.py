"""Cases of filters/edges.py."""

from __future__ import annotations

from tests.filters.case import Case

# At a level fine texture is averaged away, and with it its edges.
CASES = {
    "sobel": Case(
        settings=(
            {},
            {"part": "slope-across", "channels": "shared"},
            {"part": "slope-down", "invert": True},
            {"operator": "prewitt", "border": "black"},
            {"operator": "central-differences"},
            {"operator": "roberts", "part": "slope-across"},
            {"operator": "laplace", "amount": 1.0},
        ),
        keeps_alpha=True,
        level_tolerance=0.35,
    ),
    "scharr": Case(
        settings=(
            {},
            {"part": "slope-down"},
            {"channels": "shared", "invert": True, "amount": 9.0},
            {"border": "black"},
        ),
        keeps_alpha=True,
        level_tolerance=0.35,
    ),
    "emboss": Case(
        settings=(
            {"depth": 4.0},
            {"relief": "coloured", "azimuth": -30.0},
            {"elevation": 90.0, "depth": 0.0},
        ),
        keeps_alpha=True,
        level_tolerance=0.1,
    ),
}

GOLDEN = {
    "sobel@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.14713, 0.13989, 0.02718, 1.00000],
        [0.29503, 0.30187, 0.02302, 1.00000],
        [0.08608, 0.08816, 0.00837, 1.00000],
    ],
    "scharr@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.15556, 0.14826, 0.02718, 1.00000],
        [0.31265, 0.31949, 0.02303, 1.00000],
        [0.08567, 0.08772, 0.00834, 1.00000],
    ],
    "emboss@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.77156, 0.77156, 0.77156, 1.00000],
        [0.54095, 0.54095, 0.54095, 1.00000],
        [0.67058, 0.67058, 0.67058, 1.00000],
    ],
}
