"""Rasterise: a shape, a fill, a text, a picture of a model becomes a paint layer that looks the same."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

import numpy as np

from studio.document import selecting, tree
from studio.document.artwork import Artwork
from studio.document.changes import bounds_of
from studio.document.errors import EditError
from studio.document.layer import (
    IDENTITY,
    Derived,
    Fill,
    Filter,
    Generated,
    Group,
    Layer,
    Linked,
    Paint,
    Shape,
    Text,
    Unknown,
    inverse,
    pixels_of,
)
from studio.raster.colour import as_type
from studio.raster.geometry import TILE, Rect, TileKey, tile_keys
from studio.raster.surface import Surface
from studio.raster.tile import Tile
from studio.recipe import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from studio.render.renderer import Renderer
    from studio.workspace.studio import Studio

RASTERISE = QT_TRANSLATE_NOOP("history", "Rasterise layer")
IS_PAINT = QT_TRANSLATE_NOOP("document", "This layer is a paint layer already.")
IS_GROUP = QT_TRANSLATE_NOOP("document", "A group is merged, not rasterised: Layer ▸ Merge down.")
IS_FILTER = QT_TRANSLATE_NOOP(
    "document", "A filter layer has no pixels of its own. Merge it with what it changes."
)
IS_UNKNOWN = QT_TRANSLATE_NOOP(
    "document",
    "This layer comes from a newer version of Danqing and is kept as it is. Paint on another layer.",
)
LOCKED = QT_TRANSLATE_NOOP("document", "This layer is locked. Unlock it in the Layers panel first.")
_FAR = 1 << 16


def can_rasterise(studio: Studio) -> bool:
    picture = studio.current
    layer = picture.document.artwork.active_layer if picture else None
    return isinstance(layer, Fill | Generated | Linked | Derived | Shape | Text)


def asks(studio: Studio) -> bool:
    """Whether the hand is asked first: sliders and variants of a generated layer end, and the artist wants to be told.

    A locked one is not asked about: it is refused.
    """
    picture = studio.current
    if picture is None or picture.document.gesture_open or not studio.settings.ask_before_rasterising:
        return False
    artwork = picture.document.artwork
    return isinstance(artwork.active_layer, Generated) and not _locked(artwork, artwork.active)


def rasterise(studio: Studio, layer_id: str = "") -> None:
    """The layer of this id, else the active one; one undo step, which keeps what it was. Asks nothing."""
    picture = studio.current
    if picture is None or picture.document.gesture_open:
        return
    studio.settle()
    layer_id = layer_id or picture.document.artwork.active
    renderer = picture.renderer
    studio.filling.run(picture, RASTERISE, lambda artwork: rasterised(artwork, layer_id, renderer))


def rasterised(artwork: Artwork, layer_id: str, renderer: Renderer) -> Generator[float, None, Artwork]:
    """The artwork with a paint layer in the place of the layer; yields the part done. Raises EditError.

    A picture keeps its own pixels and stays live under its transform; what is drawn anew at every place (shape, fill,
    text) becomes pixels of the document.
    """
    layer = tree.require(artwork, layer_id)
    _check(artwork, layer)
    shared: dict[str, Any] = {
        name: getattr(layer, name)
        for name in (
            "id",
            "name",
            "visible",
            "opacity",
            "mode",
            "clipping",
            "locks",
            "effects",
            "tracks",
            "label",
        )
    } | {"fill_reference": layer.fill_reference, "data": layer.data, "link": layer.link}
    own = pixels_of(layer) if isinstance(layer, Generated | Linked | Derived) else None
    if own is not None:
        kept = yield from _cut(own, layer, artwork.dtype)
        paint = Paint(
            surface=kept, transform=layer.transform, warp=layer.warp, mask=layer.mask,
            mask_enabled=layer.mask_enabled, **shared,
        )  # fmt: skip
    else:
        paint = Paint(surface=(yield from _drawn(artwork, layer, renderer)), **shared)
        paint = _placed(artwork, layer, paint)
    return tree.rewrite(artwork, layer_id, lambda _: (paint,))


def _check(artwork: Artwork, layer: Layer) -> None:
    refusals = ((Paint, IS_PAINT), (Group, IS_GROUP), (Filter, IS_FILTER), (Unknown, IS_UNKNOWN))
    for kind, sentence in refusals:
        if isinstance(layer, kind):
            raise EditError(sentence)
    if _locked(artwork, layer.id):
        raise EditError(LOCKED)


def _locked(artwork: Artwork, layer_id: str) -> bool:
    return any(one.locks.all for one in tree.path_to(artwork, layer_id))


def _cut(surface: Surface, layer: Layer, dtype: np.dtype) -> Generator[float, None, Surface]:
    """The surface in the artwork's precision, without what lies beyond a generated picture's edge."""
    edge = None
    if isinstance(layer, Generated) and layer.variant is not None:
        edge = Rect(0, 0, layer.variant.width, layer.variant.height)
    if surface.dtype == dtype and (edge is None or edge.contains(surface.bounds)):
        return surface
    tiles: dict[TileKey, Tile] = {}
    for done, (key, tile) in enumerate(surface.tiles.items()):
        pixels = as_type(tile.pixels(), dtype).copy()
        if edge is not None:
            inside = edge.intersect(Rect.of_tile(key)).move(-key[0] * TILE, -key[1] * TILE)
            whole = np.zeros_like(pixels)
            if not inside.empty:
                where = slice(inside.top, inside.bottom), slice(inside.left, inside.right)
                whole[where] = pixels[where]
            pixels = whole
        if pixels.any():
            tiles[key] = Tile(pixels)
        yield (done + 1) / len(surface.tiles)
    return Surface(tiles, dtype)


def _bakes_mask(layer: Layer) -> bool:
    """Whether the layer's mask lies elsewhere than its pixels will, so that it goes into them."""
    return layer.mask is not None and (layer.transform != IDENTITY or bool(layer.warp))


def _drawn(artwork: Artwork, layer: Layer, renderer: Renderer) -> Generator[float, None, Surface]:
    """What the layer shows, at full opacity and without effects, in document pixels."""
    plain = layer.with_(opacity=1.0, mode="normal", effects=(), visible=True, clipping=False)
    plain = plain if _bakes_mask(layer) else plain.with_(mask=None)
    seen = selecting.alone(tree.rewrite(artwork, layer.id, lambda _: (plain,)), layer.id)
    area = artwork.rect
    if isinstance(layer, Shape):  # also what lies beyond the canvas
        far = area.grow(_FAR)
        found = bounds_of(seen.layers[0], far)
        area = area if found == far else found
    tiles: dict[TileKey, Tile] = {}
    keys = list(tile_keys(area))
    for done, key in enumerate(keys):
        part = Rect.of_tile(key).intersect(area)
        pixels = np.zeros((TILE, TILE, 4), artwork.dtype)
        there = part.move(-key[0] * TILE, -key[1] * TILE)
        pixels[there.top : there.bottom, there.left : there.right] = renderer.compose(seen, part, 0)
        if pixels.any():
            tiles[key] = Tile(pixels)
        yield (done + 1) / len(keys)
    return Surface(tiles, artwork.dtype)


def _placed(artwork: Artwork, layer: Layer, paint: Paint) -> Paint:
    """The paint layer of document pixels, in the layer's place among groups that may be moved."""
    groups = tree.path_to(artwork, layer.id)[:-1]
    outer = tree.transform_of(artwork, groups[-1].id) if groups else IDENTITY
    mask = None if _bakes_mask(layer) else layer.mask
    return paint.with_(transform=inverse(outer), mask=mask, mask_enabled=layer.mask_enabled)
