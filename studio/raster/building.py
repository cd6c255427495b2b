"""Which way a brush's dabs are built up, and how what they built is laid on the pixels under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.raster import laying
from studio.raster.colour import widen
from studio.raster.coverage import Density, Flow, Pigment, TintedInk
from studio.raster.laying import Laying
from studio.raster.mixing import Mixing
from studio.raster.plane import Wrap
from studio.raster.surface import TileGrid
from studio.raster.wet import Source

if TYPE_CHECKING:
    from studio.raster.brush import Brush

Built = Flow | Density | Pigment | Mixing
Colour = tuple[float, ...]
COLOURS = ("hue", "saturation", "value")


def varies_colour(brush: Brush) -> bool:
    """Whether dabs differ in colour: by jitter or by a sensor."""
    jitters = (brush.jitter_hue, brush.jitter_saturation, brush.jitter_value)
    return any(jitters) or any(one.parameter in COLOURS for one in brush.dynamics)


def coverage(brush: Brush) -> Flow | Density:
    """What builds up how far each pixel is covered, and nothing else."""
    return Density(brush) if brush.tip == "ink" else Flow(brush)


def painting(
    brush: Brush, colour: Colour, base: TileGrid, *, coloured: bool, wrap: Wrap | None, source: Source | None
) -> Built:
    """Of a brush that paints. ``coloured``: its tip brings its own colours."""
    if brush.smudge > 0:
        return Mixing(brush, base, colour, wrap=wrap, source=source)
    if not (coloured or varies_colour(brush)):
        return coverage(brush)
    return TintedInk(brush, colour) if brush.tip == "ink" else Pigment(brush, colour)


def painted(build: Built, colour: Colour, mode: str, alpha_lock: bool) -> Laying:
    """Lays what a brush painted by blend ``mode``."""
    if isinstance(build, Mixing):
        return build.laid(mode, alpha_lock)
    if isinstance(build, Pigment | TintedInk):
        return laying.blended(mode, alpha_lock, build.thinned)
    if mode != "normal":
        return laying.blended(mode, alpha_lock, laying.one_colour(colour))
    return laying.plain(colour, alpha_lock)


def cloned(take: Source, offset: tuple[int, int], mode: str, alpha_lock: bool) -> Laying:
    """Lays what ``take`` has at ``offset``."""
    across, down = offset
    return laying.blended(
        mode, alpha_lock, lambda cover, rect: widen(take(rect.move(across, down))) * cover[..., None]
    )
