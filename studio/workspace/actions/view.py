"""The View menu."""

from __future__ import annotations

from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.actions.kind import Action, has_picture

ACTIONS = (
    Action(
        id="zoom-fit", title=QT_TRANSLATE_NOOP("actions", "Fit in window"), menu="View", shortcuts=("Ctrl+0",),
        ui="zoom_fit", icon="maximize", enabled=has_picture, aliases=("fit on screen", "适合屏幕"),
    ),
    Action(
        id="zoom-one", title=QT_TRANSLATE_NOOP("actions", "Actual pixels"), menu="View", shortcuts=("Ctrl+1",),
        ui="zoom_one", enabled=has_picture, aliases=("100 %", "1:1"),
    ),
    Action(
        id="zoom-in", title=QT_TRANSLATE_NOOP("actions", "Zoom in"), menu="View", shortcuts=("Ctrl++", "Ctrl+="),
        ui="zoom_in", icon="zoom-in", enabled=has_picture,
    ),
    Action(
        id="zoom-out", title=QT_TRANSLATE_NOOP("actions", "Zoom out"), menu="View", shortcuts=("Ctrl+-",),
        ui="zoom_out", icon="zoom-out", enabled=has_picture,
    ),
    Action(
        id="rotate-left", title=QT_TRANSLATE_NOOP("actions", "Rotate view left"), menu="View", shortcuts=("Ctrl+Shift+Left",),
        ui="rotate_left", icon="rotate-ccw", enabled=has_picture, separator=True,
    ),
    Action(
        id="rotate-right", title=QT_TRANSLATE_NOOP("actions", "Rotate view right"), menu="View", shortcuts=("Ctrl+Shift+Right",),
        ui="rotate_right", enabled=has_picture,
    ),
    Action(
        id="rotate-reset", title=QT_TRANSLATE_NOOP("actions", "Reset view rotation"), menu="View", shortcuts=("Ctrl+Shift+Home",),
        ui="rotate_reset", enabled=has_picture,
    ),
    Action(
        id="before", title=QT_TRANSLATE_NOOP("actions", "Show before (hold)"), menu="View", shortcuts=("\\",),
        ui="before", enabled=has_picture, separator=True,
    ),
    Action(
        id="judge", title=QT_TRANSLATE_NOOP("actions", "Judge colours"), menu="View", shortcuts=("F9",), ui="judge",
        aliases=("colour assessment", "评色"),
    ),
    Action(
        id="hide-panels", title=QT_TRANSLATE_NOOP("actions", "Hide panels"), menu="View", shortcuts=("Tab",),
        ui="hide_panels", separator=True,
    ),
    Action(
        id="full-screen", title=QT_TRANSLATE_NOOP("actions", "Full screen"), menu="View", shortcuts=("F11",),
        ui="full_screen",
    ),
)  # fmt: skip
