"""Cases of filters/convolution.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "convolution": Case(
        settings=(
            {},
            {"kernel": "1 2 1; 2 4 2; 1 2 1", "opacity": True, "padding": "reflect"},
            {"kernel": "-1 0 1; -2 0 2; -1 0 1", "offset": 0.5, "divisor": 4.0, "dilation": 3},
            {"kernel": "1 1 1 1 1", "stride": 7, "padding": "white"},
            {"kernel": "0; 1; 0", "padding": "black"},
            {"kernel": "0"},
            {"kernel": "1 1 0; 2 0 -1; 0 0 3", "padding": "wrap", "dilation": 5},
            {"kernel": "1 2 3", "padding": "wrap", "stride": 3},
            {"red": False, "blue": False, "stride": 5},
            {"kernel": "1 1 1", "green": False, "opacity": True},
        ),
        keeps_alpha=False,
        level_tolerance=0.1,
    ),
}

GOLDEN = {
    "convolution@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.24402, 0.58235, 0.18412, 1.00000],
        [0.69256, 0.42590, 0.44483, 1.00000],
        [0.59255, 0.21922, 0.11906, 1.00000],
    ],
}
