"""Random tools and actions over random layer trees: no exception, undo and redo exact, what is locked or not selected stays."""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.document import edits, effects
from studio.document.artwork import Artwork
from studio.document.errors import EditError
from studio.document.layer import Fill, Filter, Group, Layer, Locks, Paint, Shape, Text, pixels_of
from studio.project.manifest import write_manifest
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.raster.text.style import TextStyle
from studio.raster.tile import Tile
from studio.recipe import Parameter, RecipeError, parameters
from studio.recipe import check as check_values
from studio.synthesis import fills
from studio.workspace import imaging, layer_size, repair_forms, selecting_forms
from studio.workspace.actions import all_actions
from studio.workspace.actions.kind import Action
from studio.workspace.tools import Pointer
from studio.workspace.tools.registry import ALL, KINDS
from tests.document.pictures import generated, paint, stored
from tests.workspace.conftest import Bench, Engine

EXAMPLES = 400 if os.environ.get("DANQING_LONG_TESTS") else 10
NEAR = Rect(-300, -300, 600, 600)
FAR = Rect(-600, -600, 1200, 1200)
TRANSFORMS = (
    (1.0, 0.0, 0.0, 1.0, 0.0, 0.0),
    (1.0, 0.0, 0.0, 1.0, -130.0, 40.0),
    (0.0, 1.5, -1.5, 0.0, 90.0, 5.0),
    (0.05, 0.0, 0.0, 0.05, 10.0, 10.0),
)
RAMP = Mask.from_pixels(np.linspace(0, 1, 3600, dtype=np.float16).reshape(60, 60), 5, 5)
BOX = edits.rectangle_selection(Rect(10, 15, 50, 46))
RESPECT_THE_SELECTION = ("ink", "brush", "eraser", "smudge", "blur", "clone", "heal", "patch", "liquify", "dodge", "burn", "sponge", "fill", "lasso-fill", "gradient")  # fmt: skip
MOVES_WHAT_IS_SELECTED = ("move", "transform")
REMAKES_THE_PICTURE = ("crop", "page")
FILTERS = (
    "gaussian-blur", "unsharp-mask", "invert", "levels", "curves", "hue-saturation", "gaussian-noise", "median", "auto-contrast",
    "offset", "ripple", "pixelate", "vignette-correction", "posterise", "halftone",
)  # fmt: skip
"""Of the dialogs' filters some of each kind: of a point, local, of the whole picture, moving pixels, making some where none were."""
TOOLS = [kind.name for kind in ALL if not kind.view]
NOTHING = Action(id="", title="").run
ACTIONS = {
    action.id: action
    for action in all_actions()
    if (not action.ui or action.run is not NOTHING)
    and not action.id.startswith("tool-")
    and action.id not in ("undo", "redo", "open-anyway")
}
ASKS = {action.ui: action for action in all_actions()}
FORMS = {
    name: form for name, form in {**selecting_forms.FORMS, **repair_forms.FORMS}.items() if name != "quilt"
}
"""Dialogs by the action that opens them; a quilted texture is a layer of its own and takes long."""
SIZES = ("image", "canvas", "layer", "effects", "name")

seldom = st.sampled_from([False, False, False, True])
locks = st.builds(Locks, all=seldom, alpha=seldom, position=seldom)


@st.composite
def layers(draw: st.DrawFn, depth: int = 0) -> Layer:
    kinds = ["paint", "paint", "far", "blank", "generated", "fill", "filter", "shape", "text"]
    kind = draw(st.sampled_from([*kinds, *(["group"] * 2 if depth < 2 else [])]))
    fields = {
        "locks": draw(locks),
        "mask": draw(st.sampled_from([None, None, RAMP])),
        "visible": draw(st.sampled_from([True, True, True, False])),
        "clipping": draw(st.sampled_from([False, False, True])),
        "opacity": draw(st.sampled_from([1.0, 0.5])),
        "mode": draw(st.sampled_from(["normal", "multiply"])),
        "transform": draw(st.sampled_from((TRANSFORMS[0], *TRANSFORMS))),
        "name": kind,
    }
    return _made(kind, fields, draw, depth)


