"""Some of the artist's own pictures as the judge of a training would see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
import numpy as np
from psygnal import Signal

from studio.jobs.job import Priority
from studio.messages.events import Event, Failed, Squares
from studio.messages.requests import PreviewData
from studio.recipe import QT_TRANSLATE_NOOP, declare

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

ROWS = 5


class Strength(msgspec.Struct, frozen=True, kw_only=True):
    """``augment``: the share of pictures that each change touches. ``cutout``: a square is cut out, too, as of few pictures."""

    augment: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Strength"), low=0.05, high=1.0, step=0.05)
    ] = 0.5
    cutout: Annotated[bool, declare(QT_TRANSLATE_NOOP("recipe", "Cut out a square, too"))] = False


class Augmenting:
    """``rows``: of each picture what it is and behind it what comes of it, uint8 [side, LOOKS · side, 3], as they come; ``problem``
    why there are none."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self.rows: tuple[np.ndarray, ...] = ()
        self.problem = ""
        self._asked = 0

    @property
    def files(self) -> tuple[str, ...]:
        """Those that are shown: of all that are trained on, spread over the folder."""
        pictures = self._studio.training.pictures
        trained = [
            one.file for one in pictures.pictures if one.split == "train" and one.file not in pictures.out
        ]
        count = min(ROWS, len(trained))
        return tuple(trained[index * len(trained) // count] for index in range(count))

    def ask(self, strength: Strength) -> None:
        """Asks for the rows anew; the newest question counts, and what is shown stays until its first row comes."""
        pictures, files, engine = self._studio.training.pictures, self.files, self._studio.engine
        self._asked += 1
        asked, made = self._asked, []
        if engine is None or not files:
            return

        def arrived(event: Event) -> None:
            if asked != self._asked:
                return
            if isinstance(event, Squares):
                made.append(event.pixels.array())
                self.rows = (*made, *self.rows[len(made) : len(files)])
                self.problem = ""
            elif isinstance(event, Failed) and event.kind != "cancelled":
                self.rows, self.problem = (), self._studio.engine_reason(event)
            self.changed.emit()

        request = PreviewData(
            folder=pictures.folder, files=files, decisions=pictures.decisions, augment=strength.augment, cutout=strength.cutout
        )  # fmt: skip
        engine.submit(request, priority=Priority.normal, replace="augmentation preview", on_event=arrived)
