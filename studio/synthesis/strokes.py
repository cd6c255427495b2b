"""Tapered strokes with round ends, drawn from their distance to each pixel: the same at any crop, scale and order of tiles."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np

from studio.synthesis.lattice import View

_AT_ONCE = 1 << 19
"""Pixels of strokes' boxes that are measured together."""
_STEPS = 65535


class Strokes(msgspec.Struct, frozen=True, eq=False):
    """Segments in document pixels, in the order in which they are painted.

    ``ends``: float64 [n, 4], x and y of both. ``radii``: float64 [n, 2] there. ``colours``: float32 [n, 4],
    premultiplied. ``stroke``: int64 [n], not falling: segments of one number are one stroke, whose joints do not show.
    """

    ends: np.ndarray
    radii: np.ndarray
    colours: np.ndarray
    stroke: np.ndarray

    def __len__(self) -> int:
        return len(self.ends)

    def placed(self, size: float, x: float, y: float) -> Strokes:
        """Of unit coordinates in document pixels."""
        shift = np.array([x, y, x, y])
        return Strokes(self.ends * size + shift, self.radii * size, self.colours, self.stroke)

    def near(self, view: View) -> np.ndarray:
        """Which segments may touch the view."""
        pixel, rect = view.pixel, view.rect
        reach = np.maximum(self.radii.max(1), 0.5 * pixel) + pixel
        left, right = (
            np.minimum(self.ends[:, 0], self.ends[:, 2]),
            np.maximum(self.ends[:, 0], self.ends[:, 2]),
        )
        top, bottom = (
            np.minimum(self.ends[:, 1], self.ends[:, 3]),
            np.maximum(self.ends[:, 1], self.ends[:, 3]),
        )
        keep = (left - reach < rect.right * pixel) & (right + reach > rect.left * pixel)
        keep &= (top - reach < rect.bottom * pixel) & (bottom + reach > rect.top * pixel)
        return np.flatnonzero(keep)

    def take(self, which: np.ndarray) -> Strokes:
        return Strokes(self.ends[which], self.radii[which], self.colours[which], self.stroke[which])


def joined(*several: Strokes) -> Strokes:
    """One after the other; the strokes of each keep apart from those of the others."""
    first, numbers = 0, []
    for one in several:
        numbers.append(one.stroke + first)
        first = int(numbers[-1].max(initial=first - 1)) + 1
    return Strokes(
        np.concatenate([one.ends for one in several]),
        np.concatenate([one.radii for one in several]),
        np.concatenate([one.colours for one in several]),
        np.concatenate(numbers),
    )


def drawn(strokes: Strokes, view: View, ground: np.ndarray | None = None) -> np.ndarray:
    """Premultiplied float32 [h, w, 4]: the strokes over ``ground`` (else over nothing).

    A pixel at distance d from a segment, r its radius there, all in pixels, is covered by clip(½ + max(r, ½) − d) times
    min(1, 2r): smooth over one pixel, and a line finer than a pixel loses opacity instead of width. Within a stroke the
    greatest cover counts; strokes are laid over each other in order.
    """
    rect = view.rect
    out = np.zeros((rect.height * rect.width, 4), np.float32)
    if ground is not None:
        out[:] = ground.reshape(-1, 4)
    near = strokes.take(strokes.near(view))
    if len(near):
        _laid(out, near, *_covered(near, view))
    return out.reshape(rect.height, rect.width, 4)


def _covered(strokes: Strokes, view: View) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pixel numbers in the view, segment numbers and covers of all places that are covered at all."""
    ends, radii = strokes.ends / view.pixel, strokes.radii / view.pixel
    rect = view.rect
    reach = np.maximum(radii.max(1), 0.5) + 1
    left = np.maximum(np.floor(np.minimum(ends[:, 0], ends[:, 2]) - reach), rect.left).astype(np.int64)
    top = np.maximum(np.floor(np.minimum(ends[:, 1], ends[:, 3]) - reach), rect.top).astype(np.int64)
    right = np.minimum(np.ceil(np.maximum(ends[:, 0], ends[:, 2]) + reach), rect.right).astype(np.int64)
    bottom = np.minimum(np.ceil(np.maximum(ends[:, 1], ends[:, 3]) + reach), rect.bottom).astype(np.int64)
    wide = np.maximum(right - left, 0)
    count = wide * np.maximum(bottom - top, 0)
    groups = np.cumsum(count) // _AT_ONCE
    found = []
    for group in np.unique(groups):
        which = np.flatnonzero((groups == group) & (count > 0))
        if not len(which):
            continue
        index = np.repeat(which, count[which])
        within = np.arange(len(index)) - np.repeat(np.cumsum(count[which]) - count[which], count[which])
        row = within // wide[index]
        x, y = left[index] + within - row * wide[index], top[index] + row
        cover = _cover(x + 0.5, y + 0.5, ends[index], radii[index])
        some = np.flatnonzero(cover > 0)
        found.append(((y[some] - rect.top) * rect.width + x[some] - rect.left, index[some], cover[some]))
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    return tuple(np.concatenate(part) for part in zip(*found, strict=True))  # type: ignore[return-value]


def _cover(x: np.ndarray, y: np.ndarray, ends: np.ndarray, radii: np.ndarray) -> np.ndarray:
    across, down = ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]
    away_x, away_y = x - ends[:, 0], y - ends[:, 1]
    square = np.maximum(across * across + down * down, 1e-12)
    part = np.clip((away_x * across + away_y * down) / square, 0, 1)
    away_x -= part * across
    away_y -= part * down
    radius = radii[:, 0] + part * (radii[:, 1] - radii[:, 0])
    cover = np.clip(0.5 + np.maximum(radius, 0.5) - np.sqrt(away_x * away_x + away_y * away_y), 0, 1)
    return cover * np.minimum(1, 2 * radius)


def _laid(
    out: np.ndarray, strokes: Strokes, pixel: np.ndarray, segment: np.ndarray, cover: np.ndarray
) -> None:
    if not len(pixel):
        return
    stroke = strokes.stroke[segment] - strokes.stroke.min()
    key = pixel * (int(stroke.max()) + 1) + stroke
    fine = np.minimum((cover * _STEPS).astype(np.int64), _STEPS)
    order = np.argsort(key * (_STEPS + 1) + fine, kind="stable")
    key = key[order]
    last = order[np.append(key[1:] != key[:-1], True)]
    pixel, segment, cover = pixel[last], segment[last], cover[last].astype(np.float32)
    first = np.append(True, pixel[1:] != pixel[:-1])
    begin = np.maximum.accumulate(np.where(first, np.arange(len(pixel)), 0))
    rank = np.arange(len(pixel)) - begin
    order = np.argsort(rank, kind="stable")
    stops = np.cumsum(np.bincount(rank))
    start = 0
    for stop in stops:
        which = order[start:stop]
        colour = strokes.colours[segment[which]] * cover[which, None]
        at = pixel[which]
        out[at] = colour + out[at] * (1 - colour[:, 3:])
        start = stop


def collected(parts: list[tuple[Any, ...]]) -> Strokes:
    """Strokes from (x0, y0, x1, y1, r0, r1, red, green, blue, alpha, stroke), colours straight."""
    table = np.array(parts, np.float64).reshape(-1, 11)
    colours = table[:, 6:10].astype(np.float32)
    colours[:, :3] *= colours[:, 3:]
    return Strokes(table[:, :4].copy(), table[:, 4:6].copy(), colours, table[:, 10].astype(np.int64))
