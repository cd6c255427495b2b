"""The Window and Help menus."""

from __future__ import annotations

from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.actions.kind import Action

PANELS_MENU = "Window/" + QT_TRANSLATE_NOOP("menus", "Panels")
_GENERATE = (
    "generation panel", "seed", "variety", "truncation", "diversity", "generation parameters", "生成面板", "种子", "随机数种子",
    "多样性", "生成参数",
)  # fmt: skip
_EXPLORE = ("latent sliders", "img2img", "redraw", "潜空间滑块", "探索面板", "图生图", "重绘")
"""Its sliders draw a picture that the model made again: the nearest there is to what others call img2img."""
_LAYERS = (
    "layer panel", "layer docker", "blend mode", "opacity", "multiply", "screen", "pass through", "图层面板", "混合模式",
    "不透明度", "正片叠底", "相乘", "滤色", "屏幕", "相除", "穿透", "通过",
)  # fmt: skip
_RESULTS = (
    "variations strip", "gallery", "discard", "favourite results", "结果条", "图库", "画廊", "丢弃", "已丢弃", "收藏结果",
)  # fmt: skip
_NAMES: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("generate", QT_TRANSLATE_NOOP("actions", "Generate"), _GENERATE, ()),
    ("explore", QT_TRANSLATE_NOOP("actions", "Explore"), _EXPLORE, ()),
    ("colour", QT_TRANSLATE_NOOP("actions", "Colour"), ("color wheel", "color selector", "颜色面板", "色轮", "拾色器面板"), ()),
    ("brushes", QT_TRANSLATE_NOOP("actions", "Brushes"), ("brush presets", "画笔预设", "画笔面板", "笔刷预设"), ()),
    ("palettes", QT_TRANSLATE_NOOP("actions", "Palettes"), ("swatches", "palette panel", "色板面板", "色板颜色", "调色板"), ()),
    ("layers", QT_TRANSLATE_NOOP("actions", "Layers"), _LAYERS, ("F7",)),
    (
        "reference", QT_TRANSLATE_NOOP("actions", "Reference board"),
        ("reference images", "pureref", "mood board", "参考图", "参考图片", "参考板"), ("Shift+R",),
    ),
    ("channels", QT_TRANSLATE_NOOP("actions", "Channels"), ("channel panel", "通道面板"), ()),
    ("info", QT_TRANSLATE_NOOP("actions", "Info"), ("information", "pointer", "信息面板", "颜色取样器信息"), ("F8",)),
    ("histogram", QT_TRANSLATE_NOOP("actions", "Histogram"), ("levels graph", "直方图", "色阶分布"), ()),
    ("filters", QT_TRANSLATE_NOOP("actions", "Filters"), ("filter panel", "adjustments", "smart filters", "滤镜面板", "调整面板", "智能滤镜"), ()),
    ("history", QT_TRANSLATE_NOOP("actions", "History"), ("undo history", "历史记录面板", "历史面板"), ()),
    ("results", QT_TRANSLATE_NOOP("actions", "Results"), _RESULTS, ()),
    ("training", QT_TRANSLATE_NOOP("actions", "Training"), ("train panel", "训练面板", "暂停训练"), ()),
    ("training-pictures", QT_TRANSLATE_NOOP("actions", "Training pictures"), ("data set", "dataset doctor", "数据集", "训练集"), ()),
    ("jobs", QT_TRANSLATE_NOOP("actions", "Jobs"), ("queue", "tasks", "progress", "任务面板", "队列"), ()),
)  # fmt: skip
"""Panel → its title, other names, keys. Navigator and second view stand in the View menu and are listed here too."""


def _panels() -> tuple[Action, ...]:
    """A switch for each panel: shows it in front, or closes it where it is in front."""
    return tuple(
        Action(
            id=f"panel-{name}",
            title=title,
            menu=PANELS_MENU,
            shortcuts=keys,
            ui=f"panel_{name}",
            aliases=aliases,
        )
        for name, title, aliases, keys in _NAMES
    )


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
    *_panels(),
    Action(
        id="next-region", title=QT_TRANSLATE_NOOP("actions", "Next region"), menu="Window", shortcuts=("F6",),
        ui="next_region",
    ),
    Action(
        id="language", title=QT_TRANSLATE_NOOP("actions", "Switch language"), menu="Help", icon="languages",
        ui="language", aliases=("English", "中文", "简体中文"),
    ),
    Action(
        id="key-guide", title=QT_TRANSLATE_NOOP("actions", "Keys for everything…"), menu="Help", shortcuts=("F3",),
        icon="keyboard", ui="key_guide", aliases=("which key", "leader key", "key guide", "按键指南", "全部按键"),
    ),
    Action(id="start-page", title=QT_TRANSLATE_NOOP("actions", "Start page"), menu="Help", ui="start_page"),
    Action(id="about", title=QT_TRANSLATE_NOOP("actions", "About Danqing"), menu="Help", ui="about", separator=True),
)  # fmt: skip
