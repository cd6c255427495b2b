"""One list of everything the artist can do: menus, toolbar, command palette and tests are built from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.recipe import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from studio.workspace.studio import Studio


def _nothing(studio: Studio) -> None:
    """For actions that the window carries out."""


def _always(studio: Studio) -> bool:
    return True


def has_picture(studio: Studio) -> bool:
    return studio.current is not None


@dataclass(frozen=True, kw_only=True)
class Action:
    """``title`` is translated in context ``actions``, each part of ``menu`` (``Layer/New``) in context ``menus``.

    ``shortcuts``: portable key sequences, the first is shown. ``aliases``: names in other programs and languages that
    the palette finds. ``ui``: name of the window's own handler; without it ``run`` does the work. ``checked`` makes it
    a switch. ``key`` in a menu's order is the place in ACTIONS. ``palette_only``: in no menu.
    """

    id: str
    title: str
    menu: str = ""
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    aliases: tuple[str, ...] = ()
    run: Callable[[Studio], None] = _nothing
    enabled: Callable[[Studio], bool] = _always
    checked: Callable[[Studio], bool] | None = None
    ui: str = ""
    separator: bool = False


MENUS = (
    QT_TRANSLATE_NOOP("menus", "File"),
    QT_TRANSLATE_NOOP("menus", "Edit"),
    QT_TRANSLATE_NOOP("menus", "Image"),
    QT_TRANSLATE_NOOP("menus", "Layer"),
    QT_TRANSLATE_NOOP("menus", "Select"),
    QT_TRANSLATE_NOOP("menus", "Filter"),
    QT_TRANSLATE_NOOP("menus", "Generate"),
    QT_TRANSLATE_NOOP("menus", "View"),
    QT_TRANSLATE_NOOP("menus", "Window"),
    QT_TRANSLATE_NOOP("menus", "Help"),
)


def _tool(name: str) -> Callable[[Studio], None]:
    return lambda studio: studio.painting.choose_tool(name)


def _tool_chosen(name: str) -> Callable[[Studio], bool]:
    return lambda studio: studio.painting.tool == name


def _layer_enabled(studio: Studio) -> bool:
    return studio.current is not None and studio.current.document.artwork.active_layer is not None


def _can_undo(studio: Studio) -> bool:
    return studio.current is not None and studio.current.document.can_undo


def _can_redo(studio: Studio) -> bool:
    return studio.current is not None and studio.current.document.can_redo


def _variants(studio: Studio) -> bool:
    target = studio.generating.target
    return target is not None and len(target.variants) > 1


FILE_ACTIONS = (
    Action(
        id="new", title=QT_TRANSLATE_NOOP("actions", "New…"), menu="File", shortcuts=("Ctrl+N",), icon="file", ui="new",
        aliases=("new document", "新建文档", "新建图像"),
    ),
    Action(
        id="open", title=QT_TRANSLATE_NOOP("actions", "Open…"), menu="File", shortcuts=("Ctrl+O",), icon="folder-open",
        ui="open", aliases=("load", "import picture", "导入"),
    ),
    Action(
        id="unsaved", title=QT_TRANSLATE_NOOP("actions", "Unsaved pictures…"), menu="File", ui="unsaved",
        aliases=("recover", "restore", "autosave", "恢复", "自动保存"),
    ),
    Action(
        id="save", title=QT_TRANSLATE_NOOP("actions", "Save"), menu="File", shortcuts=("Ctrl+S",), icon="save", ui="save",
        enabled=has_picture, separator=True,
    ),
    Action(
        id="save-as", title=QT_TRANSLATE_NOOP("actions", "Save as…"), menu="File", shortcuts=("Ctrl+Shift+S",),
        ui="save_as", enabled=has_picture, aliases=("save copy", "存储为"),
    ),
    Action(
        id="export", title=QT_TRANSLATE_NOOP("actions", "Export…"), menu="File", shortcuts=("Ctrl+Alt+Shift+S",),
        icon="download", ui="export", enabled=has_picture,
        aliases=("save for web", "export as", "PNG", "JPEG", "TIFF", "WebP", "导出为"),
    ),
    Action(
        id="close", title=QT_TRANSLATE_NOOP("actions", "Close"), menu="File", shortcuts=("Ctrl+W",), ui="close",
        enabled=has_picture, separator=True,
    ),
    Action(
        id="open-anyway", title=QT_TRANSLATE_NOOP("actions", "Open anyway"),
        run=lambda studio: studio.filing.open_anyway(), enabled=lambda studio: bool(studio.filing.too_large),
    ),
    Action(id="quit", title=QT_TRANSLATE_NOOP("actions", "Quit"), menu="File", shortcuts=("Ctrl+Q",), ui="quit"),
)  # fmt: skip

EDIT_ACTIONS = (
    Action(
        id="undo", title=QT_TRANSLATE_NOOP("actions", "Undo"), menu="Edit", shortcuts=("Ctrl+Z",), icon="undo-2",
        run=lambda studio: studio.undo(), enabled=_can_undo, aliases=("step backward", "后退一步"),
    ),
    Action(
        id="redo", title=QT_TRANSLATE_NOOP("actions", "Redo"), menu="Edit", shortcuts=("Ctrl+Shift+Z", "Ctrl+Y"),
        icon="redo-2", run=lambda studio: studio.redo(), enabled=_can_redo, aliases=("step forward", "前进一步"),
    ),
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
        aliases=("keyboard shortcuts", "hotkeys", "键盘快捷键", "热键"),
    ),
    Action(
        id="palette", title=QT_TRANSLATE_NOOP("actions", "Command palette…"), menu="Help",
        shortcuts=("Ctrl+K", "Ctrl+Shift+P"), icon="search", ui="palette", aliases=("search actions", "discover"),
    ),
)  # fmt: skip

LAYER_ACTIONS = (
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
        run=lambda studio: studio.layers.group_active(), enabled=_layer_enabled,
    ),
    Action(
        id="add-mask", title=QT_TRANSLATE_NOOP("actions", "Add layer mask"), menu="Layer", icon="layer-mask",
        run=lambda studio: studio.layers.add_mask(), enabled=_layer_enabled, aliases=("transparency mask", "透明度蒙版"),
    ),
    Action(
        id="clipping", title=QT_TRANSLATE_NOOP("actions", "Clipping mask"), menu="Layer", shortcuts=("Ctrl+Alt+G",),
        icon="clipping", run=lambda studio: studio.layers.toggle_clipping(), enabled=_layer_enabled,
        checked=lambda studio: bool(studio.layers.active and studio.layers.active.clipping),
        aliases=("inherit alpha", "继承透明度", "剪贴编组"),
    ),
    Action(
        id="duplicate", title=QT_TRANSLATE_NOOP("actions", "Duplicate layer"), menu="Layer", shortcuts=("Ctrl+J",),
        icon="copy", run=lambda studio: studio.layers.duplicate(), enabled=_layer_enabled, separator=True,
    ),
    Action(
        id="delete-layer", title=QT_TRANSLATE_NOOP("actions", "Delete layer"), menu="Layer", shortcuts=("Shift+Delete",),
        icon="trash-2", run=lambda studio: studio.layers.remove(), enabled=_layer_enabled,
    ),
    Action(
        id="layer-up", title=QT_TRANSLATE_NOOP("actions", "Move layer up"), menu="Layer", shortcuts=("Ctrl+]",),
        run=lambda studio: studio.layers.step(1), enabled=_layer_enabled, aliases=("bring forward",),
    ),
    Action(
        id="layer-down", title=QT_TRANSLATE_NOOP("actions", "Move layer down"), menu="Layer", shortcuts=("Ctrl+[",),
        run=lambda studio: studio.layers.step(-1), enabled=_layer_enabled, aliases=("send backward",),
    ),
    Action(
        id="layer-visible", title=QT_TRANSLATE_NOOP("actions", "Show layer"), menu="Layer",
        run=lambda studio: studio.layers.toggle_visible(), enabled=_layer_enabled, icon="eye",
        checked=lambda studio: bool(studio.layers.active and studio.layers.active.visible), aliases=("hide layer", "隐藏图层"),
    ),
)  # fmt: skip

SELECT_ACTIONS = (
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

GENERATE_ACTIONS = (
    Action(
        id="generate", title=QT_TRANSLATE_NOOP("actions", "Generate"), menu="Generate",
        shortcuts=("Ctrl+Return", "Ctrl+Enter"), icon="sparkles", run=lambda studio: studio.generating.generate(),
        enabled=lambda studio: studio.generating.button().enabled, aliases=("dream", "txt2img", "文生图", "生图"),
    ),
    Action(
        id="generate-new", title=QT_TRANSLATE_NOOP("actions", "Generate as new layer"), menu="Generate",
        shortcuts=("Ctrl+Shift+Return",), run=lambda studio: studio.generating.generate(new_layer=True),
        enabled=lambda studio: studio.generating.button().enabled, icon="generated-layer",
    ),
    Action(
        id="stop", title=QT_TRANSLATE_NOOP("actions", "Stop"), menu="Generate", shortcuts=("Shift+X",), icon="square",
        run=lambda studio: studio.generating.stop(), enabled=lambda studio: studio.generating.running,
        aliases=("cancel", "interrupt", "中断"),
    ),
    Action(
        id="stop-all", title=QT_TRANSLATE_NOOP("actions", "Stop everything"), menu="Generate",
        shortcuts=("Ctrl+Shift+X",), run=lambda studio: studio.jobs.stop_all(),
        enabled=lambda studio: bool(studio.jobs.lines),
    ),
    Action(
        id="surprise", title=QT_TRANSLATE_NOOP("actions", "Surprise me"), menu="Generate", shortcuts=("Ctrl+Alt+R",),
        icon="dice-5", run=lambda studio: studio.generating.surprise(), separator=True, aliases=("random", "随机"),
        enabled=lambda studio: studio.generating.model is not None,
    ),
    Action(
        id="sliders-zero", title=QT_TRANSLATE_NOOP("actions", "Sliders to zero"), menu="Generate",
        shortcuts=("Ctrl+Alt+Backspace",), run=lambda studio: studio.exploring.zero(),
        enabled=lambda studio: studio.generating.model is not None,
    ),
    Action(
        id="previous-variant", title=QT_TRANSLATE_NOOP("actions", "Previous variation"), menu="Generate",
        shortcuts=(",",), run=lambda studio: studio.generating.flip(-1), enabled=_variants, separator=True,
    ),
    Action(
        id="next-variant", title=QT_TRANSLATE_NOOP("actions", "Next variation"), menu="Generate", shortcuts=(".",),
        run=lambda studio: studio.generating.flip(1), enabled=_variants,
    ),
    Action(
        id="train", title=QT_TRANSLATE_NOOP("actions", "Train on a folder…"), menu="Generate", ui="train",
        separator=True, aliases=("finetune", "fine-tune", "微调", "训练模型"),
    ),
    Action(
        id="import-model", title=QT_TRANSLATE_NOOP("actions", "Import model…"), menu="Generate", ui="import_model",
        aliases=("checkpoint", "safetensors", "导入模型"),
    ),
)  # fmt: skip

VIEW_ACTIONS = (
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
        id="rotate-left", title=QT_TRANSLATE_NOOP("actions", "Rotate view left"), menu="View", shortcuts=("4",),
        ui="rotate_left", icon="rotate-ccw", enabled=has_picture, separator=True,
    ),
    Action(
        id="rotate-right", title=QT_TRANSLATE_NOOP("actions", "Rotate view right"), menu="View", shortcuts=("6",),
        ui="rotate_right", enabled=has_picture,
    ),
    Action(
        id="rotate-reset", title=QT_TRANSLATE_NOOP("actions", "Reset view rotation"), menu="View", shortcuts=("5",),
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
    Action(
        id="workspace-paint", title=QT_TRANSLATE_NOOP("actions", "Paint workspace"), menu="Window",
        ui="workspace_paint",
    ),
    Action(
        id="workspace-generate", title=QT_TRANSLATE_NOOP("actions", "Generate workspace"), menu="Window",
        ui="workspace_generate",
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

TOOL_ACTIONS = tuple(
    Action(
        id=f"tool-{name}", title=title, shortcuts=shortcuts, icon=icon, run=_tool(name), checked=_tool_chosen(name),
        aliases=aliases,
    )
    for name, title, shortcuts, icon, aliases in (
        ("move", QT_TRANSLATE_NOOP("actions", "Move"), ("V",), "move", ("移动图层",)),
        ("picker", QT_TRANSLATE_NOOP("actions", "Picker"), ("I",), "pipette", ("eyedropper", "color picker", "拾色器")),
        ("ink", QT_TRANSLATE_NOOP("actions", "Ink brush"), ("B",), "ink-brush", ("calligraphy", "pen", "笔刷", "墨")),
        ("brush", QT_TRANSLATE_NOOP("actions", "Soft brush"), ("Shift+B",), "soft-brush", ("airbrush", "笔刷")),
        ("eraser", QT_TRANSLATE_NOOP("actions", "Eraser"), ("E",), "eraser", ("rubber",)),
        ("hand", QT_TRANSLATE_NOOP("actions", "Hand"), ("H",), "hand", ("pan", "平移", "抓手")),
        ("zoom", QT_TRANSLATE_NOOP("actions", "Zoom"), ("Z",), "search", ("magnify", "缩放")),
    )
)  # fmt: skip

BRUSH_ACTIONS = (
    Action(
        id="brush-smaller", title=QT_TRANSLATE_NOOP("actions", "Smaller brush"), menu="Edit", shortcuts=("[",),
        run=lambda studio: studio.painting.resize(-1), separator=True,
    ),
    Action(
        id="brush-larger", title=QT_TRANSLATE_NOOP("actions", "Larger brush"), menu="Edit", shortcuts=("]",),
        run=lambda studio: studio.painting.resize(1),
    ),
)  # fmt: skip


def filter_actions() -> tuple[Action, ...]:
    """One live filter layer and one direct use for each filter of the registry."""
    from studio.filters import FILTERS

    layers = tuple(
        Action(
            id=f"filter-layer-{name}", title=kind.title, menu="Layer/New filter layer", icon="filter-layer",
            run=lambda studio, name=name: studio.filtering.add_layer(name), enabled=has_picture,
            aliases=("adjustment layer", "调整图层", kind.name, *_FILTER_ALIASES.get(name, ())),
        )
        for name, kind in FILTERS.items()
    )  # fmt: skip
    direct = tuple(
        Action(
            id=f"filter-{name}", title=kind.title, menu="Filter", icon="sliders-horizontal",
            run=lambda studio, name=name: studio.filtering.apply(name), enabled=_layer_enabled,
            aliases=(kind.name, *_FILTER_ALIASES.get(name, ())),
        )
        for name, kind in FILTERS.items()
    )  # fmt: skip
    return layers + direct


_FILTER_ALIASES = {
    "gaussian-noise": ("add noise", "添加杂色", "添加噪点", "噪点", "RGB noise"),
    "uniform-noise": ("add noise", "添加杂色", "均匀噪点"),
    "gaussian-blur": ("blur", "模糊", "soften"),
    "auto-contrast": ("auto levels", "自动色阶", "stretch contrast", "normalize"),
}

_MENU_SOURCES = (
    QT_TRANSLATE_NOOP("menus", "New filter layer"),
)  # fmt: skip


def all_actions() -> tuple[Action, ...]:
    """Every action, in menu order."""
    return (
        *FILE_ACTIONS,
        *EDIT_ACTIONS,
        *BRUSH_ACTIONS,
        *LAYER_ACTIONS,
        *SELECT_ACTIONS,
        *filter_actions(),
        *GENERATE_ACTIONS,
        *TOOL_ACTIONS,
        *VIEW_ACTIONS,
    )
