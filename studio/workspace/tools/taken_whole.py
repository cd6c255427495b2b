"""What is said where a selection does not count: a move or a transform takes layers whole that it cannot cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.document import lifting
from studio.document.artwork import Artwork
from studio.document.layer import Group, Paint
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.notices import Notice

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

SEVERAL = QT_TRANSLATE_NOOP(
    "notices",
    "The selection does not count while several layers are chosen: they are taken whole. Choose one paint layer to take a "
    "part of it.",
)
GROUP = QT_TRANSLATE_NOOP(
    "notices",
    "The selection does not count: a group is taken whole. Choose a paint layer in it, or merge the group first.",
)
BENT = QT_TRANSLATE_NOOP(
    "notices",
    "The selection does not count: a layer that is bent is taken whole. Apply its transform first to take a part of it.",
)
NO_PAINT = QT_TRANSLATE_NOOP(
    "notices",
    "The selection does not count: only a paint layer can be cut, so this layer is taken whole. Rasterise it first to take "
    "a part of it.",
)


def tell_taken_whole(studio: Studio, artwork: Artwork) -> None:
    """Says it, with the remedy, where there is a selection and what is chosen in ``artwork`` cannot be cut by it."""
    active, chosen = artwork.active_layer, artwork.chosen
    if artwork.selection is None or active is None:
        return
    if len(chosen) > 1:
        studio.tell(Notice(kind="info", text=SEVERAL))
    elif lifting.can_lift(artwork, active):
        return
    elif isinstance(active, Group):
        studio.tell(Notice(kind="info", text=GROUP))
    elif isinstance(active, Paint):
        studio.tell(Notice(kind="info", text=BENT, action="apply-transform"))
    else:
        studio.tell(Notice(kind="info", text=NO_PAINT, action="rasterise-layer"))
