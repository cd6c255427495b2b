"""Sharpening by the difference to a Gaussian blur: unsharp mask and high pass. Alpha stays."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
import numpy as np

from studio.filters.around import in_own_colour, settled, with_alpha
from studio.filters.blur import GaussianBlur, blur_reach, gaussian_blur
from studio.filters.kind import FilterKind, Place
from studio.recipe import QT_TRANSLATE_NOOP, declare

Channels = Literal["per-channel", "shared"]
LUMA = (0.2126, 0.7152, 0.0722)
"""Weights of encoded red, green and blue in lightness (ITU-R BT.709)."""
_STRIP = 1 << 17

_SIGMA = declare(
    QT_TRANSLATE_NOOP("recipe", "Sigma"),
    low=0.1,
    high=200.0,
    soft_high=20.0,
    step=0.1,
    unit="px",
    description=QT_TRANSLATE_NOOP(
        "recipe", "Standard deviation of the blur that the picture is compared with."
    ),
)
_CHANNELS = declare(
    QT_TRANSLATE_NOOP("recipe", "Channels"),
    description=QT_TRANSLATE_NOOP(
        "recipe", "Per channel: each colour alone. Shared: lightness only, so edges get no coloured fringes."
    ),
)


class UnsharpMask(msgspec.Struct, frozen=True, kw_only=True):
    sigma: Annotated[float, _SIGMA] = 2.0
    amount: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Amount"),
            low=0.0,
            high=10.0,
            soft_high=3.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "How much of the difference is added."),
        ),
    ] = 0.5
    threshold: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Threshold"),
            low=0.0,
            high=1.0,
            soft_high=0.2,
            step=0.001,
            description=QT_TRANSLATE_NOOP(
                "recipe", "Smaller differences, such as grain, are left alone; 1 is the full range."
            ),
        ),
    ] = 0.0
    channels: Annotated[Channels, _CHANNELS] = "per-channel"


class HighPass(msgspec.Struct, frozen=True, kw_only=True):
    sigma: Annotated[float, _SIGMA] = 10.0
    contrast: Annotated[
        float,
        declare(
            QT_TRANSLATE_NOOP("recipe", "Contrast"),
            low=0.0,
            high=10.0,
            soft_high=3.0,
            step=0.01,
            description=QT_TRANSLATE_NOOP("recipe", "What the difference is multiplied with."),
        ),
    ] = 1.0
    channels: Annotated[Channels, _CHANNELS] = "per-channel"


def sharpen_reach(parameters: UnsharpMask | HighPass, scale: int) -> int:
    return blur_reach(GaussianBlur(sigma=parameters.sigma), scale)


def unsharp_mask(pixels: np.ndarray, parameters: UnsharpMask, place: Place) -> np.ndarray:
    amount, threshold = np.float32(parameters.amount), np.float32(parameters.threshold)

    def changed(own: np.ndarray, difference: np.ndarray) -> np.ndarray:
        if threshold > 0:
            size = np.abs(difference) - threshold * own[..., 3:]
            np.maximum(size, 0, out=size)
            difference = np.copysign(size, difference)
        return own[..., :3] + difference * amount

    return _by_difference(pixels, parameters, place, changed)


def high_pass(pixels: np.ndarray, parameters: HighPass, place: Place) -> np.ndarray:
    contrast = np.float32(parameters.contrast)
    return _by_difference(
        pixels,
        parameters,
        place,
        lambda own, difference: difference * contrast + np.float32(0.5) * own[..., 3:],
    )


def _by_difference(
    pixels: np.ndarray, parameters: UnsharpMask | HighPass, place: Place, changed
) -> np.ndarray:
    """``changed``(own pixels, premultiplied difference to their blur) in strips."""
    source = settled(pixels)
    blur = gaussian_blur(source, GaussianBlur(sigma=parameters.sigma), place)
    shared = parameters.channels == "shared"
    rows = max(1, _STRIP // pixels.shape[1])
    for top in range(0, pixels.shape[0], rows):
        own, part = source[top : top + rows], blur[top : top + rows]
        difference = own[..., :3] - in_own_colour(own, part, 1.0)
        if shared:
            difference = lightness_of(difference)[..., None]
        part[...] = with_alpha(changed(own, difference), own)
    return blur


def lightness_of(colours: np.ndarray) -> np.ndarray:
    """[h, w] of [h, w, 3 or more], encoded as they are."""
    red, green, blue = (np.float32(weight) for weight in LUMA)
    return colours[..., 0] * red + colours[..., 1] * green + colours[..., 2] * blue


UNSHARP_MASK = FilterKind(
    name="unsharp-mask",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Adds to each encoded colour value c its difference to the Gaussian blur g of the given sigma: "
        "c' = c + amount · sign(c − g) · max(0, |c − g| − threshold). Shared channels add the same difference, that of "
        "the lightness 0.2126 R + 0.7152 G + 0.0722 B. A neighbour of opacity a counts in the blur as a mix of its "
        "colour and, in the part 1 − a, of the pixel's own; opacity stays. Values may pass black and white (Gonzalez and "
        "Woods, Digital Image Processing, section 3.6); what is no number counts as 0.",
    ),
    parameters=UnsharpMask,
    function=unsharp_mask,
    reach_of=sharpen_reach,
    at_scale="rescaled",
)

HIGH_PASS = FilterKind(
    name="high-pass",
    version=1,
    description=QT_TRANSLATE_NOOP(
        "recipe",
        "Shows what a Gaussian blur g of the given sigma takes away from each encoded colour value c, around a middle "
        "grey: c' = 0.5 + contrast · (c − g); blended by overlay or soft light it sharpens. Shared channels show the "
        "difference of the lightness 0.2126 R + 0.7152 G + 0.0722 B. A neighbour of opacity a counts in the blur as a "
        "mix of its colour and, in the part 1 − a, of the pixel's own; opacity stays; what is no number counts as 0.",
    ),
    parameters=HighPass,
    function=high_pass,
    reach_of=sharpen_reach,
    at_scale="rescaled",
)

KINDS = (UNSHARP_MASK, HIGH_PASS)
