"""Random presses with the filling, drawing and toning tools: nothing breaks, undo is exact, what is locked stays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.document import edits
from studio.document.layer import Fill, Group, Locks, Paint, Shape
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.synthesis import fills
from studio.workspace.tools import Pointer
from tests.workspace.conftest import Bench

WIDTH, HEIGHT = 96, 72
TOOLS = [
    "fill", "lasso-fill", "gradient", "dodge", "burn", "sponge", "rectangle", "ellipse", "polygon-shape", "line", "path",
    "measure", "picker",
]  # fmt: skip
PLACE = st.tuples(st.floats(-20, WIDTH + 20), st.floats(-20, HEIGHT + 20))
PRESS = st.tuples(
    st.sampled_from(TOOLS),
    st.lists(PLACE, min_size=1, max_size=4),
    st.frozensets(st.sampled_from(["shift", "alt", "control"]), max_size=2),
    st.sampled_from(["lift", "lift", "lift", "escape", "enter", "delete", "undo", "redo", "double"]),
)


def layers(random: np.random.Generator) -> list:
    pixels = random.random((HEIGHT, WIDTH, 4)).astype(np.float16)
    pixels[..., :3] *= pixels[..., 3:]
    line = np.zeros((HEIGHT, WIDTH, 4), np.float16)
    line[20:50, 20] = line[20:50, 70] = line[20, 20:70] = line[50, 20:60] = (0, 0, 0, 1)
    return [
        Paint(name="noise", surface=Surface.from_pixels(pixels)),
        Paint(name="line", surface=Surface.from_pixels(line), fill_reference=True, transform=(1.0, 0.0, 0.0, 1.0, 3.0, -2.0)),
        Paint(name="turned", surface=Surface.from_pixels(pixels), transform=(0.6, 0.4, -0.4, 0.6, 20.0, 5.0)),
        Paint(name="locked alpha", surface=Surface.from_pixels(line), locks=Locks(alpha=True)),
        Paint(name="masked", surface=Surface.from_pixels(pixels), mask=Mask(default=0.5)),
        Group(name="group", children=(Paint(name="inner", surface=Surface.from_pixels(line)),), transform=(2.0, 0.0, 0.0, 2.0, 5.0, 5.0)),
        Fill(name="fill", recipe=fills.GRADIENT.stored(fills.FillGradient(x1=90.0))),
        Shape(name="shape", path="M 10 10 L 60 12 C 70 30 40 60 20 50 Z", style={"fill": [1, 0, 0, 1]}),
    ]  # fmt: skip


def begin(bench: Bench, seed: int, active: int, selected: bool) -> None:
    random = np.random.default_rng(seed)
    made = layers(random)
    locked = Paint(
        name="locked", surface=Surface.from_pixels(random.random((HEIGHT, WIDTH, 4)).astype(np.float16)),
        locks=Locks(all=True), opacity=0.2,
    )  # fmt: skip
    artwork = edits.new_artwork(WIDTH, HEIGHT)
    for layer in (locked, *made):
        artwork = edits.add_layer(artwork, layer, above=artwork.layers[-1].id)
    artwork = edits.set_active(artwork, made[active % len(made)].id)
    if selected:
        artwork = edits.set_selection(artwork, edits.rectangle_selection(Rect(10, 10, 60, 50)))
    bench.studio.show(artwork, title="Random")
    bench.settle()


def press(bench: Bench, tool: str, places: list, held: frozenset[str], end: str) -> None:
    painting = bench.studio.painting
    painting.choose_tool(tool)
    clicks = 2 if end == "double" else 1
    gesture = painting.begin(bench.picture, Pointer(*places[0], modifiers=held, clicks=clicks))
    for number, place in enumerate(places[1:]):
        if gesture is not None:
            gesture.send(Pointer(*place, modifiers=held, t=(number + 1) / 50))
    if gesture is not None:
        gesture.cancel() if end == "escape" else gesture.finish()
    if end == "enter":
        painting.close_session()
    elif end == "delete" and painting.session is not None:
        painting.session.key("delete", "", held)
    elif end == "undo":
        bench.studio.undo()
    elif end == "redo":
        bench.studio.redo()
    bench.settle()


def shown(bench: Bench) -> np.ndarray:
    return bench.picture.renderer.flatten(bench.picture.document.artwork)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 9), st.integers(0, 7), st.booleans(), st.lists(PRESS, min_size=1, max_size=6))
def test_random_presses_break_nothing_and_undo_is_exact(
    bench: Bench, seed: int, active: int, selected: bool, presses: list
) -> None:
    begin(bench, seed, active, selected)
    before = shown(bench)
    locked = bench.picture.document.artwork.layers[1]
    for each in presses:
        press(bench, *each)
        assert bench.picture.document.artwork.layers[1] is locked
    bench.studio.painting.close_session()
    bench.settle()
    assert not bench.sentences("error")
    document = bench.picture.document
    assert not document.gesture_open and document.preview_owner is None and bench.studio.painting.marks == ()
    while document.can_undo:
        bench.studio.undo()
    np.testing.assert_array_equal(shown(bench), before)
    bench.studio.painting.choose_tool("move")
    bench.studio.close(bench.picture)


@pytest.mark.parametrize("tool", ["fill", "lasso-fill", "dodge", "burn", "sponge"])
def test_pixels_outside_the_selection_are_bit_identical(bench: Bench, tool: str) -> None:
    begin(bench, 3, 0, True)
    before = edits.surface_of(bench.picture.document.artwork, bench.active.id).read(Rect(0, 0, WIDTH, HEIGHT))
    press(bench, tool, [(20, 20), (50, 22), (55, 45), (15, 40)], frozenset(), "lift")
    after = edits.surface_of(bench.picture.document.artwork, bench.active.id).read(Rect(0, 0, WIDTH, HEIGHT))
    outside = np.ones((HEIGHT, WIDTH), bool)
    outside[10:50, 10:60] = False
    np.testing.assert_array_equal(after[outside].view(np.uint16), before[outside].view(np.uint16))
    assert (after != before).any()
