"""Repairs that a dialog shows before they are done."""

from __future__ import annotations

import numpy as np

from studio.document.layer import Paint
from studio.raster.geometry import Rect
from studio.synthesis.rework import Seamless
from studio.workspace import repair_forms
from tests.workspace.conftest import Bench
from tests.workspace.test_repairing import SIDE, read, scenes, shown


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
