"""Selected pixels lifted out of layers, so that they can be moved by themselves, and laid down again."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import Literal

import msgspec

from studio.document import edits, placing, tree
from studio.document.artwork import Artwork
from studio.document.changes import bounds_of
from studio.document.errors import EditError
from studio.document.layer import (
    IDENTITY,
    Fill,
    Filter,
    Generated,
    Group,
    Layer,
    Locks,
    Paint,
    Shape,
    Text,
    Unknown,
    new_id,
    pixels_of,
)
from studio.document.painting import mask_of, selection_in_layer, write_surface
from studio.document.sharing import (
    both,
    hidden,
    holds,
    holds_any,
    is_whole,
    over,
    split,
    taken,
    without_empty,
)
from studio.raster.geometry import Rect, TileKey, tile_keys
from studio.raster.mask import Mask
from studio.raster.selecting.combining import extent, selects_all
from studio.raster.surface import Surface
from studio.raster.tile import Tile
from studio.raster.warp import Warp
from studio.recipe import QT_TRANSLATE_NOOP

_LOCKED = QT_TRANSLATE_NOOP("document", "“{name}” is locked. Unlock it in the Layers panel first.")
_LOCKED_POSITION = QT_TRANSLATE_NOOP(
    "document", "The position of “{name}” is locked. Unlock it in the Layers panel first."
)
_ALPHA_LOCKED = QT_TRANSLATE_NOOP(
    "document",
    "The transparency of “{name}” is locked: nothing can be moved in it. Unlock it in the Layers panel.",
)
NOTHING_SELECTED = QT_TRANSLATE_NOOP("document", "The selection holds no pixels of this layer.")
NONE_OF_THESE = QT_TRANSLATE_NOOP("document", "The selection holds no pixels of these layers.")
A_FILTER = QT_TRANSLATE_NOOP(
    "document",
    "A filter layer has no pixels that could be moved. Add a mask to it and choose the mask, or deselect to move all of it.",
)
NOT_KNOWN = QT_TRANSLATE_NOOP(
    "document",
    "This layer comes from a newer version of Danqing and is kept as it is: no part of it can be moved. Deselect to move all "
    "of it.",
)
_QUICK_MASK = QT_TRANSLATE_NOOP(
    "document",
    "The quick mask is painted on now: layers are neither moved nor transformed by it. Leave it first.",
)
SHARED = (
    "id", "name", "visible", "opacity", "mode", "mask", "mask_enabled", "clipping", "locks", "transform", "effects",
    "tracks", "label", "fill_reference", "data", "link",
)  # fmt: skip
AT_ONCE = 8
"""Tiles that are shared out, or laid down, under the hand, each in a millisecond at most; of more, none is."""

Kind = Literal["pixels", "above", "whole"]


class Piece(msgspec.Struct, frozen=True, eq=False):
    """What was lifted of one layer, by id in the lifted artwork.

    ``pixels``: in place of the layer stands a group of ``rest`` and ``floating``, laid down again in the end. ``above``: a
    layer whose pixels are computed, drawn or bent keeps them, hidden by its mask, and ``floating`` is a new layer above it.
    ``whole``: all that such a layer shows is selected, so it floats itself.
    """

    kind: Kind
    layer: Layer
    rest: str
    floating: str


class Lifted(msgspec.Struct, frozen=True, eq=False):
    """``artwork`` with the pieces apart; ``before``: as it was, with the selection."""

    artwork: Artwork
    before: Artwork
    pieces: tuple[Piece, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The floating layers."""
        return tuple(piece.floating for piece in self.pieces)

    @property
    def above(self) -> tuple[Piece, ...]:
        """Pieces that stay layers of their own."""
        return tuple(piece for piece in self.pieces if piece.kind == "above")


def check_no_quick_mask(artwork: Artwork) -> None:
    """Raises EditError while the selection is being painted: no layer is to be cut by a mask that is not done."""
    if artwork.quick_mask:
        raise EditError(_QUICK_MASK)


def lift(artwork: Artwork, layer_ids: Iterable[str], *, copy: bool = False) -> Lifted:
    """Cuts the selected pixels out of these layers, and of what is seen in groups among them: pixel·s floats, pixel·(1 − s)
    stays; of a ``copy`` all stays. Raises EditError for a locked layer, for one that has no pixels, and where the selection
    holds none."""
    ids = placing.topmost(artwork, layer_ids)
    leaves = list(_leaves(artwork, ids))
    alone = len(ids) == 1 and [layer.id for layer in leaves] == ids
    pieces: list[Piece] = []
    lifted = artwork
    known: dict[object, Mask] = {}
    for layer in leaves:
        if alone or not isinstance(layer, Filter | Unknown):
            lifted, piece = _lifted(lifted, layer, _selection(artwork, layer, known), copy)
            pieces += [piece] if piece is not None else []
    if not pieces:
        raise EditError(NOTHING_SELECTED if alone else NONE_OF_THESE)
    return Lifted(_chosen(lifted, artwork, pieces), artwork, tuple(pieces))


