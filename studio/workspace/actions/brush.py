"""The brush in the hand: its size, opacity and flow, its preset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.actions.kind import Action, has_picture
from studio.workspace.brush_tips import define_brush

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

OPACITIES = (
    QT_TRANSLATE_NOOP("actions", "Brush opacity 100 %"),
    QT_TRANSLATE_NOOP("actions", "Brush opacity 10 %"),
    QT_TRANSLATE_NOOP("actions", "Brush opacity 20 %"),
    QT_TRANSLATE_NOOP("actions", "Brush opacity 30 %"),
    QT_TRANSLATE_NOOP("actions", "Brush opacity 40 %"),
    QT_TRANSLATE_NOOP("actions", "Brush opacity 50 %"),
    QT_TRANSLATE_NOOP("actions", "Brush opacity 60 %"),
    QT_TRANSLATE_NOOP("actions", "Brush opacity 70 %"),
    QT_TRANSLATE_NOOP("actions", "Brush opacity 80 %"),
    QT_TRANSLATE_NOOP("actions", "Brush opacity 90 %"),
)
FLOWS = (
    QT_TRANSLATE_NOOP("actions", "Brush flow 100 %"),
    QT_TRANSLATE_NOOP("actions", "Brush flow 10 %"),
    QT_TRANSLATE_NOOP("actions", "Brush flow 20 %"),
    QT_TRANSLATE_NOOP("actions", "Brush flow 30 %"),
    QT_TRANSLATE_NOOP("actions", "Brush flow 40 %"),
    QT_TRANSLATE_NOOP("actions", "Brush flow 50 %"),
    QT_TRANSLATE_NOOP("actions", "Brush flow 60 %"),
    QT_TRANSLATE_NOOP("actions", "Brush flow 70 %"),
    QT_TRANSLATE_NOOP("actions", "Brush flow 80 %"),
    QT_TRANSLATE_NOOP("actions", "Brush flow 90 %"),
)
FAVOURITES = (
    QT_TRANSLATE_NOOP("actions", "Favourite brush 1"),
    QT_TRANSLATE_NOOP("actions", "Favourite brush 2"),
    QT_TRANSLATE_NOOP("actions", "Favourite brush 3"),
    QT_TRANSLATE_NOOP("actions", "Favourite brush 4"),
    QT_TRANSLATE_NOOP("actions", "Favourite brush 5"),
)
OPACITY_STEP, HARDNESS_STEP = 0.1, 0.25
_SUBMENU = QT_TRANSLATE_NOOP("menus", "Brush")


def _altered(studio: Studio) -> bool:
    return studio.brushes.ready and studio.brushes.altered


def _paints(studio: Studio) -> bool:
    return studio.painting.brush.mode in ("paint", "erase")


def _erase(studio: Studio) -> None:
    """The brush in the hand, whatever it is, takes away instead of painting, and back."""
    mode = "paint" if studio.painting.brush.mode == "erase" else "erase"
    studio.painting.change_brush(mode=mode)


def _take_favourite(studio: Studio, place: int) -> None:
    favourites = studio.brushes.favourites
    if place < len(favourites):
        studio.brushes.choose(favourites[place].id)


def _digits() -> tuple[Action, ...]:
    """A digit is an opacity, with Shift a flow; two soon after each other are exact."""
    opacities = tuple(
        Action(
            id=f"opacity-{digit}", title=title, shortcuts=(str(digit),),
            run=lambda studio, digit=digit: studio.brushes.digit(digit),
        )
        for digit, title in enumerate(OPACITIES)
    )  # fmt: skip
    flows = tuple(
        Action(
            id=f"flow-{digit}", title=title, shortcuts=(f"Shift+{digit}",),
            run=lambda studio, digit=digit: studio.brushes.digit(digit, "flow"),
        )
        for digit, title in enumerate(FLOWS)
    )  # fmt: skip
    favourites = tuple(
        Action(
            id=f"favourite-brush-{place + 1}", title=title, icon="star", shortcuts=(f"Alt+{place + 1}",),
            run=lambda studio, place=place: _take_favourite(studio, place),
        )
        for place, title in enumerate(FAVOURITES)
    )  # fmt: skip
    return opacities + flows + favourites


ACTIONS = (
    Action(
        id="brush-smaller", title=QT_TRANSLATE_NOOP("actions", "Smaller brush"), menu="Edit/Brush", shortcuts=("[",),
        run=lambda studio: studio.painting.resize(-1),
    ),
    Action(
        id="brush-larger", title=QT_TRANSLATE_NOOP("actions", "Larger brush"), menu="Edit/Brush", shortcuts=("]",),
        run=lambda studio: studio.painting.resize(1),
    ),
    Action(
        id="brush-opacity-down", title=QT_TRANSLATE_NOOP("actions", "Less brush opacity"), menu="Edit/Brush",
        run=lambda studio: studio.painting.shift_brush("opacity", -OPACITY_STEP),
        aliases=("decrease opacity", "brush opacity down", "降低不透明度"),
    ),
    Action(
        id="brush-opacity-up", title=QT_TRANSLATE_NOOP("actions", "More brush opacity"), menu="Edit/Brush",
        run=lambda studio: studio.painting.shift_brush("opacity", OPACITY_STEP),
        aliases=("increase opacity", "brush opacity up", "提高不透明度"),
    ),
    Action(
        id="brush-softer", title=QT_TRANSLATE_NOOP("actions", "Softer brush"), menu="Edit/Brush", shortcuts=("Shift+[",),
        run=lambda studio: studio.painting.shift_brush("hardness", -HARDNESS_STEP),
        aliases=("decrease hardness", "brush hardness down", "降低硬度"),
    ),
    Action(
        id="brush-harder", title=QT_TRANSLATE_NOOP("actions", "Harder brush"), menu="Edit/Brush", shortcuts=("Shift+]",),
        run=lambda studio: studio.painting.shift_brush("hardness", HARDNESS_STEP),
        aliases=("increase hardness", "brush hardness up", "提高硬度"),
    ),
    Action(
        id="colour-lighter", title=QT_TRANSLATE_NOOP("actions", "Lighter colour"), menu="Edit/Brush",
        run=lambda studio: studio.painting.shade(1), aliases=("make brush color lighter", "lighten colour", "颜色变亮"),
    ),
    Action(
        id="colour-darker", title=QT_TRANSLATE_NOOP("actions", "Darker colour"), menu="Edit/Brush",
        run=lambda studio: studio.painting.shade(-1), aliases=("make brush color darker", "darken colour", "颜色变暗"),
    ),
    Action(
        id="brush-erases", title=QT_TRANSLATE_NOOP("actions", "Brush erases"), menu="Edit/Brush", shortcuts=("Shift+E",),
        separator=True,
        run=_erase, checked=lambda studio: studio.painting.brush.mode == "erase", enabled=_paints,
        aliases=("eraser mode", "erase with this brush", "橡皮模式"),
    ),
    Action(
        id="previous-brush", title=QT_TRANSLATE_NOOP("actions", "Previous brush"), menu="Edit/Brush", shortcuts=("/",),
        run=lambda studio: studio.brushes.previous(), aliases=("last brush", "上一支画笔"),
    ),
    Action(
        id="brush-editor", title=QT_TRANSLATE_NOOP("actions", "Edit brush…"), menu="Edit/Brush", shortcuts=("F5",),
        icon="sliders-horizontal", ui="brush_editor", separator=True,
        aliases=(
            "brush settings", "brush editor", "画笔设置", "dynamics", "flow", "hardness", "spacing", "scatter", "jitter", "stabiliser", "笔刷编辑器",
            "流量", "硬度", "间距", "平滑", "笔画平滑", "防抖", "散布", "分散", "抖动",
        ),
    ),
    Action(
        id="brush-popup", title=QT_TRANSLATE_NOOP("actions", "Pop-up palette"), menu="Edit/Brush", ui="brush_popup", shortcuts=("A",),
        aliases=("favourite brushes", "弹出式面板", "pie menu"),
    ),
    Action(
        id="save-brush", title=QT_TRANSLATE_NOOP("actions", "Save brush"), menu="Edit/Brush", icon="save", shortcuts=("Ctrl+F5",),
        run=lambda studio: studio.brushes.save(), enabled=_altered, separator=True,
        aliases=("overwrite preset", "更新预设"),
    ),
    Action(
        id="save-brush-as", title=QT_TRANSLATE_NOOP("actions", "Save brush as…"), menu="Edit/Brush", ui="save_brush_as",
        icon="plus", aliases=("new brush preset", "新建画笔预设"),
    ),
    Action(
        id="define-brush", title=QT_TRANSLATE_NOOP("actions", "Brush from picture"), menu="Edit/Brush", icon="stamp",
        run=define_brush, enabled=has_picture, aliases=("define brush preset", "定义画笔预设", "capture brush"),
    ),
    Action(
        id="reload-brush", title=QT_TRANSLATE_NOOP("actions", "Reload brush"), menu="Edit/Brush", icon="rotate-ccw", shortcuts=("Shift+F5",),
        run=lambda studio: studio.brushes.reload(), enabled=_altered, aliases=("reset brush", "reset preset", "复位画笔"),
    ),
    Action(
        id="restore-brush", title=QT_TRANSLATE_NOOP("actions", "Bring back deleted brushes"), menu="Edit/Brush",
        run=lambda studio: studio.brushes.restore(), enabled=lambda studio: studio.brushes.can_restore,
        aliases=("undelete brush", "reset brushes", "复位画笔预设"),
    ),
    *_digits(),
)  # fmt: skip
