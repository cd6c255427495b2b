"""A dragged latent slider: from the value being set to its pixels in the view, alone and beside a training run."""

from __future__ import annotations

import math
import time

from studio.bench.figures import Figure, figure
from studio.bench.rows.generate import ready, usable
from studio.bench.window import Window
from studio.messages.requests import Generate

SHOWN = "slider value to new pixels in the view"
BESIDE = "the same while a training runs"
PAUSED = "the same while a training is paused"
ZOOMS = (0.25, 1.0, 4.0)
TARGET = {"p50": 40.0, "p95": 80.0}


def measure(quick: bool = False) -> list[Figure]:
    entry = usable()
    if entry is None or not entry.card.sliders:
        return [figure(what, "ms", (), note="there is no model with sliders") for what in (SHOWN, BESIDE)]
    window = Window(with_engine=True)
    studio, name = window.studio, entry.card.sliders[0].name
    ready(window, entry)
    studio.new_picture(1024, 1024)
    studio.generating.generate(new_layer=True)
    window.wait(lambda: not studio.generating.running and studio.generating.target is not None)
    window.rest(1.0)
    count = 5 if quick else 150
    size = f"{entry.card.size} px network, {entry.card.learned_size} px with its learned step, layer 1024 px"
    found = [figure(SHOWN, "ms", drag(window, name, count), TARGET, f"{size}, shown at fit zoom")]
    fit = window.canvas.viewport.zoom
    for zoom in ZOOMS:
        window.canvas.zoom_to(zoom)
        window.wait(window.shown)
        found.append(figure(f"the same at {zoom:.0%}", "ms", drag(window, name, count), TARGET))
    window.canvas.zoom_to(fit)
    studio.training.start("shanshui-gan", name="bench", steps=100_000)
    window.wait(lambda: bool(studio.training.state and studio.training.state.step >= 1), 120)
    beside = drag(window, name, count)
    last = drag_fast(window, name)
    state = studio.training.state
    if state is None or not state.running or state.problem:
        raise RuntimeError("the training ended before it was measured beside")
    shown = f"last value of a fast drag {'always shown' if last else 'NOT SHOWN'}"
    found.append(figure(BESIDE, "ms", beside, TARGET, shown))
    studio.training.pause(True)
    window.rest(3.0)
    rested = studio.training.state
    found.append(figure(PAUSED, "ms", drag(window, name, count), TARGET))
    if rested is None or studio.training.state is None or rested.step != studio.training.state.step:
        raise RuntimeError("the training went on while it was paused")
    studio.training.stop()
    return found


def drag(window: Window, name: str, count: int) -> list[float]:
    """One value after the other, each awaited."""
    shown: list[Generate] = []
    window.studio.exploring.value_shown.connect(shown.append)
    samples = []
    for index in range(count):
        value = round(2.5 * math.sin(0.21 * (index + 1)), 4)
        began = time.perf_counter()
        window.studio.exploring.set_slider(name, value)
        window.wait(
            lambda value=value: bool(shown) and shown[-1].sliders.get(name) == value and window.shown(), 20
        )
        samples.append(1000 * (time.perf_counter() - began))
    window.studio.exploring.value_shown.disconnect(shown.append)
    window.studio.exploring.release()
    window.rest(1.0)
    return samples


def drag_fast(window: Window, name: str) -> bool:
    """Values every 8 ms, far faster than pictures: whether the last one is shown each time."""
    shown: list[Generate] = []
    window.studio.exploring.value_shown.connect(shown.append)
    for round_ in range(3):
        for index in range(60):
            value = round(-2.0 + 0.06 * index + 0.01 * round_, 4)
            window.studio.exploring.set_slider(name, value)
            window.rest(0.008)
        try:
            window.wait(lambda value=value: bool(shown) and shown[-1].sliders.get(name) == value, 10)
        except TimeoutError:
            return False
    window.studio.exploring.release()
    return True
