"""Liquify: a field of displacements that dabs of a brush push, turn, draw together or put back, and pixels warped by it.

The field is float32 [rows, columns, 2], (x, y) in document pixels: node (column, row) stands at the middle of the square of
``step`` × ``step`` pixels whose corner is (column, row) · step. It is a way back: what is shown at x comes from x + u(x).
Between nodes it is linear, beyond them as at the nearest one.

A dab is a small way back ψ of its own, and what was done before goes on behind it: u ← ψ − x + u∘ψ (Gustafsson 1993,
*Interactive Image Warping*). Dabs are composed, not added, so that a long push takes along what it moves and tears nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

import cv2
import msgspec
import numpy as np

from studio.raster.geometry import EMPTY, Rect
from studio.raster.liquify_modes import Mode
from studio.raster.resample import without_ringing

FINEST, MOST_NODES = 2, 1 << 20
FLAT = 0.8
"""Part of the radius over which the hardest brush works fully: a steeper rim would fold the picture over itself."""
FINE = 32
"""Displacements are rounded to 1/32 pixel, which is what ``cv2.remap`` tells apart: parts and the whole are then equal."""
MARGIN = 3
"""Pixels around a place that its bicubic value reads, rounding included."""


class Dab(msgspec.Struct, frozen=True):
    """One touch of the brush: middle (x, y) and ``radius`` in document pixels, ``hardness`` 0–1.

    ``amount``: of a push the part 0–1 of the way (``dx``, ``dy``) that its middle moves; of a twirl radians; of pinch and
    bloat the change of scale in the middle; of restore the part 0–1 of the displacement that goes.
    """

    mode: Mode
    x: float
    y: float
    radius: float
    hardness: float
    amount: float
    dx: float = 0.0
    dy: float = 0.0


def step_for(width: int, height: int) -> int:
    """Pixels between nodes: 2, or as many more as keep the field of a picture of this size below 2²⁰ nodes."""
    step = FINEST
    while -(-width // step) * -(-height // step) > MOST_NODES:
        step *= 2
    return step


def still(width: int, height: int, step: int) -> np.ndarray:
    """The field that leaves everything where it is."""
    return np.zeros((-(-height // step), -(-width // step), 2), np.float32)


def falloff(distance: np.ndarray, radius: float, hardness: float) -> np.ndarray:
    """Weight 0–1 at ``distance`` pixels from the middle: q²(3 − 2q), q = (1 − d / radius) / (1 − 0.8·hardness) cut to 0–1."""
    q = np.clip((1 - distance / radius) / (1 - FLAT * hardness), 0, 1)
    return q * q * (3 - 2 * q)


Way = tuple[np.ndarray, np.ndarray]
"""v of ψ(x) = x + v, horizontal and vertical part."""


def _push(dab: Dab, x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> Way:
    """ψ(x) = x − amount · w · d, d the way of the pen."""
    return weight * (-dab.amount * dab.dx), weight * (-dab.amount * dab.dy)


def _twirl(sign: float) -> Callable[[Dab, np.ndarray, np.ndarray, np.ndarray], Way]:
    """ψ(x) = m + R(−sign · amount · w)(x − m); y points down, so that positive angles turn clockwise."""

    def way(dab: Dab, x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> Way:
        angle = weight * (-sign * dab.amount)
        c, s = np.cos(angle) - 1, np.sin(angle)
        return c * x - s * y, s * x + c * y

    return way


def _scale(sign: float) -> Callable[[Dab, np.ndarray, np.ndarray, np.ndarray], Way]:
    """ψ(x) = m + (1 + sign · amount · w)(x − m): + pinches, − bloats."""

    def way(dab: Dab, x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> Way:
        share = weight * (sign * dab.amount)
        return share * x, share * y

    return way


_WAYS: Mapping[Mode, Callable[[Dab, np.ndarray, np.ndarray, np.ndarray], Way]] = MappingProxyType(
    {
        "push": _push, "twirl-right": _twirl(1.0), "twirl-left": _twirl(-1.0), "pinch": _scale(1.0), "bloat": _scale(-1.0),
    }
)  # fmt: skip


def nodes_of(dab: Dab, field: np.ndarray, step: int) -> Rect:
    """The nodes that a dab can change, as a rectangle of columns and rows; EMPTY beside the field."""
    rows, columns = field.shape[:2]
    found = Rect(
        math.floor((dab.x - dab.radius) / step - 0.5),
        math.floor((dab.y - dab.radius) / step - 0.5),
        math.ceil((dab.x + dab.radius) / step + 0.5),
        math.ceil((dab.y + dab.radius) / step + 0.5),
    ).intersect(Rect(0, 0, columns, rows))
    return EMPTY if found.empty else found


def dabbed(field: np.ndarray, step: int, dab: Dab) -> tuple[Rect, np.ndarray]:
    """(nodes, their new displacements [h, w, 2]); ``field`` is not written."""
    area = nodes_of(dab, field, step)
    old = field[area.top : area.bottom, area.left : area.right]
    if area.empty:
        return area, old
    x = ((np.arange(area.left, area.right, dtype=np.float32) + 0.5) * step - dab.x)[None]
    y = ((np.arange(area.top, area.bottom, dtype=np.float32) + 0.5) * step - dab.y)[:, None]
    weight = falloff(np.hypot(x, y), dab.radius, dab.hardness).astype(np.float32)
    if dab.mode == "restore":
        return area, old * (1 - np.float32(dab.amount) * weight)[..., None]
    across, down = _WAYS[dab.mode](dab, x, y, weight)
    column = np.arange(area.left, area.right, dtype=np.float32)[None] + across / step
    row = np.arange(area.top, area.bottom, dtype=np.float32)[:, None] + down / step
    new = between(field, column, row) + np.stack((across, down), axis=2)
    return area, np.where(weight[..., None] > 0, new, old).astype(np.float32)


def between(field: np.ndarray, column: np.ndarray, row: np.ndarray) -> np.ndarray:
    """Linear between nodes at fractional places, in full float32: ``cv2.remap`` knows 32 places, and a stroke has many dabs."""
    rows, columns = field.shape[:2]
    pairs = field.view(np.complex64).reshape(-1)  # both parts of a displacement are gathered as one number
    column, row = np.clip(column, 0, columns - 1), np.clip(row, 0, rows - 1)
    left, top = column.astype(np.intp), row.astype(np.intp)
    s, t = (column - left).astype(np.float32), (row - top).astype(np.float32)
    first = top * columns + left
    right, down = (left < columns - 1).astype(np.intp), (top < rows - 1).astype(np.intp) * columns
    upper = pairs.take(first) * (1 - s) + pairs.take(first + right) * s
    first += down
    lower = pairs.take(first) * (1 - s) + pairs.take(first + right) * s
    found = upper * (1 - t) + lower * t
    return found.view(np.float32).reshape(*found.shape, 2)


def put(field: np.ndarray, area: Rect, nodes: np.ndarray) -> np.ndarray:
    """Writes ``nodes`` into ``field``; returns what was there."""
    there = field[area.top : area.bottom, area.left : area.right]
    before = there.copy()
    there[...] = nodes
    return before


def shown_of(area: Rect, step: int) -> Rect:
    """The document pixels whose displacement depends on the nodes of ``area``."""
    if area.empty:
        return EMPTY
    half = step // 2
    return Rect(
        (area.left - 1) * step + half, (area.top - 1) * step + half,
        (area.right + 1) * step - half, (area.bottom + 1) * step - half,
    )  # fmt: skip


def sampled(field: np.ndarray, step: int, rect: Rect, level: int = 0) -> np.ndarray:
    """Displacements float32 [h, w, 2], in document pixels, at the middles of the pixels of mip ``level`` in ``rect``.

    Each value depends on its place alone, whatever rectangle it is asked for with.
    """
    scale = 1 << level
    rows, columns = field.shape[:2]
    left, s = _places(rect.left, rect.right, scale / step, columns)
    top, t = _places(rect.top, rect.bottom, scale / step, rows)
    part = np.ascontiguousarray(field[top[0] : top[-1] + 2, left[0] : left[-1] + 2]).view(np.complex64)[
        ..., 0
    ]
    top -= top[0]
    left -= left[0]
    below, after = np.minimum(top + 1, part.shape[0] - 1), np.minimum(left + 1, part.shape[1] - 1)
    lines = part.take(top, 0) * (1 - t)[:, None] + part.take(below, 0) * t[:, None]
    found = lines.take(left, 1)
    found *= 1 - s
    second = lines.take(after, 1)
    second *= s
    found += second
    return found.view(np.float32).reshape(*found.shape, 2)


def _places(start: int, end: int, scale: float, count: int) -> tuple[np.ndarray, np.ndarray]:
    """(node before, part of the way to the next) of each pixel of a row."""
    places = np.clip((np.arange(start, end) + 0.5) * scale - 0.5, 0, count - 1)
    first = np.floor(places).astype(np.intp)
    return first, (places - first).astype(np.float32)


def ways(
    field: np.ndarray, step: int, rect: Rect, selected: np.ndarray | None = None, level: int = 0
) -> np.ndarray | None:
    """Displacements as they are used, float32 [h, w, 2] in pixels of ``level``: weighted by ``selected`` [h, w] 0–1 and
    rounded to 1/32; None where nothing moves."""
    found = sampled(field, step, rect, level)
    if selected is not None:
        found *= selected[..., None]
    return rounded(found, level)


def rounded(found: np.ndarray, level: int = 0) -> np.ndarray | None:
    """Displacements in pixels of level 0, written over, in those of ``level``, rounded to 1/32; None where nothing moves."""
    found *= FINE / (1 << level)
    np.rint(found, out=found)
    if not found.any():
        return None
    found /= FINE
    return found


def weights_at(weights: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Float32 weights [h, w] at places, in pixels from their upper left corner: linear between the middles of pixels."""
    across, down = (x - 0.5).astype(np.float32), (y - 0.5).astype(np.float32)
    return cv2.remap(weights, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def moving(way: np.ndarray) -> np.ndarray:
    """bool [h, w]: which pixels ``way`` moves at all."""
    return (way[..., 0] != 0) | (way[..., 1] != 0)


def reached(way: np.ndarray, rect: Rect, canvas: Rect) -> Rect:
    """The pixels that :func:`warped` reads for ``rect``: around where its ways lead, within the canvas."""
    left, top = math.floor(float(way[..., 0].min())), math.floor(float(way[..., 1].min()))
    right, bottom = math.ceil(float(way[..., 0].max())), math.ceil(float(way[..., 1].max()))
    found = Rect(rect.left + left, rect.top + top, rect.right + right, rect.bottom + bottom).grow(MARGIN)
    # what leads out of the canvas still needs the edge that is repeated there
    x, y = (
        min(max(found.left, canvas.left), canvas.right - 1),
        min(max(found.top, canvas.top), canvas.bottom - 1),
    )
    right, bottom = min(max(found.right, x + 1), canvas.right), min(max(found.bottom, y + 1), canvas.bottom)
    return Rect(x, y, right, bottom)


def warped(
    source: np.ndarray, place: Rect, way: np.ndarray, rect: Rect, canvas: Rect, high: float = 1.0
) -> np.ndarray:
    """Premultiplied float32 [h, w, 4] of ``rect``: bicubic values of ``source``, which are the pixels of ``place``
    (:func:`reached`), where ``way`` leads. Beyond the canvas its edge is repeated. ``high``: the largest value there can be
    (infinite in high dynamic range), the same for all parts."""
    x = np.arange(rect.left, rect.right, dtype=np.float32)[None] + way[..., 0]
    y = np.arange(rect.top, rect.bottom, dtype=np.float32)[:, None] + way[..., 1]
    # of large coordinates float32 keeps 1/32 pixel exactly, so that the part it is read from makes no difference
    x, y = np.clip(x, canvas.left, canvas.right - 1), np.clip(y, canvas.top, canvas.bottom - 1)
    x -= place.left
    y -= place.top
    out = cv2.remap(source, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return without_ringing(out, high)


def enlarged(
    pixels: np.ndarray, moves: np.ndarray, small: Rect, less: int, part: Rect
) -> tuple[np.ndarray, np.ndarray]:
    """(pixels, which of them move) of ``part`` from those of ``small``, which were warped ``less`` mip levels below it."""
    whole = small.from_level(less)
    size = (whole.width, whole.height)
    found = cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR)
    there = cv2.resize(moves.view(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    inner = part.move(-whole.left, -whole.top)
    cut = slice(inner.top, inner.bottom), slice(inner.left, inner.right)
    return found[cut], there[cut] > 0
