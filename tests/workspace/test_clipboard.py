"""Copy, cut and paste without a window."""

from __future__ import annotations

import numpy as np

from studio.document import edits
from studio.document.layer import Paint
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from tests.workspace.conftest import Bench


def flat(bench: Bench) -> np.ndarray:
    return bench.picture.renderer.flatten(bench.picture.document.artwork)


def select(bench: Bench, rect: Rect) -> None:
    document = bench.picture.document
    mask = Mask(default=0.0).write(rect, np.ones((rect.height, rect.width), np.float16))
    document.commit("Select", edits.set_selection(document.artwork, mask))


def test_copy_and_paste_inside_a_selection_makes_a_layer_in_place(bench: Bench) -> None:
    bench.studio.new_picture(100, 80, background=(0.2, 0.5, 0.8, 1.0))
    select(bench, Rect(10, 20, 30, 40))
    before = flat(bench)
    bench.studio.clipboard.copy()
    bench.settle()
    bench.studio.clipboard.paste((50.0, 40.0), Rect(0, 0, 100, 80))
    layer = bench.active
    assert isinstance(layer, Paint) and layer.name == "Pasted" and bench.labels()[-1] == "Paste"
    assert np.allclose(layer.surface.read(Rect(10, 20, 30, 40))[..., 3], 1)
    assert (
        not layer.surface.read(Rect(0, 0, 10, 80)).any() and bench.picture.document.artwork.selection is None
    )
    assert np.array_equal(flat(bench), before)
    bench.studio.undo()
    assert bench.labels()[-1] == "Paste" and not any(
        one.name == "Pasted" for one in bench.picture.document.artwork.layers
    )


def test_what_lies_out_of_sight_is_pasted_in_the_middle_of_the_view(bench: Bench) -> None:
    bench.studio.new_picture(400, 300)
    select(bench, Rect(0, 0, 20, 20))
    bench.studio.clipboard.copy()
    bench.settle()
    bench.studio.clipboard.paste((300.0, 200.0), Rect(250, 150, 400, 300))
    layer = bench.active
    assert isinstance(layer, Paint) and layer.surface.bounds.contains(Rect(290, 190, 310, 210))
    assert np.allclose(layer.surface.read(Rect(290, 190, 310, 210))[..., 3], 1)


def test_cut_clears_the_selection_and_nothing_else(bench: Bench) -> None:
    bench.studio.new_picture(100, 80, background=(0.2, 0.5, 0.8, 1.0))
    select(bench, Rect(10, 20, 30, 40))
    bench.studio.clipboard.cut()
    bench.settle()
    bench.settle()
    pixels = flat(bench)
    assert not pixels[20:40, 10:30].any() and np.allclose(pixels[..., 3].sum(), 100 * 80 - 400)
    assert bench.studio.clipboard.clip is not None and bench.studio.clipboard.clip.pixels.shape == (20, 20, 4)


def test_without_a_selection_the_layer_itself_is_pasted(bench: Bench) -> None:
    bench.studio.new_picture(100, 80)
    bench.studio.layers.set_mode("multiply")
    bench.studio.clipboard.copy()
    bench.settle()
    bench.studio.clipboard.paste()
    first, second = bench.picture.document.artwork.layers
    assert first.id != second.id and first.mode == second.mode and first.name == second.name
    assert isinstance(first, Paint) and isinstance(second, Paint) and second.surface is first.surface


def test_a_picture_is_pasted_into_a_new_one_where_nothing_is_open_and_converted_where_colours_differ(
    bench: Bench,
) -> None:
    straight = np.full((30, 40, 4), (255, 0, 0, 255), np.uint8)
    bench.studio.clipboard.paste_picture(straight, None)
    assert (bench.picture.document.artwork.width, bench.picture.document.artwork.height) == (40, 30)
    assert np.allclose(flat(bench)[0, 0], [1, 0, 0, 1])
    bench.studio.new_picture(100, 80, colour_space="Display P3")
    bench.studio.clipboard.paste_picture(straight, (50.0, 40.0))
    bench.settle()
    assert np.allclose(flat(bench)[40, 50], [0.9175, 0.2003, 0.1386, 1], atol=2e-3)


def test_nothing_to_copy_or_paste_says_so(bench: Bench) -> None:
    bench.studio.clipboard.paste()
    bench.studio.new_picture(100, 80, background=None)
    select(bench, Rect(10, 20, 30, 40))
    bench.studio.clipboard.copy()
    bench.settle()
    assert len(bench.sentences("info")) == 2 and bench.studio.clipboard.clip is None
