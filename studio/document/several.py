"""Edits of several layers at once: pure functions, in the order of the tree. A refused edit raises EditError."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from studio.document import edits, tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import IDENTITY, Group, Layer, Locks, children_of
from studio.recipe import QT_TRANSLATE_NOOP

_INTO_ITSELF = QT_TRANSLATE_NOOP("document", "A group cannot be put into itself.")


def topmost(artwork: Artwork, layer_ids: Iterable[str]) -> tuple[Layer, ...]:
    """These layers bottom to top, without those that lie in a group among them. Unknown ids are left out."""
    wanted = set(layer_ids)
    return tuple(_outermost(artwork.layers, wanted))


def _outermost(layers: tree.Layers, wanted: set[str]) -> Iterable[Layer]:
    for layer in layers:
        if layer.id in wanted:
            yield layer
        else:
            yield from _outermost(children_of(layer), wanted)


def choose(artwork: Artwork, layer_ids: Iterable[str], active: str) -> Artwork:
    """Selects these layers together; ``active`` becomes the active one and is always among them. Raises EditError."""
    tree.require(artwork, active)
    wanted = {*layer_ids, active}
    selected = tuple(layer.id for layer in artwork.walk() if layer.id in wanted)
    selected = selected if len(selected) > 1 else ()
    if (artwork.active, artwork.selected) == (active, selected):
        return artwork
    return artwork.with_(active=active, selected=selected)


def change(artwork: Artwork, layer_ids: Iterable[str], edit: Callable[[Layer], Layer]) -> Artwork:
    """Each of these layers replaced by ``edit(layer)``; one walk over the tree, however many they are."""
    wanted = set(layer_ids)
    layers = _changed(artwork.layers, wanted, edit)
    return artwork if layers is artwork.layers else artwork.with_(layers=layers)


def _changed(layers: tree.Layers, wanted: set[str], edit: Callable[[Layer], Layer]) -> tree.Layers:
    made = []
    for layer in layers:
        children = children_of(layer)
        inner = _changed(children, wanted, edit)
        new = layer if inner is children else layer.with_(children=inner)
        made.append(edit(new) if layer.id in wanted else new)
    same = all(one is other for one, other in zip(made, layers, strict=True))
    return layers if same else tuple(made)


def set_fields(artwork: Artwork, layer_ids: Iterable[str], /, **fields: Any) -> Artwork:
    """The same fields for each of the layers; a layer that has them already stays the same object."""

    def edit(layer: Layer) -> Layer:
        same = all(getattr(layer, name) == value for name, value in fields.items())
        return layer if same else layer.with_(**fields)

    return change(artwork, layer_ids, edit)


def set_locks(artwork: Artwork, layer_ids: Iterable[str], **locks: bool) -> Artwork:
    """Changes some of the locks (``all``, ``alpha``, ``position``) of each layer."""

    def edit(layer: Layer) -> Layer:
        now = {"all": layer.locks.all, "alpha": layer.locks.alpha, "position": layer.locks.position}
        new = Locks(**(now | locks))
        return layer if new == layer.locks else layer.with_(locks=new)

    return change(artwork, layer_ids, edit)


def rename(artwork: Artwork, names: Mapping[str, str]) -> Artwork:
    """Gives layers other names by id."""

    def edit(layer: Layer) -> Layer:
        return layer if layer.name == names[layer.id] else layer.with_(name=names[layer.id])

    return change(artwork, names, edit)


def lock(artwork: Artwork, locked: Mapping[str, bool]) -> Artwork:
    """Locks layers wholly, or no longer, by id."""
    for state in (True, False):
        artwork = set_locks(artwork, [key for key, wanted in locked.items() if wanted == state], all=state)
    return artwork


def show(artwork: Artwork, visible: Mapping[str, bool]) -> Artwork:
    """Shows and hides layers by id."""

    def edit(layer: Layer) -> Layer:
        seen = visible[layer.id]
        return layer if layer.visible == seen else layer.with_(visible=seen)

    return change(artwork, visible, edit)


def remove(artwork: Artwork, layer_ids: Iterable[str]) -> Artwork:
    """Takes the layers out; nothing is done where one of them is locked. Raises EditError."""
    for layer in topmost(artwork, layer_ids):
        artwork = edits.remove_layer(artwork, layer.id)
    return artwork.with_(selected=()) if artwork.selected else artwork


def duplicate(artwork: Artwork, layer_ids: Iterable[str], name: Callable[[Layer], str]) -> Artwork:
    """Puts copies with new ids and shared pixels together above the topmost of the layers; they become the selected ones.

    ``name``: what the copy of a layer is called.
    """
    layers = topmost(artwork, layer_ids)
    if not layers:
        return artwork
    parent = tree.parent_of(artwork, layers[-1].id)
    outer = tree.transform_of(artwork, parent.id) if parent is not None else IDENTITY
    above, made, result = layers[-1].id, [], artwork
    links: dict[str, str] = {}
    for layer in layers:
        placed = tree.kept_in_place(layer, tree.parent_of(artwork, layer.id), outer, artwork)
        copy = tree.copy_of(placed, links).with_(name=name(layer))
        result = edits.add_layer(result, copy, above=above)
        above = copy.id
        made.append(copy.id)
    return choose(result, made, above)


def move(artwork: Artwork, layer_ids: Iterable[str], parent: str, index: int) -> Artwork:
    """Moves the layers together into the group ``parent`` ("" is the top level), above the first ``index`` of what it
    holds now; each stays where it is shown. The same artwork where nothing moves. Raises EditError."""
    layers = topmost(artwork, layer_ids)
    moving = {layer.id for layer in layers}
    group = tree.require(artwork, parent) if parent else None
    if group is not None:
        if not isinstance(group, Group):
            raise EditError(tree.NOT_A_GROUP)
        if any(one.id in moving for one in tree.path_to(artwork, parent)):
            raise EditError(_INTO_ITSELF)
    present = artwork.layers if group is None else children_of(group)
    index = sum(layer.id not in moving for layer in present[: max(0, index)])
    outer = tree.transform_of(artwork, parent) if parent else IDENTITY
    placed = tuple(tree.kept_in_place(one, tree.parent_of(artwork, one.id), outer, artwork) for one in layers)
    moved = tree.insert(tree.without(artwork, moving), placed, parent, index)
    return artwork if _order(moved) == _order(artwork) else moved


def _order(artwork: Artwork) -> list[str]:
    """The tree as a list in which a group's end is marked by its id: equal only for equal trees."""
    return [layer.id for layer in artwork.walk()] + _starts(artwork.layers)


def _starts(layers: tree.Layers) -> list[str]:
    return [one for layer in layers for one in (layer.id, *_starts(children_of(layer)))]


def step(artwork: Artwork, layer_ids: Iterable[str], direction: int) -> Artwork:
    """Moves each of the layers one place up (1) or down (−1); those at the end of the picture stay."""
    layers = topmost(artwork, layer_ids)
    if len(layers) == 1:
        return edits.step_layer(artwork, layers[0].id, direction)
    moving = {layer.id for layer in layers}
    for layer in reversed(layers) if direction > 0 else layers:
        siblings, place = tree.siblings_of(artwork, layer.id)
        beside = place + (1 if direction > 0 else -1)
        if 0 <= beside < len(siblings) and siblings[beside].id not in moving:
            artwork = edits.move_layer(artwork, layer.id, index=beside)
    return artwork
