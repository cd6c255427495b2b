"""Pinned samplers: places of a picture whose colour stays in view while it is painted and filtered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.document.aids import Point
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import guides
from studio.workspace.tools.picker import colour_at

if TYPE_CHECKING:
    from studio.workspace.painting import Colour
    from studio.workspace.studio import Studio

MOST = 12
SIDE = 5
SAMPLER = QT_TRANSLATE_NOOP("history", "Sampler")


class Samplers:
    """They are part of the picture like its guides: each pin and each removal is one undo step, kept in the file."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    @property
    def places(self) -> tuple[Point, ...]:
        """Of the current picture, in document pixels, oldest first."""
        picture = self._studio.current
        return picture.document.artwork.aids.samplers if picture is not None else ()

    def _change(self, places: tuple[Point, ...]) -> None:
        guides.change(self._studio, SAMPLER, samplers=places)

    def pin(self, place: Point | None = None) -> None:
        """Pins a place, by default the one under the pen; the oldest gives way where there are twelve."""
        picture, place = self._studio.current, place or self._studio.viewing.point
        if picture is None or place is None:
            return
        artwork = picture.document.artwork
        if 0 <= place[0] < artwork.width and 0 <= place[1] < artwork.height:
            self._change((*self.places, place)[-MOST:])

    def unpin(self, index: int) -> None:
        self._change(tuple(one for i, one in enumerate(self.places) if i != index))

    def clear(self) -> None:
        self._change(())

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
