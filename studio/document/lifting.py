"""Selected pixels of a paint layer lifted out of it, so that they can be moved by themselves, and laid down again."""

from __future__ import annotations

import threading
from collections.abc import Generator
from functools import partial

import msgspec
import numpy as np

from studio.document import placing, tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import IDENTITY, Group, Layer, Paint
from studio.document.painting import selection_in_layer
from studio.raster import native
from studio.raster.colour import as_type, widen
from studio.raster.geometry import TILE, Rect, TileKey, tile_keys
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.tile import LateTile, Tile
from studio.recipe import QT_TRANSLATE_NOOP

_ALPHA_LOCKED = QT_TRANSLATE_NOOP(
    "document",
    "This layer's transparency is locked: nothing can be moved in it. Unlock it in the Layers panel.",
)
SHARED = (
    "id", "name", "visible", "opacity", "mode", "mask", "mask_enabled", "clipping", "locks", "transform", "effects",
    "tracks", "label", "fill_reference", "data",
)  # fmt: skip
ONE = np.float16(1).view(np.uint16)
AT_ONCE = 8
"""Tiles that are shared out, or laid down, under the hand, each in a millisecond at most; of more, none is."""
NOTHING_SELECTED = QT_TRANSLATE_NOOP("document", "The selection holds no pixels of this layer.")

_QUICK_MASK = QT_TRANSLATE_NOOP(
    "document",
    "The quick mask is painted on now: layers are neither moved nor transformed by it. Leave it first.",
)


class Lifted(msgspec.Struct, frozen=True, eq=False):
    """``artwork``: in place of the layer a group of what stays (``rest``) and what was lifted (``floating``)."""

    artwork: Artwork
    layer: Paint
    rest: str
    floating: str


def can_lift(artwork: Artwork, layer: Layer | None) -> bool:
    """Whether a selection means pixels of this layer: a paint layer that is not bent."""
    return artwork.selection is not None and isinstance(layer, Paint) and not layer.warp


def check_no_quick_mask(artwork: Artwork) -> None:
    """Raises EditError while the selection is being painted: no layer is to be cut by a mask that is not done."""
    if artwork.quick_mask:
        raise EditError(_QUICK_MASK)


def lift(artwork: Artwork, layer_id: str) -> Lifted:
    """Cuts the selected pixels out: pixel·s floats, pixel·(1 − s) stays. Raises EditError for a locked layer or an
    empty selection."""
    placing.check_movable(artwork, layer_id)
    layer = tree.require(artwork, layer_id)
    assert isinstance(layer, Paint)
    if layer.locks.alpha:
        raise EditError(_ALPHA_LOCKED)
    mask = selection_in_layer(artwork, layer_id)
    assert mask is not None
    stays, floats = _split(layer.surface, mask)
    if not any(tile.filled().any() for tile in floats.tiles.values()):
        raise EditError(NOTHING_SELECTED)
    rest = Paint(name=layer.name, surface=stays)
    floating = Paint(name=layer.name, surface=floats)
    group = Group(
        **{name: getattr(layer, name) for name in SHARED},
        children=(rest, floating),
    )
    lifted = tree.rewrite(artwork, layer_id, lambda _: (group,))
    return Lifted(lifted.with_(active=group.id), layer, rest.id, floating.id)


def _split(surface: Surface, mask: Mask) -> tuple[Surface, Surface]:
    """(pixels·(1 − s), pixels·s); wholly selected and wholly unselected tiles change hands as they are. Tiles in which the
    selection has an edge are shared out at once where they are few, else when they are needed."""
    stays: dict[TileKey, Tile | None] = {}
    floats: dict[TileKey, Tile] = {}
    whole: dict[Tile, bool] = {}
    soft: list[tuple[TileKey, Tile, Tile]] = []
    for key, tile in surface.tiles.items():
        chosen = mask.tile(key)
        if chosen is None:
            if mask.default:
                floats[key], stays[key] = tile, None
            continue
        if chosen not in whole:
            whole[chosen] = bool((chosen.pixels().view(np.uint16) == ONE).all())
        if whole[chosen]:
            floats[key], stays[key] = tile, None
            continue
        soft.append((key, tile, chosen))
    for key, tile, chosen in soft:
        if len(soft) > AT_ONCE:
            floats[key], stays[key] = _late(tile, chosen)
            continue
        taken, left = native.share(tile.pixels(), widen(chosen.pixels()))
        if taken is not None:
            floats[key] = Tile(taken)
            stays[key] = None if left is None else Tile(left)
    return _trimmed(surface.replace(stays)), _trimmed(Surface(floats, surface.dtype))


