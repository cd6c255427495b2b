"""Fill layers, references for fills, rasterising, and what is done with a measured line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.document.layer import Fill, Filter, Generated, Shape, Text
from studio.raster import vector
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace import measuring, rasterising
from studio.workspace.actions.kind import Action, has_picture, layer_enabled
from studio.workspace.actions.layer import CONTENTS
from studio.workspace.actions.layer import NEW as NEW_LAYER

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

_TOOLS = {
    "rectangle": "rectangle", "ellipse": "ellipse", "polygon": "polygon-shape", "star": "polygon-shape", "line": "line",
}  # fmt: skip
NEW = f"{NEW_LAYER}/" + QT_TRANSLATE_NOOP("menus", "New fill layer")
ROTATE = "Image/" + QT_TRANSLATE_NOOP("menus", "Rotate")


def _add(name: str) -> Callable[[Studio], None]:
    def run(studio: Studio) -> None:
        studio.fill_layers.add(name)

    return run


def _has_fill(studio: Studio) -> bool:
    return studio.fill_layers.target is not None


def _is_reference(studio: Studio) -> bool:
    layer = studio.layers.active
    return layer is not None and layer.fill_reference


def _holds(studio: Studio) -> bool:
    """Whether the active layer is made of values or words that can be taken up again."""
    return isinstance(studio.layers.active, Text | Shape | Fill | Filter | Generated)


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
    Action(
        id="fill-layer-gaussian-noise", title=QT_TRANSLATE_NOOP("actions", "Gaussian noise fill layer"), menu=NEW,
        icon="noise", run=_add("gaussian-noise"), enabled=has_picture, aliases=("noise layer", "噪声图层"),
    ),
    Action(
        id="fill-layer-uniform-noise", title=QT_TRANSLATE_NOOP("actions", "Uniform noise fill layer"), menu=NEW,
        icon="noise", run=_add("uniform-noise"), enabled=has_picture,
    ),
    Action(
        id="edit-layer", title=QT_TRANSLATE_NOOP("actions", "Edit what the layer holds"), menu=CONTENTS, ui="edit_layer",
        shortcuts=("Return", "Enter"), enabled=_holds, aliases=("edit contents", "open layer", "编辑内容", "编辑图层内容"),
    ),
    Action(
        id="edit-fill-layer", title=QT_TRANSLATE_NOOP("actions", "Edit fill layer…"), menu=CONTENTS, ui="edit_fill_layer",
        enabled=_has_fill, aliases=("layer content options", "编辑填充内容"),
    ),
    Action(
        id="edit-shape", title=QT_TRANSLATE_NOOP("actions", "Edit shape"), menu=CONTENTS, icon="path", run=_edit_shape,
        enabled=_has_shape, aliases=("edit path", "vector", "编辑路径"),
    ),
    Action(
        id="rasterise-layer", title=QT_TRANSLATE_NOOP("actions", "Rasterise layer"), menu=CONTENTS,
        run=rasterising.rasterise, enabled=rasterising.can_rasterise, separator=True,
        aliases=("rasterize", "convert to paint layer", "转换为绘画图层"),
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
