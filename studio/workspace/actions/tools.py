"""One action for each tool of the registry."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.workspace.actions.kind import Action
from studio.workspace.tools.registry import ALL

if TYPE_CHECKING:
    from studio.workspace.studio import Studio


def _choose(name: str) -> Callable[[Studio], None]:
    return lambda studio: studio.painting.choose_tool(name)


def _chosen(name: str) -> Callable[[Studio], bool]:
    return lambda studio: studio.painting.tool == name


ACTIONS = tuple(
    Action(
        id=f"tool-{kind.name}", title=kind.title, shortcuts=kind.shortcuts, icon=kind.icon, aliases=kind.aliases,
        run=_choose(kind.name), checked=_chosen(kind.name),
    )
    for kind in ALL
)  # fmt: skip
