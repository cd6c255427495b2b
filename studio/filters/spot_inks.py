"""A poster printed in two to five inks of one's own, each plate a little out of place."""

from __future__ import annotations

import math
from typing import Annotated

import msgspec
import numpy as np

from studio.filters.around import filtering_around, inner_of, premultiplied, share, straight_planes
from studio.filters.halftone import Screen, Spot, printed, screen
from studio.filters.kind import FilterKind, Place, Steps, at_once, finished
from studio.filters.planes import from_light, to_light
from studio.raster import random
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, Colour, declare

ANGLES = (15.0, 75.0, 0.0, 45.0, 30.0)
"""Of the plates' screens, in degrees: far enough from each other that they make no pattern together."""
LEVELS = 48
"""Steps along each axis of the table of separations."""
SWEEPS = 24
_STREAM = 0x5350
Rgb = tuple[float, float, float]


class SpotInks(msgspec.Struct, frozen=True, kw_only=True):
    inks: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Inks"), low=2, high=5, step=1)] = 3
    ink_1: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "First ink"))] = (0.0, 0.33, 0.64)
    ink_2: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Second ink"))] = (1.0, 0.28, 0.38)
    ink_3: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Third ink"), when={"inks": (3, 4, 5)})] = (
        1.0, 0.86, 0.12,
    )  # fmt: skip
    ink_4: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Fourth ink"), when={"inks": (4, 5)})] = (
        0.12, 0.12, 0.14,
    )  # fmt: skip
    ink_5: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Fifth ink"), when={"inks": (5,)})] = (
        0.0, 0.52, 0.32,
    )  # fmt: skip
    paper: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Paper"))] = (0.965, 0.95, 0.905)
    spot: Annotated[Spot, declare(QT_TRANSLATE_NOOP("recipe", "Dots"))] = "round"
    period: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Spacing"), low=2.0, high=500.0, soft_high=40.0, step=0.5, unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "From dot to dot."),
        ),
    ] = 8.0  # fmt: skip
    softness: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Softness"), low=0.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "How gently dots end; a little keeps their edges smooth."),
        ),
    ] = 0.2  # fmt: skip
    shift: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Misregistration"), low=0.0, high=64.0, soft_high=12.0, step=0.5, unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "How far plates lie out of place, each its own way by the seed."),
        ),
    ] = 2.0  # fmt: skip
    seed: Annotated[int, declare(QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=2**32 - 1, seed=True)] = 0


def inks_of(parameters: SpotInks) -> tuple[Rgb, ...]:
    every = (parameters.ink_1, parameters.ink_2, parameters.ink_3, parameters.ink_4, parameters.ink_5)
    return every[: parameters.inks]


def light_of(colour: Rgb) -> np.ndarray:
    return to_light(np.array(colour, np.float32))


def separated(target: np.ndarray, inks: tuple[Rgb, ...], paper: Rgb) -> np.ndarray:
    """Shares [n, inks] of the area that each ink is to cover, 0–1, for linear light [n, 3].

    The light of the print is paper · Π (1 − aₖ uₖ), uₖ = 1 − ink / paper (dots of independent screens, Demichel 1924).
    Each ink in turn takes the least-squares share that the others leave it, errors divided by (light + 0.05).
    """
    return finished(separating(target, inks, paper))


def separating(target: np.ndarray, inks: tuple[Rgb, ...], paper: Rgb) -> Steps:
    """:func:`separated` in steps of one ink."""
    ground = np.maximum(light_of(paper), np.float32(1e-3))
    taken = [1 - np.clip(light_of(ink) / ground, 0, 1) for ink in inks]
    weight = 1 / (target + np.float32(0.05)) ** 2
    amounts = np.zeros((len(target), len(inks)), np.float32)
    for _ in range(SWEEPS):
        for index, own in enumerate(taken):
            others = np.broadcast_to(ground, target.shape).copy()
            for other, part in enumerate(taken):
                if other != index:
                    others *= 1 - amounts[:, other, None] * part
            slope = others * own
            over = (weight * slope * slope).sum(1)
            under = (weight * slope * (others - target)).sum(1)
            amounts[:, index] = np.clip(under / np.maximum(over, np.float32(1e-9)), 0, 1)
            yield
    return amounts


