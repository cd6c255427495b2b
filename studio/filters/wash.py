"""Painted with water: watercolour and ink wash."""

from __future__ import annotations

import math
from typing import Annotated

import msgspec
import numpy as np

from studio.filters.blur import GaussianBlur, blur_reach
from studio.filters.kind import FilterKind, Place
from studio.filters.kuwahara import Kuwahara, kuwahara
from studio.filters.lookup import stepped
from studio.filters.paper import (
    FLOW_SIZE,
    PAPER_SIZE,
    SEED,
    grain_of,
    length_of,
    part_of,
    spread_out,
    tones_of,
)
from studio.filters.planes import Planes, from_oklab, luma, recoloured_beside, to_oklab
from studio.filters.ripples import DISPLACE, Displace
from studio.recipe import QT_TRANSLATE_NOOP, Colour, declare

_displaced = DISPLACE.function


class Watercolour(msgspec.Struct, frozen=True, kw_only=True):
    radius: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Patches"), low=1, high=64, soft_high=20, unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "How large the flat washes are."),
        ),
    ] = 6  # fmt: skip
    wobble: Annotated[
        float,
        length_of(
            QT_TRANSLATE_NOOP("recipe", "Wobble"), QT_TRANSLATE_NOOP("recipe", "How far outlines wander.")
        ),
    ] = 3.0
    edges: Annotated[
        float,
        part_of(
            QT_TRANSLATE_NOOP("recipe", "Dark edges"),
            QT_TRANSLATE_NOOP("recipe", "Pigment gathers where a wash ends."),
            4.0,
        ),
    ] = 1.0
    granulation: Annotated[
        float,
        part_of(
            QT_TRANSLATE_NOOP("recipe", "Granulation"),
            QT_TRANSLATE_NOOP("recipe", "Pigment in the hollows of the paper."),
            2.0,
        ),
    ] = 0.35
    flow: Annotated[
        float,
        part_of(
            QT_TRANSLATE_NOOP("recipe", "Pigment flow"),
            QT_TRANSLATE_NOOP("recipe", "Clouds of more and less pigment."),
            2.0,
        ),
    ] = 0.4
    seed: Annotated[int, SEED] = 0


EDGE_SIGMA = 3.0
"""How wide dark edges are, in pixels."""


def _moved(parameters: Watercolour | InkWash, amplitude: float) -> Displace:
    return Displace(amplitude=amplitude, size=24.0, detail=3, seed=parameters.seed)


def watercolour(pixels: np.ndarray, parameters: Watercolour, place: Place) -> np.ndarray:
    place = place.all_of_it()
    flat = kuwahara(pixels, Kuwahara(radius=parameters.radius, sharpness=8.0), place)
    if parameters.wobble:
        flat = _displaced(flat, _moved(parameters, parameters.wobble), place)
    tone, alpha = tones_of(flat, lambda colours: np.clip(luma(colours), 0, 1))
    edge = np.abs(tone - spread_out(tone, alpha, EDGE_SIGMA, place))
    density = np.float32(4 * parameters.edges) * edge
    density += np.float32(parameters.granulation) * grain_of(place, parameters.seed + 1, PAPER_SIZE)
    density += np.float32(parameters.flow) * grain_of(place, parameters.seed + 2, FLOW_SIZE, 4)

    def work(colours: Planes, more: np.ndarray) -> Planes:
        made = []
        for plane in colours:
            inside = np.clip(plane, 0, 1)
            made.append(np.clip(inside - inside * (1 - inside) * more, 0, 1) + (plane - inside))
        return made

    return recoloured_beside(flat, density, work)


def watercolour_reach(parameters: Watercolour, scale: int) -> int:
    size = 1 << scale
    blur = blur_reach(GaussianBlur(sigma=EDGE_SIGMA), scale)
    return math.ceil(parameters.radius / size) + math.ceil(parameters.wobble / size) + blur + 5


