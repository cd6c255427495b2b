"""Everything that was ever generated for a picture, as its journal keeps it: seen again, placed again."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import msgspec
import numpy as np
from psygnal import Signal

from studio.document.artwork import ColourSpace
from studio.document.layer import new_id
from studio.jobs.job import JobFailed, JobFinished, Priority
from studio.messages.requests import Generate, mix_of
from studio.recipe import RecipeError, from_plain
from studio.workspace import notices
from studio.workspace.results import small_picture
from studio.workspace.waiting import PLACED, Result, placed

if TYPE_CHECKING:
    from studio.project.archive import Result as Stored
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

SIDE = 124


class Kept(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What is shown of a result that lies in the journal; ``small`` is straight uint8 RGBA, ``SIDE`` pixels long."""

    id: str
    time: float
    seed: int
    model: str
    sliders: dict[str, float] = msgspec.field(default_factory=dict)
    small: np.ndarray


class AllResults:
    """Read in the background, a few new ones each time; newest last."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._kept: WeakKeyDictionary[Picture, tuple[Kept, ...]] = WeakKeyDictionary()

    @property
    def here(self) -> tuple[Kept, ...]:
        """Those of the current picture that have been read so far."""
        picture = self._studio.current
        return self._kept.get(picture, ()) if picture is not None else ()

    def look(self) -> None:
        """Reads what the current picture's journal has that is not here yet."""
        picture = self._studio.current
        if picture is None:
            return
        known = frozenset(one.id for one in self._kept.get(picture, ()))

        def arrived(event: object) -> None:
            if isinstance(event, Kept) and event.id not in {one.id for one in self._kept.get(picture, ())}:
                self._kept[picture] = (*self._kept.get(picture, ()), event)
                self.changed.emit()

        self._studio.files_lane.submit(
            lambda: _new_ones(picture, known),
            label="results",
            priority=Priority.background,
            replace=f"results {id(picture)}",
            on_event=arrived,
        )

    def place(self, name: str) -> None:
        """The result of this id comes into the current picture as a generated layer of its own; one undo step."""
        picture = self._studio.current
        if picture is None:
            return

        def arrived(event: object) -> None:
            if isinstance(event, JobFailed) or (isinstance(event, JobFinished) and event.result is None):
                self._studio.tell(notices.Notice(kind="error", text=notices.RESULT_LOST))
            elif isinstance(event, JobFinished):
                picture.document.when_idle(lambda: self._place(picture, event.result))

        self._studio.files_lane.submit(lambda: _read(picture, name), label="results", on_event=arrived)

    def _place(self, picture: Picture, stored: Stored) -> None:
        if picture is not self._studio.current:
            return
        self._studio.settle()
        result = self._result_of(stored)
        picture.document.commit(PLACED, placed(picture.document.artwork, (result,)))
        self._studio.generating.strip_changed.emit()

    def _result_of(self, stored: Stored) -> Result:
        values = stored.recipe.parameters
        entries = self._studio.generating.models
        model = str(values.get("model", ""))
        title = next((self._studio.model_title(one) for one in entries if one.card.name == model), model)
        request = request_of(stored)
        rule = "native" if values.get("size_rule") == "native" else "canvas"
        return Result(variant=stored.variant, request=request, layer_id=new_id(), name=title, size_rule=rule)


def request_of(stored: Stored) -> Generate:
    """What was asked for when the result was made; of a recipe that cannot be read, what the picture itself tells."""
    variant, values = stored.variant, dict(stored.recipe.parameters)
    values.pop("size_rule", None)
    known = {"digest": variant.checkpoint, "seeds": [variant.seed]}
    try:
        return from_plain(Generate, {**values, **known})
    except RecipeError:
        sliders, model = dict(variant.sliders), str(values.get("model", ""))
        mix = msgspec.structs.asdict(mix_of(variant))
        return Generate(
            model=model, digest=variant.checkpoint, seeds=(variant.seed,), sliders=sliders, parts=variant.parts,
            varieties=variant.varieties, vectors=variant.vectors, detail=variant.detail,
            detail_digest=variant.detail_digest, **mix,
        )  # fmt: skip


def _new_ones(picture: Picture, known: frozenset[str]) -> Generator[Kept | None, Any, None]:
    """On the files lane, newest first. The pixels leave the memory with each."""
    yield None
    journal = picture.journal
    for name in reversed(journal.archive.result_names() if journal is not None else ()):
        if picture.journal is not journal or journal is None:
            return
        stored = journal.archive.result(name) if name not in known else None
        yield _kept(stored, picture.document.committed.colour_space) if stored is not None else None


def _kept(stored: Stored, space: ColourSpace) -> Kept:
    variant = stored.variant
    return Kept(
        id=stored.id, time=stored.time, seed=variant.seed, sliders=dict(variant.sliders),
        model=str(stored.recipe.parameters.get("model", "")), small=small_picture(variant, SIDE, space),
    )  # fmt: skip


def _read(picture: Picture, name: str) -> Generator[None, Any, Stored | None]:
    yield None
    return picture.journal.archive.result(name) if picture.journal is not None else None
