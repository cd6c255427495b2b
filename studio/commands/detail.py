"""Real pixels: four times the pixels a side for a picture, and a detail network that learns from a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from studio import api
from studio.commands.models import Device, checked_device
from studio.commands.say import Bar, Stopped, Words, stoppable, words_of
from studio.messages.events import DetailLearnt, Picture, Progress
from studio.messages.pixels import Pixels
from studio.messages.requests import MOST_DETAIL, AddDetail, LearnDetail
from studio.project import atomic
from studio.project.png import encode_png
from studio.recipe import QT_TRANSLATE_NOOP

SOURCE = QT_TRANSLATE_NOOP("cli", "The picture")
OUT = QT_TRANSLATE_NOOP("cli", "The picture to write, a PNG file")
MODEL = QT_TRANSLATE_NOOP("cli", "The model whose detail is added; without it what comes with Danqing")
FILE = QT_TRANSLATE_NOOP("cli", "A detail network's own file instead, .danqing-detail")
TIMES = QT_TRANSLATE_NOOP("cli", "1 for four times the pixels a side, 2 for sixteen times")
SEED = QT_TRANSLATE_NOOP("cli", "Seed of its grain")
DATA = QT_TRANSLATE_NOOP("cli", "The folder of pictures to learn from, at their full size")
FOR = QT_TRANSLATE_NOOP("cli", "The model that it is learnt for; it then lies beside it")
RUN = QT_TRANSLATE_NOOP("cli", "The folder that receives it, and what it has learnt so far")
STEPS = QT_TRANSLATE_NOOP("cli", "How many steps to take; without it as many as the recipe says")
RESUME = QT_TRANSLATE_NOOP("cli", "Go on where it was stopped")
RECIPE = QT_TRANSLATE_NOOP("cli", "A recipe for detail networks: its name or a TOML file")
SAID = QT_TRANSLATE_NOOP(
    "cli", "{real} of {shown} pixels a side are the picture's own; the rest is added detail"
)
LEARNT = QT_TRANSLATE_NOOP(
    "cli",
    "pieces learnt from: {pictures}; {gain} dB beside bicubic, {sharpness} times as sharp as real ones it never saw",
)
UNTESTED = QT_TRANSLATE_NOOP(
    "cli", "pieces learnt from: {pictures}; there were no pictures left to test it on"
)


def add(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="PICTURE", help=SOURCE)],
    out: Annotated[Path, typer.Argument(metavar="OUT", help=OUT)],
    model: Annotated[str, typer.Option(metavar="MODEL", help=MODEL)] = "",
    file: Annotated[Path | None, typer.Option(metavar="FILE", help=FILE)] = None,
    times: Annotated[int, typer.Option(min=1, max=MOST_DETAIL, help=TIMES)] = 1,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help=SEED)] = 1,
    device: Device = "auto",
) -> None:
    """``danqing detail add``: a picture with four or sixteen times the pixels a side, as a PNG file. Raises DecodeError, EngineError, Stopped."""
    words = words_of(context)
    pixels = api.render(api.open(source))
    if (pixels[..., 3] == 255).all():
        pixels = pixels[..., :3]
    packed = Pixels.of(pixels)
    request = AddDetail(
        pixels=packed.data, shape=packed.shape, model=model, file=str(file or ""), times=times, seed=seed
    )
    with stoppable() as stop, Bar(source.name) as bar:
        for event in api.ask(request, device=checked_device(device)):
            if isinstance(event, Progress):
                bar.show(event.done, event.total, words(event.text, "engine"))
            elif isinstance(event, Picture):
                made = event.pixels.array()
                atomic.write(out, encode_png(made))
                typer.echo(out)
                typer.echo(words(SAID, real=event.real_size, shown=max(made.shape[:2])), err=True)
            if stop:
                raise Stopped


def learn(
    context: typer.Context,
    data: Annotated[Path, typer.Argument(metavar="DATA_DIR", help=DATA)],
    model: Annotated[str, typer.Option(metavar="MODEL", help=FOR)] = "",
    run: Annotated[Path, typer.Option(metavar="DIR", help=RUN)] = Path("run"),
    steps: Annotated[int, typer.Option(min=0, max=1_000_000, help=STEPS)] = 0,
    recipe: Annotated[str, typer.Option(metavar="RECIPE", help=RECIPE)] = "detail",
    resume: Annotated[bool, typer.Option("--resume", help=RESUME)] = False,
) -> None:
    """``danqing detail learn``: a detail network from large pictures, and how far it came. Raises EngineError, Stopped."""
    words = words_of(context)
    request = LearnDetail(
        data=str(data), run=str(run), model=model, steps=steps, recipe=recipe, resume=resume
    )
    events = api.ask(request)
    with stoppable() as stop, Bar(data.name) as bar:
        for event in events:
            if isinstance(event, Progress):
                said = "  ".join(f"{name} {value:.3g}" for name, value in event.values.items())
                bar.show(event.done, event.total, said or words(event.text, "engine"))
            elif isinstance(event, DetailLearnt):
                typer.echo(event.path)
                typer.echo(learnt_line(event, words), err=True)
            if stop:
                raise Stopped


def learnt_line(event: DetailLearnt, words: Words) -> str:
    """What a detail network is worth on pictures that it never saw."""
    if not event.sharpness:
        return words(UNTESTED, pictures=event.pictures)
    return words(
        LEARNT, pictures=event.pictures, gain=f"{event.gain:+.2f}", sharpness=f"{event.sharpness:.2f}"
    )
