"""Cases of filters/paper.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "pencil": Case(
        settings=(
            {},
            {"width": 12.0, "colour": 1.0, "grain": 1.0, "seed": 3},
            {"strength": 0.0, "shade": 1.0, "grain": 0.0},
        ),
        keeps_alpha=True,
        level_tolerance=0.1,  # fine lines are averaged away before they are drawn
    ),
    "rice-paper": Case(
        settings=(
            {},
            {"fibres": 1.0, "length": 200.0, "seed": 8},
            {"fibres": 0.0, "clouds": 0.0, "grain": 1.0},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
}

GOLDEN = {
    "pencil@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.90495, 0.90052, 0.88948, 1.00000],
        [0.85248, 0.84836, 0.83951, 1.00000],
        [0.65106, 0.64814, 0.64768, 1.00000],
    ],
    "rice-paper@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.21365, 0.51557, 0.15935, 1.00000],
        [0.60395, 0.34961, 0.39152, 1.00000],
        [0.58369, 0.23399, 0.11008, 1.00000],
    ],
}
