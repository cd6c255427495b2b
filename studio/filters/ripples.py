"""Pixels moved a little, each for itself: waves around a point, ripples in a direction, the unrest of noise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Annotated, Literal

import cv2
import msgspec
import numpy as np

from studio.filters.bending import Bend, around, streamed
from studio.filters.distort import EDGE, SAMPLING
from studio.filters.kind import FilterKind, Place, at_once
from studio.filters.noise_adding import MAXIMUM_SEED
from studio.filters.sampling import Edge, Sampling, canvas_of
from studio.raster import fields, full_map, random
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, Attached, RecipeError, declare

WORDS = (
    QT_TRANSLATE_NOOP("recipe", "sine"),
    QT_TRANSLATE_NOOP("recipe", "triangle"),
    QT_TRANSLATE_NOOP("recipe", "sawtooth"),
    QT_TRANSLATE_NOOP("recipe", "across-it"),
    QT_TRANSLATE_NOOP("recipe", "along-it"),
    QT_TRANSLATE_NOOP("recipe", "noise"),
    QT_TRANSLATE_NOOP("recipe", "map"),
    QT_TRANSLATE_NOOP("recipe", "across-and-down"),
    QT_TRANSLATE_NOOP("recipe", "out-and-around"),
)
"""Words of the choices below, which their declarations hold as plain literals."""
NO_MAP = QT_TRANSLATE_NOOP("recipe", "“{file}” is no picture from which a map could be made")
PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp")
_POLAR = {"directions": ("out-and-around",)}
_NOISE, _MAP = {"source": ("noise",)}, {"source": ("map",)}
Shape = Literal["sine", "triangle", "sawtooth"]
_AMPLITUDE = declare(
    QT_TRANSLATE_NOOP("recipe", "Amplitude"), low=0.0, high=500.0, soft_high=100.0, step=0.5, unit="px",
    description=QT_TRANSLATE_NOOP("recipe", "How far pixels move."),
)  # fmt: skip


def _share(title: str) -> msgspec.Meta:
    return declare(
        title, low=-100.0, high=100.0, step=1.0, unit="%",
        description=QT_TRANSLATE_NOOP("recipe", "How much of the amplitude counts this way; below 0 it is the other way."),
    )  # fmt: skip


_PERIOD = declare(
    QT_TRANSLATE_NOOP("recipe", "Wavelength"), low=1.0, high=4000.0, soft_high=400.0, step=1.0, unit="px"
)
_PHASE = declare(QT_TRANSLATE_NOOP("recipe", "Phase"), low=-360.0, high=360.0, step=1.0, unit="°")
_SHAPE = declare(QT_TRANSLATE_NOOP("recipe", "Wave form"))


def wave_of(turns: np.ndarray, shape: Shape) -> np.ndarray:
    """−1…1 of a phase in turns: 0 at 0 and rising, except the sawtooth, which runs from −1 up to 1."""
    if shape == "sine":
        return np.sin(2 * math.pi * turns)
    part = turns - np.floor(turns)
    if shape == "sawtooth":
        return 2 * part - 1
    return 1 - np.abs(4 * np.mod(part + 0.25, 1.0) - 2)


class Wave(msgspec.Struct, frozen=True, kw_only=True):
    amplitude: Annotated[float, _AMPLITUDE] = 10.0
    wavelength: Annotated[float, _PERIOD] = 80.0
    phase: Annotated[float, _PHASE] = 0.0
    shape: Annotated[Shape, _SHAPE] = "sine"
    aspect: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Aspect"), low=0.1, high=10.0, step=0.05,
            description=QT_TRANSLATE_NOOP("recipe", "Width of the rings for their height."),
        ),
    ] = 1.0  # fmt: skip
    centre_x: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Centre across"), low=-1.0, high=2.0, step=0.005)
    ] = 0.5
    centre_y: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Centre down"), low=-1.0, high=2.0, step=0.005)
    ] = 0.5
    edge: Annotated[Edge, EDGE] = "repeat-edge"
    sampling: Annotated[Sampling, SAMPLING] = "linear"


def wave(parameters: Wave, place: Place) -> Bend:
    left, top, width, height = canvas_of(place)
    x0, y0 = left + parameters.centre_x * width, top + parameters.centre_y * height

    def where(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        dx, dy = (x - x0) / parameters.aspect, y - y0
        distance = np.sqrt(dx * dx + dy * dy)
        turns = distance / parameters.wavelength + parameters.phase / 360
        moved = parameters.amplitude * wave_of(turns, parameters.shape) / np.maximum(distance, 1e-6)
        return x + dx * moved, y + dy * moved

    return Bend(where, parameters.edge, parameters.sampling)


class Ripple(msgspec.Struct, frozen=True, kw_only=True):
    amplitude: Annotated[float, _AMPLITUDE] = 8.0
    wavelength: Annotated[float, _PERIOD] = 60.0
    phase: Annotated[float, _PHASE] = 0.0
    angle: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Angle"), low=-180.0, high=180.0, step=1.0, unit="°",
            description=QT_TRANSLATE_NOOP("recipe", "The direction in which the waves run, clockwise from the right."),
        ),
    ] = 0.0  # fmt: skip
    shape: Annotated[Shape, _SHAPE] = "sine"
    moves: Annotated[
        Literal["across-it", "along-it"], declare(QT_TRANSLATE_NOOP("recipe", "Pixels move"))
    ] = "across-it"
    tileable: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Seamless"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "Angle and wavelength change a little so that whole waves fit; with edges that wrap, a tile stays one.",
            ),
        ),
    ] = False
    edge: Annotated[Edge, EDGE] = "repeat-edge"
    sampling: Annotated[Sampling, SAMPLING] = "linear"


def ripple(parameters: Ripple, place: Place) -> Bend:
    angle = math.radians(parameters.angle)
    run = (math.cos(angle), math.sin(angle))
    push = run if parameters.moves == "along-it" else (-run[1], run[0])
    tiled = _tiled(run, parameters.wavelength, place)

    def where(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if parameters.tileable:
            turns = x * tiled[0] + y * tiled[1] + parameters.phase / 360
        else:
            turns = (x * run[0] + y * run[1]) / parameters.wavelength + parameters.phase / 360
        moved = parameters.amplitude * wave_of(turns, parameters.shape)
        return x + push[0] * moved, y + push[1] * moved

    return Bend(where, parameters.edge, parameters.sampling)


def _tiled(run: tuple[float, float], wavelength: float, place: Place) -> tuple[float, float]:
    """Turns for each pixel across and down, changed so that whole waves fit the picture both ways, at least one in all."""
    _, _, width, height = canvas_of(place)
    across, down = round(run[0] * width / wavelength), round(run[1] * height / wavelength)
    if across == down == 0:
        along = abs(run[0]) * width >= abs(run[1]) * height
        across, down = (int(math.copysign(1, run[0])), 0) if along else (0, int(math.copysign(1, run[1])))
    return across / width, down / height


def map_of_file(name: str, data: bytes) -> str:
    """The map that a picture file gives, as it is kept. Raises RecipeError naming it."""
    try:
        found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR | cv2.IMREAD_ANYDEPTH)
    except cv2.error:
        found = None
    if found is None:
        raise RecipeError(NO_MAP, file=name)
    most = {np.dtype(np.uint8): 255, np.dtype(np.uint16): 65535}.get(found.dtype, 1)
    height, width = (
        math.ceil(side / (1 << full_map.fitting(*found.shape[1::-1]))) for side in found.shape[:2]
    )
    if (height, width) != found.shape[:2]:
        found = cv2.resize(found, (width, height), interpolation=cv2.INTER_AREA)
    values = np.empty((height, width, 2), np.float16)
    for top in range(0, height, full_map.ROWS):
        strip = found[top : top + full_map.ROWS]
        pixels = np.ones((*strip.shape[:2], 4), np.float32)
        pixels[..., :3] = strip[..., ::-1] / np.float32(most)
        values[top : top + full_map.ROWS] = full_map.moves(pixels)
    return full_map.packed(values)


class Displace(msgspec.Struct, frozen=True, kw_only=True):
    amplitude: Annotated[float, _AMPLITUDE] = 12.0
    across: Annotated[float, _share(QT_TRANSLATE_NOOP("recipe", "Across"))] = 100.0
    down: Annotated[float, _share(QT_TRANSLATE_NOOP("recipe", "Down"))] = 100.0
    directions: Annotated[
        Literal["across-and-down", "out-and-around"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Pixels move"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Around a centre, the first moves away from it and the second clockwise."
            ),
        ),
    ] = "across-and-down"
    centre_x: Annotated[
        float,
        declare(QT_TRANSLATE_NOOP("recipe", "Centre across"), low=-1.0, high=2.0, step=0.005, when=_POLAR),
    ] = 0.5
    centre_y: Annotated[
        float,
        declare(QT_TRANSLATE_NOOP("recipe", "Centre down"), low=-1.0, high=2.0, step=0.005, when=_POLAR),
    ] = 0.5
    source: Annotated[
        Literal["noise", "map"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Moved by"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "Of a map, stretched over the picture, red moves across and green down; middle grey stays.",
            ),
        ),
    ] = "noise"
    map: Annotated[
        Attached,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Map"), when=_MAP, endings=PICTURES,
            reader=map_of_file,
            description=QT_TRANSLATE_NOOP("recipe", "A picture; its own pixels are kept, at full size and precision."),
        ),
    ] = Attached()  # fmt: skip
    map_down: Annotated[
        Attached,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Second map"), when=_MAP, endings=PICTURES, reader=map_of_file,
            description=QT_TRANSLATE_NOOP("recipe", "Its red, or grey, counts instead of the first map's green."),
        ),
    ] = Attached()  # fmt: skip
    size: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Size"), low=2.0, high=2000.0, soft_high=300.0, step=1.0, unit="px", when=_NOISE,
            description=QT_TRANSLATE_NOOP("recipe", "How far apart the bumps of the noise are."),
        ),
    ] = 60.0  # fmt: skip
    detail: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Detail"), low=1, high=8, when=_NOISE,
            description=QT_TRANSLATE_NOOP("recipe", "How many finer noises are added, each half as large and strong."),
        ),
    ] = 2  # fmt: skip
    seed: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Seed"), low=0, high=MAXIMUM_SEED, seed=True, when=_NOISE,
            description=QT_TRANSLATE_NOOP("recipe", "The same seed gives the same unrest."),
        ),
    ] = 0  # fmt: skip
    edge: Annotated[Edge, EDGE] = "repeat-edge"
    sampling: Annotated[Sampling, SAMPLING] = "linear"

    def __post_init__(self) -> None:
        """Raises ValueError for a map that cannot be read, which ``recipe`` refuses like any other wrong value."""
        for one in (self.map, self.map_down):
            if one.content:
                full_map.check(one.content)


NO_TURN = (1.0, 0.0, 1.0)


def lattice_noise(
    seed: int,
    channel: int,
    x: np.ndarray,
    y: np.ndarray,
    size: float,
    detail: int,
    turn: tuple[float, float, float] = NO_TURN,
) -> np.ndarray:
    """−1…1 [h, w] at x [1, w], y [h, 1]: random numbers on a grid of ``size`` pixels, smoothly between, summed over
    ``detail`` octaves. ``turn`` (c, s, k): at the places ((x c + y s) k, y c − x s) instead."""
    made = np.zeros((y.shape[0], x.shape[1]))
    across, down = np.ascontiguousarray(x[0], np.float64), np.ascontiguousarray(y[:, 0], np.float64)
    strength, total = 1.0, 0.0
    for octave in range(detail):
        step = size / (1 << octave)
        left, top, right, bottom = fields.lattice_span(across, down, turn, step)
        grid = Rect(left, top, right + 2, bottom + 2)
        values = (
            random.uniform(seed, grid, (2 * octave + channel,), stream=7)[..., 0].astype(np.float64) * 2 - 1
        )
        fields.add_lattice(made, across, down, turn, step, values, grid[:2], strength)
        total += strength
        strength /= 2
    made /= total
    return made


def displace(parameters: Displace, place: Place) -> Bend:
    left, top, width, height = canvas_of(place)
    x0, y0 = left + parameters.centre_x * width, top + parameters.centre_y * height
    step = float(1 << place.level)

    def moves(x: np.ndarray, y: np.ndarray) -> Sequence[np.ndarray | float]:
        if parameters.source == "noise":
            return [
                lattice_noise(parameters.seed, channel, x, y, parameters.size, parameters.detail)
                for channel in (0, 1)
            ]
        places = (x - left) / width, (y - top) / height, (step / width, step / height)
        made: list[np.ndarray | float] = [0.0, 0.0]
        if parameters.map.content:
            made[:] = full_map.values_at(parameters.map.content, *places)
        if parameters.map_down.content:
            made[1] = full_map.values_at(parameters.map_down.content, *places)[0]
        return made

    def where(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        across, down = moves(x, y)
        first, second = (
            parameters.amplitude * (share / 100) for share in (parameters.across, parameters.down)
        )
        if parameters.directions == "across-and-down":
            return x + first * across, y + second * down
        dx, dy = x - x0, y - y0
        distance = np.sqrt(dx * dx + dy * dy)
        angle = np.arctan2(dy, dx) + second * down / np.maximum(distance, 0.5)
        distance += first * across
        return x0 + distance * np.cos(angle), y0 + distance * np.sin(angle)

    return Bend(where, parameters.edge, parameters.sampling)


def reach(parameters: Wave | Ripple | Displace, scale: int) -> int:
    """The amplitude across and down, and what interpolation looks at; around a centre both directions may be one."""
    around_it = isinstance(parameters, Displace) and parameters.directions == "out-and-around"
    return math.ceil((2 if around_it else 1) * parameters.amplitude / (1 << scale)) + 3


def _wraps(parameters: Wave | Ripple | Displace) -> bool:
    """What leaves at one side comes in at the other, which is far away."""
    return parameters.edge == "wrap"


WAVE = FilterKind(
    name="wave",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "A pixel at the offset o from the centre takes the colour at o + a·f(r / λ + φ / 360°) · e: r the length of "
        "e0 = (o.x / aspect, o.y), e = e0 / r, a the amplitude, λ the wavelength, φ the phase, f the wave form of a turn: "
        "sin(2πt), the triangle with the same zeros, or 2(t mod 1) − 1 (the mapping of waves in GEGL). Places are rounded "
        "to 1/32 pixel; beyond the picture its outermost pixels are repeated unless asked otherwise.",
    ),
    parameters=Wave,
    function=at_once(around(wave)),
    stepwise=around(wave),
    stream=streamed(wave),
    whole_of=_wraps,
    reach_of=reach,
    at_scale="rescaled",
)
RIPPLE = FilterKind(
    name="ripple",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "A pixel at p takes the colour at p + a·f((p · d) / λ + φ / 360°) · n: d the direction of the angle, n at right "
        "angles to it or d itself, a the amplitude, λ the wavelength, φ the phase, f the wave form of a turn: sin(2πt), "
        "the triangle with the same zeros, or 2(t mod 1) − 1 (the mapping of ripple in GEGL). Places are rounded to 1/32 "
        "pixel; beyond the picture its outermost pixels are repeated unless asked otherwise. Seamless: d / λ becomes "
        "(m / width, n / height), m and n the nearest whole numbers, at least one of them not 0.",
    ),
    parameters=Ripple,
    function=at_once(around(ripple)),
    stepwise=around(ripple),
    stream=streamed(ripple),
    whole_of=_wraps,
    reach_of=reach,
    at_scale="rescaled",
)
DISPLACE = FilterKind(
    name="displace",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "A pixel at p takes the colour at p + a · (s1 n1(p), s2 n2(p)): a the amplitude, s1 and s2 the shares across and down, n sums of value noise Σ 2^−i · v(p · 2^i "
        "/ size) divided by Σ 2^−i, v random numbers from −1 to 1 on whole numbers (Philox-4x32-10, Salmon et al., 2011), "
        "between them mixed by 6t⁵ − 15t⁴ + 10t³ (Perlin, Improving noise, 2002). With a map n1 is (255 r − 128) / 127 and n2 "
        "(255 g − 128) / 127 of its red and green, 0–1, cut to −1…1, kept as half floats at the map's own size (up to 2²⁶ "
        "pixels) and linear between its pixels, stretched over the picture (displacement maps of Photoshop); of a second map the "
        "red is n2. Out and around, a pixel at distance r and angle φ from the centre takes the colour at r + a s1 n1 and "
        "φ + a s2 n2 / max(r, ½). Places are rounded to 1/32 pixel; beyond the picture its outermost pixels are repeated unless asked otherwise.",
    ),
    parameters=Displace,
    function=at_once(around(displace)),
    stepwise=around(displace),
    stream=streamed(displace),
    whole_of=_wraps,
    reach_of=reach,
    at_scale="rescaled",
)

KINDS = (WAVE, RIPPLE, DISPLACE)
