"""Areas of like colour: the magic wand (connected) and selection by colour (everywhere), on pictures of any size.

The picture is asked for block by block, and by the wand only where it gets to.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, Literal

import cv2
import msgspec
import numpy as np

from studio.raster.colour import unpremultiply
from studio.raster.geometry import Rect, TileKey
from studio.raster.mask import Mask
from studio.raster.selecting.blocks import Steps, blocks_of, tiles_of
from studio.raster.tile import Tile

Measure = Literal["perceived", "channels"]
Read = Callable[[Rect], np.ndarray]
"""Document rectangle → premultiplied float [h, w, 4], transparent beyond the picture."""

BLOCK = 512


class Likeness(msgspec.Struct, frozen=True, kw_only=True):
    """Which colours count as like the one pressed on.

    ``tolerance``: the greatest distance, 0–100. ``perceived``: CIE 1976 ΔE*ab (ISO/CIE 11664-4) of colours taken as
    sRGB; ``channels``: the greatest difference of any straight channel in per cent. Both count a difference of alpha in
    per cent, and only it where both are transparent. ``gap``: openings up to so many pixels wide count as closed.
    ``corners``: areas that touch at corners only are connected.
    """

    tolerance: float = 12.0
    measure: Measure = "perceived"
    anti_alias: bool = True
    gap: int = 0
    corners: bool = False


def distances(pixels: np.ndarray, colour: np.ndarray, measure: Measure) -> np.ndarray:
    """Distance [h, w] float32, 0–100 and more, of premultiplied ``pixels`` [h, w, 4] from ``colour`` [4]."""
    straight = np.ascontiguousarray(unpremultiply(pixels))
    wanted = unpremultiply(colour.reshape(1, 1, 4).astype(np.float32))
    rgb = cv2.cvtColor(straight, cv2.COLOR_RGBA2RGB).reshape(*straight.shape[:2], 3)
    if measure == "channels":
        red, green, blue = cv2.split(cv2.absdiff(rgb, _scalar(wanted[0, 0, :3])).reshape(rgb.shape))
        colours = np.maximum(np.maximum(red, green), blue).reshape(rgb.shape[:2]) * np.float32(100)
    else:
        apart = cv2.subtract(to_lab(rgb), _scalar(to_lab(wanted[..., :3])[0, 0])).reshape(rgb.shape)
        squares = cv2.transform(cv2.multiply(apart, apart), np.ones((1, 3), np.float32))
        colours = np.sqrt(squares).reshape(rgb.shape[:2])
    own, alpha = float(wanted[0, 0, 3]), np.ascontiguousarray(straight[..., 3])
    if own == 1 and alpha.min() >= 1:
        return colours
    # A colour that is hardly there hardly counts.
    return np.maximum(colours * np.minimum(alpha, own), np.abs(alpha - own) * np.float32(100))


def _scalar(values: np.ndarray) -> Any:
    """A colour as OpenCV takes it for all pixels; its type stubs know only arrays."""
    first, second, third = (float(value) for value in values)
    return first, second, third, 0.0


def to_lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* (D65) float32 of encoded sRGB [..., 3]; L* 0–100."""
    flat = np.clip(rgb, 0, 1).astype(np.float32, copy=False).reshape(1, -1, 3)
    return cv2.cvtColor(np.ascontiguousarray(flat), cv2.COLOR_RGB2Lab).reshape(rgb.shape)


def colour_at(read: Read, x: int, y: int, side: int = 1) -> np.ndarray:
    """Mean premultiplied colour [4] of the ``side`` × ``side`` pixels around (x, y)."""
    half = side // 2
    return read(Rect.of(x - half, y - half, side, side)).astype(np.float32).mean((0, 1))


def by_colour(read: Read, canvas: Rect, colour: np.ndarray, likeness: Likeness) -> Steps:
    """Everything of that colour. Yields after each block; returns the mask."""
    tiles: dict[TileKey, Tile] = {}
    for block in blocks_of(canvas, BLOCK):
        around = block.grow(1).intersect(canvas)
        found = distances(read(around), colour, likeness.measure)
        inside = found <= likeness.tolerance
        tiles |= tiles_of(block, _cut(_with_edge(found, inside, likeness), block, around))
        yield
    return Mask(tiles)