class InkWash(msgspec.Struct, frozen=True, kw_only=True):
    tones: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Tones of ink"), low=2, high=32, soft_high=10,
            description=QT_TRANSLATE_NOOP("recipe", "Into how many washes the tones are parted; five is the old rule."),
        ),
    ] = 5  # fmt: skip
    softness: Annotated[float, part_of(QT_TRANSLATE_NOOP("recipe", "Softness"))] = 0.6
    contrast: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Empty paper"), low=0.3, high=4.0, step=0.05,
            description=QT_TRANSLATE_NOOP("recipe", "Higher: light places stay bare."),
        ),
    ] = 1.4  # fmt: skip
    bleeding: Annotated[
        float,
        length_of(
            QT_TRANSLATE_NOOP("recipe", "Bleeding"),
            QT_TRANSLATE_NOOP("recipe", "How far ink runs into the wet paper."),
            100.0,
        ),
    ] = 5.0
    wetness: Annotated[
        float,
        part_of(
            QT_TRANSLATE_NOOP("recipe", "Wetness"), QT_TRANSLATE_NOOP("recipe", "How much of the ink runs.")
        ),
    ] = 0.5
    edges: Annotated[
        float,
        part_of(
            QT_TRANSLATE_NOOP("recipe", "Dark edges"),
            QT_TRANSLATE_NOOP("recipe", "Ink gathers where a wash ends."),
            4.0,
        ),
    ] = 1.0
    grain: Annotated[
        float,
        part_of(QT_TRANSLATE_NOOP("recipe", "Grain"), QT_TRANSLATE_NOOP("recipe", "How rough the paper is.")),
    ] = 0.2
    colour: Annotated[
        float,
        part_of(
            QT_TRANSLATE_NOOP("recipe", "Colour"),
            QT_TRANSLATE_NOOP("recipe", "How much of the colours stays."),
            2.0,
        ),
    ] = 0.0
    ink: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Ink"))] = (0.07, 0.075, 0.085)
    paper: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Paper"))] = (0.965, 0.945, 0.9)
    seed: Annotated[int, SEED] = 0


def ink_wash(pixels: np.ndarray, parameters: InkWash, place: Place) -> np.ndarray:
    place = place.all_of_it()
    wet = (
        _displaced(pixels, _moved(parameters, parameters.bleeding), place) if parameters.bleeding else pixels
    )
    ink, alpha = tones_of(wet, lambda colours: 1 - np.clip(to_oklab(colours)[0], 0, 1))
    np.power(ink, np.float32(parameters.contrast), out=ink)
    if parameters.bleeding and parameters.wetness:
        ink += np.float32(parameters.wetness) * (spread_out(ink, alpha, parameters.bleeding, place) - ink)
    ink = stepped(ink, parameters.tones, parameters.softness)
    if parameters.edges:
        gathered = ink - spread_out(ink, alpha, EDGE_SIGMA, place)
        ink += np.float32(2 * parameters.edges) * np.maximum(gathered, 0)
    if parameters.grain:
        ink *= 1 + np.float32(parameters.grain) * grain_of(place, parameters.seed + 1, PAPER_SIZE)
    np.clip(ink, 0, 1, out=ink)
    ends = [_in_oklab(one) for one in (parameters.paper, parameters.ink)]
    strength = np.float32(parameters.colour)

    def work(colours: Planes, dark: np.ndarray) -> Planes:
        own = to_oklab(colours)
        made = [
            np.float32(light) + dark * np.float32(deep - light) for light, deep in zip(*ends, strict=True)
        ]
        for plane, source in zip(made[1:], own[1:], strict=True):
            plane += strength * source
        return from_oklab(made)

    return recoloured_beside(wet, ink, work)


def _in_oklab(colour: Colour) -> tuple[float, float, float]:
    lightness, a, b = (
        float(plane[0, 0]) for plane in to_oklab([np.full((1, 1), c, np.float32) for c in colour])
    )
    return lightness, a, b


def ink_reach(parameters: InkWash, scale: int) -> int:
    blurs = blur_reach(GaussianBlur(sigma=EDGE_SIGMA), scale)
    if parameters.bleeding:
        blurs += blur_reach(GaussianBlur(sigma=parameters.bleeding), scale)
    return math.ceil(parameters.bleeding / (1 << scale)) + blurs + 5


WATERCOLOUR = FilterKind(
    name="watercolour",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "The filter Kuwahara with sharpness 8, then displacement by noise (size 24, three octaves) of the wobble give flat "
        "washes c; each encoded channel becomes c − c(1 − c)(d − 1), the pigment density d = 1 + 4e·|g − B| + p·n4 + f·n120, "
        "g the luma of c, B its Gaussian blur with sigma 3, e, p and f dark edges, granulation and flow, n smooth noise of "
        "4 and 120 pixels (Bousseau et al., Interactive watercolor rendering, 2006).",
    ),
    parameters=Watercolour,
    function=watercolour,
    reach_of=watercolour_reach,
    at_scale="rescaled",
)
INK_WASH = FilterKind(
    name="ink-wash",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "After displacement by noise (size 24, three octaves) of the bleeding, ink is (1 − L)^c, L the lightness of OKLab "
        "(Ottosson, 2020), c the empty paper; a share, the wetness, of it is replaced by its Gaussian blur with sigma the "
        "bleeding; it is posterised to the tones of ink with the softness; 2e · max(0, ink − its blur with sigma 3) is "
        "added, e the dark edges; it is multiplied by 1 + r·n, r the grain, n smooth noise of 4 pixels, and cut to 0–1. "
        "The colour runs from paper to ink in OKLab, plus colour times the picture's a and b (after the pigment model of "
        "Curtis et al., Computer-generated watercolor, 1997, made simple).",
    ),
    parameters=InkWash,
    function=ink_wash,
    reach_of=ink_reach,
    at_scale="rescaled",
)
KINDS = (WATERCOLOUR, INK_WASH)
