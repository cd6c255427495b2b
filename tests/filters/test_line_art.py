"""Paper to transparent and line art: the compositing equation undone, and synthetic scans taken off their paper."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio import recipe
from studio.filters import FILTERS
from studio.filters.kind import Place
from studio.filters.line_art import LineArt, paper_colour, paper_under
from studio.raster.geometry import Rect

SIDE = 256


def apply(name: str, pixels: np.ndarray, **settings: object) -> np.ndarray:
    kind = FILTERS[name]
    return kind.apply(pixels.astype(np.float32), recipe.from_plain(kind.parameters, settings))


def opaque(colours: np.ndarray) -> np.ndarray:
    return np.dstack((colours, np.ones(colours.shape[:2]))).astype(np.float32)


def drawing() -> tuple[np.ndarray, np.ndarray]:
    """(cover [h, w] of smooth lines, their straight colours): black strokes, a red circle, a large black seal."""
    large = np.zeros((4 * SIDE, 4 * SIDE), np.uint8)
    for row in range(3):
        cv2.line(large, (80, 120 + 150 * row), (940, 200 + 150 * row), 255, 12 + 8 * row, cv2.LINE_8)
    red = np.zeros_like(large)
    cv2.circle(red, (700, 760), 160, 255, 16, cv2.LINE_8)
    small = [cv2.resize(one, (SIDE, SIDE), interpolation=cv2.INTER_AREA) / 255 for one in (large, red)]
    cover = np.maximum(*small)
    ink = np.where(small[1][..., None] > 0, (0.8, 0.1, 0.1), (0.05, 0.05, 0.08))
    return cover.astype(np.float32), ink.astype(np.float32)


def scan(noise: float = 0.01) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(a photograph of the drawing on yellowed paper that is lit from one side, its cover, its colours)."""
    cover, ink = drawing()
    y, x = np.mgrid[:SIDE, :SIDE] / SIDE
    light = (0.65 + 0.3 * x * (1 - 0.3 * y))[..., None] * np.array((1.0, 0.95, 0.8))
    seen = light * (1 - cover[..., None] * (1 - ink))
    seen += np.random.default_rng(5).normal(0, noise, seen.shape)
    return opaque(np.clip(seen, 0, 1)), cover, ink


def test_one_pixel_of_the_description() -> None:
    paper, colour, clean, solid = np.array((0.9, 0.8, 0.6)), np.array((0.6, 0.5, 0.5)), 0.05, 0.9
    d = max((paper - colour) / paper)
    a = (d - clean) / (solid - clean)
    straight = np.clip(paper + (colour - paper) / max(a, d), 0, 1)
    got = apply(
        "paper-to-transparent",
        opaque(colour[None, None]),
        paper=tuple(paper.tolist()),
        clean=clean,
        solid=solid,
    )
    np.testing.assert_allclose(got[0, 0], [*(straight * a), a], atol=1e-6)
    brighter = np.array((0.95, 0.9, 0.6))
    d = max((brighter - paper) / (1 - paper))
    a = (d - clean) / (solid - clean)
    straight = np.clip(paper + (brighter - paper) / max(a, d), 0, 1)
    got = apply(
        "paper-to-transparent",
        opaque(brighter[None, None]),
        paper=tuple(paper.tolist()),
        clean=clean,
        solid=solid,
    )
    np.testing.assert_allclose(got[0, 0], [*(straight * a), a], atol=1e-6)


def test_laid_on_its_paper_again_it_is_the_picture() -> None:
    """With the whole range nothing is lost: a c' + (1 − a) p = c for every colour."""
    colours = np.random.default_rng(2).random((40, 50, 3))
    paper = np.array((0.85, 0.8, 0.65))
    got = apply("paper-to-transparent", opaque(colours), paper=tuple(paper.tolist()), clean=0.0, solid=1.0)
    np.testing.assert_allclose(got[..., :3] + (1 - got[..., 3:]) * paper, colours, atol=1e-6)
    assert got[..., 3].min() < 0.1 or (got[..., 3] < 1).all()


