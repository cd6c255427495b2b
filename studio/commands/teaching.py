"""``danqing models teach``: a slider from pictures that are as wanted and others that are not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from studio import api
from studio.commands.models import (
    CHANGE,
    HIGHEST_SEED,
    MODEL,
    Device,
    also_changes,
    checked_device,
    need_class,
)
from studio.commands.say import Stopped, Wrong, stoppable, words_of
from studio.messages.events import Encoded, LearntDirection
from studio.messages.models import ModelEntry
from studio.messages.requests import Encode, LearnDirection, Station
from studio.project import latent_file
from studio.project.direction_file import ENDING, DirectionFile, write_direction
from studio.recipe import QT_TRANSLATE_NOOP
from studio.workspace.codes import state_of_code
from studio.workspace.walk import station_of

YES = QT_TRANSLATE_NOOP(
    "cli",
    "A picture that is as wanted: seeds such as 3 or 20-29, a latent file, or a picture where the model has an encoder; as often as needed",
)
NO = QT_TRANSLATE_NOOP("cli", "One that is not as wanted; as often as needed, ten of each are good")
NAME = QT_TRANSLATE_NOOP("cli", "What the slider is called")
NAME_ZH = QT_TRANSLATE_NOOP("cli", "What it is called in Chinese; the same where nothing is said")
OUT = QT_TRANSLATE_NOOP(
    "cli", "The direction file to write; without it one of the slider's name in this folder"
)
CLASS = QT_TRANSLATE_NOOP(
    "cli", "One of the model's classes, of which the seeds' pictures are; without it any"
)
NO_SEEDS = QT_TRANSLATE_NOOP("cli", "“{text}”: the first seed comes first, and none is above {highest}")


def teach(
    context: typer.Context,
    model: Annotated[str, typer.Argument(metavar="MODEL", help=MODEL)],
    yes: Annotated[list[str], typer.Option(metavar="SEEDS|FILE", help=YES)],
    no: Annotated[list[str], typer.Option(metavar="SEEDS|FILE", help=NO)],
    name: Annotated[str, typer.Option(metavar="TEXT", help=NAME)],
    name_zh: Annotated[str, typer.Option(metavar="TEXT", help=NAME_ZH)] = "",
    out: Annotated[Path | None, typer.Option(metavar="OUT", help=OUT)] = None,
    label: Annotated[str, typer.Option("--class", metavar="NAME", help=CLASS)] = "",
    device: Device = "auto",
) -> None:
    from studio.engine.library.catalog import Catalog

    words, entry = words_of(context), Catalog().find(model)
    need_class(entry, label)
    device = checked_device(device)
    with stoppable() as stop:
        ways = [
            tuple(one for text in texts for one in _stations(text, entry, label, device))
            for texts in (yes, no)
        ]
        request = LearnDirection(model=entry.path, digest=entry.digest, yes=ways[0], no=ways[1])
        for event in api.ask(request, device=device):
            if stop:
                raise Stopped
            if isinstance(event, LearntDirection):
                path = out or Path(re.sub(r"[\\/:*?\"<>|\s]+", " ", name).strip() + ENDING)
                kept = DirectionFile(
                    model=entry.card.name, digest=entry.digest, name=event.name, title=name,
                    title_zh=name_zh or name, vector=event.vector, also=event.also,
                )  # fmt: skip
                write_direction(path, kept)
                typer.echo(path)
                typer.echo(
                    "; ".join(
                        (
                            words(CHANGE, value=f"{event.change:.1f}"),
                            *also_changes(event.also, entry, words),
                        )
                    )
                )


def _stations(text: str, entry: ModelEntry, label: str, device: str) -> list[Station]:
    """The pictures that one text names. Raises Wrong, DecodeError."""
    seeds = re.fullmatch(r"(\d{1,10})(?:-(\d{1,10}))?", text.strip())
    if seeds is not None and not Path(text).exists():
        first, last = int(seeds[1]), int(seeds[2] or seeds[1])
        if not first <= last <= HIGHEST_SEED:
            raise Wrong(NO_SEEDS, text=text, highest=str(HIGHEST_SEED))
        return [Station(seed=seed, label=label) for seed in range(first, last + 1)]
    if text.lower().endswith(latent_file.ENDING):
        found = latent_file.read_latent(text)
        latent_file.model_of(found, (entry,), text)
        return [found.station]
    pixels = api.render(api.open(Path(text)))
    request = Encode(
        model=entry.path, digest=entry.digest, pixels=pixels.tobytes(), shape=pixels.shape, label=label
    )
    events = [one for one in api.ask(request, device=device) if isinstance(one, Encoded)]
    return [station_of(state_of_code(events[0].latent, events[0].sliders, events[0].label))]
