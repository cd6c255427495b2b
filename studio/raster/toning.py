"""Dodge, burn and sponge: lighter, darker, more and less colourful where a brush passes.

Formulas on straight encoded values v in 0–1 with luma L (Rec. 709 weights); a is coverage times exposure:
dodge v + a·w(v)·(1 − v), burn v·(1 − a·w(v)), with w for shadows (1 − v)², midtones 1 − (2v − 1)², highlights v².
With the hue protected the curve is taken on L alone and the colour follows on the line through grey; sponge moves
along that line at the same L, as far as all channels fit, or with the hue unprotected further, each channel cut to 0–1.
Its range is that of L; ``all tones`` are alike.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from studio.raster.colour import unpremultiply

ToneRange = Literal["shadows", "midtones", "highlights"]
SpongeRange = Literal["all tones", "shadows", "midtones", "highlights"]
Blend = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""(old premultiplied pixels [h, w, 4] or values [h, w] of a mask, coverage [h, w] 0–1) → new ones."""
LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)


def weight(value: np.ndarray, span: ToneRange) -> np.ndarray:
    """How much ``value`` belongs to the tones of ``span``, 0–1."""
    if span == "shadows":
        return (1 - value) ** 2
    if span == "highlights":
        return value**2
    return 1 - (2 * value - 1) ** 2


def dodged(value: np.ndarray, amount: np.ndarray, span: ToneRange) -> np.ndarray:
    return value + amount * weight(value, span) * (1 - value)


def burnt(value: np.ndarray, amount: np.ndarray, span: ToneRange) -> np.ndarray:
    return value * (1 - amount * weight(value, span))


def with_luma(rgb: np.ndarray, old: np.ndarray, new: np.ndarray) -> np.ndarray:
    """``rgb`` [..., 3] of luma ``old`` [..., 1] brought to luma ``new``: same hue, same saturation as far as it fits."""
    scaled = rgb * np.divide(new, old, out=np.ones_like(old), where=old > 1e-6)
    scaled = np.where(old > 1e-6, scaled, new)
    return _fitted(scaled, new)


def _fitted(rgb: np.ndarray, luma: np.ndarray) -> np.ndarray:
    """``rgb`` of ``luma`` drawn towards grey until no channel lies outside 0–1."""
    apart = rgb - luma
    high, low = apart.max(-1, keepdims=True), apart.min(-1, keepdims=True)
    above = np.divide(1 - luma, high, out=np.ones_like(luma), where=high > 1e-9)
    below = np.divide(-luma, low, out=np.ones_like(luma), where=low < -1e-9)
    return luma + apart * np.clip(np.minimum(above, below), 0, 1)


def _luma(rgb: np.ndarray) -> np.ndarray:
    return (rgb @ LUMA)[..., None]


def sponged(
    rgb: np.ndarray,
    amount: np.ndarray,
    *,
    saturate: bool,
    vibrance: bool = True,
    span: SpongeRange = "all tones",
    protect: bool = True,
) -> np.ndarray:
    """More or less colourful by ``amount`` 0–1 at the same luma; ``vibrance`` spares what is colourful already. ``protect``:
    a colour stops where a channel would leave 0–1, else that channel is cut and hue and luma may change."""
    luma = _luma(rgb)
    if span != "all tones":
        amount = amount * weight(np.clip(luma, 0, 1), span)
    if vibrance:
        most = rgb.max(-1, keepdims=True)
        span = most - rgb.min(-1, keepdims=True)
        saturation = np.divide(span, most, out=np.zeros_like(most), where=most > 1e-6)
        amount = amount * (1 - saturation if saturate else saturation)
    factor = 1 + amount if saturate else 1 - amount
    moved = luma + factor * (rgb - luma)
    return _fitted(moved, luma) if protect else np.clip(moved, 0, 1)


def dodge(exposure: float, span: ToneRange, protect_hue: bool = True) -> Blend:
    return _toned(dodged, exposure, span, protect_hue)


def burn(exposure: float, span: ToneRange, protect_hue: bool = True) -> Blend:
    return _toned(burnt, exposure, span, protect_hue)


def of_mask(exposure: float, span: ToneRange, *, lighter: bool) -> Blend:
    """Dodge (``lighter``) or burn for the values [h, w] of a mask, 0 black and 1 white."""
    curve = dodged if lighter else burnt
    return lambda old, cover: np.clip(curve(old, cover * np.float32(exposure), span), 0, 1)


def sponge(
    strength: float,
    saturate: bool,
    vibrance: bool = True,
    span: SpongeRange = "all tones",
    protect_hue: bool = True,
) -> Blend:
    def work(rgb: np.ndarray, cover: np.ndarray) -> np.ndarray:
        amount = cover * np.float32(strength)
        return sponged(rgb, amount, saturate=saturate, vibrance=vibrance, span=span, protect=protect_hue)

    return _on_straight(work)


USUAL_EXPOSURE = 0.3
USUAL_STRENGTH = 0.4


def usual(mode: str) -> Blend | None:
    """What a brush of this mode does where no tool says more: midtones, hues kept; a sponge takes colour away. None for
    a mode that does not tone."""
    if mode == "dodge":
        return dodge(USUAL_EXPOSURE, "midtones")
    if mode == "burn":
        return burn(USUAL_EXPOSURE, "midtones")
    return sponge(USUAL_STRENGTH, saturate=False) if mode == "sponge" else None


def _toned(
    curve: Callable[[np.ndarray, np.ndarray, ToneRange], np.ndarray],
    exposure: float,
    span: ToneRange,
    protect: bool,
) -> Blend:
    def work(rgb: np.ndarray, cover: np.ndarray) -> np.ndarray:
        amount = cover * np.float32(exposure)
        if not protect:
            return curve(rgb, amount, span)
        luma = np.clip(_luma(rgb), 0, 1)
        return with_luma(rgb, luma, curve(luma, amount, span))

    return _on_straight(work)


def _on_straight(work: Callable[[np.ndarray, np.ndarray], np.ndarray]) -> Blend:
    """A blend that works on straight colours and leaves alpha, and every pixel that is not covered, as it was."""

    def blend(old: np.ndarray, cover: np.ndarray) -> np.ndarray:
        straight = unpremultiply(old)
        rgb = np.clip(straight[..., :3], 0, 1)
        new = old.copy()
        new[..., :3] = work(rgb, cover[..., None]) * old[..., 3:]
        # what lies above 1 in a float picture keeps its excess
        new[..., :3] += (straight[..., :3] - rgb) * old[..., 3:]
        untouched = cover <= 0
        new[untouched] = old[untouched]
        return new

    return blend
