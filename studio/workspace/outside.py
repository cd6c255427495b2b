"""Why a stroke left nothing: said where it lies outside a selection that may be forgotten or out of sight."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from studio.document.artwork import Artwork
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.notices import Notice

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

OUTSIDE = QT_TRANSLATE_NOOP("notices", "The stroke lies outside the selection. Deselect to paint everywhere.")
MOST = 1 << 22
"""Pixels of the selection that are looked at."""


def tell_outside(
    studio: Studio, artwork: Artwork, places: Sequence[tuple[float, float]], size: float
) -> None:
    """A card, with the way out of it, where nothing is selected around all ``places`` of a stroke ``size`` pixels wide."""
    if lies_outside(artwork, places, size):
        studio.tell(Notice(kind="info", text=OUTSIDE, action="deselect"))


def lies_outside(artwork: Artwork, places: Sequence[tuple[float, float]], size: float) -> bool:
    """False, too, where nobody can tell at once."""
    selection = artwork.selection
    if selection is None or selection.default or artwork.quick_mask or not places:
        return False
    xs, ys = [x for x, _ in places], [y for _, y in places]
    half = size / 2 + 1
    box = Rect(
        math.floor(min(xs) - half),
        math.floor(min(ys) - half),
        math.ceil(max(xs) + half),
        math.ceil(max(ys) + half),
    ).intersect(selection.bounds)
    return box.empty or (box.width * box.height <= MOST and not selection.read(box).any())
