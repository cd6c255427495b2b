"""Few tones that look like many: error diffusion by six kernels, and ordered dither."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Place, Steps, at_once, finished
from studio.filters.planes import from_light, luma, recoloured, straight_planes, to_light
from studio.raster.strips import in_turn, row_strips
from studio.recipe import QT_TRANSLATE_NOOP, declare

WORDS = (
    QT_TRANSLATE_NOOP("recipe", "floyd-steinberg"),
    QT_TRANSLATE_NOOP("recipe", "jarvis-judice-ninke"),
    QT_TRANSLATE_NOOP("recipe", "stucki"),
    QT_TRANSLATE_NOOP("recipe", "burkes"),
    QT_TRANSLATE_NOOP("recipe", "sierra"),
    QT_TRANSLATE_NOOP("recipe", "atkinson"),
    QT_TRANSLATE_NOOP("recipe", "bayer"),
    QT_TRANSLATE_NOOP("recipe", "each-channel"),
    QT_TRANSLATE_NOOP("recipe", "grey"),
    QT_TRANSLATE_NOOP("recipe", "encoded"),
    QT_TRANSLATE_NOOP("recipe", "linear-light"),
)
"""Words of the choices below, which their declarations hold as plain literals."""
Kernel = tuple[tuple[int, int, int], ...]
"""(columns to the right, rows down, weight) of each pixel that takes a share of the error."""


_COLUMNS = 32
"""Slanted columns of pixels between two yields."""


def _kernel(*rows: tuple[int, ...]) -> Kernel:
    """Of rows of weights, the first beginning right of the pixel, the others two pixels left of it."""
    return tuple(
        (column + (1 if row == 0 else -2), row, weight)
        for row, weights in enumerate(rows)
        for column, weight in enumerate(weights)
        if weight
    )


KERNELS: dict[str, tuple[Kernel, int]] = {
    "floyd-steinberg": (_kernel((7,), (0, 3, 5, 1)), 16),
    "jarvis-judice-ninke": (_kernel((7, 5), (3, 5, 7, 5, 3), (1, 3, 5, 3, 1)), 48),
    "stucki": (_kernel((8, 4), (2, 4, 8, 4, 2), (1, 2, 4, 2, 1)), 42),
    "burkes": (_kernel((8, 4), (2, 4, 8, 4, 2)), 32),
    "sierra": (_kernel((5, 3), (2, 4, 5, 4, 2), (0, 2, 3, 2)), 32),
    "atkinson": (_kernel((1, 1), (0, 1, 1, 1), (0, 0, 1)), 8),
}
"""Kernel and divisor. Atkinson's passes on six eighths of the error."""


class Dither(msgspec.Struct, frozen=True, kw_only=True):
    kernel: Annotated[
        Literal["floyd-steinberg", "jarvis-judice-ninke", "stucki", "burkes", "sierra", "atkinson", "bayer"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Kernel"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "How the error of a pixel is passed on; Bayer: a fixed pattern."
            ),
        ),
    ] = "floyd-steinberg"
    levels: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Levels"), low=2, high=64, soft_high=16,
            description=QT_TRANSLATE_NOOP("recipe", "How many tones are left."),
        ),
    ] = 2  # fmt: skip
    of: Annotated[
        Literal["each-channel", "grey"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Of"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Each channel: few colours. Grey: black, white and greys."
            ),
        ),
    ] = "each-channel"
    space: Annotated[
        Literal["encoded", "linear-light"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Values"),
            description=QT_TRANSLATE_NOOP("recipe", "Linear light: seen from afar it is as light as before."),
        ),
    ] = "linear-light"
    strength: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Strength"), low=0.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "Share of the error that is passed on; 0: plain posterising."),
        ),
    ] = 1.0  # fmt: skip


def dither(pixels: np.ndarray, parameters: Dither, place: Place) -> Steps:
    values = np.empty((*pixels.shape[:2], 1 if parameters.of == "grey" else 3), np.float32)
    strips = row_strips(pixels.shape)
    yield from in_turn(lambda rows: _read(pixels[rows], values[rows], parameters), strips)
    if parameters.kernel == "bayer":
        made = values

        def ordered(rows: slice) -> None:
            made[rows] = _ordered(values[rows], parameters, place.rect.top + rows.start, place.rect.left)

        yield from in_turn(ordered, strips)
    else:
        kernel, divisor = KERNELS[parameters.kernel]
        seen = pixels[..., 3] > 0
        made = yield from diffusing(values, seen, palette(parameters), kernel, parameters.strength / divisor)
    out = np.empty_like(pixels)

    def shown(rows: slice) -> None:
        planes = [np.ascontiguousarray(made[rows, :, channel % made.shape[-1]]) for channel in range(3)]
        if parameters.space == "linear-light":
            planes = [from_light(plane) for plane in planes]
        out[rows] = recoloured(pixels[rows], lambda _old: planes)

    yield from in_turn(shown, strips)
    return out


def palette(parameters: Dither) -> np.ndarray:
    """The tones that are left, evenly spaced in encoded values, in the space of the work."""
    tones = np.linspace(0, 1, parameters.levels, dtype=np.float32)
    return to_light(tones) if parameters.space == "linear-light" else tones


