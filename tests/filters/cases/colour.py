"""Cases of filters/colour.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "hue-saturation": Case(
        settings=(
            {"hue": 40.0, "saturation": 0.3, "lightness": 0.1},
            {"space": "oklch", "hue": -70.0, "saturation": 0.5, "lightness": -0.2},
            {
                "ranges": True,
                "reds_hue": 30.0,
                "greens_saturation": -1.0,
                "blues_lightness": 0.4,
                "overlap": 0.3,
            },
            {
                "space": "oklch",
                "ranges": True,
                "yellows_hue": -50.0,
                "magentas_saturation": 1.0,
                "overlap": 0.0,
            },
            {"saturation": -1.0},
            {"lightness": 1.0},
            {},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "vibrance": Case(
        settings=(
            {"vibrance": 0.6},
            {"vibrance": -1.0, "saturation": -0.2, "skin": 1.0},
            {"vibrance": 1.0, "saturation": 1.0, "skin": 0.0},
            {},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
}

GOLDEN = {
    "hue-saturation@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.14702, 0.73325, 0.46384, 1.00000],
        [0.71841, 0.53938, 0.40641, 1.00000],
        [0.81636, 0.76005, 0.05819, 1.00000],
    ],
    "vibrance@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.05496, 0.59025, -0.07911, 1.00000],
        [0.70149, 0.33674, 0.43464, 1.00000],
        [0.66264, 0.21087, 0.00360, 1.00000],
    ],
}
