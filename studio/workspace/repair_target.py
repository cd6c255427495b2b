"""Where a repair lands and what it takes from, on any layer: its own pixels, its mask, or a new paint layer above it."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Literal

import msgspec
import numpy as np

from studio.document import edits, placing, selecting, tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Filter, Layer, Paint, inverse, is_integer_move
from studio.document.painting import mask_of
from studio.raster.brush import Sample
from studio.raster.colour import as_type
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.resample import resize
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis.fusion import finite
from studio.workspace import fusing

if TYPE_CHECKING:
    from studio.render.renderer import Renderer

QUICK_MASK = QT_TRANSLATE_NOOP(
    "document",
    "The quick mask is painted on now, and it holds nothing to repair. Leave it, then repair the layer.",
)
MASK_NOT_STRAIGHT = QT_TRANSLATE_NOOP(
    "document", "The mask of a layer that is turned or bent cannot be repaired. Apply its transform first."
)
Offset = tuple[int, int]


class Target(msgspec.Struct, frozen=True, eq=False):
    """``artwork``: with the layer that is written to, which may be new. ``part``: its pixels or its mask.

    ``seen``: what is taken from, in document pixels; None where the mask itself is.
    """

    artwork: Artwork
    layer_id: str
    part: Literal["surface", "mask"]
    seen: Artwork | None


def target_of(artwork: Artwork, sample: Sample) -> Target:
    """Where a repair lands and what it takes from. A layer that is turned or bent, or has no pixels of its own, is repaired
    by a paint layer above it. Raises EditError for a locked or hidden layer, a quick mask, the mask of a turned layer."""
    if artwork.quick_mask:
        raise EditError(QUICK_MASK)
    active = artwork.active_layer
    found, layer_id, part = edits.paint_target(artwork)
    if part == "mask":
        layer = tree.require(found, layer_id)
        if layer.warp or not is_integer_move(edits.transform_of(found, layer_id)):
            raise EditError(MASK_NOT_STRAIGHT)
        return Target(found, layer_id, "mask", None)
    lowest = artwork.find(layer_id) or active
    seen = _seen(artwork, active, lowest, sample)
    if not is_integer_move(edits.transform_of(found, layer_id)):
        found, layer_id = _straight_above(found, layer_id)
    return Target(found, layer_id, "surface", seen)


def _seen(artwork: Artwork, active: Layer | None, top: Layer | None, sample: Sample) -> Artwork:
    """``top``: the layer that is written to where there is one already, so that a patch can be patched again."""
    if active is None or top is None or sample == "all":
        return artwork
    if sample == "this-and-below" or isinstance(active, Filter):
        return selecting.up_to(artwork, top.id)
    if isinstance(active, Paint):  # its bare pixels, for they are what is written
        bare = Paint(
            id=active.id,
            name=active.name,
            surface=active.surface,
            transform=active.transform,
            warp=active.warp,
        )
        return artwork.with_(layers=(fusing.alone(artwork, bare),))
    return artwork.with_(layers=(fusing.alone(artwork, active),))


def _straight_above(artwork: Artwork, layer_id: str) -> tuple[Artwork, str]:
    """A new paint layer above, whose pixels are those of the document."""
    new = Paint(name=QT_TRANSLATE_NOOP("layer-names", "Paint"), surface=Surface(dtype=artwork.dtype))
    outer = placing.outer_of(artwork, layer_id)
    new = new.with_(transform=inverse(outer))
    return edits.add_layer(artwork, new, above=layer_id), new.id


def read(renderer: Renderer, target: Target, area: Rect, level: int) -> np.ndarray:
    """What is taken from in ``area`` (pixels of the level), premultiplied float32 [h, w, 4]; of a mask three equal values."""
    if target.seen is not None:
        return finite(renderer.compose(target.seen, area, level))
    whole = area.from_level(level)
    values = resize(_mask_values(target, whole), area.width, area.height, "area")
    return np.dstack((values, values, values, np.ones_like(values)))


def _mask_values(target: Target, rect: Rect) -> np.ndarray:
    mask, (x, y) = _mask(target)
    return mask.read(rect.move(-x, -y)).astype(np.float32)


def _mask(target: Target) -> tuple[Mask, Offset]:
    """The mask, and by how much its layer is moved."""
    transform = edits.transform_of(target.artwork, target.layer_id)
    return mask_of(target.artwork, target.layer_id)[1], (int(transform[4]), int(transform[5]))


def masked(target: Target, rect: Rect, values: np.ndarray, share: np.ndarray) -> Artwork:
    """The layer's mask with ``values`` laid over ``rect`` of the document, as far as ``share`` says."""
    mask, (x, y) = _mask(target)
    old = _mask_values(target, rect)
    new = np.clip(old + share * (values - old), 0, 1).astype(np.float16)
    written = mask.write(rect.move(-x, -y), new)
    return edits.change(target.artwork, target.layer_id, mask=written, mask_enabled=True)


def laid(target: Target, rect: Rect, pixels: np.ndarray, cover: np.ndarray) -> Artwork:
    """``pixels`` (premultiplied float32 [h, w, 4], as :func:`read` gives them) laid into ``rect`` of the document as far as
    ``cover`` [h, w] and the selection say."""
    artwork = target.artwork
    if target.part == "mask":
        selection = artwork.selection
        chosen = 1.0 if selection is None else selection.read(rect).astype(np.float32)
        return masked(target, rect, pixels[..., 0], cover * chosen)
    layer = tree.require(artwork, target.layer_id)
    assert isinstance(layer, Paint)
    x, y = (round(value) for value in edits.transform_of(artwork, layer.id)[4:])
    there = rect.move(-x, -y)
    own = layer.surface.read(there).astype(np.float32)
    new = own + cover[..., None] * (pixels - own)
    return edits.apply_pixels(artwork, layer.id, there, as_type(new, artwork.dtype))


def read_in_steps(
    renderer: Renderer, target: Target, area: Rect, done: float
) -> Generator[float, None, np.ndarray]:
    """The same as :func:`read` at full size, in strips, so that it can be stopped."""
    parts = []
    for top in range(area.top, area.bottom, 256):
        strip = Rect(area.left, top, area.right, min(top + 256, area.bottom))
        parts.append(read(renderer, target, strip, 0))
        yield done + 0.15 * (strip.bottom - area.top) / area.height
    return np.concatenate(parts)
