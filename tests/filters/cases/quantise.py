"""Cases of filters/quantise.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "quantise": Case(
        settings=(
            {"steps": 6, "dither": "triangular", "seed": 11},
            {"steps": 2, "dither": "uniform", "channels": "shared"},
            {"steps": 2, "dither": "blue-noise"},
            {"steps": 5},
            {"steps": 4, "channels": "luminance", "dither": "triangular"},
            {"steps": 6, "channels": "luminance"},
        ),
        keeps_alpha=True,
        level_tolerance=0.05,
    ),
}

GOLDEN = {
    "quantise@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.20000, 0.60000, 0.20000, 1.00000],
        [0.40000, 0.40000, 0.60000, 1.00000],
        [0.60000, 0.20000, 0.20000, 1.00000],
    ],
}
