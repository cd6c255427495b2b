"""The gradient tool: drawn, moved, recoloured, one undo step; on masks and pixels."""

from __future__ import annotations

import numpy as np
import pytest

from studio import settings as settings_file
from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Fill, Group, Locks, Paint
from studio.raster.colour import widen
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.settings import Settings
from studio.synthesis.fills import FillGradient, parameters_of
from studio.workspace.tools import Pointer
from studio.workspace.tools.gradient import GradientSession
from studio.workspace.tools.marks import Handle
from studio.workspace.viewing import Frame
from tests.workspace.conftest import Bench

RED, BLUE = (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)


@pytest.fixture
def ready(bench: Bench) -> Bench:
    bench.studio.new_picture(300, 200)
    bench.studio.painting.set_colour(RED)
    bench.studio.painting.set_background(BLUE)
    bench.studio.painting.choose_tool("gradient")
    bench.studio.painting.change_options("gradient", space="encoded", dither=False)
    return bench


def drag(bench: Bench, *places: tuple[float, float], **fields) -> None:
    gesture = bench.studio.painting.begin(bench.picture, Pointer(*places[0], **fields))
    if gesture is None:
        return
    for place in places[1:]:
        gesture.send(Pointer(*place, **fields))
    gesture.finish()
    bench.settle()


def session(bench: Bench) -> GradientSession:
    found = bench.studio.painting.session
    assert isinstance(found, GradientSession)
    return found


def values(bench: Bench) -> FillGradient:
    layer = bench.active
    assert isinstance(layer, Fill)
    return parameters_of(layer.recipe)


def flat(bench: Bench) -> np.ndarray:
    return bench.picture.renderer.flatten(bench.picture.document.artwork)


def test_a_drag_makes_a_fill_layer_and_enter_one_step(ready: Bench) -> None:
    drag(ready, (50, 100), (120, 90), (250, 100))
    assert ready.labels() == ["New picture"] and ready.picture.document.preview_owner == "gradient"
    pixels = flat(ready)
    assert pixels[100, 10, :3] == pytest.approx(RED) and pixels[100, 290, :3] == pytest.approx(BLUE)
    assert pixels[100, 150, 0] == pytest.approx(0.5, abs=0.01)
    ready.studio.painting.close_session()
    assert ready.labels() == ["New picture", "Gradient"] and ready.active.name == "Gradient"
    ready.studio.undo()
    assert len(ready.picture.document.artwork.layers) == 1


def test_escape_leaves_nothing(ready: Bench) -> None:
    before = ready.picture.document.artwork
    drag(ready, (50, 100), (250, 100))
    ready.studio.painting.close_session(apply=False)
    assert ready.picture.document.artwork is before
    gesture = ready.studio.painting.begin(ready.picture, Pointer(50, 50))
    assert gesture is not None
    gesture.send(Pointer(150, 50))
    gesture.cancel()
    assert ready.picture.document.artwork is before and session(ready).marks == ()


def test_ends_are_taken_by_their_grips(ready: Bench) -> None:
    drag(ready, (50, 100), (250, 100))
    drag(ready, (252, 101), (200, 150))
    assert (values(ready).x0, values(ready).x1, values(ready).y1) == (50, 200, 150)
    handles = [mark for mark in session(ready).marks if isinstance(mark, Handle)]
    assert len(handles) == 4  # two ends, two stops


def test_shift_keeps_to_eight_directions_and_alt_goes_from_the_middle(ready: Bench) -> None:
    drag(ready, (50, 100), (250, 110), modifiers=frozenset({"shift"}))
    assert values(ready).y1 == pytest.approx(100)
    drag(ready, (100, 50), (150, 50), modifiers=frozenset({"alt"}))
    assert (values(ready).x0, values(ready).x1) == (50, 150)


