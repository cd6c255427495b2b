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
from studio.project.filter_recipes import Step, Steps
from studio.recipe import QT_TRANSLATE_NOOP, Stored
from studio.workspace.filter_targets import LOCKED, masked
from studio.workspace.notices import Notice

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

SAVED = QT_TRANSLATE_NOOP("notices", "The recipe was written: {file}.")
NOT_SAVED = QT_TRANSLATE_NOOP("notices", "The recipe was not written. {reason}")
NOT_READ = QT_TRANSLATE_NOOP("notices", "The recipe was not opened. {reason}")
ADDED = QT_TRANSLATE_NOOP("history", "Filters of a recipe")
PASTED = QT_TRANSLATE_NOOP("history", "Filter settings")
COPIED = QT_TRANSLATE_NOOP("notices", "Filter settings copied: {count}.")
NOTHING_COPIED = QT_TRANSLATE_NOOP("notices", "No filter settings were copied yet.")
DEVELOPMENT: Steps = (
    Step(name="wavelet-denoise", parameters={"noise": 0.02, "lightness": 0.0, "colour": 0.0}),
    Step(name="colour-fringes"),
    Step(name="lens", parameters={"main": 0.0, "sampling": "cubic"}),
    Step(name="vignette-correction", parameters={"amount": 0.0}),
    Step(name="white-balance"),
    Step(name="exposure"),
    Step(name="shadows-highlights", parameters={"shadows": 0.0}),
    Step(name="vibrance"),
)
"""What a photograph from the sensor is developed with, lowest first: what sensor and lens have done is taken back, then it is
toned. As they come they change nothing, and cost nothing."""
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
        self.copied: Steps = ()

    @property
    def stack(self) -> tuple[Filter, ...]:
        """What would be saved now."""
        picture = self._studio.current
        return stack_of(picture.document.artwork) if picture is not None else ()

    def develop(self, artwork: Artwork) -> Artwork:
        """The picture with the layers that a photograph is developed with above it; the photograph stays active."""
        photograph = artwork.active
        for layer in self._layers(filter_recipes.checked(DEVELOPMENT)):
            artwork = edits.add_layer(artwork, layer)
        return edits.set_active(artwork, photograph)

    def copy(self) -> None:
        """Keeps the settings of the filters that :attr:`stack` names, for other pictures."""
        self.copied = filter_recipes.of_layers(self.stack)
        self._studio.tell(Notice(kind="done", text=COPIED, arguments={"count": str(len(self.copied))}))

    def paste(self) -> None:
        """The copied settings: filters of the same kind take them, in their order; what is not there is added. One undo step.

        Refused as a whole where one of the filters is locked; nothing during a stroke.
        """
        picture = self._studio.current
        if picture is None or not self.copied or picture.document.gesture_open:
            return
        self._studio.settle()
        artwork = picture.document.committed
        there = {layer.id: layer for layer in stack_of(artwork)}
        lacking: list[Step] = []
        for step in self.copied:
            same = next((layer for layer in there.values() if layer.recipe.name == step.name), None)
            if same is None:
                lacking.append(step)
                continue
            del there[same.id]
            stored = Stored(name=step.name, version=step.version, parameters=step.parameters)
            try:
                if any(one.locks.all for one in tree.path_to(artwork, same.id)):
                    raise edits.EditError(LOCKED)
                artwork = edits.change(
                    artwork, same.id, recipe=stored, result=None, opacity=step.opacity, mode=step.mode
                )
            except edits.EditError as error:
                self._studio.refuse(error)
                return
        self._add(picture, tuple(lacking), artwork, PASTED)

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

    def _layers(self, steps: Steps) -> tuple[Filter, ...]:
        return filter_recipes.layers_of(steps, lambda title: self._studio.translate("recipe", title))

    def _add(self, picture: Picture, steps: Steps, base: Artwork | None = None, label: str = ADDED) -> None:
        before = picture.document.committed
        artwork = before if base is None else base
        selection = artwork.selection
        try:
            for layer in self._layers(steps):
                artwork = masked(edits.add_layer(artwork, layer), layer.id, selection)
        except edits.EditError as error:
            self._studio.refuse(error)
            return
        if artwork is not before and picture in self._studio.pictures:
            picture.document.commit(label, artwork)

    def _failed(self, event: JobFailed, text: str, path: str) -> None:
        reason = {"reason": self._studio.filing.sentence(event.error, Path(path).name)}
        self._studio.tell(Notice(kind="error", text=text, arguments=reason, details=event.details))
