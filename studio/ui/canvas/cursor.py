"""Which cursor the canvas shows: that of the tool which a press would use now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from studio.ui.canvas.brush_hand import BRUSH_SIZE
from studio.ui.canvas.layer_hand import PICK_LAYER
from studio.workspace.tools import Pointer
from studio.workspace.tools.registry import KINDS

if TYPE_CHECKING:
    from studio.ui.canvas.view import CanvasView

CURSORS = {
    "arrow": Qt.CursorShape.ArrowCursor,
    "text": Qt.CursorShape.IBeamCursor,
    "move": Qt.CursorShape.SizeAllCursor,
    "rotate": Qt.CursorShape.PointingHandCursor,
    "none": Qt.CursorShape.BlankCursor,
    "size-h": Qt.CursorShape.SizeHorCursor,
    "size-v": Qt.CursorShape.SizeVerCursor,
    "size-fd": Qt.CursorShape.SizeFDiagCursor,
    "size-bd": Qt.CursorShape.SizeBDiagCursor,
    "brush": Qt.CursorShape.BlankCursor,
}


def cursor_for(view: CanvasView, pointer: Pointer | None) -> Qt.CursorShape | None:
    """None: it stays as it is, since only a pointer tells a session's cursor."""
    tool, session = view.input.tool, view.studio.painting.session
    if view.picture is None:
        return Qt.CursorShape.ArrowCursor
    if tool == "hand":
        return Qt.CursorShape.ClosedHandCursor if view.input.busy else Qt.CursorShape.OpenHandCursor
    if tool == PICK_LAYER:
        return Qt.CursorShape.PointingHandCursor
    if session is not None and tool == view.studio.painting.tool:
        if pointer is None:
            return None
        return CURSORS.get(session.cursor(pointer), Qt.CursorShape.CrossCursor)
    kind = KINDS.get(tool if tool != BRUSH_SIZE else view.studio.painting.tool)
    return CURSORS.get(kind.cursor if kind else "cross", Qt.CursorShape.CrossCursor)
