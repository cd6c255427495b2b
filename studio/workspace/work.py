"""Longer work on a picture: a line among the jobs, steps on the render lane, its result between gestures."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

from studio.jobs.job import JobFailed, JobFinished, Priority
from studio.workspace import notices

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

Work = Generator[float, None, Any]
"""Yields the part done, 0–1; returns the result."""


def work(
    studio: Studio,
    picture: Picture | None,
    words: str,
    make: Callable[[], Work],
    finished: Callable[[Any], None],
) -> None:
    """Runs ``make()``; ``finished`` gets its result when nothing is drawn on the picture, if it is still open.

    ``picture`` None: the work is for one that is yet to be.

    ``words``: what the job is called, English source text in context ``jobs``. A failure becomes a card.
    """

    def stop() -> None:
        job.cancel()
        studio.jobs.end(line)

    line = studio.jobs.begin(words, None, stop)

    def arrived(event: object) -> None:
        if isinstance(event, float):
            studio.jobs.progress(line, round(event * 100), 100)
            return
        studio.jobs.end(line)
        if isinstance(event, JobFailed):
            reason = {"reason": str(event.error)}
            studio.tell(
                notices.Notice(
                    kind="error", text=notices.NOT_PAINTED, arguments=reason, details=event.details
                )
            )
        elif isinstance(event, JobFinished) and picture is None:
            finished(event.result)
        elif isinstance(event, JobFinished) and picture in studio.pictures:
            picture.document.when_idle(lambda: finished(event.result))

    job = studio.render_lane.submit(make, label=words, priority=Priority.normal, on_event=arrived)
