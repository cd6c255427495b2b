"""Stitching takes single steps of seconds: the lane is free for others meanwhile, and a stop is heard in the middle of one."""

from __future__ import annotations

import time
from threading import Event

import numpy as np
import pytest

from studio.jobs.job import Priority
from studio.synthesis import stitch, stitch_compose, stitch_features, stitch_preview, stitch_seams
from studio.workspace import panorama, stitching
from tests.synthesis.views import texture
from tests.workspace.conftest import Bench
from tests.workspace.test_stitching import QUICK, artwork_of, shown

LONG = 5.0
"""Seconds that a step takes unless it is let go."""
SHARED = [
    (stitch_features, "features_of"),
    (stitch, "cameras_of"),
    (stitch_seams, "warped"),
    (stitch_seams, "gains_of"),
]


@pytest.fixture(scope="module")
def scene() -> np.ndarray:
    return texture(420, 240, 5)


class Held:
    """A function that goes on only when it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, place: object, name: str) -> None:
        self.begun, self.go, own = Event(), Event(), getattr(place, name)

        def held(*arguments: object, **named: object) -> object:
            self.begun.set()
            self.go.wait(LONG)
            return own(*arguments, **named)

        monkeypatch.setattr(place, name, held)

    def reached(self, bench: Bench) -> float:
        """Steps the lane until it is called; the time."""
        end = time.perf_counter() + 4 * LONG
        while not self.begun.is_set() and time.perf_counter() < end:
            bench.studio.render_lane.step()
        assert self.begun.is_set()
        return time.perf_counter()


def drawn(bench: Bench) -> bool:
    """Whether a tile that is wanted now has its turn."""
    tiles: list[int] = []
    lane = bench.studio.render_lane
    lane.submit(
        lambda: iter([tiles.append(1)]), label="tile", priority=Priority.live, on_event=lambda _event: None
    )
    for _ in range(4):
        lane.step()
    return bool(tiles)


@pytest.mark.parametrize(
    ("place", "name"),
    [*SHARED, (stitch_compose, "layered"), (stitch_compose, "composed")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_stop_is_heard_while_a_step_of_stitching_works(
    bench: Bench, scene: np.ndarray, monkeypatch: pytest.MonkeyPatch, place: object, name: str
) -> None:
    shown(bench, scene)
    before, held = artwork_of(bench), Held(monkeypatch, place, name)
    stitching.stitch_layers(bench.studio, QUICK)
    start = held.reached(bench)
    assert drawn(bench)
    (line,) = bench.studio.jobs.lines
    line.stop()  # type: ignore[misc]
    bench.settle()
    assert time.perf_counter() - start < LONG / 4
    held.go.set()
    assert artwork_of(bench) is before and not bench.studio.jobs.lines and not bench.sentences("error")


@pytest.mark.parametrize(
    ("place", "name"),
    [*SHARED, (stitch, "digest_of"), (stitch_preview, "preview")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_stop_is_heard_while_a_step_of_the_preview_works(
    bench: Bench, scene: np.ndarray, monkeypatch: pytest.MonkeyPatch, place: object, name: str
) -> None:
    shown(bench, scene)
    found: list[panorama.Found] = []
    trial = panorama.Trial(bench.studio, found.append, lambda _error: None, lambda _title, _done: None)
    held = Held(monkeypatch, place, name)
    trial.ask(QUICK)
    start = held.reached(bench)
    assert drawn(bench)
    trial.stop()
    bench.settle()
    assert time.perf_counter() - start < LONG / 4 and not found
    held.go.set()
    trial.ask(QUICK)  # what the step that ended unseen has kept does no harm
    bench.settle()
    assert len(found) == 1


def test_a_stop_is_heard_while_a_panorama_is_blended_again(
    bench: Bench, scene: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(bench, scene)
    stitching.stitch_layers(bench.studio, QUICK)
    bench.settle()
    before, held = artwork_of(bench), Held(monkeypatch, stitch_compose, "blended")
    stitching.blend_again(bench.studio)
    start = held.reached(bench)
    assert drawn(bench)
    (line,) = bench.studio.jobs.lines
    line.stop()  # type: ignore[misc]
    bench.settle()
    assert time.perf_counter() - start < LONG / 4 and artwork_of(bench) is before
    held.go.set()
