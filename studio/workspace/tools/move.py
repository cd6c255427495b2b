"""Move: drags the active layer by whole pixels; its own pixels stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.document import edits
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.kind import ToolKind

if TYPE_CHECKING:
    from studio.workspace.painting import Painting
    from studio.workspace.picture import Picture

OWNER = "move"


def move_gesture(picture: Picture, painting: Painting, pointer: Pointer) -> Gesture:
    """Moves the active layer; Shift keeps to the nearer axis. One undo step. Raises EditError for a locked layer."""
    document = picture.document
    artwork = document.artwork
    layer = edits.movable(artwork)
    document.begin_gesture()
    done = False
    try:
        moved = artwork
        while (sample := (yield)) is not None:
            x, y = round(sample.x - pointer.x), round(sample.y - pointer.y)
            if "shift" in sample.modifiers:
                x, y = (x, 0) if abs(x) >= abs(y) else (0, y)
            a, b, c, d, tx, ty = layer.transform
            moved = edits.set_transform(artwork, layer.id, (a, b, c, d, tx + x, ty + y))
            document.preview(OWNER, moved)
        if moved is not artwork:
            document.commit(QT_TRANSLATE_NOOP("history", "Move"), moved, owner=OWNER)
        done = True
    finally:
        if not done:
            document.revert(OWNER)
        document.end_gesture()


KINDS = (
    ToolKind(
        name="move", title=QT_TRANSLATE_NOOP("actions", "Move"), icon="move", family="move", shortcuts=("V",),
        aliases=("移动图层",), gesture=move_gesture, cursor="move", snaps=True,
        hint=QT_TRANSLATE_NOOP("Options", "Drag moves the layer, arrow keys by one pixel, Shift by ten"),
    ),
)  # fmt: skip
