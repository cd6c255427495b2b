"""What a noise is like in numbers, as it is on this picture: its values, and how its power falls with frequency."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from studio import recipe
from studio.document import selecting
from studio.document.artwork import Artwork
from studio.document.layer import Fill, Filter
from studio.filters import FILTERS
from studio.filters.catalogue import LISTED
from studio.raster.colour import unpremultiply
from studio.raster.statistics import WEIGHTS
from studio.render.renderer import Renderer
from studio.synthesis.spectrum import Histogram, Spectrum, histogram, spectrum
from studio.workspace.noise_like import middle_of
from studio.workspace.tone_source import below, seen_by

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

SIDE = 512
"""Pixels of a side of what is measured, in the middle of the picture, at its full size."""
BINS = 128
PLAIN = 0.5
"""The grey on which a filter is measured where nothing lies below it."""
_LEAST = 1e-6


class Numbers(msgspec.Struct, frozen=True, eq=False):
    """``values``: of the luma, of a filter the difference that it makes. ``power``: None where all is alike, or the picture
    too small."""

    values: Histogram
    power: Spectrum | None


class Wanted(msgspec.Struct, frozen=True, eq=False):
    """``work`` for the render lane; ``key``: the numbers are others where one of these objects is another, or unequal text."""

    key: tuple[object, ...]
    work: Callable[[], Generator[None, None, Numbers]]


def is_noise(name: str) -> bool:
    """Whether a filter belongs to the family of noises."""
    return name in LISTED and LISTED[name].group == "noise"


def of_filter(studio: Studio) -> Wanted | None:
    """Of the noise that is tried, or of the selected filter layer; None where that is none, or is tried on a mask."""
    trial, picture = studio.filtering.trial, studio.current
    if trial is not None:
        artwork, layer_id, masked = trial.source()
        picture = trial.picture
    else:
        layer = studio.filtering.target
        if picture is None or layer is None:
            return None
        artwork, layer_id, masked = picture.document.artwork, layer.id, False
    layer = artwork.find(layer_id)
    if masked or not isinstance(layer, Filter) or not is_noise(layer.recipe.name):
        return None
    renderer, found = picture.renderer, layer
    key = (found.recipe.key, repr(found.recipe.parameters)), *seen_by(artwork, layer_id)
    return Wanted(key, lambda: _filtered(renderer, artwork, found))


def of_fill(studio: Studio, layer_id: str) -> Wanted | None:
    """Of a fill layer as it is shown now, whatever its place and mask."""
    picture = studio.current
    layer = picture.document.artwork.find(layer_id) if picture is not None else None
    if picture is None or not isinstance(layer, Fill):
        return None
    renderer, artwork = picture.renderer, picture.document.artwork
    plain = selecting.alone(artwork, layer_id)
    only = plain.with_(
        layers=(layer.with_(opacity=1.0, mode="normal", visible=True, clipping=False, mask=None, effects=()),)
    )
    return Wanted(((layer.recipe.key, repr(layer.recipe.parameters)),), lambda: _filled(renderer, only))


def _filtered(renderer: Renderer, artwork: Artwork, layer: Filter) -> Generator[None, None, Numbers]:
    """The filter's values, and what it does to the middle of the picture."""
    yield
    kind = FILTERS[layer.recipe.name]
    values = recipe.from_plain(kind.parameters, layer.recipe.parameters)
    area = middle_of(artwork.rect, SIDE)
    around = area if kind.needs_whole(values) else area.grow(kind.reach(values, 0)).intersect(artwork.rect)
    before = renderer.compose(below(artwork, layer.id), around, 0)
    yield
    clear = before[..., 3:] <= 0
    before = np.where(clear, np.array([PLAIN, PLAIN, PLAIN, 1.0], np.float32), before).astype(np.float32)
    after = kind.apply(
        before, values, rect=around, canvas=around if kind.needs_whole(values) else artwork.rect
    )
    yield
    inside = area.move(-around.left, -around.top)
    made = _luma(after) - _luma(before)
    return (yield from _measured(made[inside.top : inside.bottom, inside.left : inside.right], centred=True))


def _filled(renderer: Renderer, artwork: Artwork) -> Generator[None, None, Numbers]:
    yield
    pixels = renderer.compose(artwork, middle_of(artwork.rect, SIDE), 0)
    yield
    return (yield from _measured(_luma(pixels), centred=False))


def _luma(premultiplied: np.ndarray) -> np.ndarray:
    return unpremultiply(premultiplied)[..., :3] @ WEIGHTS


def _measured(plane: np.ndarray, *, centred: bool) -> Generator[None, None, Numbers]:
    """``centred``: values around 0, shown as far as all but a thousandth of them go; else those from 0 to 1."""
    plane = np.nan_to_num(plane, nan=0.0, posinf=0.0, neginf=0.0)
    far = max(float(np.quantile(np.abs(plane), 0.999)) * 1.1, 1 / 255) if centred else 1.0
    values = histogram(plane, BINS, -far if centred else 0.0, far)
    yield
    if values.sigma < _LEAST:
        return Numbers(values, None)
    try:
        return Numbers(values, spectrum(plane))
    except ValueError:  # too few pixels for a slope
        return Numbers(values, None)
