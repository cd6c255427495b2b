"""A texture goes on from any layer that can be seen, as holes of any are filled: groups, generated ones, turned ones, masks."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits
from studio.document.layer import Group, Paint
from studio.raster.geometry import Rect
from studio.synthesis.rework import Quilt
from studio.workspace import repair_forms, repairing
from studio.workspace.actions import all_actions
from tests.workspace.conftest import Bench
from tests.workspace.test_repairing import KINDS, SIDE, masked_stage, on_stage, placed, scenes

VALUES = Quilt(width=120, height=100, block=30)
PIECE = Rect(20, 30, 100, 120)


def quilted(bench: Bench) -> np.ndarray:
    """The pixels of the new layer."""
    assert next(one for one in all_actions() if one.id == "quilt-texture").enabled(bench.studio)
    repair_forms.FORMS["quilt"].do(bench.studio, VALUES)
    bench.settle()
    assert bench.labels()[-1] == "Quilt texture", bench.sentences()
    made = bench.active
    assert isinstance(made, Paint)
    return made.surface.read(Rect(0, 0, 120, 100)).astype(np.float32)


@pytest.mark.parametrize("kind", KINDS)
def test_any_layer_goes_on_as_a_texture(bench: Bench, kind: str) -> None:
    pixels = scenes()["waves"]
    selection = None if kind == "turned" else edits.rectangle_selection(PIECE)
    before = on_stage(bench, placed(kind, pixels), selection=selection)
    found = quilted(bench)
    after = bench.picture.document.committed
    assert after.layers[0] is before.layers[0] and len(after.layers) == 2
    assert (found[..., 3] == 1).all()
    taken = pixels if kind == "turned" else pixels[PIECE.top : PIECE.bottom, PIECE.left : PIECE.right]
    colours, most = taken[..., :3].reshape(-1, 3), 0.02
    for spot in (found[5, 5, :3], found[50, 60, :3], found[95, 110, :3]):
        assert np.abs(colours - spot).max(1).min() < most, "every pixel is one of the piece"
    bench.studio.undo()
    assert bench.picture.document.committed is before


def test_a_mask_goes_on_as_greys(bench: Bench) -> None:
    values = masked_stage(bench, PIECE)
    found = quilted(bench)
    assert np.array_equal(found[..., 0], found[..., 2]) and (found[..., 3] == 1).all()
    part = values[PIECE.top : PIECE.bottom, PIECE.left : PIECE.right]
    assert found[..., 0].min() >= part.min() - 1e-3 and found[..., 0].max() <= part.max() + 1e-3


def test_a_quilt_is_seen_before_it_is_made_beside_the_picture_as_it_is(bench: Bench) -> None:
    before = on_stage(bench, placed("paint", scenes()["waves"]))
    form, document = repair_forms.FORMS["quilt"], bench.picture.document
    assert form.work is not None and form.compared
    for half in (False, True):
        bench.studio.selecting.work.show(form.work(bench.studio, Quilt(width=SIDE, height=SIDE)), half=half)
        bench.settle()
        seen = document.artwork
        assert len(seen.layers) == 2 and document.committed is before and len(document.history) == 1
        new = seen.layers[1]
        assert isinstance(new, Paint)
        alpha = new.surface.read(Rect(0, 0, SIDE, SIDE))[..., 3]
        assert (alpha[:, SIDE // 2 :] == 1).all() and bool(alpha[:, : SIDE // 2].any()) is not half
    bench.studio.selecting.work.show_no_more()
    assert document.artwork is before


def test_a_group_that_shows_nothing_is_refused(bench: Bench) -> None:
    before = on_stage(bench, Group(name="Empty"))
    repair_forms.FORMS["quilt"].do(bench.studio, VALUES)
    bench.settle()
    assert bench.sentences() == [repairing.NO_PIXELS] and bench.picture.document.committed is before
    away = edits.rectangle_selection(Rect(SIDE + 5, 0, SIDE + 9, 9))
    on_stage(bench, placed("group", scenes()["waves"]), selection=away)
    repair_forms.FORMS["quilt"].do(bench.studio, VALUES)
    bench.settle()
    assert bench.sentences() == [repair_forms.NO_SAMPLE]
