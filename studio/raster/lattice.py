"""A picture that repeats, under the brush on a layer that is turned, scaled or bent in it: dabs come in again at the other
edges.

There the repeating rectangle is no rectangle of the layer, so that pixels cannot be wrapped: each dab is laid once for every
place at which the picture shows it, and a brush that takes along what it goes over reads what the picture shows around it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import product
from typing import NamedTuple

import cv2
import numpy as np

from studio.raster import perspective, warp
from studio.raster.dab import Dab, Dabs
from studio.raster.geometry import Rect
from studio.raster.warp import Warp

Affine = tuple[float, float, float, float, float, float]
Read = Callable[[Rect], np.ndarray]
"""Values [h, w] or [h, w, channels] of a rectangle of the layer."""


class Lattice(NamedTuple):
    """``rect``: the picture; ``x``, ``y``: which of its axes repeat. ``to_picture``: from the layer's pixels, after ``bend``;
    ``to_layer`` back; ``plain``: the brush's tip is the same from all sides."""

    rect: Rect
    x: bool
    y: bool
    to_picture: Affine
    to_layer: Affine
    bend: Warp = ()
    plain: bool = False

    def copies(self, dabs: Dabs) -> Iterator[Dabs]:
        """The dabs at each place at which the picture shows them."""
        across, down = self._shown(np.stack((dabs.x, dabs.y), 1)).T
        columns, rows = self._periods(across, down, float(np.max(dabs.radius)), dabs.x[0], dabs.y[0])
        for column, row in product(columns, rows):
            if self.bend and (column or row):
                found = [self.dab_at(dab, column, row) for dab in dabs.each()]
                if any(dab is not None for dab in found):
                    yield _columns([dab for dab in found if dab is not None], dabs.step)
            else:
                yield self._moved(dabs, column * self.rect.width, row * self.rect.height)

    def around(self, dab: Dab) -> Around:
        """One dab with its copies: first that whose middle lies in the picture, as far as the picture repeats."""
        places = self._shown(np.array([[dab.x, dab.y]]))
        columns, rows = self._periods(places[:, 0], places[:, 1], dab.radius, dab.x, dab.y)
        cell = self.cells(places)[0]
        middle = -int(cell[0]), -int(cell[1])
        periods = sorted({middle, *product(columns, rows)}, key=lambda period: period != middle)
        found = [(period, self.dab_at(dab, *period)) for period in periods]
        there = [(period, one) for period, one in found if one is not None]
        return Around(self, dab, tuple(one for _, one in there), tuple(period for period, _ in there))

    def cells(self, places: np.ndarray) -> np.ndarray:
        """In which of the repeated pictures ``places`` [..., 2] of the plane lie: whole numbers; 0 is the picture itself."""
        low, side = np.array(self.rect[:2]), np.array((self.rect.width, self.rect.height))
        return np.floor((places - low) / side).astype(np.int64) * np.array((self.x, self.y))

    def dab_at(self, dab: Dab, column: int, row: int) -> Dab | None:
        """The dab's copy so many periods away; None where the layer has no place for it."""
        if not column and not row:
            return dab
        if not self.bend:
            a, b, c, d = self.to_layer[:4]
            x, y = column * self.rect.width, row * self.rect.height
            return dab._replace(x=dab.x + (a * x + c * y), y=dab.y + (b * x + d * y))
        here, there = self.frame(dab, 0, 0), self.frame(dab, column, row)
        if here is None or there is None:
            return None
        back = np.linalg.inv(there[:, :2])
        moved = column * self.rect.width, row * self.rect.height
        place = back @ (here @ (dab.x, dab.y, 1) + moved - there[:, 2])
        return _shaped(dab, back @ here[:, :2], plain=self.plain)._replace(
            x=float(place[0]), y=float(place[1])
        )

    def frame(self, dab: Dab, column: int, row: int) -> np.ndarray | None:
        """[2, 3]: how the layer's pixels lie in the plane around a dab's copy; None where the layer has no place for it, or no
        size there."""
        a, b, c, d, tx, ty = self.to_picture
        if not self.bend:
            return np.array(((a, c, tx), (b, d, ty)))
        middle = self._shown(np.array([[dab.x, dab.y]])) + (column * self.rect.width, row * self.rect.height)
        place = warp.backward(self.bend, perspective.mapped(perspective.of_affine(self.to_layer), middle))[0]
        if place[0] <= perspective.NOWHERE / 2:
            return None
        first, right, below = self._shown(place + np.array([(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)]))
        linear = np.stack((right - first, below - first), 1)
        if abs(np.linalg.det(linear)) < 1e-6:
            return None
        return np.concatenate((linear, (first - linear @ place)[:, None]), 1)

    def _shown(self, points: np.ndarray) -> np.ndarray:
        """Where ``points`` [n, 2] of the layer lie in the plane."""
        bent = warp.forward(self.bend, points) if self.bend else points
        return perspective.mapped(perspective.of_affine(self.to_picture), bent)

    def _periods(
        self, across: np.ndarray, down: np.ndarray, radius: float, x: float, y: float
    ) -> tuple[range, range]:
        """By how many periods dabs at these places of the plane have to be moved to touch the picture."""
        a, b, c, d = self.to_picture[:4]
        scale = max(math.hypot(a, b), math.hypot(c, d))
        if self.bend:  # twice, as it is not the same everywhere
            scale *= 2 * warp.scale_at(self.bend, float(x), float(y))
        reach = (radius + 2) * scale + 1
        seen = across > perspective.NOWHERE / 2  # not so beyond the horizon of a bend
        if not seen.all():
            across, down = across[seen], down[seen]
        if not len(across):
            return range(1), range(1)
        columns = _steps(across, reach, self.rect.left, self.rect.right, self.x)
        return columns, _steps(down, reach, self.rect.top, self.rect.bottom, self.y)

    def _moved(self, dabs: Dabs, x: int, y: int) -> Dabs:
        if not x and not y:
            return dabs
        a, b, c, d = self.to_layer[:4]
        return dabs._replace(x=dabs.x + (a * x + c * y), y=dabs.y + (b * x + d * y))


