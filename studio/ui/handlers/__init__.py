"""What the window itself carries out of the list of actions, room by room."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.ui.handlers import (
    brushes,
    clipboard,
    fills,
    filters,
    image,
    layers,
    models,
    panels,
    process,
    selecting,
    view,
)

if TYPE_CHECKING:
    from studio.ui.main_window import MainWindow

Handlers = dict[str, Callable[[], object]]
States = dict[str, Callable[[], bool]]

ROOMS: tuple[Callable[[MainWindow], Handlers], ...] = (
    brushes.handlers,
    fills.handlers,
    filters.handlers,
    clipboard.handlers,
    layers.handlers,
    models.handlers,
    panels.handlers,
    process.handlers,
    selecting.handlers,
    view.handlers,
    image.handlers,
)
"""Each makes the handlers of one room: ``room.handlers``."""


def all_handlers(window: MainWindow) -> Handlers:
    """Handler by the name that actions give in ``ui``."""
    found = window.window_actions.handlers()
    for room in ROOMS:
        found |= room(window)
    return found


def all_states(window: MainWindow) -> States:
    """By the same names: whether the window has on what the handler switches."""
    return panels.states(window) | view.states(window)
