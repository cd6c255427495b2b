"""Drawn on paper: pencil, and rice paper itself; with what all filters of this kind share."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated

import msgspec
import numpy as np

from studio.filters.blur import GaussianBlur, blur_reach, gaussian_blur
from studio.filters.kind import FilterKind, Place
from studio.filters.noise_adding import MAXIMUM_SEED
from studio.filters.planes import Planes, luma, recoloured_beside, straight_planes
from studio.filters.ripples import lattice_noise
from studio.raster.strips import row_strips, side_by_side
from studio.recipe import QT_TRANSLATE_NOOP, Colour, declare

FLOW_SIZE, PAPER_SIZE = 120.0, 4.0
"""Sizes of clouds and of the paper's bumps, in pixels."""
SEED = declare(QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=MAXIMUM_SEED, seed=True)


_DRAWN_PIXELS = 1 << 16
"""Pixels drawn at once: few rows of them need almost as many random numbers as many do."""


def part_of(title: str, description: str = "", high: float = 1.0) -> msgspec.Meta:
    return declare(title, low=0.0, high=high, step=0.01, description=description)


def length_of(
    title: str, description: str = "", high: float = 200.0, soft_high: float = 20.0
) -> msgspec.Meta:
    return declare(
        title, low=0.0, high=high, soft_high=soft_high, step=0.25, unit="px", description=description
    )


def centres(place: Place) -> tuple[np.ndarray, np.ndarray]:
    """x [1, w] and y [h, 1] of the pixel centres in level-0 pixels."""
    scale = 1 << place.level
    x = (np.arange(place.rect.left, place.rect.right, dtype=np.float64)[None] + 0.5) * scale
    y = (np.arange(place.rect.top, place.rect.bottom, dtype=np.float64)[:, None] + 0.5) * scale
    return x, y


def drawn(place: Place, of: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> np.ndarray:
    """float32 [h, w] of what ``of`` gives at x [1, w], y [h, 1], made in strips by all processors."""
    x, y = centres(place)
    out = np.empty((y.shape[0], x.shape[1]), np.float32)

    def one(rows: slice) -> None:
        out[rows] = of(x, y[rows])

    side_by_side(one, row_strips(out.shape, _DRAWN_PIXELS))
    return out


def grain_of(place: Place, seed: int, size: float, detail: int = 3) -> np.ndarray:
    """Paper: float32 [h, w] of −1…1, smooth noise with bumps of ``size`` pixels, the same at the same place."""
    return drawn(place, lambda x, y: lattice_noise(seed, 0, x, y, size, detail))


def spread_out(tone: np.ndarray, alpha: np.ndarray, sigma: float, place: Place) -> np.ndarray:
    """``tone`` [h, w] blurred by ``sigma`` level-0 pixels, weighted by ``alpha``."""
    packed = np.empty((*tone.shape, 4), np.float32)
    packed[..., :3] = (tone * alpha)[..., None]
    packed[..., 3] = alpha
    made = gaussian_blur(packed, GaussianBlur(sigma=sigma), place)
    cover = made[..., 3]
    return np.divide(made[..., 0], cover, out=np.zeros_like(cover), where=cover > 1e-6)


def tones_of(pixels: np.ndarray, of: Callable[[Planes], np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """A tone of each straight colour, and alpha, both [h, w]."""
    tone, alpha = np.empty(pixels.shape[:2], np.float32), np.empty(pixels.shape[:2], np.float32)

    def one(rows: slice) -> None:
        colours, alpha[rows] = straight_planes(pixels[rows])
        tone[rows] = of(colours)

    side_by_side(one, row_strips(pixels.shape))
    return tone, alpha


class Pencil(msgspec.Struct, frozen=True, kw_only=True):
    width: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Line width"), low=0.5, high=50.0, soft_high=10.0, step=0.1, unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "Sigma of the blur against which tones are compared."),
        ),
    ] = 2.5  # fmt: skip
    strength: Annotated[float, part_of(QT_TRANSLATE_NOOP("recipe", "Line strength"), high=5.0)] = 1.5
    shade: Annotated[
        float,
        part_of(QT_TRANSLATE_NOOP("recipe", "Shading"), QT_TRANSLATE_NOOP("recipe", "Grey on dark places.")),
    ] = 0.25
    grain: Annotated[
        float,
        part_of(QT_TRANSLATE_NOOP("recipe", "Grain"), QT_TRANSLATE_NOOP("recipe", "How rough the paper is.")),
    ] = 0.4
    colour: Annotated[
        float,
        part_of(
            QT_TRANSLATE_NOOP("recipe", "Coloured"),
            QT_TRANSLATE_NOOP("recipe", "1: the pencil has the picture's colours."),
        ),
    ] = 0.0
    lead: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Pencil"))] = (0.16, 0.16, 0.18)
    paper: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Paper"))] = (1.0, 0.995, 0.98)
    seed: Annotated[int, SEED] = 0


FLOOR = np.float32(0.05)
"""Added to tones before they are compared, so that the noise of black places draws no lines."""
PENCIL_GRAIN = 3.0
"""Size of the bumps of drawing paper in pixels."""


def pencil(pixels: np.ndarray, parameters: Pencil, place: Place) -> np.ndarray:
    tone, alpha = tones_of(pixels, lambda colours: np.clip(luma(colours), 0, 1))
    around = spread_out(tone, alpha, parameters.width, place)
    dark = 1 - np.minimum((tone + FLOOR) / (around + FLOOR), 1)
    dark *= np.float32(parameters.strength)
    dark += np.float32(parameters.shade) * (1 - around)
    if parameters.grain:
        dark *= 1 + np.float32(parameters.grain) * grain_of(place, parameters.seed, PENCIL_GRAIN)
    np.clip(dark, 0, 1, out=dark)
    share = np.float32(parameters.colour)

    def work(colours: Planes, lines: np.ndarray) -> Planes:
        made = []
        for plane, lead, paper in zip(colours, parameters.lead, parameters.paper, strict=True):
            drawn = np.float32(lead) + share * (plane - np.float32(lead))
            made.append(np.float32(paper) + lines * (drawn - np.float32(paper)))
        return made

    return recoloured_beside(pixels, dark, work)


def pencil_reach(parameters: Pencil, scale: int) -> int:
    return blur_reach(GaussianBlur(sigma=parameters.width), scale)


class RicePaper(msgspec.Struct, frozen=True, kw_only=True):
    paper: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Paper"))] = (0.975, 0.96, 0.92)
    fibres: Annotated[
        float,
        part_of(
            QT_TRANSLATE_NOOP("recipe", "Fibres"), QT_TRANSLATE_NOOP("recipe", "Long threads in the paper.")
        ),
    ] = 0.35
    length: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Fibre length"),
            low=4.0,
            high=500.0,
            soft_high=200.0,
            step=1.0,
            unit="px",
        ),
    ] = 60.0
    clouds: Annotated[
        float,
        part_of(
            QT_TRANSLATE_NOOP("recipe", "Clouds"), QT_TRANSLATE_NOOP("recipe", "Thicker and thinner places.")
        ),
    ] = 0.3
    grain: Annotated[
        float,
        part_of(QT_TRANSLATE_NOOP("recipe", "Grain"), QT_TRANSLATE_NOOP("recipe", "How rough the paper is.")),
    ] = 0.3
    seed: Annotated[int, SEED] = 0


