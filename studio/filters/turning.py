"""The picture laid over itself, turned or moved: n-fold symmetry, and the offset that shows a tile's seams."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters.bending import Bend, PartOf, bent, in_parts, streamed
from studio.filters.distort import CENTRE_X, CENTRE_Y, EDGE, SAMPLING
from studio.filters.kind import FilterKind, Picture, Piece, Place, at_once, in_one
from studio.filters.sampling import Edge, Sampling, canvas_of
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, declare

How = Literal["sector", "mean", "lightest", "darkest"]
WORDS = (
    QT_TRANSLATE_NOOP("recipe", "sector"),
    QT_TRANSLATE_NOOP("recipe", "mean"),
    QT_TRANSLATE_NOOP("recipe", "lightest"),
    QT_TRANSLATE_NOOP("recipe", "darkest"),
)
_LUMA = np.array((0.2126, 0.7152, 0.0722), np.float32)
_STRIP_ROWS = 128


class Symmetry(msgspec.Struct, frozen=True, kw_only=True):
    folds: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Folds"), low=2, high=64, soft_high=16, step=1,
            description=QT_TRANSLATE_NOOP("recipe", "How often the picture looks the same in one turn."),
        ),
    ] = 6  # fmt: skip
    how: Annotated[
        How,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Made of"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "One sector repeated, or all turned copies laid over each other."
            ),
        ),
    ] = "sector"
    from_angle: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "From angle"), low=-360.0, high=360.0, step=1.0, unit="°", when={"how": ("sector",)},
            description=QT_TRANSLATE_NOOP("recipe", "Which sector of the picture is shown."),
        ),
    ] = 0.0  # fmt: skip
    turn: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Turn"), low=-360.0, high=360.0, step=1.0, unit="°",
            description=QT_TRANSLATE_NOOP("recipe", "Turns the result."),
        ),
    ] = 0.0  # fmt: skip
    centre_x: Annotated[float, CENTRE_X] = 0.5
    centre_y: Annotated[float, CENTRE_Y] = 0.5
    edge: Annotated[Edge, EDGE] = "mirrored"
    sampling: Annotated[Sampling, SAMPLING] = "linear"


def symmetry(parameters: Symmetry, place: Place) -> PartOf:
    bends = _bends(parameters, place)

    def part_of(picture: Picture, part: Rect) -> Iterator[Piece]:
        out = np.zeros((part.height, part.width, 4), np.float32)
        for index, bend in enumerate(bends):
            copy = bent(picture, place, bend, part)
            if parameters.how == "sector":
                out = copy
            else:
                _lay(out, copy, parameters, index)
        yield part, out

    return part_of


def _bends(parameters: Symmetry, place: Place) -> list[Bend]:
    """One that repeats a sector, or the turned copies."""
    left, top, width, height = canvas_of(place)
    x0, y0 = left + parameters.centre_x * width, top + parameters.centre_y * height
    sector, turn = 2 * math.pi / parameters.folds, math.radians(parameters.turn)
    if parameters.how == "sector":
        start = math.radians(parameters.from_angle)

        def repeated(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            dx, dy = x - x0, y - y0
            angle = np.mod(np.arctan2(dy, dx) - turn, sector) + start
            distance = np.sqrt(dx * dx + dy * dy)
            return x0 + distance * np.cos(angle), y0 + distance * np.sin(angle)

        return [Bend(repeated, parameters.edge, parameters.sampling)]

    def turned(angle: float) -> Bend:
        cosine, sine = math.cos(angle), math.sin(angle)

        def where(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            dx, dy = x - x0, y - y0
            return x0 + dx * cosine - dy * sine, y0 + dx * sine + dy * cosine

        return Bend(where, parameters.edge, parameters.sampling)

    return [turned(index * sector - turn) for index in range(parameters.folds)]


def _lay(mine: np.ndarray, other: np.ndarray, parameters: Symmetry, index: int) -> None:
    """One copy laid over those before it, in place."""
    part, sign = np.float32(1 / parameters.folds), 1.0 if parameters.how == "lightest" else -1.0
    if parameters.how == "mean":
        mine += other * part
    elif index == 0:
        mine[...] = other
    else:
        # Where one copy is transparent the other is seen.
        own, new = mine[..., :3] @ _LUMA, other[..., :3] @ _LUMA
        better = sign * new * mine[..., 3] > sign * own * other[..., 3]
        better |= (mine[..., 3] == 0) & (other[..., 3] > 0)
        better &= other[..., 3] > 0
        mine[better] = other[better]


class Offset(msgspec.Struct, frozen=True, kw_only=True):
    across: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Across"), low=-1.0, high=1.0, step=0.005,
            description=QT_TRANSLATE_NOOP("recipe", "To the right, in widths of the picture."),
        ),
    ] = 0.5  # fmt: skip
    down: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Downwards"), low=-1.0, high=1.0, step=0.005,
            description=QT_TRANSLATE_NOOP("recipe", "In heights of the picture."),
        ),
    ] = 0.5  # fmt: skip
    edge: Annotated[Edge, EDGE] = "wrap"


def offset(parameters: Offset, place: Place) -> Bend:
    _, _, width, height = canvas_of(place)
    # Whole pixels of level 0: what is moved stays as sharp as it was.
    right, down = round(parameters.across * width), round(parameters.down * height)

    def where(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return x - right, y - down

    return Bend(where, parameters.edge, "linear")


SYMMETRY = FilterKind(
    name="rotational-symmetry",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "n-fold rotational symmetry without mirrors (the cyclic group Cₙ). Sector: a pixel at angle φ and distance r from the "
        "centre takes the colour at distance r and angle ((φ − turn) mod 2π/n) + from angle. Otherwise the mean of the n copies turned "
        "by 2πk/n − turn, or of them the one with the greatest or least luma 0.2126 R + 0.7152 G + 0.0722 B. Places are "
        "rounded to 1/32 pixel.",
    ),
    parameters=Symmetry,
    function=at_once(in_one(in_parts(symmetry))),
    stepwise=in_one(in_parts(symmetry)),
    stream=in_parts(symmetry),
    whole=True,
    at_scale="rescaled",
)
OFFSET = FilterKind(
    name="offset",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Moves the picture by whole pixels, round(across · width) to the right and round(down · height) downwards; what "
        "leaves at one edge comes in at the other, or what lies beyond the edge is chosen otherwise. Half of each side brings the "
        "seams of a tile into its middle.",
    ),
    parameters=Offset,
    function=at_once(in_one(streamed(offset))),
    stepwise=in_one(streamed(offset)),
    stream=streamed(offset),
    whole=True,
    at_scale="rescaled",
)

KINDS = (SYMMETRY, OFFSET)
