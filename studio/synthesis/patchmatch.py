"""Filling a hole from the rest of the picture: PatchMatch with voting, from coarse to fine.

Barnes, Shechtman, Finkelstein, Goldman, "PatchMatch: a randomized correspondence algorithm for structural image editing",
SIGGRAPH 2009; Wexler, Shechtman, Irani, "Space-time completion of video", PAMI 2007.
"""

from __future__ import annotations

from collections.abc import Generator

import cv2
import msgspec
import numpy as np

from studio.raster import patches
from studio.raster.stopping import heed
from studio.synthesis.inpaint import closed, closing
from studio.synthesis.problems import NO_SOURCE, HealError, check_mask, finite

_PART = 8_000
"""Targets matched in one call: a few hundredths of a second, so that a stop is heard."""
_VOTES = 40_000
_THIN = 5.0
"""A hole no deeper than so many pixels at the coarsest level is guessed from its border."""
_FADE = 1.3
"""Trust in a patch falls by this for each pixel from the border of the hole (Wexler's gamma)."""
_LEAST_SIDE = 16
_RING = 3.0
"""Sigma in pixels by which errors along the border of the hole are smoothed."""


class Guess(msgspec.Struct, frozen=True):
    """A first whole picture while the work goes on: float32 [h, w, 4] like the result, and the part done."""

    pixels: np.ndarray
    done: float


Filling = Generator["float | Guess", None, np.ndarray]
"""Yields the part done, 0–1, and early one :class:`Guess`; returns the picture."""


class _Level(msgspec.Struct):
    """One size of the picture while it is being filled."""

    pixels: np.ndarray
    hole: np.ndarray
    sources: np.ndarray
    radius: int
    places: np.ndarray
    numbers: np.ndarray
    inside: np.ndarray
    trust: np.ndarray


def fill(
    pixels: np.ndarray,
    mask: np.ndarray,
    *,
    sampled: np.ndarray | None = None,
    mirrors: int = 0,
    radius: int = 3,
    rounds: int = 2,
    reach: int = 0,
    seed: int = 0,
) -> Filling:
    """``pixels`` (premultiplied float32 [h, w, 4]) with what ``mask`` marks filled from patches of the rest.

    ``mask`` [h, w]: above ½ is the hole. ``sampled`` [h, w]: above ½ may be taken from; None is everything. ``mirrors``:
    1 takes patches mirrored left to right too, 2 up to down, 3 both. ``radius``: a patch has 2 · radius + 1 pixels a
    side. ``rounds``: of matching and voting on the finest levels; coarser ones take more. ``reach``: how far from the hole
    patches are taken, in pixels; 0 is as far as the hole is large, at least 256. Pixels outside the hole stay as they are,
    bit by bit. Values that are not finite count as 0 or ±65504. Raises HealError for an empty or full mask and where
    nothing may be taken.
    """
    marked = check_mask(pixels, mask)
    allowed = ~marked if sampled is None else ~marked & (sampled > 0.5)
    area = _area(marked, None if sampled is None else allowed, reach)
    yield 0.0
    part, hole, allowed = finite(pixels[area]), marked[area], allowed[area]
    yield 0.0
    if not allowed.any():
        raise HealError(NO_SOURCE)
    levels = yield from _levels(part, hole, allowed, radius)
    found: np.ndarray | None = None
    work = sum(_rounds(index, len(levels), rounds) * len(level.places) for index, level in enumerate(levels))
    done = 0
    shown = False
    for index in range(len(levels) - 1, -1, -1):
        level = levels[index]
        if found is None:
            found = _started(level, seed)
        else:
            found, weights = _finer(level, levels[index + 1], found, seed)
            yield from _voted(level, found, weights, done / work)
        for turn in range(_rounds(index, len(levels), rounds)):
            costs = np.full(len(level.places), np.inf, np.float32)
            yield from _matched(
                level, found, costs, mirrors, seed + 977 * index + 31 * turn, done / work, work
            )
            done += len(level.places)
            last = index == 0 and turn == rounds - 1
            weights = _weights(level, costs, last)
            yield from _voted(level, found, weights, min(done / work, 1.0))
            if last and sampled is None:
                yield from _met(level, found, weights)
        if not shown and index > 0 and len(levels[index - 1].inside) > 4000:
            shown = True
            yield Guess(_put(pixels, area, hole, level.pixels, 1 << index), done / work)
    return _put(pixels, area, hole, levels[0].pixels, 1)


def _area(marked: np.ndarray, allowed: np.ndarray | None, reach: int) -> tuple[slice, slice]:
    """The part of the picture that is looked at: around the hole, and around what is sampled."""
    height, width = marked.shape
    left, top, across, down = cv2.boundingRect(marked.astype(np.uint8))
    wide = reach or max(across, down, 256)
    first = [max(0, top - wide), max(0, left - wide)]
    end = [min(height, top + down + wide), min(width, left + across + wide)]
    if allowed is not None and not reach and allowed.any():
        left, top, across, down = cv2.boundingRect(allowed.astype(np.uint8))
        first = [min(first[0], top), min(first[1], left)]
        end = [max(end[0], top + down), max(end[1], left + across)]
    return slice(first[0], end[0]), slice(first[1], end[1])