def _made(kind: str, fields: dict, draw: st.DrawFn, depth: int) -> Layer:
    if kind == "group":
        children = tuple(draw(st.lists(layers(depth=depth + 1), max_size=3)))
        return Group(children=children, pass_through=draw(st.booleans()), **fields)
    if kind == "fill":
        return Fill(recipe=fills.GRADIENT.stored(fills.FillGradient(x1=40.0)), **fields)
    if kind == "filter":
        return Filter(recipe=stored("gaussian-blur", sigma=1.5), **fields)
    if kind == "shape":
        return Shape(path="M 5 5 L 40 8 C 50 30 30 50 10 40 Z", style={"fill": [1, 0, 0, 1]}, **fields)
    if kind == "text":
        return Text(text="山水 ink", style=TextStyle(size=20.0), **fields)
    if kind == "generated":
        return generated(**fields)
    if kind == "blank":
        return Paint(surface=Surface(), **fields)
    place = (900, -700) if kind == "far" else (draw(st.integers(-20, 40)), draw(st.integers(-20, 40)))
    fields.pop("name")
    return paint(kind, *place, *draw(st.sampled_from([(1, 0, 0, 1), (0, 0.5, 1, 0.4)])), **fields)


@st.composite
def artworks(draw: st.DrawFn) -> Artwork:
    width, height = draw(st.sampled_from([(1, 1), (64, 48), (64, 48), (300, 7)]))
    found = Artwork(
        width=width,
        height=height,
        layers=tuple(draw(st.lists(layers(), max_size=4))),
        selection=draw(st.sampled_from([None, None, BOX, RAMP, Mask(default=0.0)])),
        quick_mask=draw(st.sampled_from([False] * 7 + [True])),
    )
    ids = [layer.id for layer in found.walk()]
    return edits.set_active(found, draw(st.sampled_from(ids))) if ids else found


places = st.tuples(st.floats(-30, 100), st.floats(-30, 80))
held = st.frozensets(st.sampled_from(["shift", "control", "alt"]), max_size=2)
ends = st.sampled_from(
    ["lift", "lift", "lift", "escape", "enter", "session-escape", "delete", "session-undo"]
)
presses = st.tuples(
    st.just("press"),
    st.one_of(st.sampled_from(RESPECT_THE_SELECTION), st.sampled_from(TOOLS)),
    st.lists(places, min_size=1, max_size=4),
    held,
    ends,
    st.integers(1, 2),
)
acts = st.tuples(st.just("act"), st.sampled_from(sorted(ACTIONS)))
options = st.tuples(
    st.just("options"), st.sampled_from([name for name in TOOLS if KINDS[name].options]), st.data()
)
moves = st.tuples(
    st.just("press"), st.sampled_from(MOVES_WHAT_IS_SELECTED), st.lists(places, min_size=2, max_size=3), held,
    st.sampled_from(["lift", "enter"]), st.just(1),
)  # fmt: skip
tried = st.tuples(
    st.just("filter"), st.sampled_from(FILTERS), st.sampled_from(["apply", "apply", "layer", "cancel"])
)
forms = st.tuples(st.just("form"), st.sampled_from(sorted(FORMS)), st.data())
sizes = st.tuples(
    st.just("size"),
    st.sampled_from(SIZES),
    st.integers(1, 90),
    st.integers(1, 90),
    st.sampled_from([0.0, 0.5, 1.0]),
)
steps = st.lists(
    st.one_of(presses, presses, acts, options, moves, tried, forms, sizes), min_size=1, max_size=6
)


