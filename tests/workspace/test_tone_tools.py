"""Dodge, burn and sponge with the pen."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from studio.document import edits
from studio.document.layer import Filter, Group, Layer, Linked, Paint, Shape, Variant
from studio.raster.brush import Brush
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.toning import LUMA, weight
from studio.raster.warp import Bend
from studio.recipe import Stored
from studio.workspace.tools import Pointer
from tests.document.pictures import generated
from tests.workspace.conftest import Bench


@pytest.fixture
def grey(bench: Bench) -> Bench:
    pixels = np.ones((120, 200, 4), np.float16)
    pixels[..., :3] = (0.6, 0.4, 0.3)
    layer = Paint(name="Photo", surface=Surface.from_pixels(pixels))
    bench.studio.show(edits.add_layer(edits.new_artwork(200, 120), layer), title="Photo")
    bench.settle()
    return bench


def stroke(bench: Bench, tool: str, modifiers: frozenset[str] = frozenset(), **options) -> np.ndarray:
    painting = bench.studio.painting
    painting.choose_tool(tool)
    painting.change_brush(size=30.0)
    if options:
        painting.change_options(tool, **options)
    gesture = painting.begin(bench.picture, Pointer(40, 60, modifiers=modifiers))
    if gesture is None:
        return np.zeros(0)
    for step in range(1, 12):
        gesture.send(Pointer(40 + step * 10, 60, t=step / 60, modifiers=modifiers))
    gesture.finish()
    bench.settle()
    return pixels(bench)


def pixels(bench: Bench) -> np.ndarray:
    return (
        edits.surface_of(bench.picture.document.artwork, bench.active.id)
        .read(Rect(0, 0, 200, 120))
        .astype(np.float32)
    )


def test_dodge_lightens_burn_darkens_and_alt_swaps_them(grey: Bench) -> None:
    before = pixels(grey)
    assert (stroke(grey, "dodge")[60, 90, :3] > before[60, 90, :3] + 0.02).all()
    assert grey.labels()[-1] == "Dodge"
    grey.studio.undo()
    assert (stroke(grey, "burn")[60, 90, :3] < before[60, 90, :3] - 0.02).all()
    grey.studio.undo()
    assert (stroke(grey, "dodge", frozenset({"alt"}))[60, 90, :3] < before[60, 90, :3] - 0.02).all()
    assert grey.labels()[-1] == "Burn"
    np.testing.assert_array_equal(pixels(grey)[:30], before[:30])


def test_sponge_takes_colour_away(grey: Bench) -> None:
    before = pixels(grey)
    after = stroke(grey, "sponge", strength=1.0, vibrance=False)
    assert np.ptp(after[60, 90, :3]) < np.ptp(before[60, 90, :3]) - 0.05
    grey.studio.undo()
    after = stroke(grey, "sponge", change="saturate")
    assert np.ptp(after[60, 90, :3]) > np.ptp(before[60, 90, :3]) + 0.02


def test_the_sponge_takes_its_range_and_hue_from_its_options(grey: Bench) -> None:
    before = pixels(grey)[60, 90, :3]
    luma = before @ LUMA
    spread = {}
    for span in ("all tones", "shadows", "midtones", "highlights"):
        spread[span] = np.ptp(stroke(grey, "sponge", strength=0.5, vibrance=False, span=span)[60, 90, :3])
        grey.studio.undo()
    shares = {
        span: (np.ptp(before) - found) / (np.ptp(before) - spread["all tones"])
        for span, found in spread.items()
    }
    for span in ("shadows", "midtones", "highlights"):
        assert shares[span] == pytest.approx(weight(luma, span), abs=0.03)
    more = {"change": "saturate", "strength": 1.0, "span": "all tones"}
    kept = [stroke(grey, "sponge", protect_hue=True, **more)[60, 90, :3]]
    stroke(grey, "sponge")
    kept.append(stroke(grey, "sponge")[60, 90, :3])
    for _ in range(3):
        grey.studio.undo()
    for _ in range(3):
        cut = stroke(grey, "sponge", protect_hue=False, **more)[60, 90, :3]
    assert np.ptp(cut) > np.ptp(kept[1]) + 0.02


def test_each_tool_has_its_own_brush_and_options(grey: Bench) -> None:
    painting = grey.studio.painting
    painting.choose_tool("dodge")
    painting.change_brush(size=77.0)
    painting.change_options("dodge", span="shadows")
    painting.choose_tool("burn")
    assert painting.brush.size != 77.0 and painting.options("burn").span == "midtones"


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        (Group(name="Group"), "or merge the group"),
        (Filter(name="Grey", recipe=Stored(name="invert", version=1, parameters={})), "the layer below it"),
    ],
)
def test_what_has_no_colours_of_its_own_is_refused_with_the_remedy(
    grey: Bench, layer: Layer, words: str
) -> None:
    grey.picture.document.commit("Put", edits.add_layer(grey.picture.document.artwork, layer))
    for tool in ("dodge", "burn", "sponge"):
        grey.told.clear()
        assert not stroke(grey, tool).size
        assert words in grey.sentences("info")[-1]
    assert grey.labels()[-1] == "Put"


def masked(bench: Bench, value: float) -> Callable[[], np.ndarray]:
    """A grey mask on the active layer is edited; gives its values where the stroke goes."""
    layer = bench.active
    mask = Mask.from_pixels(np.full((120, 200), value, np.float16), 0, 0)
    artwork = edits.change(bench.picture.document.artwork, layer.id, mask=mask).with_(mask_edited=layer.id)
    bench.picture.document.commit("Mask", artwork)

    def values() -> np.ndarray:
        found = bench.active.mask
        assert found is not None
        return found.read(Rect(0, 0, 200, 120)).astype(np.float32)

    return values


def test_dodge_and_burn_work_on_a_mask_and_a_sponge_says_why_not(grey: Bench) -> None:
    values, before = masked(grey, 0.5), pixels(grey)
    stroke(grey, "dodge")
    assert values()[60, 90] > 0.52 and values()[10, 90] == 0.5
    grey.studio.undo()
    np.testing.assert_array_equal(values(), 0.5)
    stroke(grey, "burn", span="midtones", exposure=1.0)
    assert 0 <= values()[60, 90] < 0.4
    steps = len(grey.labels())
    stroke(grey, "sponge")
    assert "no colours" in grey.sentences("info")[-1] and len(grey.labels()) == steps
    np.testing.assert_array_equal(pixels(grey), before)


def test_dodge_cleans_a_quick_mask(grey: Bench) -> None:
    selection = Mask.from_pixels(np.full((120, 200), 0.7, np.float16), 0, 0)
    artwork = grey.picture.document.artwork.with_(selection=selection, quick_mask=True)
    grey.picture.document.commit("Select", artwork)
    stroke(grey, "dodge", span="highlights", exposure=1.0)
    after = grey.picture.document.artwork.selection
    assert after is not None and after.read(Rect(90, 60, 91, 61))[0, 0] > 0.72


def brushed(bench: Bench, mode: str, modifiers: frozenset[str] = frozenset()) -> np.ndarray:
    """A stroke of the ordinary brush tool with a brush in ``mode``."""
    painting = bench.studio.painting
    painting.take_brush("brush", Brush(mode=mode, size=30.0))  # type: ignore[arg-type]
    painting.set_colour((1.0, 0.0, 0.0))
    gesture = painting.begin(bench.picture, Pointer(40, 60, modifiers=modifiers))
    if gesture is None:
        return np.zeros(0)
    for step in range(1, 12):
        gesture.send(Pointer(40 + step * 10, 60, t=step / 60, modifiers=modifiers))
    gesture.finish()
    bench.settle()
    return pixels(bench)


def test_a_brush_that_dodges_burns_or_sponges_does_so_in_the_brush_tool(grey: Bench) -> None:
    before = pixels(grey)
    assert (brushed(grey, "dodge")[60, 90, :3] > before[60, 90, :3] + 0.02).all()
    assert grey.labels()[-1] == "Dodge"
    assert grey.studio.painting.used.colours == (), "no colour was painted with"
    grey.studio.undo()
    assert (brushed(grey, "burn")[60, 90, :3] < before[60, 90, :3] - 0.02).all()
    grey.studio.undo()
    assert (brushed(grey, "burn", frozenset({"alt"}))[60, 90, :3] > before[60, 90, :3] + 0.02).all()
    grey.studio.undo()
    assert np.ptp(brushed(grey, "sponge")[60, 90, :3]) < np.ptp(before[60, 90, :3]) - 0.02
    assert grey.labels()[-1] == "Sponge"


def test_it_follows_the_options_of_the_tool_of_its_mode(grey: Bench) -> None:
    before = pixels(grey)
    grey.studio.painting.change_options("dodge", exposure=0.05)
    little = brushed(grey, "dodge")[60, 90, :3] - before[60, 90, :3]
    grey.studio.undo()
    grey.studio.painting.change_options("dodge", exposure=0.9)
    much = brushed(grey, "dodge")[60, 90, :3] - before[60, 90, :3]
    assert (much > 3 * little).all()


def test_it_too_is_refused_on_anything_but_paint(grey: Bench) -> None:
    grey.picture.document.commit("Group", edits.add_layer(grey.picture.document.artwork, Group(name="Group")))
    assert not brushed(grey, "sponge").size
    assert "Choose a layer in it" in grey.sentences("info")[-1]
    assert grey.labels()[-1] == "Group"


def shown(bench: Bench) -> np.ndarray:
    return bench.picture.renderer.flatten(bench.picture.document.artwork)


def begun(bench: Bench, tool: str, **options) -> None:
    painting = bench.studio.painting
    painting.choose_tool(tool)
    painting.change_brush(size=30.0)
    painting.change_options(tool, **options)
    gesture = painting.begin(bench.picture, Pointer(40, 60))
    assert gesture is not None, bench.sentences()
    for step in range(1, 12):
        gesture.send(Pointer(40 + step * 10, 60, t=step / 60))
    gesture.finish()
    bench.settle()


def computed(kind: str, pixels: np.ndarray) -> Layer:
    surface = Surface.from_pixels(pixels)
    if kind == "generated":
        return generated(Variant(seed=1, surface=surface, width=200, height=120), name="Model")
    if kind == "linked":
        return Linked(name="File", path="a.png", digest="0", surface=surface)
    if kind == "shape":
        return Shape(
            name="Shape", path="M 0 0 L 200 0 L 200 120 L 0 120 Z", style={"fill": [0.6, 0.4, 0.3, 1.0]}
        )
    return Paint(name="Bent", surface=surface, warp=(Bend((1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1e-9, 0.0, 1.0)),))


@pytest.mark.parametrize("kind", ["generated", "linked", "shape", "bent"])
@pytest.mark.parametrize(
    ("tool", "options"),
    [
        ("dodge", {"exposure": 0.3}),
        ("burn", {"exposure": 0.8, "protect_hue": False}),
        ("sponge", {"change": "saturate", "strength": 0.9}),
    ],
)
def test_what_is_computed_is_toned_on_a_layer_above_as_its_pixels_would_be(
    grey: Bench, kind: str, tool: str, options: dict
) -> None:
    pixels = np.ones((120, 200, 4), np.float16)
    pixels[..., :3] = (0.6, 0.4, 0.3)
    plain = grey.picture.document.artwork
    begun(grey, tool, **options)
    wanted = shown(grey)
    grey.studio.undo()
    layer = computed(kind, pixels)
    before = edits.remove_layer(plain, plain.active)
    before = edits.add_layer(before, layer)
    grey.picture.document.commit("Put", before)
    grounds = shown(grey)
    begun(grey, tool, **options)
    np.testing.assert_allclose(shown(grey), wanted, atol=1.5e-3)
    assert np.abs(wanted - grounds).max() > 0.05
    above = grey.active
    assert isinstance(above, Paint) and above.clipping and above.id != layer.id
    assert grey.picture.document.artwork.find(layer.id) is layer
    cover = above.surface.read(Rect(0, 0, 200, 120))[..., 3].max()
    assert 0 < cover < 1, "what lies below still shows through"
    grey.studio.undo()
    assert grey.picture.document.artwork is before


def test_a_second_stroke_goes_on_from_what_is_seen_on_the_same_layer(grey: Bench) -> None:
    pixels = np.ones((120, 200, 4), np.float16)
    pixels[..., :3] = (0.6, 0.4, 0.3)
    layer = computed("generated", pixels)
    grey.picture.document.commit("Put", edits.add_layer(grey.picture.document.artwork, layer))
    begun(grey, "burn", exposure=0.5)
    once = shown(grey)[60, 90]
    grey.studio.layers.choose(layer.id)
    begun(grey, "burn", exposure=0.5)
    assert (shown(grey)[60, 90, :3] < once[:3] - 0.02).all()
    assert len(grey.picture.document.artwork.layers) == 4


def test_a_clipped_layer_in_another_mode_is_not_painted_on(grey: Bench) -> None:
    pixels = np.full((120, 200, 4), 0.5, np.float16)
    pixels[..., 3] = 1
    layer = computed("generated", pixels)
    artwork = edits.add_layer(grey.picture.document.artwork, layer)
    shade = Paint(name="Shade", surface=Surface(), mode="multiply", clipping=True)
    artwork = edits.set_active(edits.add_layer(artwork, shade, above=layer.id), layer.id)
    grey.picture.document.commit("Put", artwork)
    begun(grey, "dodge", exposure=0.8)
    assert grey.active.id != shade.id and grey.active.clipping and grey.active.mode == "normal"
    assert grey.picture.document.artwork.find(shade.id) is shade


def test_nothing_below_is_left_alone(grey: Bench) -> None:
    pixels = np.zeros((120, 200, 4), np.float16)
    layer = computed("generated", pixels)
    artwork = edits.add_layer(grey.picture.document.artwork, layer)
    grey.picture.document.commit("Put", artwork)
    before = shown(grey)
    begun(grey, "burn", exposure=0.8)
    np.testing.assert_array_equal(shown(grey), before)


def along(bench: Bench, tool: str, **options) -> None:
    """The brush of ``tool`` goes along the edge of a square and of a smaller one beside it."""
    values = np.zeros((120, 200), np.float16)
    values[30:90, 30:90] = values[40:80, 130:170] = 1
    document, painting = bench.picture.document, bench.studio.painting
    document.commit("Select", document.artwork.with_(selection=Mask.from_pixels(values)))
    painting.choose_tool(tool)
    painting.change_brush(size=20.0)
    painting.change_options(tool, **options)
    bench.studio.selecting.stroke_with_brush()
    bench.settle()


@pytest.mark.parametrize("kind", ["generated", "linked", "shape", "bent"])
@pytest.mark.parametrize(
    ("tool", "options"),
    [
        ("dodge", {"exposure": 0.5}),
        ("burn", {"exposure": 0.8, "protect_hue": False}),
        ("sponge", {"change": "saturate", "strength": 0.9}),
    ],
)
def test_along_an_edge_what_is_computed_is_toned_as_pixels_would_be(
    grey: Bench, kind: str, tool: str, options: dict
) -> None:
    plain, ground = grey.picture.document.artwork, shown(grey)
    along(grey, tool, **options)
    wanted = shown(grey)
    for x, y in ((30, 60), (150, 40)):
        assert np.abs(wanted[y, x] - ground[y, x]).max() > 0.02, "both edges were followed"
    np.testing.assert_array_equal(wanted[60, 60], ground[60, 60])
    pixels = np.ones((120, 200, 4), np.float16)
    pixels[..., :3] = (0.6, 0.4, 0.3)
    layer = computed(kind, pixels)
    before = edits.add_layer(edits.remove_layer(plain, plain.active), layer)
    grey.picture.document.commit("Put", before)
    along(grey, tool, **options)
    np.testing.assert_allclose(shown(grey), wanted, atol=1.5e-3)
    assert grey.labels()[-1] == "Stroke selection"
    artwork = grey.picture.document.artwork
    assert artwork.find(layer.id) is layer and artwork.selection is not None
    assert len(artwork.layers) == len(before.layers) + 1, "one layer takes both edges"


def test_along_an_edge_the_layer_is_toned_while_the_quick_mask_is_seen(grey: Bench) -> None:
    before = pixels(grey)
    document = grey.picture.document
    document.amend(document.artwork.with_(quick_mask=True))
    along(grey, "burn", exposure=0.8)
    assert (pixels(grey)[60, 30, :3] < before[60, 30, :3] - 0.02).all()
    assert document.artwork.quick_mask


def test_along_an_edge_a_group_is_refused_in_words(grey: Bench) -> None:
    document = grey.picture.document
    document.commit("Group", edits.add_layer(document.artwork, Group(name="Group")))
    along(grey, "dodge", exposure=0.5)
    assert "Choose a layer in it" in grey.sentences("info")[-1] and grey.labels()[-1] == "Select"
