"""Homographies: composition, inverses, quadrilaterals, the horizon."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from studio.raster import perspective
from studio.raster.perspective import NOWHERE, PLAIN

RECT = (10.0, 20.0, 110.0, 220.0)
offset = st.floats(-30, 30)


@st.composite
def quads(draw):
    corners = perspective.corners(RECT)
    quad = tuple((x + draw(offset), y + draw(offset)) for x, y in corners)
    assume(perspective.convex(quad))
    return quad


@given(quads())
def test_the_corners_of_a_rectangle_go_to_the_corners_of_the_quad(quad):
    matrix = perspective.to_quad(RECT, quad)
    found = perspective.mapped(matrix, np.array(perspective.corners(RECT)))
    assert np.allclose(found, quad, atol=1e-6)


@given(quads())
def test_to_quad_is_the_homography_that_opencv_finds(quad):
    theirs = cv2.getPerspectiveTransform(np.float32(perspective.corners(RECT)), np.float32(quad))  # pyright: ignore[reportCallIssue]
    ours = np.array(perspective.to_quad(RECT, quad)).reshape(3, 3)
    points = np.random.default_rng(1).uniform((10, 20), (110, 220), (20, 2))
    expected = cv2.perspectiveTransform(points[None], theirs)[0]
    assert np.allclose(perspective.mapped(_m(ours), points), expected, atol=1e-2)


def _m(array):
    return tuple(float(part) for part in np.asarray(array).reshape(-1))


@given(quads(), quads())
def test_joined_maps_apply_the_inner_first(first, second):
    inner, outer = perspective.to_quad(RECT, first), perspective.to_quad(RECT, second)
    points = np.array([[60.0, 120.0], [30.0, 40.0]])
    step = perspective.mapped(outer, perspective.mapped(inner, points))
    assume((step > NOWHERE / 2).all() and (np.abs(step) < 1e5).all())
    assert np.allclose(perspective.mapped(perspective.joined(outer, inner), points), step, atol=1e-4)


@given(quads())
def test_there_and_back_is_where_it_was(quad):
    matrix = perspective.to_quad(RECT, quad)
    back = perspective.inverted(matrix)
    points = np.random.default_rng(2).uniform((10, 20), (110, 220), (20, 2))
    assert np.allclose(perspective.mapped(back, perspective.mapped(matrix, points)), points, atol=1e-5)


def test_parallelograms_stay_affine():
    moved = tuple((2 * x + y + 3, y - 4) for x, y in perspective.corners(RECT))
    matrix = perspective.to_quad(RECT, moved)
    affine = perspective.as_affine(matrix)
    assert affine is not None
    assert np.allclose(affine, (2, 0, 1, 1, 3, -4))


def test_a_dented_quad_has_no_map():
    assert perspective.to_quad(RECT, ((0, 0), (10, 0), (2, 2), (0, 10))) is None


def test_what_lies_beyond_the_horizon_has_no_image():
    matrix = (1, 0, 0, 0, 1, 0, -0.01, 0, 1)  # horizon at x = 100
    found = perspective.mapped(matrix, np.array([[50.0, 5.0], [100.0, 5.0], [150.0, 5.0]]))
    assert np.allclose(found[0], (100, 10))
    assert (found[1:] == NOWHERE).all()
    left, _, right, _ = perspective.bounds(matrix, (0, 0, 200, 10))
    assert left == pytest.approx(0)
    assert right > 1e5


def test_a_map_that_flattens_has_no_way_back():
    assert perspective.inverted((1, 0, 0, 2, 0, 0, 0, 0, 1)) is None
    assert perspective.inverted(PLAIN) == PLAIN
