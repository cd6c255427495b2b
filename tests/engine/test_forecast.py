"""What a training would take is measured, and checkpoints that may go are chosen well."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import torch

from studio.engine.training import forecast, peak
from studio.engine.training.checkpoint import TrainingState, bytes_of, checkpoint_path, save_checkpoint
from studio.engine.training.pruning import MOST_KEPT, NEWEST, keep, prune, superfluous
from studio.engine.training.recipe import find_recipe
from studio.messages.events import Foreseen, Progress
from studio.messages.requests import Foresee
from tests.engine.test_watch import hills, one_thread  # noqa: F401


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecast, "DRY_STEPS", 3)


def foreseen(request: Foresee) -> Foreseen:
    *before, last = forecast.foresee(request)
    assert isinstance(last, Foreseen) and all(isinstance(event, Progress) for event in before)
    return last


@pytest.mark.usefixtures("quick")
def test_dry_steps_say_time_memory_and_size(hills: Path, tmp_path: Path) -> None:  # noqa: F811
    found = foreseen(Foresee(data=str(hills), recipe="tiny", seconds=1))
    assert (found.recipe, found.side, found.batch, found.pictures) == ("tiny", 32, 8, 40)
    assert found.steps == max(1, int(1 / found.step_seconds)) and not found.enough
    assert found.memory < 0 or found.memory > 50 << 20
    state = TrainingState(find_recipe("tiny"), torch.device("cpu"))
    written = save_checkpoint(state, checkpoint_path(tmp_path, 0), "cpu").stat().st_size
    assert bytes_of(state) <= written <= bytes_of(state) + 100_000
    assert found.checkpoint > bytes_of(state), "what optimisers remember is there from the first step on"


@pytest.mark.usefixtures("quick")
def test_the_time_there_is_chooses_the_recipe(
    hills: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried = []

    def dry(recipe, request, _device):
        tried.append(recipe.name)
        yield Progress(done=1, total=1)
        each = 0.01 * recipe.generator.size
        enough = forecast._enough(recipe, request.seconds, each)
        return Foreseen(
            recipe=recipe.name, side=0, batch=8, steps=1, step_seconds=each, seconds=1, enough=enough
        )

    monkeypatch.setattr(forecast, "_tried", dry)
    monkeypatch.setattr(forecast, "_forward_seconds", lambda recipe, _: recipe.generator.size / recipe.batch)
    assert foreseen(Foresee(data=str(hills), seconds=100)).recipe == "tiny"
    assert foreseen(Foresee(data=str(hills), seconds=3000)).recipe == "studio-gan-sketch"
    assert foreseen(Foresee(data=str(hills), seconds=200_000)).recipe == "few-gan"
    assert tried == ["tiny", "tiny", "studio-gan-sketch", "tiny", "few-gan"], "only what may fit is tried"
    monkeypatch.setattr(forecast, "_count", lambda _: 5000)
    assert foreseen(Foresee(data=str(hills), seconds=0)).recipe == "studio-gan-gallery"


def test_memory_that_was_used_is_seen() -> None:
    """As soon as it is more than was ever held before: not every system lets that mark be set back, and what else is freed
    meanwhile is not known."""
    if not Path("/proc/self/status").exists():
        pytest.skip("only Linux says it")
    with peak.watched(torch.device("cpu")) as most:
        before, held = most(), []
        while most() - before <= 50 << 20 and len(held) < 60:
            held.append(torch.ones(15 << 20))
        assert most() - before > 50 << 20


def test_what_stays_is_spread_over_the_ages() -> None:
    there: list[int] = []
    for step in range(1, 201):
        there.append(step)
        for gone in superfluous(there):
            there.remove(gone)
    assert len(there) == MOST_KEPT and there[0] == 1 and there[-NEWEST:] == [198, 199, 200]
    gaps = [later - earlier for earlier, later in itertools.pairwise(there)]
    assert gaps[0] >= gaps[4] >= gaps[-1] and max(gaps) < 130


def test_what_the_artist_keeps_is_never_taken_away(tmp_path: Path) -> None:
    for step in range(1, 41):
        path = checkpoint_path(tmp_path, step)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
        if step == 7:
            keep(path)
        prune(path.parent)
    found = sorted(int(path.stem[5:]) for path in (tmp_path / "checkpoints").glob("*.safetensors"))
    assert len(found) == MOST_KEPT + 1 and {1, 7, 38, 39, 40} <= set(found)
