"""Corrections that measure first: colour fringes by the edges of a layer, horizon and perspective by lines of the picture."""

from __future__ import annotations

import math
from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Affine
from studio.jobs.aside import aside
from studio.jobs.job import JobFailed, JobFinished, Priority
from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis import keystone
from studio.synthesis.problems import HealError
from studio.workspace import imaging, repairing, reshaping
from studio.workspace.filter_targets import filtered
from studio.workspace.repairing import Steps
from studio.workspace.tone_source import below, mask_of

if TYPE_CHECKING:
    from studio.render.renderer import Renderer
    from studio.workspace.filter_trial import FilterTrial
    from studio.workspace.studio import Studio

FRINGES = QT_TRANSLATE_NOOP("history", "Remove colour fringes")
STRAIGHTEN = QT_TRANSLATE_NOOP("history", "Straighten horizon")
NO_FRINGES = QT_TRANSLATE_NOOP(
    "document", "No colour fringes were found: red, green and blue lie on each other."
)
LEVEL = QT_TRANSLATE_NOOP("document", "The picture is level already.")
CORNERS = tuple(
    f"{corner}_{axis}"
    for corner in ("left_top", "right_top", "right_bottom", "left_bottom")
    for axis in ("x", "y")
)
"""The values of the perspective filter, in the order of its corners."""
_LEAST_PIXELS = 0.15
"""Less than this at the corners is no fringe that could be seen."""
_LEAST_DEGREES = 0.05
_SIDE = 1600
"""Pixels of the longer side at which lines are looked for."""


def remove_fringes(studio: Studio) -> None:
    """Red and blue of the active paint layer are brought onto green; by how much is measured."""
    imaging.in_background(studio, FRINGES, without_fringes)


def without_fringes(artwork: Artwork) -> Steps:
    """Raises EditError for what is no paint layer, locked or empty, and where nothing can be measured or corrected."""
    from studio.filters.correction import FRINGES as KIND
    from studio.filters.correction import Fringes
    from studio.synthesis import fringes

    layer = repairing.target(artwork)
    pixels = layer.surface.read(repairing.area_of(artwork, layer)).astype(np.float32)
    red, blue = yield from repairing.answered(fringes.fringes(pixels))
    corner = math.hypot(artwork.width, artwork.height) / 2
    if max(abs(red), abs(blue)) / 100 * corner < _LEAST_PIXELS:
        raise EditError(NO_FRINGES)
    values = Fringes(red=float(np.clip(red, -2, 2)), blue=float(np.clip(blue, -2, 2)))
    surface = yield from filtered(artwork, layer, KIND, values)
    return edits.write_surface(artwork, layer.id, surface)


def find_perspective(studio: Studio, trial: FilterTrial, *, level: bool) -> None:
    """The tried perspective gets the corners that stand the picture's uprights straight, with ``level`` its levels, too.

    Looked for on the render lane; a newer search replaces one that waits. Where no lines are found a card says so.
    """
    artwork, layer_id, masked = trial.source()
    values, renderer = trial.values, trial.picture.renderer

    def work() -> Generator[float, None, keystone.Corners]:
        seen = mask_of(artwork, layer_id) if masked else below(artwork, layer_id)
        mip = _level_of(seen)
        pixels = renderer.compose(seen, seen.rect.at_level(mip), mip)
        yield 0.2
        return (yield from aside(_corners(pixels, level), 0.5))

    def arrived(event: object) -> None:
        if studio.filtering.trial is not trial or trial.values != values:
            return
        if isinstance(event, JobFinished):
            flat = [value for place in event.result for value in place]
            trial.change(msgspec.structs.replace(values, **dict(zip(CORNERS, flat, strict=True))))
        elif isinstance(event, JobFailed) and isinstance(event.error, HealError):
            studio.refuse(EditError(event.error.text))

    studio.render_lane.submit(
        work, label="perspective", priority=Priority.normal, replace="keystone", on_event=arrived
    )


def _corners(pixels: np.ndarray, level: bool) -> Generator[float, None, keystone.Corners]:
    yield 0.3
    return keystone.corners(pixels, level=level)


def _level_of(artwork: Artwork) -> int:
    """The mip level at which lines are looked for."""
    level = 0
    while max(artwork.width, artwork.height) >> level > _SIDE:
        level += 1
    return level


def straighten(studio: Studio) -> None:
    """The picture is turned until its long lines are level or upright, and framed without empty corners."""
    picture = studio.current
    if picture is not None:
        imaging.in_background(studio, STRAIGHTEN, partial(straightened, picture.renderer))


def straightened(renderer: Renderer, artwork: Artwork) -> Steps:
    """Every layer stays live under the turn. Raises EditError where no lines are found, or nothing is tilted."""
    from studio.synthesis import horizon

    level = _level_of(artwork)
    pixels = renderer.compose(artwork, artwork.rect.at_level(level), level)
    yield 0.2
    try:
        degrees = horizon.tilt(pixels)
    except HealError as error:
        raise EditError(error.text) from None
    yield 0.5
    if abs(degrees) < _LEAST_DEGREES:
        raise EditError(LEVEL)
    affine, width, height = turned_back(artwork.width, artwork.height, degrees)
    return (yield from reshaping.straightened(artwork, affine, width, height))


def turned_back(width: int, height: int, degrees: float) -> tuple[Affine, int, int]:
    """(document to new canvas, its width and height): turned by ``degrees`` anticlockwise about the middle, the largest
    canvas of the same proportions that the picture fills wholly."""
    turn = math.radians(-degrees)
    c, s = math.cos(turn), math.sin(turn)
    longer = max(width / height, height / width)
    scale = 1 / (abs(c) + abs(s) * longer)
    wide, high = max(1, math.floor(width * scale)), max(1, math.floor(height * scale))
    x, y = width / 2, height / 2
    return (c, s, -s, c, wide / 2 - (c * x - s * y), high / 2 - (s * x + c * y)), wide, high
