"""Filter layers that the engine computes: asked through its door, never in this process; clear words without one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
import pytest

from studio import api
from studio.document import edits
from studio.document.artwork import Artwork
from studio.document.layer import Fill, Filter, Paint
from studio.engine.context import Context
from studio.engine.host.inline import InlineEngine
from studio.filters import FILTERS
from studio.filters.kind import FilterKind, NoEngineError
from studio.messages.events import Failed
from studio.messages.requests import ApplyFilter
from studio.raster.surface import Surface
from studio.recipe import Stored
from studio.synthesis import fills
from studio.workspace import animating, assembling, taking
from tests.workspace.conftest import Bench, Engine

SIZE = (96, 72)


class Amount(msgspec.Struct, frozen=True):
    amount: float = 1.0


def never_here(*_: object) -> np.ndarray:
    raise AssertionError("an engine filter was run in this process")


DREAM = FilterKind(
    name="dream", version=1, description="", parameters=Amount, function=never_here, where="engine"
)


class Dream:
    """The engine's side of it: the negative of the colours."""

    version = 1
    parameters = Amount

    def __init__(self) -> None:
        self.threads: list[int] = []

    def apply(self, pixels: np.ndarray, parameters: Amount, *, device: str) -> np.ndarray:
        self.threads.append(threading.get_ident())
        made = pixels.copy()
        made[..., :3] = pixels[..., 3:] - parameters.amount * pixels[..., :3]
        return made


@pytest.fixture(autouse=True)
def dream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FILTERS.loaded, "dream", DREAM)


def picture(value: float = 0.25) -> Artwork:
    pixels = np.full((SIZE[1], SIZE[0], 4), value, np.float16)
    pixels[..., 3] = 1
    layers = (
        Paint(surface=Surface.from_pixels(pixels)),
        Filter(recipe=Stored(name="dream", version=1, parameters={})),
    )
    return Artwork(width=SIZE[0], height=SIZE[1], layers=layers, active=layers[0].id)


def shown(bench: Bench) -> np.ndarray:
    return bench.picture.renderer.flatten(bench.picture.document.artwork)[10, 20]


class Inline(InlineEngine):
    """Works whenever it is asked."""

    def submit(self, request, **options) -> int:  # type: ignore[override]
        job = super().submit(request, **options)
        self.drain()
        return job


def test_the_engine_computes_the_filters_that_are_its_own(make: Callable[..., Bench]) -> None:
    filter_ = Dream()
    bench = make(Inline(Context(device="cpu", filters={"dream": filter_})))
    bench.studio.show(picture(), title="stage")
    bench.settle()
    assert shown(bench) == pytest.approx([0.75, 0.75, 0.75, 1], abs=1e-3)
    assert len(filter_.threads) == 1
    layer = bench.picture.document.artwork.layers[1]
    changed = edits.change(
        bench.picture.document.artwork,
        layer.id,
        recipe=Stored(name="dream", version=1, parameters={"amount": 2.0}),
    )
    bench.picture.document.commit("Amount", changed)
    bench.settle()
    assert shown(bench) == pytest.approx([0.5, 0.5, 0.5, 1], abs=1e-3)
    assert bench.sentences("error") == []


def test_waiting_for_the_engine_is_done_in_small_steps_and_taken_back(bench: Bench) -> None:
    """The lane has its other jobs meanwhile; a picture that is closed asks for nothing more."""
    bench.studio.show(picture(), title="stage")
    bench.studio.render_lane.drain(limit=40)
    (request,) = [one for one in bench.engine.requests if isinstance(one, ApplyFilter)]
    assert (request.name, request.version, request.shape) == ("dream", 1, (SIZE[1], SIZE[0], 4))
    assert shown(bench) == pytest.approx([0.25, 0.25, 0.25, 1], abs=1e-3), (
        "as it was, until the answer is there"
    )
    for job in bench.studio.render_lane.jobs:
        job.cancel()
    bench.studio.render_lane.drain(limit=40)
    assert bench.engine.cancelled and bench.engine.running == ()


def test_the_door_is_used_on_its_own_thread(make: Callable[..., Bench]) -> None:
    """The steps run on the lane's thread; the request is handed over and handed in by the UI thread."""
    engine = Engine()
    bench = make(engine)
    calls: list[Callable[[], None]] = []
    bench.studio.render_lane._deliver = calls.append
    steps = bench.studio.engine_filters(  # type: ignore[misc]
        Stored(name="dream", version=1, parameters={}), np.zeros((4, 4, 4), np.float32)
    )
    assert next(steps) is None
    assert not engine.requests and len(calls) == 1
    calls.pop()()
    assert len(engine.requests) == 1
    steps.close()  # type: ignore[attr-defined]
    calls.pop()()
    assert engine.cancelled


