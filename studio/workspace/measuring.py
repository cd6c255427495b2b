"""What is done with a measured line: the picture is straightened by it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from studio.document.artwork import Artwork
from studio.document.layer import Affine
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import imaging, reshaping
from studio.workspace.tools.measure import MeasureSession

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

STRAIGHTEN = QT_TRANSLATE_NOOP("history", "Straighten")


def can_straighten(studio: Studio) -> bool:
    session = studio.painting.session
    return isinstance(session, MeasureSession) and session.turn is not None


def straighten(studio: Studio) -> None:
    """Turns the picture so that the measured line lies level or upright; layers stay live, the canvas keeps its size."""
    session = studio.painting.session
    if not isinstance(session, MeasureSession) or session.turn is None:
        return
    turn = session.turn

    def work(artwork: Artwork) -> reshaping.Steps:
        affine = about_middle(-turn, artwork.width, artwork.height)
        return reshaping.straightened(artwork, affine, artwork.width, artwork.height)

    imaging.in_background(studio, STRAIGHTEN, work)


def about_middle(degrees: float, width: int, height: int) -> Affine:
    """The turn, clockwise as seen, about the middle of a canvas."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = width / 2, height / 2
    return cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y
