"""A filter on a layer can be stopped in the middle of a step, and its steps make the same picture."""

from __future__ import annotations

import threading
from typing import Any

import msgspec
import numpy as np
import pytest

from studio.document import edits
from studio.document.layer import Paint
from studio.filters import FILTERS
from studio.filters.kind import FilterKind, Place, finished
from studio.raster.geometry import Rect, tile_keys
from studio.raster.surface import Surface
from studio.workspace.filter_targets import filtered


def picture(width: int, height: int) -> tuple[Any, Paint]:
    pixels = np.random.default_rng(2).random((height, width, 4), np.float32)
    pixels[..., :3] *= pixels[..., 3:]
    artwork = edits.from_picture(Surface.from_pixels(pixels.astype(np.float16)), width, height, name="photo")
    layer = artwork.layers[0]
    assert isinstance(layer, Paint)
    return artwork, layer


@pytest.mark.parametrize(
    "name",
    ["levels", "gaussian-blur", "high-pass", "richardson-lucy", "radial-blur", "clahe", "dither", "swirl"],
)
def test_the_steps_make_the_same_picture(name: str) -> None:
    artwork, layer = picture(700, 530)
    kind = FILTERS[name]
    steps = filtered(artwork, layer, kind, kind.parameters())
    done = []
    while True:
        try:
            done.append(next(steps))
        except StopIteration as end:
            made: Surface = end.value
            break
    assert all(0 < part < 1 for part in done)
    assert done == sorted(done)
    source = layer.surface.read(artwork.rect).astype(np.float32)
    expected = kind.apply(source, kind.parameters(), canvas=artwork.rect).astype(np.float16)
    np.testing.assert_array_equal(made.read(artwork.rect), expected)


class Nothing(msgspec.Struct, frozen=True):
    """No parameters."""


def test_a_long_step_is_left_at_once() -> None:
    go_on, ended = threading.Event(), threading.Event()

    def slow(pixels: np.ndarray, _parameters: Any, _place: Place) -> np.ndarray:
        go_on.wait(30)
        ended.set()
        return pixels.copy()

    kind = FilterKind(
        name="slow", version=1, description="", parameters=Nothing, function=slow, reach_of=lambda *_: 90
    )
    artwork, layer = picture(300, 200)
    before = layer.surface.read(Rect(0, 0, 300, 200)).copy()
    steps = filtered(artwork, layer, kind, Nothing())
    for _ in range(8):
        next(steps)
    steps.close()  # comes back although the filter waits
    assert not ended.is_set()
    go_on.set()
    assert ended.wait(30)
    np.testing.assert_array_equal(layer.surface.read(Rect(0, 0, 300, 200)), before)


def test_each_tile_of_a_streamed_result_is_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However the pieces lie in which it comes: strips of 64 rows, and squares that begin elsewhere than the tiles."""
    artwork, layer = picture(700, 530)
    layer = layer.with_(transform=(1.0, 0.0, 0.0, 1.0, 30.0, 0.0))
    artwork = artwork.with_(layers=(layer,))
    written: list[Rect] = []
    apply_pixels = edits.apply_pixels

    def counted(result: Any, layer_id: str, rect: Rect, pixels: np.ndarray) -> Any:
        written.append(rect)
        return apply_pixels(result, layer_id, rect, pixels)

    monkeypatch.setattr(edits, "apply_pixels", counted)
    area = artwork.rect.move(-30, 0)
    for name in ("level-heights", "offset"):
        written.clear()
        kind = FILTERS[name]
        finished(filtered(artwork, layer, kind, kind.parameters()))
        assert sorted(written) == sorted(Rect.of_tile(key).intersect(area) for key in tile_keys(area))