def _read(pixels: np.ndarray, values: np.ndarray, parameters: Dither) -> None:
    """``values`` [h, w, 3 or 1] of the pixels, cut to 0–1, in the space of the work."""
    planes = [np.clip(plane, 0, 1) for plane in straight_planes(pixels)[0]]
    if parameters.space == "linear-light":
        planes = [to_light(plane) for plane in planes]
    if parameters.of == "grey":
        planes = [luma(planes)]
    for channel, plane in enumerate(planes):
        values[..., channel] = plane


def nearest(values: np.ndarray, tones: np.ndarray) -> np.ndarray:
    """The nearest of rising ``tones``; the upper one half way."""
    if len(tones) == 2:
        return (values >= (tones[0] + tones[1]) / 2) * (tones[1] - tones[0]) + tones[0]
    between = (tones[1:] + tones[:-1]) / 2
    return tones[np.searchsorted(between, values, side="right")]


def diffused(
    values: np.ndarray, seen: np.ndarray, tones: np.ndarray, kernel: Kernel, share: float
) -> np.ndarray:
    """:func:`diffusing` at once."""
    return finished(diffusing(values, seen, tones, kernel, share))


def diffusing(values: np.ndarray, seen: np.ndarray, tones: np.ndarray, kernel: Kernel, share: float) -> Steps:
    """Error diffusion of [h, w, channels] from left to right and down; pixels not ``seen`` pass nothing on.

    Pixels with the same x + s·y do not depend on each other, s one more than the kernel reaches right in the rows
    below: so a whole slanted column is worked on at once, and only the errors of the last few columns are kept.
    """
    height, width, channels = values.shape
    skew = 1 + max(-column for column, row, _ in kernel if row) if any(row for _, row, _ in kernel) else 1
    deepest = max(row for _, row, _ in kernel)
    kept = 1 + max(column + skew * row for column, row, _ in kernel)
    errors = np.zeros((kept, height + deepest, channels), np.float32)
    source, cover = values.reshape(-1, channels), seen.reshape(-1)
    out = np.empty_like(source)
    moves = [(column + skew * row, row, np.float32(weight * share)) for column, row, weight in kernel]
    every_seen = bool(cover.all())
    for time in range(width + skew * (height - 1)):
        first, last = max(0, -(-(time - width + 1) // skew)), min(height - 1, time // skew) + 1
        # pixel (time − skew·y, y) lies at y · width + time − skew·y
        step = width - skew
        places = slice(time + first * step, time + (last - 1) * step + (1 if step >= 0 else -1), step or 1)
        if step <= 0 or places.stop is None or places.stop < 0:
            places = time + np.arange(first, last) * step
        mine = errors[time % kept]
        wanted = source[places] + mine[first:last]
        given = nearest(wanted, tones)
        out[places] = given
        wanted -= given
        if not every_seen:
            wanted *= cover[places][:, None]
        mine[:] = 0
        for later, row, weight in moves:
            errors[(time + later) % kept, first + row : last + row] += weight * wanted
        if time % _COLUMNS == 0:
            yield
    return out.reshape(values.shape)


def bayer(order: int = 3) -> np.ndarray:
    """The matrix of Bayer (1973), 2^order square, of (n + ½) / 4^order."""
    matrix = np.zeros((1, 1))
    for _ in range(order):
        matrix = np.block([[4 * matrix, 4 * matrix + 2], [4 * matrix + 3, 4 * matrix + 1]])
    return (matrix + 0.5) / matrix.size


def _ordered(values: np.ndarray, parameters: Dither, top: int, left: int) -> np.ndarray:
    """The tone above where the way to it from the tone below exceeds the matrix, drawn towards ½ by the strength."""
    tones, matrix = palette(parameters), bayer()
    rows = np.arange(top, top + values.shape[0]) % 8
    columns = np.arange(left, left + values.shape[1]) % 8
    limit = 0.5 + parameters.strength * (matrix[rows[:, None], columns] - 0.5)
    index = np.clip(np.searchsorted(tones, values, side="right") - 1, 0, len(tones) - 2)
    low, high = tones[index], tones[index + 1]
    above = (values - low) / (high - low) > limit[..., None].astype(np.float32)
    return np.where(above, high, low)


DITHER = FilterKind(
    name="dither",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Row by row from the left each value (cut to 0–1, encoded or linear light, of each channel or of luma with the "
        "weights of Rec. 709) plus the errors it was given becomes the nearest of n tones evenly spaced in encoded values; "
        "strength times its error is given to pixels right of it and below, in shares of Floyd and Steinberg (1976), "
        "Jarvis, Judice and Ninke (1976), Stucki (1981), Burkes (1988), Sierra (1989) or Atkinson (three quarters in all). "
        "Transparent pixels give none. Bayer (1973): the tone above where the part of the way to it exceeds "
        "½ + strength · (m − ½), m the 8 × 8 matrix of (k + ½) / 64 at the pixel's place.",
    ),
    parameters=Dither,
    function=at_once(dither),
    stepwise=dither,
    whole=True,
    at_scale="exact_only",
)

KINDS = (DITHER,)
