"""Photographed pages: the paper's proportion from its corners, and its light made even."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio.raster import page


def photographed(ratio: float, turn: tuple[float, float, float], focal: float = 1400.0):
    """Corners of a page of width ratio and height 1, seen by a camera of 1600 × 1200."""
    corners = np.array(
        [[-ratio / 2, -0.5, 0], [ratio / 2, -0.5, 0], [ratio / 2, 0.5, 0], [-ratio / 2, 0.5, 0]]
    )
    rotation, _ = cv2.Rodrigues(np.array(turn, np.float64))
    seen = corners @ rotation.T + (0.05, -0.02, 2.6)
    return tuple((focal * x / z + 800, focal * y / z + 600) for x, y, z in seen)


@pytest.mark.parametrize("ratio", [0.7071, 1.0, 1.5])
@pytest.mark.parametrize("turn", [(0.4, 0.2, 0.1), (-0.3, 0.5, -0.05), (0.25, -0.35, 0.3)])
def test_the_papers_proportion_is_found(ratio, turn) -> None:
    width, height = page.page_size(photographed(ratio, turn), 1600, 1200)
    assert width / height == pytest.approx(ratio, rel=0.01)


def test_a_page_seen_straight_keeps_its_size() -> None:
    quad = ((100.0, 50.0), (700.0, 50.0), (700.0, 450.0), (100.0, 450.0))
    assert page.page_size(quad, 800, 600) == (600, 400)


def test_uneven_light_becomes_even_and_strokes_stay() -> None:
    y, x = np.mgrid[0:300, 0:400].astype(np.float32)
    light = 0.45 + 0.4 * x / 400 + 0.1 * y / 300
    paper = np.dstack([light, light * 0.95, light * 0.85])
    ink = np.ones((300, 400), np.float32)
    cv2.line(ink, (40, 40), (350, 260), 0.2, 3)
    pixels = np.dstack([paper * ink[..., None], np.ones_like(light)])
    estimated = page.light_of(pixels)
    assert np.abs(estimated - paper)[20:-20, 20:-20].max() < 0.05
    even = page.evened(pixels, estimated)
    blank = ink > 0.99
    blank[:15], blank[-15:], blank[:, :15], blank[:, -15:] = False, False, False, False
    assert even[..., :3][blank].min() > 0.9
    assert np.ptp(even[..., :3][blank]) < 0.1
    assert even[150, 195, :3].max() < 0.4
    assert np.array_equal(even[..., 3], pixels[..., 3])


def test_light_is_the_same_cut_into_parts() -> None:
    light = np.random.default_rng(1).random((40, 50, 3), np.float32)
    whole = page.grown_light(light, 500, 400, 0, 0, 500, 400)
    part = page.grown_light(light, 500, 400, 256, 100, 500, 300)
    assert np.allclose(part, whole[100:300, 256:], atol=1e-5)
