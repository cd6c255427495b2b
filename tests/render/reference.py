"""The compositor once more, as plainly as it can be said: float64, whole canvas, no tiles, no caches, no Skia."""

from __future__ import annotations

import zlib

import numpy as np

from studio import recipe
from studio.document.artwork import Artwork
from studio.document.layer import Fill, Filter, Group, Layer, pixels_of
from studio.filters.kind import FilterKind
from studio.raster.blend import mode_of, threshold
from studio.raster.geometry import Rect

Kinds = dict[str, FilterKind]


def compose(artwork: Artwork, kinds: Kinds, margin: int = 64) -> np.ndarray:
    """Premultiplied float64 [height, width, 4] of the canvas; ``margin`` is what filters see around it."""
    rect = artwork.rect.grow(margin)
    pixels = np.zeros((rect.height, rect.width, 4))
    pixels = _layers(artwork.layers, pixels, rect, kinds, (0, 0), artwork.rect)
    return pixels[margin:-margin, margin:-margin]


def halved(pixels: np.ndarray) -> np.ndarray:
    return (pixels[::2, ::2] + pixels[1::2, ::2] + pixels[::2, 1::2] + pixels[1::2, 1::2]) / 4


def _layers(layers, backdrop, rect, kinds, offset, canvas) -> np.ndarray:
    index = 0
    while index < len(layers):
        base = layers[index]
        clipped = []
        index += 1
        while not isinstance(base, Filter) and index < len(layers) and layers[index].clipping:
            clipped.append(layers[index])
            index += 1
        if not base.visible:
            continue
        clipped = [layer for layer in clipped if layer.visible]
        if not clipped:
            backdrop = _one(base, backdrop, rect, kinds, offset, canvas)
            continue
        own = _own(base, rect, kinds, offset, canvas)
        alpha = own[..., 3:]
        colours = _opaque(own)
        for layer in clipped:
            colours = _one(layer, colours, rect, kinds, offset, canvas, alpha)
        backdrop = _blended(backdrop, colours * alpha, base, rect)
    return backdrop


def _one(layer: Layer, backdrop, rect, kinds, offset, canvas, seen_alpha=None) -> np.ndarray:
    if isinstance(layer, Filter):
        amount = layer.opacity * _mask(layer, rect, offset)
        seen = backdrop if seen_alpha is None else backdrop * seen_alpha
        result = _filtered(layer, seen, rect, kinds, canvas)
        result = result if seen_alpha is None else _opaque(result)
        if layer.mode != "normal":
            result = _composite(layer.mode, backdrop, result, layer, rect)
        return backdrop + amount * (result - backdrop)
    if isinstance(layer, Group) and layer.pass_through:
        amount = layer.opacity * _mask(layer, rect, offset)
        after = _layers(layer.children, backdrop, rect, kinds, _moved(offset, layer), canvas)
        return backdrop + amount * (after - backdrop)
    return _blended(backdrop, _own(layer, rect, kinds, offset, canvas), layer, rect)


def _own(layer: Layer, rect, kinds, offset, canvas) -> np.ndarray:
    if isinstance(layer, Group):
        clear = np.zeros((rect.height, rect.width, 4))
        pixels = _layers(layer.children, clear, rect, kinds, _moved(offset, layer), canvas)
    elif isinstance(layer, Fill):
        straight = np.array(layer.recipe.parameters["colour"], float)
        pixels = np.broadcast_to(
            np.append(straight[:3] * straight[3], straight[3]), (rect.height, rect.width, 4)
        )
    else:
        surface = pixels_of(layer)
        x, y = _moved(offset, layer)
        pixels = (
            np.zeros((rect.height, rect.width, 4)) if surface is None else surface.read(rect.move(-x, -y))
        )
    return pixels.astype(np.float64) * _mask(layer, rect, offset)


def _mask(layer: Layer, rect: Rect, offset) -> np.ndarray:
    if layer.mask is None or not layer.mask_enabled:
        return np.ones((rect.height, rect.width, 1))
    x, y = _moved(offset, layer)
    return layer.mask.read(rect.move(-x, -y)).astype(np.float64)[..., None]


def _moved(offset, layer: Layer) -> tuple[int, int]:
    return offset[0] + int(layer.transform[4]), offset[1] + int(layer.transform[5])


def _blended(backdrop, source, layer: Layer, rect: Rect) -> np.ndarray:
    return _composite(layer.mode, backdrop, source * layer.opacity, layer, rect)


def _composite(name: str, backdrop, source, layer: Layer, rect: Rect) -> np.ndarray:
    if name == "dissolve":
        seed = zlib.crc32(layer.id.encode())
        shown = source[..., 3] > threshold(rect.width, rect.height, rect.left, rect.top, 1, seed)
        alpha = source[..., 3:]
        straight = np.divide(source, alpha, out=np.zeros_like(source), where=alpha > 0)
        source = np.clip(straight, 0, 1) * shown[..., None]
    return mode_of(name).composite(backdrop, source)


def _filtered(layer: Filter, pixels, rect: Rect, kinds: Kinds, canvas: Rect) -> np.ndarray:
    kind = kinds[layer.recipe.name]
    parameters = recipe.from_plain(kind.parameters, layer.recipe.parameters)
    return kind.apply(pixels.astype(np.float32), parameters, rect=rect, canvas=canvas).astype(np.float64)


def _opaque(pixels: np.ndarray) -> np.ndarray:
    alpha = pixels[..., 3:]
    out = np.divide(pixels, alpha, out=np.zeros_like(pixels), where=alpha > 0)
    out[..., 3] = 1
    return out
