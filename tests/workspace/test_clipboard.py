"""Copy, cut and paste without a window."""

from __future__ import annotations

import numpy as np

from studio.document import edits, placing
from studio.document.artwork import Artwork
from studio.document.layer import Group, Paint, Text
from studio.project import tiles
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.text.style import TextStyle
from studio.workspace.tools import Pointer
from tests.document.pictures import paint
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
    assert isinstance(first, Paint) and isinstance(second, Paint)
    one, other = first.surface.tiles[0, 0], second.surface.tiles[0, 0]
    assert one is not other and one.pixels() is other.pixels()  # the same memory, each handle by itself


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


PAINTED = Rect(2500, 2500, 2540, 2530)


def painted_far_out(bench: Bench) -> None:
    """A 3000² picture with a small layer near its lower right corner, copied."""
    bench.studio.new_picture(3000, 3000)
    surface = Surface(dtype=np.float16).write(PAINTED, np.ones((30, 40, 4), np.float16))
    document = bench.picture.document
    document.commit("Paint", edits.add_layer(document.artwork, Paint(name="Far", surface=surface)))
    bench.studio.clipboard.copy()
    bench.settle()


def shown(bench: Bench) -> Rect:
    """Where the active layer has pixels."""
    frame = placing.frame_of(bench.picture.document.artwork, [bench.active.id])
    assert frame is not None
    return Rect(*(round(part) for part in frame))


def test_a_layer_from_beyond_the_canvas_comes_into_the_middle_of_the_view(bench: Bench) -> None:
    painted_far_out(bench)
    bench.studio.new_picture(400, 300)
    bench.studio.clipboard.paste((200.0, 150.0), Rect(0, 0, 400, 300))
    assert bench.active.name == "Far" and shown(bench) == Rect(180, 135, 220, 165)
    bench.studio.undo()
    # looking at another part, and past the canvas: still where it is seen
    bench.studio.clipboard.paste((350.0, 250.0), Rect(300, 200, 400, 300))
    assert shown(bench) == Rect(330, 235, 370, 265)
    bench.studio.undo()
    bench.studio.clipboard.paste((900.0, 900.0), Rect(800, 800, 1000, 1000))
    assert shown(bench) == Rect(180, 135, 220, 165)
    bench.studio.undo()
    bench.studio.clipboard.paste()
    assert shown(bench) == Rect(180, 135, 220, 165)


def test_what_is_seen_a_little_stays_in_place(bench: Bench) -> None:
    painted_far_out(bench)
    bench.studio.clipboard.paste((100.0, 100.0), Rect(0, 0, 2501, 2501))
    assert shown(bench) == PAINTED
    bench.studio.clipboard.paste((100.0, 100.0), Rect(0, 0, 2500, 2500))
    assert shown(bench) == Rect(80, 85, 120, 115)


def test_pixels_of_other_colours_come_into_view_too(bench: Bench) -> None:
    painted_far_out(bench)
    bench.studio.new_picture(400, 300, colour_space="Display P3", precision="float32")
    bench.studio.clipboard.paste((200.0, 150.0), Rect(0, 0, 400, 300))
    bench.settle()
    assert bench.active.name == "Pasted" and shown(bench) == Rect(180, 135, 220, 165)


def test_several_layers_keep_their_order_and_their_distance(bench: Bench) -> None:
    bench.studio.new_picture(900, 900)
    document = bench.picture.document
    inside = paint("inside", 700, 600)
    artwork = edits.add_layer(document.artwork, paint("low", 600, 600))
    artwork = edits.add_layer(artwork, Group(name="group", children=(inside,)))
    artwork = edits.add_layer(artwork, paint("high", 650, 600), above=artwork.active)
    ids = tuple(layer.id for layer in artwork.layers[1:])
    document.commit("Add", artwork.with_(selected=ids))
    bench.studio.clipboard.copy()
    bench.settle()
    bench.studio.new_picture(200, 200)
    bench.studio.clipboard.paste((100.0, 100.0), Rect(0, 0, 200, 200))
    now = bench.picture.document.artwork
    assert [layer.name for layer in now.layers] == ["Paper", "low", "group", "high"]
    frames = [placing.frame_of(now, [layer.id]) for layer in now.layers[1:]]
    assert [frame and frame[0] for frame in frames] == [40, 140, 90]
    assert now.selected == tuple(layer.id for layer in now.layers[1:]) and bench.labels()[-1] == "Paste"


def test_in_a_moved_group_what_is_pasted_lies_where_it_is_seen(bench: Bench) -> None:
    bench.studio.new_picture(300, 200, background=None)
    document = bench.picture.document
    document.commit("Add", edits.add_layer(document.artwork, paint("dot", 10, 10)))
    bench.studio.clipboard.copy()
    bench.settle()
    group = Group(name="moved", transform=(1.0, 0.0, 0.0, 1.0, 150.0, 80.0))
    document.commit("Group", edits.add_layer(document.artwork, group))
    bench.studio.clipboard.paste((150.0, 100.0), Rect(0, 0, 300, 200))
    assert len(bench.picture.document.artwork.active_layer and document.artwork.layers[-1].children) == 1  # type: ignore[attr-defined]
    assert shown(bench) == Rect(10, 10, 30, 30)


