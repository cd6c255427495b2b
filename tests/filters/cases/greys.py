"""Cases of filters/greys.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "black-and-white": Case(
        settings=(
            {},
            {"method": "luma"},
            {"method": "lightness", "strength": 0.4},
            {"method": "average"},
            {"method": "value"},
            {"method": "oklch", "tint": 0.8},
            {"method": "colour-weights", "reds": -0.5, "blues": 1.2, "tint": 0.3, "colour": [0.2, 0.4, 0.9]},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
}

GOLDEN = {
    "black-and-white@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.50241, 0.50241, 0.50241, 1.00000],
        [0.45840, 0.45840, 0.45840, 1.00000],
        [0.36980, 0.36980, 0.36980, 1.00000],
    ],
}
