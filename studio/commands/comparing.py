"""``danqing models compare``: two measurements beside each other, where they rest on the same.

Exit code 0 where all figures were compared, 1 where any was refused, 2 where a file is no measurement.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from studio.commands.say import FAILED, Words, Wrong, words_of, write_error
from studio.messages import measurements
from studio.messages.measurements import Measurement, Said
from studio.recipe import QT_TRANSLATE_NOOP

FIRST = QT_TRANSLATE_NOOP("cli", "A measurement (JSON), as “danqing evaluate … --json FILE” writes it")
SECOND = QT_TRANSLATE_NOOP("cli", "The other one")
NOT_COMPARED = QT_TRANSLATE_NOOP("cli", "{one} and {other} cannot be compared: {reasons}")
FID_NOT_COMPARED = QT_TRANSLATE_NOOP("cli", "FID and inception score cannot be compared: {reasons}")
VGG_NOT_COMPARED = QT_TRANSLATE_NOOP("cli", "the figures of the second network cannot be compared: {reasons}")
HEAD = QT_TRANSLATE_NOOP("cli", "{one} (step {one_step}) and {other} (step {other_step})")
CONTEXT = "measurements"


def compare_models(
    context: typer.Context,
    one: Annotated[Path, typer.Argument(metavar="FILE", help=FIRST)],
    other: Annotated[Path, typer.Argument(metavar="FILE", help=SECOND)],
) -> None:
    """``danqing models compare``: two measurements side by side; exits with 1 where any part rests on something else. Raises Wrong."""
    words = words_of(context)
    first, second = _read(one, words), _read(other, words)
    found = measurements.compared(first, second)
    if found.differences:
        reasons = _said(found.differences, words)
        write_error(f"danqing: {words(NOT_COMPARED, one=one.name, other=other.name, reasons=reasons)}")
        raise typer.Exit(FAILED)
    typer.echo(words(HEAD, one=first.name, one_step=first.step, other=second.name, other_step=second.step))
    for row in found.rows:
        sign = {None: " ", True: "≠", False: "≈"}[row.apart]
        title = words(measurements.TITLES[row.name], CONTEXT)
        typer.echo(f"{title}: {measurements.number(row.one)}  {sign}  {measurements.number(row.other)}")
    refused = [(VGG_NOT_COMPARED, found.of_vgg), (FID_NOT_COMPARED, found.of_inception)]
    refused = [(sentence, differences) for sentence, differences in refused if differences]
    for sentence, differences in refused:
        write_error(f"danqing: {words(sentence, reasons=_said(differences, words))}")
    if refused:
        raise typer.Exit(FAILED)


def _read(path: Path, words: Words) -> Measurement:
    try:
        return measurements.read(path.read_bytes())
    except msgspec.DecodeError as error:
        raise Wrong(
            "{text}", text=words(measurements.NOT_A_MEASUREMENT, CONTEXT, file=path, reason=error)
        ) from None


def _said(differences: tuple[Said, ...], words: Words) -> str:
    return "; ".join(words(one.sentence, CONTEXT, **one.values) for one in differences)
