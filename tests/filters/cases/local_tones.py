"""Cases of filters/local_tones.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "local-tone-mapping": Case(
        settings=(
            {"radius": 8.0},
            {"radius": 20.0, "compression": 0.9, "detail": 2.0, "edge": 2.0, "saturation": 0.5},
            {"radius": 1.0, "compression": 0.0, "detail": 0.0, "exposure": -2.0, "saturation": 1.5},
        ),
        keeps_alpha=True,
        level_tolerance=0.06,
    ),
}

GOLDEN = {
    "local-tone-mapping@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.22373, 0.55094, 0.17646, 1.00000],
        [0.66146, 0.38934, 0.45478, 1.00000],
        [0.66341, 0.27196, 0.13510, 1.00000],
    ],
}
