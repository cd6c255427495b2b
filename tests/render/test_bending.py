"""Layers in perspective and under meshes: against OpenCV, the affine path and the plain picture."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio.document import edits
from studio.document.layer import Generated, Paint, Variant
from studio.raster import perspective, warp
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.warp import Bend
from studio.recipe import Stored
from studio.render.renderer import Renderer

FRAME = (0.0, 0.0, 400.0, 300.0)
QUAD = ((30.0, 20.0), (380.0, 60.0), (350.0, 270.0), (10.0, 290.0))
RECIPE = Stored(name="generate", version=1, parameters={})


def smooth(width=400, height=300):
    x, y = np.meshgrid(np.arange(width) / width, np.arange(height) / height)
    straight = np.stack((x, y, 0.5 + 0.5 * np.sin(x * 20) * np.cos(y * 15), np.ones_like(x)), axis=2)
    return straight.astype(np.float32)


def picture(layer):
    return edits.add_layer(edits.new_artwork(400, 300, background=None, precision="float32"), layer)


def shown(layer, level=0, renderer=None):
    artwork = picture(layer)
    return (renderer or Renderer()).compose(artwork, artwork.rect.at_level(level), level)


def paint(**fields):
    return Paint(surface=Surface.from_pixels(smooth()), **fields)


def test_perspective_is_what_opencv_makes():
    matrix = perspective.to_quad(FRAME, QUAD)
    ours = shown(paint(warp=(Bend(matrix),)))
    array = np.array(matrix).reshape(3, 3)
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]])
    theirs = cv2.warpPerspective(
        smooth(), np.linalg.inv(half) @ array @ half, (400, 300), flags=cv2.INTER_CUBIC
    )
    inside = cv2.erode((theirs[..., 3] > 0.99).astype(np.uint8), np.ones((7, 7))) > 0
    assert inside.sum() > 30_000
    assert np.abs(ours - theirs)[inside].max() < 0.01
    assert np.abs(ours[..., 3] - theirs[..., 3]).mean() < 0.01


def test_a_plain_mesh_is_bit_identical():
    mesh = warp.regular(FRAME, 4, 3)
    assert np.array_equal(shown(paint(warp=warp.meshed((), mesh))), shown(paint()))


def test_a_mesh_moved_as_a_whole_is_the_picture_moved():
    mesh = warp.regular(FRAME, 4, 3)
    mesh = mesh.under(perspective.of_affine((1, 0, 0, 1, 16.0, -8.0)))
    moved, plain = shown(paint(warp=warp.meshed((), mesh))), shown(paint())
    assert np.abs(moved[10:200, 30:380] - plain[18:208, 14:364]).max() < 2e-3


def test_an_affine_matrix_looks_like_the_transform():
    affine = (0.9, 0.1, -0.1, 0.95, 20.0, 5.0)
    bent = shown(paint(warp=(Bend(perspective.of_affine(affine)),)))
    plain = shown(paint(transform=affine))
    assert np.abs(bent - plain)[70:230, 80:300].max() < 0.02


def test_the_transform_comes_after_the_warp():
    matrix = perspective.to_quad(FRAME, QUAD)
    before = shown(paint(warp=(Bend(matrix),)))
    after = shown(paint(warp=(Bend(matrix),), transform=(1, 0, 0, 1, 16, -8)))
    assert np.abs(after[60:240, 70:340] - before[68:248, 54:324]).max() < 5e-3


@pytest.mark.parametrize("level", [1, 2])
def test_a_coarse_level_is_the_fine_one_averaged(level):
    matrix = perspective.to_quad(FRAME, QUAD)
    fine = shown(paint(warp=(Bend(matrix),)))
    step = 1 << level
    expected = (
        fine[: 300 // step * step, :].reshape(300 // step, step, 400 // step, step, 4).mean(axis=(1, 3))
    )
    ours = shown(paint(warp=(Bend(matrix),)), level)[: 300 // step, : 400 // step]
    inside = cv2.erode((expected[..., 3] > 0.999).astype(np.uint8), np.ones((5, 5))) > 0
    assert np.abs(ours - expected)[inside].mean() < 0.01


def test_the_mask_is_bent_with_the_pixels():
    pixels = np.ones((300, 400), np.float32)
    pixels[:, 200:] = 0
    matrix = perspective.to_quad(FRAME, QUAD)
    ours = shown(paint(warp=(Bend(matrix),), mask=Mask.from_pixels(pixels, default=1.0)))
    x, y = perspective.mapped_point(matrix, 100, 150)
    assert ours[int(y), int(x), 3] == pytest.approx(1)
    x, y = perspective.mapped_point(matrix, 300, 150)
    assert ours[int(y), int(x), 3] == pytest.approx(0)


def test_a_generated_picture_is_sharp_up_to_its_edge():
    tile = Surface.from_pixels(np.ones((64, 64, 4), np.float32))
    variant = Variant(seed=1, surface=tile, width=64, height=64)
    matrix = perspective.to_quad((0.0, 0.0, 64.0, 64.0), QUAD)
    layer = Generated(recipe=RECIPE, model="m", variants=(variant,), warp=(Bend(matrix),))
    alpha = shown(layer)[..., 3]
    quad = np.zeros((300, 400), np.uint8)
    cv2.fillConvexPoly(quad, np.int32(np.round(QUAD)), 1)  # pyright: ignore[reportCallIssue]
    kernel = np.ones((5, 5))
    assert alpha[cv2.erode(quad, kernel) > 0].min() > 0.99
    assert alpha[cv2.dilate(quad, kernel) == 0].max() < 0.01
    assert np.abs(alpha.sum() - quad.sum()) / quad.sum() < 0.01


def test_beyond_the_horizon_nothing_shows():
    horizon = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, -0.004, 0.0, 1.0)
    pixels = shown(paint(warp=(Bend(horizon),)))
    assert np.isfinite(pixels).all()
    assert pixels[..., 3].max() <= 1 + 1e-6


def test_tiles_meet_without_a_seam():
    """A bent layer of one colour has that colour across tile borders, and of a ramp no step there."""
    mesh = warp.regular((0.0, 0.0, 800.0, 800.0), 3, 3).moved(5, (300.0, 230.0)).moved(10, (500.0, 560.0))
    ramp = np.ones((800, 800, 4), np.float32)
    ramp[..., 0] = np.linspace(0, 1, 800)
    layer = Paint(surface=Surface.from_pixels(ramp), warp=(Bend(mesh=mesh),))
    artwork = edits.add_layer(edits.new_artwork(800, 800, background=None, precision="float32"), layer)
    pixels = Renderer().compose(artwork, Rect(0, 0, 800, 800), 0)[40:760, 40:760]
    steps = np.abs(np.diff(pixels[..., 0], axis=1))
    assert steps.max() < 0.01
    assert pixels[..., 3].min() > 0.999
