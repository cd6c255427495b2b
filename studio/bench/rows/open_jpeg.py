"""A 12-megapixel JPEG, from being chosen to being shown at fit zoom in the running window."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from studio import api
from studio.bench.figures import Figure, figure
from studio.bench.scene import photo_surface
from studio.bench.window import Window, display_note
from studio.document import edits


def measure(quick: bool = False) -> list[Figure]:
    width, height = (1200, 900) if quick else (4000, 3000)
    window = Window()
    samples = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(2 if quick else 10):
            path = Path(folder) / f"photo {number}.jpg"
            photo = edits.from_picture(photo_surface(width, height, number), width, height, name="photo")
            api.export(photo, path, quality=90)
            window.rest(0.3)
            began = time.perf_counter()
            window.studio.open(str(path))
            window.wait(window.shown)
            window.canvas.repaint()
            samples.append(time.perf_counter() - began)
            window.rest(0.3)
            picture = window.studio.current
            assert picture is not None
            window.studio.close(picture)
    what = f"{width * height / 1e6:.0f}-megapixel JPEG chosen to shown at fit zoom"
    return [figure(what, "s", samples, {"p50": 0.4}, display_note())]
