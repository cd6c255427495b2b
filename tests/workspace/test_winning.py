"""The brush that says which photograph of a panorama is shown: its seams move there only, and one stroke is one step."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest

from studio.document import edits, tree
from studio.document.artwork import Artwork
from studio.document.layer import Derived, Group, Locks, Paint
from studio.raster.brush import Brush
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.synthesis import stitch_compose
from studio.workspace import stitching, winning
from studio.workspace.tools import Pointer
from studio.workspace.tools.photo_wins import WINS
from tests.synthesis.views import texture
from tests.workspace.conftest import Bench
from tests.workspace.test_stitching import QUICK, shown

SIZE = 24.0
PATH = ((168.0, 90.0), (190.0, 96.0), (200.0, 130.0))


@pytest.fixture(scope="module")
def scene() -> np.ndarray:
    return texture(420, 240, 5)


@pytest.fixture
def stage(bench: Bench, scene: np.ndarray) -> Bench:
    """A panorama of two photographs, the brush in the hand and nothing chosen but the group."""
    shown(bench, scene)
    stitching.stitch_layers(bench.studio, QUICK)
    bench.settle()
    bench.studio.painting.choose_tool("photo-wins")
    bench.studio.painting.change_brush(size=SIZE, hardness=0.5)
    return bench


def now(bench: Bench) -> Artwork:
    return bench.picture.document.committed


def parts(artwork: Artwork) -> tuple[Paint, Paint, Derived]:
    group = stitching.panorama_at(artwork)
    assert group is not None
    one, other = stitching.warped_in(group)
    result = stitching.result_of(group)
    assert result is not None
    return one, other, result


def choose(bench: Bench, number: int) -> None:
    """Makes a photograph active: that which is shown less of around the path, for 1."""
    one, other, _ = parts(now(bench))
    shares = [float(np.mean(whole_mask(layer)[84:136, 160:206])) for layer in (one, other)]
    lesser = int(np.argmin(shares))
    bench.studio.layers.choose((one, other)[lesser if number else 1 - lesser].id)


def whole_mask(layer: Paint) -> np.ndarray:
    assert layer.mask is not None
    return layer.mask.read(Rect(0, 0, 420, 240)).astype(np.float32)


def stroke(bench: Bench, path: tuple[tuple[float, float], ...] = PATH, end: str = "finish") -> None:
    gesture = bench.studio.painting.begin(bench.picture, Pointer(*path[0]))
    if gesture is None:
        bench.settle()
        return
    for x, y in path[1:]:
        gesture.send(Pointer(x, y))
    getattr(gesture, end)()
    bench.settle()


def away(path: tuple[tuple[float, float], ...], x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The distance of pixel centres from a polyline, by its definition."""
    found = np.full(np.broadcast(x, y).shape, np.inf)
    for (x0, y0), (x1, y1) in itertools.pairwise(path):
        along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / ((x1 - x0) ** 2 + (y1 - y0) ** 2)
        along = np.clip(along, 0, 1)
        found = np.minimum(found, np.hypot(x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0)))
    return found


def offset(artwork: Artwork) -> tuple[int, int]:
    """From the document to the panorama's frame."""
    one, _, _ = parts(artwork)
    transform = tree.transform_of(artwork, one.id)
    return -round(transform[4]), -round(transform[5])


def test_a_stroke_moves_the_seam_there_only_and_is_one_step(stage: Bench) -> None:
    choose(stage, 1)
    before = now(stage)
    steps = len(stage.labels())
    stroke(stage)
    after = now(stage)
    assert stage.labels()[steps:] == ["This photo wins here"] and not stage.sentences()
    winner = before.active
    dx, dy = offset(before)
    y, x = np.mgrid[:240, :420] + 0.5
    far = away(tuple((a + dx, b + dy) for a, b in PATH), x, y)
    share = np.clip((SIZE / 2 - far) / (SIZE / 4), 0, 1)
    for old, new in zip(parts(before)[:2], parts(after)[:2], strict=True):
        was, found = whole_mask(old), whole_mask(new)
        meant = was + share * (float(new.id == winner) - was)
        has = (
            parts(before)[[one.id for one in parts(before)[:2]].index(winner)].surface.read(
                Rect(0, 0, 420, 240)
            )[..., 3]
            > 0
        )
        np.testing.assert_allclose(found[has], meant[has], atol=1e-3)
        np.testing.assert_array_equal(found[share == 0], was[share == 0])
        assert np.abs(found - was).max() > 0.5
    stage.studio.undo()
    assert all(a is b for a, b in zip(now(stage).layers, before.layers, strict=True))


