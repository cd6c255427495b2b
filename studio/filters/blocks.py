"""The picture in pieces of one colour each: pixelate and mosaic."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters import tilings
from studio.filters.kind import FilterKind, Place
from studio.filters.noise_adding import MAXIMUM_SEED
from studio.filters.planes import finite
from studio.filters.ripples import lattice_noise
from studio.filters.tilings import Cells
from studio.raster import fields, random
from studio.raster.geometry import Rect
from studio.raster.strips import row_strips, side_by_side
from studio.recipe import QT_TRANSLATE_NOOP, Colour, declare

WORDS = (
    QT_TRANSLATE_NOOP("recipe", "square"),
    QT_TRANSLATE_NOOP("recipe", "round"),
    QT_TRANSLATE_NOOP("recipe", "diamond"),
    QT_TRANSLATE_NOOP("recipe", "stones"),
    QT_TRANSLATE_NOOP("recipe", "squares"),
    QT_TRANSLATE_NOOP("recipe", "hexagons"),
    QT_TRANSLATE_NOOP("recipe", "octagons"),
    QT_TRANSLATE_NOOP("recipe", "triangles"),
)
"""Words of the choices below, which their declarations hold as plain literals."""


def _size(title: str) -> msgspec.Meta:
    return declare(title, low=1, high=1024, soft_high=64, unit="px")


def _offset(title: str) -> msgspec.Meta:
    return declare(title, low=0, high=1023, soft_high=64, unit="px")


class Pixelate(msgspec.Struct, frozen=True, kw_only=True):
    width: Annotated[int, _size(QT_TRANSLATE_NOOP("recipe", "Block width"))] = 16
    height: Annotated[int, _size(QT_TRANSLATE_NOOP("recipe", "Block height"))] = 16
    offset_x: Annotated[int, _offset(QT_TRANSLATE_NOOP("recipe", "Offset across"))] = 0
    offset_y: Annotated[int, _offset(QT_TRANSLATE_NOOP("recipe", "Offset down"))] = 0
    shape: Annotated[
        Literal["square", "round", "diamond"], declare(QT_TRANSLATE_NOOP("recipe", "Shape of the blocks"))
    ] = "square"
    share: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Filled part"), low=0.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "How much of its field a block fills, across and down."),
        ),
    ] = 1.0  # fmt: skip
    linked: Annotated[bool, declare(QT_TRANSLATE_NOOP("recipe", "Same across and down"))] = True
    share_down: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Filled part down"),
            low=0.0,
            high=1.0,
            step=0.01,
            when={"linked": (False,)},
        ),
    ] = 1.0
    between: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Colour between"))] = (1.0, 1.0, 1.0)


def _axis(start: int, count: int, size: float, offset: float, scale: int) -> tuple[np.ndarray, np.ndarray]:
    """For each pixel of an axis the block it lies in, and its place in it, −1…1."""
    place = ((np.arange(start, start + count, dtype=np.float64) + 0.5) * scale - offset) / size
    block = np.floor(place)
    return block.astype(np.int64), (place - block) * 2 - 1


def _means(pixels: np.ndarray, down: np.ndarray, across: np.ndarray) -> np.ndarray:
    """Mean of the pixels of each block, at every pixel. Sums run row by row, then block by block: the same for a tile."""
    rows = np.flatnonzero(np.diff(down, prepend=down[0] - 1))
    columns = np.flatnonzero(np.diff(across, prepend=across[0] - 1))
    heights, widths = np.diff(rows, append=len(down)), np.diff(columns, append=len(across))
    made = np.empty_like(pixels)
    wide = np.repeat(np.arange(len(columns)), widths)

    def one(part: slice) -> None:
        for top, height in zip(rows[part], heights[part], strict=True):
            block = pixels[top : top + height]
            total = np.add.reduceat(block.sum(0, np.float64), columns, axis=0)
            mean = (total / (height * widths)[:, None]).astype(np.float32)
            made[top : top + height] = mean[wide]

    side_by_side(one, [slice(start, start + 4) for start in range(0, len(rows), 4)])
    return made


def inside_of(pixels: np.ndarray, place: Place) -> tuple[Rect, np.ndarray]:
    """The part of the picture that ``pixels`` hold, as a finite copy."""
    inside = place.rect if place.canvas is None else place.rect.intersect(place.canvas)
    inner = inside.move(-place.rect.left, -place.rect.top)
    source = pixels[inner.top : inner.bottom, inner.left : inner.right].copy()
    if source.size:
        finite(source.reshape(source.shape[0], -1))
    return inside, source


def pixelate(pixels: np.ndarray, parameters: Pixelate, place: Place) -> np.ndarray:
    inside, source = inside_of(pixels, place)
    out = np.zeros_like(pixels)
    if inside.empty:
        return out
    scale = 1 << place.level
    across, x = _axis(inside.left, inside.width, parameters.width, parameters.offset_x, scale)
    down, y = _axis(inside.top, inside.height, parameters.height, parameters.offset_y, scale)
    made = _means(source, down, across)
    if parameters.shape != "square" or min(_shares(parameters)) < 1:
        _leave_between(made, _covered(x[None], y[:, None], parameters), parameters.between)
    put(out, made, inside, place.rect)
    return out


def _shares(parameters: Pixelate) -> tuple[float, float]:
    """The part of its field that a block fills, across and down."""
    return parameters.share, parameters.share if parameters.linked else parameters.share_down


def _covered(x: np.ndarray, y: np.ndarray, parameters: Pixelate) -> np.ndarray:
    """Where the block's shape lies in its field (places −1…1)."""
    across, down = _shares(parameters)
    if parameters.shape == "square":
        return (np.abs(x) <= across) & (np.abs(y) <= down)
    if across != down:
        # stretched to the share across; where one is 0 there is nothing
        y = y * (across / down) if down else np.full_like(y, np.inf)
    if parameters.shape == "round":
        return x * x + y * y <= across * across
    return np.abs(x) + np.abs(y) <= across


