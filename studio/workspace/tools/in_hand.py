"""What the hand holds when strokes begin: taken on the UI thread, so that strokes may be drawn elsewhere while it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from studio.document.artwork import Artwork
from studio.raster.stamp import Stamps
from studio.raster.symmetry import Symmetry
from studio.workspace import colours
from studio.workspace.stroke_state import CloneSource

if TYPE_CHECKING:
    from studio.workspace.painting import Colour, Painting
    from studio.workspace.picture import Picture

Point = tuple[float, float]


class InHand(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """``source``: where a clone takes from, if that was chosen in the picture painted on; ``away``: how far from the brush
    that is, once it is known. ``stamps``: prints that a stroke may use, never in two threads at once.
    """

    before: Artwork
    colour: Colour
    symmetry: Symmetry
    source: CloneSource | None = None
    away: Point | None = None
    stamps: Stamps | None = None

    @property
    def lightness(self) -> float:
        """Luma of the colour: what painting it into a mask means."""
        return colours.lightness(self.colour)

    def cloning_from(self, x: float, y: float, *, aligned: bool) -> InHand:
        """For a stroke that begins at (x, y), document pixels."""
        if self.source is None or (aligned and self.away is not None):
            return self
        return msgspec.structs.replace(self, away=(self.source.x - x, self.source.y - y))


def taken(picture: Picture, painting: Painting) -> InHand:
    """What is in the hand now, without prints of earlier strokes."""
    strokes = painting.strokes
    source = strokes.clone_source
    here = source is not None and source.picture is picture
    return InHand(
        before=picture.document.artwork,
        colour=painting.colour,
        symmetry=strokes.symmetry_of(picture),
        source=source if here else None,
        away=strokes.clone_offset if here else None,
    )
