"""The patch tool: what is selected repaired from where it is dragged to, solved under the hand, one step at the end."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Fill, Group, Layer, Locks, Paint, Text
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.synthesis import fills, heal
from studio.workspace import patching, repair_target
from studio.workspace.tools import Pointer
from tests.synthesis.scenes import psnr
from tests.workspace.conftest import Bench

SIDE = 160
FLAW = Rect(40, 50, 70, 80)
AWAY = (60, 10)


def scene() -> np.ndarray:
    """Texture on a ramp of light: copied without matching its colours it would show."""
    y, x = np.mgrid[:SIDE, :SIDE].astype(np.float32)
    grain = np.random.default_rng(3).normal(0, 0.02, (SIDE, SIDE)).astype(np.float32)
    out = np.ones((SIDE, SIDE, 4), np.float32)
    for channel, slope in enumerate((0.003, 0.002, 0.0015)):
        out[..., channel] = 0.2 + slope * x + 0.001 * y + grain
    return out.astype(np.float16).astype(np.float32)


def damaged() -> np.ndarray:
    out = scene()
    out[55:75, 45:65] = (1, 0, 0, 1)
    return out


def show(bench: Bench, *layers: Layer, selection: Rect | None = FLAW) -> Artwork:
    artwork = edits.set_active(Artwork(width=SIDE, height=SIDE, layers=layers), layers[-1].id)
    if selection is not None:
        artwork = artwork.with_(selection=edits.rectangle_selection(selection))
    bench.studio.show(artwork, title="Photo")
    bench.settle()
    bench.told.clear()
    bench.studio.painting.choose_tool("patch")
    return artwork


def photo(**fields: object) -> Paint:
    return Paint(name="Photo", surface=Surface.from_pixels(damaged().astype(np.float16)), **fields)


def drag(bench: Bench, away: tuple[int, int] = AWAY, *, start: tuple[int, int] = (55, 65), end: str = "finish", shift: bool = False) -> list[np.ndarray]:  # fmt: skip
    gesture = bench.studio.painting.begin(bench.picture, Pointer(*start))
    if gesture is None:
        return []
    modifiers = frozenset(("shift",)) if shift else frozenset()
    seen = []
    for part in (0.5, 1.0):
        gesture.send(
            Pointer(start[0] + away[0] * part, start[1] + away[1] * part, t=part, modifiers=modifiers)
        )
        bench.settle()
        seen.append(bench.picture.renderer.flatten(bench.picture.document.artwork))
    getattr(gesture, end)()
    bench.settle()
    return seen


def looks(bench: Bench) -> np.ndarray:
    return bench.picture.renderer.flatten(bench.picture.document.artwork)


def flawed() -> np.ndarray:
    out = np.zeros((SIDE, SIDE), bool)
    out[FLAW.top : FLAW.bottom, FLAW.left : FLAW.right] = True
    return out


def test_the_flaw_is_repaired_in_one_step_and_its_colours_meet_what_is_around(bench: Bench) -> None:
    show(bench, photo())
    before = looks(bench)
    seen = drag(bench)
    assert bench.labels()[-1] == "Patch" and len(bench.labels()) == 2, bench.sentences()
    after = looks(bench)
    assert np.array_equal(after[~flawed()], before[~flawed()])
    assert psnr(after, scene(), flawed()) > 28
    copied = scene()[FLAW.top + AWAY[1] : FLAW.bottom + AWAY[1], FLAW.left + AWAY[0] : FLAW.right + AWAY[0]]
    assert np.abs(copied.mean((0, 1)) - scene()[flawed()].mean(0))[0] > 0.15, "a mere copy would be far off"
    assert np.abs(after[flawed()].mean(0) - scene()[flawed()].mean(0)).max() < 0.02
    assert np.abs(seen[-1] - after).max() < 0.01, "what was seen under the hand is what it became"
    assert np.abs(seen[0] - before).max() > 0.1
    assert bench.picture.document.committed.selection is not None
    bench.studio.undo()
    assert np.array_equal(looks(bench), before)


def test_it_is_the_solution_of_poissons_equation(bench: Bench) -> None:
    """Inside, the Laplacian is that of the source (Pérez et al., equation 7)."""
    show(bench, photo())
    drag(bench)
    after, source = looks(bench), np.roll(scene(), (-AWAY[1], -AWAY[0]), (0, 1))

    def laplacian(pixels: np.ndarray) -> np.ndarray:
        return (
            4 * pixels[1:-1, 1:-1]
            - pixels[:-2, 1:-1]
            - pixels[2:, 1:-1]
            - pixels[1:-1, :-2]
            - pixels[1:-1, 2:]
        )

    inner = flawed()[1:-1, 1:-1]
    inner[: FLAW.top], inner[:, : FLAW.left] = False, False
    inner[FLAW.bottom - 2 :], inner[:, FLAW.right - 2 :] = False, False
    assert np.abs(laplacian(after) - laplacian(source))[inner][:, :3].max() < 0.006, "half floats and 1e-4"


def test_escape_takes_it_back_and_a_click_deselects(bench: Bench) -> None:
    before = show(bench, photo())
    drag(bench, end="cancel")
    document = bench.picture.document
    assert document.artwork is before and document.preview_owner is None and not document.gesture_open
    assert bench.studio.painting.marks == ()
    drag(bench, (0, 0))
    assert document.committed.selection is None and bench.labels()[-1] == "Deselect"


def test_outside_the_selection_it_draws_one(bench: Bench) -> None:
    show(bench, photo(), selection=None)
    gesture = bench.studio.painting.begin(bench.picture, Pointer(20, 20))
    for place in ((60, 20), (60, 60), (20, 60)):
        gesture.send(Pointer(*place))
    gesture.finish()
    selection = bench.picture.document.committed.selection
    assert selection is not None and selection.read(Rect(40, 40, 41, 41))[0, 0] == 1
    gesture = bench.studio.painting.begin(bench.picture, Pointer(30, 30, modifiers=frozenset(("alt",))))
    for place in ((50, 30), (50, 50), (30, 50)):
        gesture.send(Pointer(*place))
    gesture.finish()
    selection = bench.picture.document.committed.selection
    assert selection is not None and selection.read(Rect(40, 40, 41, 41))[0, 0] == 0, "Alt takes away"


def test_shift_keeps_to_one_axis(bench: Bench) -> None:
    show(bench, photo())
    drag(bench, (60, 9), shift=True)
    straight = looks(bench)
    bench.studio.undo()
    drag(bench, (60, 0))
    assert np.array_equal(straight, looks(bench))


@pytest.mark.parametrize("sample", ["layer", "this-and-below", "all"])
def test_on_an_empty_layer_it_lays_the_repair_above_what_is_below(bench: Bench, sample: str) -> None:
    below = photo()
    show(bench, below, Paint(name="Repairs", surface=Surface()))
    bench.studio.painting.change_options("patch", sample=sample)
    drag(bench)
    if sample == "layer":
        assert "no pixels at that place" in bench.sentences("info")[0]
        return
    assert bench.picture.document.committed.layers[0] is below
    assert psnr(looks(bench), scene(), flawed()) > 28


def test_a_moved_a_turned_and_a_computed_layer(bench: Bench) -> None:
    whole = Surface.from_pixels(damaged().astype(np.float16))
    moved = Paint(name="Moved", surface=Surface.from_pixels(damaged().astype(np.float16), -7, 5), transform=(1.0, 0.0, 0.0, 1.0, 7.0, -5.0))  # fmt: skip
    turned = Paint(name="Turned", surface=whole, transform=(0.0, 1.0, -1.0, 0.0, float(SIDE), 0.0))
    text = Text(name="Text", text="山", cache=whole)
    for layer, added in ((moved, 0), (turned, 1), (text, 1)):
        show(bench, layer)
        before = looks(bench)
        seen = drag(bench)
        after = looks(bench)
        document = bench.picture.document
        assert bench.labels()[1:] == ["Patch"], bench.sentences()
        assert len(list(document.committed.walk())) == 1 + added, layer.name
        assert np.array_equal(after[~flawed()], before[~flawed()]) and not np.array_equal(after, before)
        assert np.abs(seen[-1] - after).max() < 0.02, layer.name
        bench.studio.undo()
        assert document.committed.layers[0] is layer


def test_a_mask_is_patched_as_one_channel(bench: Bench) -> None:
    values = damaged()[..., 1]
    layer = photo(mask=Mask.from_pixels(values.astype(np.float16)))
    show(bench, layer)
    document = bench.picture.document
    document.amend(document.committed.with_(mask_edited=layer.id))
    drag(bench)
    after = document.committed.layers[0]
    assert isinstance(after, Paint) and after.surface is layer.surface and after.mask is not None
    found = after.mask.read(Rect(0, 0, SIDE, SIDE)).astype(np.float32)
    assert np.abs(found - scene()[..., 1])[flawed()].mean() < 0.03
    assert np.array_equal(found[~flawed()], values[~flawed()])


def test_a_large_flaw_is_solved_smaller_while_it_is_dragged(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.workspace.live_cloning.SIDE", 16)
    show(bench, photo())
    seen = drag(bench)
    after = looks(bench)
    inner = flawed()
    assert np.abs(seen[-1] - after)[inner].mean() < 0.02
    assert np.abs(seen[-1] - after)[~inner].max() < 0.5, "only a rim of a coarse pixel differs"


def test_mixed_gradients_let_the_stronger_texture_stay(bench: Bench) -> None:
    flat = np.full((SIDE, SIDE, 4), (0.5, 0.5, 0.5, 1), np.float32)
    flat[60:62, 45:65] = (0.1, 0.1, 0.1, 1)
    for mixed, contrast in ((False, 0.02), (True, 0.3)):
        layer = Paint(name="Line", surface=Surface.from_pixels(flat.astype(np.float16)))
        show(bench, layer)
        bench.studio.painting.change_options("patch", mixed=mixed)
        drag(bench)
        strip = looks(bench)[50:80, 54, 0]
        assert (np.ptp(strip) > contrast) == mixed


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ((photo(locks=Locks(all=True)),), "locked"),
        ((photo(visible=False),), "hidden"),
    ],
)  # fmt: skip
def test_what_it_refuses_it_says(bench: Bench, layers: tuple[Layer, ...], words: str) -> None:
    before = show(bench, *layers)
    drag(bench)
    assert bench.picture.document.artwork is before and words in bench.sentences("info")[0]


def test_beyond_the_pixels_there_is_nothing_to_take(bench: Bench) -> None:
    before = show(bench, photo())
    drag(bench, (300, 0))
    assert bench.picture.document.artwork is before
    assert bench.sentences("info") == [patching.NO_SOURCE]
    assert bench.picture.document.preview_owner is None


def test_the_quick_mask_is_left_first(bench: Bench) -> None:
    show(bench, photo())
    bench.studio.selecting.toggle_quick_mask()
    drag(bench)
    assert bench.sentences("info")[-1] == repair_target.QUICK_MASK


def test_groups_and_fills_are_repaired_by_a_layer_above(bench: Bench) -> None:
    for layer in (Group(name="Group", children=(photo(),)), Fill(name="Fill", recipe=fills.GRADIENT.stored(fills.FillGradient(x1=99.0)))):  # fmt: skip
        show(bench, layer)
        before = looks(bench)
        drag(bench)
        assert bench.labels()[-1] == "Patch", bench.sentences()
        assert np.array_equal(looks(bench)[~flawed()], before[~flawed()])
        assert len(bench.picture.document.committed.layers) == 2


def test_the_same_as_the_command_line(bench: Bench) -> None:
    """``danqing heal --method patch`` finds what the tool does, within its tolerance."""
    show(bench, photo())
    drag(bench)
    method = heal.METHODS["patch"]
    told = heal.finished(
        method.repair(damaged(), flawed().astype(np.float32), heal.Patch(x=AWAY[0], y=AWAY[1]), None)
    )
    assert np.abs(told - looks(bench)).max() < 0.03
