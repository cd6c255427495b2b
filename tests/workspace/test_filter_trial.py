"""A filter that is tried, used, used again: on each kind of layer, in a selection, with a line between before and after."""

from __future__ import annotations

from typing import Annotated

import msgspec
import numpy as np
import pytest

from studio.document import edits
from studio.document.layer import Fill, Filter, Group, Layer, Locks, Paint, Text
from studio.filters import FILTERS, FilterKind
from studio.filters.blur import GaussianBlur
from studio.filters.kind import Place
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.recipe import Stored, declare
from studio.render.renderer import Renderer
from studio.workspace import colours, correcting
from studio.workspace.filter_targets import parts_of, right_of, target_of
from studio.workspace.filter_trial import OWNER
from studio.workspace.tools import Pointer
from tests.synthesis.test_keystone import angles_after, camera, facade
from tests.workspace.conftest import Bench

BLUR = FILTERS["gaussian-blur"]
SIDE = 300
"""More than one tile across."""


def flat(artwork: object) -> np.ndarray:
    renderer = Renderer()
    for job in renderer.whole_jobs(artwork):  # type: ignore[arg-type]
        for _ in job.steps:
            pass
    return renderer.flatten(artwork)  # type: ignore[arg-type]


def soft_selection() -> Mask:
    ramp = np.linspace(0, 1, SIDE, dtype=np.float32)
    return Mask.from_pixels(np.broadcast_to(ramp[None, :], (SIDE, SIDE)).copy())


@pytest.fixture
def painted(bench: Bench) -> Bench:
    """A paint layer with hard edges and transparent parts, moved, half opaque, multiplied, behind a mask."""
    bench.studio.new_picture(SIDE, SIDE)
    rng = np.random.default_rng(3)
    pixels = np.zeros((SIDE, SIDE, 4), np.float32)
    pixels[40:260, 50:280] = rng.random((220, 230, 4)).astype(np.float32)
    pixels[..., :3] = (0.2 + 0.5 * pixels[..., :3]) * pixels[..., 3:]
    mask = Mask.from_pixels(
        np.tile(np.linspace(1, 0.3, SIDE, dtype=np.float32)[:, None], (1, SIDE)), default=1.0
    )
    layer = Paint(
        name="subject", surface=Surface.from_pixels(pixels.astype(np.float16)), transform=(1, 0, 0, 1, 7.0, -5.0),
        opacity=0.7, mode="multiply", mask=mask,
    )  # fmt: skip
    document = bench.picture.document
    document.commit("layer", edits.add_layer(document.committed, layer))
    return bench


def begin(bench: Bench, name: str = "gaussian-blur"):
    bench.studio.filtering.begin(name)
    trial = bench.studio.filtering.trial
    assert trial is not None
    return trial


@pytest.mark.parametrize("name", ["gaussian-blur", "gaussian-noise", "auto-contrast"])
@pytest.mark.parametrize("selected", [False, True])
@pytest.mark.parametrize("alpha_locked", [False, True])
def test_what_is_tried_is_what_is_used(painted: Bench, name: str, selected: bool, alpha_locked: bool):
    document = painted.picture.document
    if selected:
        document.commit("select", edits.set_selection(document.committed, soft_selection()))
    if alpha_locked:
        document.commit(
            "lock", edits.set_locks(document.committed, document.committed.active, Locks(alpha=True))
        )
    before, steps = flat(document.committed), len(painted.labels())
    trial = begin(painted, name)
    if name == "gaussian-blur":
        trial.change(GaussianBlur(sigma=4.0))
    tried = flat(document.artwork)
    assert document.preview_owner == OWNER and len(painted.labels()) == steps
    assert np.abs(tried - before).max() > 0.02
    trial.finish()
    painted.settle()
    assert document.preview_owner is None and painted.labels()[steps:] == [FILTERS[name].title]
    assert isinstance(painted.active, Paint), "its own pixels, no layer beside it"
    assert (
        np.abs(flat(document.committed) - tried).max() < 4e-3
    )  # float16 of the layer, times the layers below
    painted.studio.undo()
    np.testing.assert_array_equal(flat(document.committed), before)


