"""EPX, Scale3x and xBR against their definitions, pixel by pixel; and as kernels of another size, in tiles."""

from __future__ import annotations

import numpy as np
import pytest

from studio.raster import pixel_art
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.pixel_art import FACTORS, PixelArt, enlarge
from studio.raster.rescale import rescaled, rescaling
from studio.raster.surface import Surface

KINDS: tuple[PixelArt, ...] = ("epx", "scale3x", "xbr")


def art(height: int = 23, width: int = 31, seed: int = 1, colours: int = 4) -> np.ndarray:
    """Premultiplied, few colours, one of them transparent."""
    rng = np.random.default_rng(seed)
    palette = np.ones((colours, 4), np.float32)
    palette[:, :3] = rng.random((colours, 3)).round(2)
    palette[0] = 0
    blocks = rng.integers(0, colours, (height, width))
    return palette[blocks]


def at(picture: np.ndarray, x: int, y: int) -> tuple[float, ...]:
    return tuple(picture[min(max(y, 0), len(picture) - 1), min(max(x, 0), picture.shape[1] - 1)].tolist())


def epx(picture: np.ndarray) -> np.ndarray:
    """The definition at scale2x.it, written out."""
    height, width = picture.shape[:2]
    out = np.empty((2 * height, 2 * width, 4), np.float32)
    for y in range(height):
        for x in range(width):
            b, d, e = at(picture, x, y - 1), at(picture, x - 1, y), at(picture, x, y)
            f, h = at(picture, x + 1, y), at(picture, x, y + 1)
            made = [e, e, e, e]
            if b != h and d != f:
                made = [d if d == b else e, f if b == f else e, d if d == h else e, f if h == f else e]
            for index, value in enumerate(made):
                out[2 * y + index // 2, 2 * x + index % 2] = value
    return out


def scale3x(picture: np.ndarray) -> np.ndarray:
    height, width = picture.shape[:2]
    out = np.empty((3 * height, 3 * width, 4), np.float32)
    for y in range(height):
        for x in range(width):
            a, b, c, d, e, f, g, h, i = (
                at(picture, x + dx, y + dy) for dy in (-1, 0, 1) for dx in (-1, 0, 1)
            )
            made = [e] * 9
            if b != h and d != f:
                made = [
                    d if d == b else e,
                    b if (d == b and e != c) or (b == f and e != a) else e,
                    f if b == f else e,
                    d if (d == b and e != g) or (d == h and e != a) else e,
                    e,
                    f if (b == f and e != i) or (h == f and e != c) else e,
                    d if d == h else e,
                    h if (d == h and e != i) or (h == f and e != g) else e,
                    f if h == f else e,
                ]
            for index, value in enumerate(made):
                out[3 * y + index // 3, 3 * x + index % 3] = value
    return out


@pytest.mark.parametrize("colours", [2, 3, 6])
@pytest.mark.parametrize("seed", range(3))
def test_epx_and_scale3x_are_their_definitions(seed: int, colours: int):
    picture = art(seed=seed, colours=colours)
    assert np.array_equal(enlarge(picture, "epx"), epx(picture))
    assert np.array_equal(enlarge(picture, "scale3x"), scale3x(picture))


# ── xBR, one pixel at a time ─────────────────────────────────────────────────────────────────────────────────────────
def yuv(colour: tuple[float, ...]) -> np.ndarray:
    y = 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]
    u = -0.169 * colour[0] - 0.331 * colour[1] + 0.5 * colour[2]
    v = 0.5 * colour[0] - 0.419 * colour[1] - 0.081 * colour[2]
    return np.array([48 * y, 7 * u, 6 * v, 48 * colour[3]])


def xbr_pixel(picture: np.ndarray, x: int, y: int) -> np.ndarray:
    """The four sub-pixels of one pixel, by the tutorial's rules, the corner turned a quarter each time."""
    made = [np.array(at(picture, x, y)) for _ in range(4)]

    def df(one: tuple[float, ...], other: tuple[float, ...]) -> float:
        return float(np.abs(yuv(one) - yuv(other)).sum())

    for turn, numbers in enumerate(((3, 2, 1), (1, 3, 0), (0, 1, 2), (2, 0, 3))):

        def p(dx: int, dy: int, turn: int = turn) -> tuple[float, ...]:
            for _ in range(turn):
                dx, dy = dy, -dx
            return at(picture, x + dx, y + dy)

        e, b, c, d, f, g, h, i = p(0, 0), p(0, -1), p(1, -1), p(-1, 0), p(1, 0), p(-1, 1), p(0, 1), p(1, 1)
        f4, i4, h5, i5 = p(2, 0), p(2, 1), p(0, 2), p(1, 2)
        if e in (h, f):
            continue
        along = df(e, c) + df(e, g) + df(i, h5) + df(i, f4) + 4 * df(h, f)
        across = df(h, d) + df(h, i5) + df(f, i4) + df(f, b) + 4 * df(e, i)
        if along > across:
            continue
        beyond = np.array(f if df(e, f) <= df(e, h) else h)
        clear = along < across and (
            (df(f, b) >= 15 and df(h, d) >= 15)
            or (df(e, i) < 15 and df(f, i4) >= 15 and df(h, i5) >= 15)
            or df(e, g) < 15
            or df(e, c) < 15
        )
        left = clear and 2 * df(f, g) <= df(h, c) and e != g and d != g
        up = clear and df(f, g) >= 2 * df(h, c) and e != c and b != c
        share = 7 / 8 if left and up else 3 / 4 if left or up else 1 / 2
        corner, below, beside = numbers
        made[corner] = made[corner] + share * (beyond - made[corner])
        if left:
            made[below] = made[below] + (beyond - made[below]) / 4
        if up:
            made[beside] = made[beside] + (beyond - made[beside]) / 4
    return np.array(made)


@pytest.mark.parametrize("seed", range(3))
def test_xbr_is_its_rules(seed: int):
    picture = art(14, 17, seed=seed, colours=3)
    made = enlarge(picture, "xbr")
    for y in range(14):
        for x in range(17):
            block = made[2 * y : 2 * y + 2, 2 * x : 2 * x + 2].reshape(4, 4)
            assert np.abs(block - xbr_pixel(picture, x, y)).max() < 1e-6, (x, y)


def test_xbr_turned_is_the_turned_picture_of_a_diagonal():
    """A slope becomes smooth: between its two colours there are mixtures, elsewhere none."""
    picture = np.where(np.tri(16, 16)[..., None] > 0, np.float32([1, 1, 1, 1]), np.float32([0, 0, 0, 1]))
    made = enlarge(picture.astype(np.float32), "xbr")[..., 0]
    mixed = (made > 0) & (made < 1)
    assert mixed.any() and np.abs(np.argwhere(mixed) @ [1, -1]).max() <= 3


# ── small and odd ────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("kind", KINDS)
def test_any_picture_is_taken(kind: PixelArt):
    factor = FACTORS[kind]
    for shape in ((1, 1, 4), (1, 5, 4), (7, 1, 4), (3, 3), (2, 2, 1)):
        made = enlarge(np.full(shape, 0.5, np.float32), kind)
        assert made.shape[:2] == (shape[0] * factor, shape[1] * factor) and (made == 0.5).all()
    picture = art()
    kept = picture.copy()
    made = enlarge(picture, kind)
    assert np.array_equal(picture, kept) and (made[..., :3] <= made[..., 3:] + 1e-6).all()
    if kind != "xbr":
        known = {pixel.tobytes() for pixel in picture.reshape(-1, 4)}
        assert all(pixel.tobytes() in known for pixel in made.reshape(-1, 4)), "only colours that are there"


# ── as kernels ───────────────────────────────────────────────────────────────────────────────────────────────────────
def scaled(surface: Surface | Mask, factor: float, kind: PixelArt, clamp: Rect) -> Surface | Mask:
    work = rescaling(surface, (factor, factor, 0.0, 0.0), kind, clamp)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("passes", [1, 2])
def test_tiles_are_the_whole_pass_after_pass(kind: PixelArt, passes: int):
    picture = art(150, 300, colours=3).astype(np.float16)
    wanted, factor = picture.astype(np.float32), FACTORS[kind] ** passes
    for _ in range(passes):
        wanted = enlarge(wanted, kind)
    made = scaled(Surface.from_pixels(picture), factor, kind, Rect(0, 0, 300, 150))
    found = made.read(Rect(0, 0, 300 * factor, 150 * factor)).astype(np.float32)
    assert np.abs(found - wanted).max() < 1e-3
    if kind != "xbr":
        assert np.array_equal(found, wanted)


@pytest.mark.parametrize("kind", KINDS)
def test_other_sizes_are_means_of_the_next_larger_one(kind: PixelArt):
    surface = Surface.from_pixels(art(40, 40))
    clamp = Rect(0, 0, 40, 40)
    made = rescaled(surface, (1.5, 1.5, 0.0, 0.0), Rect(0, 0, 60, 60), kind, clamp)
    factor = FACTORS[kind]
    whole = Surface.from_pixels(enlarge(art(40, 40), kind))
    share = 1.5 / factor
    wanted = rescaled(
        whole, (share, share, 0.0, 0.0), Rect(0, 0, 60, 60), "area", Rect(0, 0, 40 * factor, 40 * factor)
    )
    assert np.abs(made - wanted).max() < 1e-5
    small = rescaled(surface, (0.5, 0.5, 0.0, 0.0), Rect(0, 0, 20, 20), kind, clamp)
    assert np.array_equal(small, rescaled(surface, (0.5, 0.5, 0.0, 0.0), Rect(0, 0, 20, 20), "area", clamp))


@pytest.mark.parametrize("kind", KINDS)
def test_masks_and_moved_places(kind: PixelArt):
    mask = Mask.from_pixels((art(20, 20)[..., 3] > 0).astype(np.float32))
    factor = FACTORS[kind]
    clamp = Rect(0, 0, 20, 20)
    whole = rescaled(mask, (factor, factor, 0.0, 0.0), Rect(0, 0, 20 * factor, 20 * factor), kind, clamp)
    part = rescaled(mask, (factor, factor, 7.0, -3.0), Rect(9, 1, 30, 20), kind, clamp)
    assert np.abs(part.astype(np.float32) - whole[4:23, 2:23].astype(np.float32)).max() < 1e-3
    assert pixel_art.MARGIN == 2