def _trimmed(surface: Surface) -> Surface:
    """Without late tiles at the rim that will hold nothing, so that its bounds are what they will be."""
    while True:
        rim = surface.bounds
        edges = {rim.left // TILE, rim.right // TILE - 1}, {rim.top // TILE, rim.bottom // TILE - 1}
        empty = {
            key: None
            for key, tile in surface.tiles.items()
            if isinstance(tile, LateTile)
            and (key[0] in edges[0] or key[1] in edges[1])
            and not tile.filled().any()
        }
        if not empty:
            return surface
        surface = surface.replace(empty)


class _Halves:
    """Both parts of a tile, computed together when the first of them is needed."""

    def __init__(self, tile: Tile, chosen: Tile) -> None:
        self._tile, self._chosen = tile, chosen
        self._lock = threading.Lock()
        self._found: tuple[np.ndarray | None, np.ndarray | None] | None = None

    def part(self, index: int) -> np.ndarray:
        with self._lock:
            if self._found is None:
                self._found = native.share(self._tile.pixels(), widen(self._chosen.pixels()))
        found = self._found[index]
        return np.zeros((TILE, TILE, 4), self._tile.dtype) if found is None else found

    def filled(self, index: int) -> np.ndarray:
        bits = self._chosen.pixels().view(np.uint16)
        return self._tile.filled() & (bits != (ONE if index else 0))


def _late(tile: Tile, chosen: Tile) -> tuple[Tile, Tile]:
    """(pixels·s, pixels·(1 − s)), not computed yet."""
    halves = _Halves(tile, chosen)
    taken, left = (
        LateTile(partial(halves.part, index), partial(halves.filled, index), 4, tile.dtype)
        for index in (0, 1)
    )
    return taken, left


def in_layer(artwork: Artwork, lifted: Lifted) -> Layer:
    """The floating layer as it now lies in the lifted layer's own pixels."""
    floating = tree.require(artwork, lifted.floating)
    assert isinstance(floating, Paint)
    return floating


def laid_down(artwork: Artwork, lifted: Lifted, surface: Surface) -> Artwork:
    """The layer again, with ``surface``; everything else of it as it was."""
    layer = lifted.layer.with_(surface=surface)
    return tree.rewrite(artwork, lifted.layer.id, lambda _: (layer,))


def moves_whole(artwork: Artwork, lifted: Lifted) -> bool:
    """Whether the floating pixels are moved by whole pixels, so that they need not be resampled."""
    floating = in_layer(artwork, lifted)
    assert isinstance(floating, Paint)
    straight = not floating.warp and floating.transform[:4] == IDENTITY[:4]
    return straight and all(by.is_integer() for by in floating.transform[4:])


def merged_move(artwork: Artwork, lifted: Lifted) -> Generator[float, None, Artwork]:
    """The floating pixels laid down where :func:`moves_whole`. Yields the part done, 0–1."""
    floating, rest = in_layer(artwork, lifted), tree.require(artwork, lifted.rest)
    assert isinstance(floating, Paint) and isinstance(rest, Paint)
    x, y = (int(by) for by in floating.transform[4:])
    changed: dict[TileKey, Tile | None] = {}
    moved = {key for one in floating.surface.tiles for key in tile_keys(Rect.of_tile(one).move(x, y))}
    for done, key in enumerate(moved):
        above = floating.surface.read(Rect.of_tile(key).move(-x, -y))
        if _holds(above):
            below = rest.surface.tile(key)
            changed[key] = Tile(above if below is None else over(above, below.pixels()))
        yield (done + 1) / len(moved)
    return laid_down(artwork, lifted, without_empty(rest.surface).replace(changed))


def without_empty(surface: Surface) -> Surface:
    """Without the late tiles that turned out to hold nothing."""
    late = {key: tile for key, tile in surface.tiles.items() if isinstance(tile, LateTile)}
    return surface.replace({key: None for key, tile in late.items() if not _holds(tile.pixels())})


def over(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Premultiplied source-over in float32, in the type of ``below``."""
    top = widen(above)
    return as_type(top + widen(below) * (1 - top[..., 3:]), below.dtype)


def _holds(pixels: np.ndarray) -> bool:
    """Whether any pixel is not transparent; halves are slow to compare, their bits are not."""
    return bool(pixels.reshape(-1).view(np.uint16).any())
