"""Places of layers: joined transforms are one, the way back is exact, frames hold what shows."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.document import edits, placing
from studio.document.artwork import Artwork
from studio.document.edits import EditError
from studio.document.layer import IDENTITY, Fill, Generated, Group, Layer, Locks, Paint, Shape, Text, Variant
from studio.raster import perspective, warp
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.warp import Bend
from studio.recipe import Stored

FRAME = (0.0, 0.0, 60.0, 40.0)
QUAD = ((3.0, 2.0), (58.0, 6.0), (55.0, 37.0), (-4.0, 41.0))
RECIPE = Stored(name="fill-colour", version=1, parameters={"colour": (1, 0, 0, 1)})


def surface(width=60, height=40, left=0, top=0):
    return Surface.from_pixels(np.ones((height, width, 4), np.float16), left, top)


def kinds() -> list[Layer]:
    pixels = surface()
    variant = Variant(seed=1, surface=pixels, width=60, height=40)
    return [
        Paint(surface=pixels),
        Text(text="山水", cache=pixels),
        Shape(path="M0 0H60V40Z", cache=pixels),
        Generated(recipe=RECIPE, model="m", variants=(variant,)),
        Fill(recipe=RECIPE),
        Group(children=(Paint(surface=pixels),), transform=(1, 0, 0, 1, 5, 6)),
    ]


def only(layer: Layer) -> Artwork:
    return edits.add_layer(edits.new_artwork(200, 150, background=None), layer)


def chain(matrix) -> warp.Warp:
    return warp.bent((), matrix)


def turned(degrees, scale=1.0, x=0.0, y=0.0):
    c, s = scale * math.cos(math.radians(degrees)), scale * math.sin(math.radians(degrees))
    return perspective.of_affine((c, s, -s, c, x, y))


@pytest.mark.parametrize("layer", kinds(), ids=lambda layer: type(layer).__name__)
def test_ten_transforms_and_back_are_none(layer):
    artwork = only(layer)
    before = artwork.layers[-1]
    for step in range(10):
        artwork = placing.placed(artwork, [layer.id], chain(turned(13 + step, 1.07, 3.3, -2.1)))
    after = artwork.layers[-1]
    assert after.transform != before.transform
    for step in reversed(range(10)):
        back = perspective.inverted(turned(13 + step, 1.07, 3.3, -2.1))
        artwork = placing.placed(artwork, [layer.id], chain(back))
    assert artwork.layers[-1].transform == before.transform
    assert artwork.layers[-1].warp == ()


def test_ten_turns_by_36_degrees_are_none():
    artwork = only(kinds()[0])
    for _ in range(10):
        artwork = placing.placed(artwork, [artwork.active], chain(turned(36)))
    assert artwork.layers[-1].transform == IDENTITY


def test_perspectives_become_one_and_with_their_inverses_none():
    artwork = only(kinds()[0])
    matrix = perspective.to_quad(FRAME, QUAD)
    for _ in range(3):
        artwork = placing.placed(artwork, [artwork.active], chain(matrix))
    assert len(artwork.layers[-1].warp) == 1
    for _ in range(3):
        artwork = placing.placed(artwork, [artwork.active], chain(perspective.inverted(matrix)))
    assert artwork.layers[-1].warp == ()
    assert artwork.layers[-1].transform == IDENTITY


numbers = st.floats(-3, 3)


@given(st.tuples(*[numbers] * 6), st.tuples(*[numbers] * 6))
@settings(deadline=None)
def test_two_transforms_are_one_after_the_other(first, second):
    layer = kinds()[0]
    artwork = only(layer)
    for affine in (first, second):
        artwork = placing.placed(artwork, [layer.id], chain(perspective.of_affine(affine)))
    points = np.array([[10.0, 5.0], [40.0, 30.0]])
    expected = perspective.mapped(
        perspective.of_affine(second), perspective.mapped(perspective.of_affine(first), points)
    )
    assert np.allclose(placing.to_document(artwork, layer.id, points), expected, atol=1e-3)


def test_inside_a_moved_group_the_document_counts():
    child = Paint(surface=surface())
    group = Group(children=(child,), transform=(2, 0, 0, 2, 30, 10))
    artwork = placing.placed(only(group), [child.id], chain(perspective.of_affine((1, 0, 0, 1, 8, 6))))
    assert artwork.find(child.id).transform == (1, 0, 0, 1, 4, 3)


@pytest.mark.parametrize("nested", [False, True])
def test_a_group_is_bent_as_one(nested):
    child = Paint(surface=surface())
    group = Group(
        children=(child,), transform=(1.5, 0.2, 0, 1, 5, 6), mask=Mask.from_pixels(np.ones((40, 60)))
    )
    if nested:
        group = Group(children=(group,), transform=(1, 0, 0.1, 1, -3, 2))
    artwork = only(group)
    points = np.array([[10.0, 5.0], [40.0, 30.0]])
    before = placing.to_document(artwork, child.id, points)
    matrix = perspective.to_quad((0, 0, 100, 100), ((2, 1), (96, 7), (101, 99), (-8, 88)))
    mesh = warp.regular((0.0, 0.0, 120.0, 80.0), 2, 2).moved(4, (66.0, 35.0))
    bends = warp.meshed(warp.bent((), matrix), mesh)
    after = placing.placed(artwork, [group.id], bends)
    assert np.allclose(placing.to_document(after, child.id, points), warp.forward(bends, before), atol=1e-6)
    masked = next(layer for layer in after.walk() if layer.mask is not None)
    assert masked.warp
    assert np.allclose(placing.to_layer(after, child.id, warp.forward(bends, before)), points, atol=0.05)


def test_layers_inside_a_chosen_group_are_moved_once():
    child = Paint(surface=surface())
    group = Group(children=(child,))
    artwork = placing.placed(
        only(group), [child.id, group.id], chain(perspective.of_affine((1, 0, 0, 1, 8, 6)))
    )
    assert artwork.find(child.id).transform == IDENTITY
    assert artwork.find(group.id).transform == (1, 0, 0, 1, 8, 6)


@pytest.mark.parametrize("locks", [Locks(all=True), Locks(position=True)])
def test_locked_layers_stay(locks):
    child = Paint(surface=surface(), locks=locks)
    group = Group(children=(child,))
    for target in (child, group):
        with pytest.raises(EditError, match="locked"):
            placing.placed(only(group), [target.id], chain(turned(5)))


def test_the_frame_is_exact():
    layer = Paint(surface=surface(30, 20, 300, 270))
    assert placing.content_of(layer.surface) == Rect.of(300, 270, 30, 20)
    artwork = only(layer.with_(transform=(2, 0, 0, 2, 5, 5)))
    assert placing.frame_of(artwork, [layer.id]) == (605, 545, 665, 585)
    group = Group(children=(layer, Paint(surface=surface(10, 10))), transform=(1, 0, 0, 1, 1, 1))
    assert placing.frame_of(only(group), [group.id]) == (1, 1, 331, 291)
    empty = Group()
    assert placing.frame_of(only(empty), [empty.id]) is None


@given(st.integers(-300, 300), st.integers(-300, 300), st.integers(1, 600), st.integers(1, 600))
@settings(deadline=None, max_examples=20)
def test_the_content_of_a_grid_is_what_was_written(left, top, width, height):
    assert placing.content_of(surface(width, height, left, top)) == Rect.of(left, top, width, height)


def test_an_affine_bend_is_a_transform():
    layer = Paint(surface=surface(), warp=(Bend(perspective.to_quad(FRAME, QUAD)),))
    moved = placing.placed_layer(layer, chain(perspective.of_affine((1, 0, 0, 1, 3, 4))))
    assert moved.warp == layer.warp
    assert moved.transform == (1, 0, 0, 1, 3, 4)


def test_a_very_large_picture_is_framed_by_its_canvas():
    artwork = edits.new_artwork(30_000, 20_000)
    assert placing.frame_of(artwork, [artwork.active]) == (0, 0, 30_000, 20_000)


def test_a_fill_follows_a_bend_and_its_mask_is_bent():
    mask = Mask.from_pixels(np.ones((40, 60)), 20, 30, default=0.0)
    layer = Fill(recipe=RECIPE, mask=mask, transform=(1.0, 0.1, 0.0, 1.0, 2.0, 3.0))
    artwork = only(layer)
    matrix = perspective.to_quad((0.0, 0.0, 200.0, 150.0), ((5, 3), (190, 12), (180, 140), (-6, 152)))
    points = np.array([[25.0, 35.0], [70.0, 60.0]])
    before = placing.to_document(artwork, layer.id, points)
    after = placing.placed(artwork, [layer.id], chain(matrix))
    expected = perspective.mapped(matrix, before)
    assert np.allclose(placing.to_document(after, layer.id, points), expected, atol=1e-4)
    moved = perspective.of_affine(after.find(layer.id).transform)
    centre = perspective.mapped_point(matrix, 100, 75)
    old = perspective.mapped_point(perspective.inverted(perspective.of_affine(layer.transform)), 100, 75)
    assert perspective.mapped_point(moved, *old) == pytest.approx(centre, abs=1e-3)
