"""The colour space of a picture: read otherwise (assign), or the same look with other numbers (convert)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from msgspec.structs import replace

from studio import recipe
from studio.document.artwork import Artwork, ColourSpace
from studio.document.errors import EditError
from studio.document.layer import (
    Derived,
    Fill,
    Filter,
    Generated,
    Group,
    Layer,
    Linked,
    Paint,
    Shape,
    Text,
    Unknown,
)
from studio.document.text import drawn, layout_of
from studio.filters import FILTERS
from studio.project import profiles
from studio.raster.colour import as_type
from studio.raster.icc import is_srgb
from studio.raster.surface import Surface
from studio.raster.tile import Tile
from studio.recipe import QT_TRANSLATE_NOOP, Stored, described
from studio.synthesis.fills import GRADIENT
from studio.workspace import colours
from studio.workspace.work import Work, work

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

ASSIGN = QT_TRANSLATE_NOOP("history", "Assign colour space")
CONVERT = QT_TRANSLATE_NOOP("history", "Convert colour space")
CONVERTING = QT_TRANSLATE_NOOP("jobs", "Converting colours")
NOT_COMPUTABLE = QT_TRANSLATE_NOOP(
    "document",
    "This picture's colour profile is a table that cannot be converted exactly. Assign another colour space instead.",
)


class ColourSpaces:
    """For the current picture. Both are one undo step."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def assign(self, name: str) -> None:
        """The same numbers, read in another colour space: the look changes, nothing is computed."""
        picture = self._studio.current
        if picture is None or picture.document.gesture_open:
            return
        self._studio.settle()
        now = picture.document.committed
        if profiles.space(name) != now.colour_space:
            picture.document.commit(ASSIGN, now.with_(colour_space=profiles.space(name)))

    def convert(self, name: str) -> None:
        """Other numbers for the same look, every layer of it, on the render lane."""
        picture = self._studio.current
        if picture is None or picture.document.gesture_open:
            return
        self._studio.settle()
        artwork, target = picture.document.committed, profiles.space(name)
        if target == artwork.colour_space:
            return
        try:
            profiles.matrix_profile(artwork.colour_space.icc)
        except profiles.UnknownProfile:
            self._studio.refuse(EditError(NOT_COMPUTABLE))
            return

        def finished(converted: Artwork) -> None:
            if picture.document.committed is artwork:
                picture.document.commit(CONVERT, converted)
            elif self._studio.current is picture:  # painted on meanwhile: once more, with that
                self.convert(name)

        work(self._studio, picture, CONVERTING, lambda: converting(artwork, target), finished)


def converting(artwork: Artwork, target: ColourSpace) -> Work:
    """The artwork with all its colours in ``target``, tile by tile. Raises UnknownProfile before the first step."""
    change = _Change(artwork.colour_space.icc, target.icc, sum(_tiles(layer) for layer in artwork.walk()))
    profiles.matrix_profile(change.source)
    layers = []
    for layer in artwork.layers:
        layers.append((yield from change.layer(layer)))
    return artwork.with_(layers=tuple(layers), colour_space=target)


def _tiles(layer: Layer) -> int:
    if isinstance(layer, Generated):
        return sum(len(variant.surface.tiles) for variant in (*layer.variants, *layer.dropped))
    surface = getattr(layer, "surface", None) or getattr(layer, "result", None)
    return len(surface.tiles) if isinstance(surface, Surface) else 0


class _Change:
    """From one profile to another; counts its tiles."""

    def __init__(self, source: bytes, target: bytes, tiles: int) -> None:
        self.source, self.target = source, target
        self._done, self._tiles = 0, max(1, tiles)
        self._made: dict[Tile, Tile] = {}

    def layer(self, layer: Layer) -> Any:
        if layer.data:  # no colours: whatever is in it keeps its numbers
            return layer
        if layer.effects:
            layer = layer.with_(effects=tuple(self._recipe(one) for one in layer.effects))
        return (yield from self._content(layer))

    def _recipe(self, stored: Stored) -> Stored:
        return msgspec.structs.replace(stored, parameters=self.values(stored.parameters))

    def _content(self, layer: Layer) -> Any:
        if isinstance(layer, Group):
            children = []
            for child in layer.children:
                children.append((yield from self.layer(child)))
            return layer.with_(children=tuple(children))
        if isinstance(layer, Generated):
            variants, dropped = [], []
            for found, kept in ((layer.variants, variants), (layer.dropped, dropped)):
                for variant in found:
                    surface = yield from self.surface(variant.surface)
                    kept.append(replace(variant, surface=surface))
            return layer.with_(variants=tuple(variants), dropped=tuple(dropped))
        if isinstance(layer, Paint | Linked | Derived | Unknown):
            return layer.with_(surface=(yield from self.surface(layer.surface)))
        if isinstance(layer, Filter):
            result = layer.result
            kept = None if result is None else (yield from self.surface(result))
            return layer.with_(recipe=self._filter(layer.recipe), result=kept)
        if isinstance(layer, Fill):
            return layer.with_(recipe=self._fill(layer.recipe))
        if isinstance(layer, Text):
            return (yield from self._text(layer))
        if isinstance(layer, Shape):
            return layer.with_(style=self._style(layer.style), cache=None)
        return layer

    def _filter(self, stored: Stored) -> Stored:
        """A filter's colours, whatever it calls them; one that this version does not know stays as it is."""
        kind = FILTERS.get(stored.name)
        if kind is None or kind.version != stored.version:
            return stored
        try:
            values = recipe.from_plain(kind.parameters, stored.parameters)
        except recipe.RecipeError:
            return stored
        new = colours.changed_values(
            values, lambda colour: colours.converted(colour, self.source, self.target)
        )
        return stored if new == values else recipe.store(stored.name, stored.version, new)

    def _fill(self, stored: Stored) -> Stored:
        """A gradient of the first version is of sRGB: its mixed colours stay what they are only as one of today's."""
        if stored.name == GRADIENT.name and stored.version == 1 and is_srgb(self.source):
            stored = msgspec.structs.replace(stored, version=GRADIENT.version)
        return self._recipe(stored)

    def _text(self, layer: Text) -> Any:
        """Drawn anew in its colour; the kept pixels of a text whose font is missing are converted instead."""
        changed = layer.with_(style=self._style(layer.style))
        if layer.cache is not None and layout_of(layer).substituted:
            return changed.with_(cache=(yield from self.surface(layer.cache)))
        return drawn(changed, np.dtype(np.float16) if layer.cache is None else layer.cache.dtype)

    def _style(self, style: Any) -> Any:
        """A text's or shape's style with its colours converted, as a struct or plain values like it was."""
        if isinstance(style, msgspec.Struct):
            changed = self.values(msgspec.to_builtins(style))
            return msgspec.convert(changed, described(type(style)))
        return self.values(style)

    def surface(self, surface: Surface) -> Any:
        tiles = {}
        for key, tile in surface.tiles.items():
            if tile not in self._made:
                pixels = profiles.convert_pixels(tile.pixels(), self.source, self.target)
                self._made[tile] = Tile(as_type(pixels, surface.dtype))
            tiles[key] = self._made[tile]
            self._done += 1
            yield min(1.0, self._done / self._tiles)
        return Surface(tiles, surface.dtype)

    def values(self, plain: dict[str, Any]) -> dict[str, Any]:
        """Parameters with the colours among them converted."""
        return colours.changed(plain, lambda colour: colours.converted(colour, self.source, self.target))
