"""The print of one dab: round, of ink bristles, or of a tip's pixels."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np

from studio.raster import random, wet_native
from studio.raster.colour import premultiply
from studio.raster.dab import Dab
from studio.raster.geometry import Rect

if TYPE_CHECKING:
    from studio.raster.brush import Brush
    from studio.raster.tip import Tip

FINEST = 8
"""Places across a pixel at which a small print may lie."""
HARDNESS_STEPS = 64
SMALLEST = 0.7
"""Radius in pixels below which a print only becomes fainter."""
_BYTES = 64 << 20
_ONE_PHASE = 128
"""Radius in pixels from which half a pixel of place no longer matters."""
_SHARP = 1.5
"""Pixels over which a sharp edge fades, at most."""
_NUDGE = 1e-6
"""Pixels: what lies on the border of two places belongs to one of them, whatever the last digit of a sum is."""
_THIN = 4.0
"""Half the width in pixels below which the faint edge of a flattened print reaches far beyond its ellipse's sharp tips."""
_BRISTLES = 20
_BRISTLE_SEED = 0x6BDB


def quantised(radius: float) -> float:
    """The radius whose print is used: steps of 1/8 px, from 8 px on 1/4 px, from 64 px on 1/128."""
    if radius < 64:
        return round(radius * 4) / 4 if radius >= 8 else max(1, round(radius * 8)) / 8
    step = 2.0 ** (math.floor(math.log2(radius)) - 7)
    return round(radius / step) * step


def sharp(radius: float, hardness: float, roundness: float = 1.0) -> bool:
    """Whether a round print's edge is hardly wider than a pixel."""
    return (1 - hardness) * max(radius, SMALLEST) * roundness <= _SHARP


def places_across(radius: float) -> int:
    """At how many places across a pixel a print of this (narrow) radius may lie."""
    if radius < 64:
        return FINEST if radius < 16 else 4
    return 2 if radius < _ONE_PHASE else 1


def _placed(at: float, phases: int) -> tuple[int, int, float]:
    """(pixel, number of the place within it, that place 0–1) nearest to ``at``; a single place is the pixel's middle."""
    if phases == 1:
        return math.floor(at + _NUDGE), 0, 0.5
    pixel, place = divmod(math.floor(at * phases + 0.5 + _NUDGE), phases)
    return pixel, place, place / phases


class Print(NamedTuple):
    """``cover`` float32 [h, w] 0–1, its corner at (column + left, row + top) of the pixel under the dab's middle.

    ``keep``: 1 − flow · cover, where the brush's flow is constant. ``colour``: premultiplied float32 [h, w, 4] of a tip
    that has its own. ``sharp``: what is half covered is so because the tip's edge crosses the pixel, not because it is soft.
    """

    cover: np.ndarray
    left: int
    top: int
    keep: np.ndarray | None = None
    colour: np.ndarray | None = None
    sharp: bool = False

    def cut(self, where: tuple[slice, slice]) -> Print:
        """A part of it, for a dab that wraps."""
        keep, colour = (None if part is None else part[where] for part in (self.keep, self.colour))
        return Print(self.cover[where], self.left, self.top, keep, colour, self.sharp)


class Table(NamedTuple):
    """Round prints of one size: ``prints`` float32 [8 · 8 places, side, side] with side = 2 · ``reach`` + 1.

    ``sharp``: as of :class:`Print`.
    """

    prints: np.ndarray
    reach: int
    sharp: bool


