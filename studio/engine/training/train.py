"""The request of a training run becomes its loop: recipe by name or file, folder, device."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterator
from pathlib import Path

import msgspec
import torch

from studio.engine.datasets.listing import DataError
from studio.engine.failures import EngineError
from studio.engine.library.details import place_in
from studio.engine.training.checkpoint import TrainingState, load_checkpoint, newest_checkpoint
from studio.engine.training.codec import codec_recipe, train_codec
from studio.engine.training.detail import detail_recipe, is_detail_begun, learnt, need_large, train_detail
from studio.engine.training.finish import finish, is_begun, is_finished, step_of
from studio.engine.training.growing import grows
from studio.engine.training.loop import RunawayError, own_source
from studio.engine.training.loop import train as loop
from studio.engine.training.ranks import of_environment
from studio.engine.training.recipe import TrainingRecipe, find_recipe, tuned
from studio.engine.training.ship import ship_encoded, write_preview
from studio.messages.data import Decisions
from studio.messages.event import Event
from studio.messages.events import Checkpoint, Evaluated, Progress
from studio.messages.models import ModelEntry
from studio.messages.requests import Evaluate, Train
from studio.messages.training import FINISHING, LOOK, SMALLER, Tuning, Warned, changed
from studio.paths import embedded_models
from studio.recipe import QT_TRANSLATE_NOOP, RecipeError

SECOND_CHANCES = 2
"""How often a run whose numbers run away goes back by itself."""
TUNING = "tuning.json"
"""In the folder of a run: what it changes of its recipe."""
USUAL_STEPS = 500
MEASURED = 128
"""Pictures of a run's last checkpoint that are measured."""
BEGUN = QT_TRANSLATE_NOOP(
    "engine", "“{run}” holds a training already. Go on with it (--resume), or give another folder (--run)."
)
AT_HALF_SIZE = QT_TRANSLATE_NOOP("engine", "Learning at half the size first")


def shipped_weights(recipe: TrainingRecipe) -> Path | None:
    """The embedded model of the recipe's name, from which a resumed run without checkpoints goes on."""
    path = embedded_models() / recipe.name / "model.safetensors"
    return path if path.is_file() else None


def train(request: Train, device: str = "cpu") -> Generator[Event, None, None]:
    """Runs ``request``, then measures what it has made (Evaluated, and the same in the run's folder ``evaluation``).

    Where the recipe says what a finished model consists of, it is made when the run comes to the recipe's last step, or when the
    request asks for it. Such a run that was stopped in the midst of that goes on with it when it is resumed.
    With ``detail`` a detail network then learns the same pictures. A folder that holds another run is left as it is. Raises RecipeError for a recipe or checkpoint that cannot be used,
    DataError, EngineError, OSError.
    """
    run, data = Path(request.run), Path(request.data) if request.data else None
    if not request.resume:
        _need_free(run)
    coding = codec_recipe(request.recipe)
    if coding is not None:
        yield from train_codec(coding, run, data=data, steps=request.steps, resume=request.resume)
        return
    detail = detail_recipe(request.recipe)
    if detail is not None:
        yield from train_detail(detail, run, data=data, steps=request.steps, resume=request.resume)
        return
    if request.detail and data is None:
        raise RecipeError(f"{request.recipe}: detail is learnt from your own pictures; give a folder of them")
    if request.detail and data is not None:
        need_large(data)
    if not (request.detail and request.resume and is_detail_begun(run)):
        yield from _model(request, device)
    if request.detail and not of_environment().rank:
        yield from _detail(request)


def _need_free(run: Path) -> None:
    """Raises EngineError where the folder of the run holds what another one has learnt."""
    if newest_checkpoint(run) or newest_checkpoint(run / SMALLER) or any(run.glob("*learning.safetensors")):
        raise EngineError("bad_request", BEGUN, run=str(run))


