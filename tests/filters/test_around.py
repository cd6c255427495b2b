"""How the filters that look around see edges, strips, transparent neighbours and what is no number."""

from __future__ import annotations

import numpy as np
import pytest

from studio.filters import FILTERS, FilterKind
from studio.filters.around import LARGEST, filtered_around, inner_of, settled, straight_planes
from studio.filters.kind import Place
from studio.raster.geometry import Rect
from tests.filters.case import picture
from tests.filters.pictures import half_seen, noise

LOOKING_AROUND = [
    kind
    for kind in FILTERS.values()
    if "what is no number counts as 0" in kind.description or kind.name == "gaussian-blur"
]
looking = pytest.mark.parametrize("kind", LOOKING_AROUND, ids=lambda kind: kind.name)


@looking
def test_what_is_no_number_counts_as_nothing(kind: FilterKind) -> None:
    source = picture(64, 60)
    source[20, 20] = np.nan
    source[40, 30, 0] = np.inf
    source[41, 31, 1] = -np.inf
    out = kind.apply(source, kind.parameters())
    assert np.isfinite(out).all()
    clean = source.copy()
    clean[20, 20], clean[40, 30, 0], clean[41, 31, 1] = 0, LARGEST, -LARGEST
    np.testing.assert_array_equal(out, kind.apply(clean, kind.parameters()))


@looking
def test_values_above_one_stay_finite(kind: FilterKind) -> None:
    source = noise(50, 40)
    source[..., :3] *= 12
    assert np.isfinite(kind.apply(source, kind.parameters())).all()


@looking
def test_transparent_pixels_do_not_matter_for_a_single_colour(kind: FilterKind) -> None:
    """What is of one colour has the same result beside transparent pixels as in the middle of more of it."""
    source = half_seen()
    full = np.broadcast_to(source[0, -1], source.shape).copy()
    out, expected = kind.apply(source, kind.parameters()), kind.apply(full, kind.parameters())
    seen = out[..., 3] > 0.01
    straight = out[seen][:, :3] / out[seen][:, 3:]
    if kind.group != "blur":
        np.testing.assert_allclose(straight, expected[seen][:, :3], atol=2e-5)
    else:
        np.testing.assert_allclose(straight, np.broadcast_to(source[0, -1, :3], straight.shape), atol=2e-4)


def test_strips_are_the_same_as_the_whole() -> None:
    source = noise(700, 300)

    def work(pixels: np.ndarray, strip: Rect) -> np.ndarray:
        assert pixels.shape == (strip.height + 6, strip.width + 6, 4)
        assert strip.top % 5 == 0
        return pixels[:-6, :-6] + inner_of(pixels, 3)

    out = filtered_around(source, Place(rect=Rect(0, 0, 300, 700)), 3, work, align=5)
    padded = np.pad(source, ((3, 3), (3, 3), (0, 0)), mode="edge")
    np.testing.assert_array_equal(out, padded[:-6, :-6] + source)


def test_pixels_outside_the_canvas_stay() -> None:
    source = noise(20, 20)
    place = Place(rect=Rect(-4, 0, 16, 20), canvas=Rect(0, 0, 10, 10))
    out = filtered_around(source, place, 1, lambda pixels, _: inner_of(pixels, 1) * 0)
    assert not out[:10, 4:14].any()
    np.testing.assert_array_equal(out[10:], source[10:])
    np.testing.assert_array_equal(out[:, :4], source[:, :4])


def test_large_values_are_cut_and_others_are_not_touched() -> None:
    fine = noise(4, 4)
    fine[0, 0] = LARGEST
    assert settled(fine) is fine
    wild = fine.copy()
    wild[1, 1] = (np.nan, np.inf, -np.inf, 1e30)
    np.testing.assert_array_equal(settled(wild)[1, 1], np.float32([0, LARGEST, -LARGEST, LARGEST]))


def test_straight_planes_of_transparent_pixels_are_black() -> None:
    source = noise(5, 6)
    source[2, 2] = (0.5, 0.5, 0.5, 0)
    planes = straight_planes(source)
    assert not planes[:, 2, 2].any()
    np.testing.assert_allclose(planes[:3, 0, 0], source[0, 0, :3] / source[0, 0, 3])
