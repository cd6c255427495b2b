"""The whole picture at one moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec
import numpy as np
from msgspec.structs import replace

from studio.document.aids import NONE, Aids
from studio.document.board import BoardPicture
from studio.document.layer import Layer, children_of, new_id
from studio.raster.geometry import Rect
from studio.raster.mask import Mask

Precision = Literal["float16", "float32"]


class ColourSpace(msgspec.Struct, frozen=True, kw_only=True):
    """The encoding of all pixels of an artwork. ``icc`` empty means sRGB by definition."""

    name: str = "sRGB"
    icc: bytes = b""


SRGB = ColourSpace()


class SavedSelection(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """A selection kept under a name. Compared by identity."""

    name: str
    mask: Mask
    id: str = msgspec.field(default_factory=new_id)


class Artwork(msgspec.Struct, frozen=True, eq=False, kw_only=True, weakref=True):
    """Canvas, layer tree (bottom to top), selection, colour space, precision. Frozen; compared by identity.

    ``precision`` follows the source: float16 for 8-bit pictures, float32 for 16-bit and float ones.
    ``selection`` None means everything. ``tiles_x``/``tiles_y``: the picture wraps there. ``metadata``: EXIF, XMP and
    text blocks of the source by key, written again on export. ``aids``: guides, grid and drawing assistants.
    ``selected``: ids of the layers that are chosen together with the active one; ``mask_edited``: id of the layer whose
    mask, not its pixels, is painted on while it is active. ``light_angle`` and ``light_altitude``: where the light of
    all layer effects that share it comes from, in degrees counter-clockwise from the right and above the picture.
    ``saved_selections``: kept for later, oldest first. ``quick_mask``: brushes paint the selection itself.
    ``board``: pictures to look at, never part of the picture.
    """

    width: int
    height: int
    layers: tuple[Layer, ...] = ()
    active: str = ""
    selected: tuple[str, ...] = ()
    mask_edited: str = ""
    selection: Mask | None = None
    colour_space: ColourSpace = SRGB
    precision: Precision = "float16"
    ppi: float = 300.0
    tiles_x: bool = False
    tiles_y: bool = False
    metadata: dict[str, bytes] = msgspec.field(default_factory=dict)
    source_bits: int = 8
    light_angle: float = 120.0
    light_altitude: float = 30.0
    aids: Aids = NONE
    saved_selections: tuple[SavedSelection, ...] = ()
    quick_mask: bool = False
    board: tuple[BoardPicture, ...] = ()

    @property
    def rect(self) -> Rect:
        return Rect(0, 0, self.width, self.height)

    @property
    def dtype(self) -> np.dtype:
        return np.dtype(self.precision)

    def with_(self, **changes: Any) -> Artwork:
        return replace(self, **changes)

    def walk(self) -> Iterator[Layer]:
        """Every layer, children before their group, bottom to top."""
        yield from _walk(self.layers)

    def find(self, layer_id: str) -> Layer | None:
        return next((layer for layer in self.walk() if layer.id == layer_id), None)

    @property
    def active_layer(self) -> Layer | None:
        return self.find(self.active)

    @property
    def chosen(self) -> tuple[Layer, ...]:
        """The layers that edits of several act upon, bottom to top: the selected ones if the active one is among them,
        else the active one alone."""
        wanted = set(self.selected) if self.active in self.selected else {self.active}
        return tuple(layer for layer in self.walk() if layer.id in wanted)

    @property
    def edits_mask(self) -> bool:
        """Whether painting on the active layer lands on its mask."""
        layer = self.active_layer if self.mask_edited and self.mask_edited == self.active else None
        return layer is not None and layer.mask is not None


def _walk(layers: tuple[Layer, ...]) -> Iterator[Layer]:
    for layer in layers:
        yield from _walk(children_of(layer))
        yield layer
