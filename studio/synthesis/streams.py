"""Flow fields: strokes that follow curl noise, one from each place of a jittered grid, over the whole plane."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.raster import gradient
from studio.recipe import QT_TRANSLATE_NOOP, Colour, declare
from studio.synthesis.lattice import Lattice, View, perlin_at
from studio.synthesis.pattern_parameters import Colours, TileX, TileY
from studio.synthesis.scene import Placed, Scene
from studio.synthesis.strokes import Strokes, drawn, joined

By = Literal["chance", "direction", "place"]
CHOICES = (
    QT_TRANSLATE_NOOP("recipe", "chance"),
    QT_TRANSLATE_NOOP("recipe", "direction"),
    QT_TRANSLATE_NOOP("recipe", "place"),
)
STREAM_COLOURS = (
    (0.0, 0.07, 0.16, 0.27, 1.0), (0.25, 0.10, 0.38, 0.47, 1.0), (0.5, 0.90, 0.86, 0.74, 1.0),
    (0.75, 0.92, 0.55, 0.26, 1.0), (1.0, 0.66, 0.18, 0.16, 1.0),
)  # fmt: skip
BLOCK = 36
"""Grid cells along each side of a block whose strokes are made together."""
CLOSEST = 60
"""Strokes are no closer than this share of their length: more of them would only cover each other."""
FEWEST, MOST = 6, 96
"""Steps of a stroke."""
FINEST = 0.5
"""Pixels of the view below which a step of a stroke is not worth its time."""
_NOISE, _POINTS = 0x5346, 0x5347


class Streams(Placed, frozen=True, kw_only=True):
    scale: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Eddies"), low=0.01, high=10.0, soft_high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "How large the turns of the flow are, in sizes."),
        ),
    ] = 0.35  # fmt: skip
    turbulence: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Turbulence"), low=0.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "Strength of eddies half as large, and of half of them."),
        ),
    ] = 0.25  # fmt: skip
    spacing: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Spacing"), low=0.002, high=0.5, soft_high=0.06, step=0.001,
            description=QT_TRANSLATE_NOOP("recipe", "Between two strokes where they begin, in sizes."),
        ),
    ] = 0.016  # fmt: skip
    length: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Length"), low=0.002, high=1.0, soft_high=0.6, step=0.005,
            description=QT_TRANSLATE_NOOP("recipe", "Of the longest strokes, in sizes; chance makes others shorter."),
        ),
    ] = 0.22  # fmt: skip
    width: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Thickness"), low=0.0002, high=0.2, soft_high=0.02, step=0.0002,
            description=QT_TRANSLATE_NOOP("recipe", "Of the thickest strokes in their middle, in sizes."),
        ),
    ] = 0.0075  # fmt: skip
    variety: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Variety"), low=0.0, high=100.0, step=1.0, unit="%",
            description=QT_TRANSLATE_NOOP("recipe", "How much thinner and shorter chance makes strokes."),
        ),
    ] = 70.0  # fmt: skip
    straight: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Current"), low=0.0, high=5.0, soft_high=3.0, step=0.05,
            description=QT_TRANSLATE_NOOP("recipe", "How strongly everything is carried along one direction."),
        ),
    ] = 0.6  # fmt: skip
    angle: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Angle"), low=-180.0, high=180.0, step=1.0, unit="°",
            description=QT_TRANSLATE_NOOP("recipe", "Of the current, clockwise from the right."),
        ),
    ] = -20.0  # fmt: skip
    stops: Colours = STREAM_COLOURS
    coloured: Annotated[By, declare(QT_TRANSLATE_NOOP("recipe", "Colours by"))] = "place"
    ground: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Ground"))] = (0.95, 0.92, 0.86)
    filled: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Fill the ground"),
            description=QT_TRANSLATE_NOOP("recipe", "Else only the strokes are there."),
        ),
    ] = True  # fmt: skip
    tile_x: TileX = 0.0
    tile_y: TileY = 0.0

    @property
    def cells(self) -> tuple[int, int]:
        """Cells of the grid of strokes after which it repeats, 0 for never."""
        across, down = (
            max(1, round(length / (self.size * self.spacing))) if length else 0
            for length in (self.tile_x, self.tile_y)
        )
        return across, down

    @property
    def grid(self) -> tuple[float, float]:
        """Width and height of a cell in sizes; a whole number of them fits into what repeats."""
        across, down = (
            length / (self.size * count) if count else self.spacing
            for length, count in zip((self.tile_x, self.tile_y), self.cells, strict=True)
        )
        return across, down

    def lattice(self, seed: int, stream: int, size: float) -> Lattice:
        """A noise with cells of ``size`` sizes that repeats as the drawing does."""
        return Lattice(
            seed=seed, stream=stream, size=size, tile=(self.tile_x / self.size, self.tile_y / self.size)
        )


def velocity(parameters: Streams, seed: int, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The direction of the flow at points [h, w] in sizes, of length 1: curl of a noise, and the current."""
    across, down = np.zeros(x.shape), np.zeros(x.shape)
    step = parameters.scale * 0.01
    for octave in range(3):
        gain = parameters.turbulence**octave
        if gain < 1e-3:
            break
        lattice = parameters.lattice(seed, _NOISE + octave, parameters.scale / 2**octave)
        # ∂n/∂y and −∂n/∂x by central differences, per eddy of the first octave.
        around_x = np.concatenate([x, x, x + step, x - step])
        around_y = np.concatenate([y + step, y - step, y, y])
        low, high, right, left = np.split(perlin_at(lattice, around_x, around_y).astype(np.float64), 4)
        across += gain * (low - high) / 0.02
        down -= gain * (right - left) / 0.02
    angle = math.radians(parameters.angle)
    across += parameters.straight * 1.5 * math.cos(angle)
    down += parameters.straight * 1.5 * math.sin(angle)
    long = np.maximum(np.hypot(across, down), 1e-9)
    return across / long, down / long


