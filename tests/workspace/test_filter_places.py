"""A filter's centre and a perspective's corners as grips on the picture: while it is tried, and of a filter layer."""

from __future__ import annotations

from typing import Any

import pytest

from studio.document import edits
from studio.document.layer import Locks
from studio.filters import FILTERS
from studio.workspace import filter_places
from studio.workspace.tools import Gesture, Pointer
from studio.workspace.tools.marks import Handle
from tests.workspace.conftest import Bench

WIDTH, HEIGHT = 400, 200


@pytest.fixture
def opened(bench: Bench) -> Bench:
    bench.studio.new_picture(WIDTH, HEIGHT)
    return bench


def drag(gesture: Gesture | None, *points: tuple[float, float]) -> None:
    """Presses are made by the caller; the pen is lifted after the last point."""
    assert gesture is not None
    next(gesture)
    for x, y in points:
        gesture.send(Pointer(x, y))
    with pytest.raises(StopIteration):
        gesture.send(None)


def grips(session: Any) -> list[tuple[float, float]]:
    return [(mark.x, mark.y) for mark in session.marks if isinstance(mark, Handle)]


def test_every_centre_of_a_filter_has_a_grip():
    """A pair of parameters called centre that is no place on the picture would have none."""
    for kind in FILTERS.values():
        pairs = filter_places.places_of(kind.parameters)
        assert ("centre_x" in kind.parameters.__struct_fields__) == (("centre_x", "centre_y") in pairs)
    corners = filter_places.places_of(FILTERS["perspective"].parameters)
    assert [pair[0] for pair in corners] == ["left_top_x", "right_top_x", "right_bottom_x", "left_bottom_x"]
    assert not filter_places.applying(FILTERS["displace"].parameters()), "counts around a centre only"


def test_a_press_puts_the_centre_of_a_tried_filter_and_a_drag_moves_it(opened: Bench):
    filtering = opened.studio.filtering
    filtering.begin("zoom-blur")
    trial = filtering.trial
    assert trial is not None and grips(trial) == [(WIDTH / 2, HEIGHT / 2)]
    assert trial.hint == filter_places.TRIAL_HINT
    heard: list[object] = []
    trial.values_changed.connect(lambda: heard.append(trial.values))
    drag(trial.press(Pointer(100, 50)))
    assert (trial.values.centre_x, trial.values.centre_y) == (0.25, 0.25)  # type: ignore[attr-defined]
    drag(trial.press(Pointer(103, 50)), (203, 110), (303, 150))
    assert (trial.values.centre_x, trial.values.centre_y) == (0.75, 0.75)  # type: ignore[attr-defined]
    assert grips(trial) == [(300, 150)] and len(heard) == 3
    drag(trial.press(Pointer(300, 150)), (5000, -900))
    assert (trial.values.centre_x, trial.values.centre_y) == (2, -1)  # type: ignore[attr-defined]
    trial.preview(False)
    assert not trial.marks and trial.press(Pointer(10, 10)) is None


def test_beside_the_line_only_the_grip_itself_is_taken(opened: Bench):
    opened.studio.filtering.begin("swirl")
    trial = opened.studio.filtering.trial
    assert trial is not None
    trial.change(type(trial.values)(centre_x=0.1, centre_y=0.5))
    trial.compare(True)
    drag(trial.press(Pointer(300, 20)))
    assert trial.split == 300 and trial.values.centre_x == 0.1  # type: ignore[attr-defined]
    drag(trial.press(Pointer(40, 100)), (80, 100))
    assert trial.split == 300 and trial.values.centre_x == 0.2  # type: ignore[attr-defined]


def test_a_drag_that_is_broken_off_leaves_the_centre(opened: Bench):
    opened.studio.filtering.begin("polar")
    trial = opened.studio.filtering.trial
    assert trial is not None
    before = trial.values
    gesture = trial.press(Pointer(20, 20))
    assert gesture is not None
    next(gesture)
    gesture.send(Pointer(60, 60))
    assert trial.values != before
    gesture.close()
    assert trial.values == before


def test_corners_of_a_perspective_are_dragged_one_by_one(opened: Bench):
    opened.studio.filtering.begin("perspective")
    trial = opened.studio.filtering.trial
    assert trial is not None and len(grips(trial)) == 4
    assert trial.press(Pointer(200, 100)) is None, "in the middle no corner is meant"
    drag(trial.press(Pointer(397, 4)), (357, 24))
    assert grips(trial)[1] == (360, 20) and grips(trial)[0] == (0, 0)


def test_the_centre_of_a_filter_layer_is_one_step(opened: Bench):
    studio = opened.studio
    filtering, document = studio.filtering, opened.picture.document
    filtering.add_layer("radial-blur")
    filter_places.place(studio, True)
    session = filter_places.placing(studio)
    assert session is not None and grips(session) == [(WIDTH / 2, HEIGHT / 2)]
    steps = len(document.history)
    drag(session.press(Pointer(100, 100)), (100, 150), (40, 150))
    values: Any = filtering.parameters(filtering.target)  # type: ignore[arg-type]
    assert (values.centre_x, values.centre_y) == (0.1, 0.75) and len(document.history) == steps + 1
    assert grips(session) == [(40, 150)]
    broken = session.press(Pointer(40, 150))
    assert broken is not None
    next(broken)
    broken.send(Pointer(80, 80))
    broken.close()
    assert grips(session) == [(40, 150)] and document.preview_owner is None
    assert len(document.history) == steps + 1
    assert session.key("escape", "", frozenset()) and filter_places.placing(studio) is None
    assert filtering.parameters(filtering.target) == values  # type: ignore[arg-type]


def test_a_locked_filter_layer_keeps_its_centre(opened: Bench):
    studio, document = opened.studio, opened.picture.document
    studio.filtering.add_layer("radial-blur")
    target = studio.filtering.target
    assert target is not None
    document.commit("lock", edits.change(document.committed, target.id, locks=Locks(all=True)))
    filter_places.place(studio, True)
    assert filter_places.placing(studio) is None and opened.told
