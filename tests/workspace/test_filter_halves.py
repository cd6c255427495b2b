"""Filters that measure the whole and then change pixel by pixel: used part by part they give the same bits, in little memory."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document.artwork import Artwork
from studio.document.layer import Paint
from studio.filters import FILTERS
from studio.filters.kind import finished
from studio.raster.geometry import TILE, Rect
from studio.raster.surface import Surface
from studio.workspace.filter_targets import Band, filtered
from tests.filters.case import picture
from tests.filters.cases import CASES

HALVED = [kind.name for kind in FILTERS.values() if kind.halves is not None]
WIDE, HIGH = 2 * TILE + 90, 2 * TILE + 33


@pytest.fixture(scope="module")
def surface() -> Surface:
    return Surface.from_pixels(picture(WIDE, HIGH).astype(np.float16), -40, 25)


def test_there_are_such_filters() -> None:
    assert {"auto-contrast", "colour-transfer", "histogram-match"} <= set(HALVED)


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
@pytest.mark.parametrize("name", HALVED)
def test_used_part_by_part_they_give_what_they_give_on_the_whole(name: str, dtype: type) -> None:
    kind = FILTERS[name]
    pixels = picture(WIDE, HIGH).astype(dtype)
    layer = Paint(surface=Surface.from_pixels(pixels, -40, 25), transform=(1.0, 0.0, 0.0, 1.0, 40.0, -25.0))
    precision = "float32" if dtype is np.float32 else "float16"
    artwork = Artwork(width=WIDE, height=HIGH, layers=(layer,), active=layer.id, precision=precision)
    for settings in CASES[name].settings:
        values = kind.parameters(**settings)
        found = finished(filtered(artwork, layer, kind, values)).read(Rect.of(-40, 25, WIDE, HIGH))
        whole = kind.apply(pixels.astype(np.float32), values).astype(dtype)
        np.testing.assert_array_equal(found, whole)


def test_a_band_is_the_picture_and_reads_each_row_of_tiles_once(
    surface: Surface, monkeypatch: pytest.MonkeyPatch
) -> None:
    area = Rect.of(-40, 25, WIDE, HIGH)
    whole, read = surface.read(area).astype(np.float32), []
    plain = Surface.read

    def watched(self: Surface, rect: Rect) -> np.ndarray:
        read.append(rect)
        return plain(self, rect)

    monkeypatch.setattr(Surface, "read", watched)
    band = Band(surface, area)
    assert band.shape == whole.shape
    rows = [slice(top, min(top + 16, HIGH)) for top in range(0, HIGH, 16)]
    np.testing.assert_array_equal(np.concatenate([band[one] for one in rows]), whole)
    assert len(read) == -(-HIGH // TILE) and max(one.height for one in read) <= TILE
