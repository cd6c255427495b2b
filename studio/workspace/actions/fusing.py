"""Blending pictures: the part of the Image menu that makes one layer of several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.document.layer import Filter
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.actions.kind import Action, has_picture

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

MENU = "Image/" + QT_TRANSLATE_NOOP("menus", "Blend pictures")


def _several(studio: Studio) -> bool:
    return studio.current is not None and len(studio.current.document.artwork.chosen) > 1


def _has_pixels(studio: Studio) -> bool:
    layer = studio.layers.active
    return layer is not None and not isinstance(layer, Filter)


def _fuse(studio: Studio, name: str) -> None:
    # What fuses pictures is loaded when it is first wanted: it would be 15 ms of every start.
    from studio.workspace import fusing

    fusing.fuse_layers(studio, name)


def _blend_in(studio: Studio, name: str) -> None:
    from studio.workspace import fusing

    fusing.blend_in(studio, name)


def _fusing(name: str, title: str, *aliases: str, separator: bool = False) -> Action:
    return Action(
        id=f"fuse-{name}", title=title, menu=MENU, enabled=_several, aliases=aliases, separator=separator,
        run=lambda studio: _fuse(studio, name),
    )  # fmt: skip


def _blending(name: str, title: str, *aliases: str, separator: bool = False) -> Action:
    return Action(
        id=f"blend-in-{name}", title=title, menu=MENU, enabled=_has_pixels, aliases=aliases, separator=separator,
        run=lambda studio: _blend_in(studio, name),
    )  # fmt: skip


ACTIONS = (
    Action(
        id="fuse", title=QT_TRANSLATE_NOOP("actions", "Blend pictures…"), menu=MENU, ui="fuse", enabled=_several,
        aliases=("fusion", "cross-dissolve", "图像融合", "交叉溶解"),
    ),
    _blending(
        "poisson", QT_TRANSLATE_NOOP("actions", "Blend into surroundings"), "seamless clone", "poisson blending",
        "gradient domain", "无缝克隆", "泊松融合", separator=True,
    ),
    _blending(
        "mixed-gradients", QT_TRANSLATE_NOOP("actions", "Blend with mixed gradients"), "mixed clone", "混合梯度", "泊松融合",
    ),
    _blending(
        "harmonise", QT_TRANSLATE_NOOP("actions", "Harmonise with surroundings"), "match color", "harmonize",
        "匹配颜色", "色彩协调",
    ),
    _fusing(
        "multi-band", QT_TRANSLATE_NOOP("actions", "Multi-band blending"), "laplacian pyramid", "拉普拉斯金字塔", "多频段融合",
        separator=True,
    ),
    _fusing(
        "patch-detail", QT_TRANSLATE_NOOP("actions", "Detail from another picture"), "patchmatch", "example-based",
        "super-resolution", "细节迁移", "超分辨率",
    ),
    _fusing("focus-stack", QT_TRANSLATE_NOOP("actions", "Focus stack"), "auto-blend layers", "景深合成", "焦点堆栈"),
    _fusing("exposure-fusion", QT_TRANSLATE_NOOP("actions", "Exposure fusion"), "mertens", "enfuse", "包围曝光"),
    _fusing("hdr", QT_TRANSLATE_NOOP("actions", "HDR merge"), "merge to HDR", "debevec", "合并到 HDR"),
    _fusing("morph", QT_TRANSLATE_NOOP("actions", "Morph halfway"), "morphing", "变形过渡"),
    _fusing("median", QT_TRANSLATE_NOOP("actions", "Median of the stack"), "stack mode", "堆栈模式", separator=True),
    _fusing("mean", QT_TRANSLATE_NOOP("actions", "Mean of the stack"), "average", "平均堆栈", "堆栈模式"),
    _fusing("sigma-clip", QT_TRANSLATE_NOOP("actions", "Sigma-clipped mean"), "kappa sigma", "西格玛裁剪"),
    _fusing("maximum", QT_TRANSLATE_NOOP("actions", "Lightest of the stack"), "star trails", "maximum", "星轨", "最大值堆栈"),
    _fusing("minimum", QT_TRANSLATE_NOOP("actions", "Darkest of the stack"), "minimum", "最小值堆栈"),
    Action(
        id="folder-detail", title=QT_TRANSLATE_NOOP("actions", "Detail from a folder…"), menu=MENU, ui="folder_detail",
        enabled=_has_pixels, aliases=("patchmatch", "example-based", "super-resolution", "细节迁移", "超分辨率"), separator=True,
    ),
    Action(
        id="photomosaic", title=QT_TRANSLATE_NOOP("actions", "Photomosaic from a folder…"), menu=MENU, ui="photomosaic",
        enabled=has_picture, aliases=("photo mosaic", "picture of pictures", "马赛克拼图", "照片马赛克"),
    ),
    Action(
        id="collage", title=QT_TRANSLATE_NOOP("actions", "Collage of a folder…"), menu=MENU, ui="collage",
        aliases=("contact sheet", "polaroids", "picture package", "拼贴画", "照片墙", "联系表"),
    ),
)  # fmt: skip
