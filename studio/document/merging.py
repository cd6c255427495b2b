"""What merging layers means: which are composed, and where the one layer of their pixels goes.

Documents do not compose: a :class:`Merge` says what is to be composed (``seen``, on transparency, over ``area``), and
:func:`merged` puts the pixels in its place, in one step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from studio.document import tree
from studio.document.artwork import Artwork
from studio.document.changes import bounds_of
from studio.document.effects import reach
from studio.document.errors import EditError
from studio.document.layer import (
    IDENTITY,
    Affine,
    Fill,
    Filter,
    Group,
    Layer,
    Paint,
    children_of,
    inverse,
    joined,
)
from studio.document.several import topmost
from studio.raster.geometry import EMPTY, Rect
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP

_HIDDEN = QT_TRANSLATE_NOOP(
    "document", "A hidden layer would be lost in the merge. Show it, or delete it, first."
)
_LOCKED = QT_TRANSLATE_NOOP(
    "document", "A locked layer cannot be merged. Unlock it in the Layers panel first."
)
_NOTHING_BELOW = QT_TRANSLATE_NOOP("document", "There is no layer below to merge with.")
_NO_PIXELS_BELOW = QT_TRANSLATE_NOOP(
    "document", "The layer below is a filter without pixels of its own. Merge all visible layers instead."
)
_NOTHING_SHOWN = QT_TRANSLATE_NOOP("document", "No layer is visible. Show what shall be merged first.")
_TOO_FEW = QT_TRANSLATE_NOOP("document", "Select at least two layers, or a group, to merge.")
_EVERYWHERE = Rect(-(1 << 22), -(1 << 22), 1 << 22, 1 << 22)


class Merge(msgspec.Struct, frozen=True, kw_only=True):
    """``seen``: composed in document space. ``anchor``: id of the layer that the result replaces, "" puts it on top of
    everything. ``removed``: ids that go. ``rest``: layers that are kept, hidden, below the result. ``result``: the
    layer to be, without pixels. ``inputs``: if one of these is no longer in the picture, the merge is to be made anew.
    ``paper``: transparent pixels become white.
    """

    seen: tuple[Layer, ...]
    area: Rect
    result: Paint
    anchor: str = ""
    removed: tuple[str, ...] = ()
    rest: tuple[Layer, ...] = ()
    inputs: tuple[Layer, ...] = msgspec.field(default=())
    paper: bool = False

    def holds(self, artwork: Artwork) -> bool:
        """Whether the pixels composed for this merge are still those of the picture."""
        present = {id(layer) for layer in artwork.walk()}
        return all(id(layer) in present for layer in self.inputs)


def extent(layers: Iterable[Layer], canvas: Rect, outer: Affine = IDENTITY) -> Rect:
    """Where visible layers have pixels, on the canvas and beyond; a fill is as large as the canvas."""
    box = EMPTY
    for layer in layers:
        if not layer.visible or isinstance(layer, Filter):
            continue
        if isinstance(layer, Fill):
            found = canvas
        elif isinstance(layer, Group):
            found = extent(layer.children, canvas, joined(outer, layer.transform))
            found = found if found.empty else found.grow(reach(layer))
        else:
            found = bounds_of(layer, _EVERYWHERE, outer)
            if max(found.width, found.height) >= _EVERYWHERE.width:
                found = canvas  # it knows no bounds of its own, such as a text that was rubbed out
        box = box.unite(found)
    return box


def _checked(layers: Iterable[Layer]) -> None:
    for layer in layers:
        if not layer.visible:
            raise EditError(_HIDDEN)
        if any(one.locks.all for one in tree.walk(layer)):
            raise EditError(_LOCKED)


def _placed(artwork: Artwork, layers: Sequence[Layer], outer: Affine) -> tuple[Layer, ...]:
    """Siblings as they are at the top level of the document."""
    return tuple(
        one.with_(transform=joined(outer, one.transform)) if outer != IDENTITY else one for one in layers
    )


def _result(artwork: Artwork, outer: Affine, **fields: object) -> Paint:
    placed = inverse(outer) if outer != IDENTITY else IDENTITY
    return Paint(surface=Surface(dtype=artwork.dtype), transform=placed, **fields)  # type: ignore[arg-type]


def merge_down(artwork: Artwork, layer_id: str) -> Merge:
    """A layer, with what is clipped to it, into the one below; a group into one layer of its pixels. Raises EditError.

    The result has name, place, mode and opacity of the layer below; that below a layer of mode normal looks the same.
    A layer above a clipped one goes into its base, with all that is clipped to it.
    """
    layer = tree.require(artwork, layer_id)
    if isinstance(layer, Group):
        return merge_group(artwork, layer_id)
    siblings, index = tree.siblings_of(artwork, layer_id)
    if index == 0:
        raise EditError(_NOTHING_BELOW)
    top = index if layer.clipping else tree.clip_top(siblings, index)
    start = index - 1
    while start > 0 and siblings[start].clipping and not layer.clipping:
        start -= 1
    taken = siblings[start : top + 1]
    _checked(taken)
    below = siblings[start]
    if isinstance(below, Filter):
        raise EditError(_NO_PIXELS_BELOW)
    both_clipped = below.clipping and layer.clipping
    plain = below.mode == "normal" or (isinstance(below, Group) and below.pass_through)
    first = below.with_(clipping=False) if plain else below.with_(clipping=False, mode="normal", opacity=1.0)
    if isinstance(first, Group):
        first = first.with_(pass_through=False)
    rest = [one.with_(clipping=False) for one in taken[1:]] if both_clipped else list(taken[1:])
    parent = tree.parent_of(artwork, layer_id)
    outer = tree.transform_of(artwork, parent.id) if parent is not None else IDENTITY
    seen = _placed(artwork, [first, *rest], outer)
    own = {"mode": "normal", "opacity": 1.0} if plain else {"mode": below.mode, "opacity": below.opacity}
    result = _result(artwork, outer, name=below.name, clipping=below.clipping, label=below.label, **own)
    return Merge(
        seen=seen,
        area=extent(seen, artwork.rect),
        result=result,
        anchor=below.id,
        removed=tuple(one.id for one in taken[1:]),
        inputs=taken,
    )


def merge_group(artwork: Artwork, layer_id: str) -> Merge:
    """A group into one paint layer with its name, mode, opacity and clipping; mask and effects go into the pixels.

    Hidden layers of the group are kept in a hidden group below. Raises EditError.
    """
    group = tree.require(artwork, layer_id)
    _checked([group])
    parent = tree.parent_of(artwork, layer_id)
    outer = tree.transform_of(artwork, parent.id) if parent is not None else IDENTITY
    alone = group.with_(opacity=1.0, mode="normal", clipping=False)
    mode = group.mode
    if isinstance(alone, Group):
        mode = "normal" if alone.pass_through else mode
        alone = alone.with_(pass_through=False)
    seen = _placed(artwork, [alone], outer)
    result = _result(
        artwork,
        outer,
        name=group.name,
        mode=mode,
        opacity=group.opacity,
        clipping=group.clipping,
        label=group.label,
    )
    rest = hidden_part(group)
    return Merge(
        seen=seen,
        area=extent(seen, artwork.rect),
        result=result,
        anchor=group.id,
        rest=(rest,) if rest is not None else (),
        inputs=(group,),
    )


def merge_layers(artwork: Artwork, layer_ids: Iterable[str]) -> Merge:
    """The layers into one at the place of the topmost, with its name; one alone goes down. Raises EditError."""
    layers = topmost(artwork, layer_ids)
    if not layers:
        raise EditError(_TOO_FEW)
    if len(layers) == 1:
        return merge_down(artwork, layers[0].id)
    _checked(layers)
    if all(isinstance(layer, Filter) for layer in layers):
        raise EditError(_NO_PIXELS_BELOW)
    parent = tree.parent_of(artwork, layers[-1].id)
    outer = tree.transform_of(artwork, parent.id) if parent is not None else IDENTITY
    seen = tuple(_in_document(artwork, layer) for layer in layers)
    return Merge(
        seen=(seen[0].with_(clipping=False), *seen[1:]),
        area=extent(seen, artwork.rect),
        result=_result(artwork, outer, name=layers[-1].name, label=layers[-1].label),
        anchor=layers[-1].id,
        removed=tuple(layer.id for layer in layers[:-1]),
        inputs=layers,
    )


def _in_document(artwork: Artwork, layer: Layer) -> Layer:
    parent = tree.parent_of(artwork, layer.id)
    outer = tree.transform_of(artwork, parent.id) if parent is not None else IDENTITY
    return layer if outer == IDENTITY else layer.with_(transform=joined(outer, layer.transform))


def merge_visible(artwork: Artwork) -> Merge:
    """All visible layers into one at the place of the lowest, with its name; hidden ones stay. Raises EditError."""
    shown = [layer for layer in artwork.layers if layer.visible]
    if not shown:
        raise EditError(_NOTHING_SHOWN)
    _checked(shown)
    rest = tuple(part for layer in shown if (part := hidden_part(layer)) is not None)
    return Merge(
        seen=artwork.layers,
        area=extent(artwork.layers, artwork.rect),
        result=_result(artwork, IDENTITY, name=shown[0].name),
        anchor=shown[0].id,
        removed=tuple(layer.id for layer in shown[1:]),
        rest=rest,
        inputs=artwork.layers,
    )


def stamp_visible(artwork: Artwork, name: str) -> Merge:
    """What is seen as a new layer on top of everything; nothing else changes. Raises EditError."""
    if not any(layer.visible for layer in artwork.layers):
        raise EditError(_NOTHING_SHOWN)
    area = extent(artwork.layers, artwork.rect).intersect(artwork.rect)
    return Merge(
        seen=artwork.layers, area=area, result=_result(artwork, IDENTITY, name=name), inputs=artwork.layers
    )


def flatten(artwork: Artwork, name: str) -> Merge:
    """Everything that is seen into one opaque layer of the canvas' size, on white; hidden layers go. Raises EditError."""
    if not any(layer.visible for layer in artwork.layers):
        raise EditError(_NOTHING_SHOWN)
    if any(one.locks.all for one in artwork.walk()):
        raise EditError(_LOCKED)
    return Merge(
        seen=artwork.layers,
        area=artwork.rect,
        result=_result(artwork, IDENTITY, name=name),
        anchor=artwork.layers[0].id,
        removed=tuple(layer.id for layer in artwork.layers[1:]),
        inputs=artwork.layers,
        paper=True,
    )


def hidden_part(layer: Layer) -> Layer | None:
    """What a visible group holds and does not show, as a hidden group; None where it shows all it holds."""
    if not layer.visible:
        return layer
    if not isinstance(layer, Group):
        return None
    parts = tuple(part for child in children_of(layer) if (part := hidden_part(child)) is not None)
    return layer.with_(children=parts, visible=False) if parts else None


def merged(artwork: Artwork, plan: Merge, surface: Surface) -> Artwork:
    """The artwork with ``surface`` (document pixels) in the place of what was merged; the result becomes active."""
    result = plan.result.with_(surface=surface)
    if not plan.anchor:
        artwork = artwork.with_(layers=(*artwork.layers, result))
    else:
        for layer_id in plan.removed:
            artwork = tree.take(artwork, layer_id)
        artwork = tree.rewrite(artwork, plan.anchor, lambda _: (*plan.rest, result))
    return artwork.with_(active=result.id, selected=())