def _leave_between(made: np.ndarray, covered: np.ndarray, colour: Colour) -> None:
    """Paints ``colour`` where nothing is ``covered``, as opaque as the picture is there."""
    ground = np.array((*colour, 1.0), np.float32) * made[..., 3:]
    np.copyto(made, ground, where=~covered[..., None])


def put(out: np.ndarray, made: np.ndarray, inside: Rect, rect: Rect) -> None:
    inner = inside.move(-rect.left, -rect.top)
    out[inner.top : inner.bottom, inner.left : inner.right] = made


def block_reach(parameters: Pixelate, scale: int) -> int:
    return math.ceil(max(parameters.width, parameters.height) / (1 << scale)) + 1


class Mosaic(msgspec.Struct, frozen=True, kw_only=True):
    shape: Annotated[
        Literal["stones", "squares", "hexagons", "octagons", "triangles"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Shape"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Broken stones, or tiles; octagons have small squares between them."
            ),
        ),
    ] = "stones"
    average: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "One colour each"),
            description=QT_TRANSLATE_NOOP("recipe", "Off, the picture stays on the stones."),
        ),
    ] = True
    size: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Stone size"),
            low=4.0,
            high=500.0,
            soft_high=80.0,
            step=1.0,
            unit="px",
        ),
    ] = 20.0
    neatness: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Neatness"), low=0.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "1: all alike, in rows. 0: the most uneven."),
        ),
    ] = 0.3  # fmt: skip
    spacing: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Joint"), low=0.0, high=50.0, soft_high=10.0, step=0.25, unit="px"
        ),
    ] = 1.5
    joint: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Joint colour"))] = (0.12, 0.11, 0.1)
    relief: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Relief strength"), low=0.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "Light on the rims of the stones."),
        ),
    ] = 0.3  # fmt: skip
    light: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Light from"), low=-180.0, high=180.0, step=1.0, unit="°",
            description=QT_TRANSLATE_NOOP("recipe", "0: the right, 90: above, 180: the left."),
        ),
    ] = 135.0  # fmt: skip
    roughness: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Roughness"), low=0.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "0: the surface of the stones is smooth. 1: it is the most uneven."),
        ),
    ] = 0.0  # fmt: skip
    variation: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Variation"), low=0.0, high=0.5, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "How much lighter or darker single stones are."),
        ),
    ] = 0.05  # fmt: skip
    seed: Annotated[
        int, declare(QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=MAXIMUM_SEED, seed=True)
    ] = 0


