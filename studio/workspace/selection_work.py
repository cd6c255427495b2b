"""Work on the selection that takes its time: on the render lane, one undo step, or only shown."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.jobs.job import Job, JobFailed, JobFinished, Priority
from studio.raster.mask import Mask
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import notices
from studio.workspace.repairing import halved

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

Work = Callable[[Artwork], Generator[None, None, Artwork]]
OWNER = "selecting"
PATIENCE = 0.4
"""Seconds before work is listed among what runs."""
TRIES = 8
"""How often work is begun anew because the picture was changed meanwhile, before its selection is taken as it is."""


def ignore(_artwork: Artwork | None) -> None:
    """For work that nobody waits for."""


class _Running(msgspec.Struct, frozen=True):
    """Work under way: what it is, for which picture, and how many tries are left for the newest pixels. ``number`` counts the
    work of the studio; ``instead_of``: of work that makes a new selection, the one that was there when it was asked for."""

    picture: Picture
    label: str
    work: Work
    then: Callable[[Artwork | None], None]
    number: int
    replaces: bool
    instead_of: Mask | None
    tries: int = TRIES


def _half(work: Work, base: Artwork) -> Generator[None, None, Artwork]:
    result = yield from work(base)
    yield
    return halved(base, result)


def _carried(base: Artwork, result: Artwork, now: Artwork) -> Artwork | None:
    """The selection made of ``base``, in the picture as it is ``now``; None where it has no place there.

    It has one where nothing but the selection was made, and meanwhile neither another selection nor another canvas.
    """
    rest = (name for name in Artwork.__struct_fields__ if name != "selection")
    alone = all(getattr(result, name) is getattr(base, name) for name in rest)
    same_place = now.rect == base.rect and now.selection is base.selection
    return now.with_(selection=result.selection) if alone and same_place else None


class _Line:
    """The work's line among what runs; only work that takes a while gets one."""

    def __init__(self, studio: Studio, stop: Callable[[], None]) -> None:
        self._studio, self._stop = studio, stop
        self._began = time.monotonic()
        self._number: int | None = None

    def going_on(self) -> None:
        if self._number is None and time.monotonic() - self._began > PATIENCE:
            self._number = self._studio.jobs.begin(
                QT_TRANSLATE_NOOP("jobs", "Working on the selection"), {}, self._stop
            )

    def end(self) -> None:
        if self._number is not None:
            self._studio.jobs.end(self._number)
            self._number = None


class SelectionWork:
    """Runs steps from artwork to artwork."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._looking: Job | None = None
        self._count = 0
        self._last: tuple[int, Mask | None] = (0, None)
        """The newest selection made here: by which work, and what it was."""

    def run(
        self,
        label: str,
        work: Work,
        then: Callable[[Artwork | None], None] = ignore,
        *,
        replaces: bool = False,
    ) -> None:
        """Runs ``work`` on the render lane; what it returns becomes one undo step.

        Work whose picture was changed meanwhile is begun anew on what there is now. Where painting goes on and on, a
        selection alone is in the end put onto the present picture; work that changes layers begins anew as often as
        needed, so that no stroke is lost. ``then`` is told the new artwork, or None where nothing came of it.
        ``replaces``: it makes a new selection in place of the one there is; nothing comes of it where the artist chose
        another one meanwhile, or none.
        """
        picture = self._studio.current
        if picture is not None:
            self._studio.settle()
            self._count += 1
            selection = picture.document.committed.selection
            self._begin(_Running(picture, label, work, then, self._count, replaces, selection))

    def _begin(self, running: _Running) -> None:
        base = running.picture.document.committed

        def stop() -> None:
            job.cancel()
            line.end()
            running.then(None)

        def arrived(event: object) -> None:
            if isinstance(event, JobFailed):
                line.end()
                running.then(None)
                self._failed(event)
            elif not isinstance(event, JobFinished):
                line.going_on()
            else:
                line.end()
                running.picture.document.when_idle(lambda: self._done(running, base, event.result))

        line = _Line(self._studio, stop)
        job = self._studio.render_lane.submit(
            lambda: running.work(base), label=running.label, priority=Priority.normal, on_event=arrived
        )

    def _failed(self, event: JobFailed) -> None:
        if isinstance(event.error, EditError):
            self._studio.refuse(event.error)
            return
        arguments = {"reason": self._studio.filing.sentence(event.error)}
        self._studio.tell(
            notices.Notice(kind="error", text=notices.NOT_PAINTED, arguments=arguments, details=event.details)
        )

    def _done(self, running: _Running, base: Artwork, result: Artwork) -> None:
        picture = running.picture
        if picture not in self._studio.pictures or self._is_stale(running):
            running.then(None)
            return
        now = picture.document.committed
        if now is base:
            made: Artwork | None = result
        else:
            made = None if running.tries else _carried(base, result, now)
        if made is None:
            self._begin(replace(running, tries=max(0, running.tries - 1)))
            return
        self._last = running.number, made.selection
        running.then(made)
        picture.document.commit(running.label, made)

    def _is_stale(self, running: _Running) -> bool:
        """Whether the artist chose something else since a new selection was asked for."""
        now = running.picture.document.committed.selection
        number, made = self._last
        ours = now is made and 0 < number < running.number
        return running.replaces and now is not running.instead_of and not ours

    # a look at what a dialog would do

    def show(self, work: Work, *, tinted: bool = False, half: bool = False) -> None:
        """Shows what ``work`` makes, without a step, when it is done; the last one asked for wins. ``half``: the left half of
        the layer as it is."""
        picture = self._studio.current
        if picture is None or picture.document.gesture_open:
            return
        base = picture.document.committed

        def arrived(event: object) -> None:
            if not isinstance(event, JobFinished) or self._looking is not job:
                return
            free = picture.document.preview_owner in (None, OWNER)
            if free and picture.document.committed is base and not picture.document.gesture_open:
                shown = event.result.with_(quick_mask=True) if tinted else event.result
                picture.document.preview(OWNER, shown)

        job = self._looking = self._studio.render_lane.submit(
            lambda: _half(work, base) if half else work(base),
            label="look",
            priority=Priority.normal,
            replace=OWNER,
            on_event=arrived,
        )

    def show_no_more(self) -> None:
        """The dialog is done: the picture shows what it is."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        picture = self._studio.current
        if picture is not None:
            picture.document.revert(OWNER)
