"""Plants as a scene: fern, bush, tree, bamboo and grass, in colours or in ink."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.raster import random
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, Colour, declare
from studio.synthesis.growth import Plant, grown
from studio.synthesis.lattice import View
from studio.synthesis.scene import Placed, Scene
from studio.synthesis.strokes import Strokes, drawn, joined

Kind = Literal["tree", "pine", "bush", "fern", "bamboo", "grass"]
CHOICES = (
    QT_TRANSLATE_NOOP("recipe", "tree"),
    QT_TRANSLATE_NOOP("recipe", "pine"),
    QT_TRANSLATE_NOOP("recipe", "bush"),
    QT_TRANSLATE_NOOP("recipe", "fern"),
    QT_TRANSLATE_NOOP("recipe", "bamboo"),
    QT_TRANSLATE_NOOP("recipe", "grass"),
)
FOOT = 0.48
"""Where a plant stands, in heights of the scene below its middle; it is twice as high."""
DEPTHS = {"tree": 9, "pine": 8, "bush": 6, "fern": 26, "bamboo": 9, "grass": 12}
ANGLES = {"tree": 24.0, "pine": 38.0, "bush": 24.0, "fern": 22.0, "bamboo": 26.0, "grass": 20.0}
MOST_STEMS = 24
OUTLINE = ((0.0, 0.12), (0.15, 0.6), (0.38, 1.0), (0.68, 0.68), (1.0, 0.03))
"""Half widths along a leaf, from stalk to tip."""
_STREAM = 0x504C


class Growing(Placed, frozen=True, kw_only=True):
    kind: Annotated[Kind, declare(QT_TRANSLATE_NOOP("recipe", "Plant"))] = "tree"
    stems: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Plants"), low=1, high=MOST_STEMS, soft_high=9, step=1,
            description=QT_TRANSLATE_NOOP("recipe", "How many stand beside each other; those behind are paler."),
        ),
    ] = 1  # fmt: skip
    spread: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Spacing"), low=0.0, high=5.0, soft_high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "Between two plants, in their heights."),
        ),
    ] = 0.12  # fmt: skip
    depth: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Age"), low=-12, high=6, step=1,
            description=QT_TRANSLATE_NOOP("recipe", "Steps of growth more or fewer than the plant usually has."),
        ),
    ] = 0  # fmt: skip
    angle: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Branching"), low=0.0, high=400.0, soft_high=200.0, step=1.0, unit="%",
            description=QT_TRANSLATE_NOOP("recipe", "Angle between branches; 100 % is what the plant usually has."),
        ),
    ] = 100.0  # fmt: skip
    ratio: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Length"), low=50.0, high=120.0, step=1.0, unit="%",
            description=QT_TRANSLATE_NOOP("recipe", "Of each branch beside the one before; below 100 % crowns are dense."),
        ),
    ] = 100.0  # fmt: skip
    width: Annotated[
        float,
        declare(QT_TRANSLATE_NOOP("recipe", "Thickness"), low=1.0, high=1000.0, soft_high=300.0, step=1.0, unit="%"),
    ] = 100.0  # fmt: skip
    leaves: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Leaves"), low=0.0, high=500.0, soft_high=200.0, step=1.0, unit="%",
            description=QT_TRANSLATE_NOOP("recipe", "Their size; 0 % is winter."),
        ),
    ] = 100.0  # fmt: skip
    jitter: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Disorder"), low=0.0, high=100.0, step=1.0, unit="%",
            description=QT_TRANSLATE_NOOP("recipe", "How much angles and lengths differ, by the seed."),
        ),
    ] = 35.0  # fmt: skip
    stem_colour: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Stem"))] = (0.19, 0.14, 0.12)
    leaf_colour: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Leaf"))] = (0.20, 0.42, 0.20)
    light_colour: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Leaf in the light"))] = (
        0.66, 0.74, 0.30,
    )  # fmt: skip


def _tones(parameters: Growing, seed: int, plant: Plant, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Premultiplied colours of segments and leaves; ``share``: how near the plant is, 0–1, the far ones paler."""
    alpha = 0.35 + 0.65 * share
    chance = random.uniform(seed, Rect(0, 0, max(1, len(plant.leaves)), 1), (0,), _STREAM).ravel()
    leaf = _lit(parameters, plant.leaves[:, 3], chance[: len(plant.leaves)])
    if plant.blades:
        ways = random.uniform(seed, Rect(0, 1, len(plant.ends), 2), (0,), _STREAM).ravel()
        stem = _lit(parameters, plant.ends[:, 3] * 1.3, ways[plant.branch])
    else:
        stem = np.tile(np.array([*parameters.stem_colour, 1.0], np.float32), (len(plant.ends), 1))
        stem[plant.node, :3] *= np.float32(0.45)
    return stem * np.float32(alpha), leaf * np.float32(alpha)


