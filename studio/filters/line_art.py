"""Drawings taken off their paper: the paper becomes transparent, lines keep soft edges and their own colour."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

import cv2
import msgspec
import numpy as np

from studio.filters.around import filtered_around, inner_of
from studio.filters.blur import GaussianBlur, blur_reach, gaussian_blur
from studio.filters.kind import FilterKind, Place
from studio.filters.planes import STRIP_PIXELS, straight_planes
from studio.raster.geometry import Rect
from studio.raster.stopping import heed
from studio.recipe import QT_TRANSLATE_NOOP, Colour, declare

Ink = Literal["own", "one"]
CHOICES = (QT_TRANSLATE_NOOP("recipe", "own"), QT_TRANSLATE_NOOP("recipe", "one"))
_CLEAN = declare(
    QT_TRANSLATE_NOOP("recipe", "Clean"),
    low=0.0,
    high=0.5,
    step=0.01,
    description=QT_TRANSLATE_NOOP(
        "recipe", "What differs less from the paper than this becomes transparent."
    ),
)
_SOLID = declare(
    QT_TRANSLATE_NOOP("recipe", "Solid from"),
    low=0.05,
    high=1.0,
    step=0.01,
    description=QT_TRANSLATE_NOOP("recipe", "What differs more from the paper than this is wholly opaque."),
)
_MEDIAN = 5
"""Side of the median that keeps the paper's noise from being taken for its brightness."""
_LEAST = np.float32(1e-4)


class PaperToTransparent(msgspec.Struct, frozen=True, kw_only=True):
    paper: Annotated[
        Colour,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Paper"),
            description=QT_TRANSLATE_NOOP("recipe", "The colour that becomes transparent."),
        ),
    ] = (1.0, 1.0, 1.0)
    clean: Annotated[float, _CLEAN] = 0.03
    solid: Annotated[float, _SOLID] = 0.9


class LineArt(msgspec.Struct, frozen=True, kw_only=True):
    radius: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Radius"),
            low=2,
            high=200,
            soft_high=100,
            unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "Half the width of the broadest line; shadows on the paper are wider."),
        ),
    ] = 40  # fmt: skip
    clean: Annotated[float, _CLEAN] = 0.12
    solid: Annotated[float, _SOLID] = 0.7
    darkest: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Darkest paper"),
            low=0.05,
            high=1.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "Nothing darker counts as paper, so large black areas stay."),
        ),
    ] = 0.4  # fmt: skip
    ink: Annotated[
        Ink,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Line colour"),
            description=QT_TRANSLATE_NOOP("recipe", "The lines' own colours, or one for all."),
        ),
    ] = "own"
    colour: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Colour"), when={"ink": ("one",)})] = (0.0, 0.0, 0.0)  # fmt: skip


def off_paper(
    colours: list[np.ndarray], paper: list[np.ndarray] | list[np.float32], clean: float, solid: float
) -> tuple[list[np.ndarray], np.ndarray]:
    """Straight colours freed of the paper, and their alpha [h, w], of encoded planes; ``paper``: values or planes."""
    differing = np.zeros_like(colours[0])
    for plane, white in zip(colours, paper, strict=True):
        below = (white - plane) / np.maximum(white, _LEAST)
        above = (plane - white) / np.maximum(1 - white, _LEAST)
        np.maximum(differing, np.maximum(below, above), out=differing)
    np.clip(differing, 0, 1, out=differing)
    room = np.float32(max(solid - clean, 1e-3))
    alpha = np.clip((differing - np.float32(clean)) / room, 0, 1)
    share = np.maximum(np.maximum(alpha, differing), _LEAST)
    freed = [
        np.clip(white + (plane - white) / share, 0, np.maximum(plane, 1))
        for plane, white in zip(colours, paper, strict=True)
    ]
    return freed, alpha


def _laid(out: np.ndarray, colours: list[np.ndarray], alpha: np.ndarray) -> None:
    for channel, plane in enumerate(colours):
        np.multiply(plane, alpha, out=out[..., channel])
    out[..., 3] = alpha