def test_the_paper_goes_and_edges_stay_soft() -> None:
    cover, ink = drawing()
    paper = np.array((0.93, 0.88, 0.74))
    seen = paper * (1 - cover[..., None]) + ink * paper * cover[..., None]
    got = apply("paper-to-transparent", opaque(seen), paper=tuple(paper.tolist()), clean=0.0, solid=0.9)
    assert not got[cover == 0].any()
    soft = (cover > 0.1) & (cover < 0.9)
    assert np.abs(got[..., 3] - cover)[soft].mean() < 0.06


def test_a_bad_scan_becomes_clean_lines() -> None:
    seen, cover, _ = scan()
    got = apply("line-art", seen, radius=20)
    alpha = got[..., 3]
    assert (alpha[cover == 0] > 0).mean() < 0.002, "the paper is gone though it is lit from 0.52 to 0.95"
    assert alpha[cover == 1].min() > 0.97
    soft = (cover > 0.15) & (cover < 0.85)
    assert alpha[soft].std() > 0.1 and np.corrcoef(alpha[soft], cover[soft])[0, 1] > 0.95, "edges stay soft"
    plain = apply("paper-to-transparent", seen, paper=(0.95, 0.9, 0.76), clean=0.12, solid=0.7)
    assert (plain[..., 3][cover == 0] > 0).mean() > 0.3, "one paper colour alone would not do"


def test_lines_keep_their_colour_free_of_the_paper() -> None:
    seen, cover, ink = scan(0.0)
    got = apply("line-art", seen, radius=20)
    edge = (cover > 0.3) & (cover < 0.95) & (ink[..., 0] > 0.5)
    straight = got[edge][:, :3] / got[edge][:, 3:]
    assert np.abs(straight.mean(0) - (0.8, 0.1, 0.1)).max() < 0.12, "red to its rim, not pink or yellow"
    one = apply("line-art", seen, radius=20, ink="one", colour=(0.1, 0.2, 0.6))
    some = one[..., 3] > 0.5
    np.testing.assert_allclose(
        one[some][:, :3] / one[some][:, 3:], np.broadcast_to((0.1, 0.2, 0.6), (some.sum(), 3)), atol=1e-5
    )
    np.testing.assert_array_equal(one[..., 3], got[..., 3])


def test_a_large_black_area_stays() -> None:
    seen, _, _ = scan(0.0)
    seen[40:200, 40:200, :3] *= 0.05
    got = apply("line-art", seen, radius=20)
    assert got[60:180, 60:180, 3].min() == 1


def test_the_paper_is_a_closing_of_opencv() -> None:
    seen, _, _ = scan()
    radius = 9
    square = np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)
    median = cv2.medianBlur(np.ascontiguousarray(seen[..., :3]), 5)
    wanted = cv2.GaussianBlur(cv2.morphologyEx(median, cv2.MORPH_CLOSE, square), (0, 0), radius / 2)
    got = paper_under(
        seen,
        LineArt(radius=radius, darkest=0.05),
        Place(rect=Rect(0, 0, SIDE, SIDE), canvas=Rect(0, 0, SIDE, SIDE)),
    )
    inner = slice(40, -40)
    assert np.abs(got - wanted)[inner, inner].max() < 5e-3


@pytest.mark.parametrize("name", ["paper-to-transparent", "line-art"])
def test_what_is_transparent_stays_so_and_no_number_counts_as_0(name: str) -> None:
    seen, _, _ = scan()
    seen[:20] = 0
    seen[30, 30], seen[31, 31, 0] = np.nan, np.inf
    got = apply(name, seen)
    assert np.isfinite(got).all() and not got[:20].any() and got[30, 30, 3] == 0


def test_the_paper_is_found() -> None:
    found = paper_colour(scan(0.0)[0])
    assert found is not None
    assert 0.75 < found[0] < 0.95 and found[2] < found[1] < found[0]
    assert paper_colour(np.zeros((4, 4, 4), np.float32)) is None