@pytest.fixture
def bench(home: Path) -> Iterator[Bench]:
    made = Bench(Engine())
    yield made
    made.close()


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
@given(artworks(), steps)
def test_random_work(bench: Bench, artwork: Artwork, work: list) -> None:
    studio = bench.studio
    picture = studio.show(artwork, title="Random")
    bench.settle()
    bench.told.clear()
    for step in work:
        if step[0] == "press":  # what the session before it did is not this step's
            before, tool = picture.document.committed, studio.painting.tool
            studio.painting.choose_tool(step[1])
            bench.settle()
            if tool in RESPECT_THE_SELECTION or tool in MOVES_WHAT_IS_SELECTED:
                check(before, picture.document.committed, ("press", tool, [], frozenset(), "enter"))
        before = picture.document.committed
        tool = studio.painting.tool if studio.painting.session else ""
        known = {id(entry.artwork) for entry in picture.document.history}
        do(bench, step)
        bench.settle()
        new = [entry.artwork for entry in picture.document.history if id(entry.artwork) not in known]
        if step[0] != "press" and tool and len(new) > 1:  # the session ended first, as a step of its own
            check(before, new[0], ("press", tool, [], frozenset(), "enter"))
            before = new[0]
        check(before, picture.document.committed, step)
    studio.settle()
    bench.settle()
    document = picture.document
    assert studio.painting.session is None and studio.painting.marks == ()
    assert document.is_idle() and document.preview_owner is None
    assert not bench.sentences("error"), bench.sentences("error")
    looks = [look(entry.artwork) for entry in document.history]
    end = document.cursor
    while document.can_undo:
        studio.undo()
        assert look(document.artwork) == looks[document.cursor]
    while document.cursor < end:
        studio.redo()
        assert look(document.artwork) == looks[document.cursor]
    close(bench)


def close(bench: Bench) -> None:
    """Nothing of this picture stays in the hand: the next example begins as the first did."""
    bench.studio.painting.choose_tool("ink")
    for picture in tuple(bench.studio.pictures):
        bench.studio.close(picture)
    bench.settle()


def do(bench: Bench, step: tuple) -> None:
    kind, *rest = step
    if kind == "press":
        press(bench, *rest)
    elif kind == "act":
        action = ACTIONS[rest[0]]
        if action.enabled(bench.studio):
            action.run(bench.studio)
    elif kind == "filter":
        try_filter(bench, *rest)
    elif kind == "form":
        fill_in(bench, *rest)
    elif kind == "size":
        ask_for(bench, *rest)
    else:
        change_options(bench, *rest)


def press(bench: Bench, tool: str, places: list, held: frozenset[str], end: str, clicks: int) -> None:
    studio, painting = bench.studio, bench.studio.painting
    assert studio.current is not None
    painting.choose_tool(tool)
    gesture = painting.begin(studio.current, Pointer(*places[0], modifiers=held, clicks=clicks))
    for number, place in enumerate(places[1:]):
        if gesture is not None:
            gesture.send(Pointer(*place, t=(number + 1) / 50, modifiers=held, pressure=0.3 + 0.2 * number))
    if gesture is not None:
        gesture.cancel() if end == "escape" else gesture.finish()
    assert not studio.current.document.gesture_open
    if end in ("enter", "session-escape"):
        painting.close_session(apply=end == "enter")
        painting.put_back()
    elif end == "delete" and painting.session is not None:
        painting.session.key("delete", "", held)
    elif end == "session-undo":
        studio.undo()


def try_filter(bench: Bench, name: str, way: str) -> None:
    """As its dialog does: begun, seen, then applied, made a layer or left."""
    filtering = bench.studio.filtering
    filtering.begin(name)
    bench.settle()
    trial = filtering.trial
    if trial is None:
        return
    if way == "cancel":
        trial.leave()
    else:
        trial.finish("layer" if way == "layer" else "apply")


def fill_in(bench: Bench, name: str, data: st.DataObject) -> None:
    """As a dialog does that asks for values: what it begins with, one of them changed, seen, then carried out."""
    studio, form = bench.studio, FORMS[name]
    if not ASKS[name].enabled(studio):
        return
    asked = form.values(studio)
    parameter = data.draw(st.sampled_from(parameters(type(asked))))
    value = data.draw(values(parameter))
    if value is not None:
        asked = msgspec.structs.replace(asked, **{parameter.name: value})
    try:
        check_values(asked)
    except RecipeError:  # the form says so and waits
        return
    form.do(studio, asked)