def _rounds(index: int, count: int, rounds: int) -> int:
    """Rounds of matching and voting: many where a level is small, few where it is large."""
    return rounds if index == 0 else rounds + 2 + 2 * index + (6 if index == count - 1 else 0)


def _levels(
    pixels: np.ndarray, hole: np.ndarray, allowed: np.ndarray, radius: int
) -> Generator[float, None, list[_Level]]:
    """From full size down until the hole is thin; the coarsest one starts from a guess of its border."""
    levels = [_level(pixels, hole, allowed, radius)]
    yield 0.0
    while (
        _depth(hole) > _THIN
        and min(hole.shape) >= 2 * _LEAST_SIDE
        and (smaller := _halved(pixels, hole, allowed))[2].sum() >= 4 * (2 * radius + 1) ** 2
    ):
        pixels, hole, allowed = smaller
        yield 0.0
        levels.append(_level(pixels, hole, allowed, radius))
    return levels


def _depth(hole: np.ndarray) -> float:
    """How far the innermost pixel is from the border."""
    return float(cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 3).max())


def _halved(
    pixels: np.ndarray, hole: np.ndarray, allowed: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Half the size: means of the known pixels of each 2×2; a pixel is of the hole if one of the four is."""
    height, width = hole.shape
    edges = (0, height % 2, 0, width % 2, cv2.BORDER_REPLICATE)
    known = cv2.copyMakeBorder((~hole).astype(np.float32), *edges)
    heed()
    whole = cv2.copyMakeBorder(pixels, *edges)
    heed()
    whole *= known[..., None]
    heed()
    size = (known.shape[1] // 2, known.shape[0] // 2)
    part = cv2.resize(known, size, interpolation=cv2.INTER_AREA)
    mean = cv2.resize(whole, size, interpolation=cv2.INTER_AREA)
    heed()
    mean /= np.maximum(part, 0.25)[..., None]
    heed()
    taken = cv2.copyMakeBorder(allowed.astype(np.float32), *edges)
    return mean, part < 0.99, cv2.resize(taken, size, interpolation=cv2.INTER_AREA) > 0.99


def _level(pixels: np.ndarray, hole: np.ndarray, allowed: np.ndarray, radius: int) -> _Level:
    height, width = hole.shape
    radius = min(radius, (min(height, width) - 1) // 2)
    while True:
        side = np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)
        sources = cv2.erode(allowed.astype(np.uint8), side, borderType=cv2.BORDER_CONSTANT, borderValue=0)
        if radius == 0 or sources.any():
            break
        radius -= 1
    heed()
    targets = cv2.dilate(hole.astype(np.uint8), side) > 0
    heed()
    places = patches.places_of(targets)
    numbers = np.full((height, width), -1, np.int32)
    numbers[targets] = np.arange(len(places), dtype=np.int32)
    heed()
    deep = cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 3)
    trust = np.power(_FADE, -np.minimum(deep[targets], 40.0)).astype(np.float32)
    heed()
    own = patches.aligned((height, width, 4))
    own[:] = pixels
    return _Level(
        own, hole, np.ascontiguousarray(sources), radius, places, numbers, patches.places_of(hole), trust
    )


def _started(level: _Level, seed: int) -> np.ndarray:
    """The coarsest hole smoothly closed, and for each target a source by chance."""
    level.pixels[:] = closed(level.pixels, level.hole)
    places = patches.places_of(level.sources > 0)
    chosen = places[np.random.Generator(np.random.Philox(seed)).integers(len(places), size=len(level.places))]
    return np.ascontiguousarray(np.concatenate((chosen, np.zeros((len(chosen), 1), np.int32)), 1))


def _voted(
    level: _Level, found: np.ndarray, weights: np.ndarray, done: float
) -> Generator[float, None, None]:
    """The hole filled by what the patches say: no patch reads what another one wrote."""
    parts = []
    for first in range(0, len(level.inside), _VOTES):
        places = level.inside[first : first + _VOTES]
        parts.append(patches.vote(level.pixels, level.radius, places, level.numbers, found, weights))
        yield done
    x, y = level.inside[:, 0].astype(np.int64), level.inside[:, 1]
    level.pixels.reshape(-1, 4)[y * level.hole.shape[1] + x] = np.concatenate(parts)


def _met(level: _Level, found: np.ndarray, weights: np.ndarray) -> Generator[float, None, None]:
    """The filled colours moved so that they meet the border: plus the soap film of how far the patches are wrong there.

    Patches also vote on known pixels around the hole, where the truth is known (Pérez, Gangnet, Blake, Poisson image
    editing, 2003, in its membrane form); a patch that repeats exactly is not moved.
    """
    margin = level.radius + round(3 * _RING)
    rows, columns = np.flatnonzero(level.hole.any(1)), np.flatnonzero(level.hole.any(0))
    box = (
        slice(max(0, int(rows[0]) - margin), int(rows[-1]) + 1 + margin),
        slice(max(0, int(columns[0]) - margin), int(columns[-1]) + 1 + margin),
    )
    hole = level.hole[box]
    side = 2 * level.radius + 1
    ring = (cv2.dilate(hole.astype(np.uint8), np.ones((side, side), np.uint8)) > 0) & ~hole
    if not ring.any():
        return
    heed()
    places = patches.places_of(ring) + np.array([box[1].start, box[0].start], np.int32)
    said = patches.vote(level.pixels, level.radius, places, level.numbers, found, weights)
    yield 1.0
    heed()
    known = ring.astype(np.float32)
    wrong = np.zeros((*ring.shape, 4), np.float32)
    wrong[ring] = level.pixels[box][ring] - said
    near = cv2.GaussianBlur(known, (0, 0), _RING)
    heed()
    smooth = cv2.GaussianBlur(wrong, (0, 0), _RING)
    heed()
    smooth /= np.maximum(near, 1e-3)[..., None]
    yield 1.0
    film = yield from closing(np.where(ring[..., None], smooth, np.float32(0)), ~ring)
    heed()
    moved = level.pixels[box][hole] + film[hole]
    heed()
    moved[:, 3] = np.clip(moved[:, 3], 0, 1)
    moved[:, :3] = np.maximum(moved[:, :3], np.minimum(level.pixels[box][hole][:, :3], 0))
    level.pixels[box][hole] = moved
    yield 1.0


def _finer(level: _Level, coarse: _Level, found: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The coarser level's matches at twice the size, and how much each counts."""
    height, width = coarse.hole.shape
    x, y = level.places[:, 0], level.places[:, 1]
    number = coarse.numbers[np.minimum(y // 2, height - 1), np.minimum(x // 2, width - 1)]
    known = number >= 0
    before = found[np.maximum(number, 0)]
    mirror = before[:, 2]
    across, down = x % 2, y % 2
    sx = 2 * before[:, 0] + np.where(mirror & 1, 1 - across, across)
    sy = 2 * before[:, 1] + np.where(mirror & 2, 1 - down, down)
    tall, wide = level.hole.shape
    inside = known & (sx < wide) & (sy < tall)
    good = inside & (level.sources[np.where(inside, sy, 0), np.where(inside, sx, 0)] > 0)
    result = np.ascontiguousarray(np.stack((sx, sy, mirror), 1).astype(np.int32))
    lost = np.flatnonzero(~good)
    if len(lost):
        places = patches.places_of(level.sources > 0)
        chosen = np.random.Generator(np.random.Philox(seed + 1)).integers(len(places), size=len(lost))
        result[lost] = np.pad(places[chosen], ((0, 0), (0, 1)))
    weights = np.where(good, level.trust, 1e-6).astype(np.float32)
    return result, weights


def _matched(
    level: _Level, found: np.ndarray, costs: np.ndarray, mirrors: int, seed: int, before: float, work: int
) -> Generator[float, None, None]:
    """One pass there and one back; yields the part done."""
    count = len(level.places)
    reach = max(level.hole.shape)
    for back in (False, True):
        for first in range(0, count, _PART):
            end = min(first + _PART, count)
            part = (count - first, count - end) if back else (first, end)
            patches.match(
                level.pixels, level.sources, level.radius, level.places, level.numbers, found, costs, part,
                mirrors=mirrors, reach=reach, seed=2 * seed + back, fresh=not back,
            )  # fmt: skip
            yield min(1.0, before + (end + back * count) / (2 * work))


def _weights(level: _Level, costs: np.ndarray, last: bool) -> np.ndarray:
    """How much each patch counts: e^(−cost / 2σ²), σ² the third quartile of all costs, by the trust in its place."""
    sigma = max(float(np.quantile(costs, 0.75)), 1e-9)
    sharper = 4.0 if last else 1.0
    return (level.trust * np.exp(-np.minimum(costs * (sharper / (2 * sigma)), 40.0)) + 1e-12).astype(
        np.float32
    )


def _put(
    pixels: np.ndarray, area: tuple[slice, slice], hole: np.ndarray, level: np.ndarray, times: int
) -> np.ndarray:
    """A copy of ``pixels`` whose hole is that of a level, enlarged ``times``."""
    heed()
    result = pixels.copy()
    heed()
    left, top, across, down = cv2.boundingRect(hole.astype(np.uint8))
    x, y = left // times, top // times
    part = level[y : -(-(top + down) // times), x : -(-(left + across) // times)]
    if times > 1:
        size = (part.shape[1] * times, part.shape[0] * times)
        part = cv2.resize(part, size, interpolation=cv2.INTER_CUBIC)
    spot = (slice(top, top + down), slice(left, left + across))
    new = part[top - y * times :, left - x * times :][:down, :across]
    np.copyto(result[area][spot], new, where=hole[spot][..., None])
    return result
