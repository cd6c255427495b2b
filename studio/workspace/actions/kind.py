"""What an action is, and when most of them can be used."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from studio.raster.selecting.combining import Mode
from studio.recipe import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from studio.workspace.studio import Studio


def _nothing(studio: Studio) -> None:
    """For actions that the window carries out."""


def _always(studio: Studio) -> bool:
    return True


def has_picture(studio: Studio) -> bool:
    return studio.current is not None


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """``title`` is translated in context ``actions``, each part of ``menu`` (``Layer/New``) in context ``menus``.

    ``also``: further menus that list it, behind their own entries. ``shortcuts``: portable key sequences, the first is
    shown; an action without any has the letters of the key guide. ``aliases``: names in other programs and languages that
    the palette finds. ``ui``: name of the window's own handler; without it ``run`` does the work, and with both the handler asks before it. ``joins``:
    what it selects is put to the selection there is, as the keys held at the press say; ``run`` makes a new one. ``checked`` makes it
    a switch; what only the window knows it says itself (``handlers.all_states``). ``why``: the sentence (context
    ``notices``) that tells why it cannot be used now, empty where it goes without saying. ``branch``: the two letters of
    the key guide behind which its own letter stands, where one letter for a group would not do. The order in a menu is that of ACTIONS; without ``menu`` it
    stands in none.
    """

    id: str
    title: str
    menu: str = ""
    also: tuple[str, ...] = ()
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    aliases: tuple[str, ...] = ()
    run: Callable[[Studio], None] = _nothing
    joins: Callable[[Studio, Mode], None] | None = None
    enabled: Callable[[Studio], bool] = _always
    checked: Callable[[Studio], bool] | None = None
    why: Callable[[Studio], str] | None = None
    ui: str = ""
    separator: bool = False
    branch: str = ""


MENUS = (
    QT_TRANSLATE_NOOP("menus", "File"),
    QT_TRANSLATE_NOOP("menus", "Edit"),
    QT_TRANSLATE_NOOP("menus", "Image"),
    QT_TRANSLATE_NOOP("menus", "Layer"),
    QT_TRANSLATE_NOOP("menus", "Select"),
    QT_TRANSLATE_NOOP("menus", "Filter"),
    QT_TRANSLATE_NOOP("menus", "Generate"),
    QT_TRANSLATE_NOOP("menus", "View"),
    QT_TRANSLATE_NOOP("menus", "Window"),
    QT_TRANSLATE_NOOP("menus", "Help"),
)

LINE_ABOVE = frozenset(
    ("Layer/Layer mask", "Layer/Contents", "View/Rotate view", "View/Colours", "Filter/Tone")
)
"""Submenus above which a line stands, as ``separator`` puts one above an action."""


def layer_enabled(studio: Studio) -> bool:
    return studio.current is not None and studio.current.document.artwork.active_layer is not None