@lru_cache(maxsize=512)
def block(parameters: Streams, seed: int, column: int, row: int, steps: int) -> tuple[Strokes, np.ndarray]:
    """The strokes that begin in one block of the grid, in sizes, and the number by which they are painted in order."""
    columns = np.arange(column * BLOCK, (column + 1) * BLOCK)[None, :]
    rows = np.arange(row * BLOCK, (row + 1) * BLOCK)[:, None]
    across, down = parameters.cells
    grid = Lattice(seed=seed, stream=_POINTS, size=1.0, tile=(float(across), float(down)))
    numbers = [one.astype(np.float64).ravel() for one in grid.words(columns, rows, 0)]
    more = [one.astype(np.float64).ravel() for one in grid.words(columns, rows, 1)]
    wide, high = parameters.grid
    x = ((columns + 0 * rows).ravel() + numbers[0]) * wide
    y = ((rows + 0 * columns).ravel() + numbers[1]) * high
    variety = parameters.variety / 100
    long = parameters.length * (1 - variety * 0.85 * numbers[2])
    path_x, path_y = _paths(parameters, seed, x, y, long / steps, steps)
    thick = parameters.width * 0.5 * (1 - variety * 0.9 * more[0] ** 0.5)
    taper = np.sin(np.linspace(0, math.pi, steps + 1)) ** 0.55
    radius = thick[:, None] * np.maximum(taper, 0.08)
    ends = np.stack([path_x[:, :-1], path_y[:, :-1], path_x[:, 1:], path_y[:, 1:]], 2).reshape(-1, 4)
    radii = np.stack([radius[:, :-1], radius[:, 1:]], 2).reshape(-1, 2)
    colours = _tones(parameters, seed, x, y, numbers[3])
    strokes = Strokes(
        ends,
        radii,
        np.repeat(colours, steps, 0),
        np.repeat(np.arange(len(x)), steps),
    )
    return strokes, np.repeat(more[1], steps)


def _paths(
    parameters: Streams, seed: int, x: np.ndarray, y: np.ndarray, step: np.ndarray, steps: int
) -> tuple[np.ndarray, np.ndarray]:
    """Points [n, steps + 1] along the flow, half of them upstream, by the midpoint rule."""
    half = steps // 2
    sides = []
    for sign, count in ((-1.0, half), (1.0, steps - half)):
        at_x, at_y, way = x[None].copy(), y[None].copy(), sign * step[None]
        out = []
        for _ in range(count):
            u, v = velocity(parameters, seed, at_x, at_y)
            u, v = velocity(parameters, seed, at_x + u * way / 2, at_y + v * way / 2)
            at_x, at_y = at_x + u * way, at_y + v * way
            out.append((at_x[0], at_y[0]))
        sides.append(out)
    points = [*reversed(sides[0]), (x, y), *sides[1]]
    return np.stack([one[0] for one in points], 1), np.stack([one[1] for one in points], 1)


