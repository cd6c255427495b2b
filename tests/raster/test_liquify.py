"""The liquify field: what each mode moves and how far, restore, replays, and parts that equal the whole."""

from __future__ import annotations

import math

import numpy as np
import pytest

from studio.raster import liquify
from studio.raster.geometry import Rect
from studio.raster.liquify import Dab
from studio.raster.liquify_modes import Mode
from studio.raster.liquify_stroke import Hand

SIDE = 320
CANVAS = Rect(0, 0, SIDE, SIDE)
MIDDLE = SIDE / 2


def still(step: int = 2) -> np.ndarray:
    return liquify.still(SIDE, SIDE, step)


def lay(field: np.ndarray, dabs: list[Dab], step: int = 2) -> np.ndarray:
    for dab in dabs:
        liquify.put(field, *liquify.dabbed(field, step, dab))
    return field


def stroke(
    mode: Mode, *places: tuple[float, float], size: float = 120.0, strength: float = 1.0, hardness: float = 0.2,
    seconds: float = 0.02, step: int = 2, field: np.ndarray | None = None,
) -> np.ndarray:  # fmt: skip
    """The field after a stroke through ``places``, ``seconds`` apart."""
    hand = Hand(mode, size, strength, hardness)
    dabs = hand.press(*places[0], 0.0)
    for number, place in enumerate(places[1:], 1):
        dabs += hand.move(*place, number * seconds)
    return lay(still(step) if field is None else field, dabs, step)


def held(mode: Mode, count: int = 25, **fields: float) -> np.ndarray:
    return stroke(mode, *[(MIDDLE, MIDDLE)] * count, **fields)  # type: ignore[arg-type]


def warp(picture: np.ndarray, field: np.ndarray, step: int = 2, area: Rect = CANVAS) -> np.ndarray:
    way = liquify.ways(field, step, area)
    if way is None:
        return picture[area.top : area.bottom, area.left : area.right]
    place = liquify.reached(way, area, CANVAS)
    source = np.ascontiguousarray(picture[place.top : place.bottom, place.left : place.right])
    return liquify.warped(source, place, way, area, CANVAS)


def dot(x: float, y: float) -> np.ndarray:
    """A soft round dot on nothing."""
    down, across = np.mgrid[:SIDE, :SIDE].astype(np.float32) + 0.5
    cover = np.exp(-((across - x) ** 2 + (down - y) ** 2) / (2 * 4.0**2)).astype(np.float32)
    return np.repeat(cover[..., None], 4, axis=2)


def centre(picture: np.ndarray) -> tuple[float, float]:
    down, across = np.mgrid[:SIDE, :SIDE] + 0.5
    alpha = picture[..., 3] / picture[..., 3].sum()
    return float((across * alpha).sum()), float((down * alpha).sum())


def noise(seed: int = 1) -> np.ndarray:
    found = np.random.default_rng(seed).random((SIDE, SIDE, 4), np.float32)
    found[..., :3] *= found[..., 3:]
    return found


def test_a_field_that_leaves_all_where_it_is_moves_nothing() -> None:
    assert liquify.ways(still(), 2, CANVAS) is None
    assert liquify.ways(still(4), 4, CANVAS.at_level(2), level=2) is None


@pytest.mark.parametrize("step", [2, 4, 8])
@pytest.mark.parametrize("way", [(60.0, 0.0), (-30.0, 45.0)])
def test_a_push_takes_what_is_under_its_middle_along(step: int, way: tuple[float, float]) -> None:
    places = [(MIDDLE + way[0] * t / 20, MIDDLE + way[1] * t / 20) for t in range(21)]
    moved = warp(dot(MIDDLE, MIDDLE), stroke("push", *places, step=step), step)
    assert centre(moved) == pytest.approx((MIDDLE + way[0], MIDDLE + way[1]), abs=max(1.5, step / 2))