def _light(degrees: float) -> tuple[float, float]:
    """Where the light comes from, y downwards, as long as a diagonal: its sums are then those along both axes."""
    if degrees == 135:
        return -1.0, -1.0
    angle = math.radians(degrees)
    return math.sqrt(2) * math.cos(angle), -math.sqrt(2) * math.sin(angle)


def _stones(inside: Rect, parameters: Mosaic, scale: int) -> Cells:
    """Nearest of points on a grid, moved at random by up to half a field where neatness is 0 (Worley, 1996)."""
    size = parameters.size
    x = (np.arange(inside.left, inside.right) + 0.5) * (scale / size)
    y = (np.arange(inside.top, inside.bottom) + 0.5) * (scale / size)
    left, top, right, bottom = (math.floor(end) for end in (x[0], y[0], x[-1], y[-1]))
    grid = Rect(left - 1, top - 1, right + 2, bottom + 2)
    loose = random.uniform(parameters.seed, grid, (0, 1), stream=11).astype(np.float64) - 0.5
    loose *= 1 - parameters.neatness
    points = np.empty((grid.height, grid.width, 2))
    points[..., 0] = np.arange(grid.left, grid.right) + 0.5 + loose[..., 0]
    points[..., 1] = np.arange(grid.top, grid.bottom)[:, None] + 0.5 + loose[..., 1]
    shape = (inside.height, inside.width)
    label, rim, lit = np.empty(shape, np.int32), np.empty(shape, np.float32), np.empty(shape, np.float32)
    neat, light = parameters.neatness == 1, _light(parameters.light)

    def one(rows: slice) -> None:
        label[rows], half, lit[rows] = fields.cells(x, y[rows], points, grid[:2], neat, light)
        rim[rows] = half * size

    side_by_side(one, row_strips(shape))
    tones = random.uniform(parameters.seed, grid, (2,), stream=11).reshape(-1).astype(np.float64)
    return Cells(label=label, rim=rim, lit=lit, count=grid.width * grid.height, tones=tones)


def _cells(inside: Rect, parameters: Mosaic, scale: int) -> Cells:
    if parameters.shape == "stones":
        return _stones(inside, parameters, scale)
    light = _light(parameters.light)
    return tilings.cells(
        inside, scale, parameters.shape, parameters.size, parameters.neatness, light, parameters.seed
    )


def mosaic(pixels: np.ndarray, parameters: Mosaic, place: Place) -> np.ndarray:
    inside, source = inside_of(pixels, place)
    out = np.zeros_like(pixels)
    if inside.empty:
        return out
    found = _cells(inside, parameters, 1 << place.level)
    varied = 1 + parameters.variation * (2 * found.tones - 1)
    if parameters.average:
        sums, number = np.zeros((found.count, 4)), np.zeros(found.count, np.int64)
        fields.add_cell_sums(source, found.label, sums, number)
        means = sums / np.maximum(number, 1)[:, None]
        means[:, :3] *= varied[:, None]
        stones = means.astype(np.float32)
    else:
        stones = np.repeat(varied.astype(np.float32)[:, None], 4, 1)
        stones[:, 3] = 1

    def one(rows: slice) -> None:
        made = stones[found.label[rows]]
        if not parameters.average:
            made *= source[rows]
        if parameters.roughness:
            made[..., :3] *= _rough(inside, rows, parameters, 1 << place.level)[..., None]
        source[rows] = _laid(made, found.rim[rows], found.lit[rows], parameters, place)

    side_by_side(one, row_strips(source.shape))
    put(out, source, inside, place.rect)
    return out


ROUGH_SIZE, ROUGH_DETAIL = 0.25, 3
"""Of the bumps of an uneven surface: their size in stone sizes, and how many noises are summed."""
_ROUGH_CHANNEL = 20
_SLOPE = 1.5


