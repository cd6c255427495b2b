"""Selected pixels of whatever is chosen: masks, several layers, groups, turned, bent, drawn and generated layers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from studio.document import edits, lifting, tree
from studio.document.artwork import Artwork
from studio.document.layer import (
    Fill,
    Filter,
    Generated,
    Group,
    Layer,
    Locks,
    Paint,
    Shape,
    Unknown,
    Variant,
)
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.warp import Bend
from studio.recipe import Stored
from studio.synthesis import fills
from studio.workspace.tools import Pointer
from studio.workspace.tools import move as tools_move
from studio.workspace.tools.transform import TransformSession
from tests.document.pictures import generated
from tests.workspace.conftest import Bench

SIDE = 120
AREA = Rect(20, 20, 50, 40)
"""What is selected."""
BY = (40, 30)


def opaque(seed: int = 1) -> np.ndarray:
    pixels = np.random.default_rng(seed).random((SIDE, SIDE, 4)).astype(np.float16)
    pixels[..., 3] = 1
    return pixels


def noise(name: str = "Noise", seed: int = 1, **fields) -> Paint:
    return Paint(name=name, surface=Surface.from_pixels(opaque(seed)), **fields)


def model(seed: int = 1, **fields) -> Generated:
    variant = Variant(seed=seed, surface=Surface.from_pixels(opaque(seed)), width=SIDE, height=SIDE)
    return generated(variant, name="Model", **fields)


def show(bench: Bench, *layers: Layer, area: Rect | None = AREA, **fields) -> Artwork:
    artwork = Artwork(width=SIDE, height=SIDE, layers=layers, **fields)
    if area is not None:
        artwork = edits.set_selection(artwork, edits.rectangle_selection(area))
    bench.studio.show(edits.set_active(artwork, layers[-1].id), title="Pixels")
    bench.studio.viewing.change(snapping=False)
    bench.settle()
    return bench.picture.document.artwork


def flat(bench: Bench) -> np.ndarray:
    return bench.picture.renderer.flatten(bench.picture.document.artwork)


def move(bench: Bench, by: tuple[int, int] = BY) -> None:
    gesture = bench.studio.painting.begin(bench.picture, Pointer(30, 30), "move")
    assert gesture is not None, bench.sentences()
    gesture.send(Pointer(33, 33))
    gesture.send(Pointer(30 + by[0], 30 + by[1]))
    gesture.finish()
    bench.settle()


def refused(bench: Bench) -> str:
    before = bench.picture.document.artwork
    bench.told.clear()
    for tool in ("move", "transform"):
        assert bench.studio.painting.begin(bench.picture, Pointer(30, 30), tool) is None
    assert bench.picture.document.artwork is before and bench.picture.document.preview_owner is None
    (sentence,) = set(bench.sentences())
    return sentence


def moved(before: np.ndarray, hole: float = 0.0, by: tuple[int, int] = BY, area: Rect = AREA) -> np.ndarray:
    """``before`` with the selected block elsewhere."""
    wanted = before.copy()
    here = slice(area.top, area.bottom), slice(area.left, area.right)
    there = area.move(*by)
    wanted[here] = hole
    wanted[there.top : there.bottom, there.left : there.right] = before[here]
    return wanted


def undone(bench: Bench, before: Artwork) -> None:
    """One step, and it is gone without a trace."""
    assert len(bench.labels()) == 2, bench.labels()
    bench.studio.undo()
    assert bench.picture.document.artwork is before


def test_the_mask_that_is_painted_on_is_what_is_moved(bench: Bench) -> None:
    values = np.random.default_rng(2).random((SIDE, SIDE)).astype(np.float16)
    layer = noise(mask=Mask.from_pixels(values, default=1.0))
    before = show(bench, layer, mask_edited=layer.id)
    move(bench)
    now = bench.active
    assert isinstance(now, Paint) and now.surface is layer.surface and now.mask is not None
    np.testing.assert_array_equal(now.mask.read(before.rect), moved(values, 1.0))
    assert bench.picture.document.artwork.selection is not None
    assert bench.picture.document.artwork.selection.read(AREA.move(*BY)).min() == 1
    undone(bench, before)


def move_copy(bench: Bench, by: tuple[int, int] = BY) -> None:
    held = frozenset({"alt"})
    gesture = bench.studio.painting.begin(bench.picture, Pointer(30, 30, modifiers=held), "move")
    assert gesture is not None, bench.sentences()
    gesture.send(Pointer(33, 33, modifiers=held))
    gesture.send(Pointer(30 + by[0], 30 + by[1], modifiers=held))
    gesture.finish()
    bench.settle()


def part_of(bench: Bench, rect: Rect) -> np.ndarray:
    return flat(bench)[rect.top : rect.bottom, rect.left : rect.right]


def copied(before: np.ndarray, by: tuple[int, int] = BY, area: Rect = AREA) -> np.ndarray:
    """``before`` with the selected block elsewhere, too."""
    wanted, there = before.copy(), area.move(*by)
    wanted[there.top : there.bottom, there.left : there.right] = before[
        area.top : area.bottom, area.left : area.right
    ]
    return wanted


@pytest.mark.parametrize("kind", ["paint", "model", "bent", "drawn"])
def test_with_alt_a_copy_of_the_selected_pixels_is_laid_over_the_original(bench: Bench, kind: str) -> None:
    layer: Layer = noise()
    if kind == "model":
        layer = model()
    elif kind == "bent":
        layer = noise(warp=(Bend((1.0, 0.02, 0.0, 0.01, 1.0, 0.0, 0.0005, 0.0, 1.0)),))
    elif kind == "drawn":
        values = np.random.default_rng(5).random((SIDE, SIDE)).astype(np.float16)
        recipe = fills.GRADIENT.stored(fills.FillGradient(x1=120.0, dither=False))
        layer = Fill(name="Fill", recipe=recipe, mask=Mask.from_pixels(values))
    before = show(bench, layer)
    seen = flat(bench)
    move_copy(bench)
    assert bench.labels()[-1] == "Move a copy" and not bench.sentences()
    now = bench.picture.document.artwork
    assert len(now.layers) == (1 if kind == "paint" else 2)
    assert now.selection is not None and now.selection.read(AREA.move(*BY)).min() == 1
    np.testing.assert_allclose(part_of(bench, AREA), seen[20:40, 20:50], atol=2e-3)
    inner = AREA.grow(-2)  # the edge of what is bent is soft
    there = part_of(bench, inner.move(*BY))
    assert not np.allclose(there, seen[52:68, 62:88], atol=2e-3)
    if kind != "drawn":  # what is half clear lies over what is there
        np.testing.assert_allclose(there, seen[22:38, 22:48], atol=2e-3 if kind != "bent" else 0.1)
    undone(bench, before)


def test_with_alt_selected_values_of_a_mask_are_copied(bench: Bench) -> None:
    values = np.random.default_rng(2).random((SIDE, SIDE)).astype(np.float16)
    layer = noise(mask=Mask.from_pixels(values, default=1.0))
    before = show(bench, layer, mask_edited=layer.id)
    move_copy(bench)
    assert bench.active.mask is not None
    np.testing.assert_array_equal(bench.active.mask.read(before.rect), copied(values))
    undone(bench, before)


def test_a_large_copy_is_laid_down_on_the_render_lane_and_comes_out_the_same(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = show(bench, noise())
    move_copy(bench)
    at_once = flat(bench)
    undone(bench, before)
    monkeypatch.setattr(lifting, "AT_ONCE", 0)
    move_copy(bench)
    np.testing.assert_array_equal(flat(bench), at_once)
    assert bench.labels()[-1] == "Move a copy"


def test_softly_selected_values_of_a_mask_leave_and_arrive_by_their_share(bench: Bench) -> None:
    layer = noise(mask=Mask(default=0.5).write(AREA, np.full((20, 30), 1, np.float16)))
    show(bench, layer, area=None, mask_edited=layer.id)
    soft = Mask.from_pixels(np.full((20, 30), 0.25, np.float16), AREA.left, AREA.top)
    document = bench.picture.document
    document.commit("Select", edits.set_selection(document.artwork, soft))
    move(bench, (35, 0))
    mask = bench.active.mask
    assert mask is not None
    assert mask.read(AREA)[0, 0] == pytest.approx(1 * 0.75 + 0.5 * 0.25, abs=1e-3)
    assert mask.read(AREA.move(35, 0))[0, 0] == pytest.approx(0.5 * 0.75 + 1 * 0.25, abs=1e-3)


def test_a_large_mask_is_moved_on_the_render_lane_and_comes_out_the_same(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = np.random.default_rng(2).random((SIDE, SIDE)).astype(np.float16)
    layer = noise(mask=Mask.from_pixels(values))
    before = show(bench, layer, mask_edited=layer.id)
    monkeypatch.setattr(lifting, "AT_ONCE", 0)
    gesture = bench.studio.painting.begin(bench.picture, Pointer(30, 30), "move")
    assert gesture is not None
    gesture.send(Pointer(30 + BY[0], 30 + BY[1]))
    seen = bench.picture.document.artwork.find(layer.id)
    gesture.finish()
    assert bench.picture.document.committed is before
    bench.settle()
    assert seen is not None and seen.mask is not None and bench.active.mask is not None
    np.testing.assert_array_equal(seen.mask.read(before.rect), moved(values))
    np.testing.assert_array_equal(bench.active.mask.read(before.rect), moved(values))
    undone(bench, before)


@pytest.mark.parametrize("turned", [False, True])
def test_selected_values_of_a_mask_turn(bench: Bench, turned: bool) -> None:
    """A mask of a layer that is turned by a right angle itself, in the layer's own coordinates."""
    values = np.zeros((SIDE, SIDE), np.float16)
    values[20:40, 20:30] = 1
    transform = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    if turned:  # a quarter turn about the middle
        transform = (0.0, 1.0, -1.0, 0.0, float(SIDE), 0.0)
    layer = noise(
        mask=Mask.from_pixels(np.rot90(values, 1).copy() if turned else values), transform=transform
    )
    before = show(bench, layer, mask_edited=layer.id)
    shown = flat(bench)[..., 3]
    assert shown[30, 25] == 1 and shown[30, 40] == 0
    bench.studio.painting.choose_tool("transform")
    session = bench.studio.painting.session
    assert isinstance(session, TransformSession), bench.sentences()
    session.set_number("angle", 180.0)
    bench.studio.painting.close_session()
    bench.settle()
    wanted = shown.copy()
    wanted[20:40, 20:50] = shown[20:40, 20:50][::-1, ::-1]
    np.testing.assert_allclose(flat(bench)[..., 3], wanted, atol=0.004)
    undone(bench, before)


