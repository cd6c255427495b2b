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
        self._slow = 0
        self.coarser = 0

    def asked(self, dragged: bool) -> None:
        """The picture changed, in a drag or not."""
        if not dragged:
            self._asked, self._slow, self.coarser = None, 0, 0
        elif self._asked is None:
            self._asked = self._clock()

    def shown(self) -> None:
        """The view shows the present picture."""
        if self._asked is None:
            return
        late, self._asked = self._clock() - self._asked > FRAME, None
        self._slow = self._slow + 1 if late else 0
        if self._slow >= SLOW_FRAMES and self.coarser < COARSEST:
            self._slow = 0
            self.coarser += 1
