"""Edits of generated layers: which variant is shown, new ones, the tray, stars."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from msgspec.structs import replace

from studio.document import tree
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Affine, Generated, Layer, Variant
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.recipe import QT_TRANSLATE_NOOP

PIXELS = ("surface", "width", "height", "real_size", "latent", "detail", "detail_digest")
"""Fields of a variant that say what its pixels are."""
_NOT_GENERATED = QT_TRANSLATE_NOOP("document", "Only a generated layer has variants.")
_NO_VARIANT = QT_TRANSLATE_NOOP("document", "This variant is no longer in the layer.")
_LAST_VARIANT = QT_TRANSLATE_NOOP("document", "This is the layer's only picture. Delete the layer instead.")


def _generated(artwork: Artwork, layer_id: str) -> Generated:
    layer = tree.require(artwork, layer_id)
    if not isinstance(layer, Generated):
        raise EditError(_NOT_GENERATED)
    return layer


def _with(artwork: Artwork, layer: Generated, **fields: Any) -> Artwork:
    """The layer with these fields, its picture over the same part of the document whatever its native size."""
    new: Generated = layer.with_(**fields)
    before, after = layer.variant, new.variant
    if before and after and "transform" not in fields:
        if (before.width, before.height) != (after.width, after.height):
            x, y = before.width / after.width, before.height / after.height
            new = new.with_(transform=_rescaled(layer, x, y))
            if layer.mask is not None and "mask" not in fields:
                new = new.with_(mask=resized_mask(layer.mask, x, y))
    replaced: tuple[Layer, ...] = (new,)
    return tree.rewrite(artwork, layer.id, lambda _: replaced)


def _rescaled(layer: Layer, x: float, y: float) -> Affine:
    a, b, c, d, tx, ty = layer.transform
    return a * x, b * x, c * y, d * y, tx, ty


def resized_mask(mask: Mask, x: float, y: float) -> Mask:
    """The mask over pixels of another size: each new pixel (``x`` × ``y`` old ones) takes the old one at its centre."""
    if not mask:
        return mask
    old = mask.bounds
    box = Rect(
        math.floor(old.left / x), math.floor(old.top / y), math.ceil(old.right / x), math.ceil(old.bottom / y)
    )
    columns = np.floor((np.arange(box.left, box.right) + 0.5) * x).astype(int) - old.left
    rows = np.floor((np.arange(box.top, box.bottom) + 0.5) * y).astype(int) - old.top
    pixels = np.pad(mask.read(old), 1, constant_values=mask.default)
    taken = pixels[np.ix_(rows.clip(-1, old.height) + 1, columns.clip(-1, old.width) + 1)]
    return Mask(default=mask.default).write(box, taken)


def _check_index(layer: Generated, index: int) -> None:
    if not 0 <= index < len(layer.variants):
        raise EditError(_NO_VARIANT)


def fitted(width: int, height: int, rect: Rect) -> Affine:
    """The transform that lays native pixels ``width`` × ``height`` over ``rect`` of the document."""
    return rect.width / width, 0.0, 0.0, rect.height / height, float(rect.left), float(rect.top)


def choose_variant(artwork: Artwork, layer_id: str, index: int) -> Artwork:
    """Shows ``variants[index]`` at the same place and size. Raises EditError."""
    layer = _generated(artwork, layer_id)
    _check_index(layer, index)
    return artwork if index == layer.chosen else _with(artwork, layer, chosen=index)


def add_variants(
    artwork: Artwork, layer_id: str, variants: tuple[Variant, ...], choose: int | None = None
) -> Artwork:
    """Appends variants; ``choose`` is the index, among all of them afterwards, of the one to show."""
    layer = _generated(artwork, layer_id)
    grown = layer.variants + tuple(variants)
    chosen = layer.chosen if choose is None else choose
    if grown and not 0 <= chosen < len(grown):
        raise EditError(_NO_VARIANT)
    return _with(artwork, layer, variants=grown, chosen=chosen)


def adding(layer_id: str, variants: tuple[Variant, ...]) -> Callable[[Artwork], Artwork]:
    """The edit that appends variants wherever an artwork has the generated layer and not yet these pictures.

    For the steps of a history: what they share before they share afterwards. An artwork without the layer comes back as
    it is.
    """
    grown: dict[Layer, Layer] = {}

    def edit(artwork: Artwork) -> Artwork:
        layer = artwork.find(layer_id)
        if not isinstance(layer, Generated):
            return artwork
        known = {one.id for one in (*layer.variants, *layer.dropped)}
        new = tuple(one for one in variants if one.id not in known)
        if not new:
            return artwork
        if layer not in grown:
            grown[layer] = layer.with_(variants=layer.variants + new)
        made: tuple[Layer, ...] = (grown[layer],)
        return tree.rewrite(artwork, layer_id, lambda _: made)

    return edit


def exchanging(old: Variant, new: Variant) -> Callable[[Artwork], Artwork]:
    """The edit that gives the pixels of ``new`` to every variant that shows those of ``old``, whatever its name or star.

    For the steps of a history: what they share before they share afterwards.
    """
    made: dict[Layer, Layer] = {}
    fields = {name: getattr(new, name) for name in PIXELS}

    def exchanged(variants: tuple[Variant, ...]) -> tuple[Variant, ...]:
        return tuple(
            replace(one, **fields) if _same_pixels(one, old) and one.surface is not new.surface else one
            for one in variants
        )

    def edit(artwork: Artwork) -> Artwork:
        for layer in tuple(artwork.walk()):
            if not isinstance(layer, Generated):
                continue
            variants, dropped = exchanged(layer.variants), exchanged(layer.dropped)
            if all(
                one is other
                for one, other in zip(variants + dropped, layer.variants + layer.dropped, strict=True)
            ):
                continue
            if layer not in made:
                made[layer] = layer.with_(variants=variants, dropped=dropped)
            fresh: tuple[Layer, ...] = (made[layer],)
            artwork = tree.rewrite(artwork, layer.id, lambda _, fresh=fresh: fresh)
        return artwork

    return edit


def _same_pixels(first: Variant, second: Variant) -> bool:
    """Whether both show the same tiles; steps read back from the journal have other surfaces of the same tiles."""
    one, other = first.surface, second.surface
    return one is other or (one.tiles.keys() == other.tiles.keys() and not one.diff(other))


def replace_variant(artwork: Artwork, layer_id: str, index: int, variant: Variant) -> Artwork:
    """Exchanges one variant (a slider moved); the layer keeps its place and size in the document."""
    layer = _generated(artwork, layer_id)
    _check_index(layer, index)
    return _with(artwork, layer, variants=(*layer.variants[:index], variant, *layer.variants[index + 1 :]))


def drop_variant(artwork: Artwork, layer_id: str, index: int) -> Artwork:
    """Moves a variant to the layer's tray; if it was shown, its neighbour is. Raises EditError for the last one."""
    layer = _generated(artwork, layer_id)
    _check_index(layer, index)
    if len(layer.variants) == 1:
        raise EditError(_LAST_VARIANT)
    rest = layer.variants[:index] + layer.variants[index + 1 :]
    chosen = layer.chosen - 1 if layer.chosen > index else min(layer.chosen, len(rest) - 1)
    return _with(
        artwork, layer, variants=rest, chosen=chosen, dropped=(*layer.dropped, layer.variants[index])
    )


def restore_variant(artwork: Artwork, layer_id: str, index: int) -> Artwork:
    """Takes ``dropped[index]`` back out of the tray, to the end of the variants."""
    layer = _generated(artwork, layer_id)
    if not 0 <= index < len(layer.dropped):
        raise EditError(_NO_VARIANT)
    rest = layer.dropped[:index] + layer.dropped[index + 1 :]
    return _with(artwork, layer, variants=(*layer.variants, layer.dropped[index]), dropped=rest)


def star_variant(artwork: Artwork, layer_id: str, index: int, star: bool | None = None) -> Artwork:
    """Stars a variant (None: the other way round). A starred result's checkpoint is never pruned."""
    layer = _generated(artwork, layer_id)
    _check_index(layer, index)
    variant = layer.variants[index]
    starred = replace(variant, star=not variant.star if star is None else star)
    return _with(artwork, layer, variants=(*layer.variants[:index], starred, *layer.variants[index + 1 :]))


def set_generated(artwork: Artwork, layer_id: str, **fields: Any) -> Artwork:
    """Changes fields of a generated layer (recipe, model, variants, chosen …); it keeps its place in the document."""
    return _with(artwork, _generated(artwork, layer_id), **fields)
