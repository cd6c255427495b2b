"""Cases of filters/lookup.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "threshold": Case(
        settings=(
            {"low": 0.4, "softness": 0.2},
            {"low": 0.3, "high": 0.6, "tone": "value", "below": [0.1, 0.2, 0.5], "above": [1.0, 0.9, 0.4]},
            {"tone": "each-channel"},
            {"tone": "opacity", "low": 0.4},
            {"tone": "luminance", "softness": 0.5, "high": 0.8},
            {"tone": "blue"},
            {},
        ),
        keeps_alpha=False,  # opacity has a threshold, too
        level_tolerance=0.15,  # what is half dark and half light is averaged before it is compared
    ),
    "posterise": Case(
        settings=(
            {"levels": 5},
            {"levels": 2, "tone": "luma"},
            {"levels": 7, "tone": "value", "softness": 0.5},
            {"levels": 256},
            {"levels": 4, "tone": "luminance", "softness": 0.2},
        ),
        keeps_alpha=True,
        level_tolerance=0.15,
    ),
    "gradient-map": Case(
        settings=(
            {},
            {
                "stops": [[0.3, 1, 0, 0, 1], [0.3, 0, 1, 0, 1], [0.9, 0, 0, 1, 1]],
                "space": "encoded",
                "tone": "green",
                "turned": True,
            },
            {"stops": [[0.0, 0, 0, 0, 1], [1.0, 1, 1, 1, 1]], "tone": "luminance", "space": "linear-light"},
            {"stops": [[0.5, 0.2, 0.5, 0.8, 1]], "tone": "value"},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
}

GOLDEN = {
    "threshold@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.85824, 0.85824, 0.85824, 1.00000],
        [0.70888, 0.70888, 0.70888, 1.00000],
        [0.11856, 0.11856, 0.11856, 1.00000],
    ],
    "posterise@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.25000, 0.50000, 0.25000, 1.00000],
        [0.75000, 0.50000, 0.50000, 1.00000],
        [0.50000, 0.25000, 0.00000, 1.00000],
    ],
    "gradient-map@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.70849, 0.30787, 0.29800, 1.00000],
        [0.66520, 0.29497, 0.29534, 1.00000],
        [0.49894, 0.24265, 0.27969, 1.00000],
    ],
}
