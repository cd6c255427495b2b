"""Cases of filters/transfer.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "colour-transfer": Case(
        settings=(
            {"lightness": 0.5, "b": 0.05, "lightness_with_b": 0.4},
            {"method": "mean-and-spread", "a": -0.1, "a_spread": 0.2, "strength": 0.6},
            {"lightness_with_a": 1.0, "lightness_with_b": -1.0, "a_with_b": 1.0},
            {"lightness_spread": 0.0, "a_spread": 0.0, "b_spread": 0.0},
        ),
        keeps_alpha=True,
        level_tolerance=0.1,  # fine texture is averaged away before it is measured
    ),
    "histogram-match": Case(
        settings=(
            {"red": [[0, 0.1], [0.5, 0.3], [1, 0.9]]},
            {"channels": "luma", "luma": [[0, 0], [0.3, 0.5], [1, 1]], "strength": 0.7},
            {},
        ),
        keeps_alpha=True,
        level_tolerance=0.12,
    ),
}

GOLDEN = {
    "colour-transfer@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.25342, 0.41959, 0.15672, 1.00000],
        [0.55660, 0.25218, 0.31356, 1.00000],
        [0.39660, -0.10840, -0.09726, 1.00000],
    ],
    "histogram-match@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.12779, 0.66801, 0.29637, 1.00000],
        [0.75078, 0.15660, 0.75558, 1.00000],
        [0.69315, 0.00342, 0.15535, 1.00000],
    ],
}
