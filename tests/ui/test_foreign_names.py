"""Words that artists bring from Photoshop, Krita, GIMP and the painting machines find ours in the palette.

The words are those of the glossary: names in other programs, and the glossary's own for what is a value in a panel. A
word of either language finds its action whichever the window speaks.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from studio.settings import Settings
from studio.ui.palette import Names, names_of, rank
from tests.ui.windows import Opened, empty_panel

SEEN = 10
"""So many lines of the palette are seen without scrolling."""

LAYERS = {
    "new-layer": ("像素图层", "颜料图层", "pixel layer"),
    "fill-layer-colour": ("填充图层", "fill layer"),
    "filter-layer-levels": ("调整图层", "adjustment"),
    "panel-filters": ("智能滤镜", "smart filter", "adjustment"),
    "generate-new": ("生成图层", "generated layer"),
    "add-mask": ("图层蒙版", "透明度蒙版", "transparency mask"),
    "quick-mask": ("快速蒙版", "全局选区蒙版"),
    "clipping": ("剪贴蒙版", "剪贴编组", "继承透明度", "inherit alpha"),
    "lock-alpha": ("锁定透明像素", "锁定透明度", "锁定透明通道"),
    "panel-layers": (
        "混合模式", "blend mode", "不透明度", "opacity", "正片叠底", "相乘", "multiply", "屏幕", "滤色", "screen", "相除",
        "穿透", "通过", "pass through",
    ),
    "merge-down": ("向下合并",),
    "merge-visible": ("合并可见图层",),
    "flatten": ("拼合图像", "flatten"),
    "stamp-visible": ("盖印", "盖印可见图层"),
}  # fmt: skip
SELECTIONS = {
    "feather-selection": ("羽化",),
    "grow-selection": ("扩展", "扩大"),
    "shrink-selection": ("收缩",),
    "border-selection": ("边界",),
    "invert-selection": ("反选", "反向选择", "inverse"),
    "filter-invert": ("反相", "invert colours", "invert colors"),
    "tool-wand": ("魔棒", "fuzzy select"),
    "tool-magnetic": ("磁性套索",),
}
BRUSHES = {
    "tool-brush": ("笔刷",),
    "panel-brushes": ("画笔预设", "笔刷预设"),
    "brush-editor": (
        "流量", "flow", "硬度", "hardness", "间距", "spacing", "平滑", "防抖", "笔画平滑", "stabiliser", "散布", "分散", "抖动",
        "scatter", "jitter",
    ),
    "tool-eraser": ("橡皮擦", "eraser"),
    "tool-smudge": ("涂抹",),
    "tool-picker": ("吸管", "eyedropper"),
    "tool-clone": ("仿制图章", "克隆", "clone stamp"),
    "tool-heal": ("修复画笔", "修补"),
    "tool-dodge": ("减淡",),
    "tool-burn": ("加深",),
    "tool-sponge": ("海绵",),
    "tool-transform": ("自由变换", "变形", "透视"),
    "tool-liquify": ("液化",),
    "tool-crop": ("裁剪", "剪裁"),
}  # fmt: skip
PICTURES = {
    "canvas-size": ("画布大小",),
    "image-size": ("图像大小", "放大", "upscale"),
    "filter-levels": ("色阶",),
    "filter-curves": ("曲线",),
    "filter-vibrance": ("自然饱和度",),
    "filter-posterise": ("色调分离",),
    "filter-threshold": ("阈值",),
    "filter-unsharp-mask": ("USM 锐化",),
    "filter-high-pass": ("高反差保留",),
    "filter-gaussian-noise": ("添加杂色", "杂色", "噪点"),
    "filter-wavelet-denoise": ("减少杂色", "reduce noise"),
    "fill-layer-gaussian-noise": ("噪声", "高斯噪声"),
    "fill-layer-perlin": ("柏林噪声",),
    "fill-layer-blue-noise": ("蓝噪声",),
    "paper-to-transparent": ("颜色转透明", "颜色转为透明度", "色彩转到透明度", "color to alpha"),
    "extract-line-art": ("提取线稿",),
    "make-seamless": ("四方连续", "无缝平铺"),
    "quilt-texture": ("纹理",),
    "stitch": ("合并到全景", "Photomerge"),
    "fuse": ("图像融合",),
    "fuse-focus-stack": ("焦点合成",),
    "fill-from-surroundings": ("内容识别填充", "content-aware fill", "PatchMatch"),
    "remove-background": ("抠图", "移除背景", "替换背景", "matting"),
}
PANELS = {
    "panel-history": ("历史记录",),
    "panel-palettes": ("色板", "色板颜色"),
    "snapping": ("吸附", "对齐"),
    "rulers": ("标尺",),
    "guides": ("参考线",),
    "assign-srgb": ("配置文件", "颜色配置文件", "ICC"),
    "soft-proof": ("校样颜色",),
    "settings": ("设置", "首选项", "preferences"),
    "palette": ("命令面板",),
    "shortcuts": ("快捷键",),
    "reset-workspace": ("工作区",),
}
GENERATING = {
    "generate": ("生成", "txt2img", "文生图"),
    "fill-from-surroundings": ("inpaint", "局部重绘", "生成式填充", "generative fill"),
    "canvas-size": ("outpaint", "向外绘制", "生成式扩展", "generative expand", "扩展画布"),
    "panel-explore": ("img2img", "图生图", "重绘", "latent", "潜空间"),
    "next-variant": ("变体",),
    "place-waiting": ("采用", "应用", "接受"),
    "panel-results": ("丢弃", "已丢弃", "收藏", "图库", "画廊", "结果"),
    "panel-generate": ("种子", "随机数种子", "seed", "多样性", "diversity", "truncation", "生成参数"),
    "import-model": ("检查点", "checkpoint", "ckpt"),
    "train": ("微调", "finetune"),
    "panel-training": ("训练", "暂停"),
    "panel-training-pictures": ("数据集",),
    "panel-jobs": ("队列", "queue"),
    "stop": ("停止", "interrupt"),
    "panel-reference": ("参考图",),
    "fuse-patch-detail": ("超分辨率", "super-resolution"),
}
WANTED = [
    pytest.param(action, word, id=f"{action}-{word}")
    for part in (LAYERS, SELECTIONS, BRUSHES, PICTURES, PANELS, GENERATING)
    for action, words in part.items()
    for word in words
]
NOT_HERE = (
    "链接的智能对象", "时间轴", "关键帧", "洋葱皮", "帧速率", "提示词", "反向提示词", "采样器", "调度器", "采样方法", "迭代步数",
    "引导强度", "提示词引导系数", "提示词相关性", "重绘幅度", "球面线性插值", "内容凭证",
)  # fmt: skip
"""Names of what the studio cannot do yet: nothing that is near them would be honest, so they find nothing."""


@pytest.fixture(scope="module", params=["en", "zh_CN"])
def names(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Names]]:
    """The names of the real window's actions in one language."""
    home: Path = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DANQING_HOME", str(home))
        one = Opened(qapp, Settings(language=request.param, theme="dark"), empty_panel)
        yield names_of(one.window.actions_)
        one.close()


@pytest.mark.parametrize(("action", "word"), WANTED)
def test_a_word_from_elsewhere_finds_ours(names: list[Names], action: str, word: str) -> None:
    found = rank(word, names)[:SEEN]
    assert action in found, f"“{word}” finds {found}"


@pytest.mark.parametrize("word", NOT_HERE)
def test_what_is_not_here_is_not_promised(names: list[Names], word: str) -> None:
    assert rank(word, names) == []
