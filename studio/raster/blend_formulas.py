"""What each blend mode means: formulas on straight colours, and operators on premultiplied ones.

Sources: W3C Compositing and Blending Level 1 (10.1 separable, 10.2 non-separable, 9.1 Porter-Duff); the modes beyond it
as Photoshop defines them. Every function takes arrays [..., 3] (formulas) or [..., 4] (operators) of any float type.
"""

from __future__ import annotations

import numpy as np

_WEIGHTS = (0.3, 0.59, 0.11)


def _divide(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """a / b where b > 0, else 0."""
    return np.divide(a, b, out=np.zeros(np.broadcast(a, b).shape, np.result_type(a, b)), where=b > 0)


def straight(pixels: np.ndarray) -> np.ndarray:
    """Straight colours [..., 3] of premultiplied pixels [..., 4]; 0 where alpha is 0."""
    return _divide(pixels[..., :3], pixels[..., 3:])


def normal(_cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    return cs


def multiply(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    return cb * cs


def screen(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    return cb + cs - cb * cs


def hard_light(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    return np.where(cs <= 0.5, cb * 2 * cs, screen(cb, 2 * cs - 1))


def overlay(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    return hard_light(cs, cb)


def darken(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    return np.minimum(cb, cs)


def lighten(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    return np.maximum(cb, cs)


def colour_dodge(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    bright = np.where(cs >= 1, 1.0, np.minimum(1, _divide(cb, 1 - cs))).astype(cb.dtype)
    return np.where(cb == 0, np.zeros_like(cb), bright)


def colour_burn(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    dark = np.where(cs <= 0, 0.0, 1 - np.minimum(1, _divide(1 - cb, cs))).astype(cb.dtype)
    return np.where(cb >= 1, np.ones_like(cb), dark)


def soft_light(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    curve = np.where(cb <= 0.25, ((16 * cb - 12) * cb + 4) * cb, np.sqrt(np.maximum(cb, 0)))
    return np.where(cs <= 0.5, cb - (1 - 2 * cs) * cb * (1 - cb), cb + (2 * cs - 1) * (curve - cb))


def difference(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    return np.abs(cb - cs)


def exclusion(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    return cb + cs - 2 * cb * cs


def linear_burn(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    return np.maximum(cb + cs - 1, 0)


def linear_light(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    return np.clip(cb + 2 * cs - 1, 0, 1)


def vivid_light(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    return np.where(cs <= 0.5, colour_burn(cb, 2 * cs), colour_dodge(cb, 2 * cs - 1))


def pin_light(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    return np.where(cs <= 0.5, np.minimum(cb, 2 * cs), np.maximum(cb, 2 * cs - 1))


def hard_mix(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    return (cb + cs >= 1).astype(cb.dtype)


def subtract(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    return np.maximum(cb - cs, 0)


def divide(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    bright = np.where(cs <= 0, 1.0, np.minimum(1, _divide(cb, cs))).astype(cb.dtype)
    return np.where(cb == 0, np.zeros_like(cb), bright)


def add(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    """min(1, cb + cs); where one of the two is above 1 already, the brighter one stays."""
    return np.minimum(cb + cs, np.maximum(1, np.maximum(cb, cs)))


def luminosity_of(colour: np.ndarray) -> np.ndarray:
    """Lum(C) of the specification, [..., 1]."""
    red, green, blue = (colour[..., i : i + 1] for i in range(3))
    return _WEIGHTS[0] * red + _WEIGHTS[1] * green + _WEIGHTS[2] * blue


def _clip_colour(colour: np.ndarray) -> np.ndarray:
    lum = luminosity_of(colour)
    low = colour.min(-1, keepdims=True)
    high = colour.max(-1, keepdims=True)
    colour = np.where(low < 0, lum + _divide((colour - lum) * lum, lum - low), colour)
    return np.where(high > 1, lum + _divide((colour - lum) * (1 - lum), high - lum), colour)


def _with_luminosity(colour: np.ndarray, lum: np.ndarray) -> np.ndarray:
    return _clip_colour(colour + lum - luminosity_of(colour))


def _saturation_of(colour: np.ndarray) -> np.ndarray:
    return colour.max(-1, keepdims=True) - colour.min(-1, keepdims=True)


def _with_saturation(colour: np.ndarray, saturation: np.ndarray) -> np.ndarray:
    low = colour.min(-1, keepdims=True)
    return _divide((colour - low) * saturation, _saturation_of(colour))


def hue(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    return _with_luminosity(_with_saturation(cs, _saturation_of(cb)), luminosity_of(cb))


def saturation(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    return _with_luminosity(_with_saturation(cb, _saturation_of(cs)), luminosity_of(cb))


def colour(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    return _with_luminosity(cs, luminosity_of(cb))


def luminosity(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    return _with_luminosity(cb, luminosity_of(cs))


def darker_colour(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    """The whole colour with the lower luminosity; the source where they are equal."""
    return np.where(luminosity_of(cs) <= luminosity_of(cb), cs, cb)


def lighter_colour(cb: np.ndarray, cs: np.ndarray) -> np.ndarray:
    """The whole colour with the higher luminosity; the source where they are equal."""
    return np.where(luminosity_of(cs) >= luminosity_of(cb), cs, cb)


# Operators take premultiplied backdrop and source [..., 4] and give the premultiplied result.


def _alpha(pixels: np.ndarray) -> np.ndarray:
    return pixels[..., 3:]


def clear(d: np.ndarray, _s: np.ndarray) -> np.ndarray:
    return np.zeros_like(d)


def copy(_d: np.ndarray, s: np.ndarray) -> np.ndarray:
    return s


def destination(d: np.ndarray, _s: np.ndarray) -> np.ndarray:
    """The backdrop alone: the source is neither seen nor does it cover."""
    return d


def behind(d: np.ndarray, s: np.ndarray) -> np.ndarray:
    return d + s * (1 - _alpha(d))


def source_in(d: np.ndarray, s: np.ndarray) -> np.ndarray:
    return s * _alpha(d)


def destination_in(d: np.ndarray, s: np.ndarray) -> np.ndarray:
    return d * _alpha(s)


def source_out(d: np.ndarray, s: np.ndarray) -> np.ndarray:
    return s * (1 - _alpha(d))


def erase(d: np.ndarray, s: np.ndarray) -> np.ndarray:
    return d * (1 - _alpha(s))


def source_atop(d: np.ndarray, s: np.ndarray) -> np.ndarray:
    return s * _alpha(d) + d * (1 - _alpha(s))


def destination_atop(d: np.ndarray, s: np.ndarray) -> np.ndarray:
    return d * _alpha(s) + s * (1 - _alpha(d))


def xor(d: np.ndarray, s: np.ndarray) -> np.ndarray:
    return s * (1 - _alpha(d)) + d * (1 - _alpha(s))


def lighter(d: np.ndarray, s: np.ndarray) -> np.ndarray:
    """min(1, d + s) of the premultiplied values; a backdrop above 1 stays, the source is clamped."""
    s = np.minimum(s, np.minimum(_alpha(s), 1))
    return np.maximum(d, np.minimum(1, d + s))
