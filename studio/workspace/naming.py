"""A new layer is named after the first thing done on it, as long as the artist has not named it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Paint
from studio.document.painting import PAINT
from studio.workspace.layers import LAYER

if TYPE_CHECKING:
    from studio.workspace.studio import Studio


def named(studio: Studio, before: Artwork, after: Artwork, name: str) -> Artwork:
    """``after``, where the active layer is ``name`` if it was empty (or not there) ``before`` and has its usual name yet.

    Part of the edit that made ``after``: one undo step takes both back.
    """
    layer = after.active_layer
    if not isinstance(layer, Paint) or not layer.surface or not is_usual(studio, layer.name):
        return after
    old = before.find(layer.id)
    if old is not None and not (isinstance(old, Paint) and not old.surface):
        return after
    return edits.rename(after, layer.id, _free(after, name))


def is_usual(studio: Studio, name: str) -> bool:
    """Whether a layer is named as the studio names new ones: ``Paint``, ``Layer 3``, in English or the window's language."""
    plain = {word for source in (PAINT, LAYER) for word in (source, studio.translate("layer-names", source))}
    return re.fullmatch(rf"(?:{'|'.join(map(re.escape, plain))})\s?\d*", name) is not None


def _free(artwork: Artwork, name: str) -> str:
    """``Ink``, or ``Ink 2`` where another layer is ``Ink`` already."""
    taken = {layer.name for layer in artwork.walk()}
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name} {number}"
    return found
