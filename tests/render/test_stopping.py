"""A live filter that takes long over a tile is left behind as soon as its job is stopped."""

from __future__ import annotations

import threading
from functools import partial

import numpy as np
import pytest

from studio.document import edits
from studio.document.layer import Filter
from studio.filters.kind import Place
from studio.jobs.job import JobState
from studio.jobs.lane import Lane
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.render.renderer import Renderer
from tests.render.trees import Amount, kind, stored

FOREVER = 20.0


@pytest.mark.parametrize("reach", [1, 600])
def test_the_lane_is_free_while_a_filter_that_looks_around_is_still_at_work(reach: int) -> None:
    begun, go = threading.Event(), threading.Event()
    over = threading.Event()

    def slow(pixels: np.ndarray, parameters: Amount, place: Place) -> np.ndarray:
        begun.set()
        go.wait(FOREVER)
        over.set()
        return pixels.copy()

    photo = Surface.from_pixels(np.full((300, 300, 4), 0.5, np.float16))
    artwork = edits.from_picture(photo, 300, 300, name="photo")
    artwork = artwork.with_(layers=(*artwork.layers, Filter(recipe=stored("slow"))))
    renderer = Renderer(filters={"slow": kind("slow", slow, reach)})
    renderer.show(artwork)
    lane = Lane()
    job = lane.submit(partial(renderer.steps, artwork, ((0, 0),)))
    thread = threading.Thread(target=lane.drain)
    thread.start()
    assert begun.wait(FOREVER)
    job.cancel()
    thread.join(FOREVER)
    assert not thread.is_alive() and job.state is JobState.cancelled and not over.is_set()
    go.set()
    assert over.wait(FOREVER)
    lane.submit(partial(renderer.steps, artwork, ((0, 0),)))
    lane.drain()
    shown = renderer.cached((0, 0), 0)
    assert shown is not None and shown.stale.empty, "the next one draws it"
    rect = Rect(0, 0, 300, 300)
    assert renderer.compose(artwork, rect)[10, 10, 3] == 0.5
