"""Stabilisers: they steady, they arrive (or stay on their string), and they do not depend on how often they are asked."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.raster.stabiliser import Delayed, Pulled, Unsteadied, Weighted, stabiliser

Places = list[tuple[float, float]]


def followed(kind: str, places: Places, smoothing: float = 60.0, elapsed: float = 0.008) -> Places:
    hand = stabiliser(kind, smoothing)
    hand.begin(*places[0])
    return [places[0], *(hand.follow(x, y, elapsed) for x, y in places[1:]), *hand.rest()]


def shaking() -> Places:
    return [(4.0 * i, 5.0 * (-1) ** i) for i in range(80)]


def roughness(places: Places) -> float:
    """Mean bend between neighbouring pieces, in the middle of the way."""
    way = np.array(places)[10:70]
    return float(np.abs(np.diff(way[:, 1], 2)).mean())


@pytest.mark.parametrize("kind", ["weighted", "pulled", "delayed"])
def test_a_shaking_hand_is_steadied(kind: str) -> None:
    assert roughness(followed(kind, shaking(), 20.0 if kind == "pulled" else 60.0)) < 0.4 * roughness(
        shaking()
    )


@pytest.mark.parametrize("kind", ["none", "weighted", "delayed"])
def test_the_line_ends_where_the_pen_was_lifted(kind: str) -> None:
    assert followed(kind, shaking())[-1] == pytest.approx(shaking()[-1])


@given(
    st.lists(st.tuples(st.floats(-500, 500), st.floats(-500, 500)), min_size=2, max_size=20),
    st.floats(1, 100),
)
def test_a_pulled_brush_is_never_further_away_than_its_string(places: Places, string: float) -> None:
    hand = Pulled(string)
    hand.begin(*places[0])
    at = places[0]
    for x, y in places[1:]:
        before, at = at, hand.follow(x, y, 0.01)
        assert math.dist(at, (x, y)) <= string + 1e-6
        if math.dist(before, (x, y)) <= string:
            assert at == before
    assert hand.rest() == [at]


def test_the_delayed_hand_is_the_mean_of_its_window() -> None:
    """Along a straight even way of v pixels a second the mean over T lies v·T/2 behind."""
    hand = Delayed(40.0)
    hand.begin(0.0, 0.0)
    for step in range(1, 101):
        x, y = hand.follow(500.0 * 0.01 * step, 0.0, 0.01)
    assert x == pytest.approx(500 - 500 * 0.2 / 2)
    assert y == 0


def test_the_delayed_hand_arrives_while_the_pen_rests() -> None:
    hand = Delayed(40.0)
    hand.begin(0.0, 0.0)
    hand.follow(100.0, 50.0, 0.01)
    for _ in range(30):
        place = hand.follow(100.0, 50.0, 0.01)
    assert place == pytest.approx((100, 50))


def test_strength_0_is_no_stabiliser() -> None:
    assert isinstance(stabiliser("delayed", 0.0), Unsteadied)
    assert isinstance(stabiliser("weighted", 12.0), Weighted)
