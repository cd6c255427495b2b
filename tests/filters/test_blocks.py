"""Pixelate and mosaic against OpenCV's area means and SciPy's nearest points."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
from scipy.spatial import KDTree

from studio import recipe
from studio.filters import FILTERS, tilings
from studio.filters.blocks import Mosaic, _cells
from studio.raster.geometry import Rect
from tests.filters.case import CANVAS, picture


def made(name: str, pixels: np.ndarray | None = None, **settings: Any) -> np.ndarray:
    kind = FILTERS[name]
    return kind.apply(picture() if pixels is None else pixels, recipe.from_plain(kind.parameters, settings))


def test_blocks_are_means() -> None:
    source = picture(288, 270)
    got = made("pixelate", source, width=12, height=9)
    small = cv2.resize(source, (24, 30), interpolation=cv2.INTER_AREA)
    wanted = np.repeat(np.repeat(small, 9, 0), 12, 1)
    np.testing.assert_allclose(got, wanted, atol=1e-5)


def test_cut_blocks_count_what_there_is_and_offsets_move_them() -> None:
    source = picture(50, 40)
    got = made("pixelate", source, width=16, height=64, offset_x=6)
    for left, right in ((0, 6), (6, 22), (22, 38), (38, 50)):
        np.testing.assert_allclose(
            got[7, left:right], np.tile(source[:, left:right].mean((0, 1)), (right - left, 1)), atol=1e-5
        )


def test_shapes_leave_the_colour_between() -> None:
    plain = np.ones((64, 64, 4), np.float32) * np.float32([0.5, 0.25, 0.1, 1])
    for shape, share in (("square", 0.25), ("round", np.pi / 16), ("diamond", 0.125)):
        got = made("pixelate", plain, width=64, height=64, shape=shape, share=0.5, between=[0.0, 1.0, 0.0])
        covered = got[..., 0] > 0.25
        assert covered.mean() == pytest.approx(share, abs=0.01)
        np.testing.assert_allclose(got[~covered], np.tile([0, 1, 0, 1], ((~covered).sum(), 1)), atol=1e-6)


def test_stones_are_the_cells_of_the_nearest_points() -> None:
    parameters = Mosaic(size=14.0, neatness=0.2, seed=5)
    cells = _cells(Rect(0, 0, 120, 90), parameters, 1)
    y, x = np.mgrid[0:90, 0:120] + 0.5
    points = np.array(
        [[x[cells.label == n].mean(), y[cells.label == n].mean()] for n in np.unique(cells.label)]
    )
    assert len(points) > 40
    # the middles of cells are near their points: nearly every pixel is nearest to its own
    _, nearest = KDTree(points).query(np.stack([x.ravel(), y.ravel()], -1))
    same = np.unique(cells.label)[nearest] == cells.label.ravel()
    assert same.mean() > 0.85


def test_neat_stones_are_squares_of_their_mean() -> None:
    got = made("mosaic", picture(240, 200), size=20.0, neatness=1.0, spacing=0.0, relief=0.0, variation=0.0)
    np.testing.assert_allclose(got, made("pixelate", picture(240, 200), width=20, height=20), atol=1e-5)


def test_joints_have_their_width_and_colour() -> None:
    plain = np.ones((200, 200, 4), np.float32)
    got = made(
        "mosaic", plain, size=20.0, neatness=1.0, spacing=4.0, relief=0.0, variation=0.0, joint=[1, 0, 0]
    )
    np.testing.assert_allclose(1 - got[90, :, 1].mean(), 4 / 20, atol=0.01)
    assert (got[..., 0] == 1).all()


@pytest.mark.parametrize(("shape", "edges", "areas"), [
    ("squares", 4, [1.0]),
    ("hexagons", 6, [3**0.5 / 2]),
    ("octagons", 8, [2 * 2**0.5 - 2, 3 - 2 * 2**0.5]),
    ("triangles", 3, [3**0.5 / 4]),
])  # fmt: skip
def test_neat_tiles_have_their_areas_and_rims(shape: Any, edges: int, areas: list[float]) -> None:
    size, inside = 40.0, Rect(3, 5, 403, 405)
    found = tilings.cells(inside, 1, shape, size, 1.0, (-1.0, -1.0), 0)
    assert len(found.tones) == found.count
    inner = set(np.unique(found.label)) - {
        *found.label[0], *found.label[-1], *found.label[:, 0], *found.label[:, -1]
    }  # fmt: skip
    counts = np.bincount(found.label.ravel())
    for number in inner:
        share = counts[number] / size**2
        assert min(abs(share - area) for area in areas) < 0.06
    assert found.rim.min() > -1e-4
    # the deepest place is as far from its edges as the circle inside the largest tile
    deepest = {"squares": 0.5, "hexagons": 0.5, "octagons": 0.5, "triangles": 3**0.5 / 6}[shape]
    assert found.rim.max() == pytest.approx(deepest * size, abs=0.8)


@pytest.mark.parametrize("shape", ["squares", "hexagons", "octagons", "triangles"])
def test_uneven_tiles_leave_no_gap_and_are_convex(shape: Any) -> None:
    found = tilings.cells(Rect(0, 0, 500, 500), 1, shape, 30.0, 0.0, (-1.0, -1.0), 5)
    # every pixel lies inside its tile: no gap, and no tile that its own edges would cut
    assert (found.rim >= -1e-3).mean() == 1
    other = tilings.cells(Rect(0, 0, 500, 500), 1, shape, 30.0, 0.0, (-1.0, -1.0), 6)
    assert not np.array_equal(found.label, other.label)


def test_the_light_on_stones_comes_from_its_angle() -> None:
    plain = np.full((100, 100, 4), 0.5, np.float32)
    plain[..., 3] = 1
    for shape in ("stones", "squares"):
        common: dict[str, Any] = {
            "size": 20.0,
            "neatness": 1.0,
            "spacing": 0.0,
            "variation": 0.0,
            "shape": shape,
        }
        right = made("mosaic", plain, light=0.0, **common)[40:60, 40:60, 0]
        assert right[10, 18] > 0.5 > right[10, 1]
        above = made("mosaic", plain, light=90.0, **common)[40:60, 40:60, 0]
        assert above[1, 10] > 0.5 > above[18, 10]


def test_an_uneven_surface_is_lit_from_its_side_and_keeps_its_mean() -> None:
    kind = FILTERS["mosaic"]
    grey = np.full((200, 200, 4), 0.5, np.float32)
    grey[..., 3] = 1
    settings: dict[str, Any] = {"size": 48.0, "spacing": 0.0, "relief": 0.0, "variation": 0.0}
    smooth = kind.apply(grey, recipe.from_plain(kind.parameters, settings))
    np.testing.assert_allclose(smooth[..., 0], 0.5, atol=1e-6)
    lit = [
        kind.apply(grey, recipe.from_plain(kind.parameters, settings | {"roughness": 1.0, "light": light}))[
            ..., 0
        ]
        for light in (20.0, -160.0)
    ]
    assert lit[0].std() > 0.03 and lit[0].mean() == pytest.approx(0.5, abs=0.02)
    # light from the other side: what was bright is dark
    np.testing.assert_allclose(lit[0] + lit[1], 1.0, atol=1e-4)


def test_the_picture_stays_on_stones_that_have_no_colour_of_their_own() -> None:
    source = picture(120, 100)
    got = made("mosaic", source, average=False, relief=0.0, spacing=0.0, variation=0.0, shape="hexagons")
    np.testing.assert_array_equal(got, source)


def test_a_filled_part_may_be_another_down() -> None:
    plain = np.ones((20, 20, 4), np.float32)
    got = made(
        "pixelate", plain, width=20, height=20, share=0.9, linked=False, share_down=0.5, between=[0, 0, 0]
    )
    assert got[..., 0].sum() == 18 * 10
    got = made(
        "pixelate",
        plain,
        width=20,
        height=20,
        share=1.0,
        linked=False,
        share_down=0.5,
        shape="round",
        between=[0, 0, 0],
    )
    assert got[..., 0].sum() == pytest.approx(np.pi * 10 * 5, abs=8)
    nothing = made("pixelate", plain, linked=False, share_down=0.0, shape="diamond", between=[0, 0, 0])
    assert not nothing[..., :3].any()


def test_a_stone_varies_as_a_whole() -> None:
    plain = np.full((100, 100, 4), 0.5, np.float32)
    plain[..., 3] = 1
    got = made("mosaic", plain, size=25.0, spacing=0.0, relief=0.0, variation=0.2, neatness=0.5)
    tones = np.unique(np.round(got[..., 0], 5))
    assert 9 < len(tones) < 40 and 0.39 < tones.min() < tones.max() < 0.61


@pytest.mark.parametrize("name", ["pixelate", "mosaic"])
def test_what_is_no_number_spoils_nothing(name: str) -> None:
    pixels = picture()
    pixels[9, 9], pixels[40, 40], pixels[80, 80] = np.nan, np.inf, -np.inf
    kind = FILTERS[name]
    assert np.isfinite(kind.apply(pixels, kind.parameters(), canvas=CANVAS)).all()
