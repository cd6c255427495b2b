"""Work on the selection while the artist goes on painting: nothing painted meanwhile is lost."""

from __future__ import annotations

from collections.abc import Generator

import numpy as np

from studio.document import selecting as edits
from studio.document.artwork import Artwork
from studio.document.layer import Paint
from studio.document.painting import rectangle_selection
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.workspace.selecting import Making
from studio.workspace.selection_work import TRIES
from studio.workspace.tools import Pointer
from tests.workspace.conftest import Bench

CANVAS = Rect(0, 0, 200, 160)


def paint(bench: Bench, row: int) -> None:
    """A short stroke, with the lanes left as they are."""
    gesture = bench.studio.painting.begin(bench.picture, Pointer(40, 20 + 8 * row, t=0.0))
    assert gesture is not None, bench.sentences()
    gesture.send(Pointer(60, 20 + 8 * row, t=0.1))
    gesture.finish()


def painted(bench: Bench) -> np.ndarray:
    layer = bench.picture.document.committed.active_layer
    assert isinstance(layer, Paint)
    return layer.surface.read(CANVAS)[..., 3] > 0.3


def begin(bench: Bench) -> None:
    bench.studio.new_picture(CANVAS.width, CANVAS.height)
    bench.settle()
    whole = rectangle_selection(Rect(20, 10, 180, 150))
    bench.picture.document.commit("Select", bench.picture.document.committed.with_(selection=whole))


def test_a_selection_made_while_every_run_was_overtaken_goes_onto_the_newest_picture(bench: Bench) -> None:
    begin(bench)
    runs = 0

    def shrinking(artwork: Artwork) -> Generator[None, None, Artwork]:
        nonlocal runs
        result = yield from edits.change(artwork, "shrink", 5)
        runs += 1
        paint(bench, runs)
        return result

    bench.studio.selecting.run("Shrink selection", shrinking)
    bench.settle()
    assert runs == TRIES + 1
    assert all(painted(bench)[20 + 8 * row, 50] for row in range(1, runs + 1)), "the last stroke too"
    selection = bench.picture.document.committed.selection
    assert selection is not None
    covered = selection.read(CANVAS)
    assert covered[80, 30] == 1 and covered[80, 22] == 0
    assert bench.labels()[-1] == "Shrink selection"
    bench.studio.undo()
    assert painted(bench)[20 + 8 * runs, 50], "undo takes the selection back, not the stroke"


def test_work_on_layers_begins_anew_until_no_stroke_is_lost(bench: Bench) -> None:
    begin(bench)
    runs = 0

    def clearing(artwork: Artwork) -> edits.Steps:
        nonlocal runs
        small = artwork.with_(selection=rectangle_selection(Rect(100, 100, 120, 120)))
        result = yield from edits.clear(small)
        runs += 1
        if runs <= TRIES + 3:
            paint(bench, runs)
        return result

    bench.studio.selecting.run("Clear", clearing)
    bench.settle()
    assert runs == TRIES + 4
    assert all(painted(bench)[20 + 8 * row, 50] for row in range(1, runs))


def test_a_selection_changed_meanwhile_is_the_one_that_is_worked_on(bench: Bench) -> None:
    begin(bench)
    runs = 0

    def shrinking(artwork: Artwork) -> edits.Steps:
        nonlocal runs
        result = yield from edits.change(artwork, "shrink", 5)
        runs += 1
        if runs <= TRIES + 2:
            left = rectangle_selection(Rect(60 + runs, 40, 160, 120))
            bench.picture.document.commit("Select", bench.picture.document.committed.with_(selection=left))
        return result

    bench.studio.selecting.run("Shrink selection", shrinking)
    bench.settle()
    assert runs == TRIES + 3
    selection = bench.picture.document.committed.selection
    assert selection is not None
    covered = selection.read(CANVAS)
    assert covered[80, 60 + runs + 6] == 1 and covered[80, 60 + runs] == 0


def test_a_new_selection_that_was_overtaken_by_the_hand_is_dropped(bench: Bench) -> None:
    """The older, slower one would take the place of the one that was just made."""
    begin(bench)
    selecting = bench.studio.selecting
    corner, edge = rectangle_selection(Rect(0, 0, 9, 9)), rectangle_selection(Rect(0, 0, 200, 9))

    def making(mask: Mask) -> Making:
        def steps(_artwork: Artwork) -> Generator[None, None, Mask]:
            yield
            return mask

        return steps

    selecting.make("Slow", making(corner))
    selecting.none()
    bench.settle()
    assert bench.picture.document.committed.selection is None and bench.labels()[-1] == "Deselect"
    selecting.make("First", making(corner))
    selecting.make("Second", making(edge))
    selecting.make("Third", making(corner), "subtract")
    paint(bench, 1)
    bench.settle()
    assert bench.labels()[-3:] == ["First", "Second", "Third"], (
        "what was asked for one after the other comes so"
    )
    found = bench.picture.document.committed.selection
    assert found is not None and found.read(CANVAS).sum() == 191 * 9
