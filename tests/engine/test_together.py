"""Two processes that share a batch train what one trains alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from studio.engine.training import train as training
from studio.engine.training.ranks import ALONE, Ranks, of_environment
from studio.engine.training.step import Batch
from studio.engine.training.together import train_together
from studio.messages.events import Checkpoint, Progress
from studio.messages.requests import Train
from tests.engine.test_watch import LINES, hills  # noqa: F401


def test_a_batch_is_shared_without_rest() -> None:
    batch = Batch(torch.zeros(10, 2), torch.zeros(10, 3, 4, 4))
    for parts, world in ((1, 1), (3, 1), (1, 2), (2, 3), (20, 1)):
        shares = [share for rank in range(world) for share in batch.shares(parts, Ranks(rank, world))]
        taken = sorted(number for share in shares for number in range(10)[share])
        assert taken == list(range(10)), (parts, world)
        assert len(shares) == min(10, parts * world)


def test_a_process_that_nobody_started_is_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORLD_SIZE", raising=False)
    assert of_environment() is ALONE and ALONE.summed({"loss": 0.5}) == {"loss": 0.5}


@pytest.mark.slow
def test_two_processes_equal_one(hills: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    recipe = tmp_path / "young.toml"
    recipe.write_text(
        LINES.replace("sample_every = 40", 'sample_every = 40\nloss = "logistic"\naugment = 0.5')
    )
    monkeypatch.setattr(training, "_measured", lambda *_: iter(()))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    asked = {"recipe": str(recipe), "data": str(hills), "steps": 4}
    list(training.train(Train(run=str(tmp_path / "one"), **asked)))
    events = list(train_together(Train(run=str(tmp_path / "two"), **asked), 2, "cpu"))
    assert [event.step for event in events if isinstance(event, Checkpoint)] == [4]
    assert max(event.done for event in events if isinstance(event, Progress)) == 4
    one, two = (
        load_file(tmp_path / name / "checkpoints" / "step-00000004.safetensors") for name in ("one", "two")
    )
    assert one.keys() == two.keys()
    for name, value in one.items():
        assert torch.allclose(value.double(), two[name].double(), rtol=0, atol=1e-5), name


@pytest.mark.slow
def test_processes_are_stopped_together_with_a_checkpoint(hills: Path, tmp_path: Path) -> None:  # noqa: F811
    recipe = tmp_path / "young.toml"
    recipe.write_text(LINES.replace("steps = 40", "steps = 100000"))
    run = tmp_path / "run"
    events = train_together(Train(run=str(run), recipe=str(recipe), data=str(hills)), 2, "cpu")
    for event in events:
        if isinstance(event, Progress) and event.done >= 3 and event.values:
            break
    events.close()
    assert list(run.glob("checkpoints/*.safetensors")) and not (run / "stop").exists()
    assert os.path.exists(run / "pictures.json")