def test_half_the_strength_pushes_less_and_beyond_the_brush_nothing_moves() -> None:
    places = [(MIDDLE + 3.0 * t, MIDDLE) for t in range(11)]
    whole, half = stroke("push", *places), stroke("push", *places, strength=0.5)
    at = (int(MIDDLE + 20) // 2, int(MIDDLE) // 2)
    assert -31 < whole[at[1], at[0], 0] < half[at[1], at[0], 0] < -5
    assert not whole[:48].any() and not whole[:, :48].any()


def test_a_long_push_neither_folds_nor_tears() -> None:
    """The way back keeps its order along the push: its derivative stays positive, at the hardest rim, too."""
    for hardness in (0.0, 1.0):
        field = stroke("push", *[(60 + t, MIDDLE) for t in range(0, 200, 4)], hardness=hardness, size=100)
        across = field[int(MIDDLE) // 2, :, 0].astype(np.float64)
        assert (np.diff(across) / 2 > -1 - 1e-3).all()
        assert np.abs(across).max() > 60


@pytest.mark.parametrize(("mode", "sign"), [("twirl-right", 1), ("twirl-left", -1)])
def test_a_twirl_turns_about_its_middle(mode: Mode, sign: int) -> None:
    field = held(mode, hardness=1.0)
    amount = 24 * 0.02 * 2.0 + 0.03 * 2.0
    moved = warp(dot(MIDDLE + 20, MIDDLE), field)
    x, y = centre(moved)
    assert math.hypot(x - MIDDLE, y - MIDDLE) == pytest.approx(20, abs=1.0)
    assert math.atan2(y - MIDDLE, x - MIDDLE) == pytest.approx(sign * amount, abs=0.05)
    stays = warp(dot(MIDDLE, MIDDLE), field)
    assert centre(stays) == pytest.approx((MIDDLE, MIDDLE), abs=0.2)


def test_pinch_draws_in_what_bloat_drives_out() -> None:
    start = dot(MIDDLE + 25, MIDDLE)
    (pinched, _), (bloated, _) = (centre(warp(start, held(mode))) for mode in ("pinch", "bloat"))
    assert pinched < MIDDLE + 22 and bloated > MIDDLE + 28
    back = lay(held("pinch"), Hand("bloat", 120.0, 1.0, 0.2).press(MIDDLE, MIDDLE, 0.0))
    assert np.abs(back).sum() < np.abs(held("pinch")).sum()


def test_restore_brings_everything_back_smoothly() -> None:
    field = stroke("push", *[(MIDDLE + 2.0 * t, MIDDLE) for t in range(15)], size=60)
    most = float(np.abs(field).max())
    stroke("restore", *[(MIDDLE + 10, MIDDLE)] * 20, size=200, hardness=1.0, field=field)
    assert 0 < np.abs(field).max() < most / 2
    stroke("restore", *[(MIDDLE + 10, MIDDLE)] * 400, size=200, hardness=1.0, field=field)
    assert liquify.ways(field, 2, CANVAS) is None


def test_the_same_samples_give_the_same_field() -> None:
    random = np.random.default_rng(4)
    places = [(float(x), float(y)) for x, y in random.uniform(40, 280, (12, 2))]
    for mode in ("push", "twirl-left", "pinch", "restore"):
        assert np.array_equal(stroke(mode, *places), stroke(mode, *places))


def wild() -> np.ndarray:
    field = stroke("push", (40, 60), (250, 100), (100, 260), hardness=0.5)
    stroke("twirl-right", (200, 200), (120, 160), seconds=0.1, field=field)
    return stroke("bloat", (300, 300), (10, 310), seconds=0.1, field=field)


@pytest.mark.parametrize("sides", [(64, 64), (37, 101), (320, 1)])
def test_parts_equal_the_whole(sides: tuple[int, int]) -> None:
    field, picture = wild(), noise()
    whole, joined = warp(picture, field), np.empty_like(picture)
    for top in range(0, SIDE, sides[1]):
        for left in range(0, SIDE, sides[0]):
            area = Rect.of(left, top, *sides).intersect(CANVAS)
            joined[area.top : area.bottom, area.left : area.right] = warp(picture, field, area=area)
    assert np.array_equal(whole, joined)


def test_displacements_are_those_of_the_nodes_and_linear_between_them() -> None:
    field = np.zeros((SIDE // 4, SIDE // 4, 2), np.float32)
    column, row = np.meshgrid(np.arange(SIDE // 4), np.arange(SIDE // 4))
    field[..., 0], field[..., 1] = 0.5 * (column + 0.5) * 4, -0.25 * (row + 0.5) * 4
    found = liquify.sampled(field, 4, Rect(10, 20, 70, 50))
    x, y = np.arange(10, 70) + 0.5, np.arange(20, 50) + 0.5
    assert np.allclose(found[..., 0], 0.5 * x[None], atol=1e-4)
    assert np.allclose(found[..., 1], -0.25 * y[:, None], atol=1e-4)
    coarse = liquify.sampled(field, 4, Rect(5, 5, 20, 20), level=2)
    assert np.allclose(coarse[..., 0], 0.5 * (np.arange(5, 20) + 0.5)[None] * 4, atol=1e-4)


def test_a_coarse_level_shows_what_the_whole_does() -> None:
    import cv2

    field, picture = stroke("push", (100, 160), (200, 160)), cv2.GaussianBlur(noise(), (0, 0), 12)
    small = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    canvas = CANVAS.at_level(2)
    way = liquify.ways(field, 2, canvas, level=2)
    assert way is not None
    coarse = liquify.warped(small, canvas, way, canvas, canvas)
    fine = cv2.resize(warp(picture, field), None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    assert np.abs(coarse - fine).max() < 0.01


def test_beyond_the_canvas_its_edge_is_repeated() -> None:
    field = stroke("push", *[(2.0 + t, MIDDLE) for t in range(0, 60, 3)])
    white = np.ones((SIDE, SIDE, 4), np.float32)
    assert np.array_equal(warp(white, field), white)


def test_a_selection_weights_the_displacement() -> None:
    field = stroke("push", (100, 160), (200, 160))
    weight = np.zeros((SIDE, SIDE), np.float32)
    weight[:, 160:] = 0.5
    weight[:, 200:] = 1
    whole, way = liquify.ways(field, 2, CANVAS), liquify.ways(field, 2, CANVAS, weight)
    assert whole is not None and way is not None
    assert not way[:, :160].any() and np.array_equal(way[:, 200:], whole[:, 200:])
    assert np.abs(way[:, 160:200] - whole[:, 160:200] / 2).max() <= 1 / 32


def test_one_pixel_and_odd_sizes() -> None:
    for width, height in ((1, 1), (1, 9), (7, 3)):
        step = liquify.step_for(width, height)
        field = liquify.still(width, height, step)
        for mode in ("push", "twirl-right", "pinch", "bloat", "restore"):
            hand = Hand(mode, 10.0, 1.0, 0.5)
            for dab in hand.press(0, 0, 0.0) + hand.move(3, 2, 0.1):
                liquify.put(field, *liquify.dabbed(field, step, dab))
        canvas = Rect(0, 0, width, height)
        way = liquify.ways(field, step, canvas)
        if way is not None:
            place = liquify.reached(way, canvas, canvas)
            pixels = np.ones((place.height, place.width, 4), np.float32)
            assert np.array_equal(
                liquify.warped(pixels, place, way, canvas, canvas), np.ones((height, width, 4))
            )
    assert (
        liquify.step_for(1, 1) == 2
        and liquify.step_for(4096, 4096) == 4
        and liquify.step_for(16384, 16384) == 16
    )


def test_a_dab_beside_the_picture_does_nothing() -> None:
    area, _ = liquify.dabbed(still(), 2, Dab("push", -500.0, 20.0, 50.0, 0.0, 1.0, 5.0, 0.0))
    assert area.empty
