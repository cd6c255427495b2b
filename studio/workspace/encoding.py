"""Layers as latents of a model with an encoder: a generated layer whose sliders stand where the picture lies, and what is drawn wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from psygnal import Signal

from studio.document import edits, masks, selecting
from studio.document.artwork import Artwork
from studio.jobs.job import Priority
from studio.messages.events import Encoded, Event, Failed
from studio.messages.models import ModelEntry
from studio.messages.requests import Encode, Generate
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import notices, outliers
from studio.workspace.code_map import FolderMap
from studio.workspace.codes import request_of
from studio.workspace.drawing_together import draw_together
from studio.workspace.finding import NOTHING, TAKING, square_of
from studio.workspace.mixing import CORNERS
from studio.workspace.work import work

if TYPE_CHECKING:
    from studio.workspace import picture as pictures
    from studio.workspace.studio import Studio

VAE = "vae"
STEP = QT_TRANSLATE_NOOP("history", "Encode layer")
MIXED = QT_TRANSLATE_NOOP("history", "Mix layers in model")
SELECTED = QT_TRANSLATE_NOOP("history", "Select outliers")
MASKED = QT_TRANSLATE_NOOP("history", "Outliers as mask")
ENCODING = QT_TRANSLATE_NOOP("jobs", "Encoding with {model}")
NOT_ENCODED = QT_TRANSLATE_NOOP("notices", "The picture was not encoded. {reason}")


class Seen(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """A layer as a model's encoder sees it: where in the document, and what was found in it."""

    picture: pictures.Picture
    layer_id: str
    entry: ModelEntry
    place: Rect
    pixels: np.ndarray
    encoded: Encoded


class _Mixture(msgspec.Struct, eq=False):
    """Layers that become variations of one generated layer, as far as they are encoded."""

    picture: pictures.Picture
    entry: ModelEntry
    layers: tuple[str, ...]
    line: int
    found: list[Generate] = []
    job: int = -1
    stopped: bool = False


