"""Tone mapping: light of any strength brought to what a screen can show."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters.kind import FilterKind, Halves, Rows, Steps, at_once, finished
from studio.filters.planes import Planes, from_light, luma, recolouring, straight_planes, to_light
from studio.raster.strips import row_strips
from studio.recipe import QT_TRANSLATE_NOOP, declare

WORDS = (
    QT_TRANSLATE_NOOP("recipe", "reinhard"),
    QT_TRANSLATE_NOOP("recipe", "photoreceptor"),
    QT_TRANSLATE_NOOP("recipe", "drago"),
    QT_TRANSLATE_NOOP("recipe", "hable"),
    QT_TRANSLATE_NOOP("recipe", "aces"),
)
"""Words of the choices below, which their declarations hold as plain literals."""
LEAST = 1e-4
"""Luminance below it counts as it in means of logarithms."""
_BY_LUMINANCE = ("reinhard", "drago")


class ToneMapping(msgspec.Struct, frozen=True, kw_only=True):
    operator: Annotated[
        Literal["reinhard", "photoreceptor", "drago", "hable", "aces"],
        declare(
            QT_TRANSLATE_NOOP("recipe", "Operator"),
            description=QT_TRANSLATE_NOOP(
                "recipe",
                "Reinhard, photoreceptor and Drago look at the whole picture; Hable and ACES do not.",
            ),
        ),
    ] = "reinhard"
    exposure: Annotated[
        float,
        declare(QT_TRANSLATE_NOOP("recipe", "Exposure"), low=-10.0, high=10.0, step=0.05, unit="EV"),
    ] = 0.0
    key: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Middle grey"),
            low=0.01,
            high=1.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP(
                "recipe", "What the average light becomes before it is compressed."
            ),
            when={"operator": ("reinhard",)},
        ),
    ] = 0.18
    white: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "White at"),
            low=0.0,
            high=100.0,
            soft_high=20.0,
            step=0.1,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Light that becomes white; 0: the brightest of the picture."
            ),
            when={"operator": ("reinhard", "hable")},
        ),
    ] = 0.0
    bias: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Bias"),
            low=0.5,
            high=1.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "Lower: dark places become lighter."),
            when={"operator": ("drago",)},
        ),
    ] = 0.85
    brightness: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Brightness"),
            low=-8.0,
            high=8.0,
            step=0.1,
            when={"operator": ("photoreceptor",)},
        ),
    ] = 0.0
    contrast: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Contrast"),
            low=0.0,
            high=1.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "0: found from the picture."),
            when={"operator": ("photoreceptor",)},
        ),
    ] = 0.0
    chromatic: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Chromatic adaptation"),
            low=0.0,
            high=1.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "1: each channel for itself, which removes a cast."),
            when={"operator": ("photoreceptor",)},
        ),
    ] = 0.0
    light: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Light adaptation"),
            low=0.0,
            high=1.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "0: to the whole picture. 1: to each pixel."),
            when={"operator": ("photoreceptor",)},
        ),
    ] = 1.0
    saturation: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Saturation"),
            low=0.0,
            high=2.0,
            step=0.01,
            when={"operator": _BY_LUMINANCE},
        ),
    ] = 1.0


class Light(msgspec.Struct, frozen=True, kw_only=True):
    """What a picture's linear light is like: mean of the logarithm of luminance, extremes, means of the channels."""

    log_mean: float
    least: float
    most: float
    means: tuple[float, float, float]
    mean: float


def measured(pixels: np.ndarray, exposure: float = 0.0) -> Light:
    """Light of all pixels that are not transparent, multiplied by 2^exposure; 1 everywhere where there are none."""
    return finished(measuring(pixels, exposure))


def measuring(pixels: Rows, exposure: float) -> Generator[None, None, Light]:
    """:func:`measured` strip by strip."""
    count, logs, least, most = 0, 0.0, math.inf, 0.0
    sums = np.zeros(4)
    gain = np.float32(2**exposure)
    for rows in row_strips(pixels.shape):
        with np.errstate(all="ignore"):
            colours, alpha = straight_planes(pixels[rows])
            seen = alpha > 0
            light = [np.maximum(to_light(plane), 0) * gain for plane in colours]
            luminance = luma(light)[seen]
            if luminance.size:
                count += luminance.size
                logs += float(np.log(np.maximum(luminance, np.float32(LEAST))).sum(dtype=np.float64))
                least, most = min(least, float(luminance.min())), max(most, float(luminance.max()))
                sums += [float(plane[seen].sum(dtype=np.float64)) for plane in light] + [
                    float(luminance.sum(dtype=np.float64))
                ]
        yield
    if not count:
        return Light(log_mean=0.0, least=1.0, most=1.0, means=(1.0, 1.0, 1.0), mean=1.0)
    red, green, blue, mean = (float(part) for part in sums / count)
    return Light(
        log_mean=logs / count,
        least=max(least, LEAST),
        most=max(most, LEAST),
        means=(red, green, blue),
        mean=mean,
    )


def tone_mapping(pixels: np.ndarray, parameters: ToneMapping, known: Light) -> Steps:
    operator = _OPERATORS[parameters.operator]
    gain = np.float32(2**parameters.exposure)

    def work(colours: Planes) -> Planes:
        light = [np.maximum(to_light(plane), 0) * gain for plane in colours]
        return [from_light(np.clip(plane, 0, 1)) for plane in operator(light, parameters, known)]

    return (yield from recolouring(pixels, work))


