"""A filter that nobody waits for any more ends at its next small part, whatever calls it; a filter is in here by being in the
registry."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from studio import recipe
from studio.filters import FILTERS, FilterKind
from studio.raster import strips
from studio.raster.geometry import Rect
from studio.raster.stopping import Stopped, heard
from tests.filters.case import picture
from tests.filters.cases import CASES

CANVAS = Rect(0, 0, 320, 256)


class Asked:
    """Counts how often it is asked; says stop from the given time on."""

    def __init__(self, last: int | None = None) -> None:
        self.times, self._last = 0, last

    def __call__(self) -> bool:
        self.times += 1
        return self._last is not None and self.times >= self._last


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that nobody asks while another is stopped."""
    monkeypatch.setattr(strips, "PROCESSORS", 1)


def asked_by(kind: FilterKind, parameters: Any, source: np.ndarray, last: int | None = None) -> int:
    """How often the filter asks whether it is still wanted. Raises AssertionError where it does not stop at the ``last``."""
    stop = Asked(last)
    with heard(stop):
        if last is None:
            kind.apply(source, parameters, canvas=CANVAS)
        else:
            with pytest.raises(Stopped):
                kind.apply(source, parameters, canvas=CANVAS)
    return stop.times


@pytest.mark.parametrize("kind", FILTERS.values(), ids=list(FILTERS))
def test_every_filter_stops_where_it_is_told_to(kind: FilterKind) -> None:
    """In one call, as a live layer makes it: it asks before each part of 65 536 pixels at the latest, or, of a filter of single
    pixels, which is never given more than a tile, before it; and what it was given stays."""
    source = picture(CANVAS.width, CANVAS.height)
    source.setflags(write=False)
    parameters = recipe.from_plain(kind.parameters, CASES[kind.name].settings[0])
    asked_by(kind, parameters, source)  # tables that are kept are made once
    times = asked_by(kind, parameters, source)
    looks_around = kind.needs_whole(parameters) or kind.reach(parameters) > 0
    assert times >= (2 if looks_around else 1)
    for last in {1, times // 2 + 1, times}:
        assert asked_by(kind, parameters, source, last) == last, "nothing is done after the stop"
    np.testing.assert_array_equal(source, picture(CANVAS.width, CANVAS.height))


LITTLE_AND_MUCH: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "bilateral": ({"spatial": 1.0}, {"spatial": 10.0}),
    "surface-blur": ({"radius": 2}, {"radius": 40}),
    "non-local-means": ({"search": 1, "patch": 1}, {"search": 12, "patch": 4}),
    "total-variation": ({"rounds": 1}, {"rounds": 60}),
    "wavelet-denoise": ({"scales": 1}, {"scales": 4}),
    "richardson-lucy": ({"rounds": 1, "size": 1.0}, {"rounds": 8, "size": 2.0}),
    "lens-blur": ({"radius": 1.0}, {"radius": 40.0}),
    "box-blur": ({"passes": 1, "radius": 2}, {"passes": 3, "radius": 2}),
    "deband": ({"rounds": 1, "radius": 4}, {"rounds": 4, "radius": 4}),
    "jpeg": ({"rounds": 1}, {"rounds": 4}),
    "line-art": ({"radius": 2}, {"radius": 40}),
}


@pytest.mark.parametrize("name", LITTLE_AND_MUCH)
def test_more_work_on_as_many_pixels_asks_more_often(name: str) -> None:
    kind, source = FILTERS[name], picture(CANVAS.width, CANVAS.height)
    little, much = (
        asked_by(kind, recipe.from_plain(kind.parameters, values), source) for values in LITTLE_AND_MUCH[name]
    )
    assert much > little
