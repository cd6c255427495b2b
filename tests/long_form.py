"""What the short form of the tests leaves out."""

from __future__ import annotations

from collections.abc import Iterable

import pytest


def thinned(values: Iterable[object], every: int) -> list[object]:
    """``values`` for parametrize, of which the short form takes each ``every``-th; ``--long`` takes all."""
    slow = pytest.mark.slow
    return [
        value if index % every == 0 else pytest.param(value, marks=slow) for index, value in enumerate(values)
    ]