def test_several_layers_give_their_selected_pixels_together(bench: Bench) -> None:
    below, above = noise("Below", 1), noise("Above", 2, opacity=0.5)
    before = show(bench, below, above, selected=())
    bench.studio.layers.choose_several((below.id, above.id), above.id)
    before, shown = bench.picture.document.artwork, flat(bench)
    move(bench)
    np.testing.assert_array_equal(flat(bench), moved(shown))
    assert [layer.id for layer in bench.picture.document.artwork.layers] == [below.id, above.id]
    assert {layer.id for layer in bench.picture.document.artwork.chosen} == {below.id, above.id}
    undone(bench, before)


def test_a_group_gives_what_is_seen_in_it(bench: Bench) -> None:
    seen, unseen = noise("Seen", 1), noise("Unseen", 2, visible=False)
    grey = Filter(name="Grey", recipe=Stored(name="invert", version=1, parameters={}))
    group = Group(name="Group", children=(seen, unseen, grey), transform=(1.0, 0.0, 0.0, 1.0, 7.0, -3.0))
    before = show(bench, group)
    shown = flat(bench)
    move(bench)
    after = bench.picture.document.artwork
    np.testing.assert_array_equal(flat(bench), moved(shown))
    assert after.find(unseen.id) is unseen and after.find(grey.id) is grey
    assert [layer.id for layer in after.walk()] == [layer.id for layer in before.walk()]
    undone(bench, before)


