"""Cases of filters/lens.py."""

from __future__ import annotations

import numpy as np

from studio.raster.small_map import packed
from tests.filters.case import Case

DEPTHS = {
    "name": "depth.png",
    "content": packed(np.linspace(0, 255, 24).reshape(3, 4, 2).astype(np.uint8)),
}

CASES = {
    "lens-blur": Case(
        settings=(
            {"radius": 5.0},
            {"radius": 0.0},
            {"radius": 9.0, "blades": 6, "rotation": 15.0, "rim": 1.0, "gamma": 1.0},
            {
                "radius": 7.0,
                "sharp": "along-a-line",
                "line": 25.0,
                "centre_y": 0.4,
                "within": 0.05,
                "fade": 0.5,
            },
            {"radius": 12.0, "sharp": "at-a-depth", "map": DEPTHS, "depth": 0.8, "fade": 0.4},
            {"radius": 26.0, "highlights": 10.0, "threshold": 0.5, "rim": -0.5},
            {
                "radius": 20.0,
                "sharp": "around-a-point",
                "centre_x": 0.3,
                "within": 0.1,
                "fade": 0.6,
                "blades": 5,
            },
        ),
        keeps_alpha=False,
        level_tolerance=0.03,
    ),
}

GOLDEN = {
    "lens-blur@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.23491, 0.56950, 0.18622, 1.00000],
        [0.63019, 0.36526, 0.44396, 1.00000],
        [0.68257, 0.31963, 0.13234, 1.00000],
    ],
}
