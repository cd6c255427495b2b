"""Tools: each is a gesture generator. Code before the first ``yield`` is the press, the loop the moves, the rest the release.

A gesture is sent :class:`Pointer` samples; ``None`` is the release. Closing the generator cancels: nothing happened.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

Gesture = Generator[None, "Pointer | None", None]
Tool = Callable[["Picture", "Painting", "Pointer"], Gesture]


class Pointer(msgspec.Struct, frozen=True):
    """One sample of pen or mouse: document pixels, pressure 0–1, tilt in degrees, time in seconds.

    ``has_pressure`` is False for a mouse, whose brushes take their width from speed. ``rotation``: of the pen's barrel in
    degrees. ``zoom``: device pixels for a document pixel, so that a grip of 8 px reaches 8 / zoom. ``clicks``: 2 for the
    second press of a double click.
    """

    x: float
    y: float
    pressure: float = 1.0
    tilt_x: float = 0.0
    tilt_y: float = 0.0
    t: float = 0.0
    has_pressure: bool = False
    modifiers: frozenset[str] = frozenset()
    rotation: float = 0.0
    zoom: float = 1.0
    clicks: int = 1
    button: str = "left"
