"""Colour spaces in the Image menu, palettes in the Edit menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.project.profiles import NAMES
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.actions.kind import Action, has_picture

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

ASSIGN = "Image/" + QT_TRANSLATE_NOOP("menus", "Assign colour space")
CONVERT = "Image/" + QT_TRANSLATE_NOOP("menus", "Convert to colour space")
_TITLES = {
    "sRGB": QT_TRANSLATE_NOOP("actions", "sRGB"),
    "Display P3": QT_TRANSLATE_NOOP("actions", "Display P3"),
    "Adobe RGB (1998)": QT_TRANSLATE_NOOP("actions", "Adobe RGB (1998)"),
    "Linear sRGB": QT_TRANSLATE_NOOP("actions", "Linear sRGB"),
}


def _key(name: str) -> str:
    return name.split("(", maxsplit=1)[0].strip().lower().replace(" ", "-")


def _assign(name: str) -> Callable[[Studio], None]:
    return lambda studio: studio.colour_spaces.assign(name)


def _convert(name: str) -> Callable[[Studio], None]:
    return lambda studio: studio.colour_spaces.convert(name)


def _is(name: str) -> Callable[[Studio], bool]:
    return lambda studio: (
        studio.current is not None and studio.current.document.artwork.colour_space.name == name
    )


def _is_not(name: str) -> Callable[[Studio], bool]:
    return lambda studio: studio.current is not None and not _is(name)(studio)


def _pages() -> tuple[Action, ...]:
    """The pages of the Colour panel."""
    return (
        Action(
            id="colour-wheel", title=QT_TRANSLATE_NOOP("actions", "Colour wheel"), ui="colour_wheel",
            aliases=("hue ring", "色轮", "色环"),
        ),
        Action(
            id="colour-sliders", title=QT_TRANSLATE_NOOP("actions", "Colour sliders"), ui="colour_sliders",
            aliases=("RGB sliders", "HSV sliders", "颜色滑块"),
        ),
        Action(
            id="harmony", title=QT_TRANSLATE_NOOP("actions", "Colour harmony"), ui="harmony",
            aliases=("complementary colours", "colour scheme", "配色", "互补色", "类似色"),
        ),
    )  # fmt: skip


ACTIONS = (
    *(
        Action(
            id=f"assign-{_key(name)}", title=_TITLES[name], menu=ASSIGN, run=_assign(name), enabled=has_picture,
            checked=_is(name), aliases=("assign profile", "指定配置文件", "颜色配置文件", "ICC"),
        )
        for name in NAMES
    ),
    *(
        Action(
            id=f"convert-{_key(name)}", title=_TITLES[name], menu=CONVERT, run=_convert(name), enabled=_is_not(name),
            aliases=("convert to profile", "转换为配置文件", "ICC"),
        )
        for name in NAMES
    ),
    Action(
        id="palette-from-picture", title=QT_TRANSLATE_NOOP("actions", "Palette from picture"), menu="Image",
        run=lambda studio: studio.palettes.from_picture(), enabled=has_picture, separator=True,
        aliases=("extract colours", "swatches from image", "提取配色"),
    ),
    Action(
        id="palette-load", title=QT_TRANSLATE_NOOP("actions", "Load palette…"), menu="Image", ui="palette_load",
        aliases=("load swatches", "import palette", "gpl", "ase", "aco", "载入色板", "导入色板", "导入调色板"),
    ),
    Action(
        id="palette-save", title=QT_TRANSLATE_NOOP("actions", "Save palette…"), menu="Image", ui="palette_save",
        aliases=("save swatches", "export palette", "存储色板", "导出色板", "导出调色板"),
    ),
    *_pages(),
    Action(
        id="palette-add", title=QT_TRANSLATE_NOOP("actions", "Add colour to palette"), menu="Edit",
        run=lambda studio: studio.palettes.add_colour(), aliases=("new swatch", "新建色板"),
    ),
)  # fmt: skip
