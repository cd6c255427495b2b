"""Homographies: maps of the plane that keep lines straight, as 3×3 matrices on (x, y, 1).

A matrix keeps the sign that makes the third coordinate w positive on the near side of its horizon. So it is only ever
multiplied by positive numbers, and a point with w ≤ 0 has no image. Hartley and Zisserman, Multiple View Geometry, ch. 2.
"""

from __future__ import annotations

import math

import numpy as np

Matrix = tuple[float, float, float, float, float, float, float, float, float]
"""Row by row: x' = (m0·x + m1·y + m2) / w, y' = (m3·x + m4·y + m5) / w, w = m6·x + m7·y + m8."""
Affine = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Quad = tuple[Point, Point, Point, Point]
"""Corners in the order top left, top right, bottom right, bottom left of what they are the image of."""

PLAIN: Matrix = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
NOWHERE = -1e7
"""Both coordinates of what has no image: outside of every picture."""
_NEAR = 1e-9


def of_affine(affine: Affine) -> Matrix:
    a, b, c, d, x, y = affine
    return a, c, x, b, d, y, 0.0, 0.0, 1.0


def as_affine(matrix: Matrix) -> Affine | None:
    """The affine map that ``matrix`` is; None where parallels meet."""
    m = matrix
    if m[6] or m[7] or m[8] <= 0:
        return None
    w = m[8]
    return m[0] / w, m[3] / w, m[1] / w, m[4] / w, m[2] / w, m[5] / w


def joined(outer: Matrix, inner: Matrix) -> Matrix:
    """The map that applies ``inner`` first, then ``outer``."""
    return _kept(_array(outer) @ _array(inner))


def inverted(matrix: Matrix) -> Matrix | None:
    """The map back; None for one that flattens the plane to a line."""
    array = _array(matrix)
    scale = float(np.abs(array).max())
    if not math.isfinite(scale) or abs(np.linalg.det(array / scale)) < 1e-15:
        return None
    return _kept(np.linalg.inv(array))


def mapped(matrix: Matrix, points: np.ndarray) -> np.ndarray:
    """Images of ``points`` [n, 2] float64; NOWHERE for those on or beyond the horizon."""
    m = matrix
    x, y = points[:, 0], points[:, 1]
    if not (m[6] or m[7]):
        w = m[8]
        return np.stack(((m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w), axis=1)
    w = m[6] * x + m[7] * y + m[8]
    seen = w > _NEAR * max(abs(m[8]), 1e-300)
    safe = np.where(seen, w, 1.0)
    out = np.stack(((m[0] * x + m[1] * y + m[2]) / safe, (m[3] * x + m[4] * y + m[5]) / safe), axis=1)
    out[~seen] = NOWHERE
    return out


def mapped_point(matrix: Matrix, x: float, y: float) -> Point:
    found = mapped(matrix, np.array([[x, y]], np.float64))[0]
    return float(found[0]), float(found[1])


def corners(rect: tuple[float, float, float, float]) -> Quad:
    left, top, right, bottom = rect
    return (left, top), (right, top), (right, bottom), (left, bottom)


def to_quad(rect: tuple[float, float, float, float], quad: Quad) -> Matrix | None:
    """The map that lays the rectangle onto ``quad``; None where the quad is not convex (or is a line).

    Four correspondences give eight linear equations; exact for parallelograms, whose map stays affine.
    """
    if not convex(quad):
        return None
    left, top, right, bottom = rect
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = quad
    # Heckbert 1989, section 2.2.3: the unit square onto a quadrilateral
    sx, sy = x0 - x1 + x2 - x3, y0 - y1 + y2 - y3
    dx1, dy1, dx2, dy2 = x1 - x2, y1 - y2, x3 - x2, y3 - y2
    size = max(abs(dx1), abs(dy1), abs(dx2), abs(dy2), 1e-12)
    if abs(sx) <= 1e-12 * size and abs(sy) <= 1e-12 * size:
        g = h = 0.0
    else:
        det = dx1 * dy2 - dx2 * dy1
        g, h = (sx * dy2 - dx2 * sy) / det, (dx1 * sy - sx * dy1) / det
    unit = np.array(
        [
            [x1 - x0 + g * x1, x3 - x0 + h * x3, x0],
            [y1 - y0 + g * y1, y3 - y0 + h * y3, y0],
            [g, h, 1.0],
        ]
    )
    width, height = right - left, bottom - top
    if not width or not height:
        return None
    return _kept(
        unit @ np.array([[1 / width, 0, -left / width], [0, 1 / height, -top / height], [0, 0, 1.0]])
    )


def quad_to_quad(source: Quad, target: Quad) -> Matrix | None:
    """The map from one quadrilateral onto another."""
    unit = (0.0, 0.0, 1.0, 1.0)
    first, second = to_quad(unit, source), to_quad(unit, target)
    back = inverted(first) if first is not None else None
    return joined(second, back) if second is not None and back is not None else None


def convex(quad: Quad) -> bool:
    """Whether the corners go round once, either way, without a dent."""
    turns = []
    for index in range(4):
        (ax, ay), (bx, by), (cx, cy) = (quad[(index + step) % 4] for step in range(3))
        turns.append((bx - ax) * (cy - by) - (by - ay) * (cx - bx))
    return all(turn > 1e-9 for turn in turns) or all(turn < -1e-9 for turn in turns)


def bounds(matrix: Matrix, rect: tuple[float, float, float, float], most: float = 1e6) -> tuple[float, ...]:
    """(left, top, right, bottom) around the image of ``rect``; what reaches for the horizon ends at ``most``."""
    shape = _before_horizon(matrix, corners(rect))
    if not shape:
        return 0.0, 0.0, 0.0, 0.0
    found = mapped(matrix, np.array(shape, np.float64))
    low, high = found.min(axis=0), found.max(axis=0)
    return tuple(float(max(-most, min(most, part))) for part in (*low, *high))


def _before_horizon(matrix: Matrix, shape: Quad) -> list[Point]:
    """The part of a convex polygon on the near side of the horizon (Sutherland and Hodgman 1974)."""
    m = matrix
    if not (m[6] or m[7]):
        return list(shape)
    heights = [m[6] * x + m[7] * y + m[8] for x, y in shape]
    near = 1e-6 * max(*heights, 1e-300)
    kept: list[Point] = []
    for index, ((x0, y0), w0) in enumerate(zip(shape, heights, strict=True)):
        x1, y1 = shape[(index + 1) % 4]
        w1 = heights[(index + 1) % 4]
        if w0 >= near:
            kept.append((x0, y0))
        if (w0 >= near) != (w1 >= near):
            share = (near - w0) / (w1 - w0)
            kept.append((x0 + share * (x1 - x0), y0 + share * (y1 - y0)))
    return kept


def _array(matrix: Matrix) -> np.ndarray:
    return np.array(matrix, np.float64).reshape(3, 3)


def _kept(array: np.ndarray) -> Matrix:
    """The matrix as a value, multiplied by a positive number so that |m8| is 1 where that says something."""
    scale = abs(float(array[2, 2]))
    if scale < 1e-9 * float(np.abs(array[2]).max()):
        scale = float(np.abs(array[2]).max())
    # + 0.0: no negative zeros, which would be written to files
    m = [float(part) / scale + 0.0 for part in array.reshape(-1)]
    return m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8]
