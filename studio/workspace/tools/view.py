"""Hand and zoom: tools of the view, carried out by the canvas itself."""

from __future__ import annotations

from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.tools.kind import ToolKind

KINDS = (
    ToolKind(
        name="hand", title=QT_TRANSLATE_NOOP("actions", "Hand"), icon="hand", family="view", shortcuts=("H",),
        aliases=("pan", "平移", "抓手"), cursor="hand", view=True,
        hint=QT_TRANSLATE_NOOP("Options", "Drag moves the view; Space does it with any tool"),
    ),
    ToolKind(
        name="zoom", title=QT_TRANSLATE_NOOP("actions", "Zoom"), icon="search", family="zoom", shortcuts=("Z",),
        aliases=("magnify", "缩放"), view=True,
        hint=QT_TRANSLATE_NOOP("Options", "Click zooms in, Alt+click zooms out, dragging does both"),
    ),
)  # fmt: skip
