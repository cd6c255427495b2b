"""The layer tree as pure functions: find the place of a layer, replace, insert and take out at any depth."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import IDENTITY, Affine, Filter, Group, Layer, children_of, inverse, joined, new_id
from studio.recipe import QT_TRANSLATE_NOOP

Layers = tuple[Layer, ...]

NOT_THERE = QT_TRANSLATE_NOOP("document", "This layer is no longer in the picture.")
NOT_A_GROUP = QT_TRANSLATE_NOOP("document", "Layers can only be put into a group.")


def require(artwork: Artwork, layer_id: str) -> Layer:
    """The layer with this id. Raises EditError when the picture has none."""
    layer = artwork.find(layer_id)
    if layer is None:
        raise EditError(NOT_THERE)
    return layer


def path_to(artwork: Artwork, layer_id: str) -> tuple[Layer, ...]:
    """The layer's groups from the outermost to the innermost, then the layer itself. Raises EditError."""
    path = _path(artwork.layers, layer_id)
    if path is None:
        raise EditError(NOT_THERE)
    return path


def _path(layers: Layers, layer_id: str) -> tuple[Layer, ...] | None:
    for layer in layers:
        if layer.id == layer_id:
            return (layer,)
        inner = _path(children_of(layer), layer_id)
        if inner is not None:
            return (layer, *inner)
    return None


def parent_of(artwork: Artwork, layer_id: str) -> Layer | None:
    """The group that holds the layer, None at the top level. Raises EditError when there is no such layer."""
    path = path_to(artwork, layer_id)
    return path[-2] if len(path) > 1 else None


def transform_of(artwork: Artwork, layer_id: str) -> Affine:
    """From the layer's own to document pixels, through the transforms of its groups. Raises EditError."""
    transform = IDENTITY
    for layer in path_to(artwork, layer_id):
        transform = joined(transform, layer.transform)
    return transform


def kept_in_place(layer: Layer, parent: Layer | None, outer: Affine, artwork: Artwork) -> Layer:
    """The layer as it has to be under ``outer`` (the transform of its new groups) to stay where it is shown."""
    before = transform_of(artwork, parent.id) if parent is not None else IDENTITY
    if before == outer:
        return layer
    return layer.with_(transform=joined(inverse(outer), joined(before, layer.transform)))


def siblings_of(artwork: Artwork, layer_id: str) -> tuple[Layers, int]:
    """The list that holds the layer, bottom to top, and the layer's place in it. Raises EditError."""
    parent = parent_of(artwork, layer_id)
    layers = artwork.layers if parent is None else children_of(parent)
    return layers, next(index for index, layer in enumerate(layers) if layer.id == layer_id)


def rewrite(artwork: Artwork, layer_id: str, edit: Callable[[Layer], Layers]) -> Artwork:
    """The artwork with one layer replaced by ``edit(layer)`` (none, one or several); all others are shared."""
    layers = _rewrite(artwork.layers, layer_id, edit)
    if layers is None:
        raise EditError(NOT_THERE)
    return artwork.with_(layers=layers)


def _rewrite(layers: Layers, layer_id: str, edit: Callable[[Layer], Layers]) -> Layers | None:
    for index, layer in enumerate(layers):
        if layer.id == layer_id:
            return layers[:index] + edit(layer) + layers[index + 1 :]
        inner = _rewrite(children_of(layer), layer_id, edit)
        if inner is not None:
            return (*layers[:index], layer.with_(children=inner), *layers[index + 1 :])
    return None


def insert(artwork: Artwork, layers: Layers, parent: str, index: int) -> Artwork:
    """The artwork with ``layers`` put at ``index`` of the group ``parent`` ("" is the top level). Raises EditError."""
    if not parent:
        return artwork.with_(layers=artwork.layers[:index] + layers + artwork.layers[index:])

    def put(group: Layer) -> Layers:
        if not isinstance(group, Group):
            raise EditError(NOT_A_GROUP)
        return (group.with_(children=group.children[:index] + layers + group.children[index:]),)

    return rewrite(artwork, parent, put)


def take(artwork: Artwork, layer_id: str) -> Artwork:
    """The artwork without the layer."""
    return rewrite(artwork, layer_id, lambda _: ())


def without(artwork: Artwork, layer_ids: set[str]) -> Artwork:
    """The artwork without these layers, in one walk; those that are not there are no matter."""
    layers = _without(artwork.layers, layer_ids)
    return artwork if layers is artwork.layers else artwork.with_(layers=layers)


def _without(layers: Layers, layer_ids: set[str]) -> Layers:
    made = []
    for layer in layers:
        if layer.id not in layer_ids:
            children = children_of(layer)
            inner = _without(children, layer_ids)
            made.append(layer if inner is children else layer.with_(children=inner))
    same = len(made) == len(layers) and all(one is other for one, other in zip(made, layers, strict=True))
    return layers if same else tuple(made)


def clip_top(layers: Layers, index: int) -> int:
    """Index of the topmost layer that is clipped, directly or through others, onto the run of ``layers[index]``."""
    while index + 1 < len(layers) and layers[index + 1].clipping:
        index += 1
    return index


def clip_target(layers: Layers, index: int) -> Layer | None:
    """The layer whose alpha ``layers[index]`` uses; None when it is not clipped.

    A layer that is marked as clipped but lies above a filter, or above nothing, is drawn unclipped, and those above
    it are clipped to it.
    """
    target: Layer | None = None
    for layer in layers[:index]:
        if not layer.clipping or target is None or isinstance(target, Filter):
            target = layer
    return target if layers[index].clipping and not isinstance(target, Filter) else None


def copy_of(layer: Layer, links: dict[str, str] | None = None) -> Layer:
    """The same layer with new ids all the way down; pixels are shared.

    ``links``: the links of the copies by those of their layers, filled here: what is copied together and was linked is linked
    again, with the other copies, not with what it was copied from.
    """
    known = {} if links is None else links
    link = known.setdefault(layer.link, new_id()) if layer.link else ""
    children = children_of(layer)
    if children:
        copies = tuple(copy_of(child, known) for child in children)
        return layer.with_(id=new_id(), link=link, children=copies)
    return layer.with_(id=new_id(), link=link)


def walk(layer: Layer) -> Iterator[Layer]:
    """The layer's children, all the way down, then the layer."""
    for child in children_of(layer):
        yield from walk(child)
    yield layer
