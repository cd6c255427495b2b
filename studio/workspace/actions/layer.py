"""The Layer menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.document import effects
from studio.document.layer import Filter, Group, Layer, Unknown
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.actions.kind import Action, has_picture, layer_enabled
from studio.workspace.layers import NO_ALPHA_TO_LOCK, Lock

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

NEW = "Layer/" + QT_TRANSLATE_NOOP("menus", "New layer")
CONTENTS = "Layer/" + QT_TRANSLATE_NOOP("menus", "Contents")
MERGE = "Layer/" + QT_TRANSLATE_NOOP("menus", "Merge")
_SUBMENUS = (
    QT_TRANSLATE_NOOP("menus", "Layer mask"),
    QT_TRANSLATE_NOOP("menus", "Effects"),
    QT_TRANSLATE_NOOP("menus", "Arrange"),
    QT_TRANSLATE_NOOP("menus", "Lock and label"),
)
LABELS = (
    QT_TRANSLATE_NOOP("actions", "No label"),
    QT_TRANSLATE_NOOP("actions", "Red label"),
    QT_TRANSLATE_NOOP("actions", "Orange label"),
    QT_TRANSLATE_NOOP("actions", "Yellow label"),
    QT_TRANSLATE_NOOP("actions", "Green label"),
    QT_TRANSLATE_NOOP("actions", "Blue label"),
    QT_TRANSLATE_NOOP("actions", "Violet label"),
    QT_TRANSLATE_NOOP("actions", "Grey label"),
    QT_TRANSLATE_NOOP("actions", "Brown label"),
)
"""Titles of the colour labels 0–8."""


def _active(studio: Studio, test: Callable[[Layer], bool]) -> bool:
    layer = studio.layers.active
    return layer is not None and test(layer)


def _has_mask(studio: Studio) -> bool:
    return _active(studio, lambda layer: layer.mask is not None)


def _has_effects(studio: Studio) -> bool:
    return _active(studio, lambda layer: bool(layer.effects))


def _has_selection(studio: Studio) -> bool:
    return (
        layer_enabled(studio)
        and studio.current is not None
        and studio.current.document.artwork.selection is not None
    )


def _edits_mask(studio: Studio) -> bool:
    return studio.current is not None and studio.current.document.artwork.edits_mask


def _solo(studio: Studio) -> None:
    if studio.layers.active is not None:
        studio.layers.solo(studio.layers.active.id)


def _show_mask(studio: Studio) -> None:
    if studio.layers.active is not None:
        studio.masking.show_alone(studio.layers.active.id)


_NEW = (
    Action(
        id="new-layer", title=QT_TRANSLATE_NOOP("actions", "New paint layer"), menu=NEW,
        shortcuts=("Ctrl+Shift+N", "Insert"), icon="plus", run=lambda studio: studio.layers.add_paint(),
        enabled=has_picture, aliases=("pixel layer", "raster layer", "像素图层", "颜料图层", "新建图层"),
    ),
    Action(
        id="new-group", title=QT_TRANSLATE_NOOP("actions", "New group"), menu=NEW, icon="folder-plus",
        shortcuts=("Ctrl+Alt+N", "Shift+Insert"),
        run=lambda studio: studio.layers.add_group(), enabled=has_picture, aliases=("folder", "图层文件夹"),
    ),
    Action(
        id="dodge-and-burn", title=QT_TRANSLATE_NOOP("actions", "New dodge and burn layer"), menu=NEW,
        shortcuts=("Ctrl+Shift+O",), run=lambda studio: studio.merging.dodge_and_burn(), enabled=has_picture,
        aliases=("50 % grey layer", "soft light", "中性灰", "加深减淡", "双曲线"),
    ),
    Action(
        id="cut-to-layer", title=QT_TRANSLATE_NOOP("actions", "Cut selection to new layer"), menu=NEW,
        shortcuts=("Ctrl+Shift+J",), run=lambda studio: studio.merging.from_selection(cut=True),
        enabled=_has_selection, aliases=("layer via cut", "通过剪切的图层"),
    ),
)  # fmt: skip

_MASK = (
    Action(
        id="add-mask", title=QT_TRANSLATE_NOOP("actions", "Add layer mask"), menu="Layer/Layer mask", icon="layer-mask",
        shortcuts=("Ctrl+Shift+M",), run=lambda studio: studio.masking.add(), enabled=layer_enabled, aliases=("transparency mask", "透明度蒙版"),
    ),
    Action(
        id="mask-from-selection", title=QT_TRANSLATE_NOOP("actions", "Mask from selection"), menu="Layer/Layer mask",
        run=lambda studio: studio.masking.from_selection(), enabled=_has_selection,
        aliases=("reveal selection", "显示选区"),
    ),
    Action(
        id="mask-hide-selection", title=QT_TRANSLATE_NOOP("actions", "Mask that hides the selection"), menu="Layer/Layer mask",
        run=lambda studio: studio.masking.from_selection(hide=True), enabled=_has_selection,
        aliases=("hide selection", "隐藏选区"),
    ),
    Action(
        id="edit-mask", title=QT_TRANSLATE_NOOP("actions", "Paint on the mask"), menu="Layer/Layer mask",
        shortcuts=("Ctrl+\\",), run=lambda studio: studio.masking.toggle_edit(), enabled=_has_mask, checked=_edits_mask,
        separator=True, aliases=("edit layer mask", "编辑图层蒙版"),
    ),
    Action(
        id="show-mask", title=QT_TRANSLATE_NOOP("actions", "Show the mask alone"), menu="Layer/Layer mask", shortcuts=("Alt+\\",),
        run=_show_mask, enabled=_has_mask,
        checked=lambda studio: bool(studio.current and studio.current.mask_alone),
    ),
    Action(
        id="disable-mask", title=QT_TRANSLATE_NOOP("actions", "Disable layer mask"), menu="Layer/Layer mask", shortcuts=("Ctrl+Alt+\\",),
        run=lambda studio: studio.masking.toggle(), enabled=_has_mask,
        checked=lambda studio: _active(studio, lambda layer: layer.mask is not None and not layer.mask_enabled),
    ),
    Action(
        id="invert-mask", title=QT_TRANSLATE_NOOP("actions", "Invert layer mask"), menu="Layer/Layer mask",
        run=lambda studio: studio.masking.invert(), enabled=_has_mask, separator=True,
    ),
    Action(
        id="apply-mask", title=QT_TRANSLATE_NOOP("actions", "Apply layer mask"), menu="Layer/Layer mask",
        run=lambda studio: studio.merging.apply_mask(), enabled=_has_mask,
    ),
    Action(
        id="delete-mask", title=QT_TRANSLATE_NOOP("actions", "Delete layer mask"), menu="Layer/Layer mask",
        run=lambda studio: studio.masking.delete(), enabled=_has_mask,
    ),
)  # fmt: skip


def _adding(name: str, title: str, *aliases: str, separator: bool = False) -> Action:
    return Action(
        id=f"effect-{name}", title=title, menu="Layer/Effects", run=lambda studio: studio.effects.add(name),
        enabled=layer_enabled, aliases=aliases, separator=separator,
    )  # fmt: skip


_EFFECTS = (
    Action(
        id="effects", title=QT_TRANSLATE_NOOP("actions", "Edit effects…"), menu="Layer/Effects", ui="effects",
        shortcuts=("Ctrl+Shift+F",), enabled=layer_enabled, icon="sun", aliases=("layer style", "blending options", "fx", "图层样式", "混合选项"),
    ),
    _adding("drop-shadow", effects.KINDS["drop-shadow"].title, "投影", separator=True),
    _adding("outer-glow", effects.KINDS["outer-glow"].title, "外发光"),
    _adding("inner-glow", effects.KINDS["inner-glow"].title, "内发光"),
    _adding("inner-shadow", effects.KINDS["inner-shadow"].title, "内阴影"),
    _adding("stroke", effects.KINDS["stroke"].title, "outline", "border", "描边"),
    _adding("bevel", effects.KINDS["bevel"].title, "emboss", "斜面和浮雕"),
    _adding("colour-overlay", effects.KINDS["colour-overlay"].title, "color overlay", "颜色叠加"),
    Action(
        id="copy-effects", title=QT_TRANSLATE_NOOP("actions", "Copy effects"), menu="Layer/Effects",
        run=lambda studio: studio.effects.copy(), enabled=_has_effects, separator=True, aliases=("copy layer style", "拷贝图层样式"),
    ),
    Action(
        id="paste-effects", title=QT_TRANSLATE_NOOP("actions", "Paste effects"), menu="Layer/Effects",
        run=lambda studio: studio.effects.paste(), enabled=layer_enabled, aliases=("paste layer style", "粘贴图层样式"),
    ),
    Action(
        id="clear-effects", title=QT_TRANSLATE_NOOP("actions", "Delete effects"), menu="Layer/Effects",
        run=lambda studio: studio.effects.clear(), enabled=_has_effects, aliases=("clear layer style", "清除图层样式"),
    ),
)  # fmt: skip

_PLACE = (
    Action(
        id="duplicate", title=QT_TRANSLATE_NOOP("actions", "Duplicate layer"), menu="Layer", shortcuts=("Ctrl+J",),
        icon="copy", run=lambda studio: studio.layers.duplicate(), enabled=layer_enabled,
        aliases=("layer via copy", "通过拷贝的图层"),
    ),
    Action(
        id="delete-layer", title=QT_TRANSLATE_NOOP("actions", "Delete layer"), menu="Layer", shortcuts=("Shift+Delete",),
        icon="trash-2", run=lambda studio: studio.layers.remove(), enabled=layer_enabled,
    ),
    Action(
        id="rename-layer", title=QT_TRANSLATE_NOOP("actions", "Rename layer"), menu="Layer", ui="rename_layer",
        shortcuts=("F2",), enabled=layer_enabled, aliases=("重命名图层",),
    ),
    Action(
        id="rename-layers", title=QT_TRANSLATE_NOOP("actions", "Rename several layers…"), menu="Layer",
        ui="rename_layers", shortcuts=("Shift+F2",), enabled=layer_enabled,
        aliases=("batch rename", "number layers", "批量重命名", "图层编号"),
    ),
    Action(
        id="layer-visible", title=QT_TRANSLATE_NOOP("actions", "Show layer"), menu="Layer", shortcuts=("Shift+V",),
        run=lambda studio: studio.layers.toggle_visible(), enabled=layer_enabled, icon="eye",
        checked=lambda studio: bool(studio.layers.active and studio.layers.active.visible), aliases=("hide layer", "隐藏图层"),
    ),
    Action(
        id="layer-solo", title=QT_TRANSLATE_NOOP("actions", "Show layer alone"), menu="Layer", run=_solo,
        shortcuts=("Shift+A",), enabled=layer_enabled, aliases=("isolate", "solo", "单独显示"),
    ),
    Action(
        id="group", title=QT_TRANSLATE_NOOP("actions", "Group layers"), menu="Layer", shortcuts=("Ctrl+G",),
        icon="group", run=lambda studio: studio.layers.group_active(), enabled=layer_enabled, separator=True,
    ),
    Action(
        id="ungroup", title=QT_TRANSLATE_NOOP("actions", "Ungroup"), menu="Layer", shortcuts=("Ctrl+Shift+G",),
        icon="ungroup", run=lambda studio: studio.layers.ungroup(),
        enabled=lambda studio: _active(studio, lambda layer: isinstance(layer, Group)), aliases=("取消编组",),
    ),
    Action(
        id="clipping", title=QT_TRANSLATE_NOOP("actions", "Clipping mask"), menu="Layer", shortcuts=("Ctrl+Alt+G",),
        icon="clipping", run=lambda studio: studio.layers.toggle_clipping(), enabled=layer_enabled,
        checked=lambda studio: bool(studio.layers.active and studio.layers.active.clipping),
        aliases=("inherit alpha", "继承透明度", "剪贴编组"),
    ),
)  # fmt: skip


def _locking(
    lock: Lock, title: str, *aliases: str, shortcuts: tuple[str, ...] = (), icon: str = "lock"
) -> Action:
    return Action(
        id=f"lock-{lock}", title=title, menu="Layer/Lock and label", shortcuts=shortcuts, icon=icon,
        run=lambda studio: studio.layers.toggle_lock(lock),
        enabled=lambda studio: studio.layers.can_lock(lock),
        why=lambda studio: NO_ALPHA_TO_LOCK if lock == "alpha" and studio.layers.active is not None else "",
        checked=lambda studio: _active(studio, lambda layer: getattr(layer.locks, lock)), aliases=aliases,
    )  # fmt: skip


def _labelling(number: int) -> Action:
    return Action(
        id=f"label-{number}", title=LABELS[number], menu="Layer/Lock and label", enabled=layer_enabled,
        run=lambda studio: studio.layers.set_label(number), separator=number == 0,
        checked=lambda studio: _active(studio, lambda layer: layer.label == number),
    )  # fmt: skip


_LOCKS = (
    _locking("all", QT_TRANSLATE_NOOP("actions", "Lock everything"), "锁定全部", shortcuts=("Ctrl+/",)),
    _locking(
        "alpha", QT_TRANSLATE_NOOP("actions", "Lock alpha"), "lock transparency", "锁定透明度",
        "锁定透明通道",
        shortcuts=("Alt+/",), icon="alpha-lock",
    ),
    _locking(
        "position", QT_TRANSLATE_NOOP("actions", "Lock position"), "锁定位置", shortcuts=("Ctrl+Alt+/",), icon="move",
    ),
    *(_labelling(number) for number in range(len(LABELS))),
)  # fmt: skip

LINK_TWO = QT_TRANSLATE_NOOP(
    "notices", "Choose at least two layers to link: Ctrl+click them in the Layers panel."
)
NOT_LINKED = QT_TRANSLATE_NOOP("notices", "None of these layers is linked.")

ARRANGING = (
    Action(
        id="layer-up", title=QT_TRANSLATE_NOOP("actions", "Move layer up"), menu="Layer/Arrange", shortcuts=("Ctrl+]",),
        run=lambda studio: studio.layers.step(1), enabled=layer_enabled, aliases=("bring forward",),
    ),
    Action(
        id="layer-down", title=QT_TRANSLATE_NOOP("actions", "Move layer down"), menu="Layer/Arrange",
        shortcuts=("Ctrl+[",), run=lambda studio: studio.layers.step(-1), enabled=layer_enabled,
        aliases=("send backward",),
    ),
    Action(
        id="layer-top", title=QT_TRANSLATE_NOOP("actions", "Move layer to the top"), menu="Layer/Arrange",
        shortcuts=("Ctrl+Shift+]",), run=lambda studio: studio.layers.to_end(1), enabled=layer_enabled,
        aliases=("bring to front", "置为顶层"),
    ),
    Action(
        id="layer-bottom", title=QT_TRANSLATE_NOOP("actions", "Move layer to the bottom"), menu="Layer/Arrange",
        shortcuts=("Ctrl+Shift+[",), run=lambda studio: studio.layers.to_end(-1), enabled=layer_enabled,
        aliases=("send to back", "置为底层"),
    ),
    Action(
        id="link-layers", title=QT_TRANSLATE_NOOP("actions", "Link layers"), menu="Layer/Arrange", icon="link",
        run=lambda studio: studio.layers.link(), enabled=lambda studio: len(studio.layers.chosen) > 1,
        why=lambda studio: LINK_TWO if studio.layers.active is not None else "", separator=True,
        aliases=("chain layers", "move together", "链接图层", "一起移动"),
    ),
    Action(
        id="unlink-layers", title=QT_TRANSLATE_NOOP("actions", "Unlink layers"), menu="Layer/Arrange",
        run=lambda studio: studio.layers.unlink(), enabled=lambda studio: studio.layers.are_linked,
        why=lambda studio: NOT_LINKED if studio.layers.active is not None else "", aliases=("取消图层链接",),
    ),
    Action(
        id="layer-above", title=QT_TRANSLATE_NOOP("actions", "Next layer up"), menu="Layer/Arrange",
        shortcuts=("Alt+]", "PgUp"), run=lambda studio: studio.layers.choose_beside(1), enabled=layer_enabled,
        separator=True, aliases=("select layer above",),
    ),
    Action(
        id="layer-below", title=QT_TRANSLATE_NOOP("actions", "Next layer down"), menu="Layer/Arrange",
        shortcuts=("Alt+[", "PgDown"), run=lambda studio: studio.layers.choose_beside(-1), enabled=layer_enabled,
        aliases=("select layer below",),
    ),
    Action(
        id="layer-switch", title=QT_TRANSLATE_NOOP("actions", "Back to the last layer"), menu="Layer/Arrange",
        shortcuts=("`",), run=lambda studio: studio.layers.switch(), enabled=lambda studio: bool(studio.layers.before),
        aliases=("quick switch", "previously selected layer", "上一个图层", "图层快速切换"),
    ),
)  # fmt: skip
MERGING = (
    Action(
        id="separate", title=QT_TRANSLATE_NOOP("actions", "Split detail and colour…"), menu=CONTENTS, ui="separate",
        shortcuts=("Ctrl+Shift+H",), enabled=lambda studio: _active(studio, lambda layer: not isinstance(layer, Group | Filter | Unknown)),
        aliases=("frequency separation", "high low frequency", "高低频", "频率分离", "磨皮"),
    ),
    Action(
        id="merge-down", title=QT_TRANSLATE_NOOP("actions", "Merge down"), menu="Layer", shortcuts=("Ctrl+E",),
        run=lambda studio: studio.merging.down(), enabled=layer_enabled, separator=True,
        aliases=("merge layers", "merge group", "合并图层", "合并组"),
    ),
    Action(
        id="merge-visible", title=QT_TRANSLATE_NOOP("actions", "Merge visible"), menu=MERGE,
        shortcuts=("Ctrl+Shift+E",), run=lambda studio: studio.merging.visible(), enabled=layer_enabled,
    ),
    Action(
        id="stamp-visible", title=QT_TRANSLATE_NOOP("actions", "Stamp visible"), menu=MERGE,
        shortcuts=("Ctrl+Alt+Shift+E",), run=lambda studio: studio.merging.stamp(), enabled=layer_enabled,
        aliases=("new from visible", "merge stamp", "盖印", "盖印图层"),
    ),
    Action(
        id="flatten", title=QT_TRANSLATE_NOOP("actions", "Flatten image"), menu=MERGE, shortcuts=("Ctrl+Alt+M",),
        run=lambda studio: studio.merging.flatten(), enabled=layer_enabled, aliases=("拼合",),
    ),
)  # fmt: skip

ACTIONS = (*_NEW, *_PLACE, *_MASK, *_EFFECTS, *_LOCKS)
"""The upper part of the menu; what layers hold and where they lie comes between."""
