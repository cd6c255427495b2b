"""Red, green and blue mixed anew: colour balance, channel mixer, white balance."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Place
from studio.filters.planes import Matrix, Planes, from_light, luma, mixed, recoloured, to_light
from studio.recipe import QT_TRANSLATE_NOOP, declare

WORDS = (
    QT_TRANSLATE_NOOP("recipe", "encoded"),
    QT_TRANSLATE_NOOP("recipe", "linear-light"),
    QT_TRANSLATE_NOOP("recipe", "bradford"),
    QT_TRANSLATE_NOOP("recipe", "cat16"),
    QT_TRANSLATE_NOOP("recipe", "camera"),
)
"""Words of the choices below, which their declarations hold as plain literals."""
RANGES = ("shadows", "midtones", "highlights")


def _push(title: str, description: str = "") -> msgspec.Meta:
    return declare(title, low=-1.0, high=1.0, step=0.01, description=description)


_CYAN_RED = QT_TRANSLATE_NOOP("recipe", "Down to cyan, up to red.")
_MAGENTA_GREEN = QT_TRANSLATE_NOOP("recipe", "Down to magenta, up to green.")
_YELLOW_BLUE = QT_TRANSLATE_NOOP("recipe", "Down to yellow, up to blue.")


class ColourBalance(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``colour-balance``: three pushes for each of three ranges of tone."""

    shadows_red: Annotated[float, _push(QT_TRANSLATE_NOOP("recipe", "Shadows: red"), _CYAN_RED)] = 0.0
    shadows_green: Annotated[float, _push(QT_TRANSLATE_NOOP("recipe", "Shadows: green"), _MAGENTA_GREEN)] = (
        0.0
    )
    shadows_blue: Annotated[float, _push(QT_TRANSLATE_NOOP("recipe", "Shadows: blue"), _YELLOW_BLUE)] = 0.0
    midtones_red: Annotated[float, _push(QT_TRANSLATE_NOOP("recipe", "Midtones: red"), _CYAN_RED)] = 0.0
    midtones_green: Annotated[
        float, _push(QT_TRANSLATE_NOOP("recipe", "Midtones: green"), _MAGENTA_GREEN)
    ] = 0.0
    midtones_blue: Annotated[float, _push(QT_TRANSLATE_NOOP("recipe", "Midtones: blue"), _YELLOW_BLUE)] = 0.0
    highlights_red: Annotated[float, _push(QT_TRANSLATE_NOOP("recipe", "Highlights: red"), _CYAN_RED)] = 0.0
    highlights_green: Annotated[
        float, _push(QT_TRANSLATE_NOOP("recipe", "Highlights: green"), _MAGENTA_GREEN)
    ] = 0.0
    highlights_blue: Annotated[
        float, _push(QT_TRANSLATE_NOOP("recipe", "Highlights: blue"), _YELLOW_BLUE)
    ] = 0.0
    keep_luminosity: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Keep luminosity"),
            description=QT_TRANSLATE_NOOP("recipe", "Only the colour changes, not how light it is."),
        ),
    ] = True


