"""Fill layers, references for fills, rasterising, and what is done with a measured line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.document.layer import Fill, Filter, Generated, Shape, Text
from studio.raster import vector
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import measuring, noise_like, rasterising
from studio.workspace.actions.kind import Action, has_picture, layer_enabled
from studio.workspace.actions.layer import CONTENTS
from studio.workspace.actions.layer import NEW as NEW_LAYER

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

_TOOLS = {
    "rectangle": "rectangle", "ellipse": "ellipse", "polygon": "polygon-shape", "star": "polygon-shape", "line": "line",
}  # fmt: skip
NEW_SCENE = f"{NEW_LAYER}/" + QT_TRANSLATE_NOOP("menus", "New layer by rule")
NEW = f"{NEW_LAYER}/" + QT_TRANSLATE_NOOP("menus", "New fill layer")
ROTATE = "Image/" + QT_TRANSLATE_NOOP("menus", "Rotate")


def _add(name: str) -> Callable[[Studio], None]:
    def run(studio: Studio) -> None:
        studio.fill_layers.add(name)

    return run


def _noise(name: str, title: str, *aliases: str) -> Action:
    """A new fill layer of noise or of a pattern."""
    return Action(
        id=f"fill-layer-{name}", title=title, menu=NEW, icon="noise", run=_add(name), enabled=has_picture,
        aliases=aliases,
    )  # fmt: skip


def _scene(name: str, title: str, icon: str, *aliases: str) -> Action:
    """A new fill layer of something drawn by a rule."""
    return Action(
        id=f"fill-layer-{name}", title=title, menu=NEW_SCENE, icon=icon, run=_add(name), enabled=has_picture,
        aliases=aliases,
    )  # fmt: skip


def _has_fill(studio: Studio) -> bool:
    return studio.fill_layers.target is not None or studio.folder_layers.target is not None


def _is_reference(studio: Studio) -> bool:
    layer = studio.layers.active
    return layer is not None and layer.fill_reference


def _is_data(studio: Studio) -> bool:
    layer = studio.layers.active
    return layer is not None and layer.data


def _holds(studio: Studio) -> bool:
    """Whether the active layer is made of values or words that can be taken up again."""
    known = isinstance(studio.layers.active, Text | Shape | Fill | Filter | Generated)
    return known or studio.folder_layers.target is not None


def _plays(studio: Studio) -> bool:
    layer = studio.fill_layers.target
    if layer is None:
        return False
    from studio.workspace.animating import plays

    return plays(layer)


def _has_shape(studio: Studio) -> bool:
    return isinstance(studio.layers.active, Shape)


def _edit_shape(studio: Studio) -> None:
    """Takes the tool that the shape was drawn with: its grips are there at once."""
    layer = studio.layers.active
    if not isinstance(layer, Shape):
        return
    tool = _TOOLS.get(vector.style_of(layer.style).kind, "path")
    if studio.painting.tool == tool:
        studio.settle()
        studio.painting.choose_tool("move")
    studio.painting.choose_tool(tool)


ACTIONS = (
    Action(
        id="fill-layer-colour", title=QT_TRANSLATE_NOOP("actions", "Colour fill layer"), menu=NEW, icon="fill-layer",
        shortcuts=("Ctrl+Shift+B",), run=_add("fill-colour"), enabled=has_picture, aliases=("solid color", "纯色填充图层"),
    ),
    Action(
        id="fill-layer-gradient", title=QT_TRANSLATE_NOOP("actions", "Gradient fill layer"), menu=NEW, icon="gradient",
        run=_add("fill-gradient"), enabled=has_picture, aliases=("渐变填充图层",),
    ),
    _noise("gaussian-noise", QT_TRANSLATE_NOOP("actions", "Gaussian noise fill layer"), "noise layer", "噪声图层"),
    _noise("uniform-noise", QT_TRANSLATE_NOOP("actions", "Uniform noise fill layer")),
    Action(
        id="fill-layer-noise-like", title=QT_TRANSLATE_NOOP("actions", "Noise like this picture"), menu=NEW, icon="noise",
        run=noise_like.add, enabled=has_picture, aliases=("match grain", "noise by example", "颗粒匹配", "仿噪声"),
    ),
    _noise("perlin", QT_TRANSLATE_NOOP("actions", "Perlin noise fill layer"), "gradient noise", "柏林噪声图层"),
    _noise("simplex", QT_TRANSLATE_NOOP("actions", "Simplex noise fill layer"), "单纯形噪声图层"),
    _noise("fbm", QT_TRANSLATE_NOOP("actions", "Fractal noise fill layer"), "fBm", "octaves", "分形噪声图层"),
    _noise("turbulence", QT_TRANSLATE_NOOP("actions", "Turbulence fill layer"), "湍流图层"),
    _noise("ridged", QT_TRANSLATE_NOOP("actions", "Ridged noise fill layer"), "mountains", "脊状噪声图层"),
    _noise("warped", QT_TRANSLATE_NOOP("actions", "Warped noise fill layer"), "domain warping", "扭曲噪声图层"),
    _noise("curl", QT_TRANSLATE_NOOP("actions", "Curl noise fill layer"), "flow", "旋度噪声图层"),
    _noise("plasma", QT_TRANSLATE_NOOP("actions", "Plasma fill layer"), "difference clouds", "等离子图层"),
    _noise("worley", QT_TRANSLATE_NOOP("actions", "Worley noise fill layer"), "cell noise", "细胞噪声图层"),
    _noise("voronoi", QT_TRANSLATE_NOOP("actions", "Voronoi cell fill layer"), "mosaic", "泰森多边形图层"),
    _noise("blue-noise", QT_TRANSLATE_NOOP("actions", "Blue noise fill layer"), "dither", "蓝噪声图层"),
    _noise("reaction-diffusion", QT_TRANSLATE_NOOP("actions", "Reaction and diffusion fill layer"), "Turing pattern", "Gray-Scott", "反应扩散图层"),
    _noise("marble", QT_TRANSLATE_NOOP("actions", "Marble fill layer"), "大理石图层"),
    _noise("wood", QT_TRANSLATE_NOOP("actions", "Wood fill layer"), "木纹图层"),
    _noise("clouds", QT_TRANSLATE_NOOP("actions", "Clouds fill layer"), "render clouds", "云彩图层"),
    _scene("landscape", QT_TRANSLATE_NOOP("actions", "Mountains and water layer"), "image", "shan shui", "ink landscape", "scenery", "山水图层"),
    _scene("plant", QT_TRANSLATE_NOOP("actions", "Plant layer"), "image", "L-system", "tree", "bamboo", "树", "竹子", "植物图层"),
    _scene("flow-lines", QT_TRANSLATE_NOOP("actions", "Flow lines layer"), "image", "flow field", "streamlines", "流场", "流线图层"),
    _scene("escape-time", QT_TRANSLATE_NOOP("actions", "Fractal layer"), "image", "Mandelbrot", "Julia set", "分形图层"),
    _scene("self-similar", QT_TRANSLATE_NOOP("actions", "Self-similar figure layer"), "image", "IFS", "Barnsley fern", "dragon curve", "自相似图层"),
    Action(
        id="edit-layer", title=QT_TRANSLATE_NOOP("actions", "Edit what the layer holds"), menu=CONTENTS, ui="edit_layer",
        shortcuts=("Return", "Enter"), enabled=_holds, aliases=("edit contents", "open layer", "编辑内容", "编辑图层内容"),
    ),
    Action(
        id="edit-fill-layer", title=QT_TRANSLATE_NOOP("actions", "Edit fill layer…"), menu=CONTENTS, ui="edit_fill_layer",
        enabled=_has_fill, aliases=("layer content options", "编辑填充内容"),
    ),
    Action(
        id="write-loop", title=QT_TRANSLATE_NOOP("actions", "Write pattern as a loop…"), menu=CONTENTS, ui="write_loop",
        enabled=_plays, aliases=("animate noise", "animated GIF", "animated WebP", "动画", "导出循环动画"),
    ),
    Action(
        id="edit-shape", title=QT_TRANSLATE_NOOP("actions", "Edit shape"), menu=CONTENTS, icon="path", run=_edit_shape,
        enabled=_has_shape, aliases=("edit path", "vector", "编辑路径"),
    ),
    Action(
        id="rasterise-layer", title=QT_TRANSLATE_NOOP("actions", "Rasterise layer"), menu=CONTENTS,
        run=rasterising.rasterise, ui="rasterise", enabled=rasterising.can_rasterise, separator=True,
        aliases=("rasterize", "convert to paint layer", "转换为绘画图层"),
    ),
    Action(
        id="data-layer", title=QT_TRANSLATE_NOOP("actions", "Values, not colours"), menu=CONTENTS,
        run=lambda studio: studio.fill_layers.toggle_data(), enabled=layer_enabled, checked=_is_data,
        aliases=("data layer", "raw", "non-color data", "normal map", "height map", "数据图层", "非颜色数据"),
    ),
    Action(
        id="fill-reference", title=QT_TRANSLATE_NOOP("actions", "Reference for fills"), menu="Layer", shortcuts=("Shift+F",),
        run=lambda studio: studio.fill_layers.toggle_reference(), enabled=layer_enabled, checked=_is_reference,
        aliases=("reference layer", "line art", "填充参照图层", "线稿图层"),
    ),
    Action(
        id="straighten", title=QT_TRANSLATE_NOOP("actions", "Straighten by the measured line"), menu=ROTATE,
        run=measuring.straighten, enabled=measuring.can_straighten, aliases=("level horizon", "校正水平", "拉直"),
    ),
)  # fmt: skip
