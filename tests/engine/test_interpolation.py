"""The way from code to code, and frames along it."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import torch

from studio.engine.context import Context
from studio.engine.latent.interpolation import between, slerp, stations
from studio.engine.run import run
from studio.messages.events import Failed, Picture
from studio.messages.requests import Generate, Interpolate, Station


def test_a_third_of_a_right_angle_is_thirty_degrees() -> None:
    a, b = torch.tensor([[2.0, 0.0]]), torch.tensor([[0.0, 5.0]])
    wanted = 3 * torch.tensor([[math.cos(math.pi / 6), math.sin(math.pi / 6)]])
    assert torch.allclose(slerp(a, b, 1 / 3), wanted, atol=1e-6)
    assert slerp(a, b, 0.0) is a and slerp(a, b, 1.0) is b


def test_codes_on_the_way_are_as_long_as_those_taught() -> None:
    z = torch.randn(200, 2, 48, generator=torch.Generator().manual_seed(1))
    middle = slerp(z[:, 0], z[:, 1], 0.5).norm(dim=1).mean()
    assert torch.isclose(middle, z.norm(dim=2).mean(), rtol=1e-3)
    assert torch.lerp(z[:, 0], z[:, 1], 0.5).norm(dim=1).mean() < 0.8 * middle, "the straight way is not"


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_codes_on_one_line_go_straight(sign: float) -> None:
    a = torch.tensor([[1.0, 2.0]])
    assert torch.allclose(slerp(a, sign * a, 0.25), a * (0.75 + 0.25 * sign), atol=1e-6)


def test_a_loop_shows_no_station_twice() -> None:
    assert list(stations(2, 2, closed=True)) == [(0, 1, 0.0), (0, 1, 0.5), (1, 0, 0.0), (1, 0, 0.5)]
    assert list(stations(2, 2, closed=False)) == [(0, 1, 0.0), (0, 1, 0.5), (1, 1, 0.0)]


def test_stations_are_the_pictures_of_their_seeds(tiny: Path) -> None:
    sliders = {"mist": 1.0, "pca-1": 1.0}
    ends = tuple(Station(seed=seed, sliders=sliders) for seed in (3, 9))
    way = Interpolate(model="tiny", stations=ends, between=2, size=32)
    frames = [one for one in run(way, Context()) if isinstance(one, Picture)]
    alone = Generate(model="tiny", seeds=(3, 9), sliders=sliders, size=32)
    made = [one for one in run(alone, Context()) if isinstance(one, Picture)]
    assert len(frames) == 4
    assert frames[0].pixels == made[0].pixels and frames[2].pixels == made[1].pixels
    assert frames[1].pixels not in (made[0].pixels, made[1].pixels)


def test_sliders_change_evenly_from_end_to_end() -> None:
    start, end = (
        Station(seed=1, sliders={"mist": 2.0}, variety=0.5),
        Station(seed=2, sliders={"night": -1.0}, variety=1.0),
    )
    assert between(start, end, 0.0) == ({"mist": 2.0, "night": 0.0}, 0.5)
    assert between(start, end, 0.25) == ({"mist": 1.5, "night": -0.25}, 0.625)
    assert between(start, end, 1.0) == ({"mist": 0.0, "night": -1.0}, 1.0)


def test_one_seed_is_no_way(tiny: Path) -> None:
    failed = list(run(Interpolate(model="tiny", stations=(Station(seed=3),)), Context()))[-1]
    assert isinstance(failed, Failed) and failed.kind == "bad_request" and "two seeds" in failed.message
