"""Escape-time fractals: how soon a point of the plane flies off under z² + c, smoothly counted and coloured."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

import numpy as np

from studio.raster import gradient, random
from studio.raster.geometry import Rect
from studio.recipe import QT_TRANSLATE_NOOP, Colour, declare
from studio.synthesis.lattice import View
from studio.synthesis.pattern_parameters import Colours
from studio.synthesis.scene import Placed, Scene, own

Formula = Literal["mandelbrot", "julia", "burning-ship"]
CHOICES = (
    QT_TRANSLATE_NOOP("recipe", "mandelbrot"),
    QT_TRANSLATE_NOOP("recipe", "julia"),
    QT_TRANSLATE_NOOP("recipe", "burning-ship"),
)
NIGHT_TO_GOLD = (
    (0.0, 0.02, 0.04, 0.13, 1.0), (0.2, 0.06, 0.24, 0.44, 1.0), (0.42, 0.45, 0.76, 0.84, 1.0),
    (0.55, 0.98, 0.97, 0.90, 1.0), (0.72, 0.95, 0.66, 0.20, 1.0), (0.88, 0.52, 0.13, 0.10, 1.0), (1.0, 0.10, 0.02, 0.10, 1.0),
)  # fmt: skip
FAR = 256.0
"""A point beyond this has escaped: far enough that the smooth count has no steps."""
SPAN = 3.0
"""Height of what is seen at zoom 1."""
_STREAM = 0x4652
_SAMPLES = 1 << 17
_PART: dict[str, Any] = {"low": -4.0, "high": 4.0, "step": 0.0001}


class Escape(Placed, frozen=True, kw_only=True):
    formula: Annotated[Formula, declare(QT_TRANSLATE_NOOP("recipe", "Formula"))] = "mandelbrot"
    real: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Look at, real part"), **_PART)
    ] = -0.7436  # fmt: skip
    imaginary: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Look at, imaginary part"), **_PART)
    ] = 0.1319  # fmt: skip
    zoom: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Magnification"), low=0.1, high=1e12, soft_high=5000.0, step=0.1,
            description=QT_TRANSLATE_NOOP("recipe", "1 shows a height of 3 in the plane of numbers."),
        ),
    ] = 400.0  # fmt: skip
    constant_real: Annotated[
        float,
        declare(QT_TRANSLATE_NOOP("recipe", "Constant, real part"), when={"formula": ("julia",)}, **_PART),
    ] = -0.7885
    constant_imaginary: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Constant, imaginary part"), when={"formula": ("julia",)}, **_PART
        ),
    ] = 0.15
    iterations: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Iterations"), low=1, high=20_000, soft_high=1000, step=10,
            description=QT_TRANSLATE_NOOP("recipe", "What has not escaped after so many counts as inside."),
        ),
    ] = 400  # fmt: skip
    stops: Colours = NIGHT_TO_GOLD
    band: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Band"), low=0.1, high=100.0, soft_high=20.0, step=0.1,
            description=QT_TRANSLATE_NOOP(
                "recipe", "After so many doublings of the count the colours have gone forth and back once."
            ),
        ),
    ] = 2.0  # fmt: skip
    phase: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Phase"), low=0.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "Moves the colours along the bands; other seeds do, too."),
        ),
    ] = 0.0  # fmt: skip
    inside: Annotated[Colour, declare(QT_TRANSLATE_NOOP("recipe", "Inside"))] = (0.01, 0.01, 0.03)
    samples: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Smoothing"), low=1, high=4, step=1,
            description=QT_TRANSLATE_NOOP("recipe", "Points along each side of a pixel that are averaged."),
        ),
    ] = 2  # fmt: skip


def counted(parameters: Escape, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The smooth count n + 1 − log₂(ln|z| / ln 256) of points (float64 [n] each), −1 for those inside."""
    out = np.full(len(x), -1.0)
    ship = parameters.formula == "burning-ship"
    at = np.arange(len(x))
    if parameters.formula == "mandelbrot":
        at = at[~_known_inside(x, y)]
    real, imaginary = x[at], y[at]
    if parameters.formula == "julia":
        add_real = np.full(len(at), parameters.constant_real)
        add_imaginary = np.full(len(at), parameters.constant_imaginary)
    else:
        add_real, add_imaginary = real.copy(), imaginary.copy()
    for step in range(parameters.iterations):
        square_real, square_imaginary = real * real, imaginary * imaginary
        away = square_real + square_imaginary
        gone = away > FAR * FAR
        if gone.any():
            out[at[gone]] = step + 1 - np.log2(0.5 * np.log(away[gone]) / math.log(FAR))
            stay = ~gone
            at, real, imaginary = at[stay], real[stay], imaginary[stay]
            add_real, add_imaginary = add_real[stay], add_imaginary[stay]
            square_real, square_imaginary = square_real[stay], square_imaginary[stay]
        if not len(at):
            break
        product = real * imaginary
        imaginary = 2 * (np.abs(product) if ship else product) + add_imaginary
        real = square_real - square_imaginary + add_real
    return out


