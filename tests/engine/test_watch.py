"""What goes wrong in a training is said: in real runs that were made to fail, and in healthy ones not at all."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import torch
from PIL import Image
from safetensors import safe_open
from safetensors.torch import load_file

from studio.engine.context import Context
from studio.engine.datasets import shanshui
from studio.engine.networks.discriminator import DiscriminatorShape
from studio.engine.networks.generator import GeneratorShape
from studio.engine.run import run
from studio.engine.training import step, storing
from studio.engine.training import train as training
from studio.engine.training.checkpoint import TrainingState
from studio.engine.training.loop import RunawayError, train
from studio.engine.training.recipe import TrainingRecipe, check_recipe, tuned
from studio.engine.training.step import Batch
from studio.engine.training.together import heard, line_of
from studio.engine.training.watch import LOST_STEPS
from studio.messages.events import Checkpoint, Failed, Finished, Progress
from studio.messages.requests import Train
from studio.messages.training import SENTENCES, WANTED, Trouble, Tuning, Warned, changed, sentence_of
from tests.long_form import thinned

YOUNG = TrainingRecipe(
    name="young", title="Young", source="folder", batch=8, steps=160, precision="float32", generator_rate=4e-4,
    discriminator_rate=4e-4, gamma=0.3, penalty_every=4, ema_pictures=100.0, sample_every=20, sample_count=16,
    generator=GeneratorShape(latent_size=16, style_size=16, mapping_layers=2, widths=(16, 12, 8)),
    discriminator=DiscriminatorShape(widths=(8, 12, 16)),
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Networks so small are slower on two."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def hills(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty different landscapes."""
    folder = tmp_path_factory.mktemp("hills")
    painted = (shanshui.paint(shanshui.latents(range(40)), 32) * 255).byte().permute(0, 2, 3, 1).numpy()
    for number, pixels in enumerate(painted):
        Image.fromarray(pixels).save(folder / f"{number}.png")
    return folder


def told(data: Path, run: Path, **changes: object) -> list[Warned]:
    """What a run of the young recipe with ``changes`` is warned of."""
    recipe = msgspec.structs.replace(YOUNG, **changes)
    return [event for event in train(recipe, data=data, run=run) if isinstance(event, Warned)]


def test_a_judge_that_is_far_ahead_is_told(hills: Path, tmp_path: Path) -> None:
    warned = told(hills, tmp_path, steps=100, discriminator_rate=4e-3, generator_rate=1e-5, gamma=0.0)
    assert [one.trouble for one in warned] == ["judge_wins"] and warned[0].value > 10


@pytest.mark.slow
def test_a_judge_that_stands_still_is_told(hills: Path, tmp_path: Path) -> None:
    warned = told(hills, tmp_path, discriminator_rate=1e-12)
    assert [one.trouble for one in warned] == ["judge_lost"] and warned[0].value < -4


@pytest.mark.slow
def test_a_model_that_repeats_itself_is_told(hills: Path, tmp_path: Path) -> None:
    rates = {"generator_rate": 0.03, "discriminator_rate": 1e-3, "momentum": 0.5}
    warned = told(hills, tmp_path, steps=100, loss="hinge", gamma=0.0, **rates)
    assert "repeats" in [one.trouble for one in warned]


def test_a_single_picture_is_learnt_by_heart_and_that_is_told(hills: Path, tmp_path: Path) -> None:
    alone = tmp_path / "one"
    alone.mkdir()
    (alone / "1.png").write_bytes((hills / "1.png").read_bytes())
    warned = told(alone, tmp_path, steps=120, generator_rate=1e-3, discriminator_rate=1e-3)
    assert (warned[0].trouble, warned[0].step) == ("alone", 0), "before it takes an hour"
    (one,) = [one for one in warned if one.trouble == "by_heart"]
    assert one.value > 0.15


