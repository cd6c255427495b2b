"""The engine is killed under the artist's hand: a card, the next press works, and what arrived stays."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.document.layer import Generated
from studio.engine.host.process import ChildEngine
from studio.project import recovery
from studio.project.journal import Journal
from studio.workspace.tools import Pointer
from tests.flows.conftest import Window

Launch = Callable[..., Window]
MANY = 60
"""So many pictures that the run is still under way when the engine is killed."""


def child(window: Window, role: str = "interactive") -> int:
    assert isinstance(window.running.engine, ChildEngine)
    return window.running.engine.pids.get(role, 0)


def generated(window: Window) -> Generated | None:
    assert window.studio.current is not None
    artwork = window.studio.current.document.artwork
    return next((layer for layer in artwork.walk() if isinstance(layer, Generated)), None)


def variants(window: Window) -> int:
    layer = generated(window)
    return len(layer.variants) if layer else 0


@pytest.fixture
def window(launch: Launch, tiny: Path) -> Window:
    """With a small picture and the small model chosen."""
    window = launch(with_engine=True)
    window.studio.new_picture(96, 96)
    window.studio.generating.choose_model("tiny")
    return window


def press(window: Window, count: int) -> None:
    window.studio.generating.set_values(count=count, size_rule="native")
    window.window.actions_.run("generate")


def test_killed_in_the_middle_of_a_generation(window: Window) -> None:
    press(window, MANY)
    window.until(lambda: variants(window) >= 2)
    first = child(window)
    os.kill(first, signal.SIGKILL)
    window.until(lambda: not window.studio.generating.running)
    stayed = variants(window)
    (sentence,) = window.sentences("error")
    assert (
        sentence.startswith(f"Pictures that are there and stay: {stayed} of {MANY}.")
        and "try again" in sentence
    )
    assert window.cards() == [sentence]
    window.stroke()
    window.studio.layers.choose(generated(window).id)  # type: ignore[union-attr]
    press(window, 2)
    window.until(lambda: not window.studio.generating.running)
    assert variants(window) == stayed + 2 and child(window) not in (0, first)
    assert len(window.sentences("error")) == 1
    window.quiet()
    picture = window.studio.current
    assert picture is not None and picture.journal is not None
    assert len(picture.journal.results()) == stayed + 2


def test_killed_before_it_began_nobody_notices(window: Window) -> None:
    window.until(lambda: bool(child(window)) or window.running.engine.start() is not None)  # type: ignore[union-attr]
    first = child(window)
    os.kill(first, signal.SIGSTOP)
    press(window, 2)
    os.kill(first, signal.SIGKILL)
    window.until(lambda: not window.studio.generating.running)
    assert variants(window) == 2 and not window.sentences("error")


def test_stopped_in_the_middle(window: Window) -> None:
    press(window, MANY)
    window.until(lambda: variants(window) >= 1)
    window.studio.generating.stop()
    window.quiet()
    assert 1 <= variants(window) < MANY and not window.sentences("error")
    assert len(window.studio.current.document.history) == 2  # type: ignore[union-attr]


def test_killed_while_a_slider_is_dragged(window: Window) -> None:
    press(window, 1)
    window.until(lambda: not window.studio.generating.running)
    first = child(window)
    for step in range(1, 21):
        window.studio.exploring.set_slider("mist", step / 10)
        window.qtbot.wait(5)
        if step == 8:
            os.kill(first, signal.SIGKILL)
    window.studio.exploring.release()
    window.until(lambda: window.studio.current.document.history[-1].label == "Slider")  # type: ignore[union-attr]
    window.quiet()
    layer = generated(window)
    assert layer is not None and layer.variant is not None
    assert layer.variant.sliders == {"mist": 2.0}, "the last value is shown"
    assert not window.sentences("error") and child(window) not in (0, first)


def start_training(window: Window, folder: Path) -> None:
    """Begins the small recipe on eight pictures and waits until it learns."""
    folder.mkdir()
    random = np.random.default_rng(1)
    for number in range(8):
        Image.fromarray(random.integers(0, 255, (32, 32, 3), np.uint8)).save(folder / f"{number}.png")
    window.studio.training.start("tiny", data=str(folder), name="湖")
    window.until(lambda: window.studio.training.state.step > 1)  # type: ignore[union-attr]


def test_a_training_that_is_stopped_keeps_what_it_learned(window: Window, tmp_path: Path) -> None:
    start_training(window, tmp_path / "画")
    window.studio.training.stop()
    window.until(lambda: not window.studio.training.state.running)  # type: ignore[union-attr]
    state = window.studio.training.state
    assert state is not None and not state.problem and Path(state.checkpoint).is_file()
    assert not window.sentences("error") and "湖" in window.sentences("done")[-1]
    window.until(lambda: state.checkpoint in [entry.path for entry in window.studio.generating.models])


def test_a_training_that_is_killed_is_told_and_generating_goes_on(window: Window, tmp_path: Path) -> None:
    start_training(window, tmp_path / "画")
    os.kill(child(window, "training"), signal.SIGKILL)
    window.until(lambda: not window.studio.training.state.running)  # type: ignore[union-attr]
    (sentence,) = window.sentences("error")
    assert "Training stopped" in sentence and "kept" not in sentence, "there is no checkpoint yet"
    press(window, 1)
    window.until(lambda: not window.studio.generating.running)
    assert variants(window) == 1 and len(window.sentences("error")) == 1


def test_closed_while_everything_runs(window: Window, tmp_path: Path) -> None:
    project = tmp_path / "湖.danqing"
    window.stroke(0.3)
    window.studio.filing.save(window.studio.current, str(project))  # type: ignore[arg-type]
    window.quiet()
    window.studio.training.start("shanshui-gan", name="lake")
    window.until(lambda: bool(child(window, "training")))
    press(window, MANY)
    window.until(lambda: variants(window) >= 1)
    picture = window.studio.current
    assert picture is not None
    window.stroke(0.6)
    gesture = window.studio.painting.begin(picture, Pointer(10, 10))
    assert gesture is not None
    gesture.send(Pointer(40, 40, t=0.1))
    window.studio.filing.export(picture, str(tmp_path / "out.png"))
    window.studio.open(str(tmp_path / "nowhere.png"))
    children = [child(window), child(window, "training")]
    steps = len(picture.document.history)
    window.close()
    for pid in children:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    (left,) = recovery.list_journals()
    assert left.modified and left.source == str(project) and not left.problem
    journal = Journal.open(left.path)
    artwork, report = journal.artwork()
    assert not report and artwork.find(generated_in(artwork).id) is not None
    assert len(journal.entries) == steps
    journal.close()


def generated_in(artwork) -> Generated:
    return next(layer for layer in artwork.walk() if isinstance(layer, Generated))
