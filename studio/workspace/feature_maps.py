"""The feature map of a kernel on the picture: seen on its middle, and put on the canvas as a layer."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Paint
from studio.raster.colour import as_type, unpremultiply
from studio.raster.geometry import Rect
from studio.raster.statistics import WEIGHTS
from studio.raster.surface import Surface
from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis.feature_map import FeatureMap, feature_map, sizes, tones
from studio.workspace import imaging
from studio.workspace.noise_like import middle_of

if TYPE_CHECKING:
    from studio.render.renderer import Renderer
    from studio.workspace.imaging import Making
    from studio.workspace.reshaping import Steps
    from studio.workspace.studio import Studio

NEW = QT_TRANSLATE_NOOP("history", "Feature map")
TOO_SMALL = QT_TRANSLATE_NOOP(
    "document",
    "The kernel or the pooling does not fit into the picture. Choose a padding, a smaller kernel or a smaller pooling.",
)
SIDE = 384
"""Pixels of a side of what is tried on, in the middle of the picture."""
_STRIP = 128
_PLANES = ("red", "green", "blue")


class Tried(msgspec.Struct, frozen=True, eq=False):
    """uint8 RGB [h, w, 3] of the picture's middle and of its feature map, in the picture's own numbers."""

    picture: np.ndarray
    found: np.ndarray


def trying(
    renderer: Renderer, artwork: Artwork, parameters: FeatureMap
) -> Generator[float, None, Tried | None]:
    """Steps of a look at it; None where nothing fits."""
    area = middle_of(artwork.rect, SIDE)
    colours = yield from _colours(renderer, artwork, area)
    if not sizes(parameters, area.width, area.height).possible:
        return None
    found = yield from feature_map(planes_of(colours, parameters.channel), parameters)
    return Tried(_bytes(colours), _bytes(tones(found, parameters.shown)[..., :3]))


def add(studio: Studio, parameters: FeatureMap, *, enlarged: bool) -> None:
    """A paint layer above the active one with the feature map of the whole picture; one undo step.

    ``enlarged``: it covers the canvas, else it keeps its size and stands at the upper left.
    """
    picture = studio.current
    if picture is not None:
        title = studio.translate("layer-names", "Feature map")
        imaging.in_background(studio, NEW, _making(picture.renderer, parameters, title, enlarged))


def _making(renderer: Renderer, parameters: FeatureMap, title: str, enlarged: bool) -> Making:
    def make(artwork: Artwork) -> Steps:
        if not sizes(parameters, artwork.width, artwork.height).possible:
            raise EditError(TOO_SMALL)
        colours = yield from _colours(renderer, artwork, artwork.rect)
        found = yield from feature_map(planes_of(colours, parameters.channel), parameters)
        pixels = as_type(tones(found, parameters.shown), artwork.dtype)
        layer = Paint(name=title, surface=Surface.from_pixels(pixels))
        if enlarged:
            scale = artwork.width / pixels.shape[1], artwork.height / pixels.shape[0]
            layer = layer.with_(transform=(scale[0], 0.0, 0.0, scale[1], 0.0, 0.0))
        return edits.add_layer(artwork, layer)

    return make


def planes_of(colours: np.ndarray, channel: str) -> np.ndarray:
    """[h, w, 1 or 3] of straight colours [h, w, 3]."""
    if channel == "all-colours":
        return colours
    if channel == "luminance":
        return (colours @ WEIGHTS)[..., None]
    return colours[..., _PLANES.index(channel), None]


def _colours(renderer: Renderer, artwork: Artwork, area: Rect) -> Generator[float, None, np.ndarray]:
    """Straight float32 [h, w, 3] of the composed picture; black where nothing is."""
    out = np.empty((area.height, area.width, 3), np.float32)
    for top in range(area.top, area.bottom, _STRIP):
        part = Rect(area.left, top, area.right, min(top + _STRIP, area.bottom))
        out[part.top - area.top : part.bottom - area.top] = unpremultiply(renderer.compose(artwork, part, 0))[
            ..., :3
        ]
        yield 0.0
    return out


def _bytes(colours: np.ndarray) -> np.ndarray:
    return np.ascontiguousarray((np.clip(np.nan_to_num(colours), 0, 1) * 255 + 0.5).astype(np.uint8))
