"""Cases of filters/dither.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "dither": Case(
        settings=(
            {"levels": 4},
            {"kernel": "jarvis-judice-ninke", "of": "grey"},
            {"kernel": "stucki", "levels": 3, "space": "encoded"},
            {"kernel": "burkes", "strength": 0.5},
            {"kernel": "sierra", "levels": 64},
            {"kernel": "atkinson"},
            {"kernel": "bayer", "levels": 5},
            {"kernel": "stucki", "linked": False, "levels_red": 3, "levels_green": 12},
            {"kernel": "bayer", "linked": False, "levels_blue": 6},
        ),
        keeps_alpha=True,
        level_tolerance=0.2,  # shown only at level 0: a level's own dots are as wide as its pixels
    ),
}

GOLDEN = {
    "dither@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.33333, 0.66667, 0.00000, 1.00000],
        [0.66667, 0.33333, 0.33333, 1.00000],
        [0.66667, 0.33333, 0.00000, 1.00000],
    ],
}