def _lit(parameters: Growing, high: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """Straight opaque colours between the leaf's two, by height and chance."""
    light = np.clip(high * 0.55 - 0.1 + 0.75 * (chance - 0.2), 0, 1)
    dark, bright = np.array(parameters.leaf_colour), np.array(parameters.light_colour)
    return np.concatenate([dark + light[:, None] * (bright - dark), np.ones((len(high), 1))], 1).astype(
        np.float32
    )


def _leaves(plant: Plant, size: float, colours: np.ndarray) -> Strokes:
    """Each a slim stroke of OUTLINE, one behind the other."""
    stalk, way = plant.leaves[:, :2], (plant.leaves[:, 2:4] - plant.leaves[:, :2]) * size
    wide = np.hypot(*way.T) * plant.slim / 2
    at, half = np.array(OUTLINE).T
    points = stalk[:, None] + way[:, None] * at[:, None]
    ends = np.concatenate([points[:, :-1], points[:, 1:]], 2).reshape(-1, 4)
    widths = wide[:, None] * half
    radii = np.stack([widths[:, :-1], widths[:, 1:]], 2).reshape(-1, 2)
    parts = len(OUTLINE) - 1
    return Strokes(ends, radii, np.repeat(colours, parts, 0), np.repeat(np.arange(len(stalk)), parts))


def _plant(parameters: Growing, seed: int, share: float) -> Strokes:
    plant = grown(
        parameters.kind, seed, depth=max(1, DEPTHS[parameters.kind] + parameters.depth),
        angle=math.radians(ANGLES[parameters.kind] * parameters.angle / 100), jitter=parameters.jitter / 100,
        ratio=parameters.ratio / 100, width=parameters.width / 100,
    )  # fmt: skip
    stem, leaf = _tones(parameters, seed, plant, share)
    order = np.argsort(plant.branch, kind="stable")
    wood = Strokes(plant.ends[order], plant.radii[order], stem[order], plant.branch[order])
    size = parameters.leaves / 100
    if not size or not len(plant.leaves):
        return wood
    behind = np.arange(len(plant.leaves)) % 3 == 0
    blades = _leaves(plant, size, leaf)
    back, front = (
        blades.take(np.flatnonzero(np.repeat(which, len(OUTLINE) - 1))) for which in (behind, ~behind)
    )
    return joined(back, wood, front)


@lru_cache(maxsize=8)
def strokes(parameters: Growing, seed: int) -> Strokes:
    """In unit coordinates, y downwards. ``parameters`` with size 1 at 0, 0."""
    chance = random.uniform(seed, Rect(0, 0, MOST_STEMS, 3), (0,), _STREAM + 1)[..., 0]
    parts = []
    for index in range(parameters.stems):
        near = (index + 1) / parameters.stems
        tall = 1.0 if parameters.stems == 1 else 0.62 + 0.38 * near * (0.75 + 0.25 * float(chance[0, index]))
        place = (index * 0.618034 + 0.5) % 1 - 0.5 if parameters.stems > 1 else 0.0
        place = (place + 0.12 * (float(chance[1, index]) - 0.5) * (parameters.stems > 1)) * parameters.stems
        one = _plant(parameters, seed * MOST_STEMS + index, near)
        one = Strokes(one.ends * (1, -1, 1, -1), one.radii, one.colours, one.stroke)
        parts.append(one.placed(tall * 2 * FOOT, place * parameters.spread, FOOT))
    return joined(*parts)


def draw(parameters: Growing, seed: int, view: View) -> np.ndarray:
    plain = msgspec.structs.replace(parameters, size=1.0, x=0.0, y=0.0)
    return drawn(strokes(plain, seed).placed(parameters.size, parameters.x, parameters.y), view)


SCENE = Scene(
    name="plant", version=1, title=QT_TRANSLATE_NOOP("recipe", "Plant (L-system)"), parameters=Growing, draw=draw,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "A parametric L-system (Prusinkiewicz and Lindenmayer, The Algorithmic Beauty of Plants, 1990): symbols are replaced "
        "age times by one of their rules, chosen by the seed, each symbol with its share of the length; a turtle draws what is "
        "left as tapered strokes. Radii follow Leonardo da Vinci's rule, r^p the sum of what the branch carries. Tree, pine, "
        "bush, fern, bamboo and grass are the grammars of growth.py.",
    ),
)  # fmt: skip