def range_weights(tone: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How much tones 0–1 count as shadows, midtones and highlights; the three add up to 1.

    Shadows fade from 1/6 to 1/2, highlights rise from 1/2 to 5/6.
    """
    shadows = np.clip((np.float32(0.5) - tone) * np.float32(3), 0, 1)
    highlights = np.clip((tone - np.float32(0.5)) * np.float32(3), 0, 1)
    return shadows, 1 - shadows - highlights, highlights


STRONGEST = 0.3
"""What a full push adds."""


def colour_balance(pixels: np.ndarray, parameters: ColourBalance, _place: Place) -> np.ndarray:
    pushes = [
        [STRONGEST * getattr(parameters, f"{span}_{channel}") for span in RANGES]
        for channel in ("red", "green", "blue")
    ]

    def work(colours: Planes) -> Planes:
        before = luma(colours)
        shares = range_weights(before)
        made = []
        for plane, own in zip(colours, pushes, strict=True):
            new = plane.copy()
            for share, push in zip(shares, own, strict=True):
                if push:
                    new += share * np.float32(push)
            made.append(new)
        return _at_luma(made, before) if parameters.keep_luminosity else made

    return recoloured(pixels, work)


def _at_luma(colours: Planes, wanted: np.ndarray) -> Planes:
    """Colours brought to the luma ``wanted`` by adding the same to all three."""
    missing = wanted - luma(colours)
    return [plane + missing for plane in colours]


def _part(title: str) -> msgspec.Meta:
    return declare(title, low=-2.0, high=2.0, step=0.01)


class ChannelMixer(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``channel-mixer``: what each new channel takes of the old ones."""

    red_from_red: Annotated[float, _part(QT_TRANSLATE_NOOP("recipe", "Red: from red"))] = 1.0
    red_from_green: Annotated[float, _part(QT_TRANSLATE_NOOP("recipe", "Red: from green"))] = 0.0
    red_from_blue: Annotated[float, _part(QT_TRANSLATE_NOOP("recipe", "Red: from blue"))] = 0.0
    red_constant: Annotated[float, _part(QT_TRANSLATE_NOOP("recipe", "Red: constant"))] = 0.0
    green_from_red: Annotated[float, _part(QT_TRANSLATE_NOOP("recipe", "Green: from red"))] = 0.0
    green_from_green: Annotated[float, _part(QT_TRANSLATE_NOOP("recipe", "Green: from green"))] = 1.0
    green_from_blue: Annotated[float, _part(QT_TRANSLATE_NOOP("recipe", "Green: from blue"))] = 0.0
    green_constant: Annotated[float, _part(QT_TRANSLATE_NOOP("recipe", "Green: constant"))] = 0.0
    blue_from_red: Annotated[float, _part(QT_TRANSLATE_NOOP("recipe", "Blue: from red"))] = 0.0
    blue_from_green: Annotated[float, _part(QT_TRANSLATE_NOOP("recipe", "Blue: from green"))] = 0.0
    blue_from_blue: Annotated[float, _part(QT_TRANSLATE_NOOP("recipe", "Blue: from blue"))] = 1.0
    blue_constant: Annotated[float, _part(QT_TRANSLATE_NOOP("recipe", "Blue: constant"))] = 0.0
    monochrome: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Monochrome"),
            description=QT_TRANSLATE_NOOP("recipe", "The numbers of red make one grey."),
        ),
    ] = False
    keep_luminosity: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Keep luminosity"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "What a channel takes is divided by its sum: white stays."
            ),
        ),
    ] = False
    space: Annotated[
        Literal["encoded", "linear-light"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Values"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Encoded: evenly spaced to the eye. Linear light: as a camera counts it."
            ),
        ),
    ] = "encoded"


def _rows(parameters: ChannelMixer) -> tuple[list[list[float]], list[float]]:
    """The 3×3 matrix and the constants."""
    channels = ("red", "red", "red") if parameters.monochrome else ("red", "green", "blue")
    rows = [
        [getattr(parameters, f"{one}_from_{other}") for other in ("red", "green", "blue")] for one in channels
    ]
    if parameters.keep_luminosity:
        sums = [sum(row) for row in rows]
        rows = [
            [part / total for part in row] if abs(total) > 1e-6 else row
            for row, total in zip(rows, sums, strict=True)
        ]
    return rows, [getattr(parameters, f"{one}_constant") for one in channels]


def channel_mixer(pixels: np.ndarray, parameters: ChannelMixer, _place: Place) -> np.ndarray:
    rows, constants = _rows(parameters)
    light = parameters.space == "linear-light"

    def work(colours: Planes) -> Planes:
        made = mixed(rows, [to_light(plane) for plane in colours] if light else colours)
        for plane, constant in zip(made, constants, strict=True):
            if constant:
                plane += np.float32(constant)
        return [from_light(plane) for plane in made] if light else made

    return recoloured(pixels, work)


