"""Shortcut sets: they name real actions, no key does two things, the artist's own changes win."""

from __future__ import annotations

import pytest

from studio.workspace.actions import all_actions
from studio.workspace.shortcuts import SETS, in_force, keys_of_set

EXPECTED = {
    "danqing": {"tool-ink": "B", "tool-eraser": "E", "palette": "Ctrl+K", "tool-transform": "Ctrl+T"},
    "photoshop": {
        "tool-ink": "B",
        "settings": "Ctrl+K",
        "tool-clone": "S",
        "stamp-visible": "Ctrl+Alt+Shift+E",
    },
    "krita": {
        "tool-ink": "B",
        "mirror-view": "M",
        "rotate-left": "4",
        "tool-move": "T",
        "flatten": "Ctrl+Shift+E",
    },
    "gimp": {"tool-ink": "P", "tool-eraser": "Shift+E", "tool-move": "M", "tool-wand": "U", "redo": "Ctrl+Y"},
}


@pytest.mark.parametrize("name", SETS)
def test_a_set_names_real_actions_and_no_key_does_two_things(name: str) -> None:
    actions = all_actions()
    assert set(keys_of_set(name)) <= {action.id for action in actions}
    found = in_force(actions, name, {})
    given = [key for keys in found.values() for key in keys]
    assert len(given) == len(set(given)) and set(found) == {action.id for action in actions}
    for action_id, key in EXPECTED[name].items():
        assert found[action_id][0] == key
    # a set that gives one key to two actions would silently lose one of them
    own = [key for keys in keys_of_set(name).values() for key in keys]
    assert len(own) == len(set(own))


def test_what_the_artist_changed_wins_and_takes_the_key_away() -> None:
    found = in_force(all_actions(), "gimp", {"tool-text": ("P",), "tool-crop": ()})
    assert found["tool-text"] == ("P",) and found["tool-ink"] == () and found["tool-crop"] == ()


def test_an_unknown_set_is_ours() -> None:
    assert in_force(all_actions(), "of a later version", {}) == in_force(all_actions(), "danqing", {})
