"""The print in spot inks: separations against their formula, covers, plates out of place."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from studio import recipe
from studio.filters import FILTERS, spot_inks
from studio.filters.kind import finished
from studio.filters.planes import to_light
from studio.filters.spot_inks import SpotInks
from studio.raster.colour import srgb_to_linear

KIND = FILTERS["spot-inks"]


def printed(rgb: Any, size: int = 240, **settings: Any) -> np.ndarray:
    pixels = np.ones((size, size, 4), np.float32) * np.float32([*rgb, 1])
    return KIND.apply(pixels, recipe.from_plain(KIND.parameters, settings))[..., :3]


def test_paper_is_left_bare_and_a_full_ink_is_the_ink() -> None:
    paper = SpotInks().paper
    np.testing.assert_allclose(printed(paper, 64, shift=0.0), np.broadcast_to(paper, (64, 64, 3)), atol=0.012)
    ink = SpotInks().ink_2
    got = srgb_to_linear(printed(ink, softness=0.0, period=12.0).astype(np.float64)).mean((0, 1))
    np.testing.assert_allclose(got, srgb_to_linear(np.minimum(ink, paper)), atol=0.04)


def test_separations_bring_the_colour_nearest() -> None:
    """No single share changed by itself comes nearer."""
    parameters = SpotInks(inks=4)
    inks, paper = spot_inks.inks_of(parameters), parameters.paper
    targets = to_light(np.random.default_rng(2).random((60, 3)).astype(np.float32))
    amounts = spot_inks.separated(targets, inks, paper)
    assert amounts.min() >= 0 and amounts.max() <= 1
    ground = spot_inks.light_of(paper)
    taken = [1 - np.clip(spot_inks.light_of(ink) / ground, 0, 1) for ink in inks]

    def error(shares: np.ndarray) -> np.ndarray:
        light = np.broadcast_to(ground, targets.shape)
        for index, part in enumerate(taken):
            light = light * (1 - shares[:, index, None] * part)
        return (((light - targets) / (targets + 0.05)) ** 2).sum(1)

    best = error(amounts)
    for index in range(4):
        for way in (-0.05, 0.05):
            moved = amounts.copy()
            moved[:, index] = np.clip(moved[:, index] + way, 0, 1)
            assert (error(moved) >= best - 2e-3).all()


@pytest.mark.parametrize("rgb", [(0.3, 0.5, 0.7), (0.8, 0.6, 0.3), (0.6, 0.4, 0.5)])
def test_the_print_shows_its_light_from_afar(rgb: tuple[float, ...]) -> None:
    parameters = SpotInks()
    target = to_light(np.array([rgb], np.float32))
    shares = spot_inks.separated(target, spot_inks.inks_of(parameters), parameters.paper)[0]
    ground = spot_inks.light_of(parameters.paper)
    expected = ground.copy()
    for share, ink in zip(shares, spot_inks.inks_of(parameters), strict=True):
        expected = expected * (1 - share * (1 - np.clip(spot_inks.light_of(ink) / ground, 0, 1)))
    got = srgb_to_linear(printed(rgb, softness=0.0, period=12.0).astype(np.float64)).mean((0, 1))
    np.testing.assert_allclose(got, expected, atol=0.03)


def test_plates_are_out_of_place_by_the_shift_and_the_seed() -> None:
    for far in (0.0, 6.0, 20.0):
        moves = np.array(spot_inks.plates(SpotInks(inks=5, shift=far)))
        long = np.hypot(*moves.T)
        assert (long <= far + 1e-9).all() and (long >= 0.35 * far - 1e-9).all()
    assert spot_inks.plates(SpotInks(seed=1)) != spot_inks.plates(SpotInks(seed=2))
    pixels = np.ones((80, 80, 4), np.float32)
    pixels[30:50, 30:50, :3] = 0
    still = KIND.apply(pixels, SpotInks(shift=0.0, softness=0.0, period=2.0))
    moved = KIND.apply(pixels, SpotInks(shift=8.0, softness=0.0, period=2.0))
    dark = [np.argwhere(np.abs(one[..., :3] - SpotInks().paper).max(-1) > 0.2) for one in (still, moved)]
    assert np.ptp(dark[0], axis=0).max() <= 21 < np.ptp(dark[1], axis=0).max() + 1


def test_a_shape_on_nothing_keeps_its_opacity_and_no_ink_runs_out() -> None:
    pixels = np.zeros((60, 60, 4), np.float32)
    pixels[20:40, 20:40] = (0.2, 0.1, 0.1, 1)
    got = KIND.apply(pixels, SpotInks(shift=5.0))
    np.testing.assert_array_equal(got[..., 3], pixels[..., 3])
    assert not got[:20].any()


def test_the_table_of_new_inks_is_made_in_steps_and_kept() -> None:
    inks, paper = ((0.1, 0.2, 0.3), (0.4, 0.1, 0.123)), (1.0, 0.99, 0.98)
    steps = spot_inks.separations(inks, paper)
    made = sum(1 for _ in steps)
    assert made == spot_inks.SWEEPS * len(inks)
    again = spot_inks.separations(inks, paper)
    assert list(again) == [] and finished(spot_inks.separations(inks, paper)).shape == (
        spot_inks.LEVELS**3,
        2,
    )
    for number in range(10):
        finished(spot_inks.separations((inks[0],), (0.9, 0.9, number / 10)))
    assert len(spot_inks._tables) <= 8
