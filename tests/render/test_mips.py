"""Mips after an edit are those of a fresh renderer, whatever was taken over from the ones before."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Group, Layer, Paint
from studio.raster import native
from studio.raster.geometry import Rect
from studio.raster.resample import halve
from studio.raster.surface import Surface
from studio.raster.tile import Tile
from studio.render import pyramid
from studio.render.renderer import Renderer
from tests.document.pictures import paint

SIDE = 1024


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), level=st.integers(1, 3))
def test_taken_over_quarters_are_the_ones_that_did_not_change(seed: int, level: int) -> None:
    random = np.random.default_rng(seed)

    def tile() -> Tile | None:
        return (
            Tile(random.random((256, 256, 4), np.float32).astype(np.float16))
            if random.random() < 0.8
            else None
        )

    keys = [(x, y) for x in range(4) for y in range(4)]
    surface = Surface({key: made for key in keys if (made := tile()) is not None}, np.float16)
    artwork = edits.new_artwork(SIDE, SIDE, background=None).with_(layers=(Paint(surface=surface),))
    used = Renderer()
    whole = Rect(0, 0, SIDE >> level, SIDE >> level)
    for _ in range(4):
        layer = artwork.layers[0]
        assert isinstance(layer, Paint)
        chosen = [keys[index] for index in random.choice(16, random.integers(1, 5), replace=False)]
        changed = layer.surface.replace({key: tile() for key in chosen})
        artwork = artwork.with_(layers=(layer.with_(surface=changed),))
        got, wanted = used.compose(artwork, whole, level), Renderer().compose(artwork, whole, level)
        assert np.array_equal(got, wanted)


def test_undo_and_redo_average_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What had rested is taken up again as it was; what stood for a moment under a moving pen is not kept."""
    random = np.random.default_rng(3)

    def tile() -> Tile:
        return Tile(random.random((256, 256, 4), np.float32).astype(np.float16))

    def with_pixels(surface: Surface) -> Artwork:
        return first.with_(layers=(layer.with_(surface=surface),))

    layer = Paint(surface=Surface({(x, y): tile() for x in range(4) for y in range(4)}, np.float16))
    first = edits.new_artwork(SIDE, SIDE, background=None).with_(layers=(layer,))
    whole, used, clock = Rect(0, 0, SIDE >> 2, SIDE >> 2), Renderer(), 0.0
    monkeypatch.setattr(pyramid.time, "monotonic", lambda: clock)
    clock = 1.0
    shown = [used.compose(first, whole, 2)]
    for _ in range(3):  # under the pen
        clock += 0.01
        stroked = with_pixels(layer.surface.replace({(1, 1): tile(), (2, 1): tile()}))
        used.compose(stroked, whole, 2)
    shown.append(used.compose(stroked, whole, 2))
    halved = []
    monkeypatch.setattr(pyramid.native, "halve", lambda *arrays: halved.append(arrays))
    for index, artwork in ((0, first), (1, stroked), (0, first)):
        clock += 1.0
        assert np.array_equal(used.compose(artwork, whole, 2), shown[index])
    assert not halved


def test_halving_is_the_mean_of_four_and_exact_for_flat_colours() -> None:
    for dtype in (np.float16, np.float32):
        pixels = np.random.default_rng(1).random((64, 130, 4)).astype(dtype)
        means = pixels.astype(np.float64).reshape(32, 2, 65, 2, 4).mean((1, 3))
        assert np.abs(halve(pixels) - means).max() < (5e-4 if dtype == np.float16 else 1e-6)
        mask = pixels[..., 0].copy()
        assert np.abs(halve(mask) - means[..., 0]).max() < (5e-4 if dtype == np.float16 else 1e-6)
        flat = np.full((8, 8, 4), 0.3, dtype)
        assert np.array_equal(halve(flat), flat[:4, :4])
    with pytest.raises(ValueError, match="halved"):
        native.halve(np.zeros((8, 8, 4), np.float32), np.zeros((4, 4, 4), np.float16))


def test_what_is_made_very_small_asks_only_where_its_tiles_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three groups that make each other a twentieth as large: from above, millions of places without a tile."""
    small = (0.05, 0.0, 0.0, 0.05, 10.0, 10.0)
    tree: Layer = paint("dot", 5, 5, transform=small)
    for _ in range(2):
        tree = Group(children=(tree,), transform=small)
    asked, ask = [], pyramid.Pyramid._tile
    monkeypatch.setattr(pyramid.Pyramid, "_tile", lambda *args: asked.append(1) or ask(*args))
    Renderer().compose(Artwork(width=64, height=48, layers=(tree,)), Rect(0, 0, 64, 48))
    assert 0 < len(asked) < 10_000


@pytest.mark.parametrize("place", [(0, 0), (-300, 900), (257, 513), (-1, 3)])
@pytest.mark.parametrize("level", [1, 3, 5])
def test_one_tile_far_away_is_seen_at_every_level(place: tuple[int, int], level: int) -> None:
    far = Surface.from_pixels(np.ones((64, 64, 4), np.float16), 5000, -3000)
    layer = Paint(surface=far, transform=(1.0, 0.0, 0.0, 1.0, *map(float, place)))
    artwork = Artwork(width=8192, height=8192, layers=(layer,))
    rect = Rect(5000, -3000, 5064, -2936).move(*place).at_level(level)
    seen = Renderer().compose(artwork, rect.grow(4), level)
    assert seen[..., 3].sum() * 4**level == pytest.approx(64 * 64, rel=0.01)


def test_one_tile_repeated_is_itself_at_every_level(monkeypatch: pytest.MonkeyPatch) -> None:
    """A filled area costs neither averages nor bytes, however large; a pattern that repeats is averaged as ever."""
    calls, whole = [], native.halve
    monkeypatch.setattr(native, "halve", lambda *given: calls.append(1) or whole(*given))
    flat = Tile(np.full((256, 256, 4), (0.5, 0.25, 0.125, 1.0), np.float16))
    random = np.random.default_rng(5)
    grain = Tile(random.random((256, 256, 4), np.float32).astype(np.float16))
    for tile, work in ((flat, False), (grain, True)):
        calls.clear()
        surface = Surface({(x, y): tile for x in range(4) for y in range(4)}, np.float16)
        artwork = edits.new_artwork(SIDE, SIDE, background=None).with_(layers=(Paint(surface=surface),))
        small = Renderer().compose(artwork, Rect(0, 0, SIDE >> 2, SIDE >> 2), 2)
        assert bool(calls) is work
        mean = tile.pixels().astype(np.float32).reshape(64, 4, 64, 4, 4).mean((1, 3))
        assert np.abs(small - np.tile(mean, (4, 4, 1))).max() < 0.002
