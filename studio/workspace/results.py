"""From an engine's picture to a variant, and from a variant to a layer in the artwork."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any

import msgspec
import numpy as np
from msgspec.structs import replace

from studio.document import edits, masks, tree
from studio.document.artwork import SRGB, Artwork, ColourSpace
from studio.document.layer import Affine, Generated, Origin, Paint, Variant, is_integer_move
from studio.messages.events import Picture
from studio.messages.requests import Generate, mix_of
from studio.raster import colour, resample
from studio.raster.geometry import EMPTY, TILE, Rect, tile_keys
from studio.raster.icc import is_srgb
from studio.raster.selecting.combining import extent, selects_all
from studio.raster.surface import Surface
from studio.recipe import Stored
from studio.workspace import colours

PAINTABLE = 512
"""Side in pixels of a generated layer's own picture and mask: fine enough to be erased with a brush."""


def surface_of_pixels(
    pixels: np.ndarray, dtype: np.dtype, width: int = 0, height: int = 0, space: ColourSpace = SRGB
) -> Surface:
    """A surface of ``space`` from uint8 RGB or RGBA [h, w, 3|4], straight sRGB; resampled to ``width`` × ``height`` when
    given."""
    plain = is_srgb(space.icc)
    if plain and pixels.shape[2] == 3 and dtype == np.float16:
        return Surface.from_pixels(colour.half_of_rgb(pixels, width, height))
    if pixels.shape[2] == 3:
        opaque = np.full((*pixels.shape[:2], 1), 255, np.uint8)
        pixels = np.concatenate([pixels, opaque], axis=2)
    premultiplied = colour.to_half(pixels) if plain and dtype == np.float16 else colour.to_float(pixels)
    premultiplied = colours.pixels_between(premultiplied, SRGB, space, quick=True)
    if width and premultiplied.shape[:2] != (height, width):
        premultiplied = resample.resize(premultiplied, width, height, "cubic")
    return Surface.from_pixels(colour.as_type(premultiplied, dtype))


def variant_of(
    event: Picture,
    request: Generate,
    artwork: Artwork,
    like: Variant | None = None,
    origins: tuple[Origin, ...] = (),
) -> Variant:
    """The variant that an engine's picture is, with all that makes it again; ``origins`` as of a variant.

    ``like``: the variant it takes the place of, whose name, star and size in pixels it keeps: the layer's mask stays
    as sharp as it was, however small the fast picture under a dragged slider is.
    """
    pixels = event.pixels.array()
    height, width = (like.height, like.width) if like else pixels.shape[:2]
    variant = Variant(
        seed=event.seed,
        sliders=dict(request.sliders),
        variety=request.variety,
        label=request.label,
        toward=request.toward,
        blend=request.blend,
        varieties=dict(request.varieties),
        vectors=dict(request.vectors),
        parts=request.parts,
        origins=origins,
        latent=event.latent,
        checkpoint=event.digest or request.digest,
        surface=surface_of_pixels(pixels, artwork.dtype, width, height, artwork.colour_space),
        width=width,
        height=height,
        real_size=event.real_size,
        detail=event.detail,
        detail_digest=event.detail_digest,
    )
    return replace(variant, id=like.id, star=like.star) if like else variant


def classes_of(request: Generate) -> dict[str, Any]:
    """What a recipe says of classes, bands, parts and detail: nothing where none were asked for, as before there were any."""
    plain = {
        **msgspec.structs.asdict(mix_of(request)),
        "varieties": dict(request.varieties),
        "vectors": msgspec.to_builtins(request.vectors),
        "parts": msgspec.to_builtins(request.parts),
        "detail": request.detail,
        "detail_digest": request.detail_digest,
    }
    return {name: value for name, value in plain.items() if value}


