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


ACTIONS = (
    *(
        Action(
            id=f"assign-{_key(name)}", title=_TITLES[name], menu=ASSIGN, run=_assign(name), enabled=has_picture,
            checked=_is(name), aliases=("assign profile", "指定配置文件", "ICC"),
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
        id="palette-add", title=QT_TRANSLATE_NOOP("actions", "Add colour to palette"), menu="Edit",
        run=lambda studio: studio.palettes.add_colour(), aliases=("new swatch", "新建色板"),
    ),
)  # fmt: skip
