"""Layers fused into one picture, and a layer blended into what lies below it: work on the render lane, one undo step."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import numpy as np

from studio.document import edits, several, tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import IDENTITY, Filter, Group, Layer, Paint, children_of, inverse, joined
from studio.jobs.aside import aside
from studio.raster.colour import as_type
from studio.raster.geometry import TILE, Rect, TileKey, tile_keys
from studio.raster.surface import Surface
from studio.raster.tile import Tile
from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis.fuse import FUSIONS
from studio.synthesis.fusion import Fusion, finite
from studio.workspace import imaging
from studio.workspace.asking import Ask, Asking, filtered

if TYPE_CHECKING:
    from studio.render.renderer import Renderer
    from studio.workspace.reshaping import Steps
    from studio.workspace.studio import Studio

FUSE = QT_TRANSLATE_NOOP("history", "Blend pictures")
BLEND_IN = QT_TRANSLATE_NOOP("history", "Blend into surroundings")
TOO_FEW = QT_TRANSLATE_NOOP("document", "Select at least two layers with pixels to blend.")
NOTHING_BELOW = QT_TRANSLATE_NOOP(
    "document",
    "There is nothing visible below this layer to blend it into. Show what lies below in the Layers panel, or move it up.",
)
NOTHING_ON_IT = QT_TRANSLATE_NOOP(
    "document",
    "This layer shows nothing that could be blended in. Choose another layer, or select where it shows something.",
)
NO_PIXELS = QT_TRANSLATE_NOOP("document", "A filter layer has no pixels of its own to blend.")
_COMPOSED = 0.4
"""The part of the work that composing the layers is taken for."""
_SEEN = 0.3
"""The part that a network's look at them is taken for, where there is one."""

Result = TypeVar("Result")
Composed = Generator[float, None, np.ndarray]


def fuse_layers(studio: Studio, name: str, values: msgspec.Struct | None = None) -> None:
    """The chosen layers, each alone on transparency, become a new paint layer above them by a method of ``FUSIONS``.

    ``values``: its parameters, those it declares where None is given.
    """
    picture = studio.current
    if picture is None:
        return
    fusion, renderer = FUSIONS[name], picture.renderer
    title, given = studio.translate("recipe", fusion.title), values or fusion.parameters()
    imaging.in_background(studio, FUSE, lambda artwork: fused(renderer, artwork, fusion, title, given))


def blend_in(studio: Studio, name: str, values: msgspec.Struct | None = None) -> None:
    """The active layer as a new paint layer in the colours of what lies below; it is hidden itself."""
    picture = studio.current
    if picture is None:
        return
    fusion, renderer = FUSIONS[name], picture.renderer
    given = values or fusion.parameters()
    imaging.in_background(studio, BLEND_IN, lambda artwork: blended_in(renderer, artwork, fusion, given))


def fused(
    renderer: Renderer, artwork: Artwork, fusion: Fusion, title: str, values: msgspec.Struct
) -> Generator[Any, None, Artwork]:
    """The artwork with the fused layer above the topmost chosen one; may ask the engine. Raises EditError, EngineFailed."""
    layers = chosen_in(artwork, fusion)
    seen = [artwork.with_(layers=(alone(artwork, layer),)) for layer in layers]
    if fusion.local:
        surface = yield from _by_tiles(renderer, seen, fusion, values)
    else:
        pictures = []
        for number, one in enumerate(seen):
            part = _COMPOSED / len(seen)
            pictures.append((yield from within(composed(renderer, one), number * part, part)))
        maps = []
        for number, one in enumerate(pictures if fusion.engine else ()):
            part = _SEEN / len(pictures)
            maps.append((yield from within(map_of(one, fusion), _COMPOSED + number * part, part)))
        start = _COMPOSED + _SEEN * bool(maps)
        work = fusion.fuse(pictures, values, selected(artwork) if fusion.masked else None, maps=maps)
        pixels = yield from within(aside(work, 0.0), start, 0.9 - start)
        surface = yield from within(surface_of(pixels, artwork.dtype), 0.9, 0.1)
    return added(artwork, layers[-1], Paint(name=title, surface=surface))


def chosen_in(artwork: Artwork, fusion: Fusion) -> list[Layer]:
    """The chosen layers that are fused, the lowest first. Raises EditError where they are too few."""
    chosen = [layer.id for layer in artwork.chosen]
    layers = [layer for layer in several.topmost(artwork, chosen) if not isinstance(layer, Filter)]
    if len(layers) < fusion.least:
        raise EditError(TOO_FEW)
    return layers


def map_of(picture: np.ndarray, fusion: Fusion) -> Asking:
    """How much a network sees at each pixel of premultiplied float32 [h, w, 4]: float32 [h, w]. Raises EngineFailed."""
    found = yield from filtered(fusion.engine, 1, finite(picture))
    return found[..., 0]


