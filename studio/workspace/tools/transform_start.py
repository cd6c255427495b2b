"""What a transform works on: selected pixels that are lifted, one layer with the box it has, or several together."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from studio.document import lifting, linking, placing, tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Group, Layer, inverse
from studio.document.lifting import Lifted
from studio.document.mask_lifting import LiftedMask
from studio.raster import perspective, warp
from studio.raster.warp import Mesh
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import floating
from studio.workspace.tools import box
from studio.workspace.tools.box import Box

NOTHING_THERE = QT_TRANSLATE_NOOP("document", "There is nothing to transform: the layer is empty.")
NO_LAYER = QT_TRANSLATE_NOOP("document", "There is no layer here yet. Add one in the Layers panel.")


class Start(msgspec.Struct, frozen=True, eq=False):
    """What the session works on: ``artwork`` with the targets in source space, and the box they have there."""

    artwork: Artwork
    ids: tuple[str, ...]
    box: Box
    lifted: Lifted | LiftedMask | None = None


def start(artwork: Artwork) -> Start:
    """Selected pixels of the chosen layers or of a mask, else the chosen layers and what is linked with them. Raises EditError where there is nothing to transform, and
    while the quick mask is painted on."""
    lifting.check_no_quick_mask(artwork)
    active = artwork.active_layer
    if active is None:
        raise EditError(NO_LAYER)
    ids = tuple(layer.id for layer in artwork.chosen) or (active.id,)
    placing.check_seen(artwork, ids)
    if (taken := floating.lifted_of(artwork)) is not None:
        return Start(taken.artwork, taken.ids, box.of_frame(floating.frame(taken)), taken)
    ids = linking.movable(artwork, ids)
    layer = tree.require(artwork, ids[0])
    if len(ids) == 1 and not isinstance(layer, Group):
        return _of_one(artwork, layer)
    frame = placing.frame_of(artwork, ids)
    if frame is None:
        raise EditError(NOTHING_THERE)
    return Start(artwork, ids, box.of_frame(frame))


def _of_one(artwork: Artwork, layer: Layer) -> Start:
    """A single layer with the box it has: its own pixels' frame under its whole way to the document."""
    outer = perspective.of_affine(placing.outer_of(artwork, layer.id))
    chain = warp.bent(placing.whole_warp(layer), outer)
    back = inverse(placing.outer_of(artwork, layer.id))
    matrix, mesh, head = _taken_apart(chain)
    base = placing.settled(layer, warp.bent(head, perspective.of_affine(back)))
    frame: warp.Frame | None = mesh.frame if mesh is not None else None
    if frame is None:
        frame = placing.own_frame(layer.with_(warp=()), artwork.rect)
    if frame is None:
        raise EditError(NOTHING_THERE)
    at = tree.rewrite(artwork, layer.id, lambda _: (base,))
    return Start(at, (layer.id,), box.of_frame(frame, matrix, mesh))


def _taken_apart(chain: warp.Warp) -> tuple[perspective.Matrix, Mesh | None, warp.Warp]:
    """(matrix after, last mesh, bends before it): what the box takes up of a layer's way."""
    tail = perspective.PLAIN
    if chain and chain[-1].mesh is None:
        tail, chain = chain[-1].matrix, chain[:-1]
    if not chain:
        return tail, None, ()
    last = chain[-1]
    return tail, last.mesh, warp.joined((replace(last, mesh=None),), chain[:-1])
