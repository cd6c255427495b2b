"""Cases of filters/exposure.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "brightness-contrast": Case(
        settings=(
            {"brightness": 0.2, "contrast": 0.3},
            {"brightness": -0.5, "contrast": -0.4, "pivot": 0.3},
            {"brightness": 0.3, "contrast": 0.7, "method": "s-curve"},
            {"contrast": -0.7, "pivot": 0.6, "method": "s-curve"},
            {"contrast": 1.0},
            {"contrast": -1.0},
            {},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "exposure": Case(
        settings=(
            {"exposure": 0.7, "black": 0.01, "gamma": 1.1},
            {"exposure": -3.0, "offset": 0.05},
            {"exposure": 10.0, "black": 0.1},
            {},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "gamma": Case(
        settings=(
            {"gamma": 1.8, "red": 0.7},
            {"gamma": 0.1, "blue": 0.1},
            {"gamma": 10.0, "green": 10.0},
            {},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "invert": Case(
        settings=({"what": "lightness"}, {}, {"what": "linear-light"}, {"what": "value"}),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
}

GOLDEN = {
    "brightness-contrast@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.18975, 0.68665, 0.11797, 1.00000],
        [0.79766, 0.40602, 0.50019, 1.00000],
        [0.76468, 0.22078, 0.03062, 1.00000],
    ],
    "exposure@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.30102, 0.72876, 0.22603, 1.00000],
        [0.81711, 0.49711, 0.57658, 1.00000],
        [0.79100, 0.33110, 0.10723, 1.00000],
    ],
    "gamma@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.31492, 0.73286, 0.39083, 1.00000],
        [0.70793, 0.58457, 0.63740, 1.00000],
        [0.68836, 0.46737, 0.31476, 1.00000],
    ],
    "invert@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [-0.06105, 0.37008, -0.08545, 1.00000],
        [0.46515, 0.21746, 0.28350, 1.00000],
        [0.63208, 0.26109, 0.13214, 1.00000],
    ],
}
