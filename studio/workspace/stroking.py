"""A brush led along the edge of the selection."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from studio.document import selecting
from studio.document.artwork import Artwork
from studio.raster.brush import Brush
from studio.raster.laying import Blend
from studio.raster.selecting.contours import loops
from studio.workspace.tools import Pointer
from studio.workspace.tools.landing import Landing, land, land_on_what_is_seen
from studio.workspace.tools.stroke import begin
from studio.workspace.tools.tone_options import MODES, tone

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

SPEED = 600.0
"""Pixels per second at which the brush goes, for what follows speed."""
STEP = 3.0
SAMPLES_A_STEP = 64
SHORTEST = 4


def brush_along(
    picture: Picture, painting: Painting, brush: Brush, artwork: Artwork
) -> Generator[None, None, Artwork]:
    """The active layer with a stroke of ``brush`` along each loop of the selection's edge; the selection stays.

    A brush that dodges, burns or sponges does what the tool of its mode does: above a layer whose pixels are computed it
    changes the colours that are seen there. Raises EditError where nothing is selected or nothing can be painted.
    """
    mask = selecting.require(artwork)
    found = loops(mask, artwork.rect)
    yield
    quick_mask = artwork.quick_mask  # it is the edge that is followed; what is painted on is the layer
    landing, blend = _landing(picture, painting, brush, artwork.with_(selection=None, quick_mask=False))
    for loop in found:
        if len(loop) < SHORTEST:
            continue
        samples = _samples(loop)
        stroke = begin(
            picture, painting, landing, brush, samples[0], erase=brush.mode == "erase", blend=blend
        )
        for number, sample in enumerate(samples):
            stroke.add(*landing.in_layer(sample), None, sample.t)
            if number % SAMPLES_A_STEP == SAMPLES_A_STEP - 1:
                yield
        stroke.finish()
        artwork = landing.with_stroke(stroke)
        assert landing.layer is not None, "no quick mask is painted on"
        landing = replace(landing, artwork=artwork, layer=artwork.find(landing.layer.id))
        yield
    return landing.artwork.with_(selection=mask, quick_mask=quick_mask)


def _landing(
    picture: Picture, painting: Painting, brush: Brush, artwork: Artwork
) -> tuple[Landing, Blend | None]:
    """Where the strokes land, and how they change colours where the brush is one of tones. Raises EditError."""
    if brush.mode not in MODES:
        return land(artwork, painting, erase=brush.mode == "erase"), None
    blend, _ = tone(artwork, painting, brush.mode, opposite=False)
    return land_on_what_is_seen(picture, painting, artwork), blend


def _samples(loop: np.ndarray) -> list[Pointer]:
    """Points of a closed line, STEP pixels apart, smoothed a little: pixel steps are no part of the hand's way."""
    width = 5
    padded = np.concatenate([loop[-width:], loop, loop[:width]])
    kernel = np.ones(width) / width
    smooth = np.stack([np.convolve(padded[:, axis], kernel, "same") for axis in (0, 1)], 1)[width:-width]
    closed = np.concatenate([smooth, smooth[:1]])
    lengths = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
    places = np.linspace(0, lengths[-1], max(2, math.ceil(lengths[-1] / STEP)) + 1)
    x, y = (np.interp(places, lengths, closed[:, axis]) for axis in (0, 1))
    first = Pointer(0, 0)
    return [replace(first, x=float(a), y=float(b), t=float(at) / SPEED) for a, b, at in zip(x, y, places)]