class WhiteBalance(msgspec.Struct, frozen=True, kw_only=True):
    """Parameters of ``white-balance``: the light in which the picture was taken, and the one it shall seem to be in."""

    taken: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Taken in"),
            low=1667.0,
            high=25000.0,
            soft_high=12000.0,
            step=10.0,
            unit="K",
            description=QT_TRANSLATE_NOOP(
                "recipe", "Temperature of the light there was: candle 1900, lamp 2900, sun 5500, shade 7500."
            ),
        ),
    ] = 6504.0
    shown: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Shown in"),
            low=1667.0,
            high=25000.0,
            soft_high=12000.0,
            step=10.0,
            unit="K",
            description=QT_TRANSLATE_NOOP("recipe", "Temperature of the light it shall seem to be in."),
        ),
    ] = 6504.0
    tint: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Tint"),
            low=-1.0,
            high=1.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "Down to green, up to magenta."),
        ),
    ] = 0.0
    method: Annotated[
        Literal["bradford", "cat16", "camera"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Method"),
            description=QT_TRANSLATE_NOOP(
                "recipe", "Bradford and CAT16: as the eye adapts. Camera: red, green and blue are multiplied."
            ),
        ),
    ] = "bradford"
    keep_luminosity: Annotated[
        bool,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Keep luminosity"),
            description=QT_TRANSLATE_NOOP("recipe", "Only the colour changes, not how light it is."),
        ),
    ] = False


# IEC 61966-2-1 from linear red, green, blue to CIE XYZ, white D65.
_TO_XYZ = np.array(
    [
        [0.4123907993, 0.3575843394, 0.1804807884],
        [0.2126390059, 0.7151686788, 0.0721923154],
        [0.0193308187, 0.1191947798, 0.9505321522],
    ]
)
_SHARPENED = {
    "bradford": np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]),
    "cat16": np.array(
        [[0.401288, 0.650173, -0.051461], [-0.250268, 1.204414, 0.045854], [-0.002079, 0.048952, 0.953127]]
    ),
    "camera": np.linalg.inv(_TO_XYZ),
}
"""From XYZ to the responses that are scaled: Lam 1985 (Bradford), Li et al. 2017 (CAT16), the picture's own channels."""
TINT = 0.02
"""What a full tint moves v in CIE 1960 (u, v)."""


def chromaticity(kelvin: float) -> tuple[float, float]:
    """(x, y) of a black body, 1667–25000 K (Kim et al., US patent 7024034, 2002: cubic splines of the Planckian locus)."""
    t = 1e3 / kelvin
    if kelvin <= 4000:
        x = -0.2661239 * t**3 - 0.2343589 * t**2 + 0.8776956 * t + 0.179910
    else:
        x = -3.0258469 * t**3 + 2.1070379 * t**2 + 0.2226347 * t + 0.240390
    if kelvin <= 2222:
        y = -1.1063814 * x**3 - 1.34811020 * x**2 + 2.18555832 * x - 0.20219683
    elif kelvin <= 4000:
        y = -0.9549476 * x**3 - 1.37418593 * x**2 + 2.09137015 * x - 0.16748867
    else:
        y = 3.0817580 * x**3 - 5.87338670 * x**2 + 3.75112997 * x - 0.37001483
    return x, y


def _uv(x: float, y: float) -> np.ndarray:
    """(u, v) of CIE 1960."""
    return np.array([4 * x, 6 * y]) / (-2 * x + 12 * y + 3)


COLDEST, HOTTEST = 1667.0, 25000.0
"""Kelvin: the ends of the Planckian locus that :func:`chromaticity` knows."""
LAMP, DAYLIGHT = 2856.0, 6504.0
"""Temperatures of CIE illuminant A, which is a black body, and of D65, which is not quite one."""
_D65 = (0.31272, 0.32903)


def white(kelvin: float, tint: float = 0.0) -> np.ndarray:
    """XYZ (Y = 1) of a lamp or daylight, moved by ``tint`` in v of CIE 1960: above 0 to green."""
    share = min(max((1 / LAMP - 1 / kelvin) / (1 / LAMP - 1 / DAYLIGHT), 0.0), 1.0)
    u, v = _uv(*chromaticity(kelvin)) + share * (_uv(*_D65) - _uv(*chromaticity(DAYLIGHT)))
    v += tint
    x, y = 3 * u / (2 * u - 8 * v + 4), 2 * v / (2 * u - 8 * v + 4)
    return np.array([x / y, 1.0, (1 - x - y) / y])


