"""The one door of render: an artwork, a rectangle and a mip level in, pixels out.

Threads. Composing needs no lock: artworks are frozen, frames belong to a thread, caches guard themselves. The lock
covers only the record of what is shown and the copying of finished bytes into a view tile, far below 5 ms. The UI thread
calls :meth:`Renderer.update` (small rectangles at once); the render lane drives :meth:`Renderer.steps` for the rest.
A tile that the lane finished while the UI thread changed the picture is installed with the newer rectangles marked
stale, and drawn again there.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from studio.document.artwork import Artwork
from studio.document.effects import reach_of_tree
from studio.document.layer import Affine, Filter, Layer, children_of
from studio.filters import FILTERS
from studio.filters.kind import FilterKind
from studio.raster.colour import to_bgra8
from studio.raster.geometry import EMPTY, TILE, Rect, Region, TileKey
from studio.raster.icc import is_srgb
from studio.raster.surface import Surface
from studio.raster.tile import NotRead, Tile, memory_only
from studio.render import picture
from studio.render.cache import MIB, ByteCache
from studio.render.compose import Compositor, scene_of
from studio.render.content import Contents
from studio.render.effects import Effects
from studio.render.fills import FILLS
from studio.render.filtering import Filtering
from studio.render.frame import Frame
from studio.render.kept import Kept
from studio.render.past import Past
from studio.render.picture import ToSrgb
from studio.render.placed_fills import FillMaker
from studio.render.pyramid import IDENTITY, Hint, Placed, Pyramid, compose_transforms
from studio.render.repeating import Axes, spread
from studio.render.whole import EngineApply, WholeFilters, WholeJob

AT_ONCE = 3 * TILE * TILE
"""Pixels that an update draws in the calling thread; beyond it tiles are left to the render lane."""
AT_ONCE_SECONDS = 0.004
"""What an update's drawing may take in the calling thread, judged by the updates before."""
ALWAYS_AT_ONCE = TILE * TILE // 4
"""Pixels that an update draws in the calling thread however slow the layers are: the dab under the pen."""
EFFECT_WEIGHT = 4
"""What a pixel of a layer effect costs, in pixels of plain layers, about."""
STEP = 0.004
"""Seconds that one step of the render lane should take."""
PAST_SHARE = 8
"""Of the budget of the caches, this part is added for the view tiles of earlier steps."""
_REMEMBERED = 4096
_SCATTERED = 512
"""Parts of a changed region that are followed one by one; of more their bounds are drawn again."""


class ViewTile:
    """256×256 pixels of the shown picture at one level, for the canvas.

    ``pixels``: uint8 [256, 256, 4] BGRA premultiplied; the cache's own buffer, overwritten by updates: copy the dirty
    rectangle out when told. ``version`` grows with each writing. ``stale``: the part (level pixels) that shows an
    older picture.
    """

    __slots__ = ("key", "level", "pixels", "stale", "version")

    def __init__(self, key: TileKey, level: int) -> None:
        self.key = key
        self.level = level
        self.pixels = np.zeros((TILE, TILE, 4), np.uint8)
        self.version = 0
        self.stale = Rect.of_tile(key)


class Drawn(NamedTuple):
    """New bytes in a view tile: ``rect`` in pixels of ``level``."""

    key: TileKey
    level: int
    rect: Rect
    tile: ViewTile


class Update(NamedTuple):
    """``drawn`` is done; ``waiting`` are keys of cached tiles of the level that the render lane has to draw."""

    drawn: tuple[Drawn, ...]
    waiting: tuple[TileKey, ...]


