"""How much coarser a layer is shown while it is dragged, so that its frames come as fast as the hand moves."""

from __future__ import annotations

import time
from collections.abc import Callable

FRAME = 1 / 30
"""Seconds that a frame of a drag may take."""
SLOW_FRAMES = 2
COARSEST = 2


class KeepingUp:
    """``coarser``: mip levels beyond the usual one of a drag; grows while frames come late, and is 0 at rest again."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._asked: float | None = None
        self._slow = self._needed = 0
        self.coarser = 0

    @property
    def waits(self) -> bool:
        """Whether the frame of a change has not come yet."""
        return self._asked is not None

    def asked(self, dragged: bool) -> None:
        """The picture changed, in a drag or not."""
        if not dragged:
            self._asked, self._slow, self._needed, self.coarser = None, 0, 0, 0
        elif self._asked is None:
            self._asked = self._clock()
            self.coarser = max(self.coarser, self._needed)

    def rests(self) -> None:
        """The hand pauses in its drag: all is shown as it is, and as coarse as now when it goes on."""
        self._needed, self._slow, self.coarser = self.coarser, 0, 0

    def gave_up(self) -> bool:
        """The frame did not come while the hand paused; whether a coarser one is to be shown instead."""
        coarser = self.coarser < COARSEST
        self.coarser += coarser
        self._slow = 0
        return coarser

    def shown(self) -> None:
        """The view shows the present picture."""
        if self._asked is None:
            return
        late, self._asked = self._clock() - self._asked > FRAME, None
        self._slow = self._slow + 1 if late else 0
        if self._slow >= SLOW_FRAMES and self.coarser < COARSEST:
            self._slow = 0
            self.coarser += 1