def test_leaving_changes_nothing_and_remembers_the_values(painted: Bench):
    document = painted.picture.document
    committed = document.committed
    trial = begin(painted)
    ended = []
    trial.ended.connect(lambda: ended.append(True))
    trial.change(GaussianBlur(sigma=9.0))
    trial.leave()
    assert document.artwork is committed and ended == [True] and painted.studio.filtering.trial is None
    assert painted.studio.filtering.memory.last == "", "it was not used"
    assert begin(painted).values.sigma == 9.0  # type: ignore[attr-defined]


def test_anything_else_that_begins_leaves_it(painted: Bench):
    document = painted.picture.document
    committed, steps = document.committed, len(painted.labels())
    begin(painted)
    painted.studio.undo()
    assert document.committed is committed, "undo takes back the trial, no step before it"
    begin(painted)
    painted.studio.layers.add_paint()
    assert painted.labels()[steps:] == ["New paint layer"]
    assert not any(isinstance(layer, Filter | Group) for layer in document.artwork.walk())


def test_the_line_divides_before_from_after_and_goes_with_the_pen(painted: Bench):
    document = painted.picture.document
    before = flat(document.committed)
    trial = begin(painted)
    trial.change(GaussianBlur(sigma=5.0))
    after = flat(document.artwork)
    trial.compare(True)
    assert trial.split == SIDE / 2
    half = flat(document.artwork)
    np.testing.assert_allclose(half[:, :150], before[:, :150], atol=1e-6)
    np.testing.assert_allclose(half[:, 150:], after[:, 150:], atol=1e-6)
    gesture = painted.studio.painting.begin(painted.picture, Pointer(150, 20))
    assert gesture is not None, "the brush in the hand paints nothing"
    gesture.send(Pointer(270, 30))
    gesture.finish()
    assert trial.split == 270 and len(trial.marks) == 3
    half = flat(document.artwork)
    np.testing.assert_allclose(half[:, :270], before[:, :270], atol=1e-6)
    np.testing.assert_allclose(half[:, 270:], after[:, 270:], atol=1e-6)
    trial.hold_before(True)
    assert document.artwork is document.committed
    trial.hold_before(False)
    assert document.preview_owner == OWNER
    trial.preview(False)
    assert document.artwork is document.committed and trial.marks == ()
    trial.finish()
    painted.settle()
    np.testing.assert_allclose(flat(document.committed), after, atol=4e-3)


def test_the_part_right_of_a_line_shares_tiles():
    mask = soft_selection()
    canvas = Rect(0, 0, SIDE, SIDE)
    right = right_of(mask, canvas, 100)
    assert right.tile((1, 0)) is mask.tile((1, 0)) and right.tile((0, 0)) is not mask.tile((0, 0))
    wanted = mask.read(canvas).copy()
    wanted[:, :100] = 0
    np.testing.assert_array_equal(right.read(canvas), wanted)
    whole = right_of(None, canvas, 256).read(canvas)
    assert not whole[:, :256].any() and (whole[:, 256:] == 1).all()


def other_layers() -> dict[str, Layer]:
    pixels = Surface.from_pixels(np.full((60, 60, 4), 0.5, np.float16))
    inside = Paint(name="inside", surface=pixels)
    return {
        "fill": Fill(
            name="fill", recipe=Stored(name="fill-colour", version=1, parameters={"colour": [1, 0, 0, 1]})
        ),
        "text": Text(name="text", text="字"),
        "group": Group(name="group", children=(inside,), collapsed=True),
        "turned": Paint(name="turned", surface=pixels, transform=(0.0, 1.0, -1.0, 0.0, 90.0, 10.0)),
        "filter": Filter(
            name="filter", recipe=Stored(name="gaussian-blur", version=1, parameters={"sigma": 2.0})
        ),
    }


@pytest.mark.parametrize("name", other_layers())
def test_on_other_layers_it_becomes_a_live_layer_clipped_above(painted: Bench, name: str):
    document = painted.picture.document
    layer = other_layers()[name]
    document.commit("layer", edits.add_layer(document.committed, layer))
    document.commit("select", edits.set_selection(document.committed, soft_selection()))
    steps = len(painted.labels())
    assert target_of(document.committed, layer) == "layer"
    trial = begin(painted, "gaussian-noise")
    assert document.artwork.active == layer.id, "the panels go on showing the layer"
    tried = flat(document.artwork)
    trial.finish()
    painted.settle()
    made = painted.active
    assert isinstance(made, Filter) and made.clipping == (name != "filter") and made.mask is not None
    assert painted.labels()[steps:] == ["New filter layer"]
    np.testing.assert_array_equal(flat(document.committed), tried)


