"""Repairs that a dialog shows before they are done."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits
from studio.document.layer import Paint
from studio.raster.geometry import Rect
from studio.synthesis.rework import Seamless
from studio.workspace import repair_forms, repairing
from tests.workspace.conftest import Bench
from tests.workspace.test_repairing import (
    HOLE,
    SIDE,
    broken,
    flat,
    masked_stage,
    on_stage,
    placed,
    read,
    scenes,
    shown,
)


def test_seamless_is_shown_whole_and_by_half_before_it_is_done(bench: Bench) -> None:
    shown(bench, scenes()["waves"])
    document, form = bench.picture.document, repair_forms.FORMS["make_seamless"]
    committed, before = document.committed, read(bench)
    values = Seamless(band=20, way="blend")
    assert form.work is not None and form.compared

    def seen() -> np.ndarray:
        bench.settle()
        layer = document.artwork.active_layer
        assert isinstance(layer, Paint)
        return layer.surface.read(Rect(0, 0, SIDE, SIDE)).astype(np.float32)

    work = bench.studio.selecting.work
    work.show(form.work(bench.studio, values))
    whole = seen()
    assert not np.array_equal(whole, before) and document.committed is committed
    work.show(form.work(bench.studio, values), half=True)
    half = seen()
    middle = SIDE // 2
    np.testing.assert_array_equal(half[:, :middle], before[:, :middle])
    np.testing.assert_array_equal(half[:, middle:], whole[:, middle:])
    work.show_no_more()
    assert document.artwork is committed
    form.do(bench.studio, values)
    bench.settle()
    np.testing.assert_array_equal(read(bench), whole)
    assert bench.labels()[-1] == "Make seamless"


@pytest.mark.parametrize("kind", ["paint", "mask", "group", "generated"])
def test_a_fill_is_shown_whole_and_in_the_right_half_of_its_hole(bench: Bench, kind: str) -> None:
    damaged = broken("waves")[1]
    if kind == "mask":
        masked_stage(bench, HOLE)
    elif kind == "paint":
        shown(bench, damaged, HOLE)
    else:
        damaged[..., 3] = 1
        on_stage(bench, placed(kind, damaged), selection=edits.rectangle_selection(HOLE))
    document, renderer, work = bench.picture.document, bench.picture.renderer, bench.studio.selecting.work
    committed, before = document.committed, flat(bench)

    def seen(half: bool) -> np.ndarray:
        work.show(lambda artwork: repairing.filled(artwork, renderer=renderer, half=half))  # type: ignore[arg-type,return-value]
        bench.settle()
        return flat(bench)

    whole, half = seen(False), seen(True)
    middle = (HOLE.left + HOLE.right) // 2
    hole = (slice(HOLE.top, HOLE.bottom), slice(HOLE.left, middle))
    assert np.abs(whole - before)[hole].max() > 0.1
    np.testing.assert_array_equal(half[:, :middle], before[:, :middle])
    np.testing.assert_array_equal(half[:, middle:], whole[:, middle:])
    work.show_no_more()
    assert document.artwork is committed
