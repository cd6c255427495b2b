"""From a pen sample to the view's new bytes: 40 px brush, ten mixed layers, no window in between."""

from __future__ import annotations

import math
import time

from studio.bench.figures import Figure, figure
from studio.bench.scene import ten_layers
from studio.document import edits
from studio.document.layer import Paint
from studio.jobs.lane import Lane
from studio.raster.geometry import tile_keys
from studio.raster.surface import Surface
from studio.settings import Settings
from studio.workspace.picture import Picture
from studio.workspace.studio import Studio
from studio.workspace.tools import Pointer

SIZE = 40.0
STEP = 8.0


def measure(quick: bool = False) -> list[Figure]:
    side = 1024 if quick else 2048
    artwork = ten_layers(side)
    middle = artwork.layers[4]
    assert isinstance(middle, Paint)
    artwork = edits.change(artwork, middle.id, surface=Surface(dtype=artwork.dtype), mode="normal")
    artwork = edits.set_active(artwork, middle.id)
    studio = Studio(Settings(), render_lane=Lane("render"), files_lane=Lane("files"))
    picture = Picture(artwork, title="bench", settings=Settings())
    studio.pictures.append(picture)
    studio.choose(picture)
    for _ in picture.renderer.steps(artwork, tile_keys(artwork.rect)):
        pass
    drawn: list[int] = []

    def follow(region) -> None:
        document = picture.document
        update = picture.renderer.update(document.artwork, region, committed=document.committed)
        drawn.append(len(update.drawn))

    picture.document.changed.connect(follow)
    studio.painting.choose_tool("brush")
    studio.painting.change_brush(size=SIZE)
    samples: list[float] = []
    for stroke in range(2 if quick else 30):
        samples += _stroke(studio, picture, stroke, side)
    what = "pen sample to new view bytes, 40 px, 10 layers, 1600 px/s"
    note = "" if drawn and all(count for count in drawn[:10]) else "some samples drew nothing at once"
    return [figure(what, "ms", samples, {"p50": 0.6, "p99": 3.0}, note)]


def _stroke(studio: Studio, picture: Picture, number: int, side: int) -> list[float]:
    """An arc of 100 samples at 200 Hz of pen time, 8 px apart: 1600 px a second, a quick hand."""
    samples = []
    gesture = None
    for index in range(100):
        radius = side * (0.1 + 0.01 * number)
        angle = index * STEP / radius + number
        x, y = side / 2 + radius * math.cos(angle), side / 2 + radius * math.sin(angle)
        pointer = Pointer(
            x=x, y=y, pressure=0.5 + 0.4 * math.sin(index / 9), t=index / 200, has_pressure=True
        )
        began = time.perf_counter()
        if gesture is None:
            gesture = studio.painting.begin(picture, pointer)
            assert gesture is not None
            continue
        gesture.send(pointer)
        samples.append(1000 * (time.perf_counter() - began))
    assert gesture is not None
    gesture.finish()
    return samples
