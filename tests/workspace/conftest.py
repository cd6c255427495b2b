"""A studio without a window: lanes stepped in the test's own turn, an engine that answers with gradients."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from studio import api
from studio.document import edits
from studio.document.layer import Layer
from studio.jobs.job import Priority
from studio.jobs.lane import Lane
from studio.messages.events import Event, Failed, FailureKind
from studio.messages.requests import Request
from studio.raster.surface import Surface
from studio.settings import Settings
from studio.workspace.notices import Notice
from studio.workspace.picture import Picture
from studio.workspace.studio import Studio
from studio.workspace.tools import Pointer
from tests.ui import fakes


class Engine(fakes.FakeEngine):
    """Of the jobs with one ``replace`` key only the newest waits, as in the engine's child; can be told to fail."""

    def __init__(self) -> None:
        super().__init__(at_once=False)
        self._keys: dict[str, int] = {}
        self.manners: list[tuple[Priority, str | None]] = []

    def submit(
        self,
        request: Request,
        *,
        priority: Priority = Priority.normal,
        replace: str | None = None,
        on_event: Callable[[Event], None],
    ) -> int:
        self.manners.append((priority, replace))
        if replace is not None and self._keys.get(replace) in self.running:
            self.cancel(self._keys[replace])
        job = super().submit(request, priority=priority, on_event=on_event)
        if replace is not None:
            self._keys[replace] = job
        return job

    def held(self) -> Callable[[], None]:
        """Takes what waits as begun already, so that nothing replaces it; the returned call answers it."""
        begun, self._waiting = self._waiting, []

        def arrive() -> None:
            later, self._waiting = self._waiting, begun
            self.answer()
            self._waiting += later

        return arrive

    def fail(self, kind: FailureKind, **fields: object) -> None:
        """Everything that waits ends so."""
        waiting, self._waiting = self._waiting, []
        for job, _, on_event in waiting:
            on_event(Failed(job=job, kind=kind, **fields))  # type: ignore[arg-type]


class Bench:
    """A studio with what it told."""

    def __init__(self, engine: Engine | None) -> None:
        self.engine = engine or Engine()
        self.told: list[Notice] = []
        self.studio = Studio(
            Settings(language="en"),
            render_lane=Lane("render"),
            files_lane=Lane("files"),
            engine=engine,
            catalogue=lambda: (fakes.model(),),
        )
        self.studio.notice.connect(self.told.append)
        self.studio.refresh_models()
        self.settle()

    def settle(self) -> None:
        while self.studio.files_lane.drain() + self.studio.render_lane.drain():
            pass

    @property
    def picture(self) -> Picture:
        assert self.studio.current is not None
        return self.studio.current

    @property
    def active(self) -> Layer:
        assert self.studio.layers.active is not None
        return self.studio.layers.active

    def sentences(self, *kinds: str) -> list[str]:
        """What was told, as it is read."""
        wanted = kinds or ("error", "warn", "info", "done")
        return [one.text.format(**one.arguments) for one in self.told if one.kind in wanted]

    def open(self, path: Path) -> None:
        self.studio.open(str(path))
        self.settle()

    def stroke(self, x: float = 20, y: float = 20, length: float = 40) -> None:
        """One stroke of the tool in the hand, with what waits for it."""
        gesture = self.studio.painting.begin(self.picture, Pointer(x, y, t=0.0))
        assert gesture is not None, self.sentences()
        for step in range(1, 9):
            gesture.send(Pointer(x + length * step / 8, y, t=step / 100))
        gesture.finish()
        self.settle()

    def labels(self) -> list[str]:
        return [entry.label for entry in self.picture.document.history]

    def close(self) -> None:
        for picture in tuple(self.studio.pictures):
            self.studio.close(picture)
        self.settle()


@pytest.fixture
def make(home: Path) -> Iterator[Callable[..., Bench]]:
    made: list[Bench] = []

    def start(engine: Engine | None = None) -> Bench:
        made.append(Bench(engine))
        return made[-1]

    yield start
    for bench in made:
        bench.close()


@pytest.fixture
def bench(make: Callable[..., Bench]) -> Bench:
    """With an engine that answers when it is told to."""
    return make(Engine())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six pictures of 30 × 24, from blue to red."""
    found = tmp_path / "Photos"
    found.mkdir()
    for index in range(6):
        pixels = np.ones((24, 30, 4), np.float32)
        pixels[..., :3] = (index / 5, 0.5, 1 - index / 5)
        surface = Surface.from_pixels(pixels.astype(np.float16))
        api.export(edits.from_picture(surface, 30, 24, name="one"), found / f"{index}.png")
    return found
