"""A stroke: dabs laid on a layer or a mask.

What dabs build up is kept in float32 planes and laid over the base only where it changed; so slow build-up loses nothing
to half-float rounding, and the same samples give the same pixels however often the result was asked for.
"""

from __future__ import annotations

import hashlib
import math
import struct
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from studio.raster import building, laying, toning
from studio.raster.brush import Brush, checked
from studio.raster.building import Built, Colour
from studio.raster.colour import as_type, widen
from studio.raster.dab import Dab, Dabs
from studio.raster.geometry import Rect, Region, TileKey
from studio.raster.hand import Sample
from studio.raster.lattice import Lattice
from studio.raster.laying import Blend, Laying
from studio.raster.mask import Mask
from studio.raster.mixing import Mixing
from studio.raster.path import Path
from studio.raster.plane import Wrap, slices
from studio.raster.stamp import Print, Stamps
from studio.raster.surface import Surface, TileGrid
from studio.raster.symmetry import IDENTITY, Affine, moved
from studio.raster.tile import Tile
from studio.raster.together import Together, together
from studio.raster.wet import Effect, Source, Wet
from studio.raster.wet_native import settle

_GROUP = 128
"""Pixels of path whose dabs are reported as one rectangle."""
_AROUND = 64
"""Pixels around a dab that it reads at most."""
_NOTHING, _LATER = Rect(0, 0, 0, 0), Rect(0, 0, 0, 0)
_ROWS = 64
"""Rows of a tile merged at once: what stays in the cache."""