def _scaled(light: Planes, before: np.ndarray, after: np.ndarray, saturation: float) -> Planes:
    """(channel / luminance)^saturation · new luminance."""
    safe = np.maximum(before, np.float32(1e-9))
    if saturation == 1:
        factor = after / safe
        return [plane * factor for plane in light]
    return [np.power(plane / safe, np.float32(saturation)) * after for plane in light]


def _reinhard(light: Planes, parameters: ToneMapping, known: Light) -> Planes:
    luminance = luma(light)
    scale = parameters.key / math.exp(known.log_mean)
    bright = parameters.white or known.most * scale
    scaled = luminance * np.float32(scale)
    made = scaled * (1 + scaled * np.float32(1 / bright**2)) / (1 + scaled)
    return _scaled(light, luminance, made, parameters.saturation)


def _drago(light: Planes, parameters: ToneMapping, known: Light) -> Planes:
    luminance = luma(light)
    average = math.exp(known.log_mean)
    most = known.most / average
    scaled = luminance * np.float32(1 / average)
    power = math.log(parameters.bias) / math.log(0.5)
    below = np.log(2 + 8 * np.power(np.minimum(scaled * np.float32(1 / most), 1), np.float32(power)))
    made = np.log1p(scaled) / below * np.float32(1 / math.log10(1 + most))
    return _scaled(light, luminance, made, parameters.saturation)


def _photoreceptor(light: Planes, parameters: ToneMapping, known: Light) -> Planes:
    luminance = luma(light)
    contrast = parameters.contrast or _contrast(known)
    strength, own = math.exp(-parameters.brightness), np.float32(parameters.chromatic)
    near = np.float32(parameters.light)
    made = []
    for plane, mean in zip(light, known.means, strict=True):
        local = own * plane + (1 - own) * luminance
        everywhere = parameters.chromatic * mean + (1 - parameters.chromatic) * known.mean
        adapted = near * local + (1 - near) * np.float32(everywhere)
        below = plane + np.power(np.float32(strength) * adapted, np.float32(contrast))
        made.append(np.divide(plane, below, out=np.zeros_like(plane), where=below > 0))
    return made


def _contrast(known: Light) -> float:
    """0.3 + 0.7 k^1.4 with the key k of the picture."""
    span = math.log(known.most) - math.log(known.least)
    key = (math.log(known.most) - known.log_mean) / span if span > 1e-6 else 0.5
    return 0.3 + 0.7 * min(max(key, 0.0), 1.0) ** 1.4


def _hable_curve(x: np.ndarray | float) -> np.ndarray | float:
    return (x * (0.15 * x + 0.05) + 0.004) / (x * (0.15 * x + 0.5) + 0.06) - 0.02 / 0.3


def _hable(light: Planes, parameters: ToneMapping, _known: Light) -> Planes:
    top = float(_hable_curve(parameters.white or 11.2))
    made = []
    for plane in light:
        # beyond this the curve is level to the last digit, and its squares would overflow
        bounded = np.minimum(plane * np.float32(2), np.float32(1e9))
        made.append(np.asarray(_hable_curve(bounded) * np.float32(1 / top), np.float32))
    return made


def _aces(light: Planes, _parameters: ToneMapping, _known: Light) -> Planes:
    made = []
    for plane in light:
        x = np.minimum(plane, np.float32(1e9))
        made.append(
            x
            * (np.float32(2.51) * x + np.float32(0.03))
            / (x * (np.float32(2.43) * x + np.float32(0.59)) + np.float32(0.14))
        )
    return made


_OPERATORS = {
    "reinhard": _reinhard,
    "photoreceptor": _photoreceptor,
    "drago": _drago,
    "hable": _hable,
    "aces": _aces,
}

_HALVES = Halves(lambda pixels, parameters: measuring(pixels, parameters.exposure), tone_mapping)
TONE_MAPPING = FilterKind(
    name="tone-mapping",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "In linear light x of sRGB (IEC 61966-2-1) times 2^E, negative values as 0, Y the luminance (Rec. 709), m its "
        "geometric mean (below 10⁻⁴ as that), M its greatest value; the result is cut to 0–1 and encoded again. Reinhard "
        "(2002): Z = k·Y / m, Y' = Z(1 + Z / w²) / (1 + Z), k the middle grey, w the white or M·k / m. Drago (2003): "
        "Z = Y / m, N = M / m, Y' = ln(1 + Z) / (log10(1 + N) · ln(2 + 8(Z / N)^(ln b / ln ½))); in both the channels "
        "become (x / Y)^s · Y'. Photoreceptor (Reinhard and Devlin, 2005, without its last stretch): "
        "x / (x + (e^−f · A)^c), A = l(h·x + (1 − h)Y) + (1 − l)(h·mean x + (1 − h)·mean Y), f the brightness, c the "
        "contrast or 0.3 + 0.7((ln M − ln m) / (ln M − ln least Y))^1.4. Hable (2010): h(2x) / h(w or 11.2), h(x) = "
        "(x(0.15x + 0.05) + 0.004) / (x(0.15x + 0.5) + 0.06) − 1/15. ACES (fit of Narkowicz, 2015): "
        "x(2.51x + 0.03) / (x(2.43x + 0.59) + 0.14).",
    ),
    parameters=ToneMapping,
    function=at_once(_HALVES.stepwise),
    stepwise=_HALVES.stepwise,
    halves=_HALVES,
    whole=True,
    at_scale="rescaled",
)

KINDS = (TONE_MAPPING,)
