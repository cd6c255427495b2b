"""Repair of the active layer, in the Image menu; scratches and dust in the Select menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.document.layer import Filter, Paint, Unknown
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import repairing
from studio.workspace.actions.kind import Action, has_picture

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

REPAIR = "Image/" + QT_TRANSLATE_NOOP("menus", "Repair")


def _on_paint(studio: Studio) -> bool:
    return isinstance(studio.layers.active, Paint)


def _repairable(studio: Studio) -> bool:
    """A layer with something to see, or a mask that is edited."""
    picture, layer = studio.current, studio.layers.active
    if picture is None or layer is None or isinstance(layer, Unknown):
        return False
    return not isinstance(layer, Filter) or bool(picture.document.artwork.edits_mask)


def _has_picture_of_its_own(studio: Studio) -> bool:
    """A layer that can be cut out."""
    layer = studio.layers.active
    return layer is not None and not isinstance(layer, Filter | Unknown)


def _selected(studio: Studio) -> bool:
    return _repairable(studio) and studio.selecting.exists


def _remove_background(studio: Studio, *, clean: bool = False) -> None:
    from studio.workspace import cutting_out

    cutting_out.remove_background(studio, clean=clean)


def _extract(studio: Studio) -> None:
    from studio.workspace import line_art

    line_art.extract(studio)


def _paper_away(studio: Studio) -> None:
    from studio.workspace import line_art

    line_art.paper_away(studio)


def _remove_fringes(studio: Studio) -> None:
    from studio.workspace import correcting

    correcting.remove_fringes(studio)


def _straighten(studio: Studio) -> None:
    from studio.workspace import correcting

    correcting.straighten(studio)


REPAIRING = (
    Action(
        id="fill-from-surroundings", title=QT_TRANSLATE_NOOP("actions", "Fill from surroundings"), menu=REPAIR,
        run=repairing.fill, enabled=_selected,
        aliases=(
            "content-aware fill", "PatchMatch", "inpaint", "generative fill", "内容识别填充", "局部重绘", "生成式填充",
        ),
    ),
    Action(
        id="fill-with-options", title=QT_TRANSLATE_NOOP("actions", "Fill from surroundings with options…"), menu=REPAIR,
        ui="fill_from_surroundings", enabled=_selected,
        aliases=("content-aware fill", "PatchMatch", "Telea", "Navier-Stokes", "inpaint", "内容识别填充"),
    ),
    Action(
        id="remove-background", title=QT_TRANSLATE_NOOP("actions", "Remove background"), menu=REPAIR,
        run=_remove_background, enabled=_has_picture_of_its_own, aliases=(
            "matting", "cut out", "抠图", "移除背景", "去背景", "替换背景",
        ),
    ),
    Action(
        id="remove-background-clean", title=QT_TRANSLATE_NOOP("actions", "Remove background, clean edge colours"),
        menu=REPAIR, run=lambda studio: _remove_background(studio, clean=True), enabled=_has_picture_of_its_own,
        aliases=("decontaminate colours", "净化颜色", "抠图去边"),
    ),
    Action(
        id="cut-out", title=QT_TRANSLATE_NOOP("actions", "Cut out…"), menu=REPAIR, ui="cut_out", enabled=_has_picture_of_its_own,
        aliases=("select and mask", "refine edge", "matting", "抠图", "选择并遮住", "调整边缘"),
    ),
    Action(
        id="extract-line-art", title=QT_TRANSLATE_NOOP("actions", "Extract line art"), menu=REPAIR, run=_extract,
        enabled=_on_paint, aliases=("scan to line art", "ink lines", "提取线稿", "线稿提取"),
    ),
    Action(
        id="paper-to-transparent", title=QT_TRANSLATE_NOOP("actions", "Paper to transparent"), menu=REPAIR,
        run=_paper_away, enabled=_on_paint, aliases=(
            "color to alpha", "colour to alpha", "颜色转为透明度", "色彩转到透明度", "白色转透明",
        ),
    ),
    Action(
        id="make-seamless", title=QT_TRANSLATE_NOOP("actions", "Make seamless"), menu=REPAIR,
        run=repairing.make_seamless, enabled=_repairable, aliases=(
            "tileable", "seamless texture", "四方连续", "无缝贴图", "无缝平铺",
        ),
    ),
    Action(
        id="make-seamless-with-options", title=QT_TRANSLATE_NOOP("actions", "Make seamless with options…"), menu=REPAIR,
        ui="make_seamless", enabled=_repairable, aliases=("tileable", "seamless texture", "四方连续", "无缝贴图"),
    ),
    Action(
        id="quilt-texture", title=QT_TRANSLATE_NOOP("actions", "Quilt texture…"), menu=REPAIR, ui="quilt",
        enabled=_repairable, aliases=("texture synthesis", "image quilting", "纹理合成", "纹理拼接"),
    ),
    Action(
        id="content-aware-scale", title=QT_TRANSLATE_NOOP("actions", "Content-aware scale…"), menu=REPAIR,
        ui="content_aware_scale", enabled=_on_paint, aliases=("seam carving", "liquid rescale", "内容识别缩放"),
    ),
    Action(
        id="remove-fringes", title=QT_TRANSLATE_NOOP("actions", "Remove colour fringes"), menu=REPAIR, run=_remove_fringes,
        enabled=_on_paint, aliases=("chromatic aberration", "defringe", "去除色差", "去紫边"),
    ),
    Action(
        id="straighten-horizon", title=QT_TRANSLATE_NOOP("actions", "Straighten horizon"), menu=REPAIR, run=_straighten,
        enabled=has_picture, aliases=("level picture", "auto rotate", "拉直地平线", "自动校正水平"),
    ),
)  # fmt: skip
SELECT = (
    Action(
        id="select-flaws", title=QT_TRANSLATE_NOOP("actions", "Scratches and dust"), menu="Select/From",
        run=repairing.select_flaws, enabled=has_picture, aliases=("dust detection", "old photograph", "划痕", "灰尘"),
    ),
    Action(
        id="select-flaws-with-options", title=QT_TRANSLATE_NOOP("actions", "Scratches and dust with options…"),
        menu="Select/From", ui="select_flaws", enabled=has_picture,
        aliases=("dust detection", "old photograph", "划痕", "灰尘"),
    ),
)  # fmt: skip