def test_stops_are_added_moved_coloured_and_taken_out(ready: Bench) -> None:
    drag(ready, (50, 100), (250, 100))
    ready.studio.painting.begin(ready.picture, Pointer(150, 116, clicks=2))
    assert len(values(ready).stops) == 3
    assert values(ready).stops[2][:2] == pytest.approx((0.5, 0.5), abs=1e-6)
    ready.studio.painting.set_colour((0.0, 1.0, 0.0))
    assert flat(ready)[100, 150, :3] == pytest.approx((0, 1, 0), abs=0.02)
    drag(ready, (150, 116), (100, 116))
    assert values(ready).stops[2][0] == pytest.approx(0.25)
    assert session(ready).key("delete", "", frozenset())
    assert len(values(ready).stops) == 2
    drag(ready, (50, 116), (50, 400))
    assert len(values(ready).stops) == 1
    drag(ready, (250, 116), (250, 400))
    assert len(values(ready).stops) == 1  # the last one stays


def test_options_change_the_open_gradient(ready: Bench) -> None:
    drag(ready, (150, 100), (250, 100))
    ready.studio.painting.change_options("gradient", kind="radial", extend="mirror")
    assert values(ready).kind == "radial" and values(ready).extend == "mirror"
    ready.studio.painting.change_options("gradient", colours="colour-to-transparent")
    assert values(ready).stops[1][4] == 0
    ready.studio.painting.close_session()
    assert ready.labels() == ["New picture", "Gradient"]


def test_a_gradient_layer_is_taken_up_again(ready: Bench) -> None:
    drag(ready, (50, 100), (250, 100))
    ready.studio.painting.choose_tool("brush")
    ready.studio.painting.choose_tool("gradient")
    drag(ready, (50, 100), (80, 100))
    ready.studio.painting.close_session()
    assert values(ready).x0 == 80
    assert len(ready.picture.document.artwork.layers) == 2
    assert ready.labels() == ["New picture", "Gradient", "Gradient"]


def test_a_gradient_inside_a_moved_group_lies_where_it_was_drawn(ready: Bench) -> None:
    group = Group(name="Group", transform=(2.0, 0.0, 0.0, 2.0, 20.0, 10.0))
    artwork = edits.add_layer(ready.picture.document.artwork, group)
    inner = Fill(name="g", recipe=colour_recipe())
    artwork = edits.add_layer(artwork, inner, into=group.id)
    ready.picture.document.commit("Group", artwork)
    drag(ready, (50, 100), (250, 100))
    assert flat(ready)[100, 150, 0] == pytest.approx(0.5, abs=0.01)


def colour_recipe():
    from studio.synthesis import fills

    return fills.COLOUR.stored(fills.FillColour())


def test_the_selection_becomes_the_mask_of_the_layer(ready: Bench) -> None:
    artwork = edits.set_selection(
        ready.picture.document.artwork, edits.rectangle_selection(Rect(0, 0, 150, 200))
    )
    ready.picture.document.commit("Select", artwork)
    drag(ready, (50, 100), (250, 100))
    ready.studio.painting.close_session()
    pixels = flat(ready)
    assert (pixels[:, 150:] == 1).all() and pixels[100, 10, 1] == 0


def test_on_a_mask_it_paints_the_mask(ready: Bench) -> None:
    art = ready.picture.document.artwork
    masked = edits.change(art, art.active, mask=Mask(default=1.0)).with_(mask_edited=art.active)
    ready.picture.document.commit("Mask", masked)
    ready.studio.painting.choose_tool("brush")
    ready.studio.painting.set_colour((0.0, 0.0, 0.0))
    ready.studio.painting.set_background((1.0, 1.0, 1.0))
    ready.studio.painting.choose_tool("gradient")
    drag(ready, (0, 100), (300, 100))
    assert ready.labels()[-1] == "Gradient"
    mask = ready.active.mask
    assert mask is not None
    assert mask.read(Rect(0, 0, 300, 1))[0, [1, 150, 298]].tolist() == pytest.approx([0, 0.5, 1], abs=0.01)


def test_without_a_layer_it_is_painted_on_the_pixels(ready: Bench) -> None:
    ready.studio.painting.change_options("gradient", as_layer=False)
    drag(ready, (0, 100), (300, 100))
    assert len(ready.picture.document.artwork.layers) == 1 and ready.labels()[-1] == "Gradient"
    assert flat(ready)[100, 150, 0] == pytest.approx(0.5, abs=0.01)
    ready.studio.layers.set_lock(ready.active.id, all=True)
    drag(ready, (0, 100), (300, 100))
    assert len(ready.sentences("info")) == 1


