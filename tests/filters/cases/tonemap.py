"""Cases of filters/tonemap.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "tone-mapping": Case(
        settings=(
            {"white": 6.0},
            {},
            {"operator": "reinhard", "key": 0.4, "white": 2.0, "saturation": 0.6, "exposure": 2.0},
            {"operator": "drago", "bias": 0.7},
            {"operator": "photoreceptor", "chromatic": 0.5, "light": 0.3, "brightness": 1.0},
            {"operator": "photoreceptor", "contrast": 0.5, "brightness": -8.0},
            {"operator": "hable", "exposure": 10.0},
            {"operator": "aces", "exposure": -10.0},
        ),
        keeps_alpha=True,
        level_tolerance=0.05,
    ),
}

GOLDEN = {
    "tone-mapping@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.20032, 0.50005, 0.15702, 1.00000],
        [0.57438, 0.33534, 0.39282, 1.00000],
        [0.56691, 0.22804, 0.10956, 1.00000],
    ],
}