def test_a_locked_layer_among_them_is_named_and_nothing_is_moved(bench: Bench) -> None:
    for locks, word in (
        (Locks(all=True), "locked"),
        (Locks(position=True), "position"),
        (Locks(alpha=True), "transparency"),
    ):
        group = Group(children=(noise("Free"), noise("Kept", locks=locks)))
        show(bench, group)
        sentence = refused(bench)
        assert "“Kept”" in sentence and word in sentence
    far = Paint(name="Kept", surface=Surface.from_pixels(opaque()[:5, :5], 90, 90), locks=Locks(all=True))
    show(bench, Group(children=(noise("Free"), far)))
    move(bench)
    assert bench.labels()[-1] == "Move pixels", "what the selection does not touch may be locked"


@pytest.mark.parametrize("kind", ["turned", "enlarged", "group"])
def test_pixels_of_a_layer_that_is_turned_or_enlarged_stay_its_own(bench: Bench, kind: str) -> None:
    quarter = (0.0, 1.0, -1.0, 0.0, float(SIDE), 0.0)
    twice = (2.0, 0.0, 0.0, 2.0, -20.0, -20.0)
    layer: Layer = noise(transform=quarter if kind == "turned" else twice)
    if kind == "group":
        layer = Group(children=(noise(),), transform=quarter)
    before = show(bench, layer)
    shown = flat(bench)
    move(bench)
    after = bench.picture.document.artwork
    assert [one.id for one in after.walk()] == [one.id for one in before.walk()]
    assert after.layers[0].transform == layer.transform
    inside = moved(shown)
    if kind == "enlarged":  # resampled where the block ends only
        for part in (AREA.grow(-6), AREA.move(*BY).grow(-6)):
            here = slice(part.top, part.bottom), slice(part.left, part.right)
            np.testing.assert_allclose(flat(bench)[here], inside[here], atol=0.004)
    else:
        np.testing.assert_array_equal(flat(bench), inside)
    undone(bench, before)


