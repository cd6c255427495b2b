"""Filter layers that the engine computes: a lane's steps ask for them, the thread that owns the engine's door hands them in."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from studio.filters import FILTERS
from studio.filters.kind import NoEngineError
from studio.messages.events import Event, Failed, Picture
from studio.messages.requests import ApplyFilter
from studio.recipe import QT_TRANSLATE_NOOP, Stored
from studio.workspace.asking import WAIT, Ask, EngineFailed

if TYPE_CHECKING:
    from studio.jobs.door import EngineDoor
    from studio.render.whole import EngineApply

OTHER_SIZE = QT_TRANSLATE_NOOP(
    "engine",
    "The filter “{filter}” gave {given} values for {wanted}. Please report this with the filter's name.",
)


def request_of(stored: Stored, pixels: np.ndarray) -> ApplyFilter:
    """What the engine is asked: its filter of that name and version on premultiplied float32 pixels [h, w, 4]."""
    return ApplyFilter(
        name=stored.name, version=stored.version, parameters=stored.parameters, pixels=pixels.tobytes(),
        shape=pixels.shape, dtype=pixels.dtype.str,
    )  # fmt: skip


def answered(ask: Callable[[ApplyFilter], Iterator[Event]]) -> EngineApply:
    """An EngineApply where ``ask`` works on a request in this process as its events are taken: command line, Python.

    It raises NoEngineError where torch is not installed, and what ``ask`` raises.
    """

    def apply(stored: Stored, pixels: np.ndarray) -> Iterator[np.ndarray | None]:
        if importlib.util.find_spec("torch") is None:
            raise NoEngineError(FILTERS[stored.name].title)
        for event in ask(request_of(stored, pixels)):
            yield event.pixels.array() if isinstance(event, Picture) else None

    return apply


class EngineFilters:
    """An EngineApply of the renderer: :meth:`__call__` is driven on any lane and never waits longer than some milliseconds.

    ``deliver`` runs a call on the thread that owns ``engine``.
    """

    def __init__(self, engine: EngineDoor, deliver: Callable[[Callable[[], None]], None]) -> None:
        self._engine = engine
        self._deliver = deliver

    def __call__(self, stored: Stored, pixels: np.ndarray) -> Iterator[np.ndarray | None]:
        """Yields None while the engine works, the filtered pixels last; closing it takes the request back. Raises EngineFailed."""
        ask, jobs = Ask(request_of(stored, pixels)), []
        left = False

        def submit() -> None:
            if not left:
                jobs.append(self._engine.submit(ask.request, on_event=ask.hear))

        def take_back() -> None:
            for job in jobs:
                self._engine.cancel(job)

        self._deliver(submit)
        try:
            while not ask.over.wait(WAIT):
                yield None
        finally:
            left = True
            if not ask.over.is_set():
                self._deliver(take_back)
        made = ask.answer
        if made.shape != pixels.shape:
            arguments = {"filter": stored.name, "given": _size(made), "wanted": _size(pixels)}
            raise EngineFailed(Failed(kind="bug", message=OTHER_SIZE, arguments=arguments))
        yield made


def _size(pixels: np.ndarray) -> str:
    return "×".join(map(str, pixels.shape))
