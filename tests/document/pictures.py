"""Small pictures for the document's tests, and a compositor of a few lines that says what they look like."""

from __future__ import annotations

import numpy as np

from studio.document import tree
from studio.document.artwork import Artwork
from studio.document.layer import Affine, Fill, Filter, Generated, Group, Layer, Paint, Variant, joined
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.recipe import Stored

WIDTH, HEIGHT = 270, 40
SHIFT = 3
"""How far the test filter ``smear`` reaches, in pixels."""


def colour(*parts: float, width: int = 20, height: int = 20) -> np.ndarray:
    """Premultiplied pixels [height, width, 4] of one straight colour."""
    red, green, blue, alpha = parts
    return np.full((height, width, 4), (red * alpha, green * alpha, blue * alpha, alpha), np.float16)


def paint(name: str = "Layer", left: int = 0, top: int = 0, *parts: float, **fields) -> Paint:
    surface = Surface.from_pixels(colour(*(parts or (1, 0, 0, 1))), left, top)
    return Paint(name=name, surface=surface, **fields)


def variant(seed: int, size: int = 16) -> Variant:
    generator = np.random.default_rng(seed)
    pixels = generator.random((size, size, 4), np.float32)
    pixels[..., 3] = 1
    surface = Surface.from_pixels(pixels.astype(np.float16))
    return Variant(seed=seed, surface=surface, width=size, height=size)


def generated(*variants: Variant, **fields) -> Generated:
    recipe = Stored(name="generate", version=1, parameters={})
    return Generated(recipe=recipe, model="shanshui-gan", variants=variants or (variant(1),), **fields)


def stored(name: str, **parameters: float) -> Stored:
    return Stored(name=name, version=1, parameters=parameters)


def reach_of(layer: Filter) -> int | None:
    return {"invert": 0, "smear": SHIFT}.get(layer.recipe.name)


def flatten(artwork: Artwork) -> np.ndarray:
    """Premultiplied float32 [height, width, 4] of the whole canvas, integer moves only."""
    blank = np.zeros((artwork.height, artwork.width, 4), np.float32)
    return _stack(blank, artwork.layers, artwork.rect, (1, 0, 0, 1, 0, 0))


def _stack(below: np.ndarray, layers: tuple[Layer, ...], canvas: Rect, outer: Affine) -> np.ndarray:
    for index, layer in enumerate(layers):
        target = tree.clip_target(layers, index)
        if not layer.visible or (target is not None and not target.visible):
            continue
        amount = _mask(layer, canvas, outer) * layer.opacity
        if target is not None:
            amount = amount * _own(target, canvas, outer)[..., 3:] * _mask(target, canvas, outer)
        if isinstance(layer, Filter):
            below = below + amount * (_filtered(layer, below) - below)
        elif isinstance(layer, Group) and layer.pass_through:
            inner = _stack(below, layer.children, canvas, joined(outer, layer.transform))
            below = below + amount * (inner - below)
        else:
            source = _own(layer, canvas, outer) * amount
            mixed = source * below if layer.mode == "multiply" else source
            below = mixed + below * (1 - source[..., 3:])
    return below


def _own(layer: Layer, canvas: Rect, outer: Affine) -> np.ndarray:
    blank = np.zeros((canvas.height, canvas.width, 4), np.float32)
    transform = joined(outer, layer.transform)
    if isinstance(layer, Group):
        return _stack(blank, layer.children, canvas, transform)
    if isinstance(layer, Fill):
        return blank + np.float32(layer.recipe.parameters["value"])
    move = int(transform[4]), int(transform[5])
    if isinstance(layer, Generated):
        shown = layer.variant
        return shown.surface.read(canvas.move(-move[0], -move[1])).astype(np.float32) if shown else blank
    assert isinstance(layer, Paint)
    return layer.surface.read(canvas.move(-move[0], -move[1])).astype(np.float32)


def _mask(layer: Layer, canvas: Rect, outer: Affine) -> np.ndarray:
    if layer.mask is None or not layer.mask_enabled:
        return np.ones((canvas.height, canvas.width, 1), np.float32)
    transform = joined(outer, layer.transform)
    return layer.mask.read(canvas.move(-int(transform[4]), -int(transform[5]))).astype(np.float32)[..., None]


def _filtered(layer: Filter, below: np.ndarray) -> np.ndarray:
    if layer.recipe.name == "invert":
        return below[..., 3:] - below if layer.recipe.parameters["all"] else below[..., ::-1]
    return 0.5 * below + 0.5 * np.pad(below, ((0, 0), (SHIFT, 0), (0, 0)))[:, :-SHIFT]
