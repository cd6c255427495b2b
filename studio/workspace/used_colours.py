"""The colours that were painted with: one list for panel and pop-up palette, kept from one day to the next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from psygnal import Signal

if TYPE_CHECKING:
    from studio.document.artwork import Artwork
    from studio.workspace.studio import Studio

Colour = tuple[float, float, float]
"""Encoded red, green, blue, 0–1."""
MOST = 16


class UsedColours:
    """``changed``: another colour stands first. A colour enters when it is laid down, by whatever tool."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    @property
    def colours(self) -> tuple[Colour, ...]:
        """Latest first."""
        return self._studio.settings.used_colours

    def note(self, colours: Iterable[Colour], artwork: Artwork | None = None) -> None:
        """These were laid down together, the most important one first. On a mask of ``artwork`` they were mere greys."""
        if artwork is not None and (artwork.edits_mask or artwork.quick_mask):
            return
        fresh = tuple(dict.fromkeys((float(r), float(g), float(b)) for r, g, b in colours))
        if fresh and self.colours[: len(fresh)] != fresh:
            found = (*fresh, *(one for one in self.colours if one not in fresh))[:MOST]
            self._studio.keep_soon(used_colours=found)
            self.changed.emit()