def test_it_can_become_a_live_layer_on_pixels_too(painted: Bench):
    trial = begin(painted)
    trial.change(GaussianBlur(sigma=3.0))
    trial.finish("layer")
    made = painted.active
    assert isinstance(made, Filter) and made.clipping
    assert made.recipe.parameters == msgspec.to_builtins(GaussianBlur(sigma=3.0))
    assert painted.picture.document.preview_owner is None


def test_a_mask_is_filtered_as_one_channel(painted: Bench):
    document = painted.picture.document
    layer = painted.active
    hard = np.zeros((SIDE, SIDE), np.float32)
    hard[:, 150:] = 1
    changed = edits.change(document.committed, layer.id, mask=Mask.from_pixels(hard, default=0.0))
    document.commit("mask", changed.with_(mask_edited=layer.id))
    trial = begin(painted)
    assert trial.target == "mask"
    trial.change(GaussianBlur(sigma=6.0))
    painted.settle()
    shown = document.artwork.find(layer.id)
    assert shown is not None and shown.mask is not None
    row = shown.mask.read(Rect(120, 100, 180, 101))[0].astype(np.float32)
    assert (np.diff(row) >= 0).all() and 0.2 < row[30] < 0.8 and row[0] < 0.01 and row[-1] > 0.99
    trial.finish()
    painted.settle()
    after = painted.active
    assert isinstance(after, Paint) and isinstance(layer, Paint) and after.surface is layer.surface
    assert after.mask is not None and document.preview_owner is None
    np.testing.assert_array_equal(after.mask.read(Rect(120, 100, 180, 101))[0].astype(np.float32), row)


@pytest.mark.parametrize("selected", [False, True])
def test_left_of_the_line_a_mask_is_as_before(painted: Bench, selected: bool):
    document, layer = painted.picture.document, painted.active
    rng = np.random.default_rng(4)
    rough = Mask.from_pixels(rng.random((SIDE, SIDE)).astype(np.float32), default=0.0)
    changed = edits.change(document.committed, layer.id, mask=rough)
    if selected:
        changed = edits.set_selection(changed, soft_selection())
    document.commit("mask", changed.with_(mask_edited=layer.id))
    trial = begin(painted)
    trial.change(GaussianBlur(sigma=6.0))
    painted.settle()

    def shown() -> np.ndarray:
        found = document.artwork.find(layer.id)
        assert found is not None and found.mask is not None
        return found.mask.read(Rect(0, 0, SIDE - 7, SIDE)).astype(np.float32)

    old, whole = rough.read(Rect(0, 0, SIDE - 7, SIDE)).astype(np.float32), shown()
    for x in (100.0, 180.0):
        trial.move_split(x)
        painted.settle()
        edge = round(x) - 7  # the layer stands 7 pixels to the right
        np.testing.assert_array_equal(shown()[:, :edge], old[:, :edge])
        np.testing.assert_array_equal(shown()[:, edge:], whole[:, edge:])
    assert np.abs(whole - old)[:, 60:180].max() > 0.1
    trial.compare(False)
    painted.settle()
    np.testing.assert_array_equal(shown(), whole)


def test_a_locked_layer_is_refused_and_said(painted: Bench):
    document = painted.picture.document
    document.commit("lock", edits.set_locks(document.committed, document.committed.active, Locks(all=True)))
    painted.studio.filtering.begin("gaussian-blur")
    assert painted.studio.filtering.trial is None and "locked" in painted.sentences()[0]


def test_the_last_filter_again_and_with_other_values(painted: Bench):
    filtering = painted.studio.filtering
    filtering.again()
    assert filtering.memory.last == "", "there is none yet: nothing happens"
    trial = begin(painted)
    trial.change(GaussianBlur(sigma=7.5))
    trial.finish()
    painted.settle()
    filtering.again()
    painted.settle()
    assert painted.labels()[-2:] == [BLUR.title, BLUR.title]
    filtering.begin_again()
    assert filtering.trial is not None and filtering.trial.values == GaussianBlur(sigma=7.5)
    filtering.trial.leave()
    assert painted.studio.settings.filter_used == ("gaussian-blur",)
    assert painted.studio.settings.filter_values[BLUR.key] == msgspec.to_builtins(GaussianBlur(sigma=7.5))


