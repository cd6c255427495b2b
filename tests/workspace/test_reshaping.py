"""The whole picture at another size, turned and cropped: every kind of layer follows, one step, exactly undone."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits
from studio.document.layer import Fill, Filter, Generated, Group, Paint, Shape, Text, Variant
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.recipe import Stored
from studio.workspace import imaging, reshaping
from tests.workspace.conftest import Bench

RECIPE = Stored(name="fill-colour", version=1, parameters={"colour": (0, 0, 1, 0.25)})
BLUR = Stored(name="gaussian-blur", version=1, parameters={"sigma": 2.0})


def noise(width, height, seed=1):
    pixels = np.random.default_rng(seed).random((height, width, 4), np.float32)
    pixels[..., 3] = 1
    return pixels.astype(np.float16)


def everything() -> list:
    pixels = Surface.from_pixels(noise(60, 40))
    variant = Variant(seed=1, surface=pixels, width=60, height=40)
    mask = Mask.from_pixels(np.linspace(0, 1, 60 * 40).reshape(40, 60), default=1.0)
    return [
        Paint(name="moved", surface=pixels, transform=(1.0, 0.0, 0.0, 1.0, 30.0, 20.0), mask=mask),
        Paint(name="turned", surface=pixels, transform=(0.8, 0.6, -0.6, 0.8, 70.0, 10.0), mask=mask),
        Text(name="text", text="山水", cache=pixels, transform=(1.0, 0.0, 0.0, 1.0, 10.0, 60.0)),
        Shape(name="shape", path="M0 0H60V40Z", cache=pixels),
        Generated(
            name="generated",
            recipe=RECIPE,
            model="m",
            variants=(variant,),
            transform=(2.0, 0.0, 0.0, 2.0, 5.0, 5.0),
        ),
        Fill(name="fill", recipe=RECIPE),
        Group(
            name="group",
            children=(Paint(surface=pixels, transform=(1.0, 0.0, 0.0, 1.0, 3.0, 3.0)),),
            transform=(1.0, 0.0, 0.0, 1.0, 40.0, 30.0),
            mask=mask,
        ),
    ]


@pytest.fixture
def full(bench: Bench) -> Bench:
    """200 × 150: a noise background and one layer of every kind, with a selection and a guide."""
    bench.studio.new_picture(200, 150)
    artwork = bench.picture.document.artwork
    ground = Paint(name="ground", surface=Surface.from_pixels(noise(200, 150, 2)))
    artwork = edits.add_layer(artwork, ground)
    for layer in everything():
        artwork = edits.add_layer(artwork, layer)
    artwork = edits.set_selection(artwork, edits.rectangle_selection(Rect(20, 10, 100, 60)))
    bench.picture.document.commit("Fill", artwork)
    return bench


def shown(bench: Bench, artwork=None) -> np.ndarray:
    artwork = artwork or bench.picture.document.artwork
    return bench.picture.renderer.compose(artwork, artwork.rect)


TURNS = {
    "right": lambda p: np.rot90(p, -1),
    "left": lambda p: np.rot90(p, 1),
    "half": lambda p: np.rot90(p, 2),
    "x": lambda p: p[:, ::-1],
    "y": lambda p: p[::-1],
}


@pytest.mark.parametrize("kind", TURNS)
def test_the_picture_turns_with_all_its_layers(full: Bench, kind) -> None:
    before, pixels = full.picture.document.artwork, shown(full)
    imaging.turn(full.studio, kind)
    full.settle()
    after = shown(full)
    assert after.shape == TURNS[kind](pixels).shape
    # noise under a layer turned by 37° is read at other phases
    assert np.abs(after - TURNS[kind](pixels)).mean() < 0.012
    selection = full.picture.document.artwork.selection.read(full.picture.document.artwork.rect)
    expected = TURNS[kind](before.selection.read(before.rect))
    assert np.array_equal(selection, expected)
    kinds = [type(layer) for layer in full.picture.document.artwork.walk()]
    assert kinds == [type(layer) for layer in before.walk()]
    full.studio.undo()
    assert full.picture.document.artwork is before


def test_four_quarter_turns_are_none_bit_by_bit(full: Bench) -> None:
    before = full.picture.document.artwork
    for _ in range(4):
        imaging.turn(full.studio, "right")
        full.settle()
    after = full.picture.document.artwork
    for old, new in zip(before.walk(), after.walk(), strict=True):
        if isinstance(old, Paint) and old.transform[:4] == (1, 0, 0, 1):
            rect = Rect(-50, -50, 250, 250)
            x, y = int(old.transform[4]), int(old.transform[5])
            if old.name:
                assert np.array_equal(new.surface.read(rect), old.surface.read(rect.move(-x, -y)))  # pyright: ignore[reportAttributeAccessIssue]
        elif not isinstance(old, Group):
            assert new.transform == pytest.approx(old.transform)


@pytest.mark.parametrize("kernel", ["nearest", "area", "linear", "mitchell", "lanczos"])
def test_another_size(full: Bench, kernel) -> None:
    before, pixels = full.picture.document.artwork, shown(full)
    imaging.resize(full.studio, 100, 75, kernel, 300.0)
    full.settle()
    artwork = full.picture.document.artwork
    assert (artwork.width, artwork.height) == (100, 75)
    mean = pixels.reshape(75, 2, 100, 2, 4).mean(axis=(1, 3))
    assert np.abs(shown(full) - mean).mean() < (0.2 if kernel == "nearest" else 0.06)
    assert shown(full)[..., 3].min() > 0.999
    named = {layer.name: layer for layer in artwork.walk()}
    assert named["moved"].transform == (1, 0, 0, 1, 0, 0)
    assert named["generated"].transform == (1, 0, 0, 1, 2.5, 2.5)
    assert named["generated"].variants == before.find(named["generated"].id).variants  # pyright: ignore[reportAttributeAccessIssue]
    assert named["text"].text == "山水"  # pyright: ignore[reportAttributeAccessIssue]
    assert named["text"].transform == (0.5, 0, 0, 0.5, 5, 30)
    assert named["turned"].surface is before.find(named["turned"].id).surface  # pyright: ignore[reportAttributeAccessIssue]
    assert artwork.selection.read(Rect(11, 6, 49, 29)).min() > 0.99
    full.studio.undo()
    assert full.picture.document.artwork is before


def test_only_the_resolution(full: Bench) -> None:
    layers = full.picture.document.artwork.layers
    imaging.resize(full.studio, 200, 150, "lanczos", 72.0)
    assert full.picture.document.artwork.ppi == 72
    assert full.picture.document.artwork.layers is layers
    assert full.labels()[-1] == "Resolution"


def test_impossible_sizes_are_refused(full: Bench) -> None:
    imaging.resize(full.studio, 400_000, 10, "area", 300.0)
    imaging.resize_canvas(full.studio, 0, 10, (0, 0))
    assert len([one for one in full.sentences() if "1,000 million" in one]) == 2


@pytest.mark.parametrize(
    ("anchor", "place"), [((0, 0), (0, 0)), ((0.5, 0.5), (25, 15)), ((1, 1), (50, 30)), ((0, 1), (0, 30))]
)
def test_the_canvas_grows_around_an_anchor(full: Bench, anchor, place) -> None:
    before, pixels = full.picture.document.artwork, shown(full)
    imaging.resize_canvas(full.studio, 250, 180, anchor)
    x, y = place
    after = shown(full)
    assert after.shape[:2] == (180, 250)
    assert np.abs(after[y : y + 150, x : x + 200] - pixels).max() < 2e-3
    named = {layer.name: layer for layer in full.picture.document.artwork.layers}
    assert named["ground"].surface is before.find(named["ground"].id).surface  # pyright: ignore[reportAttributeAccessIssue]
    full.studio.undo()
    assert full.picture.document.artwork is before


def test_what_a_smaller_canvas_hides_comes_back(full: Bench) -> None:
    pixels = shown(full)
    imaging.resize_canvas(full.studio, 90, 70, (0.5, 0.5))
    imaging.reveal_all(full.studio)
    after = full.picture.document.artwork
    assert (after.width, after.height) >= (200, 150)
    ground = next(layer for layer in after.layers if layer.name == "ground")
    x, y = (int(part) for part in ground.transform[4:])
    assert np.abs(shown(full)[y : y + 150, x : x + 200] - pixels).max() < 2e-3


def test_trim_to_content_and_to_colour(bench: Bench) -> None:
    bench.studio.new_picture(300, 200, background=None)
    block = Paint(surface=Surface.from_pixels(noise(40, 30), 100, 90))
    bench.picture.document.commit("Put", edits.add_layer(bench.picture.document.artwork, block))
    imaging.trim(bench.studio)
    bench.settle()
    assert bench.picture.document.artwork.rect == Rect(0, 0, 40, 30)
    assert bench.active.transform == (1, 0, 0, 1, -100, -90)
    bench.studio.new_picture(300, 200)
    bench.picture.document.commit("Put", edits.add_layer(bench.picture.document.artwork, block))
    imaging.trim(bench.studio)
    bench.settle()
    assert bench.picture.document.artwork.rect == Rect(0, 0, 40, 30)


def test_an_empty_picture_is_not_trimmed(bench: Bench) -> None:
    bench.studio.new_picture(300, 200)
    imaging.trim(bench.studio)
    bench.settle()
    assert "nothing to trim" in bench.sentences()[-1]
    assert bench.picture.document.artwork.width == 300


def test_pixels_beyond_the_canvas_can_be_cut(full: Bench) -> None:
    imaging.resize_canvas(full.studio, 100, 80, (0, 0))
    ground = next(layer for layer in full.picture.document.artwork.layers if layer.name == "ground")
    full.studio.layers.choose(ground.id)
    pixels = shown(full)
    imaging.cut_layers(full.studio)
    full.settle()
    assert np.array_equal(shown(full), pixels)
    assert not full.active.surface.read(Rect(100, 0, 200, 150)).any()  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize("name", ["moved", "turned", "text", "shape", "generated", "group"])
@pytest.mark.parametrize("kind", TURNS)
def test_a_layer_turns_about_its_middle_and_back(full: Bench, name, kind) -> None:
    layer = next(layer for layer in full.picture.document.artwork.layers if layer.name == name)
    full.studio.layers.choose(layer.id)
    pixels = shown(full)
    for _ in range(2 if kind in ("x", "y", "half") else 4):
        imaging.turn_layers(full.studio, kind)
        full.settle()
    # with an odd sum of sides a quarter turn has no middle pixel
    assert np.abs(shown(full) - pixels).mean() < 5e-3


def test_applying_a_transform_keeps_the_look(full: Bench) -> None:
    layer = next(layer for layer in full.picture.document.artwork.layers if layer.name == "turned")
    full.studio.layers.choose(layer.id)
    pixels = shown(full)
    imaging.apply_transforms(full.studio)
    full.settle()
    assert full.active.transform == (1, 0, 0, 1, 0, 0)
    assert np.abs(shown(full) - pixels).max() < 5e-3


def test_layers_are_aligned_and_distributed(bench: Bench) -> None:
    bench.studio.new_picture(400, 300)
    ids = []
    for place in ((10, 20), (90, 40), (300, 200)):
        layer = Paint(surface=Surface.from_pixels(noise(20, 10), *place))
        bench.picture.document.commit("Put", edits.add_layer(bench.picture.document.artwork, layer))
        ids.append(layer.id)
    imaging.align(bench.studio, "centre")
    assert bench.active.transform == (1, 0, 0, 1, -110, 0)
    bench.studio.undo()
    for layer_id in ids[:2]:
        bench.studio.layers.choose(layer_id, how="toggle")
    imaging.distribute(bench.studio, "x")
    find = bench.picture.document.artwork.find
    assert find(ids[1]).transform == (1, 0, 0, 1, 65, 0)
    imaging.align(bench.studio, "top")
    find = bench.picture.document.artwork.find
    assert [find(one).transform[5] for one in ids] == [0, -20, -180]


def test_distributing_two_is_refused(full: Bench) -> None:
    imaging.distribute(full.studio, "x")
    assert "three" in full.sentences()[-1]


def test_a_change_meanwhile_is_not_lost(full: Bench) -> None:
    imaging.turn(full.studio, "x")
    full.studio.layers.rename(full.active.id, "renamed")
    full.settle()
    assert full.active.name == "renamed"
    assert full.labels()[-2:] == ["Rename layer", "Flip picture"]


def test_a_very_large_layer_stays_live(full: Bench, monkeypatch) -> None:
    monkeypatch.setattr(reshaping, "LARGEST", 0)
    before = full.picture.document.artwork
    imaging.resize(full.studio, 100, 75, "area", 300.0)
    full.settle()
    ground = next(layer for layer in full.picture.document.artwork.layers if layer.name == "ground")
    assert ground.surface is before.find(ground.id).surface  # pyright: ignore[reportAttributeAccessIssue]
    assert ground.transform == (0.5, 0, 0, 0.5, 0, 0)


def test_filters_and_their_masks_follow(bench: Bench) -> None:
    bench.studio.new_picture(200, 150)
    mask = Mask.from_pixels(np.ones((40, 50)), 20, 30)
    layer = Filter(recipe=BLUR, mask=mask)
    bench.picture.document.commit("Put", edits.add_layer(bench.picture.document.artwork, layer))
    imaging.resize_canvas(bench.studio, 220, 160, (1, 1))
    assert bench.active.transform == (1, 0, 0, 1, 20, 10)
    assert bench.active.mask is mask
