"""A live filter layer's parameter dragged over a picture of 4096² at fit zoom: from the value to its pixels in the view.

The canvas view itself is 1920 × 1080 pixels, whatever the window around it needs.
"""

from __future__ import annotations

import time

import msgspec

from studio.bench.figures import Figure, figure
from studio.bench.scene import photo_surface
from studio.bench.window import Window, display_note
from studio.document import edits

VIEW = 1920, 1080
DRAGS = {
    # point by point
    "levels": ("gamma", 0.5, 2.0),
    "brightness-contrast": ("contrast", -0.5, 0.5),
    "exposure": ("exposure", -1.0, 1.0),
    "hue-saturation": ("saturation", -0.5, 0.5),
    "vibrance": ("vibrance", -0.5, 0.5),
    # blurs
    "gaussian-blur": ("sigma", 2.0, 40.0),
    "box-blur": ("radius", 2, 40),
    "motion-blur": ("length", 5.0, 80.0),
    "surface-blur": ("radius", 2, 20),
    "lens-blur": ("radius", 2.0, 30.0),
}


def measure(quick: bool = False) -> list[Figure]:
    side, count = (512, 3) if quick else (4096, 40)
    window = Window()
    window.window.actions_.run("hide-panels")
    studio = window.studio
    studio.show(edits.from_picture(photo_surface(side, side, 7), side, side, name="photo"), title="bench")
    view = window.make_view(*VIEW)
    window.canvas.fit()
    window.wait(window.shown)
    place = f"canvas view {view[0]} × {view[1]}"
    about = f"window {window.window.width()} × {window.window.height()}, {display_note()}"
    if view != VIEW:
        about += f"; the screen has no room for a view of {VIEW[0]} × {VIEW[1]}"
    found = []
    for name, (field, low, high) in DRAGS.items():
        studio.filtering.add_layer(name)
        window.wait(window.shown)
        exact, samples, coarse = window.canvas.showing.level, [], 0
        for number in range(count):
            part = 0.5 - 0.5 * (-1) ** number * number / count
            value = type(low)(low + part * (high - low))
            began = time.perf_counter()
            target = studio.filtering.target
            assert target is not None
            parameters = msgspec.structs.replace(studio.filtering.parameters(target), **{field: value})
            studio.filtering.change(target.id, parameters)
            window.wait(window.shown)
            coarse += window.canvas.showing.level > exact
            window.canvas.repaint()
            samples.append(1000 * (time.perf_counter() - began))
        studio.filtering.release()
        studio.undo()
        studio.undo()
        window.wait(window.shown)
        note = f"{about}; {coarse} of {count} coarser, to keep up"
        found.append(figure(f"{name}, {field} to its pixels, {place}", "ms", samples, {"p50": 50.0}, note))
    return found
