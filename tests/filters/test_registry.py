"""What every filter must do; a filter is in here by being in the registry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
import pytest

from studio import recipe
from studio.filters import FILTERS, FilterKind
from studio.raster import resample
from studio.raster.geometry import Rect

CANVAS = Rect(0, 0, 300, 280)


@dataclass(frozen=True)
class Case:
    """Settings a filter is tried with, what it may do to alpha, how far a level may differ from level 0."""

    settings: tuple[dict[str, Any], ...]
    keeps_alpha: bool
    level_tolerance: float


CASES = {
    "gaussian-noise": Case(
        settings=(
            {"mean": 0.02, "sigma": 0.1, "seed": 11},
            {"sigma": 0.2, "channels": "shared"},
            {"sigma": 0.0, "mean": -0.5},
        ),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "uniform-noise": Case(
        settings=({"amount": 0.2, "seed": 11}, {"amount": 1.0, "channels": "shared"}, {"amount": 0.0}),
        keeps_alpha=True,
        level_tolerance=0.03,
    ),
    "gaussian-blur": Case(
        settings=({"sigma": 2.5}, {"sigma": 0.0}, {"sigma": 0.6}, {"sigma": 11.0}, {"sigma": 45.0}),
        keeps_alpha=False,
        level_tolerance=0.02,
    ),
    "auto-contrast": Case(
        settings=({"low": 1.0, "high": 2.0}, {"low": 0.0, "high": 0.0, "channels": "per-channel"}),
        keeps_alpha=True,
        level_tolerance=0.06,  # fine texture is averaged away before it is measured
    ),
}

PLACES = ((0, 0), (100, 17), (255, 256), (279, 299))
GOLDEN = {
    "gaussian-noise@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.26305, 0.60331, 0.14479, 1.00000],
        [0.75601, 0.34659, 0.46915, 1.00000],
        [0.53863, 0.31386, 0.25401, 1.00000],
    ],
    "uniform-noise@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.20838, 0.37510, 0.36835, 1.00000],
        [0.45414, 0.52609, 0.47826, 1.00000],
        [0.75721, 0.11363, 0.05323, 1.00000],
    ],
    "gaussian-blur@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.22834, 0.56667, 0.18495, 1.00000],
        [0.62667, 0.36001, 0.44380, 1.00000],
        [0.67471, 0.30732, 0.13097, 1.00000],
    ],
    "auto-contrast@1": [
        [0.00000, 0.00000, 0.00000, 0.00000],
        [0.21473, 0.76357, 0.13544, 1.00000],
        [0.88618, 0.45360, 0.55762, 1.00000],
        [0.84975, 0.24900, 0.03896, 1.00000],
    ],
}
"""Pixels (y, x) of :func:`picture` filtered with the first settings. When they change, the version must rise and its
pixels stand here under the new name@version."""

kinds = pytest.mark.parametrize("kind", FILTERS.values(), ids=list(FILTERS))
cases = pytest.mark.parametrize(
    ("kind", "settings"),
    [(kind, settings) for kind in FILTERS.values() for settings in CASES[kind.name].settings],
    ids=lambda value: value.name if isinstance(value, FilterKind) else str(value),
)


def picture(width: int = CANVAS.width, height: int = CANVAS.height) -> np.ndarray:
    """Slopes, fine texture, transparent and half transparent places; premultiplied."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    alpha = np.clip((x + y) / 60 - 0.5, 0, 1)
    texture = 0.1 * np.sin(x * 1.3) * np.cos(y * 0.9)
    colours = [
        0.2 + 0.5 * x / 300 + texture,
        0.7 - 0.4 * y / 300 + texture,
        0.3 + 0.2 * np.sin(x / 40 + y / 30),
    ]
    return np.stack([*(np.clip(c, 0, 1) * alpha for c in colours), alpha], -1).astype(np.float32)


def parameters_of(kind: FilterKind, settings: dict[str, Any]) -> Any:
    return recipe.from_plain(kind.parameters, settings)


def test_every_filter_has_a_case_here() -> None:
    assert set(CASES) == set(FILTERS)


@kinds
def test_a_filter_declares_itself_completely(kind: FilterKind) -> None:
    assert FILTERS[kind.name] is kind
    assert kind.key == f"{kind.name}@{kind.version}"
    assert kind.title
    assert len(kind.description.split()) > 12
    assert "\n" not in kind.description
    assert recipe.parameters(kind.parameters)
    for parameter in recipe.parameters(kind.parameters):
        assert parameter.title != parameter.name
        assert parameter.default is not None
    recipe.check(kind.parameters())


@cases
def test_the_same_recipe_gives_the_same_pixels_and_leaves_its_input(
    kind: FilterKind, settings: dict[str, Any]
) -> None:
    source = picture()
    source.setflags(write=False)
    parameters = parameters_of(kind, settings)
    once, again = kind.apply(source, parameters), kind.apply(source, parameters)
    assert once.dtype == np.float32
    assert once.shape == source.shape
    assert once is not source
    assert np.isfinite(once).all()
    np.testing.assert_array_equal(once, again)
    np.testing.assert_array_equal(source, picture())


