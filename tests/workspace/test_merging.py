"""Merging, stamping, flattening, copying, shapes as selections: the look is kept, each is one step, bad input is refused."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from studio.document import edits, effects, masks, several, tree
from studio.document.artwork import Artwork
from studio.document.layer import Fill, Filter, Group, Layer, Locks, Paint, Shape
from studio.filters import FILTERS
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.recipe import Stored, store
from studio.workspace.clip import Clip
from studio.workspace.picture import Picture
from tests.document.pictures import generated
from tests.workspace.conftest import Bench

WIDTH, HEIGHT = 300, 270


def noise(seed: int, rect: Rect, opaque: bool = False) -> Surface:
    rng = np.random.default_rng(seed)
    pixels = rng.random((rect.height, rect.width, 4))
    pixels[..., 3] = 1 if opaque else np.clip(pixels[..., 3] * 1.5 - 0.25, 0, 1)
    pixels[..., :3] *= pixels[..., 3:]
    return Surface.from_pixels(pixels.astype(np.float16), rect.left, rect.top)


def paint(name: str, seed: int, rect: Rect = Rect(20, 30, 270, 260), **fields) -> Paint:  # noqa: B008
    return Paint(name=name, surface=noise(seed, rect), **fields)


def paper() -> Paint:
    return Paint(name="paper", surface=noise(99, Rect(0, 0, WIDTH, HEIGHT), opaque=True))


class Stage:
    """A picture on a studio whose lanes are drained by hand."""

    def __init__(self, bench: Bench, layers: tuple[Layer, ...], active: str = "", **fields) -> None:
        self.bench = bench
        artwork = Artwork(width=WIDTH, height=HEIGHT, layers=layers, active=active or layers[-1].id, **fields)
        self.picture: Picture = bench.studio.show(artwork, title="stage")
        bench.settle()
        self.before = self.seen()

    @property
    def artwork(self) -> Artwork:
        return self.picture.document.committed

    def seen(self) -> np.ndarray:
        return self.picture.renderer.compose(self.artwork, self.artwork.rect)

    def run(self, work: str, *arguments) -> None:
        getattr(self.bench.studio.merging, work)(*arguments)
        self.bench.settle()

    def steps(self) -> list[str]:
        return [entry.label for entry in self.picture.document.history][1:]

    def same(self, tolerance: float = 2e-3) -> None:
        assert np.abs(self.seen() - self.before).max() < tolerance


def names(layers: tuple[Layer, ...]) -> list:
    return [
        (layer.name, names(layer.children)) if isinstance(layer, Group) else layer.name for layer in layers
    ]


def test_a_layer_goes_into_the_one_below_and_the_look_stays(bench: Bench) -> None:
    stage = Stage(
        bench, (paper(), paint("low", 1, opacity=0.6), paint("high", 2, mode="normal", opacity=0.7))
    )
    stage.run("down")
    assert names(stage.artwork.layers) == ["paper", "low"] and stage.steps() == ["Merge layers"]
    stage.same()
    bench.studio.undo()
    assert names(stage.artwork.layers) == ["paper", "low", "high"]


def test_modes_masks_effects_and_groups_go_into_the_pixels(bench: Bench) -> None:
    mask = Mask.from_pixels(np.linspace(0, 1, 270 * 300).reshape(270, 300))
    shadow = (effects.store(effects.DropShadow()), effects.store(effects.Bevel()))
    group = Group(
        name="g", children=(paint("x", 3), paint("y", 4, mode="multiply")), effects=shadow, mask=mask
    )
    stage = Stage(bench, (paper(), paint("mult", 5, mode="multiply"), group), active=group.id)
    stage.run("down")
    assert names(stage.artwork.layers) == ["paper", "mult", "g"]
    stage.same(4e-3)
    bench.studio.layers.choose(stage.artwork.layers[1].id)
    stage.run("down")
    assert names(stage.artwork.layers) == ["paper", "g"]
    stage.same(4e-3)


def test_a_clipped_layer_keeps_to_the_shape_below(bench: Bench) -> None:
    base = paint("base", 6, Rect(60, 60, 200, 200))
    clipped = paint("clip", 7, clipping=True, mode="multiply")
    above = paint("above", 8, clipping=True)
    stage = Stage(bench, (paper(), base, clipped, above), active=clipped.id)
    stage.run("down")
    assert names(stage.artwork.layers) == ["paper", "base", "above"]
    stage.same()
    stage.run("down")
    bench.studio.layers.choose(above.id)
    stage.run("down")
    assert names(stage.artwork.layers) == ["paper"]
    stage.same()


def test_a_layer_above_a_clipped_one_goes_into_its_base(bench: Bench) -> None:
    base, clipped = paint("base", 6, Rect(60, 60, 200, 200)), paint("clip", 7, clipping=True)
    stage = Stage(bench, (paper(), base, clipped, paint("top", 9)))
    stage.run("down")
    assert names(stage.artwork.layers) == ["paper", "base"]
    stage.same()


def test_a_filter_layer_is_laid_into_the_pixels_below(bench: Bench) -> None:
    kind = FILTERS["gaussian-blur"]
    blur = Filter(name="blur", recipe=store(kind.name, kind.version, kind.parameters()))
    stage = Stage(bench, (paper(), blur))
    stage.run("down")
    assert names(stage.artwork.layers) == ["paper"]
    stage.same()


def test_selected_layers_become_one_at_the_place_of_the_topmost(bench: Bench) -> None:
    inner = Group(name="g", children=(paint("x", 1),), transform=(1, 0, 0, 1, 9.0, -4.0))
    stage = Stage(bench, (paper(), paint("a", 2), inner, paint("b", 3)))
    found = [layer.id for layer in stage.artwork.walk() if layer.name in ("a", "x")]
    bench.studio.layers.choose_several(tuple(found), found[-1])
    stage.run("down")
    assert names(stage.artwork.layers) == ["paper", ("g", ["x"]), "b"]
    stage.same()


def test_visible_ones_are_merged_and_hidden_ones_kept(bench: Bench) -> None:
    hidden = paint("hidden", 4, visible=False)
    group = Group(name="g", children=(paint("x", 1), paint("y", 2, visible=False)))
    stage = Stage(bench, (paper(), hidden, group))
    stage.run("visible")
    assert names(stage.artwork.layers) == [("g", ["y"]), "paper", "hidden"]
    assert [layer.visible for layer in stage.artwork.layers] == [False, True, False]
    stage.same()


def test_a_stamp_lies_on_top_and_changes_nothing(bench: Bench) -> None:
    stage = Stage(bench, (paper(), paint("a", 2, mode="screen")))
    stage.run("stamp")
    assert names(stage.artwork.layers) == ["paper", "a", "Stamp"] and stage.steps() == ["Stamp visible"]
    stage.same()
    alone = stage.artwork.with_(layers=stage.artwork.layers[2:])
    assert np.abs(stage.picture.renderer.compose(alone, alone.rect) - stage.before).max() < 2e-3


def test_flattening_leaves_one_opaque_layer_on_white(bench: Bench) -> None:
    stage = Stage(bench, (paint("a", 2), paint("gone", 3, visible=False)))
    stage.run("flatten")
    assert names(stage.artwork.layers) == ["Background"]
    white = stage.before + (1 - stage.before[..., 3:])
    assert np.abs(stage.seen() - white).max() < 2e-3 and stage.seen()[..., 3].min() == 1


def test_pixels_beyond_the_canvas_are_kept(bench: Bench) -> None:
    far = paint("far", 5, Rect(-100, -80, 40, 50))
    stage = Stage(bench, (far, paint("b", 3)))
    stage.run("down")
    merged = stage.artwork.layers[0]
    assert isinstance(merged, Paint)
    beyond = Rect(-100, -80, 0, 0)
    assert np.abs(merged.surface.read(beyond).astype(float) - far.surface.read(beyond)).max() < 1e-3


def test_what_is_painted_meanwhile_is_merged_too(bench: Bench) -> None:
    stage = Stage(bench, (paper(), paint("a", 2)))
    bench.studio.merging.down()
    now = stage.artwork
    dab = np.ones((8, 8, 4), np.float16)
    stage.picture.document.commit("Paint", edits.apply_pixels(now, now.active, Rect(200, 200, 208, 208), dab))
    stage.before = stage.seen()
    bench.settle()
    assert names(stage.artwork.layers) == ["paper"]
    stage.same()


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ({"visible": False}, {}, "hidden"),
        ({"locks": Locks(all=True)}, {}, "locked"),
        ({}, {"visible": False}, "hidden"),
    ],
)
def test_nothing_is_lost_by_a_merge(bench: Bench, low: dict, high: dict, words: str) -> None:
    stage = Stage(bench, (paint("a", 1, **low), paint("b", 2, **high)))
    stage.run("down")
    assert names(stage.artwork.layers) == ["a", "b"] and not stage.steps()
    assert words in bench.sentences()[0]


def test_there_has_to_be_something_below(bench: Bench) -> None:
    kind = FILTERS["gaussian-blur"]
    blur = Filter(name="blur", recipe=store(kind.name, kind.version, kind.parameters()))
    stage = Stage(bench, (blur, paint("a", 1)))
    stage.run("down")
    assert "filter" in bench.sentences()[0]
    bench.studio.layers.choose(blur.id)
    stage.run("down")
    assert "below" in bench.sentences()[1]
    assert names(stage.artwork.layers) == ["blur", "a"]


def test_the_shape_of_a_layer_becomes_the_selection(bench: Bench) -> None:
    half = Mask(default=1.0).write(Rect(0, 0, 100, 100), np.full((100, 100), 0.5))
    layer = paint("a", 1, Rect(0, 0, 120, 120), mask=half, transform=(1, 0, 0, 1, 10.0, 0.0))
    stage = Stage(bench, (paper(), layer))

    def select(what: Callable[..., None], *arguments: str) -> None:
        what(*arguments)
        bench.settle()

    select(bench.studio.selecting.from_layer, layer.id)
    selection = stage.artwork.selection
    assert selection is not None
    alpha = layer.surface.read(Rect(0, 0, 120, 120))[..., 3].astype(np.float32)
    alpha[:100, :100] *= 0.5
    assert np.abs(selection.read(Rect(10, 0, 130, 120)) - alpha).max() < 1e-3
    select(bench.studio.selecting.from_layer, layer.id, "subtract")
    assert not stage.artwork.selection
    select(bench.studio.selecting.from_mask, layer.id)
    assert stage.artwork.selection is not None
    assert stage.artwork.selection.read(Rect(20, 20, 21, 21))[0, 0] == 0.5
    assert stage.artwork.selection.read(Rect(250, 20, 251, 21))[0, 0] == 1


def test_a_mask_is_laid_into_the_pixels(bench: Bench) -> None:
    mask = Mask.from_pixels(np.linspace(0, 1, 270 * 300).reshape(270, 300))
    stage = Stage(bench, (paper(), paint("a", 2, mask=mask)))
    stage.run("apply_mask")
    assert stage.artwork.layers[1].mask is None and stage.steps() == ["Apply layer mask"]
    stage.same()
    white = Stored(name="fill-colour", version=1, parameters={"colour": (1.0, 1.0, 1.0, 1.0)})
    fill = Fill(name="f", recipe=white, mask=mask)
    stage.picture.document.commit("Paint", edits.add_layer(stage.artwork, fill))
    stage.run("apply_mask")
    assert "Merge" in bench.sentences()[0]


def test_copy_merged_brings_what_is_seen_inside_the_selection(bench: Bench) -> None:
    stage = Stage(bench, (paint("a", 2), paint("b", 3, mode="screen")))
    box = Rect(100, 50, 180, 90)
    stage.picture.document.commit(
        "Select", edits.set_selection(stage.artwork, edits.rectangle_selection(box))
    )
    got: list[Clip] = []

    def take(clip: Clip) -> None:
        got.append(clip)

    bench.studio.merging.copied.connect(take)
    stage.run("copy_merged")
    (clip,) = got
    assert clip.rect == box
    assert np.abs(clip.pixels - stage.before[50:90, 100:180]).max() < 1e-6
    stage.picture.document.commit(
        "Select", edits.set_selection(stage.artwork, edits.rectangle_selection(Rect(0, 0, 5, 5)))
    )
    stage.run("copy_merged")
    assert len(got) == 1 and "nothing visible" in bench.sentences()[0]


def test_a_dodge_and_burn_layer_changes_nothing_until_it_is_painted_on(bench: Bench) -> None:
    stage = Stage(bench, (paper(),))
    bench.studio.merging.dodge_and_burn()
    layer = stage.artwork.active_layer
    assert isinstance(layer, Paint) and layer.mode == "soft-light"
    stage.same(1e-5)
    bright = np.full((10, 10, 4), (0.8, 0.8, 0.8, 1), np.float16)
    stage.picture.document.commit(
        "Paint", edits.apply_pixels(stage.artwork, layer.id, Rect(5, 5, 15, 15), bright)
    )
    change = (stage.seen() - stage.before)[5:15, 5:15, :3]
    assert change.min() >= -1e-4 and change.max() > 0.05


def test_splitting_is_one_step_on_the_lane(bench: Bench) -> None:
    stage = Stage(bench, (paper(),))
    stage.run("separate")
    assert names(stage.artwork.layers) == [("paper", ["Colour", "Detail"])]
    assert stage.steps() == ["Split detail and colour"]
    stage.same(1 / 1024)


@pytest.mark.parametrize("kind", ["generated", "shape"])
def test_a_layer_that_is_computed_is_split_as_it_looks_and_kept_hidden(bench: Bench, kind: str) -> None:
    layer: Layer = generated(name="Model", transform=(1.0, 0.0, 0.0, 1.0, 1.0, 2.0))
    if kind == "shape":
        layer = Shape(
            name="Shape",
            path="M 0 0 L 9 0 L 9 9 Z",
            style={"fill": [1, 0, 0, 1]},
            transform=(1.0, 0.0, 0.0, 1.0, 3.0, 1.0),
        )
    outer = Group(name="Outer", children=(layer,), transform=(1.0, 0.0, 0.0, 1.0, 4.0, 4.0))
    stage = Stage(bench, (paper(), outer))
    bench.studio.layers.choose(layer.id)
    stage.run("separate")
    group = tree.parent_of(stage.artwork, layer.id)
    assert isinstance(group, Group) and [one.name for one in group.children] == [
        layer.name,
        "Colour",
        "Detail",
    ]
    kept = group.children[0]
    assert type(kept) is type(layer) and not kept.visible
    stage.same(1 / 512)
    alone = edits.change(edits.remove_layer(stage.artwork, group.children[2].id), kept.id, visible=True)
    alone = edits.remove_layer(alone, group.children[1].id)
    bench.picture.document.commit("Alone", alone)
    stage.same(1 / 512)


def test_effects_are_copied_pasted_and_switched(bench: Bench) -> None:
    stage = Stage(bench, (paper(), paint("a", 1), paint("b", 2)))
    own = bench.studio.effects
    own.add("drop-shadow")
    own.add("stroke")
    assert [one.name for one in stage.artwork.layers[2].effects] == ["drop-shadow", "stroke"]
    own.copy()
    low = [layer.id for layer in stage.artwork.layers[:2]]
    bench.studio.layers.choose_several(tuple(low), low[1])
    own.paste()
    assert all(len(layer.effects) == 2 for layer in stage.artwork.layers)
    own.toggle(low[0])
    assert not effects.shown(stage.artwork.layers[0]) and len(stage.artwork.layers[0].effects) == 2
    own.clear()
    assert [len(layer.effects) for layer in stage.artwork.layers] == [0, 0, 2]
    own.copy()
    assert "no effects" in bench.sentences()[0]


def test_masks_come_and_go_by_action(bench: Bench) -> None:
    stage = Stage(bench, (paper(), paint("a", 1)))
    masking = bench.studio.masking
    masking.invert()
    assert "no mask" in bench.sentences()[0]
    stage.picture.document.commit(
        "Select", edits.set_selection(stage.artwork, edits.rectangle_selection(Rect(0, 0, 50, 50)))
    )
    masking.add()
    layer = stage.artwork.layers[1]
    assert layer.mask is not None and layer.mask.default == 0 and stage.artwork.selection is None
    assert stage.artwork.edits_mask
    masking.invert()
    assert masks.mask_of_layer(stage.artwork, layer.id).default == 1
    masking.toggle()
    assert not stage.artwork.layers[1].mask_enabled
    masking.delete()
    assert stage.artwork.layers[1].mask is None and stage.artwork.layers[1].mask_enabled
    bench.studio.layers.toggle_lock("all")
    masking.add()
    assert "locked" in bench.sentences()[-1] and stage.artwork.layers[1].mask is None
    assert several.topmost(stage.artwork, [layer.id])[0].mask is None


def test_a_stroke_lands_on_the_mask_that_is_edited_and_is_seen_alone(bench: Bench) -> None:
    stage = Stage(bench, (paper(), paint("a", 1)))
    bench.studio.masking.add()
    layer = stage.artwork.layers[1]
    assert isinstance(layer, Paint)
    bench.studio.masking.show_alone(layer.id)
    renderer = stage.picture.renderer
    assert renderer.view_tile(stage.artwork, (0, 0)).pixels[20, 40, 0] == 255
    bench.stroke(20, 20, 40)
    after = stage.artwork.layers[1]
    assert isinstance(after, Paint) and after.surface is layer.surface
    assert after.mask is not None and after.mask.read(Rect(40, 20, 41, 21))[0, 0] < 0.5
    bench.studio.masking.show_alone(layer.id)
    assert stage.picture.mask_alone == ""
    bench.studio.masking.edit(layer.id, False)
    bench.stroke(20, 100, 40)
    painted = stage.artwork.layers[1]
    assert isinstance(painted, Paint) and painted.surface is not layer.surface and painted.mask is after.mask


def test_another_layer_ends_the_look_at_a_mask(bench: Bench) -> None:
    stage = Stage(bench, (paper(), paint("a", 1)))
    bench.studio.masking.add()
    bench.studio.masking.show_alone(stage.artwork.active)
    assert stage.picture.mask_alone
    bench.studio.layers.choose(stage.artwork.layers[0].id)
    assert not stage.picture.mask_alone


def test_the_selected_pixels_become_a_layer_copied_or_cut(bench: Bench) -> None:
    source = paint("a", 2, transform=(1, 0, 0, 1, 10.0, 0.0))
    stage = Stage(bench, (paper(), source))
    soft = Mask.from_pixels(np.tile(np.linspace(0, 1, 120), (100, 1)), 60, 60)
    stage.picture.document.commit("Select", edits.set_selection(stage.artwork, soft))
    bench.studio.layers.duplicate()
    bench.settle()
    assert names(stage.artwork.layers) == ["paper", "a", "a copy"] and stage.artwork.selection is None
    taken = stage.artwork.layers[2]
    assert isinstance(taken, Paint) and taken.transform == source.transform
    box = Rect(50, 60, 170, 160)
    wanted = source.surface.read(box).astype(np.float32) * soft.read(box.move(10, 0))[..., None]
    assert np.abs(taken.surface.read(box) - wanted).max() < 1e-3
    bench.studio.undo()
    bench.studio.merging.from_selection(cut=True)
    bench.settle()
    stays = stage.artwork.layers[1]
    assert isinstance(stays, Paint) and names(stage.artwork.layers) == ["paper", "a", "a"]
    whole = stays.surface.read(box).astype(np.float32) + wanted
    assert np.abs(whole - source.surface.read(box)).max() < 2e-3
    far = Mask.from_pixels(np.ones((4, 4)), 0, 0)
    stage.picture.document.commit("Select", edits.set_selection(stage.artwork, far))
    bench.studio.merging.from_selection(cut=True)
    bench.settle()
    assert "no pixels" in bench.sentences()[-1]


def test_a_large_mask_is_inverted_on_the_lane(bench: Bench) -> None:
    rng = np.random.default_rng(4)
    mask = Mask.from_pixels(rng.random((2100, 2100)))
    stage = Stage(bench, (paper(), paint("a", 1, mask=mask)))
    assert masks.is_large(mask)
    bench.studio.masking.invert()
    assert stage.artwork.layers[1].mask is mask
    bench.settle()
    inverse = stage.artwork.layers[1].mask
    assert inverse is not None and inverse.default == 1 and stage.steps() == ["Invert layer mask"]
    box = Rect(700, 900, 800, 950)
    np.testing.assert_array_equal(inverse.read(box), np.float16(1) - mask.read(box))
