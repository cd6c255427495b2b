"""The command that repairs a picture where a mask marks it: heal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from studio import api
from studio.commands.pictures import IN, LIST, OUT, SEED, Large, Quality, Values, described, values_of
from studio.commands.say import Bar, Wrong, unknown, words_of
from studio.project.export import format_of
from studio.recipe import QT_TRANSLATE_NOOP
from studio.synthesis.heal import METHODS

MASK = QT_TRANSLATE_NOOP("cli", "A picture of the same size: what is white in it is repaired")
SAMPLE = QT_TRANSLATE_NOOP("cli", "A picture of the same size: only what is white in it is taken from")
METHOD = QT_TRANSLATE_NOOP("cli", "How: patchmatch, telea, ns or patch")
NO_METHOD = QT_TRANSLATE_NOOP("cli", "there is no method “{name}”; there are: {known}")
NEEDED = QT_TRANSLATE_NOOP("cli", "IN, MASK and OUT are needed, or --list")


def heal(
    context: typer.Context,
    source: Annotated[Path | None, typer.Argument(metavar="IN", help=IN)] = None,
    mask: Annotated[Path | None, typer.Argument(metavar="MASK", help=MASK)] = None,
    target: Annotated[Path | None, typer.Argument(metavar="OUT", help=OUT)] = None,
    method: Annotated[str, typer.Option(metavar="METHOD", help=METHOD)] = "patchmatch",
    sample: Annotated[Path | None, typer.Option(metavar="MASK", help=SAMPLE)] = None,
    values: Values = None,
    seed: Annotated[int | None, typer.Option(min=0, max=2**53 - 1, help=SEED)] = None,
    quality: Quality = 92,
    large: Large = False,
    listing: Annotated[bool, typer.Option("--list", help=LIST)] = False,
) -> None:
    words = words_of(context)
    if listing:
        for kind in METHODS.values():
            lines = described(kind.name, kind.title, kind.parameters, words, kind.description)
            typer.echo("\n".join(lines))
        return
    if method not in METHODS:
        raise unknown(NO_METHOD, method, METHODS)
    if source is None or mask is None or target is None:
        raise Wrong(NEEDED)
    plain = values_of(method, METHODS[method].parameters, values)
    if seed is not None and "seed" in plain:
        plain["seed"] = seed
    format_of(target)
    artwork = api.open(source, allow_large=large)
    marked = api.whiteness(api.open(mask, allow_large=large))
    sampled = api.whiteness(api.open(sample, allow_large=large)) if sample is not None else None
    with Bar(words(METHODS[method].title, "recipe")) as bar:
        healed = api.heal(
            artwork,
            marked,
            method,
            sampled=sampled,
            progress=lambda done: bar.show(round(100 * done), 100),
            **plain,
        )
    api.export(healed, target, quality=quality)
