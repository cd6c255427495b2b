"""The lines of a rule-made landscape: where ridges, shore and bank run along a scroll without end."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.synthesis.lattice import View
from studio.synthesis.scene import Placed, own
from studio.synthesis.washes import line, numbers

Style = Literal["ink", "blue-green", "dusk", "snow", "night"]
Season = Literal["spring", "summer", "autumn", "winter"]
CHOICES = (
    QT_TRANSLATE_NOOP("recipe", "ink"),
    QT_TRANSLATE_NOOP("recipe", "blue-green"),
    QT_TRANSLATE_NOOP("recipe", "dusk"),
    QT_TRANSLATE_NOOP("recipe", "snow"),
    QT_TRANSLATE_NOOP("recipe", "night"),
    QT_TRANSLATE_NOOP("recipe", "spring"),
    QT_TRANSLATE_NOOP("recipe", "summer"),
    QT_TRANSLATE_NOOP("recipe", "autumn"),
    QT_TRANSLATE_NOOP("recipe", "winter"),
)
HEIGHTS = (0.40, 0.44, 0.50, 0.60, 0.56, 0.40, 0.27, 0.17, 0.10)
LIFTS = (0.17, 0.145, 0.12, 0.09, 0.06, 0.038, 0.022, 0.010, 0.0)
"""Of ridges, far to near: how high they rise above their feet, and these above the water, in heights of the picture."""
NEAR = tuple((index / 8) ** 0.9 for index in range(9))
RIDGES = len(HEIGHTS)
HAZE = (0.62, 0.52, 0.42, 0.28, 0.18, 0.09, 0.04, 0.0, 0.0)
"""How much of a ridge the haze before it hides in full mist."""
MAIN = (3, 4)
"""The ridges of the main peak."""
STRETCH = 1.7
"""The scroll is composed in stretches of so many heights, each with a peak of its own."""
STREAM = 0x5348


def _share(title: str, description: str) -> msgspec.Meta:
    return declare(title, low=0.0, high=100.0, step=1.0, unit="%", description=description)


class Shanshui(Placed, frozen=True, kw_only=True):
    style: Annotated[Style, declare(QT_TRANSLATE_NOOP("recipe", "Manner"))] = "ink"
    season: Annotated[
        Season,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Season"),
            description=QT_TRANSLATE_NOOP("recipe", "Blossom, leaves, red leaves, or bare trees."),
        ),
    ] = "summer"
    mist: Annotated[
        float, _share(QT_TRANSLATE_NOOP("recipe", "Mist"), QT_TRANSLATE_NOOP("recipe", "Between the ridges and over the water."))
    ] = 55.0  # fmt: skip
    ridges: Annotated[
        float, _share(QT_TRANSLATE_NOOP("recipe", "Ridge height"), QT_TRANSLATE_NOOP("recipe", "From low hills to towering peaks."))
    ] = 60.0  # fmt: skip
    crags: Annotated[
        float, _share(QT_TRANSLATE_NOOP("recipe", "Crags"), QT_TRANSLATE_NOOP("recipe", "From round hills to sharp rocks."))
    ] = 60.0  # fmt: skip
    peak: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Main peak"), low=-1.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "Where it stands, from the middle, in heights of the picture."),
        ),
    ] = 0.12  # fmt: skip
    water: Annotated[
        float, _share(QT_TRANSLATE_NOOP("recipe", "Water"), QT_TRANSLATE_NOOP("recipe", "How much of the height it takes."))
    ] = 55.0  # fmt: skip
    texture: Annotated[
        float, _share(QT_TRANSLATE_NOOP("recipe", "Brushwork"), QT_TRANSLATE_NOOP("recipe", "How strongly strokes model the rock."))
    ] = 60.0  # fmt: skip
    night: Annotated[
        float, _share(QT_TRANSLATE_NOOP("recipe", "Night"), QT_TRANSLATE_NOOP("recipe", "How dark it has become."))
    ] = 0.0  # fmt: skip
    sun: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sun or moon"), low=0.0, high=0.3, soft_high=0.12, step=0.002,
            description=QT_TRANSLATE_NOOP("recipe", "Its radius in heights of the picture; 0 for none."),
        ),
    ] = 0.038  # fmt: skip
    trees: Annotated[bool, declare(QT_TRANSLATE_NOOP("recipe", "Trees"))] = True
    figures: Annotated[bool, declare(QT_TRANSLATE_NOOP("recipe", "Boat, pavilion, birds"))] = True
    paper: Annotated[
        float, _share(QT_TRANSLATE_NOOP("recipe", "Paper"), QT_TRANSLATE_NOOP("recipe", "How much of its fibres is seen."))
    ] = 50.0  # fmt: skip


def shoreline(parameters: Shanshui) -> float:
    """The height y of the far shore, 0 above and 1 below."""
    return 0.95 - 0.32 * parameters.water / 100


def stretches(u: np.ndarray, margin: float) -> range:
    low, high = (float(u[0]) - margin) / STRETCH, (float(u[-1]) + margin) / STRETCH
    return range(int(np.floor(low + 0.5)), int(np.floor(high + 0.5)) + 1)


def _mounds(parameters: Shanshui, seed: int, index: int, u: np.ndarray) -> np.ndarray:
    """Where a ridge rises, 0–1 along u: one mound for each stretch of the scroll and a little everywhere."""
    total = np.zeros(len(u))
    for cell in stretches(u, 2.0):
        chance = numbers(seed, cell, 32, STREAM)
        peak = parameters.peak + (chance[0] - 0.5) * 0.16
        if index in MAIN:
            place, wide = peak + (chance[1 + index] - 0.5) * 0.18, 0.26 + 0.10 * chance[11]
        elif index < 3:
            place, wide = -peak * 0.9 + (chance[1 + index] - 0.5) * 0.9, 0.42
        else:
            # Near ridges stand to the sides, and leave the middle to the view.
            side = 1.0 if (chance[12] < 0.5) == (index % 2 == 0) else -1.0
            place, wide = side * (0.42 + 0.16 * (8 - index) / 3) + (chance[1 + index] - 0.5) * 0.15, 0.30
        away = (u - cell * STRETCH - place) / wide
        total = np.maximum(total, np.exp(-away * away))
    floor = (0.55, 0.5, 0.42, 0.20, 0.16, 0.14, 0.10, 0.06, 0.04)[index]
    return floor + (1 - floor) * total


def crest(parameters: Shanshui, seed: int, index: int, u: np.ndarray) -> np.ndarray:
    """The height y of ridge ``index`` (0 farthest) at u, float64 [w]."""
    rugged = parameters.crags / 100
    near = NEAR[index]
    bent = u + 0.02 * line(seed, 40 + index, u * 7, 2)
    broad = line(seed, index, bent * (2.0 + 0.5 * (index % 3)), 2, 0.45, 0.5 * rugged)
    crags = line(seed, 10 + index, bent * (6.5 + index % 4), 6, 0.5, 0.85 * rugged * (0.55 + 0.45 * near))
    shape = np.clip(0.62 + 0.42 * broad + (0.14 + 0.2 * rugged) * crags, 0.02, None)
    high = HEIGHTS[index] * (0.35 + 1.05 * parameters.ridges / 100)
    rise = high * _mounds(parameters, seed, index, u) * shape
    room = shoreline(parameters) - LIFTS[index] - 0.07
    rise = room * np.tanh(rise / room)
    if index >= 4:  # woods on the crest
        wood = np.clip(line(seed, 60 + index, u * 9, 2) * 1.6 + 0.25, 0, 1)
        rise += 0.007 * (0.5 + near) * wood * np.clip(0.5 + line(seed, 70 + index, u * 150, 3, 0.7), 0, None)
    return shoreline(parameters) - LIFTS[index] - rise


def slope_of(parameters: Shanshui, seed: int, index: int, u: np.ndarray) -> np.ndarray:
    """How steeply the broad form of a ridge falls to the right: the side that the light does not reach."""
    away = 0.03
    sides = [
        -HEIGHTS[index]
        * _mounds(parameters, seed, index, u + way)
        * (0.62 + 0.42 * line(seed, index, (u + way) * (2.0 + 0.5 * (index % 3)), 2, 0.45, 0.3))
        for way in (-away, away)
    ]
    return (sides[1] - sides[0]) / (2 * away)


class Columns(msgspec.Struct, frozen=True, eq=False):
    """What is the same down a whole column, for each ridge: its crest, how steep that is, and its broad slope."""

    u: np.ndarray
    crest: tuple[np.ndarray, ...]
    slant: tuple[np.ndarray, ...]
    slope: tuple[np.ndarray, ...]
    hidden: tuple[np.ndarray, ...]
    """The height y under which nearer ridges hide it."""
    bank: np.ndarray
    bank_slant: np.ndarray


@lru_cache(maxsize=32)
def columns_of(parameters: Shanshui, seed: int, left: int, right: int, pixel: float) -> Columns:
    """Of the columns from ``left`` to ``right`` of a view with pixels of ``pixel``."""
    u, _, fine = own(parameters, View(Rect(left - 1, 0, right + 1, 1), pixel))
    tops = [crest(parameters, seed, index, u) for index in range(RIDGES)]
    bank = bank_crest(parameters, seed, u)
    hidden, lowest = [], np.full(len(u) - 2, 9.0)
    for top in reversed(tops):
        hidden.append(lowest)
        lowest = np.minimum(lowest, top[1:-1])
    return Columns(
        u[1:-1].astype(np.float32),
        tuple(top[1:-1] for top in tops),
        tuple(_slant(top, fine) for top in tops),
        tuple(slope_of(parameters, seed, index, u[1:-1]).astype(np.float32) for index in range(RIDGES)),
        tuple(reversed(hidden)),
        bank[1:-1],
        _slant(bank, fine),
    )


def _slant(top: np.ndarray, pixel: float) -> np.ndarray:
    """How many times longer a crest is than its ground, at most 8: the width of its smooth edge follows it."""
    rise = (top[2:] - top[:-2]) / (2 * pixel)
    return np.sqrt(1 + np.minimum(rise * rise, 63)).astype(np.float32)


def bank_crest(parameters: Shanshui, seed: int, u: np.ndarray) -> np.ndarray:
    """The height y of the bank before the water, below the picture where there is none."""
    total = np.full(len(u), 1.06)
    for cell in stretches(u, 1.5):
        place, wide, high = bank_of(parameters, seed, cell)
        away = (u - place) / wide
        total -= (high + 0.03) * np.exp(-away * away)
    return total + 0.014 * line(seed, 90, u * 9, 5, 0.55, 0.4)


def bank_of(parameters: Shanshui, seed: int, cell: int) -> tuple[float, float, float]:
    chance = numbers(seed, cell, 32, STREAM)
    side = -1.0 if parameters.peak >= 0 else 1.0
    return (
        cell * STRETCH + side * (0.44 + 0.08 * chance[20]),
        0.25 + 0.07 * chance[21],
        0.13 + 0.05 * chance[22],
    )