class Encoding:
    """``changed``: what was found in the layer, or its outliers."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.seen: Seen | None = None
        self.problem = ""
        self.scores: np.ndarray | None = None
        self.waiting = False
        self.folder = FolderMap(studio)
        self._mixture: _Mixture | None = None
        self._life = 0

    # what can be done

    @property
    def able(self) -> bool:
        """Whether the chosen model has an encoder and an engine is there."""
        entry = self._studio.generating.model
        return entry is not None and entry.card.kind == VAE and self._studio.engine is not None

    @property
    def can_encode(self) -> bool:
        picture = self._studio.current
        return self.able and picture is not None and picture.document.artwork.active_layer is not None

    @property
    def can_mix(self) -> bool:
        """Whether two to four layers are selected."""
        return self.able and self._mixture is None and 2 <= len(self._studio.layers.chosen) <= CORNERS

    # one layer

    def begin(self) -> None:
        """What the model finds in the active layer as it looks alone, in the selection's bounds where something is selected."""
        picture, entry = self._studio.current, self._studio.generating.model
        layer = picture.document.artwork.active_layer if picture is not None else None
        self.seen, self.scores, self.problem, self.waiting = None, None, "", False
        self._life += 1
        if picture is None or layer is None or entry is None or not self.can_encode:
            self.changed.emit()
            return
        life, self.waiting = self._life, True

        def found(place: Rect, pixels: np.ndarray, encoded: Encoded) -> None:
            if life == self._life:
                self.waiting = False
                self.seen = Seen(
                    picture=picture, layer_id=layer.id, entry=entry, place=place, pixels=pixels, encoded=encoded
                )  # fmt: skip
                self.changed.emit()

        def failed(reason: str) -> None:
            if life == self._life:
                self.waiting, self.problem = False, reason
                self.changed.emit()

        self._studio.settle()
        self._encode(picture, layer.id, entry, found, failed)
        self.changed.emit()

    def _encode(
        self,
        picture: pictures.Picture,
        layer_id: str,
        entry: ModelEntry,
        found: Callable[[Rect, np.ndarray, Encoded], object],
        failed: Callable[[str], object],
    ) -> None:
        artwork, renderer = picture.document.artwork, picture.renderer
        layer = artwork.find(layer_id)
        if layer is None:
            failed("")
            return

        def taken(result: tuple[np.ndarray, Rect]) -> None:
            pixels, place = result
            if not pixels.size:
                failed(self._studio.translate("notices", NOTHING))
                return
            job = self._ask(entry, pixels, False, lambda event: found(place, pixels, event), failed)
            if self._mixture is not None:
                self._mixture.job = job

        work(self._studio, picture, TAKING, lambda: square_of(renderer, artwork, layer), taken)

    def _ask(
        self,
        entry: ModelEntry,
        pixels: np.ndarray,
        usual: bool,
        found: Callable[[Encoded], object],
        failed: Callable[[str], object],
    ) -> int:
        engine = self._studio.engine
        if engine is None:
            return -1

        def heard(event: Event) -> None:
            if isinstance(event, Encoded):
                found(event)
            elif isinstance(event, Failed) and event.kind != "cancelled":
                failed(self._studio.engine_reason(event))

        request = Encode(
            model=entry.card.name, digest=entry.digest, pixels=pixels.tobytes(), shape=pixels.shape, usual=usual,
            label=self._label(entry),
        )  # fmt: skip
        return engine.submit(request, priority=Priority.normal, on_event=heard)

    def _label(self, entry: ModelEntry) -> str:
        """The class chosen in the panel where it is one of this model's; empty leaves it to the model."""
        label = self._studio.generating.values.mix.label
        return label if label in entry.card.classes else ""

    def use(self) -> None:
        """The layer as the model draws it, above it at its place: one undo step. Its sliders stand where the picture lies."""
        seen = self.seen
        if seen is None:
            return
        requests = (request_of(seen.entry, seen.encoded),)
        draw_together(self._studio, seen.picture, seen.entry, requests, STEP, seen.place, seen.layer_id)

    # outliers

    def look_for_outliers(self) -> None:
        """Beside what is usual in the folder whose map was made with this model, else in the model's own pictures."""
        seen, life = self.seen, self._life
        if seen is None or self.scores is not None or self.waiting:
            return
        known = self.folder.usual_of(seen.entry)
        if known is not None:
            self._take_usual(known, own=False)
            return
        self.waiting = True

        def found(event: Encoded) -> None:
            if life == self._life and event.usual is not None:
                self._take_usual(event.usual.array(), own=True)

        def failed(reason: str) -> None:
            if life == self._life:
                self.waiting, self.problem = False, reason
                self.changed.emit()

        self._ask(seen.entry, seen.pixels, True, found, failed)
        self.changed.emit()

    def _take_usual(self, usual: np.ndarray, *, own: bool) -> None:
        assert self.seen is not None
        self.waiting = False
        self.scores = outliers.scores(self.seen.encoded.error.array(), usual, own=own)
        self.changed.emit()

    def select_outliers(self, threshold: float) -> None:
        """The outliers become the selection; one undo step."""
        self._apply(SELECTED, threshold, lambda artwork, mask, _id: selecting.select(artwork, mask))

    def mask_outliers(self, threshold: float) -> None:
        """The layer shows its outliers alone; one undo step."""

        def edit(artwork: Artwork, mask: Mask, layer_id: str) -> Artwork:
            masked = masks.from_selection(artwork.with_(selection=mask), layer_id)
            return masked.with_(selection=artwork.selection)

        self._apply(MASKED, threshold, edit)

    def _apply(self, step: str, threshold: float, edit: Callable[[Artwork, Mask, str], Artwork]) -> None:
        seen, found = self.seen, self.scores
        if seen is None or found is None or seen.picture not in self._studio.pictures:
            return
        self._studio.settle()
        document = seen.picture.document
        try:
            changed = edit(document.artwork, outliers.mask_of(found, threshold, seen.place), seen.layer_id)
        except edits.EditError as error:
            self._studio.refuse(error)
            return
        document.commit(step, changed)

    # several layers

    def mix(self) -> None:
        """The selected layers as variations of one generated layer above them, pinned to the pad, so that the hand goes from one to
        the other: one undo step."""
        picture, entry = self._studio.current, self._studio.generating.model
        if picture is None or entry is None or not self.can_mix:
            return
        self._studio.settle()
        ids = tuple(one.id for one in picture.document.artwork.chosen)
        line = self._studio.jobs.begin(ENCODING, {"model": self._studio.model_title(entry)}, stop=self.stop)
        self._mixture = _Mixture(picture, entry, ids, line, found=[])
        self._next(self._mixture)
        self.changed.emit()

    def stop(self) -> None:
        mixture = self._mixture
        if mixture is not None:
            if self._studio.engine is not None and mixture.job >= 0:
                self._studio.engine.cancel(mixture.job)
            self._end(mixture)

    def _end(self, mixture: _Mixture) -> None:
        mixture.stopped, self._mixture = True, None
        self._studio.jobs.end(mixture.line)
        self.changed.emit()

    def _next(self, mixture: _Mixture) -> None:
        """The next layer, from the lowest to the topmost, whose place they take."""
        done = len(mixture.found)
        self._studio.jobs.progress(mixture.line, done, len(mixture.layers))

        def found(place: Rect, _pixels: np.ndarray, encoded: Encoded) -> None:
            if mixture.stopped:
                return
            mixture.found.append(request_of(mixture.entry, encoded))
            if len(mixture.found) < len(mixture.layers):
                self._next(mixture)
                return
            self._end(mixture)
            top, requests = mixture.layers[-1], tuple(mixture.found)
            draw_together(self._studio, mixture.picture, mixture.entry, requests, MIXED, place, top)

        def failed(reason: str) -> None:
            if not mixture.stopped:
                self._end(mixture)
                told = notices.Notice(kind="error", text=NOT_ENCODED, arguments={"reason": reason})
                self._studio.tell(told)

        self._encode(mixture.picture, mixture.layers[done], mixture.entry, found, failed)