def test_a_locked_gradient_is_left_alone(ready: Bench) -> None:
    drag(ready, (50, 100), (250, 100))
    ready.studio.painting.close_session()
    locked = edits.change(ready.picture.document.artwork, ready.active.id, locks=Locks(all=True))
    ready.picture.document.commit("Lock", locked)
    drag(ready, (50, 100), (80, 100))
    ready.studio.painting.close_session()
    assert len(ready.picture.document.artwork.layers) == 3


def test_the_stops_of_the_options_follow_the_colours_until_they_are_changed_by_hand(ready: Bench) -> None:
    painting = ready.studio.painting
    assert painting.options("gradient").stops == ((0.0, *RED, 1.0), (1.0, *BLUE, 1.0))
    painting.set_colour((0.0, 1.0, 0.0))
    assert painting.options("gradient").stops[0][2] == 1.0
    painting.change_options("gradient", colours="colour-to-transparent")
    assert painting.options("gradient").stops[1][4] == 0.0
    by_hand = ((0.0, 0.0, 0.0, 0.0, 1.0), (0.4, 1.0, 1.0, 1.0, 1.0), (1.0, 1.0, 0.0, 0.0, 1.0))
    painting.change_options("gradient", stops=by_hand)
    assert painting.options("gradient").colours == "own" and painting.options("gradient").stops == by_hand
    painting.set_colour(RED)
    assert painting.options("gradient").stops == by_hand
    drag(ready, (50, 100), (250, 100))
    assert values(ready).stops == by_hand


