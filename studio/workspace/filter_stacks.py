"""Several filter layers as one recipe file, and such a file as filter layers again."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

from studio.document import edits, tree
from studio.document.artwork import Artwork
from studio.document.layer import Filter
from studio.jobs.job import JobFailed, JobFinished
from studio.project import filter_recipes
from studio.project.filter_recipes import Steps
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.filter_targets import masked
from studio.workspace.notices import Notice

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

SAVED = QT_TRANSLATE_NOOP("notices", "The recipe was written: {file}.")
NOT_SAVED = QT_TRANSLATE_NOOP("notices", "The recipe was not written. {reason}")
NOT_READ = QT_TRANSLATE_NOOP("notices", "The recipe was not opened. {reason}")
ADDED = QT_TRANSLATE_NOOP("history", "Filters of a recipe")
NONE = QT_TRANSLATE_NOOP("notices", "There is no filter layer here that a recipe could keep.")


def stack_of(artwork: Artwork) -> tuple[Filter, ...]:
    """The filter layers that are selected, lowest first; where none is, those that are seen beside the active layer."""
    chosen = tuple(layer for layer in artwork.chosen if isinstance(layer, Filter))
    if len(chosen) > 1 or artwork.active_layer is None:
        return chosen
    siblings, _ = tree.siblings_of(artwork, artwork.active)
    return tuple(layer for layer in siblings if isinstance(layer, Filter) and layer.visible)


class FilterStacks:
    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    @property
    def stack(self) -> tuple[Filter, ...]:
        """What would be saved now."""
        picture = self._studio.current
        return stack_of(picture.document.artwork) if picture is not None else ()

    def save(self, path: str) -> None:
        """Writes the filters of the current picture as a recipe."""
        self._studio.settle()
        steps = filter_recipes.of_layers(self.stack)

        def work() -> Generator[None, None, None]:
            yield
            filter_recipes.write(path, steps)

        def told(event: object) -> None:
            if isinstance(event, JobFinished):
                self._studio.tell(Notice(kind="done", text=SAVED, arguments={"file": Path(path).name}))
            elif isinstance(event, JobFailed):
                self._failed(event, NOT_SAVED, path)

        self._studio.files_lane.submit(work, label="recipe", on_event=told)

    def open(self, path: str) -> None:
        """Adds the filters of a recipe as live layers above the active one, inside the selection; one undo step."""
        picture = self._studio.current
        if picture is None:
            return

        def work() -> Generator[None, None, Steps]:
            yield
            return filter_recipes.read(path)

        def arrived(event: object) -> None:
            if isinstance(event, JobFinished):
                picture.document.when_idle(lambda: self._add(picture, event.result))
            elif isinstance(event, JobFailed):
                self._failed(event, NOT_READ, path)

        self._studio.files_lane.submit(work, label="recipe", on_event=arrived)

    def _add(self, picture: Picture, steps: Steps) -> None:
        artwork = picture.document.committed
        selection = artwork.selection
        try:
            for layer in filter_recipes.layers_of(
                steps, lambda title: self._studio.translate("recipe", title)
            ):
                artwork = masked(edits.add_layer(artwork, layer), layer.id, selection)
        except edits.EditError as error:
            self._studio.refuse(error)
            return
        if steps and picture in self._studio.pictures:
            picture.document.commit(ADDED, artwork)

    def _failed(self, event: JobFailed, text: str, path: str) -> None:
        reason = {"reason": self._studio.filing.sentence(event.error, Path(path).name)}
        self._studio.tell(Notice(kind="error", text=text, arguments=reason, details=event.details))