def test_stopping_while_it_is_computed_leaves_the_picture(painted: Bench):
    document = painted.picture.document
    committed = document.committed
    begin(painted).finish()
    painted.studio.render_lane.step()
    (line,) = painted.studio.jobs.lines
    assert document.preview_owner == OWNER, "what was tried is shown until it is there"
    line.stop()  # type: ignore[misc]
    painted.settle()
    assert document.artwork is committed and painted.studio.jobs.lines == ()


def test_a_new_filter_layer_takes_the_selection_as_its_mask(painted: Bench):
    document = painted.picture.document
    document.commit("select", edits.set_selection(document.committed, soft_selection()))
    painted.studio.filtering.add_layer("gaussian-blur")
    made = painted.active
    assert isinstance(made, Filter) and made.mask is not None
    assert made.mask.read(Rect(0, 0, SIDE, 1))[0, 150] == pytest.approx(0.5, abs=0.01)


def test_favourites_used_and_folded_are_kept(painted: Bench):
    memory = painted.studio.filtering.memory
    told = []
    memory.changed.connect(lambda: told.append(True))
    memory.star("gaussian-blur")
    memory.star("gaussian-noise")
    memory.star("gaussian-blur")
    memory.fold("blur")
    assert memory.favourites == ("gaussian-noise",) and memory.folded == {"blur"} and len(told) == 4
    painted.studio.keep_soon(
        filter_values={BLUR.key: {"sigma": -1}}, filter_used=("of a later version", "gaussian-blur")
    )
    assert memory.values(BLUR) == GaussianBlur(), "values that it does not allow any more"
    assert memory.last == "gaussian-blur"


class Nothing(msgspec.Struct, frozen=True, kw_only=True):
    pass


def test_a_filter_without_values_is_used_at_once(painted: Bench, monkeypatch: pytest.MonkeyPatch):
    kind = FilterKind(
        name="negative", version=1, description="a − c", parameters=Nothing,
        function=lambda pixels, _values, _place: np.concatenate(
            (pixels[..., 3:] - pixels[..., :3], pixels[..., 3:]), axis=-1
        ),
    )  # fmt: skip
    monkeypatch.setitem(FILTERS.loaded, "negative", kind)
    painted.studio.filtering.begin("negative")
    painted.settle()
    assert painted.studio.filtering.trial is None and painted.labels()[-1] == "negative"


def test_each_filter_has_opacity_mode_mask_and_a_place_in_the_stack(painted: Bench):
    """out = B + o·m·(M(B, F(B)) − B), whichever filter, mode and order."""
    document = painted.picture.document
    document.commit("flat", edits.set_selection(document.committed, None))
    backdrop = flat(document.committed)
    painted.studio.filtering.add_layer("gaussian-blur", {"sigma": 4.0})
    first = painted.active.id
    blurred = flat(document.committed)
    painted.studio.filtering.add_layer("auto-contrast")
    second = painted.active.id
    stacked = flat(document.committed)
    document.commit("order", edits.step_layer(document.committed, second, -1))
    assert np.abs(flat(document.committed) - stacked).max() > 1e-3, "the order counts"
    artwork = edits.remove_layer(document.committed, second)
    mask = soft_selection()
    artwork = edits.change(artwork, first, opacity=0.6, mask=mask, mode="multiply")
    weight = 0.6 * mask.read(Rect(0, 0, SIDE, SIDE)).astype(np.float32)[..., None]
    multiplied = backdrop * blurred  # both opaque
    assert backdrop[..., 3].min() > 0.999
    np.testing.assert_allclose(flat(artwork), backdrop + weight * (multiplied - backdrop), atol=2e-3)


class Tinted(msgspec.Struct, frozen=True, kw_only=True):
    tint: Annotated[tuple[float, float, float], declare("Tint")] = (0.8, 0.2, 0.1)


