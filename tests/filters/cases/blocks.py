"""Cases of filters/blocks.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "pixelate": Case(
        settings=(
            {"width": 12, "height": 7, "offset_x": 5},
            {"width": 1, "height": 1},
            {"shape": "round", "share": 0.8},
            {"shape": "diamond", "width": 33, "between": [0.2, 0.1, 0.0]},
            {"shape": "round", "share": 0.9, "linked": False, "share_down": 0.4, "height": 9},
        ),
        keeps_alpha=False,
        level_tolerance=0.03,
    ),
    "mosaic": Case(
        settings=(
            {},
            {"neatness": 1.0, "spacing": 4.0},
            {"neatness": 0.0, "size": 9.5, "relief": 1.0, "seed": 7},
            {"spacing": 0.0},
            {"roughness": 1.0, "size": 40.0, "light": 30.0},
            {"shape": "hexagons", "neatness": 1.0},
            {"shape": "octagons", "size": 31.5, "light": -60.0, "seed": 3},
            {"shape": "triangles", "neatness": 0.0, "average": False},
            {"shape": "squares", "neatness": 0.0, "spacing": 0.0, "size": 4.0},
        ),
        keeps_alpha=False,
        level_tolerance=0.05,
    ),
}

GOLDEN = {
    "pixelate@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.23747, 0.56530, 0.15911, 1.00000],
        [0.61747, 0.35997, 0.46119, 1.00000],
        [0.69327, 0.33194, 0.14487, 1.00000],
    ],
    "mosaic@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.21309, 0.56245, 0.24840, 0.99968],
        [0.59161, 0.34547, 0.43908, 1.00000],
        [0.60040, 0.29891, 0.17873, 1.00000],
    ],
}
