"""A paint layer under a liquify field: pixels resampled once, tile by tile, however many strokes made the field."""

from __future__ import annotations

from collections.abc import Generator, Iterable

import numpy as np

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Paint, is_integer_move
from studio.raster import liquify
from studio.raster.colour import as_type, widen
from studio.raster.geometry import Rect, TileKey, tile_keys
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP

NOT_PAINT = QT_TRANSLATE_NOOP(
    "document", "Liquify moves the pixels of a paint layer. Choose one, or rasterise this layer first."
)
NOT_STRAIGHT = QT_TRANSLATE_NOOP(
    "document", "Liquify needs a layer that is neither turned nor bent. Apply its transform first."
)  # fmt: skip
NO_PIXELS = QT_TRANSLATE_NOOP(
    "document", "This layer is empty: there is nothing on it to liquify. Choose another one in the Layers panel."
)  # fmt: skip


def target(artwork: Artwork) -> Paint:
    """The active paint layer. Raises EditError for any other, for a locked, hidden, turned, bent or empty one."""
    layer = artwork.active_layer
    if not isinstance(layer, Paint) or artwork.quick_mask or artwork.edits_mask:
        raise EditError(NOT_PAINT)
    edits.paint_target(artwork)
    if layer.warp or not is_integer_move(edits.transform_of(artwork, layer.id)):
        raise EditError(NOT_STRAIGHT)
    if not layer.surface:
        raise EditError(NO_PIXELS)
    return layer


def place_of(artwork: Artwork, layer_id: str) -> tuple[int, int]:
    """Where the pixels of a layer lie in the document."""
    x, y = edits.transform_of(artwork, layer_id)[4:]
    return round(x), round(y)


def keys_under(artwork: Artwork, layer_id: str, area: Rect) -> Iterable[TileKey]:
    """The tiles of a layer that lie under ``area`` of the document, as far as the canvas goes."""
    x, y = place_of(artwork, layer_id)
    return tile_keys(area.intersect(artwork.rect).move(-x, -y))


def highest(artwork: Artwork) -> float:
    """The largest value of a channel: pictures of 32 bits know light brighter than white."""
    return np.inf if artwork.precision == "float32" else 1.0


def moved_pixels(
    artwork: Artwork, layer: Paint, field: np.ndarray, step: int, area: Rect
) -> tuple[np.ndarray, np.ndarray] | None:
    """(pixels of the document's ``area`` float32 [h, w, 4], which of them move [h, w]); None where none does.

    The selection weights the displacement, not the pixels: a soft edge bends and shows nothing twice.
    """
    selected = None if artwork.selection is None else widen(artwork.selection.read(area))
    way = liquify.ways(field, step, area, selected)
    if way is None:
        return None
    x, y = place_of(artwork, layer.id)
    reached = liquify.reached(way, area, artwork.rect)
    source = widen(layer.surface.read(reached.move(-x, -y)))
    pixels = liquify.warped(source, reached, way, area, artwork.rect, highest(artwork))
    return pixels, liquify.moving(way)


def liquified(
    artwork: Artwork,
    layer: Paint,
    field: np.ndarray,
    step: int,
    keys: Iterable[TileKey],
    so_far: Artwork | None = None,
) -> Generator[float, None, Artwork]:
    """``so_far`` (default: ``artwork``) with the tiles ``keys`` of ``layer`` as the field makes them of those in ``artwork``.

    Yields the part done, a quarter of a tile at a time. Pixels that do not move keep their bits; alpha stays where it is locked.
    """
    result = artwork if so_far is None else so_far
    x, y = place_of(artwork, layer.id)
    wanted = sorted(keys, key=lambda key: (key[1], key[0]))
    for done, key in enumerate(wanted):
        result = _with_tile(result, layer.id, layer.surface, key)
        for number, part in enumerate(_strips(Rect.of_tile(key))):
            yield (done + number / _PARTS) / len(wanted)
            area = part.move(x, y).intersect(artwork.rect)
            found = None if area.empty else moved_pixels(artwork, layer, field, step, area)
            if found is not None:
                result = _with_pixels(result, layer, area.move(-x, -y), *found)
    return result


_PARTS = 4
"""Strips of a tile, each a step: where much is drawn out far, what a whole tile is read from is large."""


def _strips(whole: Rect) -> list[Rect]:
    rows = whole.height // _PARTS
    return [Rect.of(whole.left, top, whole.width, rows) for top in range(whole.top, whole.bottom, rows)]


def _with_pixels(
    artwork: Artwork, layer: Paint, area: Rect, pixels: np.ndarray, moving: np.ndarray
) -> Artwork:
    """``area`` (layer pixels) with those of ``pixels`` that move, the others as they are in ``layer``."""
    own = layer.surface.read(area)
    new = np.where(moving[..., None], as_type(pixels, own.dtype), own)
    changed = edits.apply_pixels(artwork.with_(selection=None), layer.id, area, new)
    return changed.with_(selection=artwork.selection)


def _with_tile(artwork: Artwork, layer_id: str, source: Surface, key: TileKey) -> Artwork:
    """The layer with one tile as it is in ``source``."""
    now = edits.surface_of(artwork, layer_id)
    if now.tile(key) is source.tile(key):
        return artwork
    return edits.write_surface(artwork, layer_id, now.replace({key: source.tile(key)}))
