"""Linked layers: layers of one ``link`` are moved and transformed together, wherever they lie in the tree.

A link that only one layer has, because the others are gone, means nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from studio.document import placing, several, tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Layer, new_id
from studio.recipe import QT_TRANSLATE_NOOP

_TWO = QT_TRANSLATE_NOOP(
    "document", "Choose at least two layers to link: Ctrl+click them in the Layers panel."
)
_INSIDE = QT_TRANSLATE_NOOP(
    "document",
    "A layer moves with its group already. Choose layers that do not lie in one another to link them.",
)
_NOT_LINKED = QT_TRANSLATE_NOOP("document", "None of these layers is linked.")
_KEPT = QT_TRANSLATE_NOOP(
    "document",
    "“{name}” is linked with this layer and locked. Unlock it, or unlink the layers, in the Layers panel.",
)


def linked(artwork: Artwork) -> frozenset[str]:
    """Ids of all layers that are linked with another one."""
    count = Counter(layer.link for layer in artwork.walk() if layer.link)
    return frozenset(layer.id for layer in artwork.walk() if count[layer.link] > 1)


def partners(artwork: Artwork, layer: Layer) -> tuple[Layer, ...]:
    """The other layers of its link, bottom to top."""
    if not layer.link:
        return ()
    return tuple(one for one in artwork.walk() if one.link == layer.link and one.id != layer.id)


def together(artwork: Artwork, layer_ids: Iterable[str]) -> tuple[str, ...]:
    """These layers and all that are linked with them, or with a layer that lies in one of them; none that lies in another of
    them. Raises EditError for one that is not there."""
    found = set(layer_ids)
    while True:
        moved = {one.id for layer_id in found for one in tree.walk(tree.require(artwork, layer_id))}
        links = {layer.link for layer in artwork.walk() if layer.link and layer.id in moved}
        more = {layer.id for layer in artwork.walk() if layer.link in links and layer.id not in moved}
        if not more:
            return tuple(placing.topmost(artwork, found))
        found |= more


def movable(artwork: Artwork, layer_ids: Iterable[str]) -> tuple[str, ...]:
    """:func:`together`, if all of them may be moved. Raises EditError, which names a linked layer that is locked."""
    chosen = placing.topmost(artwork, layer_ids)
    for layer_id in chosen:
        placing.check_movable(artwork, layer_id)
    found = together(artwork, chosen)
    for layer_id in found:
        if layer_id not in chosen:
            try:
                placing.check_movable(artwork, layer_id)
            except EditError:
                raise EditError(_KEPT, name=tree.require(artwork, layer_id).name) from None
    return found


def link(artwork: Artwork, layer_ids: Iterable[str]) -> Artwork:
    """These layers, and those that were linked with one of them, are linked. Raises EditError for less than two."""
    wanted = set(layer_ids)
    if len(wanted) < 2:
        raise EditError(_TWO)
    if len(placing.topmost(artwork, wanted)) < 2:
        raise EditError(_INSIDE)
    now = linked(artwork)
    known = {layer.link for layer in artwork.walk() if layer.id in wanted and layer.id in now}
    joined = wanted | {layer.id for layer in artwork.walk() if layer.link and layer.link in known}
    return several.set_fields(artwork, joined, link=min(known) if known else new_id())


def unlink(artwork: Artwork, layer_ids: Iterable[str]) -> Artwork:
    """These layers are linked with none; one that is left alone is not linked any more either. Raises EditError."""
    freed = set(layer_ids) & linked(artwork)
    if not freed:
        raise EditError(_NOT_LINKED)
    artwork = several.set_fields(artwork, freed, link="")
    alone = {layer.id for layer in artwork.walk() if layer.link} - linked(artwork)
    return several.set_fields(artwork, alone, link="")
