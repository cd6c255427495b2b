"""Filters that say at which values they change nothing: true for every pixel, and then they are not computed."""

from __future__ import annotations

import numpy as np
import pytest

from studio import recipe
from studio.document.artwork import Artwork
from studio.document.layer import Filter, Paint
from studio.filters import FILTERS
from studio.filters.catalogue import LISTED
from studio.raster.surface import Surface
from studio.render.renderer import Renderer

NEUTRAL = [name for name in LISTED if FILTERS[name].neutral]
SIDE = 96


def picture() -> np.ndarray:
    rng = np.random.default_rng(3)
    pixels = rng.random((SIDE, SIDE, 4), np.float32)
    pixels[..., 3] = np.clip(pixels[..., 3] * 2, 0, 1)
    pixels[:10, :10] = 0
    pixels[..., :3] *= pixels[..., 3:]
    return pixels


def parameters(name: str):
    return recipe.from_plain(FILTERS[name].parameters, dict(FILTERS[name].neutral))


def layer(name: str, **fields: object) -> Filter:
    kind = FILTERS[name]
    return Filter(name=name, recipe=recipe.store(name, kind.version, parameters(name)), **fields)  # type: ignore[arg-type]


def test_there_are_some() -> None:
    assert {"wavelet-denoise", "colour-fringes", "lens", "vignette-correction", "exposure"} <= set(NEUTRAL)


@pytest.mark.parametrize("name", NEUTRAL)
def test_at_these_values_every_pixel_stays(name: str) -> None:
    kind, values, pixels = FILTERS[name], parameters(name), picture()
    assert kind.changes_nothing(values)
    assert np.abs(kind.apply(pixels, values) - pixels).max() < 1e-3
    # and at no others by accident: each value that is named counts
    for field, value in kind.neutral:
        declared = next(one for one in recipe.parameters(kind.parameters) if one.name == field)
        other = value + (declared.step or 0.1)
        if declared.high is not None and other > declared.high:
            other = value - (declared.step or 0.1)
        moved = recipe.from_plain(kind.parameters, {**dict(kind.neutral), field: other})
        assert not kind.changes_nothing(moved)


@pytest.mark.parametrize("name", NEUTRAL)
@pytest.mark.parametrize("mode", ["normal", "multiply"])
def test_as_a_layer_it_is_not_computed(name: str, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    paint = Paint(name="Below", surface=Surface.from_pixels(picture()))
    renderer = Renderer()

    def seen(*layers: object) -> np.ndarray:
        artwork = Artwork(width=SIDE, height=SIDE, layers=(paint, *layers), precision="float32")  # type: ignore[arg-type]
        assert not renderer.whole_jobs(artwork)
        return renderer.compose(artwork, artwork.rect)

    def computed(*_args: object, **_more: object) -> np.ndarray:
        raise AssertionError("it is computed")

    monkeypatch.setattr(type(FILTERS[name]), "apply", computed)
    wanted = seen() if mode == "normal" else seen(paint.with_(id="twice", mode="multiply"))
    assert np.abs(seen(layer(name, mode=mode)) - wanted).max() < 1e-5
