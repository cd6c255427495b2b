"""Random gestures of the painting tools over random layer trees: no error, undo exact, what is locked stays bit-identical."""

from __future__ import annotations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Fill, Group, Layer, Locks, Paint
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.symmetry import Symmetry
from studio.workspace.tools import Pointer
from tests.document.pictures import generated, paint, stored
from tests.workspace.conftest import Bench

SIDE = 120
WHOLE = Rect(-200, -200, 400, 400)
TRANSFORMS = (
    (1.0, 0.0, 0.0, 1.0, 0.0, 0.0),
    (1.0, 0.0, 0.0, 1.0, -13.0, 40.0),
    (0.0, 1.5, -1.5, 0.0, 90.0, 5.0),
)
locks = st.builds(Locks, all=st.sampled_from([False, False, True]), alpha=st.booleans())
masks = st.none() | st.just(
    Mask.from_pixels(np.linspace(0, 1, 3600, dtype=np.float16).reshape(60, 60), 20, 20)
)


@st.composite
def layers(draw: st.DrawFn, depth: int = 0) -> Layer:
    kind = draw(st.sampled_from(["paint", "paint", "generated", "fill", *(["group"] if depth < 2 else [])]))
    fields = {
        "locks": draw(locks),
        "mask": draw(masks),
        "visible": draw(st.sampled_from([True, True, True, False])),
        "clipping": draw(st.booleans()),
        "opacity": draw(st.sampled_from([1.0, 0.5])),
        "mode": draw(st.sampled_from(["normal", "multiply"])),
    }
    if kind == "group":
        children = tuple(draw(st.lists(layers(depth=depth + 1), min_size=1, max_size=3)))
        return Group(children=children, **fields)
    if kind == "fill":
        return Fill(recipe=stored("colour", red=0.5, green=0.2, blue=0.1), **fields)
    fields["transform"] = draw(st.sampled_from(TRANSFORMS))
    if kind == "generated":
        return generated(**fields)
    place = draw(st.integers(-20, 60)), draw(st.integers(-20, 60))
    return paint("Layer", *place, *draw(st.sampled_from([(1, 0, 0, 1), (0, 0.5, 1, 0.4)])), **fields)


@st.composite
def artworks(draw: st.DrawFn, start: Artwork) -> Artwork:
    found = start.with_(layers=tuple(draw(st.lists(layers(), min_size=1, max_size=4))))
    chosen = draw(st.sampled_from([layer.id for layer in found.walk()]))
    found = edits.set_active(found, chosen)
    if draw(st.booleans()):
        found = edits.set_selection(found, edits.rectangle_selection(Rect(10, 15, 70, 66)))
    return found.with_(tiles_x=draw(st.booleans()), tiles_y=draw(st.booleans()))


pointers = st.lists(
    st.builds(
        Pointer,
        x=st.floats(-30, 150),
        y=st.floats(-30, 150),
        pressure=st.floats(0, 1),
        t=st.floats(0, 2),
        has_pressure=st.booleans(),
        tilt_x=st.floats(-60, 60),
        modifiers=st.sampled_from([frozenset(), frozenset({"shift"}), frozenset({"alt"})]),
    ),
    min_size=1,
    max_size=5,
)


def pixels_of(artwork: Artwork) -> dict[str, np.ndarray]:
    return {layer.id: layer.surface.read(WHOLE) for layer in artwork.walk() if isinstance(layer, Paint)}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_random_gestures_keep_what_is_locked_and_undo_exactly(bench: Bench, data: st.DataObject) -> None:
    studio = bench.studio
    picture = studio.new_picture(SIDE, SIDE)
    document, painting = picture.document, studio.painting
    document.commit("Start", data.draw(artworks(document.artwork)))
    tool = data.draw(st.sampled_from(["ink", "brush", "eraser", "smudge", "blur", "clone"]))
    painting.choose_tool(tool)
    painting.change_brush(
        size=data.draw(st.floats(1, 60)),
        sample=data.draw(st.sampled_from(["layer", "all"])),
        aliased=data.draw(st.booleans()),
    )
    painting.strokes.set_symmetry(
        data.draw(st.sampled_from([Symmetry(), Symmetry(folds=3, mirror=True, x=60, y=50)]))
    )
    painting.begin(picture, Pointer(30, 30, modifiers=frozenset({"alt"}))) if tool == "clone" else None
    before = document.artwork
    steps = len(document.history)
    places = data.draw(pointers)
    gesture = painting.begin(picture, places[0])
    cancelled = data.draw(st.booleans())
    if gesture is not None:
        for place in places[1:]:
            gesture.send(place)
        gesture.cancel() if cancelled else gesture.finish()
    assert not document.gesture_open
    after = document.artwork
    if gesture is None or cancelled:
        assert after is before
        assert len(document.history) == steps
        studio.close(picture)
        return
    check(before, after)
    if len(document.history) > steps:
        studio.undo()
        assert document.artwork is before
    bench.settle()
    studio.close(picture)


def check(before: Artwork, after: Artwork) -> None:
    """Only one paint layer's pixels or one mask changed; not outside the selection, nor in locked alpha."""
    old, new = pixels_of(before), pixels_of(after)
    target = after.active
    for layer in before.walk():
        now = after.find(layer.id)
        assert now is not None
        if layer.id != target and not isinstance(layer, Group):
            assert now is layer
        if layer.id not in old:
            continue
        if layer.locks.all:
            assert now.surface is layer.surface  # type: ignore[union-attr]
        if layer.locks.alpha:
            np.testing.assert_array_equal(new[layer.id][..., 3], old[layer.id][..., 3])
        if before.selection is not None and edits.transform_of(before, layer.id) == TRANSFORMS[0]:
            outside = before.selection.read(WHOLE) == 0
            np.testing.assert_array_equal(new[layer.id][outside], old[layer.id][outside])
