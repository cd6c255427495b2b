"""When memory runs short: history and caches give theirs back first, and the artist is told once."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from studio.jobs.job import Priority
from studio.project.free_memory import bytes_left
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import file_work
from studio.workspace.notices import Notice

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

MIB = 1 << 20
SHORT = 768 * MIB
"""Bytes left below which the studio makes room."""
ROOMY = 2 * SHORT
"""Bytes left above which history and caches have their usual budgets again."""
LOOK_SECONDS = 1.0
TIGHT_HISTORY = 64 * MIB
TIGHT_CACHE = 96 * MIB
ASIDE_CACHE = 16 * MIB
"""For a picture that is not shown."""
RUNS_SHORT = QT_TRANSLATE_NOOP(
    "notices",
    "Memory runs short: earlier steps are now read from the journal when you undo. Close other pictures or programs.",
)

Meter = Callable[[], int | None]
"""Bytes that the process may still take; None where the system does not tell."""


class Memory:
    """Looks at most once a second, while pictures change, at how much is left. UI thread.

    Steps that the journal has not written yet, and what is shown, always stay.
    """

    def __init__(self, studio: Studio, meter: Meter | None = None) -> None:
        self._studio = studio
        self.meter: Meter = meter or bytes_left
        self.short = False
        self._looked = float("-inf")
        self._told = False

    def look(self) -> None:
        """Makes room where little is left; gives the usual budgets back where there is much again. Costs 0.1 ms a second."""
        now = time.monotonic()
        if now - self._looked < LOOK_SECONDS:
            return
        self._looked = now
        left = self.meter()
        if left is None:
            return
        if left < SHORT:
            self.make_room()
        elif self.short and left > ROOMY:
            self._widen()

    def ran_out(self) -> None:
        """Something could not have the memory that it asked for."""
        self.make_room()

    def make_room(self) -> None:
        """Earlier steps and kept tiles leave the memory, those of the shown picture last; said once."""
        self.short = True
        for picture in self._studio.pictures:
            self._tighten(picture)
        if not self._told:
            self._told = True
            self._studio.tell(Notice(kind="warn", text=RUNS_SHORT))

    def begin(self, picture: Picture) -> None:
        """A picture that is opened while memory is short has small budgets from the start."""
        if self.short:
            self._tighten(picture)

    def _tighten(self, picture: Picture) -> None:
        shown = picture is self._studio.current
        picture.document.set_budget(TIGHT_HISTORY)
        picture.tile_budget = TIGHT_HISTORY
        picture.renderer.set_budget(TIGHT_CACHE if shown else ASIDE_CACHE)
        if picture.journal is not None:
            self._studio.files_lane.submit(
                partial(file_work.evicted, picture, shown),
                label="memory",
                priority=Priority.normal,
                replace=f"memory{id(picture)}",
            )

    def _widen(self) -> None:
        self.short = False
        settings = self._studio.settings
        for picture in self._studio.pictures:
            picture.document.set_budget(settings.history_budget)
            picture.tile_budget = settings.history_budget
            picture.renderer.set_budget(settings.cache_budget)
