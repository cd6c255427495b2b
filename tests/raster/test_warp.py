"""Meshes and chains of bends."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.raster import perspective, warp
from studio.raster.perspective import NOWHERE, PLAIN
from studio.raster.warp import Bend

FRAME = (0.0, 0.0, 400.0, 300.0)
AFFINE = (1.2, 0.3, -0.4, 0.9, 30.0, -12.0)


@st.composite
def meshes(draw, most=20.0):
    columns, rows = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    mesh = warp.regular(FRAME, columns, rows)
    wobble = st.floats(-most, most, allow_nan=False)
    points = tuple((x + draw(wobble), y + draw(wobble)) for x, y in mesh.points)
    return warp.Mesh(FRAME, columns, rows, points)


def inside(count=200, seed=3):
    return np.random.default_rng(seed).uniform((0, 0), (400, 300), (count, 2))


@given(st.integers(1, 7), st.integers(1, 7))
def test_the_regular_mesh_changes_nothing(columns, rows):
    mesh = warp.regular(FRAME, columns, rows)
    points = np.concatenate((inside(), [[-50.0, 10.0], [500.0, 900.0]]))
    assert np.allclose(mesh.forward(points), points, atol=1e-9)
    assert np.allclose(mesh.backward(points[:200]), points[:200], atol=1e-3)
    assert mesh.plain
    assert warp.meshed((), mesh) == ()


@given(meshes())
def test_the_surface_goes_through_its_points(mesh):
    knots = np.array(warp.regular(FRAME, mesh.columns, mesh.rows).points)
    assert np.allclose(mesh.forward(knots), mesh.points, atol=1e-9)


@settings(deadline=None)
@given(meshes(most=12.0))
def test_there_and_back_is_where_it_was(mesh):
    points = inside(100)
    back = mesh.backward(mesh.forward(points))
    assert np.allclose(back, points, atol=0.05)


@given(meshes())
def test_an_affine_map_of_the_points_is_one_of_the_surface(mesh):
    matrix = perspective.of_affine(AFFINE)
    points = inside(50)
    expected = perspective.mapped(matrix, mesh.forward(points))
    assert np.allclose(mesh.under(matrix).forward(points), expected, atol=1e-8)


def test_the_catmull_rom_curve_at_the_middle_of_a_patch():
    mesh = warp.regular((0.0, 0.0, 3.0, 1.0), 3, 1).moved(1, (1.0, 1.0)).moved(5, (1.0, 2.0))
    # p(½) = (−p0 + 9·p1 + 9·p2 − p3) / 16 with heights 0, 1, 0, 0 along the upper edge
    assert mesh.forward(np.array([[1.5, 0.0]]))[0, 1] == pytest.approx(9 / 16)


def test_a_finer_mesh_keeps_the_surface():
    mesh = warp.regular(FRAME, 2, 2).moved(4, (230.0, 120.0))
    fine = mesh.divided(8, 8)
    points = inside(100)
    assert np.abs(fine.forward(points) - mesh.forward(points)).max() < 1.5


def test_far_beyond_the_mesh_nothing_is_found():
    mesh = warp.regular(FRAME, 3, 3).moved(5, (200.0, 90.0))
    found = mesh.backward(np.array([[1e6, 1e6]]))
    assert (found <= NOWHERE / 2).all() or (found > 1000).all()


@given(meshes(most=8.0))
@settings(deadline=None, max_examples=25)
def test_a_chain_is_its_bends_one_after_the_other(mesh):
    matrix = perspective.to_quad(FRAME, ((5, 3), (390, 12), (380, 280), (-6, 310)))
    chain = warp.bent(warp.meshed(warp.bent((), matrix), mesh), perspective.of_affine(AFFINE))
    points = inside(60)
    steps = mesh.forward(perspective.mapped(matrix, points))
    assert np.allclose(
        warp.forward(chain, points), perspective.mapped(perspective.of_affine(AFFINE), steps), atol=1e-8
    )
    assert len(chain) == (1 if mesh.plain else 2)
    assert np.allclose(warp.backward(chain, warp.forward(chain, points)), points, atol=0.1)


def test_homographies_side_by_side_become_one_and_with_its_inverse_none():
    matrix = perspective.to_quad(FRAME, ((5, 3), (390, 12), (380, 280), (-6, 310)))
    chain = warp.bent(warp.bent((), matrix), matrix)
    assert len(chain) == 1
    assert chain[0] == Bend(perspective.joined(matrix, matrix))
    assert warp.straight(chain) == chain[0].matrix
    assert warp.straight(()) == PLAIN


@given(meshes())
def test_the_bounds_hold_all_of_the_surface(mesh):
    left, top, right, bottom = warp.bounds((Bend(mesh=mesh),), FRAME)
    there = mesh.forward(inside(300))
    assert (there[:, 0] >= left - 1e-6).all() and (there[:, 0] <= right + 1e-6).all()
    assert (there[:, 1] >= top - 1e-6).all() and (there[:, 1] <= bottom + 1e-6).all()


def test_a_mesh_needs_all_its_points():
    with pytest.raises(ValueError, match="points"):
        warp.Mesh(FRAME, 2, 2, ((0.0, 0.0),))
