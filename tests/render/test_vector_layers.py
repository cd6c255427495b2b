"""Gradient fills and shapes in a picture: right at every level, under transforms, and drawn again when they change."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from studio.document import effects
from studio.document.artwork import Artwork
from studio.document.changes import changed
from studio.document.layer import Fill, Group, Shape
from studio.raster import gradient, path_data, shapes
from studio.raster.geometry import Rect
from studio.raster.resample import halve
from studio.raster.vector import ShapeStyle
from studio.raster.warp import bent
from studio.recipe import RecipeError, Stored
from studio.render.renderer import Renderer
from studio.synthesis import fills

STOPS = ((0.0, 1.0, 0.0, 0.0, 1.0), (1.0, 0.0, 0.0, 1.0, 0.5))
VALUES = fills.FillGradient(kind="radial", x0=100, y0=80, x1=300, y1=120, stops=STOPS)


def gradient_layer(**fields) -> Fill:
    return Fill(recipe=fills.GRADIENT.stored(VALUES), **fields)


def star(**fields) -> Shape:
    style = msgspec.to_builtins(ShapeStyle(fill=(1, 0, 0, 1), stroke=(0, 0, 0, 1), width=5))
    return Shape(path=path_data.written(shapes.polygon(60, 40, 200, 180, 5, 0.5)), style=style, **fields)


def artwork(*layers) -> Artwork:
    return Artwork(width=500, height=400, layers=layers, active=layers[-1].id)


def flat(art: Artwork, level: int = 0) -> np.ndarray:
    return Renderer().compose(art, art.rect.at_level(level), level)


def test_a_gradient_layer_shows_its_formula() -> None:
    expected = gradient.paint(STOPS, "radial", (100, 80), (300, 120), Rect(0, 0, 500, 400), space="oklab")
    np.testing.assert_allclose(flat(artwork(gradient_layer())), expected, atol=1e-5)


def test_a_moved_gradient_moves() -> None:
    plain, moved = (
        flat(artwork(gradient_layer())),
        flat(artwork(gradient_layer(transform=(1, 0, 0, 1, 40.5, 10)))),
    )
    np.testing.assert_allclose(
        moved[50:, 60:], plain[40:-10, 20:-40] * 0.5 + plain[40:-10, 19:-41] * 0.5, atol=8e-3
    )


def test_a_coarser_level_is_the_picture_made_smaller() -> None:
    for layer in (gradient_layer(), star()):
        fine = flat(artwork(layer))
        np.testing.assert_allclose(flat(artwork(layer), 1), halve(fine), atol=0.09)


def test_a_shape_is_drawn_and_moved_by_its_transform_and_its_groups() -> None:
    plain = flat(artwork(star()))
    assert tuple(plain[130, 160]) == pytest.approx((1, 0, 0, 1), abs=1e-3)
    inside = Group(
        children=(star(transform=(1, 0, 0, 1, 30, 5)),), transform=(1, 0, 0, 1, -10, 20), pass_through=True
    )
    moved = flat(artwork(inside))
    np.testing.assert_allclose(moved[25:, 20:], plain[:-25, :-20], atol=0.05)


def test_an_enlarged_shape_stays_sharp() -> None:
    small = Shape(
        path=path_data.written(shapes.ellipse(10, 10, 20, 20)), style={}, transform=(10, 0, 0, 10, 0, 0)
    )
    large = Shape(path=path_data.written(shapes.ellipse(100, 100, 200, 200)), style={})
    assert np.abs(flat(artwork(small)) - flat(artwork(large))).max() < 0.05


def test_a_bent_shape_is_drawn_from_its_own_pixels() -> None:
    bends = bent((), ((1.0, 0.0, 25.0), (0.0, 1.0, 15.0), (0.0, 0.0, 1.0)))
    np.testing.assert_allclose(
        flat(artwork(star(warp=bends)))[40:, 40:], flat(artwork(star()))[25:-15, 15:-25], atol=0.05
    )


def test_what_changes_is_drawn_again_and_nothing_else() -> None:
    old = artwork(star())
    new = old.with_(layers=(old.layers[0].with_(path=path_data.written(shapes.rectangle(300, 200, 50, 40))),))
    region = changed(old, new)
    assert region.bounds.contains(Rect(300, 200, 350, 240)) and region.bounds.contains(Rect(60, 40, 260, 220))
    assert not region.bounds.contains(Rect(0, 0, 500, 400))
    restyled = old.with_(layers=(old.layers[0].with_(style={"fill": [0, 1, 0, 1]}),))
    assert changed(old, restyled)


def test_the_view_follows_a_changed_shape() -> None:
    renderer = Renderer()
    old = artwork(star())
    before = renderer.view_tile(old, (0, 0)).pixels.copy()
    new = old.with_(layers=(old.layers[0].with_(style={"fill": [0, 1, 0, 1]}),))
    renderer.update(new, changed(old, new))
    after = renderer.view_tile(new, (0, 0)).pixels
    assert (before[130, 160] == (0, 0, 255, 255)).all() and (after[130, 160] == (0, 255, 0, 255)).all()


def test_masks_and_opacity_hold_for_shapes() -> None:
    half = flat(artwork(star(opacity=0.5)))
    assert half[130, 160, 3] == pytest.approx(0.5, abs=1e-3)


def test_values_that_are_not_allowed_are_refused_or_show_nothing() -> None:
    with pytest.raises(RecipeError):
        fills.GRADIENT.stored(fills.FillGradient(stops=((0.0, 0.0, 0.0, 0.0, 2.0),)))
    with pytest.raises(RecipeError):
        fills.GRADIENT.stored(fills.FillGradient(stops=()))
    broken = Fill(recipe=Stored(name="fill-gradient", version=1, parameters={"stops": "blue"}))
    assert not flat(artwork(broken)).any()
    newer = Fill(recipe=Stored(name="fill-gradient", version=9, parameters={}))
    assert not flat(artwork(newer)).any()


def test_every_fill_kind_is_drawn() -> None:
    for kind in fills.FILL_KINDS.values():
        assert flat(artwork(Fill(recipe=kind.stored(kind.parameters()))))[..., 3].any(), kind.name


def test_a_shape_throws_a_shadow() -> None:
    shadow = effects.store(effects.KINDS["drop-shadow"].parameters())
    plain, lit = flat(artwork(star())), flat(artwork(star(effects=(shadow,))))
    assert (lit[..., 3] > plain[..., 3] + 0.05).any()
    region = changed(artwork(star()), artwork(star(effects=(shadow,))))
    assert not region.bounds.empty