def blended_in(renderer: Renderer, artwork: Artwork, fusion: Fusion, values: msgspec.Struct) -> Steps:
    """The artwork with what the active layer becomes on what lies below it; the selection says where. Raises EditError."""
    layer = artwork.active_layer
    if layer is None:
        return artwork
    if isinstance(layer, Filter):
        raise EditError(NO_PIXELS)
    lower = below(artwork.layers, layer.id) or ()
    backdrop = yield from within(composed(renderer, artwork.with_(layers=lower)), 0.0, 0.2)
    if not backdrop.any():
        raise EditError(NOTHING_BELOW)
    source = yield from within(composed(renderer, artwork.with_(layers=(alone(artwork, layer),))), 0.2, 0.2)
    where = selected(artwork)
    if not (source[..., 3] if where is None else source[..., 3] * where).any():
        raise EditError(NOTHING_ON_IT)
    work = fusion.fuse((backdrop, source), values, where, part=True)
    pixels = yield from within(aside(work, 0.0), _COMPOSED, 0.9 - _COMPOSED)
    surface = yield from within(surface_of(pixels, artwork.dtype), 0.9, 0.1)
    new = Paint(name=layer.name, surface=surface, opacity=layer.opacity, mode=layer.mode, label=layer.label)
    return hidden(added(artwork, layer, new), layer.id)


def hidden(artwork: Artwork, layer_id: str) -> Artwork:
    return tree.rewrite(artwork, layer_id, lambda old: (old.with_(visible=False),))


def added(artwork: Artwork, top: Layer, new: Paint) -> Artwork:
    """With the new layer, whose pixels are the document's, above ``top`` and active."""
    parent = tree.parent_of(artwork, top.id)
    outer = tree.transform_of(artwork, parent.id) if parent is not None else IDENTITY
    if outer != IDENTITY:
        new = new.with_(transform=inverse(outer))
    return edits.add_layer(artwork, new, above=top.id).with_(selected=())


def alone(artwork: Artwork, layer: Layer) -> Layer:
    """The layer as it would be seen on nothing: shown, opaque, in mode normal, at its place in the document."""
    parent = tree.parent_of(artwork, layer.id)
    outer = tree.transform_of(artwork, parent.id) if parent is not None else IDENTITY
    placed = layer.with_(
        transform=joined(outer, layer.transform), visible=True, opacity=1.0, mode="normal", clipping=False
    )
    return placed.with_(pass_through=False) if isinstance(placed, Group) else placed


def below(layers: Sequence[Layer], layer_id: str) -> tuple[Layer, ...] | None:
    """The layers below this one, in its group and below that; None where it is not among them."""
    for number, layer in enumerate(layers):
        if layer.id == layer_id:
            return tuple(layers[:number])
        inner = below(children_of(layer), layer_id) if isinstance(layer, Group) else None
        if inner is not None:
            return (*layers[:number], layer.with_(children=inner))
    return None


def selected(artwork: Artwork) -> np.ndarray | None:
    """The selection on the canvas, float32 [h, w]; None where everything is selected."""
    if artwork.selection is None:
        return None
    return artwork.selection.read(artwork.rect).astype(np.float32)


def composed(renderer: Renderer, artwork: Artwork) -> Composed:
    """What is seen on the canvas, tile by tile, float32 [h, w, 4]."""
    out = np.zeros((artwork.height, artwork.width, 4), np.float32)
    keys = list(tile_keys(artwork.rect))
    for done, key in enumerate(keys):
        part = Rect.of_tile(key).intersect(artwork.rect)
        out[part.top : part.bottom, part.left : part.right] = renderer.compose(artwork, part)
        yield (done + 1) / len(keys)
    return out


def surface_of(pixels: np.ndarray, dtype: np.dtype) -> Generator[float, None, Surface]:
    """Document pixels as tiles."""
    canvas = Rect(0, 0, pixels.shape[1], pixels.shape[0])
    keys = list(tile_keys(canvas))
    tiles: dict[TileKey, Tile] = {}
    for done, key in enumerate(keys):
        part = Rect.of_tile(key).intersect(canvas)
        found = pixels[part.top : part.bottom, part.left : part.right]
        if found.any():
            tiles[key] = _tile(found, dtype)
        yield (done + 1) / len(keys)
    return Surface(tiles, dtype)


def _tile(pixels: np.ndarray, dtype: np.dtype) -> Tile:
    array = np.zeros((TILE, TILE, 4), dtype)
    array[: pixels.shape[0], : pixels.shape[1]] = as_type(np.ascontiguousarray(pixels), dtype)
    return Tile(array)


def _by_tiles(
    renderer: Renderer, seen: Sequence[Artwork], fusion: Fusion, values: msgspec.Struct
) -> Generator[float, None, Surface]:
    """Tile by tile, where a pixel depends on no other: no layer is ever held whole."""
    canvas, dtype = seen[0].rect, seen[0].dtype
    whole = selected(seen[0]) if fusion.masked else None
    keys = list(tile_keys(canvas))
    tiles: dict[TileKey, Tile] = {}
    for done, key in enumerate(keys):
        part = Rect.of_tile(key).intersect(canvas)
        pictures = []
        for one in seen:
            pictures.append(renderer.compose(one, part))
            yield done / len(keys)
        mask = None if whole is None else whole[part.top : part.bottom, part.left : part.right]
        work = fusion.fuse(pictures, values, mask)
        found = yield from within(work, done / len(keys), 1 / len(keys))
        if found.any():
            tiles[key] = _tile(found, dtype)
    return Surface(tiles, dtype)


def within(
    steps: Generator[float | Ask, None, Result], start: float, length: float
) -> Generator[Any, None, Result]:
    """The same steps as a part of longer work; questions to the engine go through."""
    while True:
        try:
            part = next(steps)
        except StopIteration as end:
            return end.value
        yield part if isinstance(part, Ask) else start + length * part
