"""Cases of filters/curves.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "curves": Case(
        settings=(
            {"curve": [[0, 0], [0.3, 0.15], [0.7, 0.9], [1, 1]], "red": [[0, 0.1], [1, 0.9]]},
            {"curve": [[0.4, 1], [0.2, 0]], "space": "linear-light"},
            {"blue": [[0.5, 0.5]], "between": "straight-lines"},
            {"alpha": [[0, 0], [0.5, 0.2], [1, 1]]},
            {"curve": [[0, 1], [1, 0]], "green": [[0, 0], [0.25, 0.6], [1, 1]], "between": "straight-lines"},
            {},
        ),
        keeps_alpha=False,  # opacity has a curve, too
        level_tolerance=0.05,
    ),
}

GOLDEN = {
    "curves@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.13999, 0.70670, 0.08045, 1.00000],
        [0.79970, 0.26118, 0.40012, 1.00000],
        [0.76587, 0.11836, 0.05428, 1.00000],
    ],
}