@cases
def test_alpha_rules(kind: FilterKind, settings: dict[str, Any]) -> None:
    source = picture()
    out = kind.apply(source, parameters_of(kind, settings))
    if CASES[kind.name].keeps_alpha:
        np.testing.assert_array_equal(out[..., 3], source[..., 3])
        assert not out[source[..., 3] == 0].any()
    opaque = source.copy()
    opaque[..., 3] = 1
    np.testing.assert_allclose(kind.apply(opaque, parameters_of(kind, settings))[..., 3], 1, atol=1e-5)
    nothing = np.zeros((20, 30, 4), np.float32)
    np.testing.assert_array_equal(kind.apply(nothing, parameters_of(kind, settings)), nothing)


@cases
@pytest.mark.parametrize("size", [(1, 1), (1, 40), (37, 1), (3, 2)])
def test_tiny_pictures(kind: FilterKind, settings: dict[str, Any], size: tuple[int, int]) -> None:
    pixels = np.full((*size, 4), 0.5, np.float32)
    pixels[..., 3] = 1
    out = kind.apply(pixels, parameters_of(kind, settings), canvas=Rect(0, 0, size[1], size[0]))
    assert out.shape == pixels.shape
    assert np.isfinite(out).all()
    assert kind.apply(pixels[:0], parameters_of(kind, settings)).shape == (0, size[1], 4)


@cases
def test_a_tile_with_its_reach_equals_the_whole(kind: FilterKind, settings: dict[str, Any]) -> None:
    parameters = parameters_of(kind, settings)
    if kind.whole:
        assert kind.reach(parameters) == 0
        return
    source = picture()
    whole = kind.apply(source, parameters, canvas=CANVAS)
    reach = kind.reach(parameters)
    for part in (
        Rect(0, 0, 256, 256),
        Rect(256, 0, 300, 256),
        Rect(101, 97, 149, 145),
        Rect(290, 270, 300, 280),
    ):
        for needed in (part.grow(reach), part.grow(reach).intersect(CANVAS)):
            out = kind.apply(read(source, needed), parameters, rect=needed, canvas=CANVAS)
            inner = part.move(-needed.left, -needed.top)
            np.testing.assert_array_equal(
                out[inner.top : inner.bottom, inner.left : inner.right],
                whole[part.top : part.bottom, part.left : part.right],
            )


def read(pixels: np.ndarray, rect: Rect) -> np.ndarray:
    """``rect`` of the picture, transparent outside it."""
    out = np.zeros((rect.height, rect.width, 4), np.float32)
    part = rect.intersect(CANVAS)
    inner = part.move(-rect.left, -rect.top)
    out[inner.top : inner.bottom, inner.left : inner.right] = pixels[
        part.top : part.bottom, part.left : part.right
    ]
    return out


def out_of_range() -> list[Any]:
    wrong = []
    for kind in FILTERS.values():
        for parameter in recipe.parameters(kind.parameters):
            if parameter.low is not None and parameter.high is not None:
                wrong += [(kind, parameter.name, value) for value in (parameter.low - 1, parameter.high + 1)]
                if parameter.kind == "float":
                    wrong.append((kind, parameter.name, float("nan")))
            if parameter.kind == "choice":
                wrong.append((kind, parameter.name, "no such choice"))
    return wrong


@pytest.mark.parametrize(
    ("kind", "name", "value"), out_of_range(), ids=lambda v: v.name if isinstance(v, FilterKind) else str(v)
)
def test_a_parameter_outside_its_range_is_refused(kind: FilterKind, name: str, value: Any) -> None:
    with pytest.raises(recipe.RecipeError, match=name):
        kind.apply(picture(4, 4), msgspec.structs.replace(kind.parameters(), **{name: value}))


@kinds
def test_pixels_that_do_not_fit_are_refused(kind: FilterKind) -> None:
    for pixels, rect in ((picture().astype(np.float16), None), (picture(), Rect(0, 0, 5, 5))):
        with pytest.raises(ValueError, match=kind.name):
            kind.apply(pixels, kind.parameters(), rect=rect)


@kinds
@pytest.mark.parametrize("level", [1, 2])
def test_a_level_looks_like_the_whole_made_smaller(kind: FilterKind, level: int) -> None:
    """Means of 16 × 16 blocks and their spread agree between level 0 made smaller and the filter run at the level."""
    parameters = parameters_of(kind, CASES[kind.name].settings[0])
    source = np.ascontiguousarray(picture()[24:280, 44:300])
    small_source = resample.mip_chain(source, level)[level]
    expected = resample.mip_chain(kind.apply(source, parameters), level)[level]
    got = kind.apply(small_source, parameters, scale=level)
    block = 16
    shape = (got.shape[0] // block, block, got.shape[1] // block, block, 4)
    for measure in (np.mean, np.std):
        difference = measure(got.reshape(shape), axis=(1, 3)) - measure(expected.reshape(shape), axis=(1, 3))
        assert np.abs(difference).max() < CASES[kind.name].level_tolerance


@kinds
def test_pixels_of_this_version(kind: FilterKind) -> None:
    golden = GOLDEN[kind.key]
    out = kind.apply(picture(), parameters_of(kind, CASES[kind.name].settings[0]), canvas=CANVAS)
    np.testing.assert_allclose([out[place] for place in PLACES], golden, atol=1 / 1024)
