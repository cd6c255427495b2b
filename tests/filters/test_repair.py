"""Deband, dead pixels and dust against their formulas and what they are for."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from studio.filters import FILTERS
from studio.filters.repair import DeadPixels, Deband, Dust
from studio.raster import random
from studio.raster.geometry import Rect
from tests.filters.pictures import grey, noise, psnr

DEBAND, DEAD, DUST = (FILTERS[name] for name in ("deband", "dead-pixels", "dust-and-scratches"))


def test_deband_equals_its_formula() -> None:
    source = noise(60, 70, opaque=True) * 0.02 + np.float32(0.5)
    source[..., 3] = 1
    out = DEBAND.apply(source, Deband(radius=5, threshold=0.01, rounds=1, grain=0, seed=3))
    chance = random.uniform(3, Rect(0, 0, 70, 60), (8, 9), 80)
    for y, x in ((20, 30), (31, 44), (40, 12)):
        way, angle = chance[y, x, 0] * 5, chance[y, x, 1] * 2 * np.pi
        dx, dy = int(np.rint(way * np.cos(angle))), int(np.rint(way * np.sin(angle)))
        mean = np.mean([source[y + b, x + a, :3] for a, b in ((dx, dy), (-dy, dx), (-dx, -dy), (dy, -dx))], 0)
        expected = np.where(np.abs(mean - source[y, x, :3]) < 0.01, mean, source[y, x, :3])
        np.testing.assert_allclose(out[y, x, :3], expected, atol=1e-6)


def test_deband_smooths_steps_keeps_edges_and_adds_grain() -> None:
    slope = np.repeat(np.linspace(0.3, 0.4, 300)[None], 200, 0)
    banded = np.round(slope * 255) / 255
    out = DEBAND.apply(grey(banded), Deband(grain=0))
    assert psnr(grey(slope), out) > psnr(grey(slope), grey(banded)) + 4
    edge = grey(np.repeat(np.arange(100)[None] >= 50, 60, 0) * 0.5)
    np.testing.assert_array_equal(DEBAND.apply(edge, Deband(grain=0)), edge)
    grain = DEBAND.apply(edge, Deband(grain=0.01)) - edge
    assert 0.009 < np.abs(grain).max() <= 0.01
    assert grain[..., :3].std() == pytest.approx(0.01 / np.sqrt(3), rel=0.03)


def test_dead_pixels_are_replaced_and_nothing_else() -> None:
    y, x = np.mgrid[0:50, 0:60]
    clean = grey(0.4 + 0.2 * np.sin(x / 9 + y / 7))
    hurt = clean.copy()
    hurt[10, 10, :3], hurt[0, 0, 1], hurt[30, 59, :3], hurt[49, 20, 0] = 1, 1, 0, 0
    hurt[20:22, 30] = (1, 1, 1, 1)  # two beside each other are drawing
    out = DEAD.apply(hurt, DeadPixels())
    assert np.abs(out - clean)[[10, 0, 30, 49], [10, 0, 59, 20]].max() < 0.05
    untouched = np.ones((50, 60), bool)
    untouched[[10, 0, 30, 49], [10, 0, 59, 20]] = False
    np.testing.assert_array_equal(out[untouched], hurt[untouched])
    ring = np.delete(hurt[9:12, 9:12, 0].ravel(), 4)
    assert out[10, 10, 0] == pytest.approx(np.median(ring), abs=1e-6)
    bright = DEAD.apply(hurt, DeadPixels(polarity="brighter"))
    assert bright[10, 10, 0] < 0.7 and bright[30, 59, 0] == 0
    dark = DEAD.apply(hurt, DeadPixels(polarity="darker"))
    assert dark[10, 10, 0] == 1 and dark[30, 59, 0] > 0.2


def test_dust_equals_its_formula() -> None:
    source = noise(opaque=True)
    middle = ndimage.median_filter(source[..., :3], (7, 7, 1), mode="nearest")
    for polarity, difference in (
        ("both", np.abs(source[..., :3] - middle)),
        ("darker", middle - source[..., :3]),
        ("brighter", source[..., :3] - middle),
    ):
        spot = (difference > 0.3).any(-1, keepdims=True)
        out = DUST.apply(source, Dust(radius=3, threshold=0.3, polarity=polarity))
        np.testing.assert_allclose(out[..., :3], np.where(spot, middle, source[..., :3]), atol=1e-6)


def test_a_scratch_goes_and_texture_stays() -> None:
    y, x = np.mgrid[0:80, 0:80]
    clean = grey(0.5 + 0.04 * np.sin(x) * np.sin(y))
    hurt = clean.copy()
    hurt[:, 40:42, :3] = 0.95
    out = DUST.apply(hurt, Dust(radius=4, threshold=0.15))
    assert np.abs(out - clean)[:, 40:42].max() < 0.1
    np.testing.assert_array_equal(out[:, :36], clean[:, :36])
