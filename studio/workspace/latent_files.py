"""The shown picture of a model as a latent file, and such a file as a generated layer again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.messages.models import ModelEntry
from studio.project.latent_file import LatentFile, model_of, read_latent, write_latent
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import notices
from studio.workspace.codes import request_at
from studio.workspace.drawing_together import draw_together
from studio.workspace.kept_files import on_files_lane, when_listed
from studio.workspace.walk import state_at, state_of, station_of

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

STEP = QT_TRANSLATE_NOOP("history", "Open latent")
WRITTEN = QT_TRANSLATE_NOOP("notices", "The latent was written: {file}.")
NOT_WRITTEN = QT_TRANSLATE_NOOP("notices", "The latent was not written. {reason}")
NOT_OPENED = QT_TRANSLATE_NOOP("notices", "The latent was not opened. {reason}")


def save(studio: Studio, path: str) -> None:
    """What makes the shown picture of the selected generated layer, as ``path``."""
    target = studio.generating.target
    if target is None or target.variant is None:
        return
    model, variant = target.model, target.variant
    digest = variant.checkpoint or target.model_digest
    station = station_of(state_of(variant))

    def told(_result: Any) -> None:
        name = {"file": Path(path).name}
        studio.tell(notices.Notice(kind="done", text=WRITTEN, arguments=name))

    on_files_lane(studio, path, lambda: write_latent(path, model, digest, station), told, NOT_WRITTEN)


def open_latent(studio: Studio, path: str) -> None:
    """The picture of a latent file as a generated layer: one undo step. It needs the model that the file was made with."""

    def read(entries: tuple[ModelEntry, ...]) -> tuple[LatentFile, ModelEntry]:
        found = read_latent(path)
        return found, model_of(found, entries, path)

    def opened(result: tuple[LatentFile, ModelEntry]) -> None:
        found, entry = result
        studio.settle()
        picture = studio.current or studio.new_picture(1024, 1024)
        draw_together(studio, picture, entry, (request_at(entry, state_at(found.station)),), STEP)

    when_listed(
        studio, lambda entries: on_files_lane(studio, path, lambda: read(entries), opened, NOT_OPENED)
    )
