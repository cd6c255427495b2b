"""Cases of filters/smoothing_edges.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "bilateral": Case(
        settings=({"spatial": 3.0, "tonal": 0.2}, {"spatial": 0.2}, {"spatial": 6.0, "tonal": 0.03}),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "surface-blur": Case(
        settings=({"radius": 5, "threshold": 0.2}, {"radius": 1}, {"radius": 12, "threshold": 0.04}),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "guided-filter": Case(
        settings=(
            {"radius": 6, "tonal": 0.2},
            {"radius": 20, "tonal": 0.02},
            {"radius": 4, "guide": "colours"},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
}

GOLDEN = {
    "bilateral@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.22896, 0.56730, 0.18497, 1.00000],
        [0.62928, 0.36262, 0.44381, 1.00000],
        [0.66626, 0.29870, 0.13055, 1.00000],
    ],
    "surface-blur@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.22899, 0.56732, 0.18493, 1.00000],
        [0.62961, 0.36297, 0.44381, 1.00000],
        [0.67401, 0.30629, 0.13144, 1.00000],
    ],
    "guided-filter@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.22857, 0.56691, 0.18711, 1.00000],
        [0.62773, 0.36107, 0.44114, 1.00000],
        [0.67134, 0.30737, 0.13936, 1.00000],
    ],
}
