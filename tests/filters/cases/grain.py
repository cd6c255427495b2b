"""Cases of filters/grain.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "film-grain": Case(
        settings=(
            {"sigma": 0.1, "size": 2.0, "seed": 11, "channels": "per-channel"},
            {"sigma": 0.2, "channels": "shared", "size": 20.0},
            {"sigma": 0.2, "size": 0.5},
            {"sigma": 0.0},
            {"time": 0.7, "loop": 1},
        ),
        keeps_alpha=True,
        level_tolerance=0.05,
    ),
    "banding": Case(
        settings=(
            {"sigma": 0.05, "seed": 11, "direction": "both", "channels": "per-channel"},
            {"sigma": 0.2, "width": 64.0},
            {"sigma": 0.2, "width": 0.5, "direction": "vertical", "channels": "luminance"},
            {"time": 12.1},
        ),
        keeps_alpha=True,
        level_tolerance=0.06,
    ),
}

GOLDEN = {
    "film-grain@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.16229, 0.74230, 0.37710, 1.00000],
        [0.64769, 0.36454, 0.51295, 1.00000],
        [0.69620, 0.36048, 0.11635, 1.00000],
    ],
    "banding@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.23346, 0.61997, 0.14015, 1.00000],
        [0.57703, 0.33363, 0.50938, 1.00000],
        [0.68877, 0.30957, 0.10680, 1.00000],
    ],
}
