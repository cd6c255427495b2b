"""``danqing models find``: the picture of a model that is nearest to one of the artist's."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from studio import api
from studio.commands.models import HIGHEST_SEED, MODEL, Device, checked_device, need_class, title_of
from studio.commands.say import Bar, Stopped, stoppable, words_of
from studio.messages.events import Picture, Progress
from studio.messages.requests import Project
from studio.project import atomic
from studio.project.png import encode_png
from studio.recipe import QT_TRANSLATE_NOOP

PICTURE = QT_TRANSLATE_NOOP("cli", "The picture to look for; its middle square counts")
OUT = QT_TRANSLATE_NOOP("cli", "Where what was found goes, a PNG file; without it beside the picture")
STEPS = QT_TRANSLATE_NOOP("cli", "Steps of the search; more come nearer")
FILM = QT_TRANSLATE_NOOP("cli", "A folder for pictures on the way; it is made at need")
FIRST = QT_TRANSLATE_NOOP("cli", "The first of the seeds among which the search begins")
CLASS = QT_TRANSLATE_NOOP("cli", "One of the model's classes; without it any")
LEFT = QT_TRANSLATE_NOOP("cli", "difference {value}; at the nearest seed, {seed}, it was {first}")


def find_in_model(
    context: typer.Context,
    model: Annotated[str, typer.Argument(metavar="MODEL", help=MODEL)],
    picture: Annotated[Path, typer.Argument(metavar="PICTURE", help=PICTURE)],
    out: Annotated[Path | None, typer.Option(metavar="OUT", help=OUT)] = None,
    steps: Annotated[int, typer.Option(min=1, max=5000, help=STEPS)] = 300,
    film: Annotated[Path | None, typer.Option(metavar="OUT_DIR", help=FILM)] = None,
    label: Annotated[str, typer.Option("--class", metavar="NAME", help=CLASS)] = "",
    seed: Annotated[int, typer.Option(min=0, max=HIGHEST_SEED, help=FIRST)] = 1,
    device: Device = "auto",
) -> None:
    from studio.engine.library.catalog import Catalog

    words, entry = words_of(context), Catalog().find(model)
    need_class(entry, label)
    pixels = api.render(api.open(picture))
    request = Project(
        model=model, digest=entry.digest, pixels=pixels.tobytes(), shape=pixels.shape, steps=steps, seed=seed, label=label
    )  # fmt: skip
    checked_device(device)
    out = out or picture.with_name(f"{picture.stem}-{entry.card.name}.png")
    if film is not None:
        film.mkdir(parents=True, exist_ok=True)
    differences: list[float] = []
    with stoppable() as stop, Bar(title_of(entry, words)) as bar:
        for event in api.ask(request, device=device):
            if isinstance(event, Progress):
                bar.show(event.done, event.total)
                differences += event.values.values()
            elif isinstance(event, Picture):
                data = encode_png(event.pixels.array())
                if film is not None:
                    atomic.write(film / f"{entry.card.name}-{event.index:05d}.png", data)
                if event.index == steps:
                    atomic.write(out, data)
                    typer.echo(out)
                    typer.echo(
                        words(
                            LEFT,
                            value=f"{differences[-1]:.3f}",
                            seed=event.seed,
                            first=f"{differences[0]:.3f}",
                        )
                    )
            if stop:
                raise Stopped
