"""Layer effects drawn live: from a layer's shape to the coverages that are coloured and blended.

A layer that is not being painted on keeps its coverages tile by tile, with the signature of what they were made from; so
painting elsewhere costs no blur. A small change of the layer itself is computed in its own rectangle.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from studio.document import effects as kinds
from studio.document.effects import (
    Bevel,
    ColourOverlay,
    DropShadow,
    InnerGlow,
    InnerShadow,
    OuterGlow,
    Stroke,
    reach_of,
)
from studio.document.layer import Layer
from studio.raster import effects as formulas
from studio.raster.geometry import TILE, Rect, tile_keys
from studio.recipe import Colour, digest
from studio.render.cache import ByteCache
from studio.render.filtering import Filtering
from studio.render.frame import Frame
from studio.render.signature import signature

if TYPE_CHECKING:
    from studio.render.compose import Scene

_TOKEN = 1024  # what the memory of a tile that was wanted costs, about
Own = Callable[[Layer, Rect, "Scene"], Frame]
"""Draws a layer's own pixels times its mask, without effects, opacity and mode."""


class Plane(msgspec.Struct, frozen=True, eq=False):
    """One colour with a coverage float32 [h, w], 0–1. ``beside``: under the layer, else inside its shape."""

    coverage: np.ndarray
    colour: Colour
    opacity: float
    mode: str
    beside: bool

    def coloured(self) -> np.ndarray:
        """Premultiplied pixels of the plane."""
        return _filled(self.coverage * np.float32(self.opacity), self.colour)

    def beside_of(self, shape: np.ndarray, opacity: float, mode: str) -> np.ndarray:
        """The same, less what lies under a layer of that opacity and mode; it hides all of it unless it is normal."""
        left = formulas.shown_beside(shape, opacity if mode == "normal" else 0.0)
        return _filled(self.coverage * left * np.float32(self.opacity), self.colour)


def _filled(alpha: np.ndarray, colour: Colour) -> np.ndarray:
    pixels = np.empty((*alpha.shape, 4), np.float32)
    np.multiply(alpha[..., None], np.array(colour, np.float32), out=pixels[..., :3])
    pixels[..., 3] = alpha
    return pixels


class Effects:
    """Makes the planes of layers and keeps them in ``cache``. Safe from any thread: kept arrays are never written."""

    def __init__(self, cache: ByteCache, filtering: Filtering) -> None:
        self._cache = cache
        self._filtering = filtering

    def shown(self, layer: Layer) -> bool:
        """Whether the layer has effects to draw."""
        return bool(layer.effects) and bool(kinds.shown(layer))

    def planes(self, layer: Layer, rect: Rect, scene: Scene, own: Own) -> list[Plane]:
        """What the layer's effects add in ``rect`` (pixels of the scene's level), lowest first."""
        values = kinds.shown(layer)
        if rect.width * rect.height * 2 <= TILE * TILE and not self._worth_keeping(layer, rect, scene):
            return _made(values, layer, rect, scene, own)
        parts = [(key, self._tile(values, layer, key, scene, own)) for key in tile_keys(rect)]
        planes = []
        for number, first in enumerate(parts[0][1] if parts else ()):
            coverage = np.empty((rect.height, rect.width), np.float32)
            for key, tile in parts:
                whole = Rect.of_tile(key)
                part = rect.intersect(whole)
                to, source = part.move(-rect.left, -rect.top), part.move(-whole.left, -whole.top)
                coverage[to.top : to.bottom, to.left : to.right] = tile[number].coverage[
                    source.top : source.bottom, source.left : source.right
                ]
            planes.append(Plane(coverage, first.colour, first.opacity, first.mode, first.beside))
        return planes

    def _worth_keeping(self, layer: Layer, rect: Rect, scene: Scene) -> bool:
        """Whether whole tiles are made for a small rectangle: those that are kept, or were wanted like this before."""
        before = {key: self._wanted_before(layer, key, scene) for key in tile_keys(rect)}
        return all(before.values())

    def _wanted_before(self, layer: Layer, key: tuple[int, int], scene: Scene) -> bool:
        slot, token = _slot(layer, key, scene), self._token(layer, key, scene)
        entry = self._cache.get(slot)
        if entry is not None and entry[0] == token:
            return True
        self._cache.put(slot, (token, None), _TOKEN)
        return False

    def _kept(self, layer: Layer, key: tuple[int, int], scene: Scene) -> list[Plane] | None:
        entry = self._cache.get(_slot(layer, key, scene))
        if entry is None or entry[0] != self._token(layer, key, scene):
            return None
        return entry[1]

    def _tile(self, values: Any, layer: Layer, key: tuple[int, int], scene: Scene, own: Own) -> list[Plane]:
        kept = self._kept(layer, key, scene)
        if kept is not None:
            return kept
        made = _made(values, layer, Rect.of_tile(key), scene, own)
        entry = (self._token(layer, key, scene), made)
        self._cache.put(_slot(layer, key, scene), entry, TILE * TILE * 4 * len(made))
        return made

    def _token(self, layer: Layer, key: tuple[int, int], scene: Scene) -> tuple:
        plain = layer.with_(opacity=1.0, mode="normal", clipping=False, effects=())
        rect = Rect.of_tile(key).grow(kinds.reach(layer, scene.level)).from_level(scene.level)
        shape = signature((plain,), rect, scene.transform, self._filtering.result_of)
        return scene.canvas, scene.exact, scene.light, tuple(digest(one) for one in layer.effects), shape


