"""Undo of one diagonal stroke on 4096²: until the document has changed, and until what is seen is right."""

from __future__ import annotations

import time

from studio.bench.figures import Figure, figure
from studio.bench.scene import ten_layers
from studio.bench.window import Window, display_note
from studio.document import edits
from studio.document.document import Document
from studio.document.layer import Paint
from studio.workspace.tools import Pointer


def measure(quick: bool = False) -> list[Figure]:
    side = 1024 if quick else 4096
    window = Window()
    studio, canvas = window.studio, window.canvas
    artwork = ten_layers(side)
    picture = studio.show(edits.set_active(artwork, artwork.layers[-1].id), title="bench")
    canvas.fit()
    window.wait(window.shown)
    window.rest(0.5)
    documents, shown = [], []
    for number in range(4 if quick else 40):
        _stroke(window, side, number)
        window.wait(window.shown)
        window.rest(0.1)
        cursor = picture.document.cursor
        began = time.perf_counter()
        studio.undo()
        documents.append(1000 * (time.perf_counter() - began))
        assert picture.document.cursor == cursor - 1, "undo took back one step"
        window.wait(window.shown)
        canvas.repaint()
        shown.append(1000 * (time.perf_counter() - began))
    # The document tells its listeners before undo returns: what the view draws at once is part of the first figure, too.
    changed = _bare(picture.document, quick)
    return [
        figure("undo of a stroke across 4096²: document changed", "ms", changed, {"p95": 2}),
        figure("until undo returns, the first tiles drawn", "ms", documents),
        figure("until the visible region is right, at fit", "ms", shown, {"p95": 40}, display_note()),
    ]


def _stroke(window: Window, side: int, number: int) -> None:
    picture = window.studio.current
    assert picture is not None
    step, shift = side / 24, 8.0 * number
    gesture = window.studio.painting.begin(picture, Pointer(shift, 0.0, t=0.0), "brush")
    assert gesture is not None
    for index in range(1, 24):
        gesture.send(Pointer(index * step, index * step - shift, t=index * 0.02))
    gesture.finish()


def _bare(document: Document, quick: bool) -> list[float]:
    """The move in the history alone, with nobody listening."""
    first = document.committed
    alone = Document(first)
    samples = []
    for number in range(4 if quick else 40):
        layer = alone.artwork.layers[-1]
        assert isinstance(layer, Paint)
        key = sorted(layer.surface.tiles)[number % len(layer.surface.tiles)]
        changed = edits.change(alone.artwork, layer.id, surface=layer.surface.replace({key: None}))
        alone.commit("Paint", changed)
        began = time.perf_counter()
        alone.undo()
        samples.append(1000 * (time.perf_counter() - began))
    return samples
