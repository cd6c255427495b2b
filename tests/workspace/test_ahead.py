"""Brushes that take from a picture whose filters read far: it is composed on the render lane, never under the hand."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document.artwork import Artwork
from studio.document.layer import Filter, Paint
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.recipe import Stored
from studio.render.renderer import Renderer
from studio.workspace.tools import Pointer, stroke
from tests.workspace.conftest import Bench

SIDE = 512
WHOLE = Rect(0, 0, SIDE, SIDE)


def filtered(bench: Bench) -> None:
    """Noise, a wide blur, and above it the layer that is painted on."""
    pixels = np.random.default_rng(1).random((SIDE, SIDE, 4)).astype(np.float16)
    pixels[..., 3] = 1
    pixels[:, :200, 0] = 1
    blur = Filter(name="Blur", recipe=Stored(name="gaussian-blur", version=1, parameters={"sigma": 40.0}))
    own = np.zeros((SIDE, SIDE, 4), np.float16)
    own[100:200, 100:300] = (0.1, 0.5, 0.9, 1)
    top = Paint(name="Top", surface=Surface.from_pixels(own))
    layers = (Paint(name="Ground", surface=Surface.from_pixels(pixels)), blur, top)
    bench.studio.show(Artwork(width=SIDE, height=SIDE, layers=layers, active=top.id), title="Blurred")
    bench.settle()


def choose(bench: Bench, tool: str) -> None:
    painting = bench.studio.painting
    painting.choose_tool(tool)
    painting.change_brush(size=40.0, sample="all")
    if tool == "clone":
        painting.begin(bench.picture, Pointer(150, 300, modifiers=frozenset({"alt"})))


def drawn(bench: Bench, tool: str, *, settling: bool) -> np.ndarray:
    choose(bench, tool)
    gesture = bench.studio.painting.begin(bench.picture, Pointer(120, 150, t=0.0))
    assert gesture is not None, bench.sentences()
    for index in range(1, 13):
        gesture.send(Pointer(120 + 15 * index, 150 + 3 * index, t=index / 60))
        if settling:
            bench.settle()
    gesture.finish()
    bench.settle()
    layer = bench.picture.document.committed.active_layer
    assert isinstance(layer, Paint)
    found = layer.surface.read(WHOLE)
    bench.studio.undo()
    return found


@pytest.mark.parametrize("tool", ["smudge", "blur", "clone"])
def test_the_stroke_is_the_same_wherever_its_source_is_composed(
    bench: Bench, tool: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    filtered(bench)
    before = bench.picture.document.committed.active_layer
    assert isinstance(before, Paint)
    ahead = drawn(bench, tool, settling=True)
    hurried = drawn(bench, tool, settling=False)
    monkeypatch.setattr(stroke, "NEAR", 10_000)
    bench.studio.painting.strokes.set_clone_source(None)
    wanted = drawn(bench, tool, settling=False)
    np.testing.assert_array_equal(ahead, wanted)
    np.testing.assert_array_equal(hurried, wanted)
    assert not np.array_equal(wanted, before.surface.read(WHOLE))


@pytest.mark.parametrize("tool", ["smudge", "blur", "clone"])
def test_nothing_is_composed_under_the_hand_and_it_shows_when_it_comes(
    bench: Bench, tool: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    filtered(bench)
    choose(bench, tool)
    composed: list[Rect] = []
    known = Renderer.compose

    def compose(
        self: Renderer, artwork: Artwork, rect: Rect, level: int = 0, exact: bool = False
    ) -> np.ndarray:
        composed.append(rect)
        return known(self, artwork, rect, level, exact)

    monkeypatch.setattr(Renderer, "compose", compose)
    document = bench.picture.document
    before = document.artwork
    gesture = bench.studio.painting.begin(bench.picture, Pointer(120, 150, t=0.0))
    assert gesture is not None
    for index in range(1, 13):
        gesture.send(Pointer(120 + 15 * index, 150 + 3 * index, t=index / 60))
    assert not composed and document.artwork is before
    bench.settle()
    assert composed and document.artwork is not before, "shown without another sample"
    gesture.cancel()
    bench.settle()
    assert document.artwork is before and document.preview_owner is None


def test_a_stroke_that_is_cancelled_asks_for_nothing_more(bench: Bench) -> None:
    filtered(bench)
    choose(bench, "smudge")
    gesture = bench.studio.painting.begin(bench.picture, Pointer(120, 150, t=0.0))
    assert gesture is not None
    gesture.send(Pointer(180, 160, t=0.1))
    gesture.cancel()
    assert bench.studio.render_lane.drain() <= 1
