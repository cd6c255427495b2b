"""The pictures of a folder on a plane of what a model with an encoder finds in them, and a brush that draws what is between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import numpy as np
from psygnal import Signal

from studio.jobs.job import Priority
from studio.messages.events import CodeMap, EncodedFile, Event, Failed, Finished, Progress
from studio.messages.models import ModelEntry
from studio.messages.requests import EncodeFolder, Generate
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import codes
from studio.workspace.codes import Code
from studio.workspace.drawing_together import draw_together
from studio.workspace.mixing import CORNERS
from studio.workspace.walk import State

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

OWNER = "map"
MAPPING = QT_TRANSLATE_NOOP("jobs", "Map of “{folder}”")
SAMPLED = QT_TRANSLATE_NOOP("history", "Sample the map")
TAKEN = QT_TRANSLATE_NOOP("history", "Take pictures from the map")


class Mapped(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """A finished map: ``places`` [N, 2] −1…1, y up, ``latents`` [N, latent], ``amounts`` [N, sliders], of ``files``."""

    entry: ModelEntry
    folder: str
    files: tuple[EncodedFile, ...]
    sliders: tuple[str, ...]
    places: np.ndarray
    latents: np.ndarray
    amounts: np.ndarray
    shares: tuple[float, float]
    usual: np.ndarray
    skipped: tuple[str, ...]
    left: int

    def between(self, at: tuple[float, float], radius: float) -> Code:
        """The code under a brush: the sum of those near it by their shares; of the class of the nearest."""
        known = np.hstack([self.latents, self.amounts])
        shares = codes.shares_near(self.places, known, at, radius)
        label = self.files[int(shares.argmax())].label
        return Code(shares @ self.latents, shares @ self.amounts, label)

    def state(self, code: Code) -> State:
        amounts = {
            name: round(float(amount), 4) for name, amount in zip(self.sliders, code.amounts, strict=True)
        }
        return codes.state_of_code(code.latent.astype(np.float32).tobytes(), amounts, code.label)

    def state_of(self, index: int) -> State:
        """The picture of this number."""
        return self.state(Code(self.latents[index], self.amounts[index], self.files[index].label))


class FolderMap:
    """One map at a time; it stays while the studio runs. ``changed``: how far it has come, or another map."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.mapped: Mapped | None = None
        self.problem = ""
        self.part = 0.0
        self.count = 0
        self._job = -1
        self._running = False
        self._wanted: State | None = None
        self._drawing = False
        self._later = False

    @property
    def running(self) -> bool:
        return self._running

    def usual_of(self, entry: ModelEntry) -> np.ndarray | None:
        """The usual error [S, S, 2] over the mapped folder, where it was mapped with this model."""
        mapped = self.mapped
        return mapped.usual if mapped is not None and mapped.entry.digest == entry.digest else None

    # the map

    def make(self, folder: str) -> None:
        """Takes the pictures of ``folder`` apart with the chosen model. What there was stays until the new map is whole."""
        entry, engine = self._studio.generating.model, self._studio.engine
        if entry is None or engine is None:
            return
        self.stop()
        found: list[EncodedFile] = []
        words = {"folder": folder.replace("\\", "/").rstrip("/").rpartition("/")[2]}
        line = self._studio.jobs.begin(MAPPING, words, stop=self.stop)
        self._running, self.part, self.count, self.problem = True, 0.0, 0, ""

        def heard(event: Event) -> None:
            if isinstance(event, Progress):
                self.part = event.done / event.total if event.total else 0.0
                self._studio.jobs.progress(line, event.done, event.total, event.seconds_left, event.text)
            elif isinstance(event, EncodedFile):
                found.append(event)
                self.count = len(found)
                return  # the Progress behind it tells
            elif isinstance(event, CodeMap):
                self.mapped = mapped_of(entry, folder, tuple(found), event)
            elif isinstance(event, Finished | Failed):
                self._running = False
                self._studio.jobs.end(line)
                if isinstance(event, Failed) and event.kind != "cancelled":
                    self.problem = self._studio.engine_reason(event)
            self.changed.emit()

        request = EncodeFolder(
            model=entry.card.name, digest=entry.digest, folder=folder, label=self._label(entry)
        )
        self._job = engine.submit(request, priority=Priority.background, on_event=heard)
        self.changed.emit()

    def _label(self, entry: ModelEntry) -> str:
        label = self._studio.generating.values.mix.label
        return label if label in entry.card.classes else ""

    def stop(self) -> None:
        if self._running and self._studio.engine is not None:
            self._studio.engine.cancel(self._job)

    # the brush

    @property
    def live(self) -> bool:
        """Whether the selected generated layer is of the map's model, so that the brush draws into it."""
        target, mapped = self._studio.generating.target, self.mapped
        if target is None or target.variant is None or mapped is None:
            return False
        return mapped.entry.digest in (target.variant.checkpoint, target.model_digest)

    def brush(self, at: tuple[float, float], radius: float) -> None:
        """One step of a drag over the map."""
        if self.mapped is not None:
            self._show(self.mapped.state(self.mapped.between(at, radius)))

    def take(self, index: int) -> None:
        """The code of one picture: one undo step."""
        if self.mapped is not None and 0 <= index < len(self.mapped.files):
            self._show(self.mapped.state_of(index))
            self.release()

    def _show(self, state: State) -> None:
        self._wanted = state
        if self.live:
            self._studio.exploring.show(state, label=SAMPLED)
        preview = self.preview_request
        if preview is not None:
            self._studio.exploring.quick.want(OWNER, (preview,))
        self.changed.emit()

    @property
    def preview_request(self) -> Generate | None:
        """The small picture of what the brush wants."""
        if self.mapped is None or self._wanted is None:
            return None
        entry = self.mapped.entry
        small = self._studio.exploring.small(self._wanted)
        return msgspec.structs.replace(small, model=entry.card.name, digest=entry.digest)

    def release(self) -> None:
        """Ends the drag: one undo step of the selected layer, or a new generated layer."""
        wanted, mapped = self._wanted, self.mapped
        if wanted is None or mapped is None:
            return
        if self._drawing:  # it goes on in the layer that is coming
            self._later = True
        elif self.live:
            self._studio.exploring.release()
        else:
            self._draw((wanted,), SAMPLED)

    def _drawn(self) -> None:
        self._drawing, later = False, self._later
        self._later = False
        if later and self.live and self._wanted is not None:
            self._studio.exploring.go_to(self._wanted, SAMPLED)

    def pin(self, indices: tuple[int, ...]) -> None:
        """These pictures as variations of a new generated layer, pinned to the pad: one undo step."""
        if self.mapped is not None:
            chosen = [one for one in indices if 0 <= one < len(self.mapped.files)]
            self._draw(tuple(self.mapped.state_of(one) for one in chosen[:CORNERS]), TAKEN)

    def _draw(self, states: tuple[State, ...], step: str) -> None:
        mapped = self.mapped
        if mapped is None:
            return
        self._studio.settle()
        picture = self._studio.current or self._studio.new_picture(1024, 1024)
        requests = tuple(codes.request_at(mapped.entry, state) for state in states)
        self._drawing = True
        draw_together(self._studio, picture, mapped.entry, requests, step, ended=self._drawn)


def mapped_of(entry: ModelEntry, folder: str, files: tuple[EncodedFile, ...], event: CodeMap) -> Mapped:
    def rows(name: str) -> np.ndarray:
        return np.stack([np.frombuffer(getattr(one, name), np.float32) for one in files]).astype(np.float64)

    return Mapped(
        entry=entry, folder=folder, files=files, sliders=event.sliders, places=event.places.array().astype(np.float64),
        latents=rows("latent"), amounts=rows("amounts"), shares=event.shares, usual=event.usual.array(), skipped=event.skipped, left=event.left,
    )  # fmt: skip
