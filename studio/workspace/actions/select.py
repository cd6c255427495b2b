"""The Select menu."""

from __future__ import annotations

from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.actions.kind import Action, has_picture

ACTIONS = (
    Action(
        id="select-all", title=QT_TRANSLATE_NOOP("actions", "Select all"), menu="Select", shortcuts=("Ctrl+A",),
        run=lambda studio: studio.layers.select_all(), enabled=has_picture,
    ),
    Action(
        id="deselect", title=QT_TRANSLATE_NOOP("actions", "Deselect"), menu="Select",
        shortcuts=("Ctrl+Shift+A", "Ctrl+D"), run=lambda studio: studio.layers.deselect(), enabled=has_picture,
        aliases=("select none", "取消选择"),
    ),
)  # fmt: skip
