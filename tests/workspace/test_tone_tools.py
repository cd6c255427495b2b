"""Dodge, burn and sponge with the pen."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from studio.document import edits
from studio.document.layer import Group, Paint
from studio.raster.brush import Brush
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.toning import LUMA, weight
from studio.workspace.tools import Pointer
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


def test_anything_but_paint_is_refused(grey: Bench) -> None:
    group = Group(name="Group")
    grey.picture.document.commit("Group", edits.add_layer(grey.picture.document.artwork, group))
    assert not stroke(grey, "dodge").size
    assert "paint layer" in grey.sentences("info")[-1]
    assert grey.labels()[-1] == "Group"


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
    assert "paint layer" in grey.sentences("info")[-1]
    assert grey.labels()[-1] == "Group"
