"""The Edit menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.actions.kind import Action, has_picture, layer_enabled
from studio.workspace.actions.select import INSIDE

if TYPE_CHECKING:
    from studio.workspace.studio import Studio


def _can_undo(studio: Studio) -> bool:
    return studio.asides.can_undo or (
        studio.current is not None
        and (studio.painting.session is not None or studio.current.document.can_undo)
    )


def _can_redo(studio: Studio) -> bool:
    return studio.asides.can_redo or (
        studio.current is not None
        and (studio.painting.session is not None or studio.current.document.can_redo)
    )


_SETS = (
    ("danqing", QT_TRANSLATE_NOOP("actions", "Keys as in Danqing"), "丹青快捷键"),
    ("photoshop", QT_TRANSLATE_NOOP("actions", "Keys as in Photoshop"), "PS 快捷键"),
    ("krita", QT_TRANSLATE_NOOP("actions", "Keys as in Krita"), "Krita 快捷键"),
    ("gimp", QT_TRANSLATE_NOOP("actions", "Keys as in GIMP"), "GIMP 快捷键"),
)


def _sets() -> tuple[Action, ...]:
    """Each shortcut set by its name; the dialog of the shortcuts offers them too."""
    return tuple(
        Action(
            id=f"keys-{name}", title=title, run=lambda studio, name=name: studio.change_settings(shortcut_set=name),
            checked=lambda studio, name=name: studio.settings.shortcut_set == name,
            aliases=("shortcut set", "keyboard preset", alias),
        )
        for name, title, alias in _SETS
    )  # fmt: skip


ACTIONS = (
    Action(
        id="undo", title=QT_TRANSLATE_NOOP("actions", "Undo"), menu="Edit", shortcuts=("Ctrl+Z",), icon="undo-2",
        run=lambda studio: studio.undo(), enabled=_can_undo, aliases=("step backward", "后退一步"),
    ),
    Action(
        id="redo", title=QT_TRANSLATE_NOOP("actions", "Redo"), menu="Edit", shortcuts=("Ctrl+Shift+Z", "Ctrl+Y"),
        icon="redo-2", run=lambda studio: studio.redo(), enabled=_can_redo, aliases=("step forward", "前进一步"),
    ),
    Action(
        id="cut", title=QT_TRANSLATE_NOOP("actions", "Cut"), menu="Edit", shortcuts=("Ctrl+X",),
        run=lambda studio: studio.clipboard.cut(), enabled=layer_enabled, separator=True,
    ),
    Action(
        id="copy", title=QT_TRANSLATE_NOOP("actions", "Copy"), menu="Edit", shortcuts=("Ctrl+C",), icon="copy",
        run=lambda studio: studio.clipboard.copy(), enabled=layer_enabled, aliases=("拷贝",),
    ),
    Action(
        id="copy-merged", title=QT_TRANSLATE_NOOP("actions", "Copy merged"), menu="Edit", shortcuts=("Ctrl+Shift+C",),
        run=lambda studio: studio.merging.copy_merged(), enabled=lambda studio: studio.current is not None,
        aliases=("copy visible", "合并拷贝"),
    ),
    Action(
        id="paste", title=QT_TRANSLATE_NOOP("actions", "Paste"), menu="Edit", shortcuts=("Ctrl+V",), icon="clipboard",
        ui="paste", aliases=("insert", "粘贴图层"),
    ),
    Action(
        id="paste-new", title=QT_TRANSLATE_NOOP("actions", "Paste as new picture"), menu="Edit", shortcuts=("Ctrl+Shift+V",),
        ui="paste_new", aliases=("new from clipboard", "从剪贴板新建"),
    ),
    Action(
        id="paste-into", title=QT_TRANSLATE_NOOP("actions", "Paste into selection"), menu="Edit",
        shortcuts=("Ctrl+Alt+Shift+V",), ui="paste_into", enabled=has_picture,
        aliases=("paste into", "paste inside", "贴入", "粘贴到选区", "选择性粘贴"),
    ),
    *INSIDE,
    Action(
        id="swap-colours", title=QT_TRANSLATE_NOOP("actions", "Swap colours"), menu="Edit", shortcuts=("X",),
        run=lambda studio: studio.painting.swap(), separator=True, aliases=("switch foreground background", "切换前景色"),
    ),
    Action(
        id="reset-colours", title=QT_TRANSLATE_NOOP("actions", "Reset colours"), menu="Edit", shortcuts=("D",),
        run=lambda studio: studio.painting.reset(), aliases=("default colours", "默认前景色"),
    ),
    Action(
        id="settings", title=QT_TRANSLATE_NOOP("actions", "Settings…"), menu="Edit", shortcuts=("Ctrl+,",),
        icon="settings", ui="settings", separator=True, aliases=("preferences", "首选项"),
    ),
    Action(
        id="shortcuts", title=QT_TRANSLATE_NOOP("actions", "Shortcuts…"), menu="Edit", icon="keyboard", ui="shortcuts",
        shortcuts=("Ctrl+Alt+Shift+K",), aliases=("keyboard shortcuts", "hotkeys", "键盘快捷键", "热键"),
    ),
    *_sets(),
    Action(
        id="palette", title=QT_TRANSLATE_NOOP("actions", "Command palette…"), menu="Help",
        shortcuts=("Ctrl+K", "Ctrl+Shift+P"), icon="search", ui="palette", aliases=("search actions", "discover"),
    ),
)  # fmt: skip
