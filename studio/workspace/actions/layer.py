"""The Layer menu."""

from __future__ import annotations

from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.actions.kind import Action, has_picture, layer_enabled

ACTIONS = (
    Action(
        id="new-layer", title=QT_TRANSLATE_NOOP("actions", "New paint layer"), menu="Layer",
        shortcuts=("Ctrl+Shift+N", "Insert"), icon="plus", run=lambda studio: studio.layers.add_paint(),
        enabled=has_picture, aliases=("pixel layer", "raster layer", "像素图层", "颜料图层", "新建图层"),
    ),
    Action(
        id="new-group", title=QT_TRANSLATE_NOOP("actions", "New group"), menu="Layer", icon="folder-plus",
        run=lambda studio: studio.layers.add_group(), enabled=has_picture, aliases=("folder", "图层文件夹"),
    ),
    Action(
        id="group", title=QT_TRANSLATE_NOOP("actions", "Group layer"), menu="Layer", shortcuts=("Ctrl+G",),
        run=lambda studio: studio.layers.group_active(), enabled=layer_enabled,
    ),
    Action(
        id="add-mask", title=QT_TRANSLATE_NOOP("actions", "Add layer mask"), menu="Layer", icon="layer-mask",
        run=lambda studio: studio.layers.add_mask(), enabled=layer_enabled, aliases=("transparency mask", "透明度蒙版"),
    ),
    Action(
        id="clipping", title=QT_TRANSLATE_NOOP("actions", "Clipping mask"), menu="Layer", shortcuts=("Ctrl+Alt+G",),
        icon="clipping", run=lambda studio: studio.layers.toggle_clipping(), enabled=layer_enabled,
        checked=lambda studio: bool(studio.layers.active and studio.layers.active.clipping),
        aliases=("inherit alpha", "继承透明度", "剪贴编组"),
    ),
    Action(
        id="duplicate", title=QT_TRANSLATE_NOOP("actions", "Duplicate layer"), menu="Layer", shortcuts=("Ctrl+J",),
        icon="copy", run=lambda studio: studio.layers.duplicate(), enabled=layer_enabled, separator=True,
    ),
    Action(
        id="delete-layer", title=QT_TRANSLATE_NOOP("actions", "Delete layer"), menu="Layer", shortcuts=("Shift+Delete",),
        icon="trash-2", run=lambda studio: studio.layers.remove(), enabled=layer_enabled,
    ),
    Action(
        id="layer-up", title=QT_TRANSLATE_NOOP("actions", "Move layer up"), menu="Layer", shortcuts=("Ctrl+]",),
        run=lambda studio: studio.layers.step(1), enabled=layer_enabled, aliases=("bring forward",),
    ),
    Action(
        id="layer-down", title=QT_TRANSLATE_NOOP("actions", "Move layer down"), menu="Layer", shortcuts=("Ctrl+[",),
        run=lambda studio: studio.layers.step(-1), enabled=layer_enabled, aliases=("send backward",),
    ),
    Action(
        id="layer-visible", title=QT_TRANSLATE_NOOP("actions", "Show layer"), menu="Layer",
        run=lambda studio: studio.layers.toggle_visible(), enabled=layer_enabled, icon="eye",
        checked=lambda studio: bool(studio.layers.active and studio.layers.active.visible), aliases=("hide layer", "隐藏图层"),
    ),
)  # fmt: skip
