"""A model as one file to give away, written by the engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studio.messages.events import Event, Failed, Finished
from studio.messages.models import GIFT, ModelEntry, Slider, is_found
from studio.messages.requests import ExportModel
from studio.recipe import QT_TRANSLATE_NOOP
from studio.settings import Settings
from studio.workspace import notices

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

EXPORTING = QT_TRANSLATE_NOOP("jobs", "Exporting the model {model}")


def export_model(studio: Studio, entry: ModelEntry, path: str) -> None:
    """Writes ``entry`` to ``path``, which gets the ending of such files, with the names that the artist gave to found directions."""
    place = path if path.lower().endswith(GIFT) else path + GIFT
    file, title = Path(place).name, studio.model_title(entry)
    if studio.engine is None:
        reason = studio.translate("notices", notices.NO_ENGINE)
        told = {"model": title, "reason": reason}
        studio.tell(notices.Notice(kind="error", text=notices.MODEL_NOT_EXPORTED, arguments=told))
        return
    line = studio.jobs.begin(EXPORTING, {"model": title})

    def arrived(event: Event) -> None:
        if isinstance(event, Finished | Failed):
            studio.jobs.end(line)
        if isinstance(event, Finished):
            told = {"model": title, "file": file}
            studio.tell(notices.Notice(kind="done", text=notices.MODEL_EXPORTED, arguments=told))
        elif isinstance(event, Failed):
            studio.engine_failed(event, notices.MODEL_NOT_EXPORTED, {"model": title})

    named = named_directions(studio.settings, entry.card.name)
    request = ExportModel(model=entry.path, digest=entry.digest, path=place, named=named)
    studio.engine.submit(request, on_event=arrived)


def named_directions(settings: Settings, model: str) -> tuple[Slider, ...]:
    """The found directions of the model of that name that the artist has given names to."""
    return tuple(
        Slider(name=one.name, title=one.title, title_zh=one.title_zh, also=one.also, reversed=one.reversed)
        for one in settings.directions.get(model, ())
        if one.named and not one.hidden and is_found(one.name)
    )
