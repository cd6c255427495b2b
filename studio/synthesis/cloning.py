"""Gradient-domain cloning (Pérez, Gangnet, Blake, 2003): a picture takes on the colours around the place it lies at."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Annotated

import msgspec
import numpy as np

from studio.raster.stopping import heed
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.synthesis.fusion import Fusion, Steps
from studio.synthesis.multigrid import Grid

PREVIEW_TOLERANCE = 1e-2
"""The last cycle of a preview changes no value by more; what is left is a fraction of 1/255."""


_ROWS = 32


class Cloning(msgspec.Struct, frozen=True, kw_only=True):
    strength: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Strength"), low=0.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "How much of the colours around is taken on."),
        ),
    ] = 1.0  # fmt: skip


class Clone:
    """A pasted picture that is solved again and again while it is dragged: what stays the same is kept.

    Its grid is that of its shape, so it stays while all of the picture lies on visible pixels.
    """

    def __init__(self, *, mixed: bool = False, strength: float = 1.0, tolerance: float = 1e-4) -> None:
        """``mixed``: of two gradients the larger one counts. ``tolerance``: when cycles end."""
        self._mixed = mixed
        self._strength = np.float32(strength)
        self._tolerance = tolerance
        self._grid: Grid | None = None
        self._below: tuple[np.ndarray, np.ndarray] | None = None
        self._above: tuple[np.ndarray, np.ndarray] | None = None

    def part(self, backdrop: np.ndarray, source: np.ndarray, mask: np.ndarray | None = None) -> Steps:
        """What lies on the backdrop: premultiplied float32 [h, w, 4], its alpha the source's times the mask.

        All are premultiplied encoded float32 of one size.
        """
        alpha = np.clip(source[..., 3], 0, 1)
        alpha = alpha if mask is None else alpha * mask
        out = np.zeros_like(source)
        box = _box(alpha)
        if box is None:
            return out
        alpha = alpha[box]
        heed()
        if self._above is None or self._above[0] is not source:
            self._above = source, _straight(source)
        straight = self._above[1][box]
        heed()
        if self._below is None or self._below[0] is not backdrop:
            self._below = backdrop, _straight(backdrop)
        under = self._below[1][box]
        heed()
        inside, seen = alpha > 0, backdrop[box][..., 3] > 0
        yield 0.0
        change = yield from self._change(straight, under, inside, seen, source[box][..., 3] > 0)
        place = out[box]
        change *= self._strength
        heed()
        change += straight
        heed()
        np.multiply(change, alpha[..., None], out=place[..., :3])
        place[..., 3] = alpha
        return out

    def _change(
        self, straight: np.ndarray, under: np.ndarray, inside: np.ndarray, seen: np.ndarray, known: np.ndarray
    ) -> Generator[float, None, np.ndarray]:
        """What is added to the source's colours."""
        held = seen & ~inside
        grid = self._grid
        if grid is None or not (_equal(grid.inside, inside) and _equal(grid.held, held)):
            grid, self._grid = Grid(inside, held), None
        carried = _carried(straight, known)
        divergence = mixed_divergence(carried, under, inside, held, seen) if self._mixed else None
        yield 0.1
        change = yield from grid.solve(divergence, under - carried, tolerance=self._tolerance)
        self._grid = grid
        return change


def _straight(premultiplied: np.ndarray) -> np.ndarray:
    """Straight colours [h, w, 3]; zero where transparent. One division a pixel: a frame of a drag has no more time."""
    alpha = premultiplied[..., 3]
    scale = np.divide(1, alpha, out=np.zeros_like(alpha), where=alpha > 1e-12)
    heed()
    return premultiplied[..., :3] * scale[..., None]


def _equal(one: np.ndarray, other: np.ndarray) -> bool:
    return one.shape == other.shape and bool((one == other).all())


def _box(alpha: np.ndarray) -> tuple[slice, slice] | None:
    """Where something lies, and one pixel around it; None for nothing."""
    rows, columns = (np.flatnonzero((alpha > 0).any(axis)) for axis in (1, 0))
    if not len(rows):
        return None
    return (
        slice(max(0, int(rows[0]) - 1), int(rows[-1]) + 2),
        slice(max(0, int(columns[0]) - 1), int(columns[-1]) + 2),
    )


