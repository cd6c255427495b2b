"""Train a model, and what a training would take."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import typer

from studio import api
from studio.commands.data import JSON
from studio.commands.models import Device, checked_device
from studio.commands.say import Bar, Stopped, Words, Wrong, stoppable, words_of
from studio.messages.data import Decisions
from studio.messages.events import Checkpoint, DetailLearnt, Evaluated, Event, Foreseen, Progress
from studio.messages.requests import Foresee, Train
from studio.messages.training import FINISHING, ON_BATTERY, Tuning, Warned, sentence_of
from studio.paths import resources
from studio.recipe import QT_TRANSLATE_NOOP

RECIPE = QT_TRANSLATE_NOOP("cli", "A training recipe: its name or a TOML file")
DATA = QT_TRANSLATE_NOOP("cli", "A folder of pictures; without it the recipe's own")
NEEDED_DATA = QT_TRANSLATE_NOOP("cli", "The folder of pictures to learn from")
RUN = QT_TRANSLATE_NOOP("cli", "The folder of this run; checkpoints go to its folder “checkpoints”")
STEPS = QT_TRANSLATE_NOOP("cli", "How many steps to take; without it as many as the recipe says")
EVERY = QT_TRANSLATE_NOOP("cli", "Steps between two checkpoints")
MINUTES = QT_TRANSLATE_NOOP("cli", "Minutes between two checkpoints at most; 0 for by steps alone")
MAINS = QT_TRANSLATE_NOOP("cli", "Wait while this computer runs on its battery")
NOT_TOGETHER = QT_TRANSLATE_NOOP("cli", "--mains-only is for one process; leave it or --nproc out")
FINISH = QT_TRANSLATE_NOOP(
    "cli",
    "Make the finished model though the recipe's last step is not reached; with --resume at once from the newest checkpoint",
)
DETAIL = QT_TRANSLATE_NOOP(
    "cli", "Then also learn the detail of the pictures at their full size, for four times the pixels a side"
)
RESUME = QT_TRANSLATE_NOOP("cli", "Go on from the newest checkpoint, or from the model that is shipped")
TEST = QT_TRANSLATE_NOOP("cli", "A folder of pictures that are never trained on")
FIT = QT_TRANSLATE_NOOP(
    "cli",
    "How a picture becomes square: its middle, its detail, windows along the long side, or paper around it",
)
TRIM = QT_TRANSLATE_NOOP("cli", "Trim borders, in the packed copy")
STRAIGHTEN = QT_TRANSLATE_NOOP("cli", "Straighten sheets that lie askew, in the packed copy")
EVEN_PAPER = QT_TRANSLATE_NOOP("cli", "Make tinted or uneven paper white, in the packed copy")
GREY = QT_TRANSLATE_NOOP("cli", "Learn ink in one grey channel instead of in colour")
MIRROR = QT_TRANSLATE_NOOP("cli", "Whether pictures may be mirrored; not where they bear writing or seals")
CLASSES = QT_TRANSLATE_NOOP(
    "cli",
    "What can be asked for by name afterwards: what the recipe says, a class for each sub-folder, or palettes, groups of pictures of like colours",
)
PALETTES = QT_TRANSLATE_NOOP("cli", "How many palettes, with --classes palettes")
HOLD_OUT = QT_TRANSLATE_NOOP("cli", "Part of each class that is not trained on, 0 to 0.5")
START = QT_TRANSLATE_NOOP("cli", "A model file or checkpoint of the same recipe, to learn on from")
RATE = QT_TRANSLATE_NOOP("cli", "Both learning rates times this")
JUDGE_RATE = QT_TRANSLATE_NOOP("cli", "The discriminator's learning rate times this")
PENALTY = QT_TRANSLATE_NOOP("cli", "The gradient penalties times this; more holds the discriminator back")
DIVERGENCE = QT_TRANSLATE_NOOP("cli", "What the codes of an autoencoder cost, times this")
AUGMENT = QT_TRANSLATE_NOOP("cli", "The least share of pictures that each augmentation touches")
PARTS = QT_TRANSLATE_NOOP("cli", "Work on a batch in so many parts, which takes less memory and more time")
PROCESSES = QT_TRANSLATE_NOOP(
    "cli", "Processes of this computer that share each batch, one for each card or a few cores"
)
WITHIN = QT_TRANSLATE_NOOP(
    "cli", "Seconds that there are, as 600, 10m, 1h or 2d; the recipe that fits is proposed"
)
NOT_A_TIME = QT_TRANSLATE_NOOP("cli", "“{text}” is no time; give 600, 10m, 1h or 2d")
FORESEEN = QT_TRANSLATE_NOOP(
    "cli",
    "{recipe}, {side} px, steps: {steps}, pictures in each: {batch}; {time}; {memory} memory, {disk} on the disk for checkpoints",
)
UNKNOWN = QT_TRANSLATE_NOOP("cli", "unknown")
TIME_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
REPLACED = QT_TRANSLATE_NOOP("cli", "stopped at step {step}; “--resume” goes on from there")
NOT_FINISHED = QT_TRANSLATE_NOOP(
    "cli", "stopped while the finished model was made; “--resume” goes on with that"
)
FINISHED = QT_TRANSLATE_NOOP("cli", "The finished model, with its sliders and its enlargement, is {path}")

NO_RECIPE = QT_TRANSLATE_NOOP(
    "cli", "there is no training recipe “{name}”; there are: {known}, or give a TOML file"
)
AS_THE_RECIPE = Tuning()
FOLDERS = ("codec", "detail")
"""Of recipes for networks that are no models: they are trained, but no time is foreseen for them."""

Classes = Literal["recipe", "folders", "palettes"]
Fit = Literal["centre", "detail", "windows", "pad"]
Recipe = Annotated[str, typer.Argument(metavar="RECIPE", help=RECIPE)]
Data = Annotated[Path | None, typer.Argument(metavar="[DATA_DIR]", help=DATA)]


def train(
    context: typer.Context,
    recipe: Recipe,
    data: Data = None,
    run: Annotated[Path, typer.Option(metavar="DIR", help=RUN)] = Path("run"),
    steps: Annotated[int, typer.Option(min=0, help=STEPS)] = 0,
    checkpoint_every: Annotated[int, typer.Option(min=0, help=EVERY)] = 0,
    checkpoint_minutes: Annotated[float, typer.Option(min=0.0, max=1440.0, help=MINUTES)] = 10.0,
    mains_only: Annotated[bool, typer.Option("--mains-only", help=MAINS)] = False,
    resume: Annotated[bool, typer.Option("--resume", help=RESUME)] = False,
    start_from: Annotated[Path | None, typer.Option(metavar="FILE", help=START)] = None,
    finish: Annotated[bool, typer.Option("--finish", help=FINISH)] = False,
    test_dir: Annotated[Path | None, typer.Option(metavar="DIR", help=TEST)] = None,
    fit: Annotated[Fit, typer.Option(help=FIT)] = "centre",
    trim: Annotated[bool, typer.Option("--trim", help=TRIM)] = False,
    straighten: Annotated[bool, typer.Option("--straighten", help=STRAIGHTEN)] = False,
    even_paper: Annotated[bool, typer.Option("--even-paper", help=EVEN_PAPER)] = False,
    grey: Annotated[bool, typer.Option("--grey", help=GREY)] = False,
    mirror: Annotated[bool | None, typer.Option("--mirror/--no-mirror", help=MIRROR)] = None,
    classes: Annotated[Classes, typer.Option(help=CLASSES)] = "recipe",
    palettes: Annotated[int, typer.Option(min=2, max=24, help=PALETTES)] = 6,
    hold_out: Annotated[float, typer.Option(min=0.0, max=0.5, help=HOLD_OUT)] = 0.0,
    rate: Annotated[float, typer.Option(min=0.0001, max=100.0, help=RATE)] = 1.0,
    judge_rate: Annotated[float, typer.Option(min=0.001, max=1000.0, help=JUDGE_RATE)] = 1.0,
    penalty: Annotated[float, typer.Option(min=0.001, max=1000.0, help=PENALTY)] = 1.0,
    divergence: Annotated[float, typer.Option(min=0.001, max=1000.0, help=DIVERGENCE)] = 1.0,
    augment: Annotated[float, typer.Option(min=0.0, max=1.0, help=AUGMENT)] = 0.0,
    parts: Annotated[int, typer.Option(min=1, max=64, help=PARTS)] = 1,
    detail: Annotated[bool, typer.Option("--detail", help=DETAIL)] = False,
    nproc: Annotated[int, typer.Option(min=1, max=64, help=PROCESSES)] = 1,
    device: Device = "auto",
) -> None:
    """``danqing train``: a run, told line by line. Raises Wrong, EngineError; Ctrl+C writes a checkpoint first."""
    words = words_of(context)
    need_recipe(recipe, FOLDERS)
    tuning = Tuning(
        rate=rate, judge_rate=judge_rate, penalty=penalty, divergence=divergence, augment=augment, parts=parts
    )
    request = Train(
        recipe=recipe, data=str(data or ""), run=str(run), steps=steps, checkpoint_every=checkpoint_every,
        checkpoint_minutes=checkpoint_minutes, mains_only=mains_only,
        resume=resume, start_from=str(start_from or ""), finish=finish, detail=detail, test_data=str(test_dir or ""),
        tuning=None if tuning == AS_THE_RECIPE else tuning,
        decisions=Decisions(
            policy=fit, trim=trim, straighten=straighten, even_paper=even_paper, ink="grey" if grey else "colour",
            mirror=mirror, classes=classes, palettes=palettes, validation=hold_out,
        ),
    )  # fmt: skip
    events: Any = api.ask(request, device=checked_device(device))
    if nproc > 1 and mains_only:
        raise Wrong(NOT_TOGETHER)
    if nproc > 1:
        from studio.engine.training.together import train_together

        events = train_together(request, nproc, device)
    follow(events, recipe, words)


def need_recipe(recipe: str, also: Sequence[str] = ()) -> None:
    """Raises Wrong with the names there are where ``recipe`` is neither one nor a file. ``also``: folders of recipes that count, too."""
    places = [resources() / "recipes" / folder for folder in ("", *also)]
    known = sorted(one.stem for place in places for one in place.glob("*.toml"))
    if recipe not in known and not Path(recipe).exists():
        raise Wrong(NO_RECIPE, name=recipe, known=", ".join(known))


def follow(events: Any, title: str, words: Words) -> None:
    """Shows a run until it ends: checkpoints on standard output, what else is said on standard error. Raises Stopped."""
    step, stage = 0, ""
    with stoppable() as stop, Bar(title) as bar:
        for event in events:
            if isinstance(event, Progress):
                step, stage = step if event.stage == FINISHING else event.done, event.stage
                losses = "  ".join(f"{name} {value:.3g}" for name, value in event.values.items())
                bar.show(
                    event.done,
                    event.total,
                    words(event.text, "engine") if stage or event.text == ON_BATTERY else losses,
                )
            else:
                _say(event, stage, words)
            if stop:
                events.close()  # between two steps: the run writes its checkpoint
                typer.echo(
                    f"danqing: {words(NOT_FINISHED if stage == FINISHING else REPLACED, step=step)}", err=True
                )
                raise Stopped


def _say(event: Event, stage: str, words: Words) -> None:
    from studio.commands.detail import learnt_line
    from studio.commands.evaluating import lines

    if isinstance(event, Checkpoint):
        typer.echo(event.path)
        if stage:
            typer.echo(words(FINISHED, path=event.path), err=True)
    elif isinstance(event, DetailLearnt):
        typer.echo(event.path)
        typer.echo(learnt_line(event, words), err=True)
    elif isinstance(event, Warned):
        sentence, values = sentence_of(event)
        typer.echo(f"danqing: {words(sentence, 'training', **values)}", err=True)
    elif isinstance(event, Evaluated):
        for line in lines(event, words):  # what is printed else are the checkpoints
            typer.echo(line, err=True)


def foresee(
    context: typer.Context,
    data: Annotated[Path, typer.Argument(metavar="DATA_DIR", help=NEEDED_DATA)],
    recipe: Annotated[str, typer.Option(metavar="RECIPE", help=RECIPE)] = "",
    within: Annotated[str, typer.Option(metavar="TIME", help=WITHIN)] = "1h",
    as_json: Annotated[bool, typer.Option("--json", help=JSON)] = False,
    device: Device = "auto",
) -> None:
    """``danqing foresee``: what a training takes on this computer, from steps that are measured and kept nowhere. Raises Wrong, EngineError, Stopped."""
    words = words_of(context)
    if recipe:
        need_recipe(recipe)
    request = Foresee(recipe=recipe, data=str(data), seconds=seconds_of(within))
    with stoppable() as stop, Bar(data.name) as bar:
        for event in api.ask(request, device=checked_device(device)):
            if isinstance(event, Progress):
                bar.show(event.done, event.total, words(event.text, "engine") if event.text else "")
            elif isinstance(event, Foreseen):
                typer.echo(msgspec.json.encode(event).decode() if as_json else foreseen_line(event, words))
            if stop:
                raise Stopped


def seconds_of(text: str) -> int:
    """``90``, ``10m``, ``1h``, ``2d`` as seconds. Raises Wrong."""
    number, unit = (text[:-1], text[-1:]) if text[-1:] in TIME_UNITS else (text, "s")
    try:
        found = float(number) * TIME_UNITS[unit]
    except ValueError:
        raise Wrong(NOT_A_TIME, text=text) from None
    if not 1 <= found <= 366 * 86_400:
        raise Wrong(NOT_A_TIME, text=text)
    return int(found)


def foreseen_line(event: Foreseen, words: Words) -> str:
    hours, rest = divmod(round(event.seconds), 3600)
    memory = f"{event.memory / 2**30:.1f} GiB" if event.memory > 0 else words(UNKNOWN)
    return words(
        FORESEEN, recipe=event.recipe, side=event.side, steps=event.steps, batch=event.batch,
        time=f"{hours}:{rest // 60:02d} h" if hours else f"{max(1, rest // 60)} min",
        memory=memory, disk=f"{event.disk / 2**20:.0f} MiB",
    )  # fmt: skip