class Around(NamedTuple):
    """A dab's copies, and how many periods each lies away from ``dab``."""

    lattice: Lattice
    dab: Dab
    dabs: tuple[Dab, ...]
    periods: tuple[tuple[int, int], ...]

    def gather(self, read: Read, rect: Rect, number: int = 0) -> np.ndarray:
        """A copy of the layer's values in ``rect`` under a copy of the dab; beyond an edge that repeats what the picture shows
        there, from the other edge."""
        values = read(rect).copy()
        column, row = self.periods[number]
        frame = self.lattice.frame(self.dab, column, row)
        if frame is None:
            return values
        corners = [(x, y, 1) for x in (rect.left, rect.right) for y in (rect.top, rect.bottom)]
        if not self.lattice.cells(np.array(corners) @ frame.T).any():
            return values
        x, y = np.arange(rect.left, rect.right) + 0.5, np.arange(rect.top, rect.bottom) + 0.5
        cells = self.lattice.cells(
            x[None, :, None] * frame[:, 0] + y[:, None, None] * frame[:, 1] + frame[:, 2]
        )
        for cell in {(int(a), int(b)) for a, b in np.unique(cells.reshape(-1, 2), axis=0)} - {(0, 0)}:
            there = self.lattice.frame(self.dab, column - cell[0], row - cell[1])
            if there is not None:
                _fill(values, (cells == cell).all(2), read, rect, self._between(frame, there, cell))
        return values

    def _between(self, here: np.ndarray, there: np.ndarray, cell: tuple[int, int]) -> np.ndarray:
        """[2, 3]: from pixels that the picture shows beyond an edge, in ``cell``, to those that it shows in itself."""
        picture = self.lattice.rect
        moved = here[:, 2] - (cell[0] * picture.width, cell[1] * picture.height) - there[:, 2]
        return np.linalg.inv(there[:, :2]) @ np.concatenate((here[:, :2], moved[:, None]), 1)


def _fill(values: np.ndarray, where: np.ndarray, read: Read, rect: Rect, away: np.ndarray) -> None:
    """Takes ``values`` of ``rect`` from elsewhere in the layer, between pixels linearly."""
    rows, columns = np.flatnonzero(where.any(1)), np.flatnonzero(where.any(0))
    part = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    left, top = rect.left + int(columns[0]), rect.top + int(rows[0])
    height, width = where[part].shape
    corners = np.array([(x, y, 1) for x in (left, left + width) for y in (top, top + height)]) @ away.T
    low, high = np.floor(corners.min(0)).astype(int) - 1, np.ceil(corners.max(0)).astype(int) + 1
    source = np.ascontiguousarray(read(Rect(int(low[0]), int(low[1]), int(high[0]), int(high[1]))))
    # OpenCV's pixel centres lie on whole numbers, ours at +0.5
    moved = away @ (left + 0.5, top + 0.5, 1) - low - 0.5
    matrix = np.concatenate((away[:, :2], moved[:, None]), 1)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    found = cv2.warpAffine(source, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    values[part][where[part]] = found.reshape(values[part].shape)[where[part]]


def _shaped(dab: Dab, turn: np.ndarray, *, plain: bool) -> Dab:
    """The dab with its tip as the linear map ``turn`` [2, 2] makes it: a ``plain`` one exactly, another but for its shear."""
    along = math.radians(dab.angle)
    shape = turn @ ((math.cos(along), -math.sin(along)), (math.sin(along), math.cos(along)))
    shape = shape @ np.diag((1.0, dab.roundness))
    size = float(np.linalg.det(shape))
    direction, length = shape[:, 0], float(np.hypot(*shape[:, 0]))
    if plain:
        axes, lengths, _ = np.linalg.svd(shape)
        direction, length = axes[:, 0], float(lengths[0])
    return dab._replace(
        radius=dab.radius * length, roundness=min(abs(size) / length**2, 1.0),
        angle=math.degrees(math.atan2(direction[1], direction[0])), flip=dab.flip != (size < 0),
    )  # fmt: skip


def _columns(dabs: list[Dab], step: float) -> Dabs:
    columns = (np.array(column) for column in zip(*dabs, strict=True))
    return Dabs._make(columns)._replace(step=step)


def _steps(places: np.ndarray, reach: float, low: int, high: int, repeats: bool) -> range:
    """By how many periods dabs have to be moved to touch the picture."""
    if not repeats:
        return range(1)
    side = high - low
    first, last = float(np.min(places)) - reach, float(np.max(places)) + reach
    return range(math.ceil((low - last) / side), math.floor((high - first) / side) + 1)