def connected(read: Read, canvas: Rect, x: int, y: int, colour: np.ndarray, likeness: Likeness) -> Steps:
    """The area of that colour that hangs together with the pixel (x, y), which belongs to it whatever its colour.

    Yields after each block; returns the mask, empty where (x, y) lies outside ``canvas``.
    """
    flood = _Flood(read, canvas, colour, likeness)
    if not (canvas.left <= x < canvas.right and canvas.top <= y < canvas.bottom):
        return Mask()
    yield from flood.run(x, y)
    return (yield from flood.mask())


def _with_edge(found: np.ndarray, inside: np.ndarray, likeness: Likeness) -> np.ndarray:
    """Coverage of ``inside``: pixels just outside that mix the colour with the one beyond get its share of them.

    The share of a mixed pixel is 1 − d / D, d its own distance and D the greatest around it: linear un-mixing. A pixel
    that is itself the farthest is no mixture and stays outside, so hard edges stay hard.
    """
    cover = inside.astype(np.float32)
    if not likeness.anti_alias:
        return cover
    kernel = np.ones((3, 3), np.uint8)
    rim = cv2.dilate(inside.astype(np.uint8), kernel).astype(bool) & ~inside
    farthest = cv2.dilate(found, kernel)
    share = 1 - found / np.maximum(farthest, 1e-6)
    return np.where(rim, np.clip(share, 0, 1), cover)


def _cut(values: np.ndarray, block: Rect, around: Rect) -> np.ndarray:
    part = block.move(-around.left, -around.top)
    return values[part.top : part.bottom, part.left : part.right]


class _Part:
    """One block of the flood: which connected piece each pixel belongs to, and which pieces were reached."""

    __slots__ = ("labels", "reached")

    def __init__(self, labels: np.ndarray) -> None:
        self.labels = labels
        self.reached: set[int] = set()