def _known_inside(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The main cardioid and the disc beside it, which need no counting."""
    shifted = x - 0.25
    q = shifted * shifted + y * y
    return (q * (q + shifted) <= 0.25 * y * y) | ((x + 1) ** 2 + y * y <= 1 / 16)


def draw(parameters: Escape, seed: int, view: View) -> np.ndarray:
    u, v, pixel = own(parameters, view)
    reach, many = SPAN / parameters.zoom, parameters.samples
    places = (np.arange(many) + 0.5) / many - 0.5
    u = (u[:, None] + places * pixel).reshape(-1) * reach + parameters.real
    # The ship sails upright as it is always shown; the other two have the imaginary axis upwards.
    down = reach if parameters.formula == "burning-ship" else -reach
    rows = max(1, _SAMPLES // (len(u) * many))
    out = np.empty((len(v), len(u) // many, 4), np.float32)
    for top in range(0, len(v), rows):
        part = (v[top : top + rows, None] + places * pixel).reshape(-1) * down + parameters.imaginary
        x, y = np.broadcast_arrays(u[None, :], part[:, None])
        colours = _coloured(parameters, seed, counted(parameters, x.ravel(), y.ravel()))
        fine = colours.reshape(len(part) // many, many, len(u) // many, many, 4)
        out[top : top + rows] = fine.mean((1, 3))
    return out


def _coloured(parameters: Escape, seed: int, count: np.ndarray) -> np.ndarray:
    phase = parameters.phase
    if seed:
        phase += float(random.uniform(seed, Rect(0, 0, 1, 1), (0,), _STREAM)[0, 0, 0])
    turns = np.log2(np.maximum(count, 0) + 2) / parameters.band + phase
    along = 1 - np.abs(1 - 2 * (turns - np.floor(turns)))
    # The table is finer than what bits show: the nearest of its colours will do.
    colours = gradient.table(parameters.stops)[np.rint(along * gradient.TABLE).astype(np.int64)]
    colours[count < 0] = (*parameters.inside, 1.0)
    return colours


SCENE = Scene(
    name="escape-time", version=1, title=QT_TRANSLATE_NOOP("recipe", "Fractal"),
    parameters=Escape, draw=draw, fits="shorter",
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "z ← z² + c from z = c (Mandelbrot), z = the point and a constant c (Julia), or z ← (|Re z| + i |Im z|)² + c (burning "
        "ship) until |z| > 256 at step n; the colours run forth and back along log₂(ν + 2) / band + phase, ν = n + 1 − "
        "log₂(ln |z| / ln 256). A pixel is the mean of samples² points. A height of 3 / magnification is seen "
        "(Peitgen and Richter, The Beauty of Fractals, 1986; smooth count after Vepstas, 1997).",
    ),
)  # fmt: skip
