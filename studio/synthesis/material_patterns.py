"""The patterns that look like something: marble, wood, clouds. Formulas stand in ``materials``."""

from __future__ import annotations

from typing import Annotated

import msgspec

from studio.raster.moments import Loop, Time
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.synthesis import materials
from studio.synthesis.pattern import Pattern
from studio.synthesis.pattern_parameters import Colours, Gain, Lacunarity, Octaves, Size, TileX, TileY

MARBLE_COLOURS = ((0.0, 0.16, 0.15, 0.17, 1.0), (0.35, 0.62, 0.6, 0.6, 1.0), (1.0, 0.96, 0.95, 0.93, 1.0))
WOOD_COLOURS = ((0.0, 0.36, 0.2, 0.1, 1.0), (0.5, 0.62, 0.4, 0.22, 1.0), (1.0, 0.83, 0.63, 0.4, 1.0))
SKY_COLOURS = ((0.0, 0.27, 0.5, 0.8, 1.0), (0.5, 0.75, 0.85, 0.94, 1.0), (1.0, 1.0, 1.0, 1.0, 1.0))


class Marble(msgspec.Struct, frozen=True, kw_only=True):
    size: Size = 128.0
    angle: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Angle"),
            low=-180.0,
            high=180.0,
            step=1.0,
            unit="°",
            description=QT_TRANSLATE_NOOP("recipe", "Across the veins, clockwise from the right."),
        ),
    ] = 35.0
    strength: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Turbulence"),
            low=0.0,
            high=10.0,
            soft_high=4.0,
            step=0.05,
            description=QT_TRANSLATE_NOOP(
                "recipe", "How far the veins are moved, in distances between them."
            ),
        ),
    ] = 1.5
    sharpness: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sharpness"),
            low=0.1,
            high=8.0,
            step=0.1,
            description=QT_TRANSLATE_NOOP("recipe", "Below 1: thin dark veins; above 1: thin bright ones."),
        ),
    ] = 0.6
    octaves: Octaves = 6
    lacunarity: Lacunarity = 2.0
    gain: Gain = 0.5
    stops: Colours = MARBLE_COLOURS
    time: Time = 0.0
    loop: Loop = 0
    tile_x: TileX = 0.0
    tile_y: TileY = 0.0


class Wood(msgspec.Struct, frozen=True, kw_only=True):
    size: Size = 24.0
    stretch: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Stretch"),
            low=1.0,
            high=100.0,
            soft_high=30.0,
            step=0.5,
            description=QT_TRANSLATE_NOOP(
                "recipe", "How long the rings are drawn out to the right: 1 is a cut across."
            ),
        ),
    ] = 8.0
    strength: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Bend"),
            low=0.0,
            high=10.0,
            soft_high=4.0,
            step=0.05,
            description=QT_TRANSLATE_NOOP("recipe", "How far rings are moved by noise, in rings."),
        ),
    ] = 0.7
    octaves: Octaves = 3
    lacunarity: Lacunarity = 2.0
    gain: Gain = 0.4
    stops: Colours = WOOD_COLOURS
    time: Time = 0.0
    loop: Loop = 0
    tile_x: TileX = 0.0
    tile_y: TileY = 0.0


class Clouds(msgspec.Struct, frozen=True, kw_only=True):
    size: Size = 400.0
    cover: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Cover"),
            low=0.0,
            high=100.0,
            step=1.0,
            unit="%",
            description=QT_TRANSLATE_NOOP("recipe", "Share of the sky that clouds hide."),
        ),
    ] = 55.0
    density: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Density"),
            low=0.1,
            high=20.0,
            soft_high=6.0,
            step=0.1,
            description=QT_TRANSLATE_NOOP(
                "recipe", "How quickly a cloud becomes opaque from its edge inwards."
            ),
        ),
    ] = 1.6
    octaves: Octaves = 8
    lacunarity: Lacunarity = 2.0
    gain: Gain = 0.55
    stops: Colours = SKY_COLOURS
    time: Time = 0.0
    loop: Loop = 0
    tile_x: TileX = 0.0
    tile_y: TileY = 0.0


PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        name="marble", version=1, title=QT_TRANSLATE_NOOP("recipe", "Marble"), parameters=Marble,
        field=materials.marble_field,
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "(½ + ½ sin 2π(a + sT))^q along the colours: a is the way across the veins in sizes, T turbulence Σ gⁱ |nᵢ| / Σ gⁱ "
            "of Perlin noise of standard deviation 1 with grid 3 size / lacunarityⁱ, s its strength and q the sharpness "
            "(Perlin, An image synthesizer, SIGGRAPH 1985).",
        ),
    ),
    Pattern(
        name="wood", version=1, title=QT_TRANSLATE_NOOP("recipe", "Wood"), parameters=Wood, field=materials.wood_field,
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Rings around the picture's corner: r = √((x / stretch)² + y²) / size + s n, n fractal noise of standard "
            "deviation 1 with a grid of 8 sizes, stretched too, and s the bend; the fraction t of r rises to 1 over 0.85 and falls back over 0.15, smoothed by "
            "t²(3 − 2t), from the last colour to the first (after Ebert et al., Texturing and Modeling, 2003, chapter 2). "
            "Where it repeats, x and y are T/π sin(πx/T), whose squares repeat without a seam.",
        ),
    ),
    Pattern(
        name="clouds", version=1, title=QT_TRANSLATE_NOOP("recipe", "Clouds"), parameters=Clouds,
        field=materials.clouds_field,
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "1 − exp(−d · max(0, n − z)) along the colours, n fractal noise of standard deviation 1, d the density and z "
            "what a normal number exceeds with the probability of the cover: light lost in mist by the law of Beer and "
            "Lambert (fractal clouds after Ebert et al., Texturing and Modeling, 2003, chapter 9).",
        ),
    ),
)  # fmt: skip