def test_a_turned_layer_takes_its_transformed_pixels_back(bench: Bench) -> None:
    layer = noise(transform=(0.8, 0.6, -0.6, 0.8, 40.0, -10.0))
    before = show(bench, layer)
    bench.studio.painting.choose_tool("transform")
    session = bench.studio.painting.session
    assert isinstance(session, TransformSession), bench.sentences()
    session.set_number("angle", 25.0)
    bench.studio.painting.close_session()
    bench.settle()
    assert isinstance(bench.active, Paint) and bench.active.transform == layer.transform
    assert bench.active.surface is not layer.surface
    undone(bench, before)


def test_a_part_of_a_generated_picture_lies_on_a_layer_above_and_moves_on(bench: Bench) -> None:
    layer = model(mask=Mask(default=1.0).write(Rect(0, 0, 30, SIDE), np.zeros((SIDE, 30), np.float16)))
    before = show(bench, layer)
    shown = flat(bench)
    assert shown[30, 25, 3] == 0 and shown[30, 35, 3] == 1
    move(bench)
    wanted = moved(shown)
    there = AREA.move(*BY)
    wanted[there.top : there.bottom, there.left : 30 + BY[0]] = shown[
        there.top : there.bottom, there.left : 30 + BY[0]
    ]
    np.testing.assert_array_equal(flat(bench), wanted)
    kept, above = bench.picture.document.artwork.layers
    assert (
        isinstance(kept, Generated) and kept.variants is layer.variants and kept.transform == layer.transform
    )
    assert isinstance(above, Paint) and bench.active is above
    assert "“Model”" in bench.sentences("info")[-1] and "layer above" in bench.sentences("info")[-1]
    bench.told.clear()
    move(bench, (5, 0))
    assert len(bench.picture.document.artwork.layers) == 2 and not bench.told
    bench.studio.undo()
    bench.studio.undo()
    assert bench.picture.document.artwork is before


