"""A filter whose single step takes long, used or live, and a repair: the lane is free meanwhile, a stop is heard at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from typing import Any

import msgspec
import numpy as np
import pytest

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Filter, Paint
from studio.filters import FILTERS, FilterKind
from studio.filters.kind import Picture, Pieces
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.recipe import Stored
from studio.render.filtering import Filtering
from studio.render.renderer import Renderer
from studio.synthesis import carving
from studio.workspace import repairing
from studio.workspace.filter_targets import filtered, filtered_mask

SIDE = 40


class Plain(msgspec.Struct, frozen=True):
    pass


class Slow:
    """Work that goes on only when it is told to."""

    def __init__(self) -> None:
        self.free, self.begun = threading.Event(), threading.Event()

    def __call__(self, pixels: np.ndarray, *_rest: object) -> np.ndarray:
        self.begun.set()
        assert self.free.wait(30)
        return pixels.copy()

    def kind(self) -> FilterKind:
        return FilterKind(
            name="slow", version=1, description="", parameters=Plain, function=self, reach_of=lambda *_: 1
        )


@pytest.fixture
def slow() -> Generator[Slow]:
    made = Slow()
    yield made
    made.free.set()


def artwork_of(mask: Mask | None = None) -> Artwork:
    layer = Paint(surface=Surface.from_pixels(np.full((SIDE, SIDE, 4), 0.5, np.float16)), mask=mask)
    return Artwork(width=SIDE, height=SIDE, layers=(layer,), active=layer.id)


def stopped(steps: Generator[Any, None, object], slow: Slow) -> None:
    """Takes steps until the work is in the middle of its long one, some more while it is, and stops it there."""
    while not slow.begun.is_set():
        next(steps)
    for _ in range(3):
        next(steps)
    steps.close()
    assert not slow.free.is_set()


def test_a_used_filter_is_stopped_in_the_middle_of_a_step(slow: Slow) -> None:
    artwork = artwork_of()
    layer = artwork.layers[0]
    assert isinstance(layer, Paint)
    stopped(filtered(artwork, layer, slow.kind(), Plain()), slow)


def test_all_parts_of_a_used_filter_are_made_by_one_thread() -> None:
    """Each thread keeps memory that it was given: a new one for each part took as much as the picture."""
    threads = []

    def noted(pixels: np.ndarray, *_rest: object) -> np.ndarray:
        threads.append(threading.current_thread())
        return pixels.copy()

    kind = msgspec.structs.replace(Slow().kind(), function=noted)
    layer = Paint(surface=Surface.from_pixels(np.full((520, 300, 4), 0.5, np.float16)))
    artwork = Artwork(width=300, height=520, layers=(layer,), active=layer.id)
    for _ in filtered(artwork, layer, kind, Plain()):
        pass
    assert len(threads) > 4 and len(set(threads)) == 1
    assert threads[0] is not threading.current_thread()


def test_a_filter_of_a_mask_is_stopped_in_the_middle_of_a_step(slow: Slow) -> None:
    artwork = artwork_of(Mask(default=1.0))
    stopped(filtered_mask(artwork, artwork.layers[0], slow.kind(), Plain()), slow)


@pytest.mark.parametrize("streams", [False, True])
def test_a_live_filter_of_the_whole_is_stopped_in_the_middle_of_a_step(
    slow: Slow, monkeypatch: pytest.MonkeyPatch, streams: bool
) -> None:
    def stream(picture: Picture, *_rest: object) -> Pieces:
        yield None
        yield picture.rect, slow(picture.read(picture.rect))

    kind = FILTERS["auto-contrast"]
    slow_kind = msgspec.structs.replace(kind, function=slow, stepwise=None, halves=None)
    if streams:
        slow_kind = msgspec.structs.replace(slow_kind, stream=stream)
    monkeypatch.setattr(Filtering, "kind_of", lambda _self, _layer: (slow_kind, kind.parameters()))
    live = Filter(recipe=Stored(name=kind.name, version=kind.version, parameters={}))
    artwork = edits.add_layer(artwork_of(), live)
    (job,) = Renderer().whole_jobs(artwork)
    stopped(job.steps, slow)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["read", "make"])
def test_a_repair_is_stopped_while_it_reads_and_while_it_works(
    slow: Slow, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    artwork = artwork_of()

    def carved(pixels: np.ndarray, *_size: object, **_masks: object) -> Generator[float, None, np.ndarray]:
        yield 0.0
        return slow(pixels)

    if name == "make":
        monkeypatch.setattr(carving, "carved", carved)
    else:
        read: Callable = Surface.read
        monkeypatch.setattr(Surface, "read", lambda self, rect: slow(read(self, rect)))
    values = repairing.ContentScale(width=SIDE - 4, height=SIDE, keep=repairing.NOTHING)
    stopped(repairing.scaled(artwork, values, None), slow)  # type: ignore[arg-type]
