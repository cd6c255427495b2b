"""What stands in a rule-made landscape: trees, a boat, a pavilion, birds, as strokes in heights of the picture."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

import msgspec
import numpy as np

from studio.synthesis.plants import Growing
from studio.synthesis.plants import strokes as plant_strokes
from studio.synthesis.strokes import Strokes, collected, joined
from studio.synthesis.washes import Rgb

Tint = Callable[[Rgb], Rgb]
Points = tuple[tuple[float, float, float], ...]
LEAVES: dict[str, tuple[Rgb, Rgb]] = {
    "spring": ((0.70, 0.36, 0.42), (0.985, 0.83, 0.84)),
    "autumn": ((0.50, 0.11, 0.08), (0.93, 0.56, 0.19)),
    "winter": ((0.20, 0.20, 0.22), (0.45, 0.46, 0.48)),
}
SUMMER: dict[str, tuple[Rgb, Rgb]] = {
    "ink": ((0.11, 0.13, 0.125), (0.37, 0.40, 0.37)),
    "blue-green": ((0.04, 0.19, 0.17), (0.30, 0.53, 0.36)),
    "dusk": ((0.12, 0.09, 0.14), (0.42, 0.22, 0.24)),
    "snow": ((0.13, 0.17, 0.18), (0.86, 0.89, 0.90)),
    "night": ((0.012, 0.022, 0.05), (0.10, 0.17, 0.24)),
}
PINES = ("ink", "blue-green", "dusk", "snow", "night")


class Stand(msgspec.Struct, frozen=True):
    """One tree: its foot, its height, its kind and its seed."""

    u: float
    v: float
    height: float
    kind: str
    seed: int


def pulled(points: Points, colour: Rgb, stroke: int, alpha: float = 1.0) -> list[tuple[float, ...]]:
    """One stroke of the brush through points (u, v, radius)."""
    return [(a[0], a[1], b[0], b[1], a[2], b[2], *colour, alpha, stroke) for a, b in pairwise(points)]


def _shifted(points: Points, u: float, v: float, scale: float, flip: float = 1.0) -> Points:
    return tuple((u + flip * scale * x, v + scale * y, scale * r) for x, y, r in points)


def curve(
    start: tuple[float, float], middle: tuple[float, float], stop: tuple[float, float], radii: Points
) -> Points:
    """A quadratic Bézier curve in twelve pieces; ``radii``: at both ends and in the middle."""
    first, centre, last = radii[0]
    out = []
    for index in range(13):
        t = index / 12
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        radius = a * first + b * centre + c * last
        out.append(
            (a * start[0] + b * middle[0] + c * stop[0], a * start[1] + b * middle[1] + c * stop[1], radius)
        )
    return tuple(out)


@lru_cache(maxsize=32)
def tree(stand: Stand, stem: Rgb, dark: Rgb, light: Rgb, leaves: float) -> Strokes:
    value = Growing(
        kind=stand.kind, size=1.0, x=0.0, y=0.0, stem_colour=stem, leaf_colour=dark, light_colour=light,  # type: ignore[arg-type]
        leaves=leaves, jitter=52.0, width=100.0, ratio=97.0,
    )  # fmt: skip
    made = plant_strokes(value, stand.seed)
    return made.placed(stand.height, stand.u, stand.v - 0.48 * stand.height)


def grove(stands: list[Stand], style: str, season: str, ink: Rgb, tint: Tint) -> Strokes:
    """Trees of one group, in the order in which they are given."""
    parts = [collected([])]
    for stand in stands:
        pine = stand.kind == "pine"
        dark, light = SUMMER[style] if pine or season == "summer" else LEAVES[season]
        if season != "summer" and not pine and style in ("ink", "night", "dusk"):
            red, green, blue = (0.7 * a + 0.3 * b for a, b in zip(dark, ink, strict=True))
            dark = (red, green, blue)
        leaves = 0.0 if season == "winter" and not pine else 85.0
        parts.append(tree(stand, tint(ink), tint(dark), tint(light), leaves))
    return joined(*parts)


def boat(u: float, v: float, scale: float, flip: float, ink: Rgb, cloth: Rgb) -> Strokes:
    """A small boat with an awning and a man who sculls, and what the water shows of it."""
    hull = curve((-1.0, -0.10), (0.0, 0.26), (1.1, -0.16), ((0.012, 0.085, 0.012),))
    rim = curve((-1.0, -0.12), (0.0, 0.10), (1.1, -0.18), ((0.012, 0.03, 0.010),))
    awning = curve((-0.42, 0.0), (-0.05, -0.62), (0.34, 0.0), ((0.05, 0.075, 0.05),))
    under = curve((-0.30, 0.0), (-0.04, -0.40), (0.24, 0.0), ((0.06, 0.08, 0.06),))
    man = ((0.70, -0.05, 0.05), (0.66, -0.30, 0.06), (0.68, -0.40, 0.035))
    hat = ((0.52, -0.40, 0.006), (0.68, -0.50, 0.03), (0.84, -0.40, 0.006))
    oar = ((0.60, -0.26, 0.010), (1.05, -0.02, 0.012), (1.45, 0.24, 0.016))
    parts: list[tuple[float, ...]] = []
    brushed = ((under, ink), (awning, cloth), (hull, ink), (rim, ink), (oar, ink), (man, ink), (hat, cloth))
    for number, (points, colour) in enumerate(brushed):
        parts += pulled(_shifted(points, u, v, scale, flip), colour, number)
    for number, (at, long, alpha) in enumerate(
        ((0.20, 0.95, 0.30), (0.27, 0.7, 0.20), (0.35, 0.42, 0.12)), len(brushed)
    ):
        mirrored = ((-long, at, 0.008), (0.0, at + 0.01, 0.03), (long, at, 0.008))
        parts += pulled(_shifted(mirrored, u, v, scale, flip), ink, number, alpha)
    return collected(parts)


def pavilion(u: float, v: float, scale: float, ink: Rgb, roof: Rgb) -> Strokes:
    """An open pavilion with two roofs whose eaves turn up."""
    parts: list[tuple[float, ...]] = []
    lines: list[tuple[Points, Rgb]] = [
        (((-0.72, 0.0, 0.035), (0.72, 0.0, 0.035)), ink),
        (((-0.62, -0.08, 0.03), (0.62, -0.08, 0.03)), ink),
    ]
    lines += [(((x, -0.08, 0.026), (x, -0.62, 0.026)), ink) for x in (-0.46, -0.16, 0.16, 0.46)]
    lines.append((((-0.46, -0.24, 0.014), (0.46, -0.24, 0.014)), ink))
    for low, wide, high in ((-0.60, 0.86, -0.92), (-0.94, 0.56, -1.42)):
        for step in range(7):  # the slope, course by course
            share = step / 6
            reach = wide * (1 - share) ** 1.5 + 0.05
            lines.append(
                (
                    ((-reach, low + (high - low) * share, 0.036), (reach, low + (high - low) * share, 0.036)),
                    roof,
                )
            )
        for side in (-1.0, 1.0):
            lines.append(
                (
                    curve(
                        (side * (wide + 0.12), low - 0.10),
                        (side * wide * 0.75, low + 0.03),
                        (side * 0.04, high),
                        ((0.016, 0.028, 0.03),),
                    ),
                    ink,
                )
            )
        lines.append(
            (
                curve(
                    (-wide - 0.10, low - 0.08),
                    (0.0, low + 0.10),
                    (wide + 0.10, low - 0.08),
                    ((0.014, 0.03, 0.014),),
                ),
                ink,
            )
        )
    lines.append((((0.0, -1.42, 0.03), (0.0, -1.56, 0.045), (0.0, -1.70, 0.008)), ink))
    for number, (points, colour) in enumerate(lines):
        parts += pulled(_shifted(points, u, v, scale), colour, number)
    return collected(parts)


def birds(u: float, v: float, chance: np.ndarray, ink: Rgb) -> Strokes:
    """A loose line of birds far away."""
    parts, number = [], 0
    for index in range(3 + int(4 * chance[0])):
        x = u + 0.030 * index + 0.012 * (chance[1 + index] - 0.5)
        y = v + 0.016 * math.sin(1.1 * index + 6 * chance[1]) + 0.008 * (chance[2 + index] - 0.5)
        size, beat = 0.0085 + 0.004 * chance[3 + index], 0.25 + 0.55 * chance[4 + index]
        for side in (-1.0, 1.0):
            wing = curve(
                (x, y),
                (x + side * size * 0.55, y - size * beat),
                (x + side * size * 1.25, y - size * (beat - 0.35)),
                ((0.0010, 0.0009, 0.0003),),
            )
            parts += pulled(wing, ink, number, 0.85)
            number += 1
    return collected(parts)
