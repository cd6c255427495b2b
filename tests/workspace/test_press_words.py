"""The word on the button: what a model declares, times where the artist stands; it never promises what cannot be done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from studio.document import edits
from studio.document.layer import Generated
from studio.raster.geometry import Rect
from studio.workspace.press_words import ANYWHERE, CANNOT, NONE, WORDS, Place, word_for
from tests.ui import fakes
from tests.workspace.conftest import Bench

GENERATES: dict[Place, str] = {
    "layer": "{count} more",
    "selection": "Place in selection",
    "picture": "Generate {count}",
}
LATER = {"fill": "Fill selection", "redraw": "Redraw", "extend": "Extend", "translate": "Translate"}
"""What a model may declare already, and nothing here carries out yet."""


@pytest.mark.parametrize("place", ANYWHERE)
@pytest.mark.parametrize("more", [(), ("fill",), ("redraw",), ("extend",), ("translate",), tuple(LATER)])
def test_a_model_that_generates_says_so_whatever_else_it_declares(
    place: Place, more: tuple[str, ...]
) -> None:
    line = word_for((*more, "variety", "generate", "explore"), place)
    assert (line.word, line.reason) == (GENERATES[place], "")


@pytest.mark.parametrize("place", ANYWHERE)
@pytest.mark.parametrize(("ability", "word"), LATER.items())
def test_what_cannot_be_done_yet_has_its_word_and_a_reason(place: Place, ability: str, word: str) -> None:
    line = word_for((ability, "learning"), place)
    assert line.word == word
    assert line.reason.startswith("Cannot ") and line.reason.endswith(" yet: choose another model.")


@pytest.mark.parametrize("place", ANYWHERE)
def test_of_several_that_cannot_be_done_the_one_for_this_place_is_named(place: Place) -> None:
    expected = "Fill selection" if place == "selection" else "Redraw"
    assert word_for(("fill", "redraw"), place).word == expected


@pytest.mark.parametrize("place", ANYWHERE)
@pytest.mark.parametrize("abilities", [(), ("variety", "explore", "classes", "learning"), ("paint in oils",)])
def test_a_model_with_nothing_for_the_button_makes_no_pictures(
    place: Place, abilities: tuple[str, ...]
) -> None:
    assert word_for(abilities, place) is NONE and NONE.reason == CANNOT


def test_only_what_a_press_does_can_be_pressed() -> None:
    """Whoever takes a reason away from a line must have taught ``Generating.generate`` to do what its word says."""
    assert {line.ability for line in WORDS if not line.reason} == {"generate"}


def stand(bench: Bench, place: Place) -> None:
    """Brings the bench where a press would work on ``place``."""
    bench.studio.new_picture(128, 96)
    if place == "layer":
        bench.studio.generating.generate()
        bench.engine.answer()
        bench.settle()
        assert isinstance(bench.active, Generated)
    elif place == "selection":
        document = bench.picture.document
        selection = edits.rectangle_selection(Rect(10, 10, 60, 50))
        document.commit("Select", edits.set_selection(document.artwork, selection))


@pytest.mark.parametrize("place", ANYWHERE)
@pytest.mark.parametrize(
    ("abilities", "word"),
    [(("generate", "fill"), ""), *(((ability,), word) for ability, word in LATER.items())],
)
def test_the_button_says_it_and_rests_where_it_must(
    bench: Bench, place: Place, abilities: tuple[str, ...], word: str
) -> None:
    generating, entry = bench.studio.generating, fakes.model()
    stand(bench, place)
    # the same file, so that a generated layer stays bound to its model
    changed = replace(entry, card=replace(entry.card, abilities=abilities))
    generating.set_models((changed,))
    button, asked = generating.button(), len(bench.engine.requests)
    assert button.text == (word or GENERATES[place])
    assert button.enabled == (not word) and bool(button.reason) == bool(word)
    assert bool(button.note) == (place == "selection" and not word)
    generating.generate()
    assert (len(bench.engine.requests) > asked) == button.enabled, "a press does what the button says"


def test_while_pictures_form_it_says_stop_and_without_an_engine_what_to_do(
    bench: Bench, make: Callable[..., Bench]
) -> None:
    bench.studio.new_picture(64, 64)
    bench.studio.generating.generate()
    assert bench.studio.generating.button().text == "Stop" and bench.studio.generating.button().enabled
    alone = make(None)
    alone.studio.new_picture(64, 64)
    assert "pip install" in alone.studio.generating.button().reason
