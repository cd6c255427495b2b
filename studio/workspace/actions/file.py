"""The File menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.document.layer import Filter
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.actions.kind import Action, has_picture

if TYPE_CHECKING:
    from studio.workspace.studio import Studio


def _has_layer(studio: Studio) -> bool:
    layer = studio.layers.active
    return layer is not None and not isinstance(layer, Filter)


ACTIONS = (
    Action(
        id="new", title=QT_TRANSLATE_NOOP("actions", "New…"), menu="File", shortcuts=("Ctrl+N",), icon="file", ui="new",
        aliases=("new document", "新建文档", "新建图像"),
    ),
    Action(
        id="open", title=QT_TRANSLATE_NOOP("actions", "Open…"), menu="File", shortcuts=("Ctrl+O",), icon="folder-open",
        ui="open", aliases=("load", "import picture", "导入"),
    ),
    Action(
        id="unsaved", title=QT_TRANSLATE_NOOP("actions", "Unsaved pictures…"), menu="File", ui="unsaved",
        aliases=("recover", "restore", "autosave", "恢复", "自动保存"),
    ),
    Action(
        id="save", title=QT_TRANSLATE_NOOP("actions", "Save"), menu="File", shortcuts=("Ctrl+S",), icon="save", ui="save",
        enabled=has_picture, separator=True,
    ),
    Action(
        id="save-as", title=QT_TRANSLATE_NOOP("actions", "Save as…"), menu="File", shortcuts=("Ctrl+Shift+S",),
        ui="save_as", enabled=has_picture, aliases=("save copy", "存储为"),
    ),
    Action(
        id="export", title=QT_TRANSLATE_NOOP("actions", "Export…"), menu="File", shortcuts=("Ctrl+Alt+Shift+S",),
        icon="download", ui="export", enabled=has_picture,
        aliases=("save for web", "export as", "PNG", "JPEG", "TIFF", "WebP", "导出为"),
    ),
    Action(
        id="export-layer", title=QT_TRANSLATE_NOOP("actions", "Export layer…"), menu="File", ui="export_layer",
        enabled=_has_layer,
        aliases=("quick export layer", "save layer as", "export normal map", "export height map", "导出图层为", "导出数据图层"),
    ),
    Action(
        id="export-masks", title=QT_TRANSLATE_NOOP("actions", "Export layers as masks…"), menu="File", ui="export_masks",
        enabled=has_picture, aliases=("labelled data set", "segmentation", "label map", "导出蒙版", "标注数据集", "分割标注"),
    ),
    Action(
        id="import-brushes", title=QT_TRANSLATE_NOOP("actions", "Import brushes…"), menu="File", icon="folder-open",
        ui="import_brushes", separator=True, aliases=("load brushes", "abr", "myb", "gbr", "gih", "dqbrush", "载入画笔", "导入笔刷"),
    ),
    Action(
        id="export-brushes", title=QT_TRANSLATE_NOOP("actions", "Export brushes…"), menu="File", icon="download",
        ui="export_brushes", aliases=("save brushes", "存储画笔", "导出笔刷"),
    ),
    Action(
        id="reference-add", title=QT_TRANSLATE_NOOP("actions", "Add references…"), menu="File", ui="reference_add",
        icon="image", enabled=has_picture, aliases=("place reference image", "load reference", "添加参考图", "导入参考图"),
    ),
    Action(
        id="reference-fit", title=QT_TRANSLATE_NOOP("actions", "Fit reference board"), ui="reference_fit",
        enabled=has_picture, aliases=("fit references", "参考图适合面板", "显示全部参考图"),
    ),
    Action(
        id="process-video", title=QT_TRANSLATE_NOOP("actions", "Process video…"), menu="File", ui="process_video",
        enabled=has_picture, aliases=("time-lapse", "timelapse", "recording", "绘制过程", "延时摄影"),
    ),
    Action(
        id="picture-facts", title=QT_TRANSLATE_NOOP("actions", "About this picture…"), menu="File", ui="picture_facts",
        shortcuts=("Ctrl+Alt+Shift+I",),
        enabled=has_picture, aliases=("file info", "properties", "painting time", "文件简介", "作画时间"),
    ),
    Action(
        id="close", title=QT_TRANSLATE_NOOP("actions", "Close"), menu="File", shortcuts=("Ctrl+W",), ui="close",
        enabled=has_picture, separator=True,
    ),
    Action(
        id="open-anyway", title=QT_TRANSLATE_NOOP("actions", "Open anyway"),
        run=lambda studio: studio.filing.open_anyway(), enabled=lambda studio: bool(studio.filing.too_large),
    ),
    Action(id="quit", title=QT_TRANSLATE_NOOP("actions", "Quit"), menu="File", shortcuts=("Ctrl+Q",), ui="quit"),
)  # fmt: skip
