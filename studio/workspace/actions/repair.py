"""Repair of the active layer, in the Image menu; scratches and dust in the Select menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.document.layer import Paint
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import repairing
from studio.workspace.actions.kind import Action, has_picture

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

REPAIR = "Image/" + QT_TRANSLATE_NOOP("menus", "Repair")


def _on_paint(studio: Studio) -> bool:
    return isinstance(studio.layers.active, Paint)


def _selected(studio: Studio) -> bool:
    return _on_paint(studio) and studio.selecting.exists


REPAIRING = (
    Action(
        id="fill-from-surroundings", title=QT_TRANSLATE_NOOP("actions", "Fill from surroundings"), menu=REPAIR,
        run=repairing.fill, enabled=_selected,
        aliases=("content-aware fill", "PatchMatch", "inpaint", "内容识别填充"),
    ),
    Action(
        id="remove-background", title=QT_TRANSLATE_NOOP("actions", "Remove background"), menu=REPAIR,
        run=repairing.remove_background, enabled=_on_paint, aliases=("matting", "cut out", "抠图", "移除背景", "去背景"),
    ),
    Action(
        id="remove-background-clean", title=QT_TRANSLATE_NOOP("actions", "Remove background, clean edge colours"),
        menu=REPAIR, run=lambda studio: repairing.remove_background(studio, clean=True), enabled=_on_paint,
        aliases=("decontaminate colours", "净化颜色", "抠图去边"),
    ),
    Action(
        id="make-seamless", title=QT_TRANSLATE_NOOP("actions", "Make seamless"), menu=REPAIR,
        run=repairing.make_seamless, enabled=_on_paint, aliases=("tileable", "seamless texture", "四方连续", "无缝贴图"),
    ),
    Action(
        id="content-aware-scale", title=QT_TRANSLATE_NOOP("actions", "Content-aware scale…"), menu=REPAIR,
        ui="content_aware_scale", enabled=_on_paint, aliases=("seam carving", "liquid rescale", "内容识别缩放"),
    ),
)  # fmt: skip
SELECT = (
    Action(
        id="select-flaws", title=QT_TRANSLATE_NOOP("actions", "Scratches and dust"), menu="Select/From",
        run=repairing.select_flaws, enabled=has_picture, aliases=("dust detection", "old photograph", "划痕", "灰尘"),
    ),
)  # fmt: skip
