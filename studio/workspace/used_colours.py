"""The colours that were painted with: one list for panel and pop-up palette, kept from one day to the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from psygnal import Signal

if TYPE_CHECKING:
    from studio.document.artwork import Artwork
    from studio.workspace.studio import Studio

Colour = tuple[float, float, float]
"""Encoded red, green, blue of sRGB, 0–1, whatever the picture's colour space."""
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

    def note(self, colours: Sequence[Colour], artwork: Artwork | None = None) -> None:
        """These were laid down together, the most important one first. On a mask of ``artwork`` they were mere greys."""
        if artwork is not None and (artwork.edits_mask or artwork.quick_mask):
            return
        colours = [(_part(red), _part(green), _part(blue)) for red, green, blue in colours]
        known = {_seen(one): one for one in (*self.colours, *colours)}
        fresh = tuple(dict.fromkeys(_seen(one) for one in colours))
        order = dict.fromkeys((*fresh, *(_seen(one) for one in self.colours)))
        found = tuple(known[one] for one in order)[:MOST]
        if found != self.colours:
            self._studio.keep_soon(used_colours=found)
            self.changed.emit()


def _part(value: float) -> float:
    return min(max(float(value), 0.0), 1.0)


def _seen(colour: Colour) -> tuple[int, int, int]:
    """Two colours of the same 8 bits are one: on their way through a picture's colour space they are rounded."""
    red, green, blue = (round(255 * part) for part in colour)
    return red, green, blue
