"""Tools for textures, from a picture taken as heights: normal map, ambient occlusion, curvature, level ground.

They look at a finite surrounding; the whole picture is asked for only so that a seamless one can go on at its other edge.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterator
from typing import Annotated, Any, Literal, NamedTuple

import cv2
import msgspec
import numpy as np

from studio.filters.around import (
    STRIP_PIXELS,
    Work,
    aligned_strips,
    inner_of,
    outside,
    part_of,
    read_around,
    read_repeated,
    settled,
    share,
    straight_planes,
    with_alpha,
)
from studio.filters.bending import PartOf, in_parts
from studio.filters.kind import FilterKind, Picture, Piece, Pieces, Place, StreamFunction, at_once, in_one
from studio.raster.gaussian import averaged, blurred_small, enlarged, gaussian_reach, halvings
from studio.raster.geometry import Rect
from studio.raster.strips import row_strips
from studio.recipe import QT_TRANSLATE_NOOP, declare

Source = Literal["luminance", "alpha", "red"]
Standard = Literal["opengl", "directx"]
Operator = Literal["sobel", "scharr"]
WORDS = (
    QT_TRANSLATE_NOOP("recipe", "luminance"),
    QT_TRANSLATE_NOOP("recipe", "alpha"),
    QT_TRANSLATE_NOOP("recipe", "red"),
    QT_TRANSLATE_NOOP("recipe", "opengl"),
    QT_TRANSLATE_NOOP("recipe", "directx"),
    QT_TRANSLATE_NOOP("recipe", "sobel"),
    QT_TRANSLATE_NOOP("recipe", "scharr"),
)
KERNELS = {"sobel": (0.25, 0.5, 0.25), "scharr": (3 / 16, 10 / 16, 3 / 16)}
"""How the three rows (or columns) of a central difference count."""
MOST_DIRECTIONS = 32
SOURCE = declare(
    QT_TRANSLATE_NOOP("recipe", "Heights from"),
    description=QT_TRANSLATE_NOOP("recipe", "What is high: the light, the opaque, or what has much red."),
)
SEAMLESS = declare(
    QT_TRANSLATE_NOOP("recipe", "Seamless"),
    description=QT_TRANSLATE_NOOP("recipe", "The picture goes on at its other edge, as a tile does."),
)
INVERTED = declare(
    QT_TRANSLATE_NOOP("recipe", "Invert heights"),
    description=QT_TRANSLATE_NOOP("recipe", "Dark places are high."),
)


def _relief(description: str) -> msgspec.Meta:
    return declare(
        QT_TRANSLATE_NOOP("recipe", "Relief height"),
        low=0.0, high=1000.0, soft_high=50.0, step=0.1, unit="px", description=description,
    )  # fmt: skip


HIGH = QT_TRANSLATE_NOOP("recipe", "How many pixels the highest rises above the lowest.")


class NormalMap(msgspec.Struct, frozen=True, kw_only=True):
    source: Annotated[Source, SOURCE] = "luminance"
    strength: Annotated[float, _relief(HIGH)] = 8.0
    standard: Annotated[
        Standard,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Green"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "OpenGL: bright where a slope faces up. DirectX: where it faces down."
            ),
        ),
    ] = "opengl"
    operator: Annotated[Operator, declare(QT_TRANSLATE_NOOP("recipe", "Slopes by"))] = "scharr"
    invert: Annotated[bool, INVERTED] = False
    seamless: Annotated[bool, SEAMLESS] = False


class Occlusion(msgspec.Struct, frozen=True, kw_only=True):
    source: Annotated[Source, SOURCE] = "luminance"
    strength: Annotated[float, _relief(HIGH)] = 12.0
    radius: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Radius"), low=1.0, high=256.0, soft_high=64.0, step=1.0, unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "How far away something may stand in the light."),
        ),
    ] = 16.0  # fmt: skip
    directions: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Directions"), low=4, high=MOST_DIRECTIONS, step=4,
            description=QT_TRANSLATE_NOOP("recipe", "In how many directions the horizon is looked for."),
        ),
    ] = 8  # fmt: skip
    invert: Annotated[bool, INVERTED] = False
    seamless: Annotated[bool, SEAMLESS] = False


class Curvature(msgspec.Struct, frozen=True, kw_only=True):
    source: Annotated[Source, SOURCE] = "luminance"
    strength: Annotated[float, _relief(HIGH)] = 8.0
    radius: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Radius"), low=1, high=64, soft_high=16, step=1, unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "Size of the edges and hollows that are looked for."),
        ),
    ] = 1  # fmt: skip
    amount: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Amount"), low=0.0, high=100.0, soft_high=10.0, step=0.05,
            description=QT_TRANSLATE_NOOP("recipe", "Edges brighter, hollows darker than a middle grey."),
        ),
    ] = 1.0  # fmt: skip
    invert: Annotated[bool, INVERTED] = False
    seamless: Annotated[bool, SEAMLESS] = False


class LevelGround(msgspec.Struct, frozen=True, kw_only=True):
    sigma: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Sigma"), low=1.0, high=1000.0, soft_high=300.0, step=1.0, unit="px",
            description=QT_TRANSLATE_NOOP("recipe", "Gradients longer than this are taken away."),
        ),
    ] = 60.0  # fmt: skip
    amount: Annotated[
        float,
        declare(QT_TRANSLATE_NOOP("recipe", "Amount"), low=0.0, high=1.0, step=0.01),
    ] = 1.0  # fmt: skip
    seamless: Annotated[bool, SEAMLESS] = False


def _border(parameters: Any) -> int:
    return cv2.BORDER_WRAP if parameters.seamless else cv2.BORDER_REPLICATE


def heights(source: np.ndarray, parameters: Any, reach: int) -> np.ndarray:
    """float32 [h + 2 reach, w + 2 reach] of premultiplied pixels of that size, 0–1 in most pictures.

    A transparent place has no height of its own: by its opacity it counts as the mean of what is seen around it, 5 × 5.
    """
    planes = straight_planes(source)
    alpha = np.clip(planes[3], 0, 1)
    if parameters.source == "alpha":
        made = alpha
    else:
        red, green, blue = planes[:3]
        made = red if parameters.source == "red" else 0.2126 * red + 0.7152 * green + 0.0722 * blue
        if not (alpha == 1).all():
            made = made * alpha
            total = cv2.boxFilter(made, -1, (5, 5), normalize=False, borderType=cv2.BORDER_REPLICATE)
            seen = cv2.boxFilter(alpha, -1, (5, 5), normalize=False, borderType=cv2.BORDER_REPLICATE)
            around = np.divide(total, seen, out=np.zeros_like(total), where=seen > 1e-3)
            made = made + (1 - alpha) * around
    return 1 - made if getattr(parameters, "invert", False) else made


def slopes(ground: np.ndarray, operator: Operator) -> tuple[np.ndarray, np.ndarray]:
    """Changes per pixel to the right and downwards, [h, w] of [h + 2, w + 2]."""
    side, middle, _ = (np.float32(weight) for weight in KERNELS[operator])
    across = (ground[:, 2:] - ground[:, :-2]) * np.float32(0.5)
    down = (ground[2:] - ground[:-2]) * np.float32(0.5)
    return (
        side * (across[:-2] + across[2:]) + middle * across[1:-1],
        side * (down[:, :-2] + down[:, 2:]) + middle * down[:, 1:-1],
    )


class Around(NamedTuple):
    """How far a filter of heights looks, and what it makes of that."""

    reach: int
    work: Work


def _streamed(prepared: Callable[[Any, Place], Around]) -> StreamFunction:
    """A filter of heights of a whole picture, in small squares."""

    def parts(parameters: Any, place: Place) -> PartOf:
        reach, work = prepared(parameters, place)
        border = _border(parameters)

        def made(picture: Picture, part: Rect) -> Iterator[Piece]:
            inside = picture.rect if place.canvas is None else picture.rect.intersect(place.canvas)
            kept = part.intersect(inside)
            if kept.empty:
                yield part, picture.read(part).copy()
                return
            for rest in outside(part, kept):
                yield rest, picture.read(rest).copy()
            yield kept, work(read_around(picture, inside, kept.grow(reach), border), kept)

        return made

    return in_parts(parts)


def _normals(parameters: NormalMap, place: Place) -> Around:
    high = np.float32(parameters.strength * share(place))
    facing = np.float32(1 if parameters.standard == "opengl" else -1)

    def work(source: np.ndarray, _strip: Rect) -> np.ndarray:
        across, down = slopes(inner_of(heights(source, parameters, 3), 2), parameters.operator)
        across, down = across * high, down * high
        long = 1 / np.sqrt(across * across + down * down + 1)
        normal = np.stack([-across * long, facing * down * long, long], -1)
        own = inner_of(source, 3)
        return with_alpha((np.float32(0.5) + np.float32(0.5) * normal) * own[..., 3:], own)

    return Around(3, work)


def steps_of(parameters: Occlusion, level: int) -> list[list[tuple[int, int, float]]]:
    """For each direction the places looked at: (right, down, distance), in pixels of the level, ever farther apart."""
    radius = max(1.0, parameters.radius / (1 << level))
    out = []
    for index in range(parameters.directions):
        angle = 2 * math.pi * (index + 0.5) / parameters.directions
        line, far = [], 1.0
        while far <= radius:
            x, y = round(far * math.cos(angle)), round(far * math.sin(angle))
            if (x, y) != (0, 0):
                line.append((x, y, math.hypot(x, y)))
            far = max(far + 1, far * 1.4)
        out.append(list(dict.fromkeys(line)))
    return out


def _occlusion(parameters: Occlusion, place: Place) -> Around:
    lines = steps_of(parameters, place.level)
    reach = 2 + max(max(abs(x), abs(y)) for line in lines for x, y, _ in line)
    high = np.float32(parameters.strength * share(place))

    def work(source: np.ndarray, strip: Rect) -> np.ndarray:
        ground = heights(source, parameters, reach) * high
        own = inner_of(ground, reach)
        light = np.zeros_like(own)
        for line in lines:
            steepest = np.zeros_like(own)
            for x, y, away in line:
                there = ground[reach + y : reach + y + strip.height, reach + x : reach + x + strip.width]
                np.maximum(steepest, (there - own) * np.float32(1 / away), out=steepest)
            light += 1 - steepest / np.sqrt(1 + steepest * steepest)
        light *= np.float32(1 / len(lines))
        pixel = inner_of(source, reach)
        return with_alpha(light[..., None] * pixel[..., 3:], pixel)

    return Around(reach, work)


def _curvature(parameters: Curvature, place: Place) -> Around:
    step = max(1, round(parameters.radius * share(place)))
    reach = 2 * step + 2
    # Slopes are per pixel of level 0, so that a level shows what level 0 does.
    high = np.float32(parameters.strength * share(place) / (2 * step))
    amount = np.float32(parameters.amount * (1 / share(place)) * step / max(1, parameters.radius))

    def work(source: np.ndarray, _strip: Rect) -> np.ndarray:
        ground = inner_of(heights(source, parameters, reach), 2)
        across = (ground[:, 2 * step :] - ground[:, : -2 * step])[step:-step] * high
        down = (ground[2 * step :] - ground[: -2 * step])[:, step:-step] * high
        long = 1 / np.sqrt(across * across + down * down + 1)
        across, down = across * long, down * long
        turned = (across[:, 2 * step :] - across[:, : -2 * step])[step:-step]
        turned = turned + (down[2 * step :] - down[: -2 * step])[:, step:-step]
        own = inner_of(source, reach)
        shown = np.clip(np.float32(0.5) - amount * np.float32(0.25) * turned, 0, 1)
        return with_alpha(shown[..., None] * own[..., 3:], own)

    return Around(reach, work)


def level_ground(picture: Picture, parameters: LevelGround, place: Place) -> Pieces:
    sigma = max(parameters.sigma * share(place), 0.3)
    times = halvings(sigma)
    align = 1 << times
    reach = -(-(gaussian_reach(sigma) + align) // align) * align
    rect, total = picture.rect, np.zeros(4)
    for rows in row_strips((rect.height, rect.width)):
        band = picture.read(Rect(rect.left, rect.top + rows.start, rect.right, rect.top + rows.stop))
        total += np.nan_to_num(band, nan=0.0, posinf=0.0, neginf=0.0).sum((0, 1), dtype=np.float64)
        yield None
    middle = (total[:3] / max(total[3], 1e-9)).astype(np.float32)
    amount = np.float32(parameters.amount)

    inside = rect if place.canvas is None else rect.intersect(place.canvas)
    for rest in outside(rect, inside) if not inside.empty else [rect]:
        yield rest, picture.read(rest).copy()
    averages = Averages(picture, inside, reach, times, _border(parameters))
    for strip in aligned_strips(inside, align, align, STRIP_PIXELS // 2):
        small = yield from averages.rows((strip.top - reach) >> times, (strip.bottom + reach) >> times)
        small = blurred_small(small, sigma, times)
        yield None
        for part in _columns(strip, max(align, _SIDE)):
            soft = enlarged(averages.around(small, part, strip), times, times)
            kept = part.intersect(inside)
            soft = part_of(soft, kept, part.grow(_SPARE << times))
            own = settled(picture.read(kept))
            alpha = own[..., 3:]
            seen = np.maximum(soft[..., 3:], np.float32(1e-6))
            broad = np.where(soft[..., 3:] > 1e-6, soft[..., :3] / seen, middle)
            yield kept, with_alpha(own[..., :3] + amount * (middle - broad) * alpha, own)


def _columns(strip: Rect, width: int) -> list[Rect]:
    return [
        strip._replace(left=left, right=min(left + width, strip.right))
        for left in range(strip.left, strip.right, width)
    ]


_SIDE = 512
"""Pixels across that are worked on at a time."""
_SPARE = 2
"""Averages around a strip that enlarging it needs."""


class Averages:
    """Means over blocks of 2^times pixels a side of a picture and ``reach`` pixels beyond its edge, row by row of blocks, which
    are counted from the origin: so little of a picture is held, however far a blur reaches."""

    def __init__(self, picture: Picture, inside: Rect, reach: int, times: int, border: int) -> None:
        side = 1 << times
        self._picture, self._inside, self._times, self._border = picture, inside, times, border
        self._left = inside.left // side * side - reach
        self._right = -(-inside.right // side) * side + reach
        self._first = 0
        self._held: list[np.ndarray] = []

    def rows(self, first: int, last: int) -> Generator[None, None, np.ndarray]:
        """[last − first, w, 4]; each call wants rows that lie no higher than those of the one before."""
        self._held = self._held[first - self._first :] if self._held else []
        self._first, known = first, first + len(self._held)
        few = max(1, (STRIP_PIXELS // 4 >> self._times) // (self._right - self._left))
        for number in range(known, last, few):
            band = Rect(
                self._left, number << self._times, self._right, min(number + few, last) << self._times
            )
            pieces = []
            for piece in _columns(band, max(1 << self._times, _SIDE)):
                pieces.append(averaged(self._read(piece), self._times, self._times))
                yield
            self._held += list(np.concatenate(pieces, 1))
        return np.stack(self._held[: last - first])

    def around(self, small: np.ndarray, part: Rect, strip: Rect) -> np.ndarray:
        """Of what was made of the rows for a strip, what enlarging a part of it needs."""
        spare = ((strip.left - self._left) >> self._times) - _SPARE
        left, right = ((edge - self._left) >> self._times for edge in (part.left, part.right))
        return np.ascontiguousarray(small[spare : small.shape[0] - spare, left - _SPARE : right + _SPARE])

    def _read(self, piece: Rect) -> np.ndarray:
        if self._border == cv2.BORDER_WRAP:
            return read_around(self._picture, self._inside, piece, self._border)
        return read_repeated(self._picture, self._inside, piece)


NORMAL_MAP = FilterKind(
    name="normal-map",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "The normals of a relief z = relief · h, h the luma 0.2126 R + 0.7152 G + 0.0722 B (encoded), the opacity or red: n = "
        "(−zx, ±zy, 1) / √(zx² + zy² + 1), y downwards, + for OpenGL and − for DirectX, shown as (n + 1) / 2. Slopes are half the "
        "difference of the neighbours on either side, three rows weighted 1 : 2 : 1 (Sobel) or 3 : 10 : 3 (Scharr, 2000). Beyond the edge "
        "the outermost pixels are repeated, or the other edge follows. Opacity stays; a transparent place counts as the mean around it.",
    ),
    parameters=NormalMap,
    function=at_once(in_one(_streamed(_normals))),
    stepwise=in_one(_streamed(_normals)),
    stream=_streamed(_normals),
    whole=True,
    at_scale="rescaled",
)
OCCLUSION = FilterKind(
    name="ambient-occlusion",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "How much of an even sky each place of a relief z = relief · h sees: the mean over directions of 1 − sin H, tan H the "
        "greatest rise (z' − z) / distance up to the radius, at least 0, looked for at distances that grow by 1.4 or one pixel "
        "(horizon-based ambient occlusion: Bavoil, Sainz and Dimitrov, SIGGRAPH 2008). Heights and edges as in Normal map.",
    ),
    parameters=Occlusion,
    function=at_once(in_one(_streamed(_occlusion))),
    stepwise=in_one(_streamed(_occlusion)),
    stream=_streamed(_occlusion),
    whole=True,
    at_scale="rescaled",
)
CURVATURE = FilterKind(
    name="curvature",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "½ − amount · d / 4, d the difference over 2 radii, across plus down, of ∇z / √(1 + |∇z|²), itself by "
        "differences over 2 radii of the relief z = relief · h: twice the mean curvature times 2 radii (do Carmo, Differential "
        "Geometry, 1976, section 3.3). Ridges are bright, hollows dark. Heights and edges as in Normal map.",
    ),
    parameters=Curvature,
    function=at_once(in_one(_streamed(_curvature))),
    stepwise=in_one(_streamed(_curvature)),
    stream=_streamed(_curvature),
    whole=True,
    at_scale="rescaled",
)
LEVEL_GROUND = FilterKind(
    name="level-heights",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "c + amount · (m − g): from each encoded colour its Gaussian blur g of the given sigma is taken, colours weighted by their "
        "opacity, and the mean m of the whole picture added, so that large gradients go and detail stays. Beyond the edge the "
        "outermost pixels are repeated, or the other edge follows. Opacity stays.",
    ),
    parameters=LevelGround,
    function=at_once(in_one(level_ground)),
    stepwise=in_one(level_ground),
    stream=level_ground,
    whole=True,
    at_scale="rescaled",
)

KINDS = (NORMAL_MAP, OCCLUSION, CURVATURE, LEVEL_GROUND)
