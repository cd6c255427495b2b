"""Pinned samplers: places of a picture whose colour stays in view while it is painted and filtered."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

import msgspec

from studio.document.aids import Point
from studio.raster.geometry import Rect
from studio.raster.selecting.combining import extent
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import guides
from studio.workspace.tools.picker import Colour, colour_at

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

MOST = 12
SIDE = 5
SAMPLER = QT_TRANSLATE_NOOP("history", "Sampler")
Pair = tuple[Colour | None, Colour | None]
"""A place's colour now, and before what is being tried (a filter's or a slider's preview)."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What was read of a picture: the colour under the pen, the pinned places' colours, the selection's extent on it."""

    under: Colour | None
    pinned: dict[Point, Pair]
    selected: Rect | None


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

    def reading(self) -> Callable[[], Generator[None, None, Reading]] | None:
        """The work of reading the current picture, as it is now, under the pen and at the pinned places: for the render lane.

        Composing a spot takes 15 ms and more under a wide blur, which the thread of the window does not have.
        """
        picture, point, places = self._studio.current, self._studio.viewing.point, self.places
        if picture is None:
            return None
        artwork, committed = picture.document.artwork, picture.document.committed

        def work() -> Generator[None, None, Reading]:
            yield
            selection = artwork.selection
            selected = extent(selection).intersect(artwork.rect) if selection is not None else None
            under = colour_at(picture, artwork, *point) if point is not None else None
            pinned: dict[Point, Pair] = {}
            for place in places:
                yield
                now = colour_at(picture, artwork, *place, SIDE)
                same = artwork is committed
                pinned[place] = now, now if same else colour_at(picture, committed, *place, SIDE)
            return Reading(under=under, pinned=pinned, selected=selected)

        return work
