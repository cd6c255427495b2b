"""Distortions of a picture as a whole, part by part: each part reads only what of the picture it shows.

A distortion says where colours come from (:class:`Bend`). Parts that would read very much are cut into smaller ones, so that
the memory needed does not grow with the picture. What lies beyond an edge is laid around what is read; so a part is bit for
bit that of the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import cv2
import msgspec
import numpy as np

from studio.filters.around import settled
from studio.filters.kind import Held, Picture, Piece, Pieces, Place, StepFunction, Steps, StreamFunction
from studio.filters.planes import finite
from studio.filters.sampling import (
    FARTHEST,
    METHODS,
    STEPS,
    Edge,
    Sampling,
    Where,
    cut_cubic,
    resampling,
)
from studio.raster.geometry import Rect
from studio.raster.strips import PROCESSORS, in_turn

SIDE = 256
"""Pixels of the side of a part."""
MOST = 1 << 18
"""Pixels that are read at most for one part."""
LEAST = 16
"""Pixels of the side of a part that is not cut any smaller; what it reads lies in several places."""
_AROUND = 3
"""Pixels next to a place that interpolation may look at, and one more."""


class Bend(msgspec.Struct, frozen=True):
    """A distortion: ``where`` colours come from, what lies beyond the edge, and how it is read between pixels.

    ``gain``: from the places x [1, w], y [h, 1] of the result in level-0 pixels to what its colours are multiplied with.
    """

    where: Where
    edge: Edge
    sampling: Sampling
    gain: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None


BendOf = Callable[[Any, Place], Bend | None]
"""None where nothing is bent."""


def around(bend_of: BendOf) -> StepFunction:
    """A distortion of finite reach, of pixels in memory."""

    def stepwise(pixels: np.ndarray, parameters: Any, place: Place) -> Steps:
        bend = bend_of(parameters, place)
        if bend is None:
            return settled(pixels).copy()
        return (yield from resampling(pixels, place, bend.where, bend.edge, bend.sampling))

    return stepwise


def streamed(bend_of: BendOf) -> StreamFunction:
    """A distortion of a whole picture, part by part."""

    def prepared(parameters: Any, place: Place) -> PartOf:
        bend = bend_of(parameters, place)
        return lambda picture, part: _pieces(picture, place, bend, part)

    return in_parts(prepared)


PartOf = Callable[[Picture, Rect], Iterable[Piece]]
"""What a part of the result is made of, from the picture; from any thread."""


def in_parts(prepared: Callable[[Any, Place], PartOf]) -> StreamFunction:
    """A filter of a whole picture that makes each part of its result by itself, in small squares."""

    def stream(picture: Picture, parameters: Any, place: Place) -> Pieces:
        work = prepared(parameters, place)
        parts = [
            Rect(left, top, left + SIDE, top + SIDE).intersect(place.rect)
            for top in range(place.rect.top, place.rect.bottom, SIDE)
            for left in range(place.rect.left, place.rect.right, SIDE)
        ]
        made: list[Piece] = []

        def one(part: Rect) -> None:
            made.extend(work(picture, part))

        for _ in in_turn(one, parts, 1, PROCESSORS):
            yield None
            while made:
                yield made.pop()

    return stream


def bent(picture: Picture, place: Place, bend: Bend, part: Rect) -> np.ndarray:
    """One part of a bent picture, float32 [h, w, 4]."""
    out = Held(np.empty((part.height, part.width, 4), np.float32), part)
    for rect, pixels in _pieces(picture, place, bend, part):
        out.read(rect)[...] = pixels
    return out.pixels


def _pieces(picture: Picture, place: Place, bend: Bend | None, part: Rect) -> Iterator[Piece]:
    if bend is None:
        yield part, settled(picture.read(part)).copy()
        return
    inside = picture.rect if place.canvas is None else picture.rect.intersect(place.canvas)
    if inside.empty:
        yield part, picture.read(part).copy()
        return
    scale = float(1 << place.level)
    x = (np.arange(part.left, part.right, dtype=np.float64)[None] + 0.5) * scale
    y = (np.arange(part.top, part.bottom, dtype=np.float64)[:, None] + 0.5) * scale
    wholes, rests = zip(
        *(
            _divided(values, (part.height, part.width), scale, first, last, bend.edge)
            for values, first, last in zip(
                bend.where(x, y), (inside.left, inside.top), (inside.right, inside.bottom), strict=True
            )
        ),
        strict=True,
    )
    if _area(_box(wholes, inside)) > MOST and max(part.width, part.height) > LEAST:
        for quarter in _quarters(part):
            yield from _pieces(picture, place, bend, quarter)
        return
    made = _taken(picture, inside, bend, wholes, rests).reshape(part.height, part.width, 4)
    if bend.sampling == "cubic":
        cut_cubic(made)
    if bend.gain is not None:
        made[..., :3] *= bend.gain(x, y)[..., None]
    yield part, made


def _box(wholes: Sequence[np.ndarray], inside: Rect) -> Rect:
    """What is looked at for these places."""
    left, top = int(wholes[0].min()) - 1, int(wholes[1].min()) - 1
    # Half way between two pixels the nearest is the even one: so counted from the box as from the picture.
    left, top = left - (left - inside.left) % 2, top - (top - inside.top) % 2
    return Rect(left, top, int(wholes[0].max()) + _AROUND, int(wholes[1].max()) + _AROUND)


def _area(box: Rect) -> int:
    return box.width * box.height


def _taken(
    picture: Picture, inside: Rect, bend: Bend, wholes: Sequence[np.ndarray], rests: Sequence[np.ndarray]
) -> np.ndarray:
    """The colours at places [h, w]. Where a few of them lie far from each other, as on both sides of a seam, those that lie
    together are taken together."""
    box = _box(wholes, inside)
    if _area(box) > MOST and wholes[0].size > 1:
        axis = int(box.height > box.width)
        low = wholes[axis] < (wholes[axis].min() + wholes[axis].max()) / 2
        if low.any():
            out = np.empty((*low.shape, 4), np.float32)
            for chosen in (low, ~low):
                few = [[one[chosen][None] for one in both] for both in (wholes, rests)]
                out[chosen] = _taken(picture, inside, bend, *few)[0]
            return out
    source = _beyond(picture, inside, box, bend.edge)
    finite(source.reshape(len(source), -1))
    maps = [
        (whole - start + rest).astype(np.float32)
        for whole, rest, start in zip(wholes, rests, (box.left, box.top), strict=True)
    ]
    made = cv2.remap(source, maps[0], maps[1], METHODS[bend.sampling], borderMode=cv2.BORDER_REPLICATE)
    return made.reshape(*wholes[0].shape, 4)


def _quarters(part: Rect) -> list[Rect]:
    x, y = (part.left + part.right + 1) // 2, (part.top + part.bottom + 1) // 2
    found = (
        Rect(part.left, part.top, x, y), Rect(x, part.top, part.right, y),
        Rect(part.left, y, x, part.bottom), Rect(x, y, part.right, part.bottom),
    )  # fmt: skip
    return [one for one in found if not one.empty]


def _divided(
    values: np.ndarray, shape: tuple[int, int], scale: float, first: int, last: int, edge: Edge
) -> tuple[np.ndarray, np.ndarray]:
    """(whole pixel, rest in 1/32 pixel) of places in level-0 pixels, float64 of ``shape``; the picture has the pixels from
    ``first`` to ``last``. Places far beyond an edge are brought near to it, those of a picture that goes on again to where
    they lie together."""
    made = np.broadcast_to(values, shape) * (STEPS / scale) - STEPS / 2
    np.rint(made, out=made)
    made *= 1 / STEPS
    np.nan_to_num(made, copy=False, nan=-FARTHEST, posinf=FARTHEST, neginf=-FARTHEST)
    np.clip(made, -FARTHEST, FARTHEST, out=made)
    whole = np.floor(made)
    made -= whole
    if edge in ("wrap", "mirrored"):
        period = (last - first) * (1 if edge == "wrap" else 2)
        whole -= np.floor((whole.min() - first) / period) * period
        if whole.max() - whole.min() > 2 * period:
            whole = first + np.mod(whole - first, period)
    else:
        np.clip(whole, first - _AROUND, last + _AROUND - 1, out=whole)
    return whole, made


def _beyond(picture: Picture, inside: Rect, box: Rect, edge: Edge) -> np.ndarray:
    """A new float32 [h, w, 4] of ``box``, which may reach beyond the picture's ``inside``: there as ``edge`` says."""
    if inside.contains(box):
        return np.array(picture.read(box), np.float32)
    out = np.zeros((box.height, box.width, 4), np.float32)
    if edge == "transparent":
        part = box.intersect(inside)
        if not part.empty:
            here = part.move(-box.left, -box.top)
            out[here.top : here.bottom, here.left : here.right] = picture.read(part)
        return out
    rows = _folded(np.arange(box.top, box.bottom), inside.top, inside.bottom, edge)
    columns = _folded(np.arange(box.left, box.right), inside.left, inside.right, edge)
    for down, own_rows in _runs(rows):
        for across, own_columns in _runs(columns):
            part = Rect(
                int(own_columns.min()), int(own_rows.min()), int(own_columns.max()) + 1, int(own_rows.max()) + 1
            )  # fmt: skip
            block = picture.read(part)
            out[down, across] = block[np.ix_(own_rows - part.top, own_columns - part.left)]
    return out


def _folded(places: np.ndarray, first: int, last: int, edge: Edge) -> np.ndarray:
    """The pixel of the picture that stands at each place."""
    size, away = last - first, places - first
    if edge == "wrap":
        return first + away % size
    if edge == "mirrored":
        away = away % (2 * size)
        return first + np.minimum(away, 2 * size - 1 - away)
    return first + np.clip(away, 0, size - 1)


def _runs(places: np.ndarray) -> Iterator[tuple[slice, np.ndarray]]:
    """Parts of :func:`_folded` places that lie together, and where they stand."""
    breaks = (np.flatnonzero(np.abs(np.diff(places)) > 1) + 1).tolist()
    for start, stop in zip((0, *breaks), (*breaks, len(places)), strict=True):
        yield slice(start, stop), places[start:stop]
