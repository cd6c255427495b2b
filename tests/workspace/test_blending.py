"""A layer dragged in the mode that blends it into the picture: solved under the hand, exactly when it is applied."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import arranging, edits
from studio.document.artwork import Artwork
from studio.document.layer import Filter, Group, Layer, Locks, Paint
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.synthesis.cloning import Cloning
from studio.workspace import fusing, live_cloning
from studio.workspace.blending import BlendInSession
from studio.workspace.tools import Pointer
from tests.document.pictures import stored
from tests.workspace.conftest import Bench

SIDE = 200
CANVAS = Rect(0, 0, SIDE, SIDE)


def ground(**fields: object) -> Paint:
    x = np.mgrid[:SIDE, :SIDE].astype(np.float32)[1]
    pixels = np.ones((SIDE, SIDE, 4), np.float32)
    pixels[..., :3] = (0.2 + 0.003 * x)[..., None] * (1, 0.8, 0.6)
    return Paint(name="Ground", surface=Surface.from_pixels(pixels.astype(np.float16)), **fields)


def leaf(left: int = 20, top: int = 30, **fields: object) -> Paint:
    pixels = np.ones((40, 50, 4), np.float32)
    pixels[..., :3] = 0.7 + np.random.default_rng(1).normal(0, 0.05, (40, 50, 1))
    fields = {"name": "Leaf", **fields}
    return Paint(surface=Surface.from_pixels(pixels.astype(np.float16), left, top), **fields)  # type: ignore[arg-type]


def show(bench: Bench, *layers: Layer, **fields: object) -> Artwork:
    artwork = Artwork(
        width=SIDE, height=SIDE, layers=layers, active=layers[-1].id if layers else "", **fields
    )
    bench.studio.painting.choose_tool("move")
    bench.studio.show(artwork, title="Stage")
    bench.settle()
    bench.told.clear()
    bench.studio.painting.choose_tool("blend-in")
    bench.settle()
    return artwork


def session(bench: Bench) -> BlendInSession:
    found = bench.studio.painting.session
    assert isinstance(found, BlendInSession), bench.sentences()
    return found


def looks(bench: Bench) -> np.ndarray:
    return bench.picture.renderer.flatten(bench.picture.document.artwork)


def drag(bench: Bench, x: float, y: float, *, end: str = "finish") -> None:
    gesture = bench.studio.painting.begin(bench.picture, Pointer(30, 40))
    assert gesture is not None
    for part in (0.4, 1.0):
        gesture.send(Pointer(30 + part * x, 40 + part * y, t=part))
        bench.settle()
    getattr(gesture, end)()
    bench.settle()


@pytest.mark.parametrize(("gradients", "method"), [("seamless", "poisson"), ("mixed", "mixed-gradients")])
def test_what_is_seen_under_the_hand_is_what_is_applied(bench: Bench, gradients: str, method: str) -> None:
    below, layer = ground(), leaf()
    bench.studio.painting.change_options("blend-in", gradients=gradients)
    before = show(bench, below, layer)
    at_first = looks(bench)
    drag(bench, 90, 70)
    seen = looks(bench)
    assert np.abs(seen - at_first).max() > 0.1 and bench.picture.document.committed is before
    bench.studio.painting.close_session()
    bench.settle()
    document = bench.picture.document
    assert bench.labels()[1:] == ["Blend into surroundings"]
    assert [one.visible for one in document.committed.layers] == [True, False, True]
    moved = arranging.moved(before, (layer.id,), 90.0, 70.0)
    work = fusing.blended_in(bench.picture.renderer, moved, fusing.FUSIONS[method], Cloning())
    while True:
        try:
            next(work)
        except StopIteration as end:
            exact = bench.picture.renderer.flatten(end.value)
            break
    assert np.array_equal(looks(bench), exact), "at full size it is the method itself"
    assert np.abs(seen - exact).max() < 0.01
    bench.studio.undo()
    assert document.committed is before


def test_a_layer_larger_than_a_preview_is_solved_smaller(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.workspace.live_cloning.SIDE", 16)
    show(bench, ground(), leaf(left=24, top=32))
    drag(bench, 64, 48)
    seen = looks(bench)
    bench.studio.painting.close_session()
    bench.settle()
    inner = (slice(86, 114), slice(94, 132))
    assert abs(seen[inner].mean() - looks(bench)[inner].mean()) < 0.02


def test_a_preview_has_512_pixels_wherever_the_picture_has() -> None:
    for width, height in ((40, 30), (513, 20), (1200, 900), (1023, 1024), (700, 4096), (9000, 40)):
        box = Rect(37, -11, 37 + width, -11 + height)
        size = live_cloning.size_for(box, 1)
        inner = max(width / size.scale[0], height / size.scale[1])
        assert min(512, max(width, height)) - 2 <= inner <= 514
        whole = size.area.from_level(size.level)
        spare = box.left - whole.left, whole.right - box.right, box.top - whole.top, whole.bottom - box.bottom
        assert min(spare[:2]) >= size.scale[0] and min(spare[2:]) >= size.scale[1], "a pixel around is free"


def test_escape_leaves_it_and_undo_goes_back_inside(bench: Bench) -> None:
    before = show(bench, ground(), leaf())
    drag(bench, 50, 0)
    assert session(bench).place == (50, 0)
    session(bench).key("down", "", frozenset(("shift",)))
    assert session(bench).place == (50, 10)
    assert session(bench).undo() and session(bench).undo() and session(bench).place == (0, 0)
    assert session(bench).redo() and session(bench).place == (50, 0)
    drag(bench, 5, 5, end="cancel")
    assert session(bench).place == (50, 0), "Esc in a drag takes back the drag"
    session(bench).set_number("x", 100.0)
    assert session(bench).place == (80, 0) and [one[2] for one in session(bench).numbers] == [100.0, 30.0]
    bench.studio.painting.close_session(apply=False)
    bench.settle()
    document = bench.picture.document
    assert document.artwork is before and document.preview_owner is None and len(bench.labels()) == 1
    assert bench.studio.painting.tool == "blend-in" or not bench.studio.painting.marks


def test_untouched_it_is_applied_by_enter_alone(bench: Bench) -> None:
    before = show(bench, ground(), leaf())
    bench.studio.painting.choose_tool("ink")
    bench.settle()
    document = bench.picture.document
    assert document.artwork is before and document.preview_owner is None and len(bench.labels()) == 1
    bench.studio.painting.choose_tool("blend-in")
    bench.settle()
    assert not session(bench).key("return", "", frozenset())
    bench.studio.painting.close_session()
    bench.settle()
    assert bench.labels()[1:] == ["Blend into surroundings"]


def test_undo_before_the_first_move_leaves_it(bench: Bench) -> None:
    before = show(bench, ground(), leaf())
    bench.studio.undo()
    bench.settle()
    document = bench.picture.document
    assert bench.studio.painting.session is None and bench.studio.painting.tool == "move"
    assert document.artwork is before and document.preview_owner is None and len(bench.labels()) == 1


def test_strength_is_seen_and_applied(bench: Bench) -> None:
    show(bench, ground(), leaf())
    full = looks(bench)
    bench.studio.painting.change_options("blend-in", strength=0.0)
    bench.settle()
    plain = looks(bench)
    assert np.abs(plain - bench.picture.renderer.flatten(bench.picture.document.committed)).max() < 0.002
    assert np.abs(full - plain).max() > 0.1
    bench.studio.painting.change_options("blend-in", strength=1.0)


def test_the_selection_says_where(bench: Bench) -> None:
    chosen = Mask(default=0.0).write(Rect(0, 0, 90, SIDE), np.ones((SIDE, 90), np.float16))
    show(bench, ground(), leaf(), selection=chosen)
    drag(bench, 50, 20)
    seen = looks(bench)
    below = ground().surface.read(CANVAS).astype(np.float32)
    assert np.array_equal(seen[:, 90:], below[:, 90:]) and not np.array_equal(seen[:, :90], below[:, :90])


def test_partly_beyond_the_canvas(bench: Bench) -> None:
    show(bench, ground(), leaf())
    drag(bench, -40, 20)
    seen = looks(bench)
    bench.studio.painting.close_session()
    bench.settle()
    assert np.abs(seen - looks(bench)).max() < 0.02


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ((), "no layer"),
        ((ground(),), "nothing visible below"),
        ((ground(visible=False), leaf()), "nothing visible below"),
        ((ground(), leaf(visible=False)), "hidden"),
        ((ground(), leaf(locks=Locks(position=True))), "locked"),
        ((ground(), Paint(name="Empty", surface=Surface())), "is empty"),
        ((ground(), Filter(name="Blur", recipe=stored("gaussian-blur", sigma=2.0))), "no pixels of its own"),
    ],
)  # fmt: skip
def test_what_it_refuses_it_says(bench: Bench, layers: tuple[Layer, ...], words: str) -> None:
    before = show(bench, *layers)
    assert bench.studio.painting.session is None and words in bench.sentences("info")[0]
    assert bench.picture.document.artwork is before


def test_inside_a_moved_group_it_lies_where_it_is_seen(bench: Bench) -> None:
    inner = leaf(left=10, top=20)
    group = Group(name="Group", children=(inner,), transform=(1.0, 0.0, 0.0, 1.0, 10.0, 10.0))
    artwork = edits.set_active(Artwork(width=SIDE, height=SIDE, layers=(ground(), group)), inner.id)
    bench.studio.painting.choose_tool("move")
    bench.studio.show(artwork, title="Stage")
    bench.studio.painting.choose_tool("blend-in")
    bench.settle()
    drag(bench, 90, 70)
    seen = looks(bench)
    bench.studio.painting.close_session()
    bench.settle()
    assert np.abs(seen - looks(bench)).max() < 0.01
