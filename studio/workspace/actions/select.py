"""The Select menu, and, for the Edit menu, what is done to the pixels inside the selection."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from studio.raster.selecting.combining import Mode
from studio.raster.selecting.tones import TONES, Channel, Tone
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.actions.kind import Action, has_picture, layer_enabled

if TYPE_CHECKING:
    from studio.workspace.studio import Studio


def _selected(studio: Studio) -> bool:
    return studio.selecting.exists


def _nothing_selected(studio: Studio) -> bool:
    return studio.current is not None and not studio.selecting.exists


def _has_mask(studio: Studio) -> bool:
    layer = studio.layers.active
    return layer is not None and layer.mask is not None


def _saved(studio: Studio) -> bool:
    return studio.current is not None and bool(studio.current.document.committed.saved_selections)


def _joining(join: Callable[[Studio, Mode], None]) -> dict[str, Any]:
    """Of an action that selects: alone a new selection, with Shift and Alt put to the one there is."""
    return {"run": lambda studio: join(studio, "new"), "joins": join}


def _tone(tone: Tone) -> dict[str, Any]:
    return _joining(lambda studio, mode: studio.selecting.by_tone(TONES[tone], mode))


def _channel(channel: Channel) -> dict[str, Any]:
    return _joining(lambda studio, mode: studio.selecting.from_channel(channel, mode))


def _last_saved(studio: Studio, mode: Mode) -> None:
    assert studio.current is not None
    studio.selecting.load(studio.current.document.committed.saved_selections[-1].id, mode)


_WHOLE = (
    Action(
        id="select-all", title=QT_TRANSLATE_NOOP("actions", "Select all"), menu="Select", shortcuts=("Ctrl+A",),
        run=lambda studio: studio.selecting.all(), enabled=has_picture,
    ),
    Action(
        id="deselect", title=QT_TRANSLATE_NOOP("actions", "Deselect"), menu="Select",
        shortcuts=("Ctrl+Shift+A", "Ctrl+D"), run=lambda studio: studio.selecting.none(), enabled=has_picture,
        aliases=("select none", "取消选择"),
    ),
    Action(
        id="reselect", title=QT_TRANSLATE_NOOP("actions", "Reselect"), menu="Select", shortcuts=("Ctrl+Shift+D",),
        run=lambda studio: studio.selecting.reselect(), enabled=_nothing_selected, aliases=("重新选择",),
    ),
    Action(
        id="invert-selection", title=QT_TRANSLATE_NOOP("actions", "Invert selection"), menu="Select",
        shortcuts=("Ctrl+Shift+I",), run=lambda studio: studio.selecting.invert(), enabled=_selected,
        aliases=("inverse", "反向选择", "反选"),
    ),
    Action(
        id="quick-mask", title=QT_TRANSLATE_NOOP("actions", "Quick mask"), menu="Select", shortcuts=("Q",),
        icon="quick-mask", run=lambda studio: studio.selecting.toggle_quick_mask(), enabled=has_picture,
        checked=lambda studio: studio.selecting.quick_mask, separator=True,
        aliases=("global selection mask", "paint the selection", "全局选区蒙版"),
    ),
)  # fmt: skip

_CHANGES = (
    Action(
        id="grow-selection", title=QT_TRANSLATE_NOOP("actions", "Grow…"), menu="Select", ui="select_grow", shortcuts=("Ctrl+Alt+=",),
        enabled=_selected, separator=True, aliases=("expand selection", "扩展选区", "扩大选区"),
    ),
    Action(
        id="shrink-selection", title=QT_TRANSLATE_NOOP("actions", "Shrink…"), menu="Select", ui="select_shrink", shortcuts=("Ctrl+Alt+-",),
        enabled=_selected, aliases=("contract selection", "收缩选区"),
    ),
    Action(
        id="feather-selection", title=QT_TRANSLATE_NOOP("actions", "Feather…"), menu="Select", ui="select_feather",
        shortcuts=("Ctrl+Alt+D",), enabled=_selected, aliases=("soften edge", "羽化选区"),
    ),
    Action(
        id="border-selection", title=QT_TRANSLATE_NOOP("actions", "Border…"), menu="Select", ui="select_border",
        enabled=_selected, aliases=("frame selection", "边界选区", "扩边"),
    ),
    Action(
        id="smooth-selection", title=QT_TRANSLATE_NOOP("actions", "Smooth…"), menu="Select", ui="select_smooth",
        enabled=_selected, aliases=("median selection", "平滑选区"),
    ),
)  # fmt: skip

_OUTLINE = (
    Action(
        id="transform-selection", title=QT_TRANSLATE_NOOP("actions", "Transform selection"), menu="Select", shortcuts=("Ctrl+Shift+T",),
        run=lambda studio: studio.painting.choose_tool("transform-selection"), enabled=_selected, icon="transform",
        aliases=("scale selection", "rotate selection", "变换选区"),
    ),
)  # fmt: skip

_SOURCES = (
    Action(
        id="select-layer-pixels", title=QT_TRANSLATE_NOOP("actions", "Layer's pixels"), menu="Select/From",
        **_joining(lambda studio, mode: studio.selecting.from_layer(mode=mode)), enabled=layer_enabled, separator=True,
        aliases=("alpha to selection", "select opaque", "载入选区", "不透明度转选区"),
    ),
    Action(
        id="select-layer-mask", title=QT_TRANSLATE_NOOP("actions", "Layer mask"), menu="Select/From",
        **_joining(lambda studio, mode: studio.selecting.from_mask(mode=mode)), enabled=_has_mask, aliases=("mask to selection", "蒙版转选区"),
    ),
    Action(
        id="select-luminance", title=QT_TRANSLATE_NOOP("actions", "Luminance"), menu="Select/From", shortcuts=("Ctrl+Alt+2",),
        **_channel("luminance"), enabled=has_picture, separator=True, aliases=("luminosity mask", "亮度蒙版"),
    ),
    Action(
        id="select-red", title=QT_TRANSLATE_NOOP("actions", "Red channel"), menu="Select/From",
        **_channel("red"), enabled=has_picture,
    ),
    Action(
        id="select-green", title=QT_TRANSLATE_NOOP("actions", "Green channel"), menu="Select/From",
        **_channel("green"), enabled=has_picture,
    ),
    Action(
        id="select-blue", title=QT_TRANSLATE_NOOP("actions", "Blue channel"), menu="Select/From",
        **_channel("blue"), enabled=has_picture,
    ),
    Action(
        id="select-shadows", title=QT_TRANSLATE_NOOP("actions", "Shadows"), menu="Select/By tone",
        **_tone("shadows"), enabled=has_picture, aliases=("luminosity mask", "阴影"),
    ),
    Action(
        id="select-midtones", title=QT_TRANSLATE_NOOP("actions", "Midtones"), menu="Select/By tone",
        **_tone("midtones"), enabled=has_picture, aliases=("luminosity mask", "中间调"),
    ),
    Action(
        id="select-highlights", title=QT_TRANSLATE_NOOP("actions", "Highlights"), menu="Select/By tone",
        **_tone("highlights"), enabled=has_picture, aliases=("luminosity mask", "高光"),
    ),
    Action(
        id="select-tone", title=QT_TRANSLATE_NOOP("actions", "Choose tones…"), menu="Select/By tone",
        ui="select_tone", enabled=has_picture, aliases=("luminosity mask", "色彩范围"),
    ),
)  # fmt: skip

_KEPT = (
    Action(
        id="save-selection", title=QT_TRANSLATE_NOOP("actions", "Save selection…"), menu="Select",
        ui="save_selection", enabled=_selected, separator=True, aliases=("selection to channel", "存储选区", "保存到通道"),
    ),
    Action(
        id="saved-selections", title=QT_TRANSLATE_NOOP("actions", "Saved selections…"), menu="Select",
        ui="saved_selections", enabled=_saved, aliases=("load selection", "channels", "载入选区", "通道"),
    ),
    Action(
        id="load-selection", title=QT_TRANSLATE_NOOP("actions", "Load the last saved selection"), **_joining(_last_saved),
        enabled=_saved, aliases=("载入选区",),
    ),
    Action(
        id="find-layers", title=QT_TRANSLATE_NOOP("actions", "Find layers"), menu="Select", ui="find_layers",
        icon="search", shortcuts=("Ctrl+Alt+Shift+F",), enabled=has_picture, separator=True,
        aliases=("filter layers", "search layers", "查找图层", "搜索图层", "筛选图层"),
    ),
)  # fmt: skip

INSIDE = (
    Action(
        id="fill-selection", title=QT_TRANSLATE_NOOP("actions", "Fill with the colour"), menu="Edit",
        shortcuts=("Alt+Backspace", "Shift+Backspace"), enabled=has_picture, separator=True,
        run=lambda studio: studio.selecting.fill(studio.painting.colour),
        aliases=("fill foreground", "填充前景色", "fill selection", "填充"),
    ),
    Action(
        id="fill-selection-background", title=QT_TRANSLATE_NOOP("actions", "Fill with the second colour"), menu="Edit",
        shortcuts=("Ctrl+Backspace",), enabled=has_picture,
        run=lambda studio: studio.selecting.fill(studio.painting.background), aliases=("fill background", "填充背景色"),
    ),
    Action(
        id="clear", title=QT_TRANSLATE_NOOP("actions", "Clear"), menu="Edit", shortcuts=("Delete",), enabled=has_picture,
        run=lambda studio: studio.selecting.clear(), aliases=("delete pixels", "erase selection", "清除"),
    ),
    Action(
        id="stroke-selection", title=QT_TRANSLATE_NOOP("actions", "Stroke selection…"), menu="Edit",
        ui="stroke_selection", enabled=_selected, aliases=("outline selection", "描边选区", "描边"),
    ),
    Action(
        id="stroke-selection-brush", title=QT_TRANSLATE_NOOP("actions", "Stroke selection with the brush"), menu="Edit",
        run=lambda studio: studio.selecting.stroke_with_brush(), enabled=_selected, aliases=("用画笔描边",),
    ),
)  # fmt: skip

ACTIONS = (*_WHOLE, *_CHANGES, *_OUTLINE, *_SOURCES, *_KEPT)

_MENU_SOURCES = (
    QT_TRANSLATE_NOOP("menus", "From"),
    QT_TRANSLATE_NOOP("menus", "By tone"),
)
