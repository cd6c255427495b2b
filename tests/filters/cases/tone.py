"""Cases of filters/tone.py."""

from __future__ import annotations

from tests.filters.case import Case

CASES = {
    "auto-contrast": Case(
        settings=({"low": 1.0, "high": 2.0}, {"low": 0.0, "high": 0.0, "channels": "per-channel"}),
        keeps_alpha=True,
        level_tolerance=0.06,  # fine texture is averaged away before it is measured
    ),
}

GOLDEN = {
    "auto-contrast@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.21473, 0.76357, 0.13544, 1.00000],
        [0.88618, 0.45360, 0.55762, 1.00000],
        [0.84975, 0.24900, 0.03896, 1.00000],
    ],
}