def test_a_picture_that_is_selected_wholly_is_moved_itself(bench: Bench) -> None:
    small = Variant(seed=1, surface=Surface.from_pixels(opaque()[:10, :10]), width=10, height=10)
    layer = generated(small, transform=(1.0, 0.0, 0.0, 1.0, 25.0, 25.0))
    before = show(bench, layer)
    move(bench)
    assert bench.active.id == layer.id and bench.active.transform[4:] == (25.0 + BY[0], 25.0 + BY[1])
    assert bench.active.mask is None and not bench.told
    undone(bench, before)


@pytest.mark.parametrize(
    "layer",
    [
        Shape(name="Shape", path="M 0 0 L 120 0 L 120 120 L 0 120 Z", style={"fill": [1, 0, 0, 1]}),
        Fill(name="Fill", recipe=fills.GRADIENT.stored(fills.FillGradient(x1=120.0, dither=False))),
    ],
    ids=["shape", "fill"],
)  # fmt: skip
def test_a_part_of_what_is_drawn_is_drawn_once_more_behind_a_mask(bench: Bench, layer: Layer) -> None:
    before = show(bench, layer)
    shown = flat(bench)
    move(bench)
    kept, part = bench.picture.document.artwork.layers
    assert type(part) is type(layer) and bench.active is part and kept.id == layer.id
    np.testing.assert_allclose(flat(bench), moved(shown), atol=0.004)
    undone(bench, before)


def test_a_part_of_a_bent_layer_keeps_its_bends_above_it(bench: Bench) -> None:
    bend = (Bend((1.0, 0.02, 0.0, 0.01, 1.0, 0.0, 0.0005, 0.0, 1.0)),)
    layer = noise(warp=bend)
    before = show(bench, layer)
    shown = flat(bench)
    move(bench)
    rest, part = bench.picture.document.artwork.layers
    assert isinstance(rest, Paint) and rest.warp == bend and rest.mask is None
    assert isinstance(part, Paint) and part.warp and "bent" in bench.sentences("info")[-1]
    there = AREA.move(*BY).grow(-4)
    now = flat(bench)
    here = AREA.grow(-4)
    np.testing.assert_allclose(
        now[there.top : there.bottom, there.left : there.right],
        shown[here.top : here.bottom, here.left : here.right],
        atol=0.01,
    )
    assert now[here.top : here.bottom, here.left : here.right, 3].max() <= 0.01
    undone(bench, before)


def a_filter() -> Filter:
    return Filter(name="Invert", recipe=Stored(name="invert", version=1, parameters={}))


def unknown() -> Unknown:
    return Unknown(name="New", kind="hologram", raw=b"{}", surface=Surface.from_pixels(opaque()))


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (a_filter, "no pixels that could be moved"),
        (unknown, "newer version"),
        (
            lambda: Paint(surface=Surface.from_pixels(opaque()[:5, :5], 90, 90)),
            "holds no pixels of this layer",
        ),
        (lambda: Group(children=(Group(),)), "holds no pixels of these layers"),
    ],
)
def test_where_it_makes_no_sense_it_is_said(bench: Bench, made: Callable[[], Layer], words: str) -> None:
    show(bench, noise(), made())
    assert words in refused(bench)


