"""Why a stroke left nothing that is seen: it lies outside a selection that may be forgotten, there is nothing that it could
change, alpha is locked, or its layer is clipped to one that has nothing there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from studio.document import tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Paint
from studio.document.selecting import NO_LAYER
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.notices import Notice
from studio.workspace.tools.landing import covers_nothing

if TYPE_CHECKING:
    from studio.workspace.picture import Picture
    from studio.workspace.studio import Studio

OUTSIDE = QT_TRANSLATE_NOOP("notices", "The stroke lies outside the selection. Deselect to paint everywhere.")
NOTHING_THERE = QT_TRANSLATE_NOOP(
    "notices",
    "This layer is empty: there is nothing on it to change. Choose another one in the Layers panel.",
)
ALPHA_LOCKED = QT_TRANSLATE_NOOP(
    "notices",
    "Nothing was painted: the layer's transparent pixels are locked. Unlock them in the Layers panel to paint where it is empty.",
)
CLIPPED_AWAY = QT_TRANSLATE_NOOP(
    "notices",
    "The stroke is not seen: its layer is clipped to “{layer}”, which has nothing there.",
)
MOST = 1 << 22
"""Pixels of the selection that are looked at."""
PLACES = 32
"""Places of a stroke that are looked at."""


def tell_nothing_done(
    studio: Studio, artwork: Artwork, places: Sequence[tuple[float, float]], size: float, *, changes: bool
) -> None:
    """A card, with the way out of it, where nothing is selected around all ``places`` of a stroke ``size`` pixels wide, or
    where the brush only ``changes`` what is there and the layer holds nothing."""
    if lies_outside(artwork, places, size):
        studio.tell(Notice(kind="info", text=OUTSIDE, action="deselect"))
    elif changes and artwork.active_layer is None:
        studio.refuse(EditError(NO_LAYER))
    elif changes and holds_nothing(artwork):
        studio.tell(Notice(kind="info", text=NOTHING_THERE))
    elif not artwork.edits_mask and artwork.active_layer is not None and artwork.active_layer.locks.alpha:
        studio.tell(Notice(kind="info", text=ALPHA_LOCKED))


def tell_clipped_away(
    studio: Studio, picture: Picture, places: Sequence[tuple[float, float]], size: float
) -> None:
    """A card, with the way out of it, where a committed stroke on the active layer lies wholly beside what that is clipped to."""
    artwork = picture.document.committed
    layer = artwork.active_layer
    if layer is None or not layer.clipping or artwork.edits_mask or artwork.quick_mask:
        return
    below = tree.clip_target(*tree.siblings_of(artwork, layer.id))
    some = places[:: max(1, len(places) // PLACES)]
    if below is not None and covers_nothing(picture.renderer, artwork, below.id, some, size / 2):
        arguments = {"layer": below.name}
        studio.tell(Notice(kind="info", text=CLIPPED_AWAY, arguments=arguments, action="clipping"))


def holds_nothing(artwork: Artwork) -> bool:
    """Whether a stroke on the active layer finds no pixels at all."""
    layer = artwork.active_layer
    if artwork.quick_mask or artwork.edits_mask:
        return False
    return isinstance(layer, Paint) and not layer.surface


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
