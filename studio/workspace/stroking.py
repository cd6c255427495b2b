"""A brush led along the edge of the selection."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from msgspec.structs import replace

from studio.document import selecting
from studio.document.artwork import Artwork
from studio.document.selecting import Steps
from studio.raster.brush import Brush
from studio.raster.laying import Blend
from studio.raster.selecting.contours import tracing
from studio.workspace.tools import Pointer
from studio.workspace.tools.in_hand import InHand, taken
from studio.workspace.tools.landing import Landing, land, land_on_what_is_seen
from studio.workspace.tools.stroke import begin
from studio.workspace.tools.tone_options import MODES, SpongeOptions, ToneOptions, toned

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

SPEED = 600.0
"""Pixels per second at which the brush goes, for what follows speed."""
STEP = 3.0
SAMPLES_A_STEP = 64
A_STEP = 0.008
"""Seconds of one step in which dabs are laid."""
SHORTEST = 4


def along_selection(picture: Picture, painting: Painting, brush: Brush) -> Callable[[Artwork], Steps]:
    """Work for the render lane that leads ``brush`` along the selection's edge, with what is in the hand now."""
    hand = taken(picture, painting)
    options = painting.options(brush.mode) if brush.mode in MODES else None
    return lambda artwork: _brush_along(_Drawing(picture, painting, hand, brush, options), artwork)


class _Drawing(msgspec.Struct, frozen=True, eq=False):
    """What draws: nothing of it changes while the hand goes on. ``options``: of the tool of a brush of tones."""

    picture: Picture
    painting: Painting
    hand: InHand
    brush: Brush
    options: ToneOptions | SpongeOptions | None

    def land(self, artwork: Artwork) -> tuple[Landing, Blend | None]:
        """Where the strokes land, and how they change colours where the brush is one of tones. Raises EditError."""
        if self.options is None:
            return land(artwork, self.painting, erase=self.brush.mode == "erase"), None
        blend, _ = toned(artwork, self.brush.mode, self.options, opposite=False)
        return land_on_what_is_seen(self.picture, self.painting, artwork), blend


def _brush_along(drawing: _Drawing, artwork: Artwork) -> Steps:
    """The active layer with a stroke of the brush along each loop of the selection's edge; the selection stays.

    A brush that dodges, burns or sponges does what the tool of its mode does: above a layer whose pixels are computed it
    changes the colours that are seen there. Raises EditError where nothing is selected or nothing can be painted.
    """
    mask, brush = selecting.require(artwork), drawing.brush
    found = yield from tracing(mask, artwork.rect)
    yield
    quick_mask = artwork.quick_mask  # it is the edge that is followed; what is painted on is the layer
    hand = replace(drawing.hand, before=artwork)
    landing, blend = drawing.land(artwork.with_(selection=None, quick_mask=False))
    for loop in found:
        if len(loop) < SHORTEST:
            continue
        samples = _samples(loop)
        hand = hand.cloning_from(samples[0].x, samples[0].y, aligned=brush.clone_aligned)
        stroke = begin(
            drawing.picture.renderer,
            hand,
            landing,
            brush,
            samples[0],
            erase=brush.mode == "erase",
            blend=blend,
        )
        hand, stroke.deferred = replace(hand, stamps=stroke.stamps), True
        for number, sample in enumerate(samples):
            stroke.add(*landing.in_layer(sample), None, sample.t)
            if number % SAMPLES_A_STEP == SAMPLES_A_STEP - 1:
                while stroke.lay(A_STEP) or stroke.behind:
                    yield
                yield
        stroke.finish()
        artwork = landing.with_stroke(stroke)
        assert landing.layer is not None, "no quick mask is painted on"
        landing = replace(landing, artwork=artwork, layer=artwork.find(landing.layer.id))
        yield
    return landing.artwork.with_(selection=mask, quick_mask=quick_mask)


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