def test_colours_of_a_filter_are_the_hands_in_any_profile(bench: Bench, monkeypatch: pytest.MonkeyPatch):
    def flood(pixels: np.ndarray, values: Tinted, _place: Place) -> np.ndarray:
        return np.concatenate(
            (np.asarray(values.tint, np.float32) * pixels[..., 3:], pixels[..., 3:]), axis=-1
        )

    kind = FilterKind(
        name="flood", version=1, description="c", parameters=Tinted, function=flood
    )  # fmt: skip
    monkeypatch.setitem(FILTERS.loaded, "flood", kind)
    bench.studio.new_picture(8, 8, colour_space="Adobe RGB (1998)")
    space = bench.picture.document.committed.colour_space
    wanted = colours.entering((0.8, 0.2, 0.1), space)
    assert np.abs(np.subtract(wanted, (0.8, 0.2, 0.1))).max() > 0.02
    trial = begin(bench, "flood")
    assert trial.values == Tinted(), "the panel shows the colour that was chosen"
    trial.finish()
    bench.settle()
    np.testing.assert_allclose(flat(bench.picture.document.committed)[4, 4, :3], wanted, atol=2e-3)
    bench.studio.filtering.add_layer("flood")
    layer = bench.active
    assert isinstance(layer, Filter)
    np.testing.assert_allclose(layer.recipe.parameters["tint"], wanted, atol=1e-6)
    shown = bench.studio.filtering.parameters(layer)
    np.testing.assert_allclose(shown.tint, (0.8, 0.2, 0.1), atol=1 / 255)  # type: ignore[attr-defined]
    bench.studio.colour_spaces.convert("Display P3")
    bench.settle()
    converted = bench.picture.document.committed.find(layer.id)
    assert (
        isinstance(converted, Filter)
        and converted.recipe.parameters["tint"] != layer.recipe.parameters["tint"]
    )
    tint = bench.studio.filtering.parameters(converted).tint  # type: ignore[attr-defined]
    np.testing.assert_allclose(tint, (0.8, 0.2, 0.1), atol=1 / 255)


@pytest.mark.parametrize("reach", [0, 40, 200])
def test_the_parts_of_an_area_cover_it_once_along_tiles(reach: int):
    area = Rect(-100, 30, 1500, 900)
    count = np.zeros((area.height, area.width), int)
    for part in parts_of(area, reach):
        count[part.top - 30 : part.bottom - 30, part.left + 100 : part.right + 100] += 1
        assert all(edge % 256 == 0 or edge in area for edge in part)
    assert (count == 1).all()


def standing(bench: Bench, pixels: np.ndarray) -> None:
    height, width = pixels.shape[:2]
    bench.studio.new_picture(width, height)
    document = bench.picture.document
    layer = Paint(name="photo", surface=Surface.from_pixels(pixels.astype(np.float16)))
    document.commit("photo", edits.add_layer(document.committed, layer))


@pytest.mark.parametrize("level", [False, True])
def test_the_corners_of_a_perspective_are_found_from_the_picture(bench: Bench, level: bool) -> None:
    matrix = camera(12, 2, 10, 1.0)
    standing(bench, facade(matrix))
    trial = begin(bench, "perspective")
    correcting.find_perspective(bench.studio, trial, level=level)
    before = bench.labels()
    bench.settle()
    flat_values = [getattr(trial.values, name) for name in correcting.CORNERS]
    places = tuple(zip(flat_values[::2], flat_values[1::2], strict=True))
    assert np.abs(angles_after(matrix, places, upright=True)).max() <= 0.5
    assert bench.labels() == before
    trial.finish()
    bench.settle()
    assert len(bench.labels()) == len(before) + 1


def test_a_picture_without_lines_keeps_its_corners_and_says_why(bench: Bench) -> None:
    standing(bench, np.full((60, 80, 4), 0.5, np.float32))
    trial = begin(bench, "perspective")
    values = trial.values
    correcting.find_perspective(bench.studio, trial, level=False)
    bench.settle()
    assert trial.values == values and "upright" in bench.sentences()[-1]


def test_corners_that_come_after_the_trial_ended_change_nothing(bench: Bench) -> None:
    standing(bench, facade(camera(12, 0, 0, 1.0)))
    trial = begin(bench, "perspective")
    values = trial.values
    correcting.find_perspective(bench.studio, trial, level=False)
    trial.leave()
    bench.settle()
    assert trial.values == values and not bench.sentences("error")
