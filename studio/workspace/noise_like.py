"""Noise like this picture: a live fill layer with the colours and the spectrum of what is selected, or of the layer."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

import numpy as np

from studio.document import edits, selecting
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Fill, Filter
from studio.raster.colour import unpremultiply
from studio.raster.geometry import Rect
from studio.raster.selecting.combining import extent
from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis import likeness
from studio.synthesis.fills import FILL_KINDS
from studio.synthesis.likeness_fill import NoiseLikeFill, written
from studio.workspace import imaging

if TYPE_CHECKING:
    from studio.render.renderer import Renderer
    from studio.workspace.imaging import Making
    from studio.workspace.reshaping import Steps
    from studio.workspace.studio import Studio

NAME = "noise-like"
NEW = QT_TRANSLATE_NOOP("history", "Noise like this picture")
TOO_SMALL = QT_TRANSLATE_NOOP(
    "document",
    "Noise is measured on at least 8 × 8 visible pixels. Select a larger area, or choose a layer that shows something there.",
)
NO_LAYER = QT_TRANSLATE_NOOP(
    "document", "Choose the layer whose noise is to be measured in the Layers panel."
)
MOST = 1024
"""Pixels of a side of what is measured, around the middle: more would say the same."""
_STRIP = 128


def add(studio: Studio) -> None:
    """A fill layer above the active one, of noise like that layer, inside the selection if there is one; one undo step."""
    picture = studio.current
    if picture is not None:
        title = studio.translate("layer-names", "Noise like this picture")
        imaging.in_background(studio, NEW, making(picture.renderer, title))


def making(renderer: Renderer, title: str) -> Making:
    """The steps of it. Raise EditError where there is nothing to measure."""

    def make(artwork: Artwork) -> Steps:
        pixels = yield from _sampled(renderer, artwork)
        try:
            found = yield from likeness.measuring(pixels)
        except ValueError:
            raise EditError(TOO_SMALL) from None
        recipe = FILL_KINDS[NAME].stored(NoiseLikeFill(likeness=written(found)))
        return edits.add_layer(artwork, Fill(name=title, recipe=recipe))

    return make


def _sampled(renderer: Renderer, artwork: Artwork) -> Generator[float, None, np.ndarray]:
    """Straight float32 [h, w, 4] of what is measured; what is not selected is transparent."""
    layer = artwork.active_layer
    if layer is None:
        raise EditError(NO_LAYER)
    filtered = isinstance(layer, Filter)
    shown = selecting.up_to(artwork, layer.id) if filtered else selecting.alone(artwork, layer.id)
    area = artwork.rect
    if artwork.selection is not None and artwork.selection.default == 0:
        area = area.intersect(extent(artwork.selection))
    area = middle_of(area, MOST)
    if min(area.width, area.height) < 1:
        raise EditError(TOO_SMALL)
    strips = []
    for top in range(area.top, area.bottom, _STRIP):
        part = Rect(area.left, top, area.right, min(top + _STRIP, area.bottom))
        pixels = unpremultiply(renderer.compose(shown, part, 0))
        if artwork.selection is not None:
            pixels[..., 3] *= artwork.selection.read(part) > 0.5
        strips.append(pixels)
        yield 0.0
    return np.concatenate(strips)


def middle_of(area: Rect, most: int) -> Rect:
    """The middle of a rectangle, at most ``most`` a side."""
    width, height = min(area.width, most), min(area.height, most)
    left, top = area.left + (area.width - width) // 2, area.top + (area.height - height) // 2
    return Rect.of(left, top, width, height)
