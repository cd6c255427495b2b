"""Pixel art at two and three times its size: rules that continue its lines instead of making blocks or blur.

EPX (E. Johnston, 1992) is Scale2x; Scale3x: A. Mazzoleni, scale2x.it, 2001. Both give only colours that are there. The smooth
one follows the rules of 2xBR (Hyllian, "xBR algorithm tutorial", 2011): an edge is where the differences along it are
smaller than those across it, and the corner that it cuts off is mixed with the colour beyond. Beyond the edge the picture's
outermost pixels go on. Pixels are premultiplied float [h, w, n], n channels of any meaning (a mask has one).
"""

from __future__ import annotations

from typing import Literal

import numpy as np

PixelArt = Literal["epx", "scale3x", "xbr"]
FACTORS: dict[PixelArt, int] = {"epx": 2, "scale3x": 3, "xbr": 2}
MARGIN = 2
"""Pixels around a place on which its result depends, at most."""
_WEIGHTS = (48.0, 7.0, 6.0)
"""Of the differences of Y, U and V in xBR; that of alpha counts as Y's does."""
_EQUAL = 15.0
"""Below this difference xBR takes two colours (0–1) for alike."""
_YUV = np.array([[0.299, 0.587, 0.114], [-0.169, -0.331, 0.5], [0.5, -0.419, -0.081]], np.float32)


def enlarge(pixels: np.ndarray, kind: PixelArt) -> np.ndarray:
    """``pixels`` [h, w] or [h, w, n] at 2 (``scale3x``: 3) times the size, in float32."""
    planes = pixels if pixels.ndim == 3 else pixels[..., None]
    made = _RULES[kind](np.asarray(planes, np.float32))
    return made if pixels.ndim == 3 else made[..., 0]


class _Around:
    """Views of the pixels (x, y) away from each pixel."""

    def __init__(self, pixels: np.ndarray) -> None:
        self._shape = pixels.shape[:2]
        room = ((MARGIN, MARGIN), (MARGIN, MARGIN)) + ((0, 0),) * (pixels.ndim - 2)
        self._padded = np.pad(pixels, room, "edge")

    def at(self, x: int, y: int) -> np.ndarray:
        height, width = self._shape
        return self._padded[MARGIN + y : MARGIN + y + height, MARGIN + x : MARGIN + x + width]


