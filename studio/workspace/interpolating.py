"""The variations of a generated layer pass into each other, as a film."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from studio.document.layer import Generated
from studio.jobs.job import JobFailed, JobFinished, Priority
from studio.messages.events import Event, Failed, Finished, Picture, Progress
from studio.messages.requests import Interpolate
from studio.project.animation import over_white, write_animation
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import notices
from studio.workspace.walk import state_of, station_of

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

WRITTEN = QT_TRANSLATE_NOOP("notices", "The film was written: {file}.")
NOT_WRITTEN = QT_TRANSLATE_NOOP("notices", "The film was not written. {reason}")
MAKING = QT_TRANSLATE_NOOP("jobs", "Making {file}")
RATE = 12
BETWEEN = 24
MOST = 12
FAR = 2.0
"""Standard deviations either way of a film along one slider."""
SIDE = 512
"""Of the frames, in pixels; they are held until all are there: at most 12 · 24 of 0.75 MiB."""


def request_of(layer: Generated | None, pins: tuple[str, ...] = ()) -> Interpolate | None:
    """The way through the variations of the layer that are pinned to the pad, in that order; where fewer than two are, through the
    starred ones, and where fewer than two have a star, through all; a loop. None for fewer than two, or where they are of different
    checkpoints."""
    if layer is None:
        return None
    there = {one.id: one for one in layer.variants}
    pinned = [there[name] for name in pins if name in there]
    starred = [one for one in layer.variants if one.star]
    chosen = next((some for some in (pinned, starred) if len(some) > 1), list(layer.variants))[:MOST]
    if len(chosen) < 2 or len({one.checkpoint for one in chosen}) > 1:
        return None
    ways = tuple(station_of(state_of(one)) for one in chosen)
    size = min(SIDE, chosen[0].real_size or SIDE)
    return Interpolate(
        model=layer.model, digest=chosen[0].checkpoint, stations=ways, between=BETWEEN, size=size
    )


def shown_way(studio: Studio) -> Interpolate | None:
    """That of the selected layer and what is pinned of it."""
    return request_of(studio.generating.target, studio.exploring.mixing.pins)


def along_slider(studio: Studio, name: str) -> Interpolate | None:
    """The shown picture with the slider ``name`` from two standard deviations back to two further, and back again: a loop. None where
    there is no such slider."""
    entry, target = studio.generating.model, studio.generating.target
    slider = (
        next((one for one in entry.card.sliders if one.name == name), None) if entry is not None else None
    )
    if entry is None or slider is None:
        return None
    shown, now = target.variant if target is not None else None, studio.exploring.state
    low, high = slider.ends
    ways = []
    for amount in (max(low, -FAR), min(high, FAR)):
        state = replace(now, sliders={**now.sliders, name: slider.seen(amount)})
        ways.append(station_of(replace(state, vectors=studio.generating.directions.vectors_of(state))))
    model, digest = (target.model, shown.checkpoint) if target and shown else (entry.card.name, entry.digest)
    size = min(SIDE, shown.real_size if shown and shown.real_size else SIDE)
    return Interpolate(model=model, digest=digest, stations=tuple(ways), between=BETWEEN, size=size)


def write(studio: Studio, path: str, request: Interpolate | None = None) -> None:
    """Makes the film ``request``, or that of the target layer's variations, in the engine and writes it as ``path``, by its ending;
    nothing in the picture changes."""
    request, engine = request or shown_way(studio), studio.engine
    if request is None or engine is None:
        return
    name = Path(path).name
    frames: list[np.ndarray] = []
    job = -1

    def stop() -> None:
        engine.cancel(job)

    def heard(event: Event) -> None:
        if isinstance(event, Picture):
            frames.append(over_white(event.pixels.array()))
        elif isinstance(event, Progress):
            studio.jobs.progress(line, event.done, event.total)
        elif isinstance(event, Finished | Failed):
            studio.jobs.end(line)
            if isinstance(event, Finished):
                _keep(studio, path, frames)
            elif event.kind != "cancelled":
                studio.engine_failed(event, NOT_WRITTEN)

    line = studio.jobs.begin(MAKING, {"file": name}, stop)
    job = engine.submit(request, priority=Priority.background, on_event=heard)


def _keep(studio: Studio, path: str, frames: list[np.ndarray]) -> None:
    """On the files lane, so that the window waits for nothing."""
    name = Path(path).name
    height, width = frames[0].shape[:2]

    def stop() -> None:
        job.cancel()
        studio.jobs.end(line)

    def arrived(event: object) -> None:
        if isinstance(event, int):
            studio.jobs.progress(line, event, len(frames))
        elif isinstance(event, JobFinished | JobFailed):
            studio.jobs.end(line)
            if isinstance(event, JobFinished):
                studio.tell(notices.Notice(kind="done", text=WRITTEN, arguments={"file": name}))
            else:
                reason = {"reason": studio.filing.sentence(event.error, name)}
                studio.tell(
                    notices.Notice(kind="error", text=NOT_WRITTEN, arguments=reason, details=event.details)
                )

    def work() -> Generator[int, None, None]:
        yield from write_animation(path, frames, width, height, RATE)

    line = studio.jobs.begin(MAKING, {"file": name}, stop)
    job = studio.files_lane.submit(work, label="film", priority=Priority.background, on_event=arrived)
