"""Pinned samplers: places of a picture whose colour stays in view while it is painted and filtered."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from psygnal import Signal

from studio.workspace.tools.picker import colour_at

if TYPE_CHECKING:
    from studio.workspace.painting import Colour
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

MOST = 12
SIDE = 5
Place = tuple[float, float]


class Samplers:
    """``changed``: places were pinned or taken away. They last as long as the picture is open."""

    changed = Signal()

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._places: WeakKeyDictionary[Picture, tuple[Place, ...]] = WeakKeyDictionary()

    @property
    def places(self) -> tuple[Place, ...]:
        """Of the current picture, oldest first."""
        picture = self._studio.current
        return self._places.get(picture, ()) if picture is not None else ()

    def pin(self, place: Place | None = None) -> None:
        """Pins a place, by default the one under the pen; the oldest gives way where there are twelve."""
        picture, place = self._studio.current, place or self._studio.viewing.point
        if picture is None or place is None:
            return
        artwork = picture.document.artwork
        if 0 <= place[0] < artwork.width and 0 <= place[1] < artwork.height:
            self._places[picture] = (*self.places, place)[-MOST:]
            self.changed.emit()

    def unpin(self, index: int) -> None:
        picture = self._studio.current
        if picture is not None:
            self._places[picture] = tuple(one for i, one in enumerate(self.places) if i != index)
            self.changed.emit()

    def clear(self) -> None:
        picture = self._studio.current
        if picture is not None and self._places.pop(picture, None):
            self.changed.emit()

    def colours(self) -> list[tuple[Colour | None, Colour | None]]:
        """For each place its colour now, and before what is being tried (a filter's or a slider's preview)."""
        picture = self._studio.current
        if picture is None:
            return []
        document = picture.document
        pairs = []
        for x, y in self.places:
            now = colour_at(picture, document.artwork, x, y, SIDE)
            same = document.artwork is document.committed
            pairs.append((now, now if same else colour_at(picture, document.committed, x, y, SIDE)))
        return pairs