def light_of(colour: tuple[float, float, float]) -> tuple[float, float] | None:
    """(kelvin, tint) of the light in which an encoded sRGB colour is a grey, or the nearest that the parameters allow; None for
    black. The colour's u of CIE 1960 says the temperature, the rest of its v the tint."""
    linear = np.array([float(to_light(np.array([value], np.float32))[0]) for value in colour])
    x, y, z = _TO_XYZ @ np.maximum(linear, 0)
    total = x + 15 * y + 3 * z
    if total < 1e-6:
        return None
    u, v = 4 * x / total, 6 * y / total
    low, high = COLDEST, HOTTEST
    for _ in range(60):  # u falls as the temperature rises
        middle = (low * high) ** 0.5
        low, high = (middle, high) if _uv_of(white(middle))[0] > u else (low, middle)
    kelvin = round((low * high) ** 0.5, 1)
    tint = (v - _uv_of(white(kelvin))[1]) / TINT
    return float(kelvin), round(min(max(float(tint), -1.0), 1.0), 4)


def _uv_of(xyz: np.ndarray) -> np.ndarray:
    x, y, z = xyz
    return np.array([4 * x, 6 * y]) / (x + 15 * y + 3 * z)


def adaptation(parameters: WhiteBalance) -> Matrix:
    """The 3×3 matrix on linear red, green and blue."""
    sharpened = _SHARPENED[parameters.method]
    before = sharpened @ white(parameters.taken, TINT * parameters.tint)
    after = sharpened @ white(parameters.shown)
    scaled = np.linalg.inv(sharpened) @ np.diag(after / before) @ sharpened
    return (np.linalg.inv(_TO_XYZ) @ scaled @ _TO_XYZ).tolist()


def white_balance(pixels: np.ndarray, parameters: WhiteBalance, _place: Place) -> np.ndarray:
    matrix = adaptation(parameters)

    def work(colours: Planes) -> Planes:
        light = [to_light(plane) for plane in colours]
        made = mixed(matrix, light)
        if parameters.keep_luminosity:
            before, after = luma(light), luma(made)
            factor = np.divide(before, after, out=np.ones_like(before), where=after > np.float32(1e-6))
            made = [plane * np.clip(factor, 0, 16) for plane in made]
        return [from_light(plane) for plane in made]

    return recoloured(pixels, work)


COLOUR_BALANCE = FilterKind(
    name="colour-balance",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "To each encoded channel is added 0.3 · (s·S + m·M + h·H), S, M and H its pushes for shadows, midtones and "
        "highlights; with the luma Y = 0.2126 r + 0.7152 g + 0.0722 b (Rec. 709) s = clip(3(½ − Y)), "
        "h = clip(3(Y − ½)), m = 1 − s − h, clip cutting to 0–1. To keep luminosity, the same amount is then added to "
        "all three so that Y stays. Values above 1 survive.",
    ),
    parameters=ColourBalance,
    function=colour_balance,
)

CHANNEL_MIXER = FilterKind(
    name="channel-mixer",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Each new channel is a sum a·r + b·g + c·b + k of the old ones, encoded or in linear light (decoded by the sRGB "
        "curve, IEC 61966-2-1, and encoded again); monochrome uses the sum of red for all three. To keep luminosity, "
        "a, b and c are divided by their sum where that is not 0. A matrix on colour as in any textbook (Gonzalez and "
        "Woods, Digital Image Processing, ch. 6). Values above 1 survive.",
    ),
    parameters=ChannelMixer,
    function=channel_mixer,
)

WHITE_BALANCE = FilterKind(
    name="white-balance",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "In linear light of sRGB (IEC 61966-2-1), encoded again after: colours go to CIE XYZ, by the matrix of the method "
        "to three responses, which are multiplied by those of the wanted white over those of the white there was, and "
        "back (von Kries; Bradford by Lam, 1985; CAT16 by Li et al., 2017; camera takes the responses red, green, blue). "
        "A white is that of a black body by the cubics of Kim et al. (2002), moved in (u, v) of CIE 1960 by the way from "
        "that of 6504 K to D65, in shares that rise evenly with 1/T from 0 at 2856 K to 1 at 6504 K, and the one there "
        "was by 0.02 × tint in v. To keep luminosity all is multiplied so that Y stays, at most 16 times. Values above 1 survive.",
    ),
    parameters=WhiteBalance,
    function=white_balance,
    neutral=(("taken", 6504), ("shown", 6504), ("tint", 0)),
)

KINDS = (COLOUR_BALANCE, CHANNEL_MIXER, WHITE_BALANCE)
