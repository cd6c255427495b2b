"""The convolution lesson: learn the classes of a folder, say what a picture shows, and look at the layers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from studio import api
from studio.commands.say import Bar, Stopped, stoppable, words_of
from studio.messages.events import ClassesLearnt, Classified, Progress
from studio.messages.requests import Classify, LearnClasses
from studio.project import atomic
from studio.project.png import encode_png
from studio.recipe import QT_TRANSLATE_NOOP

FOLDER = QT_TRANSLATE_NOOP("cli", "A folder with a sub-folder of pictures for each class")
OUT = QT_TRANSLATE_NOOP("cli", "The classifier, a safetensors file")
TEST = QT_TRANSLATE_NOOP("cli", "A folder of pictures that are never trained on")
STEPS = QT_TRANSLATE_NOOP("cli", "How many steps to take")
SIDE = QT_TRANSLATE_NOOP("cli", "Side in pixels at which pictures are seen, a multiple of 8")
MIRROR = QT_TRANSLATE_NOOP("cli", "Whether pictures may be mirrored; not where they bear writing")
SEED = QT_TRANSLATE_NOOP("cli", "The random numbers' seed")
PICTURES = QT_TRANSLATE_NOOP("cli", "Pictures to look at")
MAPS = QT_TRANSLATE_NOOP("cli", "A folder for what each layer makes of a picture, as PNG files")
RIGHT = QT_TRANSLATE_NOOP("cli", "told right, of pictures that it never saw: {right} of {count}")
UNTESTED = QT_TRANSLATE_NOOP("cli", "there were no pictures left to test it on")
LEFT_OUT = QT_TRANSLATE_NOOP("cli", "left out: {file}")
TAKEN = QT_TRANSLATE_NOOP("cli", "{name}: {right} of {count}; taken for others: {others}")


def learn(
    context: typer.Context,
    data: Annotated[Path, typer.Argument(metavar="DATA_DIR", help=FOLDER)],
    out: Annotated[Path, typer.Argument(metavar="MODEL", help=OUT)],
    test_dir: Annotated[Path | None, typer.Option(metavar="DIR", help=TEST)] = None,
    steps: Annotated[int, typer.Option(min=1, max=1_000_000, help=STEPS)] = 600,
    size: Annotated[int, typer.Option(min=8, max=256, help=SIDE)] = 32,
    mirror: Annotated[bool, typer.Option("--mirror/--no-mirror", help=MIRROR)] = False,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help=SEED)] = 1,
) -> None:
    """``danqing classes learn``: a classifier of a folder's sub-folders, and how many held-out pictures it is right of. Raises EngineError, Stopped."""
    words = words_of(context)
    request = LearnClasses(
        data=str(data),
        out=str(out),
        test_data=str(test_dir or ""),
        steps=steps,
        side=size,
        mirror=mirror,
        seed=seed,
    )
    with stoppable() as stop, Bar(data.name) as bar:
        for event in api.ask(request):
            if isinstance(event, Progress):
                said = "  ".join(f"{name} {value:.3g}" for name, value in event.values.items())
                bar.show(event.done, event.total, said)
            elif isinstance(event, ClassesLearnt):
                typer.echo(event.path)
                right = f"{event.right:.0%}"
                said = (
                    words(RIGHT, right=right, count=event.held_out) if event.right >= 0 else words(UNTESTED)
                )
                typer.echo(said, err=True)
                for line in event.rejected:
                    typer.echo(words(LEFT_OUT, file=line), err=True)
                for row, name in enumerate(event.classes):
                    counts = event.confusion[row]
                    others = ", ".join(
                        f"{event.classes[at]} {count}"
                        for at, count in enumerate(counts)
                        if count and at != row
                    )
                    line = words(TAKEN, name=name, right=counts[row], count=sum(counts), others=others or "–")
                    typer.echo(line, err=True)
            if stop:
                raise Stopped


def say(
    context: typer.Context,
    model: Annotated[Path, typer.Argument(metavar="MODEL", help=OUT)],
    pictures: Annotated[list[Path], typer.Argument(metavar="PICTURE...", help=PICTURES)],
    maps: Annotated[Path | None, typer.Option(metavar="DIR", help=MAPS)] = None,
) -> None:
    """``danqing classes say``: the three likeliest classes of each picture, and with ``maps`` what each layer saw. Raises EngineError, Stopped."""
    request = Classify(model=str(model), files=tuple(map(str, pictures)), maps=maps is not None)
    with stoppable() as stop:
        for event in api.ask(request):
            if isinstance(event, Classified):
                best = sorted(event.shares.items(), key=lambda one: -one[1])
                typer.echo(f"{event.file}: " + ", ".join(f"{name} {share:.0%}" for name, share in best[:3]))
                for name, pixels in event.maps.items():
                    assert maps is not None
                    maps.mkdir(parents=True, exist_ok=True)
                    path = maps / f"{Path(event.file).stem}-{name}.png"
                    atomic.write(path, encode_png(pixels.array()))
                    typer.echo(path)
            if stop:
                raise Stopped
