"""Layers fused and blended in: one step, a new layer above, the right pixels; what cannot be done is refused; Stop."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from studio.document.artwork import Artwork
from studio.document.layer import Group, Layer, Paint
from studio.jobs.job import Priority
from studio.messages.events import Event, Failed, Finished, Picture
from studio.messages.pixels import Pixels
from studio.messages.requests import ApplyFilter
from studio.raster.geometry import Rect
from studio.raster.mask import Mask
from studio.raster.surface import Surface
from studio.synthesis.compositing import CrossDissolve
from studio.workspace import fusing
from studio.workspace.actions.fusing import ACTIONS
from tests.workspace.conftest import Bench

WIDTH, HEIGHT = 300, 270
CANVAS = Rect(0, 0, WIDTH, HEIGHT)


def paint(name: str, seed: int, rect: Rect = CANVAS, **fields) -> Paint:
    pixels = np.random.default_rng(seed).random((rect.height, rect.width, 4)).astype(np.float16)
    pixels[..., 3] = 1
    return Paint(name=name, surface=Surface.from_pixels(pixels, rect.left, rect.top), **fields)


def show(bench: Bench, *layers: Layer, active: Layer | None = None, **fields) -> None:
    chosen = active or layers[-1]
    bench.studio.show(
        Artwork(width=WIDTH, height=HEIGHT, layers=layers, active=chosen.id, **fields), title="stage"
    )
    bench.settle()


def artwork_of(bench: Bench) -> Artwork:
    return bench.picture.document.committed


def pixels_of(layer: Layer) -> np.ndarray:
    assert isinstance(layer, Paint)
    return layer.surface.read(CANVAS).astype(float)


def test_the_median_of_chosen_layers_lies_above_them(bench: Bench) -> None:
    layers = [paint(str(seed), seed) for seed in range(3)]
    show(bench, *layers, selected=tuple(layer.id for layer in layers))
    fusing.fuse_layers(bench.studio, "median")
    bench.settle()
    now = artwork_of(bench)
    assert [layer.name for layer in now.layers] == ["0", "1", "2", "Median of the stack"]
    assert now.active == now.layers[3].id and bench.labels()[1:] == ["Blend pictures"]
    wanted = np.median([pixels_of(layer) for layer in layers], axis=0)
    assert np.abs(pixels_of(now.layers[3]) - wanted).max() < 1e-3
    bench.studio.undo()
    assert len(artwork_of(bench).layers) == 3


@pytest.mark.parametrize(
    "action", [action for action in ACTIONS if not action.ui], ids=lambda action: action.id
)
def test_every_action_makes_one_layer_in_one_step(bench: Bench, action) -> None:
    low, high = paint("low", 1), paint("high", 2, Rect(30, 40, 200, 190), opacity=0.6, mode="multiply")
    show(bench, low, high, selected=(low.id, high.id))
    assert action.enabled(bench.studio)
    action.run(bench.studio)
    bench.settle()
    assert not bench.sentences("error"), bench.sentences()
    now = artwork_of(bench)
    assert len(now.layers) == 3 and len(bench.labels()) == 2
    assert np.isfinite(pixels_of(now.layers[2])).all() and not bench.studio.jobs.lines


def test_a_pasted_layer_is_blended_into_what_lies_below(bench: Bench) -> None:
    grey = np.full((HEIGHT, WIDTH, 4), 0.5, np.float16)
    grey[..., 3] = 1
    low = Paint(name="low", surface=Surface.from_pixels(grey))
    red = np.zeros((60, 80, 4), np.float16)
    red[...] = (0.9, 0.1, 0.1, 1)
    high = Paint(name="patch", surface=Surface.from_pixels(red, 100, 90))
    show(bench, low, high)
    fusing.blend_in(bench.studio, "poisson")
    bench.settle()
    now = artwork_of(bench)
    assert [(layer.name, layer.visible) for layer in now.layers] == [
        ("low", True),
        ("patch", False),
        ("patch", True),
    ]
    found = pixels_of(now.layers[2])
    assert np.abs(found[90:150, 100:180, :3] - 0.5).max() < 2e-3
    assert not found[:90].any() and not found[150:].any()
    assert bench.labels()[1:] == ["Blend into surroundings"]


def test_the_selection_says_where(bench: Bench) -> None:
    low, high = paint("low", 1), paint("high", 2)
    selection = Mask(default=0.0).write(Rect(50, 60, 150, 160), np.ones((100, 100), np.float16))
    show(bench, low, high, selection=selection)
    fusing.blend_in(bench.studio, "harmonise")
    bench.settle()
    found = pixels_of(artwork_of(bench).layers[2])
    assert found[60:160, 50:150, 3].min() == 1
    assert not found[:60].any() and not found[:, :50].any()


def test_inside_a_group_that_is_moved_pixels_stay_where_they_are(bench: Bench) -> None:
    one, two = paint("one", 1), paint("two", 2)
    group = Group(name="group", children=(one, two), transform=(1.0, 0.0, 0.0, 1.0, 10.0, 20.0))
    show(bench, paint("low", 3), group, active=two, selected=(one.id, two.id))
    fusing.fuse_layers(bench.studio, "mean")
    bench.settle()
    now = artwork_of(bench).layers[1]
    assert isinstance(now, Group) and len(now.children) == 3
    mean = (pixels_of(one) + pixels_of(two)) / 2
    seen = bench.picture.renderer.compose(artwork_of(bench), CANVAS)
    assert np.abs(seen[20:, 10:] - mean[:-20, :-10]).max() < 2e-3


def test_what_cannot_be_done_is_said(bench: Bench) -> None:
    show(bench, paint("only", 1))
    fusing.fuse_layers(bench.studio, "median")
    bench.settle()
    assert "at least two layers" in bench.sentences()[-1]
    fusing.blend_in(bench.studio, "poisson")
    bench.settle()
    assert "nothing visible below" in bench.sentences()[-1]
    assert len(bench.labels()) == 1
    empty = Paint(name="empty", surface=Surface())
    show(bench, paint("low", 1), empty)
    steps = len(bench.labels())
    fusing.blend_in(bench.studio, "poisson")
    bench.settle()
    assert "shows nothing" in bench.sentences()[-1] and len(bench.labels()) == steps
    assert not any(action.enabled(bench.studio) for action in ACTIONS if action.id.startswith("fuse"))


def test_it_can_be_stopped(bench: Bench) -> None:
    low, high = paint("low", 1), paint("high", 2)
    show(bench, low, high, selected=(low.id, high.id))
    fusing.fuse_layers(bench.studio, "multi-band")
    (line,) = bench.studio.jobs.lines
    assert line.stop is not None
    line.stop()
    bench.settle()
    assert len(artwork_of(bench).layers) == 2 and not bench.studio.jobs.lines


def test_values_may_be_given(bench: Bench) -> None:
    low, high = paint("low", 1), paint("high", 2)
    show(bench, low, high, selected=(low.id, high.id))
    fusing.fuse_layers(bench.studio, "cross-dissolve", CrossDissolve(position=0.25))
    bench.settle()
    wanted = 0.75 * pixels_of(low) + 0.25 * pixels_of(high)
    assert np.abs(pixels_of(artwork_of(bench).layers[2]) - wanted).max() < 1e-3


class Sharp:
    """An engine that finds the left half of the first picture and the right one of the second active."""

    def __init__(self) -> None:
        self.requests: list[ApplyFilter] = []
        self.heard: list[Callable[[Event], None]] = []
        self.cancelled: list[int] = []

    def submit(self, request: ApplyFilter, *, priority: Priority, on_event: Callable[[Event], None]) -> int:
        self.requests.append(request)
        self.heard.append(on_event)
        return len(self.requests)

    def cancel(self, job: int) -> None:
        self.cancelled.append(job)

    def answer(self) -> None:
        for request, hear in zip(self.requests, self.heard, strict=True):
            pixels = np.frombuffer(request.pixels, request.dtype).reshape(request.shape)
            active = np.zeros((*pixels.shape[:2], 1), np.float32)
            left = pixels[0, 0, 0] > 0.5
            active[:, : WIDTH // 2] = left
            active[:, WIDTH // 2 :] = not left
            hear(Picture(index=0, seed=0, pixels=Pixels.of(active), real_size=0))
            hear(Finished())
        self.requests.clear()
        self.heard.clear()


def two_flats(bench: Bench) -> None:
    layers = [
        Paint(name=str(value), surface=Surface.from_pixels(np.full((HEIGHT, WIDTH, 4), (value, value, value, 1), np.float16)))
        for value in (0.75, 0.25)
    ]  # fmt: skip
    show(bench, *layers, selected=tuple(layer.id for layer in layers))


def test_a_networks_weights_come_from_the_engine(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Sharp()
    monkeypatch.setattr(bench.studio, "engine", engine)
    two_flats(bench)
    fusing.fuse_layers(bench.studio, "network-focus-stack")
    for _ in range(10_000):
        if not bench.studio.render_lane.drain(1):
            break
        engine.answer()
    now = artwork_of(bench)
    assert len(now.layers) == 3
    found = pixels_of(now.layers[2])
    assert found[:, :40, 0].min() > found[:, 260:, 0].max() + 0.03


def test_stop_takes_the_question_to_the_engine_back(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Sharp()
    monkeypatch.setattr(bench.studio, "engine", engine)
    two_flats(bench)
    before = artwork_of(bench)
    fusing.fuse_layers(bench.studio, "network-focus-stack")
    while not engine.requests:
        bench.studio.render_lane.drain(1)
    bench.studio.jobs.stop_all()
    bench.settle()
    assert engine.cancelled == [1] and artwork_of(bench) is before and not bench.studio.jobs.lines


def test_without_an_engine_a_sentence_says_what_to_do(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.studio, "engine", None)
    two_flats(bench)
    before = artwork_of(bench)
    fusing.fuse_layers(bench.studio, "network-exposure-fusion")
    bench.settle()
    assert artwork_of(bench) is before
    assert "danqing[engine]" in bench.sentences()[-1]


def test_an_engine_that_fails_says_why(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Sharp()
    monkeypatch.setattr(bench.studio, "engine", engine)
    two_flats(bench)
    fusing.fuse_layers(bench.studio, "network-focus-stack")
    while not engine.requests:
        bench.studio.render_lane.drain(1)
    engine.heard[0](Failed(kind="out_of_memory"))
    bench.settle()
    assert "memory is full" in bench.sentences()[-1] and not bench.studio.jobs.lines
