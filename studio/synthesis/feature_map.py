"""The feature map of a kernel, as a layer of a convolutional network makes it: convolution, ReLU, pooling.

Sizes and values are those of PyTorch's conv2d (a correlation, padding k // 2 or none), relu, max_pool2d and avg_pool2d
(windows that do not overlap, what is left over at the right and lower edge is dropped). V. Dumoulin and F. Visin, "A guide
to convolution arithmetic for deep learning", 2016.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Annotated, Literal

import cv2
import msgspec
import numpy as np

from studio.raster.kernel_text import numbers_of
from studio.recipe import QT_TRANSLATE_NOOP, declare

DESCRIPTION = QT_TRANSLATE_NOOP(
    "recipe",
    "What one layer of a convolutional network computes: y(m, n) = max(0, b + Σ k(i, j) · x(s·m + i − p, s·n + j − p)) over all "
    "numbers k of the kernel, b the offset, s the stride, p the padding (half of the kernel's side, rounded down, or 0), without max where "
    "ReLU is off. Then of each square of the pooling size the largest number or the mean is kept; what is left over at the right "
    "and lower edge is dropped. A side of n becomes ⌊(n + 2p − k) / s⌋ + 1. As conv2d, relu, max_pool2d and avg_pool2d of "
    "PyTorch (Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016).",
)
STRIP = 128
"""Rows of the map in one step."""
WORDS = (
    QT_TRANSLATE_NOOP("recipe", "zero"),
    QT_TRANSLATE_NOOP("recipe", "reflect"),
    QT_TRANSLATE_NOOP("recipe", "replicate"),
    QT_TRANSLATE_NOOP("recipe", "wrap"),
    QT_TRANSLATE_NOOP("recipe", "none"),
    QT_TRANSLATE_NOOP("recipe", "max"),
    QT_TRANSLATE_NOOP("recipe", "average"),
    QT_TRANSLATE_NOOP("recipe", "stretched"),
    QT_TRANSLATE_NOOP("recipe", "as-they-are"),
    QT_TRANSLATE_NOOP("recipe", "all-colours"),
)
"""Words of the choices below, which their declarations hold as plain literals."""


class FeatureMap(msgspec.Struct, frozen=True, kw_only=True):
    """Raises ValueError where the kernel is no kernel; :func:`studio.recipe.check` makes it a RecipeError."""

    kernel: Annotated[str, declare(QT_TRANSLATE_NOOP("recipe", "Kernel"))] = "-1 0 1; -2 0 2; -1 0 1"
    channel: Annotated[
        Literal["luminance", "red", "green", "blue", "all-colours"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Channels"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "What the kernel is laid on: one plane, or each colour for itself."
            ),
        ),
    ] = "luminance"
    bias: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Offset"),
            low=-10.0,
            high=10.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "Added to every sum, before ReLU."),
        ),
    ] = 0.0
    padding: Annotated[
        Literal["zero", "reflect", "replicate", "wrap", "none"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Padding"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "What lies beyond the edge; none: the kernel stays inside, and the map is smaller."
            ),
        ),
    ] = "zero"
    stride: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Stride"),
            low=1,
            high=4,
            unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "The kernel is laid on every so many pixels."),
        ),
    ] = 1
    relu: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "ReLU"),
            description=QT_TRANSLATE_NOOP("recipe", "What is below 0 becomes 0."),
        ),
    ] = True
    pooling: Annotated[
        Literal["none", "max", "average"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Pooling"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Of each square of numbers the largest, or the mean, is kept."
            ),
        ),
    ] = "none"
    pool: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Pooling size"),
            low=2,
            high=4,
            unit="px",
            when={"pooling": ("max", "average")},
        ),
    ] = 2
    shown: Annotated[
        Literal["stretched", "as-they-are"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Tones"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "Stretched: the largest number is white; with negative ones 0 is mid-grey. As they are: 0 black, 1 white.",
            ),
        ),
    ] = "stretched"

    def __post_init__(self) -> None:
        numbers_of(self.kernel)


class Sizes(msgspec.Struct, frozen=True):
    """(width, height) of the picture, of the convolution's result, and of the whole map."""

    picture: tuple[int, int]
    convolved: tuple[int, int]
    pooled: tuple[int, int]

    @property
    def possible(self) -> bool:
        return min(self.pooled) >= 1


