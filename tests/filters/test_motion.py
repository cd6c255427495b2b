"""Motion, radial, zoom and lens blur against their formulas."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from scipy import ndimage, signal

from studio.filters import FILTERS, lens, sweep
from studio.filters.lens import LensBlur
from studio.filters.motion import MotionBlur, RadialBlur, ZoomBlur
from studio.raster import convolve, strips
from studio.raster.convolve import Convolution, aperture, line
from studio.raster.geometry import Rect
from studio.raster.neighbours import weighed
from tests.filters.pictures import noise


def point(size: int = 61, at: tuple[int, int] = (30, 30)) -> np.ndarray:
    pixels = np.zeros((size, size, 4), np.float32)
    pixels[at] = 1
    return pixels


@pytest.mark.parametrize(
    "kernel", [line(19, 37), aperture(7.5), aperture(40.0), aperture(90.0, 5)], ids=lambda k: str(k.shape)
)
def test_a_convolution_equals_scipy(kernel: np.ndarray) -> None:
    convolution = Convolution(kernel)
    side = 256 + 2 * convolution.reach
    source = noise(side, side)
    out = convolution.of(source)
    for channel in (0, 3):
        exact = signal.fftconvolve(source[..., channel].astype(np.float64), kernel, "valid")
        np.testing.assert_allclose(out[..., channel], exact, atol=2e-6)


def test_kernels_have_sum_one_and_the_shape_asked_for() -> None:
    for radius in (0.3, 0.5, 4.0, 31.0):
        assert aperture(radius).sum() == pytest.approx(1)
    disc = aperture(10.0)
    assert (disc > 0).sum() == pytest.approx(np.pi * 100, rel=0.15)
    np.testing.assert_allclose(disc, disc[::-1, ::-1])
    np.testing.assert_allclose(disc[10, 1:-1], disc[10, 10])
    triangle = aperture(20.0, 3, 90)
    assert (triangle > 0).sum() == pytest.approx(3 * np.sqrt(3) / 4 * 400, rel=0.15)
    assert triangle[1, 20] > 0 and not triangle[-5:].any()  # a corner above
    ring = aperture(10.0, rim=3)
    assert ring[10, 10] < ring[10, 2]


def test_a_horizontal_line_is_a_row_and_a_diagonal_one_is_as_long() -> None:
    out = FILTERS["motion-blur"].apply(point(), MotionBlur(length=11))
    # the mean of the points from −5 to 5, each shared by two pixels: the outermost pixels get half
    np.testing.assert_allclose(out[30, 24:37, 0], [0, 0.05, *[0.1] * 9, 0.05, 0], atol=1e-3)
    assert not out[29].any() and not out[31].any()
    slanted = FILTERS["motion-blur"].apply(point(), MotionBlur(length=21, angle=45))[..., 0]
    y, x = np.mgrid[0:61, 0:61] - 30
    assert slanted.sum() == pytest.approx(1, abs=1e-5)
    assert (slanted * x * y).sum() < -10  # up to the right
    assert np.sqrt((slanted * (x**2 + y**2)).sum()) == pytest.approx(20 / np.sqrt(12), rel=0.05)


def test_a_trail_on_one_side_lies_in_the_direction() -> None:
    out = FILTERS["motion-blur"].apply(point(), MotionBlur(length=10, angle=0, trail="one-side"))
    assert out[30, 30:40, 0].sum() == pytest.approx(1, abs=1e-5)
    assert not out[:, :30].any()
    out = FILTERS["motion-blur"].apply(point(), MotionBlur(length=10, angle=90, trail="one-side"))
    assert out[21:31, 30, 0].sum() == pytest.approx(1, abs=1e-5)


def sampled(source: np.ndarray, x: float, y: float) -> np.ndarray:
    return np.array(
        [
            ndimage.map_coordinates(
                source[..., c].astype(np.float64), [[y - 0.5], [x - 0.5]], order=1, mode="nearest"
            )[0]
            for c in range(4)
        ]
    )


@pytest.mark.parametrize("place", [(5, 9), (30, 44), (59, 70)])
def test_radial_and_zoom_blur_equal_their_formulas(place: tuple[int, int]) -> None:
    source = noise(60, 80)
    centre_x, centre_y = 0.25 * 80, 0.5 * 60
    row, column = place
    dx, dy = column + 0.5 - centre_x, row + 0.5 - centre_y
    angle = np.radians(40)
    n = int(np.ceil(np.hypot(dx, dy) * angle))
    turns = -angle / 2 + (np.arange(n) + 0.5) * angle / n
    expected = np.mean(
        [
            sampled(
                source, centre_x + dx * np.cos(t) - dy * np.sin(t), centre_y + dx * np.sin(t) + dy * np.cos(t)
            )
            for t in turns
        ],
        0,
    )
    out = FILTERS["radial-blur"].apply(source, RadialBlur(angle=40, centre_x=0.25))
    np.testing.assert_allclose(out[place], expected, atol=1e-5)
    for trail, first in (("both-sides", 0.85), ("one-side", 0.7)):
        n = int(np.ceil(np.hypot(dx, dy) * 0.3))
        scales = first + (np.arange(n) + 0.5) * 0.3 / n
        expected = np.mean([sampled(source, centre_x + dx * s, centre_y + dy * s) for s in scales], 0)
        out = FILTERS["zoom-blur"].apply(source, ZoomBlur(amount=0.3, centre_x=0.25, trail=trail))
        np.testing.assert_allclose(out[place], expected, atol=1e-5)


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("radial-blur", RadialBlur(angle=20)),
        pytest.param(
            "radial-blur", RadialBlur(angle=360, centre_x=0.1, centre_y=1.0), marks=pytest.mark.slow
        ),
        ("radial-blur", RadialBlur(angle=30, centre_x=-0.8, centre_y=1.9)),
        pytest.param(
            "radial-blur", RadialBlur(angle=360, centre_x=2.0, centre_y=-1.0), marks=pytest.mark.slow
        ),
        pytest.param("zoom-blur", ZoomBlur(amount=0.3), marks=pytest.mark.slow),
        ("zoom-blur", ZoomBlur(amount=0.4, centre_x=-1.0, centre_y=2.0)),
        pytest.param(
            "zoom-blur", ZoomBlur(amount=1.0, centre_x=0.0, trail="one-side"), marks=pytest.mark.slow
        ),
    ],
)
def test_long_blurs_by_running_sums_equal_the_samples_of_each_pixel(
    name: str, settings: RadialBlur | ZoomBlur, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a picture without noise, within half an 8-bit step; means of transparent and bright places among them."""
    y, x = np.mgrid[0:520, 0:600].astype(np.float32)
    source = (
        np.stack([np.sin(x / 9), np.cos(y / 7), np.sin((x + y) / 5), np.sin(x * y / 9000)], -1) * 0.5 + 0.5
    )
    source[100:140, 100:300] = 0
    source[300:320, 60:80] = 4
    quick = FILTERS[name].apply(source, settings)
    monkeypatch.setattr(sweep, "FEW", 1e9)
    slow = FILTERS[name].apply(source, settings)
    assert not np.array_equal(quick, slow)
    assert np.abs(quick - slow).max() < 4 / 510
    assert np.sqrt(((quick - slow) ** 2).mean()) < 1 / 2040


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("radial-blur", RadialBlur(angle=20)),
        ("radial-blur", RadialBlur(angle=130, centre_x=0.2, centre_y=1.4)),
        ("radial-blur", RadialBlur(angle=360, centre_x=1.5)),
        ("zoom-blur", ZoomBlur(amount=0.3)),
        ("zoom-blur", ZoomBlur(amount=1.0, centre_x=-1.0, centre_y=2.0)),
        ("zoom-blur", ZoomBlur(amount=0.9, centre_x=0.0, trail="one-side")),
    ],
)
def test_each_block_reads_all_that_its_means_look_at(
    name: str, settings: RadialBlur | ZoomBlur, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None of the squares that are looked at is missing, and what is read gives what the whole picture gives."""
    source = noise(300, 700)
    monkeypatch.setattr(sweep, "FEW", 0)
    looked_at, shares = sweep.Seen.looked_at, []

    def counted(*arguments: Any) -> np.ndarray:
        shares.append(looked_at(*arguments).mean())
        return looked_at(*arguments)

    monkeypatch.setattr(sweep.Seen, "looked_at", counted)
    made = FILTERS[name].apply(source, settings)
    assert shares and min(shares) < 1, "not all of the picture for each"
    monkeypatch.setattr(sweep.Seen, "looked_at", lambda *arguments: np.ones_like(looked_at(*arguments)))
    np.testing.assert_array_equal(FILTERS[name].apply(source, settings), made)


def test_a_missing_square_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = sweep.Seen.looked_at
    monkeypatch.setattr(sweep.Seen, "looked_at", lambda *arguments: np.zeros_like(nothing(*arguments)))
    with pytest.raises(ValueError, match="missing"):
        FILTERS["zoom-blur"].apply(noise(300, 700), ZoomBlur(amount=0.9))


def test_few_squares_of_a_large_picture_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the arcs: a ring of squares, in the room of those that no block looks at any more."""
    monkeypatch.setattr(strips, "PROCESSORS", 1)
    made, picture = [], np.zeros((1500, 1500, 4), np.float32)
    empty = np.empty

    def counted(shape: Any, *rest: Any) -> np.ndarray:
        made.append(shape == (sweep.SQUARE, sweep.SQUARE_ROW, 4))
        return empty(shape, *rest)

    monkeypatch.setattr(sweep.np, "empty", counted)
    FILTERS["radial-blur"].apply(picture, RadialBlur(angle=10.0, centre_x=0.5, centre_y=-1.0))
    assert 0 < sum(made) < 60 < (-(-1500 // sweep.SQUARE)) ** 2


@pytest.mark.parametrize("angle", [180.0, 345.0, 360.0])
def test_little_of_a_picture_is_held_for_long_arcs(angle: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Circles are looked at sector by sector: part of a ring of squares is enough, however large the picture."""
    monkeypatch.setattr(strips, "PROCESSORS", 1)
    most, squares = 0, sweep.Seen.squares

    @contextmanager
    def counted(self: sweep.Seen, wanted: np.ndarray) -> Iterator[np.ndarray]:
        nonlocal most
        with squares(self, wanted) as addresses:
            most = max(most, len(self._held))
            yield addresses

    monkeypatch.setattr(sweep.Seen, "squares", counted)
    y, x = np.mgrid[0:700, 0:1000].astype(np.float32)
    source = np.stack([np.sin(x / 19), np.cos(y / 27), np.sin((x + y) / 35), np.ones_like(x)], -1) * 0.5 + 0.5
    made = FILTERS["radial-blur"].apply(source, RadialBlur(angle=angle, centre_x=-0.1))
    assert 0 < most < 40 < 6 * 8
    for row, column in ((0, 0), (350, 10), (699, 999)):
        x, y = column + 0.5 + 100, row + 0.5 - 350
        far, turns = np.hypot(x, y), np.arctan2(y, x) + np.radians(angle) * (np.arange(2000.0) - 999.5) / 2000
        places = [349.5 + far * np.sin(turns), -100.5 + far * np.cos(turns)]
        expected = [
            ndimage.map_coordinates(source[..., c], places, order=1, mode="nearest").mean() for c in range(4)
        ]
        np.testing.assert_allclose(made[row, column], expected, atol=2e-3)


def test_the_centre_is_a_place_of_the_canvas_not_of_the_pixels_given() -> None:
    source = noise(60, 80)
    kind = FILTERS["radial-blur"]
    canvas = Rect(0, 0, 80, 60)
    whole = kind.apply(source, RadialBlur(angle=30), canvas=canvas)
    wide = np.pad(source, ((10, 10), (10, 10), (0, 0)))
    out = kind.apply(wide, RadialBlur(angle=30), rect=canvas.grow(10), canvas=canvas)
    np.testing.assert_allclose(out[10:-10, 10:-10], whole, atol=1e-6)
    np.testing.assert_array_equal(out[:10], wide[:10])


def test_lens_blur_equals_its_formula() -> None:
    source = noise(40, 40)
    out = FILTERS["lens-blur"].apply(source, LensBlur(radius=4.5, highlights=6, threshold=0.4, rim=0.5))
    kernel = aperture(5.0, rim=0.5)
    straight, alpha = source[..., :3] / source[..., 3:], source[..., 3]
    lightness = straight @ np.array([0.2126, 0.7152, 0.0722])
    weight = alpha * (1 + 6 * np.clip((lightness - 0.4) / 0.6, 0, 1))
    part = (slice(20 - 5, 20 + 6), slice(20 - 5, 20 + 6))
    light = (kernel[..., None] * (weight[..., None] * straight**2.2)[part]).sum((0, 1)) / (
        kernel * weight[part]
    ).sum()
    np.testing.assert_allclose(out[20, 20, 3], (kernel * alpha[part]).sum(), atol=1e-5)
    np.testing.assert_allclose(out[20, 20, :3] / out[20, 20, 3], light ** (1 / 2.2), atol=1e-5)


def test_a_point_of_light_becomes_the_opening() -> None:
    pixels = point(121, (60, 60))
    pixels[..., 3] = 1
    out = FILTERS["lens-blur"].apply(pixels, LensBlur(radius=30, blades=6))
    lit = out[..., 0] > out[60, 60, 0] / 2
    assert lit.sum() == pytest.approx(3 * np.sqrt(3) / 2 * 30.5**2, rel=0.03)
    np.testing.assert_array_equal(out[..., 3], 1)


def test_a_lens_makes_its_opening_once_and_an_opaque_picture_needs_no_alpha(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both are for the hand at the slider: each tile asks for the opening, and most pictures are opaque."""
    made, summed = [], []
    monkeypatch.setattr(lens, "aperture", lambda *values: made.append(values) or aperture(*values))
    monkeypatch.setattr(
        convolve, "weighed", lambda plane, *rest: summed.append(plane.shape) or weighed(plane, *rest)
    )
    kind, settings = FILTERS["lens-blur"], LensBlur(radius=6.25, rim=0.125)
    source = noise(40, 50)
    source[..., 3] = 1
    whole = kind.apply(source, settings)
    for _ in range(3):
        kind.apply(source, settings)
    assert len(made) == 1
    assert sum(shape[0] > 20 for shape in summed) == 4 * 3
    almost = source.copy()
    almost[-1, -1] *= 0.5
    near = kind.apply(almost, settings)
    np.testing.assert_array_equal(near[:26, :36], whole[:26, :36])