def test_the_blend_is_that_of_the_whole_and_all_far_away_is_bit_equal(stage: Bench) -> None:
    choose(stage, 1)
    before = now(stage)
    stroke(stage)
    after = now(stage)
    group = stitching.panorama_at(after)
    assert group is not None
    whole = _last(stitching.joined_again(after, group))
    area = Rect(0, 0, 420, 240)
    made = parts(after)[2].surface.read(area)
    np.testing.assert_allclose(made, whole.read(area), rtol=0, atol=5e-4)  # half the last place of a half
    was = parts(before)[2].surface.read(area)
    dx, dy = offset(before)
    reach = (stitch_compose.REACH + 1) * 2**QUICK.bands + round(SIZE / 2) + 1
    xs, ys = [round(a) + dx for a, _ in PATH], [round(b) + dy for _, b in PATH]
    box = Rect(min(xs), min(ys), max(xs), max(ys)).grow(reach).intersect(area)
    outside = np.ones((240, 420), bool)
    outside[box.top : box.bottom, box.left : box.right] = False
    assert outside.any()
    np.testing.assert_array_equal(made[outside], was[outside])
    assert not np.array_equal(made, was)


def _last(steps):
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def test_while_it_is_drawn_the_photograph_is_seen_and_escape_takes_it_back(stage: Bench) -> None:
    choose(stage, 1)
    before = now(stage)
    document = stage.picture.document
    gesture = stage.studio.painting.begin(stage.picture, Pointer(*PATH[0]))
    assert gesture is not None
    for x, y in PATH[1:]:
        gesture.send(Pointer(x, y))
        stage.settle()
    seen = document.artwork
    assert seen is not before and document.committed is before
    dx, dy = offset(before)
    winner = before.active_layer
    assert isinstance(winner, Paint)
    spot = Rect.of(round(PATH[1][0]) + dx, round(PATH[1][1]) + dy, 3, 3)
    np.testing.assert_array_equal(parts(seen)[2].surface.read(spot), winner.surface.read(spot))
    gesture.cancel()
    stage.settle()
    assert document.artwork is before and not stage.studio.painting.marks


def test_a_selection_keeps_the_seam_outside(stage: Bench) -> None:
    choose(stage, 1)
    box = Rect(160, 60, 190, 200)
    stage.picture.document.commit("Select", now(stage).with_(selection=edits.rectangle_selection(box)))
    before = now(stage)
    stroke(stage)
    dx, dy = offset(before)
    for old, new in zip(parts(before)[:2], parts(now(stage))[:2], strict=True):
        changed = np.argwhere(whole_mask(old) != whole_mask(new)) - (dy, dx)
        assert len(changed) and changed[:, 1].min() >= 160 and changed[:, 1].max() < 190
    stage.told.clear()
    steps = len(stage.labels())
    stroke(stage, ((20.0, 20.0), (30.0, 20.0)))
    assert "outside the selection" in stage.sentences("info")[0] and len(stage.labels()) == steps


def test_alt_click_goes_through_the_photographs_that_lie_there(stage: Bench) -> None:
    one, other, _ = parts(now(stage))
    found = []
    for _ in range(3):
        gesture = stage.studio.painting.begin(
            stage.picture, Pointer(190.0, 100.0, modifiers=frozenset({"alt"}))
        )
        assert gesture is not None and stage.studio.painting.marks
        gesture.finish()
        found.append(now(stage).active)
    assert set(found) == {one.id, other.id} and found[0] == found[2] != found[1]
    gesture = stage.studio.painting.begin(stage.picture, Pointer(20.0, 100.0, modifiers=frozenset({"alt"})))
    assert gesture is not None
    gesture.finish()
    assert now(stage).active_layer.name == "左.jpg"  # type: ignore[union-attr]
    assert len(stage.labels()) == 2, "choosing is no step"


def _locked(artwork: Artwork) -> Artwork:
    return edits.change(artwork, parts(artwork)[0].id, locks=Locks(all=True))


def _hidden(artwork: Artwork) -> Artwork:
    return edits.change(artwork, artwork.layers[0].id, visible=False)


@pytest.mark.parametrize(
    ("change", "path", "said"),
    [
        (_locked, PATH, winning.LOCKED),
        (_hidden, PATH, winning.HIDDEN),
        (lambda artwork: edits.set_active(artwork, artwork.layers[0].id), PATH, winning.CHOOSE_A_PHOTOGRAPH),
        (
            lambda artwork: edits.set_active(artwork, parts(artwork)[0].id),
            ((340.0, 100.0), (350.0, 110.0)),
            winning.NO_PIXELS_THERE.format(name="左.jpg"),
        ),
    ],
    ids=["locked", "hidden", "the group", "no pixels"],
)
def test_what_cannot_be_done_is_said_and_nothing_changes(
    stage: Bench, change: Callable[[Artwork], Artwork], path: tuple, said: str
) -> None:
    choose(stage, 1)
    stage.picture.document.commit("Change", change(now(stage)))
    before, steps = now(stage), len(stage.labels())
    stroke(stage, path)
    assert stage.sentences() == [said]
    assert now(stage) is before and len(stage.labels()) == steps and stage.picture.document.artwork is before


