"""A variant's small picture: strip by strip, the same as of the whole."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio.document.artwork import SRGB
from studio.document.layer import Variant
from studio.raster import colour
from studio.raster.surface import Surface
from studio.workspace.results import small_picture, small_steps


@pytest.mark.parametrize(
    ("width", "height", "shown"), [(1200, 700, (124, 72)), (60, 30, (124, 62)), (124, 124, (124, 124))]
)
def test_a_variant_becomes_small_in_strips(width: int, height: int, shown: tuple[int, int]) -> None:
    down, across = np.mgrid[:height, :width].astype(np.float32)
    codes = np.stack([across * 255 / width, down * 255 / height, (across + down) * 100 / width], 2).astype(
        np.uint8
    )
    opaque = np.dstack([codes, np.full((height, width), 255, np.uint8)])
    surface = Surface.from_pixels(colour.to_half(opaque))
    variant = Variant(seed=1, surface=surface, width=width, height=height)
    small = small_picture(variant, 124, SRGB)
    assert small.shape == (*reversed(shown), 4) and (small[..., 3] == 255).all()
    area = cv2.resize(opaque, shown, interpolation=cv2.INTER_AREA if width > 124 else cv2.INTER_LINEAR)
    assert np.abs(small.astype(int) - area).mean() < 1.5
    assert len(list(small_steps(variant, 124, SRGB))) == -(-height // 256), "the canvas is not kept waiting"
