"""The rule-made landscapes: same z, same picture, at every size and in every batch; true factors and captions."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as functional

from studio.engine.datasets import shanshui
from studio.engine.datasets.make import landscape, picture
from studio.messages.landscape import Landscape
from studio.recipe import RecipeError, parameters

pytestmark = pytest.mark.filterwarnings("error")


def test_a_seed_gives_the_same_numbers_alone_and_in_a_batch() -> None:
    together = shanshui.latents((3, 7, 11))
    assert torch.equal(together[1], shanshui.latents((7,))[0])
    assert together.shape == (3, shanshui.LATENT_SIZE)


def test_a_picture_does_not_depend_on_its_batch() -> None:
    z = shanshui.latents(range(5))
    together = shanshui.paint(z, 48)
    for index in range(5):
        alone = shanshui.paint(z[index : index + 1], 48)
        assert (together[index : index + 1] - alone).abs().max() < 1e-4


def test_pictures_are_finite_in_range_and_differ() -> None:
    pictures = shanshui.paint(shanshui.latents(range(12)), 32)
    assert torch.isfinite(pictures).all()
    assert pictures.min() >= 0 and pictures.max() <= 1
    assert pictures.std(0).mean() > 0.05


def test_extreme_numbers_still_paint() -> None:
    z = torch.full((2, shanshui.LATENT_SIZE), 6.0)
    z[1] = -6.0
    pictures = shanshui.paint(z, 64)
    assert torch.isfinite(pictures).all()


def test_two_sizes_show_the_same_composition() -> None:
    z = shanshui.latents(range(6))
    small, large = shanshui.paint(z, 64), functional.avg_pool2d(shanshui.paint(z, 256), 4)
    assert (small - large).abs().mean() < 0.03
    others = small.roll(1, 0)
    assert (small - large).abs().mean() < 0.3 * (others - large).abs().mean()


def test_a_wide_picture_keeps_the_height_of_its_shore() -> None:
    z = shanshui.latents((5,))
    wide = shanshui.paint(z, 40, 90)
    assert wide.shape == (1, 3, 40, 90)
    assert torch.isfinite(wide).all()


def test_night_is_darker_and_snow_is_whiter() -> None:
    z = torch.zeros(2, shanshui.LATENT_SIZE)
    z[1, shanshui.SLIDERS.index("night")] = 3.0
    day, night = shanshui.paint(z, 32).mean((1, 2, 3)).tolist()
    assert night < 0.7 * day
    z[1, shanshui.SLIDERS.index("night")] = 0.0
    z[1, shanshui.SLIDERS.index("snow")] = 3.0
    ridge = shanshui.paint(z, 64)[:, :, 34:42]
    assert ridge[1].mean() > ridge[0].mean() + 0.03


def test_the_water_line_rises_with_its_factor() -> None:
    named = shanshui.factors(
        torch.stack([torch.full((shanshui.LATENT_SIZE,), value) for value in (-1.5, 1.5)])
    )
    assert named["water"][1] > named["water"][0] + 0.5


def test_captions_name_the_style_in_two_languages() -> None:
    z = torch.full((3, shanshui.LATENT_SIZE), -1.5)
    z[1, shanshui.SLIDERS.index("night")] = 3.0
    z[2, shanshui.SLIDERS.index("pigment")] = 2.0
    assert shanshui.styles(z) == ["ink", "night", "blue-green"]
    captions = shanshui.captions(z)
    assert captions[0].zh.startswith("水墨山水") and "ink wash" in captions[0].en
    assert captions[1].zh.startswith("夜色山水") and "night" in captions[1].en
    z[1, shanshui.LATENTS.index("sun_shown")] = 2.0
    assert "明月当空" in shanshui.captions(z)[1].zh


def test_a_made_picture_follows_its_parameters() -> None:
    assert picture(3, 50, 30).shape == (30, 50, 3)
    assert (
        picture(3, 40, 40, Landscape(night=3.0)).mean()
        < 0.8 * picture(3, 40, 40, Landscape(night=-2.0)).mean()
    )
    with pytest.raises(RecipeError, match="mist"):
        picture(3, 40, 40, Landscape(mist=9.0))


@pytest.mark.parametrize("style", shanshui.STYLES)
def test_a_style_governs_whatever_the_seed(style: str) -> None:
    z = shanshui.in_style(shanshui.latents(range(40)), style)
    assert shanshui.styles(z) == [style] * 40
    assert len({row.numpy().tobytes() for row in z}) == 40, "each seed is its own picture still"


def test_every_declared_factor_moves_the_picture_and_nothing_said_changes_nothing() -> None:
    plain = landscape(14, 48, 48, Landscape())
    assert np.array_equal(plain, shanshui.paint(shanshui.latents((14,)), 48)[0].permute(1, 2, 0).numpy())
    names = [one.name for one in parameters(Landscape)]
    assert names[0] == "style" and len(names) == 17
    for name in names[1:]:
        # green is a matter of the blue-green style
        look = {"style": "blue-green"} if name in ("green", "pigment") else {}
        low, high = (landscape(14, 48, 48, Landscape(**look, **{name: value})) for value in (-3.0, 3.0))
        assert np.abs(low - high).max() > 0.02, name
