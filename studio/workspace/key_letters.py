"""Letters for everything: after the key of the guide one letter for a group of actions, one for the action in it.

Where a group holds more than letters can tell apart, such as the filters, a second letter chooses a branch of it. They are read from ``resources/shortcuts/letters.json``, which goes by the action's id: however the menus are laid out, a
hand keeps what it learned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from string import ascii_uppercase, digits
from types import MappingProxyType

import msgspec

from studio import paths
from studio.filters.catalogue import GROUPS as GROUP_TITLES
from studio.filters.catalogue import Group
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.actions.kind import Action

FILTER_LETTERS: Mapping[Group, str] = MappingProxyType({
    "tone": "T", "colour": "C", "blur": "B", "sharpen": "S", "noise": "N", "denoise": "D", "edges": "E", "distort": "W",
    "stylise": "Y", "repair": "R",
})  # fmt: skip
"""The letter of a family of filters behind that of the Filter menu."""
LAYER_LETTERS: Mapping[Group, str] = MappingProxyType(dict(zip(FILTER_LETTERS, digits, strict=True)))
"""The same behind that of fill and filter layers."""
GROUPS: Mapping[str, str] = MappingProxyType({
    "F": QT_TRANSLATE_NOOP("menus", "File"),
    "E": QT_TRANSLATE_NOOP("menus", "Edit"),
    "I": QT_TRANSLATE_NOOP("menus", "Image"),
    "L": QT_TRANSLATE_NOOP("menus", "Layer"),
    "M": QT_TRANSLATE_NOOP("menus", "Layer mask"),
    "X": QT_TRANSLATE_NOOP("menus", "Effects"),
    "K": QT_TRANSLATE_NOOP("menus", "Lock and label"),
    "N": QT_TRANSLATE_NOOP("menus", "Fill and filter layers"),
    "R": QT_TRANSLATE_NOOP("menus", "Rotate and flip"),
    "A": QT_TRANSLATE_NOOP("menus", "Align"),
    "S": QT_TRANSLATE_NOOP("menus", "Select"),
    "T": QT_TRANSLATE_NOOP("menus", "Filter"),
    "G": QT_TRANSLATE_NOOP("menus", "Generate"),
    "V": QT_TRANSLATE_NOOP("menus", "View"),
    "J": QT_TRANSLATE_NOOP("menus", "Guides and assistants"),
    "C": QT_TRANSLATE_NOOP("menus", "Colours"),
    "Q": QT_TRANSLATE_NOOP("menus", "Surround"),
    "W": QT_TRANSLATE_NOOP("menus", "Window"),
    "P": QT_TRANSLATE_NOOP("menus", "Panels"),
    "H": QT_TRANSLATE_NOOP("menus", "Help"),
    "B": QT_TRANSLATE_NOOP("menus", "Brush"),
    "O": QT_TRANSLATE_NOOP("menus", "Brush opacity"),
    "U": QT_TRANSLATE_NOOP("menus", "Brush flow"),
    "Y": QT_TRANSLATE_NOOP("menus", "Symmetry"),
    "D": QT_TRANSLATE_NOOP("menus", "Painting tools"),
    "Z": QT_TRANSLATE_NOOP("menus", "Other tools"),
})  # fmt: skip
"""First letter → what it stands for."""
BRANCHES: Mapping[str, str] = MappingProxyType(
    {
        **{f"T{letter}": GROUP_TITLES[group] for group, letter in FILTER_LETTERS.items()},
        **{f"N{letter}": GROUP_TITLES[group] for group, letter in LAYER_LETTERS.items()},
    }
)
"""Two letters → what they stand for: the families of filters, once used (``T``) and as layers (``N``)."""
_OF_MENU = {
    "File": "F", "Edit": "E", "Image": "I", "Layer": "L", "Select": "S", "Filter": "T", "Generate": "G", "View": "V",
    "Window": "W", "Help": "H",
}  # fmt: skip
_LETTERS = (*ascii_uppercase, *digits)


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    file = paths.resources() / "shortcuts" / "letters.json"
    return msgspec.json.decode(file.read_bytes(), type=dict[str, dict[str, str]])


def letters_of(actions: Iterable[Action]) -> dict[str, tuple[str, ...]]:
    """Action id → (letter of its group, the letter of a branch if it has one, its own letter). One that the table does not
    name yet gets what is free, near its menu and by its title; no two actions have the same."""
    actions = list(actions)
    known = {action.id for action in actions}
    groups = {
        group: {k: one for k, one in _table().get(group, {}).items() if one in known}
        for group in (*GROUPS, *BRANCHES)
    }
    named = {action_id for taken in groups.values() for action_id in taken.values()}
    for action in actions:
        if action.id not in named:
            group, letter = next(_free(action, groups), ("", ""))
            if letter:
                groups[group][letter] = action.id
    return {one: (*group, letter) for group, taken in groups.items() for letter, one in taken.items()}


def _free(action: Action, groups: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """Letters that nothing has yet: in the group of the action's menu first, by the letters of its title."""
    near = action.branch or _OF_MENU.get(action.menu.partition("/")[0], "Z")
    title = action.title.upper()
    starts = (word[0] for word in title.split() if word[0] in _LETTERS)
    wanted = dict.fromkeys([*starts, *(one for one in title if one in _LETTERS), *_LETTERS])
    for group in (near, *(one for one in GROUPS if one != near)):
        free = (letter for letter in wanted if letter not in groups[group] and group + letter not in BRANCHES)
        yield from ((group, letter) for letter in free)