def paper_to_transparent(pixels: np.ndarray, parameters: PaperToTransparent, _place: Place) -> np.ndarray:
    out = np.empty_like(pixels)
    paper = [np.float32(part) for part in parameters.paper]
    rows = max(1, STRIP_PIXELS // pixels.shape[1])
    for top in range(0, pixels.shape[0], rows):
        heed()
        colours, cover = straight_planes(pixels[top : top + rows])
        freed, alpha = off_paper(colours, paper, parameters.clean, parameters.solid)
        _laid(out[top : top + rows], freed, alpha * np.minimum(cover, 1))
    return out


def _radius(parameters: LineArt, level: int) -> int:
    return max(1, parameters.radius >> level)


def _smoothing(parameters: LineArt) -> GaussianBlur:
    return GaussianBlur(sigma=parameters.radius / 2)


def line_art_reach(parameters: LineArt, scale: int) -> int:
    return 2 * _radius(parameters, scale) + _MEDIAN // 2 + blur_reach(_smoothing(parameters), scale)


def _extreme(pixels: np.ndarray, side: int, of: Callable[..., np.ndarray]) -> np.ndarray:
    """The greatest (``np.maximum``) or least value in squares: [h − side + 1, w − side + 1, n], by doubling."""
    for axis in (0, 1):
        have = 1
        while have < side:
            heed()
            step = min(have, side - have)
            one, other = (slice(None, -step), slice(step, None))
            place = (slice(None),) * axis
            pixels = of(pixels[(*place, one)], pixels[(*place, other)])
            have += step
    return pixels


def paper_under(pixels: np.ndarray, parameters: LineArt, place: Place) -> np.ndarray:
    """How the paper looks at each pixel, straight encoded float32 [h, w, 3]: a closing of the median, blurred."""
    radius = _radius(parameters, place.level)
    edge = _MEDIAN // 2

    def work(source: np.ndarray, _strip: Rect) -> np.ndarray:
        colours, _ = straight_planes(source)
        straight = inner_of(cv2.medianBlur(cv2.merge(colours), _MEDIAN), edge)
        highest = _extreme(straight, 2 * radius + 1, np.maximum)
        closed = np.ones((*(side - 2 * (2 * radius + edge) for side in source.shape[:2]), 4), np.float32)
        closed[..., :3] = _extreme(highest, 2 * radius + 1, np.minimum)
        return closed

    place = place.all_of_it()
    closed = filtered_around(pixels, place, 2 * radius + edge, work)
    closed[..., 3] = 1
    blurred = gaussian_blur(closed, _smoothing(parameters), place)
    return np.maximum(blurred[..., :3], np.float32(parameters.darkest))


def line_art(pixels: np.ndarray, parameters: LineArt, place: Place) -> np.ndarray:
    paper = paper_under(pixels, parameters, place)
    out = np.empty_like(pixels)
    white = [np.float32(1)] * 3
    rows = max(1, STRIP_PIXELS // pixels.shape[1])
    for top in range(0, pixels.shape[0], rows):
        heed()
        part = slice(top, top + rows)
        colours, cover = straight_planes(pixels[part])
        evened = [np.clip(plane / paper[part][..., number], 0, 1) for number, plane in enumerate(colours)]
        freed, alpha = off_paper(evened, white, parameters.clean, parameters.solid)
        if parameters.ink == "one":
            freed = [np.full_like(alpha, part) for part in parameters.colour]
        _laid(out[part], freed, alpha * np.minimum(cover, 1))
    return out


def paper_colour(pixels: np.ndarray) -> Colour | None:
    """The paper's straight colour in premultiplied float32 [h, w, 4]: of the lighter half of all opaque pixels the median.

    None where nothing is opaque.
    """
    step = max(1, int(np.sqrt(pixels.shape[0] * pixels.shape[1] / 250_000)))
    some = pixels[::step, ::step].reshape(-1, 4)
    some = some[some[:, 3] > 0.5]
    if not len(some):
        return None
    colours = np.nan_to_num(some[:, :3] / some[:, 3:], nan=0.0, posinf=1.0, neginf=0.0)
    light = colours.sum(1)
    lighter = colours[light >= np.median(light)]
    red, green, blue = (float(part) for part in np.clip(np.median(lighter, 0), 0, 1))
    return red, green, blue


PAPER_TO_TRANSPARENT = FilterKind(
    name="paper-to-transparent",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Encoded straight colour c over paper p: d is the greatest over red, green and blue of (p − c) / p where c is darker "
        "and (c − p) / (1 − p) where it is lighter, cut to 0–1; opacity becomes a = clip((d − clean) / (solid − clean)), "
        "times what it was, and the colour p + (c − p) / max(a, d), cut to 0–1, so that the paper is taken out of soft edges "
        "(the compositing equation of Porter and Duff, Compositing Digital Images, 1984, solved as by Smith and Blinn, Blue "
        "Screen Matting, 1996, for the most transparent foreground). What is no number counts as 0.",
    ),
    parameters=PaperToTransparent,
    function=paper_to_transparent,
)

LINE_ART = FilterKind(
    name="line-art",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "The paper at each pixel is the median of 5 × 5 pixels, closed by a square of side 2r + 1, r the radius (the greatest "
        "value in it, then the least of those: Serra, Image Analysis and Mathematical Morphology, 1982), blurred with sigma "
        "r / 2, and at least the darkest paper. Each encoded colour is divided by it and cut to 0–1, which evens out shadows "
        "and yellowing; then white is taken out: d = 1 − the least of red, green and blue, opacity "
        "a = clip((d − clean) / (solid − clean)), times what it was, colour 1 + (c − 1) / max(a, d), or the one chosen. Beyond "
        "the edge of the picture its outermost pixels are repeated; what is no number counts as 0.",
    ),
    parameters=LineArt,
    function=line_art,
    reach_of=line_art_reach,
    at_scale="rescaled",
)

KINDS = (PAPER_TO_TRANSPARENT, LINE_ART)
