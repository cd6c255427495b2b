"""Random drags of the box over random layers: nothing fails, undo is exact, locked layers and their pixels stay."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.document import edits
from studio.document.layer import Group, Layer, Locks, Paint
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.workspace import imaging
from studio.workspace.tools import Pointer
from tests.workspace.conftest import Bench
from tests.workspace.test_reshaping import everything

points = st.tuples(st.floats(-40, 240), st.floats(-40, 190))
modifiers = st.sets(st.sampled_from(["shift", "control", "alt"])).map(frozenset)
drags = st.lists(st.tuples(points, points, modifiers), min_size=1, max_size=4)


@st.composite
def trees(draw) -> tuple[Layer, ...]:
    layers = draw(st.lists(st.sampled_from(range(7)), min_size=1, max_size=4))
    found = []
    for index in layers:
        layer = everything()[index]
        if draw(st.booleans()):
            layer = layer.with_(locks=Locks(position=True))
        if draw(st.booleans()):
            layer = Group(children=(layer,), transform=(1.0, 0.0, 0.2, 1.0, 5.0, -3.0))
        found.append(layer)
    return tuple(found)


@given(trees(), drags, st.sampled_from(["free", "perspective", "mesh"]), st.booleans(), st.data())
@settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_random_boxes(bench: Bench, layers, hands, mode, selects, data) -> None:
    studio = bench.studio
    picture = studio.new_picture(200, 150)
    artwork = picture.document.artwork.with_(layers=layers, active=data.draw(st.sampled_from(layers)).id)
    if selects:
        artwork = edits.set_selection(artwork, edits.rectangle_selection(Rect(30, 20, 120, 90)))
    picture.document.commit("Random", artwork)
    studio.painting.choose_tool("ink")
    studio.painting.change_options("transform", mode=mode)
    studio.painting.choose_tool("transform")
    drag(bench, hands)
    picture.renderer.compose(picture.document.artwork, Rect(0, 0, 100, 75), 1)
    studio.painting.close_session()
    bench.settle()
    after = picture.document.artwork
    for layer in artwork.walk():
        now = after.find(layer.id)
        if layer.locks.position:
            assert now is layer or (now.transform == layer.transform and now.warp == layer.warp)
    while picture.document.can_undo and picture.document.committed is not artwork:
        studio.undo()
    assert picture.document.committed is artwork
    studio.close(picture)


def drag(bench: Bench, hands) -> None:
    for first, last, held in hands:
        gesture = bench.studio.painting.begin(bench.picture, Pointer(*first, modifiers=held))
        if gesture is not None:
            gesture.send(Pointer(*last, modifiers=held))
            gesture.finish()


@given(
    trees(),
    st.lists(
        st.sampled_from(["right", "left", "half", "x", "y", "size", "canvas", "trim", "reveal"]), max_size=4
    ),
)
@settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_random_shapes_of_the_picture(bench: Bench, layers, steps) -> None:
    studio = bench.studio
    picture = studio.new_picture(60, 50)
    ground = Paint(surface=Surface.from_pixels(np.ones((50, 60, 4), np.float16)), mask=Mask(default=1.0))
    artwork = picture.document.artwork.with_(layers=(ground, *layers), active=ground.id)
    picture.document.commit("Random", artwork)
    for step in steps:
        if step in ("size", "canvas"):
            width, height = picture.document.artwork.width, picture.document.artwork.height
            if step == "size":
                imaging.resize(studio, max(1, width * 2 // 3), max(1, height // 2), "lanczos", 300.0)
            else:
                imaging.resize_canvas(studio, width + 7, max(1, height - 9), (0.5, 1))
        elif step in ("trim", "reveal"):
            (imaging.trim if step == "trim" else imaging.reveal_all)(studio)
        else:
            imaging.turn(studio, step)
        bench.settle()
    now = picture.document.artwork
    assert [layer.id for layer in now.walk()] == [layer.id for layer in artwork.walk()]
    assert np.isfinite(picture.renderer.compose(now, now.rect.intersect(Rect(0, 0, 256, 256)))).all()
    while picture.document.committed is not artwork:
        studio.undo()
    assert picture.document.committed is artwork
    studio.close(picture)
