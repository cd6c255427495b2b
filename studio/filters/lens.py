"""Blur of a lens out of focus, with the shape of its opening: bokeh."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

import msgspec
import numpy as np

from studio.filters.around import filtered_around
from studio.filters.focus import LEVELS, Sharp, blurred_gradually, radii
from studio.filters.kind import FilterKind, Place
from studio.filters.planes import luma
from studio.filters.ripples import PICTURES, map_of_file
from studio.raster import full_map
from studio.raster.convolve import Convolution, aperture
from studio.raster.geometry import Rect
from studio.raster.planar import put_together, taken_apart
from studio.recipe import QT_TRANSLATE_NOOP, Attached, declare

_FAINT = np.float32(3e-6)
"""Alpha so near to 0 or 1 is meant to be 0 or 1: what Fourier transforms leave."""


WORDS = (
    QT_TRANSLATE_NOOP("recipe", "nowhere"),
    QT_TRANSLATE_NOOP("recipe", "around-a-point"),
    QT_TRANSLATE_NOOP("recipe", "along-a-line"),
    QT_TRANSLATE_NOOP("recipe", "at-a-depth"),
)
"""Words of the choice of :data:`Sharp`, which its declaration holds as plain literals."""
_SOMEWHERE = {"sharp": ("around-a-point", "along-a-line", "at-a-depth")}
_PLACED = {"sharp": ("around-a-point", "along-a-line")}
_MAPPED = {"sharp": ("at-a-depth",)}


class LensBlur(msgspec.Struct, frozen=True, kw_only=True):
    radius: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Radius"),
            low=0.0,
            high=150.0,
            soft_high=40.0,
            step=0.5,
            unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "Size of the spot that a point of light becomes."),
        ),
    ] = 8.0
    blades: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Blades"),
            low=0,
            high=12,
            description=QT_TRANSLATE_NOOP("recipe", "Corners of the spot; below 3 it is round."),
        ),
    ] = 0
    rotation: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Rotation"),
            low=-180.0,
            high=180.0,
            step=1.0,
            unit="°",
            description=QT_TRANSLATE_NOOP("recipe", "Turns a spot with corners counter-clockwise."),
        ),
    ] = 0.0
    rim: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Rim"),
            low=-1.0,
            high=5.0,
            step=0.05,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Above 0 the spot's rim is brighter than its middle, below 0 it is darker."
            ),
        ),
    ] = 0.0
    gamma: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Gamma"),
            low=1.0,
            high=4.0,
            step=0.05,
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "2.2 mixes light as a camera does, so bright points stay bright; 1 mixes the values as they are.",
            ),
        ),
    ] = 2.2
    highlights: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Highlights"),
            low=0.0,
            high=50.0,
            soft_high=20.0,
            step=0.1,
            description=QT_TRANSLATE_NOOP(
                "recipe", "How much more the brightest pixels weigh than dark ones."
            ),
        ),
    ] = 0.0
    threshold: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Highlights from"),
            low=0.0,
            high=0.99,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "Lightness from which on a pixel weighs more."),
        ),
    ] = 0.8
    sharp: Annotated[
        Sharp,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sharp"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "Where the picture is in focus; further away the blur grows up to the radius. Of a depth map, stretched over the "
                "picture, one grey is sharp.",
            ),
        ),
    ] = "nowhere"
    centre_x: Annotated[
        float,
        declare(QT_TRANSLATE_NOOP("recipe", "Centre across"), low=-1.0, high=2.0, step=0.005, when=_PLACED),
    ] = 0.5
    centre_y: Annotated[
        float,
        declare(QT_TRANSLATE_NOOP("recipe", "Centre down"), low=-1.0, high=2.0, step=0.005, when=_PLACED),
    ] = 0.5
    line: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Angle of the line"), low=-180.0, high=180.0, step=1.0, unit="°",
            when={"sharp": ("along-a-line",)},
            description=QT_TRANSLATE_NOOP("recipe", "Counter-clockwise; 0 is level."),
        ),
    ] = 0.0  # fmt: skip
    map: Annotated[
        Attached,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Depth map"), when=_MAPPED, endings=PICTURES, reader=map_of_file,
            description=QT_TRANSLATE_NOOP("recipe", "A picture whose red, or grey, says how far away everything is."),
        ),
    ] = Attached()  # fmt: skip
    depth: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sharp depth"), low=0.0, high=1.0, step=0.005, when=_MAPPED,
            description=QT_TRANSLATE_NOOP("recipe", "The grey of the depth map that is in focus: 0 black, 1 white."),
        ),
    ] = 0.5  # fmt: skip
    within: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sharp within"), low=0.0, high=2.0, soft_high=1.0, step=0.005, when=_SOMEWHERE,
            description=QT_TRANSLATE_NOOP(
                "recipe", "How far from there all stays sharp, in parts of the picture's shorter side, or of the greys."
            ),
        ),
    ] = 0.1  # fmt: skip
    fade: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Transition"), low=0.0, high=2.0, soft_high=1.0, step=0.005, when=_SOMEWHERE,
            description=QT_TRANSLATE_NOOP("recipe", "Over how much more the blur grows from none to the radius."),
        ),
    ] = 0.3  # fmt: skip

    def __post_init__(self) -> None:
        """Raises ValueError for a map that cannot be read, which ``recipe`` refuses like any other wrong value."""
        if self.map.content:
            full_map.check(self.map.content)


def _opening(parameters: LensBlur, level: int, full: float | None = None) -> Convolution:
    """``full``: another radius than the parameters', in pixels of level 0."""
    # half a pixel is a pixel's own half width: it does not shrink with the level
    radius = 0.5 + (parameters.radius if full is None else full) / (1 << level)
    return _convolution(radius, parameters.blades, parameters.rotation, parameters.rim)


