"""Cases of filters/edges.py."""

from __future__ import annotations

from tests.filters.case import Case

# At a level fine texture is averaged away, and with it its edges.
CASES = {
    "sobel": Case(
        settings=({}, {"part": "slope-across", "channels": "shared"}, {"part": "slope-down", "invert": True}),
        keeps_alpha=True,
        level_tolerance=0.35,
    ),
    "scharr": Case(
        settings=({}, {"part": "slope-down"}, {"channels": "shared", "invert": True, "amount": 9.0}),
        keeps_alpha=True,
        level_tolerance=0.35,
    ),
    "emboss": Case(
        settings=(
            {"depth": 4.0},
            {"relief": "coloured", "azimuth": -30.0},
            {"elevation": 90.0, "depth": 0.0},
        ),
        keeps_alpha=True,
        level_tolerance=0.1,
    ),
    "difference-of-gaussians": Case(
        settings=(
            {"inner": 3.0, "outer": 6.0},
            {"inner": 0.0, "channels": "shared"},
            {"outer": 12.0, "invert": True},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "xdog": Case(
        settings=({"sigma": 3.0}, {"sigma": 0.5, "ratio": 3.0}, {"sharpness": 0.0, "steepness": 60.0}),
        keeps_alpha=True,
        level_tolerance=0.06,
    ),
}

GOLDEN = {
    "sobel@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.14713, 0.13989, 0.02718, 1.00000],
        [0.29503, 0.30187, 0.02302, 1.00000],
        [0.08608, 0.08816, 0.00837, 1.00000],
    ],
    "scharr@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.15556, 0.14826, 0.02718, 1.00000],
        [0.31265, 0.31949, 0.02303, 1.00000],
        [0.08567, 0.08772, 0.00834, 1.00000],
    ],
    "emboss@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.77156, 0.77156, 0.77156, 1.00000],
        [0.54095, 0.54095, 0.54095, 1.00000],
        [0.67058, 0.67058, 0.67058, 1.00000],
    ],
    "difference-of-gaussians@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.49999, 0.50000, 0.48962, 1.00000],
        [0.50000, 0.50000, 0.51300, 1.00000],
        [0.50310, 0.48879, 0.46363, 1.00000],
    ],
    "xdog@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.82778, 0.82778, 0.82778, 1.00000],
        [0.64249, 0.64249, 0.64249, 1.00000],
        [0.33523, 0.33523, 0.33523, 1.00000],
    ],
}
