"""Real pixels: the shown variation of a generated layer with four times the pixels a side, as a further variation of it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec
from psygnal import Signal

from studio import paths
from studio.document import edits
from studio.document.layer import Generated, Variant
from studio.jobs.job import Priority
from studio.messages.events import DetailLearnt, Event, Failed, Finished, Picture, Progress
from studio.messages.models import ModelEntry
from studio.messages.requests import MOST_DETAIL, Generate, LearnDetail
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import notices
from studio.workspace.jobs import ONE_MODEL
from studio.workspace.results import variant_of
from studio.workspace.waiting import Result
from studio.workspace.walk import asked_of, state_of

if TYPE_CHECKING:
    from studio.workspace import picture as pictures
    from studio.workspace.studio import Studio

LARGEST = 4096
"""Pixels a side that are made at most."""
STEP = QT_TRANSLATE_NOOP("history", "Add detail")
ADDING = QT_TRANSLATE_NOOP("jobs", "Adding detail with {model}")
ADDED = QT_TRANSLATE_NOOP(
    "notices", "{real} of {shown} pixels a side are drawn by the model; the rest is added detail."
)
ENLARGED = QT_TRANSLATE_NOOP(
    "notices",
    "{real} of {shown} pixels a side are drawn by the model; the rest is made larger, without detail.",
)
LEARNING = QT_TRANSLATE_NOOP("jobs", "Learning detail for {model}")
LEARNT = QT_TRANSLATE_NOOP("notices", "“{model}” has detail of its own now: Generate ▸ Add detail.")
NOT_LEARNT = QT_TRANSLATE_NOOP("notices", "No detail was learnt. {reason}")
NOT_ADDED = QT_TRANSLATE_NOOP("notices", "No detail was added. {reason}")


class _Run(msgspec.Struct, eq=False):
    picture: pictures.Picture
    layer_id: str
    name: str
    request: Generate
    origins: tuple
    line: int
    job: int = -1


class RealPixels:
    """One at a time. ``changed``: it began or ended."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._run: _Run | None = None
        self.learning = False

    @property
    def running(self) -> bool:
        return self._run is not None

    @property
    def can_add(self) -> bool:
        """Whether the shown variation is a model's that is there, and may become larger."""
        layer = self._studio.generating.layer
        variant = layer.variant if layer is not None else None
        if variant is None or self._studio.engine is None or self.running:
            return False
        entry = self._model_of(variant)
        return entry is not None and side_after(variant, entry) <= LARGEST and variant.detail < MOST_DETAIL

    def _model_of(self, variant: Variant) -> ModelEntry | None:
        """Exactly the model that made it."""
        models = self._studio.generating.models
        return next((one for one in models if one.digest == variant.checkpoint and not one.problem), None)

    def add(self) -> None:
        """Asks for the shown variation with detail once more than it has; it becomes a variation of its layer, one undo step."""
        picture, layer, engine = self._studio.current, self._studio.generating.layer, self._studio.engine
        if picture is None or layer is None or layer.variant is None or engine is None or not self.can_add:
            return
        self._studio.settle()
        layer = self._studio.generating.layer
        variant = layer.variant if layer is not None else None
        entry = self._model_of(variant) if variant is not None else None
        if layer is None or variant is None or entry is None:
            return
        state = state_of(variant)
        request = Generate(
            model=layer.model, digest=variant.checkpoint, seeds=(variant.seed,), size=max(32, entry.card.learned_size),
            detail=variant.detail + 1, detail_digest=variant.detail_digest, **asked_of(state),
        )  # fmt: skip
        title = self._studio.model_title(entry)
        line = self._studio.jobs.begin(ADDING, {"model": title}, stop=self.stop)
        run = self._run = _Run(picture, layer.id, layer.name, request, state.origins, line)
        self._studio.training.keep_used(entry.path)
        run.job = engine.submit(
            request, priority=Priority.background, on_event=lambda event: self._heard(run, event)
        )
        self.changed.emit()

    @property
    def can_learn(self) -> bool:
        """Whether there is a model that could have a detail network of its own, and nothing learns one now."""
        return (
            self._studio.engine is not None
            and not self.learning
            and self._studio.generating.model is not None
        )

    def learn(self, folder: str) -> None:
        """The chosen model gets a detail network of its own, of the pictures in ``folder``; what is stopped goes on the next time."""
        entry, engine = self._studio.generating.model, self._studio.engine
        if entry is None or engine is None or self.learning:
            return
        run = paths.data() / "details" / f"{entry.digest[:16]}-{sha256(folder.encode()).hexdigest()[:8]}"
        request = LearnDetail(
            data=folder, run=str(run), model=entry.path, digest=entry.digest, resume=run.is_dir()
        )
        title, self.learning = self._studio.model_title(entry), True
        line = self._studio.jobs.begin(
            LEARNING, {"model": title}, stop=lambda: engine.cancel(job), queue=ONE_MODEL
        )

        def heard(event: Event) -> None:
            if isinstance(event, Progress):
                self._studio.jobs.progress(line, event.done, event.total, event.seconds_left, event.text)
            elif isinstance(event, DetailLearnt):
                self._studio.tell(notices.Notice(kind="done", text=LEARNT, arguments={"model": title}))
                self._studio.refresh_models()
            elif isinstance(event, Finished | Failed):
                self.learning = False
                self._studio.jobs.end(line)
                if isinstance(event, Failed) and event.kind != "cancelled":
                    self._studio.engine_failed(event, NOT_LEARNT)
                self.changed.emit()

        job = engine.submit(request, priority=Priority.background, on_event=heard)
        self.changed.emit()

    def stop(self) -> None:
        if self._run is not None and self._studio.engine is not None:
            self._studio.engine.cancel(self._run.job)

    def _heard(self, run: _Run, event: Event) -> None:
        if isinstance(event, Progress):
            self._studio.jobs.progress(run.line, event.done, event.total, event.seconds_left, event.text)
        elif isinstance(event, Picture):
            if run.picture in self._studio.pictures:
                variant = variant_of(event, run.request, run.picture.document.artwork, origins=run.origins)
                asked = msgspec.structs.replace(run.request, detail_digest=variant.detail_digest)
                self._studio.filing.keep_result(run.picture, variant, asked, "canvas")
                run.picture.document.when_idle(lambda: self._place(run, variant, asked))
        elif isinstance(event, Finished | Failed):
            self._run = None
            self._studio.jobs.end(run.line)
            if isinstance(event, Failed) and event.kind != "cancelled":
                self._studio.engine_failed(event, NOT_ADDED)
            self.changed.emit()
            self._studio.generating.changed.emit()

    def _place(self, run: _Run, variant: Variant, asked: Generate) -> None:
        document = run.picture.document
        if run.picture is self._studio.current:
            self._studio.settle()
        layer = document.artwork.find(run.layer_id)
        if isinstance(layer, Generated):
            changed = edits.add_variants(document.artwork, layer.id, (variant,), choose=len(layer.variants))
            document.commit(STEP, changed)
        else:
            self._studio.generating.waiting.add(
                run.picture,
                Result(variant=variant, request=asked, layer_id=run.layer_id, name=run.name),
            )
        sides = {"real": str(variant.real_size), "shown": str(variant.width)}
        self._studio.tell(notices.Notice(kind="done", text=ADDED, arguments=sides))
        self._studio.generating.strip_changed.emit()


def side_after(variant: Variant, entry: ModelEntry) -> int:
    """Pixels a side once detail is added once more."""
    return entry.card.learned_size * 4 ** (variant.detail + 1)
