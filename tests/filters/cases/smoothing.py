"""Cases of filters/smoothing.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "box-blur": Case(
        settings=({"radius": 3}, {"radius": 0}, {"radius": 1, "passes": 3}, {"radius": 40}),
        keeps_alpha=False,
        level_tolerance=0.02,
    ),
    "median": Case(
        settings=(
            {"radius": 4},
            {"radius": 0},
            {"radius": 1},
            {"radius": 2},
            {"radius": 11},
            {"radius": 5, "percentile": 80.0, "shape": "circle"},
            {"radius": 4, "percentile": 0.0, "shape": "diamond"},
            {"radius": 1, "percentile": 100.0},
            {"radius": 4, "linked": False, "percentile_alpha": 90.0},
            {"radius": 3, "percentile": 0.0, "linked": False, "percentile_alpha": 100.0, "shape": "circle"},
        ),
        keeps_alpha=False,
        level_tolerance=0.03,
    ),
}

GOLDEN = {
    "box-blur@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.22834, 0.56667, 0.18473, 1.00000],
        [0.62668, 0.36001, 0.44407, 1.00000],
        [0.68178, 0.31402, 0.13007, 1.00000],
    ],
    "median@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.22808, 0.56480, 0.18432, 1.00000],
        [0.62531, 0.36053, 0.44458, 1.00000],
        [0.66980, 0.30929, 0.13077, 1.00000],
    ],
}