def _tones(parameters: Streams, seed: int, x: np.ndarray, y: np.ndarray, chance: np.ndarray) -> np.ndarray:
    if parameters.coloured == "direction":
        u, v = velocity(parameters, seed, x[None], y[None])
        turn = np.arctan2(v[0], u[0]) / (2 * math.pi)
        along = 1 - np.abs(1 - 2 * (turn - np.floor(turn)))
    elif parameters.coloured == "place":
        broad = parameters.lattice(seed, _NOISE + 8, max(parameters.scale, 0.05) * 1.3)
        along = np.clip(0.5 + 0.3 * perlin_at(broad, x[None], y[None])[0] + 0.28 * (chance - 0.5), 0, 1)
    else:
        along = chance
    table = gradient.table(parameters.stops)
    return table[np.rint(along * gradient.TABLE).astype(np.int64)].astype(np.float32)


def sparser(parameters: Streams, pixel: float) -> Streams:
    """Wider strokes, wider apart, where they would be closer than a pixel can show, or than CLOSEST of their length."""
    spacing = max(parameters.spacing, parameters.length / CLOSEST)
    while spacing < 0.75 * pixel / parameters.size:
        spacing *= 2
    wider = spacing / parameters.spacing if spacing > parameters.length / CLOSEST else 1.0
    length = max(parameters.length, 2 * spacing) if wider > 1 else parameters.length
    return msgspec.structs.replace(parameters, spacing=spacing, length=length, width=parameters.width * wider)


def steps_of(parameters: Streams, pixel: float) -> int:
    """Steps of each stroke: as many as the eddies ask for, but no finer than a view with pixels of that width shows."""
    seen = math.ceil(parameters.length * parameters.size / (FINEST * pixel))
    wanted = min(math.ceil(parameters.length / (parameters.scale * 0.03)), seen)
    return int(np.clip(wanted, FEWEST, MOST))


def gathered(parameters: Streams, seed: int, view: View) -> Strokes:
    """All strokes that may touch a view, in document pixels, in the order of their numbers."""
    parameters = sparser(parameters, view.pixel)
    size = parameters.size
    reach = parameters.length * 1.02 + parameters.width + view.pixel / size
    wide, high = (cell * BLOCK for cell in parameters.grid)
    left = (view.rect.left * view.pixel - parameters.x) / size - reach
    right = (view.rect.right * view.pixel - parameters.x) / size + reach
    top = (view.rect.top * view.pixel - parameters.y) / size - reach
    bottom = (view.rect.bottom * view.pixel - parameters.y) / size + reach
    plain = msgspec.structs.replace(
        parameters, size=1.0, x=0.0, y=0.0, tile_x=parameters.tile_x / size, tile_y=parameters.tile_y / size
    )
    steps = steps_of(parameters, view.pixel)
    made = [
        block(plain, seed, column, row, steps)
        for row in range(math.floor(top / high), math.floor(bottom / high) + 1)
        for column in range(math.floor(left / wide), math.floor(right / wide) + 1)
    ]
    # Whole strokes are kept or left out, so that a block's numbers need no change.
    parts, numbers = [], []
    for one, number in made:
        placed = one.placed(size, parameters.x, parameters.y)
        near = placed.near(view)
        parts.append(placed.take(near))
        numbers.append(number[near])
    together = joined(*parts)
    order = np.argsort(np.concatenate(numbers), kind="stable")
    sorted_strokes = together.take(order)
    stroke = sorted_strokes.stroke
    # A new number for each stroke, in the order of painting.
    changes = np.append(False, stroke[1:] != stroke[:-1])
    return Strokes(
        sorted_strokes.ends, sorted_strokes.radii, sorted_strokes.colours, np.cumsum(changes).astype(np.int64)
    )


def draw(parameters: Streams, seed: int, view: View) -> np.ndarray:
    rect = view.rect
    ground = np.zeros((rect.height, rect.width, 4), np.float32)
    if parameters.filled:
        ground[:] = (*parameters.ground, 1.0)
    return drawn(gathered(parameters, seed, view), view, ground)


SCENE = Scene(
    name="flow-lines", version=1, title=QT_TRANSLATE_NOOP("recipe", "Flow lines"), parameters=Streams, draw=draw,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Strokes along v / |v|, v = (∂n/∂y, −∂n/∂x) of Perlin noise n with three octaves, plus the current: a flow without "
        "sources (Bridson, Hourihan and Nordenstam, Curl-noise, SIGGRAPH 2007). Each cell of a grid of the spacing has one "
        "stroke, through a random point of it (cells are at least 1/60 of the length), half of its length each way by the midpoint rule; its length, width, colour and "
        "place in the order of painting come from Philox for seed and cell. What repeats has a whole number of cells, and so has the noise.",
    ),
)  # fmt: skip
