"""Few tones that look like many: error diffusion by six kernels, and ordered dither."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Picture, Pieces, Place, at_once, in_one
from studio.filters.planes import from_light, luma, recoloured, straight_planes, to_light
from studio.raster.diffusion import Diffusion, Kernel
from studio.raster.geometry import Rect
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
BAND = 32
"""Rows that are read and given at a time."""


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


def _own_levels(title: str) -> msgspec.Meta:
    return declare(
        title, low=2, high=64, soft_high=16, when={"linked": (False,), "of": ("each-channel",)},
        description=QT_TRANSLATE_NOOP("recipe", "How many tones of this channel are left."),
    )  # fmt: skip


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
    linked: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Same for red, green and blue"), when={"of": ("each-channel",)},
            description=QT_TRANSLATE_NOOP("recipe", "Otherwise each of them has levels of its own."),
        ),
    ] = True  # fmt: skip
    levels_red: Annotated[int, _own_levels(QT_TRANSLATE_NOOP("recipe", "Levels of red"))] = 2
    levels_green: Annotated[int, _own_levels(QT_TRANSLATE_NOOP("recipe", "Levels of green"))] = 2
    levels_blue: Annotated[int, _own_levels(QT_TRANSLATE_NOOP("recipe", "Levels of blue"))] = 2
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


def dither(picture: Picture, parameters: Dither, place: Place) -> Pieces:
    """Band by band from the top; of what lies above only the errors of the last rows are kept."""
    rect, tones = place.rect, palettes(parameters)
    spread = None
    if parameters.kernel != "bayer":
        kernel, divisor = KERNELS[parameters.kernel]
        spread = Diffusion(rect.width, tones, kernel, parameters.strength / divisor)
    for top in range(rect.top, rect.bottom, BAND):
        part = Rect(rect.left, top, rect.right, min(top + BAND, rect.bottom))
        pixels = picture.read(part)
        values = np.empty((*pixels.shape[:2], len(tones)), np.float32)
        strips = row_strips(pixels.shape)
        for _ in in_turn(partial(_read, pixels, values, parameters), strips):
            yield None
        if spread is None:
            ordered = partial(_ordered, values, parameters, tones, part)
            for _ in in_turn(ordered, strips):
                yield None
        else:
            for rows in strips:
                spread.rows(values[rows], pixels[rows, :, 3] > 0)
                yield None
        out = np.empty_like(pixels)
        for _ in in_turn(partial(_shown, pixels, values, out, parameters), strips):
            yield None
        yield part, out


def _shown(pixels: np.ndarray, values: np.ndarray, out: np.ndarray, parameters: Dither, rows: slice) -> None:
    planes = [np.ascontiguousarray(values[rows, :, channel % values.shape[-1]]) for channel in range(3)]
    if parameters.space == "linear-light":
        planes = [from_light(plane) for plane in planes]
    out[rows] = recoloured(pixels[rows], lambda _old: planes)


def palettes(parameters: Dither) -> list[np.ndarray]:
    """The tones that are left, of each channel that is worked on."""
    if parameters.of == "grey":
        return [palette(parameters, parameters.levels)]
    if parameters.linked:
        return [palette(parameters, parameters.levels)] * 3
    return [
        palette(parameters, levels)
        for levels in (parameters.levels_red, parameters.levels_green, parameters.levels_blue)
    ]


def palette(parameters: Dither, levels: int) -> np.ndarray:
    """So many tones, evenly spaced in encoded values, in the space of the work."""
    tones = np.linspace(0, 1, levels, dtype=np.float32)
    return to_light(tones) if parameters.space == "linear-light" else tones


def _read(pixels: np.ndarray, values: np.ndarray, parameters: Dither, rows: slice) -> None:
    """``values`` [h, w, 3 or 1] of some rows of the pixels, cut to 0–1, in the space of the work."""
    planes = [np.clip(plane, 0, 1) for plane in straight_planes(pixels[rows])[0]]
    if parameters.space == "linear-light":
        planes = [to_light(plane) for plane in planes]
    if parameters.of == "grey":
        planes = [luma(planes)]
    for channel, plane in enumerate(planes):
        values[rows, :, channel] = plane


def bayer(order: int = 3) -> np.ndarray:
    """The matrix of Bayer (1973), 2^order square, of (n + ½) / 4^order."""
    matrix = np.zeros((1, 1))
    for _ in range(order):
        matrix = np.block([[4 * matrix, 4 * matrix + 2], [4 * matrix + 3, 4 * matrix + 1]])
    return (matrix + 0.5) / matrix.size


def _ordered(
    values: np.ndarray, parameters: Dither, palettes: Sequence[np.ndarray], part: Rect, strip: slice
) -> None:
    """The tone above where the way to it from the tone below exceeds the matrix, drawn towards ½ by the strength; in place."""
    matrix = bayer()
    rows = np.arange(part.top + strip.start, part.top + strip.stop) % 8
    columns = np.arange(part.left, part.right) % 8
    limit = (0.5 + parameters.strength * (matrix[rows[:, None], columns] - 0.5)).astype(np.float32)
    for channel, tones in enumerate(palettes):
        plane = values[strip, :, channel]
        index = np.clip(np.searchsorted(tones, plane, side="right") - 1, 0, len(tones) - 2)
        low, high = tones[index], tones[index + 1]
        above = (plane - low) / (high - low) > limit
        values[strip, :, channel] = np.where(above, high, low)


_IN_ONE = in_one(dither)
DITHER = FilterKind(
    name="dither",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Row by row from the left each value (cut to 0–1, encoded or linear light, of each channel or of luma with the "
        "weights of Rec. 709) plus the errors it was given becomes the nearest of n tones evenly spaced in encoded values, n of its own for each channel if asked for; "
        "strength times its error is given to pixels right of it and below, in shares of Floyd and Steinberg (1976), "
        "Jarvis, Judice and Ninke (1976), Stucki (1981), Burkes (1988), Sierra (1989) or Atkinson (three quarters in all). "
        "Transparent pixels give none. Bayer (1973): the tone above where the part of the way to it exceeds "
        "½ + strength · (m − ½), m the 8 × 8 matrix of (k + ½) / 64 at the pixel's place.",
    ),
    parameters=Dither,
    function=at_once(_IN_ONE),
    stepwise=_IN_ONE,
    stream=dither,
    whole=True,
    at_scale="exact_only",
)

KINDS = (DITHER,)
