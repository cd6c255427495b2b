"""How often a drag of whole layers is previewed: a pen sends more samples than the view can follow."""

from __future__ import annotations

import time
from collections.abc import Callable


class Pace:
    """Lets a preview through when as much time has passed since the last one as that took: half of the thread stays free
    for what else the hand does. The last sample of a drag is shown by whoever ends it."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._free_at = 0.0

    def run(self, show: Callable[[], None]) -> bool:
        """Calls ``show`` if it is time for it; returns whether it was."""
        began = self._clock()
        if began < self._free_at:
            return False
        show()
        ended = self._clock()
        self._free_at = ended + (ended - began)
        return True
