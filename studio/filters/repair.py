"""Repair of what cameras and scanners add: banding, dead pixels, dust. Alpha stays."""

from __future__ import annotations

from typing import Annotated, Literal

import cv2
import msgspec
import numpy as np

from studio.filters.around import (
    filtered_around,
    filtering_around,
    inner_of,
    premultiplied,
    share,
    straight_planes,
    with_alpha,
)
from studio.filters.kind import FilterKind, Place, Steps, at_once
from studio.filters.noise_adding import MAXIMUM_SEED
from studio.filters.smoothing import medians
from studio.raster import neighbours, random
from studio.raster.geometry import Rect
from studio.raster.stopping import heed
from studio.recipe import QT_TRANSLATE_NOOP, declare

Polarity = Literal["both", "darker", "brighter"]
CHOICES = (
    QT_TRANSLATE_NOOP("recipe", "both"),
    QT_TRANSLATE_NOOP("recipe", "darker"),
    QT_TRANSLATE_NOOP("recipe", "brighter"),
)
_RING = ((1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1))

_POLARITY = declare(
    QT_TRANSLATE_NOOP("recipe", "Polarity"),
    description=QT_TRANSLATE_NOOP(
        "recipe", "Whether spots are darker or brighter than what is around them, or both."
    ),
)


class Deband(msgspec.Struct, frozen=True, kw_only=True):
    radius: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Radius"),
            low=1,
            high=64,
            soft_high=32,
            unit="px",
            description=QT_TRANSLATE_NOOP(
                "recipe", "How far away the first round looks; each further round so much farther."
            ),
        ),
    ] = 16
    threshold: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Threshold"),
            low=0.0,
            high=0.2,
            soft_high=0.05,
            step=0.0005,
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "Smaller differences are steps of a gradient, larger ones are drawing; 1 is the full range.",
            ),
        ),
    ] = 0.012
    rounds: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Rounds"),
            low=1,
            high=4,
            description=QT_TRANSLATE_NOOP("recipe", "More rounds also smooth wide bands."),
        ),
    ] = 2
    grain: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Grain"),
            low=0.0,
            high=0.05,
            soft_high=0.02,
            step=0.0005,
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "Fine noise that keeps bands from coming back in 8 bits; the largest change, up or down.",
            ),
        ),
    ] = 0.002
    seed: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Seed"),
            low=0,
            high=MAXIMUM_SEED,
            seed=True,
            description=QT_TRANSLATE_NOOP("recipe", "The same seed gives the same grain."),
        ),
    ] = 0


class DeadPixels(msgspec.Struct, frozen=True, kw_only=True):
    threshold: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Threshold"),
            low=0.0,
            high=1.0,
            soft_high=0.5,
            step=0.005,
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "How far a pixel stands out from all eight around it before it is replaced; 1 is the full range.",
            ),
        ),
    ] = 0.1
    polarity: Annotated[Polarity, _POLARITY] = "both"


class Dust(msgspec.Struct, frozen=True, kw_only=True):
    radius: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Radius"),
            low=1,
            high=neighbours.LARGEST_MEDIAN,
            soft_high=20,
            unit="px",
            description=QT_TRANSLATE_NOOP(
                "recipe", "Spots and scratches up to about this width are removed."
            ),
        ),
    ] = 4
    threshold: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Threshold"),
            low=0.0,
            high=1.0,
            soft_high=0.3,
            step=0.005,
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "Pixels closer to the middle value of what is around them are left alone; 1 is the full range.",
            ),
        ),
    ] = 0.1
    polarity: Annotated[Polarity, _POLARITY] = "both"


def _deband_radius(parameters: Deband, level: int) -> int:
    return max(1, parameters.radius >> level)


def deband_reach(parameters: Deband, scale: int) -> int:
    radius, rounds = _deband_radius(parameters, scale), parameters.rounds
    return radius * rounds * (rounds + 1) // 2


def deband(pixels: np.ndarray, parameters: Deband, place: Place) -> Steps:
    radius, reach = _deband_radius(parameters, place.level), deband_reach(parameters, place.level)

    def work(source: np.ndarray, strip: Rect) -> np.ndarray:
        left = reach
        for turn in range(parameters.rounds):
            far = radius * (turn + 1)
            left -= far
            heed()
            limit = np.float32(parameters.threshold / (turn + 1))
            source = _smoothed(source, strip.grow(left), far, limit, parameters.seed, turn)
        if parameters.grain > 0:
            grain = random.uniform(parameters.seed, strip, (0, 1, 2), 64 + place.level) - np.float32(0.5)
            grain *= np.float32(2 * parameters.grain * share(place))
            source[..., :3] += grain * source[..., 3:]
        return source

    return (yield from filtering_around(pixels, place, reach, work))


def _smoothed(
    source: np.ndarray, rect: Rect, far: int, limit: np.float32, seed: int, turn: int
) -> np.ndarray:
    """One round: ``source`` reaches ``far`` beyond ``rect``."""
    chance = random.uniform(seed, rect, (8, 9), 80 + turn)
    # whole pixels at a random way in a random direction, and the same turned by 90, 180, 270 degrees
    way, angle = chance[..., 0] * np.float32(far), chance[..., 1] * np.float32(2 * np.pi)
    x, y = np.rint(way * np.cos(angle)).astype(np.int32), np.rint(way * np.sin(angle)).astype(np.int32)
    return neighbours.debanded(source, far, x, y, float(limit))


