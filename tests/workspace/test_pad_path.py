"""A drawn path has its places evenly, whatever the tempo of the hand."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from studio.workspace.pad_path import FEWEST, MOST, along


def test_places_are_evenly_spread_from_the_first_to_the_last() -> None:
    slow_then_fast = ((0.0, 0.0), (0.1, 0.0), (0.2, 0.0), (3.0, 0.0), (3.0, 0.0), (3.0, 1.0))
    found = along(slow_then_fast)
    assert found[0] == (0.0, 0.0) and found[-1] == pytest.approx((3.0, 1.0)) and len(found) == 48
    ways = [math.dist(one, other) for one, other in pairwise(found)]
    assert max(ways) == pytest.approx(4 / 47) and min(ways) > 0.7 * 4 / 47


def test_a_path_has_a_length_and_so_many_frames() -> None:
    assert along(()) == along(((1.0, 1.0),)) == along(((1.0, 1.0), (1.0, 1.0))) == ()
    assert len(along(((0.0, 0.0), (0.01, 0.0)))) == FEWEST
    assert len(along(((-3.0, -3.0), (3.0, 3.0), (-3.0, 3.0), (3.0, -3.0)))) == MOST
