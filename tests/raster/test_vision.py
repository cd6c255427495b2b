"""Views without colour and as other eyes see: formulas against published values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studio.raster import vision

colours = st.tuples(*[st.floats(0, 1)] * 3)


@given(colours)
def test_encoding_goes_back_exactly(colour: tuple[float, float, float]):
    value = np.array(colour)
    assert np.allclose(vision.encoded(vision.linear(value)), value, atol=1e-9)


@given(st.floats(0, 1), st.sampled_from(vision.KINDS))
def test_greys_stay_what_they_are(grey: float, kind: str):
    seen = vision.seen(np.array([grey, grey, grey]), kind)
    assert np.allclose(seen, grey, atol=2e-3)


@given(colours)
@example((0.04045, 0.04045, 0.04045))
def test_values_have_the_luminance_of_the_colour(colour: tuple[float, float, float]):
    seen = vision.seen(np.array(colour), "value")
    wanted = float(vision.linear(np.array(colour)) @ [0.2126, 0.7152, 0.0722])
    assert seen[0] == seen[1] == seen[2]
    assert float(vision.linear(seen)[0]) == pytest.approx(wanted, abs=1e-9)


def test_red_and_green_that_a_protanope_confuses_come_close():
    # Linear colours that differ only along the direction which severity 1.0 takes away.
    weights, vectors = np.linalg.eig(vision.MATRICES["protanopia"])
    lost = np.real(vectors[:, np.argmin(np.abs(weights))])
    middle = np.array([0.4, 0.4, 0.4])
    pair = [vision.seen(vision.encoded(middle + side * 0.2 * lost), "protanopia") for side in (1, -1)]
    plain = [vision.encoded(middle + side * 0.2 * lost) for side in (1, -1)]
    assert np.abs(pair[0] - pair[1]).max() < 0.1 * np.abs(plain[0] - plain[1]).max()


def test_the_matrices_keep_white():
    for matrix in vision.MATRICES.values():
        assert np.allclose(matrix.sum(axis=1), 1.0, atol=1e-5)
