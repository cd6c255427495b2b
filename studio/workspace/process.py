"""How a picture came to be: the time that was painted on it, and a video of its steps without any interface."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
import numpy as np

from studio.document.artwork import Artwork
from studio.document.history import HistoryEntry, worked_seconds
from studio.jobs.job import JobFailed, JobFinished, Priority
from studio.project.earlier import decode
from studio.project.video import Coding, CodingName, usable, write_video
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.render.picture import framed_small
from studio.render.renderer import Renderer
from studio.workspace import colours
from studio.workspace.notices import Notice

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

RATE = 30
MAKING = QT_TRANSLATE_NOOP("jobs", "Writing the video {file}")
WRITTEN = QT_TRANSLATE_NOOP("notices", "The process video was written: {file}.")
NOT_WRITTEN = QT_TRANSLATE_NOOP("notices", "The process video was not written. {reason}")
_SIZES = {
    "portrait": (1080, 1350),
    "square": (1080, 1080),
    "tall": (1080, 1920),
    "wide": (1920, 1080),
}
_WORDS = (
    QT_TRANSLATE_NOOP("recipe", "portrait"),
    QT_TRANSLATE_NOOP("recipe", "square"),
    QT_TRANSLATE_NOOP("recipe", "tall"),
    QT_TRANSLATE_NOOP("recipe", "wide"),
    QT_TRANSLATE_NOOP("recipe", "white"),
    QT_TRANSLATE_NOOP("recipe", "grey"),
    QT_TRANSLATE_NOOP("recipe", "black"),
)
"""Words of the choices below, which their declarations hold as plain literals."""


class ProcessVideo(msgspec.Struct, frozen=True, kw_only=True):
    """``hold``: how long the finished picture stands at the end, part of ``seconds``."""

    seconds: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Length"), low=3, high=600, soft_high=120, unit="s")
    ] = 30.0
    size: Annotated[
        Literal["portrait", "square", "tall", "wide", "picture", "own"],
        declare(QT_TRANSLATE_NOOP("recipe", "Frame")),
    ] = "portrait"
    width: Annotated[
        int, declare(QT_TRANSLATE_NOOP("recipe", "Width"), low=64, high=4096, step=2.0, unit="px")
    ] = 1280
    height: Annotated[
        int, declare(QT_TRANSLATE_NOOP("recipe", "Height"), low=64, high=4096, step=2.0, unit="px")
    ] = 720
    hold: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Hold the end"), low=0, high=30, soft_high=10, unit="s")
    ] = 2.0
    paper: Annotated[
        Literal["white", "grey", "black"], declare(QT_TRANSLATE_NOOP("recipe", "Background"))
    ] = "white"

    def frame(self, artwork: Artwork) -> tuple[int, int]:
        """(width, height), both even; ``picture`` keeps its proportions with at most 1920 pixels a side, ``own`` is
        ``width`` × ``height``."""
        if self.size == "own":
            return self.width // 2 * 2, self.height // 2 * 2
        if self.size != "picture":
            return _SIZES[self.size]
        scale = min(1.0, 1920 / max(artwork.width, artwork.height))
        return max(2, round(artwork.width * scale) // 2 * 2), max(2, round(artwork.height * scale) // 2 * 2)


def painting_seconds(picture: Picture) -> float:
    """How long was worked on a picture: the times between its steps, pauses left out, and what took those that are gone."""
    document = picture.document
    kept = worked_seconds([entry.time for entry in document.history])
    return picture.earlier.seconds + document.undone_seconds + kept


def schedule(steps: int, options: ProcessVideo) -> list[int]:
    """For each frame the index of the step that it shows: all of them evenly, then the last one held."""
    frames = max(2, round(options.seconds * RATE))
    moving = max(1, frames - round(options.hold * RATE))
    shown = [min(steps - 1, index * steps // moving) for index in range(moving)]
    shown[-1] = steps - 1
    return shown + [steps - 1] * (frames - moving)


class Process:
    """The video of the current picture, made on the files lane."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def look_for_codings(self, found: Callable[[tuple[Coding, ...]], None]) -> None:
        """Finds out in the background what videos this machine can write; ``found`` gets them, the best first."""

        def looking() -> Iterator[None]:
            yield
            return usable()

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished):
                found(event.result)

        self._studio.files_lane.submit(looking, label="codings", priority=Priority.live, on_event=arrived)

    def make_video(
        self, picture: Picture, path: str, options: ProcessVideo, coding: CodingName | None = None
    ) -> None:
        """Writes the way from the first step to the present one as ``path`` (.mp4 or .webm), in ``coding`` where that ending
        allows it."""
        self._studio.settle()
        document = picture.document
        history = list(document.history[: document.cursor + 1])
        total = len(schedule(len(history), options))

        def stop() -> None:
            job.cancel()
            self._studio.jobs.end(line)

        line = self._studio.jobs.begin(MAKING, {"file": Path(path).name}, stop)

        def arrived(event: object) -> None:
            if isinstance(event, int):
                self._studio.jobs.progress(line, event, total)
            elif isinstance(event, JobFinished):
                self._studio.jobs.end(line)
                self._studio.tell(Notice(kind="done", text=WRITTEN, arguments={"file": Path(path).name}))
            elif isinstance(event, JobFailed):
                self._studio.jobs.end(line)
                reason = {"reason": self._studio.filing.sentence(event.error, Path(path).name)}
                self._studio.tell(
                    Notice(kind="error", text=NOT_WRITTEN, arguments=reason, details=event.details)
                )
            else:
                return
            if not isinstance(event, int):
                picture.exports -= 1

        picture.exports += 1
        make = partial(_writing, picture, history, path, options, coding)
        job = self._studio.files_lane.submit(
            make, label="video", priority=Priority.background, on_event=arrived
        )


def _writing(
    picture: Picture,
    history: Sequence[HistoryEntry],
    path: str,
    options: ProcessVideo,
    coding: CodingName | None,
) -> Iterator[int]:
    width, height = options.frame(picture.document.committed)
    small = picture.journal.archive.film() if picture.journal is not None else []
    shown = frames(picture, history, options, width, height, small)
    yield from write_video(path, shown, width, height, RATE, coding)


def frames(
    picture: Picture,
    history: Sequence[HistoryEntry],
    options: ProcessVideo,
    width: int,
    height: int,
    small: Sequence[tuple[int, bytes]] = (),
) -> Iterator[np.ndarray]:
    """uint8 RGB frames [height, width, 3]; a step that cannot be read any more is passed over.

    ``small``: (number, encoded picture) of steps before the history, as many of them as were kept; each stands until the next.
    """
    renderer = Renderer(budget_bytes=128 << 20, to_srgb=colours.to_srgb)
    level = {"white": 255, "grey": 128, "black": 0}[options.paper]
    last, frame = -1, np.full((height, width, 3), level, np.uint8)
    numbers = [number for number, _ in small]
    before = picture.earlier.steps - numbers[0] if numbers else 0
    for index in schedule(before + len(history), options):
        if index != last and index >= before:
            entry = history[index - before]
            artwork = entry.artwork if entry.artwork is not None else picture.load(entry.revision_id)
            frame = renderer.framed(artwork, width, height, level)
        elif index != last:
            pixels = decode(small[bisect_right(numbers, numbers[0] + index) - 1][1])
            frame = frame if pixels is None else framed_small(pixels, width, height, level)
        last = index
        yield frame
