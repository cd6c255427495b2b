"""Every tool where it can do little: on a locked, hidden or missing layer it does the sensible thing or says one sentence."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Fill, Filter, Group, Layer, Locks, Paint, Text, Unknown
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.synthesis import fills
from studio.workspace.tools import Pointer
from studio.workspace.tools.registry import ALL
from tests.document.pictures import generated, paint, stored
from tests.workspace.conftest import Bench

SIDE = 80
TOOLS = [kind.name for kind in ALL if not kind.view]
REMAKES_THE_PICTURE = {"crop", "page"}
"""Tools of the picture as a whole, whose layers are made anew."""
PAINTS = ("ink", "brush", "eraser", "smudge", "blur", "liquify", "clone", "heal", "red-eye", "dodge", "burn", "sponge", "fill", "lasso-fill", "move", "transform")  # fmt: skip
ALSO_CANCELLED = ("empty", "locked", "hidden", "group", "text", "mask, locked")


def _with(*layers: Layer, active: int = -1) -> Artwork:
    artwork = Artwork(width=SIDE, height=SIDE, layers=layers)
    return edits.set_active(artwork, layers[active].id) if layers else artwork


def situations() -> dict[str, Artwork]:
    """The picture that a press meets, by what is special about it."""
    ground = paint("Ground", 0, 0, 0, 1, 0, 1)
    pixels = paint().surface
    return {
        "empty": _with(),
        "one by one": Artwork(width=1, height=1, layers=(Paint(name="Dot", surface=Surface()),)),
        "no pixels": _with(Paint(name="Blank", surface=Surface())),
        "locked": _with(ground, paint("Locked", 20, 20, locks=Locks(all=True))),
        "locked position": _with(ground, paint("Fixed", 20, 20, locks=Locks(position=True))),
        "locked alpha": _with(ground, paint("Alpha", 20, 20, locks=Locks(alpha=True))),
        "hidden": _with(ground, paint("Hidden", 20, 20, visible=False)),
        "group": _with(ground, Group(name="Group", children=(paint("Inside", 30, 30),))),
        "empty group": _with(ground, Group(name="Group")),
        "locked group": _with(Group(name="Group", children=(paint("Inside"),), locks=Locks(all=True))),
        "in a locked group": _inside(locks=Locks(all=True)),
        "in a hidden group": _inside(visible=False),
        "hidden group": _with(Group(name="Group", children=(paint("Inside"),), visible=False)),
        "nothing active": _with(ground).with_(active=""),
        "nothing selected": _with(ground).with_(selection=Mask(default=0.0)),
        "text": _with(ground, Text(name="Text", text="山", cache=pixels)),
        "fill": _with(ground, Fill(name="Fill", recipe=fills.GRADIENT.stored(fills.FillGradient(x1=9.0)))),
        "filter": _with(ground, Filter(name="Blur", recipe=stored("gaussian-blur", sigma=2.0))),
        "generated": _with(ground, generated(name="Generated")),
        "unknown": _with(ground, Unknown(name="Later", kind="later", raw=b"?", surface=pixels)),
        "mask, locked": _with(ground, paint("Masked", locks=Locks(all=True), mask=Mask(default=0.5))),
    }  # fmt: skip


def _inside(**fields: object) -> Artwork:
    inside = paint("Inside", 20, 20)
    artwork = _with(Group(name="Group", children=(inside,), **fields))
    return edits.set_active(artwork, inside.id)


@pytest.mark.parametrize("tool", TOOLS)
def test_with_no_picture(bench: Bench, tool: str) -> None:
    painting = bench.studio.painting
    painting.choose_tool("symmetry" if tool != "symmetry" else "ink")
    painting.choose_tool(tool)
    assert painting.session is None and painting.open_session() is None
    assert not bench.told


@pytest.mark.parametrize("tool", TOOLS)
def test_a_press(bench: Bench, tool: str) -> None:
    for name, artwork in situations().items():
        for cancelled in (False, True) if name in ALSO_CANCELLED else (False,):
            try:
                press_where_little_can_be_done(bench, tool, artwork, cancelled)
            except BaseException as error:
                error.add_note(f"situation: {name}, {'cancelled' if cancelled else 'released'}")
                raise


def press_where_little_can_be_done(bench: Bench, tool: str, before: Artwork, cancelled: bool) -> None:
    studio, painting = bench.studio, bench.studio.painting
    painting.choose_tool("symmetry" if tool != "symmetry" else "ink")
    picture = studio.show(before, title="Picture")
    bench.settle()
    bench.told.clear()
    document = picture.document
    painting.choose_tool(tool)
    assert len(bench.told) <= 1, bench.sentences()
    bench.told.clear()
    drag(bench, cancelled)
    assert len(bench.told) <= 1, bench.sentences()
    assert not document.gesture_open
    if painting.session is not None:
        painting.close_session(apply=not cancelled)
        painting.put_back()
    bench.settle()
    assert painting.session is None and painting.marks == () and document.preview_owner is None
    assert len(bench.told) <= 1 and not bench.sentences("error"), bench.sentences()
    if tool not in REMAKES_THE_PICTURE:
        same_where_locked(before, document.artwork)
    if cancelled:
        assert_same(before, document.artwork)
    while document.can_undo:
        studio.undo()
    assert_same(before, document.artwork)
    studio.close(picture)
    bench.settle()


@pytest.mark.parametrize("situation", ["locked", "in a locked group", "mask, locked"])
@pytest.mark.parametrize("tool", PAINTS)
def test_what_changes_a_layer_says_that_it_is_locked(bench: Bench, tool: str, situation: str) -> None:
    before = situations()[situation]
    bench.studio.painting.choose_tool("symmetry")
    bench.studio.painting.choose_tool(tool)
    bench.studio.show(before, title="Picture")
    drag(bench, False)
    bench.settle()
    assert len(bench.told) == 1 and "locked" in bench.sentences("info")[0]
    assert bench.picture.document.artwork is before


NEEDS_NO_LAYER = {kind.name for kind in ALL if kind.family in ("select", "lasso", "wand", "crop", "picker", "measure")} | {
    "page", "symmetry", "assistants", "polygon", "magnetic", "patch",
}  # fmt: skip
"""Tools of the selection, the canvas and the view; a session of several presses does nothing at the first."""
ONE_PRESS_IS_NOT_ENOUGH = {"path", "text"}
SILENT = (
    "hidden", "in a hidden group", "hidden group", "locked", "in a locked group", "locked group", "nothing active", "empty",
    "nothing selected", "no pixels",
)  # fmt: skip


@pytest.mark.parametrize("situation", SILENT)
@pytest.mark.parametrize("tool", [tool for tool in TOOLS if tool not in NEEDS_NO_LAYER])
def test_a_tool_does_what_is_seen_or_says_why_not(bench: Bench, tool: str, situation: str) -> None:
    """Never silently nothing, never a change that nobody sees; where it is said why not, nothing has changed."""
    before = situations()[situation]
    studio, painting = bench.studio, bench.studio.painting
    painting.choose_tool("symmetry")
    picture = studio.show(before, title="Picture")
    bench.settle()
    bench.told.clear()
    painting.choose_tool(tool)
    drag(bench, False)
    if painting.session is not None:
        painting.close_session()
    bench.settle()
    after, said = picture.document.artwork, bench.sentences("info", "warn")
    if said:
        assert len(said) == 1 and len(picture.document.history) == 1 and after is before, said
        assert any(word in said[0] for word in WAYS_OUT), said
    elif tool not in ONE_PRESS_IS_NOT_ENOUGH:
        looks = [picture.renderer.flatten(artwork) for artwork in (before, after)]
        assert not np.array_equal(*looks)
        same_where_locked(before, after)


WAYS_OUT = ("panel", "Deselect", "Select something", "Choose one", "Alt+click", "outside the selection", "selection holds no", "no layer", "is empty")  # fmt: skip
"""What one of the sentences says: what to do, or what there is to see."""


@pytest.mark.parametrize(
    "situation", ["in a hidden group", "hidden group", "in a locked group", "locked group"]
)
@pytest.mark.parametrize(
    "tool", ["gradient", "rectangle", "ellipse", "polygon-shape", "line", "path", "text"]
)
def test_nothing_is_put_into_a_group_that_is_hidden_or_locked(
    bench: Bench, tool: str, situation: str
) -> None:
    before = situations()[situation]
    bench.studio.painting.choose_tool("symmetry")
    bench.studio.show(before, title="Picture")
    bench.studio.painting.choose_tool(tool)
    drag(bench, False)
    bench.settle()
    assert bench.picture.document.artwork is before
    (said,) = bench.sentences("info")
    assert ("hidden" if "hidden" in situation else "locked") in said and "Layers panel" in said


@pytest.mark.parametrize("key", ["left", "up"])
def test_the_arrows_say_it_too(bench: Bench, key: str) -> None:
    for situation, word in (("hidden", "hidden"), ("locked", "locked"), ("no pixels", "empty")):
        bench.told.clear()
        bench.studio.painting.choose_tool("move")
        picture = bench.studio.show(situations()[situation], title="Picture")
        take = bench.studio.painting.kind.key
        assert take is not None and take(picture, bench.studio.painting, key, frozenset())
        assert len(bench.told) == 1 and word in bench.sentences("info")[0]
        assert len(picture.document.history) == 1


def test_of_several_chosen_layers_one_that_is_seen_is_enough_to_move(bench: Bench) -> None:
    hidden, seen = paint("Hidden", 20, 20, visible=False), paint("Seen", 40, 40)
    artwork = _with(hidden, seen).with_(selected=(hidden.id, seen.id))
    picture = bench.studio.show(artwork, title="Picture")
    bench.studio.painting.choose_tool("symmetry")
    bench.studio.painting.choose_tool("move")
    drag(bench, False)
    assert not bench.told
    places = [layer.transform[4:] for layer in picture.document.artwork.layers]
    assert places[0] == places[1] != (0.0, 0.0)


def test_a_stroke_that_changes_no_pixel_is_no_step(bench: Bench) -> None:
    """Smudging one flat colour writes what is there already."""
    ground = paint("Ground", 0, 0, 0.5, 0.25, 0.0, 1.0)
    pixels = np.full((SIDE, SIDE, 4), ground.surface.tile((0, 0)).pixels()[5, 5], np.float16)  # type: ignore[union-attr]
    artwork = _with(ground.with_(surface=Surface.from_pixels(pixels)))
    bench.studio.painting.choose_tool("smudge")
    bench.studio.painting.change_brush(size=20.0)
    picture = bench.studio.show(artwork, title="Picture")
    gesture = bench.studio.painting.begin(picture, Pointer(30.0, 30.0))
    assert gesture is not None
    gesture.send(Pointer(50.0, 50.0, t=0.1))
    gesture.finish()
    assert picture.document.artwork is artwork and not bench.told


REFUSED_AT_ONCE = {
    "locked": "locked", "locked position": "locked", "no pixels": "empty", "empty group": "empty", "empty": "no layer",
}  # fmt: skip


@pytest.mark.parametrize("situation", REFUSED_AT_ONCE)
def test_what_is_said_when_a_tool_is_taken_its_first_press_does_not_say_again(
    bench: Bench, situation: str
) -> None:
    painting = bench.studio.painting
    bench.studio.show(situations()[situation], title="Picture")
    bench.settle()
    painting.choose_tool("transform")
    assert REFUSED_AT_ONCE[situation] in " ".join(bench.sentences("info")) and len(bench.told) == 1
    drag(bench, False)
    assert len(bench.told) == 1, "the same card, a moment later"
    drag(bench, False)
    assert len(bench.told) == 2, "but whoever presses again is told again"


def test_a_press_on_another_picture_says_what_is_wrong_there(bench: Bench) -> None:
    first = situations()["locked"]
    bench.studio.show(first, title="Picture")
    bench.studio.painting.choose_tool("transform")
    document = bench.picture.document
    document.commit("Unlock", edits.set_locks(document.artwork, document.artwork.active, Locks()))
    document.commit("Lock", edits.set_locks(document.artwork, document.artwork.active, Locks(all=True)))
    bench.told.clear()
    drag(bench, False)
    assert len(bench.told) == 1


def drag(bench: Bench, cancelled: bool) -> None:
    places = [(25.0, 25.0), (40.0, 28.0), (42.0, 50.0), (22.0, 46.0)]
    gesture = bench.studio.painting.begin(bench.picture, Pointer(*places[0]))
    if gesture is None:
        return
    for number, place in enumerate(places[1:]):
        gesture.send(Pointer(*place, t=number / 50))
    gesture.cancel() if cancelled else gesture.finish()


def same_where_locked(before: Artwork, after: Artwork) -> None:
    """What is locked is there yet, bit for bit; what is empty of selection changed nothing."""
    for layer in before.walk():
        if not layer.locks.all:
            continue
        now = after.find(layer.id)
        assert now is not None
        if isinstance(layer, Paint):
            assert isinstance(now, Paint) and now.surface is layer.surface and now.mask is layer.mask


def assert_same(before: Artwork, after: Artwork) -> None:
    """The same layers; which one is active may differ."""
    assert [layer.id for layer in before.walk()] == [layer.id for layer in after.walk()]
    assert all(one is after.find(one.id) for one in before.walk())
    one, other = before.selection, after.selection
    assert one is other or (
        one is not None
        and other is not None
        and np.array_equal(one.read(before.rect), other.read(before.rect))
    )
