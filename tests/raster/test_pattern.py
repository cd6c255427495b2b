"""Repeating patterns."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from studio.raster import pattern
from studio.raster.geometry import Rect

KINDS = get_args(pattern.PatternKind)


@pytest.mark.parametrize("kind", KINDS)
def test_any_rectangle_is_part_of_the_whole(kind) -> None:
    whole = pattern.coverage(kind, Rect(-40, -40, 160, 160), 17, 0.4, 30)
    part = pattern.coverage(kind, Rect(-3, 11, 50, 60), 17, 0.4, 30)
    np.testing.assert_allclose(part, whole[51:100, 37:90], atol=1e-5)
    assert whole.min() == 0 and 0.9 < whole.max() <= 1


@pytest.mark.parametrize("kind", KINDS)
def test_more_density_covers_more(kind) -> None:
    rect = Rect(0, 0, 240, 240)
    means = [float(pattern.coverage(kind, rect, 24, density).mean()) for density in (0.2, 0.4, 0.6, 0.8)]
    assert means == sorted(means) and means[-1] > means[0] + 0.1


@pytest.mark.parametrize("kind", ["dots", "lines", "crosshatch", "grid", "bricks"])
@pytest.mark.parametrize("density", [0.15, 0.5, 0.85])
def test_density_is_the_share_of_the_ground(kind, density: float) -> None:
    share = float(pattern.coverage(kind, Rect(0, 0, 480, 480), 48, density).mean())
    assert share == pytest.approx(density, abs=0.04)


@pytest.mark.parametrize("kind", KINDS)
def test_a_pattern_repeats_by_its_size(kind) -> None:
    period = (24, 24) if kind != "triangles" else (24, 0)
    one = pattern.coverage(kind, Rect(0, 0, 96, 96), 24, 0.5)
    other = pattern.coverage(kind, Rect.of(*period, 96, 96), 24, 0.5)
    np.testing.assert_allclose(one, other, atol=1e-4)