class Renderer:
    """Composes artworks and keeps what it composed within ``budget_bytes``. One per open picture.

    ``to_srgb`` makes thumbnails look like the canvas; the usual one knows matrix profiles alone.
    """

    def __init__(
        self,
        budget_bytes: int = 512 * MIB,
        filters: Mapping[str, FilterKind] = FILTERS,
        fills: Mapping[str, FillMaker] = FILLS,
        engine: EngineApply | None = None,
        to_srgb: ToSrgb = picture.matrix_to_srgb,
    ) -> None:
        self._to_srgb = to_srgb
        self._cache = ByteCache(budget_bytes)
        self._past = Past(budget_bytes // PAST_SHARE)
        pyramid = self._pyramid = Pyramid(self._cache)
        self._filtering = Filtering(filters, pyramid)
        self._contents = Contents(pyramid, fills)
        kept = Kept(self._cache, self._filtering)
        self._effects = Effects(self._cache, self._filtering)
        self._compositor = Compositor(pyramid, self._contents, self._filtering, kept, self._effects)
        self._whole = WholeFilters(self._compositor, self._filtering, engine)
        self._lock = threading.Lock()
        self._look: Callable[[Artwork], Artwork] | None = None
        self._looked: tuple[Artwork, Artwork] | None = None
        self._shown: Artwork | None = None
        self._serial = 0
        self._changes: deque[tuple[int, dict[int, Region]]] = deque(maxlen=_REMEMBERED)
        self._levels: set[int] = set()
        self._numbers = False
        self._pace = 0.0  # seconds per pixel of the last step
        self._update_pace = 0.0  # the same of updates, a running mean

    @property
    def held(self) -> int:
        """Bytes in the caches."""
        return self._cache.held + self._past.held

    def set_budget(self, budget_bytes: int) -> None:
        """Another budget for the caches; what is beyond it is dropped at once and composed again when it is needed."""
        self._cache.set_budget(budget_bytes)
        self._past.set_budget(budget_bytes // PAST_SHARE)

    def seed(self, layer: Layer, mips: Mapping[tuple[int, TileKey], Tile]) -> None:
        """Coarse levels of a layer that is not moved, made while it was opened: (level, key) → tile."""
        placed = self._contents.of(layer, IDENTITY)
        if isinstance(placed, Placed):
            for (level, key), tile in mips.items():
                self._pyramid.seed(placed, level, key, tile)

    # ---- pixels of any artwork

    def compose(self, artwork: Artwork, rect: Rect, level: int = 0, exact: bool = False) -> np.ndarray:
        """Premultiplied float32 [h, w, 4] of ``rect`` (pixels of ``level``), encoded like the artwork; not cut to it.

        ``exact``: filters do at level > 0 what equals level 0 averaged, however slow.
        """
        frame = self._stack(artwork, rect, level, exact=exact)
        pixels = frame.array.copy()
        frame.release()
        return pixels

    def flatten(self, artwork: Artwork) -> np.ndarray:
        """The whole artwork at level 0: premultiplied float32 [height, width, 4]; all at once, on all processors."""
        whole = np.empty((artwork.height, artwork.width, 4), np.float32)

        def take(part: Rect, pixels: np.ndarray) -> None:
            whole[part.top : part.bottom, part.left : part.right] = pixels

        self.draw(artwork, take, artwork.rect)
        return whole

    def draw(self, artwork: Artwork, take: Callable[[Rect, np.ndarray], None], rect: Rect) -> None:
        """Gives ``take`` what is in ``rect`` of the artwork at level 0 in parts, from several threads at once: premultiplied
        float32 pixels, which are not to be kept."""

        def one(part: Rect) -> None:
            frame = self._stack(artwork, part, 0)
            take(part, frame.array)
            frame.release()

        picture.at_once(one, rect, sum(self._reach(layer, 0) for layer in artwork.layers))

    def flatten_steps(self, artwork: Artwork, out: np.ndarray) -> Iterator[float]:
        """Fills ``out`` [height, width, 4] float32 part by part; yields the fraction done."""
        return picture.flatten_steps(self.compose, artwork, out)

    def thumbnail(
        self, artwork: Artwork, size: int, layer_id: str = "", *, numbers: bool = False
    ) -> np.ndarray:
        """Straight uint8 RGBA of the artwork, or of one layer alone on the canvas, its longer side ``size`` pixels: sRGB as the
        canvas shows it, or with ``numbers`` the picture's own (linear light encoded)."""
        seen = picture.encoded if numbers else self.in_srgb
        return picture.thumbnail(self.compose, artwork, size, layer_id, seen)

    def framed(self, artwork: Artwork, width: int, height: int, paper: int) -> np.ndarray:
        """uint8 RGB [height, width, 3] in sRGB: the artwork in the middle of a frame over the grey ``paper`` (0–255)."""
        return picture.framed(self.compose, artwork, width, height, paper, self.in_srgb)

    def in_srgb(self, artwork: Artwork, premultiplied: np.ndarray) -> np.ndarray:
        """Premultiplied pixels encoded like the artwork as the canvas shows them."""
        profile = artwork.colour_space.icc
        return premultiplied if is_srgb(profile) else self._to_srgb(premultiplied, profile)

    def _stack(
        self,
        artwork: Artwork,
        rect: Rect,
        level: int,
        hint: Hint | None = None,
        exact: bool = False,
        keep: bool = False,
    ) -> Frame:
        scene = scene_of(artwork, level, hint=hint, exact=exact, keep=keep)
        return self._compositor.stack(artwork.layers, rect, scene)

    # ---- the view

    def look_through(self, look: Callable[[Artwork], Artwork] | None) -> None:
        """The view shows ``look(artwork)`` from the next update on, which has to be of the whole canvas; None ends it."""
        self._look = look
        self._looked = None
        with self._lock:
            self._past.forget()

    def view_numbers(self, wanted: bool) -> None:
        """The view's pixels are sRGB, or ``wanted`` the picture's own numbers (linear light encoded), for a screen or a press whose
        colours are others. Pixels of a profile that is a table are its numbers in any case."""
        if wanted != self._numbers:
            self._numbers = wanted
            if self._shown is not None:
                self._show(self._shown)

    def _seen(self, artwork: Artwork) -> Artwork:
        if self._look is None:
            return artwork
        if self._looked is None or self._looked[0] is not artwork:
            self._looked = (artwork, self._look(artwork))
        return self._looked[1]

    def show(self, artwork: Artwork) -> None:
        """Another picture: every view tile is dropped."""
        self._show(self._seen(artwork))

    def _show(self, artwork: Artwork) -> None:
        with self._lock:
            self._shown = artwork
            self._serial += 1
            self._changes.clear()
            self._past.forget()
            for key in self._cache.all_keys():
                if isinstance(key, tuple) and key[0] == "view":
                    self._cache.drop(key)
            self._levels.clear()

    @property
    def shown(self) -> Artwork | None:
        return self._shown

    def cached(self, key: TileKey, level: int) -> ViewTile | None:
        """The view tile as it is, perhaps stale; nothing is drawn."""
        return self._cache.get(("view", level, key))

    def reach(self, artwork: Artwork) -> int:
        """How many pixels around a place its filters read at level 0: what one composed pixel costs grows with its square."""
        return sum(self._reach(layer, 0) for layer in artwork.layers)

    def at_hand(self, artwork: Artwork, x: int, y: int) -> tuple[int, int, int, int] | None:
        """Premultiplied red, green, blue, alpha 0–255, sRGB, as the finest view tile that is there already shows a pixel of
        the document; None where none is, or the canvas shows other colours than the picture's. Nothing is composed."""
        if self._look is not None or self._numbers or artwork is not self._shown:
            return None
        for level in sorted(self._levels):
            column, row = x >> level, y >> level
            tile = self.cached((column // TILE, row // TILE), level)
            if tile is not None and tile.stale.intersect(Rect.of(column, row, 1, 1)).empty:
                blue, green, red, alpha = tile.pixels[row % TILE, column % TILE].tolist()
                return red, green, blue, alpha
        return None

    def view_tile(self, artwork: Artwork, key: TileKey, level: int = 0) -> ViewTile:
        """The tile, drawn now where it is missing or stale. An artwork that is not shown is drawn without the cache."""
        artwork = self._seen(artwork)
        if self._shown is None:
            self._show(artwork)
        if artwork is not self._shown:
            tile = ViewTile(key, level)
            self._fill(tile, artwork, tile.stale, None)
            return tile
        for _ in self.steps(artwork, [key], level):
            pass
        tile = self.cached(key, level)
        assert tile is not None
        return tile

    def update(
        self,
        artwork: Artwork,
        region: Region,
        level: int = 0,
        at_once: int = AT_ONCE,
        committed: Artwork | None = None,
    ) -> Update:
        """Shows ``artwork``, which differs from the one shown only in ``region`` (document pixels, off canvas too).

        Cached tiles of ``level`` are drawn again inside the changed rectangles, grown by the reach of the filters
        above, as long as these have no more than ``at_once`` pixels; other levels only become stale. UI thread.

        ``committed``: the step that the document is at, which undo may come back to; its tiles are put back then.
        """
        old, given, artwork = self._shown, artwork, self._seen(artwork)
        if old is None:
            self._show(artwork)
            return Update((), ())
        lasting = self._look is None and committed is not None and (old is committed or given is committed)
        start = _lowest_change(old, artwork)
        with self._lock:
            self._shown = artwork
            grown = {each: self._grown(region, old, artwork, start, each) for each in self._levels | {level}}
            self._serial += 1
            self._changes.append((self._serial, grown))
            if old is artwork:  # the same picture with a filter's new result
                self._past.forget()
            elif lasting:
                self._past.leave(old, level)
            self._remember(grown[level], level)
            tiles = [tile for each, changed in grown.items() for tile in self._touch(changed, each)]
            back = self._put_back(artwork, [tile for tile in tiles if tile.level == level])
        hint = Hint(region, self._before(old, artwork)) if level else None
        around = _effects_around(old, artwork, level)
        stale = [tile for tile in tiles if tile.level == level and not tile.stale.empty]
        update = self._drawn_now(stale, artwork, hint, at_once, around)
        return Update((*back, *update.drawn), update.waiting)

    def catch_up(self, artwork: Artwork, region: Region, level: int = 0, at_once: int = AT_ONCE) -> Update:
        """What :meth:`update` gives, for a second view of another part or ``level``, after it was called for the first."""
        if artwork is not self._shown or not self._changes:
            return self.update(artwork, region, level, at_once)
        with self._lock:
            grown = self._changes[-1][1].get(level)
            found = {key: self._cache.get(("view", level, key)) for key in grown.parts()} if grown else {}
        parts = grown.parts() if grown else {}
        tiles: list[ViewTile] = [tile for tile in found.values() if tile is not None]
        ready = [Drawn(tile.key, level, parts[tile.key], tile) for tile in tiles if tile.stale.empty]
        update = self._drawn_now([tile for tile in tiles if not tile.stale.empty], artwork, None, at_once)
        return Update((*ready, *update.drawn), update.waiting)

    def _drawn_now(
        self, tiles: list[ViewTile], artwork: Artwork, hint: Hint | None, at_once: int, around: int = 0
    ) -> Update:
        """Draws the stale parts of ``tiles`` unless they are too many pixels for the calling thread, or not in memory.

        ``around``: reach of the effects that are to be made anew; each of their pixels counts for several.
        """
        pixels = sum(tile.stale.width * tile.stale.height for tile in tiles)
        boxes = [tile.stale.grow(around) for tile in tiles] if around else []
        heavy = EFFECT_WEIGHT * sum(box.width * box.height for box in boxes)
        if pixels > self._affordable(at_once) or heavy > at_once:
            return Update((), tuple(tile.key for tile in tiles))
        drawn, began = [], time.perf_counter()
        for index, tile in enumerate(tiles):
            rect = tile.stale
            if rect.empty:  # the render lane drew it in between; it announces it itself
                continue
            try:
                with memory_only():
                    self._fill(tile, artwork, rect, hint)
            except (
                NotRead
            ):  # tiles of an earlier step in the journal, or of a fill by rule: the render lane sees to them
                return Update(tuple(drawn), tuple(one.key for one in tiles[index:] if not one.stale.empty))
            drawn.append(Drawn(tile.key, tile.level, rect, tile))
        if pixels >= ALWAYS_AT_ONCE // 4:  # smaller ones say more about the calls than about the pixels
            self._update_pace += ((time.perf_counter() - began) / pixels - self._update_pace) / 4
        return Update(tuple(drawn), ())

    def _affordable(self, at_once: int) -> int:
        """Pixels that an update may draw itself. What is left to the lane lets the estimate recover."""
        most = AT_ONCE_SECONDS / self._update_pace if self._update_pace else at_once
        if most < at_once:
            self._update_pace *= 0.98
        return min(at_once, max(ALWAYS_AT_ONCE, int(most)))

    def steps(self, artwork: Artwork, keys: Iterable[TileKey], level: int = 0) -> Iterator[Drawn]:
        """Draws missing and stale tiles of the shown picture one by one, yielding each when it is done.

        For the render lane; always draws what is shown at that moment, so ``artwork`` only starts a first showing.
        """
        if self._shown is None:
            self.show(artwork)
        for key in keys:
            tile = self.cached(key, level) or ViewTile(key, level)
            while not tile.stale.empty:
                with self._lock:
                    now, serial, rect, numbers = self._shown, self._serial, tile.stale, self._numbers
                assert now is not None
                began, rect = time.perf_counter(), self._paced(now, rect, level)
                whole = rect == Rect.of_tile(key)
                frame = self._stack(now, rect, level, keep=whole)
                pixels = to_bgra8(_to_be_viewed(now, frame.array, numbers))
                frame.release()
                self._pace = (time.perf_counter() - began) / (rect.width * rect.height)
                tile = self._install(tile, pixels, rect, serial)
                yield Drawn(key, level, rect, tile)

    def _paced(self, artwork: Artwork, rect: Rect, level: int) -> Rect:
        """As many upper rows of ``rect`` as fit one step, judged by the last one; all of it under filters with reach."""
        rows = int(STEP / max(self._pace * rect.width, 1e-9))
        if rows >= rect.height or any(
            self._reach(layer, level) or reach_of_tree(layer, level) for layer in artwork.layers
        ):
            return rect
        return rect._replace(bottom=min(rect.bottom, rect.top + max(32, rows)))

    def _install(self, tile: ViewTile, pixels: np.ndarray, rect: Rect, serial: int) -> ViewTile:
        """Writes what was drawn of the picture of ``serial``, unless newer pixels are shown there already."""
        whole = Rect.of_tile(tile.key)
        key = ("view", tile.level, tile.key)
        with self._lock:
            missed = self._missed(tile, whole, serial)
            if not missed.intersect(rect).empty and self._cache.get(key) is tile:
                return tile
            rest = Rect(
                tile.stale.left, rect.bottom, tile.stale.right, tile.stale.bottom
            )  # rows not drawn yet
            _write(tile, pixels, rect)
            tile.stale = missed.unite(EMPTY if rest.empty else rest)
            self._levels.add(tile.level)
            self._cache.put(key, tile, tile.pixels.nbytes)
        return tile

    def _missed(self, tile: ViewTile, whole: Rect, serial: int) -> Rect:
        """Where ``tile`` was changed after ``serial``; all of it where another picture is shown since."""
        if self._serial > serial and not self._changes:
            return whole
        missed = EMPTY
        for when, grown in reversed(self._changes):
            if when <= serial:
                break
            part = (grown[tile.level].bounds if tile.level in grown else whole).intersect(whole)
            missed = missed.unite(EMPTY if part.empty else part)
        return missed

    def _fill(self, tile: ViewTile, artwork: Artwork, rect: Rect, hint: Hint | None) -> None:
        frame = self._stack(artwork, rect, tile.level, hint, keep=rect == Rect.of_tile(tile.key))
        pixels = to_bgra8(_to_be_viewed(artwork, frame.array, self._numbers))
        frame.release()
        with self._lock:
            _write(tile, pixels, rect)
            tile.stale = EMPTY

    def _touch(self, region: Region, level: int) -> list[ViewTile]:
        """Cached tiles of ``level`` that ``region`` (pixels of that level) touches, marked stale there."""
        touched = []
        for key, part in region.parts().items():
            tile: ViewTile | None = self._cache.get(("view", level, key))
            if tile is not None:
                tile.stale = tile.stale.unite(part)
                touched.append(tile)
        return touched

    def _remember(self, region: Region, level: int) -> None:
        """Keeps the tiles that ``region`` is about to change, where they still show the step that was left."""
        keys = region.parts().keys()
        tiles = ((key, self._cache.get(("view", level, key))) for key in keys)
        valid = [(key, tile.pixels) for key, tile in tiles if tile is not None and tile.stale.empty]
        self._past.keep(level, keys, valid)

    def _put_back(self, artwork: Artwork, tiles: list[ViewTile]) -> list[Drawn]:
        """Those of ``tiles`` that were kept as ``artwork`` shows them, written again where they are stale."""
        drawn = []
        for tile in tiles:
            pixels = self._past.tile(artwork, tile.level, tile.key)
            if pixels is not None:
                rect, whole = tile.stale, Rect.of_tile(tile.key)
                x, y = rect.left - whole.left, rect.top - whole.top
                _write(tile, pixels[y : y + rect.height, x : x + rect.width], rect)
                tile.stale = EMPTY
                drawn.append(Drawn(tile.key, tile.level, rect, tile))
        return drawn

    def _grown(self, region: Region, old: Artwork, new: Artwork, start: int, level: int) -> Region:
        """``region`` in pixels of ``level``, grown by the effects of what changed and the filters from ``start`` up."""
        reach = _effects_around(old, new, level) + sum(
            self._reach(layer, level) for layer in new.layers[start:]
        )
        if len(region) > _SCATTERED or _dense(region):  # its bounds, in a fraction of the time
            grown = Region([region.bounds.at_level(level).grow(reach)])
        else:
            grown = Region(part.at_level(level).grow(reach) for part in region)
        return spread(grown, new.rect.at_level(level), Axes.of(new)) if reach else grown

    def _reach(self, layer: Layer, level: int) -> int:
        if not layer.visible:
            return 0
        if isinstance(layer, Filter):
            return self._filtering.reach(layer, level)
        return sum(self._reach(child, level) for child in children_of(layer))

    def _before(self, old: Artwork, new: Artwork) -> dict[str, Placed]:
        """What the changed layers showed before, by slot."""
        now = {id(layer) for layer in new.walk()}
        found: dict[str, Placed] = {}
        _placed_before(old.layers, now, IDENTITY, self._contents, found)
        return found

    # ---- whole and engine filters

    def whole_jobs(self, artwork: Artwork) -> list[WholeJob]:
        """Results that are due, as work for the render lane. After each, update with the whole canvas as region."""
        self._filtering.forget({layer.id for layer in artwork.walk()})
        return self._whole.due(artwork)

    def whole_result(self, layer: Filter) -> Surface | None:
        """The result that is shown for a whole or engine filter; None for other filters, or where there is none yet."""
        return self._filtering.result_of(layer)

    def pending(self, layer_id: str) -> bool:
        """Whether the shown result of this filter layer is an older one, so that it wants a badge."""
        layer = self._shown.find(layer_id) if self._shown else None
        return (
            isinstance(layer, Filter) and self._shown is not None and self._whole.pending(self._shown, layer)
        )


def _effects_around(old: Artwork, new: Artwork, level: int) -> int:
    """How far the effects of the layers that changed reach, in pixels of ``level``."""
    known = {id(layer) for layer in old.layers}
    return max((reach_of_tree(one, level) for one in new.layers if id(one) not in known), default=0)


def _to_be_viewed(artwork: Artwork, premultiplied: np.ndarray, numbers: bool) -> np.ndarray:
    """Composed pixels as the view's eight bits are to hold them: converted before they are rounded."""
    if numbers:
        return picture.encoded(artwork, premultiplied)
    profile = artwork.colour_space.icc
    return premultiplied if is_srgb(profile) else picture.matrix_to_srgb(premultiplied, profile)


def _write(tile: ViewTile, pixels: np.ndarray, rect: Rect) -> None:
    x, y = rect.left - tile.key[0] * TILE, rect.top - tile.key[1] * TILE
    tile.pixels[y : y + rect.height, x : x + rect.width] = pixels
    tile.version += 1


def _dense(region: Region) -> bool:
    """Whether a region of many parts leaves out next to nothing of its bounds."""
    if len(region) < 16:
        return False
    left, top, right, bottom = region.bounds
    columns = -(-right // TILE) - left // TILE
    return len(region) >= 0.9 * columns * (-(-bottom // TILE) - top // TILE)


def _lowest_change(old: Artwork, new: Artwork) -> int:
    """Index of the first root layer that is not the same in both."""
    pairs = zip(old.layers, new.layers, strict=False)
    return next(
        (i for i, (one, other) in enumerate(pairs) if one is not other), min(len(old.layers), len(new.layers))
    )


def _placed_before(
    layers: Iterable[Layer], now: set[int], outer: Affine, contents: Contents, found: dict[str, Placed]
) -> None:
    for layer in layers:
        if id(layer) in now:
            continue
        source = contents.of(layer, outer)
        if isinstance(source, Placed):
            found[source.slot] = source
        own = compose_transforms(outer, layer.transform)
        if layer.mask is not None:
            found[layer.id + "/mask"] = Placed(layer.id + "/mask", layer.mask, own, None, layer.warp)
        _placed_before(children_of(layer), now, own, contents, found)