class _Flood:
    """Connected pieces are found inside each block once; the flood then goes from piece to piece across the borders."""

    def __init__(self, read: Read, canvas: Rect, colour: np.ndarray, likeness: Likeness) -> None:
        self._read = read
        self._canvas = canvas
        self._colour = colour
        self._likeness = likeness
        self._parts: dict[tuple[int, int], _Part] = {}
        self._seed: tuple[int, int] = (0, 0)

    def run(self, x: int, y: int) -> Generator[None, None, None]:
        self._seed = x, y
        key = x // BLOCK, y // BLOCK
        part = self._part(key)
        place = self._place(key)
        start = int(part.labels[y - place.top, x - place.left])
        waiting = [(key, {start})] if start else [(key, self._nearest(part, place, x, y))]
        while waiting:
            key, pieces = waiting.pop()
            part = self._part(key)
            new = pieces - part.reached
            if not new:
                continue
            part.reached |= new
            yield
            for direction in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                other = key[0] + direction[0], key[1] + direction[1]
                if self._place(other).empty:
                    continue
                found = self._across(part, self._part(other), direction, new)
                if found - self._part(other).reached:
                    waiting.append((other, found))

    def _nearest(self, part: _Part, place: Rect, x: int, y: int) -> set[int]:
        """Where a closed gap swallowed the pixel itself: the piece next to it, within the gap."""
        reach = self._likeness.gap
        top, left = max(0, y - place.top - reach), max(0, x - place.left - reach)
        near = part.labels[top : y - place.top + reach + 1, left : x - place.left + reach + 1]
        return {int(label) for label in np.unique(near) if label}

    def _place(self, key: tuple[int, int]) -> Rect:
        return Rect.of(key[0] * BLOCK, key[1] * BLOCK, BLOCK, BLOCK).intersect(self._canvas)

    def _part(self, key: tuple[int, int]) -> _Part:
        part = self._parts.get(key)
        if part is None:
            open_ = self._open(self._place(key))
            ways = 8 if self._likeness.corners else 4
            _, labels = cv2.connectedComponents(open_.astype(np.uint8), connectivity=ways, ltype=cv2.CV_32S)
            part = self._parts[key] = _Part(labels)
        return part

    def _alike(self, rect: Rect) -> tuple[np.ndarray, np.ndarray]:
        found = distances(self._read(rect), self._colour, self._likeness.measure)
        inside = found <= self._likeness.tolerance
        x, y = self._seed
        if rect.left <= x < rect.right and rect.top <= y < rect.bottom:
            inside[y - rect.top, x - rect.left] = True
        return found, inside

    def _open(self, place: Rect) -> np.ndarray:
        """Where the flood may go: alike, and with a gap to close, farther than half of it from anything unlike."""
        gap = self._likeness.gap
        if gap <= 0:
            return self._alike(place)[1]
        around = place.grow(gap)
        inside = self._alike(around.intersect(self._canvas))[1]
        cut = around.intersect(self._canvas)
        inside = np.pad(
            inside,
            (
                (cut.top - around.top, around.bottom - cut.bottom),
                (cut.left - around.left, around.right - cut.right),
            ),
            constant_values=True,
        )
        distance = cv2.distanceTransform(inside.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
        return distance[gap : gap + place.height, gap : gap + place.width] > gap / 2 + 0.5

    def _across(self, part: _Part, other: _Part, direction: tuple[int, int], pieces: set[int]) -> set[int]:
        """The pieces of the neighbouring block that touch ``pieces`` across the common border."""
        if direction[0]:
            mine, theirs = (
                (part.labels[:, -1], other.labels[:, 0])
                if direction[0] > 0
                else (part.labels[:, 0], other.labels[:, -1])
            )
        else:
            mine, theirs = (
                (part.labels[-1], other.labels[0]) if direction[1] > 0 else (part.labels[0], other.labels[-1])
            )
        touched = np.isin(mine, list(pieces))
        return {int(label) for label in np.unique(theirs[touched]) if label}

    def _reached(self, rect: Rect) -> np.ndarray:
        """Which pixels of ``rect`` the flood got to."""
        out = np.zeros((rect.height, rect.width), np.uint8)
        for key, part in self._parts.items():
            place = self._place(key)
            common = rect.intersect(place)
            if common.empty or not part.reached:
                continue
            own, target = common.move(-place.left, -place.top), common.move(-rect.left, -rect.top)
            labels = part.labels[own.top : own.bottom, own.left : own.right]
            out[target.top : target.bottom, target.left : target.right] = np.isin(labels, list(part.reached))
        return out

    def mask(self) -> Steps:
        """What was reached, with soft edges; where gaps were closed, grown back into the corners that were too narrow."""
        tiles: dict[TileKey, Tile] = {}
        reach = self._likeness.gap + 1
        touched = [key for key, part in self._parts.items() if part.reached]
        near = {
            (column, row)
            for x, y in touched
            for column in range(x - 1, x + 2)
            for row in range(y - 1, y + 2)
            if not self._place((column, row)).empty
        }
        for key in sorted(near):
            place = self._place(key)
            around = place.grow(reach + 1).intersect(self._canvas)
            reached = self._reached(around)
            if not reached.any():
                continue
            found, inside = self._alike(around)
            cover = _with_edge(found, self._regrown(reached, inside), self._likeness)
            tiles |= tiles_of(place, _cut(cover, place, around))
            yield
        return Mask(tiles)

    def _regrown(self, reached: np.ndarray, inside: np.ndarray) -> np.ndarray:
        """Back into everything alike within the closed distance, step by step, so that no wall is jumped."""
        gap = self._likeness.gap
        if gap <= 0:
            return reached.astype(bool) & inside
        alike = inside.astype(np.uint8)
        kernel = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
        for _ in range(gap // 2 + 2):
            reached = np.minimum(cv2.dilate(reached, kernel), alike)
        return reached.astype(bool)
