"""The one table of blend modes: our name, formula, how it is drawn, PSD key, OpenRaster operator.

Most modes are drawn by Skia, which equals the W3C formulas within 7e-6. The others run in float32 numpy kernels on the
premultiplied values (0.4 ms per tile, where SkSL over two child shaders takes 2.7 ms and holds the interpreter).
Colours above 1: normal, multiply, add, subtract, difference, lighten, darken and the Porter-Duff operators keep them;
all other modes clamp both colours to 0–1 before their formula.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

import cv2
import numpy as np
import skia

from studio.raster import blend_formulas as formulas
from studio.raster import blend_kernels as kernels
from studio.raster.colour import widen
from studio.recipe import QT_TRANSLATE_NOOP

Formula = Callable[[np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True, kw_only=True)
class BlendMode:
    """One way to put a source on a backdrop.

    ``formula`` is B(cb, cs) on straight colours; modes that are Porter-Duff ``operator`` work on premultiplied pixels
    instead. ``skia`` draws it where colours are inside 0–1 (``keeps_above_one``: everywhere); ``kernel`` is the float32
    form m = as·ab·B for the rest. ``bounded``: a transparent source leaves the backdrop as it is. ``psd`` is Photoshop's
    four-letter key, ``ora`` OpenRaster's composite-op (the nearest one where there is none of its own).
    """

    name: str
    title: str
    formula: Formula | None = None
    operator: Formula | None = None
    separable: bool = True
    skia: skia.BlendMode | None = None
    kernel: kernels.Kernel | None = None
    psd: str = "norm"
    ora: str = "svg:src-over"
    keeps_above_one: bool = False
    bounded: bool = True

    def composite(self, backdrop: np.ndarray, source: np.ndarray) -> np.ndarray:
        """Premultiplied [..., 4] result of premultiplied inputs, by the formula, in the precision of the inputs.

        W3C Compositing 1, equation 5.8: co = cs·as·(1 − ab) + cb·ab·(1 − as) + as·ab·B(cb, cs). Dissolve is composited
        as normal here; which pixels show is decided by :func:`dissolve`.
        """
        if self.operator is not None:
            return self.operator(backdrop, source)
        assert self.formula is not None
        ab, as_ = backdrop[..., 3:], source[..., 3:]
        cb, cs = formulas.straight(backdrop), formulas.straight(source)
        if not self.keeps_above_one:
            cb, cs = np.clip(cb, 0, 1), np.clip(cs, 0, 1)
        out = source * (1 - ab) + backdrop * (1 - as_)
        out[..., :3] += as_ * ab * self.formula(cb, cs)
        out[..., 3:] += as_ * ab
        return out


_SKIA = skia.BlendMode


def _w3c(
    name: str, title: str, drawn: skia.BlendMode, psd: str, *, keeps: bool = False, flat: bool = True
) -> BlendMode:
    formula = getattr(formulas, name.replace("-", "_").replace("color", "colour"))
    return BlendMode(
        name=name,
        title=title,
        formula=formula,
        skia=drawn,
        psd=psd,
        ora=f"svg:{name}",
        keeps_above_one=keeps,
        separable=flat,
    )


def _ours(
    name: str,
    title: str,
    kernel: kernels.Kernel,
    psd: str,
    ora: str = "svg:src-over",
    *,
    keeps: bool = False,
    flat: bool = True,
) -> BlendMode:
    formula = getattr(formulas, name.replace("-", "_").replace("color", "colour"))
    return BlendMode(
        name=name,
        title=title,
        formula=formula,
        kernel=kernel,
        psd=psd,
        ora=ora,
        keeps_above_one=keeps,
        separable=flat,
    )


def _operator(name: str, title: str, drawn: skia.BlendMode, ora: str, *, bounded: bool = True) -> BlendMode:
    operator = getattr(formulas, name.replace("-", "_"))
    return BlendMode(
        name=name, title=title, operator=operator, skia=drawn, ora=ora, keeps_above_one=True, bounded=bounded
    )


def _table() -> tuple[BlendMode, ...]:
    return (
        BlendMode(
            name="normal",
            title=QT_TRANSLATE_NOOP("blend", "Normal"),
            formula=formulas.normal,
            skia=_SKIA.kSrcOver,
            keeps_above_one=True,
        ),
        BlendMode(
            name="dissolve", title=QT_TRANSLATE_NOOP("blend", "Dissolve"), formula=formulas.normal, psd="diss"
        ),
        *_darkening(),
        *_lightening(),
        *_contrast(),
        *_comparing(),
        *_colouring(),
        *_operators(),
    )


def _darkening() -> tuple[BlendMode, ...]:
    return (
        _w3c("darken", QT_TRANSLATE_NOOP("blend", "Darken"), _SKIA.kDarken, "dark", keeps=True),
        _w3c("multiply", QT_TRANSLATE_NOOP("blend", "Multiply"), _SKIA.kMultiply, "mul ", keeps=True),
        _w3c("color-burn", QT_TRANSLATE_NOOP("blend", "Color burn"), _SKIA.kColorBurn, "idiv"),
        _ours(
            "linear-burn",
            QT_TRANSLATE_NOOP("blend", "Linear burn"),
            kernels.linear_burn,
            "lbrn",
            "krita:linear_burn",
        ),
        _ours(
            "darker-color",
            QT_TRANSLATE_NOOP("blend", "Darker color"),
            kernels.darker_colour,
            "dkCl",
            flat=False,
        ),
    )


def _lightening() -> tuple[BlendMode, ...]:
    return (
        _w3c("lighten", QT_TRANSLATE_NOOP("blend", "Lighten"), _SKIA.kLighten, "lite", keeps=True),
        _w3c("screen", QT_TRANSLATE_NOOP("blend", "Screen"), _SKIA.kScreen, "scrn"),
        _w3c("color-dodge", QT_TRANSLATE_NOOP("blend", "Color dodge"), _SKIA.kColorDodge, "div "),
        _ours(
            "add",
            QT_TRANSLATE_NOOP("blend", "Linear dodge (Add)"),
            kernels.add,
            "lddg",
            "krita:linear_dodge",
            keeps=True,
        ),
        _ours(
            "lighter-color",
            QT_TRANSLATE_NOOP("blend", "Lighter color"),
            kernels.lighter_colour,
            "lgCl",
            flat=False,
        ),
    )


def _contrast() -> tuple[BlendMode, ...]:
    return (
        _w3c("overlay", QT_TRANSLATE_NOOP("blend", "Overlay"), _SKIA.kOverlay, "over"),
        _w3c("soft-light", QT_TRANSLATE_NOOP("blend", "Soft light"), _SKIA.kSoftLight, "sLit"),
        _w3c("hard-light", QT_TRANSLATE_NOOP("blend", "Hard light"), _SKIA.kHardLight, "hLit"),
        _ours(
            "vivid-light",
            QT_TRANSLATE_NOOP("blend", "Vivid light"),
            kernels.vivid_light,
            "vLit",
            "krita:vivid_light",
        ),
        _ours(
            "linear-light",
            QT_TRANSLATE_NOOP("blend", "Linear light"),
            kernels.linear_light,
            "lLit",
            "krita:linear_light",
        ),
        _ours(
            "pin-light", QT_TRANSLATE_NOOP("blend", "Pin light"), kernels.pin_light, "pLit", "krita:pin_light"
        ),
        _ours("hard-mix", QT_TRANSLATE_NOOP("blend", "Hard mix"), kernels.hard_mix, "hMix", "krita:hard_mix"),
    )


def _comparing() -> tuple[BlendMode, ...]:
    return (
        _w3c("difference", QT_TRANSLATE_NOOP("blend", "Difference"), _SKIA.kDifference, "diff", keeps=True),
        _w3c("exclusion", QT_TRANSLATE_NOOP("blend", "Exclusion"), _SKIA.kExclusion, "smud"),
        _ours(
            "subtract",
            QT_TRANSLATE_NOOP("blend", "Subtract"),
            kernels.subtract,
            "fsub",
            "krita:subtract",
            keeps=True,
        ),
        _ours("divide", QT_TRANSLATE_NOOP("blend", "Divide"), kernels.divide, "fdiv", "krita:divide"),
    )


def _colouring() -> tuple[BlendMode, ...]:
    return (
        _w3c("hue", QT_TRANSLATE_NOOP("blend", "Hue"), _SKIA.kHue, "hue ", flat=False),
        _w3c("saturation", QT_TRANSLATE_NOOP("blend", "Saturation"), _SKIA.kSaturation, "sat ", flat=False),
        _w3c("color", QT_TRANSLATE_NOOP("blend", "Color"), _SKIA.kColor, "colr", flat=False),
        _w3c("luminosity", QT_TRANSLATE_NOOP("blend", "Luminosity"), _SKIA.kLuminosity, "lum ", flat=False),
    )


def _operators() -> tuple[BlendMode, ...]:
    return (
        BlendMode(
            name="lighter",
            title=QT_TRANSLATE_NOOP("blend", "Lighter (plus)"),
            operator=formulas.lighter,
            skia=_SKIA.kPlus,
            ora="svg:plus",
        ),
        _operator("behind", QT_TRANSLATE_NOOP("blend", "Behind"), _SKIA.kDstOver, "svg:dst-over"),
        _operator("erase", QT_TRANSLATE_NOOP("blend", "Erase"), _SKIA.kDstOut, "svg:dst-out"),
        _operator("source-atop", QT_TRANSLATE_NOOP("blend", "Source atop"), _SKIA.kSrcATop, "svg:src-atop"),
        _operator(
            "source-in", QT_TRANSLATE_NOOP("blend", "Source in"), _SKIA.kSrcIn, "svg:src-in", bounded=False
        ),
        _operator(
            "source-out",
            QT_TRANSLATE_NOOP("blend", "Source out"),
            _SKIA.kSrcOut,
            "svg:src-out",
            bounded=False,
        ),
        _operator(
            "destination-in",
            QT_TRANSLATE_NOOP("blend", "Destination in"),
            _SKIA.kDstIn,
            "svg:dst-in",
            bounded=False,
        ),
        _operator(
            "destination-atop",
            QT_TRANSLATE_NOOP("blend", "Destination atop"),
            _SKIA.kDstATop,
            "svg:dst-atop",
            bounded=False,
        ),
        _operator("xor", QT_TRANSLATE_NOOP("blend", "Exclusive or"), _SKIA.kXor, "svg:xor"),
        _operator("copy", QT_TRANSLATE_NOOP("blend", "Copy"), _SKIA.kSrc, "svg:src", bounded=False),
        _operator("clear", QT_TRANSLATE_NOOP("blend", "Clear"), _SKIA.kClear, "svg:clear", bounded=False),
    )


BLEND_MODES = MappingProxyType({mode.name: mode for mode in _table()})
"""Every blend mode by name, in the order of the menu."""


def mode_of(name: str) -> BlendMode:
    """The mode of this name; normal for one that this version does not know (a file from a newer one)."""
    return BLEND_MODES.get(name) or BLEND_MODES["normal"]


_HALF_ONE = 0x3C00


def above_one(pixels: np.ndarray) -> bool:
    """Whether premultiplied ``pixels`` [h, w, 4] hold colours outside 0–1 (beyond 1e-5, which is rounding)."""
    if pixels.size == 0:
        return False
    if pixels.dtype == np.float16:
        # the bits of halves that are not negative are in the order of their values; negative ones lie above all
        pixels, tolerance = pixels.view(np.uint16), 0.0
        if pixels.flags.c_contiguous and pixels.max() <= _HALF_ONE and _opaque_halves(pixels):
            return False
    else:
        tolerance = 1e-5
        if pixels.min() < -tolerance:
            return True
    alpha = cv2.extractChannel(pixels, 3)
    over = cv2.subtract(pixels, cv2.merge((alpha, alpha, alpha, alpha)))
    return bool(over.max() > tolerance)


def _opaque_halves(bits: np.ndarray) -> bool:
    """True where every alpha is 1; ``bits`` contiguous uint16 [h, w, 4], none above that of 1."""
    return bool((bits.reshape(-1, 4).view("<u8") >= _HALF_ONE << 48).all())


def opaque(pixels: np.ndarray) -> bool:
    """Whether every alpha of premultiplied ``pixels`` [h, w, 4], float16 or float32, is exactly 1."""
    if pixels.dtype == np.float16:
        pixels = pixels.view(np.uint16)
        return bool((pixels[..., 3] == _HALF_ONE).all())
    return bool((pixels[..., 3] == 1).all())


def mix(
    mode: BlendMode, backdrop: np.ndarray, source: np.ndarray, loud: bool = True, opacity: float = 1.0
) -> None:
    """Blends ``source`` times ``opacity`` on ``backdrop`` in place without Skia.

    Premultiplied [h, w, 4], ``backdrop`` float32, ``source`` float16 or float32. ``loud`` False: the caller knows that no
    colour lies outside 0–1, so that none need be clamped.
    """
    if mode.kernel is not None:
        kernels.run(mode.kernel, backdrop, source, loud and not mode.keeps_above_one, opacity)
    else:
        backdrop[...] = mode.composite(backdrop, widen(source) * np.float32(opacity))


def dissolve(source: np.ndarray, left: int, top: int, step: int, seed: int) -> None:
    """Makes each pixel of ``source`` [h, w, 4] float32 opaque with the probability of its alpha, else transparent.

    The choice is a function of ``seed`` and the document pixel (``left`` + column·``step``, ``top`` + row·``step``).
    """
    shown = source[..., 3] > threshold(source.shape[1], source.shape[0], left, top, step, seed)
    source[..., :3] = np.clip(formulas.straight(source), 0, 1)
    source[..., 3] = 1
    source *= shown[..., None]


def threshold(width: int, height: int, left: int, top: int, step: int, seed: int) -> np.ndarray:
    """Even random values in [0, 1), float32 [height, width], by hashing seed and document pixel (MurmurHash3's end mix)."""
    columns = (left + step * np.arange(width, dtype=np.int64)).astype(np.uint32)
    rows = (top + step * np.arange(height, dtype=np.int64)).astype(np.uint32)
    bits = columns[None, :] * np.uint32(0x9E3779B1) ^ (
        rows[:, None] * np.uint32(0x85EBCA77) + np.uint32(seed & 0xFFFFFFFF)
    )
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        bits ^= bits >> np.uint32(shift)
        bits *= np.uint32(factor)
    bits ^= bits >> np.uint32(16)
    return (bits >> np.uint32(8)).astype(np.float32) * np.float32(2.0**-24)