DIRECTIONS = (0.35, 1.25, 2.3, 2.95)
"""Angles in which fibres lie, in radians."""
FIBRE_WIDTH = 5.0
"""From fibre to fibre, in pixels."""


def _fibres(x: np.ndarray, y: np.ndarray, parameters: RicePaper) -> np.ndarray:
    """0–1 [h, w]: ridges of noise that is drawn out along each direction and thinned out by another noise."""
    made = np.zeros((y.shape[0], x.shape[1]))
    for index, angle in enumerate(DIRECTIONS):
        turn = (math.cos(angle), math.sin(angle), FIBRE_WIDTH / parameters.length)
        seed = parameters.seed + 3 + 2 * index
        ridge = lattice_noise(seed, 0, x, y, FIBRE_WIDTH, 1, turn)
        there = lattice_noise(seed + 1, 0, x, y, 2 * FIBRE_WIDTH, 1, turn)
        ridge /= 0.12
        ridge *= ridge
        made += np.exp(np.negative(ridge, out=ridge), out=ridge) * np.clip(2 * there - 0.3, 0, 1)
    return np.minimum(made, 1)


def rice_paper(pixels: np.ndarray, parameters: RicePaper, place: Place) -> np.ndarray:
    tone = np.ones(pixels.shape[:2], np.float32)
    if parameters.fibres:
        tone -= np.float32(0.3 * parameters.fibres) * drawn(place, lambda x, y: _fibres(x, y, parameters))
    if parameters.clouds:
        clouds = grain_of(place, parameters.seed + 2, FLOW_SIZE, 4)
        tone -= np.float32(0.06 * parameters.clouds) * (1 + clouds)
    if parameters.grain:
        tone -= np.float32(0.05 * parameters.grain) * (1 + grain_of(place, parameters.seed + 1, PAPER_SIZE))

    def work(colours: Planes, part: np.ndarray) -> Planes:
        return [
            plane * (np.float32(own) * part) for plane, own in zip(colours, parameters.paper, strict=True)
        ]

    return recoloured_beside(pixels, tone, work)


PENCIL = FilterKind(
    name="pencil",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "With g the luma (Rec. 709) of the encoded colour, cut to 0–1, and B its Gaussian blur, sigma the line width, "
        "the darkness is d = clip((k · (1 − min((g + 0.05) / (B + 0.05), 1)) + s · (1 − B)) · (1 + r · n)), k the line strength, s the shading, r the "
        "grain, n smooth noise of 3, 1.5 and 0.75 pixels; the pixel becomes paper + d · (pencil − paper), the pencil's "
        "colour mixed with the picture's by coloured (colour dodge of the inverted blur, as drawn sketches are made in "
        "photo editors).",
    ),
    parameters=Pencil,
    function=pencil,
    reach_of=pencil_reach,
    at_scale="rescaled",
)
RICE_PAPER = FilterKind(
    name="rice-paper",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Encoded colours are multiplied by the paper's colour and by 1 − 0.3f·F − 0.06c(1 + n120) − 0.05g(1 + n4): f, c and g "
        "fibres, clouds and grain, n smooth value noise of 120 and 4 pixels (Perlin's 6t⁵ − 15t⁴ + 10t³ between random "
        "numbers of Philox-4x32-10, Salmon et al., 2011), F at most 1 the sum over four directions of "
        "e^(−(v / 0.12)²) · clip(2w − 0.3), v and w noises of 5 and 10 pixels drawn out to the fibre length. Values above "
        "1 survive.",
    ),
    parameters=RicePaper,
    function=rice_paper,
    at_scale="rescaled",
)

KINDS = (PENCIL, RICE_PAPER)
