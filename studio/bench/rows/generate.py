"""Generate, four pictures: with the engine up, and cold, from a press before the engine's process was started."""

from __future__ import annotations

import math
import time

from studio.bench.figures import Figure, figure
from studio.bench.window import Window
from studio.engine.host.process import ChildEngine
from studio.engine.library.catalog import Catalog
from studio.messages.models import ModelEntry

UP = "Generate, four pictures, engine up: press to all four in the picture"
COLD = "Generate, four pictures, cold: press to all four in the picture, the engine's process not yet started"
TOLD = "the same: press to the first word of what it waits for"


def usable() -> ModelEntry | None:
    """The model that is measured: one of the artist's (given with --model), else the embedded one."""
    entries = [entry for entry in Catalog().entries() if not entry.problem]
    return next((entry for entry in entries if not entry.embedded), entries[0] if entries else None)


def measure(quick: bool = False) -> list[Figure]:
    entry = usable()
    if entry is None:
        return [figure(what, "s", (), note="there is no model") for what in (UP, COLD, TOLD)]
    window = Window(with_engine=True)
    ready(window, entry)
    up = _up(window, entry, 2 if quick else 20)
    cold = [_cold(window, entry) for _ in range(1 if quick else 5)]
    return [
        figure(UP, "s", up, {"p50": 0.6}),
        figure(COLD, "s", [whole for whole, _ in cold], {"max": 3.5}),
        figure(TOLD, "s", [told for _, told in cold], {"max": 1.0}),
    ]


def _cold(window: Window, entry: ModelEntry) -> tuple[float, float]:
    """Seconds from the press to all four in the picture, and to the first word of progress, with a new engine process."""
    studio, running = window.studio, window.running
    if running.engine is not None:
        running.engine.close()
    engine = ChildEngine(deliver=running.delivery.deliver, on_engine=studio.engine_says)
    studio.engine = running.engine = engine
    studio.new_picture(1024, 1024)
    studio.generating.choose_model(entry.card.name)
    window.wait(window.shown)
    told: list[float] = []

    def tell() -> None:
        if studio.generating.doing and not told:
            told.append(time.perf_counter())

    studio.generating.changed.connect(tell)
    began = time.perf_counter()
    studio.generating.generate(new_layer=True)
    window.wait(lambda: not studio.generating.running and window.shown())
    ended = time.perf_counter()
    studio.generating.changed.disconnect(tell)
    target = studio.generating.target
    if target is None or len(target.variants) != 4:
        raise RuntimeError("the engine made no four pictures")
    return ended - began, told[0] - began if told else math.inf


def _up(window: Window, entry: ModelEntry, count: int) -> list[float]:
    studio = window.studio
    studio.new_picture(1024, 1024)
    samples = []
    for number in range(count + 1):
        began = time.perf_counter()
        studio.generating.generate(new_layer=True)
        window.wait(lambda: not studio.generating.running and window.shown())
        if number:
            samples.append(time.perf_counter() - began)
        window.rest(0.2)
    return samples


def ready(window: Window, entry: ModelEntry) -> None:
    """The engine runs, torch is loaded, the model is known and chosen."""
    studio, engine = window.studio, window.running.engine
    assert engine is not None
    studio.refresh_models()
    engine.start()
    window.wait(lambda: bool(studio.generating.models))
    studio.generating.choose_model(entry.card.name)
    window.wait(lambda: engine.device is not None and bool(engine.device.device))
    window.rest(2.0)
