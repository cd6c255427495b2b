"""Filters that need the whole picture or the engine: what they see, when they are due, and the work itself."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any

import msgspec
import numpy as np

from studio.document.artwork import Artwork
from studio.document.layer import Filter, Group, Layer, children_of
from studio.filters.kind import FilterKind, NoEngineError
from studio.jobs.aside import aside
from studio.raster.colour import as_type
from studio.raster.geometry import TILE, Rect, TileKey, tile_keys
from studio.raster.surface import Surface
from studio.recipe import Stored, digest
from studio.render.compose import Compositor, light_of, scene_of
from studio.render.filtering import Filtering, WholeResult, origin_of
from studio.render.repeating import Axes
from studio.render.signature import signature

EngineApply = Callable[[Stored, np.ndarray], Iterator[np.ndarray | None]]
"""Runs an engine filter on premultiplied float32 pixels [h, w, 4]; yields None while it works, the result last."""


MORE_TILES = 24
"""Composed tiles, 1 MiB each, that a filter which looks about keeps beside a row of them."""
ENGINE_PIXELS = 1 << 20
"""Pixels that are given to the engine at a time, its filter's reach left out."""


class WholeJob(msgspec.Struct, frozen=True, kw_only=True):
    """A result that is due. ``steps`` yields the fraction done, 0–1, and keeps the result at its end.

    ``key`` is the same for jobs that replace each other.
    """

    layer_id: str
    name: str
    key: str
    steps: Iterator[float]


def below(layers: Sequence[Layer], layer_id: str) -> list[Layer] | None:
    """Everything that the filter ``layer_id`` sees, as a tree to compose; None where it is not among ``layers``."""
    for index, layer in enumerate(layers):
        if layer.id == layer_id:
            return _seen_by(list(layers[:index]), layer)
        inner = below(children_of(layer), layer_id) if isinstance(layer, Group) else None
        if inner is not None:
            assert isinstance(layer, Group)
            placed = Group(id=layer.id, children=tuple(inner), pass_through=True, transform=layer.transform)
            return [*layers[:index], placed] if layer.pass_through else [placed]
    return None


def _seen_by(lower: list[Layer], layer: Layer) -> list[Layer]:
    """A clipped filter sees its base and what is clipped below it; any other all lower layers."""
    if not layer.clipping:
        return lower
    start = next((i for i in reversed(range(len(lower))) if not lower[i].clipping), None)
    if start is None or isinstance(lower[start], Filter):
        return lower
    return [lower[start].with_(opacity=1.0, mode="normal"), *lower[start + 1 :]]


