"""Cases of filters/noise.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "gaussian-noise": Case(
        settings=(
            {"mean": 0.02, "sigma": 0.1, "seed": 11},
            {"sigma": 0.2, "channels": "shared"},
            {"sigma": 0.0, "mean": -0.5},
            {"sigma": 0.2, "channels": "luminance"},
            {"linked": False, "sigma_red": 0.3, "sigma_green": 0.0, "channels": "shared"},
            {"sigma": 0.1, "space": "linear-light"},
            {"sigma": 0.1, "time": 3.4, "loop": 4},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "uniform-noise": Case(
        settings=(
            {"amount": 0.2, "seed": 11},
            {"amount": 1.0, "channels": "shared"},
            {"amount": 0.0},
            {"amount": 0.5, "channels": "luminance"},
            {"linked": False, "amount_blue": 0.7, "amount_green": 0.0},
            {"amount": 0.2, "space": "linear-light", "channels": "luminance"},
            {"amount": 0.2, "time": 0.5},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "speckle-noise": Case(
        settings=(
            {"sigma": 0.2, "seed": 11},
            {"sigma": 1.0, "channels": "shared"},
            {"sigma": 0.0},
            {"sigma": 1.0, "channels": "luminance"},
            {"linked": False, "sigma_red": 0.7, "sigma_green": 0.0},
            {"sigma": 0.4, "space": "linear-light"},
            {"sigma": 0.2, "time": 1.25},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "salt-and-pepper": Case(
        settings=(
            {"amount": 20.0, "salt": 30.0, "seed": 11, "channels": "per-channel"},
            {"amount": 100.0},
            {"amount": 0.0},
            {"amount": 10.0, "salt": 100.0},
            {"amount": 30.0, "channels": "luminance"},
            {"amount": 20.0, "time": 2.6, "channels": "per-channel"},
        ),
        keeps_alpha=True,
        level_tolerance=0.12,  # few hits in a block: their number varies
    ),
}

GOLDEN = {
    "gaussian-noise@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.26305, 0.60331, 0.14479, 1.00000],
        [0.75601, 0.34659, 0.46915, 1.00000],
        [0.53863, 0.31386, 0.25401, 1.00000],
    ],
    "uniform-noise@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.20838, 0.37510, 0.36835, 1.00000],
        [0.45414, 0.52609, 0.47826, 1.00000],
        [0.75721, 0.11363, 0.05323, 1.00000],
    ],
    "speckle-noise@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.23779, 0.58499, 0.16238, 1.00000],
        [0.76216, 0.33947, 0.44865, 1.00000],
        [0.49219, 0.27444, 0.15210, 1.00000],
    ],
    "salt-and-pepper@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.23320, 1.00000, 0.00000, 1.00000],
        [1.00000, 0.00000, 0.44458, 1.00000],
        [0.62466, 0.25433, 0.12485, 1.00000],
    ],
}
