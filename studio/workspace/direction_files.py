"""A direction that was given away as a slider of the model it was taught to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.messages.models import ModelEntry
from studio.project.direction_file import DirectionFile, read_direction
from studio.recipe import QT_TRANSLATE_NOOP
from studio.settings import NamedDirection
from studio.workspace import notices
from studio.workspace.kept_files import on_files_lane, when_listed

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

TAKEN = QT_TRANSLATE_NOOP("notices", "“{name}” is a slider of “{model}” now.")
NOT_TAKEN = QT_TRANSLATE_NOOP("notices", "The direction was not taken. {reason}")


def open_direction(studio: Studio, path: str) -> None:
    """A slider of whichever model it was taught to, in the state it was taught to; a sentence that names that model where it is not
    here. A name that the artist gave it before stays."""

    def taken(result: tuple[DirectionFile, ModelEntry]) -> None:
        found, entry = result
        named = NamedDirection(
            name=found.name, title=found.title, title_zh=found.title_zh, named=True, vector=found.vector,
            also=found.also or None,
        )  # fmt: skip
        kept = studio.generating.directions.take(entry.card.name, named)
        title = kept.title_zh if studio.language.startswith("zh") else kept.title
        told = {"name": title or kept.title, "model": studio.model_title(entry)}
        studio.tell(notices.Notice(kind="done", text=TAKEN, arguments=told))

    def begin(entries: tuple[ModelEntry, ...]) -> None:
        on_files_lane(studio, path, lambda: read_direction(path, entries), taken, NOT_TAKEN)

    when_listed(studio, begin)
