"""Where a stroke lands: on the active layer, its mask, the quick mask, or a layer that is made for it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from studio.document import edits, painting, selecting, tree
from studio.document.artwork import Artwork
from studio.document.layer import IDENTITY, Affine, Group, Layer, Paint, inverse, is_integer_move
from studio.raster import warp
from studio.raster.geometry import TILE, Rect, Region
from studio.raster.mask import Mask
from studio.raster.stroke import Stroke
from studio.raster.surface import Surface
from studio.raster.warp import Warp
from studio.raster.wet import Source
from studio.render.renderer import Renderer
from studio.workspace.tools import Pointer, sampling

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture


_NEAR = 12.0
"""Device pixels beside a letter within which a stroke is meant for it."""


class Landing(msgspec.Struct, frozen=True, kw_only=True):
    """Where a stroke lands: the artwork with its layer, the part of it (``surface``, ``mask``; ``selection`` of the
    picture itself, without a layer), and how its pixels lie in the document. ``below``: of a stroke that changes what is
    seen under its layer, the colours there.
    """

    artwork: Artwork
    layer: Layer | None
    part: str
    transform: Affine
    below: Source | None = None

    @property
    def bend(self) -> Warp:
        """Of the layer whose mask is painted on; its pixels never are while it is bent."""
        return self.layer.warp if self.layer is not None else ()

    def in_layer(self, pointer: Pointer) -> tuple[float, float]:
        a, b, c, d, tx, ty = inverse(self.transform)
        x, y = a * pointer.x + c * pointer.y + tx, b * pointer.x + d * pointer.y + ty
        if not self.bend:
            return x, y
        (x, y) = warp.backward(self.bend, np.array([[x, y]], np.float64))[0]
        return float(x), float(y)

    def scale_at(self, pointer: Pointer) -> float:
        """Mean linear scale from layer to document where a stroke begins."""
        scale = _scale(self.transform)
        if not self.bend:
            return scale
        return scale * (warp.scale_at(self.bend, *self.in_layer(pointer)) or 1.0)

    def in_document(self, region: Region) -> Region | None:
        """A layer's region in document pixels; None (to be found by comparing) where the layer is scaled or turned."""
        if is_integer_move(self.transform) and not self.bend:
            return region.move(int(self.transform[4]), int(self.transform[5]))
        return None

    def covers(self, before: Artwork) -> bool:
        """Whether the stroke covers what other layers show: on a layer that was made for it, or found in place of the chosen
        one, or is clipped to pixels that are computed. It takes from what is seen there, as such a layer holds strokes only."""
        layer = self.layer
        if layer is None or self.part != "surface":
            return False
        if before.active != layer.id or before.find(layer.id) is None:
            return True
        siblings, index = tree.siblings_of(before, layer.id)
        while index and siblings[index].clipping:
            index -= 1
        return siblings[index].id != layer.id and not isinstance(siblings[index], Paint)

    def with_stroke(self, stroke: Stroke) -> Artwork:
        """The artwork with the stroke as far as it was laid."""
        result = stroke.result
        if isinstance(result, Surface):
            assert self.layer is not None, "only a layer has pixels"
            return edits.write_surface(self.artwork, self.layer.id, result)
        assert isinstance(result, Mask)
        if self.layer is None:
            return self.artwork.with_(selection=result)
        return edits.change(self.artwork, self.layer.id, mask=result)


def land(before: Artwork, painting: Painting, *, erase: bool, beside: bool = False) -> Landing:
    """Where a stroke on the active layer of ``before`` lands; a layer or mask is made where it is missing. ``beside``: it begins
    beside the pixels of a computed layer. Raises EditError."""
    if before.quick_mask:
        return Landing(artwork=before, layer=None, part="selection", transform=IDENTITY)
    artwork, layer_id, part = edits.paint_target(before, erase=erase, beside=beside)
    layer = artwork.find(layer_id)
    assert layer is not None
    if before.find(layer_id) is None:  # made for this stroke: named in the language of the window
        artwork = edits.change(artwork, layer_id, name=painting.name_of_layer(layer.name))
    return Landing(artwork=artwork, layer=layer, part=part, transform=edits.transform_of(artwork, layer_id))


def begins_beside(picture: Picture, before: Artwork, pointer: Pointer, size: float) -> bool:
    """Whether a stroke with a brush of ``size`` begins where the active layer, of computed pixels, has none."""
    layer = before.active_layer
    if not isinstance(layer, painting.WITH_PIXELS) or before.edits_mask or before.quick_mask:
        return False
    reach = max(size / 2, _NEAR / pointer.zoom)
    return covers_nothing(picture.renderer, before, layer.id, ((pointer.x, pointer.y),), reach)


def covers_nothing(
    renderer: Renderer, artwork: Artwork, layer_id: str, places: Iterable[tuple[float, float]], reach: float
) -> bool:
    """Whether a layer with its mask has no pixel within ``reach``, or half a tile, around any of the places."""
    half = max(1, math.ceil(min(reach, TILE / 2)))
    side = 2 * half + 1
    squares = (Rect.of(math.floor(x) - half, math.floor(y) - half, side, side) for x, y in places)
    return not any(covered_by(renderer, artwork, layer_id, square).any() for square in squares)


def covered_by(renderer: Renderer, artwork: Artwork, layer_id: str, rect: Rect) -> np.ndarray:
    """float [h, w], 0–1: the alpha of a layer with its mask, as what is clipped to it takes it."""
    shown = selecting.alone(edits.change(artwork, layer_id, effects=()), layer_id)
    return renderer.compose(shown, rect, 0)[..., 3]


def land_on_what_is_seen(picture: Picture, painter: Painting, before: Artwork) -> Landing:
    """Where a stroke on ``before`` lands that changes the colours it goes over: as :func:`land` on a paint layer or a mask; above any other
    layer on a plain paint layer clipped to it, with what is seen under that. Raises EditError."""
    layer = before.active_layer
    on_mask = before.edits_mask or before.quick_mask
    if on_mask or layer is None or (isinstance(layer, Paint) and not layer.warp):
        return land(before, painter, erase=False)
    painting.check_paintable(before, layer.id)
    artwork, layer_id = painting.plainly_clipped_above(before, layer.id)
    landed = tree.require(artwork, layer_id)
    if before.find(layer_id) is None:
        artwork = edits.change(artwork, layer_id, name=painter.name_of_layer(landed.name))
        landed = tree.require(artwork, layer_id)
    transform = edits.transform_of(artwork, layer_id)
    below = sampling.whole_picture(picture.renderer, _under(artwork, layer.id, layer_id), transform)
    return Landing(artwork=artwork, layer=landed, part="surface", transform=transform, below=below)


def _under(artwork: Artwork, layer_id: str, above: str) -> Artwork:
    """The colours of a layer, with the base that it is clipped to and what is clipped to that below the layer ``above``."""
    siblings, first = tree.siblings_of(artwork, layer_id)
    top = next(number for number, one in enumerate(siblings) if one.id == above)
    while first and siblings[first].clipping:
        first -= 1
    base = siblings[first].with_(
        opacity=1.0, mode="normal", visible=True, clipping=False, mask=None, effects=()
    )
    parent = tree.parent_of(artwork, layer_id)
    outer = tree.transform_of(artwork, parent.id) if parent is not None else IDENTITY
    return artwork.with_(layers=(Group(children=(base, *siblings[first + 1 : top]), transform=outer),))


def _scale(transform: Affine) -> float:
    """Mean linear scale from layer to document."""
    a, b, c, d = transform[:4]
    return math.sqrt(abs(a * d - b * c)) or 1.0