def test_options_that_move_with_the_hand_are_written_once_and_off_the_hand(
    ready: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready.settle()
    written: list[Settings] = []
    monkeypatch.setattr(settings_file, "save", written.append)
    for step in range(1, 9):
        stops = ((0.0, 0.0, 0.0, 0.0, 1.0), (step / 10, 1.0, 1.0, 1.0, 1.0))
        ready.studio.painting.change_options("gradient", colours="own", stops=stops)
    assert not written
    ready.settle()
    assert len(written) == 1 and written[0].tool_options["gradient"]["stops"][1][0] == 0.8


def test_settings_that_cannot_be_written_are_told_once(ready: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(settings: Settings) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(settings_file, "save", refuse)
    for name in ("radial", "angle"):
        ready.studio.painting.change_options("gradient", kind=name)
        ready.settle()
    assert len(ready.sentences("warn")) == 1


def under_the_hand(bench: Bench, *places: tuple[float, float]) -> Artwork:
    """What is seen with the pen at the last of ``places``, not lifted yet; the drag is then taken back."""
    before = bench.picture.document.artwork
    gesture = bench.studio.painting.begin(bench.picture, Pointer(*places[0]))
    assert gesture is not None
    for place in places[1:]:
        gesture.send(Pointer(*place))
    bench.settle()
    seen = bench.picture.document.artwork
    gesture.cancel()
    assert bench.picture.document.artwork is before and bench.picture.document.preview_owner is None
    return seen


def soft_selection() -> Mask:
    """A disc with an edge of 60 pixels."""
    y, x = np.mgrid[:200, :300]
    return Mask.from_pixels(np.clip((90 - np.hypot(x - 150, y - 100)) / 60, 0, 1).astype(np.float32))


def painted(ready: Bench, **changes) -> None:
    """One paint layer with a half covered part, away from the origin; a soft selection."""
    x = np.linspace(0, 1, 300, dtype=np.float32)
    pixels = np.zeros((200, 300, 4), np.float16)
    pixels[..., 3] = x
    pixels[..., 1] = x * 0.5
    artwork = edits.change(
        ready.picture.document.artwork, ready.active.id, surface=Surface.from_pixels(pixels), **changes
    )
    ready.picture.document.commit("Paint", artwork.with_(selection=soft_selection()))


def commit_anew(ready: Bench, **changes) -> None:
    """A step, after which the tool is taken up again."""
    ready.picture.document.commit("Change", ready.picture.document.artwork.with_(**changes))
    ready.studio.painting.choose_tool("brush")
    ready.studio.painting.choose_tool("gradient")


@pytest.mark.parametrize("locked", [False, True])
def test_on_pixels_it_is_seen_as_it_will_be_while_it_is_drawn(ready: Bench, locked: bool) -> None:
    painted(ready, locks=Locks(alpha=locked), transform=(1.0, 0.0, 0.0, 1.0, 7.0, -3.0), opacity=0.8)
    ready.studio.painting.change_options("gradient", as_layer=False)
    steps = ready.labels()
    seen = under_the_hand(ready, (20, 100), (100, 90), (250, 120))
    assert ready.labels() == steps
    drag(ready, (20, 100), (250, 120))
    assert ready.labels() == [*steps, "Gradient"] and ready.picture.document.preview_owner is None
    assert isinstance(ready.active, Paint)
    shown = ready.picture.renderer.flatten(seen)
    assert np.abs(shown - flat(ready)).max() < 0.003
    assert (
        np.abs(shown - ready.picture.renderer.flatten(ready.picture.document.history[-2].artwork)).max() > 0.2
    )


@pytest.mark.parametrize("zoom", [1.0, 0.25])
def test_on_a_mask_it_is_seen_while_it_is_drawn(ready: Bench, zoom: float) -> None:
    painted(ready, mask=Mask.from_pixels(np.full((200, 150), 0.5, np.float32), default=1.0))
    commit_anew(ready, mask_edited=ready.active.id)
    corners = ((0.0, 0.0), (300.0, 0.0), (300.0, 200.0), (0.0, 200.0))
    ready.studio.viewing.show_frame(Frame(corners, zoom, 0.0, False))
    seen = under_the_hand(ready, (20, 100), (250, 120)).active_layer
    drag(ready, (20, 100), (250, 120))
    laid = ready.active.mask
    assert seen is not None and seen.mask is not None and laid is not None
    area, side = Rect(0, 0, 296, 200), round(1 / zoom)
    shown, exact = (
        widen(mask.read(area)).reshape(200 // side, side, -1, side).mean((1, 3)) for mask in (seen.mask, laid)
    )
    assert np.abs(shown - exact).max() < 0.004 and np.ptp(exact) > 0.4
    corner = Rect(0, 0, 4, 4)
    assert (seen.mask.read(corner) == 0.5).all()  # not selected


def test_on_a_turned_layer_the_mask_follows_too(ready: Bench) -> None:
    painted(ready, mask=Mask(default=1.0), transform=(0.8, 0.6, -0.6, 0.8, 60.0, -20.0))
    commit_anew(ready, mask_edited=ready.active.id)
    seen = under_the_hand(ready, (20, 100), (250, 120))
    drag(ready, (20, 100), (250, 120))
    assert np.abs(ready.picture.renderer.flatten(seen) - flat(ready)).max() < 0.01


def test_on_the_quick_mask_it_is_seen_while_it_is_drawn(ready: Bench) -> None:
    commit_anew(ready, quick_mask=True)
    seen = under_the_hand(ready, (0, 100), (300, 100)).selection
    drag(ready, (0, 100), (300, 100))
    laid = ready.picture.document.artwork.selection
    assert seen is not None and laid is not None
    area = Rect(0, 0, 300, 200)
    assert np.abs(widen(seen.read(area)) - widen(laid.read(area))).max() < 0.003


def test_what_was_seen_stays_until_the_gradient_is_laid_and_leaves_for_another_thing(ready: Bench) -> None:
    ready.studio.painting.change_options("gradient", as_layer=False)
    gesture = ready.studio.painting.begin(ready.picture, Pointer(0, 100))
    assert gesture is not None
    gesture.send(Pointer(300, 100))
    ready.studio.render_lane.drain()
    ready.settle()
    gesture.send(Pointer(290, 100))
    document = ready.picture.document
    before = document.committed
    gesture.finish()
    assert document.preview_owner == "guess" and document.committed is before
    ready.studio.settle()  # anything else begins
    assert document.artwork is before
    ready.settle()
    assert ready.labels()[-1] == "Gradient" and document.preview_owner is None