def test_a_filter_gives_a_part_of_its_mask(bench: Bench) -> None:
    layer = a_filter().with_(mask=Mask(default=0.0).write(AREA, np.ones((20, 30), np.float16)))
    show(bench, noise(), layer, mask_edited=layer.id)
    move(bench)
    mask = bench.active.mask
    assert mask is not None and mask.read(AREA).max() == 0 and mask.read(AREA.move(*BY)).min() == 1


def test_clipped_strokes_stay_clipped_to_the_picture_that_a_part_was_taken_from(bench: Bench) -> None:
    layer, stroke = model(), noise("Stroke", 3, clipping=True)
    show(bench, layer, stroke)
    bench.studio.layers.choose(layer.id)
    move(bench)
    after = bench.picture.document.artwork
    assert [one.name for one in after.layers] == ["Model", "Stroke", "Model"]
    assert tree.clip_target(after.layers, 1) is after.layers[0]


def test_arrow_keys_that_come_before_many_pixels_are_laid_down_are_one_step(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = show(bench, noise())
    shown = flat(bench)
    monkeypatch.setattr(lifting, "AT_ONCE", 0)
    document, painting = bench.picture.document, bench.studio.painting
    for key, held in (("right", "shift"), ("right", ""), ("down", "shift"), ("left", "")):
        assert tools_move.nudge(bench.picture, painting, key, frozenset({held} - {""}))
        assert document.committed is before and document.preview_owner == "guess", (
            "laid down later, seen at once"
        )
        assert len(bench.studio.jobs.lines) == 1
    np.testing.assert_array_equal(flat(bench), moved(shown, by=(10, 10)))
    bench.settle()
    assert bench.labels()[1:] == ["Move pixels"] and not bench.studio.jobs.lines
    np.testing.assert_array_equal(flat(bench), moved(shown, by=(10, 10)))
    tools_move.nudge(bench.picture, painting, "up", frozenset())
    bench.settle()
    assert bench.labels()[1:] == ["Move pixels"] * 2
    bench.studio.undo()
    bench.studio.undo()
    assert document.artwork is before


def test_a_step_between_arrow_keys_keeps_them_apart(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    show(bench, noise())
    shown = flat(bench)
    monkeypatch.setattr(lifting, "AT_ONCE", 0)
    tools_move.nudge(bench.picture, bench.studio.painting, "right", frozenset({"shift"}))
    bench.studio.layers.set(bench.active.id, name="Renamed")
    tools_move.nudge(bench.picture, bench.studio.painting, "down", frozenset({"shift"}))
    bench.settle()
    wanted = moved(moved(shown, by=(0, 10)), by=(10, 0), area=AREA.move(0, 10))  # the first is done anew
    np.testing.assert_array_equal(flat(bench), wanted)
    assert sorted(bench.labels()[1:]) == ["Move pixels", "Move pixels", "Rename layer"]


@pytest.mark.parametrize("by_key", [True, False])
def test_undo_takes_back_the_move_that_is_being_laid_down(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, by_key: bool
) -> None:
    show(bench, noise())
    bench.studio.layers.set(bench.active.id, name="Renamed")
    before = bench.picture.document.committed
    shown = flat(bench)
    monkeypatch.setattr(lifting, "AT_ONCE", 0)
    if by_key:
        tools_move.nudge(bench.picture, bench.studio.painting, "right", frozenset({"shift"}))
    else:
        gesture = bench.studio.painting.begin(bench.picture, Pointer(30, 30), "move")
        assert gesture is not None
        gesture.send(Pointer(50, 40))
        gesture.finish()
    assert bench.picture.document.preview_owner == "guess"
    bench.studio.undo()
    bench.settle()
    assert bench.picture.document.committed is before and bench.picture.document.is_idle()
    assert not bench.studio.jobs.lines
    np.testing.assert_array_equal(flat(bench), shown)
    bench.studio.undo()
    assert bench.active.name == "Noise"
