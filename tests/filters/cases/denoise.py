"""Cases of filters/denoise.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "non-local-means": Case(
        settings=(
            {"strength": 0.1},
            {"strength": 0.02, "noise": 0.0, "patch": 0, "search": 2},
            {"patch": 3, "search": 9},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "wavelet-denoise": Case(
        settings=(
            {"noise": 0.05},
            {"noise": 0.0, "scales": 1},
            {"noise": 0.1, "scales": 6, "shrinkage": "hard"},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "total-variation": Case(
        settings=({"weight": 0.1}, {"weight": 1.0, "rounds": 7, "channels": "per-channel"}, {"rounds": 1}),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
}

GOLDEN = {
    "non-local-means@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.22833, 0.56665, 0.18567, 1.00000],
        [0.62698, 0.36033, 0.44287, 1.00000],
        [0.66791, 0.30236, 0.13517, 1.00000],
    ],
    "wavelet-denoise@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.22837, 0.56652, 0.19189, 1.00000],
        [0.62725, 0.36077, 0.43525, 1.00000],
        [0.66191, 0.29710, 0.13059, 1.00000],
    ],
    "total-variation@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.22859, 0.56682, 0.18514, 1.00000],
        [0.62722, 0.36066, 0.44348, 1.00000],
        [0.68927, 0.32563, 0.13944, 1.00000],
    ],
}
