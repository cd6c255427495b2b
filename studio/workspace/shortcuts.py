"""Which keys do what: our own, those of another program (``resources/shortcuts``), and what the artist changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import msgspec

from studio import paths
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.actions.kind import Action
from studio.workspace.key_letters import letters_of

Keys = tuple[str, ...]
SETS = {
    "danqing": QT_TRANSLATE_NOOP("Shortcuts", "Danqing"),
    "photoshop": QT_TRANSLATE_NOOP("Shortcuts", "Photoshop"),
    "krita": QT_TRANSLATE_NOOP("Shortcuts", "Krita"),
    "gimp": QT_TRANSLATE_NOOP("Shortcuts", "GIMP"),
}
GUIDE = "key-guide"
"""The action whose key is followed by the letters of all others."""
THEN = ", "
"""Between the strokes of a sequence, as Qt writes them."""


@cache
def keys_of_set(name: str) -> Mapping[str, Keys]:
    """Action id → keys where the set differs from ours; empty for ours and for a name that this version does not know."""
    file = paths.resources() / "shortcuts" / f"{name}.json"
    if name == "danqing" or name not in SETS or not file.is_file():
        return {}
    return msgspec.json.decode(file.read_bytes(), type=dict[str, Keys])


def in_force(actions: Iterable[Action], chosen_set: str, own: Mapping[str, Keys]) -> dict[str, Keys]:
    """Action id → keys. What the artist changed comes first, then the set, then ours; no key does two things.

    What is then left without a key has its letters behind that of the guide (``F3, L, M``).
    """
    actions = list(actions)
    layers = ({action.id: action.shortcuts for action in actions}, keys_of_set(chosen_set), own)
    found: dict[str, Keys] = {}
    taken: dict[str, str] = {}
    for layer in reversed(layers):
        for action in actions:
            if action.id in layer and action.id not in found:
                found[action.id] = tuple(
                    key for key in layer[action.id] if taken.setdefault(key, action.id) == action.id
                )
    return found | _by_letters(actions, found)


def _by_letters(actions: list[Action], found: Mapping[str, Keys]) -> dict[str, Keys]:
    """The sequences of the actions that have no key; none where the guide itself has no key."""
    guide = found.get(GUIDE, ())
    bare = [one.id for one in actions if not found[one.id]] if guide else []
    letters = letters_of(actions) if bare else {}
    return {one: (THEN.join((guide[0], *letters[one])),) for one in bare if one in letters}


def is_sequence(key: str) -> bool:
    """Whether a key is one of the guide's sequences, which no shortcut of the window listens to."""
    return THEN in key
