"""Repair in the studio: one undo step each, refused with a sentence, stopped, and begun anew where the picture changed."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits
from studio.document.artwork import Artwork, SavedSelection
from studio.document.layer import Group, Layer, Locks, Paint, Variant
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.synthesis.heal import METHODS, PatchMatch
from studio.synthesis.matting import NO_FOREGROUND
from studio.synthesis.problems import EMPTY, FULL
from studio.synthesis.rework import Quilt, Seamless
from studio.workspace import cutting_out, repair_forms, repair_target, repairing
from studio.workspace.tools import Pointer
from tests.document.pictures import generated
from tests.synthesis.scenes import SIDE, psnr, scenes
from tests.workspace.conftest import Bench

HOLE = Rect(60, 70, 110, 120)


def shown(bench: Bench, pixels: np.ndarray, selection: Rect | None = None, **fields: object) -> Artwork:
    layer = Paint(name="Photo", surface=Surface.from_pixels(pixels.astype(np.float16)), **fields)
    artwork = Artwork(width=pixels.shape[1], height=pixels.shape[0], layers=(layer,))
    artwork = edits.set_active(artwork, layer.id)
    if selection is not None:
        artwork = artwork.with_(selection=edits.rectangle_selection(selection))
    bench.studio.show(artwork, title="Photo")
    bench.settle()
    bench.told.clear()
    return artwork


def read(bench: Bench) -> np.ndarray:
    artwork = bench.picture.document.artwork
    layer = artwork.active_layer
    assert isinstance(layer, Paint)
    return layer.surface.read(artwork.rect).astype(np.float32)


def marked(rect: Rect = HOLE) -> np.ndarray:
    found = np.zeros((SIDE, SIDE), bool)
    found[rect.top : rect.bottom, rect.left : rect.right] = True
    return found


def broken(name: str) -> tuple[np.ndarray, np.ndarray]:
    truth = scenes()[name]
    return truth, np.where(marked()[..., None], np.float32(0), truth)


def test_fill_from_surroundings_is_one_step_inside_the_selection(bench: Bench) -> None:
    truth, damaged = broken("waves")
    shown(bench, damaged, HOLE)
    before = read(bench)
    repairing.fill(bench.studio)
    assert bench.studio.jobs.lines
    bench.settle()
    after = read(bench)
    assert bench.labels()[-1] == "Fill from surroundings"
    assert psnr(after, truth, marked()) > 20
    assert np.array_equal(after[~marked()], before[~marked()])
    assert not bench.studio.jobs.lines and not bench.told
    assert bench.picture.document.preview_owner is None
    bench.studio.undo()
    assert np.array_equal(read(bench), before)


def test_a_guess_is_shown_first_and_gives_way(bench: Bench) -> None:
    _, damaged = broken("hills")
    hole = Rect(20, 20, 150, 150)
    shown(bench, damaged, hole)
    document = bench.picture.document
    repairing.fill(bench.studio)
    for _ in range(10_000):
        if document.preview_owner == "guess" or not bench.studio.render_lane.step():
            break
    assert document.preview_owner == "guess"
    assert document.committed is not document.artwork
    bench.studio.settle()
    assert document.preview_owner is None
    bench.settle()
    assert bench.labels()[-1] == "Fill from surroundings"


def test_stop_leaves_the_picture_as_it_was(bench: Bench) -> None:
    _, damaged = broken("hills")
    before = shown(bench, damaged, Rect(20, 20, 150, 150))
    document = bench.picture.document
    repairing.fill(bench.studio)
    for _ in range(10_000):
        if document.preview_owner == "guess" or not bench.studio.render_lane.step():
            break
    (line,) = bench.studio.jobs.lines
    assert line.stop is not None
    line.stop()
    bench.settle()
    assert document.artwork is before
    assert not bench.studio.jobs.lines


@pytest.mark.parametrize(
    ("selection", "text"), [(Mask(default=0.0), EMPTY), (Mask(default=1.0), FULL), (None, EMPTY)]
)
def test_an_empty_and_a_full_selection_are_refused(bench: Bench, selection: Mask | None, text: str) -> None:
    artwork = shown(bench, scenes()["hills"])
    if selection is not None:
        bench.picture.document.commit("Select", artwork.with_(selection=selection))
    before = bench.picture.document.committed
    repairing.fill(bench.studio)
    bench.settle()
    assert bench.sentences() == [text]
    assert bench.picture.document.committed is before


def test_a_locked_layer_is_left_alone(bench: Bench) -> None:
    before = shown(bench, scenes()["hills"], HOLE, locks=Locks(all=True))
    for act in (repairing.fill, cutting_out.remove_background, repairing.make_seamless):
        act(bench.studio)
        bench.settle()
    assert len(bench.sentences()) == 3
    assert bench.picture.document.committed is before


def flower() -> tuple[np.ndarray, np.ndarray]:
    y, x = np.mgrid[:SIDE, :SIDE].astype(np.float32)
    alpha = np.clip((50 - np.hypot(x - 96, y - 96)) / 5 + 0.5, 0, 1)[..., None]
    picture = alpha * np.array([0.9, 0.3, 0.1, 1], np.float32) + (1 - alpha) * scenes()["hills"]
    return picture.astype(np.float32), alpha[..., 0]


@pytest.mark.parametrize("hinted", [False, True])
@pytest.mark.parametrize("clean", [False, True])
def test_remove_background_puts_a_mask_on_the_layer(bench: Bench, hinted: bool, clean: bool) -> None:
    picture, alpha = flower()
    shown(bench, picture)
    if hinted:
        artwork = bench.picture.document.committed
        mask = Mask(default=0.0).write(artwork.rect, (alpha > 0.5).astype(np.float16))
        bench.picture.document.commit("Select", artwork.with_(selection=mask))
    before = read(bench)
    cutting_out.remove_background(bench.studio, clean=clean)
    bench.settle()
    layer = bench.active
    assert layer.mask is not None, bench.sentences()
    found = layer.mask.read(Rect(0, 0, SIDE, SIDE)).astype(np.float32)
    assert np.abs(found - alpha).mean() < 0.02
    assert bench.labels()[-1] == "Remove background"
    edge = (alpha > 0.25) & (alpha < 0.75)
    off = np.abs(read(bench)[edge][:, :3] - (0.9, 0.3, 0.1)).mean()
    was = np.abs(before[edge][:, :3] - (0.9, 0.3, 0.1)).mean()
    assert off < was / 2 if clean else off == was


def test_the_edge_of_a_cut_out_moves_and_its_colours_follow(bench: Bench) -> None:
    picture, _ = flower()
    sizes = []
    for shift in (-3.0, 0.0, 2.5):
        shown(bench, picture)
        cutting_out.cut(bench.studio, cutting_out.CutOut(shift=shift))
        bench.settle()
        layer = bench.active
        assert layer.mask is not None, bench.sentences()
        found = layer.mask.read(Rect(0, 0, SIDE, SIDE)).astype(np.float32)
        sizes.append(float(np.sqrt(found.sum() / np.pi)))
        edge = (found > 0.25) & (found < 0.75)
        assert np.abs(read(bench)[edge][:, :3] - (0.9, 0.3, 0.1)).mean() < 0.06, shift
    assert sizes[1] - sizes[0] == pytest.approx(3, abs=0.5) and sizes[2] - sizes[1] == pytest.approx(
        2.5, abs=0.5
    )


def test_a_cut_out_is_judged_at_preview_size_and_changes_nothing(bench: Bench, monkeypatch) -> None:
    monkeypatch.setattr(cutting_out, "PREVIEW_SIDE", 96)
    picture, alpha = flower()
    before = shown(bench, picture)
    seen: list[cutting_out.Judged] = []
    refused: list[Exception] = []
    trial = cutting_out.Trial(bench.studio, seen.append, refused.append)
    trial.ask(cutting_out.CutOut())
    trial.ask(cutting_out.CutOut(shift=-6.0))
    bench.settle()
    trial.ask(cutting_out.CutOut(clean=False))
    bench.settle()
    assert bench.picture.document.artwork is before and not refused
    first, last = seen[0], seen[-1]
    assert last.alpha.shape == (96, 96) and np.abs(last.alpha - alpha[::2, ::2]).mean() < 0.03
    assert first.alpha.sum() < 0.85 * last.alpha.sum() and np.array_equal(last.before, first.before)
    shown(bench, np.full((40, 40, 4), 1, np.float32))
    trial = cutting_out.Trial(bench.studio, seen.append, refused.append)
    trial.ask(cutting_out.CutOut())
    bench.settle()
    assert str(refused[0]) == NO_FOREGROUND


def test_a_cut_out_of_another_colour_space_is_judged_as_the_canvas_shows_it(bench: Bench) -> None:
    picture, _ = flower()
    shown(bench, picture)
    seen: list[cutting_out.Judged] = []
    cutting_out.Trial(bench.studio, seen.append, pytest.fail).ask(cutting_out.CutOut())
    bench.settle()
    bench.studio.colour_spaces.convert("Display P3")
    bench.settle()
    numbers = read(bench)
    cutting_out.Trial(bench.studio, seen.append, pytest.fail).ask(cutting_out.CutOut())
    bench.settle()
    first, last = seen[0], seen[-1]
    assert np.abs(last.before - first.before).mean() < 5e-3 and np.abs(last.cut - first.cut).mean() < 0.01
    assert np.abs(numbers - first.before).mean() > 0.02, "its numbers are others"


def test_make_seamless_and_content_aware_scale_are_steps(bench: Bench) -> None:
    shown(bench, scenes()["hills"][:, :160])
    repairing.make_seamless(bench.studio)
    bench.settle()
    found = read(bench)
    assert np.abs(found[:, 0] - found[:, -1]).mean() < 0.05
    assert repairing.size_now(bench.studio) == repairing.ContentScale(width=160, height=SIDE)
    repairing.scale(bench.studio, repairing.ContentScale(width=130, height=150))
    bench.settle()
    assert bench.labels()[-2:] == ["Make seamless", "Content-aware scale"]
    found = read(bench)
    assert (found[:150, :130, 3] == 1).all()
    assert not found[150:].any() and not found[:, 130:].any()


def test_content_aware_scale_keeps_one_thing_and_removes_another(bench: Bench) -> None:
    """A smooth disc is kept, a busy square goes: each would have been taken the other way by itself."""
    pixels = np.full((60, 120, 4), (0.5, 0.5, 0.5, 1), np.float32)
    pixels[..., :3] += np.random.default_rng(4).normal(0, 0.03, (60, 120, 3)).astype(np.float32)
    pixels[:, 20:40, :3] = (0.9, 0.1, 0.1)
    pixels[:, 80:100, :3] = np.random.default_rng(5).random((60, 20, 1))
    shown(bench, pixels)
    document = bench.picture.document
    photo = document.committed.active
    cover = np.zeros((60, 120, 4), np.float16)
    cover[:, 80:100] = 1
    artwork = edits.add_layer(
        document.committed, Paint(name="goes", surface=Surface.from_pixels(cover)), above=photo
    )
    goes = artwork.active
    stays = SavedSelection(name="stays", mask=edits.rectangle_selection(Rect(20, 0, 40, 60)))
    artwork = edits.set_active(artwork.with_(saved_selections=(stays,)), photo)
    document.commit("marked", artwork)
    assert [(one.name, one.layer) for one in repairing.markers(artwork)] == [("stays", False), ("goes", True)]
    values = repairing.ContentScale(width=100, height=60, keep=f"saved:{stays.id}", remove=f"layer:{goes}")
    repairing.scale(bench.studio, values)
    bench.settle()
    assert not bench.sentences() and bench.labels()[-1] == "Content-aware scale"
    found = read(bench)[:, :100]
    red = (np.abs(found[..., :3] - (0.9, 0.1, 0.1)).max(2) < 0.02).sum(1)
    assert (red == 20).all()
    busy = (np.abs(found[..., 0] - 0.5) > 0.2) & (found[..., 1] > 0.15)
    assert busy.mean() < 0.01
    bench.studio.undo()
    assert document.committed is artwork


def test_one_thing_cannot_be_kept_and_removed(bench: Bench) -> None:
    before = shown(bench, np.ones((40, 40, 4), np.float32), Rect(5, 5, 20, 20))
    repairing.scale(
        bench.studio, repairing.ContentScale(width=30, height=40, keep="selection", remove="selection")
    )
    repairing.scale(bench.studio, repairing.ContentScale(width=30, height=40, keep="saved:gone"))
    bench.settle()
    assert bench.sentences()[0] == repairing.SAME and len(bench.sentences()) == 2
    assert bench.picture.document.committed is before


def test_scratches_become_the_selection(bench: Bench) -> None:
    pixels = scenes()["sea"].copy()
    pixels[20:170, 60:62] = 1
    shown(bench, pixels)
    repairing.select_flaws(bench.studio)
    bench.settle()
    selection = bench.picture.document.committed.selection
    assert selection is not None
    found = selection.read(Rect(0, 0, SIDE, SIDE)) > 0
    assert found[25:165, 60:62].mean() > 0.95
    assert found.mean() < 0.1


def test_flaws_are_found_as_the_dialog_says(bench: Bench) -> None:
    pixels = scenes()["sea"].copy()
    pixels[20:170, 60:62] = 1
    shown(bench, pixels)
    form = repair_forms.FORMS["select_flaws"]
    assert form.values(bench.studio) == repair_forms.Flaws()
    form.do(bench.studio, repair_forms.Flaws(scratches=False))
    bench.settle()
    selection = bench.picture.document.committed.selection
    if selection is not None:
        assert selection.read(Rect(60, 25, 62, 165)).mean() < 0.1
    form.do(bench.studio, repair_forms.Flaws(grow=5))
    bench.settle()
    assert bench.labels()[-1] == "Select scratches and dust"
    selection = bench.picture.document.committed.selection
    assert selection is not None
    assert (selection.read(Rect(56, 25, 66, 165)) > 0).mean() > 0.95


def test_every_method_fills_and_its_values_count(bench: Bench) -> None:
    truth, damaged = broken("waves")
    made = {}
    for name, kind in METHODS.items():
        shown(bench, damaged, HOLE)
        before = read(bench)
        repairing.fill(bench.studio, repairing.Filling(method=name))
        bench.settle()
        made[name] = read(bench)
        assert bench.labels()[-1] == "Fill from surroundings", bench.sentences()
        assert np.array_equal(made[name][~marked()], before[~marked()]), name
        assert psnr(made[name], truth, marked()) > 12, name
        assert kind.parameters() == repairing.Filling(method=name, values=kind.parameters()).values
    shown(bench, damaged, HOLE)
    repairing.fill(bench.studio)
    bench.settle()
    assert np.array_equal(read(bench), made["patchmatch"]), "Enter at once is the quick command"
    shown(bench, damaged, HOLE)
    other = repairing.Filling(values=PatchMatch(seed=4, radius=1))
    repairing.fill(bench.studio, other)
    bench.settle()
    assert not np.array_equal(read(bench), made["patchmatch"])


def test_a_saved_selection_says_where_to_take_from(bench: Bench) -> None:
    pixels = np.ones((SIDE, SIDE, 4), np.float32)
    pixels[:, : SIDE // 2, :3], pixels[:, SIDE // 2 :, :3] = (0.9, 0.1, 0.1), (0.1, 0.1, 0.9)
    artwork = shown(bench, pixels, Rect(20, 60, 60, 100))
    blue = Mask(default=0.0).write(Rect(SIDE - 40, 0, SIDE, SIDE), np.ones((SIDE, 40), np.float16))
    saved = SavedSelection(name="Blue", mask=blue)
    bench.picture.document.commit("Save", artwork.with_(saved_selections=(saved,)))
    repairing.fill(bench.studio, repairing.Filling(source=saved.id))
    bench.settle()
    assert not bench.told
    inside = read(bench)[65:95, 25:55]
    assert inside[..., 2].mean() > 0.8 > 0.2 > inside[..., 0].mean()


def test_seamless_and_quilt_take_their_values(bench: Bench) -> None:
    shown(bench, scenes()["waves"])
    before = read(bench)
    seamless = repair_forms.FORMS["make_seamless"]
    assert seamless.values(bench.studio) == Seamless(band=SIDE // 8)
    seamless.do(bench.studio, Seamless(band=20, way="blend", edges="across"))
    bench.settle()
    after = read(bench)
    assert np.array_equal(after[:, 10:-10], before[:, 10:-10]) and not np.array_equal(after, before)
    assert np.abs(after[:, 0] - after[:, -1]).mean() < np.abs(before[:, 0] - before[:, -1]).mean()
    artwork = bench.picture.document.committed
    piece = edits.rectangle_selection(Rect(20, 30, 100, 120))
    bench.picture.document.commit("Select", artwork.with_(selection=piece))
    quilt = repair_forms.FORMS["quilt"]
    assert quilt.values(bench.studio) == Quilt(width=SIDE, height=SIDE)
    quilt.do(bench.studio, Quilt(width=150, height=0, block=30))
    bench.settle()
    assert bench.labels()[-1] == "Quilt texture", bench.sentences()
    made = bench.active
    assert isinstance(made, Paint) and made.name == "Quilt texture"
    pixels = made.surface.read(Rect(0, 0, SIDE, SIDE))
    assert (pixels[:, :150, 3] == 1).all() and not pixels[:, 150:].any()
    bench.studio.undo()
    away = edits.rectangle_selection(Rect(SIDE + 5, 0, SIDE + 9, 9))
    bench.picture.document.commit("Select", artwork.with_(selection=away))
    quilt.do(bench.studio, Quilt())
    bench.settle()
    assert bench.sentences() == [repair_forms.NO_SAMPLE]


def test_nothing_to_find_is_said(bench: Bench) -> None:
    before = shown(bench, np.ones((40, 40, 4), np.float32))
    repairing.select_flaws(bench.studio)
    bench.settle()
    assert bench.sentences() == [repairing.NO_FLAWS]
    assert bench.picture.document.committed is before


def heal(bench: Bench, *places: tuple[float, float]) -> None:
    gesture = bench.studio.painting.begin(bench.picture, Pointer(*places[0]))
    assert gesture is not None, bench.sentences()
    for place in places[1:]:
        gesture.send(Pointer(*place))
    gesture.finish()
    bench.settle()


@pytest.mark.parametrize("above", [False, True])
def test_the_healing_brush_repairs_what_it_went_over(bench: Bench, above: bool) -> None:
    """On the layer itself, or from those below onto an empty one."""
    truth = scenes()["weave"]
    damaged = truth.copy()
    damaged[90:100, 80:100] = (1, 0, 0, 1)
    shown(bench, damaged)
    if above:
        artwork = bench.picture.document.committed
        blank = Paint(name="Repairs", surface=Surface())
        bench.picture.document.commit("New", edits.add_layer(artwork, blank, above=artwork.layers[-1].id))
    before = bench.picture.document.committed.layers[0]
    bench.studio.painting.choose_tool("heal")
    bench.studio.painting.change_brush(size=24.0, hardness=1.0)
    heal(bench, (82, 95), (90, 95), (98, 95))
    assert bench.labels()[-1] == "Heal", bench.sentences()
    healed = bench.picture.renderer.flatten(bench.picture.document.artwork)
    assert psnr(healed, truth, marked(Rect(80, 90, 100, 100))) > 25
    far = ~marked(Rect(64, 78, 116, 112))
    assert np.array_equal(healed[far], damaged.astype(np.float16).astype(np.float32)[far])
    assert (bench.picture.document.committed.layers[0] is before) == above
    assert bench.studio.painting.marks == ()


# ---- other layers than straight paint layers


def placed(kind: str, pixels: np.ndarray) -> Layer:
    """The same picture on the canvas, whatever layer holds it."""
    surface = Surface.from_pixels(pixels.astype(np.float16))
    inside = Paint(name="Photo", surface=surface)
    if kind == "group":
        return Group(name="Group", children=(inside,))
    if kind == "generated":
        half = Surface.from_pixels(np.ascontiguousarray(pixels[::2, ::2]).astype(np.float16))
        made = Variant(seed=1, surface=half, width=SIDE // 2, height=SIDE // 2)
        return generated(made, transform=(2.0, 0.0, 0.0, 2.0, 0.0, 0.0))
    turned = Surface.from_pixels(np.ascontiguousarray(np.rot90(pixels)).astype(np.float16))
    return Paint(name="Turned", surface=turned, transform=(0.0, 1.0, -1.0, 0.0, float(SIDE), 0.0))


def on_stage(bench: Bench, layer: Layer, **fields: object) -> Artwork:
    artwork = Artwork(width=SIDE, height=SIDE, layers=(layer,), active=layer.id, **fields)  # type: ignore[arg-type]
    bench.studio.show(artwork, title="Stage")
    bench.settle()
    bench.told.clear()
    return artwork


def flat(bench: Bench) -> np.ndarray:
    return bench.picture.renderer.flatten(bench.picture.document.artwork)


KINDS = ["group", "generated", "turned"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sample", ["layer", "this-and-below", "all"])
def test_the_healing_brush_heals_any_layer(bench: Bench, kind: str, sample: str) -> None:
    truth = scenes()["waves"]
    damaged = truth.copy()
    damaged[90:100, 80:100] = (1, 0, 0, 1)
    before = on_stage(bench, placed(kind, damaged))
    seen = flat(bench)
    bench.studio.painting.choose_tool("heal")
    bench.studio.painting.change_brush(size=24.0, hardness=1.0, sample=sample)
    heal(bench, (82, 95), (90, 95), (98, 95))
    assert bench.labels()[-1] == "Heal", bench.sentences()
    after = bench.picture.document.committed
    assert after.layers[0] is before.layers[0] and len(after.layers) == 2, "what is there stays as it is"
    spot = marked(Rect(80, 90, 100, 100))
    assert psnr(flat(bench), truth, spot) > psnr(seen, truth, spot) + 10
    assert np.abs(flat(bench) - seen)[~marked(Rect(64, 78, 116, 112))].max() < 1e-3
    heal(bench, (82, 95), (98, 95))
    assert len(bench.picture.document.committed.layers) == 2, "the next stroke lands on the same layer"
    bench.studio.undo()
    bench.studio.undo()
    assert bench.picture.document.committed is before


def masked_stage(bench: Bench, selection: Rect | None = None) -> np.ndarray:
    """A layer whose mask is edited; its values are a damaged picture."""
    values = scenes()["waves"][..., 1].copy()
    values[90:100, 80:100] = 0
    layer = Paint(
        name="Masked", surface=Surface.from_pixels(np.ones((SIDE, SIDE, 4), np.float16)),
        mask=Mask.from_pixels(values.astype(np.float16)), transform=(1.0, 0.0, 0.0, 1.0, 0.0, 0.0),
    )  # fmt: skip
    chosen = None if selection is None else edits.rectangle_selection(selection)
    on_stage(bench, layer, mask_edited=layer.id, selection=chosen)
    return values


def mask_values(bench: Bench) -> np.ndarray:
    layer = bench.picture.document.committed.layers[0]
    assert layer.mask is not None
    return layer.mask.read(Rect(0, 0, SIDE, SIDE)).astype(np.float32)


def test_the_healing_brush_heals_a_mask(bench: Bench) -> None:
    values = masked_stage(bench)
    surface = bench.picture.document.committed.layers[0].surface  # type: ignore[union-attr]
    bench.studio.painting.choose_tool("heal")
    bench.studio.painting.change_brush(size=24.0, hardness=1.0)
    heal(bench, (82, 95), (90, 95), (98, 95))
    assert bench.labels()[-1] == "Heal", bench.sentences()
    spot, truth = (slice(92, 98), slice(82, 98)), scenes()["waves"][..., 1]
    found = mask_values(bench)
    assert np.abs(found - truth)[spot].mean() < 0.5 * np.abs(values - truth)[spot].mean()
    assert np.array_equal(found[:70], values.astype(np.float16).astype(np.float32)[:70])
    assert bench.picture.document.committed.layers[0].surface is surface  # type: ignore[union-attr]


def test_a_mask_is_filled_inside_the_selection(bench: Bench) -> None:
    hole = Rect(78, 88, 102, 102)
    values = masked_stage(bench, hole)
    repairing.fill(bench.studio)
    bench.settle()
    assert bench.labels()[-1] == "Fill from surroundings", bench.sentences()
    truth, found = scenes()["waves"][..., 1], mask_values(bench)
    spot = (slice(90, 100), slice(80, 100))
    assert np.abs(found - truth)[spot].mean() < 0.5 * np.abs(values - truth)[spot].mean()
    outside = ~marked(hole)
    assert np.array_equal(found[outside], values.astype(np.float16).astype(np.float32)[outside])


@pytest.mark.parametrize("kind", KINDS)
def test_any_layer_is_filled_and_what_is_there_stays(bench: Bench, kind: str) -> None:
    truth, damaged = broken("waves")
    damaged[marked()] = (1, 0, 0, 1)
    before = on_stage(bench, placed(kind, damaged), selection=edits.rectangle_selection(HOLE))
    seen = flat(bench)
    repairing.fill(bench.studio)
    bench.settle()
    assert bench.labels()[-1] == "Fill from surroundings", bench.sentences()
    assert psnr(flat(bench), truth, marked()) > psnr(seen, truth, marked()) + 6
    assert np.abs(flat(bench) - seen)[~marked(HOLE.grow(2))].max() < 1e-3
    if kind != "turned":  # which is repaired in its own pixels
        assert bench.picture.document.committed.layers[0] is before.layers[0]
    bench.studio.undo()
    assert bench.picture.document.committed is before


@pytest.mark.parametrize("kind", ["group", "generated", "mask"])
def test_any_layer_is_made_seamless(bench: Bench, kind: str) -> None:
    if kind == "mask":
        before = masked_stage(bench)
        repairing.make_seamless(bench.studio)
        bench.settle()
        after = mask_values(bench)
        step = lambda values: np.abs(values[0] - values[-1]).mean()  # noqa: E731
        assert step(after) < step(before) and np.abs(after - before)[80:110, 80:110].max() < 1e-3
        return
    on_stage(bench, placed(kind, scenes()["waves"]))
    seen = flat(bench)
    repairing.make_seamless(bench.studio)
    bench.settle()
    assert bench.labels()[-1] == "Make seamless", bench.sentences()
    found = flat(bench)
    assert np.abs(found[:, 0] - found[:, -1]).mean() < np.abs(seen[:, 0] - seen[:, -1]).mean()
    middle = slice(SIDE // 2 - 10, SIDE // 2 + 10)
    assert np.abs(found - seen)[middle, middle].max() < 1e-3


def leaf_on_ground() -> np.ndarray:
    y, x = np.mgrid[:SIDE, :SIDE]
    inside = (y - SIDE / 2) ** 2 + (x - SIDE / 2) ** 2 < (SIDE / 4) ** 2
    noise = np.random.default_rng(2).normal(0, 0.02, (SIDE, SIDE, 1)).astype(np.float32)
    out = np.ones((SIDE, SIDE, 4), np.float32)
    out[..., :3] = np.where(inside[..., None], (0.2, 0.7, 0.3), (0.8, 0.75, 0.7)) + noise
    return np.clip(out, 0, 1)


@pytest.mark.parametrize("kind", [*KINDS, "mask edited"])
def test_the_background_of_any_layer_is_removed_by_its_mask(bench: Bench, kind: str) -> None:
    pixels = leaf_on_ground()
    layer = placed("group" if kind == "mask edited" else kind, pixels)
    if kind == "mask edited":
        layer = Paint(
            name="Leaf", surface=Surface.from_pixels(pixels.astype(np.float16)), mask=Mask(default=1.0)
        )
    before = on_stage(bench, layer, **({"mask_edited": layer.id} if kind == "mask edited" else {}))
    cutting_out.remove_background(bench.studio)
    bench.settle()
    assert bench.labels()[-1] == "Remove background", bench.sentences()
    after = bench.picture.document.committed
    assert after.layers[0].mask is not None and len(after.layers) == 1
    alpha, middle = flat(bench)[..., 3], SIDE // 2
    assert alpha[middle - 20 : middle + 20, middle - 20 : middle + 20].min() > 0.9
    assert alpha[:20, :20].max() < 0.1
    bench.studio.undo()
    assert bench.picture.document.committed is before


def test_what_cannot_be_repaired_says_what_to_do(bench: Bench) -> None:
    turned = placed("turned", scenes()["waves"]).with_(mask=Mask(default=0.5))
    on_stage(bench, turned, mask_edited=turned.id, selection=edits.rectangle_selection(HOLE))
    repairing.fill(bench.studio)
    bench.settle()
    assert bench.sentences()[-1] == repair_target.MASK_NOT_STRAIGHT
    group = placed("group", leaf_on_ground())
    on_stage(bench, group)
    cutting_out.remove_background(bench.studio, clean=True)
    bench.settle()
    assert bench.sentences()[-1] == cutting_out.NOT_CLEANED
    on_stage(bench, Group(name="Empty"))
    cutting_out.remove_background(bench.studio)
    bench.settle()
    assert bench.sentences()[-1] == cutting_out.NO_PIXELS
