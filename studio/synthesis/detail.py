"""Fine detail of one picture given to another that lacks it: patches are matched by what both show coarsely.

The coarse halves are compared by PatchMatch (Barnes et al., SIGGRAPH 2009); the fine half is copied from where it was found,
as in Freeman, Jones, Pasztor, "Example-based super-resolution", IEEE CG&A 2002, and Hertzmann et al., "Image analogies", 2001.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Annotated

import cv2
import msgspec
import numpy as np

from studio.raster import patches
from studio.raster.colour import unpremultiply
from studio.raster.stopping import heed
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.synthesis.fusion import Fusion, Steps, grey, strips

_PART = 6_000
"""Places matched in one call: a few hundredths of a second, so that a stop is heard."""
_ROUNDS = 5
_RADIUS = 3
_VOTE_RADIUS = 1
"""The fine half is the mean of few neighbours: more of them would average it away."""
_COLOUR = np.float32(0.35)
"""What colours count beside the shape of the lightness when patches are compared."""
_LEAST_CONTRAST = np.float32(0.02)


class PatchDetail(msgspec.Struct, frozen=True, kw_only=True):
    scale: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Enlarged by"), low=1.5, high=16.0, step=0.1,
            description=QT_TRANSLATE_NOOP(
                "recipe", "How much the lower picture has been enlarged: detail finer than this is given to it."
            ),
        ),
    ] = 4.0  # fmt: skip
    strength: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Strength"), low=0.0, high=2.0, step=0.01)
    ] = 1.0
    seed: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=2**31 - 1)] = 0


def coarse(straight: np.ndarray, scale: float) -> np.ndarray:
    """What is left of a picture [h, w, c] that was made ``scale`` times smaller by its means and larger again."""
    height, width = straight.shape[:2]
    size = (max(1, round(width / scale)), max(1, round(height / scale)))
    small = cv2.resize(straight, size, interpolation=cv2.INTER_AREA)
    heed()
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC).reshape(straight.shape)


def features(low: np.ndarray, scale: float) -> np.ndarray:
    """What patches are compared by, float32 [h, w, 4]: lightness about its local mean by its local contrast, and colours."""
    heed()
    light = grey(low)
    sigma = 2 * scale
    heed()
    mean = cv2.GaussianBlur(light, (0, 0), sigma, borderType=cv2.BORDER_REFLECT)
    heed()
    square = cv2.GaussianBlur((light - mean) ** 2, (0, 0), sigma, borderType=cv2.BORDER_REFLECT)
    heed()
    out = np.empty((*light.shape, 4), np.float32)
    for rows in strips(*light.shape):
        heed()
        out[rows, :, 0] = (light[rows] - mean[rows]) / np.sqrt(square[rows] + _LEAST_CONTRAST**2)
        out[rows, :, 1:] = _COLOUR * low[rows, :, :3]
    return out


def detailed(pictures: Sequence[np.ndarray], parameters: PatchDetail, mask: np.ndarray | None) -> Steps:
    """The lowest picture with the detail of those above it, its alpha as it was; ``mask`` says where and how much."""
    picture, lenders = pictures[0], pictures[1:]
    if min(min(one.shape[:2]) for one in pictures) < 2 * _RADIUS + 1:
        return picture.copy()
    straight = unpremultiply(picture)[..., :3]
    yield 0.01
    look, fine, sources = yield from _sheet(straight, lenders, parameters.scale)
    if not sources.any() or parameters.strength == 0:
        return picture.copy()
    height, width = picture.shape[:2]
    found, numbers = yield from _matched(look, sources, (height, width), parameters.seed)
    out = picture.copy()
    alpha = picture[..., 3]
    share = np.float32(parameters.strength) * (alpha if mask is None else alpha * mask)
    weights = np.ones(len(found), np.float32)
    rows = max(1, 65_536 // width)
    for top in range(0, height, rows):
        part = slice(top, min(top + rows, height))
        inside = np.zeros(sources.shape, bool)
        inside[part, :width] = True
        given = patches.vote(fine, _VOTE_RADIUS, patches.places_of(inside), numbers, found, weights)
        colours = picture[part, :, :3] + share[part, :, None] * given[:, :3].reshape(-1, width, 3)
        bound = np.maximum(alpha[part, :, None], picture[part, :, :3])
        out[part, :, :3] = np.clip(colours, np.minimum(0, picture[part, :, :3]), bound)
        yield 0.85 + 0.15 * part.stop / height
    return out


def _sheet(
    straight: np.ndarray, lenders: Sequence[np.ndarray], scale: float
) -> Generator[float, None, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """All pictures below each other: what is compared, the fine half, and where patches may be taken (uint8)."""
    sides = [straight.shape[:2], *(one.shape[:2] for one in lenders)]
    height, width = sum(side[0] for side in sides), max(side[1] for side in sides)
    look, fine = patches.aligned((height, width, 4)), patches.aligned((height, width, 4))
    sources = np.zeros((height, width), np.uint8)
    look[: sides[0][0], : sides[0][1]] = features(coarse(straight, scale), scale)
    yield 0.03
    top = sides[0][0]
    whole = np.ones((2 * _RADIUS + 1, 2 * _RADIUS + 1), np.uint8)
    for number, lender in enumerate(lenders):
        colours = np.ascontiguousarray(unpremultiply(lender)[..., :3])
        yield 0.03
        low = coarse(colours, scale)
        part = slice(top, top + lender.shape[0]), slice(0, lender.shape[1])
        look[part] = features(low, scale)
        yield 0.03
        fine[(*part, slice(0, 3))] = colours - low
        seen = (lender[..., 3] > 0.5).astype(np.uint8)
        sources[part] = cv2.erode(seen, whole, borderType=cv2.BORDER_CONSTANT, borderValue=0)
        top += lender.shape[0]
        yield 0.03 + 0.04 * (number + 1) / len(lenders)
    return look, fine, sources


def _matched(
    look: np.ndarray, sources: np.ndarray, size: tuple[int, int], seed: int
) -> Generator[float, None, tuple[np.ndarray, np.ndarray]]:
    """For each pixel of the lowest picture the place it looks most like: ``found`` [n, 3] and the numbers of the places."""
    height, width = size
    heed()
    wanted = np.zeros(sources.shape, bool)
    wanted[:height, :width] = True
    places = patches.places_of(wanted)
    numbers = np.full(sources.shape, -1, np.int32)
    numbers[wanted] = np.arange(len(places), dtype=np.int32)
    heed()
    lend = patches.places_of(sources > 0)
    heed()
    chosen = lend[np.random.Generator(np.random.Philox(seed)).integers(len(lend), size=len(places))]
    heed()
    found = np.ascontiguousarray(np.concatenate((chosen, np.zeros((len(chosen), 1), np.int32)), 1))
    costs = np.full(len(places), np.inf, np.float32)
    reach = max(sources.shape)
    for turn in range(_ROUNDS):
        for first in range(0, len(places), _PART):
            end = min(first + _PART, len(places))
            span = (first, end) if turn % 2 == 0 else (len(places) - first, len(places) - end)
            patches.match(
                look, sources, _RADIUS, places, numbers, found, costs, span, mirrors=0, reach=reach,
                seed=seed + 31 * turn, fresh=turn == 0,
            )  # fmt: skip
            yield 0.07 + 0.78 * (turn + end / len(places)) / _ROUNDS
    return found, numbers


def less_enlarged(parameters: PatchDetail, scale: float) -> PatchDetail:
    """A reduced picture has been enlarged by so much less; where nothing of that is left, by the least there is."""
    return msgspec.structs.replace(parameters, scale=max(1.5, parameters.scale * scale))


FUSIONS = (
    Fusion(
        name="patch-detail",
        version=1,
        title=QT_TRANSLATE_NOOP("recipe", "Detail from another picture"),
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Gives the lowest picture, one that was enlarged, the fine detail of those above it. Each picture is split into a "
            "coarse half c (made s times smaller by means and larger again by cubic interpolation) and a fine half f = x − c. "
            "For each pixel PatchMatch looks in the upper pictures for the 7 × 7 patch whose coarse half is most like its own "
            "(lightness about its local mean by its local contrast, and 0.35 times the colours), and adds strength times the "
            "mean of f there and of what its eight neighbours found (Freeman et al., Example-Based Super-Resolution, 2002; "
            "Barnes et al., PatchMatch, 2009). Colours and shapes stay as they were; the pictures may have different sizes.",
        ),
        parameters=PatchDetail,
        function=detailed,
        masked=True,
        same_size=False,
        reduced=less_enlarged,
    ),
)
