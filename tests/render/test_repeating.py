"""Pictures that repeat: filters see across the edge what a floor laid with the picture would show them."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document.artwork import Artwork
from studio.document.layer import Filter, Group, Layer, Paint, children_of
from studio.filters import FILTERS
from studio.raster.geometry import Rect, Region
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.recipe import Stored
from studio.render.renderer import Renderer
from studio.render.repeating import Axes, pieces, spread
from tests.render import trees

SIDE = 256
BOTH = {"tiles_x": True, "tiles_y": True}


def laid(artwork: Artwork) -> Artwork:
    """Three times three of the picture as one of its own, whose middle is the picture."""
    layers = tuple(_laid(layer, artwork, (0, 0)) for layer in artwork.layers)
    return Artwork(width=3 * artwork.width, height=3 * artwork.height, layers=layers)


def _laid(layer: Layer, artwork: Artwork, offset: tuple[int, int]) -> Layer:
    x, y = offset[0] + int(layer.transform[4]), offset[1] + int(layer.transform[5])
    here = artwork.rect.move(-x, -y)
    changed: dict = {"transform": (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)}
    if layer.mask is not None:
        changed["mask"] = Mask.from_pixels(np.tile(layer.mask.read(here), (3, 3)))
    if isinstance(layer, Paint):
        changed["surface"] = Surface.from_pixels(np.tile(layer.surface.read(here), (3, 3, 1)))
    if isinstance(layer, Group):
        changed["children"] = tuple(_laid(child, artwork, (x, y)) for child in children_of(layer))
    return layer.with_(**changed)


def middle(drawer: Renderer, artwork: Artwork) -> np.ndarray:
    return drawer.compose(laid(artwork), artwork.rect.move(artwork.width, artwork.height))


@pytest.mark.parametrize("seed", range(500, 512))
def test_random_trees_look_as_on_a_floor(seed: int) -> None:
    """Filters that reach: plain, clipped, in groups that pass through and that do not, over layers beyond the canvas."""
    artwork = trees.artwork(seed, size=(SIDE, 192)).with_(**BOTH)
    wanted = middle(Renderer(filters=trees.KINDS), artwork)
    drawer = Renderer(filters=trees.KINDS)
    whole = drawer.compose(artwork, artwork.rect)
    assert np.abs(whole - wanted).max() < 1e-5
    for part in (Rect(0, 0, 40, 40), Rect(200, 150, 256, 192), Rect(3, 100, 90, 192)):
        got = drawer.compose(artwork, part)
        assert np.abs(got - wanted[part.top : part.bottom, part.left : part.right]).max() < 1e-5


def blurred(sigma: float, **flags: bool) -> Artwork:
    """A bar at the left edge and one at the upper edge under a blur."""
    pixels = np.ones((SIDE, SIDE, 4), np.float16)
    pixels[:, :20, :3] = 0
    pixels[:10, :, 1] = 0.5
    blur = Filter(recipe=Stored(name="gaussian-blur", version=1, parameters={"sigma": sigma}))
    return Artwork(
        width=SIDE, height=SIDE, layers=(Paint(surface=Surface.from_pixels(pixels)), blur), **flags
    )


@pytest.mark.parametrize("sigma", [3.0, 20.0, 70.0])
@pytest.mark.parametrize("flags", [BOTH, {"tiles_x": True}, {"tiles_y": True}])
def test_a_blur_has_no_seam(sigma: float, flags: dict[str, bool]) -> None:
    artwork = blurred(sigma, **flags)
    got = Renderer(filters=FILTERS).compose(artwork, artwork.rect)
    across = np.abs(got[128, 0] - got[128, -1]).max()
    down = np.abs(got[0, 128] - got[-1, 128]).max()
    step = 0.4 / sigma  # what a blurred edge of height 1 changes from one pixel to the next, at most
    assert (across <= step) == flags.get("tiles_x", False)
    assert (down <= step) == flags.get("tiles_y", False) or sigma > 50  # half an edge: little at any rate
    if flags == BOTH:
        assert np.abs(got - middle(Renderer(filters=FILTERS), artwork)).max() < 2e-3


def test_a_dab_at_one_edge_is_drawn_at_the_other() -> None:
    """The view's tiles after an update are those that a fresh renderer draws, on both sides of the seam."""
    size = 3 * SIDE
    base = blurred(8.0, **BOTH).with_(width=size, height=size)
    ground = Paint(surface=Surface.from_pixels(np.ones((size, size, 4), np.float16)))
    before = base.with_(layers=(ground, base.layers[1]))
    black = np.zeros((30, 30, 4), np.float16)
    black[..., 3] = 1
    for place in (Rect.of(0, 300, 30, 30), Rect.of(size - 30, size - 30, 30, 30)):
        after = before.with_(
            layers=(ground.with_(surface=ground.surface.write(place, black)), base.layers[1])
        )
        for level in (0, 1):
            keys = [(x, y) for y in range(3 >> level or 1) for x in range(3 >> level or 1)]
            drawer = Renderer(filters=FILTERS)
            for key in keys:
                drawer.view_tile(before, key, level)
            drawer.update(after, Region([place]), level)
            for key in keys:
                fresh = Renderer(filters=FILTERS).view_tile(after, key, level)
                assert np.array_equal(drawer.view_tile(after, key, level).pixels, fresh.pixels), (key, level)


def test_where_the_parts_beyond_an_edge_are_found() -> None:
    canvas = Rect(0, 0, 100, 80)
    assert not list(pieces(Rect(0, 0, 100, 80), canvas, Axes(True, True)))
    assert not list(pieces(Rect(-5, 0, 100, 80), canvas, Axes(False, True)))
    found = dict(pieces(Rect(-5, 10, 20, 20), canvas, Axes(True, False)))
    assert found == {Rect(-5, 10, 0, 20): Rect(95, 10, 100, 20)}
    corner = dict(pieces(Rect(95, 75, 110, 90), canvas, Axes(True, True)))
    assert corner[Rect(100, 80, 110, 90)] == Rect(0, 0, 10, 10) and len(corner) == 3
    grown = spread(Region([Rect(90, 10, 106, 20)]), canvas, Axes(True, False))
    assert grown.bounds == Rect(0, 10, 106, 20)