@lru_cache(2 * (LEVELS + 1))
def _convolution(radius: float, blades: int, rotation: float, rim: float) -> Convolution:
    """Kept: each tile of a picture asks for it, and for its reach."""
    return Convolution(aperture(radius, blades, rotation, rim))


def lens_reach(parameters: LensBlur, scale: int) -> int:
    full = [parameters.radius] if parameters.sharp == "nowhere" else radii(parameters.radius)
    openings = (_opening(parameters, scale, radius) for radius in full)
    return max(opening.reach + opening.align - 1 for opening in openings)


def lens_blur(pixels: np.ndarray, parameters: LensBlur, place: Place) -> np.ndarray:
    if parameters.sharp == "nowhere":
        return _blurred(pixels, parameters, parameters.radius, place)
    return blurred_gradually(
        pixels, parameters, place, lambda radius, here: _blurred(pixels, parameters, radius, here)
    )


def _blurred(pixels: np.ndarray, parameters: LensBlur, radius: float, place: Place) -> np.ndarray:
    """With the same radius everywhere."""
    opening = _opening(parameters, place.level, radius)
    if opening.reach == 0:
        return filtered_around(pixels, place, 0, lambda source, _: source)

    def work(source: np.ndarray, _strip: Rect) -> np.ndarray:
        colours, weight, alpha = _light(source, parameters)
        if alpha is None and opening.align > 1:  # blocks of a Fourier transform round each place by itself
            alpha = np.ones(source.shape[:2], np.float32)
        if alpha is None:
            alpha = np.ones((2 * opening.reach + 1,) * 2, np.float32)
        seen = [*colours, alpha] if weight is None else [*colours, weight, alpha]
        *colours, alpha = opening.of_planes(seen)
        weight = colours.pop() if len(colours) > 3 else alpha
        return _seen(colours, weight, alpha, parameters.gamma)

    return filtered_around(pixels, place, opening.reach, work, opening.align)


def _light(
    source: np.ndarray, parameters: LensBlur
) -> tuple[list[np.ndarray], np.ndarray | None, np.ndarray | None]:
    """Planes of red, green and blue light times alpha and weight; alpha times weight, None where that is alpha; alpha, None
    where all is opaque."""
    *colours, alpha = taken_apart(source)
    opaque = bool((alpha == 1).all())
    for plane in colours:
        np.maximum(plane, 0, out=plane)
    weight = None
    if parameters.highlights > 0:
        bright = luma(colours)
        bright -= np.float32(parameters.threshold)
        bright *= np.float32(1 / (1 - parameters.threshold))
        np.clip(bright, 0, 1, out=bright)
        bright *= np.float32(parameters.highlights)
        bright += 1
        bright *= alpha
        weight = bright
    share = alpha if weight is None else weight
    for plane in colours:
        if parameters.gamma != 1:
            np.power(plane, np.float32(parameters.gamma), out=plane)
        if not opaque or weight is not None:
            plane *= share
    return colours, weight, None if opaque else alpha


def _seen(colours: list[np.ndarray], weight: np.ndarray, alpha: np.ndarray, gamma: float) -> np.ndarray:
    """Pixels of blurred planes; alpha [1, 1] where all is opaque."""
    alpha = np.where(alpha > 1 - _FAINT, np.float32(1), np.where(alpha < _FAINT, np.float32(0), alpha))
    shape = colours[0].shape
    seen = alpha > 0
    for plane in colours:
        np.maximum(plane, 0, out=plane)
        np.divide(plane, weight, out=plane, where=seen)
        if gamma != 1:
            np.power(plane, np.float32(1 / gamma), out=plane)
    out = np.empty((*shape, 4), np.float32)
    put_together(colours, np.broadcast_to(alpha, shape), out)
    return out


LENS_BLUR = FilterKind(
    name="lens-blur",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Replaces each pixel by the mean of the light c^γ in the lens's opening around it, to the power 1/γ again, γ the "
        "gamma and c the encoded colour: a disc of radius r + 1/2 pixels or a regular polygon inside it, with weights "
        "1 + rim · q⁴, q the part of the way from the middle to the rim, pixels at the rim by their covered area. A pixel "
        "of lightness l = 0.2126 R + 0.7152 G + 0.0722 B further weighs 1 + highlights · (l − t) / (1 − t), t the lightness "
        "they begin at, and by its opacity; opacity is the plain mean. Negative values count as 0; beyond the edge of "
        "the picture its outermost pixels are repeated; what is no number counts as 0 (Potmesil and Chakravarty, A lens "
        "and aperture camera model, 1981). Sharp somewhere: each pixel has the radius r · clip((d − w) / f), d its distance from "
        "the centre, or from the line through it, in parts of the picture's shorter side, or what its grey in the depth map (kept "
        "as half floats) differs from the sharp depth; w sharp within, f the transition; it is mixed linearly of the two blurs "
        "with radii r · (k / 8)², k = 0 … 8, that its own lies between.",
    ),
    parameters=LensBlur,
    function=lens_blur,
    reach_of=lens_reach,
    at_scale="rescaled",
)

KINDS = (LENS_BLUR,)
