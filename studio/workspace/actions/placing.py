"""Where layers lie: Layer ▸ Transform and Layer ▸ Align."""

from __future__ import annotations

from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import imaging
from studio.workspace.actions.kind import Action, layer_enabled

TRANSFORM = "Layer/" + QT_TRANSLATE_NOOP("menus", "Transform")
ALIGN = "Layer/" + QT_TRANSLATE_NOOP("menus", "Align")

ACTIONS = (
    Action(
        id="flip-layer-x", title=QT_TRANSLATE_NOOP("actions", "Flip layer horizontally"), menu=TRANSFORM,
        run=lambda studio: imaging.turn_layers(studio, "x"), enabled=layer_enabled, aliases=("mirror", "水平翻转"),
    ),
    Action(
        id="flip-layer-y", title=QT_TRANSLATE_NOOP("actions", "Flip layer vertically"), menu=TRANSFORM,
        run=lambda studio: imaging.turn_layers(studio, "y"), enabled=layer_enabled, aliases=("垂直翻转",),
    ),
    Action(
        id="layer-size", title=QT_TRANSLATE_NOOP("actions", "Layer size…"), menu=TRANSFORM, ui="layer_size",
        enabled=layer_enabled, aliases=("scale layer", "resample layer", "pixel art", "缩放图层", "像素画"),
    ),
    Action(
        id="rotate-layer-right", title=QT_TRANSLATE_NOOP("actions", "Rotate layer 90° clockwise"), menu=TRANSFORM,
        run=lambda studio: imaging.turn_layers(studio, "right"), enabled=layer_enabled, separator=True,
    ),
    Action(
        id="rotate-layer-left", title=QT_TRANSLATE_NOOP("actions", "Rotate layer 90° counter-clockwise"),
        menu=TRANSFORM, run=lambda studio: imaging.turn_layers(studio, "left"), enabled=layer_enabled,
    ),
    Action(
        id="rotate-layer-half", title=QT_TRANSLATE_NOOP("actions", "Rotate layer 180°"), menu=TRANSFORM,
        run=lambda studio: imaging.turn_layers(studio, "half"), enabled=layer_enabled,
    ),
    Action(
        id="reset-transform", title=QT_TRANSLATE_NOOP("actions", "Reset transform"), menu=TRANSFORM,
        run=imaging.reset_transforms, enabled=layer_enabled, separator=True, aliases=("重置变换",),
    ),
    Action(
        id="apply-transform", title=QT_TRANSLATE_NOOP("actions", "Apply transform"), menu=TRANSFORM,
        run=imaging.apply_transforms, enabled=layer_enabled, aliases=("rasterize transform", "应用变换"),
    ),
    Action(
        id="trim-layer", title=QT_TRANSLATE_NOOP("actions", "Trim layer to canvas"), menu=TRANSFORM,
        run=imaging.cut_layers, enabled=layer_enabled, aliases=("crop layer", "图层裁剪到画布"),
    ),
    Action(
        id="align-left", title=QT_TRANSLATE_NOOP("actions", "Align left edges"), menu=ALIGN,
        run=lambda studio: imaging.align(studio, "left"), enabled=layer_enabled, aliases=("左对齐",),
    ),
    Action(
        id="align-centre", title=QT_TRANSLATE_NOOP("actions", "Align centres horizontally"), menu=ALIGN,
        run=lambda studio: imaging.align(studio, "centre"), enabled=layer_enabled, aliases=("水平居中对齐",),
    ),
    Action(
        id="align-right", title=QT_TRANSLATE_NOOP("actions", "Align right edges"), menu=ALIGN,
        run=lambda studio: imaging.align(studio, "right"), enabled=layer_enabled, aliases=("右对齐",),
    ),
    Action(
        id="align-top", title=QT_TRANSLATE_NOOP("actions", "Align top edges"), menu=ALIGN,
        run=lambda studio: imaging.align(studio, "top"), enabled=layer_enabled, separator=True, aliases=("顶对齐",),
    ),
    Action(
        id="align-middle", title=QT_TRANSLATE_NOOP("actions", "Align centres vertically"), menu=ALIGN,
        run=lambda studio: imaging.align(studio, "middle"), enabled=layer_enabled, aliases=("垂直居中对齐",),
    ),
    Action(
        id="align-bottom", title=QT_TRANSLATE_NOOP("actions", "Align bottom edges"), menu=ALIGN,
        run=lambda studio: imaging.align(studio, "bottom"), enabled=layer_enabled, aliases=("底对齐",),
    ),
    Action(
        id="distribute-x", title=QT_TRANSLATE_NOOP("actions", "Distribute horizontally"), menu=ALIGN,
        run=lambda studio: imaging.distribute(studio, "x"), enabled=layer_enabled, separator=True, aliases=("水平分布",),
    ),
    Action(
        id="distribute-y", title=QT_TRANSLATE_NOOP("actions", "Distribute vertically"), menu=ALIGN,
        run=lambda studio: imaging.distribute(studio, "y"), enabled=layer_enabled, aliases=("垂直分布",),
    ),
)  # fmt: skip