def plain_side(variant: Variant) -> int:
    """Pixels a side of the variant without added detail, but enough to be painted on."""
    return max(variant.width // 4**variant.detail, PAINTABLE) if variant.detail else variant.width


def small_picture(variant: Variant, side: int, space: ColourSpace) -> np.ndarray:
    """What :func:`small_steps` returns, at once."""
    steps = small_steps(variant, side, space)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def small_steps(variant: Variant, side: int, space: ColourSpace) -> Generator[None, None, np.ndarray]:
    """Straight uint8 sRGB with alpha of a variant whose pixels are of ``space``, its longer side ``side`` pixels. Strip by strip, as
    real pixels may be 4096 a side; yields after each."""
    scale = side / max(variant.width, variant.height, 1)
    width, height = max(1, round(variant.width * scale)), max(1, round(variant.height * scale))
    halvings = max(0, math.floor(-math.log2(scale))) if scale < 1 else 0
    strip, parts = max(TILE, 1 << halvings), []
    for top in range(0, variant.height, strip):
        part = variant.surface.read(Rect(0, top, variant.width, min(top + strip, variant.height)))
        for _ in range(halvings):
            part = resample.halve(part)
        parts.append(part)
        yield
    pixels = np.concatenate(parts).astype(np.float32)
    small = colours.pixels_between(resample.resize(pixels, width, height, "linear"), space, SRGB, quick=True)
    return colour.to_straight8(np.clip(small, 0, 1))


def covering(width: int, height: int, place: Rect) -> Affine:
    """The transform that scales width × height native pixels to cover ``place``, centred."""
    scale = max(place.width / width, place.height / height)
    left = place.left + (place.width - width * scale) / 2
    top = place.top + (place.height - height * scale) / 2
    return (scale, 0.0, 0.0, scale, left, top)


def selected_place(artwork: Artwork) -> Rect:
    """The bounds of what is selected on the canvas; an empty rectangle where nothing there is, or no selection."""
    selection = artwork.selection
    if selection is None:
        return EMPTY
    return artwork.rect if selection.default else extent(selection).intersect(artwork.rect)


def place_of(artwork: Artwork) -> Rect:
    """Where a new picture goes: over the bounds of what is selected, else over the canvas."""
    place = selected_place(artwork)
    return artwork.rect if place.empty else place


def generated_layer(
    artwork: Artwork, request: Generate, variant: Variant, name: str, size_rule: str
) -> Generated:
    """A generated layer over the canvas or the selection's bounds; native size is centred there."""
    place = place_of(artwork)
    transform = covering(variant.width, variant.height, place)
    if size_rule == "native":
        left = place.left + (place.width - variant.width) // 2
        top = place.top + (place.height - variant.height) // 2
        transform = (1.0, 0.0, 0.0, 1.0, float(left), float(top))
    values = {
        "sliders": request.sliders,
        "variety": request.variety,
        "size": request.size,
        "size_rule": size_rule,
        **classes_of(request),
    }
    return Generated(
        name=name,
        transform=transform,
        recipe=Stored(name="generate", version=1, parameters=values),
        model=request.model,
        model_digest=request.digest,
        variants=(variant,),
    )


def place_generated(artwork: Artwork, layer: Generated) -> Artwork:
    """The artwork with a new generated layer: below an active paint layer that lets it show, else above the active layer.

    So a scribble stays on top of what it asked for, and a photograph is not covered from below in vain. Inside groups that
    are moved it lies where it would lie without them. Where something is selected, that is the layer's mask: the picture,
    which covers the selection's bounds, shows nowhere else.
    """
    active = artwork.active_layer
    placed = edits.add_layer(artwork, layer)
    if isinstance(active, Paint) and active.visible and not active.clipping and _lets_show(artwork, active):
        placed = edits.step_layer(placed, layer.id, -1)
    placed = _held_by_selection(in_place(placed, layer), layer.id)
    return edits.set_active(placed, layer.id)


def in_place(artwork: Artwork, layer: Generated) -> Artwork:
    """The layer shown where its own transform says, whatever its groups do."""
    parent = tree.parent_of(artwork, layer.id)
    if parent is None:
        return artwork
    kept = tree.kept_in_place(layer, None, tree.transform_of(artwork, parent.id), artwork)
    return edits.change(artwork, layer.id, transform=kept.transform)


def _held_by_selection(artwork: Artwork, layer_id: str) -> Artwork:
    """The selection as the layer's mask; none where all of the canvas is selected, or nothing of it."""
    selection = artwork.selection
    if selection is None or selected_place(artwork).empty or selects_all(selection, artwork.rect):
        return artwork
    return masks.from_selection(artwork, layer_id)


def _lets_show(artwork: Artwork, layer: Paint) -> bool:
    """True when the layer is transparent somewhere on the canvas and is not the lowest of the picture."""
    if layer is artwork.layers[0]:
        return False
    rect = artwork.rect
    if is_integer_move(layer.transform):
        rect = rect.move(-int(layer.transform[4]), -int(layer.transform[5]))
    for key in tile_keys(rect):
        tile = layer.surface.tile(key)
        part = rect.intersect(Rect.of_tile(key))
        inside = part.move(-key[0] * TILE, -key[1] * TILE)
        if (
            tile is None
            or (tile.pixels()[inside.top : inside.bottom, inside.left : inside.right, 3] < 1).any()
        ):
            return True
    return False