def test_a_photograph_that_is_shown_there_already_makes_no_step(stage: Bench) -> None:
    choose(stage, 1)
    stroke(stage)
    before, steps = now(stage), len(stage.labels())
    stage.studio.painting.change_brush(size=4.0, hardness=1.0)
    stroke(stage, ((190.0, 96.0), (190.0, 97.0)))
    assert now(stage) is before and len(stage.labels()) == steps and not stage.sentences()


def test_a_seam_whose_blend_was_stopped_is_blended_too(stage: Bench) -> None:
    """The blend of a mask changed by hand was stopped before the brush came: both are in what is seen in the end."""
    choose(stage, 1)
    one = parts(now(stage))[0]
    assert one.mask is not None
    spot = Rect.of(176, 150, 16, 16)
    moved = one.mask.write(spot, 1 - one.mask.read(spot))
    stage.picture.document.commit("mask", edits.set_mask(now(stage), one.id, moved))
    stage.studio.jobs.stop_all()
    stroke(stage, ((185.0, 20.0), (190.0, 25.0)))
    after = now(stage)
    group = stitching.panorama_at(after)
    assert group is not None
    area = Rect(0, 0, 420, 240)
    whole = _last(stitching.joined_again(after, group)).read(area)
    np.testing.assert_allclose(parts(after)[2].surface.read(area), whole, rtol=0, atol=5e-4)


def test_in_a_panorama_without_blending_the_masks_are_all(stage: Bench) -> None:
    from studio.synthesis.stitch_values import Stitch

    stitching.stitch_layers(stage.studio, Stitch(features=800, blend="none"))
    stage.settle()
    choose(stage, 1)
    before = now(stage)
    stroke(stage)
    one, other, result = parts(now(stage))
    assert stage.labels()[-1] == WINS and result.surface is parts(before)[2].surface
    assert any(
        not np.array_equal(whole_mask(a), whole_mask(b))
        for a, b in zip(parts(before)[:2], (one, other), strict=True)
    )


def test_in_a_smaller_panorama_the_brush_is_where_it_is_seen(stage: Bench) -> None:
    """The group scaled to half: the stroke on the canvas goes where it is drawn, and twice as wide in the photographs."""
    choose(stage, 1)
    artwork = now(stage)
    group = artwork.layers[0]
    assert isinstance(group, Group)
    half = edits.change(artwork, group.id, transform=(0.5, 0.0, 0.0, 0.5, 0.0, 0.0))
    stage.picture.document.commit("Half", half)
    before = now(stage)
    stroke(stage, tuple((x / 2, y / 2) for x, y in PATH))
    dx, dy = offset(artwork)
    (changed,) = (
        np.argwhere(whole_mask(a) != whole_mask(b)) - (dy, dx)
        for a, b in zip(parts(before)[:1], parts(now(stage))[:1], strict=True)
    )
    y, x = changed.T + 0.5
    assert away(PATH, x, y).max() <= SIZE and len(changed)


def test_the_way_of_the_brush_is_its_formula() -> None:
    brush = Brush(size=20.0, hardness=0.5, opacity=0.625, flow=0.8)
    sweep = winning.Sweep(brush, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))
    path = ((250.0, 40.0), (262.0, 50.0), (240.0, 61.5))
    pieces = winning.Sweep(brush, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))
    sweep.extend(path)
    pieces.extend(path[:2])
    pieces.extend(path[1:])
    assert sweep.keys() == {(0, 0), (1, 0)}
    for key in sorted(sweep.keys()):
        area = Rect.of_tile(key)
        y, x = np.mgrid[area.top : area.bottom, area.left : area.right] + 0.5
        meant = 0.5 * np.clip((10 - away(path, x, y)) / 5, 0, 1)
        np.testing.assert_allclose(sweep.cover(area), meant, atol=1e-5)
        np.testing.assert_array_equal(sweep.cover(area), pieces.cover(area))


def test_a_photograph_without_a_mask_keeps_none_where_nothing_changed(stage: Bench) -> None:
    choose(stage, 1)
    winner = now(stage).active
    loser = next(one for one in parts(now(stage))[:2] if one.id != winner)
    stage.picture.document.commit("No mask", edits.change(now(stage), loser.id, mask=None))
    stage.settle()
    stroke(stage)
    after = now(stage).find(loser.id)
    assert isinstance(after, Paint) and isinstance(after.mask, Mask) and after.mask.default == 1.0
    assert after.mask.read(Rect.of(5, 5, 1, 1))[0, 0] == 1
