"""Means along arcs and rays around a centre, for radial and zoom blur, block by block.

A block whose means are short is sampled pixel by pixel (``danqing_swirled``). In any other the samples of neighbouring
pixels are nearly the same, so they are taken once, on rings or rays half a pixel apart, and summed up along them: a mean is
the difference of two sums (``danqing_swept``), whatever its length. A mean along a whole turn depends on the distance from
the centre alone: each ring is looked at once, before the blocks, and nothing but its mean is kept (:func:`circles`). Of half
a turn and more the blocks that lie equally far from the centre share the sums of their rings (:class:`Rings`).
"""

from __future__ import annotations

import math
import threading
from collections import Counter, OrderedDict
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import cv2
import msgspec
import numpy as np

from studio.filters.around import settled
from studio.filters.kind import Picture
from studio.raster import neighbours
from studio.raster.geometry import Rect
from studio.raster.neighbours import SQUARE, SQUARE_ROW
from studio.raster.stopping import heed
from studio.raster.strips import in_turn

SIDE = 256
"""Of a block, in pixels."""
FEW = 24
"""Below so many samples per pixel they are taken for each alone."""
MOST = 2048
"""Samples of one mean; on longer arcs and rays they lie farther apart."""
_APART = 0.5
"""Between two lines, and between two samples on one, in pixels."""
_RINGS = 256
_SUMMED = 64
"""Whole circles that are looked at together, for their means alone and for all their sums."""
_SECTORS = 16
"""Parts of a whole circle, each of which needs few squares of the picture."""


