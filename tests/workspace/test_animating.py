"""A pattern that plays on the canvas, and its loop as a file: frames are made on the render lane, the picture stays."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image, ImageSequence

from studio.document import edits
from studio.document.layer import Fill
from studio.raster.mask import Mask
from studio.synthesis import looping
from studio.workspace import animating
from studio.workspace.animating import LoopFilm, Playing
from tests.workspace.conftest import Bench


@pytest.fixture
def ready(bench: Bench) -> Bench:
    bench.studio.new_picture(120, 80)
    bench.studio.fill_layers.add("perlin")
    return bench


def layer(bench: Bench) -> Fill:
    found = bench.picture.document.committed.active_layer
    assert isinstance(found, Fill)
    return found


def shown(bench: Bench) -> np.ndarray:
    return bench.picture.renderer.flatten(bench.picture.document.artwork).astype(np.float32)


def at(bench: Bench, part: float):
    return looping.moment(bench.studio.fill_layers.values(layer(bench)), part)


def test_frames_are_those_of_the_pattern_and_change_nothing(ready: Bench) -> None:
    document, before = ready.picture.document, ready.picture.document.committed
    playing = Playing(ready.studio, layer(ready).id)
    playing.ask(at(ready, 0.3))
    assert document.artwork is before, "nothing is made on this thread"
    ready.settle()
    seen = shown(ready)
    assert playing.shown == 1 and document.committed is before and document.artwork is not before
    playing.stop()
    ready.studio.fill_layers.change(layer(ready).id, at(ready, 0.3))
    assert np.abs(shown(ready) - seen).max() < 5e-3
    ready.studio.fill_layers.revert()
    assert document.artwork is before and len(ready.labels()) == 2


def test_of_frames_that_wait_only_the_newest_is_made(ready: Bench) -> None:
    playing = Playing(ready.studio, layer(ready).id)
    for part in (0.1, 0.2, 0.3, 0.4):
        playing.ask(at(ready, part))
    ready.settle()
    assert playing.shown == 1
    playing.ask(at(ready, 0.5))
    playing.stop()
    ready.settle()
    assert playing.shown == 1, "after a stop nothing comes any more"


def test_transform_mask_and_opacity_stay(ready: Bench) -> None:
    document = ready.picture.document
    mask = Mask.from_pixels(np.pad(np.ones((40, 60), np.float16), ((0, 40), (0, 60))))
    changed = edits.change(
        document.committed,
        layer(ready).id,
        transform=(1.5, 0.3, -0.3, 1.5, 20.0, 5.0),
        mask=mask,
        opacity=0.7,
    )
    document.commit("Change", changed)
    playing = Playing(ready.studio, layer(ready).id)
    playing.ask(at(ready, 0.3))
    ready.settle()
    seen = shown(ready)
    playing.stop()
    ready.studio.fill_layers.change(layer(ready).id, at(ready, 0.3))
    assert np.abs(shown(ready) - seen).mean() < 5e-3


@pytest.mark.parametrize("what", ["pattern", "picture"])
def test_a_loop_is_written(ready: Bench, tmp_path: Path, what: str) -> None:
    before = ready.picture.document.committed
    path = tmp_path / "loop.webp"
    film = LoopFilm(seconds=1.0, rate=8, side=60, steps=2, what=what)  # type: ignore[arg-type]
    values = msgspec.structs.replace(ready.studio.fill_layers.values(layer(ready)), sigma=0.4)
    animating.write(ready.studio, layer(ready).id, values, str(path), film)
    assert len(ready.studio.jobs.lines) == 1
    ready.settle()
    with Image.open(path) as found:
        assert sum(1 for _ in ImageSequence.Iterator(found)) == 8 and found.size == (60, 40)
        first = np.asarray(found.convert("RGB"), float)
        found.seek(4)
        assert np.abs(np.asarray(found.convert("RGB"), float) - first).mean() > 5
    assert "loop.webp" in ready.sentences("done")[-1] and ready.picture.document.committed is before
    assert not ready.studio.jobs.lines


def test_stopped_or_refused_it_leaves_no_file(ready: Bench, tmp_path: Path) -> None:
    film, values = LoopFilm(side=60), ready.studio.fill_layers.values(layer(ready))
    animating.write(ready.studio, layer(ready).id, values, str(tmp_path / "loop.webp"), film)
    for _ in range(3):
        ready.studio.files_lane.step()
    ready.studio.jobs.stop_all()
    ready.settle()
    assert not list(tmp_path.iterdir()) and not ready.sentences("done")
    animating.write(ready.studio, layer(ready).id, values, str(tmp_path / "gone" / "loop.webp"), film)
    ready.settle()
    assert "loop.webp" in ready.sentences("error")[-1]


def test_a_noise_filter_plays_over_the_picture_and_is_written_as_a_loop(ready: Bench, tmp_path: Path) -> None:
    studio, document = ready.studio, ready.picture.document
    studio.filtering.add_layer("film-grain", {"sigma": 0.3, "channels": "shared", "size": 0.5})
    target = studio.filtering.target
    assert target is not None and animating.filter_plays(target)
    assert not animating.filter_plays(layer_below := document.committed.layers[0]), layer_below
    before, still = document.committed, shown(ready)
    playing = animating.FilterPlaying(studio, target.id)
    values = studio.filtering.parameters(target)
    playing.ask(looping.moment(values, 0.3))
    assert document.committed is before and np.abs(shown(ready) - still).mean() > 0.01
    moved = shown(ready)
    studio.filtering.change(target.id, looping.moment(values, 0.3), live=False)
    assert np.array_equal(shown(ready), moved) and document.committed is not before
    studio.undo()
    assert np.array_equal(shown(ready), still)
    path, film = tmp_path / "grain.webp", LoopFilm(seconds=1.0, rate=6, side=60, steps=2)
    animating.write(studio, target.id, values, str(path), film)
    ready.settle()
    with Image.open(path) as found:
        assert sum(1 for _ in ImageSequence.Iterator(found)) == 6 and found.size == (60, 40)
        first = np.asarray(found.convert("RGB"), float)
        found.seek(3)
        assert np.abs(np.asarray(found.convert("RGB"), float) - first).mean() > 2


def test_only_patterns_with_time_play(ready: Bench) -> None:
    assert animating.plays(layer(ready))
    for name in ("fill-colour", "landscape", "reaction-diffusion"):
        ready.studio.fill_layers.add(name)
        assert not animating.plays(layer(ready))
    for name in ("gaussian-noise", "uniform-noise", "noise-like", "blue-noise"):
        ready.studio.fill_layers.add(name)
        assert animating.plays(layer(ready))


@pytest.mark.parametrize("name", ["gaussian-noise", "noise-like", "blue-noise"])
def test_noise_plays_too(bench: Bench, name: str) -> None:
    """At preview size, and when it is let go what is seen is the layer itself."""
    bench.studio.new_picture(900, 600)
    bench.studio.fill_layers.add(name)
    document, before = bench.picture.document, bench.picture.document.committed
    playing, seen = Playing(bench.studio, layer(bench).id), []
    for part in (0.1, 0.35):
        playing.ask(at(bench, part))
        bench.settle()
        seen.append(shown(bench))
    assert playing.shown == 2 and document.committed is before and not np.array_equal(*seen)
    assert (seen[0][..., 3] == 1).all() and seen[0][..., :3].std() > 0.01
    playing.stop()


def test_what_is_no_layer_does_not_play(ready: Bench) -> None:
    assert not animating.plays(None)


def test_sizes_are_even_and_lengths_are_frames(ready: Bench) -> None:
    artwork = ready.picture.document.committed
    assert LoopFilm(side=61).size(artwork) == (60, 40) or LoopFilm(side=61).size(artwork) == (62, 40)
    assert LoopFilm(seconds=0.2, rate=1).frames == 2 and LoopFilm(seconds=4.0, rate=25).frames == 100