class Stroke:
    """One stroke over a layer's surface (or, by :meth:`on_mask`, over a mask), in that layer's pixels.

    ``colour``: straight encoded (r, g, b) or (r, g, b, a), 0–1. ``selection``: None is all. ``alpha_lock`` keeps the
    base's alpha; an erasing stroke then changes nothing. ``erase``: as the brush's mode erase. ``seed``: of what is random,
    else made from the first sample, so that recorded samples replay identically. ``images``: maps to the stroke's
    symmetric copies, the identity first. ``wrap``: a tiling picture, ``lattice`` the
    same where its edges are not along the layer's pixels. ``source``: what a clone, smudge or blur brush takes
    from instead of the base; a clone takes it at ``offset`` from where it paints. ``effect`` changes the pixels under each
    dab, ``blend`` those under the whole stroke by its coverage; either replaces what the brush's mode does. ``below``: what is seen under the base, of which ``blend`` changes the colours
    then. A brush that
    dodges, burns or sponges does so as :func:`toning.usual` where no ``blend`` says how. ``stamps``: of an earlier stroke
    with the same tip.
    ``deferred``: dabs of a brush that takes along what it goes over are not computed as samples come but by :meth:`lay`, in
    the time it is given, part by part; the result is the same. ``ready``: whether what is read for a rectangle, or around it
    by a dab, can be had at once; a deferred stroke that is not finished waits for it.
    Nothing that was handed out is written again.
    """

    def __init__(
        self,
        brush: Brush,
        colour: Colour,
        base: Surface,
        selection: Mask | None = None,
        alpha_lock: bool = False,
        erase: bool | None = None,
        *,
        seed: int | None = None,
        images: Sequence[Affine] = (),
        wrap: Wrap | None = None,
        source: Source | None = None,
        offset: tuple[int, int] = (0, 0),
        effect: Effect | None = None,
        blend: Blend | None = None,
        below: Source | None = None,
        lattice: Lattice | None = None,
        stamps: Stamps | None = None,
    ) -> None:
        erase = brush.mode == "erase" if erase is None else erase
        self._start(brush, base, selection, seed, images, wrap, stamps, lattice)
        tint = 1.0 if erase or len(colour) < 4 else colour[3]
        if blend is None and effect is None and not erase:
            blend = toning.usual(brush.mode)
        if effect is not None or (brush.mode in ("smudge", "blur") and not erase and blend is None):
            self._wet = Wet(
                brush, base, selection=selection, alpha_lock=alpha_lock, wrap=wrap, source=source, effect=effect,
                opacity=brush.opacity * tint,
            )  # fmt: skip
        else:
            plain = erase or blend is not None
            self._build = building.coverage(brush) if plain else self._built(colour, source)
            self._together = together(brush, self._build, self.stamps)
            if plain:
                self._laying = laying.erasing if blend is None else laying.by_tool(blend, below)
            elif brush.mode == "clone":
                self._laying = building.cloned(source or base.read, offset, brush.blend, alpha_lock)
            else:
                self._laying = building.painted(self._build, colour, brush.blend, alpha_lock)
            self._opacity *= tint
        self._only_where_tiles = alpha_lock or erase or (blend is not None and below is None)
        if alpha_lock and erase:
            self._opacity = 0.0

    @classmethod
    def on_mask(
        cls,
        brush: Brush,
        value: float,
        mask: Mask,
        selection: Mask | None = None,
        *,
        seed: int | None = None,
        images: Sequence[Affine] = (),
        wrap: Wrap | None = None,
        offset: tuple[int, int] = (0, 0),
        blend: Blend | None = None,
        lattice: Lattice | None = None,
    ) -> Stroke:
        """A stroke that draws ``value`` 0–1 into a mask (or smudges, blurs, clones it, or does as ``blend`` says); its result is
        :meth:`mask`."""
        stroke = cls.__new__(cls)
        stroke._start(brush, mask, selection, seed, images, wrap, lattice=lattice)
        if brush.mode in ("smudge", "blur") and blend is None:
            stroke._wet = Wet(brush, mask, selection=selection, wrap=wrap, opacity=brush.opacity)
        else:
            stroke._build = building.coverage(brush)
            stroke._together = together(brush, stroke._build, stroke.stamps)
            stroke._laying = laying.mask_value(value)
            if blend is not None:
                stroke._laying = laying.by_tool(blend)
            elif brush.mode == "clone":
                stroke._laying = laying.mask_from(mask, offset)
        return stroke

    def _start(
        self,
        brush: Brush,
        base: TileGrid,
        selection: Mask | None,
        seed: int | None,
        images: Sequence[Affine],
        wrap: Wrap | None,
        stamps: Stamps | None = None,
        lattice: Lattice | None = None,
    ) -> None:
        self.brush = checked(brush)
        self._base = base
        self._selection = selection
        self._seed = seed
        self._images = [image for image in images if image != IDENTITY]
        self._wrap = wrap
        self._lattice = lattice
        self._opacity = brush.opacity
        self._path: Path | None = None
        self._last = Sample(0.0, 0.0)
        flow = None if brush.tip == "ink" or _takes_along(brush) or _varies(brush) else brush.flow
        self.stamps = stamps if stamps is not None and stamps.suits(brush, flow) else Stamps(brush, flow)
        self._build: Built | None = None
        self._wet: Wet | None = None
        self._together: Together | None = None
        self._laying: Laying = laying.erasing
        self._only_where_tiles = False
        self.deferred = False
        self.ready: Callable[[Rect], bool] | None = None
        self._ending = False
        self._queue: deque[_Queued] = deque()
        self._waiting: dict[TileKey, Rect] = {}
        self._changed: dict[TileKey, Tile | None] = {}
        self._result: TileGrid = base

    def _built(self, colour: Colour, source: Source | None) -> Built:
        if self.brush.mode != "paint":
            return building.coverage(self.brush)
        return building.painting(
            self.brush, colour, self._base, coloured=self.stamps.coloured, wrap=self._wrap, source=source
        )

    @property
    def _whole(self) -> Wet | Mixing | None:
        """What takes dabs whole, also over the edge of a tiling picture, and carries paint along."""
        return self._build if isinstance(self._build, Mixing) else self._wet

    def add(
        self,
        x: float,
        y: float,
        pressure: float | None = None,
        t: float = 0.0,
        tilt_x: float = 0.0,
        tilt_y: float = 0.0,
        rotation: float = 0.0,
    ) -> Region:
        """Takes one pointer sample; returns what it drew, in layer pixels.

        ``pressure`` 0–1, or None for a device without it (speed then makes it, as far as the brush says); ``t`` in seconds;
        tilt and the pen's rotation in degrees. The curve is drawn up to the sample before, because its bend depends on the
        next one; :meth:`finish` draws the rest.
        """
        sample = Sample(x, y, pressure, t, tilt_x, tilt_y, rotation)
        if self._path is None:
            self._path = Path(self.brush, _seed_of(sample) if self._seed is None else self._seed)
        self._last = sample
        return self._draw(self._path.add(sample))

    def extend(self, samples: Sequence[Sample]) -> Region:
        """Takes several samples at once, several times faster: as :meth:`add` for each, but for rounding."""
        if not samples:
            return Region()
        if self._path is None:
            self._path = Path(self.brush, _seed_of(samples[0]) if self._seed is None else self._seed)
        self._last = samples[-1]
        return self._draw(self._path.extend(samples))

    @property
    def place(self) -> tuple[float, float] | None:
        """Where the steadied brush is, which may lie behind the pen."""
        return self._path.place if self._path is not None else None

    def tick(self, t: float) -> Region:
        """Time passes with the pen at rest: an airbrush goes on, a delayed stabiliser catches up."""
        return self.add(*self._last._replace(t=t)) if self._path is not None else Region()

    def end(self) -> Region:
        """Draws the rest of the curve, up to the last sample: there comes none any more."""
        if self._ending or self._path is None:
            return Region()
        self._ending = True
        return self._draw(self._path.finish())

    def finish(self) -> Region:
        """Draws the rest of the curve, lays all, and drops tiles that became empty."""
        region = self.end()
        self._ending = True
        region = region.unite(self.lay())
        for key, tile in self._changed.items():
            if tile is not None and not _differs(tile.pixels(), self._base.default):
                self._changed[key] = None
        self._result = _replaced(self._base, self._changed)
        return region

    def compute(self, seconds: float) -> bool:
        """Works on dabs that wait, at least a step and until the seconds are over; whether some still do. Nothing is laid."""
        self._wait_for(self._computed(time.perf_counter() + seconds))
        return self.behind

    def lay(self, seconds: float | None = None) -> Region:
        """Lays what was drawn on the base: tiles touched since the last time are made anew. Returns what was laid.

        With ``seconds`` it stops when they are over, at least one tile further; the rest waits for the next call.
        """
        start = time.perf_counter()
        self._wait_for(self._computed(None if seconds is None else start + seconds / 2))
        end = None if seconds is None else start + seconds
        laid: list[Rect] = []
        while self._waiting and not (laid and end is not None and time.perf_counter() > end):
            found = next((part for part in self._waiting.items() if self._can_read(part[1])), None)
            if found is None:
                break
            key, rect = found
            tile = self._merged(key, rect)
            del self._waiting[key]  # only now: where the memory failed it is laid later
            laid.append(rect)
            if tile is not None:
                self._changed[key] = tile
        if laid:
            self._result = _replaced(self._base, self._changed)
        return Region(laid)

    @property
    def behind(self) -> bool:
        """Whether dabs wait to be computed."""
        return bool(self._queue)

    @property
    def left(self) -> int:
        """Pixels of dabs to be computed and of tiles to be laid, about."""
        queue = list(self._queue)  # samples are added meanwhile in another thread
        dabs = sum(queued.pixels for queued in queue)
        return dabs + sum(rect.width * rect.height for rect in self._waiting.values())

    @property
    def result(self) -> TileGrid:
        """The base with the stroke as far as it was laid."""
        return self._result

    def surface(self) -> Surface:
        """The base with the stroke so far."""
        self.lay()
        assert isinstance(self._result, Surface)
        return self._result

    def mask(self) -> Mask:
        """The mask with the stroke so far."""
        self.lay()
        assert isinstance(self._result, Mask)
        return self._result

    def _draw(self, pieces: list[Dabs]) -> Region:
        rects: list[Rect] = []
        for dabs in pieces:
            rects += self._repeated(dabs, 0)
            for index, image in enumerate(self._images):
                rects += self._repeated(moved(dabs, image), index + 1)
        if not self.deferred:
            rects += self._computed(None)
        return self._wait_for(rects)

    def _computed(self, end: float | None) -> list[Rect]:
        """Works on dabs that wait, until the clock shows ``end``, at least one step; what those done have touched."""
        touched: list[Rect] = []
        while self._queue:
            rect = next(self._queue[0].steps, _NOTHING)
            if rect is _LATER:
                break
            if rect is _NOTHING:
                self._queue.popleft()
            elif rect is not None:
                touched.append(rect)
            if end is not None and time.perf_counter() > end:
                break
        return _grouped(touched)

    def _wait_for(self, rects: list[Rect]) -> Region:
        """Tiles in ``rects`` are made anew by the next :meth:`lay`."""
        region = Region(rects)
        for key, rect in region.parts().items():
            waiting = self._waiting.get(key)
            self._waiting[key] = rect if waiting is None else rect.unite(waiting)
        return region

    def _repeated(self, dabs: Dabs, image: int) -> list[Rect]:
        """Lays the dabs wherever a picture that repeats shows them."""
        if self._whole is not None:
            each = dabs.each()
            queued = _Queued(sum(map(_area, each)))
            queued.steps = self._whole_dabs(self._whole, each, image, queued)
            self._queue.append(queued)
            return []
        if self._lattice is None:
            return self._laid(dabs)
        return [rect for copies in self._lattice.copies(dabs) for rect in self._laid(copies)]

    def _whole_dabs(
        self, whole: Wet | Mixing, dabs: list[Dab], image: int, queued: _Queued
    ) -> Iterator[Rect | None]:
        """Computes the dabs in steps: yields None after each of them, and after each dab what it touched."""
        for dab in dabs:
            if self._lattice is not None:
                around = self._lattice.around(dab)
                laid = [(one, *self._print(one)) for one in around.dabs]
                yield from whole.repeated(around, laid, image)
                queued.pixels -= _area(dab)
                yield from (rect for _, _, rect in laid)
                continue
            printed, rect = self._print(dab)
            while not self._can_read(rect.grow(_AROUND)):
                yield _LATER
            yield from whole.steps(dab, printed, rect, image)
            queued.pixels -= _area(dab)
            if self._wrap is None or self._wrap.rect.contains(rect):
                yield rect
            else:
                yield from (piece for piece, _, _ in self._wrap.inside(rect))

    def _print(self, dab: Dab) -> tuple[Print, Rect]:
        """What the dab prints, and where."""
        printed, left, top = self.stamps.at(dab)
        return printed, Rect.of(left, top, printed.cover.shape[1], printed.cover.shape[0])

    def _can_read(self, rect: Rect) -> bool:
        return self.ready is None or self._ending or not self.deferred or self.ready(rect)

    def _laid(self, dabs: Dabs) -> list[Rect]:
        """Lays the dabs; rectangles that hold what they touched."""
        assert self._build is not None and not isinstance(self._build, Mixing)
        if self._wrap is not None:
            return [piece for dab in dabs.each() for piece in self._laid_wrapped(dab, self._wrap)]
        alike = not isinstance(dabs.roundness, np.ndarray)  # but for copies of a bent layer's dabs
        if self._together is not None and alike and (many := self._together.of(dabs)):
            return [rect for part in many for rect in self._together.lay(part)]
        rects: list[Rect] = []
        stamp, build = self.stamps.at, self._build
        # as numbers: a small dab costs less than a rectangle made of it
        left = top = right = bottom = across = down = 0
        for dab in dabs.each():
            printed, x, y = stamp(dab)
            height, width = printed.cover.shape
            rect = Rect(x, y, x + width, y + height)
            build.lay(dab, printed, rect)
            if across and (
                max(right, x + width) - min(left, x) <= across
                and max(bottom, y + height) - min(top, y) <= down
            ):
                left, top = min(left, x), min(top, y)
                right, bottom = max(right, x + width), max(bottom, y + height)
                continue
            if across:
                rects.append(Rect(left, top, right, bottom))
            left, top, right, bottom = x, y, x + width, y + height
            across, down = width + _GROUP, height + _GROUP
        return [*rects, Rect(left, top, right, bottom)] if across else rects

    def _laid_wrapped(self, dab: Dab, wrap: Wrap) -> list[Rect]:
        assert self._build is not None and not isinstance(self._build, Mixing)
        printed, rect = self._print(dab)
        pieces = [(rect, 0, 0)] if wrap.rect.contains(rect) else wrap.inside(rect)
        for piece, x, y in pieces:
            where = (slice(y, y + piece.height), slice(x, x + piece.width))
            self._build.lay(dab, printed.cut(where), piece)
        return [piece for piece, _, _ in pieces]

    def _merged(self, key: TileKey, rect: Rect) -> Tile | None:
        """A new tile with the stroke in ``rect``, or None where it changes nothing."""
        old = self._base.tile(key)
        if old is None and self._only_where_tiles:
            return None
        last, whole = self._changed.get(key) or old, Rect.of_tile(key)
        if self._wet is not None:
            return self._settled(self._wet, key, last, rect)
        pixels: np.ndarray | None = None
        for top in range(rect.top, rect.bottom, _ROWS):
            strip = Rect(rect.left, top, rect.right, min(top + _ROWS, rect.bottom))
            cover = self._covered(strip)
            if pixels is None and last is old and not cover.any():
                continue
            if pixels is None:
                pixels = self._base.blank() if last is None else last.pixels().copy()
            where = slices(strip, whole)
            self._write(pixels[where], None if old is None else old.pixels()[where], cover, strip)
        return None if pixels is None else Tile(pixels)

    def _settled(self, wet: Wet, key: TileKey, last: Tile | None, rect: Rect) -> Tile | None:
        """As :meth:`_merged` of what a wet brush left; ``last``: the tile so far."""
        pixels = self._base.blank() if last is None else last.pixels().copy()
        there = pixels[slices(rect, Rect.of_tile(key))]
        return Tile(pixels) if settle(there, wet.pixels(rect)) else None

    def _write(self, target: np.ndarray, old: np.ndarray | None, cover: np.ndarray, rect: Rect) -> None:
        """Draws what is covered into a part of a tile; ``old``: what the base has there, None for nothing."""
        if isinstance(self._laying, laying.Direct):
            self._laying.into(target, old, cover, rect)
            return
        source = self._base.blank(rect.width, rect.height) if old is None else old
        target[...] = as_type(self._laying(widen(source), cover, rect), target.dtype)

    def _covered(self, rect: Rect) -> np.ndarray:
        """float32 [h, w] 0–1: what the stroke covers in ``rect``, with opacity and selection."""
        assert self._build is not None
        result = self._build.cover(rect)
        if self._opacity != 1:
            result *= np.float32(self._opacity)
        if self._selection is not None:
            result *= widen(self._selection.read(rect))
        return result