class Sweep(msgspec.Struct, frozen=True, kw_only=True):
    """``centre`` in pixels of the picture; from ``begin`` to ``end`` in radians (``turning``) or in parts of the distance."""

    centre: tuple[float, float]
    begin: float
    end: float
    turning: bool

    @property
    def length(self) -> float:
        return self.end - self.begin

    @property
    def whole(self) -> bool:
        """Whether the means go once around."""
        return self.turning and self.length >= 2 * math.pi * (1 - 1e-9)

    @property
    def shares(self) -> bool:
        """Whether the means are so long that blocks share their rings: else these would take more memory than the picture
        under them."""
        return self.turning and self.length >= math.pi

    def distances(self, rect: Rect) -> tuple[float, float]:
        """Of the nearest and of the farthest point of a rectangle from the centre, which is seen from its origin."""
        x, y = self.centre
        outside_x, outside_y = (
            max(rect.left - x, x - rect.right, 0.0),
            max(rect.top - y, y - rect.bottom, 0.0),
        )
        far_x, far_y = (
            max(abs(rect.left - x), abs(rect.right - x)),
            max(abs(rect.top - y), abs(rect.bottom - y)),
        )
        return math.hypot(outside_x, outside_y), math.hypot(far_x, far_y)

    def ring_of(self, part: Rect, inside: Rect) -> float:
        """Blocks with the same number lie about equally far from the centre."""
        x = (part.left + part.right) / 2 - inside.left - self.centre[0]
        y = (part.top + part.bottom) / 2 - inside.top - self.centre[1]
        return math.hypot(x, y) // SIDE

    def lines_of(self, parts: list[Rect]) -> tuple[int, int]:
        """The first and the last circle that is needed for these parts, which are seen from the picture's corner."""
        far = [self.distances(part) for part in parts]
        return math.floor(min(one[0] for one in far) / _APART), math.ceil(
            max(one[1] for one in far) / _APART
        ) + 1

    def in_order(self, blocks: list[Rect], inside: Rect) -> list[Rect]:
        """So that each looks at what the one before it looked at: around the centre ring by ring, or ray by ray."""

        def key(part: Rect) -> tuple[float, float]:
            x = (part.left + part.right) / 2 - inside.left - self.centre[0]
            y = (part.top + part.bottom) / 2 - inside.top - self.centre[1]
            far, angle = math.hypot(x, y), math.atan2(y, x)
            if self.turning:
                return self.ring_of(part, inside), angle
            # as many rays as the farthest blocks lie beside each other
            return float(angle * max(inside.width, inside.height) // SIDE), far

        return sorted(blocks, key=key)

    def seen_in(self, rect: Rect) -> Sweep:
        """The same, its centre in pixels from the corner of ``rect``."""
        x, y = self.centre
        return msgspec.structs.replace(self, centre=(x - rect.left, y - rect.top))

    def seen_from(self, part: Rect, picture: Rect) -> Rect:
        """What of a picture, whose outermost pixels are repeated beyond its edge, the means of a block look at: at least."""
        x = np.array([part.left, part.right, part.left, part.right]) - self.centre[0]
        y = np.array([part.top, part.top, part.bottom, part.bottom]) - self.centre[1]
        near, far = self.distances(part)
        u, v = self._turned(x, y, near) if self.turning else (_drawn_out(x, self), _drawn_out(y, self))
        # lines and samples at the ends lie up to two steps farther on
        more = 4 + 2 * max(_APART, self.length * far / MOST)
        left, right = (
            int(edge) for edge in (self.centre[0] + u.min() - more, self.centre[0] + u.max() + more)
        )
        top, bottom = (
            int(edge) for edge in (self.centre[1] + v.min() - more, self.centre[1] + v.max() + more)
        )
        return Rect(
            min(max(left, picture.left), picture.right - 1), min(max(top, picture.top), picture.bottom - 1),
            max(min(right, picture.right), picture.left + 1), max(min(bottom, picture.bottom), picture.top + 1),
        )  # fmt: skip

    def _turned(self, x: np.ndarray, y: np.ndarray, near: float) -> tuple[np.ndarray, np.ndarray]:
        """The outermost points of the arcs through a block with these corners, ``near`` to the centre, as seen from it."""
        far = float(np.hypot(x, y).max())
        if near < SIDE / 4:
            ends = np.array([-far, far])
            return ends, ends
        middle = math.atan2(y.mean(), x.mean())
        cosine, sine = math.cos(middle), math.sin(middle)
        turn = np.arctan2(y * cosine - x * sine, x * cosine + y * sine)
        first, last = middle + turn.min() + self.begin, middle + turn.max() + self.end
        quarter = math.pi / 2
        between = np.arange(math.ceil(first / quarter), math.floor(last / quarter) + 1) * quarter
        angles = np.concatenate([[first, last], between])
        radii = np.array([[near], [far]])
        return radii * np.cos(angles), radii * np.sin(angles)


class Seen:
    """A picture in squares, read when they are first looked at; what the last blocks did not look at makes room for others.
    From any thread."""

    def __init__(self, picture: Picture, inside: Rect) -> None:
        self.picture, self.inside = picture, inside
        self._shape = (-(-inside.height // SQUARE), -(-inside.width // SQUARE))
        self._held: OrderedDict[int, np.ndarray] = OrderedDict()
        self._uses: Counter[int] = Counter()
        self._room: list[np.ndarray] = []
        self._lock = threading.Lock()

    @contextmanager
    def squares(self, wanted: np.ndarray) -> Iterator[np.ndarray]:
        """Their addresses for :func:`neighbours.swept`, good inside; ``wanted``: bool [down, across]."""
        addresses = np.zeros(self._shape, np.uint64)
        numbers = np.flatnonzero(wanted).tolist()
        with self._lock:
            self._uses.update(numbers)
            unused = [number for number in self._held if self._uses[number] <= 0]
            new = sum(number not in self._held for number in numbers)
            for number in unused[: max(0, min(new, len(unused) + new - SPARE))]:
                self._room.append(self._held.pop(number))
            for number in numbers:
                if number not in self._held:
                    self._held[number] = self._read(number)
                self._held.move_to_end(number)
                addresses.flat[number] = self._held[number].__array_interface__["data"][0]
        try:
            yield addresses
        finally:
            with self._lock:
                self._uses.subtract(numbers)

    def _read(self, number: int) -> np.ndarray:
        down, across = divmod(number, self._shape[1])
        left, top = self.inside.left + across * SQUARE, self.inside.top + down * SQUARE
        rect = Rect(left, top, left + SQUARE, top + SQUARE).intersect(self.inside)
        out = self._room.pop() if self._room else np.empty((SQUARE, SQUARE_ROW, 4), np.float32)
        out[: rect.height, : rect.width] = settled(self.picture.read(rect))
        return out

    def looked_at(self, lines: np.ndarray, samples: int, sweep: Sweep, step: float) -> np.ndarray:
        """Which squares the samples on these lines need, ``step`` pixels apart at most: bool [down, across]."""
        some = lines[[*range(0, len(lines), 16), len(lines) - 1]]
        every = max(1, int(16 / step))
        number = np.array([*range(0, samples, every), samples])
        first, turn = some[:, 0] + 1j * some[:, 1], some[:, 2] + 1j * some[:, 3]
        if sweep.turning:
            places = first[:, None] * turn[:, None] ** number
        else:
            places = first[:, None] + turn[:, None] * number
        out = np.zeros(self._shape, bool)
        # samples between those looked at, and on lines between, and the neighbours that are mixed
        away = int(2 * step) + 32
        for x in (-away, away):
            for y in (-away, away):
                across = (
                    np.clip(places.real + sweep.centre[0] + x, 0, self.inside.width - 1).astype(int) // SQUARE
                )
                down = (
                    np.clip(places.imag + sweep.centre[1] + y, 0, self.inside.height - 1).astype(int)
                    // SQUARE
                )
                out[down, across] = True
        return out


SPARE = 16
"""Squares that are kept although no block looks at them, before others take their room."""


class Circles(msgspec.Struct, frozen=True, eq=False):
    """Means along whole circles half a pixel apart, float32 [n, 4], the innermost of radius ``first`` / 2."""

    first: int
    means: np.ndarray

    def at(self, distance: np.ndarray) -> np.ndarray:
        """[h, w, 4] at distances [h, w] from the centre: the two nearest mixed."""
        across = distance / _APART - self.first
        inner = np.floor(across).astype(np.int64)
        part = (across - inner).astype(np.float32)[..., None]
        low = self.means[inner]
        return low + part * (self.means[inner + 1] - low)


def circles(seen: Seen, sweep: Sweep) -> Generator[None, None, Circles]:
    """All that are needed for the picture, of which the squares under a part of some of them are held at a time."""
    first, last = sweep.lines_of([Rect(0, 0, seen.inside.width, seen.inside.height)])
    means = np.empty((last + 1 - first, 4), np.float32)

    def some(start: int) -> None:
        chosen = means[start - first : start - first + _RINGS]
        longest = 2 * math.pi * (start + len(chosen))
        each = min(MOST // _SECTORS, math.ceil(longest / _SECTORS))
        total = sum(
            part[:, 0].astype(np.float64) for part in _sectors(seen, sweep, start, len(chosen), each, 1)
        )
        chosen[...] = total / _SECTORS

    yield from in_turn(some, range(first, last + 1, _RINGS), 1)
    return Circles(first, means)


class Rings:
    """Running sums along those whole circles, half a pixel apart, that a ring of blocks needs. One of them after the other: the
    sums of circles that the next one needs, too, stay, those of others give their room."""

    def __init__(self, seen: Seen, sweep: Sweep, groups: list[list[Rect]]) -> None:
        """``groups``: all rings of blocks, in pixels of the picture from its corner."""
        self._seen, self._sweep = seen, sweep
        spans = [sweep.lines_of(group) for group in groups]
        self._each = math.ceil(MOST * 2 * math.pi / sweep.length / _SECTORS)
        self._samples = self._each * _SECTORS
        rows = max(last + 1 - first for first, last in spans)
        # from the right of the centre on
        self._sums = np.zeros((rows, self._samples + 1, 4), np.float32)
        self._first, self._count = 0, 0

    def turned_to(self, group: list[Rect]) -> Generator[None, None, None]:
        """From here on for these blocks; those before lay nearer to the centre, or all is summed anew."""
        first, last = self._sweep.lines_of(group)
        known = max(0, self._first + self._count - first) if self._first <= first else 0
        old = self._count - known
        # a part of an array that moves within itself: row by row from the first on
        for row in range(known if old else 0):
            self._sums[row] = self._sums[old + row]
        self._first, self._count = first, max(known, last + 1 - first)
        starts = range(first + known, last + 1, _SUMMED)
        yield from in_turn(self._sum, [(start, min(start + _SUMMED, last + 1)) for start in starts], 1)

    def _sum(self, part: tuple[int, int]) -> None:
        chosen, total = self._sums[part[0] - self._first : part[1] - self._first, 1:], 0.0
        sectors = _sectors(self._seen, self._sweep, part[0], len(chosen), self._each, self._each)
        for number, samples in enumerate(sectors):
            summed = np.cumsum(samples, 1, np.float64)
            summed += total
            total = summed[:, -1:].copy()
            chosen[:, number * self._each : (number + 1) * self._each] = summed

    def at(self, distance: np.ndarray, begin: np.ndarray, end: np.ndarray) -> np.ndarray:
        """The means [h, w, 4] between two angles, at distances from the centre: the two nearest circles mixed. Places along
        and between them are rounded to 1/32, which changes a mean of a thousand samples less than half floats do."""
        across = (distance / _APART - self._first).astype(np.float32)
        whole = self._taken(self._sums[:, -1:], np.zeros_like(across), across)
        out = self._up_to(across, end, whole)
        out -= self._up_to(across, begin, whole)
        out *= (2 * math.pi / self._samples / (end - begin)).astype(np.float32)[..., None]
        return out

    def _up_to(self, across: np.ndarray, angle: np.ndarray, whole: np.ndarray) -> np.ndarray:
        turns = angle / (2 * math.pi)
        full = np.floor(turns)
        along = ((turns - full) * self._samples).astype(np.float32)
        out = self._taken(self._sums, along, across)
        out += full.astype(np.float32)[..., None] * whole
        return out

    @staticmethod
    def _taken(sums: np.ndarray, along: np.ndarray, across: np.ndarray) -> np.ndarray:
        found = cv2.remap(sums, along, across, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return found.reshape(*across.shape, 4)


def _sectors(seen: Seen, sweep: Sweep, first: int, count: int, each: int, apart: int) -> Iterator[np.ndarray]:
    """Along ``count`` circles, sector by sector of ``each`` samples, the means of its ``apart`` equal parts: [count, apart, 4]."""
    radii = np.arange(first, first + count + 1) * _APART  # one line more than are mixed
    turn = 2 * math.pi / (each * _SECTORS)
    lines = np.empty((count + 1, 6))
    lines[:, 2:] = math.cos(turn), math.sin(turn), 1, 0
    numbers, begin = (
        np.mgrid[0:count, 0:apart].astype(np.float64) * np.array([1, each / apart])[:, None, None]
    )
    size, step = (seen.inside.width, seen.inside.height), max(_APART, turn * float(radii[-1]))
    for sector in range(_SECTORS):
        heed()
        angle = (sector * each + 0.5) * turn
        lines[:, 0], lines[:, 1] = radii * math.cos(angle), radii * math.sin(angle)
        part, pixels = np.empty((count, apart, 4), np.float32), (numbers, begin, begin + each / apart)
        with seen.squares(seen.looked_at(lines, each + 1, sweep, step)) as squares:
            neighbours.swept(squares, size, part, sweep.centre, pixels, lines, each + 1, True)
        yield part


def block(seen: Seen, part: Rect, sweep: Sweep, around: Circles | Rings | None = None) -> np.ndarray:
    """One block [h, w, 4] of the result; the sweep's centre in pixels of the picture from its corner. ``around``: what is known
    of whole circles."""
    left, top = part.left - seen.inside.left, part.top - seen.inside.top
    out = np.empty((part.height, part.width, 4), np.float32)
    x = np.arange(left, left + part.width) + 0.5 - sweep.centre[0]
    y = (np.arange(top, top + part.height) + 0.5 - sweep.centre[1])[:, None]
    far = np.hypot(x, y)
    near = float(far.min())
    if near * sweep.length < FEW or near < SIDE / 4:
        picture = Rect(0, 0, seen.inside.width, seen.inside.height)
        held = sweep.seen_from(Rect.of(left, top, part.width, part.height), picture)
        source = settled(seen.picture.read(held.move(seen.inside.left, seen.inside.top)))
        _each(np.ascontiguousarray(source), out, (left - held.left, top - held.top), sweep.seen_in(held))
        return out
    if isinstance(around, Circles):
        return around.at(far)
    if around is not None:
        angle = np.arctan2(y, x)
        return around.at(far, angle + sweep.begin, angle + sweep.end)
    middle = math.atan2(y[part.height // 2, 0], x[part.width // 2])
    # as seen from the middle of the block, so that no block lies across the jump of the angle
    turn = np.arctan2(
        y * math.cos(middle) - x * math.sin(middle), x * math.cos(middle) + y * math.sin(middle)
    )
    sweeping = _rings if sweep.turning else _rays
    pixels, lines, samples = sweeping(far, turn, middle, sweep)
    step = max(_APART, sweep.length * (float(far.max()) + 1) / MOST)
    size = (seen.inside.width, seen.inside.height)
    with seen.squares(seen.looked_at(lines, samples, sweep, step)) as squares:
        neighbours.swept(squares, size, out, sweep.centre, pixels, lines, samples, sweep.turning)
    return out


def _drawn_out(places: np.ndarray, sweep: Sweep) -> np.ndarray:
    return np.concatenate([places * sweep.begin, places * sweep.end])


def _each(source: np.ndarray, target: np.ndarray, corner: tuple[int, int], sweep: Sweep) -> None:
    counts = np.arange(1, MOST + 1)
    step = sweep.length / counts
    first = sweep.begin + step / 2
    if sweep.turning:
        steps = np.stack([np.cos(first), np.sin(first), np.cos(step), np.sin(step)], -1)
    else:
        nothing = np.zeros(MOST)
        steps = np.stack([first, nothing, step, nothing], -1)
    table = np.ascontiguousarray(np.concatenate([np.zeros((1, 4)), steps]))
    neighbours.swirled(source, target, corner, sweep.centre, sweep.length, table, sweep.turning)


Lines = tuple[tuple[np.ndarray, np.ndarray, np.ndarray], np.ndarray, int]


def _rings(far: np.ndarray, turn: np.ndarray, middle: float, sweep: Sweep) -> Lines:
    """Rings around the centre; the length along one is an angle, as seen from the middle of the block."""
    across = far / _APART
    first = math.floor(across.min())
    radii = np.arange(first, math.floor(across.max()) + 2) * _APART
    apart = max(_APART, sweep.length * radii[-1] / MOST)
    begin, end = turn + sweep.begin, turn + sweep.end
    scale = radii / apart
    low = np.floor(begin.min() * scale)
    samples = int(np.ceil(end.max() * scale - low).max()) + 2
    # sample k stands for the angles from k to k + 1 steps
    angle = (low + 0.5) / scale + middle
    lines = np.stack(
        [radii * np.cos(angle), radii * np.sin(angle), np.cos(1 / scale), np.sin(1 / scale), scale, low], -1
    )
    return (across - first, begin, end), lines, samples


def _rays(far: np.ndarray, turn: np.ndarray, middle: float, sweep: Sweep) -> Lines:
    """Rays from the centre; the length along one is the distance from it."""
    between = _APART / far.max()
    across = turn / between
    first = math.floor(across.min())
    angles = np.arange(first, math.floor(across.max()) + 2) * between + middle
    apart = max(_APART, sweep.length * float(far.max()) / MOST)
    begin, end = far * sweep.begin, far * sweep.end
    low = math.floor(begin.min() / apart)
    samples = math.ceil(end.max() / apart - low) + 2
    out = (low + 0.5) * apart
    scale = np.full(len(angles), 1 / apart)
    across_x, across_y = np.cos(angles), np.sin(angles)
    lines = np.stack(
        [
            out * across_x,
            out * across_y,
            apart * across_x,
            apart * across_y,
            scale,
            np.full(len(angles), low),
        ],
        -1,
    )
    return (across - first, begin, end), lines, samples