_MOST_TABLES = 8
_tables: dict[tuple[tuple[Rgb, ...], Rgb], np.ndarray] = {}
"""The latest tables: they take half a second to make."""


def separations(inks: tuple[Rgb, ...], paper: Rgb) -> Steps:
    """:func:`separated` for encoded colours in LEVELS steps of each channel: float32 [LEVELS³, inks], red slowest."""
    known = _tables.get((inks, paper))
    if known is not None:
        return known
    steps = to_light(np.linspace(0, 1, LEVELS, dtype=np.float32))
    grid = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), -1).reshape(-1, 3)
    made = yield from separating(grid, inks, paper)
    made.setflags(write=False)
    for oldest in list(_tables)[: max(0, len(_tables) + 1 - _MOST_TABLES)]:
        _tables.pop(oldest, None)
    _tables[inks, paper] = made
    return made


def plates(parameters: SpotInks) -> list[tuple[float, float]]:
    """How far right and down each plate lies out of place, in pixels of level 0."""
    chance = random.uniform(parameters.seed, Rect(0, 0, 5, 2), (0,), _STREAM)[..., 0]
    out = []
    for index in range(parameters.inks):
        angle = 2 * math.pi * float(chance[0, index])
        far = parameters.shift * (0.35 + 0.65 * float(chance[1, index]))
        out.append((far * math.cos(angle), far * math.sin(angle)))
    return out


def spot_inks(pixels: np.ndarray, parameters: SpotInks, place: Place) -> Steps:
    inks = inks_of(parameters)
    table = yield from separations(inks, parameters.paper)
    reach = spot_reach(parameters, place.level)
    small = share(place)
    moves = [(round(across * small), round(down * small)) for across, down in plates(parameters)]
    ground = light_of(parameters.paper)
    taken = [1 - np.clip(light_of(ink) / np.maximum(ground, np.float32(1e-3)), 0, 1) for ink in inks]

    def work(source: np.ndarray, strip: Rect) -> np.ndarray:
        colours = straight_planes(source)
        index = np.zeros(source.shape[:2], np.int64)
        # A transparent place is bare paper, so that no ink runs out of a shape's edge.
        for channel in range(3):
            bare = np.float32(parameters.paper[channel])
            seen = bare + np.clip(colours[3], 0, 1) * (np.clip(colours[channel], 0, 1) - bare)
            index = index * LEVELS + np.rint(seen * np.float32(LEVELS - 1)).astype(np.int64)
        light = [np.full((strip.height, strip.width), part, np.float32) for part in ground]
        here = Place(rect=strip, level=place.level)
        for number, (across, down) in enumerate(moves):
            top, left = reach - down, reach - across
            moved = index[top : top + strip.height, left : left + strip.width]
            amount = np.take(table[:, number], moved)
            dots = Screen(ANGLES[number], parameters.spot, parameters.period)
            needed = screen(here, strip.top, strip.bottom, dots)
            cover = printed(amount, needed, parameters.softness)
            for channel in range(3):
                light[channel] *= 1 - cover * taken[number][channel]
        return premultiplied(np.stack([from_light(plane) for plane in light]), inner_of(source, reach))

    return (yield from filtering_around(pixels, place, reach, work))


def spot_reach(parameters: SpotInks, scale: int) -> int:
    return math.ceil(parameters.shift / (1 << scale)) + 1


SPOT_INKS = FilterKind(
    name="spot-inks",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "A print in the chosen inks: light paper · Π (1 − cₖ uₖ) in linear sRGB, u = 1 − ink / paper. The shares aₖ bring "
        "paper · Π (1 − aₖ uₖ) nearest to the colour, its errors divided by (light + 0.05): 24 rounds in which each ink takes its "
        "least-squares share, 0–1, from a table of 48³ colours. A plate is moved by its own vector of (0.35 + 0.65 u) · "
        "misregistration and screened as in Halftone at 15°, 75°, 0°, 45° and 30°, which gives its cover cₖ (Demichel, 1924; "
        "Neugebauer, 1937). Transparent places count as paper; opacity stays.",
    ),
    parameters=SpotInks,
    function=at_once(spot_inks),
    stepwise=spot_inks,
    reach_of=spot_reach,
    at_scale="rescaled",
)

KINDS = (SPOT_INKS,)
