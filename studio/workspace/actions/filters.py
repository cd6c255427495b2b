"""The Filter menu and the live filter layers, made from the registry of filters."""

from __future__ import annotations

from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.actions.kind import Action, has_picture, layer_enabled
from studio.workspace.actions.layer import NEW


def filter_actions() -> tuple[Action, ...]:
    """One live filter layer and one direct use for each filter of the registry."""
    from studio.filters import FILTERS

    layers = tuple(
        Action(
            id=f"filter-layer-{name}", title=kind.title, menu=f"{NEW}/New filter layer", icon="filter-layer",
            run=lambda studio, name=name: studio.filtering.add_layer(name), enabled=has_picture,
            aliases=("adjustment layer", "调整图层", kind.name, *_FILTER_ALIASES.get(name, ())),
        )
        for name, kind in FILTERS.items()
    )  # fmt: skip
    direct = tuple(
        Action(
            id=f"filter-{name}", title=kind.title, menu="Filter", icon="sliders-horizontal",
            run=lambda studio, name=name: studio.filtering.apply(name), enabled=layer_enabled,
            aliases=(kind.name, *_FILTER_ALIASES.get(name, ())),
        )
        for name, kind in FILTERS.items()
    )  # fmt: skip
    return layers + direct


_FILTER_ALIASES = {
    "gaussian-noise": ("add noise", "添加杂色", "添加噪点", "噪点", "RGB noise"),
    "uniform-noise": ("add noise", "添加杂色", "均匀噪点"),
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
    "auto-contrast": ("auto levels", "自动色阶", "stretch contrast", "normalize"),
}

_MENU_SOURCES = (
    QT_TRANSLATE_NOOP("menus", "New filter layer"),
)  # fmt: skip