def _carried(straight: np.ndarray, known: np.ndarray) -> np.ndarray:
    """The source's colours, carried one pixel beyond where it has any: across its edge it has no gradient of its own."""
    if bool(known.all()):
        return straight
    heed()
    near = np.zeros_like(known)
    near[1:] |= known[:-1]
    near[:-1] |= known[1:]
    near[:, 1:] |= known[:, :-1]
    near[:, :-1] |= known[:, 1:]
    rows, columns = np.nonzero(near & ~known)
    total, count = np.zeros((len(rows), 3), np.float32), np.zeros((len(rows), 1), np.float32)
    for y, x in ((-1, 0), (0, -1), (0, 1), (1, 0)):
        there = np.clip(rows + y, 0, known.shape[0] - 1), np.clip(columns + x, 0, known.shape[1] - 1)
        # beyond the picture the pixel itself is met, which is not known either
        heed()
        seen = known[there][:, None]
        total += straight[there] * seen
        count += seen
    out = straight.copy()
    out[rows, columns] = total / count
    return out


def _pairs() -> tuple[tuple[tuple[slice, slice], tuple[slice, slice]], ...]:
    """(pixels, their neighbours) to the right and below."""
    every, first, last = slice(None), slice(None, -1), slice(1, None)
    return (((every, first), (every, last)), ((first, every), (last, every)))


def mixed_divergence(
    source: np.ndarray, backdrop: np.ndarray, inside: np.ndarray, held: np.ndarray, seen: np.ndarray
) -> np.ndarray:
    """Σ over counted neighbours of how much the larger gradient exceeds the source's; straight colours [h, w, 3].

    Pérez et al., equations 12 and 13: v = f*_p − f*_q where its amount is larger than that of g_p − g_q, each channel
    alone, and only where the backdrop has colours on both sides.
    """
    out = np.zeros_like(source)
    counted = (inside | held) & seen
    for here, there in _pairs():
        both = counted[here] & counted[there]
        pairs = source[here], source[there], backdrop[here], backdrop[there], out[here], out[there]
        for top in range(0, both.shape[0], _ROWS):  # what is worked on at once stays near the processor
            own_a, own_b, other_a, other_b, taken, given = (one[top : top + _ROWS] for one in pairs)
            own, other = own_a - own_b, other_a - other_b
            stronger = np.abs(other) > np.abs(own)
            stronger &= both[top : top + _ROWS, :, None]
            other -= own
            other *= stronger
            taken += other
            given -= other
    return out


def over(backdrop: np.ndarray, part: np.ndarray) -> np.ndarray:
    """The part laid on the backdrop."""
    rest = backdrop * (1 - part[..., 3:])
    heed()
    rest += part
    return rest


def _part(mixed: bool):
    def function(pictures: Sequence[np.ndarray], parameters: Cloning, mask: np.ndarray | None) -> Steps:
        backdrop, source = pictures
        clone = Clone(mixed=mixed, strength=parameters.strength)
        return (yield from clone.part(backdrop, source, mask))

    return function


def _whole(mixed: bool):
    part = _part(mixed)

    def function(pictures: Sequence[np.ndarray], parameters: Cloning, mask: np.ndarray | None) -> Steps:
        out = pictures[0]
        for source in pictures[1:]:
            found = yield from part((out, source), parameters, mask)
            out = over(out, found)
        return out

    return function


FUSIONS = (
    Fusion(
        name="poisson",
        version=1,
        title=QT_TRANSLATE_NOOP("recipe", "Blend into surroundings"),
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "The upper picture keeps its gradients and takes on the colours around it: inside its alpha times the mask "
            "Σq (fp − fq) = Σq (gp − gq) over the four neighbours q that are inside or visible below, with f the lower "
            "picture's value outside; at the picture's border the gradient is free. Straight encoded colours, solved by "
            "multigrid (Pérez, Gangnet, Blake, Poisson Image Editing, 2003, equation 7).",
        ),
        parameters=Cloning,
        function=_whole(False),
        pasted=_part(False),
        masked=True,
    ),
    Fusion(
        name="mixed-gradients",
        version=1,
        title=QT_TRANSLATE_NOOP("recipe", "Blend with mixed gradients"),
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Like blending into the surroundings, but between each pixel p and neighbour q the larger of the two gradients "
            "counts, gp − gq of the upper or f*p − f*q of the lower picture, each channel alone, so that texture below "
            "shows through: writing on a wall, smoke, a rainbow (Pérez, Gangnet, Blake, 2003, equations 12 and 13).",
        ),
        parameters=Cloning,
        function=_whole(True),
        pasted=_part(True),
        masked=True,
    ),
)
