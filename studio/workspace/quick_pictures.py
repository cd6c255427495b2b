"""Small pictures asked for on the side: the strip over a slider, the stations of a walk. They touch nothing else.

One is asked for at a time: what is under the hand waits for one at most, and they wait for no search and no film."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from psygnal import Signal

from studio.jobs.job import Priority
from studio.messages.events import Event, Failed, Finished, Picture
from studio.messages.requests import Generate

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

SIDE = 128
KEPT = 256
"""About 12 MiB of pictures."""


class _Line(msgspec.Struct, eq=False):
    """What one owner still wants, and the job under way for it."""

    left: tuple[Generate, ...] = ()
    flying: int | None = None


class QuickPictures:
    """One job at a time for each owner, behind everything the artist asked for; what was made once is kept."""

    arrived = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._kept: OrderedDict[bytes, np.ndarray] = OrderedDict()
        self._lines: dict[str, _Line] = {}

    def of(self, request: Generate) -> np.ndarray | None:
        """uint8 RGB [h, w, 3], read-only; None while it is not made."""
        return self._kept.get(_key(request))

    def keep(self, request: Generate, pixels: np.ndarray) -> None:
        """A picture that came another way."""
        self._kept[_key(request)] = pixels
        self._kept.move_to_end(_key(request))
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.arrived.emit()

    def want(self, owner: str, requests: tuple[Generate, ...]) -> None:
        """From now on these and nothing else for ``owner``, one after another. Failures say nothing: nobody pressed a button."""
        line = self._lines.setdefault(owner, _Line())
        line.left = tuple(one for one in requests if self.of(one) is None)
        if line.flying is None:
            self._next(owner, line)

    def stop(self, owner: str) -> None:
        """Nothing any more for ``owner``; the job under way is cancelled."""
        line = self._lines.pop(owner, None)
        if line is not None and line.flying is not None and self._studio.engine is not None:
            self._studio.engine.cancel(line.flying)

    def _next(self, owner: str, line: _Line) -> None:
        left = tuple(one for one in line.left if self.of(one) is None)
        engine = self._studio.engine
        if not left or engine is None or self._lines.get(owner) is not line:
            return
        request, line.left = left[0], left[1:]
        line.flying = -1  # an engine may answer before it has given the number

        def heard(event: Event) -> None:
            if isinstance(event, Picture):
                self.keep(request, event.pixels.array())
            elif isinstance(event, Finished | Failed):
                line.flying = None
                if isinstance(event, Failed):
                    line.left = ()
                self._next(owner, line)

        job = engine.submit(request, priority=Priority.normal, replace=owner, on_event=heard)
        if line.flying == -1:
            line.flying = job


def _key(request: Generate) -> bytes:
    return msgspec.msgpack.encode(request)
