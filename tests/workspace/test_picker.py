"""The picker over filters that read far around each pixel: the hand never waits for them."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document.artwork import Artwork
from studio.document.layer import Filter, Paint
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.recipe import Stored
from studio.render.renderer import Renderer
from studio.workspace.tools import Pointer
from studio.workspace.tools.picker import colour_at
from tests.workspace.conftest import Bench

SIDE = 256


def filtered(bench: Bench, sigma: float) -> None:
    pixels = np.ones((SIDE, SIDE, 4), np.float16)
    pixels[:, :, 0] = np.linspace(0, 1, SIDE, dtype=np.float16)
    blur = Filter(name="Blur", recipe=Stored(name="gaussian-blur", version=1, parameters={"sigma": sigma}))
    layers = (Paint(name="Ground", surface=Surface.from_pixels(pixels)), blur)
    bench.studio.show(Artwork(width=SIDE, height=SIDE, layers=layers, active=layers[0].id), title="Blurred")
    bench.settle()


@pytest.fixture
def composed(monkeypatch: pytest.MonkeyPatch) -> list[Rect]:
    """What is composed, in order."""
    asked: list[Rect] = []
    known = Renderer.compose

    def compose(
        self: Renderer, artwork: Artwork, rect: Rect, level: int = 0, exact: bool = False
    ) -> np.ndarray:
        asked.append(rect)
        return known(self, artwork, rect, level, exact)

    monkeypatch.setattr(Renderer, "compose", compose)
    return asked


def test_the_shown_pixel_is_taken_at_once_and_the_exact_one_later(bench: Bench, composed: list[Rect]) -> None:
    filtered(bench, 100.0)
    picture, painting = bench.picture, bench.studio.painting
    picture.renderer.view_tile(picture.document.artwork, (0, 0), 0)
    exact = colour_at(picture, picture.document.artwork, 200, 100)
    assert exact is not None
    composed.clear()
    gesture = painting.begin(picture, Pointer(60, 100), "picker")
    assert gesture is not None
    gesture.send(Pointer(200.5, 100.5))
    gesture.finish()
    assert not composed, "nothing is composed under the hand"
    assert painting.colour == pytest.approx(exact, abs=1.5 / 255) and painting.colour != exact
    bench.settle()
    assert painting.colour == exact
    assert len(composed) == 1, "of two places only the newest"


def test_a_colour_chosen_meanwhile_stays(bench: Bench) -> None:
    filtered(bench, 100.0)
    painting = bench.studio.painting
    gesture = painting.begin(bench.picture, Pointer(60, 100), "picker")
    assert gesture is not None
    gesture.finish()
    painting.set_colour((0.25, 0.5, 0.75))
    bench.settle()
    assert painting.colour == (0.25, 0.5, 0.75)


def test_where_no_tile_is_shown_and_with_control_the_exact_colour_arrives(bench: Bench) -> None:
    filtered(bench, 100.0)
    picture, painting = bench.picture, bench.studio.painting
    before = painting.colour
    gesture = painting.begin(picture, Pointer(60, 100, modifiers=frozenset({"control"})), "picker")
    assert gesture is not None
    gesture.finish()
    bench.settle()
    assert painting.background == colour_at(picture, picture.document.artwork, 60, 100)
    assert painting.colour == before and not painting.marks


def test_what_was_cancelled_takes_nothing_later(bench: Bench) -> None:
    filtered(bench, 100.0)
    before = bench.studio.painting.colour
    gesture = bench.studio.painting.begin(bench.picture, Pointer(60, 100), "picker")
    assert gesture is not None
    gesture.cancel()
    bench.settle()
    assert bench.studio.painting.colour == before


def test_a_small_blur_is_read_under_the_hand(bench: Bench) -> None:
    filtered(bench, 2.0)
    picture, painting = bench.picture, bench.studio.painting
    gesture = painting.begin(picture, Pointer(60, 100), "picker")
    assert gesture is not None
    assert painting.colour == colour_at(picture, picture.document.artwork, 60, 100)
    gesture.finish()
