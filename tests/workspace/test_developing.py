"""A photograph from the sensor opens with the filters that develop it; settings go from one picture to others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from studio.document import edits
from studio.document.layer import IDENTITY, Filter, Locks, Paint
from studio.project.errors import DecodeError
from studio.render.renderer import Renderer
from studio.workspace.tools import Pointer
from tests.project.negatives import negative
from tests.workspace.conftest import Bench

NAMES = [
    "wavelet-denoise", "colour-fringes", "lens", "vignette-correction", "white-balance", "exposure", "shadows-highlights",
    "vibrance",
]  # fmt: skip
EXPOSURE = NAMES.index("exposure")


def photograph(folder: Path, name: str, grey: float) -> Path:
    place = folder / name
    place.write_bytes(negative(np.full((64, 96, 3), grey, np.float32)))
    return place


def filters(bench: Bench) -> list[Filter]:
    return [layer for layer in bench.picture.document.committed.layers if isinstance(layer, Filter)]


def seen(bench: Bench) -> np.ndarray:
    artwork = bench.picture.document.committed
    return Renderer().compose(artwork, artwork.rect)[32, 48, :3].astype(np.float32)


def set_exposure(bench: Bench, stops: float) -> None:
    layer = filters(bench)[EXPOSURE]
    stored = layer.recipe
    artwork = edits.change(
        bench.picture.document.committed, layer.id,
        recipe=type(stored)(name=stored.name, version=stored.version, parameters={**stored.parameters, "exposure": stops}),
    )  # fmt: skip
    bench.picture.document.commit("exposure", artwork)


def test_opening_adds_filters_that_change_nothing_yet(bench: Bench, tmp_path: Path) -> None:
    bench.open(photograph(tmp_path, "雪.dng", 0.18))
    artwork = bench.picture.document.committed
    assert [layer.recipe.name for layer in filters(bench)] == NAMES
    assert isinstance(artwork.active_layer, Paint) and artwork.layers[0] is artwork.active_layer
    plain = artwork.active_layer.surface.read(artwork.rect)[32, 48, :3]
    np.testing.assert_allclose(seen(bench), plain, atol=2e-3)
    set_exposure(bench, 1.0)
    assert (seen(bench) > plain + 0.1).all()


def test_settings_of_one_photograph_are_pasted_into_another(bench: Bench, tmp_path: Path) -> None:
    bench.open(photograph(tmp_path, "one.dng", 0.1))
    set_exposure(bench, 1.5)
    bench.studio.filtering.stacks.copy()
    assert "copied: 8" in bench.sentences("done")[-1]
    bench.open(photograph(tmp_path, "two.dng", 0.05))
    steps = len(bench.picture.document.history)
    bench.studio.filtering.stacks.paste()
    assert [layer.recipe.name for layer in filters(bench)] == NAMES
    assert filters(bench)[EXPOSURE].recipe.parameters["exposure"] == 1.5
    assert len(bench.picture.document.history) == steps + 1


def test_pasting_adds_what_is_not_there(bench: Bench, tmp_path: Path) -> None:
    bench.open(photograph(tmp_path, "one.dng", 0.1))
    bench.studio.filtering.stacks.copy()
    bench.studio.new_picture(64, 64)
    bench.studio.filtering.add_layer("exposure")
    bench.settle()
    bench.studio.filtering.stacks.paste()
    assert sorted(layer.recipe.name for layer in filters(bench)) == sorted(NAMES)


def test_nothing_copied_pastes_nothing(bench: Bench) -> None:
    bench.studio.new_picture(64, 64)
    steps = len(bench.picture.document.history)
    bench.studio.filtering.stacks.paste()
    assert len(bench.picture.document.history) == steps


def test_a_locked_filter_keeps_its_settings(bench: Bench, tmp_path: Path) -> None:
    bench.open(photograph(tmp_path, "one.dng", 0.1))
    bench.studio.filtering.stacks.copy()
    set_exposure(bench, 1.5)
    document = bench.picture.document
    document.commit(
        "lock", edits.change(document.committed, filters(bench)[EXPOSURE].id, locks=Locks(all=True))
    )
    locked = document.committed
    bench.studio.filtering.stacks.paste()
    assert document.committed is locked
    assert "locked" in bench.sentences()[-1]


def test_nothing_is_pasted_during_a_stroke(bench: Bench, tmp_path: Path) -> None:
    bench.open(photograph(tmp_path, "one.dng", 0.1))
    bench.studio.filtering.stacks.copy()
    bench.studio.painting.choose_tool("brush")
    stroke = bench.studio.painting.begin(bench.picture, Pointer(5, 5))
    assert stroke is not None
    stroke.send(Pointer(30, 30, t=0.1))
    before = bench.picture.document.committed
    bench.studio.filtering.stacks.paste()
    assert bench.picture.document.committed is before
    stroke.finish()
    assert bench.picture.document.history[-1].label == "Paint"


def half_open(bench: Bench, place: Path) -> Paint:
    """The picture as it is while all of it is not there yet."""
    before = len(bench.studio.pictures)
    bench.studio.open(str(place))
    for _ in range(1000):
        bench.studio.files_lane.step()
        if len(bench.studio.pictures) > before:
            break
    layer = bench.picture.document.committed.layers[0]
    assert isinstance(layer, Paint)
    return layer


def test_half_of_it_is_seen_before_the_whole(bench: Bench, tmp_path: Path) -> None:
    layer = half_open(bench, photograph(tmp_path, "雪.dng", 0.18))
    artwork = bench.picture.document.committed
    assert (artwork.width, artwork.height) == (96, 64) and layer.transform[0] == 2 and layer.locks.all
    assert layer.surface.bounds.width <= 256 and len(filters(bench)) == len(NAMES)
    coarse = seen(bench)
    set_exposure(bench, 1.0)
    bench.settle()
    whole = bench.picture.document.committed
    exact = whole.layers[0]
    assert (
        isinstance(exact, Paint)
        and exact.id == layer.id
        and exact.transform == IDENTITY
        and not exact.locks.all
    )
    assert filters(bench)[EXPOSURE].recipe.parameters["exposure"] == 1.0, "what was done meanwhile stays"
    assert [one.label for one in bench.picture.document.history][1:] == ["exposure"]
    bench.studio.undo()
    np.testing.assert_allclose(seen(bench), coarse, atol=5e-3)
    assert bench.picture.document.committed.layers[0].transform == IDENTITY, (
        "the step before has all of it too"
    )
    assert len(bench.studio.pictures) == 1 and not bench.studio.jobs.lines


def test_a_layer_that_was_moved_meanwhile_stays_there(bench: Bench, tmp_path: Path) -> None:
    layer = half_open(bench, photograph(tmp_path, "one.dng", 0.18))
    document = bench.picture.document
    moved = edits.change(
        document.committed, layer.id, transform=(4.0, 0.0, 0.0, 4.0, 30.0, 10.0), locks=Locks()
    )
    document.commit("move", moved)
    bench.settle()
    assert document.committed.layers[0].transform == (2.0, 0.0, 0.0, 2.0, 30.0, 10.0)


def test_stopped_it_stays_at_half_its_size_and_says_so(bench: Bench, tmp_path: Path) -> None:
    half_open(bench, photograph(tmp_path, "one.dng", 0.18))
    bench.studio.jobs.stop_all()
    bench.settle()
    assert bench.picture.document.committed.layers[0].transform[0] == 2
    assert "half its size" in bench.sentences("info")[-1]


def test_where_the_rest_cannot_be_read_it_says_so(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(data: bytes, name: str, **_more: object) -> None:
        raise DecodeError("truncated", name)

    monkeypatch.setattr("studio.project.raw.develop", broken)
    half_open(bench, photograph(tmp_path, "one.dng", 0.18))
    bench.settle()
    assert "half its size" in bench.sentences("error")[-1] and "one.dng" in bench.sentences("error")[-1]