def ask_for(bench: Bench, kind: str, width: int, height: int, part: float) -> None:
    """The other dialogs that ask for little: sizes, a layer's effects and its name."""
    studio, layer = bench.studio, bench.studio.layers.active
    if kind == "image":
        imaging.resize(studio, width, height, "linear", 72.0)
    elif kind == "canvas":
        imaging.resize_canvas(studio, width, height, (part, 1 - part))
    elif layer is None:
        return
    elif kind == "layer":
        if ASKS["layer_size"].enabled(studio):
            layer_size.resize(studio, layer.id, width, height, "linear")
    elif kind == "effects":
        shadow = effects.store(effects.DropShadow(opacity=part))
        studio.effects.preview({layer.id: (*layer.effects, shadow)})
        studio.effects.release()
    else:
        studio.layers.rename(layer.id, f"{width}")


def change_options(bench: Bench, tool: str, data: st.DataObject) -> None:
    declared = KINDS[tool].options
    assert declared is not None
    parameter = data.draw(st.sampled_from(parameters(declared)))
    value = data.draw(values(parameter))
    if value is not None:
        try:
            bench.studio.painting.change_options(tool, **{parameter.name: value})
        except (RecipeError, EditError):
            pass


def values(parameter: Parameter) -> st.SearchStrategy:
    """What a hand can choose in the options bar."""
    if parameter.choices:
        return st.sampled_from(parameter.choices)
    if isinstance(parameter.default, bool):
        return st.booleans()
    if isinstance(parameter.default, int | float):
        low = parameter.low if parameter.low is not None else -100
        high = min(parameter.high if parameter.high is not None else 100, low + 300)
        return (
            st.integers(int(low), int(high)) if isinstance(parameter.default, int) else st.floats(low, high)
        )
    return st.none()


class Rows:
    """Takes what would go into the file, keeping only the names: equal names are equal rows."""

    def tile(self, tile: Tile) -> bytes:
        return tile.digest

    def row(self, kind: str, data: bytes) -> bytes:
        return hashlib.sha256(kind.encode() + data).digest()

    def layer(self, layer: Layer, write: Callable[[], bytes]) -> bytes:
        return write()


def look(artwork: Artwork | None) -> bytes:
    """All that the file would hold of a step: every field of every layer, every tile."""
    assert artwork is not None
    return write_manifest(artwork, Rows())


def check(before: Artwork, after: Artwork, step: tuple) -> None:
    """Nothing changed pixels of a locked layer, no gesture, where it respects the selection, pixels outside it."""
    if step[0] == "act":
        check_action(before, after, ACTIONS[step[1]])
    if step[0] == "filter":
        check_pixels(before, after, step[1])
    if step[0] == "form":
        check_pixels(before, after, step[1], whole=step[1] == "stroke_selection")
    if step[0] == "size" and step[1] in ("effects", "name"):
        check_pixels(before, after, step[1])
    if step[0] != "press" or step[1] in REMAKES_THE_PICTURE or step[4] == "session-undo":
        return
    for path, layer in paths(before.layers):
        now, old = after.find(layer.id), pixels_of(layer)
        if any(one.locks.all for one in path):
            assert now is not None and pixels_of(now) is old and now.mask is layer.mask
            continue
        if now is not None:
            unseen_and_placed_stay(before, after, path, f"{step[1]} changed {layer.name}, which ")
        if old is None or now is None or not isinstance(layer, Paint) or not isinstance(now, Paint):
            continue
        if layer.locks.alpha and step[1] in RESPECT_THE_SELECTION:
            np.testing.assert_array_equal(now.surface.read(NEAR)[..., 3], old.read(NEAR)[..., 3])
        if step[1] in RESPECT_THE_SELECTION:
            outside_stays(before, layer, now, f"{step[1]} changed {layer.name} outside of the selection")
        if step[1] in MOVES_WHAT_IS_SELECTED:
            words = f"{step[1]} changed {layer.name} neither where it was selected nor where that went"
            outside_stays(before, layer, now, words, after.selection)


def check_action(before: Artwork, after: Artwork, action: Action) -> None:
    """What an action leaves in the tree keeps what a lock, a hidden group or the selection keeps from it, but for those that
    remake the whole picture."""
    if not action.id.startswith(REMAKING) and action.id not in MAKES_ANEW:
        check_pixels(before, after, action.id, whole=action.id in TAKES_IT_WHOLE)


