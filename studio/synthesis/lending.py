"""Which pictures of many lend their detail best to one: small copies are compared patch by patch, a few that complete each
other are taken.

For some places of the picture the nearest patch of each candidate is found, by the features that patches are matched by
when detail is given (:mod:`studio.synthesis.detail`). Of these costs, one row for each candidate, pictures are chosen one
after the other so that the sum over all places of the least cost among the chosen falls most: the greedy way to place
facilities (Nemhauser, Wolsey, Fisher, An analysis of approximations for maximizing submodular set functions, 1978), which
reaches at least 63 % of what is possible.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import cv2
import msgspec
import numpy as np

from studio.raster.colour import unpremultiply
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError, declare
from studio.synthesis.detail import PatchDetail, coarse, features

TITLE = QT_TRANSLATE_NOOP("recipe", "Detail from a folder")
DESCRIPTION = QT_TRANSLATE_NOOP(
    "recipe",
    "Small copies of the pictures, at most 96 pixels large, are compared with the layer patch by patch: cost(k, p) is the least "
    "summed squared difference of the 5 × 5 patch at place p to any patch of picture k. One after the other the picture is "
    "taken with which Σ over p of the least cost among those taken falls most (Nemhauser, Wolsey, Fisher, 1978). The layer is "
    "split into a coarse half c, made s times smaller and larger again, and a fine half x − c; PatchMatch finds the 7 × 7 "
    "patches of those pictures whose coarse half is most alike, and strength times their fine half is added (Freeman et al., "
    "Example-Based Super-Resolution, 2002; Barnes et al., PatchMatch, 2009).",
)
NONE_FITS = QT_TRANSLATE_NOOP(
    "recipe",
    "None of the pictures can lend detail: each must be opaque in places and at least 16 × 16 pixels. Choose another folder.",
)
SMALL = 96
"""Longer side of the copies that are compared, in pixels."""
LONGEST = 1536
"""Longer side of a picture that lends detail, at most: its grain is what counts, and each pixel takes 32 bytes."""
_LEAST = 16
_SIDE = 5
_PLACES = 14
"""Places along a side of the picture at which candidates are compared."""
_STRIDE = 2
_SIGMA = np.float32(2)
_OPAQUE = 0.5
_NOT_WORTH = 1e-3
"""A further picture that lessens the cost by less than this part is not opened."""


class FolderDetail(PatchDetail, frozen=True, kw_only=True):
    """How detail is taken from the pictures of a folder."""

    pictures: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Pictures"), low=1, high=16, step=1,
            description=QT_TRANSLATE_NOOP(
                "recipe", "From how many pictures of the folder detail is taken, at most: those that resemble most."
            ),
        ),
    ] = 4  # fmt: skip

    @property
    def detail(self) -> PatchDetail:
        """The values of the work itself."""
        return PatchDetail(scale=self.scale, strength=self.strength, seed=self.seed)


def longest_for(width: int, height: int) -> int:
    """The longer side at which a picture lends detail to one of this size."""
    return min(max(width, height), LONGEST)


class Look(msgspec.Struct, frozen=True, eq=False):
    """What a picture shows at some of its places: float32 [n, 100]; none where it is too small or transparent."""

    patches: np.ndarray


def wanted(picture: np.ndarray, scale: float) -> Look:
    """What premultiplied pixels [h, w, 4], enlarged by ``scale``, look like where detail is given to them."""
    small = _small(picture)
    straight = unpremultiply(small)[..., :3]
    blurred = coarse(straight, max(1.0, scale * SMALL / max(picture.shape[:2])))
    return _look(blurred, small[..., 3], spread=True)


def offered(picture: np.ndarray) -> Look:
    """What a candidate, premultiplied [h, w, 4], looks like."""
    small = _small(picture)
    return _look(np.ascontiguousarray(unpremultiply(small)[..., :3]), small[..., 3], spread=False)


def costs(look: Look, candidate: Look) -> np.ndarray:
    """For each place of ``look`` how far its nearest patch in the candidate is, float32 [n]; infinite where it has none."""
    own, other = look.patches, candidate.patches
    if not len(other):
        return np.full(len(own), np.inf, np.float32)
    products = other @ own.T
    lengths = np.einsum("ij,ij->i", other, other)
    nearest = (lengths[:, None] - 2 * products).min(axis=0)
    return np.maximum(nearest + np.einsum("ij,ij->i", own, own), 0)


def chosen(rows: Sequence[np.ndarray], most: int) -> list[int]:
    """The numbers of at most ``most`` candidates, the best first, by their costs. Raises RecipeError where none has any."""
    left = {number: row for number, row in enumerate(rows) if len(row) and np.isfinite(row).all()}
    if not left:
        raise RecipeError(NONE_FITS)
    found: list[int] = []
    least = np.full(len(next(iter(left.values()))), np.inf, np.float32)
    while left and len(found) < most:
        number = min(left, key=lambda one: (float(np.minimum(least, left[one]).sum()), one))
        new = np.minimum(least, left.pop(number))
        if found and float((least - new).sum()) <= _NOT_WORTH * float(least.sum()):
            break
        least = new
        found.append(number)
    return found


def _small(picture: np.ndarray) -> np.ndarray:
    """At most ``SMALL`` pixels large."""
    height, width = picture.shape[:2]
    share = SMALL / max(height, width)
    if share >= 1:
        return np.ascontiguousarray(picture, np.float32)
    size = max(1, round(width * share)), max(1, round(height * share))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA).reshape(size[1], size[0], 4)


def _look(straight: np.ndarray, alpha: np.ndarray, *, spread: bool) -> Look:
    """``spread``: at some places, evenly; else at every second pixel each way."""
    height, width = alpha.shape
    if min(height, width) < _SIDE or max(height, width) < _LEAST:
        return Look(np.zeros((0, 4 * _SIDE * _SIDE), np.float32))
    seen = features(straight, float(_SIGMA))
    windows = np.lib.stride_tricks.sliding_window_view(seen, (_SIDE, _SIDE), axis=(0, 1))
    opaque = cv2.erode((alpha > _OPAQUE).astype(np.uint8), np.ones((_SIDE, _SIDE), np.uint8))
    half = _SIDE // 2
    inner = opaque[half : height - half, half : width - half] > 0
    down, across = (max(1, side // _PLACES) if spread else _STRIDE for side in inner.shape)
    part = windows[::down, ::across][inner[::down, ::across]]
    return Look(np.ascontiguousarray(part.reshape(len(part), 4 * _SIDE * _SIDE), np.float32))
