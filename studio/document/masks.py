"""Edits of layer masks: from the selection, inverted, laid into the pixels. Masks lie in layer pixels."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np

from studio.document import placing, tree
from studio.document.artwork import SRGB, Artwork
from studio.document.errors import EditError
from studio.document.layer import Fill, Paint
from studio.document.painting import selection_in_layer, write_surface
from studio.raster.geometry import TileKey
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.tile import Tile
from studio.recipe import QT_TRANSLATE_NOOP, Stored

NO_SELECTION = QT_TRANSLATE_NOOP("document", "Nothing is selected. Select what the mask shall show first.")
_STEP_TILES = 64
LOCKED = QT_TRANSLATE_NOOP("document", "This layer is locked. Unlock it in the Layers panel first.")
NO_MASK = QT_TRANSLATE_NOOP("document", "This layer has no mask.")
ALPHA_LOCKED = QT_TRANSLATE_NOOP(
    "document",
    "This layer's transparency is locked: nothing can be cut out of it. Unlock it in the Layers panel.",
)
NO_PIXELS = QT_TRANSLATE_NOOP(
    "document", "Only the pixels of a paint layer can be taken out. Rasterise this layer first."
)
NOTHING_TAKEN = QT_TRANSLATE_NOOP("document", "The selection holds no pixels of this layer.")
NOT_APPLIED = QT_TRANSLATE_NOOP(
    "document", "Only the pixels of a paint layer can take its mask in. Merge this layer instead."
)


def check_unlocked(artwork: Artwork, layer_id: str) -> None:
    """Raises EditError where the layer, or a group around it, is locked."""
    if any(layer.locks.all for layer in tree.path_to(artwork, layer_id)):
        raise EditError(LOCKED)


def mask_of_layer(artwork: Artwork, layer_id: str) -> Mask:
    """The layer's mask, enabled or not. Raises EditError where it has none."""
    mask = tree.require(artwork, layer_id).mask
    if mask is None:
        raise EditError(NO_MASK)
    return mask


def from_selection(artwork: Artwork, layer_id: str, hide: bool = False) -> Artwork:
    """Gives the layer a mask that shows (or hides) what is selected. Raises EditError where everything is."""
    mask = selection_in_layer(artwork, layer_id, soft=True)
    if mask is None:
        raise EditError(NO_SELECTION)
    mask = inverted(mask) if hide else mask
    return tree.rewrite(artwork, layer_id, lambda one: (one.with_(mask=mask, mask_enabled=True),))


def inverted(mask: Mask) -> Mask:
    """1 − mask; equal tiles stay one object."""
    work = inverting(mask)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def inverting(mask: Mask) -> Generator[float, None, Mask]:
    """The same in steps; yields the part done."""
    made: dict[int, Tile] = {}
    tiles: dict[TileKey, Tile] = {}
    for done, (key, tile) in enumerate(mask.tiles.items()):
        if id(tile) not in made:
            made[id(tile)] = Tile(np.float16(1) - tile.pixels())
            if len(made) % _STEP_TILES == 0:
                yield done / len(mask.tiles)
        tiles[key] = made[id(tile)]
    return Mask(tiles, 1.0 - mask.default)


def is_large(mask: Mask) -> bool:
    """Whether work on each of its tiles is too much for one turn of the event loop."""
    return len({id(tile) for tile in mask.tiles.values()}) > _STEP_TILES


def invert(artwork: Artwork, layer_id: str) -> Artwork:
    """Shows what was hidden. Raises EditError where the layer has no mask."""
    mask = inverted(mask_of_layer(artwork, layer_id))
    return tree.rewrite(artwork, layer_id, lambda one: (one.with_(mask=mask),))


