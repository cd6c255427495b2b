"""Pictures judged by eye: generated beside real, and a blind vote between two models or checkpoints."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from psygnal import Signal

from studio.jobs.job import Priority
from studio.messages.data import Decisions
from studio.messages.events import Event, Failed, Nearest, Picture, Progress, Squares
from studio.messages.models import ModelEntry
from studio.messages.requests import FindNearest, Generate, PreviewData
from studio.raster.resample import resize

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

Answer = Literal["left", "right", "none"]
CONFIDENT = 1.959964
"""Quantile of the normal distribution for 95 of 100."""


class Share(NamedTuple):
    """Of ``count`` votes that chose, the share for the first, and the interval that holds it in 95 of 100 such votes."""

    value: float
    low: float
    high: float
    count: int


def share_of(won: int, count: int) -> Share:
    """Wilson's interval of a binomial share (Wilson 1927, doi 10.1080/01621459.1927.10502953); without votes all is possible."""
    if not count:
        return Share(0.5, 0.0, 1.0, 0)
    share, square = won / count, CONFIDENT**2
    middle = (share + square / (2 * count)) / (1 + square / count)
    reach = (
        CONFIDENT / (1 + square / count) * math.sqrt(share * (1 - share) / count + square / (4 * count**2))
    )
    return Share(share, max(0.0, middle - reach), min(1.0, middle + reach), count)


def make(
    studio: Studio,
    entry: ModelEntry,
    seeds: tuple[int, ...],
    made: Callable[[Picture], object],
    failed: Callable[[str], object],
) -> int:
    """Asks for pictures of a model at its own size; ``made`` gets each, uint8 [h, w, 3|4]. The job's number,
    0 where there is no engine."""
    if studio.engine is None:
        return 0

    def arrived(event: Event) -> None:
        if isinstance(event, Picture):
            made(event)
        elif isinstance(event, Failed) and event.kind != "cancelled":
            failed(studio.engine_reason(event))

    size = max(entry.card.learned_size, 32)
    request = Generate(model=entry.path, digest=entry.digest, seeds=seeds, size=size)
    return studio.engine.submit(request, priority=Priority.normal, on_event=arrived)


def read(studio: Studio, folder: str, file: str, side: int, taken: Callable[[np.ndarray], object]) -> None:
    """The middle square of a picture of ``folder``, ``side`` pixels a side, uint8 [side, side, 3]."""
    if studio.engine is None:
        return

    def arrived(event: Event) -> None:
        if isinstance(event, Squares):
            taken(event.pixels.array()[:, : event.pixels.shape[0]])

    request = PreviewData(folder=folder, files=(file,), decisions=Decisions(side=min(max(side, 8), 1024)))
    studio.engine.submit(request, replace="real beside generated", on_event=arrived)


def find_nearest(
    studio: Studio,
    folder: str,
    files: tuple[str, ...],
    pixels: np.ndarray,
    heard: Callable[[Progress | Nearest | Failed], object],
) -> None:
    """Which of ``files`` of ``folder`` is most like uint8 [h, w, 3 or 4]; a new question takes the place of the last, which is then
    not heard of."""
    if studio.engine is None:
        return

    def arrived(event: Event) -> None:
        if isinstance(event, Progress | Nearest) or (isinstance(event, Failed) and event.kind != "cancelled"):
            heard(event)

    request = FindNearest(folder=folder, files=files, pixels=pixels.tobytes(), shape=pixels.shape)
    studio.engine.submit(request, replace="nearest beside generated", on_event=arrived)


def difference(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, float]:
    """|one − other| of two uint8 pictures of one size, colour alone, and its mean in levels of 255."""
    apart = np.abs(one[..., :3].astype(np.int16) - other[..., :3].astype(np.int16)).astype(np.uint8)
    return apart, float(apart.mean())


class BlindVote:
    """Pairs of pictures of the same seed, one of each model, on sides drawn at random; nobody sees whose they are before the end."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.models: tuple[ModelEntry, ...] = ()
        self.answers: list[Answer] = []
        self.problem = ""
        self.count = 0
        self._sides: list[bool] = []
        self._made: tuple[dict[int, np.ndarray], dict[int, np.ndarray]] = ({}, {})
        self._jobs: list[int] = []
        self._life = 0

    @property
    def over(self) -> bool:
        return bool(self.count) and len(self.answers) >= self.count

    def begin(self, one: ModelEntry, other: ModelEntry, count: int, seed: int) -> None:
        """``count`` pairs from ``seed`` on, which also draws the sides."""
        self.stop()
        self._life += 1
        life = self._life
        self.models, self.count, self.answers, self.problem = (one, other), count, [], ""
        draw = random.Random(seed)
        self._sides = [draw.random() < 0.5 for _ in range(count)]
        self._made = ({}, {})
        seeds = tuple(range(seed, seed + count))

        def made(which: int, event: Picture) -> None:
            if life == self._life:
                self._made[which][event.index] = event.pixels.array()
                self.changed.emit()

        def failed(reason: str) -> None:
            if life == self._life:
                self.problem = reason
                self.changed.emit()

        for which, entry in enumerate(self.models):
            self._jobs.append(make(self._studio, entry, seeds, partial(made, which), failed))
        self.changed.emit()

    def stop(self) -> None:
        """Ends what is still made."""
        engine = self._studio.engine
        for job in self._jobs:
            if engine is not None and job in engine.running:
                engine.cancel(job)
        self._jobs = []

    def pair(self) -> tuple[np.ndarray, np.ndarray] | None:
        """Left and right of the pair that is asked about, the smaller one enlarged to the other's size, since its pixels would tell
        whose it is; None while it is made, and at the end."""
        index = len(self.answers)
        if self.over or any(index not in made for made in self._made):
            return None
        first, second = (made[index] for made in self._made)
        height, width = (max(one.shape[axis] for one in (first, second)) for axis in (0, 1))
        first, second = (resize(one, width, height, "cubic") for one in (first, second))
        return (second, first) if self._sides[index] else (first, second)

    def vote(self, answer: Answer) -> None:
        if self.pair() is not None:
            self.answers.append(answer)
            self.changed.emit()

    def result(self) -> Share:
        """How often the first model won, of the pairs in which one did."""
        won = count = 0
        for answer, swapped in zip(self.answers, self._sides, strict=False):
            if answer != "none":
                count += 1
                won += (answer == "left") is not swapped
        return share_of(won, count)
