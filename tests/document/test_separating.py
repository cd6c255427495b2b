"""Detail and colour apart: together they are the layer again."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits, separating
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Group, Locks, Paint
from studio.document.separating import Separation
from studio.filters.blur import GAUSSIAN_BLUR, GaussianBlur
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.render.renderer import Renderer


def noisy(alpha: bool, dtype: type = np.float16) -> Surface:
    rng = np.random.default_rng(5)
    pixels = rng.random((280, 300, 4)).astype(np.float32)
    pixels[..., 3] = np.clip(pixels[..., 3] * 1.6 - 0.2, 0, 1) if alpha else 1
    pixels[:40, :40] = (0, 0, 0, 0) if alpha else (1, 1, 1, 1)
    pixels[..., :3] *= pixels[..., 3:]
    return Surface.from_pixels(pixels.astype(dtype))


def split(layer: Paint, sigma: float) -> Artwork:
    artwork = Artwork(width=300, height=280, layers=(layer,), active=layer.id)
    if layer.surface.dtype == np.float32:
        artwork = artwork.with_(precision="float32")
    work = separating.split(layer.surface, Separation(sigma=sigma))
    while True:
        try:
            next(work)
        except StopIteration as end:
            low, high = end.value
            return separating.with_split(artwork, layer.id, low, high, ("Colour", "Detail"))


@pytest.mark.parametrize("alpha", [False, True])
@pytest.mark.parametrize("sigma", [0.5, 6.0, 40.0])
def test_both_together_are_the_layer(alpha: bool, sigma: float) -> None:
    layer = Paint(name="photo", surface=noisy(alpha))
    artwork = split(layer, sigma)
    assert [child.name for child in artwork.layers[0].children] == ["Colour", "Detail"]  # type: ignore[attr-defined]
    composed = Renderer().compose(artwork, artwork.rect)
    before = layer.surface.read(artwork.rect).astype(np.float32)
    np.testing.assert_array_equal(composed[..., 3], before[..., 3])
    assert np.abs(composed - before).max() < 1 / 1024


def test_a_float_picture_comes_back_far_closer() -> None:
    layer = Paint(name="photo", surface=noisy(False, np.float32))
    artwork = split(layer, 8.0)
    before = layer.surface.read(artwork.rect)
    assert np.abs(Renderer().compose(artwork, artwork.rect) - before).max() < 1e-6


def test_the_colour_is_the_blur_and_the_group_has_the_layers_look() -> None:
    layer = Paint(name="photo", surface=noisy(False), opacity=0.4, mode="multiply", label=3)
    artwork = split(layer, 5.0)
    group = artwork.layers[0]
    assert isinstance(group, Group)
    assert (group.name, group.opacity, group.mode, group.label) == ("photo", 0.4, "multiply", 3)
    inner = Rect(60, 60, 200, 200)
    around = inner.grow(20)
    blurred = GAUSSIAN_BLUR.apply(
        layer.surface.read(around).astype(np.float32), GaussianBlur(sigma=5.0), rect=around
    )[20:-20, 20:-20]
    colour = group.children[0]
    assert isinstance(colour, Paint)
    assert np.abs(colour.surface.read(inner).astype(np.float32) - blurred).max() < 1e-3
    detail = group.children[1]
    assert (detail.mode, detail.clipping, artwork.active) == ("linear-light", True, detail.id)


def test_what_has_no_pixels_of_its_own_is_refused() -> None:
    layer = Group(name="Group")
    artwork = Artwork(width=16, height=16, layers=(layer,), active=layer.id)
    with pytest.raises(EditError, match="no pixels of its own"):
        separating.separable(artwork, layer.id)
    paint = Paint(name="p", surface=noisy(False), locks=Locks(all=True))
    locked = edits.add_layer(artwork, paint)
    with pytest.raises(EditError, match="locked"):
        separating.separable(locked, paint.id)
