"""Many pictures on one sheet: in balanced rows that fill the width, or scattered like prints on a table."""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from typing import Annotated, Literal

import cv2
import msgspec
import numpy as np

from studio.raster import random
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, Colour, RecipeError, check, declare

NAME = "collage"
TITLE = QT_TRANSLATE_NOOP("recipe", "Collage")
Layout = Literal["rows", "scattered"]
WORDS = (QT_TRANSLATE_NOOP("recipe", "rows"), QT_TRANSLATE_NOOP("recipe", "scattered"))
MOST_PIXELS = 400_000_000
MOST_PICTURES = 5000
NO_PICTURES = QT_TRANSLATE_NOOP("recipe", "A collage needs at least one picture that can be opened.")
TOO_LARGE = QT_TRANSLATE_NOOP(
    "recipe", "The collage would be {width} × {height} pixels. Choose a smaller width or lower rows."
)
DESCRIPTION = QT_TRANSLATE_NOOP(
    "recipe",
    "Rows: pictures in their order, uncut, each row as wide as the sheet; rows are broken so that the sum of the squares of ln (height / row "
    "height) is least (dynamic programming, as lines of text are broken: Knuth and Plass, 1981). Scattered: each picture "
    "with a white frame and a shadow in a cell of a grid, moved by chance within a third of it and turned by an angle up to the "
    "given one, from Philox for the seed.",
)
_STREAM = 0x434F


class Collage(msgspec.Struct, frozen=True, kw_only=True):
    layout: Annotated[Layout, declare(QT_TRANSLATE_NOOP("recipe", "Layout"))] = "rows"
    width: Annotated[
        int,
        declare(QT_TRANSLATE_NOOP("recipe", "Width"), low=64, high=30_000, soft_high=8000, step=1, unit="px"),
    ] = 2400
    row_height: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Row height"), low=16, high=10_000, soft_high=1500, step=1, unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "About how high a row is, or a scattered picture with its frame."),
        ),
    ] = 420  # fmt: skip
    spacing: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Spacing"), low=0, high=1000, soft_high=100, step=1, unit="px",
            when={"layout": ("rows",)}, description=QT_TRANSLATE_NOOP("recipe", "Between pictures."),
        ),
    ] = 16  # fmt: skip
    margin: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Margin"), low=0, high=4000, soft_high=300, step=1, unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "Around all of them."),
        ),
    ] = 32  # fmt: skip
    turn: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Turn"), low=0.0, high=180.0, soft_high=45.0, step=1.0, unit="°",
            when={"layout": ("scattered",)}, description=QT_TRANSLATE_NOOP("recipe", "How far pictures are turned at most."),
        ),
    ] = 12.0  # fmt: skip
    frame: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "White frame"), low=0.0, high=40.0, step=0.5, unit="%", when={"layout": ("scattered",)},
            description=QT_TRANSLATE_NOOP("recipe", "In row heights; wider at the foot."),
        ),
    ] = 5.0  # fmt: skip
    ground: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Ground"))] = (0.93, 0.92, 0.90)
    shuffled: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Shuffle"),
            description=QT_TRANSLATE_NOOP("recipe", "Else they come in the order of their names."),
        ),
    ] = False
    seed: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=2**32 - 1, seed=True)] = 0


class Spot(msgspec.Struct, frozen=True):
    """Where a picture goes: its number, its box in pixels of the sheet before it is turned, and the angle in degrees."""

    number: int
    left: float
    top: float
    width: float
    height: float
    turn: float = 0.0


class Sheet(msgspec.Struct, frozen=True):
    width: int
    height: int
    spots: tuple[Spot, ...]


def order_of(count: int, parameters: Collage) -> list[int]:
    if not parameters.shuffled:
        return list(range(count))
    chance = random.uniform(parameters.seed, Rect(0, 0, count, 1), (0,), _STREAM).ravel()
    return np.argsort(chance, kind="stable").tolist()


def laid_out(shapes: Sequence[tuple[int, int]], parameters: Collage) -> Sheet:
    """The sheet for pictures of these widths and heights. Raises RecipeError where there are none, or it is too large."""
    parameters = check(parameters)
    if not shapes:
        raise RecipeError(NO_PICTURES)
    made = _rows(shapes, parameters) if parameters.layout == "rows" else _scattered(shapes, parameters)
    if made.width * made.height > MOST_PIXELS:
        raise RecipeError(TOO_LARGE, width=made.width, height=made.height)
    return made