def _rough(inside: Rect, rows: slice, parameters: Mosaic, scale: int) -> np.ndarray:
    """float32 [h, w]: what an uneven surface's colours are multiplied with, greater where it faces the light."""
    size = ROUGH_SIZE * parameters.size
    x = (np.arange(inside.left, inside.right)[None] + 0.5) * scale
    y = (np.arange(inside.top + rows.start, inside.top + rows.stop)[:, None] + 0.5) * scale
    across, down = _light(parameters.light)
    half = size / (8 * math.sqrt(2))
    ahead, behind = (
        lattice_noise(
            parameters.seed,
            _ROUGH_CHANNEL,
            x + sign * half * across,
            y + sign * half * down,
            size,
            ROUGH_DETAIL,
        )
        for sign in (1, -1)
    )
    slope = np.clip(_SLOPE * (behind - ahead), -1, 1)
    return (1 + 0.5 * parameters.roughness * slope).astype(np.float32)


def _laid(made: np.ndarray, rim: np.ndarray, lit: np.ndarray, parameters: Mosaic, place: Place) -> np.ndarray:
    """Stones ``made`` [h, w, 4] with light on their rims and the joint between them."""
    if parameters.relief:
        depth = np.exp(rim * np.float32(-1 / (0.12 * parameters.size))) * np.clip(lit * 2, -1, 1)
        made[..., :3] *= (1 + np.float32(0.6 * parameters.relief) * depth)[..., None]
    if not parameters.spacing:
        return made
    # one shown pixel of softness, so that joints are smooth
    soft = np.clip((rim - np.float32(parameters.spacing / 2)) / (1 << place.level) + np.float32(0.5), 0, 1)
    ground = np.array((*parameters.joint, 1.0), np.float32) * made[..., 3:]
    made -= ground
    made *= soft[..., None]
    made += ground
    return made


def mosaic_reach(parameters: Mosaic, scale: int) -> int:
    """A pixel's stone begins and ends less than two fields away, each way."""
    return math.ceil(4 * parameters.size / (1 << scale)) + 1


PIXELATE = FilterKind(
    name="pixelate",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Every pixel of a block takes the mean of the encoded, opacity-weighted colours and the mean opacity of its pixels "
        "inside the picture; block (i, j) holds the pixels whose centre lies in i ≤ (x − offset) / width < i + 1 and "
        "likewise down (box sampling; Gonzalez and Woods, Digital Image Processing, ch. 2). With u, v the place in the "
        "block from −1 to 1, a square shows where |u|, |v| ≤ f, a round one where u² + v² ≤ f², a diamond where "
        "|u| + |v| ≤ f, f the filled part; elsewhere stands the colour between. Not the same across and down, v counts times f / g, g the "
        "filled part down.",
    ),
    parameters=Pixelate,
    function=pixelate,
    reach_of=block_reach,
    at_scale="rescaled",
)

MOSAIC = FilterKind(
    name="mosaic",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Stones are the cells of points on a square grid of the stone size, moved by random numbers (Philox-4x32-10, Salmon "
        "et al., 2011) within ±½(1 − neatness) of a field; a pixel belongs to the nearest of the nine points around it "
        "(cellular texture, Worley, 1996; at neatness 1 by max(|x|, |y|)) and takes the mean colour of its stone, times "
        "1 + variation · (2u − 1), u random for each stone, and 1 + 0.6 · relief · e^(−t / (0.12 · size)) · clip(2l), l the "
        "place towards the upper left in fields. Half the difference of the two least distances, t, within half a joint "
        "gives the joint's colour, over one pixel. Tiles: a regular tiling with tiles as wide as the stone size, whose corners "
        "are moved by random numbers within ±q(1 − neatness) of it, q 0.2 for squares and triangles, 0.12 for hexagons, 0.06 for "
        "octagons; t is the distance to the nearest edge. Light from an angle φ: l = √2 (x cos φ − y sin φ), y downwards. An uneven "
        "surface multiplies colours by 1 + ½ · roughness · clip(1.5 (h(p − d) − h(p + d))), h value noise as in Displace of a quarter of the "
        "stone size and three octaves, d a thirty-second of the stone size towards the light.",
    ),
    parameters=Mosaic,
    function=mosaic,
    reach_of=mosaic_reach,
    at_scale="rescaled",
)

KINDS = (PIXELATE, MOSAIC)
