"""Find in model: the picture of a model that is nearest to a layer, as a generated layer whose sliders move."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from psygnal import Signal

from studio.document.artwork import SRGB, Artwork
from studio.document.layer import Layer
from studio.document.merging import extent
from studio.jobs.job import Priority
from studio.messages.events import Event, Failed, Finished, Picture, Progress
from studio.messages.models import ModelEntry
from studio.messages.requests import Generate, Part, Project
from studio.raster import colour, resample
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import colours, notices
from studio.workspace.drawing_together import draw_together
from studio.workspace.fusing import alone
from studio.workspace.merging import cut_out
from studio.workspace.results import PAINTABLE, selected_place
from studio.workspace.work import work

if TYPE_CHECKING:
    from studio.render.renderer import Renderer
    from studio.workspace import picture as pictures
    from studio.workspace.studio import Studio

STEPS = 300
SIDE = 256
"""Of the picture that is looked for; networks draw no more."""
LOOKING = QT_TRANSLATE_NOOP("jobs", "Looking for a picture in {model}")
TAKING = QT_TRANSLATE_NOOP("jobs", "Looking at the layer")
STEP = QT_TRANSLATE_NOOP("history", "Find in model")
NOTHING = QT_TRANSLATE_NOOP("notices", "There is nothing to look for: the layer is empty here.")
NOT_FOUND = QT_TRANSLATE_NOOP("notices", "The picture was not found. {reason}")


class Stage(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """A picture on the way: its step, what makes it again, and uint8 pixels [h, w, 3 or 4]."""

    step: int
    seed: int
    code: bytes
    pixels: np.ndarray
    difference: float


class _Search(msgspec.Struct, eq=False):
    picture: pictures.Picture
    layer_id: str
    entry: ModelEntry
    label: str
    place: Rect
    line: int
    job: int = -1
    running: bool = True


class Finding:
    """One search at a time. ``changed``: how far it has come, or a further picture of the film."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._search: _Search | None = None
        self.target: np.ndarray | None = None
        self.stages: tuple[Stage, ...] = ()
        self.part = 0.0
        self.difference = 0.0

    @property
    def running(self) -> bool:
        return self._search is not None and self._search.running

    @property
    def can_begin(self) -> bool:
        studio = self._studio
        picture, ready = studio.current, studio.engine is not None and studio.generating.model is not None
        return (
            ready
            and not self.running
            and picture is not None
            and picture.document.artwork.active_layer is not None
        )

    def begin(self) -> None:
        """Looks for the active layer as it looks alone, inside the selection's bounds where something is selected."""
        picture, entry = self._studio.current, self._studio.generating.model
        layer = picture.document.artwork.active_layer if picture is not None else None
        if picture is None or layer is None or entry is None or not self.can_begin:
            return
        self._studio.settle()
        self.target, self.stages, self.part, self.difference, self._search = None, (), 0.0, 0.0, None
        artwork, renderer = picture.document.artwork, picture.renderer

        def taken(result: tuple[np.ndarray, Rect]) -> None:
            pixels, place = result
            if not pixels.size:
                self._studio.tell(notices.Notice(kind="warn", text=NOTHING))
                self.changed.emit()
            else:
                self._look(picture, layer.id, entry, pixels, place)

        work(self._studio, picture, TAKING, lambda: square_of(renderer, artwork, layer), taken)
        self.changed.emit()

    def _look(
        self, picture: pictures.Picture, layer_id: str, entry: ModelEntry, pixels: np.ndarray, place: Rect
    ) -> None:
        engine = self._studio.engine
        if engine is None:
            return
        label = self._studio.generating.values.mix.label
        line = self._studio.jobs.begin(LOOKING, {"model": self._studio.model_title(entry)}, stop=self.stop)
        search = self._search = _Search(picture, layer_id, entry, label, place, line)
        self.target = pixels
        request = Project(
            model=entry.card.name, digest=entry.digest, pixels=pixels.tobytes(), shape=pixels.shape, steps=STEPS, label=label
        )  # fmt: skip
        job = engine.submit(
            request, priority=Priority.background, on_event=lambda event: self._heard(search, event)
        )
        search.job = job
        self.changed.emit()

    def _heard(self, search: _Search, event: Event) -> None:
        if search is not self._search:
            return
        if isinstance(event, Progress):
            self.part = event.done / event.total if event.total else 0.0
            self.difference = event.values.get("difference", self.difference)
            self._studio.jobs.progress(search.line, event.done, event.total, event.seconds_left, event.text)
        elif isinstance(event, Picture):
            stage = Stage(
                step=event.index, seed=event.seed, code=event.latent, pixels=event.pixels.array(), difference=self.difference
            )  # fmt: skip
            self.stages = (*self.stages, stage)
        elif isinstance(event, Finished | Failed):
            search.running = False
            self._studio.jobs.end(search.line)
            if isinstance(event, Failed) and event.kind != "cancelled":
                self._studio.engine_failed(event, NOT_FOUND)
        self.changed.emit()

    def stop(self) -> None:
        """Ends the search; what was found on the way can still be used."""
        if self._search is not None and self.running and self._studio.engine is not None:
            self._studio.engine.cancel(self._search.job)

    def use(self, index: int) -> None:
        """Puts the picture of a stage above the layer that was looked for, at its place: one undo step."""
        search, engine = self._search, self._studio.engine
        if search is None or engine is None or not 0 <= index < len(self.stages):
            return
        self.stop()
        stage, entry = self.stages[index], search.entry
        part = Part(seed=stage.seed, weight=1.0, label=search.label, code=stage.code)
        request = Generate(
            model=entry.card.name, digest=entry.digest, seeds=(stage.seed,), label=search.label, parts=(part,), variety=1.0,
            size=max(entry.card.learned_size, PAINTABLE),
        )  # fmt: skip

        draw_together(self._studio, search.picture, entry, (request,), STEP, search.place, search.layer_id)


def square_of(
    renderer: Renderer, artwork: Artwork, layer: Layer
) -> Generator[float, None, tuple[np.ndarray, Rect]]:
    """(straight uint8 sRGB with alpha, at most SIDE pixels a side, the square of the document that they are of)."""
    one = alone(artwork, layer)
    area = extent((one,), artwork.rect).intersect(artwork.rect)
    if artwork.selection is not None:
        area = area.intersect(selected_place(artwork))
    if area.empty:
        yield 1.0
        return np.zeros((0, 0, 4), np.uint8), area
    pixels, place = yield from cut_out(renderer, artwork.with_(layers=(one,), selection=None), area)
    side = min(place.width, place.height)
    left, top = (place.width - side) // 2, (place.height - side) // 2
    square = pixels[top : top + side, left : left + side]
    if square.size and side > SIDE:
        square = resample.resize(square, SIDE, SIDE, "linear")
    square = colours.pixels_between(square, artwork.colour_space, SRGB, quick=True) if square.size else square
    corner = (place.left + left, place.top + top)
    return colour.to_straight8(np.clip(square, 0, 1)), Rect(*corner, corner[0] + side, corner[1] + side)
