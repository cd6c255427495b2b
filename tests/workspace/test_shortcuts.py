"""Shortcut sets: they name real actions, no key does two things, the artist's own changes win, everything has a key."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from studio import paths
from studio.ui.menus import MENU_LETTERS
from studio.workspace.actions import all_actions
from studio.workspace.actions.kind import Action
from studio.workspace.key_letters import BRANCHES, GROUPS, letters_of
from studio.workspace.shortcuts import SETS, in_force, is_sequence, keys_of_set

EXPECTED = {
    "danqing": {
        "tool-ink": "B",
        "tool-eraser": "E",
        "palette": "Ctrl+K",
        "tool-transform": "Ctrl+T",
        "rename-layer": "F2",
        "view-value": "Y",
        "add-mask": "Ctrl+Shift+M",
        "layer-switch": "`",
        "zoom-2": "Ctrl+2",
        "zoom-8": "Ctrl+4",
        "edit-layer": "Return",
        "key-guide": "F3",
    },
    "photoshop": {
        "tool-ink": "B",
        "settings": "Ctrl+K",
        "tool-clone": "S",
        "stamp-visible": "Ctrl+Alt+Shift+E",
        "mirror-view": "Shift+F",
        "soft-proof": "Ctrl+Y",
        "brush-softer": "Shift+[",
        "brush-harder": "Shift+]",
        "rename-layer": "F2",
        "filter-colour-balance": "Ctrl+B",
        "tool-liquify": "Ctrl+Shift+X",
        "fill-with-options": "Shift+F5",
    },
    "krita": {
        "filter-colour-balance": "Ctrl+B",
        "tool-ink": "B",
        "mirror-view": "M",
        "rotate-left": "4",
        "tool-move": "T",
        "flatten": "Ctrl+Shift+E",
        "brush-erases": "E",
        "colour-lighter": "L",
        "colour-darker": "K",
        "brush-opacity-down": "I",
        "brush-opacity-up": "O",
        "layer-switch": ";",
        "rename-layer": "F2",
    },
    "gimp": {
        "tool-ink": "P",
        "tool-eraser": "Shift+E",
        "tool-move": "M",
        "tool-wand": "U",
        "redo": "Ctrl+Y",
        "zoom-2": "2",
        "rename-layer": "F2",
    },
}
WANTED = (
    "view-value", "add-mask", "flatten", "effects", "rename-layer", "layer-solo", "tile-preview", "brush-popup",
    "fill-reference", "soft-proof", "new-group", "dodge-and-burn", "separate", "second-view", "navigator", "edit-layer",
    "fill-layer-colour", "snap-guides", "snap-grid", "snap-canvas", "snap-layers", "zoom-selection",
)  # fmt: skip


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


@pytest.mark.parametrize("name", SETS)
def test_every_action_has_a_key_and_none_is_that_of_a_menu(name: str) -> None:
    found = in_force(all_actions(), name, {})
    assert [action_id for action_id, keys in found.items() if not keys] == []
    menus = {f"Alt+{letter}" for letter in MENU_LETTERS.values()}
    assert menus.isdisjoint(key for keys in found.values() for key in keys)
    # a key that begins the sequences does nothing else
    single = [key for keys in found.values() for key in keys if not is_sequence(key)]
    begun = {key.partition(", ")[0] for keys in found.values() for key in keys if is_sequence(key)}
    assert begun == {"F3"} and single.count("F3") == 1


def test_what_a_hand_wants_often_takes_one_stroke() -> None:
    found = in_force(all_actions(), "danqing", {})
    assert [action_id for action_id in WANTED if is_sequence(found[action_id][0])] == []


def test_the_letters_name_each_action_once() -> None:
    text = (paths.resources() / "shortcuts" / "letters.json").read_text("utf-8")
    pairs = json.loads(text, object_pairs_hook=list)
    named = [action_id for _, group in pairs for _, action_id in group]
    known = {action.id for action in all_actions()}
    assert set(named) <= known and max(Counter(named).values()) == 1
    assert [group for group, _ in pairs if group not in GROUPS and group not in BRANCHES] == []
    for group, letters in pairs:
        assert max(Counter(letter for letter, _ in letters).values()) == 1, group
        assert all(len(letter) == 1 and letter.isascii() and letter.isalnum() for letter, _ in letters)


def test_an_action_that_is_new_gets_letters_that_are_free() -> None:
    new = [Action(id=f"new-{i}", title="Bold edge", menu="Filter") for i in range(60)]
    letters = letters_of([*all_actions(), *new])
    assert len(letters) == len(set(letters.values())) == len(all_actions()) + 60
    assert letters["new-0"] == ("T", "O"), "in the group of its menu, by its title; B is taken"
    assert {letter: letters_of(all_actions())[letter] for letter in ("undo", "add-mask")} == {
        "undo": ("E", "Z"), "add-mask": ("M", "A"),
    }  # fmt: skip


def test_what_the_artist_changed_wins_and_takes_the_key_away() -> None:
    found = in_force(all_actions(), "gimp", {"tool-text": ("P",), "tool-crop": ()})
    assert found["tool-text"] == ("P",)
    assert found["tool-ink"] == ("F3, D, I",) and found["tool-crop"] == ("F3, Z, C",)


def test_the_letters_follow_the_key_of_the_guide() -> None:
    found = in_force(all_actions(), "danqing", {"key-guide": ("Ctrl+B",)})
    assert found["trim"] == ("Ctrl+B, I, T",)
    none = in_force(all_actions(), "danqing", {"key-guide": ()})
    assert none["trim"] == () and none["undo"] == ("Ctrl+Z",)


def test_eighty_filters_stand_in_branches_by_family() -> None:
    new = [
        Action(id=f"{way}-{number}", title="Gradient map", menu="Filter/Tone", branch=branch)
        for number in range(20)
        for way, branch in (("filter", "TT"), ("filter-layer", "N0"))
    ]
    actions = [*all_actions(), *new]
    letters = letters_of(actions)
    assert len(letters) == len(set(letters.values())) == len(actions)
    assert letters["filter-0"][:2] == ("T", "T") and letters["filter-layer-0"][:2] == ("N", "0")
    assert letters["filter-gaussian-blur"] == ("T", "B", "G")
    # no action stands where a branch begins
    assert not {"".join(one) for one in letters.values() if len(one) == 2} & set(BRANCHES)
    for name in SETS:
        found = in_force(actions, name, {})
        assert found["filter-1"][0].startswith("F3, T, T, ") and all(found.values())


def test_the_last_filter_has_a_key_in_every_set() -> None:
    for name in SETS:
        found = in_force(all_actions(), name, {})
        again = found["filter-again"], found["filter-again-open"]
        wanted = ("Ctrl+Alt+F", "Ctrl+Alt+Shift+F") if name == "photoshop" else ("Ctrl+F", "Ctrl+Alt+F")
        assert again == ((wanted[0],), (wanted[1],)), name


def test_adjustments_have_the_keys_that_photoshop_and_krita_share_and_gimp_lacks() -> None:
    wanted = {
        "filter-levels": "Ctrl+L",
        "filter-curves": "Ctrl+M",
        "filter-hue-saturation": "Ctrl+U",
        "filter-invert": "Ctrl+I",
        "filter-black-and-white": "Ctrl+Shift+U",
    }
    for name in ("danqing", "photoshop", "krita"):
        found = in_force(all_actions(), name, {})
        assert {one: found[one] for one in wanted} == {one: (key,) for one, key in wanted.items()}, name
    gimp = in_force(all_actions(), "gimp", {})
    assert all(is_sequence(gimp[one][0]) for one in wanted)
    assert gimp["merge-visible"] == ("Ctrl+M",) and gimp["invert-selection"] == ("Ctrl+I",)


@pytest.mark.parametrize("name", SETS)
def test_all_ten_digits_of_the_opacity_lie_together(name: str) -> None:
    """Two digits soon after each other are an exact percentage, so each must follow any other."""
    found = in_force(all_actions(), name, {})
    held = "Ctrl+" if name in ("krita", "gimp") else ""
    assert [found[f"opacity-{digit}"] for digit in range(10)] == [(f"{held}{digit}",) for digit in range(10)]


def test_an_unknown_set_is_ours() -> None:
    assert in_force(all_actions(), "of a later version", {}) == in_force(all_actions(), "danqing", {})
