"""What there is to filter with: name, module, family and title of every filter. The window shows these without loading one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from studio.recipe import QT_TRANSLATE_NOOP

Group = Literal[
    "noise",
    "denoise",
    "blur",
    "sharpen",
    "tone",
    "colour",
    "edges",
    "distort",
    "stylise",
    "repair",
]
"""The family under which menus and the panel list a filter."""
GROUPS: Mapping[Group, str] = MappingProxyType({
    "tone": QT_TRANSLATE_NOOP("menus", "Tone"),
    "colour": QT_TRANSLATE_NOOP("menus", "Colour"),
    "blur": QT_TRANSLATE_NOOP("menus", "Blur"),
    "sharpen": QT_TRANSLATE_NOOP("menus", "Sharpen"),
    "noise": QT_TRANSLATE_NOOP("menus", "Noise"),
    "denoise": QT_TRANSLATE_NOOP("menus", "Denoise"),
    "edges": QT_TRANSLATE_NOOP("menus", "Edges"),
    "distort": QT_TRANSLATE_NOOP("menus", "Distort"),
    "stylise": QT_TRANSLATE_NOOP("menus", "Stylise"),
    "repair": QT_TRANSLATE_NOOP("menus", "Repair"),
})  # fmt: skip
"""Every family with its title (context ``menus``), in the order in which menus, panel and lists have them."""
ADJUSTMENTS: frozenset[Group] = frozenset(("tone", "colour"))
"""Families whose filters change values, not places: as live layers they are called adjustment layers."""


class Listed(NamedTuple):
    """``module``: the one in this folder that declares the filter. ``title``: English source text, context ``recipe``."""

    name: str
    module: str
    group: Group
    title: str


_ALL = (
    Listed("gaussian-noise", "noise", "noise", QT_TRANSLATE_NOOP("recipe", "Gaussian noise")),
    Listed("uniform-noise", "noise", "noise", QT_TRANSLATE_NOOP("recipe", "Uniform noise")),
    Listed("speckle-noise", "noise", "noise", QT_TRANSLATE_NOOP("recipe", "Speckle noise")),
    Listed("salt-and-pepper", "noise", "noise", QT_TRANSLATE_NOOP("recipe", "Salt and pepper")),
    Listed("poisson-noise", "shot", "noise", QT_TRANSLATE_NOOP("recipe", "Poisson noise")),
    Listed("film-grain", "grain", "noise", QT_TRANSLATE_NOOP("recipe", "Film grain")),
    Listed("banding", "grain", "noise", QT_TRANSLATE_NOOP("recipe", "Banding noise")),
    Listed("quantise", "quantise", "noise", QT_TRANSLATE_NOOP("recipe", "Quantisation noise")),
    Listed("jpeg", "jpeg", "noise", QT_TRANSLATE_NOOP("recipe", "JPEG artefacts")),
    Listed("gaussian-blur", "blur", "blur", QT_TRANSLATE_NOOP("recipe", "Gaussian blur")),
    Listed("auto-contrast", "tone", "tone", QT_TRANSLATE_NOOP("recipe", "Auto contrast")),
    Listed("levels", "levels", "tone", QT_TRANSLATE_NOOP("recipe", "Levels")),
    Listed("curves", "curves", "tone", QT_TRANSLATE_NOOP("recipe", "Curves")),
    Listed("brightness-contrast", "exposure", "tone", QT_TRANSLATE_NOOP("recipe", "Brightness and contrast")),
    Listed("exposure", "exposure", "tone", QT_TRANSLATE_NOOP("recipe", "Exposure")),
    Listed("gamma", "exposure", "tone", QT_TRANSLATE_NOOP("recipe", "Gamma")),
    Listed("invert", "exposure", "tone", QT_TRANSLATE_NOOP("recipe", "Invert")),
    Listed("threshold", "lookup", "tone", QT_TRANSLATE_NOOP("recipe", "Threshold")),
    Listed("posterise", "lookup", "tone", QT_TRANSLATE_NOOP("recipe", "Posterise")),
    Listed("gradient-map", "lookup", "colour", QT_TRANSLATE_NOOP("recipe", "Gradient map")),
    Listed("shadows-highlights", "shadows", "tone", QT_TRANSLATE_NOOP("recipe", "Shadows and highlights")),
    Listed("clahe", "clahe", "tone", QT_TRANSLATE_NOOP("recipe", "Local contrast (CLAHE)")),
    Listed("tone-mapping", "tonemap", "tone", QT_TRANSLATE_NOOP("recipe", "Tone mapping")),
    Listed("local-tone-mapping", "local_tones", "tone", QT_TRANSLATE_NOOP("recipe", "Local tone mapping")),
    Listed("hue-saturation", "colour", "colour", QT_TRANSLATE_NOOP("recipe", "Hue and saturation")),
    Listed("vibrance", "colour", "colour", QT_TRANSLATE_NOOP("recipe", "Vibrance")),
    Listed("black-and-white", "greys", "colour", QT_TRANSLATE_NOOP("recipe", "Black and white")),
    Listed("colour-balance", "mixing", "colour", QT_TRANSLATE_NOOP("recipe", "Colour balance")),
    Listed("channel-mixer", "mixing", "colour", QT_TRANSLATE_NOOP("recipe", "Channel mixer")),
    Listed("white-balance", "mixing", "colour", QT_TRANSLATE_NOOP("recipe", "White balance")),
    Listed("colour-transfer", "transfer", "colour", QT_TRANSLATE_NOOP("recipe", "Colour transfer")),
    Listed("histogram-match", "transfer", "tone", QT_TRANSLATE_NOOP("recipe", "Match histogram")),
    Listed("paper-to-transparent", "line_art", "colour", QT_TRANSLATE_NOOP("recipe", "Paper to transparent")),
    Listed("line-art", "line_art", "colour", QT_TRANSLATE_NOOP("recipe", "Line art off paper")),
    Listed("lut", "lut", "colour", QT_TRANSLATE_NOOP("recipe", "Colour table (LUT)")),
    Listed("swirl", "distort", "distort", QT_TRANSLATE_NOOP("recipe", "Whirl and pinch")),
    Listed("polar", "distort", "distort", QT_TRANSLATE_NOOP("recipe", "Polar coordinates")),
    Listed("kaleidoscope", "distort", "distort", QT_TRANSLATE_NOOP("recipe", "Kaleidoscope")),
    Listed("rotational-symmetry", "turning", "distort", QT_TRANSLATE_NOOP("recipe", "Rotational symmetry")),
    Listed("offset", "turning", "distort", QT_TRANSLATE_NOOP("recipe", "Offset with wrap")),
    Listed("lens", "distort", "distort", QT_TRANSLATE_NOOP("recipe", "Lens distortion")),
    Listed("perspective", "distort", "distort", QT_TRANSLATE_NOOP("recipe", "Perspective")),
    Listed("wave", "ripples", "distort", QT_TRANSLATE_NOOP("recipe", "Waves")),
    Listed("ripple", "ripples", "distort", QT_TRANSLATE_NOOP("recipe", "Ripple")),
    Listed("displace", "ripples", "distort", QT_TRANSLATE_NOOP("recipe", "Displace")),
    Listed("pixelate", "blocks", "stylise", QT_TRANSLATE_NOOP("recipe", "Pixelate")),
    Listed("mosaic", "blocks", "stylise", QT_TRANSLATE_NOOP("recipe", "Mosaic")),
    Listed("dither", "dither", "stylise", QT_TRANSLATE_NOOP("recipe", "Dither")),
    Listed("halftone", "halftone", "stylise", QT_TRANSLATE_NOOP("recipe", "Halftone")),
    Listed("spot-inks", "spot_inks", "stylise", QT_TRANSLATE_NOOP("recipe", "Spot ink print")),
    Listed("normal-map", "heights", "edges", QT_TRANSLATE_NOOP("recipe", "Normal map")),
    Listed("ambient-occlusion", "heights", "edges", QT_TRANSLATE_NOOP("recipe", "Ambient occlusion")),
    Listed("curvature", "heights", "edges", QT_TRANSLATE_NOOP("recipe", "Curvature")),
    Listed("level-heights", "heights", "edges", QT_TRANSLATE_NOOP("recipe", "Level heights")),
    Listed("kuwahara", "kuwahara", "stylise", QT_TRANSLATE_NOOP("recipe", "Oil paint (Kuwahara)")),
    Listed("pencil", "paper", "stylise", QT_TRANSLATE_NOOP("recipe", "Pencil")),
    Listed("rice-paper", "paper", "stylise", QT_TRANSLATE_NOOP("recipe", "Rice paper")),
    Listed("watercolour", "wash", "stylise", QT_TRANSLATE_NOOP("recipe", "Watercolour")),
    Listed("ink-wash", "wash", "stylise", QT_TRANSLATE_NOOP("recipe", "Ink wash")),
    Listed("box-blur", "smoothing", "blur", QT_TRANSLATE_NOOP("recipe", "Box blur")),
    Listed("median", "smoothing", "denoise", QT_TRANSLATE_NOOP("recipe", "Median")),
    Listed("bilateral", "smoothing_edges", "denoise", QT_TRANSLATE_NOOP("recipe", "Bilateral filter")),
    Listed("surface-blur", "smoothing_edges", "blur", QT_TRANSLATE_NOOP("recipe", "Surface blur")),
    Listed("guided-filter", "smoothing_edges", "denoise", QT_TRANSLATE_NOOP("recipe", "Guided filter")),
    Listed("motion-blur", "motion", "blur", QT_TRANSLATE_NOOP("recipe", "Motion blur")),
    Listed("radial-blur", "motion", "blur", QT_TRANSLATE_NOOP("recipe", "Radial blur")),
    Listed("zoom-blur", "motion", "blur", QT_TRANSLATE_NOOP("recipe", "Zoom blur")),
    Listed("lens-blur", "lens", "blur", QT_TRANSLATE_NOOP("recipe", "Lens blur")),
    Listed("non-local-means", "denoise", "denoise", QT_TRANSLATE_NOOP("recipe", "Non-local means")),
    Listed("wavelet-denoise", "denoise", "denoise", QT_TRANSLATE_NOOP("recipe", "Wavelet denoise")),
    Listed("total-variation", "denoise", "denoise", QT_TRANSLATE_NOOP("recipe", "Total variation")),
    Listed("deband", "repair", "repair", QT_TRANSLATE_NOOP("recipe", "Deband")),
    Listed("dead-pixels", "repair", "repair", QT_TRANSLATE_NOOP("recipe", "Dead and hot pixels")),
    Listed("dust-and-scratches", "repair", "repair", QT_TRANSLATE_NOOP("recipe", "Dust and scratches")),
    Listed("colour-fringes", "correction", "repair", QT_TRANSLATE_NOOP("recipe", "Colour fringes")),
    Listed("vignette-correction", "correction", "repair", QT_TRANSLATE_NOOP("recipe", "Vignette correction")),
    Listed("red-eye", "correction", "repair", QT_TRANSLATE_NOOP("recipe", "Red eyes")),
    Listed("faded-print", "correction", "repair", QT_TRANSLATE_NOOP("recipe", "Faded print")),
    Listed("unsharp-mask", "sharpen", "sharpen", QT_TRANSLATE_NOOP("recipe", "Unsharp mask")),
    Listed("high-pass", "sharpen", "sharpen", QT_TRANSLATE_NOOP("recipe", "High pass")),
    Listed("wiener", "deconvolution", "sharpen", QT_TRANSLATE_NOOP("recipe", "Wiener deconvolution")),
    Listed("richardson-lucy", "deconvolution", "sharpen", QT_TRANSLATE_NOOP("recipe", "Richardson–Lucy deconvolution")),
    Listed("sobel", "edges", "edges", QT_TRANSLATE_NOOP("recipe", "Sobel edges")),
    Listed("scharr", "edges", "edges", QT_TRANSLATE_NOOP("recipe", "Scharr edges")),
    Listed("emboss", "edges", "edges", QT_TRANSLATE_NOOP("recipe", "Emboss")),
    Listed("difference-of-gaussians", "gaussian_edges", "edges", QT_TRANSLATE_NOOP("recipe", "Difference of Gaussians")),
    Listed("xdog", "gaussian_edges", "edges", QT_TRANSLATE_NOOP("recipe", "Ink lines (XDoG)")),
    Listed("canny", "canny", "edges", QT_TRANSLATE_NOOP("recipe", "Canny edges")),
    Listed("convolution", "convolution", "edges", QT_TRANSLATE_NOOP("recipe", "Custom kernel")),
)  # fmt: skip
LISTED: Mapping[str, Listed] = MappingProxyType({one.name: one for one in _ALL})
"""All filters in the order of their families' lists."""
