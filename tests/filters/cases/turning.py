"""Cases of filters/turning.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "rotational-symmetry": Case(
        settings=(
            {},
            {"how": "mean", "folds": 3, "turn": 20.0, "edge": "wrap"},
            {"how": "lightest", "folds": 4, "centre_x": 0.2},
            {"how": "darkest", "folds": 5, "sampling": "nearest"},
        ),
        keeps_alpha=False,
        level_tolerance=0.08,
    ),
    "offset": Case(
        settings=({}, {"across": -0.3, "down": 0.0}, {"edge": "mirrored"}),
        keeps_alpha=False,
        level_tolerance=0.03,
    ),
}

GOLDEN = {
    "rotational-symmetry@1": [
        [0.62466, 0.25433, 0.12485, 1.00000],
        [0.61750, 0.40883, 0.38705, 1.00000],
        [0.64712, 0.38045, 0.44458, 1.00000],
        [0.62466, 0.25433, 0.12485, 1.00000],
    ],
    "offset@1": [
        [0.47072, 0.53405, 0.46917, 1.00000],
        [0.50161, 0.40327, 0.22371, 1.00000],
        [0.41774, 0.58774, 0.33976, 1.00000],
        [0.37383, 0.44017, 0.47510, 1.00000],
    ],
}
