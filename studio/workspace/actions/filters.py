"""The Filter menu and the live filter layers, made from the registry of filters."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import TYPE_CHECKING

from studio.filters.catalogue import ADJUSTMENTS, GROUPS, LISTED, Listed
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.actions.kind import Action, has_picture, layer_enabled
from studio.workspace.actions.layer import NEW
from studio.workspace.filter_stacks import NONE as NO_STACK
from studio.workspace.filter_stacks import NOTHING_COPIED
from studio.workspace.key_letters import FILTER_LETTERS, LAYER_LETTERS

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

ADJUSTMENT = f"{NEW}/" + QT_TRANSLATE_NOOP("menus", "New adjustment layer")
FILTER = f"{NEW}/" + QT_TRANSLATE_NOOP("menus", "New filter layer")
MENU = "Filter"


@cache
def filter_actions() -> tuple[Action, ...]:
    """The last filter again; then one live layer and one direct use for each filter of the registry, by family."""
    return (*AGAIN, *_of_registry())


def grouped() -> Iterator[Listed]:
    """All filters, family by family."""
    for group in GROUPS:
        yield from (one for one in LISTED.values() if one.group == group)


def aliases_of(name: str) -> tuple[str, ...]:
    """Names of a filter in other programs and languages."""
    return _FILTER_ALIASES.get(name, ())


def _of_registry() -> Iterator[Action]:
    for kind in grouped():
        adjusts = kind.group in ADJUSTMENTS
        other = ("adjustment layer", "调整图层") if adjusts else ("filter layer", "滤镜图层")
        yield Action(
            id=f"filter-layer-{kind.name}", title=kind.title, icon="filter-layer",
            menu=f"{ADJUSTMENT if adjusts else FILTER}/{GROUPS[kind.group]}",
            run=partial(_add_layer, name=kind.name), enabled=has_picture, branch=f"N{LAYER_LETTERS[kind.group]}",
            aliases=(*other, kind.name, *aliases_of(kind.name)),
        )  # fmt: skip
        yield Action(
            id=f"filter-{kind.name}", title=kind.title, icon="sliders-horizontal", menu=f"{MENU}/{GROUPS[kind.group]}",
            shortcuts=_KEYS.get(kind.name, ()), run=partial(_try, name=kind.name), enabled=layer_enabled,
            branch=f"T{FILTER_LETTERS[kind.group]}", aliases=(kind.name, *aliases_of(kind.name)),
        )  # fmt: skip


def _add_layer(studio: Studio, name: str) -> None:
    studio.filtering.add_layer(name)


def _try(studio: Studio, name: str) -> None:
    studio.filtering.begin(name)


def _used(studio: Studio) -> bool:
    return layer_enabled(studio) and bool(studio.filtering.memory.last)


def _why_not(studio: Studio) -> str:
    if studio.current is None or studio.filtering.memory.last:
        return ""
    return QT_TRANSLATE_NOOP("notices", "No filter was applied yet. Choose one in the menu Filter.")


def _no_stack(studio: Studio) -> str:
    return NO_STACK if studio.current is not None else ""


def _nothing_copied(studio: Studio) -> str:
    return NOTHING_COPIED if studio.current is not None and not studio.filtering.stacks.copied else ""


AGAIN = (
    Action(
        id="filter-again", title=QT_TRANSLATE_NOOP("actions", "Last filter again"), menu=MENU, shortcuts=("Ctrl+F",),
        icon="redo-2", run=lambda studio: studio.filtering.again(), enabled=_used, why=_why_not,
        aliases=("repeat last filter", "apply filter again", "last filter", "上次滤镜操作", "重复上一次滤镜"),
    ),
    Action(
        id="filter-again-open", title=QT_TRANSLATE_NOOP("actions", "Last filter, other values"), menu=MENU,
        shortcuts=("Ctrl+Alt+F",), icon="sliders-horizontal", run=lambda studio: studio.filtering.begin_again(),
        enabled=_used, why=_why_not,
        aliases=("re-show last filter", "reprompt filter", "fade", "重新显示上一次滤镜"),
    ),
    Action(
        id="filter-search", title=QT_TRANSLATE_NOOP("actions", "Find a filter"), menu=MENU, icon="search",
        ui="find_filter", aliases=("search filters", "filter gallery", "G'MIC", "滤镜库", "搜索滤镜"),
    ),
    Action(
        id="filter-recipe-save", title=QT_TRANSLATE_NOOP("actions", "Save filters as a recipe…"), menu=MENU, icon="save",
        ui="filter_recipe_save", enabled=lambda studio: bool(studio.filtering.stacks.stack), why=_no_stack, separator=True,
        aliases=("save filter stack", "save adjustment", "保存滤镜组", "动作", "action"),
    ),
    Action(
        id="filter-recipe-open", title=QT_TRANSLATE_NOOP("actions", "Add filters of a recipe…"), menu=MENU,
        icon="folder-open", ui="filter_recipe_open", enabled=has_picture,
        aliases=("load filter stack", "load adjustment", "载入滤镜组"),
    ),
    Action(
        id="filter-settings-copy", title=QT_TRANSLATE_NOOP("actions", "Copy filter settings"), menu=MENU, icon="copy",
        run=lambda studio: studio.filtering.stacks.copy(), enabled=lambda studio: bool(studio.filtering.stacks.stack),
        why=_no_stack, aliases=("copy develop settings", "copy adjustments", "复制修改照片设置", "复制调整"),
    ),
    Action(
        id="filter-settings-paste", title=QT_TRANSLATE_NOOP("actions", "Paste filter settings"), menu=MENU,
        icon="clipboard", run=lambda studio: studio.filtering.stacks.paste(),
        enabled=lambda studio: has_picture(studio) and bool(studio.filtering.stacks.copied), why=_nothing_copied,
        aliases=("paste develop settings", "paste adjustments", "粘贴修改照片设置", "粘贴调整"),
    ),
    Action(
        id="filter-batch", title=QT_TRANSLATE_NOOP("actions", "Batch…"), menu=MENU, icon="layers", ui="filter_batch",
        aliases=("batch process", "image processor", "批处理", "图像处理器", "actions"),
    ),
    Action(
        id="feature-map", title=QT_TRANSLATE_NOOP("actions", "Feature map…"), menu=MENU, icon="cpu", ui="feature_map",
        enabled=has_picture, aliases=("CNN", "convolutional layer", "ReLU", "pooling", "卷积神经网络", "特征图", "池化"),
    ),
)  # fmt: skip
"""What stands above the families in the Filter menu."""

_KEYS = {
    "levels": ("Ctrl+L",),
    "curves": ("Ctrl+M",),
    "hue-saturation": ("Ctrl+U",),
    "colour-balance": ("Ctrl+B",),
    "invert": ("Ctrl+I",),
    "black-and-white": ("Ctrl+Shift+U",),
}
"""Keys that Photoshop and Krita share; the last takes colour out, which both call desaturate."""

_FILTER_ALIASES = {
    "invert": ("invert colours", "invert colors", "negative", "负片"),
    "paper-to-transparent": ("color to alpha", "colour to alpha", "颜色转为透明度", "色彩转到透明度"),
    "colour-fringes": ("chromatic aberration", "defringe", "色差", "去紫边"),
    "vignette-correction": ("vignetting", "lens correction", "暗角", "晕影"),
    "red-eye": ("red eye removal", "去红眼", "红眼"),
    "faded-print": ("old photo", "restore colour", "褪色", "老照片"),
    "line-art": ("scan to line art", "提取线稿"),
    "spot-inks": ("risograph", "screen print", "poster", "专色印刷", "孔版印刷", "海报"),
    "rotational-symmetry": ("n-fold symmetry", "mandala", "旋转对称", "曼陀罗"),
    "offset": ("seams", "tile offset", "位移", "偏移", "拼贴接缝"),
    "normal-map": ("bump map", "height to normal", "法线贴图", "凹凸贴图"),
    "ambient-occlusion": ("AO map", "环境光遮蔽", "环境光吸收"),
    "curvature": ("curvature map", "cavity", "曲率贴图"),
    "level-heights": ("flatten lighting", "delight", "去除光照", "高度拉平"),
    "gaussian-noise": ("add noise", "添加杂色", "添加噪点", "噪点", "RGB noise"),
    "uniform-noise": ("add noise", "添加杂色", "均匀噪点"),
    "salt-and-pepper": ("impulse noise", "add noise", "添加杂色", "脉冲噪声"),
    "speckle-noise": ("multiplicative noise", "add noise", "乘性噪声"),
    "poisson-noise": ("shot noise", "ISO noise", "散粒噪声", "高感光度噪点"),
    "film-grain": ("grain", "analog film", "颗粒", "胶片"),
    "banding": ("row noise", "scan lines", "行噪声"),
    "quantise": ("posterize", "dither", "bit depth", "抖动", "色调分离"),
    "jpeg": ("compression", "JPEG blocks", "压缩", "块效应"),
    "gaussian-blur": ("blur", "模糊", "soften"),
    "box-blur": ("mean", "average", "均值模糊"),
    "median": ("despeckle", "中间值", "去斑"),
    "bilateral": ("smart blur", "智能模糊"),
    "surface-blur": ("selective blur", "表面模糊", "skin"),
    "motion-blur": ("directional blur", "方向模糊"),
    "radial-blur": ("spin blur", "circular motion", "径向模糊"),
    "zoom-blur": ("radial zoom", "径向模糊"),
    "lens-blur": ("bokeh", "depth of field", "散景", "虚化"),
    "unsharp-mask": ("sharpen", "USM", "锐化"),
    "high-pass": ("sharpen", "高反差"),
    "wiener": ("deblur", "sharpen", "去模糊"),
    "richardson-lucy": ("deblur", "sharpen", "smart sharpen", "智能锐化", "去模糊"),
    "xdog": ("line art", "photocopy", "线稿"),
    "difference-of-gaussians": ("DoG", "edges"),
    "convolution": ("convolve", "matrix", "自定", "卷积"),
    "non-local-means": ("NLM", "denoise", "降噪"),
    "wavelet-denoise": ("reduce noise", "减少杂色"),
    "total-variation": ("denoise", "TV", "降噪"),
    "deband": ("banding", "色阶断层"),
    "dead-pixels": ("hot pixels", "坏点"),
    "dust-and-scratches": ("despeckle", "scratch", "去尘"),
    "black-and-white": ("desaturate", "greyscale", "grayscale", "去色", "灰度"),
    "auto-contrast": ("auto levels", "自动色阶", "stretch contrast", "normalize"),
}
