"""Cases of filters/shadows.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "shadows-highlights": Case(
        settings=(
            {"shadows": 0.6, "highlights": -0.5, "radius": 6.0},
            {"shadows": -1.0, "highlights": 1.0, "radius": 0.0, "colour": 0.0},
            {"shadows": 1.0, "shadow_range": 1.0, "radius": 25.0, "white": 1.5, "colour": 2.0},
            {"highlights": -1.0, "highlight_range": 0.0, "shadows": 0.0, "white": 0.5, "radius": 1.0},
            {},
            {"highlights": -0.8, "highlight_range": 0.2, "linked": False, "highlight_colour": 0.0},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
}

GOLDEN = {
    "shadows-highlights@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.20828, 0.51736, 0.16363, 1.00000],
        [0.60318, 0.35321, 0.41332, 1.00000],
        [0.59257, 0.23972, 0.11635, 1.00000],
    ],
}
