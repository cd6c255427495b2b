"""Cases of filters/heights.py."""

from __future__ import annotations

from tests.filters.case import Case

_HEIGHTS = ({}, {"seamless": True, "source": "red", "invert": True}, {"source": "alpha"})
CASES = {
    "normal-map": Case(
        settings=(*_HEIGHTS, {"standard": "directx", "operator": "sobel", "strength": 40.0}),
        keeps_alpha=True,
        level_tolerance=0.12,
    ),
    "ambient-occlusion": Case(
        settings=(*_HEIGHTS, {"radius": 3.0, "directions": 16, "strength": 40.0}),
        keeps_alpha=True,
        level_tolerance=0.3,  # what is finer than a pixel of the level shades nothing there
    ),
    "curvature": Case(
        settings=(*_HEIGHTS, {"radius": 4, "amount": 3.0}), keeps_alpha=True, level_tolerance=0.08
    ),
    "level-heights": Case(
        settings=({}, {"seamless": True, "sigma": 5.0, "amount": 0.5}, {"sigma": 300.0}),
        keeps_alpha=True,
        level_tolerance=0.02,
    ),
}

GOLDEN = {
    "normal-map@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.36800, 0.51455, 0.98204, 1.00000],
        [0.75450, 0.48944, 0.93025, 1.00000],
        [0.48743, 0.42069, 0.99351, 1.00000],
    ],
    "ambient-occlusion@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.75154, 0.75154, 0.75154, 1.00000],
        [0.75846, 0.75846, 0.75846, 1.00000],
        [0.70033, 0.70033, 0.70033, 1.00000],
    ],
    "curvature@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.52557, 0.52557, 0.52557, 1.00000],
        [0.60933, 0.60933, 0.60933, 1.00000],
        [0.31727, 0.31727, 0.31727, 1.00000],
    ],
    "level-heights@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.42437, 0.53434, 0.22042, 1.00000],
        [0.49455, 0.51840, 0.42000, 1.00000],
        [0.43880, 0.42325, 0.14612, 1.00000],
    ],
}
