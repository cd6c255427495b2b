"""How sensors drive a brush's parameters: each by its own editable curve.

The curve is the monotone cubic of Fritsch and Carlson, "Monotone piecewise cubic interpolation", SIAM J. Numer. Anal. 17,
1980: it goes through its points and never beyond them, so that a rising curve has no dip.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.recipe import QT_TRANSLATE_NOOP, declare

DrivenParameter = Literal[
    "size", "opacity", "flow", "hardness", "roundness", "angle", "spacing", "scatter",
    "hue", "saturation", "value", "texture", "texture_scale", "smudge", "wetness", "blur", "grain", "wet_edges", "airbrush", "count",
    "offset_x", "offset_y",
    "jitter_size", "jitter_angle", "jitter_flow", "jitter_hue", "jitter_saturation", "jitter_value",
]  # fmt: skip
Sensor = Literal["pressure", "tilt", "tilt-direction", "speed", "direction", "random", "fade", "rotation"]
ADDED: frozenset[str] = frozenset({"angle", "hue", "saturation", "value", "offset_x", "offset_y"})
"""Parameters to which a dynamic adds; all others it multiplies."""
WORDS = (
    QT_TRANSLATE_NOOP("recipe", "size"),
    QT_TRANSLATE_NOOP("recipe", "opacity"),
    QT_TRANSLATE_NOOP("recipe", "flow"),
    QT_TRANSLATE_NOOP("recipe", "hardness"),
    QT_TRANSLATE_NOOP("recipe", "roundness"),
    QT_TRANSLATE_NOOP("recipe", "angle"),
    QT_TRANSLATE_NOOP("recipe", "spacing"),
    QT_TRANSLATE_NOOP("recipe", "scatter"),
    QT_TRANSLATE_NOOP("recipe", "hue"),
    QT_TRANSLATE_NOOP("recipe", "saturation"),
    QT_TRANSLATE_NOOP("recipe", "value"),
    QT_TRANSLATE_NOOP("recipe", "texture"),
    QT_TRANSLATE_NOOP("recipe", "smudge"),
    QT_TRANSLATE_NOOP("recipe", "wetness"),
    QT_TRANSLATE_NOOP("recipe", "pressure"),
    QT_TRANSLATE_NOOP("recipe", "tilt"),
    QT_TRANSLATE_NOOP("recipe", "tilt-direction"),
    QT_TRANSLATE_NOOP("recipe", "speed"),
    QT_TRANSLATE_NOOP("recipe", "direction"),
    QT_TRANSLATE_NOOP("recipe", "random"),
    QT_TRANSLATE_NOOP("recipe", "fade"),
    QT_TRANSLATE_NOOP("recipe", "rotation"),
)
Points = tuple[tuple[float, float], ...]
STRAIGHT: Points = ((0.0, 0.0), (1.0, 1.0))
STEPS = 256


class Dynamic(msgspec.Struct, frozen=True, kw_only=True):
    """One sensor drives one parameter: the sensor's 0–1 goes through ``curve``, then to ``low`` … ``high``.

    To ``angle`` and ``hue`` the result is added in turns (1 is 360°), to ``saturation`` and ``value`` as a fraction, to the offsets
    in sizes of the brush; all others are multiplied by it, and several dynamics of one parameter multiply. So what the brush has none of stays none:
    ``texture`` is the strength of the brush's texture, ``texture_scale`` its size, ``smudge`` what it smudges. ``low`` may be above ``high``.

    Sensors: pressure; tilt (0 upright, 1 at 60° and more); tilt-direction, direction, rotation (0–1 once around,
    clockwise from the right); speed (v / (v + 1000 px/s)); random (per dab, or per step of the path where it decides on
    the step: spacing, airbrush, count); fade (1 at the start of the stroke, 0 after ``length`` pixels; there it starts
    again where it ``repeats``).
    """

    parameter: Annotated[DrivenParameter, declare(QT_TRANSLATE_NOOP("recipe", "Parameter"))] = "size"
    sensor: Annotated[Sensor, declare(QT_TRANSLATE_NOOP("recipe", "Sensor"))] = "pressure"
    curve: Annotated[Points, msgspec.Meta(title=QT_TRANSLATE_NOOP("recipe", "Curve"))] = STRAIGHT
    low: Annotated[float, declare(QT_TRANSLATE_NOOP("recipe", "Low"), low=-10.0, high=10.0)] = 0.0
    high: Annotated[float, declare(QT_TRANSLATE_NOOP("recipe", "High"), low=-10.0, high=10.0)] = 1.0
    length: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Fade length"), low=1.0, high=20000.0, soft_high=2000.0, unit="px"
        ),
    ] = 500.0
    repeats: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Repeats"),
            description=QT_TRANSLATE_NOOP("recipe", "Begins again after its length, as in a dashed line."),
        ),
    ] = False

    def faded(self, walked: np.ndarray | float) -> np.ndarray | float:
        """What fade says after ``walked`` pixels."""
        share = walked / self.length
        return 1 - share % 1.0 if self.repeats else np.maximum(0.0, 1 - share)

    def value(self, sensed: np.ndarray | float) -> np.ndarray:
        """What the parameter is multiplied by, or what is added to it, for sensor values 0–1 of any shape."""
        return np.asarray(np.interp(sensed, _PLACES, self.table()))

    def table(self) -> np.ndarray:
        """float64 [256]: the results at sensor values 0, 1/255, … 1. Read-only."""
        return _table(self.curve, self.low, self.high)


def curve_values(points: Sequence[tuple[float, float]], places: np.ndarray) -> np.ndarray:
    """The monotone cubic through ``points`` at ``places``; level outside the first and last point.

    Points may come in any order; of several at one place the last counts. No point: the straight line.
    """
    known = dict(sorted(points, key=lambda point: point[0])) or dict(STRAIGHT)
    x, y = np.array(list(known), float), np.array(list(known.values()), float)
    if len(x) == 1:
        return np.full(np.shape(places), y[0])
    steps = np.diff(x)
    slopes = np.diff(y) / steps
    tangents = _tangents(steps, slopes)
    index = np.clip(np.searchsorted(x, places, side="right") - 1, 0, len(steps) - 1)
    at = np.clip((places - x[index]) / steps[index], 0.0, 1.0)
    square, cube = at * at, at * at * at
    return (
        (2 * cube - 3 * square + 1) * y[index]
        + (cube - 2 * square + at) * steps[index] * tangents[index]
        + (3 * square - 2 * cube) * y[index + 1]
        + (cube - square) * steps[index] * tangents[index + 1]
    )


def fitted_points(values: np.ndarray, most: int, tolerance: float = 0.008) -> Points:
    """The points, at most ``most``, of a curve that runs along ``values``, evenly spaced heights over 0–1.

    First the ends, then time after time the place where the curve is farthest from them, until that is within
    ``tolerance`` (after Ramer, 1972, for this curve instead of straight lines).
    """
    places = np.linspace(0.0, 1.0, len(values))
    chosen = [0, len(values) - 1]
    while len(chosen) < most:
        away = np.abs(curve_values([(places[one], values[one]) for one in chosen], places) - values)
        # next to a point another one would only add a kink
        for one in chosen:
            away[max(0, one - 1) : one + 2] = 0
        if away.max() <= tolerance:
            break
        chosen = sorted([*chosen, int(away.argmax())])
    return tuple((float(places[one]), float(values[one])) for one in chosen)


class Pieces(msgspec.Struct, frozen=True, kw_only=True):
    """A curve as a sum: its height at the left, and for each piece what it adds from its left end to its right.

    ``cubics``: (x of the left end, width, three coefficients): c1·t + c2·t² + c3·t³ with t = (x − left) / width, cut to
    0–1. ``before`` and ``after``: its slope below 0 and above 1, 0 where it has no point there.
    """

    start: float
    cubics: tuple[tuple[float, float, float, float, float], ...]
    before: float
    after: float


def curve_pieces(points: Points, smooth: bool = True) -> Pieces:
    """The monotone cubic of :func:`curve_values`, or straight lines, piece by piece."""
    known = dict(sorted(points, key=lambda point: point[0])) or dict(STRAIGHT)
    x, y = np.array(list(known), float), np.array(list(known.values()), float)
    if len(x) == 1:
        return Pieces(start=float(y[0]), cubics=(), before=0.0, after=0.0)
    steps, rises = np.diff(x), np.diff(y)
    slopes = rises / steps
    tangents = _tangents(steps, slopes)
    left, right = (tangents[:-1], tangents[1:]) if smooth else (slopes, slopes)
    one, two, three = (
        steps * left,
        3 * rises - steps * (2 * left + right),
        steps * (left + right) - 2 * rises,
    )
    cubics = zip(x[:-1], steps, one, two, three, strict=True)
    return Pieces(
        start=float(y[0]),
        cubics=tuple((float(a), float(b), float(c), float(d), float(e)) for a, b, c, d, e in cubics),
        before=float(left[0]) if x[0] == 0 else 0.0,
        after=float(right[-1]) if x[-1] == 1 else 0.0,
    )


def _tangents(steps: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """Slopes at the points: harmonic means of the neighbours, 0 at extremes (Fritsch and Butland, 1984)."""
    tangents = np.zeros(len(slopes) + 1)
    tangents[0], tangents[-1] = slopes[0], slopes[-1]
    before, after = slopes[:-1], slopes[1:]
    rising = before * after > 0
    one, two = 2 * steps[1:] + steps[:-1], steps[1:] + 2 * steps[:-1]
    # the harmonic mean without reciprocals, which the smallest numbers do not have
    parts = np.where(rising, one * after + two * before, 1.0)
    tangents[1:-1] = np.where(rising, (one + two) * before * after / parts, 0.0)
    return tangents


_PLACES = np.linspace(0.0, 1.0, STEPS)
_PLACES.setflags(write=False)


@cache
def _table(curve: Points, low: float, high: float) -> np.ndarray:
    shaped = np.clip(curve_values(curve, _PLACES), 0.0, 1.0)
    table = low + (high - low) * shaped
    table.setflags(write=False)
    return table