def one_pixel(_parameters: DeadPixels, _scale: int) -> int:
    return 1


def dead_pixels(pixels: np.ndarray, parameters: DeadPixels, place: Place) -> np.ndarray:
    # a single pixel is a part of one pixel of the level
    threshold = np.float32(parameters.threshold * share(place) ** 2)

    def work(source: np.ndarray, _strip: Rect) -> np.ndarray:
        own = inner_of(source, 1)
        planes = straight_planes(source)
        colours = [_replaced(plane, planes[3], threshold, parameters.polarity) for plane in planes[:3]]
        return premultiplied(np.stack(colours), own)

    # mirrored, not repeated: a pixel at the edge must not be its own neighbour
    return filtered_around(pixels, place, 1, work, border=cv2.BORDER_REFLECT_101)


def _replaced(plane: np.ndarray, alpha: np.ndarray, threshold: np.float32, polarity: Polarity) -> np.ndarray:
    """Where a value stands out from all that are seen around it, the middle one of them."""
    own = inner_of(plane, 1)
    height, width = own.shape
    parts = [(slice(1 + y, 1 + y + height), slice(1 + x, 1 + x + width)) for x, y in _RING]
    highest, lowest = np.full_like(own, -np.inf), np.full_like(own, np.inf)
    for part in parts:
        seen = alpha[part] > 0
        np.maximum(highest, plane[part], out=highest, where=seen)
        np.minimum(lowest, plane[part], out=lowest, where=seen)
    known = highest > -np.inf
    wrong = np.zeros(own.shape, bool)
    if polarity != "darker":
        wrong |= known & (own - highest > threshold)
    if polarity != "brighter":
        wrong |= known & (lowest - own > threshold)
    out = own.copy()
    if wrong.any():
        around = np.stack([np.where(alpha[part] > 0, plane[part], np.inf)[wrong] for part in parts])
        around.sort(0)
        count = np.isfinite(around).sum(0)
        columns = np.arange(around.shape[1])
        out[wrong] = (around[(count - 1) // 2, columns] + around[count // 2, columns]) * np.float32(0.5)
    return out


def dust_reach(parameters: Dust, scale: int) -> int:
    return max(1, round(parameters.radius / (1 << scale)))


def dust(pixels: np.ndarray, parameters: Dust, place: Place) -> np.ndarray:
    radius, threshold = dust_reach(parameters, place.level), np.float32(parameters.threshold)

    def work(source: np.ndarray, _strip: Rect) -> np.ndarray:
        own = inner_of(source, radius)
        middle = medians(source, radius)
        # the middle value, seen through as much as the pixel itself
        seen = middle[..., 3:] > 0
        colour = np.divide(middle[..., :3], middle[..., 3:], out=np.zeros_like(own[..., :3]), where=seen)
        colour = np.where(seen, colour * own[..., 3:], own[..., :3])
        difference = own[..., :3] - colour
        if parameters.polarity == "both":
            difference = np.abs(difference)
        elif parameters.polarity == "darker":
            difference = -difference
        spot = (difference > threshold * own[..., 3:]).any(-1, keepdims=True)
        return with_alpha(np.where(spot, colour, own[..., :3]), own)

    return filtered_around(pixels, place, radius, work)


DEBAND = FilterKind(
    name="deband",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "In round n = 1, 2, … each encoded colour value becomes the mean of four pixels, at a random distance up to n times "
        "the radius in a random direction and the three at right angles to it, if it differs from that mean by less than "
        "threshold / n; then uniform noise up to ± grain is added. The numbers come from Philox-4x32-10 and depend only on "
        "seed, round and pixel (deband of the mpv player, as described in its manual; Roberts, Picture coding using "
        "pseudo-random noise, 1962). A neighbour of opacity a counts as a mix of its colour and, in the part 1 − a, of the "
        "pixel's own; opacity stays. Beyond the edge of the picture its outermost pixels are repeated; what is no number "
        "counts as 0.",
    ),
    parameters=Deband,
    function=at_once(deband),
    stepwise=deband,
    reach_of=deband_reach,
    at_scale="rescaled",
)

DEAD_PIXELS = FilterKind(
    name="dead-pixels",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Where an encoded colour value is greater than all eight around it by more than the threshold, or less than all by "
        "more, it becomes their median, the mean of the fourth and fifth of them in order; each channel alone (isolated "
        "points, Gonzalez and Woods, Digital Image Processing, section 10.2). Transparent neighbours do not count; opacity "
        "stays. At the edge of the picture its pixels are mirrored; what is no number counts as 0.",
    ),
    parameters=DeadPixels,
    function=dead_pixels,
    reach_of=one_pixel,
    at_scale="rescaled",
)

DUST = FilterKind(
    name="dust-and-scratches",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Where a colour c differs in any channel by more than the threshold from the median m of the square of side 2r + 1 "
        "around it, r the radius, it becomes m; darker spots are those with m − c, brighter ones those with c − m above the "
        "threshold. m is the median of each colour times opacity, divided by the median of opacity; opacity stays "
        "(conditional median filter, Pitas and Venetsanopoulos, Nonlinear Digital Filters, 1990). Beyond the edge of the "
        "picture its outermost pixels are repeated; what is no number counts as 0.",
    ),
    parameters=Dust,
    function=dust,
    reach_of=dust_reach,
    at_scale="rescaled",
)

KINDS = (DEBAND, DEAD_PIXELS, DUST)