def _rows(shapes: Sequence[tuple[int, int]], parameters: Collage) -> Sheet:
    order = order_of(len(shapes), parameters)
    ratios = [shapes[number][0] / shapes[number][1] for number in order]
    gap = parameters.spacing
    inner = max(1, parameters.width - 2 * parameters.margin)
    ends = broken(ratios, inner, gap, parameters.row_height)
    spots, top, start = [], float(parameters.margin), 0
    for end in ends:
        room = max(1.0, inner - gap * (end - start - 1))
        height = room / sum(ratios[start:end])
        if end == len(ratios) and height > 1.6 * parameters.row_height:
            height = float(parameters.row_height)  # a last row of few pictures is not blown up
        left = float(parameters.margin)
        for index in range(start, end):
            wide = height * ratios[index]
            spots.append(Spot(order[index], left, top, wide, height))
            left += wide + gap
        top, start = top + height + gap, end
    return Sheet(parameters.width, max(1, math.ceil(top - gap + parameters.margin)), tuple(spots))


def broken(ratios: Sequence[float], width: float, gap: float, height: float) -> list[int]:
    """Where each row ends, so that Σ ln²(row's height / height) is least."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(ratios) + 1):
        total, found = 0.0, (math.inf, end - 1)
        for start in range(end - 1, -1, -1):
            total += ratios[start]
            room = width - gap * (end - start - 1)
            if room <= 0 and start < end - 1:
                break
            own = math.log(max(room, 1.0) / total / height)
            cost = best[start][0] + own * own
            found = min(found, (cost, start))
            if own < -3:  # far too low already, and lower with each further picture
                break
        best.append(found)
    ends, end = [], len(ratios)
    while end:
        ends.append(end)
        end = best[end][1]
    return ends[::-1]


def _scattered(shapes: Sequence[tuple[int, int]], parameters: Collage) -> Sheet:
    side = float(parameters.row_height)
    inner = max(side, parameters.width - 2.0 * parameters.margin)
    columns = max(1, min(len(shapes), int(inner // (0.86 * side))))
    rows = math.ceil(len(shapes) / columns)
    step = inner / columns
    chance = random.uniform(parameters.seed, Rect(0, 0, len(shapes), 4), (0,), _STREAM + 1)[..., 0]
    spots = []
    for place, number in enumerate(order_of(len(shapes), parameters)):
        wide, high = shapes[number]
        scale = side * (0.86 + 0.2 * float(chance[3, place])) / max(wide, high)
        row, column = divmod(place, columns)
        in_row = min(columns, len(shapes) - row * columns)
        x = parameters.margin + (column + 0.5 + 0.5 * (columns - in_row)) * step
        y = parameters.margin + (row + 0.5) * 0.9 * side + 0.1 * side
        x += (float(chance[0, place]) - 0.5) * step * 0.33
        y += (float(chance[1, place]) - 0.5) * side * 0.33
        turn = (2 * float(chance[2, place]) - 1) * parameters.turn
        spots.append(
            Spot(number, x - wide * scale / 2, y - high * scale / 2, wide * scale, high * scale, turn)
        )
    # Those painted last lie on top: not row by row, but by chance.
    spots = [spots[index] for index in np.argsort(chance[3], kind="stable")]
    height = math.ceil(2 * parameters.margin + (rows * 0.9 + 0.2) * side)
    return Sheet(max(parameters.width, math.ceil(inner + 2 * parameters.margin)), height, tuple(spots))


def empty(sheet: Sheet, parameters: Collage) -> np.ndarray:
    """The sheet without pictures: premultiplied float32 [h, w, 4]."""
    out = np.empty((sheet.height, sheet.width, 4), np.float32)
    out[:] = (*parameters.ground, 1.0)
    return out


def put(out: np.ndarray, picture: np.ndarray, spot: Spot, parameters: Collage) -> None:
    """Lays premultiplied pixels [h, w, 4] on the sheet where ``spot`` says."""
    if parameters.layout == "scattered":
        picture = framed(picture, spot, parameters)
    height, width = picture.shape[:2]
    # Framed pictures come at their size; the others are scaled here, exactly to their box.
    scale_x, scale_y = (
        (1.0, 1.0) if parameters.layout == "scattered" else (spot.width / width, spot.height / height)
    )
    turn = math.radians(spot.turn)
    cosine, sine = math.cos(turn), math.sin(turn)
    middle = spot.left + spot.width / 2, spot.top + spot.height / 2
    half_w, half_h = width * scale_x / 2, height * scale_y / 2
    reach_x = abs(half_w * cosine) + abs(half_h * sine) + 1
    reach_y = abs(half_w * sine) + abs(half_h * cosine) + 1
    left, right = max(0, math.floor(middle[0] - reach_x)), min(out.shape[1], math.ceil(middle[0] + reach_x))
    top, bottom = max(0, math.floor(middle[1] - reach_y)), min(out.shape[0], math.ceil(middle[1] + reach_y))
    if right <= left or bottom <= top:
        return
    if min(scale_x, scale_y) < 1:  # averaged first, so that nothing is skipped
        small = max(1, math.ceil(width * min(1, scale_x))), max(1, math.ceil(height * min(1, scale_y)))
        picture = cv2.resize(picture, small, interpolation=cv2.INTER_AREA)
        scale_x, scale_y = scale_x * width / small[0], scale_y * height / small[1]
        height, width = picture.shape[:2]
    matrix = np.array(
        [
            [cosine * scale_x, -sine * scale_y, 0.0],
            [sine * scale_x, cosine * scale_y, 0.0],
        ]
    )
    centre = matrix[:, :2] @ (width / 2 - 0.5, height / 2 - 0.5)
    matrix[:, 2] = (middle[0] - 0.5 - left - centre[0], middle[1] - 0.5 - top - centre[1])
    laid = cv2.warpAffine(
        np.ascontiguousarray(picture, np.float32), matrix, (right - left, bottom - top), flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
    )  # fmt: skip
    part = out[top:bottom, left:right]
    part *= 1 - laid[..., 3:]
    part += laid


def framed(picture: np.ndarray, spot: Spot, parameters: Collage) -> np.ndarray:
    """A print: the picture at its size, a white frame wider at the foot, and a soft shadow; premultiplied."""
    width, height = max(1, round(spot.width)), max(1, round(spot.height))
    shrinks = picture.shape[1] >= width and picture.shape[0] >= height
    small = cv2.resize(
        np.ascontiguousarray(picture, np.float32), (width, height),
        interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR,
    ).reshape(height, width, 4)  # fmt: skip
    edge = round(parameters.frame / 100 * parameters.row_height)
    foot = round(2.2 * edge)
    blur = max(1.0, 0.018 * parameters.row_height)
    air = math.ceil(3 * blur)
    card = np.ones((height + edge + foot, width + 2 * edge, 4), np.float32)
    card[..., :3] = (0.985, 0.98, 0.965)
    inner = card[edge : edge + height, edge : edge + width]
    inner *= 1 - small[..., 3:]
    inner += small
    # As much air above as the foot is heavier, so that the picture's middle stays where it was.
    extra = foot - edge
    out = np.zeros((card.shape[0] + 2 * air + extra, card.shape[1] + 2 * air, 4), np.float32)
    top = air + extra
    out[top : top + card.shape[0], air : air + card.shape[1], 3] = 0.42
    down = round(blur)
    out[..., 3] = cv2.GaussianBlur(np.roll(out[..., 3], down, 0), (0, 0), blur)
    part = out[top : top + card.shape[0], air : air + card.shape[1]]
    part[...] = card
    return out


def composed(pictures: Sequence[np.ndarray], parameters: Collage) -> Generator[float, None, np.ndarray]:
    """The collage of premultiplied pictures: premultiplied float32 [h, w, 4]; yields the part done. Raises RecipeError."""
    sheet = laid_out([(one.shape[1], one.shape[0]) for one in pictures], parameters)
    out = empty(sheet, parameters)
    for done, spot in enumerate(sheet.spots):
        put(out, pictures[spot.number], spot, parameters)
        yield (done + 1) / len(sheet.spots)
    return out
