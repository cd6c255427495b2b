"""Line art off its paper in the studio: one step, the scan kept, white paper below; the paper alone away."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Fill, Layer, Locks, Paint, Text
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.workspace import line_art
from tests.filters.test_line_art import SIDE, scan
from tests.workspace.conftest import Bench


def show(bench: Bench, layer: Layer, selection: Rect | None = None) -> Artwork:
    artwork = edits.set_active(Artwork(width=SIDE, height=SIDE, layers=(layer,)), layer.id)
    if selection is not None:
        artwork = artwork.with_(selection=edits.rectangle_selection(selection))
    bench.studio.show(artwork, title="Scan")
    bench.settle()
    bench.told.clear()
    return artwork


def photo(**fields: object) -> Paint:
    return Paint(name="Scan", surface=Surface.from_pixels(scan()[0].astype(np.float16)), **fields)


def pixels(layer: Layer) -> np.ndarray:
    assert isinstance(layer, Paint)
    return layer.surface.read(Rect(0, 0, SIDE, SIDE)).astype(np.float32)


def test_extracting_line_art_is_one_step_with_three_layers(bench: Bench) -> None:
    before = show(bench, photo())
    line_art.extract(bench.studio)
    bench.settle()
    now = bench.picture.document.committed
    assert bench.labels()[1:] == ["Extract line art"], bench.sentences()
    kept, paper, lines = now.layers
    assert kept.id == before.layers[0].id and not kept.visible and isinstance(paper, Fill)
    assert (paper.name, lines.name, now.active) == ("Paper", "Line art", lines.id)
    cover = scan()[1]
    alpha = pixels(lines)[..., 3]
    assert (alpha[cover == 0] > 0).mean() < 0.01 and alpha[cover == 1].min() > 0.97
    seen = bench.picture.renderer.flatten(now)
    assert seen[cover == 0].min() > 0.8 and np.median(seen[cover == 0]) == 1
    bench.studio.undo()
    assert bench.picture.document.committed is before


def test_the_paper_alone(bench: Bench) -> None:
    show(bench, photo())
    line_art.paper_away(bench.studio)
    bench.settle()
    (layer,) = bench.picture.document.committed.layers
    assert bench.labels()[1:] == ["Paper to transparent"]
    cover = scan()[1]
    alpha = pixels(layer)[..., 3]
    assert alpha[cover == 1].min() > 0.9 and np.median(alpha[cover == 0]) < 0.1


def test_only_what_is_selected(bench: Bench) -> None:
    before = show(bench, photo(), Rect(0, 0, SIDE // 2, SIDE))
    line_art.paper_away(bench.studio)
    bench.settle()
    (layer,) = bench.picture.document.committed.layers
    assert np.array_equal(pixels(layer)[:, SIDE // 2 :], pixels(before.layers[0])[:, SIDE // 2 :])
    assert pixels(layer)[:, : SIDE // 2, 3].min() == 0


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        (photo(locks=Locks(all=True)), "locked"),
        (Paint(name="Empty", surface=Surface()), "empty"),
        (Text(name="Text", text="山"), "paint layer"),
    ],
    ids=["locked", "empty", "text"],
)
@pytest.mark.parametrize("work", [line_art.extract, line_art.paper_away], ids=["lines", "paper"])
def test_what_it_refuses_it_says(bench: Bench, layer: Layer, words: str, work) -> None:
    before = show(bench, layer)
    work(bench.studio)
    bench.settle()
    assert bench.picture.document.artwork is before and words in bench.sentences("info")[0]


def test_stopping_keeps_the_picture(bench: Bench) -> None:
    before = show(bench, photo())
    line_art.extract(bench.studio)
    bench.studio.render_lane.drain(1)
    (line,) = bench.studio.jobs.lines
    assert line.stop is not None
    line.stop()
    bench.settle()
    assert bench.picture.document.artwork is before and len(bench.labels()) == 1
