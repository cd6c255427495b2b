"""Every way to repair what a mask marks, declared once: commands, actions and documentation follow from it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Annotated, Any, Literal

import msgspec
import numpy as np

from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.synthesis import healing, inpaint, patchmatch

Repairing = Generator["float | patchmatch.Guess", None, np.ndarray]
Symmetry = Literal["none", "left-right", "up-down", "both"]
CHOICES = (
    QT_TRANSLATE_NOOP("recipe", "none"),
    QT_TRANSLATE_NOOP("recipe", "left-right"),
    QT_TRANSLATE_NOOP("recipe", "up-down"),
    QT_TRANSLATE_NOOP("recipe", "both"),
)
"""Words of the choices below, which their declarations hold as plain literals."""
_MIRRORS = {"none": 0, "left-right": 1, "up-down": 2, "both": 3}
_REACH = declare(
    QT_TRANSLATE_NOOP("recipe", "Reach"),
    low=0,
    high=16384,
    soft_high=1024,
    unit="px",
    description=QT_TRANSLATE_NOOP(
        "recipe", "How far from the hole is taken from; 0 follows the hole's size."
    ),
)


class PatchMatch(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``patchmatch``."""

    radius: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Patch radius"),
            low=1,
            high=8,
            unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "Larger patches keep larger structures together."),
        ),
    ] = 3
    symmetry: Annotated[
        Symmetry,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Symmetry"),
            description=QT_TRANSLATE_NOOP("recipe", "Mirrored patches are taken, too."),
        ),
    ] = "none"
    rounds: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Rounds"),
            low=1,
            high=16,
            description=QT_TRANSLATE_NOOP("recipe", "How often patches are matched at full size."),
        ),
    ] = 2
    reach: Annotated[int, _REACH] = 0
    seed: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Seed"),
            low=0,
            high=2**53 - 1,
            seed=True,
            description=QT_TRANSLATE_NOOP("recipe", "Another seed gives another filling."),
        ),
    ] = 0


class Border(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``telea`` and ``ns``."""

    radius: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Radius"),
            low=1.0,
            high=64.0,
            soft_high=20.0,
            unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "How far around a pixel its colour is taken from."),
        ),
    ] = 5.0


_AWAY = {"low": -16384, "high": 16384, "unit": "px"}


class Patch(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``patch``."""

    x: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Source across"), **_AWAY,
            description=QT_TRANSLATE_NOOP("recipe", "Where to take from; with 0 and 0 the best place is found."),
        ),
    ] = 0  # fmt: skip
    y: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Source down"), **_AWAY,
            description=QT_TRANSLATE_NOOP("recipe", "Where to take from; with 0 and 0 the best place is found."),
        ),
    ] = 0  # fmt: skip
    reach: Annotated[int, _REACH] = 0


class Method(msgspec.Struct, frozen=True, kw_only=True):
    """``repair(pixels, mask, parameters, sampled)`` yields the part done (and PatchMatch a Guess), returns the new pixels.

    Pixels are premultiplied float32 [h, w, 4], encoded; ``mask`` [h, w] 0–1; ``sampled`` [h, w] or None: what may be taken
    from. A change of pixels raises ``version``. Raises HealError.
    """

    name: str
    version: int
    title: str
    description: str
    parameters: type[msgspec.Struct]
    repair: Callable[[np.ndarray, np.ndarray, Any, np.ndarray | None], Repairing]

    @property
    def key(self) -> str:
        return f"{self.name}@{self.version}"


def _patchmatch(
    pixels: np.ndarray, mask: np.ndarray, value: PatchMatch, sampled: np.ndarray | None
) -> Repairing:
    return patchmatch.fill(
        pixels, mask, sampled=sampled, mirrors=_MIRRORS[value.symmetry], radius=value.radius, rounds=value.rounds,
        reach=value.reach, seed=value.seed,
    )  # fmt: skip


def _telea(pixels: np.ndarray, mask: np.ndarray, value: Border, _sampled: np.ndarray | None) -> Repairing:
    return inpaint.inpainted(pixels, mask, "telea", value.radius)


def _ns(pixels: np.ndarray, mask: np.ndarray, value: Border, _sampled: np.ndarray | None) -> Repairing:
    return inpaint.inpainted(pixels, mask, "ns", value.radius)


def _patch(pixels: np.ndarray, mask: np.ndarray, value: Patch, sampled: np.ndarray | None) -> Repairing:
    return healing.healed(pixels, mask, offset=(value.x, value.y), sampled=sampled, reach=value.reach)


METHODS: dict[str, Method] = {
    method.name: method
    for method in (
        Method(
            name="patchmatch",
            version=1,
            title=QT_TRANSLATE_NOOP("recipe", "PatchMatch"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "Every patch of (2r + 1)² pixels that touches the hole is matched with the known patch of least summed "
                "squared difference over premultiplied red, green, blue and alpha, found by propagation from its left and "
                "upper neighbour (then right and lower) and by random trials at distances halved from the picture's larger "
                "side down to 1. Each hole pixel becomes the mean of what the matches of the patches over it show, weighted "
                "by 1.3^−d · e^(−cost / 2σ²), d the distance of the patch's middle from the hole's border, σ² the third "
                "quartile of the costs (a quarter of it at the end). Both are repeated on a pyramid from the size at which "
                "the hole is thinner than five pixels, closed there by a soap film. Barnes, Shechtman, Finkelstein, "
                "Goldman, SIGGRAPH 2009; Wexler, Shechtman, Irani, PAMI 2007.",
            ),
            parameters=PatchMatch,
            repair=_patchmatch,
        ),
        Method(
            name="telea",
            version=1,
            title=QT_TRANSLATE_NOOP("recipe", "Telea"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "From the border inwards, in the order of fast marching, each pixel of a channel becomes the mean of the "
                "known pixels within the radius, each continued by its gradient, weighted by direction, distance and level. "
                "Computed by OpenCV in 16 bits between the least and greatest known value. Telea, Journal of Graphics Tools "
                "2004.",
            ),
            parameters=Border,
            repair=_telea,
        ),
        Method(
            name="ns",
            version=1,
            title=QT_TRANSLATE_NOOP("recipe", "Navier–Stokes"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "The lines of equal brightness flow on into the hole as in an incompressible fluid, from the border inwards "
                "over known pixels within the radius. Computed by OpenCV in 16 bits between the least and greatest known "
                "value. Bertalmio, Bertozzi, Sapiro, CVPR 2001.",
            ),
            parameters=Border,
            repair=_ns,
        ),
        Method(
            name="patch",
            version=1,
            title=QT_TRANSLATE_NOOP("recipe", "Patch"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "The texture beside the flaw, moved by (x, y), takes its place; its colours are moved by the soap film of "
                "what differs along the flaw's edge (Laplace's equation), the membrane form of Poisson image editing. With "
                "(0, 0) the place is sought where a ring of four pixels around the flaw differs least in the sum of squares, "
                "nine tenths of the squared mean difference left out. Pérez, Gangnet, Blake, SIGGRAPH 2003.",
            ),
            parameters=Patch,
            repair=_patch,
        ),
    )
}
"""What ``danqing heal --method`` and the actions offer."""


def finished(work: Generator[Any, None, np.ndarray]) -> np.ndarray:
    """The result of any of the steps here, at once."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value