def _leaves(artwork: Artwork, ids: Iterable[str]) -> Iterator[Layer]:
    """These layers, and instead of groups what is seen in them; fills and filters only where they are meant themselves."""
    for layer_id in ids:
        layer = tree.require(artwork, layer_id)
        if isinstance(layer, Group):
            yield from _inside(layer)
        else:
            yield layer


def _inside(group: Group) -> Iterator[Layer]:
    for child in group.children:
        if child.visible and isinstance(child, Group):
            yield from _inside(child)
        elif child.visible and not isinstance(child, Fill | Filter | Unknown):
            yield child


def _selection(artwork: Artwork, layer: Layer, known: dict[object, Mask]) -> Mask:
    """The selection in the layer's pixels; found once for all layers that lie alike."""
    place = (tree.transform_of(artwork, layer.id), layer.warp or None)
    if layer.warp or place not in known:
        mask = selection_in_layer(artwork, layer.id)
        assert mask is not None
        known[place] = mask
    return known[place]


def _lifted(artwork: Artwork, layer: Layer, mask: Mask, copy: bool) -> tuple[Artwork, Piece | None]:
    """(the artwork with the layer's piece apart, the piece; None where the selection holds nothing of it)."""
    if isinstance(layer, Paint) and not layer.warp:
        return _cut(artwork, layer, mask, copy)
    if isinstance(layer, Filter):
        raise EditError(A_FILTER)
    if isinstance(layer, Unknown):
        raise EditError(NOT_KNOWN)
    if isinstance(layer, Text | Shape | Fill):
        return _behind_mask(artwork, layer, mask, copy)
    return _taken(artwork, layer, mask, copy)


def _cut(artwork: Artwork, layer: Paint, mask: Mask, copy: bool) -> tuple[Artwork, Piece | None]:
    stays, floats = split(layer.surface, mask, AT_ONCE)
    if not holds_any(floats, mask):
        return artwork, None
    _check(artwork, layer)
    stays = layer.surface if copy else stays
    rest, floating = Paint(name=layer.name, surface=stays), Paint(name=layer.name, surface=floats)
    group = Group(**{name: getattr(layer, name) for name in SHARED}, children=(rest, floating))
    return tree.rewrite(artwork, layer.id, lambda _: (group,)), Piece("pixels", layer, rest.id, floating.id)


def _taken(artwork: Artwork, layer: Layer, mask: Mask, copy: bool) -> tuple[Artwork, Piece | None]:
    """Of a layer that keeps its pixels: what it shows of them, on a paint layer above it, placed and bent alike."""
    surface = pixels_of(layer)
    if surface is None or not surface:
        return artwork, None
    edge = None
    if isinstance(layer, Generated) and layer.variant is not None:
        edge = Rect(0, 0, layer.variant.width, layer.variant.height)
    shown = (layer.mask,) if layer.mask is not None and layer.mask_enabled else ()
    floats = taken(surface, (mask, *shown), edge, artwork.dtype, AT_ONCE)
    if not holds_any(floats, mask):
        return artwork, None
    _check(artwork, layer)
    if not copy and is_whole(surface, mask):
        return artwork, Piece("whole", layer, "", layer.id)
    floating = Paint(
        name=layer.name, surface=floats, opacity=layer.opacity, mode=layer.mode, clipping=layer.clipping,
        transform=layer.transform, warp=layer.warp, effects=layer.effects, label=layer.label, data=layer.data,
    )  # fmt: skip
    if copy:
        pass
    elif isinstance(layer, Paint):
        artwork = write_surface(artwork, layer.id, split(layer.surface, mask, AT_ONCE)[0])
    else:
        artwork = _hiding(artwork, layer, mask)
    return _put_above(artwork, layer, floating)


def _behind_mask(artwork: Artwork, layer: Layer, mask: Mask, copy: bool) -> tuple[Artwork, Piece | None]:
    """Of a layer that is drawn anew at every place: the same layer once more, the selection its mask."""
    outer = placing.outer_of(artwork, layer.id)
    seen = bounds_of(layer.with_(effects=()), artwork.rect, outer).intersect(artwork.rect)
    selection = artwork.selection
    assert selection is not None
    if seen.empty or (not selection.default and seen.intersect(extent(selection)).empty):
        return artwork, None
    _check(artwork, layer)
    if not copy and selects_all(selection, seen):
        return artwork, Piece("whole", layer, "", layer.id)
    shown = layer.mask if layer.mask is not None and layer.mask_enabled else None
    floating = layer.with_(
        id=new_id(),
        mask=mask if shown is None else both(mask, shown, AT_ONCE),
        mask_enabled=True,
        locks=Locks(),
        link="",
    )
    return _put_above(artwork if copy else _hiding(artwork, layer, mask), layer, floating)


