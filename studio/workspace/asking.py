"""Engine filters in the midst of work: steps ask for them, whoever drives the steps hands the request to the engine.

So one generator serves the studio, whose engine is another process that only the UI thread speaks to, and the command line,
where the engine works in the same thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator

import numpy as np

from studio.messages.events import Event, Failed, Finished, Picture
from studio.messages.requests import ApplyFilter

REACH = 8
"""Pixels around a strip that go with it: at least what any engine filter here depends on."""
STRIP_PIXELS = 1 << 18
"""Pixels of one request: so many are done in some tenths of a second, and a stop waits for no more."""
WAIT = 0.004
"""Seconds that a step waits for an answer before it lets others have their turn."""


class EngineFailed(Exception):
    """The engine could not; ``event`` says why."""

    def __init__(self, event: Failed) -> None:
        self.event = event
        super().__init__(event.message.format(**event.arguments) if event.message else event.kind)


class Ask:
    """A request to the engine that steps wait for; ``hear`` gets its events, from any thread."""

    def __init__(self, request: ApplyFilter) -> None:
        self.request = request
        self.over = threading.Event()
        self._picture: np.ndarray | None = None
        self._failed: Exception | None = None

    def hear(self, event: Event) -> None:
        if isinstance(event, Picture):
            self._picture = event.pixels.array()
        elif isinstance(event, Failed):
            self.refuse(EngineFailed(event))
        elif isinstance(event, Finished):
            self.over.set()

    def refuse(self, error: Exception) -> None:
        """There is no answer; the steps raise ``error``."""
        self._failed = error
        self.over.set()

    @property
    def answer(self) -> np.ndarray:
        """Raises EngineFailed, or what it was refused with."""
        if self._failed is not None:
            raise self._failed
        assert self._picture is not None
        return self._picture


Asking = Generator["float | Ask", None, np.ndarray]
"""Yields the part done, 0–1, or a question; returns the picture."""


def filtered(name: str, version: int, pixels: np.ndarray, parameters: dict | None = None) -> Asking:
    """What the engine filter ``name`` makes of premultiplied float32 pixels [h, w, 4], strip by strip: [h, w, channels].

    Raises EngineFailed.
    """
    height, width = pixels.shape[:2]
    rows = max(1, STRIP_PIXELS // width)
    parts: list[np.ndarray] = []
    for top in range(0, height, rows):
        bottom = min(top + rows, height)
        first, last = max(0, top - REACH), min(height, bottom + REACH)
        part = np.ascontiguousarray(pixels[first:last])
        ask = Ask(
            ApplyFilter(
                name=name, version=version, parameters=parameters or {}, pixels=part.tobytes(), shape=part.shape,
                dtype=part.dtype.str,
            )
        )  # fmt: skip
        yield ask
        while not ask.over.wait(WAIT):
            yield top / height
        parts.append(ask.answer[top - first : bottom - first])
        yield bottom / height
    return np.concatenate(parts)


def driven(steps: Asking, answer: Callable[[Ask], None], told: Callable[[float], None]) -> np.ndarray:
    """All steps at once, each question given to ``answer``, which must have it answered when it returns."""
    while True:
        try:
            event = next(steps)
        except StopIteration as end:
            return end.value
        if isinstance(event, Ask):
            answer(event)
        else:
            told(event)
