"""Pictures in few bytes: compress with figures beside JPEG and WebP, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from studio import api
from studio.commands.say import Bar, Stopped, Words, stoppable, words_of
from studio.messages.events import Compressed, Likeness, Picture, Progress
from studio.messages.requests import Compress, Decompress
from studio.project import atomic
from studio.project.png import encode_png
from studio.recipe import QT_TRANSLATE_NOOP

SOURCE = QT_TRANSLATE_NOOP("cli", "The picture: PNG, JPEG, WebP, TIFF, BMP or GIF")
OUT = QT_TRANSLATE_NOOP("cli", "The compressed picture, a .dqz file")
QUALITY = QT_TRANSLATE_NOOP("cli", "Quality, from 1, the smallest file, to 5")
MODEL = QT_TRANSLATE_NOOP("cli", "A codec's file; without it the one that comes with Danqing")
JSON = QT_TRANSLATE_NOOP("cli", "Print the figures as JSON")
PLAIN = QT_TRANSLATE_NOOP("cli", "Do not look how like the picture it is")
PACKED = QT_TRANSLATE_NOOP("cli", "The compressed picture")
PICTURE = QT_TRANSLATE_NOOP("cli", "The picture to write, a PNG file")
LINE = QT_TRANSLATE_NOOP("cli", "{format}: {bytes} bytes, {bits} bits a pixel, PSNR {psnr} dB, SSIM {ssim}")
BETTER = QT_TRANSLATE_NOOP(
    "cli", "Here {format} is closer to the picture by {psnr} dB; use it for this picture"
)
NO_ALPHA = QT_TRANSLATE_NOOP("cli", "The figures are of the picture on white; JPEG keeps no transparency")
EIGHT_BITS = QT_TRANSLATE_NOOP("cli", "Of its {bits} bits a channel, 8 are kept")
SMALLEST = QT_TRANSLATE_NOOP("cli", "{format} cannot be made this small")
FORMATS = {"JPEG": "JPEG", "WEBP": "WebP", "DQZ": "DQZ"}


def compress(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="PICTURE", help=SOURCE)],
    out: Annotated[Path, typer.Argument(metavar="OUT", help=OUT)],
    quality: Annotated[int, typer.Option(min=1, max=16, help=QUALITY)] = 3,
    model: Annotated[Path | None, typer.Option(metavar="FILE", help=MODEL)] = None,
    plain: Annotated[bool, typer.Option("--plain", help=PLAIN)] = False,
    as_json: Annotated[bool, typer.Option("--json", help=JSON)] = False,
) -> None:
    words = words_of(context)
    request = Compress(
        file=str(source), out=str(out), quality=quality, model=str(model or ""), compare=not plain
    )
    with stoppable() as stop, Bar(source.name) as bar:
        for event in api.ask(request):
            if isinstance(event, Progress):
                bar.show(event.done, event.total, words(event.text, "engine"))
            elif isinstance(event, Compressed):
                typer.echo(msgspec.json.encode(event).decode() if as_json else event.path)
                if not as_json:
                    if event.bits > 8:
                        typer.echo(words(EIGHT_BITS, bits=event.bits), err=True)
                    for line in lines(event, words):
                        typer.echo(line, err=True)
            if stop:
                raise Stopped


def lines(event: Compressed, words: Words) -> list[str]:
    """The figures of each format, then what is better than this one, or cannot be made so small."""
    pixels = event.width * event.height
    said = [
        words(
            LINE, format=FORMATS[one.format], bytes=one.bytes, bits=f"{8 * one.bytes / pixels:.3f}",
            psnr=f"{one.psnr:.2f}", ssim=f"{one.ssim:.3f}",
        )
        for one in event.beside
    ]  # fmt: skip
    if not event.beside:
        return said
    own, *others = event.beside
    if event.alpha:
        said.append(words(NO_ALPHA))
    missing = [
        kind
        for kind in (("WEBP",) if event.alpha else ("JPEG", "WEBP"))
        if kind not in {one.format for one in others}
    ]
    said += [words(SMALLEST, format=FORMATS[kind]) for kind in missing]
    best = max(others, key=_likeness, default=own)
    if best.psnr > own.psnr:
        said.append(words(BETTER, format=FORMATS[best.format], psnr=f"{best.psnr - own.psnr:.2f}"))
    return said


def _likeness(one: Likeness) -> float:
    return one.psnr


def decompress(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="FILE", help=PACKED)],
    out: Annotated[Path, typer.Argument(metavar="PICTURE", help=PICTURE)],
    model: Annotated[Path | None, typer.Option(metavar="FILE", help=MODEL)] = None,
) -> None:
    words = words_of(context)
    with stoppable() as stop, Bar(source.name) as bar:
        for event in api.ask(Decompress(file=str(source), model=str(model or ""))):
            if isinstance(event, Progress):
                bar.show(event.done, event.total, words(event.text, "engine"))
            elif isinstance(event, Picture):
                atomic.write(out, encode_png(event.pixels.array()))
                typer.echo(out)
            if stop:
                raise Stopped
