"""Convolution with a kernel that the artist writes."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import cv2
import msgspec
import numpy as np

from studio.filters.around import filtering_around, in_own_colour, inner_of, with_alpha
from studio.filters.kind import FilterKind, Place, Steps, at_once
from studio.raster.geometry import Rect
from studio.raster.kernel_text import numbers_of
from studio.raster.neighbours import Taps, weighed
from studio.recipe import QT_TRANSLATE_NOOP, declare

Padding = Literal["replicate", "reflect", "wrap", "black", "white"]
CHOICES = (
    QT_TRANSLATE_NOOP("recipe", "replicate"),
    QT_TRANSLATE_NOOP("recipe", "reflect"),
    QT_TRANSLATE_NOOP("recipe", "wrap"),
    QT_TRANSLATE_NOOP("recipe", "black"),
    QT_TRANSLATE_NOOP("recipe", "white"),
)
_BORDERS = {"replicate": cv2.BORDER_REPLICATE, "reflect": cv2.BORDER_REFLECT_101, "wrap": cv2.BORDER_WRAP}
_BEYOND = {"black": (0, 0, 0, 1), "white": (1, 1, 1, 1)}


def _switch(title: str) -> msgspec.Meta:
    """Of one colour channel."""
    return declare(
        title,
        description=QT_TRANSLATE_NOOP("recipe", "Whether this channel is convolved; otherwise it stays."),
    )


class Convolution(msgspec.Struct, frozen=True, kw_only=True):
    """Raises ValueError where the kernel is no kernel; :func:`studio.recipe.check` makes it a RecipeError."""

    kernel: Annotated[
        str,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Kernel"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "Rows of numbers, with semicolons between rows and spaces between numbers; odd sides up to 31.",
            ),
        ),
    ] = "0 -1 0; -1 5 -1; 0 -1 0"
    divisor: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Divisor"),
            low=-10000.0,
            high=10000.0,
            step=0.5,
            description=QT_TRANSLATE_NOOP(
                "recipe", "The sum is divided by it; 0 takes the sum of the kernel, or 1 where that is 0."
            ),
        ),
    ] = 0.0
    offset: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Offset"),
            low=-1.0,
            high=1.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Added at the end; 1 is the full range from black to white."
            ),
        ),
    ] = 0.0
    padding: Annotated[
        Padding,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Padding"),
            description=QT_TRANSLATE_NOOP("recipe", "What lies beyond the edge of the picture."),
        ),
    ] = "replicate"
    stride: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Stride"),
            low=1,
            high=64,
            soft_high=16,
            unit="px",
            description=QT_TRANSLATE_NOOP(
                "recipe", "Only every so many pixels are computed, and fill the squares between."
            ),
        ),
    ] = 1
    dilation: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Dilation"),
            low=1,
            high=32,
            soft_high=8,
            unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "Pixels from one number of the kernel to the next."),
        ),
    ] = 1
    red: Annotated[bool, _switch(QT_TRANSLATE_NOOP("recipe", "Red"))] = True
    green: Annotated[bool, _switch(QT_TRANSLATE_NOOP("recipe", "Green"))] = True
    blue: Annotated[bool, _switch(QT_TRANSLATE_NOOP("recipe", "Blue"))] = True
    opacity: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Opacity too"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Opacity is convolved like the colours; otherwise it stays."
            ),
        ),
    ] = False

    def __post_init__(self) -> None:
        numbers_of(self.kernel)


def taps_at(parameters: Convolution, level: int) -> Taps:
    """(x, y, weight) from the pixel computed on, in pixels of the level, divided by the divisor.

    At a level a kernel that fits into 3 × 3 pixels is replaced by the one with the same sum, slopes and curvatures, a
    larger one by the same numbers nearer to each other, each shared by the pixels around its place.
    """
    kernel = numbers_of(parameters.kernel)
    kernel = kernel / (parameters.divisor or kernel.sum() or 1.0)
    rows, columns = np.nonzero(kernel)
    x = (columns - kernel.shape[1] // 2) * parameters.dilation / (1 << level)
    y = (rows - kernel.shape[0] // 2) * parameters.dilation / (1 << level)
    weights = kernel[rows, columns]
    if level == 0:
        return [(round(a), round(b), float(w)) for a, b, w in zip(x, y, weights)]
    if max(kernel.shape) // 2 * parameters.dilation <= 1 << level:
        return _of_moments(x, y, weights)
    shared: dict[tuple[int, int], float] = {}
    for a, b, weight in zip(x, y, weights):
        left, top = math.floor(a), math.floor(b)
        for dx, dy in ((0, 0), (1, 0), (0, 1), (1, 1)):
            part = (1 - abs(a - left - dx)) * (1 - abs(b - top - dy)) * float(weight)
            if part:
                shared[left + dx, top + dy] = shared.get((left + dx, top + dy), 0.0) + part
    return [(a, b, weight) for (a, b), weight in sorted(shared.items())]


def _of_moments(x: np.ndarray, y: np.ndarray, weights: np.ndarray) -> Taps:
    total, across, down = weights.sum(), (weights * x).sum() / 2, (weights * y).sum() / 2
    wide, high, both = (weights * x * x).sum() / 2, (weights * y * y).sum() / 2, (weights * x * y).sum() / 4
    found = {
        (0, 0): total - 2 * wide - 2 * high,
        (-1, 0): wide - across, (1, 0): wide + across, (0, -1): high - down, (0, 1): high + down,
        (-1, -1): both, (1, 1): both, (-1, 1): -both, (1, -1): -both,
    }  # fmt: skip
    return [(a, b, float(weight)) for (a, b), weight in found.items() if weight]


def _stride(parameters: Convolution, level: int) -> int:
    return max(1, parameters.stride >> level)


def _radius(taps: Taps) -> int:
    return max((max(abs(x), abs(y)) for x, y, _ in taps), default=0)


def convolution_reach(parameters: Convolution, scale: int) -> int:
    return _radius(taps_at(parameters, scale)) + _stride(parameters, scale) - 1


def wraps(parameters: Convolution) -> bool:
    """At one edge the kernel sees the other, which is far away."""
    return parameters.padding == "wrap"


def convolving(pixels: np.ndarray, parameters: Convolution, place: Place) -> Steps:
    taps, stride = taps_at(parameters, place.level), _stride(parameters, place.level)
    reach, total, offset = _radius(taps), sum(weight for *_, weight in taps), np.float32(parameters.offset)
    kept = [number for number, on in enumerate((parameters.red, parameters.green, parameters.blue)) if not on]

    def work(source: np.ndarray, _strip: Rect) -> np.ndarray:
        summed = weighed(source, reach, taps) if taps else np.zeros_like(inner_of(source, reach))
        own = inner_of(source, reach)
        if stride > 1:
            summed, own = _spread(summed, stride), _spread(own, stride)
        if parameters.opacity:
            summed[..., 3] = np.clip(summed[..., 3], 0, 1)
            summed[..., :3] += offset * summed[..., 3:]
            return _with_channels_of(summed, inner_of(source, reach), kept)
        straight = _unpremultiplied(own, in_own_colour(own, summed, total) + offset * own[..., 3:])
        made = with_alpha(straight * inner_of(source, reach)[..., 3:], inner_of(source, reach))
        made[..., kept] = inner_of(source, reach)[..., kept]
        return made

    border = _BORDERS.get(parameters.padding, cv2.BORDER_CONSTANT)
    beyond = _BEYOND.get(parameters.padding, (0, 0, 0, 0))
    return (
        yield from filtering_around(
            pixels, place, reach, work, stride, border, beyond, small=wraps(parameters)
        )
    )


def _unpremultiplied(own: np.ndarray, colours: np.ndarray) -> np.ndarray:
    alpha = own[..., 3:]
    return np.divide(colours, alpha, out=np.zeros_like(colours), where=alpha > 0)


def _with_channels_of(made: np.ndarray, own: np.ndarray, kept: list[int]) -> np.ndarray:
    """``made`` with the ``kept`` channels of the straight colours of ``own``, under the new opacity."""
    if kept:
        made[..., kept] = _unpremultiplied(own, own[..., kept]) * made[..., 3:]
    return made


def _spread(values: np.ndarray, stride: int) -> np.ndarray:
    """The first value of each square of side ``stride``, in all of it."""
    few = values[::stride, ::stride]
    return np.repeat(np.repeat(few, stride, 0), stride, 1)[: values.shape[0], : values.shape[1]]


CONVOLUTION = FilterKind(
    name="convolution",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Lays the kernel k on the picture, its middle on the pixel, and shows Σ k(i, j) c(x + i d, y + j d) / divisor + "
        "offset of the encoded colours c, d the dilation; with a stride of s it is computed at every s-th pixel from the "
        "origin, whose value fills the square right of and below it (Gonzalez and Woods, Digital Image Processing, section "
        "3.4, as correlation). A neighbour of opacity a counts as a mix of its colour and, in the part 1 − a, of the pixel's "
        "own, and opacity stays; with opacity too, colours times opacity, and opacity, are summed like any value. A "
        "channel that is switched off keeps its straight value. Beyond "
        "the edge lies what padding says; a picture that repeats has no edge; what is no number counts as 0.",
    ),
    parameters=Convolution,
    function=at_once(convolving),
    stepwise=convolving,
    whole_of=wraps,
    reach_of=convolution_reach,
    at_scale="rescaled",
)

KINDS = (CONVOLUTION,)
