"""From an engine's picture to a variant, and from a variant to a layer in the artwork."""

from __future__ import annotations

import numpy as np

from studio.document.artwork import Artwork
from studio.document.layer import Affine, Generated, Variant
from studio.messages.events import Picture
from studio.messages.models import ModelEntry
from studio.messages.requests import Generate
from studio.raster import colour
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.recipe import Stored


def surface_of_pixels(pixels: np.ndarray, dtype: np.dtype) -> Surface:
    """A surface from uint8 RGB or RGBA [h, w, 3|4], straight sRGB."""
    if pixels.shape[2] == 3:
        opaque = np.full((*pixels.shape[:2], 1), 255, np.uint8)
        pixels = np.concatenate([pixels, opaque], axis=2)
    return Surface.from_pixels(colour.premultiplied_from_8bit(pixels, dtype))


def variant_of(event: Picture, request: Generate, artwork: Artwork) -> Variant:
    """The variant that an engine's picture is, with all that makes it again."""
    pixels = event.pixels.array()
    return Variant(
        seed=event.seed,
        sliders=dict(request.sliders),
        variety=request.variety,
        latent=event.latent,
        checkpoint=event.digest or request.digest,
        surface=surface_of_pixels(pixels, artwork.dtype),
        width=pixels.shape[1],
        height=pixels.shape[0],
        real_size=event.real_size,
    )


def covering(width: int, height: int, place: Rect) -> Affine:
    """The transform that scales width × height native pixels to cover ``place``, centred."""
    scale = max(place.width / width, place.height / height)
    left = place.left + (place.width - width * scale) / 2
    top = place.top + (place.height - height * scale) / 2
    return (scale, 0.0, 0.0, scale, left, top)


def generated_layer(
    artwork: Artwork, request: Generate, variant: Variant, name: str, entry: ModelEntry, size_rule: str
) -> Generated:
    """A generated layer over the canvas or the selection's bounds; native size is centred there."""
    place = artwork.selection.bounds.intersect(artwork.rect) if artwork.selection else artwork.rect
    transform = covering(variant.width, variant.height, place if not place.empty else artwork.rect)
    if size_rule == "native":
        left = place.left + (place.width - variant.width) // 2
        top = place.top + (place.height - variant.height) // 2
        transform = (1.0, 0.0, 0.0, 1.0, float(left), float(top))
    values = {"sliders": request.sliders, "variety": request.variety, "size": request.size, "size_rule": size_rule}
    return Generated(
        name=name,
        transform=transform,
        recipe=Stored(name="generate", version=1, parameters=values),
        model=entry.card.name,
        model_digest=entry.digest,
        variants=(variant,),
    )


def with_pixels(layer: Generated, variant: Variant) -> Generated:
    """The layer with its chosen variant exchanged; the place in the document stays, whatever the new native size."""
    old = layer.variants[layer.chosen]
    ratio_x, ratio_y = old.width / variant.width, old.height / variant.height
    a, b, c, d, tx, ty = layer.transform
    transform = (a * ratio_x, b * ratio_x, c * ratio_y, d * ratio_y, tx, ty)
    variants = tuple(variant if index == layer.chosen else other for index, other in enumerate(layer.variants))
    return layer.with_(variants=variants, transform=transform)
