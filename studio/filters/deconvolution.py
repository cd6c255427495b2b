"""Sharpening that undoes a known blur: Wiener's filter and the Richardson–Lucy iteration. Alpha stays."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Literal

import cv2
import msgspec
import numpy as np

from studio.filters.around import (
    aligned_strips,
    filtered_around,
    filtering_around,
    filtering_slowly,
    in_own_colour,
    inner_of,
    part_of,
    read_around,
    with_alpha,
)
from studio.filters.kind import FilterKind, Held, Place, Steps, at_once, finished
from studio.raster.convolve import Convolution, aperture, gaussian, line
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, declare

Blur = Literal["gaussian", "disc", "motion"]
CHOICES = (
    QT_TRANSLATE_NOOP("recipe", "gaussian"),
    QT_TRANSLATE_NOOP("recipe", "disc"),
    QT_TRANSLATE_NOOP("recipe", "motion"),
)
_SMALLEST = np.float32(1e-6)

_BLUR = declare(
    QT_TRANSLATE_NOOP("recipe", "Blur"),
    description=QT_TRANSLATE_NOOP(
        "recipe", "What made the picture unsharp: the air or a scan, a lens out of focus, or a shaken hand."
    ),
)
_SIZE = declare(
    QT_TRANSLATE_NOOP("recipe", "Size"),
    low=0.2,
    high=10.0,
    soft_high=6.0,
    step=0.05,
    unit="px",
    description=QT_TRANSLATE_NOOP(
        "recipe", "Sigma of a Gaussian blur, radius of a disc, half the length of a motion."
    ),
)
_ANGLE = declare(
    QT_TRANSLATE_NOOP("recipe", "Angle"),
    low=-180.0,
    high=180.0,
    step=0.5,
    unit="°",
    description=QT_TRANSLATE_NOOP("recipe", "Direction of the motion: 0 is across, 90 is up."),
    when={"blur": ("motion",)},
)


class Wiener(msgspec.Struct, frozen=True, kw_only=True):
    blur: Annotated[Blur, _BLUR] = "gaussian"
    size: Annotated[float, _SIZE] = 1.5
    angle: Annotated[float, _ANGLE] = 0.0
    noise: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Noise to signal"),
            low=0.0005,
            high=1.0,
            soft_high=0.1,
            step=0.0005,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Higher for noisy pictures: sharpens less, and makes less grain and fewer rings."
            ),
        ),
    ] = 0.01


class RichardsonLucy(msgspec.Struct, frozen=True, kw_only=True):
    blur: Annotated[Blur, _BLUR] = "gaussian"
    size: Annotated[float, _SIZE] = 1.5
    angle: Annotated[float, _ANGLE] = 0.0
    rounds: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Rounds"),
            low=1,
            high=100,
            soft_high=40,
            description=QT_TRANSLATE_NOOP("recipe", "More rounds sharpen more, and bring out more grain."),
        ),
    ] = 10


def blur_kernel(parameters: Wiener | RichardsonLucy, level: int) -> np.ndarray:
    """The blur to be undone, float64 with sum 1, in pixels of the level."""
    size = parameters.size / (1 << level)
    if parameters.blur == "gaussian":
        return gaussian(size)
    if parameters.blur == "disc":
        return aperture(size + 0.5)
    return line(1 + 2 * size, parameters.angle)


def wiener_kernel(kernel: np.ndarray, noise: float) -> np.ndarray:
    """H* / (|H|² + noise), H the spectrum of ``kernel``, as a kernel of sum 1: what lies farther away is cut off."""
    radius = kernel.shape[0] // 2
    reach = min(96, 8 * radius + 16)
    side = cv2.getOptimalDFTSize(4 * (2 * reach + 1))
    placed = np.zeros((side, side))
    placed[: kernel.shape[0], : kernel.shape[1]] = kernel
    spectrum = np.fft.rfft2(np.roll(placed, (-radius, -radius), (0, 1)))
    inverse = np.fft.irfft2(np.conj(spectrum) / (np.abs(spectrum) ** 2 + noise), (side, side))
    found = np.roll(inverse, (reach, reach), (0, 1))[: 2 * reach + 1, : 2 * reach + 1]
    along = np.clip((reach + 1 - np.abs(np.arange(-reach, reach + 1))) / (reach / 4), 0, 1)
    found = found * np.outer(along, along)
    found = _trimmed(found, 1e-5 * np.abs(found).max())
    return found / found.sum()


def _trimmed(kernel: np.ndarray, least: float) -> np.ndarray:
    """Without the outermost rows and columns in which all is smaller."""
    reach = kernel.shape[0] // 2
    rows, columns = np.nonzero(np.abs(kernel) > least)
    need = int(max(np.abs(rows - reach).max(), np.abs(columns - reach).max()))
    return kernel[reach - need : reach + need + 1, reach - need : reach + need + 1]


@lru_cache(8)
def _wiener(parameters: Wiener, level: int) -> Convolution:
    return Convolution(wiener_kernel(blur_kernel(parameters, level), parameters.noise))


def wiener_reach(parameters: Wiener, scale: int) -> int:
    sharpening = _wiener(parameters, scale)
    return sharpening.reach + sharpening.align - 1


def wiener(pixels: np.ndarray, parameters: Wiener, place: Place) -> Steps:
    sharpening = _wiener(parameters, place.level)

    def work(source: np.ndarray, _strip: Rect) -> np.ndarray:
        own = inner_of(source, sharpening.reach)
        return with_alpha(in_own_colour(own, sharpening.of(source), 1), own)

    steps = filtering_around(pixels, place, sharpening.reach, work, sharpening.align, small=True)
    return (yield from steps)


_FAR = 512
"""Pixels: rounds that look farther are done in blocks."""
_BLOCK = 256
"""Side of the blocks, which lie at fixed places, so that a part of a picture equals the whole."""
_SPREAD = 6
"""Standard deviations of all rounds together around a block."""


def _farthest(parameters: RichardsonLucy, level: int) -> int:
    """What the rounds can reach at all."""
    return (2 * parameters.rounds + 1) * (blur_kernel(parameters, level).shape[0] // 2)


def _around_block(parameters: RichardsonLucy, level: int) -> int:
    """How far around a block is worked on. The deviation of blurs grows with the root of their number, so what lies beyond
    changes less than a float can hold: of 100 rounds with a sigma of 10, 900 pixels and not 6030."""
    kernel = blur_kernel(parameters, level)
    away = np.arange(kernel.shape[0]) - kernel.shape[0] // 2
    deviation = math.sqrt(max((kernel.sum(axis) * away**2).sum() for axis in (0, 1)))
    return math.ceil(_SPREAD * deviation * math.sqrt(2 * parameters.rounds + 1)) + kernel.shape[0] // 2


def lucy_reach(parameters: RichardsonLucy, scale: int) -> int:
    farthest = _farthest(parameters, scale)
    return farthest if farthest <= _FAR else _around_block(parameters, scale) + _BLOCK - 1


def _restoring(
    source: np.ndarray, forward: Convolution, backward: Convolution, rounds: int, reach: int
) -> Steps:
    """The pixels [h, w, 4] that ``source`` reaches ``reach`` beyond; yields after each round."""
    radius = forward.reach
    seen = np.maximum(source, 0)
    # f counts by its opacity: u ← u · Kᵀ(a f / K u) / Kᵀa
    weight = np.maximum(backward.of(np.ascontiguousarray(seen[..., 3])), _SMALLEST)[..., None]
    guess, margin = _filled(seen, forward), reach - radius
    for _ in range(rounds):
        yield
        again = np.maximum(forward.of(guess), _SMALLEST)
        gain = backward.of(inner_of(seen[..., :3], reach - margin + radius) / again)
        margin -= 2 * radius
        gain /= inner_of(weight, reach - radius - margin)
        guess = inner_of(guess, 2 * radius) * gain
    own = inner_of(source, reach)
    return with_alpha(guess * own[..., 3:], own)


def _lucy(parameters: RichardsonLucy, level: int) -> Callable[[np.ndarray, Rect], Steps]:
    kernel, reach = blur_kernel(parameters, level), lucy_reach(parameters, level)
    # with each round what is left is smaller, so it never is a whole number of blocks
    forward = Convolution(kernel, direct=True)
    backward = Convolution(kernel[::-1, ::-1], direct=True)
    return lambda source, _strip: _restoring(source, forward, backward, parameters.rounds, reach)


def richardson_lucy(pixels: np.ndarray, parameters: RichardsonLucy, place: Place) -> np.ndarray:
    if _farthest(parameters, place.level) > _FAR:
        return finished(_lucy_in_blocks(pixels, parameters, place))
    work, reach = _lucy(parameters, place.level), lucy_reach(parameters, place.level)
    return filtered_around(pixels, place, reach, lambda source, strip: finished(work(source, strip)))


def richardson_lucy_in_steps(pixels: np.ndarray, parameters: RichardsonLucy, place: Place) -> Steps:
    if _farthest(parameters, place.level) > _FAR:
        return (yield from _lucy_in_blocks(pixels, parameters, place))
    reach = lucy_reach(parameters, place.level)
    return (yield from filtering_slowly(pixels, place, reach, _lucy(parameters, place.level)))


def _lucy_in_blocks(pixels: np.ndarray, parameters: RichardsonLucy, place: Place) -> Steps:
    inside = place.rect if place.canvas is None else place.rect.intersect(place.canvas)
    if inside.empty:
        return pixels.copy()
    asked = inside if place.wanted is None else inside.intersect(place.wanted)
    out = pixels.copy() if asked != place.rect else np.empty_like(pixels)
    kernel, away = blur_kernel(parameters, place.level), _around_block(parameters, place.level)
    for strip in aligned_strips(asked, _BLOCK, _BLOCK, 1):
        for left in range(strip.left, strip.right, _BLOCK):
            block = strip._replace(left=left, right=left + _BLOCK)
            source = read_around(Held(pixels, place.rect), inside, block.grow(away))
            made = yield from _restoring_block(source, kernel, parameters.rounds)
            kept = block.intersect(asked)
            part_of(out, kept, place.rect)[...] = part_of(made, kept, block.grow(away))
    return out


def _restoring_block(source: np.ndarray, kernel: np.ndarray, rounds: int) -> Steps:
    """As :func:`_restoring`, of all that is given; beyond its edges the outermost values are repeated in each round."""
    seen = np.maximum(source, 0)
    alpha = seen[..., 3]
    weight = np.maximum(_spread(alpha, kernel[::-1, ::-1]), _SMALLEST)
    blurred = [_spread(np.ascontiguousarray(seen[..., channel]), kernel) for channel in range(4)]
    known = [np.where(alpha > 0, seen[..., channel], blurred[channel]) for channel in range(4)]
    for channel in range(3):
        yield
        given = np.ascontiguousarray(seen[..., channel])
        guess = np.divide(known[channel], known[3], out=np.zeros_like(given), where=known[3] > 0)
        for _ in range(rounds):
            yield
            again = np.maximum(_spread(guess, kernel), _SMALLEST)
            yield
            gain = _spread(given / again, kernel[::-1, ::-1])
            gain /= weight
            guess *= gain
        seen[..., channel] = guess * source[..., 3]
    seen[..., 3] = source[..., 3]
    return seen


def _spread(plane: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """A plane [h, w] convolved with a kernel; its outermost values are repeated."""
    across, down = kernel.sum(0), kernel.sum(1)
    if np.allclose(np.outer(down, across), kernel, rtol=0, atol=1e-12):
        return cv2.sepFilter2D(plane, cv2.CV_32F, across[::-1], down[::-1], borderType=cv2.BORDER_REPLICATE)
    return cv2.filter2D(plane, cv2.CV_32F, kernel[::-1, ::-1], borderType=cv2.BORDER_REPLICATE)


def _filled(seen: np.ndarray, forward: Convolution) -> np.ndarray:
    """Straight colours [h − 2 radius, w − 2 radius, 3]; a transparent pixel has the mean of what is seen around it."""
    own = inner_of(seen, forward.reach)
    around = forward.of(seen)
    known = np.where(own[..., 3:] > 0, own, around)
    out = np.zeros((*own.shape[:2], 3), np.float32)
    return np.divide(known[..., :3], known[..., 3:], out=out, where=known[..., 3:] > 0)


WIENER = FilterKind(
    name="wiener",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Undoes a known blur of spectrum H by convolving the encoded colours with the kernel whose spectrum is "
        "H* / (|H|² + n), n the ratio of noise to signal, cut off where it has faded and brought to sum 1 (Wiener, 1949; "
        "Gonzalez and Woods, Digital Image Processing, section 5.8). The blur is a Gaussian of sigma s cut off at 3 s, a disc "
        "of radius s + 1/2, or a line of 2 s + 1 pixels, s the size. A neighbour of opacity a counts as a mix of its colour "
        "and, in the part 1 − a, of the pixel's own; opacity stays. Beyond the edge of the picture its outermost pixels are "
        "repeated; what is no number counts as 0.",
    ),
    parameters=Wiener,
    function=at_once(wiener),
    stepwise=wiener,
    reach_of=wiener_reach,
    at_scale="rescaled",
)

RICHARDSON_LUCY = FilterKind(
    name="richardson-lucy",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Undoes a known blur K by rounds of u ← u · Kᵀ(a f / K u) / Kᵀa, beginning with u = f, f the encoded colours and a the "
        "opacity, which itself stays (Richardson, 1972; Lucy, 1974). The blur is a Gaussian of sigma s cut off at 3 s, a disc "
        "of radius s + 1/2, or a line of 2 s + 1 pixels, s the size. Transparent pixels begin with the mean of what is seen "
        "around them; negative values count as 0. Beyond the edge of the picture its outermost pixels are repeated; what is "
        "no number counts as 0.",
    ),
    parameters=RichardsonLucy,
    function=richardson_lucy,
    stepwise=richardson_lucy_in_steps,
    reach_of=lucy_reach,
    at_scale="rescaled",
)

KINDS = (WIENER, RICHARDSON_LUCY)