class Stamps:
    """Prints of one brush by shape and by their place within a pixel (:func:`places_across`).

    Kept in a byte budget, and from stroke to stroke by whoever hands them to the next one (:meth:`suits`). ``flow``: what
    each dab adds, where that is the same for all.
    """

    def __init__(self, brush: Brush, flow: float | None = None) -> None:
        self._brush = brush
        self._flow = flow
        self._tables: dict[tuple[int, int], Table] = {}
        self._tips = [_Plate(tip) for tip in brush.tips] if brush.tip == "image" else []
        self._image = bool(self._tips)
        self._turns = self._image or brush.tip == "ink"
        """Whether a round one, too, looks another when it is turned."""
        self._around = brush.mode == "smudge"
        """What a finger carries lies in all of the print."""
        self._kept: dict[tuple, Print] = {}
        self._bytes = 0

    def suits(self, brush: Brush, flow: float | None) -> bool:
        """Whether the prints are those of ``brush``; its size, shape and hardness may be others."""
        mine = self._brush
        return (mine.tip, mine.tips, mine.aliased, self._flow, self._around) == (
            brush.tip, brush.tips, brush.aliased, flow, brush.mode == "smudge",
        )  # fmt: skip

    def table(self, steps: int, hardness: int) -> Table:
        """The round prints of radius ``steps`` / 8 and ``hardness`` / 64 at all places within a pixel."""
        found = self._tables.get((steps, hardness))
        if found is None:
            radius, hard = steps / 8, hardness / HARDNESS_STEPS
            prints = _round_prints(radius, hard)
            found = Table(prints, prints.shape[1] // 2, sharp(radius, hard))
            self._tables[steps, hardness] = found
        return found

    @property
    def coloured(self) -> bool:
        """Whether a tip brings its own colours."""
        return any(plate.colour is not None for plate in self._tips)

    def at(self, dab: Dab) -> tuple[Print, int, int]:
        """(print, left, top) of a dab, in layer pixels."""
        if self._brush.aliased:
            return self._aliased_at(dab)
        radius = quantised(dab.radius)
        phases = places_across(radius * dab.roundness)
        column, across, x = _placed(dab.x, phases)
        row, down, y = _placed(dab.y, phases)
        hardness, roundness = round(dab.hardness * HARDNESS_STEPS), round(dab.roundness * 64)
        angle = round(dab.angle * 2) % 720 if self._turns or roundness != 64 else 0
        key = (radius, across, down, hardness, roundness, angle, dab.tip, dab.flip)
        made = self._kept.get(key)
        if made is None:
            rounded = dab._replace(
                radius=radius,
                hardness=hardness / HARDNESS_STEPS,
                roundness=max(roundness, 1) / 64,
                angle=angle / 2,
            )
            made = self._made(rounded, x, y)
            self._keep(key, made)
        return made, column + made.left, row + made.top

    def _aliased_at(self, dab: Dab) -> tuple[Print, int, int]:
        """Whole pixels: an odd width lies on a pixel's middle, an even one on a corner."""
        width = max(1, round(2 * dab.radius))
        odd = width % 2
        column, row = (math.floor(dab.x), math.floor(dab.y)) if odd else (round(dab.x), round(dab.y))
        roundness = round(dab.roundness * 64)
        angle = round(dab.angle * 2) % 720 if self._turns or roundness != 64 else 0
        key = (width, roundness, angle, dab.tip, dab.flip)
        made = self._kept.get(key)
        if made is None:
            at = 0.5 if odd else 0.0
            exact = dab._replace(
                radius=width / 2, hardness=1.0, roundness=max(roundness, 1) / 64, angle=angle / 2
            )
            soft = self._made(exact, at, at)
            if not self._image and roundness == 64:
                cover = _disc(width)
                reach = cover.shape[0] // 2
                made = soft._replace(cover=cover, left=-reach, top=-reach)
            else:
                made = soft._replace(cover=(soft.cover >= 0.5).astype(np.float32))
            made = self._finished(made)
            self._keep(key, made)
        return made, column + made.left, row + made.top

    def _made(self, dab: Dab, across: float, down: float) -> Print:
        if self._image:
            made = self._tips[dab.tip % len(self._tips)].printed(dab, across, down, around=self._around)
        else:
            if self._brush.tip == "ink":
                turn = dab.angle, dab.flip
                cover = ink_print(dab.radius, dab.hardness, across, down, dab.roundness, *turn)
            else:
                cover = round_print(dab.radius, dab.hardness, across, down, dab.roundness, dab.angle)
                cover = _square(cover, math.ceil(dab.radius + 0.9)) if self._around else cover
            reach_y, reach_x = cover.shape[0] // 2, cover.shape[1] // 2
            edge = sharp(dab.radius, dab.hardness, dab.roundness)
            made = Print(cover, -reach_x, -reach_y, sharp=edge)
        return self._finished(made)

    def _finished(self, made: Print) -> Print:
        return made if self._flow is None else made._replace(keep=1 - np.float32(self._flow) * made.cover)

    def _keep(self, key: tuple, made: Print) -> None:
        self._bytes += _bytes(made)
        while self._bytes > _BYTES and self._kept:
            self._bytes -= _bytes(self._kept.pop(next(iter(self._kept))))
        self._kept[key] = made


def _square(cover: np.ndarray, reach: int) -> np.ndarray:
    """With the room around it that a round one needs."""
    rows, columns = (max(reach - side // 2, 0) for side in cover.shape)
    return np.pad(cover, ((rows, rows), (columns, columns))) if rows or columns else cover


def _bytes(made: Print) -> int:
    return sum(array.nbytes for array in (made.cover, made.keep, made.colour) if array is not None)


def _offsets(reach: int, across: float, down: float) -> tuple[np.ndarray, np.ndarray]:
    """Distances of pixel centres from the dab's middle: x [1, n] and y [n, 1]."""
    steps = np.arange(-reach, reach + 1, dtype=np.float32) + np.float32(0.5)
    return steps[None, :] - np.float32(across), steps[:, None] - np.float32(down)


def round_print(
    radius: float,
    hardness: float,
    across: float = 0.5,
    down: float = 0.5,
    roundness: float = 1.0,
    angle: float = 0.0,
) -> np.ndarray:
    """A disc: full up to hardness · radius, then a smooth step down to 0 at the radius; edges at least one pixel wide.

    ``roundness`` below 1 makes it an ellipse whose longer axis lies at ``angle`` degrees, clockwise; the print is no larger than
    that.
    """
    full = max(radius, SMALLEST)
    if roundness < 1.0:
        value = _oval((across, down), full, hardness, roundness, math.radians(angle))
        return value if radius >= SMALLEST else value * np.float32((radius / SMALLEST) ** 2)
    x, y = _offsets(math.ceil(full + 0.9), across, down)
    if radius >= _ONE_PHASE and across == down == 0.5:
        middle = x.shape[1] // 2
        corner = _shade(np.hypot(x[:, middle:], y[middle:]), full, hardness)
        half = np.concatenate([corner[:, :0:-1], corner], axis=1)
        return np.concatenate([half[:0:-1], half])
    value = _shade(np.sqrt(x * x + y * y), full, hardness)
    return value if radius >= SMALLEST else value * np.float32((radius / SMALLEST) ** 2)


def _round_prints(radius: float, hardness: float) -> np.ndarray:
    """float32 [8 · 8, side, side]: :func:`round_print` at all places within a pixel, row by row, made at once."""
    full = max(radius, SMALLEST)
    reach = math.ceil(full + 0.9)
    steps = np.arange(-reach, reach + 1, dtype=np.float32) + np.float32(0.5)
    apart = (steps[None, :] - (np.arange(FINEST, dtype=np.float32) / np.float32(FINEST))[:, None]) ** 2
    square = apart[:, None, :, None] + apart[None, :, None, :]
    side = 2 * reach + 1
    prints = _shade(np.sqrt(square.reshape(FINEST * FINEST, side, side)), full, hardness)
    return prints if radius >= SMALLEST else prints * np.float32((radius / SMALLEST) ** 2)


def _shade(distance: np.ndarray, full: float, hardness: float) -> np.ndarray:
    """What is covered at a distance."""
    soft = (1 - hardness) * full
    value = np.clip((np.float32(full) + np.float32(0.5) - distance) / np.float32(max(1.0, soft)), 0, 1)
    if soft > 1.0:
        value = value * value * (3 - 2 * value)
    return np.ascontiguousarray(value, np.float32)


def _oval(at: tuple[float, float], full: float, hardness: float, roundness: float, turn: float) -> np.ndarray:
    """An ellipse around the place ``at`` (x, y) within the middle pixel; its edge is one pixel wide all around, at least."""
    cosine, sine = math.cos(turn), math.sin(turn)
    flat = max(roundness, 0.5 / full)
    if full * flat < _THIN:
        across = down = math.ceil(full + 0.9)
    else:
        across = math.ceil(full * math.hypot(cosine, flat * sine) + 0.9)
        down = math.ceil(full * math.hypot(sine, flat * cosine) + 0.9)
    corner = 0.5 - across - at[0], 0.5 - down - at[1]
    size = 2 * down + 1, 2 * across + 1
    return wet_native.oval(size, corner, (cosine, sine), flat, full, (1 - hardness) * full)


def ink_print(
    radius: float,
    hardness: float,
    across: float = 0.5,
    down: float = 0.5,
    roundness: float = 1.0,
    angle: float = 0.0,
    flip: bool = False,
) -> np.ndarray:
    """Density of a loaded brush: a slightly uneven disc of bristles; 0.5 is where the ink's edge will lie.

    ``roundness`` below 1 presses it flat; ``angle`` degrees, clockwise, turn bristles and all, ``flip`` mirrors them first.
    """
    full = max(radius, SMALLEST)
    rim = _ink_rim(full, hardness)
    x, y = _offsets(math.ceil(full * 1.06 + rim / 2 + 0.4), across, down)
    edge: np.ndarray | float = 1.0
    if roundness < 1 or angle or flip:
        cosine, sine = np.float32(math.cos(math.radians(angle))), np.float32(math.sin(math.radians(angle)))
        flat = np.float32(max(roundness, 0.5 / full))
        x, y = x * cosine + y * sine, (y * cosine - x * sine) / (-flat if flip else flat)
        # the rim of a flat brush is as wide at its long sides as at its ends
        edge = np.sqrt(x * x + (y / flat) ** 2) / np.maximum(np.sqrt(x * x + y * y), np.float32(1e-6))
    distance = np.sqrt(x * x + y * y)
    around = np.arctan2(y, x)
    uneven = 1 + 0.03 * np.cos(2 * around + 0.6) + 0.02 * np.cos(3 * around + 2.1)
    width = np.maximum(np.float32(rim), np.float32(_LEAST_RIM) * edge)
    value = np.clip((np.float32(full) * uneven - distance) / width + np.float32(0.5), 0, 1)
    if full >= 4:
        value *= _bristles_at(x / np.float32(full), y / np.float32(full))
    value = value.astype(np.float32)
    return value if radius >= SMALLEST else value * np.float32(radius / SMALLEST)


_LEAST_RIM = 2.4
"""Pixels; of which the ink's edge takes the middle half. Less, and the edge of a thin line is jagged."""
_PIVOT = 45 / HARDNESS_STEPS
"""The hardness at which a large brush's ink thins out over 5 pixels; harder ink over less, softer ink over more."""


def _ink_rim(full: float, hardness: float) -> float:
    """Pixels over which ink thins out: of a large brush not more than its hardness needs, and always as much as it says."""
    rim = (1 - hardness) * full
    most = 5 + (_PIVOT - hardness) * full if hardness < _PIVOT else 5 * (1 - hardness) / (1 - _PIVOT)
    return max(_LEAST_RIM, min(rim, most))


def _disc(width: int) -> np.ndarray:
    """Whole pixels nearer to the middle than half the width; [n, n] with the middle at n // 2 (− ½ for odd widths)."""
    reach = width // 2 + 1
    steps = np.arange(-reach, reach + 1, dtype=np.float32) + np.float32(0.5)
    at = np.float32(0.5) if width % 2 else np.float32(0)
    square = (steps - at) ** 2
    return ((square[:, None] + square[None, :]) <= (width / 2 - 0.09) ** 2).astype(np.float32)


class _Plate:
    """One tip's pixels, made smaller by halves as needed."""

    def __init__(self, tip: Tip) -> None:
        pixels = tip.pixels().astype(np.float32) / np.float32(255)
        self._own = pixels.ndim == 3
        self._levels: list[Any] = [np.ascontiguousarray(premultiply(pixels) if self._own else pixels)]
        self.colour = self._levels[0] if self._own else None
        rows, columns = np.nonzero(pixels[..., 3] if self._own else pixels)
        corners = np.concatenate([np.stack((columns + x, rows + y), 1) for x in (0, 1) for y in (0, 1)])
        self._outline = cv2.convexHull(corners.astype(np.float32))[:, 0] if len(corners) else corners[:0]

    def printed(self, dab: Dab, across: float, down: float, *, around: bool) -> Print:
        """The tip scaled so that its longer side is the dab's diameter, turned, flattened, perhaps mirrored; no larger than what is
        seen of it, but ``around``, where it has the room of the whole tip."""
        height, width = self._levels[0].shape[:2]
        scale = 2 * dab.radius / max(height, width)
        level = max(0, math.floor(-math.log2(scale))) if scale < 1 else 0
        source = self._level(level)
        shrunk = source.shape[1] / width, source.shape[0] / height
        cosine, sine = math.cos(math.radians(dab.angle)), math.sin(math.radians(dab.angle))
        up = -1 if dab.flip else 1
        half_x, half_y = width * scale / 2, height * scale / 2 * dab.roundness
        right = math.ceil(abs(half_x * cosine) + abs(half_y * sine) + 1)
        bottom = math.ceil(abs(half_x * sine) + abs(half_y * cosine) + 1)
        left, top = -right, -bottom
        if not around:
            x = (self._outline[:, 0] - width / 2) * scale
            y = (self._outline[:, 1] - height / 2) * (scale * dab.roundness * up)
            beside = scale * 2.0 ** (level + 1)  # what sampling spreads
            left, right = _ends(x * cosine - y * sine, beside, right)
            top, bottom = _ends(x * sine + y * cosine, beside, bottom)
        fx = shrunk[0] / scale
        fy = shrunk[1] / scale / dab.roundness * up
        # pixel (i, j) of the print lies at (i + left + 0.5 − across, …) from the dab's middle
        x0, y0 = left + 0.5 - across, top + 0.5 - down
        matrix = np.array(
            [
                [cosine * fx, sine * fx, (cosine * x0 + sine * y0) * fx + source.shape[1] / 2 - 0.5],
                [-sine * fy, cosine * fy, (cosine * y0 - sine * x0) * fy + source.shape[0] / 2 - 0.5],
            ]
        )
        made = cv2.warpAffine(
            source, matrix, (right - left + 1, bottom - top + 1), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT,
        )  # fmt: skip
        if self._own:
            return Print(np.ascontiguousarray(made[..., 3]), left, top, colour=made)
        return Print(made, left, top)

    def _level(self, level: int) -> np.ndarray:
        while len(self._levels) <= level:
            last = self._levels[-1]
            size = max(1, (last.shape[1] + 1) // 2), max(1, (last.shape[0] + 1) // 2)
            self._levels.append(cv2.resize(last, size, interpolation=cv2.INTER_AREA))
        return self._levels[level]


def _ends(places: np.ndarray, beside: float, reach: int) -> tuple[int, int]:
    """The first and the last pixel, from the dab's, that ``places`` and what lies ``beside`` them touch, within ``reach``."""
    if not len(places):
        return 0, 0
    first, last = math.floor(float(places.min()) - beside) - 1, math.ceil(float(places.max()) + beside) + 1
    return max(first, -reach), min(last, reach)


def _bristles_at(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """How much ink the bristles hold at places −1…1 of the brush; swept along a stroke they draw streaks at its sides."""
    scale = (_BRISTLES - 1) / 2.4
    shape = np.broadcast_shapes(x.shape, y.shape)
    columns = np.broadcast_to((x + np.float32(1.2)) * np.float32(scale), shape)
    rows = np.broadcast_to((y + np.float32(1.2)) * np.float32(scale), shape)
    return cv2.remap(
        _bristles(),
        np.ascontiguousarray(columns),
        np.ascontiguousarray(rows),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )


@cache
def _bristles() -> np.ndarray:
    held = random.uniform(_BRISTLE_SEED, Rect(0, 0, _BRISTLES, _BRISTLES))[..., 0]
    held = np.float32(0.52) + np.float32(0.48) * np.sqrt(held)
    held.setflags(write=False)
    return held