def masked(surface: Surface, mask: Mask) -> Generator[float, None, Surface]:
    """The pixels times the mask, tile by tile; yields the part done, returns the new pixels."""
    changed: dict[TileKey, Tile | None] = {}
    for done, (key, tile) in enumerate(surface.tiles.items()):
        cover = mask.tile(key)
        if cover is None and mask.default == 1:
            continue
        if cover is None and mask.default == 0:
            changed[key] = None
            continue
        amount = np.float32(mask.default) if cover is None else cover.pixels()[..., None].astype(np.float32)
        pixels = (tile.pixels() * amount).astype(surface.dtype)
        changed[key] = Tile(pixels) if pixels.any() else None
        yield (done + 1) / len(surface.tiles)
    return surface.replace(changed)


def selected_pixels(artwork: Artwork, layer_id: str, cut: bool) -> tuple[Paint, Mask]:
    """The paint layer whose selected pixels are wanted, and the selection in its pixels. Raises EditError."""
    layer = tree.require(artwork, layer_id)
    if not isinstance(layer, Paint):
        raise EditError(NO_PIXELS)
    mask = selection_in_layer(artwork, layer_id)
    if mask is None:
        raise EditError(NO_SELECTION)
    if cut:
        placing.check_seen(artwork, (layer_id,))
        check_unlocked(artwork, layer_id)
        if layer.locks.alpha:
            raise EditError(ALPHA_LOCKED)
    return layer, mask


def parted(surface: Surface, mask: Mask, cut: bool) -> Generator[float, None, tuple[Surface, Surface]]:
    """(what stays, what is taken): the pixels times 1 − mask, or all of them, and the pixels times the mask."""
    taken = yield from masked(surface, mask)
    stays = (yield from masked(surface, inverted(mask))) if cut else surface
    return stays, taken


def with_parts(artwork: Artwork, layer_id: str, stays: Surface, taken: Surface, name: str) -> Artwork:
    """The layer with what stays, and above it a layer of what was taken, which becomes active; nothing is selected then.

    Raises EditError where nothing was taken, or for a locked layer.
    """
    if not taken:
        raise EditError(NOTHING_TAKEN)
    layer = tree.require(artwork, layer_id)
    artwork = write_surface(artwork, layer_id, stays)
    new = Paint(
        name=name, surface=taken, transform=layer.transform, warp=layer.warp, opacity=layer.opacity,
        mode=layer.mode, clipping=layer.clipping,
    )  # fmt: skip
    replaced = tree.rewrite(artwork, layer_id, lambda one: (one, new))
    return replaced.with_(active=new.id, selected=(), selection=None)


def check_applicable(artwork: Artwork, layer_id: str) -> Paint:
    """The paint layer whose mask can be laid into its pixels. Raises EditError."""
    layer = tree.require(artwork, layer_id)
    mask_of_layer(artwork, layer_id)
    if not isinstance(layer, Paint):
        raise EditError(NOT_APPLIED)
    return layer


def with_applied(artwork: Artwork, layer_id: str, surface: Surface) -> Artwork:
    """The layer without its mask and with the masked pixels. Raises EditError for a locked layer."""
    artwork = write_surface(artwork, layer_id, surface)
    return tree.rewrite(artwork, layer_id, lambda one: (one.with_(mask=None, mask_enabled=True),))


def alone(artwork: Artwork, layer_id: str) -> Artwork:
    """The picture as it looks when only this layer's mask is to be seen: black where it hides, white where it shows.

    A mask's values are no light: they are shown as they are, whatever the picture's colour space. The artwork itself
    where the layer has none.
    """
    layer = artwork.find(layer_id)
    if layer is None or layer.mask is None:
        return artwork
    black, white = (
        Stored(name="fill-colour", version=1, parameters={"colour": (value, value, value, 1.0)})
        for value in (0.0, 1.0)
    )
    placed = tree.transform_of(artwork, layer_id)
    shown = Fill(id=layer_id, recipe=white, mask=layer.mask, transform=placed, warp=layer.warp)
    layers = (Fill(id=layer_id + "/ground", recipe=black), shown)
    return artwork.with_(layers=layers, colour_space=SRGB)