class WholeFilters:
    """Finds due results of one artwork and makes them."""

    def __init__(self, compositor: Compositor, filtering: Filtering, engine: EngineApply | None) -> None:
        self._compositor = compositor
        self._filtering = filtering
        self._engine = engine

    def due(self, artwork: Artwork) -> list[WholeJob]:
        """One job per visible whole or engine filter whose result is not that of the present layers, lowest first."""
        jobs = []
        for layer in artwork.walk():
            if isinstance(layer, Filter) and layer.visible and self.pending(artwork, layer):
                steps = self._work(artwork, layer)
                jobs.append(
                    WholeJob(layer_id=layer.id, name=layer.recipe.name, key=f"whole:{layer.id}", steps=steps)
                )
        return jobs

    def pending(self, artwork: Artwork, layer: Filter) -> bool:
        """Whether what is shown of this filter is an older result, or none."""
        if not self._filtering.is_whole(layer):
            return False
        result = self._filtering.whole_result(layer.id)
        return result is None or result.made_from != self._sign(artwork, layer)

    def _sign(self, artwork: Artwork, layer: Filter) -> tuple:
        seen = below(artwork.layers, layer.id) or []
        own = signature(seen, artwork.rect, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), self._filtering.result_of)
        profile = artwork.colour_space.icc
        return (
            digest(layer.recipe),
            origin_of(layer, 0),
            artwork.rect,
            Axes.of(artwork),
            light_of(artwork),
            profile,
            own,
        )

    def _work(self, artwork: Artwork, layer: Filter) -> Iterator[float]:
        signed = self._sign(artwork, layer)
        seen = below(artwork.layers, layer.id) or []
        found = self._filtering.kind_of(layer)
        if found is not None and found[0].where != "engine" and found[0].streams(found[1]):
            surface = yield from self._streamed(artwork, seen, *found)
            self._filtering.keep_result(layer.id, WholeResult(signed, surface))
            yield 1.0
            return
        pixels = np.zeros((artwork.height, artwork.width, 4), np.float32)
        scene = scene_of(artwork)
        parts = strips(artwork.rect)
        for done, part in enumerate(parts):
            frame = self._compositor.stack(seen, part, scene)
            pixels[part.top : part.bottom, part.left : part.right] = frame.array
            frame.release()
            yield 0.8 * (done + 1) / len(parts)
        result: np.ndarray | None = None
        for step in self._results(artwork, layer, pixels):
            result = step if step is not None else result
            yield 0.9
        if result is None:
            return
        surface = yield from _tiled(as_type(result, artwork.dtype))
        self._filtering.keep_result(layer.id, WholeResult(signed, surface))
        yield 1.0

    def _streamed(
        self, artwork: Artwork, seen: list[Layer], kind: FilterKind, parameters: Any
    ) -> Generator[float, None, Surface]:
        """The result of a filter that goes through the picture piece by piece; what it sees is composed where it looks."""
        picture = Seen(self._compositor, seen, artwork)
        surface, done = Surface(dtype=artwork.dtype), 0
        for step in aside(kind.streaming(picture, parameters, canvas=artwork.rect), None):
            if step is not None:
                rect, pixels = step
                surface = surface.write(rect, as_type(pixels, artwork.dtype))
                done += rect.width * rect.height
            yield 0.01 + 0.97 * done / (artwork.width * artwork.height)
        return surface

    def _results(self, artwork: Artwork, layer: Filter, pixels: np.ndarray) -> Iterator[np.ndarray | None]:
        found = self._filtering.kind_of(layer)
        if found is None:
            return
        kind, parameters = found
        if kind.where == "engine":
            yield from self._by_engine(kind, parameters, layer.recipe, pixels)
        else:
            x, y = origin_of(layer, 0)
            place = artwork.rect.move(-x, -y)
            steps = aside(kind.steps(pixels, parameters, rect=place, canvas=place), None)
            while True:
                try:
                    next(steps)
                except StopIteration as end:
                    yield end.value
                    return
                yield None

    def _by_engine(
        self, kind: FilterKind, parameters: Any, stored: Stored, pixels: np.ndarray
    ) -> Iterator[np.ndarray | None]:
        """All at once only where the filter needs it; else in strips, so that a stop waits for one of them. Raises NoEngineError."""
        if self._engine is None:
            raise NoEngineError(kind.title)
        height, width = pixels.shape[:2]
        rows = height if kind.needs_whole(parameters) else max(1, ENGINE_PIXELS // width)
        reach, out = kind.reach(parameters), np.empty_like(pixels)
        for top in range(0, height, rows):
            first, last = max(0, top - reach), min(height, top + rows + reach)
            for made in self._engine(stored, pixels[first:last]):
                if made is None:
                    yield None
                else:
                    out[top : top + rows] = made[top - first :][: min(rows, height - top)]
        yield out


class Seen:
    """What lies below a filter as a picture that is read part by part: tiles are composed when they are wanted, and the last
    ones kept, a row of them and some more. From any thread."""

    def __init__(self, compositor: Compositor, layers: Sequence[Layer], artwork: Artwork) -> None:
        self.rect = artwork.rect
        self._compositor, self._layers, self._scene = compositor, layers, scene_of(artwork)
        self._kept: OrderedDict[TileKey, np.ndarray] = OrderedDict()
        self._most = -(-artwork.width // TILE) + MORE_TILES
        self._lock = threading.Lock()

    def read(self, rect: Rect) -> np.ndarray:
        """Premultiplied float32 [h, w, 4], not to be written to."""
        keys = list(tile_keys(rect))
        if len(keys) == 1:
            place = Rect.of_tile(keys[0])
            inner = rect.move(-place.left, -place.top)
            return self._tile(keys[0])[inner.top : inner.bottom, inner.left : inner.right]
        out = np.empty((rect.height, rect.width, 4), np.float32)
        for key in keys:
            place = Rect.of_tile(key)
            part = rect.intersect(place)
            to, of = part.move(-rect.left, -rect.top), part.move(-place.left, -place.top)
            out[to.top : to.bottom, to.left : to.right] = self._tile(key)[
                of.top : of.bottom, of.left : of.right
            ]
        return out

    def _tile(self, key: TileKey) -> np.ndarray:
        with self._lock:
            found = self._kept.pop(key, None)
            if found is None:
                frame = self._compositor.stack(
                    self._layers, Rect.of_tile(key).intersect(self.rect), self._scene
                )
                found = frame.array.copy()
                frame.release()
                found.setflags(write=False)
            self._kept[key] = found
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return found


def _tiled(pixels: np.ndarray) -> Iterator[float]:
    """Generator that yields after each row of tiles and returns the surface."""
    surface = Surface(dtype=pixels.dtype)
    for top in range(0, pixels.shape[0], TILE):
        strip = pixels[top : top + TILE]
        surface = surface.write(Rect.of(0, top, strip.shape[1], strip.shape[0]), strip)
        yield 0.95
    return surface


def strips(rect: Rect, height: int = TILE, width: int = 2 * TILE) -> list[Rect]:
    """``rect`` cut into parts that one step composes."""
    return [
        Rect(left, top, min(left + width, rect.right), min(top + height, rect.bottom))
        for top in range(rect.top, rect.bottom, height)
        for left in range(rect.left, rect.right, width)
    ]
