"""Filters of the whole picture that go through it piece by piece: the same pixels, and never much of it at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from studio import recipe
from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Paint
from studio.filters import FILTERS, FilterKind
from studio.filters.kind import Held
from studio.jobs.lane import Lane
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.workspace.filter_targets import filtered, filtered_mask
from tests.filters.case import CANVAS, picture
from tests.filters.cases import CASES

STREAMED = sorted(name for name, kind in FILTERS.items() if kind.stream is not None)
SETTINGS = [
    (name, settings)
    for name in STREAMED
    for settings in CASES[name].settings
    if FILTERS[name].needs_whole(recipe.from_plain(FILTERS[name].parameters, settings))
]
HEIGHT, WIDTH = 700, 900


class Watched(Held):
    """Tells the largest part that was read, and its pixels cannot be written."""

    def __init__(self, pixels: np.ndarray, rect: Rect) -> None:
        super().__init__(pixels.view(), rect)
        self.pixels.setflags(write=False)
        self.largest = 0

    def read(self, rect: Rect) -> np.ndarray:
        assert self.rect.contains(rect)
        self.largest = max(self.largest, rect.width * rect.height)
        return super().read(rect)


def streamed(kind: FilterKind, pixels: np.ndarray, parameters: Any, rect: Rect) -> tuple[np.ndarray, int]:
    out, seen = np.full_like(pixels, np.nan), np.zeros(pixels.shape[:2], int)
    source = Watched(pixels, rect)
    for piece in kind.streaming(source, parameters, canvas=rect):
        if piece is not None:
            Held(out, rect).read(piece[0])[...] = piece[1]
            Held(seen, rect).read(piece[0])[...] += 1
    assert (seen == 1).all()
    return out, source.largest


def test_these_filters_go_through_a_picture_in_pieces() -> None:
    assert {
        "clahe",
        "swirl",
        "dither",
        "polar",
        "kaleidoscope",
        "lens",
        "perspective",
        "offset",
        "wave",
    } <= set(STREAMED)


@pytest.mark.parametrize(("name", "settings"), SETTINGS, ids=str)
def test_pieces_are_bit_for_bit_those_of_the_whole(name: str, settings: dict[str, Any]) -> None:
    kind = FILTERS[name]
    parameters = recipe.from_plain(kind.parameters, settings)
    for size in ((CANVAS.width, CANVAS.height), (1, 1), (1, 40), (53, 1)):
        rect, pixels = Rect.of(0, 0, *size), picture(*size)
        whole = kind.apply(pixels, parameters, rect=rect, canvas=rect)
        np.testing.assert_array_equal(streamed(kind, pixels, parameters, rect)[0], whole)


@pytest.mark.parametrize("name", STREAMED)
def test_never_much_of_the_picture_is_read_at_once(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.filters.bending.MOST", 1 << 16)
    kind, rect = FILTERS[name], Rect(0, 0, WIDTH, HEIGHT)
    pixels = np.random.default_rng(3).random((HEIGHT, WIDTH, 4)).astype(np.float32)
    _, largest = streamed(kind, pixels, kind.parameters(), rect)
    around_the_centre = 1 << 19 if name == "radial-blur" else 0
    assert largest <= max(1 << 16, 128 * WIDTH, around_the_centre)


@pytest.mark.parametrize("edge", ["repeat-edge", "mirrored", "wrap", "transparent"])
@pytest.mark.parametrize("sampling", ["nearest", "linear", "cubic"])
def test_parts_cut_small_are_the_same(edge: str, sampling: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is read around a part, and however small it is."""
    kind, rect = FILTERS["swirl"], Rect(0, 0, CANVAS.width, CANVAS.height)
    values = {"whirl": 700.0, "radius": 2.0, "pinch": -0.6, "edge": edge, "sampling": sampling}
    parameters = recipe.from_plain(kind.parameters, values)
    whole, _ = streamed(kind, picture(), parameters, rect)
    monkeypatch.setattr("studio.filters.bending.MOST", 3000)
    monkeypatch.setattr("studio.filters.bending.SIDE", 111)
    small, largest = streamed(kind, picture(), parameters, rect)
    np.testing.assert_array_equal(small, whole)
    assert largest <= 3000


@pytest.mark.parametrize("name", STREAMED)
@pytest.mark.parametrize("move", [0, -37])
def test_a_layer_is_filtered_as_the_whole_would_be(name: str, move: int) -> None:
    """Also where it is moved, and inside a selection; what lies outside the canvas stays."""
    kind = FILTERS[name]
    values: dict[str, Any] = {"edge": "wrap"} if kind.whole_of is not None else {}
    parameters = recipe.from_plain(kind.parameters, values)
    width, height = 330, 290
    pixels = picture(width, height).astype(np.float16)
    layer = Paint(
        name="Photo",
        surface=Surface.from_pixels(pixels, -move, 0),
        transform=(1.0, 0.0, 0.0, 1.0, float(move), 0.0),
    )
    artwork = Artwork(width=width, height=height, layers=(layer,), active=layer.id)
    if move:
        artwork = artwork.with_(selection=edits.rectangle_selection(Rect(10, 20, 200, 260)))
    surface = _end(filtered(artwork, layer, kind, parameters))
    rect = Rect(0, 0, width, height)
    whole = kind.apply(pixels.astype(np.float32), parameters, rect=rect, canvas=rect).astype(np.float16)
    found = surface.read(rect.move(-move, 0))
    if move:
        inside = np.zeros((height, width), bool)
        inside[20:260, 10:200] = True
        np.testing.assert_array_equal(found[~inside], pixels[~inside])
        np.testing.assert_array_equal(found[inside], whole[inside])
    else:
        np.testing.assert_array_equal(found, whole)


@pytest.mark.parametrize("name", ["clahe", "swirl", "dither"])
def test_a_mask_is_filtered_as_grey(name: str) -> None:
    kind, rect = FILTERS[name], Rect(0, 0, 300, 280)
    values = picture()[..., 0].astype(np.float16)
    layer = Paint(
        name="Photo", surface=Surface.from_pixels(picture().astype(np.float16)), mask=Mask.from_pixels(values)
    )
    artwork = Artwork(width=300, height=280, layers=(layer,), active=layer.id, mask_edited=layer.id)
    made = _end(filtered_mask(artwork, layer, kind, kind.parameters()))
    grey = np.ones((280, 300, 4), np.float32)
    grey[..., :3] = values[..., None]
    whole = kind.apply(grey, kind.parameters(), rect=rect, canvas=rect)
    wanted = np.clip(whole[..., :3] @ np.array((0.2126, 0.7152, 0.0722), np.float32), 0, 1)
    np.testing.assert_allclose(made.read(rect).astype(np.float32), wanted, atol=1e-3)
    assert np.abs(made.read(rect).astype(np.float32) - values).max() > 0.01


def _end(steps: Any) -> Any:
    """Drives the steps on a lane, as the studio does."""
    lane, found = Lane("test"), []
    lane.submit(lambda: steps, label="filter", on_event=found.append)
    lane.drain()
    return found[-1].result
