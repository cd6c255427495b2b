"""Selected pixels of a paint layer lifted out of it, so that they can be moved by themselves, and laid down again."""

from __future__ import annotations

import msgspec
import numpy as np

from studio.document import placing, tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import IDENTITY, Group, Layer, Paint
from studio.document.painting import selection_in_layer
from studio.raster import native
from studio.raster.colour import as_type, widen
from studio.raster.geometry import Rect, TileKey, tile_keys
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.tile import Tile
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
NOTHING_SELECTED = QT_TRANSLATE_NOOP("document", "The selection holds no pixels of this layer.")


class Lifted(msgspec.Struct, frozen=True, eq=False):
    """``artwork``: in place of the layer a group of what stays (``rest``) and what was lifted (``floating``)."""

    artwork: Artwork
    layer: Paint
    rest: str
    floating: str


def can_lift(artwork: Artwork, layer: Layer | None) -> bool:
    """Whether a selection means pixels of this layer: a paint layer that is not bent."""
    return artwork.selection is not None and isinstance(layer, Paint) and not layer.warp


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
    if not floats:
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
    """(pixels·(1 − s), pixels·s); wholly selected and wholly unselected tiles change hands as they are."""
    stays: dict[TileKey, Tile | None] = {}
    floats: dict[TileKey, Tile] = {}
    whole: dict[Tile, bool] = {}
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
        taken, left = native.share(tile.pixels(), widen(chosen.pixels()))
        if taken is not None:
            floats[key] = Tile(taken)
            stays[key] = None if left is None else Tile(left)
    return surface.replace(stays), Surface(floats, surface.dtype)


def in_layer(artwork: Artwork, lifted: Lifted) -> Layer:
    """The floating layer as it now lies in the lifted layer's own pixels."""
    floating = tree.require(artwork, lifted.floating)
    assert isinstance(floating, Paint)
    return floating


def laid_down(artwork: Artwork, lifted: Lifted, surface: Surface) -> Artwork:
    """The layer again, with ``surface``; everything else of it as it was."""
    layer = lifted.layer.with_(surface=surface)
    return tree.rewrite(artwork, lifted.layer.id, lambda _: (layer,))


def merged_move(artwork: Artwork, lifted: Lifted) -> Artwork | None:
    """The floating pixels laid down where they were moved by whole pixels; None where they have to be resampled."""
    floating = in_layer(artwork, lifted)
    rest = tree.require(artwork, lifted.rest)
    assert isinstance(floating, Paint) and isinstance(rest, Paint)
    if floating.warp or floating.transform[:4] != IDENTITY[:4]:
        return None
    x, y = floating.transform[4:]
    if not (x.is_integer() and y.is_integer()):
        return None
    changed: dict[TileKey, Tile | None] = {}
    moved = {
        key for one in floating.surface.tiles for key in tile_keys(Rect.of_tile(one).move(int(x), int(y)))
    }
    for key in moved:
        above = floating.surface.read(Rect.of_tile(key).move(-int(x), -int(y)))
        if not _holds(above):
            continue
        below = rest.surface.tile(key)
        changed[key] = Tile(above if below is None else over(above, below.pixels()))
    return laid_down(artwork, lifted, rest.surface.replace(changed))


def over(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """Premultiplied source-over in float32, in the type of ``below``."""
    top = widen(above)
    return as_type(top + widen(below) * (1 - top[..., 3:]), below.dtype)


def _holds(pixels: np.ndarray) -> bool:
    """Whether any pixel is not transparent; halves are slow to compare, their bits are not."""
    return bool(pixels.reshape(-1).view(np.uint16).any())
