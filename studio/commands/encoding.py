"""``danqing models encode`` and ``decode``: a picture as the latents of a model, and the picture of such a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from studio import api
from studio.commands.models import MODEL, SLIDER, Device, checked_device, moved_of, need_class
from studio.commands.say import Bar, Stopped, stoppable, words_of
from studio.messages.events import Encoded, Picture
from studio.messages.requests import Encode, Generate, Station
from studio.project import atomic
from studio.project.latent_file import ENDING, model_of, read_latent, write_latent
from studio.project.png import encode_png
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.codes import state_of_code
from studio.workspace.walk import station_of

PICTURE = QT_TRANSLATE_NOOP("cli", "The picture; its middle square counts")
OUT = QT_TRANSLATE_NOOP("cli", "Where the latent goes; without it beside the picture")
SHOWN = QT_TRANSLATE_NOOP("cli", "Where what the model draws of it goes, a PNG file")
CLASS = QT_TRANSLATE_NOOP("cli", "One of the model's classes; without it the one that draws it nearest")
LATENT = QT_TRANSLATE_NOOP("cli", "A latent file")
TO = QT_TRANSLATE_NOOP("cli", "The PNG file that is written")
WITH = QT_TRANSLATE_NOOP("cli", "The model's file, where it is not among your models")
SIDE = QT_TRANSLATE_NOOP("cli", "Pixels a side")
ERROR = QT_TRANSLATE_NOOP("cli", "mean difference {value} of 255")


def encode(
    context: typer.Context,
    model: Annotated[str, typer.Argument(metavar="MODEL", help=MODEL)],
    picture: Annotated[Path, typer.Argument(metavar="PICTURE", help=PICTURE)],
    out: Annotated[Path | None, typer.Option(metavar="OUT", help=OUT)] = None,
    shown: Annotated[Path | None, typer.Option("--reconstruction", metavar="OUT", help=SHOWN)] = None,
    label: Annotated[str, typer.Option("--class", metavar="NAME", help=CLASS)] = "",
    device: Device = "auto",
) -> None:
    from studio.engine.library.catalog import Catalog

    words, entry = words_of(context), Catalog().find(model)
    need_class(entry, label)
    pixels = api.render(api.open(picture))
    request = Encode(
        model=model, digest=entry.digest, pixels=pixels.tobytes(), shape=pixels.shape, label=label
    )  # fmt: skip
    out = out or picture.with_suffix(ENDING)
    for event in api.ask(request, device=checked_device(device)):
        if isinstance(event, Encoded):
            station = station_of(state_of_code(event.latent, event.sliders, event.label))
            write_latent(out, entry.card.name, entry.digest, station)
            typer.echo(out)
            if shown is not None:
                atomic.write(shown, encode_png(event.reconstruction.array()))
                typer.echo(shown)
            if event.label:
                typer.echo(event.label)
            for name, amount in event.sliders.items():
                typer.echo(f"{name}={amount:+.2f}")
            typer.echo(words(ERROR, value=f"{float(event.error.array().mean()):.1f}"))


def decode(
    context: typer.Context,
    latent: Annotated[Path, typer.Argument(metavar="LATENT", help=LATENT)],
    out: Annotated[Path, typer.Argument(metavar="OUT", help=TO)],
    slider: Annotated[list[str] | None, typer.Option(metavar="NAME=VALUE", help=SLIDER)] = None,
    model: Annotated[str, typer.Option(metavar="MODEL", help=WITH)] = "",
    size: Annotated[int, typer.Option(min=32, max=4096, help=SIDE)] = 512,
    device: Device = "auto",
) -> None:
    from studio.engine.library.catalog import Catalog

    found, catalog = read_latent(latent), Catalog()
    entry = model_of(found, (catalog.find(model),) if model else catalog.entries(), latent)
    moved = {
        name: {**getattr(found.station, name), **of_it} for name, of_it in moved_of(slider, entry).items()
    }
    station = msgspec.structs.replace(found.station, **moved)
    fields = {name: getattr(station, name) for name in Station.__struct_fields__ if name != "seed"}
    request = Generate(
        model=entry.path, digest=entry.digest, seeds=(station.seed,), size=size, **fields
    )  # fmt: skip
    with stoppable() as stop, Bar(str(out)):
        for event in api.ask(request, device=checked_device(device)):
            if stop:
                raise Stopped
            if isinstance(event, Picture):
                atomic.write(out, encode_png(event.pixels.array()))
                typer.echo(out)
