"""The picture bent as a whole: swirl, polar coordinates, kaleidoscope, lens, perspective."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters.bending import Bend, BendOf, streamed
from studio.filters.kind import FilterKind, Place, at_once, in_one
from studio.filters.sampling import FARTHEST, Edge, Sampling, Where, canvas_of
from studio.raster import perspective as homography
from studio.recipe import QT_TRANSLATE_NOOP, declare

WORDS = (
    QT_TRANSLATE_NOOP("recipe", "repeat-edge"),
    QT_TRANSLATE_NOOP("recipe", "mirrored"),
    QT_TRANSLATE_NOOP("recipe", "wrap"),
    QT_TRANSLATE_NOOP("recipe", "transparent"),
    QT_TRANSLATE_NOOP("recipe", "nearest"),
    QT_TRANSLATE_NOOP("recipe", "linear"),
    QT_TRANSLATE_NOOP("recipe", "cubic"),
    QT_TRANSLATE_NOOP("recipe", "to-polar"),
    QT_TRANSLATE_NOOP("recipe", "from-polar"),
)
"""Words of the choices below, which their declarations hold as plain literals."""
EDGE = declare(
    QT_TRANSLATE_NOOP("recipe", "Beyond the edge"),
    description=QT_TRANSLATE_NOOP("recipe", "What stands where the picture has no pixels."),
)
SAMPLING = declare(
    QT_TRANSLATE_NOOP("recipe", "Interpolation"),
    description=QT_TRANSLATE_NOOP("recipe", "How colours between pixels are found."),
)
CENTRE_X = declare(
    QT_TRANSLATE_NOOP("recipe", "Centre across"), low=-1.0, high=2.0, step=0.005,
    description=QT_TRANSLATE_NOOP("recipe", "0: left edge, 1: right edge."),
)  # fmt: skip
CENTRE_Y = declare(
    QT_TRANSLATE_NOOP("recipe", "Centre down"), low=-1.0, high=2.0, step=0.005,
    description=QT_TRANSLATE_NOOP("recipe", "0: upper edge, 1: lower edge."),
)  # fmt: skip


def _angle(title: str, most: float = 360.0, description: str = "") -> msgspec.Meta:
    return declare(title, low=-most, high=most, step=1.0, unit="°", description=description)


class Swirl(msgspec.Struct, frozen=True, kw_only=True):
    whirl: Annotated[
        float,
        _angle(
            QT_TRANSLATE_NOOP("recipe", "Whirl"),
            720.0,
            QT_TRANSLATE_NOOP("recipe", "Turn of the centre, clockwise."),
        ),
    ] = 90.0
    pinch: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Pinch"), low=-1.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "Up: the centre is drawn together. Down: it bulges."),
        ),
    ] = 0.0  # fmt: skip
    radius: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Radius"), low=0.0, high=2.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "1 reaches to the edges of the picture."),
        ),
    ] = 1.0  # fmt: skip
    centre_x: Annotated[float, CENTRE_X] = 0.5
    centre_y: Annotated[float, CENTRE_Y] = 0.5
    edge: Annotated[Edge, EDGE] = "repeat-edge"
    sampling: Annotated[Sampling, SAMPLING] = "linear"


def swirl(parameters: Swirl, place: Place) -> Bend:
    left, top, width, height = canvas_of(place)
    x0, y0 = left + parameters.centre_x * width, top + parameters.centre_y * height
    across, down = parameters.radius * width / 2, parameters.radius * height / 2
    whirl = -math.radians(parameters.whirl)

    def where(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        dx, dy = (x - x0) / max(across, 1e-9), (y - y0) / max(down, 1e-9)
        distance = np.sqrt(dx * dx + dy * dy)
        inside = np.clip(distance, 1e-9, 1.0)
        factor = np.sin(math.pi / 2 * inside) ** -parameters.pinch
        # beyond the circle sin is 1 and the turn 0: nothing moves
        turn = whirl * (1 - inside) ** 2
        sine, cosine = np.sin(turn) * factor, np.cos(turn) * factor
        return x0 + across * (cosine * dx - sine * dy), y0 + down * (sine * dx + cosine * dy)

    return Bend(where, parameters.edge, parameters.sampling)


class Polar(msgspec.Struct, frozen=True, kw_only=True):
    direction: Annotated[
        Literal["to-polar", "from-polar"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Direction"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "To polar: the picture becomes a disc. From polar: back again."
            ),
        ),
    ] = "to-polar"
    depth: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Roundness"), low=0.0, high=1.0, step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "1: a circle. 0: the outline of the picture."),
        ),
    ] = 1.0  # fmt: skip
    turn: Annotated[float, _angle(QT_TRANSLATE_NOOP("recipe", "Turn"))] = 0.0
    backwards: Annotated[bool, declare(QT_TRANSLATE_NOOP("recipe", "Anticlockwise"))] = False
    from_top: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Upper edge in the centre"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Off: the lower edge comes into the centre, as in a small planet."
            ),
        ),
    ] = False
    centre_x: Annotated[float, CENTRE_X] = 0.5
    centre_y: Annotated[float, CENTRE_Y] = 0.5
    edge: Annotated[Edge, EDGE] = "repeat-edge"
    sampling: Annotated[Sampling, SAMPLING] = "linear"


def _rim(angle: np.ndarray, width: float, height: float, depth: float) -> np.ndarray:
    """Distance from the middle to the rim, clockwise from the top: circle for depth 1, outline for 0."""
    sine, cosine = np.abs(np.sin(angle)), np.abs(np.cos(angle))
    outline = np.minimum(width / 2 / np.maximum(sine, 1e-9), height / 2 / np.maximum(cosine, 1e-9))
    return depth * min(width, height) / 2 + (1 - depth) * outline


def polar(parameters: Polar, place: Place) -> Bend:
    left, top, width, height = canvas_of(place)
    x0, y0 = left + parameters.centre_x * width, top + parameters.centre_y * height
    turn, sign = math.radians(parameters.turn), -1.0 if parameters.backwards else 1.0

    def to_polar(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        dx, dy = x - x0, y - y0
        angle = np.arctan2(dx, -dy)
        share = np.sqrt(dx * dx + dy * dy) / _rim(angle, width, height, parameters.depth)
        along = np.mod(sign * (angle - turn) / (2 * math.pi), 1.0)
        return left + along * width, top + (share if parameters.from_top else 1 - share) * height

    def from_polar(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        angle = sign * (x - left) / width * 2 * math.pi + turn
        share = (y - top) / height
        share = share if parameters.from_top else 1 - share
        distance = share * _rim(angle, width, height, parameters.depth)
        return x0 + distance * np.sin(angle), y0 - distance * np.cos(angle)

    where: Where = to_polar if parameters.direction == "to-polar" else from_polar
    return Bend(where, parameters.edge, parameters.sampling)


def _trim(title: str) -> msgspec.Meta:
    return declare(
        title, low=0.0, high=0.45, step=0.005,
        description=QT_TRANSLATE_NOOP("recipe", "Part of the picture at each of these edges that is not shown."),
    )  # fmt: skip


def _trimmed(values: np.ndarray, low: float, high: float, edge: Edge) -> np.ndarray:
    """Places along one axis brought between two edges, as what lies beyond them is to be found."""
    size = high - low
    if edge == "wrap":
        return low + np.mod(values - low, size)
    if edge == "mirrored":
        away = np.mod(values - low, 2 * size)
        return low + np.minimum(away, 2 * size - away)
    if edge == "transparent":
        return np.where((values < low) | (values > high), -FARTHEST, values)
    return np.clip(values, low + 0.5, high - 0.5)


class Kaleidoscope(msgspec.Struct, frozen=True, kw_only=True):
    mirrors: Annotated[
        int,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Mirrors"), low=1, high=64, soft_high=16,
            description=QT_TRANSLATE_NOOP("recipe", "Each gives two sectors."),
        ),
    ] = 6  # fmt: skip
    turn: Annotated[
        float,
        _angle(
            QT_TRANSLATE_NOOP("recipe", "Turn"), description=QT_TRANSLATE_NOOP("recipe", "Turns the result.")
        ),
    ] = 0.0
    from_angle: Annotated[
        float,
        _angle(
            QT_TRANSLATE_NOOP("recipe", "From angle"),
            description=QT_TRANSLATE_NOOP("recipe", "Which sector of the picture is shown."),
        ),
    ] = 0.0
    zoom: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Zoom"), low=0.1, high=10.0, soft_high=4.0, step=0.01)
    ] = 1.0
    centre_x: Annotated[float, CENTRE_X] = 0.5
    centre_y: Annotated[float, CENTRE_Y] = 0.5
    from_x: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Shown from across"), low=-1.0, high=1.0, step=0.005,
            description=QT_TRANSLATE_NOOP(
                "recipe", "How far from the centre the mirrors meet in the picture, in its widths."
            ),
        ),
    ] = 0.0  # fmt: skip
    from_y: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Shown from down"), low=-1.0, high=1.0, step=0.005,
            description=QT_TRANSLATE_NOOP("recipe", "The same in its heights."),
        ),
    ] = 0.0  # fmt: skip
    trim_x: Annotated[float, _trim(QT_TRANSLATE_NOOP("recipe", "Trim left and right"))] = 0.0
    trim_y: Annotated[float, _trim(QT_TRANSLATE_NOOP("recipe", "Trim above and below"))] = 0.0
    edge: Annotated[Edge, EDGE] = "mirrored"
    sampling: Annotated[Sampling, SAMPLING] = "linear"


def kaleidoscope(parameters: Kaleidoscope, place: Place) -> Bend:
    left, top, width, height = canvas_of(place)
    x0, y0 = left + parameters.centre_x * width, top + parameters.centre_y * height
    sector = math.pi / parameters.mirrors
    turn, start = math.radians(parameters.turn), math.radians(parameters.from_angle)
    x1, y1 = x0 + parameters.from_x * width, y0 + parameters.from_y * height
    across, down = parameters.trim_x * width, parameters.trim_y * height

    def where(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        dx, dy = x - x0, y - y0
        angle = np.mod(np.arctan2(dy, dx) - turn, 2 * sector)
        angle = np.where(angle > sector, 2 * sector - angle, angle) + start
        distance = np.sqrt(dx * dx + dy * dy) / parameters.zoom
        x, y = x1 + distance * np.cos(angle), y1 + distance * np.sin(angle)
        if across:
            x = _trimmed(x, left + across, left + width - across, parameters.edge)
        if down:
            y = _trimmed(y, top + down, top + height - down, parameters.edge)
        return x, y

    return Bend(where, parameters.edge, parameters.sampling)


def _bend(title: str, description: str = "") -> msgspec.Meta:
    return declare(title, low=-1.0, high=1.0, step=0.005, description=description)


class Lens(msgspec.Struct, frozen=True, kw_only=True):
    main: Annotated[
        float,
        _bend(
            QT_TRANSLATE_NOOP("recipe", "Distortion"),
            QT_TRANSLATE_NOOP("recipe", "Up: barrel. Down: pincushion."),
        ),
    ] = 0.2
    rim: Annotated[
        float,
        _bend(
            QT_TRANSLATE_NOOP("recipe", "At the rim"),
            QT_TRANSLATE_NOOP("recipe", "More or less of it far outside."),
        ),
    ] = 0.0
    zoom: Annotated[
        float, declare(QT_TRANSLATE_NOOP("recipe", "Zoom"), low=0.1, high=10.0, soft_high=3.0, step=0.01)
    ] = 1.0
    centre_x: Annotated[float, CENTRE_X] = 0.5
    centre_y: Annotated[float, CENTRE_Y] = 0.5
    brighten: Annotated[
        float,
        _bend(
            QT_TRANSLATE_NOOP("recipe", "Brighten the rim"),
            QT_TRANSLATE_NOOP("recipe", "Against dark corners; down: darker."),
        ),
    ] = 0.0
    edge: Annotated[Edge, EDGE] = "repeat-edge"
    sampling: Annotated[Sampling, SAMPLING] = "linear"


def lens(parameters: Lens, place: Place) -> Bend:
    left, top, width, height = canvas_of(place)
    x0, y0 = left + parameters.centre_x * width, top + parameters.centre_y * height
    scale = 4 / (width * width + height * height)

    def where(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        dx, dy = x - x0, y - y0
        square = (dx * dx + dy * dy) * scale
        factor = (1 + square * (parameters.main + square * parameters.rim)) / parameters.zoom
        return x0 + dx * factor, y0 + dy * factor

    def brightened(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        dx, dy = x - x0, y - y0
        gain = 1 + parameters.brighten * np.float32(scale) * (dx * dx + dy * dy).astype(np.float32)
        return np.maximum(gain, 0)

    gain = brightened if parameters.brighten else None
    return Bend(where, parameters.edge, parameters.sampling, gain)


def _corner(title: str) -> msgspec.Meta:
    return declare(title, low=-1.0, high=2.0, step=0.001)


class Perspective(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``perspective``: where the corners of the picture go, as parts of its width and height."""

    left_top_x: Annotated[float, _corner(QT_TRANSLATE_NOOP("recipe", "Upper left: across"))] = 0.0
    left_top_y: Annotated[float, _corner(QT_TRANSLATE_NOOP("recipe", "Upper left: down"))] = 0.0
    right_top_x: Annotated[float, _corner(QT_TRANSLATE_NOOP("recipe", "Upper right: across"))] = 1.0
    right_top_y: Annotated[float, _corner(QT_TRANSLATE_NOOP("recipe", "Upper right: down"))] = 0.0
    right_bottom_x: Annotated[float, _corner(QT_TRANSLATE_NOOP("recipe", "Lower right: across"))] = 1.0
    right_bottom_y: Annotated[float, _corner(QT_TRANSLATE_NOOP("recipe", "Lower right: down"))] = 1.0
    left_bottom_x: Annotated[float, _corner(QT_TRANSLATE_NOOP("recipe", "Lower left: across"))] = 0.0
    left_bottom_y: Annotated[float, _corner(QT_TRANSLATE_NOOP("recipe", "Lower left: down"))] = 1.0
    edge: Annotated[Edge, EDGE] = "transparent"
    sampling: Annotated[Sampling, SAMPLING] = "linear"


