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
    "salt-and-pepper": ("impulse noise", "add noise", "添加杂色", "脉冲噪声"),
    "speckle-noise": ("multiplicative noise", "add noise", "乘性噪声"),
    "poisson-noise": ("shot noise", "ISO noise", "散粒噪声", "高感光度噪点"),
    "film-grain": ("grain", "analog film", "颗粒", "胶片"),
    "banding": ("row noise", "scan lines", "行噪声"),
    "quantise": ("posterize", "dither", "bit depth", "抖动", "色调分离"),
    "jpeg": ("compression", "JPEG blocks", "压缩", "块效应"),
    "gaussian-blur": ("blur", "模糊", "soften"),
    "auto-contrast": ("auto levels", "自动色阶", "stretch contrast", "normalize"),
}

_MENU_SOURCES = (
    QT_TRANSLATE_NOOP("menus", "New filter layer"),
)  # fmt: skip