def check_pixels(before: Artwork, after: Artwork, name: str, *, whole: bool = False) -> None:
    """``whole``: it takes a layer as a whole, whatever is selected or transparent."""
    for path, layer in paths(before.layers):
        now = after.find(layer.id)
        if now is None:
            continue
        words = f"{name} changed {layer.name}, which "
        still = [after.find(one.id) or one for one in path]
        if any(old.locks.all and new.locks.all for old, new in zip(path, still, strict=True)):
            assert pixels_of(now) is pixels_of(layer) and now.mask is layer.mask, words + "is locked"
        unseen_and_placed_stay(before, after, path, words)
        if isinstance(layer, Paint) and isinstance(now, Paint) and not whole:
            if layer.locks.alpha and now.locks.alpha:
                alpha = now.surface.read(NEAR)[..., 3], layer.surface.read(NEAR)[..., 3]
                np.testing.assert_array_equal(*alpha, err_msg=words + "has its transparency locked")
            outside_stays(before, layer, now, words + "lies outside of the selection")


def unseen_and_placed_stay(before: Artwork, after: Artwork, path: tuple[Layer, ...], words: str) -> None:
    """What nobody sees has the pixels that it had, what keeps its position lies where it lay."""
    layer = path[-1]
    now = after.find(layer.id)
    assert now is not None
    if not all(one.visible for one in (*path, *(after.find(one.id) or one for one in path))):
        assert pixels_of(now) is pixels_of(layer), words + "is hidden"
    if layer.locks.position and now.locks.position:
        place = edits.transform_of(before, layer.id), edits.transform_of(after, layer.id)
        np.testing.assert_allclose(*place, atol=1e-6, err_msg=words + "keeps its position")
        assert now.warp == layer.warp, words + "keeps its position"


REMAKING = (
    "crop-",
    "trim",
    "reveal-",
    "rotate-picture",
    "flip-picture",
    "assign-",
    "convert-",
    "straighten-horizon",
)
"""Beginnings of the names of actions that remake the picture with all in it, whatever is locked or selected."""
MAKES_ANEW = frozenset({"apply-mask", "apply-transform", "trim-layer"})
"""Actions that give a layer other pixels of the same look: what lies hidden by its mask or beyond the canvas goes."""
TAKES_IT_WHOLE = frozenset({
    "flip-layer-x", "flip-layer-y", "rotate-layer-left", "rotate-layer-right", "rotate-layer-half", "stroke-selection-brush",
    "remove-background-clean",
})  # fmt: skip
"""Actions that turn a layer, not what is selected of it; the stroke along the selection's edge, which lies on both sides; and
where the selection says what is to stay."""


def outside_stays(before: Artwork, layer: Paint, now: Paint, words: str, gone: Mask | None = None) -> None:
    """No pixel that is not selected at all is another one, however the layer lies; what takes less than a pixel of the canvas
    or more of it may reach as far as these do. ``gone``: where what was selected has been moved to."""
    place = edits.transform_of(before, layer.id)
    if before.selection is None or layer.warp or now.warp or now.transform != layer.transform:
        return
    if now.surface is layer.surface:
        return
    rows, columns = (now.surface.read(NEAR) != layer.surface.read(NEAR)).any(-1).nonzero()
    if not len(rows):
        return
    x, y = columns + NEAR.left + 0.5, rows + NEAR.top + 0.5
    a, b, c, d, tx, ty = place
    across = np.floor(a * x + c * y + tx).astype(int)
    down = np.floor(b * x + d * y + ty).astype(int)
    exact = place == TRANSFORMS[0] and gone is None
    grown = 1.0 if gone is None else enlargement(before.selection, gone)
    margin = 0 if exact else math.ceil(2 + grown * max(abs(a), abs(b), abs(c), abs(d)))
    left, top = int(across.min()) - margin, int(down.min()) - margin
    box = Rect(left, top, int(across.max()) + margin + 1, int(down.max()) + margin + 1)
    chosen = before.selection.read(box) > 0
    if gone is not None:
        chosen |= gone.read(box) > 0
    near = cv2.dilate(chosen.astype(np.uint8), np.ones((2 * margin + 1, 2 * margin + 1), np.uint8))
    assert near[down - top, across - left].all(), words


