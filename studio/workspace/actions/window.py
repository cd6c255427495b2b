"""The Window and Help menus."""

from __future__ import annotations

from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.actions.kind import Action

ACTIONS = (
    Action(
        id="workspace-paint", title=QT_TRANSLATE_NOOP("actions", "Paint workspace"), menu="Window",
        ui="workspace_paint",
    ),
    Action(
        id="workspace-generate", title=QT_TRANSLATE_NOOP("actions", "Generate workspace"), menu="Window",
        ui="workspace_generate",
    ),
    Action(
        id="workspace-photo", title=QT_TRANSLATE_NOOP("actions", "Photo workspace"), menu="Window",
        ui="workspace_photo", aliases=("retouching", "修图"),
    ),
    Action(
        id="workspace-train", title=QT_TRANSLATE_NOOP("actions", "Train workspace"), menu="Window",
        ui="workspace_train",
    ),
    Action(
        id="reset-workspace", title=QT_TRANSLATE_NOOP("actions", "Reset workspace"), menu="Window",
        ui="reset_workspace", separator=True, aliases=("复位工作区",),
    ),
    Action(
        id="next-region", title=QT_TRANSLATE_NOOP("actions", "Next region"), menu="Window", shortcuts=("F6",),
        ui="next_region",
    ),
    Action(
        id="language", title=QT_TRANSLATE_NOOP("actions", "Switch language"), menu="Help", icon="languages",
        ui="language", aliases=("English", "中文", "简体中文"),
    ),
    Action(id="start-page", title=QT_TRANSLATE_NOOP("actions", "Start page"), menu="Help", ui="start_page"),
    Action(id="about", title=QT_TRANSLATE_NOOP("actions", "About Danqing"), menu="Help", ui="about", separator=True),
)  # fmt: skip