def _same(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    # plane by plane: numpy is five times as slow along a last axis of four
    same = one[..., 0] == other[..., 0]
    for index in range(1, one.shape[-1]):
        same &= one[..., index] == other[..., index]
    return same


def _woven(parts: list[list[np.ndarray]]) -> np.ndarray:
    """Rows of sub-pixels, each [h, w, n], as one picture."""
    down, across = len(parts), len(parts[0])
    height, width, count = parts[0][0].shape
    out = np.empty((height * down, width * across, count), np.float32)
    for y, row in enumerate(parts):
        for x, part in enumerate(row):
            out[y::down, x::across] = part
    return out


def _epx(pixels: np.ndarray) -> np.ndarray:
    """Names as in the source: B above, D left, F right, H below the pixel E."""
    around = _Around(pixels)
    b, d, f, h = around.at(0, -1), around.at(-1, 0), around.at(1, 0), around.at(0, 1)
    cuts = ~_same(b, h) & ~_same(d, f)

    def corner(one: np.ndarray, other: np.ndarray) -> np.ndarray:
        return np.where((cuts & _same(one, other))[..., None], one, pixels)

    return _woven([[corner(d, b), corner(f, b)], [corner(d, h), corner(f, h)]])


def _scale3x(pixels: np.ndarray) -> np.ndarray:
    """A B C / D E F / G H I, and the nine results in that order."""
    around = _Around(pixels)
    a, b, c = (around.at(x, -1) for x in (-1, 0, 1))
    d, e, f = around.at(-1, 0), pixels, around.at(1, 0)
    g, h, i = (around.at(x, 1) for x in (-1, 0, 1))
    cuts = ~_same(b, h) & ~_same(d, f)
    db, bf = cuts & _same(d, b), cuts & _same(b, f)
    dh, hf = cuts & _same(d, h), cuts & _same(h, f)

    def chosen(where: np.ndarray, other: np.ndarray) -> np.ndarray:
        return np.where(where[..., None], other, e)

    not_a, not_c, not_g, not_i = (~_same(e, corner) for corner in (a, c, g, i))
    return _woven([
        [chosen(db, d), chosen((db & not_c) | (bf & not_a), b), chosen(bf, f)],
        [chosen((db & not_g) | (dh & not_a), d), e, chosen((bf & not_i) | (hf & not_c), f)],
        [chosen(dh, d), chosen((dh & not_i) | (hf & not_g), h), chosen(hf, f)],
    ])  # fmt: skip


# ── xBR ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
_TURNS = (
    ((1, 0), (0, 1), (3, 2, 1)),
    ((0, -1), (1, 0), (1, 3, 0)),
    ((-1, 0), (0, -1), (0, 1, 2)),
    ((0, 1), (-1, 0), (2, 0, 3)),
)
"""For the corner at the lower right, then upper right, upper left, lower left: where right and down lie, and the numbers of
the sub-pixels (upper left 0, upper right 1, lower left 2, lower right 3) at the corner, down beside it, and right of it."""


def _xbr(pixels: np.ndarray) -> np.ndarray:
    around = _Around(pixels)
    measured = [_Around(np.ascontiguousarray(plane)) for plane in np.moveaxis(_measure(pixels), -1, 0)]
    parts = [pixels.copy() for _ in range(4)]
    for right, down, (corner, below, beside) in _TURNS:
        _cut(around, measured, right, down, parts, (corner, below, beside))
    return _woven([[parts[0], parts[1]], [parts[2], parts[3]]])


def _measure(pixels: np.ndarray) -> np.ndarray:
    """What differences are taken of, weighted: [h, w, 4] of colours, or [h, w, 1] of a mask."""
    if pixels.shape[2] < 3:
        return pixels * np.float32(_WEIGHTS[0])
    yuv = pixels[..., :3] @ (_YUV * np.array(_WEIGHTS, np.float32)[:, None]).T
    return np.concatenate((yuv, pixels[..., 3:] * np.float32(_WEIGHTS[0])), -1)


def _cut(
    around: _Around,
    measured: list[_Around],
    right: tuple[int, int],
    down: tuple[int, int],
    parts: list[np.ndarray],
    numbers: tuple[int, int, int],
) -> None:
    """Mixes the sub-pixels at one corner of every pixel with the colour beyond an edge that cuts it off, in place.

    Letters as in the tutorial, turned so that this corner is the lower right one: B above, D left, F right, H below the
    pixel E, C, G and I at its corners, F4, I4, H5 and I5 one further.
    """

    def place(x: int, y: int) -> tuple[int, int]:
        return x * right[0] + y * down[0], x * right[1] + y * down[1]

    places = {
        "e": (0, 0), "b": (0, -1), "c": (1, -1), "d": (-1, 0), "f": (1, 0), "g": (-1, 1), "h": (0, 1), "i": (1, 1),
        "f4": (2, 0), "i4": (2, 1), "h5": (0, 2), "i5": (1, 2),
    }  # fmt: skip
    of = {name: [plane.at(*place(*where)) for plane in measured] for name, where in places.items()}
    own = {name: around.at(*place(*places[name])) for name in "ebcdfgh"}

    def away(one: str, other: str) -> np.ndarray:
        total = np.abs(of[one][0] - of[other][0])
        for first, second in zip(of[one][1:], of[other][1:], strict=True):
            total += np.abs(first - second)
        return total

    def alike(one: str, other: str) -> np.ndarray:
        return away(one, other) < _EQUAL

    along = away("e", "c") + away("e", "g") + away("i", "h5") + away("i", "f4") + 4 * away("h", "f")
    across = away("h", "d") + away("h", "i5") + away("f", "i4") + away("f", "b") + 4 * away("e", "i")
    edge = ~_same(own["e"], own["h"]) & ~_same(own["e"], own["f"]) & (along <= across)
    if not edge.any():
        return
    clear = (along < across) & (
        (~alike("f", "b") & ~alike("h", "d"))
        | (alike("e", "i") & ~alike("f", "i4") & ~alike("h", "i5"))
        | alike("e", "g")
        | alike("e", "c")
    )
    flat, steep = away("f", "g"), away("h", "c")
    left = clear & (2 * flat <= steep) & ~_same(own["e"], own["g"]) & ~_same(own["d"], own["g"])
    up = clear & (flat >= 2 * steep) & ~_same(own["e"], own["c"]) & ~_same(own["b"], own["c"])
    beyond = np.where((away("e", "f") <= away("e", "h"))[..., None], own["f"], own["h"])
    both = left & up
    most = np.where(both, np.float32(7 / 8), np.where(left | up, np.float32(3 / 4), np.float32(1 / 2)))
    quarter = np.float32(1 / 4)
    corner, below, beside = numbers
    _mix(parts[corner], beyond, edge * most)
    _mix(parts[below], beyond, (edge & left) * quarter)
    _mix(parts[beside], beyond, (edge & up) * quarter)


def _mix(part: np.ndarray, beyond: np.ndarray, share: np.ndarray) -> None:
    part += (beyond - part) * share[..., None].astype(np.float32)


_RULES = {"epx": _epx, "scale3x": _scale3x, "xbr": _xbr}
