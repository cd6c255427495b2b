"""Cases of filters/distort.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "swirl": Case(
        settings=(
            {},
            {"whirl": -300.0, "pinch": 0.7, "radius": 0.5, "sampling": "cubic"},
            {"pinch": -1.0, "edge": "wrap"},
            {"radius": 0.0},
        ),
        keeps_alpha=False,
        level_tolerance=0.03,
    ),
    "polar": Case(
        settings=(
            {},
            {"direction": "from-polar", "depth": 0.3, "turn": 40.0, "backwards": True},
            {"from_top": True, "centre_x": 0.2, "edge": "mirrored", "sampling": "nearest"},
        ),
        keeps_alpha=False,
        level_tolerance=0.12,  # a whole row is drawn together in the centre
    ),
    "kaleidoscope": Case(
        settings=(
            {},
            {"mirrors": 1, "turn": 30.0, "zoom": 0.3},
            {"mirrors": 64, "from_angle": 200.0, "edge": "wrap"},
            {"mirrors": 3, "from_x": 0.2, "from_y": -0.3, "trim_x": 0.1, "trim_y": 0.2},
            {"trim_x": 0.3, "edge": "wrap", "zoom": 0.6},
        ),
        keeps_alpha=False,
        level_tolerance=0.08,
    ),
    "lens": Case(
        settings=(
            {},
            {"main": -1.0, "rim": 1.0, "zoom": 0.7, "brighten": 0.4, "sampling": "cubic"},
            {"brighten": -1.0},
        ),
        keeps_alpha=False,
        level_tolerance=0.03,
    ),
    "perspective": Case(
        settings=(
            {"left_top_x": 0.2, "right_top_x": 0.8, "edge": "repeat-edge"},
            {"left_top_x": -0.5, "right_bottom_y": 1.7, "edge": "mirrored", "sampling": "cubic"},
            {"left_top_x": 0.9, "left_top_y": 0.9},
        ),
        keeps_alpha=False,
        level_tolerance=0.03,
    ),
}

GOLDEN = {
    "swirl@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.20365, 0.54118, 0.18017, 1.00000],
        [0.64712, 0.38045, 0.44458, 1.00000],
        [0.62466, 0.25433, 0.12485, 1.00000],
    ],
    "polar@1": [
        [0.57109, 0.63718, 0.34470, 1.00000],
        [0.52988, 0.62868, 0.25526, 1.00000],
        [0.34556, 0.65567, 0.35779, 1.00000],
        [0.31111, 0.62721, 0.37474, 1.00000],
    ],
    "kaleidoscope@1": [
        [0.64646, 0.45761, 0.38203, 1.00000],
        [0.61750, 0.40883, 0.38705, 1.00000],
        [0.76712, 0.54146, 0.41912, 1.00000],
        [0.64646, 0.45761, 0.38203, 1.00000],
    ],
    "lens@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.21413, 0.57731, 0.26102, 1.00000],
        [0.67038, 0.36484, 0.30888, 1.00000],
        [0.62466, 0.25433, 0.12485, 1.00000],
    ],
    "perspective@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.20000, 0.52046, 0.10501, 1.00000],
        [0.58254, 0.29704, 0.37819, 1.00000],
        [0.62466, 0.25433, 0.12485, 1.00000],
    ],
}