def enlargement(selection: Mask, gone: Mask) -> float:
    """How many times as far what was selected reaches, at least 1: so far a pixel of it may reach, too."""
    sides = []
    for mask in (selection, gone):
        rows, columns = (mask.read(FAR) > 0).nonzero()
        sides.append((np.ptp(columns) + 1, np.ptp(rows) + 1) if len(rows) else (1, 1))
    (wide, high), (wider, higher) = sides
    return max(1.0, wider / wide, higher / high)


def paths(
    found: tuple[Layer, ...], above: tuple[Layer, ...] = ()
) -> Iterator[tuple[tuple[Layer, ...], Layer]]:
    for layer in found:
        yield (*above, layer), layer
        if isinstance(layer, Group):
            yield from paths(layer.children, (*above, layer))


def placed(bench: Bench, locks: Locks) -> Paint:
    """A picture whose layer holds noise of changing alpha, with a selection that has soft and hard edges."""
    rng = np.random.default_rng(4)
    pixels = rng.random((48, 64, 4)).astype(np.float16)
    pixels[..., 3] = np.where(np.arange(64) % 7 < 5, 1, 0.5)
    pixels[..., :3] *= pixels[..., 3:]
    layer = Paint(name="Noise", surface=Surface.from_pixels(pixels), locks=locks)
    soft = np.zeros((48, 64), np.float16)
    soft[12:36, 12:44] = 1
    soft[12:36, 44:50] = np.linspace(1, 0.1, 6)
    artwork = Artwork(width=64, height=48, layers=(layer,), selection=Mask.from_pixels(soft))
    bench.studio.show(edits.set_active(artwork, layer.id), title="Noise")
    bench.settle()
    return layer


def repair(bench: Bench, tool: str) -> None:
    """A gesture of ``tool`` that goes from inside the selection to beyond it."""
    painting = bench.studio.painting
    painting.choose_tool(tool)
    if tool == "liquify":
        painting.change_options(tool, size=40.0, strength=1.0)
    elif tool == "heal":
        painting.change_brush(size=14.0)
    else:
        painting.change_options(tool, sample="layer")
    press(bench, tool, [(20, 20), (28, 24), (40, 30), (60, 40)], frozenset(), "enter", 1)
    bench.settle()


@pytest.mark.parametrize("locked", [False, True])
@pytest.mark.parametrize("tool", ["heal", "patch", "liquify"])
def test_repairs_leave_what_is_outside_the_selection_and_a_locked_alpha_bit_identical(
    bench: Bench, tool: str, locked: bool
) -> None:
    layer = placed(bench, Locks(alpha=locked))
    before = bench.picture.document.committed
    repair(bench, tool)
    after = bench.picture.document.committed
    now = after.find(layer.id)
    assert isinstance(now, Paint) and not bench.sentences("error")
    check(before, after, ("press", tool, [], frozenset(), "enter"))
    assert before.selection is not None
    inside = before.selection.read(NEAR) > 0
    assert (now.surface.read(NEAR)[inside] != layer.surface.read(NEAR)[inside]).any(), bench.sentences()
    close(bench)


EDITS_PIXELS = (
    "clear", "cut", "fill-selection", "fill-from-surroundings", "extract-line-art", "paper-to-transparent", "cut-to-layer",
    "flip-layer-x", "rotate-layer-half", "stroke-selection-brush", "make-seamless",
)  # fmt: skip
SITUATIONS: dict[str, tuple[dict, dict]] = {
    "alpha": ({"locks": Locks(alpha=True)}, {}),
    "position": ({"locks": Locks(position=True)}, {}),
    "locked": ({"locks": Locks(all=True)}, {}),
    "locked group": ({}, {"locks": Locks(all=True)}),
    "hidden": ({"visible": False}, {}),
    "hidden group": ({}, {"visible": False}),
    "free": ({}, {}),
}
"""Fields of the active layer and of the group around it."""