def perspective(parameters: Perspective, place: Place) -> Bend | None:
    left, top, width, height = canvas_of(place)
    names = ("left_top", "right_top", "right_bottom", "left_bottom")
    one, two, three, four = (
        (left + getattr(parameters, f"{name}_x") * width, top + getattr(parameters, f"{name}_y") * height)
        for name in names
    )
    laid = homography.to_quad((left, top, left + width, top + height), (one, two, three, four))
    back = homography.inverted(laid) if laid is not None else None
    if back is None:
        return None
    m = back

    def where(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        w = m[6] * x + m[7] * y + m[8]
        seen = w > 1e-9
        safe = np.where(seen, w, 1.0)
        across, down = (m[0] * x + m[1] * y + m[2]) / safe, (m[3] * x + m[4] * y + m[5]) / safe
        return np.where(seen, across, homography.NOWHERE), np.where(seen, down, homography.NOWHERE)

    return Bend(where, parameters.edge, parameters.sampling)


def _whole(
    name: str,
    description: str,
    parameters: type[msgspec.Struct],
    bend: BendOf,
    neutral: tuple[tuple[str, float], ...] = (),
) -> FilterKind:
    stream = streamed(bend)
    stepwise = in_one(stream)
    return FilterKind(
        name=name,
        version=1,
        description=description,
        parameters=parameters,
        function=at_once(stepwise),
        stepwise=stepwise,
        stream=stream,
        whole=True,
        at_scale="rescaled",
        neutral=neutral,
    )


SWIRL = _whole(
    "swirl",
    QT_TRANSLATE_NOOP(
        "recipe",
        "A pixel at the offset o from the centre takes the colour at R(−w(1 − d)²) · o · sin(πd/2)^(−p): d the length of "
        "o divided by radius times half the width and height, at most 1, w the whirl, p the pinch, R the turn in units of "
        "that ellipse (the mapping of whirl and pinch in GEGL). Places are rounded to 1/32 pixel.",
    ),
    Swirl,
    swirl,
)
POLAR = _whole(
    "polar",
    QT_TRANSLATE_NOOP(
        "recipe",
        "To polar: a pixel at angle φ (clockwise from the top) and distance r from the centre takes the colour at "
        "((φ − turn) / 2π, 1 − r / R) as parts of width and height, or r / R with the upper edge in the centre; R mixes "
        "half the shorter side and the distance to the outline by roundness. From polar is the inverse mapping (Gonzalez "
        "and Woods, Digital Image Processing, ch. 2, geometric transformations). Places are rounded to 1/32 pixel.",
    ),
    Polar,
    polar,
)
KALEIDOSCOPE = _whole(
    "kaleidoscope",
    QT_TRANSLATE_NOOP(
        "recipe",
        "With s = π / mirrors, a pixel at angle φ and distance r from the centre takes the colour at distance r / zoom "
        "and angle a + from angle, a = (φ − turn) mod 2s, or 2s − a where that is more than s: the reflections of the "
        "dihedral group of order 2 · mirrors; both count from the centre, in the picture moved by what it is shown from. What is "
        "trimmed lies beyond the edge. Places are rounded to 1/32 pixel.",
    ),
    Kaleidoscope,
    kaleidoscope,
)
LENS = _whole(
    "lens",
    QT_TRANSLATE_NOOP(
        "recipe",
        "A pixel at the offset o from the centre takes the colour at o · (1 + k1·q + k2·q²) / zoom, q = |o|² · 4 / "
        "(width² + height²), k1 the distortion and k2 what is added at the rim (Brown, Decentering distortion of lenses, "
        "1966); encoded colours are multiplied by 1 + b·q, b the brightening, at least 0. Places are rounded to 1/32 pixel.",
    ),
    Lens,
    lens,
    (("main", 0), ("rim", 0), ("zoom", 1), ("brighten", 0)),
)
PERSPECTIVE = _whole(
    "perspective",
    QT_TRANSLATE_NOOP(
        "recipe",
        "The homography that lays the corners of the picture on the four given places (Heckbert, 1989, section 2.2.3): "
        "a pixel takes the colour at its image under the inverse, x' = (m0·x + m1·y + m2) / (m6·x + m7·y + m8) and "
        "likewise y'. Corners that make no convex four-sided figure change nothing. Places are rounded to 1/32 pixel.",
    ),
    Perspective,
    perspective,
)

KINDS = (SWIRL, POLAR, KALEIDOSCOPE, LENS, PERSPECTIVE)
