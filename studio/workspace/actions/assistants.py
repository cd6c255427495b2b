"""One action for each kind of drawing assistant: it takes the tool with that kind chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.actions.kind import Action, has_picture
from studio.workspace.actions.view import GUIDES
from studio.workspace.tools.assistants import Kind

if TYPE_CHECKING:
    from studio.workspace.studio import Studio

MENU = f"{GUIDES}/" + QT_TRANSLATE_NOOP("menus", "Assistants")
_KINDS: tuple[tuple[Kind, str, tuple[str, ...]], ...] = (
    ("perspective-1", QT_TRANSLATE_NOOP("actions", "One-point perspective"), ("1 point perspective", "一点透视", "单点透视")),
    ("perspective-2", QT_TRANSLATE_NOOP("actions", "Two-point perspective"), ("2 point perspective", "两点透视", "二点透视")),
    ("perspective-3", QT_TRANSLATE_NOOP("actions", "Three-point perspective"), ("3 point perspective", "三点透视")),
    ("parallel", QT_TRANSLATE_NOOP("actions", "Parallel lines assistant"), ("parallel ruler", "平行线", "平行尺")),
    ("ellipse", QT_TRANSLATE_NOOP("actions", "Ellipse assistant"), ("ellipse ruler", "椭圆尺")),
    ("concentric", QT_TRANSLATE_NOOP("actions", "Concentric ellipses"), ("concentric circles", "同心圆", "同心圆尺")),
    ("ruler", QT_TRANSLATE_NOOP("actions", "Straight ruler"), ("line ruler", "直尺", "直线尺")),
)  # fmt: skip


def _take(kind: Kind) -> Callable[[Studio], None]:
    def run(studio: Studio) -> None:
        studio.painting.change_options("assistants", kind=kind)
        studio.painting.choose_tool("assistants")

    return run


def _taken(kind: Kind) -> Callable[[Studio], bool]:
    return lambda studio: (
        studio.painting.tool == "assistants" and studio.painting.options("assistants").kind == kind
    )


ACTIONS = tuple(
    Action(
        id=f"assistant-{kind}", title=title, menu=MENU, icon="perspective", run=_take(kind), checked=_taken(kind),
        enabled=has_picture, aliases=("assistant", "ruler", "绘画辅助", *aliases),
    )
    for kind, title, aliases in _KINDS
)  # fmt: skip
