"""Cases of filters/mixing.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "colour-balance": Case(
        settings=(
            {"shadows_blue": 0.6, "midtones_green": -0.3, "highlights_red": 0.5},
            {"shadows_red": 1.0, "highlights_blue": -1.0, "keep_luminosity": False},
            {},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "channel-mixer": Case(
        settings=(
            {"red_from_green": 0.5, "green_from_blue": -0.4, "blue_constant": 0.1},
            {"red_from_red": 0.5, "red_from_blue": 1.0, "monochrome": True, "keep_luminosity": True},
            {"blue_from_red": 1.0, "space": "linear-light"},
            {"red_from_red": 0.0, "keep_luminosity": True},
            {},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "white-balance": Case(
        settings=(
            {"taken": 3200.0, "tint": 0.3},
            {"taken": 12000.0, "shown": 5000.0, "method": "cat16", "keep_luminosity": True},
            {"taken": 1667.0, "method": "camera"},
            {"shown": 25000.0, "tint": -1.0},
            {},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
}

GOLDEN = {
    "colour-balance@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.29099, 0.54698, 0.25742, 1.00000],
        [0.69797, 0.35703, 0.52687, 1.00000],
        [0.64811, 0.23538, 0.24349, 1.00000],
    ],
    "channel-mixer@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.51897, 0.49780, 0.28432, 1.00000],
        [0.83735, 0.20262, 0.54458, 1.00000],
        [0.75182, 0.20439, 0.22485, 1.00000],
    ],
    "white-balance@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [-0.28757, 0.59989, 0.42981, 1.00000],
        [0.53022, 0.39783, 0.79472, 1.00000],
        [0.54672, 0.27945, 0.30672, 1.00000],
    ],
}
