"""What every filter must do; a filter is in here by being in the registry."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from studio import filters, recipe
from studio.document import edits
from studio.document.layer import Paint
from studio.filters import FILTERS, FilterKind
from studio.filters.catalogue import LISTED
from studio.filters.kind import finished
from studio.raster import resample
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.workspace.filter_targets import filtered
from tests.filters.case import CANVAS, PLACES, picture
from tests.filters.cases import CASES, GOLDEN

kinds = pytest.mark.parametrize("kind", FILTERS.values(), ids=list(FILTERS))
each_case = pytest.mark.parametrize(
    ("kind", "settings"),
    [(kind, settings) for kind in FILTERS.values() for settings in CASES[kind.name].settings],
    ids=lambda value: value.name if isinstance(value, FilterKind) else str(value),
)
two_cases = pytest.mark.parametrize(
    ("kind", "settings"),
    [
        pytest.param(kind, settings, marks=[pytest.mark.slow] if 0 < place < last else [])
        for kind in FILTERS.values()
        for last in [len(CASES[kind.name].settings) - 1]
        for place, settings in enumerate(CASES[kind.name].settings)
    ],
    ids=lambda value: value.name if isinstance(value, FilterKind) else str(value),
)
"""The first and the last case of each filter; ``--long`` takes all."""


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


@each_case
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


@two_cases
def test_alpha_rules(kind: FilterKind, settings: dict[str, Any]) -> None:
    source = picture()
    out = kind.apply(source, parameters_of(kind, settings))
    if CASES[kind.name].keeps_alpha:
        np.testing.assert_array_equal(out[..., 3], source[..., 3])
        assert not out[source[..., 3] == 0].any()
    opaque = source.copy()
    opaque[..., 3] = 1
    if not CASES[kind.name].opens:
        shown = kind.apply(opaque, parameters_of(kind, settings))[..., 3]
        np.testing.assert_allclose(shown, 1, atol=1e-5)
    nothing = np.zeros((20, 30, 4), np.float32)
    np.testing.assert_array_equal(kind.apply(nothing, parameters_of(kind, settings)), nothing)


@each_case
@pytest.mark.parametrize("size", [(1, 1), (1, 40), (37, 1), (3, 2)])
def test_tiny_pictures(kind: FilterKind, settings: dict[str, Any], size: tuple[int, int]) -> None:
    pixels = np.full((*size, 4), 0.5, np.float32)
    pixels[..., 3] = 1
    out = kind.apply(pixels, parameters_of(kind, settings), canvas=Rect(0, 0, size[1], size[0]))
    assert out.shape == pixels.shape
    assert np.isfinite(out).all()
    assert kind.apply(pixels[:0], parameters_of(kind, settings)).shape == (0, size[1], 4)


@each_case
def test_a_tile_with_its_reach_equals_the_whole(kind: FilterKind, settings: dict[str, Any]) -> None:
    parameters = parameters_of(kind, settings)
    if kind.needs_whole(parameters):
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
            for wanted in (None, part):
                out = kind.apply(read(source, needed), parameters, rect=needed, canvas=CANVAS, wanted=wanted)
                inner = part.move(-needed.left, -needed.top)
                np.testing.assert_array_equal(
                    out[inner.top : inner.bottom, inner.left : inner.right],
                    whole[part.top : part.bottom, part.left : part.right],
                )


@two_cases
def test_a_filter_in_steps_equals_the_filter(kind: FilterKind, settings: dict[str, Any]) -> None:
    source, parameters = picture(), parameters_of(kind, settings)
    whole = kind.apply(source, parameters, canvas=CANVAS)
    np.testing.assert_array_equal(finished(kind.steps(source, parameters, canvas=CANVAS)), whole)


@kinds
def test_whole_filters_yield_after_few_pixels_and_can_be_closed(kind: FilterKind) -> None:
    """What takes no time at 65 536 pixels a step is stopped within a tenth of a second in a picture of any size."""
    if not kind.whole:
        return
    parameters = parameters_of(kind, CASES[kind.name].settings[0])
    source = np.ascontiguousarray(np.tile(picture(512, 256), (2, 2, 1)))
    steps = kind.steps(source, parameters)
    count = sum(1 for _ in steps)
    assert count >= source.shape[0] * source.shape[1] / 65536
    for after in (1, count // 2, count - 1):
        steps = kind.steps(source, parameters)
        for _ in range(after):
            next(steps)
        steps.close()
    np.testing.assert_array_equal(source, np.tile(picture(512, 256), (2, 2, 1)))


@kinds
def test_a_soft_selection_mixes_before_and_after(kind: FilterKind) -> None:
    """Used once through a selection: before + s · (after − before) of premultiplied values, also where its edge is soft."""
    before = picture(72, 56)
    artwork = edits.from_picture(Surface.from_pixels(before), 72, 56, name="photo")
    layer, canvas = artwork.layers[0], artwork.rect
    assert isinstance(layer, Paint)
    parameters = parameters_of(kind, CASES[kind.name].settings[0])
    after = kind.apply(before, parameters, canvas=canvas)
    across, down = np.arange(72), np.arange(56)[:, None]
    soft = (np.clip(across - 8, 0, 32) / 32 * np.clip(50 - down, 0, 16) / 16).astype(np.float16)
    chosen = artwork.with_(selection=Mask(default=0.0).write(canvas, soft))
    done = finished(filtered(chosen, layer, kind, parameters)).read(canvas)
    weight = soft.astype(np.float32)[..., None]
    np.testing.assert_allclose(done, before + weight * (after - before), atol=1e-6)
    np.testing.assert_array_equal(done[soft == 0], before[soft == 0])
    np.testing.assert_array_equal(done[soft == 1], after[soft == 1])


@each_case
def test_what_is_not_finite_stays_where_it_is(kind: FilterKind, settings: dict[str, Any]) -> None:
    """NaN and infinity, in colour and in alpha, give finite pixels, and none further away than the reach are changed."""
    parameters, canvas = parameters_of(kind, settings), Rect(0, 0, 72, 56)
    sound = picture(72, 56)
    sound[5, 7] = 1
    reach = kind.reach(parameters)
    wanted = kind.apply(sound, parameters, canvas=canvas)
    far = np.ones((56, 72), bool)
    far[: 5 + reach + 1, : 7 + reach + 1] = False
    for broken in ((np.nan,) * 4, (np.inf, 0.5, 0.5, 1), (0.2, -np.inf, np.nan, 1), (0.3, 0.3, 0.3, np.inf)):
        source = sound.copy()
        source[5, 7] = broken
        out = kind.apply(source, parameters, canvas=canvas)
        assert np.isfinite(out).all(), broken
        if not kind.needs_whole(parameters):
            # a sum that runs over an infinity, taken as 65504, keeps a rounding of its own
            np.testing.assert_allclose(out[far], wanted[far], rtol=0, atol=1e-6, err_msg=str(broken))


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


def test_the_catalogue_lists_what_the_modules_declare() -> None:
    folder = Path(filters.__file__).parent
    declared = {}
    for path in folder.glob("*.py"):
        module = import_module(f"studio.filters.{path.stem}") if path.stem != "__init__" else None
        declared |= {kind.name: path.stem for kind in getattr(module, "KINDS", ())}
    assert declared == {one.name: one.module for one in LISTED.values()}


def test_a_start_loads_no_filter() -> None:
    script = "import sys, studio.workspace.actions as a; a.all_actions(); from studio.filters import FILTERS as f; print(len(f), len(f.loaded))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(len(LISTED)), "0"]