def _detail(request: Train) -> Generator[Event, None, None]:
    """The detail network of the run, once: a run that goes on keeps the one that pictures may have been made with."""
    run, recipe = Path(request.run), detail_recipe("detail")
    if recipe is None or place_in(run).is_file():
        return
    decisions = request.decisions or Decisions()
    events = train_detail(
        recipe,
        run,
        data=Path(request.data),
        test_data=Path(request.test_data) if request.test_data else None,
        left_out=frozenset(decisions.excluded),
        resume=is_detail_begun(run),
    )
    for event in events:
        if isinstance(event, Progress):
            yield msgspec.structs.replace(event, stage=FINISHING)
        elif isinstance(event, Checkpoint):
            yield learnt(Path(event.path))


def _model(request: Train, device: str) -> Generator[Event, None, None]:
    """The run of a recipe for models."""
    run = Path(request.run)
    recipe = find_recipe(request.recipe)
    if request.finish and (recipe.finish is None or request.data):
        raise RecipeError(f"{recipe.name}: there is nothing to finish; the last checkpoint is the model")
    if _only_to_finish(request, recipe):
        yield from finish(recipe, run)
        return
    grown = yield from _grown(request, recipe, device)
    if grown is None:
        return
    first, last = None, 0
    with contextlib.closing(_learnt(grown, recipe, device)) as events:
        for event in events:
            if isinstance(event, Progress):
                first, last = event.done if first is None else first, event.done
            yield event
    reached = last >= recipe.steps and (first is None or first < recipe.steps or not request.steps)
    if request.finish or (recipe.finish is not None and not request.data and reached):
        yield from finish(recipe, run)
    if recipe.encoder is not None and recipe.source != "folder" and not request.data and reached:
        yield from _shipped(recipe, run, device)


def _shipped(recipe: TrainingRecipe, run: Path, device: str) -> Iterator[Event]:
    """The newest checkpoint of an autoencoder as a model file in few bytes, with its preview beside it."""
    newest = newest_checkpoint(run)
    if newest is None or of_environment().rank:
        return
    state = TrainingState(recipe, torch.device("cpu"))
    load_checkpoint(state, newest)
    own = own_source(recipe)
    state.classes, state.class_titles = own.classes, own.class_titles
    path = run / "model.safetensors"
    write_preview(ship_encoded(state, path, device), run / "preview.png")
    yield Checkpoint(step=state.step, path=str(path), pictures_seen=state.pictures_seen)


def _only_to_finish(request: Train, recipe: TrainingRecipe) -> bool:
    """Whether a run is taken up that has no more to learn: it was stopped while it was finished, whatever steps are asked for now,
    came to its last step, or is to be finished as it is."""
    run = Path(request.run)
    if recipe.finish is None or request.data or not request.resume:
        return False
    newest = newest_checkpoint(run)
    if newest is None:
        return False
    if is_begun(run, newest, recipe.finish):
        return True
    if request.steps:
        return False
    return request.finish or ((step_of(newest) or 0) >= recipe.steps and not is_finished(run))


def _grown(request: Train, recipe: TrainingRecipe, device: str) -> Generator[Event, None, Train | None]:
    """The recipe of half the size first, where this run is to grow from one and has no model yet; returns what is left of the request,
    None where its steps end there. On an artist's folder every recipe begins at its own size."""
    run = Path(request.run)
    smaller_run = run / SMALLER
    going_on = request.resume and shipped_weights(recipe) and not newest_checkpoint(smaller_run)
    if not recipe.grown_from or request.data or request.start_from or going_on or newest_checkpoint(run):
        return request
    smaller = find_recipe(recipe.grown_from)
    if not grows(smaller, recipe):
        raise RecipeError(
            f"{recipe.name}: does not grow from {smaller.name}, whose widths are not its own without those of the picture's side"
        )
    newest = newest_checkpoint(smaller_run) if request.resume else None
    left = smaller.steps - (step_of(newest) or 0 if newest else 0)
    steps = min(left, request.steps or left)
    if steps:
        asked = msgspec.structs.replace(
            request, recipe=recipe.grown_from, run=str(smaller_run), steps=steps, finish=False, detail=False
        )
        with contextlib.closing(train(asked, device)) as events:
            for event in events:
                with contextlib.suppress(OSError):  # the look that is asked for is one at these steps
                    (run / LOOK).replace(smaller_run / LOOK)
                if isinstance(event, Progress):
                    text = event.text or AT_HALF_SIZE
                    yield msgspec.structs.replace(event, stage=SMALLER, text=text)
                elif not isinstance(event, Checkpoint | Evaluated):
                    yield event
        of_environment().wait()  # until the first process has written it
    if request.steps and request.steps <= left:
        return None
    start = str(newest_checkpoint(smaller_run))
    return msgspec.structs.replace(
        request, start_from=start, steps=request.steps - steps if request.steps else 0
    )


