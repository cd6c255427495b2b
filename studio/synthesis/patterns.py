"""The patterns of noise: Perlin, simplex, cells, fBm and what is made of them. Formulas stand in ``fields``."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from studio.raster.moments import Loop, Time
from studio.recipe import QT_TRANSLATE_NOOP, declare
from studio.synthesis import fields, materials, periodic
from studio.synthesis.pattern import Pattern
from studio.synthesis.pattern_parameters import (
    GREY,
    Colours,
    Gain,
    Jitter,
    Lacunarity,
    Mean,
    Measure,
    Metric,
    Octaves,
    Reaction,
    Shown,
    Sigma,
    Size,
    TileX,
    TileY,
)

WHEEL = (
    (0.0, 1.0, 0.3, 0.3, 1.0), (1 / 3, 0.3, 1.0, 0.3, 1.0), (2 / 3, 0.3, 0.3, 1.0, 1.0), (1.0, 1.0, 0.3, 0.3, 1.0),
)  # fmt: skip


class Perlin(msgspec.Struct, frozen=True, kw_only=True):
    size: Size = 64.0
    mean: Mean = 0.5
    sigma: Sigma = 0.2
    stops: Colours = GREY
    time: Time = 0.0
    loop: Loop = 0
    tile_x: TileX = 0.0
    tile_y: TileY = 0.0


class Simplex(Perlin, frozen=True, kw_only=True):
    pass


class Fbm(msgspec.Struct, frozen=True, kw_only=True):
    size: Size = 256.0
    octaves: Octaves = 6
    lacunarity: Lacunarity = 2.0
    gain: Gain = 0.5
    mean: Mean = 0.5
    sigma: Sigma = 0.2
    stops: Colours = GREY
    time: Time = 0.0
    loop: Loop = 0
    tile_x: TileX = 0.0
    tile_y: TileY = 0.0


class Turbulence(msgspec.Struct, frozen=True, kw_only=True):
    size: Size = 256.0
    octaves: Octaves = 6
    lacunarity: Lacunarity = 2.0
    gain: Gain = 0.5
    stops: Colours = GREY
    time: Time = 0.0
    loop: Loop = 0
    tile_x: TileX = 0.0
    tile_y: TileY = 0.0


class Ridged(msgspec.Struct, frozen=True, kw_only=True):
    size: Size = 256.0
    octaves: Octaves = 6
    lacunarity: Lacunarity = 2.0
    gain: Gain = 0.5
    sharpness: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sharpness"),
            low=0.0,
            high=8.0,
            step=0.1,
            description=QT_TRANSLATE_NOOP("recipe", "How much finer ridges follow the coarser ones."),
        ),
    ] = 2.0
    stops: Colours = GREY
    time: Time = 0.0
    loop: Loop = 0
    tile_x: TileX = 0.0
    tile_y: TileY = 0.0


class Warped(msgspec.Struct, frozen=True, kw_only=True):
    size: Size = 256.0
    warp: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Warp"),
            low=0.0,
            high=4.0,
            soft_high=1.5,
            step=0.05,
            description=QT_TRANSLATE_NOOP("recipe", "How far points are moved, in sizes."),
        ),
    ] = 0.5
    octaves: Octaves = 5
    lacunarity: Lacunarity = 2.0
    gain: Gain = 0.5
    mean: Mean = 0.5
    sigma: Sigma = 0.2
    stops: Colours = GREY
    time: Time = 0.0
    loop: Loop = 0
    tile_x: TileX = 0.0
    tile_y: TileY = 0.0


class Curl(msgspec.Struct, frozen=True, kw_only=True):
    size: Size = 256.0
    shows: Annotated[
        Shown,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Shows"),
            description=QT_TRANSLATE_NOOP("recipe", "Where the flow goes, or how fast."),
        ),
    ] = "direction"
    octaves: Octaves = 3
    lacunarity: Lacunarity = 2.0
    gain: Gain = 0.4
    stops: Colours = WHEEL
    time: Time = 0.0
    loop: Loop = 0
    tile_x: TileX = 0.0
    tile_y: TileY = 0.0


class Plasma(msgspec.Struct, frozen=True, kw_only=True):
    size: Size = 512.0
    roughness: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Smoothness"),
            low=0.1,
            high=2.0,
            step=0.05,
            description=QT_TRANSLATE_NOOP("recipe", "Hurst's exponent H: lower is rougher."),
        ),
    ] = 0.9
    mean: Mean = 0.5
    sigma: Sigma = 0.22
    channels: Annotated[
        Literal["per-channel", "shared"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Channels"),
            description=QT_TRANSLATE_NOOP("recipe", "Per channel: in colours. Shared: in grey."),
        ),
    ] = "per-channel"
    time: Time = 0.0
    loop: Loop = 0
    tile_x: TileX = 0.0
    tile_y: TileY = 0.0


class Worley(msgspec.Struct, frozen=True, kw_only=True):
    size: Size = 64.0
    measure: Annotated[
        Measure,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Distance to"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "The nearest point, the second, or the second less the nearest."
            ),
        ),
    ] = "nearest"
    metric: Annotated[
        Metric,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Metric"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "How a distance is measured: straight, by streets, or by a king's steps."
            ),
        ),
    ] = "euclidean"
    disorder: Jitter = 100.0
    stops: Colours = GREY
    time: Time = 0.0
    loop: Loop = 0
    tile_x: TileX = 0.0
    tile_y: TileY = 0.0


class Voronoi(msgspec.Struct, frozen=True, kw_only=True):
    size: Size = 64.0
    disorder: Jitter = 100.0
    line: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Line"),
            low=0.0,
            high=1000.0,
            soft_high=20.0,
            step=0.5,
            unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "Width of a line of the first colour between the cells."),
        ),
    ] = 0.0
    stops: Colours = GREY
    time: Time = 0.0
    loop: Loop = 0
    tile_x: TileX = 0.0
    tile_y: TileY = 0.0


class BlueNoise(msgspec.Struct, frozen=True, kw_only=True):
    size: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Size"),
            low=1,
            high=1000,
            soft_high=16,
            step=1,
            unit="px",
            description=QT_TRANSLATE_NOOP(
                "recipe", "Side of one grain; without a tile the whole repeats after 128 of them."
            ),
        ),
    ] = 1
    stops: Colours = GREY
    time: Time = 0.0
    loop: Loop = 0
    tile_x: TileX = 0.0
    tile_y: TileY = 0.0


class ReactionDiffusion(msgspec.Struct, frozen=True, kw_only=True):
    size: Size = 32.0
    pattern: Annotated[Reaction, declare(QT_TRANSLATE_NOOP("recipe", "Pattern"))] = "coral"
    steps: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Time steps"),
            low=0,
            high=20_000,
            soft_high=6000,
            step=50,
            description=QT_TRANSLATE_NOOP("recipe", "How long it has grown: the axis along which it moves."),
        ),
    ] = 3000
    stops: Colours = GREY
    tile_x: TileX = 0.0
    tile_y: TileY = 0.0


PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        name="perlin", version=1, title=QT_TRANSLATE_NOOP("recipe", "Perlin noise"), parameters=Perlin,
        field=fields.perlin_field,
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Gradient noise (Perlin, Improving noise, 2002): on each point of a grid of the given size stands a unit "
            "vector whose angle is 2πu, u from Philox-4x32-10 for seed, column, row and whole time; a pixel takes the "
            "four products of vector and way from the grid point, joined by 6t⁵ − 15t⁴ + 10t³, divided by their standard "
            "deviation, times sigma plus mean. Between whole times the vectors are joined by cosine and sine.",
        ),
    ),
    Pattern(
        name="simplex", version=1, title=QT_TRANSLATE_NOOP("recipe", "Simplex noise"), parameters=Simplex,
        field=fields.simplex_field,
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Gradient noise on triangles (Perlin 2001; the grid of Gustavson and McEwan, JCGT 11, 2022): rows of points "
            "one size apart, each row shifted by half of it; a pixel adds max(0, 0.8 − d²)⁴ (g · d) over the three points "
            "of its triangle, g a unit vector whose angle comes from Philox-4x32-10 for seed, point and whole time, d the "
            "way from the point in sizes; divided by the standard deviation, times sigma plus mean.",
        ),
    ),
    Pattern(
        name="fbm", version=1, title=QT_TRANSLATE_NOOP("recipe", "Fractal noise"), parameters=Fbm,
        field=fields.fbm_field,
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Fractional Brownian motion (fBm): Σ gⁱ nᵢ / √Σ g²ⁱ times sigma plus mean, nᵢ Perlin noise of its own with "
            "grid size / lacunarityⁱ, g the gain (Musgrave, in Ebert et al., Texturing and Modeling, 2003, chapter 16). "
            "Its power falls with frequency as f^(2 log g / log lacunarity − 2).",
        ),
    ),
    Pattern(
        name="turbulence", version=1, title=QT_TRANSLATE_NOOP("recipe", "Turbulence"), parameters=Turbulence,
        field=fields.turbulence_field,
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Half of Σ gⁱ |nᵢ| / Σ gⁱ, nᵢ Perlin noise of standard deviation 1 with grid size / lacunarityⁱ and g the "
            "gain: the creases where a noise crosses zero (Perlin, An image synthesizer, SIGGRAPH 1985).",
        ),
    ),
    Pattern(
        name="ridged", version=1, title=QT_TRANSLATE_NOOP("recipe", "Ridged noise"), parameters=Ridged,
        field=fields.ridged_field,
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Σ gⁱ sᵢ / Σ gⁱ with sᵢ = wᵢ (1 − |nᵢ| / 2)², nᵢ Perlin noise of standard deviation 1, w₀ = 1 and wᵢ₊₁ = "
            "min(1, sharpness · sᵢ), so that fine ridges grow on coarse ones (Musgrave's ridged multifractal, in Ebert et "
            "al., Texturing and Modeling, 2003, chapter 16).",
        ),
    ),
    Pattern(
        name="warped", version=1, title=QT_TRANSLATE_NOOP("recipe", "Warped noise"), parameters=Warped,
        field=fields.warped_field,
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Fractal noise read at moved points: f(p + s (f₁(p), f₂(p))) with three independent fields of fractal noise "
            "of standard deviation 1, s the warp times the size; times sigma plus mean (Quilez, Domain warping, 2002).",
        ),
    ),
    Pattern(
        name="curl", version=1, title=QT_TRANSLATE_NOOP("recipe", "Curl noise"), parameters=Curl,
        field=fields.curl_field,
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "The flow (∂ψ/∂y, −∂ψ/∂x) along the contours of fractal noise ψ, which has no sources (Bridson, Hourihan and "
            "Nordenstam, Curl-noise for procedural fluid flow, SIGGRAPH 2007), shown through the colours: its direction "
            "from 0 to a whole turn, clockwise from the right, or its speed up to about three times the average.",
        ),
    ),
    Pattern(
        name="plasma", version=1, title=QT_TRANSLATE_NOOP("recipe", "Plasma"), parameters=Plasma,
        field=fields.plasma_field,
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Σ 2^(−iH) vᵢ, vᵢ random values on a grid of size / 2ⁱ joined by 6t⁵ − 15t⁴ + 10t³, down to the pixel, in each "
            "channel by itself: the spectrum of midpoint displacement (Fournier, Fussell and Carpenter, CACM 25, 1982) in "
            "a form that has a value at every point and no creases; times sigma plus mean.",
        ),
    ),
    Pattern(
        name="worley", version=1, title=QT_TRANSLATE_NOOP("recipe", "Worley noise"), parameters=Worley,
        field=materials.worley_field,
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "The distance F₁ to the nearest of points scattered one to a cell of the given size, in sizes; or 0.7 F₂ to "
            "the second, or F₂ − F₁ (Worley, A cellular texture basis function, SIGGRAPH 1996). Points come from "
            "Philox-4x32-10 for seed and cell and are looked for in a pixel's cell and the eight around it.",
        ),
    ),
    Pattern(
        name="voronoi", version=1, title=QT_TRANSLATE_NOOP("recipe", "Voronoi cells"), parameters=Voronoi,
        field=materials.voronoi_field,
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Each pixel has the random colour of the nearest of points scattered one to a cell of the given size; edges "
            "are smooth over one pixel, by the distance (F₂² − F₁²) / 2d to the line between the two nearest points, d "
            "their distance from each other. Points and colours come from Philox-4x32-10 for seed and cell.",
        ),
    ),
    Pattern(
        name="blue-noise", version=1, title=QT_TRANSLATE_NOOP("recipe", "Blue noise"), parameters=BlueNoise,
        field=periodic.blue_noise_field,
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Grain without low frequencies: 128 × 128 values, each of (i + ½) / 16384 once, ordered by void and cluster "
            "(Ulichney, SPIE 1913, 1993) from a start drawn from the seed, repeated over the picture; each whole step of "
            "time adds the golden ratio g = 0.618, modulo 1, or with a loop of n steps every moment time · round(n g) / n. "
            "With a tile the values are as many as make it repeat there, up to 160 along an axis.",
        ),
    ),
    Pattern(
        name="reaction-diffusion", version=1, title=QT_TRANSLATE_NOOP("recipe", "Reaction and diffusion"),
        parameters=ReactionDiffusion, field=periodic.reaction_field,
        description=QT_TRANSLATE_NOOP(
            "recipe",
            "Two substances that react and spread (Gray and Scott; Pearson, Science 261, 1993): ∂u/∂t = 0.16 ∇²u − uv² + "
            "F (1 − u), ∂v/∂t = 0.08 ∇²v + uv² − (F + k) v in steps of 1 on 128 × 128 points that repeat, from random blots; "
            "F and k are 0.0545 and 0.062 (coral), 0.029 and 0.057 (maze), 0.0367 and 0.0649 (spots), 0.039 and 0.058 "
            "(holes). Shown is v from its least to its greatest, 12 points to a size, by cubic interpolation.",
        ),
    ),
)  # fmt: skip
