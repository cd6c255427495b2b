"""Bends of the plane: perspective and meshes, joined to a chain, so that pixels are resampled once however many there are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import msgspec
import numpy as np
from msgspec.structs import replace

from studio.raster import perspective
from studio.raster.perspective import NOWHERE, PLAIN, Matrix, Point

Frame = tuple[float, float, float, float]
_FINE = 6  # samples of each patch and axis from which the way back starts
_STEPS = 8


class Mesh(msgspec.Struct, frozen=True):
    """A rectangle ``frame`` (left, top, right, bottom) cut into ``columns`` × ``rows`` patches and bent.

    ``points``: where the (columns + 1) × (rows + 1) knots of the regular grid go, row by row. Between them a bicubic
    Catmull–Rom surface (Catmull and Rom 1974, tension ½), which goes through its points; beyond the frame it goes on
    straight. An affine map of the points is an affine map of the surface.
    """

    frame: Frame
    columns: int
    rows: int
    points: tuple[Point, ...]

    def __post_init__(self) -> None:
        if self.columns < 1 or self.rows < 1 or len(self.points) != (self.columns + 1) * (self.rows + 1):
            raise ValueError(f"{len(self.points)} points do not make {self.columns} × {self.rows} patches")
        if self.frame[2] <= self.frame[0] or self.frame[3] <= self.frame[1]:
            raise ValueError(f"{self.frame} is not a rectangle")

    @property
    def plain(self) -> bool:
        """Whether it leaves everything where it is."""
        return self.points == regular(self.frame, self.columns, self.rows).points

    def moved(self, index: int, point: Point) -> Mesh:
        return replace(self, points=(*self.points[:index], point, *self.points[index + 1 :]))

    def under(self, matrix: Matrix) -> Mesh:
        """The mesh whose points were moved by ``matrix`` (exact where that is affine)."""
        found = perspective.mapped(matrix, np.array(self.points, np.float64))
        return replace(self, points=tuple((float(x), float(y)) for x, y in found))

    def divided(self, columns: int, rows: int) -> Mesh:
        """The same surface over another number of patches, through its points there."""
        wanted = regular(self.frame, columns, rows)
        found = self.forward(np.array(wanted.points, np.float64))
        return replace(wanted, points=tuple((float(x), float(y)) for x, y in found))

    def forward(self, points: np.ndarray) -> np.ndarray:
        """Where ``points`` [n, 2] go."""
        return self._surface(*self._parameters(points))[0]

    def backward(self, points: np.ndarray) -> np.ndarray:
        """What goes to ``points`` [n, 2]: Newton's method from the nearest sample; NOWHERE where nothing does.

        Where the mesh folds over itself one of the layers is found.
        """
        u, v = self._guess(points)
        at, du, dv = self._surface(u, v)
        miss = points - at
        for _ in range(_STEPS):
            if float(np.abs(miss).max(initial=0)) < 1e-3:
                break
            u, v = self._nearer(u, v, miss, du, dv)
            at, du, dv = self._surface(u, v)
            miss = points - at
        left, top, right, bottom = self.frame
        out = np.stack(
            (left + u * (right - left) / self.columns, top + v * (bottom - top) / self.rows), axis=1
        )
        out[np.abs(miss).max(axis=1) > 1.0] = NOWHERE
        return out

    def _nearer(
        self, u: np.ndarray, v: np.ndarray, miss: np.ndarray, du: np.ndarray, dv: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """One of Newton's steps: by what is missed and both derivatives there."""
        det = du[:, 0] * dv[:, 1] - du[:, 1] * dv[:, 0]
        det = np.where(np.abs(det) < 1e-9, np.copysign(1e-9, det), det)
        step_u = (miss[:, 0] * dv[:, 1] - miss[:, 1] * dv[:, 0]) / det
        step_v = (du[:, 0] * miss[:, 1] - du[:, 1] * miss[:, 0]) / det
        reach = np.maximum(1.0, np.hypot(step_u, step_v) / 0.75)
        near = np.hypot(u - self.columns / 2, v - self.rows / 2) < self.columns + self.rows
        limit = np.where(near, reach, 1.0)  # far outside, where it is straight, full steps are right
        return u + step_u / limit, v + step_v / limit

    def bounds(self) -> Frame:
        """Around the image of the frame, the surface's swings between its points included."""
        fine = self._fine()[0]
        low, high = fine.min(axis=0), fine.max(axis=0)
        margin = 0.02 * (high - low) + 1
        return (
            float(low[0] - margin[0]),
            float(low[1] - margin[1]),
            float(high[0] + margin[0]),
            float(high[1] + margin[1]),
        )

    def _parameters(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        left, top, right, bottom = self.frame
        u = (points[:, 0] - left) * (self.columns / (right - left))
        v = (points[:, 1] - top) * (self.rows / (bottom - top))
        return u, v

    def _knots(self) -> np.ndarray:
        return _knots_of(self)

    def _all_knots(self) -> np.ndarray:
        """Control points [rows + 3, columns + 3, 2]: with one more straight step at each side."""
        grid = np.array(self.points, np.float64).reshape(self.rows + 1, self.columns + 1, 2)
        grid = np.concatenate((2 * grid[:1] - grid[1:2], grid, 2 * grid[-1:] - grid[-2:-1]))
        return np.concatenate(
            (2 * grid[:, :1] - grid[:, 1:2], grid, 2 * grid[:, -1:] - grid[:, -2:-1]), axis=1
        )

    def _surface(self, u: np.ndarray, v: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Place [n, 2] and both derivatives at parameters counted in patches."""
        knots = self._knots()
        inside_u, inside_v = np.clip(u, 0, self.columns), np.clip(v, 0, self.rows)
        column = np.minimum(inside_u.astype(np.int64), self.columns - 1)
        row = np.minimum(inside_v.astype(np.int64), self.rows - 1)
        # [n, weights or slopes, four points]
        across, down = _catmull_rom(inside_u - column), _catmull_rom(inside_v - row)
        count, wide = len(u), knots.shape[1]
        first = row * wide + column
        near = knots.reshape(-1, 2)[first[:, None] + _sixteen(wide)].reshape(count, 4, 8)
        lines = (down @ near).reshape(count, 2, 4, 2)
        both = across[:, None] @ lines  # [n, down's, across's, 2]
        at, du, dv = both[:, 0, 0], both[:, 0, 1], both[:, 1, 0]
        return at + (u - inside_u)[:, None] * du + (v - inside_v)[:, None] * dv, du, dv

    def _fine(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        return _fine_of(self)

    def _all_fine(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        u = np.linspace(0, self.columns, self.columns * _FINE + 1)
        v = np.linspace(0, self.rows, self.rows * _FINE + 1)
        u, v = (part.reshape(-1) for part in np.meshgrid(u, v))
        return self._surface(u, v)[0], u, v

    def _guess(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        samples, u, v = self._fine()
        nearest = np.empty(len(points), np.int64)
        for start in range(0, len(points), 4096):
            part = points[start : start + 4096]
            # |p − s|² without |p|², which is the same for all samples
            distance = (samples**2).sum(axis=1)[None, :] - 2 * part @ samples.T
            nearest[start : start + 4096] = distance.argmin(axis=1)
        return u[nearest], v[nearest]


@lru_cache(maxsize=16)
def _knots_of(mesh: Mesh) -> np.ndarray:
    return mesh._all_knots()


@lru_cache(maxsize=16)
def _fine_of(mesh: Mesh) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return mesh._all_fine()


@lru_cache(maxsize=16)
def _sixteen(wide: int) -> np.ndarray:
    """Where the 4 × 4 points around a patch lie in rows of ``wide``."""
    return (np.arange(4)[:, None] * wide + np.arange(4)).reshape(-1)


def _catmull_rom(t: np.ndarray) -> np.ndarray:
    """[n, 2, 4]: weights of the points before, at, after and behind, and their slopes."""
    powers = np.stack((np.ones_like(t), t, t * t, t * t * t), axis=1)
    return (powers @ _CUBIC).reshape(len(t), 2, 4)


# rows: 1, t, t², t³; columns: four weights, then their derivatives
_CUBIC = np.array(
    [
        [0.0, 1.0, 0.0, 0.0, -0.5, 0.0, 0.5, 0.0],
        [-0.5, 0.0, 0.5, 0.0, 2.0, -5.0, 4.0, -1.0],
        [1.0, -2.5, 2.0, -0.5, -1.5, 4.5, -4.5, 1.5],
        [-0.5, 1.5, -1.5, 0.5, 0.0, 0.0, 0.0, 0.0],
    ]
)


def regular(frame: Frame, columns: int, rows: int) -> Mesh:
    """The mesh that changes nothing."""
    left, top, right, bottom = frame
    points = tuple(
        (left + (right - left) * column / columns, top + (bottom - top) * row / rows)
        for row in range(rows + 1)
        for column in range(columns + 1)
    )
    return Mesh(frame, columns, rows, points)


class Bend(msgspec.Struct, frozen=True):
    """First ``matrix``, then ``mesh``, if there is one."""

    matrix: Matrix = PLAIN
    mesh: Mesh | None = None


Warp = tuple[Bend, ...]
"""Bends from the first to the last; empty changes nothing. Neighbouring homographies are one."""


def bent(warp: Warp, matrix: Matrix) -> Warp:
    """``warp``, then ``matrix``."""
    if matrix == PLAIN:
        return warp
    if warp and warp[-1].mesh is None:
        matrix = perspective.joined(matrix, warp[-1].matrix)
        warp = warp[:-1]
    return warp if matrix == PLAIN else (*warp, Bend(matrix))


def meshed(warp: Warp, mesh: Mesh) -> Warp:
    """``warp``, then ``mesh``."""
    if mesh.plain:
        return warp
    if warp and warp[-1].mesh is None:
        return (*warp[:-1], replace(warp[-1], mesh=mesh))
    return (*warp, Bend(mesh=mesh))


def joined(outer: Warp, inner: Warp) -> Warp:
    """``inner``, then ``outer``."""
    for bend in outer:
        inner = bent(inner, bend.matrix)
        if bend.mesh is not None:
            inner = meshed(inner, bend.mesh)
    return inner


def forward(warp: Warp, points: np.ndarray) -> np.ndarray:
    """Where ``points`` [n, 2] go."""
    for bend in warp:
        points = perspective.mapped(bend.matrix, points)
        if bend.mesh is not None:
            points = bend.mesh.forward(points)
    return points


def backward(warp: Warp, points: np.ndarray) -> np.ndarray:
    """What goes to ``points`` [n, 2]; NOWHERE where nothing does."""
    for bend in reversed(warp):
        if bend.mesh is not None:
            lost = points[:, 0] <= NOWHERE / 2
            points = bend.mesh.backward(points)
            points[lost] = NOWHERE
        back = perspective.inverted(bend.matrix)
        if back is None:
            return np.full_like(points, NOWHERE)
        lost = points[:, 0] <= NOWHERE / 2
        points = perspective.mapped(back, points)
        points[lost] = NOWHERE
    return points


def straight(warp: Warp) -> Matrix | None:
    """The one homography that the warp is; None where it has a mesh."""
    if not warp:
        return PLAIN
    return warp[0].matrix if len(warp) == 1 and warp[0].mesh is None else None


def bounds(warp: Warp, rect: Sequence[float], most: float = 1e6) -> Frame:
    """(left, top, right, bottom) around the image of ``rect``."""
    frame: tuple[float, ...] = tuple(rect)
    for bend in warp:
        frame = perspective.bounds(bend.matrix, (frame[0], frame[1], frame[2], frame[3]), most)
        if bend.mesh is not None:
            frame = _through_mesh(bend.mesh, frame)
    return frame[0], frame[1], frame[2], frame[3]


def _through_mesh(mesh: Mesh, frame: tuple[float, ...]) -> Frame:
    """Where ``frame`` goes, what lies beyond the mesh included."""
    left, top, right, bottom = mesh.bounds()
    own = mesh.frame
    if frame[0] >= own[0] and frame[1] >= own[1] and frame[2] <= own[2] and frame[3] <= own[3]:
        return left, top, right, bottom
    x, y = np.linspace(frame[0], frame[2], 17), np.linspace(frame[1], frame[3], 17)
    around = np.array([(a, b) for a in (x[0], x[-1]) for b in y] + [(a, b) for a in x for b in (y[0], y[-1])])
    there = mesh.forward(around)
    return (
        min(left, float(there[:, 0].min())),
        min(top, float(there[:, 1].min())),
        max(right, float(there[:, 0].max())),
        max(bottom, float(there[:, 1].max())),
    )


def scale_at(warp: Warp, x: float, y: float) -> float:
    """Mean linear scale of the warp around a point of the source."""
    around = np.array([(x, y), (x + 1, y), (x, y + 1)], np.float64)
    (ax, ay), (bx, by), (cx, cy) = forward(warp, around)
    return math.sqrt(abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)))