@pytest.mark.parametrize("situation", SITUATIONS)
def test_actions_keep_what_is_locked_hidden_or_not_selected(bench: Bench, situation: str) -> None:
    noise = placed(bench, Locks())
    selection = bench.picture.document.committed.selection
    own, around = SITUATIONS[situation]
    layer = noise.with_(**own)
    group = Group(name="Group", children=(layer,), **around)
    changed: set[str] = set()
    for name in EDITS_PIXELS:
        artwork = Artwork(width=64, height=48, layers=(group,), active=layer.id, selection=selection)
        picture = bench.studio.show(artwork, title=name)
        bench.settle()
        if ACTIONS[name].enabled(bench.studio):
            ACTIONS[name].run(bench.studio)
        bench.settle()
        check_action(artwork, picture.document.committed, ACTIONS[name])
        if (now := picture.document.committed.find(layer.id)) is not None and pixels_of(
            now
        ) is not layer.surface:
            changed.add(name)
        bench.studio.close(picture)
        bench.settle()
    assert not bench.sentences("error")
    if situation == "free":
        assert changed >= {"clear", "cut", "fill-selection", "cut-to-layer", "flip-layer-x"}, (
            "they do their work"
        )
    if situation in ("locked", "locked group", "hidden", "hidden group"):
        assert not changed
    close(bench)


@pytest.mark.parametrize("transform", TRANSFORMS)
def test_a_pixel_changed_outside_of_the_selection_is_found_however_the_layer_lies(
    transform: tuple[float, ...],
) -> None:
    """The check itself: one pixel well inside is allowed, one well outside is not, unless the selection went there."""
    layer = Paint(
        name="Bent", surface=Surface.from_pixels(np.ones((60, 60, 4), np.float16)), transform=transform
    )
    a, b, c, d, tx, ty = transform
    middle = (30 * a + 30 * c + tx, 30 * b + 30 * d + ty)
    here, there = (
        Mask.from_pixels(np.ones((9, 9)), round(middle[0] + by) - 4, round(middle[1]) - 4) for by in (0, 250)
    )
    pixels = np.ones((60, 60, 4), np.float16)
    pixels[30, 30] = 0
    now = layer.with_(surface=Surface.from_pixels(pixels))
    before = Artwork(width=64, height=48, layers=(layer,), selection=here)
    outside_stays(before, layer, now, "inside")
    elsewhere = before.with_(selection=there)
    with pytest.raises(AssertionError, match="outside"):
        outside_stays(elsewhere, layer, now, "outside")
    outside_stays(elsewhere, layer, now, "moved", here)
    with pytest.raises(AssertionError, match="nowhere"):
        outside_stays(elsewhere, layer, now, "nowhere", there)


@pytest.mark.parametrize("tool", MOVES_WHAT_IS_SELECTED)
def test_moving_what_is_selected_leaves_the_rest_identical(bench: Bench, tool: str) -> None:
    layer = placed(bench, Locks())
    before = bench.picture.document.committed
    press(bench, tool, [(28, 24), (32, 26), (40, 30)], frozenset(), "enter", 1)
    bench.settle()
    after = bench.picture.document.committed
    now = after.find(layer.id)
    assert isinstance(now, Paint) and now.surface is not layer.surface and not bench.sentences("error")
    check(before, after, ("press", tool, [], frozenset(), "enter"))
    close(bench)


@pytest.mark.parametrize("way", ["apply", "layer", "cancel"])
def test_a_filters_dialog_works_inside_the_selection_alone(bench: Bench, way: str) -> None:
    layer = placed(bench, Locks(alpha=True))
    before = bench.picture.document.committed
    do(bench, ("filter", "gaussian-blur", way))
    bench.settle()
    after = bench.picture.document.committed
    check(before, after, ("filter", "gaussian-blur", way))
    now = after.find(layer.id)
    assert isinstance(now, Paint) and (now.surface is not layer.surface) == (way == "apply")
    assert len(list(after.walk())) == (2 if way == "layer" else 1) and not bench.sentences("error")
    close(bench)
