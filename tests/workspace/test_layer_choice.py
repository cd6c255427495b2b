"""Which layer is the active one, back to the one before, and locks that mean something."""

from __future__ import annotations

import pytest

from studio.document.layer import Fill, Group, Paint
from studio.workspace.actions import all_actions
from tests.workspace.conftest import Bench

ACTIONS = {action.id: action for action in all_actions()}


@pytest.fixture
def page(bench: Bench) -> Bench:
    bench.studio.new_picture(64, 64)
    bench.studio.layers.add_paint()
    return bench


def test_the_last_two_layers_are_switched(page: Bench) -> None:
    layers, studio = page.studio.layers, page.studio
    paper, over = (layer.id for layer in page.picture.document.artwork.layers)
    steps = len(page.labels())
    layers.switch()
    assert page.active.id == paper
    layers.switch()
    assert page.active.id == over and len(page.labels()) == steps, "no undo step"
    layers.add_paint()
    top = page.active.id
    layers.choose(paper)
    layers.switch()
    assert page.active.id == top
    studio.new_picture(32, 32)
    assert layers.before == "" and not ACTIONS["layer-switch"].enabled(studio)
    studio.choose(studio.pictures[0])
    assert layers.before == paper, "each picture has its own"


def test_alpha_is_locked_where_it_means_something(page: Bench) -> None:
    studio, action = page.studio, ACTIONS["lock-alpha"]
    studio.layers.add_group()
    assert isinstance(page.active, Group) and not action.enabled(studio) and action.why is not None
    assert "paint layer" in action.why(studio)
    studio.fill_layers.add("fill-colour")
    assert isinstance(page.active, Fill) and not action.enabled(studio)
    assert ACTIONS["lock-all"].enabled(studio) and ACTIONS["lock-position"].enabled(studio)
    steps = len(page.labels())
    studio.layers.toggle_lock("alpha")
    assert len(page.labels()) == steps
    everything = tuple(layer.id for layer in page.picture.document.artwork.walk())
    studio.layers.choose_several(everything, page.active.id)
    assert action.enabled(studio), "a paint layer is among them"
    studio.layers.toggle_lock("alpha")
    for layer in page.picture.document.artwork.walk():
        assert layer.locks.alpha == isinstance(layer, Paint)
    studio.layers.toggle_lock("alpha")
    assert not any(layer.locks.alpha for layer in page.picture.document.artwork.walk())


def test_several_are_locked_in_one_step(page: Bench) -> None:
    paper, over = (layer.id for layer in page.picture.document.artwork.layers)
    page.studio.layers.lock_several({paper: True, over: True})
    steps = len(page.labels())
    page.studio.layers.lock_several({paper: False})
    page.studio.layers.lock_several({})
    assert [layer.locks.all for layer in page.picture.document.artwork.layers] == [False, True]
    assert len(page.labels()) == steps + 1
