"""Corrections of photographs against their formulas, and against pictures that were spoilt in a known way."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from studio import recipe
from studio.filters import FILTERS
from studio.synthesis import fringes
from studio.synthesis.heal import finished
from studio.synthesis.problems import HealError
from tests.filters.tones import decoded, encoded, filtered

HIGH, WIDE = 420, 560


def apply(name: str, pixels: np.ndarray, **settings: object) -> np.ndarray:
    kind = FILTERS[name]
    return kind.apply(pixels.astype(np.float32), recipe.from_plain(kind.parameters, settings))


def photograph() -> np.ndarray:
    """Opaque grey-green texture with edges of all directions."""
    chance = np.random.default_rng(4)
    picture = np.full((HIGH, WIDE), 0.4, np.float32)
    for _ in range(140):
        x, y, side = int(chance.integers(WIDE)), int(chance.integers(HIGH)), int(chance.integers(6, 40))
        cv2.circle(picture, (x, y), side, float(chance.random()), -1, cv2.LINE_AA)
    picture = cv2.GaussianBlur(picture, (0, 0), 1.0)
    return np.dstack((0.9 * picture, picture, 0.8 * picture + 0.1, np.ones_like(picture)))


def larger(plane: np.ndarray, percent: float) -> np.ndarray:
    """A plane drawn so much larger about the middle, by OpenCV."""
    factor = 1 + percent / 100
    middle = ((WIDE - 1) / 2, (HIGH - 1) / 2)
    matrix = np.array([[factor, 0, middle[0] * (1 - factor)], [0, factor, middle[1] * (1 - factor)]])
    return cv2.warpAffine(plane, matrix, (WIDE, HIGH), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def fringed(red: float, blue: float) -> np.ndarray:
    seen = photograph().astype(np.float32)
    seen[..., 0], seen[..., 2] = larger(seen[..., 0], red), larger(seen[..., 2], blue)
    return seen


@pytest.mark.parametrize(("red", "blue"), [(0.4, -0.3), (-0.8, 0.2), (0.0, 0.5)])
def test_fringes_are_measured_and_taken_back(red: float, blue: float) -> None:
    seen = fringed(red, blue)
    found = finished(fringes.fringes(seen))  # type: ignore[arg-type]
    assert np.abs(np.array(found) - (red, blue)).max() < 0.04
    made = apply("colour-fringes", seen, red=red, blue=blue)
    inner = np.s_[20:-20, 20:-20, :3]
    before, after = (np.abs(one - photograph())[inner].mean() for one in (seen, made))
    assert after < before / 4 and np.array_equal(made[..., 1], seen[..., 1])


def test_where_there_are_no_edges_that_is_said() -> None:
    for flat in (np.full((200, 300, 4), 0.5, np.float32), np.zeros((3, 2, 4), np.float32)):
        with pytest.raises(HealError, match="by hand"):
            finished(fringes.fringes(flat))  # type: ignore[arg-type]


def test_one_pixel_of_the_vignette() -> None:
    pixels = np.full((60, 80, 4), 1, np.float32)
    pixels[..., :3] = (0.3, 0.5, 0.7)
    x, y = 70.5 - 40, 10.5 - 30
    part = np.hypot(x, y) / (np.hypot(80, 60) / 2)
    got = apply("vignette-correction", pixels, amount=0.6, falloff=3.0)
    np.testing.assert_allclose(
        got[10, 70, :3], encoded(decoded([0.3, 0.5, 0.7]) / (1 - 0.6 * part**3)), atol=2e-5
    )
    darker = apply("vignette-correction", pixels, amount=-0.6, falloff=3.0)
    np.testing.assert_allclose(
        darker[10, 70, :3], encoded(decoded([0.3, 0.5, 0.7]) * (1 - 0.6 * part**3)), atol=2e-5
    )


def test_dark_corners_come_back() -> None:
    truth = photograph().astype(np.float32)
    seen = apply("vignette-correction", truth, amount=-0.5)
    assert np.abs(seen - truth)[:20, :20].max() > 0.1
    np.testing.assert_allclose(apply("vignette-correction", seen, amount=0.5), truth, atol=2e-4)


def test_a_tile_of_the_vignette_knows_the_picture() -> None:
    from studio.raster.geometry import Rect

    kind = FILTERS["vignette-correction"]
    whole = kind.apply(photograph().astype(np.float32), kind.parameters())
    tile = Rect(256, 256, 512, 420)
    part = kind.apply(
        photograph()[256:420, 256:512].astype(np.float32),
        kind.parameters(),
        rect=tile,
        canvas=Rect(0, 0, WIDE, HIGH),
    )
    np.testing.assert_array_equal(part, whole[256:420, 256:512])


def test_red_eyes() -> None:
    np.testing.assert_allclose(filtered("red-eye", [0.8, 0.1, 0.2]), [0.7 * 0.15] * 3, atol=1e-6)
    skin, brown = [0.85, 0.6, 0.5], [0.35, 0.22, 0.15]
    for kept in (skin, brown, [0.04, 0.0, 0.0], [0.1, 0.5, 0.9]):
        np.testing.assert_allclose(filtered("red-eye", kept), kept, atol=1e-6)
    redness = (0.6 - 0.31) / 0.6
    share = (redness - 0.4) / 0.15
    grey = 0.5 * (0.31 + 0.2) * 0.7
    wanted = [value + share * (grey - value) for value in (0.6, 0.31, 0.2)]
    np.testing.assert_allclose(filtered("red-eye", [0.6, 0.31, 0.2]), wanted, atol=1e-6)


def test_a_faded_print_gets_its_colours_back() -> None:
    truth = np.ones((HIGH, WIDE, 4), np.float32)
    truth[..., :3] = np.random.default_rng(7).random((HIGH, WIDE, 3))
    truth[:40, :40, :3], truth[-40:, -40:, :3] = 0, 1
    seen = truth.copy()
    for channel, (least, room, power) in enumerate(((0.3, 0.6, 0.8), (0.2, 0.6, 1.0), (0.25, 0.4, 1.3))):
        seen[..., channel] = least + room * truth[..., channel] ** power
    made = apply("faded-print", seen, protect=0.0)
    assert np.abs(made - truth)[..., :3].mean() < 0.025 < 0.1 < np.abs(seen - truth)[..., :3].mean()
    kept = apply("faded-print", seen, protect=1.0)
    pure = np.ptp(seen[..., :3], axis=-1) / seen[..., :3].max(-1) > 0.5
    assert np.abs(kept - seen)[pure].mean() < 0.6 * np.abs(made - seen)[pure].mean()
    np.testing.assert_array_equal(apply("faded-print", seen, strength=0.0), seen)


def test_one_tone_stays() -> None:
    flat = np.full((9, 9, 4), (0.3, 0.5, 0.2, 1), np.float32)
    np.testing.assert_allclose(apply("faded-print", flat), flat, atol=1e-6)


@pytest.mark.parametrize("name", ["colour-fringes", "vignette-correction", "red-eye", "faded-print"])
def test_what_is_no_number_counts_as_0(name: str) -> None:
    pixels = photograph().astype(np.float32)
    pixels[5, 5], pixels[6, 6, 0] = np.nan, np.inf
    settings = {"red": 1.0} if name == "colour-fringes" else {}
    assert np.isfinite(apply(name, pixels, **settings)).all()
