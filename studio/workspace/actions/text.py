"""What can be done to text layers: part of Layer ▸ Contents."""

from __future__ import annotations

from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import texts
from studio.workspace.actions.kind import Action
from studio.workspace.actions.layer import CONTENTS

ACTIONS = (
    Action(
        id="edit-text", title=QT_TRANSLATE_NOOP("actions", "Edit text"), menu=CONTENTS, icon="type",
        run=texts.edit_text, enabled=texts.has_text, aliases=("编辑文字", "修改文字"),
    ),
    Action(
        id="text-to-shape", title=QT_TRANSLATE_NOOP("actions", "Text to shape"), menu=CONTENTS,
        run=texts.to_shape, enabled=texts.has_text,
        aliases=("convert to shape", "create outlines", "转换为形状", "文字转曲", "创建轮廓"),
    ),
)  # fmt: skip
