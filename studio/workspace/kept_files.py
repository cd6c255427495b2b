"""Small files of ours that belong to a model: read and written on the files lane, once the models are known."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.jobs.job import JobFailed, JobFinished
from studio.messages.models import ModelEntry
from studio.workspace import notices

if TYPE_CHECKING:
    from studio.workspace.studio import Studio


def when_listed(studio: Studio, call: Callable[[tuple[ModelEntry, ...]], object]) -> None:
    """Calls with the models when it is known which there are: a file that the window is started with comes before them."""
    generating = studio.generating
    if generating.models or studio.engine is None:
        call(generating.models)
        return

    def listed() -> None:
        if generating.models:
            generating.models_changed.disconnect(listed)
            call(generating.models)

    generating.models_changed.connect(listed)


def on_files_lane(
    studio: Studio, path: str, make: Callable[[], Any], done: Callable[[Any], object], failed: str
) -> None:
    """``done`` gets what ``make`` returns; where it fails, ``failed`` is told with the reason."""

    def work() -> Generator[None, None, Any]:
        yield
        return make()

    def arrived(event: object) -> None:
        if isinstance(event, JobFinished):
            done(event.result)
        elif isinstance(event, JobFailed):
            reason = {"reason": studio.filing.sentence(event.error, Path(path).name)}
            studio.tell(notices.Notice(kind="error", text=failed, arguments=reason, details=event.details))

    studio.files_lane.submit(work, label="kept file", on_event=arrived)
