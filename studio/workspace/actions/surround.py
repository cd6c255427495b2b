"""What surrounds the picture: View ▸ Colours ▸ Surround, which a right click beside the picture offers too."""

from __future__ import annotations

from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.actions.kind import Action
from studio.workspace.actions.view import COLOURS

MENU = f"{COLOURS}/" + QT_TRANSLATE_NOOP("menus", "Surround")
_CHOICES = (
    ("theme", QT_TRANSLATE_NOOP("actions", "The theme's surround"), "界面默认背景"),
    ("black", QT_TRANSLATE_NOOP("actions", "Black surround"), "黑色背景"),
    ("dark", QT_TRANSLATE_NOOP("actions", "Dark grey surround"), "深灰背景"),
    ("middle", QT_TRANSLATE_NOOP("actions", "Mid grey surround"), "中灰背景"),
    ("light", QT_TRANSLATE_NOOP("actions", "Light grey surround"), "浅灰背景"),
)

ACTIONS = (
    *(
        Action(
            id=f"surround-{name}", title=title, menu=MENU, ui=f"surround_{name}",
            aliases=("canvas colour", "canvas background", "pasteboard", "画布背景", "工作区颜色", alias),
        )
        for name, title, alias in _CHOICES
    ),
    Action(
        id="surround-other", title=QT_TRANSLATE_NOOP("actions", "Another surround colour…"), menu=MENU,
        ui="surround_other", separator=True, aliases=("custom canvas colour", "自定义画布背景"),
    ),
)  # fmt: skip