def test_rates_that_are_far_too_high_run_away(hills: Path, tmp_path: Path) -> None:
    with pytest.raises(RunawayError) as error:
        told(hills, tmp_path, generator_rate=0.1, discriminator_rate=0.1)
    assert error.value.kind == "runaway" and error.value.step < 60
    assert not list(tmp_path.glob("checkpoints/*")), "what has run away is not kept"


LINES = """
name = "young"
title = "Young"
source = "folder"
batch = 4
steps = 40
precision = "float32"
generator_rate = 4e-4
sample_every = 40
sample_count = 4
[generator]
latent_size = 8
style_size = 8
mapping_layers = 2
widths = [8, 8]
[discriminator]
widths = [8, 8]
"""

HEALTHY = {
    "relativistic": {},
    "hinge": {"loss": "hinge"},
    "logistic": {"loss": "logistic", "momentum": 0.5, "second_moment": 0.999},
}


@pytest.mark.parametrize("name", thinned(HEALTHY, 3))
def test_a_healthy_run_is_warned_of_nothing(hills: Path, tmp_path: Path, name: str) -> None:
    assert told(hills, tmp_path, **HEALTHY[name]) == []


def test_numbers_that_are_none_move_nothing_and_the_run_goes_back_to_its_checkpoint(
    hills: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = tmp_path / "young.toml"
    recipe.write_text(LINES)
    original, calls = step.judge_loss, []

    def lost(kind: str, real: torch.Tensor, fake: torch.Tensor) -> torch.Tensor:
        calls.append(0)
        wrong = 6 < len(calls) <= 6 + LOST_STEPS
        return original(kind, real, fake) * (float("nan") if wrong else 1.0)

    monkeypatch.setattr(step, "judge_loss", lost)
    monkeypatch.setattr(training, "_measured", lambda *_: iter(()))
    run = tmp_path / "run"
    request = Train(recipe=str(recipe), data=str(hills), run=str(run), checkpoint_every=5)
    events = list(training.train(request))
    (warned,) = [event for event in events if isinstance(event, Warned)]
    assert warned.trouble == "runaway" and warned.tuning == Tuning(rate=0.25)
    kept = [event.step for event in events if isinstance(event, Checkpoint)]
    assert kept == [5, 10, 15, 20, 25, 30, 35, 40], "none of the steps that were lost"
    assert all(
        bool(value.isfinite().all())
        for value in load_file(run / "checkpoints" / "step-00000040.safetensors").values()
    )
    resumed = Train(recipe=str(recipe), data=str(hills), run=str(run), steps=1, resume=True)
    list(training.train(resumed))
    with safe_open(run / "checkpoints" / "step-00000041.safetensors", "pt") as file:
        written = msgspec.json.decode(file.metadata()["training"])
    assert written["recipe"]["generator_rate"] == 1e-4, "a resumed run keeps it"


@pytest.mark.parametrize("trouble", SENTENCES)
def test_each_trouble_has_a_change_that_stays_within_its_range(trouble: Trouble) -> None:
    tuning = Tuning()
    for _ in range(12):
        tuning = changed(tuning, trouble)
        msgspec.convert(msgspec.to_builtins(tuning), Tuning)
        check_recipe(msgspec.convert(msgspec.to_builtins(tuned(YOUNG, tuning)), TrainingRecipe))
    assert tuned(YOUNG, tuning) != YOUNG
    sentence, values = sentence_of(Warned(trouble=trouble, step=7, value=0.5))
    assert sentence.format(**values)


def test_parts_of_a_batch_give_the_sums_of_the_whole(hills: Path, tmp_path: Path) -> None:
    recipe = msgspec.structs.replace(YOUNG, steps=3, loss="logistic", augment=0.5, penalty_every=1)
    for name, parts in (("whole", 1), ("parts", 3)):
        list(train(recipe, data=hills, run=tmp_path / name, parts=parts))
    whole, parted = (load_file(next((tmp_path / name).glob("checkpoints/*"))) for name in ("whole", "parts"))
    for name, value in whole.items():
        assert torch.allclose(value.float(), parted[name].float(), atol=2e-5), name


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
def test_a_disk_that_is_full_at_a_checkpoint_loses_nothing_earlier(
    hills: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = tmp_path / "young.toml"
    recipe.write_text(LINES)
    monkeypatch.setattr(training, "_measured", lambda *_: iter(()))
    request = Train(recipe=str(recipe), data=str(hills), run=str(tmp_path / "run"), checkpoint_every=5)
    write = storing.save_file

    def full(tensors: dict, path: Path, metadata: dict) -> None:
        path.write_bytes(b"half of it")
        write(tensors, "/dev/full", metadata)

    events = run(request, Context(device="cpu"))
    for event in events:
        if isinstance(event, Checkpoint):
            monkeypatch.setattr(storing, "save_file", full)
    assert isinstance(event, Failed) and event.kind == "disk_full"
    folder = tmp_path / "run" / "checkpoints"
    assert [path.name for path in folder.iterdir()] == ["step-00000005.safetensors"], "nothing half is left"
    monkeypatch.setattr(storing, "save_file", write)
    again = msgspec.structs.replace(request, resume=True, steps=2)
    *_, last = run(again, Context(device="cpu"))
    assert isinstance(last, Finished) and (folder / "step-00000007.safetensors").exists()


def test_full_memory_is_a_failure_of_its_name_and_parts_go_on(
    hills: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = tmp_path / "young.toml"
    recipe.write_text(LINES)
    monkeypatch.setattr(training, "_measured", lambda *_: iter(()))
    judged = step._judged

    def small(state: TrainingState, number: int, batch: Batch, part: slice, *rest: object) -> object:
        if number >= 6 and part.stop - part.start > 2:
            raise MemoryError
        return judged(state, number, batch, part, *rest)

    monkeypatch.setattr(step, "_judged", small)
    request = Train(
        recipe=str(recipe), data=str(hills), run=str(tmp_path / "run"), checkpoint_every=5, steps=8
    )
    *_, last = run(request, Context(device="cpu"))
    assert isinstance(last, Failed) and last.kind == "out_of_memory"
    assert (tmp_path / "run" / "checkpoints" / "step-00000006.safetensors").exists(), (
        "as the last step left it"
    )
    again = msgspec.structs.replace(request, resume=True, steps=2, tuning=Tuning(parts=2))
    *_, last = run(again, Context(device="cpu"))
    assert isinstance(last, Finished), "it went on from the sixth step"
    assert (tmp_path / "run" / "checkpoints" / "step-00000008.safetensors").exists()


def test_a_moment_that_is_asked_for_has_pictures_and_a_checkpoint_that_stays(
    hills: Path, tmp_path: Path
) -> None:
    asked = False
    for event in train(
        msgspec.structs.replace(YOUNG, steps=6), data=hills, run=tmp_path, checkpoint_every=50
    ):
        if isinstance(event, Progress) and event.done == 2 and not asked:
            (tmp_path / WANTED).touch()
            asked = True
    folder = tmp_path / "checkpoints"
    assert (folder / "step-00000002.safetensors").exists() and (
        folder / "step-00000002.safetensors.kept"
    ).exists()
    assert (tmp_path / "samples" / "step-00000002.png").exists() and not (tmp_path / WANTED).exists()
    assert not (folder / "step-00000006.safetensors.kept").exists()


def test_losses_that_are_no_numbers_are_told_in_words_and_between_processes() -> None:
    for value in (math.nan, math.inf):
        warned = Warned(trouble="runaway", step=9, value=value, tuning=Tuning(rate=0.25))
        words, values = sentence_of(warned)
        assert "step 9" in words.format(**values)
        again = heard(line_of(Progress(done=9, total=20, values={"generator": value})))
        assert isinstance(again, Progress) and not math.isfinite(again.values["generator"])