class _Queued:
    """Dabs that wait: the steps that compute them, and how many pixels are left, about. Only whoever computes changes that, so
    that it comes to nothing also where samples are added in another thread, or where the memory fails."""

    def __init__(self, pixels: int) -> None:
        self.pixels = pixels
        self.steps: Iterator[Rect | None] = iter(())


def _area(dab: Dab) -> int:
    return math.ceil(2 * dab.radius + 1) ** 2


def _grouped(rects: list[Rect]) -> list[Rect]:
    """Those that follow each other closely as one."""
    found: list[Rect] = []
    for rect in rects:
        both = found[-1].unite(rect) if found else rect
        if found and both.width <= rect.width + _GROUP and both.height <= rect.height + _GROUP:
            found[-1] = both
        else:
            found.append(rect)
    return found


def _takes_along(brush: Brush) -> bool:
    return brush.mode in ("smudge", "blur") or (brush.mode == "paint" and brush.smudge > 0)


def _varies(brush: Brush) -> bool:
    """Whether the flow is another from dab to dab."""
    each = ("flow", "texture", "texture_scale")
    return brush.jitter_flow > 0 or any(one.parameter in each for one in brush.dynamics)


def _seed_of(sample: Sample) -> int:
    packed = struct.pack("<3d", sample.x, sample.y, sample.t)
    return int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest(), "little")


def _differs(pixels: np.ndarray, default: float) -> bool:
    if default == 0.0:
        return bool(pixels.view(np.uint64).any())
    return bool((pixels != pixels.dtype.type(default)).any())


def _replaced(base: TileGrid, changed: Mapping[TileKey, Tile | None]) -> TileGrid:
    assert isinstance(base, Surface | Mask)
    return base.replace(changed) if changed else base