def test_a_failure_of_the_engine_is_told_once(make: Callable[..., Bench]) -> None:
    class Broken(Engine):
        def submit(self, request, *, on_event, **options) -> int:  # type: ignore[override]
            job = super().submit(request, on_event=on_event)
            self.requests.append(request)
            on_event(Failed(job=job, kind="out_of_memory"))
            return job

    bench = make(Broken())
    bench.studio.show(picture(), title="stage")
    bench.settle()
    bench.stroke()
    bench.stroke(y=40)
    (sentence,) = bench.sentences("error")
    assert "last result" in sentence and "memory" in sentence
    assert len(bench.engine.requests) > 2, "tried again with each change"


def test_without_an_engine_the_remedy_is_named(make: Callable[..., Bench]) -> None:
    bench = make(None)
    assert bench.studio.engine is None
    bench.studio.show(picture(), title="stage")
    bench.settle()
    (sentence,) = bench.sentences("error")
    assert "“dream”" in sentence and 'pip install "danqing[engine]"' in sentence
    assert shown(bench) == pytest.approx([0.25, 0.25, 0.25, 1], abs=1e-3)


def test_once_onto_pixels_is_refused() -> None:
    pixels = np.zeros((4, 4, 4), np.float32)
    with pytest.raises(NoEngineError, match="danqing"):
        DREAM.apply(pixels, Amount())
    with pytest.raises(NoEngineError, match="danqing"):
        next(DREAM.steps(pixels, Amount()))


def test_the_python_interface_asks_the_engine_in_its_own_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.engine.context.engine_filters", lambda: {"dream": Dream()})
    assert api.flatten(picture())[10, 20] == pytest.approx([0.75, 0.75, 0.75, 1], abs=1e-3)

    def missing(name: str) -> None:
        return None

    monkeypatch.setattr("importlib.util.find_spec", missing)
    with pytest.raises(NoEngineError, match="dream"):
        api.flatten(picture())


@pytest.fixture
def strips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.render.whole.ENGINE_PIXELS", SIZE[0] * 20)


@pytest.mark.usefixtures("strips")
def test_strips_have_what_the_filter_reaches_for(
    make: Callable[..., Bench], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sum over the rows within 3 pixels is that of the whole picture, though no request holds more than 26 rows."""

    class Rows(Dream):
        def apply(self, pixels: np.ndarray, parameters: Amount, *, device: str) -> np.ndarray:
            assert pixels.shape[0] <= 26
            padded = np.pad(pixels, ((3, 3), (0, 0), (0, 0)), mode="edge")
            return sum(padded[at : at + len(pixels)] for at in range(7)) / np.float32(7)  # type: ignore[return-value]

    monkeypatch.setitem(FILTERS.loaded, "dream", msgspec.structs.replace(DREAM, reach_of=lambda *_: 3))
    bench = make(Inline(Context(device="cpu", filters={"dream": Rows()})))
    artwork = picture()
    pixels = np.random.default_rng(2).random((SIZE[1], SIZE[0], 4)).astype(np.float16)
    pixels[..., 3] = 1
    artwork = edits.change(artwork, artwork.layers[0].id, surface=Surface.from_pixels(pixels))
    bench.studio.show(artwork, title="stage")
    bench.settle()
    padded = np.pad(pixels.astype(np.float32), ((3, 3), (0, 0), (0, 0)), mode="edge")
    wanted = sum(padded[at : at + SIZE[1]] for at in range(7)) / 7
    found = bench.picture.renderer.flatten(bench.picture.document.artwork)
    assert np.abs(found - wanted).max() < 2e-3


def test_projects_that_are_read_beside_the_picture_have_them_too(
    make: Callable[..., Bench], tmp_path: Path
) -> None:
    filter_ = Dream()
    bench = make(Inline(Context(device="cpu", filters={"dream": filter_})))
    bench.studio.new_picture(8, 8)
    folder = tmp_path / "projects"
    folder.mkdir()
    for number in range(2):
        api.save(picture(0.25 + number / 4), folder / f"{number}.danqing")
    found: list[dict] = []
    taking.take_file(bench.studio, "colour-transfer", str(folder / "0.danqing"), found.append)
    bench.settle()
    assert found and len(filter_.threads) == 1
    sampled: list[object] = []
    assembling.sample(bench.studio, folder, sampled.append)
    bench.settle()
    (sample,) = sampled
    assert isinstance(sample, assembling.Sampled)
    assert (len(sample.pictures), sample.broken, len(filter_.threads)) == (2, 0, 3)
    assert bench.sentences("error") == []


def test_a_film_of_a_fill_has_them_too(make: Callable[..., Bench]) -> None:
    filter_ = Dream()
    bench = make(Inline(Context(device="cpu", filters={"dream": filter_})))
    artwork = picture()
    fill = Fill(recipe=fills.FILL_KINDS["clouds"].stored(fills.FILL_KINDS["clouds"].parameters()))
    artwork = artwork.with_(layers=(fill, artwork.layers[1]))
    film = animating.LoopFilm(seconds=0.2, rate=10, side=32, what="picture")
    shown = list(animating.frames(artwork, fill.id, film, bench.studio.engine_filters))
    assert len(shown) == len(filter_.threads) == 2
