"""Opacity and blend mode of a filter that is used, and the line beside a filter layer."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits
from studio.document.layer import Filter, Locks, Paint
from studio.filters.blur import GaussianBlur
from studio.raster.geometry import Rect
from studio.workspace.filter_laying import Laying
from studio.workspace.tools import Pointer
from tests.workspace.conftest import Bench
from tests.workspace.test_filter_trial import SIDE, begin, flat, painted, soft_selection

__all__ = ["painted"]

LAID = Laying(opacity=0.6, mode="multiply")


@pytest.mark.parametrize(
    "laying", [LAID, Laying(opacity=0.35), Laying(mode="difference"), Laying(opacity=0.0)]
)
@pytest.mark.parametrize("selected", [False, True])
@pytest.mark.parametrize("alpha_locked", [False, True])
def test_opacity_and_mode_are_used_as_they_are_tried(
    painted: Bench, laying: Laying, selected: bool, alpha_locked: bool
):
    document = painted.picture.document
    if selected:
        document.commit("select", edits.set_selection(document.committed, soft_selection()))
    if alpha_locked:
        document.commit(
            "lock", edits.set_locks(document.committed, document.committed.active, Locks(alpha=True))
        )
    before = flat(document.committed)
    trial = begin(painted)
    trial.change(GaussianBlur(sigma=4.0))
    plain = flat(document.artwork)
    trial.lay(laying)
    tried = flat(document.artwork)
    assert (np.abs(tried - plain).max() > 0.02) and (np.abs(tried - before).max() > 0.02) == (
        laying.opacity > 0
    )
    trial.finish()
    painted.settle()
    assert isinstance(painted.active, Paint)
    assert np.abs(flat(document.committed) - tried).max() < 4e-3
    if not laying.opacity:
        return  # nothing was changed: there is no step
    painted.studio.undo()
    # the last filter again: the same opacity and mode; tried anew: none
    painted.studio.filtering.again()
    painted.settle()
    assert np.abs(flat(document.committed) - tried).max() < 4e-3
    painted.studio.undo()
    assert begin(painted).laying == Laying()
    painted.studio.filtering.trial.leave()  # type: ignore[union-attr]
    painted.studio.filtering.begin_again()
    assert painted.studio.filtering.trial.laying == laying  # type: ignore[union-attr]


def test_opacity_and_mode_of_a_trial_become_those_of_a_live_layer(painted: Bench):
    trial = begin(painted)
    trial.lay(LAID)
    trial.finish("layer")
    found = [layer for layer in painted.picture.document.committed.walk() if isinstance(layer, Filter)]
    assert [(one.opacity, one.mode) for one in found] == [(0.6, "multiply")]


def test_opacity_and_mode_on_a_mask(painted: Bench):
    document = painted.picture.document
    layer = painted.active
    document.commit("edit", document.committed.with_(mask_edited=layer.id))
    assert layer.mask is not None
    before = layer.mask.read(Rect(0, 0, SIDE, SIDE)).astype(np.float32)
    trial = begin(painted, "invert")
    trial.lay(Laying(opacity=0.25))
    painted.settle()
    trial.finish()
    painted.settle()
    after = painted.active.mask.read(Rect(0, 0, SIDE, SIDE)).astype(np.float32)  # type: ignore[union-attr]
    np.testing.assert_allclose(after[60:200, 60:200], (before * 0.5 + 0.25)[60:200, 60:200], atol=2e-3)


def test_a_line_shows_the_picture_without_a_filter_layer(painted: Bench):
    studio, document = painted.studio, painted.picture.document
    before = flat(document.committed)
    document.commit("select", edits.set_selection(document.committed, soft_selection()))
    studio.filtering.add_layer("invert")
    document.commit("none", edits.set_selection(document.committed, None))
    committed, after, steps = document.committed, flat(document.committed), len(painted.labels())
    seen = painted.picture.renderer._seen
    studio.filtering.compare(True)
    split = studio.filtering.split
    assert split is not None and split.x == SIDE / 2 and len(split.marks) == 3
    half = flat(seen(document.artwork))
    np.testing.assert_allclose(half[:, :150], before[:, :150], atol=1e-6)
    np.testing.assert_allclose(half[:, 150:], after[:, 150:], atol=1e-6)
    gesture = studio.painting.begin(painted.picture, Pointer(150, 20))
    assert gesture is not None
    gesture.send(Pointer(220, 30))
    gesture.finish()
    assert split.x == 220 and studio.filtering.split is split
    np.testing.assert_allclose(flat(seen(document.artwork))[:, :220], before[:, :220], atol=1e-6)
    # only the view: nothing of it is in the picture, whose values may change meanwhile
    assert document.committed is committed and len(painted.labels()) == steps
    split.key("escape", "", frozenset())
    assert studio.filtering.split is None and seen(document.artwork) is document.artwork
    studio.filtering.compare(True)
    studio.layers.add_paint()
    assert studio.filtering.split is None and seen(document.artwork) is document.artwork
    studio.filtering.compare(True)
    assert studio.filtering.split is None, "no filter layer is selected"


def test_values_change_while_the_line_stands(painted: Bench):
    studio, document = painted.studio, painted.picture.document
    studio.filtering.add_layer("gaussian-blur")
    target = studio.filtering.target
    assert target is not None
    studio.filtering.compare(True)
    studio.filtering.change(target.id, GaussianBlur(sigma=9.0), live=False)
    assert studio.filtering.split is not None
    changed = document.committed.find(target.id)
    assert isinstance(changed, Filter) and changed.mask is None and changed.recipe.parameters["sigma"] == 9.0
