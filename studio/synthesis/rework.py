"""Every way to make a picture anew from itself, declared once: scaled by content, grown as a texture, made to repeat, cut out.

The command ``danqing rework`` and the documentation follow from it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
import numpy as np

from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.synthesis import carving, quilting
from studio.synthesis.cut_out import CutOut, cut_out
from studio.synthesis.heal import Repairing
from studio.synthesis.problems import OTHER_SIZE, HealError
from studio.synthesis.seamless import seamless

_SIDE = {"low": 0, "high": 16384, "unit": "px"}
_WIDTH = declare(
    QT_TRANSLATE_NOOP("recipe", "Width"), **_SIDE, description=QT_TRANSLATE_NOOP("recipe", "0 keeps the picture's own.")
)  # fmt: skip
_HEIGHT = declare(
    QT_TRANSLATE_NOOP("recipe", "Height"), **_SIDE, description=QT_TRANSLATE_NOOP("recipe", "0 keeps the picture's own.")
)  # fmt: skip
_SEED = declare(QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=2**53 - 1, seed=True)
CHOICES = (
    QT_TRANSLATE_NOOP("recipe", "repair"),
    QT_TRANSLATE_NOOP("recipe", "blend"),
    QT_TRANSLATE_NOOP("recipe", "both"),
    QT_TRANSLATE_NOOP("recipe", "across"),
    QT_TRANSLATE_NOOP("recipe", "down"),
)


class Scale(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``scale``."""

    width: Annotated[int, _WIDTH] = 0
    height: Annotated[int, _HEIGHT] = 0


class Quilt(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``quilt``."""

    width: Annotated[int, _WIDTH] = 0
    height: Annotated[int, _HEIGHT] = 0
    block: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Block"), low=4, high=1024, soft_high=200, unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "Side of the pieces; as large as what repeats in the texture."),
        ),
    ] = 48  # fmt: skip
    overlap: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Overlap"), low=0, high=512, soft_high=64, unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "How far pieces lie over one another; 0 is a sixth of a block."),
        ),
    ] = 0  # fmt: skip
    seed: Annotated[int, _SEED] = 0


class Seamless(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``seamless``."""

    band: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Width of the band"), low=2, high=1024, soft_high=128, unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "How wide the strip along the edges is that is made anew."),
        ),
    ] = 32  # fmt: skip
    way: Annotated[Literal["repair", "blend"], declare(QT_TRANSLATE_NOOP("recipe", "Method"))] = "repair"
    edges: Annotated[Literal["both", "across", "down"], declare(QT_TRANSLATE_NOOP("recipe", "Edges"))] = (
        "both"
    )
    seed: Annotated[int, _SEED] = 0


class Rework(msgspec.Struct, frozen=True, kw_only=True):
    """``make(pixels, parameters, keep, remove)`` yields the part done (and more), returns new pixels of any size.

    Pixels are premultiplied float32 [h, w, 4], encoded; ``keep`` and ``remove`` [h, w], 0–1, or None: what a mask says is to
    stay, or to go. ``removes``: the second one does something, ``keeps``: the first. Raises HealError.
    """

    name: str
    title: str
    description: str
    parameters: type[msgspec.Struct]
    make: Callable[[np.ndarray, Any, np.ndarray | None, np.ndarray | None], Repairing]
    keeps: bool = False
    removes: bool = False


Masked = np.ndarray | None


def _scaled(pixels: np.ndarray, values: Scale, keep: Masked, remove: Masked) -> Repairing:
    width, height = values.width or pixels.shape[1], values.height or pixels.shape[0]
    return carving.carved(pixels, width, height, protect=keep, remove=remove)


def _quilted(pixels: np.ndarray, values: Quilt, _keep: Masked, _remove: Masked) -> Repairing:
    width, height = values.width or pixels.shape[1], values.height or pixels.shape[0]
    return quilting.quilted(
        pixels, width, height, block=values.block, overlap=values.overlap, seed=values.seed
    )


def _seamless(pixels: np.ndarray, values: Seamless, _keep: Masked, _remove: Masked) -> Repairing:
    return seamless(pixels, band=values.band, way=values.way, edges=values.edges, seed=values.seed)


def _cut(pixels: np.ndarray, values: CutOut, keep: Masked, _remove: Masked) -> Repairing:
    return cut_out(pixels, keep, values)


WAYS: dict[str, Rework] = {
    way.name: way
    for way in (
        Rework(
            name="scale",
            title=QT_TRANSLATE_NOOP("recipe", "Content-aware scale"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "Another size by taking out, or doubling, connected seams of pixels with the least forward energy, what is "
                "kept costing 10⁴ more and what is removed 10⁴ less (Avidan, Shamir, SIGGRAPH 2007; Rubinstein, Shamir, "
                "Avidan, SIGGRAPH 2008). The width changes first, then the height.",
            ),
            parameters=Scale,
            make=_scaled,
            keeps=True,
            removes=True,
        ),
        Rework(
            name="quilt",
            title=QT_TRANSLATE_NOOP("recipe", "Quilt texture"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "A picture of any size that goes on as the texture does: row by row a block is drawn by chance among those "
                "whose summed squared difference in the overlap is at most 1.1 times the least. It is cut along the path of "
                "least summed squared difference e through the overlap, E(i, j) = e(i, j) + min(E(i − 1, j − 1), E(i − 1, j), "
                "E(i − 1, j + 1)) (Efros, Freeman, Image quilting, SIGGRAPH 2001).",
            ),
            parameters=Quilt,
            make=_quilted,
        ),
        Rework(
            name="seamless",
            title=QT_TRANSLATE_NOOP("recipe", "Make seamless"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "Repair: the picture p is moved by half its size, q(x, y) = p(x − w / 2, y − h / 2) with places counted around its "
                "edges, so that these cross in the middle; a band along the cross is filled anew by PatchMatch (Barnes, "
                "Shechtman, Finkelstein, Goldman, SIGGRAPH 2009), and it is moved back. Blend: over the n pixels of half the "
                "band the pixel at distance i from an edge becomes p + ½ (1 − (i + ½) / n) (m − p), m the one as far from the "
                "opposite edge.",
            ),
            parameters=Seamless,
            make=_seamless,
        ),
        Rework(
            name="cut-out",
            title=QT_TRANSLATE_NOOP("recipe", "Cut out"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "The foreground with soft edges on transparency: alpha in closed form (Levin, Lischinski, Weiss, CVPR 2006) or "
                "by the guided filter (He, Sun, Tang, PAMI 2013) in a band around the outline of what is kept, or of what "
                "GrabCut finds; its colours by blur fusion (Forte, ICIP 2021).",
            ),
            parameters=CutOut,
            make=_cut,
            keeps=True,
        ),
    )
}
"""What ``danqing rework`` offers."""


def checked(mask: np.ndarray | None, pixels: np.ndarray) -> None:
    """Raises HealError for a mask of another size than the picture."""
    if mask is not None and mask.shape != pixels.shape[:2]:
        raise HealError(OTHER_SIZE)
