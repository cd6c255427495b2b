"""The Text submenu of the Layer menu."""

from __future__ import annotations

from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import texts
from studio.workspace.actions.kind import Action

SUBMENU = QT_TRANSLATE_NOOP("menus", "Text")
ACTIONS = (
    Action(
        id="edit-text", title=QT_TRANSLATE_NOOP("actions", "Edit text"), menu="Layer/Text", icon="type",
        run=texts.edit_text, enabled=texts.has_text, aliases=("编辑文字", "修改文字"),
    ),
    Action(
        id="text-to-shape", title=QT_TRANSLATE_NOOP("actions", "Text to shape"), menu="Layer/Text",
        run=texts.to_shape, enabled=texts.has_text,
        aliases=("convert to shape", "create outlines", "转换为形状", "文字转曲", "创建轮廓"),
    ),
)  # fmt: skip
