"""Fill and lasso fill: what is found, where it lands, one undo step each."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Locks, Paint, Text
from studio.raster.geometry import Rect
from studio.raster.surface import Surface
from studio.workspace import filling
from studio.workspace.tools import Pointer
from tests.workspace.conftest import Bench

RED = (1.0, 0.0, 0.0)


def ring(width: int = 300, height: int = 240, gap: int = 0) -> np.ndarray:
    """A black frame of two pixels on white, with a gap in its right side."""
    pixels = np.ones((height, width, 4), np.float16)
    pixels[40:200, 60:62, :3] = pixels[40:200, 238:240, :3] = 0
    pixels[40:42, 60:240, :3] = pixels[198:200, 60:240, :3] = 0
    if gap:
        pixels[100 : 100 + gap, 238:240, :3] = 1
    return pixels


def open_with(bench: Bench, pixels: np.ndarray, **fields) -> None:
    layer = Paint(name="Line art", surface=Surface.from_pixels(pixels), **fields)
    base = edits.new_artwork(pixels.shape[1], pixels.shape[0])
    bench.studio.show(edits.add_layer(base, layer), title="Line art")
    bench.studio.painting.set_colour(RED)
    bench.settle()


def press(bench: Bench, x: float, y: float, *more: tuple[float, float], **fields) -> None:
    gesture = bench.studio.painting.begin(bench.picture, Pointer(x, y, **fields))
    if gesture is None:
        return
    for place in more:
        gesture.send(Pointer(*place, **fields))
    gesture.finish()
    bench.settle()


def use(bench: Bench, tool: str, **options) -> None:
    bench.studio.painting.choose_tool(tool)
    if options:
        bench.studio.painting.change_options(tool, **options)


def flat(bench: Bench) -> np.ndarray:
    return bench.picture.renderer.flatten(bench.picture.document.artwork)


def red(bench: Bench) -> np.ndarray:
    pixels = flat(bench)
    return (pixels[..., 0] > 0.9) & (pixels[..., 1] < 0.1)


def test_a_fill_colours_the_frame_and_is_one_step(bench: Bench) -> None:
    open_with(bench, ring())
    before = flat(bench)
    use(bench, "fill")
    press(bench, 150, 120)
    assert bench.labels()[-1] == "Fill"
    assert red(bench)[42:198, 62:238].all() and not red(bench)[:40].any() and not red(bench)[:, :60].any()
    bench.studio.undo()
    np.testing.assert_array_equal(flat(bench), before)


def test_a_gap_leaks_until_it_is_closed(bench: Bench) -> None:
    open_with(bench, ring(gap=8))
    use(bench, "fill")
    press(bench, 150, 120)
    assert red(bench)[10, 10]
    bench.studio.undo()
    use(bench, "fill", gap=10)
    press(bench, 150, 120)
    assert red(bench)[42:198, 62:238].mean() > 0.999 and not red(bench)[10, 10]


def test_line_art_as_reference_is_filled_below_on_another_layer(bench: Bench) -> None:
    line = ring()
    line[line[..., 0] > 0.5] = 0
    open_with(bench, line, fill_reference=True)
    art = bench.picture.document.artwork
    bench.studio.layers.choose(art.layers[0].id)
    use(bench, "fill", sample="reference", grow=2, smooth=False)
    press(bench, 150, 120)
    paper = bench.picture.document.artwork.layers[0]
    assert isinstance(paper, Paint)
    filled = paper.surface.read(Rect(0, 0, 300, 240)).astype(np.float32)
    assert (filled[40:200, 60:240] == (1, 0, 0, 1)).mean() > 0.999  # all but the very corners
    assert (filled[:39] == 1).all()


def test_without_a_reference_layer_a_sentence_says_what_to_do(bench: Bench) -> None:
    open_with(bench, ring())
    use(bench, "fill", sample="reference")
    press(bench, 150, 120)
    assert "Reference for fills" in bench.sentences("info")[-1]
    assert bench.labels()[-1] != "Fill" and not bench.studio.filling.busy


def test_a_fill_stays_in_the_selection(bench: Bench) -> None:
    open_with(bench, ring())
    before = flat(bench)
    artwork = edits.set_selection(
        bench.picture.document.artwork, edits.rectangle_selection(Rect(100, 100, 160, 300))
    )
    bench.picture.document.commit("Select", artwork)
    use(bench, "fill")
    press(bench, 150, 120)
    assert red(bench)[100:198, 100:160].all()
    outside = np.ones((240, 300), bool)
    outside[100:, 100:160] = False
    np.testing.assert_array_equal(flat(bench)[outside], before[outside])
    press(bench, 20, 20)
    assert len(bench.sentences("info")) == 1


def test_outside_the_picture_is_refused(bench: Bench) -> None:
    open_with(bench, ring())
    use(bench, "fill")
    press(bench, -5, 20)
    assert "outside the picture" in bench.sentences("info")[-1]


def test_a_new_layer_for_each_fill(bench: Bench) -> None:
    open_with(bench, ring())
    use(bench, "fill", new_layer=True)
    press(bench, 150, 120)
    layers = bench.picture.document.artwork.layers
    assert len(layers) == 3 and layers[-1].name == "Fill" and bench.active is layers[-1]


def test_two_presses_at_once_are_two_steps(bench: Bench) -> None:
    open_with(bench, ring())
    use(bench, "fill")
    for x, y in ((150, 120), (10, 10)):
        gesture = bench.studio.painting.begin(bench.picture, Pointer(x, y))
        assert gesture is not None
        gesture.finish()
    bench.settle()
    assert bench.labels()[-2:] == ["Fill", "Fill"]
    assert red(bench)[120, 150] and red(bench)[10, 10]


def test_what_is_painted_meanwhile_is_not_lost(bench: Bench) -> None:
    open_with(bench, ring())
    use(bench, "fill")
    gesture = bench.studio.painting.begin(bench.picture, Pointer(150, 120))
    assert gesture is not None
    gesture.finish()
    bench.studio.layers.add_paint()
    bench.settle()
    assert bench.labels()[-2:] == ["New paint layer", "Fill"]


def test_patterns_erasing_and_everywhere(bench: Bench) -> None:
    open_with(bench, ring())
    use(bench, "fill", source="pattern", density=0.5, size=16.0, angle=0.0)
    press(bench, 150, 120)
    assert 0.4 < red(bench)[60:180, 80:220].mean() < 0.6
    bench.studio.undo()
    use(bench, "fill", source="colour", contiguous=False)
    press(bench, 150, 120)
    assert red(bench)[10, 10] and red(bench)[120, 150]
    bench.studio.undo()
    use(bench, "fill", source="erase", contiguous=True, sample="layer")
    press(bench, 150, 120)
    pixels = edits.surface_of(bench.picture.document.artwork, bench.active.id).read(Rect(0, 0, 300, 240))
    assert not pixels[50:190, 70:230].any() and pixels[10, 10].all()


def test_a_fill_on_a_text_lands_above_it_clipped_only_where_it_has_letters(bench: Bench) -> None:
    open_with(bench, ring())
    document = bench.picture.document
    letters = Surface(dtype=np.dtype(np.float16)).write(
        Rect(120, 100, 180, 140), np.ones((40, 60, 4), np.float16)
    )
    text = Text(name="Words", text="a", cache=letters)
    document.commit("Add", edits.add_layer(document.artwork, text))
    use(bench, "fill")
    press(bench, 150, 120)
    assert isinstance(bench.active, Paint) and bench.active.clipping
    document.commit("Choose", edits.set_active(document.artwork, text.id))
    press(bench, 5, 5)
    assert isinstance(bench.active, Paint) and not bench.active.clipping and red(bench)[5, 5]
    document.commit("Choose", edits.set_active(document.artwork, text.id))
    use(bench, "lasso-fill")
    press(bench, 250, 10, (290, 10), (290, 60))
    assert isinstance(bench.active, Paint) and not bench.active.clipping


def test_a_locked_layer_is_refused_with_a_sentence(bench: Bench) -> None:
    open_with(bench, ring())
    bench.studio.layers.set_lock(bench.active.id, all=True)
    use(bench, "fill")
    press(bench, 150, 120)
    assert len(bench.sentences("info")) == 1 and bench.labels()[-1] != "Fill"


def test_a_fill_on_nothing_with_locked_alpha_says_so(bench: Bench) -> None:
    bench.studio.new_picture(60, 40)
    layer = Paint(name="New", surface=Surface(), locks=Locks(alpha=True))
    bench.picture.document.commit("New", edits.add_layer(bench.picture.document.artwork, layer))
    use(bench, "fill")
    press(bench, 20, 20)
    assert bench.labels()[-1] == "New" and "transparent pixels are locked" in bench.sentences("info")[-1]


@pytest.mark.parametrize("size", [(1, 1), (3000, 2600)])
def test_any_size_of_canvas(bench: Bench, size: tuple[int, int]) -> None:
    bench.studio.new_picture(*size)
    bench.studio.painting.set_colour(RED)
    use(bench, "fill")
    press(bench, size[0] // 2, size[1] // 2)
    assert red(bench).all()


def test_the_window_grows_only_as_far_as_the_region(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "FIRST_WINDOW", 128)
    pixels = np.ones(
        (1000, 1200, 4), np.float16
    )  # so large that its small picture is drawn from a coarser level
    pixels[:, 300:302, :3] = 0
    pixels[200:260, 200:260] = (0, 0, 1, 1)
    open_with(bench, pixels)
    seen: list[Rect] = []
    renderer = bench.picture.renderer
    compose = renderer.compose

    def watched(art: Artwork, rect: Rect, level: int = 0, exact: bool = False) -> np.ndarray:
        if level == 0:
            seen.append(rect)
        return compose(art, rect, level, exact)

    monkeypatch.setattr(renderer, "compose", watched)
    use(bench, "fill")
    press(bench, 230, 230)
    assert sum(rect.width * rect.height for rect in seen) <= 130 * 130, seen
    press(bench, 30, 30)
    assert red(bench)[:, :300].all() and not red(bench)[:, 303:].any()


def test_the_quick_mask_is_filled_instead_of_a_layer(bench: Bench) -> None:
    open_with(bench, ring())
    bench.picture.document.amend(bench.picture.document.artwork.with_(quick_mask=True))
    bench.studio.painting.set_colour((0.0, 0.0, 0.0))
    use(bench, "fill", grow=0, smooth=False)
    press(bench, 150, 120)
    selection = bench.picture.document.artwork.selection
    assert selection is not None
    assert np.count_nonzero(selection.read(Rect(0, 0, 300, 240)) == 0) == 156 * 176  # the rest stays selected


def test_a_lasso_fills_what_it_went_around(bench: Bench) -> None:
    bench.studio.new_picture(200, 150)
    bench.studio.painting.set_colour(RED)
    use(bench, "lasso-fill")
    press(bench, 20, 20, (120, 20), (120, 100), (20, 100))
    assert bench.labels()[-1] == "Lasso fill"
    assert red(bench)[20:100, 20:120].all() and red(bench).sum() == pytest.approx(8000, abs=200)
    assert bench.studio.painting.marks == ()


def test_a_press_without_a_drag_fills_nothing_and_escape_neither(bench: Bench) -> None:
    picture = bench.studio.new_picture(200, 150)
    use(bench, "lasso-fill")
    press(bench, 20, 20)
    gesture = bench.studio.painting.begin(picture, Pointer(20, 20))
    assert gesture is not None
    gesture.send(Pointer(100, 30))
    gesture.send(Pointer(100, 90))
    gesture.cancel()
    bench.settle()
    assert bench.labels() == ["New picture"] and bench.studio.painting.marks == ()


def test_an_outline_beyond_the_canvas_is_cut(bench: Bench) -> None:
    bench.studio.new_picture(64, 64)
    bench.studio.painting.set_colour(RED)
    use(bench, "lasso-fill")
    press(bench, -500, -500, (900, -500), (900, 900), (-500, 900))
    assert red(bench).all()


@pytest.mark.parametrize(("grow", "smooth"), [(0, True), (3, True), (5, False), (-4, True)])
def test_strips_give_what_the_whole_gives(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, grow: int, smooth: bool
) -> None:
    grey = ring(gap=6)
    grey[70:75, 100:180, :3] = 0.5
    open_with(bench, grey)
    use(bench, "fill", grow=grow, smooth=smooth, gap=8)
    press(bench, 150, 120)
    whole = flat(bench)
    bench.studio.undo()
    monkeypatch.setattr(filling, "STRIP", 16)
    press(bench, 150, 120)
    np.testing.assert_array_equal(flat(bench), whole)


def test_a_fill_can_be_stopped_and_the_next_one_goes_on(bench: Bench) -> None:
    open_with(bench, ring())
    use(bench, "fill")
    for x, y in ((150, 120), (10, 10)):
        gesture = bench.studio.painting.begin(bench.picture, Pointer(x, y))
        assert gesture is not None
        gesture.finish()
    (line,) = bench.studio.jobs.lines
    assert line.stop is not None
    line.stop()
    bench.settle()
    assert bench.labels().count("Fill") == 1 and red(bench)[10, 10] and not red(bench)[120, 150]
    assert bench.studio.jobs.lines == () and not bench.studio.filling.busy


def test_closing_the_picture_ends_its_fills(bench: Bench) -> None:
    open_with(bench, ring())
    use(bench, "fill")
    gesture = bench.studio.painting.begin(bench.picture, Pointer(150, 120))
    assert gesture is not None
    gesture.finish()
    bench.studio.close(bench.picture)
    bench.settle()
    assert bench.studio.jobs.lines == () and not bench.studio.filling.busy
    assert not bench.sentences("error")


def test_a_drag_fills_the_like_areas_it_comes_over_in_one_step(bench: Bench) -> None:
    pixels = np.ones((120, 400, 4), np.float16)
    for x in (100, 200, 300):
        pixels[:, x : x + 3, :3] = 0
    pixels[:, 203:300, :3] = (0.2, 0.5, 0.9)
    open_with(bench, pixels)
    use(bench, "fill", new_layer=True)
    press(bench, 50, 60, *((float(x), 60.0) for x in range(58, 360, 8)))
    filled = red(bench)[60]
    assert filled[[50, 150, 350]].all() and not filled[[101, 250]].any()
    assert bench.labels().count("Fill") == 1 and len(bench.picture.document.artwork.layers) == 3
    assert bench.studio.painting.marks == ()


def repeat(bench: Bench, **axes: bool) -> None:
    document = bench.picture.document
    document.commit("Repeat", document.artwork.with_(**axes))


def walls(width: int = 200, height: int = 120) -> np.ndarray:
    """White with a black wall down the middle and one across: four rooms, of which the outer ones meet over the edges."""
    pixels = np.ones((height, width, 4), np.float16)
    pixels[:, 100:102, :3] = 0
    pixels[60:62, :, :3] = 0
    return pixels


@pytest.mark.parametrize("gap", [0, 8])
def test_in_a_picture_that_repeats_a_fill_goes_on_at_the_other_edge(bench: Bench, gap: int) -> None:
    open_with(bench, walls())
    use(bench, "fill", gap=gap, grow=0)
    press(bench, 20, 20)
    assert red(bench)[:59, :99].all() and not red(bench)[:, 103:].any() and not red(bench)[63:].any()
    bench.studio.undo()
    repeat(bench, tiles_x=True)
    press(bench, 20, 20)
    filled = red(bench)
    assert filled[:59, :99].all() and filled[:59, 103:].all() and not filled[63:].any()
    assert bench.labels()[-1] == "Fill"
    bench.studio.undo()
    repeat(bench, tiles_y=True)
    press(bench, 20, 20)
    assert red(bench)[:59].mean() > 0.98 < red(bench)[63:].mean(), "over both edges: every room"


def test_a_way_that_crosses_the_edges_again_and_again_is_filled_to_its_end(bench: Bench) -> None:
    """A slanting wall: each crossing comes in one corridor further."""
    height, width = 160, 160
    y, x = np.mgrid[:height, :width]
    pixels = np.ones((height, width, 4), np.float16)
    pixels[(x + y) % 40 < 4, :3] = 0  # corridors of 36 px
    pixels[(np.abs(x - 80) < 3) & (y < 8), :3] = 0
    open_with(bench, pixels)
    repeat(bench, tiles_x=True, tiles_y=True)
    use(bench, "fill", grow=0, smooth=False)
    press(bench, 20, 5)
    ground = pixels[..., 0] == 1
    corridor = ground & ((x + y) % 160 // 40 == 0)
    assert (
        red(bench)[corridor].mean() > 0.95 and not red(bench)[ground & ~corridor & ((x + y) % 160 > 44)].any()
    )


def test_growing_under_a_line_at_the_edge_goes_on_behind_it(bench: Bench) -> None:
    pixels = np.ones((60, 80, 4), np.float16)
    for column, grey in enumerate(
        (0.8, 0.6, 0.4)
    ):  # a soft line that begins at the right edge and ends at the left
        pixels[:, 77 + column, :3] = grey
    pixels[:, 0, :3], pixels[:, 1, :3] = 0.2, 0.6
    pixels[:, 40:42, :3] = 0
    open_with(bench, pixels)
    repeat(bench, tiles_x=True)
    use(bench, "fill", grow=5, smooth=False, tolerance=0.05)
    press(bench, 60, 30)
    layer = bench.active
    assert isinstance(layer, Paint)
    assert (layer.surface.read(Rect(77, 0, 80, 60))[..., 1] < 0.1).all(), "up the whole line"
    assert (layer.surface.read(Rect(0, 0, 1, 60))[..., 1] < 0.1).all(), "and over the seam to its middle"


def test_a_drag_beyond_the_edge_fills_what_it_comes_over_there(bench: Bench) -> None:
    open_with(bench, ring())
    repeat(bench, tiles_x=True, tiles_y=True)
    use(bench, "fill")
    press(bench, 280, 120, (340, 120), (450, 120))  # 450 is 150 of the next one: inside the frame
    assert red(bench)[10, 10] and red(bench)[120, 150]


def test_a_lasso_fill_beyond_the_edge_comes_in_at_the_other(bench: Bench) -> None:
    open_with(bench, np.ones((100, 100, 4), np.float16))
    use(bench, "lasso-fill")
    loop = [(80.0, 20.0), (130.0, 20.0), (130.0, 60.0), (80.0, 60.0)]
    press(bench, *loop[0], *loop[1:])
    assert red(bench)[30, 85:].all() and not red(bench)[30, :40].any()
    bench.studio.undo()
    repeat(bench, tiles_x=True)
    press(bench, *loop[0], *loop[1:])
    inside = red(bench)[25:55]
    assert inside[:, 85:].all() and inside[:, :25].all() and not inside[:, 35:75].any()
