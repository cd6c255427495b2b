"""Generate, four pictures: with the engine up, and cold, from a press before the engine's process was started."""

from __future__ import annotations

import time
from collections.abc import Callable

from studio.bench.figures import Figure, figure
from studio.bench.window import Window
from studio.engine.host.process import ChildEngine
from studio.engine.library.catalog import Catalog
from studio.messages.events import Event, Failed, Finished, Progress
from studio.messages.models import ModelEntry
from studio.messages.requests import Generate

UP = "Generate, four pictures, engine up: press to all four in the picture"
COLD = "Generate, four pictures, cold: request to the last picture"


def usable() -> ModelEntry | None:
    """The model that is measured: one of the artist's (given with --model), else the embedded one."""
    entries = [entry for entry in Catalog().entries() if not entry.problem]
    return next((entry for entry in entries if not entry.embedded), entries[0] if entries else None)


def measure(quick: bool = False) -> list[Figure]:
    entry = usable()
    if entry is None:
        return [
            figure(UP, "s", (), note="there is no model"),
            figure(COLD, "s", (), note="there is no model"),
        ]
    window = Window(with_engine=True)
    cold, first = [], []
    for number in range(1 if quick else 5):
        seconds, progress = _cold(window, entry, number)
        cold.append(seconds)
        first.append(progress)
    note = f"first progress after {max(first):.2f} s" if all(first) else "without progress"
    return [
        figure(UP, "s", _up(window, entry, 2 if quick else 20), {"p50": 0.6}),
        figure(COLD, "s", cold, {"max": 3.5}, note),
    ]


def _cold(window: Window, entry: ModelEntry, number: int) -> tuple[float, float]:
    """Seconds to Finished, and to the first progress, with a new engine process."""
    deliver: Callable[[Callable[[], None]], None] = window.running.delivery.deliver
    engine = ChildEngine(deliver=deliver)
    seen: list[Event] = []
    times: list[float] = []

    def hear(event: Event) -> None:
        seen.append(event)
        times.append(time.perf_counter())

    request = Generate(
        model=entry.card.name, digest=entry.digest, seeds=tuple(range(number * 4, number * 4 + 4))
    )
    began = time.perf_counter()
    engine.submit(request, on_event=hear)
    window.wait(lambda: bool(seen) and isinstance(seen[-1], Finished | Failed))
    engine.close()
    if isinstance(seen[-1], Failed):
        raise RuntimeError(seen[-1].message)
    progress = (when for event, when in zip(seen, times, strict=True) if isinstance(event, Progress))
    return times[-1] - began, next(progress, began) - began


def _up(window: Window, entry: ModelEntry, count: int) -> list[float]:
    studio = window.studio
    ready(window, entry)
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
