"""The Image menu."""

from __future__ import annotations

from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import imaging, stitching
from studio.workspace.actions.kind import Action, has_picture, layer_enabled
from studio.workspace.studio import Studio

ROTATE = "Image/" + QT_TRANSLATE_NOOP("menus", "Rotate")


def _has_selection(studio: Studio) -> bool:
    return studio.current is not None and studio.current.document.artwork.selection is not None


def _wins_here(studio: Studio) -> None:
    from studio.workspace import panorama

    panorama.wins_here(studio)


def _in_panorama(studio: Studio) -> bool:
    return studio.current is not None and stitching.panorama_at(studio.current.document.artwork) is not None


ACTIONS = (
    Action(
        id="image-size", title=QT_TRANSLATE_NOOP("actions", "Image size…"), menu="Image", ui="image_size",
        shortcuts=("Ctrl+Alt+I",), enabled=has_picture,
        aliases=("resize", "scale image", "resample", "upscale", "缩放图像", "放大图像", "分辨率", "重新采样"),
    ),
    Action(
        id="canvas-size", title=QT_TRANSLATE_NOOP("actions", "Canvas size…"), menu="Image", ui="canvas_size",
        shortcuts=("Ctrl+Alt+C",), enabled=has_picture, aliases=(
            "extend canvas", "outpaint", "generative expand", "扩展画布", "画布尺寸", "向外绘制", "生成式扩展",
        ),
    ),
    Action(
        id="crop-to-selection", title=QT_TRANSLATE_NOOP("actions", "Crop to selection"), menu="Image",
        run=imaging.crop_to_selection, enabled=_has_selection, aliases=("裁剪到选区", "按选区剪裁"),
    ),
    Action(
        id="trim", title=QT_TRANSLATE_NOOP("actions", "Trim"), menu="Image", run=imaging.trim, enabled=has_picture,
        aliases=("crop to content", "autocrop", "裁切", "裁剪到内容"),
    ),
    Action(
        id="reveal-all", title=QT_TRANSLATE_NOOP("actions", "Reveal all"), menu="Image", run=imaging.reveal_all,
        enabled=has_picture, aliases=("fit canvas to layers", "显示全部"),
    ),
    Action(
        id="rotate-picture-right", title=QT_TRANSLATE_NOOP("actions", "Rotate 90° clockwise"), menu=ROTATE,
        run=lambda studio: imaging.turn(studio, "right"), enabled=has_picture, aliases=("顺时针旋转",), separator=True,
    ),
    Action(
        id="rotate-picture-left", title=QT_TRANSLATE_NOOP("actions", "Rotate 90° counter-clockwise"),
        menu=ROTATE, run=lambda studio: imaging.turn(studio, "left"), enabled=has_picture,
        aliases=("逆时针旋转",),
    ),
    Action(
        id="rotate-picture-half", title=QT_TRANSLATE_NOOP("actions", "Rotate 180°"), menu=ROTATE,
        run=lambda studio: imaging.turn(studio, "half"), enabled=has_picture, aliases=("旋转 180 度",),
    ),
    Action(
        id="flip-picture-x", title=QT_TRANSLATE_NOOP("actions", "Flip picture horizontally"), menu=ROTATE,
        run=lambda studio: imaging.turn(studio, "x"), enabled=has_picture, aliases=("mirror image", "水平翻转画布"),
    ),
    Action(
        id="flip-picture-y", title=QT_TRANSLATE_NOOP("actions", "Flip picture vertically"), menu=ROTATE,
        run=lambda studio: imaging.turn(studio, "y"), enabled=has_picture, aliases=("垂直翻转画布",),
    ),
    Action(
        id="stitch-panorama", title=QT_TRANSLATE_NOOP("actions", "Stitch panorama…"), menu="Image", ui="stitch_panorama",
        separator=True, aliases=("photomerge", "panorama", "全景拼接", "全景图"),
    ),
    Action(
        id="stitch", title=QT_TRANSLATE_NOOP("actions", "Stitch"), menu="Image", run=stitching.stitch_layers,
        enabled=layer_enabled,
        aliases=("panorama", "photomerge", "合并到全景", "全景图", "接片", "全景拼接"),
    ),
    Action(
        id="blend-panorama", title=QT_TRANSLATE_NOOP("actions", "Blend panorama again"), menu="Image",
        run=stitching.blend_again, enabled=_in_panorama, aliases=("update panorama", "更新全景图"),
    ),
    Action(
        id="photo-wins-here", title=QT_TRANSLATE_NOOP("actions", "This photo wins here"), menu="Image", run=_wins_here,
        enabled=_in_panorama, aliases=("panorama seam", "全景接缝", "使用此照片"),
    ),
)  # fmt: skip
