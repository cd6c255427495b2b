"""``danqing evaluate`` and ``danqing models evaluate``: what pictures are like beside others, in numbers."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Annotated

import typer

from studio import api
from studio.commands.models import MODEL, Device, checked_device
from studio.commands.say import Bar, Stopped, Words, stoppable, words_of
from studio.messages.events import Controlled, Evaluated, Footing, Progress, VggFigures
from studio.messages.measurements import attribute
from studio.messages.requests import Compare, Evaluate
from studio.project import atomic
from studio.recipe import QT_TRANSLATE_NOOP

DATA = QT_TRANSLATE_NOOP("cli", "The folder of pictures it learnt from; without it those that its run noted")
OUT = QT_TRANSLATE_NOOP("cli", "A folder for the numbers (JSON) and the nearest pictures side by side (PNG)")
COUNT = QT_TRANSLATE_NOOP("cli", "How many pictures are made and measured")
SUBJECT = QT_TRANSLATE_NOOP(
    "cli",
    "A model's name, a model file, a checkpoint or a training's folder; or a folder of pictures (a folder of that name goes first)",
)
REAL = QT_TRANSLATE_NOOP("cli", "The folder of real pictures to measure beside, eight or more")
JSON = QT_TRANSLATE_NOOP("cli", "A file for all numbers, each with its unit and what it is (JSON)")
MEASURED_SIDE = QT_TRANSLATE_NOOP(
    "cli", "Side in pixels at which two folders are measured; a model has its own"
)
NEITHER = QT_TRANSLATE_NOOP(
    "engine",
    "“{name}” is neither a model nor a folder of pictures. “danqing models list” lists the models; check the name.",
)
BESIDE_FOLDER = QT_TRANSLATE_NOOP("cli", "{count} pictures of “{name}” beside {real}")
SKIPPED = QT_TRANSLATE_NOOP("cli", "Files that were left out: {count}")
MORE_SKIPPED = QT_TRANSLATE_NOOP("cli", "and {count} more; --json FILE names all")
NAMED = 20
BESIDE = QT_TRANSLATE_NOOP("cli", "{count} pictures of {name} (step {step}) beside {real}")
VARIETY = QT_TRANSLATE_NOOP("cli", "variety: {value} of theirs (0 always the same, 1 as varied)")
DISTANCE = QT_TRANSLATE_NOOP("cli", "Fréchet distance: {value} (two halves of theirs: {halves})")
FIDELITY = QT_TRANSLATE_NOOP("cli", "like theirs: {precision} of its pictures; covered: {recall} of theirs")
KERNEL = QT_TRANSLATE_NOOP("cli", "kernel distance: {value} (around 0 for pictures alike)")
DENSITY = QT_TRANSLATE_NOOP(
    "cli", "density: {density} (1 for pictures alike); theirs with one of its near: {coverage}"
)
SHARPNESS = QT_TRANSLATE_NOOP("cli", "sharpness: {value} of theirs (1 as sharp)")
VGG = QT_TRANSLATE_NOOP(
    "cli",
    "by a second network: kernel distance {kernel}; like theirs {precision}; covered {recall}; density {density}; near one {coverage}",
)
FOOTING = QT_TRANSLATE_NOOP("cli", "measured by {features}, weights {weights}, at {side} px ({resize})")
BRACKETS = QT_TRANSLATE_NOOP("cli", "in brackets: 95 of 100 such measurements lie between (bootstrap)")
COPIES = QT_TRANSLATE_NOOP("cli", "near copies: {value} (of pictures it never saw: {held})")
COPIES_ALONE = QT_TRANSLATE_NOOP("cli", "near copies: {value} (theirs are so to each other: 5 %)")
JUDGE = QT_TRANSLATE_NOOP(
    "cli", "A classifier that says whether the class asked for came, made by “danqing classes learn”"
)
SLIDERS = QT_TRANSLATE_NOOP("cli", "Also judge what each slider changes, and whether nothing else")
MOVED = QT_TRANSLATE_NOOP("cli", "slider {name}: {most} {change} (follows it: {sure}); next {other} {less}")
STILL = QT_TRANSLATE_NOOP("cli", "slider {name}: changes nothing that can be told")
JUDGED = QT_TRANSLATE_NOOP(
    "cli", "sliders from {low} to {high} on {pictures} pictures, in deviations between these; {judge}"
)
BY_CLASSES = QT_TRANSLATE_NOOP(
    "cli", "classes by a classifier that is right of {right} of {count} held-out pictures"
)
BY_JUDGE = QT_TRANSLATE_NOOP("cli", "classes by the classifier that was given")
NO_CLASSES = QT_TRANSLATE_NOOP("cli", "no classes that a classifier tells apart")
INCEPTION = QT_TRANSLATE_NOOP(
    "cli",
    "The Inception weights, pt_inception-2015-12-05-6726825d.pth or safetensors, for FID and IS; never downloaded",
)
FID = QT_TRANSLATE_NOOP("cli", "FID: {fid}; inception score: {score} ({weights})")
NO_FID = QT_TRANSLATE_NOOP("cli", "FID and inception score need the Inception weights: --inception FILE")
COPIED = QT_TRANSLATE_NOOP("cli", "copy check: copies, also mirrored, cut or recoloured: {copied} of {count}")
CLASS = QT_TRANSLATE_NOOP("cli", "class {name}: {value} look like it")


def lines(report: Evaluated, words: Words) -> list[str]:
    """What was measured, to be read."""
    share, plain = "{:.0%}".format, "{:.2f}".format
    found = [
        words(
            BESIDE_FOLDER if report.folder else BESIDE,
            count=report.count,
            name=report.name,
            step=report.step,
            real=report.real,
        ),
        words(VARIETY, value=report.ranged("variety", plain)),
        words(DISTANCE, value=report.ranged("distance", plain), halves=f"{report.distance_of_halves:.2f}"),
        words(KERNEL, value=report.ranged("kernel_distance", "{:.3g}".format)),
        words(FIDELITY, precision=report.ranged("precision", share), recall=report.ranged("recall", share)),
        words(DENSITY, density=report.ranged("density", plain), coverage=report.ranged("coverage", share)),
    ]
    if report.sharpness >= 0:
        found.append(words(SHARPNESS, value=report.ranged("sharpness", plain)))
    if report.copies_held_out >= 0:
        found.append(words(COPIES, value=share(report.copies), held=share(report.copies_held_out)))
    elif report.copies >= 0:
        found.append(words(COPIES_ALONE, value=share(report.copies)))
    if report.copied >= 0:
        found.append(words(COPIED, copied=report.copied, count=report.count))
    found.append(fid_line(report, words))
    if report.controlled is not None:
        found += _of_sliders(report.controlled, words)
    found += [words(CLASS, name=name, value=share(value)) for name, value in report.agreement.items()]
    if report.footing is not None:
        found.append(_footing(report.footing, words))
    if report.vgg is not None:
        found += [_by_vgg(report.vgg, words), _footing(report.vgg.footing, words)]
    return [*found, words(BRACKETS)] if report.intervals else found


def _of_sliders(told: Controlled, words: Words) -> list[str]:
    found = []
    for one in told.sliders:
        most, other = one.ranked[:2]
        named = [
            words(said.sentence, "measurements", **said.values) for said in map(attribute, (most, other))
        ]
        found.append(
            words(
                MOVED if one.seen else STILL,
                name=one.name,
                most=named[0],
                change=f"{one.changes[most]:+.2f}",
                sure=f"{one.correlations[most]:+.2f}",
                other=named[1],
                less=f"{one.changes[other]:+.2f}",
            )
        )
    if not found:
        return []
    judge = words(NO_CLASSES)
    if told.classes:
        right = f"{told.right:.0%}"
        judge = words(BY_CLASSES, right=right, count=told.held_out) if told.right >= 0 else words(BY_JUDGE)
    ends = {"low": f"{-told.amount:g}", "high": f"{told.amount:g}"}
    return [*found, words(JUDGED, **ends, pictures=told.pictures, judge=judge)]


def _by_vgg(found: VggFigures, words: Words) -> str:
    share, plain = "{:.0%}".format, "{:.2f}".format
    return words(
        VGG,
        kernel=found.ranged("kernel_distance", "{:.3g}".format),
        precision=found.ranged("precision", share),
        recall=found.ranged("recall", share),
        density=found.ranged("density", plain),
        coverage=found.ranged("coverage", share),
    )


def _footing(one: Footing, words: Words) -> str:
    return words(FOOTING, features=one.features, weights=one.weights[:8], side=one.side, resize=one.resize)


def fid_line(report: Evaluated, words: Words) -> str:
    """FID and inception score with their intervals, or what they need."""
    found = report.inception
    if found is None:
        return words(NO_FID)
    said = {}
    for name, value in (("fid", found.fid), ("inception_score", found.inception_score)):
        low, high = found.intervals[name]
        said[name] = f"{value:.2f} [{low:.2f} … {high:.2f}]"
    weights = found.footing.features
    return words(FID, fid=said["fid"], score=said["inception_score"], weights=weights)


def evaluate(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="MODEL|DIR", help=SUBJECT)],
    real: Annotated[Path, typer.Argument(metavar="REAL_DIR", help=REAL)],
    json: Annotated[Path | None, typer.Option("--json", metavar="FILE", help=JSON)] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help=OUT)] = None,
    count: Annotated[int, typer.Option(min=8, max=10_000, help=COUNT)] = 256,
    judge: Annotated[Path | None, typer.Option(metavar="FILE", help=JUDGE)] = None,
    inception: Annotated[Path | None, typer.Option(metavar="FILE", help=INCEPTION)] = None,
    sliders: Annotated[bool, typer.Option("--sliders/--no-sliders", help=SLIDERS)] = True,
    size: Annotated[int, typer.Option(min=8, max=1024, help=MEASURED_SIDE)] = 64,
    device: Device = "auto",
) -> None:
    """``danqing evaluate``: a model, a checkpoint or a folder measured beside real pictures. Raises EngineError, Stopped."""
    subject = _model_of_run(Path(subject)) or subject
    if Path(subject).is_dir():
        request: Compare | Evaluate = Compare(
            pictures=subject, data=str(real), out=str(out or ""), side=size, inception=str(inception or "")
        )
    else:
        _need_model(subject)
        request = Evaluate(
            model=subject,
            data=str(real),
            out=str(out or ""),
            count=count,
            judge=str(judge or ""),
            inception=str(inception or ""),
            sliders=() if sliders else None,
        )
    _measure(words_of(context), request, subject, json, device)


def evaluate_model(
    context: typer.Context,
    model: Annotated[str, typer.Argument(metavar="MODEL", help=MODEL)],
    data: Annotated[Path | None, typer.Argument(metavar="[DATA_DIR]", help=DATA)] = None,
    json: Annotated[Path | None, typer.Option("--json", metavar="FILE", help=JSON)] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help=OUT)] = None,
    count: Annotated[int, typer.Option(min=8, max=10_000, help=COUNT)] = 256,
    inception: Annotated[Path | None, typer.Option(metavar="FILE", help=INCEPTION)] = None,
    sliders: Annotated[bool, typer.Option("--sliders/--no-sliders", help=SLIDERS)] = True,
    device: Device = "auto",
) -> None:
    """``danqing models evaluate``: a model beside what it learnt from, its rule or a folder. Raises EngineError, Stopped."""
    request = Evaluate(
        model=model, data=str(data or ""), out=str(out or ""), count=count, inception=str(inception or ""),
        sliders=() if sliders else None,
    )  # fmt: skip
    _measure(words_of(context), request, model, json, device)


def _model_of_run(folder: Path) -> str:
    """The finished model or else the newest checkpoint of a training's folder, whose pictures are sheets of samples; empty for any
    other place."""
    if not (folder / "checkpoints").is_dir():
        return ""
    from studio.engine.training.checkpoint import newest_checkpoint

    finished = folder / "model.safetensors"
    found = finished if finished.is_file() else newest_checkpoint(folder)
    return str(found or "")


def _need_model(name: str) -> None:
    """Raises EngineError where neither a file nor a model has that name, ModelFileError where the file is no model."""
    from studio.engine.failures import EngineError
    from studio.engine.library.catalog import Catalog
    from studio.engine.library.model_file import ModelFileError

    try:
        Catalog().find(name)
    except ModelFileError as error:
        if error.kind != "model_missing" or Path(name).exists():
            raise
        raise EngineError("model_missing", NEITHER, name=name) from None


def _measure(words: Words, request: Compare | Evaluate, title: str, json: Path | None, device: str) -> None:
    from studio.engine.evaluation.document import document

    if json is not None:  # a place that cannot be written is told before minutes of work
        if json.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(json))
        json.parent.mkdir(parents=True, exist_ok=True)
    report: Evaluated | None = None
    with stoppable() as stop, Bar(title) as bar:
        for event in api.ask(request, device=checked_device(device)):
            if isinstance(event, Progress):
                bar.show(event.done, event.total)
            elif isinstance(event, Evaluated):
                report = event
            if stop:
                raise Stopped
    if report is None:
        return
    for line in skipped(report, words):
        typer.echo(line, err=True)
    if json is not None:
        atomic.write(json, (document(report),))
    for line in lines(report, words):
        typer.echo(line)


def skipped(report: Evaluated, words: Words) -> list[str]:
    """How many files were left out, and the first of them by name."""
    if not report.skipped:
        return []
    found = [words(SKIPPED, count=len(report.skipped)), *report.skipped[:NAMED]]
    more = len(report.skipped) - NAMED
    return [*found, words(MORE_SKIPPED, count=more)] if more > 0 else found