def test_what_was_copied_outlives_its_picture(bench: Bench) -> None:
    """Its tiles may lie in the journal, which goes with the picture; so may those of the picture it was pasted into."""
    painted_far_out(bench)
    first = bench.picture
    other = bench.studio.new_picture(3000, 3000)
    bench.settle()
    bench.studio.clipboard.paste()
    bench.settle()
    pasted = bench.active
    for picture in (first, other):
        assert picture.journal is not None
        tiles.evict([picture.document.committed], picture.journal.source, 0)
    for picture in (first, other):
        bench.studio.close(picture)
    bench.settle()
    third = bench.studio.new_picture(3000, 3000)
    bench.studio.clipboard.paste()
    assert bench.active.id != pasted.id and third is bench.picture
    layer = bench.active
    assert isinstance(layer, Paint) and (layer.surface.read(PAINTED) == 1).all()


def test_pasting_into_a_selection_masks_by_it(bench: Bench) -> None:
    bench.studio.new_picture(100, 80)
    straight = np.full((30, 30, 4), (255, 0, 0, 255), np.uint8)
    select(bench, Rect(60, 40, 70, 50))
    chosen = bench.picture.document.artwork.selection
    bench.studio.clipboard.paste_into(straight)
    layer = bench.active
    assert isinstance(layer, Paint) and shown(bench) == Rect(50, 30, 80, 60)
    assert bench.labels()[-1] == "Paste into selection" and bench.picture.document.artwork.selection is None
    assert layer.mask is not None and chosen is not None
    assert np.array_equal(layer.mask.read(Rect(0, 0, 100, 80)), chosen.read(Rect(0, 0, 100, 80)))
    seen = flat(bench)
    assert np.allclose(seen[40:50, 60:70], [1, 0, 0, 1]) and np.allclose(seen[39, 60:70], 1)
    bench.studio.undo()
    assert bench.picture.document.artwork.selection is chosen


def test_several_layers_or_a_masked_one_are_pasted_into_a_selection_as_a_group(bench: Bench) -> None:
    bench.studio.new_picture(300, 200, background=None)
    document = bench.picture.document
    masked = paint("masked", 100, 100, mask=Mask(default=0.5))
    document.commit("Add", edits.add_layer(document.artwork, masked))
    bench.studio.clipboard.copy()
    bench.settle()
    select(bench, Rect(0, 0, 10, 10))
    bench.studio.clipboard.paste_into()
    group = document.artwork.layers[-1]
    assert isinstance(group, Group) and group.mask is not None and group.children[0].name == "masked"
    assert group.children[0].mask is not None and document.artwork.active == group.id
    seen = flat(bench)
    assert np.allclose(seen[:10, :10], [0.5, 0, 0, 0.5], atol=1e-3) and not seen[10:30, :30].any()


def test_pasting_into_nothing_says_what_to_do(bench: Bench) -> None:
    straight = np.full((3, 3, 4), 255, np.uint8)
    bench.studio.new_picture(100, 80)
    before = bench.picture.document.artwork
    bench.studio.clipboard.paste_into(straight)
    document = bench.picture.document
    document.commit("None", edits.set_selection(document.artwork, Mask(default=0.0)))
    bench.studio.clipboard.paste_into(straight)
    bench.studio.clipboard.paste_into()
    said = bench.sentences("info")
    assert len(said) == 3 and "Nothing is selected" in said[0] and said[0] == said[1] != said[2]
    assert bench.picture.document.artwork.layers == before.layers


def test_a_large_picture_is_pasted_on_the_lane(bench: Bench) -> None:
    straight = np.full((700, 800, 4), (0, 0, 255, 255), np.uint8)
    bench.studio.clipboard.paste_picture(straight)
    assert bench.studio.current is None
    bench.settle()
    assert (bench.picture.document.artwork.width, bench.picture.document.artwork.height) == (800, 700)
    bench.studio.clipboard.paste_picture(straight, (10.0, 10.0), Rect(0, 0, 20, 20))
    assert len(bench.picture.document.artwork.layers) == 1
    bench.settle()
    assert shown(bench) == Rect(-390, -340, 410, 360)


def test_nothing_to_copy_or_paste_says_so(bench: Bench) -> None:
    bench.studio.clipboard.paste()
    bench.studio.new_picture(100, 80, background=None)
    select(bench, Rect(10, 20, 30, 40))
    bench.studio.clipboard.copy()
    bench.settle()
    assert len(bench.sentences("info")) == 2 and bench.studio.clipboard.clip is None


def test_a_text_that_was_rubbed_out_is_cut_no_larger_than_the_canvas(bench: Bench) -> None:
    text = Text(text="山水 ink", style=TextStyle(size=20.0), name="text")
    bench.studio.show(edits.set_active(Artwork(width=1, height=1, layers=(text,)), text.id), title="text")
    bench.settle()
    bench.studio.painting.choose_tool("eraser")
    gesture = bench.studio.painting.begin(bench.picture, Pointer(0, 0))
    assert gesture is not None
    gesture.finish()
    bench.settle()
    bench.studio.clipboard.cut()
    bench.settle()
    assert not bench.sentences("error")
    assert bench.labels()[-1] == "Cut"