def _hiding(artwork: Artwork, layer: Layer, mask: Mask) -> Artwork:
    """The layer's mask, a new one where it has none, hides what is selected as well: as erasing it would."""
    artwork, own = mask_of(artwork, layer.id)
    return edits.change(artwork, layer.id, mask=hidden(own, mask, AT_ONCE))


def _put_above(artwork: Artwork, layer: Layer, floating: Layer) -> tuple[Artwork, Piece]:
    active = artwork.active
    put = edits.add_layer(artwork, floating, above=layer.id).with_(active=active)
    return put, Piece("above", layer, layer.id, floating.id)


def check_place_free(artwork: Artwork, layer_id: str) -> None:
    """Raises EditError where a layer, or a group around it, is locked or may not change its place."""
    for one in tree.path_to(artwork, layer_id):
        if one.locks.all:
            raise EditError(_LOCKED, name=one.name)
        if one.locks.position:
            raise EditError(_LOCKED_POSITION, name=one.name)


def _check(artwork: Artwork, layer: Layer) -> None:
    """Raises EditError where no pixel of the layer may change its place."""
    check_place_free(artwork, layer.id)
    if layer.locks.alpha:
        raise EditError(_ALPHA_LOCKED, name=layer.name)


def _chosen(lifted: Artwork, before: Artwork, pieces: Iterable[Piece]) -> Artwork:
    """The new layers are chosen in place of those that they were lifted from, so that the next move takes them on."""
    instead = {piece.layer.id: piece.floating for piece in pieces if piece.kind == "above"}
    return lifted.with_(
        active=instead.get(before.active, before.active),
        selected=tuple(instead.get(one, one) for one in before.selected),
    )


def placed(lifted: Lifted, bends: Warp) -> Artwork:
    """The pieces under ``bends`` (document pixels), not laid down yet."""
    return placing.placed(lifted.artwork, lifted.ids, bends)


def frame(lifted: Lifted) -> tuple[float, float, float, float]:
    """What floats, in document pixels."""
    drawn = [
        piece.floating
        for piece in lifted.pieces
        if piece.kind == "above" and not isinstance(lifted.artwork.find(piece.floating), Paint)
    ]
    found = placing.frame_of(lifted.artwork, [one for one in lifted.ids if one not in drawn])
    selection = lifted.before.selection
    assert selection is not None
    if drawn or found is None:
        area = extent(selection)
        area = lifted.before.rect if selection.default or area.empty else area
        own = (float(area.left), float(area.top), float(area.right), float(area.bottom))
        found = (
            own
            if found is None
            else (min(own[0], found[0]), min(own[1], found[1]), max(own[2], found[2]), max(own[3], found[3]))
        )
    return found


def floating_of(artwork: Artwork, piece: Piece) -> Paint:
    """The floating layer of a piece of pixels, as it now lies in the lifted layer's own pixels."""
    floating = tree.require(artwork, piece.floating)
    assert isinstance(floating, Paint)
    return floating


def laid_down(artwork: Artwork, piece: Piece, surface: Surface) -> Artwork:
    """The layer again, with ``surface``; everything else of it as it was."""
    layer = piece.layer.with_(surface=surface)
    return tree.rewrite(artwork, piece.layer.id, lambda _: (layer,))


def moves_whole(artwork: Artwork, piece: Piece) -> bool:
    """Whether the floating pixels are moved by whole pixels, so that they need not be resampled."""
    floating = floating_of(artwork, piece)
    straight = not floating.warp and floating.transform[:4] == IDENTITY[:4]
    return straight and all(by.is_integer() for by in floating.transform[4:])


def merged_move(artwork: Artwork, piece: Piece) -> Generator[float, None, Artwork]:
    """The floating pixels laid down where :func:`moves_whole`. Yields the part done, 0–1."""
    floating, rest = floating_of(artwork, piece), tree.require(artwork, piece.rest)
    assert isinstance(rest, Paint)
    x, y = (int(by) for by in floating.transform[4:])
    changed: dict[TileKey, Tile | None] = {}
    moved = {key for one in floating.surface.tiles for key in tile_keys(Rect.of_tile(one).move(x, y))}
    for done, key in enumerate(moved):
        above = floating.surface.read(Rect.of_tile(key).move(-x, -y))
        if holds(above):
            below = rest.surface.tile(key)
            changed[key] = Tile(above if below is None else over(above, below.pixels()))
        yield (done + 1) / len(moved)
    return laid_down(artwork, piece, without_empty(rest.surface).replace(changed))