def sizes(parameters: FeatureMap, width: int, height: int) -> Sizes:
    """⌊(n + 2p − k) / s⌋ + 1 for each side n, kernel side k, padding p and stride s; then ⌊n / pool⌋. Not above 0 where the
    kernel or the pooling does not fit into the picture."""
    rows, columns = numbers_of(parameters.kernel).shape
    convolved = tuple(
        (side + 2 * _padding(parameters, kernel) - kernel) // parameters.stride + 1
        for side, kernel in ((width, columns), (height, rows))
    )
    pool = 1 if parameters.pooling == "none" else parameters.pool
    across, down = (max(side, 0) for side in convolved)
    return Sizes((width, height), (across, down), (across // pool, down // pool))


def _padding(parameters: FeatureMap, kernel: int) -> int:
    return 0 if parameters.padding == "none" else kernel // 2


def feature_map(planes: np.ndarray, parameters: FeatureMap) -> Generator[float, None, np.ndarray]:
    """The map of float32 ``planes`` [h, w, n], each for itself: float32 [h', w', n]; what is no number counts as 0.

    Yields the part done after each :data:`STRIP` rows. Raises ValueError where the map would have no pixel.
    """
    height, width, count = planes.shape
    found = sizes(parameters, width, height)
    if not found.possible:
        raise ValueError("the kernel or the pooling does not fit into the picture")
    kernel = numbers_of(parameters.kernel)
    pool = 1 if parameters.pooling == "none" else parameters.pool
    out = np.empty((found.pooled[1], found.pooled[0], count), np.float32)
    for top in range(0, out.shape[0], STRIP):
        bottom = min(top + STRIP, out.shape[0])
        rows = _convolved(planes, kernel, parameters, top * pool, bottom * pool)
        if parameters.relu:
            np.maximum(rows, 0, out=rows)
        out[top:bottom] = _pooled(rows, parameters.pooling, pool)
        yield bottom / out.shape[0]
    return out


def _convolved(
    planes: np.ndarray, kernel: np.ndarray, parameters: FeatureMap, first: int, last: int
) -> np.ndarray:
    """Rows ``first`` to ``last`` of the convolution, all of its columns: [rows, columns, n]."""
    height, width, count = planes.shape
    down, across = (_padding(parameters, side) for side in kernel.shape)
    stride = parameters.stride
    wanted = np.arange(first * stride - down, (last - 1) * stride - down + kernel.shape[0])
    rows, seen = _beyond(wanted, height, parameters.padding)
    columns, visible = _beyond(np.arange(-across, width + across), width, parameters.padding)
    part = np.nan_to_num(planes[rows][:, columns], nan=0.0, posinf=0.0, neginf=0.0)
    part[~seen] = 0
    part[:, ~visible] = 0
    # The anchor at the upper left and only whole places kept: no border is ever used.
    summed = cv2.filter2D(
        part, cv2.CV_32F, kernel.astype(np.float32), anchor=(0, 0), borderType=cv2.BORDER_CONSTANT
    ).reshape(*part.shape[:2], count)
    inside = summed[
        : len(wanted) - kernel.shape[0] + 1 : stride, : len(columns) - kernel.shape[1] + 1 : stride
    ]
    return inside + np.float32(parameters.bias)


def _beyond(places: np.ndarray, count: int, padding: str) -> tuple[np.ndarray, np.ndarray]:
    """(places inside 0 … count − 1 that stand for them, whether they are seen at all)."""
    inside = (places >= 0) & (places < count)
    if padding == "reflect" and count > 1:
        period = 2 * (count - 1)
        turned = places % period
        return np.minimum(turned, period - turned), np.ones(len(places), bool)
    if padding == "wrap":
        return places % count, np.ones(len(places), bool)
    seen = inside if padding == "zero" else np.ones(len(places), bool)
    return np.clip(places, 0, count - 1), seen


def _pooled(rows: np.ndarray, pooling: str, size: int) -> np.ndarray:
    if pooling == "none":
        return rows
    height, width = rows.shape[0] // size, rows.shape[1] // size
    blocks = rows[: height * size, : width * size].reshape(height, size, width, size, rows.shape[2])
    return blocks.max((1, 3)) if pooling == "max" else blocks.mean((1, 3))


def tones(found: np.ndarray, shown: str) -> np.ndarray:
    """Opaque float32 RGBA [h, w, 4] of a map [h, w, 1 or 3], as :attr:`FeatureMap.shown` says."""
    values = found
    if shown == "stretched":
        most = max(float(np.abs(found).max(initial=0)), 1e-9)
        values = found / np.float32(most)
        if found.min(initial=0) < 0:
            values = values * np.float32(0.5) + np.float32(0.5)
    out = np.ones((*found.shape[:2], 4), np.float32)
    out[..., :3] = np.clip(values, 0, 1)
    return out