def _learnt(request: Train, recipe: TrainingRecipe, device: str) -> Generator[Event, None, None]:
    """The steps of the run, then what its newest checkpoint is worth. One whose numbers run away goes back to its newest checkpoint
    and on from there at a quarter of the rate."""
    run, ranks = Path(request.run), of_environment()
    start = Path(request.start_from) if request.start_from else None
    tuning = _tuning(request)
    steps, resume = request.steps or None, request.resume or start is not None
    last = Progress(done=0, total=0)
    for attempt in range(SECOND_CHANCES + 1):
        events = loop(
            tuned(recipe, tuning),
            data=Path(request.data) if request.data else None,
            run=run,
            steps=steps,
            checkpoint_every=request.checkpoint_every or _usual(recipe),
            checkpoint_minutes=request.checkpoint_minutes,
            resume=resume,
            device=device,
            start=start or shipped_weights(recipe),
            test_data=Path(request.test_data) if request.test_data else None,
            decisions=request.decisions,
            parts=tuning.parts,
            ranks=ranks,
        )
        kept = ""
        try:
            with contextlib.closing(events):  # closed, it keeps a checkpoint, and a disk that is full is told
                for event in events:
                    last = event if isinstance(event, Progress) else last
                    kept = event.path if isinstance(event, Checkpoint) else kept
                    yield event
            break
        except RunawayError as error:
            if (
                attempt == SECOND_CHANCES
                or ranks.world > 1
                or (kept and Path(kept) != newest_checkpoint(run))
            ):
                raise
            if kept:  # else it begins once more
                resume, steps = True, last.total - (step_of(Path(kept)) or 0)
            tuning = changed(tuning, "runaway")
            _note(run, tuning)
            yield Warned(trouble="runaway", step=error.step, value=error.value, tuning=tuning)
    if not ranks.rank:
        yield from _measured(run, device, last)


def _usual(recipe: TrainingRecipe) -> int:
    """Steps between two checkpoints, so that each has its sample pictures: as many looks as come to half a thousand."""
    return recipe.sample_every * max(1, round(USUAL_STEPS / recipe.sample_every))


def _tuning(request: Train) -> Tuning:
    """What the run changes of its recipe: as asked for now and noted in its folder, else as noted there last where it is resumed.
    Raises OSError."""
    run = Path(request.run)
    if request.tuning is not None:
        if not of_environment().rank:
            _note(run, request.tuning)
        return request.tuning
    if request.resume:
        with contextlib.suppress(OSError, msgspec.DecodeError):
            return msgspec.json.decode((run / TUNING).read_bytes(), type=Tuning)
    return Tuning()


def _note(run: Path, tuning: Tuning) -> None:
    run.mkdir(parents=True, exist_ok=True)
    (run / TUNING).write_bytes(msgspec.json.encode(tuning))


def _measured(run: Path, device: str, last: Progress) -> Iterator[Event]:
    """Evaluated of the newest checkpoint; its own progress is told as that of the run, which is at its end. Too few pictures to
    measure beside are no failure of the run."""
    from studio.engine.evaluation.evaluate import FOLDER, MEASURING, measured
    from studio.engine.networks.load import load_generator

    path = newest_checkpoint(run)
    if path is None:
        return
    yield Progress(done=last.done, total=last.total, text=MEASURING)
    model = load_generator(path, device)
    entry = ModelEntry(card=model.card, path=str(path), digest="", bytes=path.stat().st_size)
    request = Evaluate(model=str(path), out=str(run / FOLDER), count=MEASURED)
    with contextlib.suppress(DataError):
        for event in measured(model, entry, request):
            told = isinstance(event, Progress)
            yield Progress(done=last.done, total=last.total, text=MEASURING) if told else event
