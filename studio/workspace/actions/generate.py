"""The Generate menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.actions.kind import Action
from studio.workspace.interpolating import shown_way

if TYPE_CHECKING:
    from studio.workspace.studio import Studio


def _variants(studio: Studio) -> bool:
    target = studio.generating.target
    return target is not None and len(target.variants) > 1


EXPLORE = "Generate/" + QT_TRANSLATE_NOOP("menus", "Explore the model")
JUDGE = "Generate/" + QT_TRANSLATE_NOOP("menus", "Judge and compare")

ACTIONS = (
    Action(
        id="generate", title=QT_TRANSLATE_NOOP("actions", "Generate"), menu="Generate",
        shortcuts=("Ctrl+Return", "Ctrl+Enter"), icon="sparkles", run=lambda studio: studio.generating.generate(),
        enabled=lambda studio: studio.generating.button().enabled, aliases=("dream", "txt2img", "文生图", "生图"),
    ),
    Action(
        id="generate-new", title=QT_TRANSLATE_NOOP("actions", "Generate as new layer"), menu="Generate",
        shortcuts=("Ctrl+Shift+Return",), run=lambda studio: studio.generating.generate(new_layer=True),
        enabled=lambda studio: studio.generating.button().enabled, icon="generated-layer",
        aliases=("generated layer", "生成图层"),
    ),
    Action(
        id="stop", title=QT_TRANSLATE_NOOP("actions", "Stop"), menu="Generate", shortcuts=("Shift+X",), icon="square",
        run=lambda studio: studio.generating.stop(), enabled=lambda studio: studio.generating.running,
        aliases=("cancel", "interrupt", "中断"),
    ),
    Action(
        id="stop-all", title=QT_TRANSLATE_NOOP("actions", "Stop everything"), menu="Generate",
        shortcuts=("Ctrl+Shift+X",), run=lambda studio: studio.jobs.stop_all(),
        enabled=lambda studio: bool(studio.jobs.lines),
    ),
    Action(
        id="surprise", title=QT_TRANSLATE_NOOP("actions", "Surprise me"), menu="Generate", shortcuts=("Ctrl+Alt+R",),
        icon="dice-5", run=lambda studio: studio.generating.surprise(), separator=True, aliases=("random", "随机"),
        enabled=lambda studio: studio.generating.button().enabled,
    ),
    Action(
        id="sliders-zero", title=QT_TRANSLATE_NOOP("actions", "Sliders to zero"), menu="Generate",
        shortcuts=("Ctrl+Alt+Backspace",), run=lambda studio: studio.exploring.zero(),
        enabled=lambda studio: studio.generating.model is not None,
    ),
    Action(
        id="find-directions", title=QT_TRANSLATE_NOOP("actions", "Find directions"), menu=EXPLORE, icon="search",
        run=lambda studio: studio.generating.directions.find(),
        enabled=lambda studio: studio.generating.directions.can_find,
        aliases=("GANSpace", "SeFa", "PCA", "latent directions", "主成分", "潜空间方向", "滑块"),
    ),
    Action(
        id="wall", title=QT_TRANSLATE_NOOP("actions", "Wall of nine…"), menu=EXPLORE, icon="tile", ui="wall",
        enabled=lambda studio: studio.generating.target is not None and studio.engine is not None,
        aliases=("breed", "random walk", "explore", "evolve", "九宫格", "随机漫步", "繁殖"),
    ),
    Action(
        id="taste", title=QT_TRANSLATE_NOOP("actions", "More of what pleases…"), menu=EXPLORE, icon="star", ui="taste",
        enabled=lambda studio: studio.exploring.tasting.can_mark,
        aliases=("preference", "like", "mark what you like", "taste", "aesthetic", "偏好", "审美选择", "喜欢"),
    ),
    Action(
        id="learn-direction", title=QT_TRANSLATE_NOOP("actions", "Slider from examples…"), menu=EXPLORE, ui="examples",
        icon="sliders-horizontal", enabled=lambda studio: _variants(studio) and studio.generating.directions.can_find,
        aliases=("direction", "ten yes ten no", "preference", "示例", "好的与不好的", "方向"),
    ),
    Action(
        id="find-in-model", title=QT_TRANSLATE_NOOP("actions", "Find layer in model…"), menu=EXPLORE, ui="find_in_model",
        icon="search", enabled=lambda studio: studio.generating.finding.can_begin,
        aliases=("projection", "inversion", "encode", "反演", "投影"),
    ),
    Action(
        id="encode-layer", title=QT_TRANSLATE_NOOP("actions", "Encode layer…"), menu=EXPLORE, ui="encode_layer",
        icon="sliders-horizontal", enabled=lambda studio: studio.generating.encoding.can_encode, separator=True,
        aliases=("VAE", "encoder", "reconstruct", "outliers", "编码", "编码器", "重建", "异常"),
    ),
    Action(
        id="mix-layers", title=QT_TRANSLATE_NOOP("actions", "Mix layers in model"), menu=EXPLORE, icon="blend",
        run=lambda studio: studio.generating.encoding.mix(), enabled=lambda studio: studio.generating.encoding.can_mix,
        aliases=("interpolate pictures", "morph", "between two pictures", "插值", "混合图片", "两图之间"),
    ),
    Action(
        id="folder-map", title=QT_TRANSLATE_NOOP("actions", "Map of a folder…"), menu=EXPLORE, ui="folder_map", icon="search",
        enabled=lambda studio: studio.generating.encoding.able,
        aliases=("latent space map", "embedding", "PCA", "潜空间地图", "主成分"),
    ),
    Action(
        id="save-latent", title=QT_TRANSLATE_NOOP("actions", "Save latent…"), menu=EXPLORE, ui="save_latent", icon="save",
        enabled=lambda studio: studio.generating.target is not None and studio.generating.model is not None,
        aliases=("code", "潜变量", "编码文件"), separator=True,
    ),
    Action(
        id="open-latent", title=QT_TRANSLATE_NOOP("actions", "Open latent…"), menu=EXPLORE, ui="open_latent", icon="folder-open",
        enabled=lambda studio: studio.engine is not None, aliases=("code", "decode", "潜变量", "解码"),
    ),
    Action(
        id="add-detail", title=QT_TRANSLATE_NOOP("actions", "Add detail ×4"), menu="Generate",
        run=lambda studio: studio.generating.real_pixels.add(), icon="maximize",
        enabled=lambda studio: studio.generating.real_pixels.can_add,
        aliases=("upscale", "super resolution", "enlarge", "real pixels", "超分辨率", "放大", "真实像素", "细节"),
    ),
    Action(
        id="previous-variant", title=QT_TRANSLATE_NOOP("actions", "Previous variation"), menu="Generate",
        shortcuts=(",",), run=lambda studio: studio.generating.flip(-1), enabled=_variants, separator=True,
    ),
    Action(
        id="next-variant", title=QT_TRANSLATE_NOOP("actions", "Next variation"), menu="Generate", shortcuts=(".",),
        run=lambda studio: studio.generating.flip(1), enabled=_variants,
    ),
    Action(
        id="film-variants", title=QT_TRANSLATE_NOOP("actions", "Film from variation to variation…"), menu="Generate",
        ui="film_variants", icon="play", enabled=lambda studio: shown_way(studio) is not None,
        aliases=("interpolation", "morph", "latent walk", "插值", "渐变动画", "过渡动画"),
    ),
    Action(
        id="place-waiting", title=QT_TRANSLATE_NOOP("actions", "Place waiting pictures"), menu="Generate", icon="layers",
        run=lambda studio: studio.generating.waiting.place(), aliases=("apply", "accept", "采用", "应用", "接受"),
        enabled=lambda studio: bool(studio.generating.waiting.here),
    ),
    Action(
        id="train", title=QT_TRANSLATE_NOOP("actions", "Train on a folder…"), menu="Generate", ui="train",
        separator=True, aliases=("finetune", "fine-tune", "微调", "训练模型"),
    ),
    Action(
        id="learn-detail", title=QT_TRANSLATE_NOOP("actions", "Learn detail from a folder…"), menu="Generate",
        ui="learn_detail", enabled=lambda studio: studio.generating.real_pixels.can_learn,
        aliases=("upscale", "super resolution", "real pixels", "超分辨率", "学习细节", "真实像素"),
    ),
    Action(
        id="lesson-zero", title=QT_TRANSLATE_NOOP("actions", "Lesson zero: digits from noise…"), menu="Generate",
        ui="lesson_zero", aliases=("tutorial", "MNIST", "GAN", "VAE", "DCGAN", "learn how it works", "入门", "教程", "数字"),
    ),
    Action(
        id="lesson", title=QT_TRANSLATE_NOOP("actions", "Teach classes…"), menu=JUDGE, ui="lesson",
        aliases=("CNN", "classifier", "convolution", "feature maps", "卷积网络", "分类器", "特征图"),
    ),
    Action(
        id="beside-real", title=QT_TRANSLATE_NOOP("actions", "Generated beside real…"), menu=JUDGE,
        ui="beside_real", aliases=("side by side", "difference", "并排比较", "差异"),
        enabled=lambda studio: studio.generating.model is not None,
    ),
    Action(
        id="blind-vote", title=QT_TRANSLATE_NOOP("actions", "Blind vote between models…"), menu=JUDGE,
        ui="blind_vote", aliases=("A/B", "AB test", "盲测", "盲选"),
        enabled=lambda studio: studio.generating.model is not None,
    ),
    Action(
        id="measurements", title=QT_TRANSLATE_NOOP("actions", "Compare measurements…"), menu=JUDGE,
        ui="measurements", aliases=("FID", "KID", "inception score", "evaluate", "评估", "指标"),
    ),
    Action(
        id="import-model", title=QT_TRANSLATE_NOOP("actions", "Import model…"), menu="Generate", ui="import_model",
        aliases=("checkpoint", "ckpt", "safetensors", "导入模型", "检查点"),
    ),
    Action(
        id="export-model", title=QT_TRANSLATE_NOOP("actions", "Export model…"), menu="Generate", ui="export_model",
        enabled=lambda studio: studio.generating.model is not None,
        aliases=("danqing-model", "give away", "share", "导出模型", "分享", "赠送"),
    ),
)  # fmt: skip
