"""The layers of an open picture as masks with their names, added to a labelled set: what other programs and trainings learn from."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from studio.document.artwork import Artwork
from studio.jobs.aside import aside
from studio.jobs.job import JobFailed, JobFinished, Priority
from studio.project import labelled, layered_set
from studio.raster.colour import to_straight8
from studio.recipe import QT_TRANSLATE_NOOP
from studio.render.whole import EngineApply
from studio.workspace.assembling import flattened
from studio.workspace.notices import Notice

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

WRITING = QT_TRANSLATE_NOOP("jobs", "Writing the layers of “{title}” as masks")
ADDED = QT_TRANSLATE_NOOP(
    "notices",
    "“{title}” is in the set “{folder}”: the picture, and a mask with its name for each layer ({count}).",
)
NOTHING = QT_TRANSLATE_NOOP("notices", "No layer of “{title}” covers anything, so no masks were written.")
OTHER_SET = QT_TRANSLATE_NOOP(
    "notices", "“{folder}” holds a labelled set without masks. Choose another folder, or an empty one."
)
NOT_WRITTEN = QT_TRANSLATE_NOOP("notices", "The layers were not written as masks. {reason}")


def add(studio: Studio, picture: Picture, folder: Path) -> None:
    """Writes the picture and its masks into ``folder``, behind what is there of earlier pictures."""
    studio.settle()
    artwork, words = picture.document.artwork, {"title": picture.title, "folder": folder.name or str(folder)}
    picture.exports += 1

    def stop() -> None:
        job.cancel()
        ended()

    def ended() -> None:
        studio.jobs.end(line)
        picture.exports -= 1

    def arrived(event: object) -> None:
        if isinstance(event, float):
            studio.jobs.progress(line, round(100 * event), 100)
        elif isinstance(event, JobFinished):
            ended()
            text = OTHER_SET if event.result is None else ADDED if event.result else NOTHING
            kind = "done" if event.result else "warn"
            studio.tell(Notice(kind=kind, text=text, arguments={**words, "count": str(event.result)}))
        elif isinstance(event, JobFailed):
            ended()
            reason = {"reason": studio.filing.sentence(event.error)}
            studio.tell(Notice(kind="error", text=NOT_WRITTEN, arguments=reason, details=event.details))

    line = studio.jobs.begin(WRITING, {"title": picture.title}, stop)
    job = studio.files_lane.submit(
        lambda: aside(_added(artwork, picture.title, folder, studio.engine_filters), 0.0),
        label="masks",
        priority=Priority.background,
        on_event=arrived,
    )


def _added(
    artwork: Artwork, title: str, folder: Path, engine: EngineApply | None
) -> Generator[float, None, int | None]:
    """How many masks were written; None where the folder holds a set of another kind."""

    def render(one: Artwork) -> np.ndarray:
        return to_straight8(flattened(one, engine))

    lines = labelled.lines_of(folder)
    if lines and "layers" not in lines[0]:
        return None
    stem = f"{len(lines):05d}-{labelled.safe(title)}"
    said = yield from layered_set.write_layered(folder, stem, artwork, render)
    if said is None:
        return 0
    with labelled.described(folder, more=True) as note:
        note(said)
    return len(said["layers"])