def _slot(layer: Layer, key: tuple[int, int], scene: Scene) -> tuple:
    return ("effects", layer.id, scene.level, key)


def _made(values: Any, layer: Layer, rect: Rect, scene: Scene, own: Own) -> list[Plane]:
    """The planes in ``rect`` from the layer's shape in all that they depend on."""
    wide = _window(values, rect, scene.level)
    frame = own(layer, wide, scene)
    shape = np.clip(frame.array[..., 3], 0, 1)
    frame.release()
    inner = rect.move(-wide.left, -wide.top)
    planes = []
    for value in values:
        for plane in _planes(value, shape, scene):
            part = plane.coverage[inner.top : inner.bottom, inner.left : inner.right]
            planes.append(
                Plane(np.ascontiguousarray(part), plane.colour, plane.opacity, plane.mode, plane.beside)
            )
    return planes


def _window(values: Any, rect: Rect, level: int) -> Rect:
    """What the effects in ``rect`` depend on, in whole blocks of the blurs among them."""
    wide = rect.grow(max((reach_of(value, level) for value in values), default=0))
    scale = 1 << level
    block = max((formulas.block(getattr(value, "size", 0.0) / scale / 2) for value in values), default=1)
    block = max(block, *(formulas.block(getattr(value, "smoothing", 0.0) / scale / 2) for value in values))
    return Rect(
        wide.left // block * block,
        wide.top // block * block,
        -(-wide.right // block) * block,
        -(-wide.bottom // block) * block,
    )


def _planes(value: Any, shape: np.ndarray, scene: Scene) -> list[Plane]:
    scale = 1.0 / (1 << scene.level)
    if isinstance(value, DropShadow):
        cover = formulas.glow(shape, value.size * scale, value.spread)
        return [_plane(value, _fallen(cover, value, scene, 0.0), beside=True)]
    if isinstance(value, OuterGlow):
        return [_plane(value, formulas.glow(shape, value.size * scale, value.spread), beside=True)]
    if isinstance(value, InnerShadow):
        cover = formulas.glow(1 - shape, value.size * scale, value.spread)
        return [_plane(value, _fallen(cover, value, scene, 1.0), beside=False)]
    if isinstance(value, InnerGlow):
        cover = formulas.glow(1 - shape, value.size * scale, value.spread)
        return [_plane(value, cover if value.source == "edge" else 1 - cover, beside=False)]
    if isinstance(value, Stroke):
        return _stroke(value, shape, value.width * scale)
    if isinstance(value, Bevel):
        return _bevel(value, shape, scene)
    if isinstance(value, ColourOverlay):
        return [_plane(value, np.ones_like(shape), beside=False)]
    return []


def _plane(value: Any, coverage: np.ndarray, *, beside: bool) -> Plane:
    return Plane(coverage, value.colour, value.opacity, value.mode, beside)


def _fallen(cover: np.ndarray, value: DropShadow | InnerShadow, scene: Scene, beyond: float) -> np.ndarray:
    angle = scene.light[0] if value.global_light else value.angle
    x, y = formulas.away_from_light(angle, value.distance / (1 << scene.level))
    return formulas.move(cover, x, y, beyond)


def _stroke(value: Stroke, shape: np.ndarray, width: float) -> list[Plane]:
    planes = []
    half = width / 2 if value.position == "centre" else width
    if width > 0 and value.position != "inside":
        planes.append(_plane(value, formulas.dilate(shape, half), beside=True))
    if width > 0 and value.position != "outside":
        planes.append(_plane(value, formulas.dilate(1 - shape, half), beside=False))
    return planes


def _bevel(value: Bevel, shape: np.ndarray, scene: Scene) -> list[Plane]:
    scale = 1.0 / (1 << scene.level)
    angle, altitude = scene.light if value.global_light else (value.angle, value.altitude)
    depth = value.depth if value.direction == "up" else -value.depth
    light, dark = formulas.relief(shape, value.size * scale, depth, value.smoothing * scale, angle, altitude)
    planes = []
    for beside, styles in ((True, ("outer", "emboss")), (False, ("inner", "emboss"))):
        if value.style in styles:
            planes.append(Plane(dark, value.shadow, value.shadow_opacity, value.shadow_mode, beside))
            planes.append(
                Plane(light, value.highlight, value.highlight_opacity, value.highlight_mode, beside)
            )
    return planes
